"""Names that stay: the lists in redaction_rules/stays.yml, agencies by the form of their names, Acts of Parliament,
research that is cited, and abbreviations that the report itself explains. They are claimed as spans, never as words:
that one "Price" stays explains no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.detect.page import Claim, Page
from pipeline.detect.words import Case, Word, fold
from pipeline.models import BlockKind, PanelMember
from pipeline.rules import Rules

_CAP = r"[^\W\d_a-z][\w'’-]*"
ACT = re.compile(
    rf"\b{_CAP}(?:(?:,? (?:and|of|for|to|the|in|etc\.?|&) |,? |\s\()\(?{_CAP}\)?)*"
    r" (?:Act|Order|Regulations|Convention|Bill(?! [A-Z]))"
    r"(?: \d{4})?(?=\W|$)"
)
_INITIALS = r"(?:, [A-Z]\.(?: ?[A-Z]\.)*)?"
CITATION = re.compile(
    rf"\b(?P<authors>{_CAP}(?: {_CAP})?{_INITIALS}(?:(?:,? (?:and|&) |, ){_CAP}(?: {_CAP})?{_INITIALS})*"
    r"(?:,? (?:et al\.?|and others))?),? \((?:19|20)\d\d[a-z]?\)"
)
# A list of authors with initials before a year is a reference: "Stark, E. (2007)", "A, J., B, A. and C, F. (2014)".
AUTHOR = re.compile(rf"(?P<name>{_CAP}(?: {_CAP})?), [A-Z]\.(?: ?[A-Z]\.)*")
AUTHORS = re.compile(
    rf"{AUTHOR.pattern}(?:(?:, | and |, and | & |; ){AUTHOR.pattern.replace('?P<name>', '?:')})*"
    r"(?:,? (?:et al\.?|and others))?,? (?=\(?(?:19|20)\d\d)"
)
NOTED = re.compile(rf"(?P<author>{_CAP}(?: {_CAP})?)['’\"”]?\[\^(?P<note>\w+)\]")
NOTE = "{}:"
TITLE_QUOTED = re.compile(
    r"\((?:19|20)\d\d[a-z]?\)[ ,.:]*"
    r"(?P<title>['‘\"“][^'’\"”\n]{8,200}['’\"”](?:, [^.\n]{4,80})?|[A-Z][^.;\n(]{6,120})"
)
DEFINED = re.compile(r"\((?:the |‘|'|\"|“)?(?P<short>[A-Z][A-Za-z&]{1,7})(?:’|'|\"|”)?\)")
MEDICINE = re.compile(
    r"(?:azepam|azolam|oxetine|traline|alopram|tiapine|apine|peridone|triptyline|gabalin|codone|morphine|mycin|cillin"
    r"|statin|olol|prazole|trigine|promazine|idol|zolam|dipine|sartan|gliptin|formin|profen|faxine|clone|setron)$"
)
BAD_AUTHOR = frozenset(
    "the a in on and of for from by with to he she they his her january february march april may june july august "
    "september october november december".split()
)


@lru_cache(maxsize=4)
def _phrases(names: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """First word of each name that stays -> the names as folded words, longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        parts = tuple(fold(p) for p in re.findall(r"[\w'’&.-]+", name))
        for first in {parts[0], parts[0].rstrip("'").removesuffix("'s")}:
            index.setdefault(first, []).append(parts)
    for options in index.values():
        options.sort(key=len, reverse=True)
    return index


def claim_localities(page: Page, rules: Rules) -> None:
    """Claim the places of goes.yml, which go whole."""
    index = _phrases(tuple(rules.goes))
    for at, word in enumerate(page.words):
        for parts in index.get(word.folded, ()) if word.capital else ():
            run = page.words[at : at + len(parts)]
            if len(run) == len(parts) and _matches(page, run, parts):
                claim = Claim(
                    word.start, run[-1].end, "PLACE", ("list",), "a place smaller than a borough", "[place]"
                )
                page.claim(claim)
                break


def claim_phrases(page: Page, rules: Rules) -> None:
    """Claim names of two words and more from stays.yml (single words are settled later, against people's names)."""
    index = _phrases(tuple(rules.stays))
    words = page.words
    for at, word in enumerate(words):
        if not word.capital and word.case is not Case.DIGIT:
            continue
        for parts in index.get(_key(word), ()):
            run = words[at : at + len(parts)]
            if len(parts) > 1 and len(run) == len(parts) and _matches(page, run, parts):
                end = run[-1].end
                if page.text[end : end + 1] in "'’" and parts[-1].endswith("'"):
                    end += 1
                page.claim(Claim(word.start, end, "STAY", ("list",), "on the list of names that stay"))
                break


def _key(word: Word) -> str:
    return word.folded.replace("’", "'")


def _matches(page: Page, run: tuple[Word, ...], parts: tuple[str, ...]) -> bool:
    """Whether the words spell a name; possessives inside a name ("King's") were cut from the word."""
    for n, (word, part) in enumerate(zip(run, parts, strict=True)):
        plain = part.rstrip("'").removesuffix("'s")
        if word.folded not in (part, part.rstrip("'"), plain) or word.slot != run[0].slot:
            return False
        if n and len(page.between(run[n - 1], word)) > 4:
            return False
        if word.case is Case.LOWER and part not in ("of", "and", "for", "the", "on", "&", "to", "upon", "in"):
            return False
    return True


