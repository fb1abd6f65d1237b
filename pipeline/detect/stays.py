"""Names that stay: the lists in redaction_rules/stays.yml, agencies by the form of their names, Acts of Parliament,
and abbreviations that the report itself explains. They are claimed as spans, never as words: that one "Price" stays
explains no other. What is claimed by its form alone yields to people (see anonymise.release_people).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import Claim, Page
from pipeline.detect.people import PERSON_LABELS, sources_on
from pipeline.detect.stays_where import claim_names_with_conditions
from pipeline.detect.words import Case, Word, fold
from pipeline.identities import Person
from pipeline.models import PanelMember
from pipeline.rules import Rules

INSTRUMENT = re.compile(r"\b(?:Act|Order|Regulations|Convention|Bill(?! [A-Z]))(?: \d{4})?(?=\W|$)")
DEFINED = re.compile(r"\((?:the |‘|'|\"|“)?(?P<short>[A-Z][A-Za-z&]{1,7})(?:’|'|\"|”)?\)")
START = frozenset("the a an in on and of for from by with to under at as when since that this her his their".split())
JOINERS = frozenset("and of for to the in".split())
SMALL_WORDS = frozenset("of and for the on & to upon in".split())  # in a name that is written in capitals
POSSESSED = re.compile(r"['’]s", re.IGNORECASE)
# "Sainsbury's flat" is somebody's; "Sainsbury's was", "Barnardo's wrote" and "Sainsbury's store" are not.
OWNED = re.compile(
    r"['’]s (?!(?:and|or|in|on|at|from|by|have|has|had|was|were|is|are|who|to|for|with|as|when|where|wrote|replied|"
    r"gave|provides?d?|offer\w*|ran|runs|did|staff|stores?|workers?|services?|project\w*|hospital|vouchers?|"
    r"car park)\b)[a-z]"
)
SHOP = 0.5  # score of a claim on "Sainsbury's", which yields to a Sainsbury of the case
NAME_PART = re.compile(r"[\w'’&.-]+")
BY_FORM = frozenset({"citation", "reference", "agency", "act", "panel"})


def _parts(name: str) -> list[str]:
    """The words of a name as a page has them: "&" or a dash between two is none, "St." is "St"."""
    return [part.rstrip(".") for part in NAME_PART.findall(name) if re.search(r"\w", part)]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name as folded words; `small` are those that its list writes in lower case ("Crohn's disease")."""

    parts: tuple[str, ...]
    small: frozenset[int]


@lru_cache(maxsize=4)
def _phrases(names: tuple[str, ...]) -> dict[str, list[_Phrase]]:
    """First word of each name that stays -> the names as folded words, longest first."""
    index: dict[str, list[_Phrase]] = {}
    for name in names:
        written = _parts(name)
        phrase = _Phrase(tuple(map(fold, written)), frozenset(n for n, p in enumerate(written) if p.islower()))
        first = phrase.parts[0]
        for key in {first, first.rstrip("'").removesuffix("'s")}:
            index.setdefault(key, []).append(phrase)
    for options in index.values():
        options.sort(key=lambda phrase: len(phrase.parts), reverse=True)
    return index


@lru_cache(maxsize=4)
def _lists(names: tuple[tuple[str, str], ...]) -> dict[tuple[str, ...], str]:
    """The folded words of each name -> "list:" and the title of the list that it is on, for the claim's source."""
    return {tuple(map(fold, _parts(name))): f"list:{title}" for name, title in names}


def claim_localities(page: Page, rules: Rules) -> None:
    """Claim the places of goes.yml, which go whole."""
    index, lists = _phrases(tuple(rules.goes)), _lists(tuple(rules.goes.items()))
    for at, word in enumerate(page.words):
        for phrase in index.get(word.folded, ()) if word.capital else ():
            run = page.words[at : at + len(phrase.parts)]
            if _matches(page, run, phrase):
                why = "a place smaller than a borough"
                page.claim(Claim(word.start, run[-1].end, "PLACE", (lists[phrase.parts],), why, "[place]"))
                break


def claim_phrases(page: Page, rules: Rules) -> None:
    """Claim names of two words and more from stays.yml (single words are settled later, against people's names), and
    those of stays_where.yml in their places."""
    index, lists = _phrases(tuple(rules.stays)), _lists(tuple(rules.stays.items()))
    found = []
    for at, word in enumerate(page.words):
        for phrase in index.get(_key(word), ()):
            parts = phrase.parts
            run = page.words[at : at + len(parts)]
            shop = len(parts) == 1 and parts[0].endswith("'s")
            if (len(parts) > 1 or shop) and _matches(page, run, phrase):
                end = run[-1].end
                if shop and OWNED.match(page.text, end):
                    break
                if page.text[end : end + 1] in "'’" and parts[-1].endswith("'"):
                    end += 1
                score = SHOP if shop else 1.0
                found.append(
                    Claim(word.start, end, "STAY", (lists[parts],), "on a list of names that stay", score=score)
                )
                break
    for claim in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        page.claim(claim)
    claim_names_with_conditions(page, rules)