def claim_agencies(page: Page, rules: Rules) -> None:
    """Claim agencies known by how their names end or begin, with the capitals before or after that belong to them."""
    endings, beginnings = (
        "|".join(re.escape(e).replace("'", "['’]") for e in sorted(rules.vocabulary[key], key=len, reverse=True))
        for key in ("agency_endings", "agency_beginnings")
    )
    link = r"(?: (?:and|of|the|&|for) | )"
    ending = re.compile(rf"\b(?:{_CAP}{link})+(?:{endings})(?=\W|$)")
    beginning = re.compile(rf"\b(?:{beginnings}) {_CAP}(?:(?: and | & | of | ){_CAP})*")
    for pattern, why in (
        (ending, "an agency by its name's ending"),
        (beginning, "an agency by its name's beginning"),
    ):
        for match in pattern.finditer(page.text):
            start = _after_ordinary_start(page, match.start(), match.end())
            if start is not None:
                page.claim(Claim(start, match.end(), "STAY", ("agency",), why))
    for match in ACT.finditer(page.text):
        start = _after_ordinary_start(page, match.start(), match.end())
        if start is not None:
            page.claim(Claim(start, match.end(), "STAY", ("act",), "an Act, Bill or other instrument"))


def _after_ordinary_start(page: Page, start: int, end: int) -> int | None:
    """Where a name begins once a sentence's ordinary first word ("In", "The") is left off."""
    words = page.words_in(start, end)
    if not words or any(w.slot != words[0].slot for w in words):
        return None
    if words[0].first and len(words) > 1 and words[0].folded in BAD_AUTHOR:
        return words[1].start
    return words[0].start


def claim_panel_words(pages: Sequence[Page], members: Sequence[PanelMember], rules: Rules) -> None:
    """Claim the agencies and posts of Panel members: both are printed with the members' names (§4.28).

    A school, a surgery or another small organisation goes even so: it would say where a family lived.
    """
    small = {fold(w) for k in rules.kinds if k.name not in ("centre", "firm") for w in k.words}
    phrases = []
    for text in (part for m in members for part in (m.agency, m.role)):
        parts = tuple(fold(p) for p in re.findall(r"[\w'’&.-]+", text))
        if len(parts) > 1 and not small & {parts[-1], " ".join(parts[-2:])}:
            phrases.append(parts)
    index: dict[str, list[tuple[str, ...]]] = {}
    for parts in phrases:
        for first in {parts[0], parts[0].rstrip("'").removesuffix("'s")}:
            index.setdefault(first, []).append(parts)
    for page in pages:
        for at, word in enumerate(page.words):
            for parts in index.get(_key(word), ()) if word.capital else ():
                run = page.words[at : at + len(parts)]
                if len(run) == len(parts) and _matches(page, run, parts):
                    reason = "an agency or post on the Review Panel"
                    page.claim(Claim(word.start, run[-1].end, "STAY", ("panel",), reason))


def claim_citations(page: Page) -> frozenset[str]:
    """Claim cited authors with their year, and titles after a year; returns the cited surnames, folded."""
    cited: set[str] = set()
    for match in AUTHORS.finditer(page.text):
        for author in AUTHOR.finditer(match.group()):
            start = match.start() + author.start()
            if page.claim(
                Claim(start, match.start() + author.end(), "STAY", ("citation",), "research that is cited")
            ):
                cited.add(fold(author.group("name")))
    for match in CITATION.finditer(page.text):
        authors = page.words_in(*match.span("authors"))
        names = [w for w in authors if w.capital and len(w.text) > 1]
        while names and names[0].folded in BAD_AUTHOR:
            names = names[1:]
        if not names or len({w.slot for w in names}) != 1:
            continue
        if page.claim(Claim(names[0].start, match.end(), "STAY", ("citation",), "research that is cited")):
            # Two capitals without a comma between them are one double surname ("Monckton Smith").
            text = page.text[names[0].start : match.end("authors")]
            for part in re.split(r",| and |&| et al", text):
                if len(name := fold(part.strip(" ."))) > 2:
                    cited.add(name)
        if (title := TITLE_QUOTED.match(page.text, match.end() - 6)) and title.start() < match.end():
            page.claim(
                Claim(match.end(), title.end("title"), "STAY", ("citation",), "the title of a work that is cited")
            )
    # "the typology of Johnson[^7]": the note says who is cited.
    for match in NOTED.finditer(page.text):
        name = fold(match.group("author"))
        note = NOTE.format(re.escape(match.group("note")))
        if any(re.match(note + r"\W*" + re.escape(name), fold(b)) for b in _footnotes(page)):
            cited.add(name)
            page.claim(Claim(*match.span("author"), "STAY", ("citation",), "an author who is cited"))
    return frozenset(cited)


def _footnotes(page: Page) -> list[str]:
    return [f"{b.number}: {b.text}" for b in page.document.blocks if b.kind is BlockKind.FOOTNOTE]


def claim_cited_again(page: Page, cited: frozenset[str], people: frozenset[str]) -> None:
    """Claim later mentions of a cited author by surname alone ("Monckton Smith's timeline").

    `people` are the folded names of people in the case: a name that is both needs a decision and is left alone.
    """
    for name in cited:
        parts = tuple(name.split())
        if all(p in people for p in parts):
            continue
        for at in range(len(page.words)):
            run = page.words[at : at + len(parts)]
            if tuple(w.folded for w in run) == parts and all(w.capital for w in run) and run[0].slot == run[-1].slot:
                page.claim(Claim(run[0].start, run[-1].end, "STAY", ("citation",), "an author who is cited"))


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


def single_stays(rules: Rules) -> frozenset[str]:
    """One-word names that stay, folded."""
    singles = {fold(n) for n in rules.stays if " " not in n}
    return frozenset(singles | {n.removesuffix("'s") for n in singles})


def is_medicine(word: Word) -> bool:
    return bool(MEDICINE.search(word.folded)) and len(word.folded) > 6