def yields(claim: Claim) -> bool:
    """Whether a claim that something stays rests on its form or place alone, and gives way to people of the case."""
    return claim.type == "STAY" and (claim.sources[0] in BY_FORM or claim.score < 1)


def is_somebodys_full_name(page: Page, claim: Claim, people: Iterable[Person]) -> bool:
    """Whether a listed name is the full name of somebody who goes: Clare Law is not explained by "Clare's Law"."""
    words = [w.folded for w in page.words_in(claim.start, claim.end)]
    pairs = set(pairwise(words))
    return any(
        not person.keep and any(len(full) > 1 and (full[0], full[-1]) in pairs for full in person.fulls)
        for person in people
    )


def _key(word: Word) -> str:
    return word.folded.replace("’", "'")


def _matches(page: Page, run: tuple[Word, ...], phrase: _Phrase) -> bool:
    """Whether the words spell a name; possessives inside a name ("King's") were cut from the word."""
    if len(run) != len(phrase.parts):
        return False
    for n, (word, part) in enumerate(zip(run, phrase.parts, strict=True)):
        plain = part.rstrip("'").removesuffix("'s")
        if word.folded not in (part, part.rstrip("'"), plain, f"{plain}s") or word.slot != run[0].slot:
            return False
        if part.endswith("'s") and word.folded == plain and not POSSESSED.match(page.text, word.end):
            return False  # "Clare Law" is no law
        if word.folded == f"{plain}s" and not part.endswith("'s") and word.folded != part:
            return False
        if n and len(page.between(run[n - 1], word)) > 5:
            return False
        if word.case is Case.LOWER and n not in phrase.small and part not in SMALL_WORDS:
            return False
    return True


def claim_agencies(page: Page, lexicon: Lexicon, rules: Rules) -> None:
    """Claim agencies known by how their names end or begin, and Acts, with the words of theirs before or after.

    Only ordinary words and names that stay are joined to them: "Ngozi Eze of Camden Council" is two names.
    """
    endings, beginnings = (
        "|".join(re.escape(e).replace("'", "['’]") for e in sorted(rules.vocabulary[key], key=len, reverse=True))
        for key in ("agency_endings", "agency_beginnings")
    )
    places = _places(rules)
    for match in re.finditer(rf"\b(?:{endings})(?=\W|$)", page.text):
        _claim_leftward(page, match, (" ", " & "), lexicon, ("agency", "an agency by its name's ending"), places)
    for match in re.finditer(rf"\b(?:{beginnings})(?= [A-Z])", page.text):
        _claim_rightward(page, match, lexicon)
    for match in INSTRUMENT.finditer(page.text):
        why = ("act", "an Act, Bill or other instrument")
        _claim_leftward(page, match, (" ", " & ", ", ", " (", ") "), lexicon, why)


def _claim_leftward(
    page: Page,
    match: re.Match[str],
    gaps: tuple[str, ...],
    lexicon: Lexicon,
    why: tuple[str, str],
    places: Mapping[str, Sequence[tuple[str, ...]]] | None = None,
) -> None:
    """Claim a match with the words before it that are part of its name; `places`: names by last word."""
    inside = page.words_in(*match.span())
    if not inside:
        return
    at = page.index_of(inside[0])
    start, joined, beside = at, False, page.words[at - 1]
    while at and page.words[at - 1].slot == inside[0].slot:
        word, gap = page.words[at - 1], page.between(page.words[at - 1], page.words[at])
        if gap not in gaps or not page.free(word):
            break
        if word.folded in JOINERS and not word.capital and gap == " ":
            joined = True
        elif place := _place_ending(page, at - 1, places or {}):
            start = at = at - place
            continue
        elif _part_of_name(
            page, word, lexicon, near=why[0] == "agency" and not joined and _near(page, word, beside, lexicon)
        ):
            start, joined = at - 1, joined or gap != " "
        else:
            break
        at -= 1
    words = list(page.words[start : page.index_of(inside[0])])
    while words and words[0].folded in START:
        words.pop(0)
    if words or len(inside) > 2:
        begin = words[0].start if words else inside[0].start
        page.claim(Claim(begin, match.end(), "STAY", (why[0],), why[1]))


@lru_cache(maxsize=4)
def _places_of(names: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        parts = tuple(map(fold, _parts(name)))
        found.setdefault(parts[-1], []).append(parts)
    return found


def _places(rules: Rules) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Localities, by the last word of their names: a court, a council or a hospital may be called by one."""
    return _places_of(tuple(rules.goes))


def _place_ending(page: Page, at: int, places: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
    """How many words, up to the one at `at`, are the name of a place that is written in capitals; 0 if none are."""
    last = page.words[at]
    for parts in places.get(last.folded, ()) if last.capital else ():
        run = page.words[max(0, at + 1 - len(parts)) : at + 1]
        if tuple(w.folded for w in run) == parts and all(page.free(w) and w.slot == last.slot for w in run):
            return len(parts)
    return 0


def _near(page: Page, word: Word, beside: Word, lexicon: Lexicon) -> bool:
    """Whether nothing, or one ordinary word in a capital, lies between a word and an agency's ending."""
    return word is beside or (page.words[page.index_of(word) + 1] is beside and lexicon.ordinary(beside))


def _claim_rightward(page: Page, match: re.Match[str], lexicon: Lexicon) -> None:
    """Claim a match with the words after it that are part of its name."""
    inside = page.words_in(*match.span())
    if not inside:
        return
    at, end, joined = page.index_of(inside[-1]), match.end(), False
    while at + 1 < len(page.words) and page.words[at + 1].slot == inside[0].slot:
        word, gap = page.words[at + 1], page.between(page.words[at], page.words[at + 1])
        if gap != " " or not page.free(word):
            break
        if word.folded in JOINERS and not word.capital:
            joined = True
        elif _part_of_name(page, word, lexicon, near=not joined and end == match.end()):
            end = word.end
        else:
            break
        at += 1
    if end > match.end():
        page.claim(Claim(inside[0].start, end, "STAY", ("agency",), "an agency by its name's beginning"))


def _part_of_name(page: Page, word: Word, lexicon: Lexicon, near: bool) -> bool:
    """Whether a capital belongs to an agency's or an Act's name; `near`: nothing but a space lies between.

    A word that nobody knows ("Oxleas NHS Foundation Trust") must stand right beside and be nobody to the models.
    """
    if not word.capital or page.text[word.end : word.end + 2] in ("'s ", "’s "):
        return False
    marks = sources_on(page, word, PERSON_LABELS)
    if lexicon.unknown(word):
        return near and not marks
    if lexicon.stays_alone(word) or word.folded in lexicon.trade:
        return True
    return not marks or not (word.folded in lexicon.ambiguous or any(m.startswith("RAMPART") for m in marks))


def claim_panel_words(pages: Sequence[Page], members: Sequence[PanelMember], rules: Rules) -> None:
    """Claim the agencies and posts of Panel members: both are printed with the members' names (§4.28).

    A school, a surgery or another small organisation goes even so: it would say where a family lived.
    """
    small = {fold(w) for k in rules.kinds if k.name not in ("centre", "firm") for w in k.words}
    printed = []
    for text in (part for m in members for part in (m.agency, m.role)):
        parts = tuple(map(fold, _parts(text)))
        if len(parts) > 1 and not small & {parts[-1], " ".join(parts[-2:])}:
            printed.append(text)
    index = _phrases(tuple(printed))
    for page in pages:
        for at, word in enumerate(page.words):
            for phrase in index.get(_key(word), ()) if word.capital else ():
                run = page.words[at : at + len(phrase.parts)]
                if _matches(page, run, phrase):
                    reason = "an agency or post on the Review Panel"
                    page.claim(Claim(word.start, run[-1].end, "STAY", ("panel",), reason))


def defined_abbreviations(page: Page) -> frozenset[str]:
    """Abbreviations in brackets whose letters are the initials of the words before them, and a glossary's terms."""
    found = set()
    for match in DEFINED.finditer(page.text):
        letters = [c for c in match.group("short") if c.isupper()]
        before = list(page.words_in(max(0, match.start() - 120), match.start()))[-len(letters) - 4 :]
        initials = "".join(w.text[0].upper() for w in before)
        if len(letters) > 1 and _spelt("".join(letters), initials):
            found.add(match.group("short"))
    for number, cell in page.cells.items():
        if cell.column == 0 and cell.header in ("term", "abbreviation", "acronym", "initials used"):
            found.add(page.text[page.layout.slots[number].start : page.layout.slots[number].end].strip())
    return frozenset(found)


def _spelt(letters: str, initials: str) -> bool:
    at = len(initials)
    for letter in reversed(letters):
        at = initials.rfind(letter, 0, at)
        if at < 0:
            return False
    return True
