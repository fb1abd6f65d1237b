"""Names of people as they stand in the text: chains of capitals cut into titles and names, and the evidence for each.

A chain is a run of capitalised words ("Independent Chair Dr Helen Ashworth"). It is cut at titles, ordinary words
are trimmed off its ends, and what is left is weighed: by the two models, by the title before it, and by whether the
lexicon knows the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.detect.lexicon import MONTHS, SOFT_TITLES, WEEKDAYS, Lexicon
from pipeline.detect.page import Page
from pipeline.detect.words import Case, Word

PERSON_LABELS = frozenset({"RAMPART_GIVEN_NAME", "RAMPART_SURNAME", "SPACY_PERSON"})
PLACE_LABELS = frozenset(
    {"RAMPART_CITY", "RAMPART_STREET_NAME", "RAMPART_STATE", "SPACY_GPE", "SPACY_LOC", "SPACY_FAC"}
)
DAY_BEFORE = frozenset(
    "on every last next that this each following until by late early of one a the all any in since from during mid before "
    "after to between for".split()
)
DAY_AFTER = frozenset(
    "morning afternoon evening night lunch lunchtime lunches service services school best and before after at until "
    "papers newspaper roast the".split()
)
NICKNAME = re.compile(
    r"^(?:,)?\s*(?:\(|,\s*)?(?:also |always |then |now |formerly |previously |better |sometimes )*(?:known (?:to \w+ )?(?:\w+ ){0,3}?as|called|nicknamed|aka"
    r"|or|n[ée]e|born|formerly|who (?:is|was) (?:known|called)(?: as)?)?\s*[('\"‘“]{0,2}$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it stands: titles (folded), the words of the name, and where it stands, titles included.

    turned   written "Surname, Forename"
    sources  models that call some of it a person
    """

    page: int
    start: int
    end: int
    titles: tuple[str, ...]
    words: tuple[Word, ...]
    turned: bool
    sources: tuple[str, ...]
    strong: bool

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(w.folded for w in self.words)


@dataclass(slots=True)
class Votes:
    """What the models called one word over all documents."""

    person: int = 0
    place: int = 0
    total: int = 0
    bare: int = 0  # capitalised inside a sentence, alone, not a sentence's first word
    given: int = 0
    other: Counter[str] = field(default_factory=Counter)


def sources_on(page: Page, word: Word, labels: frozenset[str]) -> tuple[str, ...]:
    """Labels of models that cover at least half of a word."""
    half = (word.end - word.start) / 2
    found = {
        e.type
        for e in page.evidence_on(word.start, word.end)
        if e.type in labels and min(e.end, word.end) - max(e.start, word.start) >= half
    }
    return tuple(sorted(found))


def votes(pages: Sequence[Page], lexicon: Lexicon) -> dict[str, Votes]:
    """Folded word -> what the models called it wherever it is capitalised."""
    tally: dict[str, Votes] = {}
    for page in pages:
        for at, word in enumerate(page.words):
            if not word.capital or not page.free(word):
                continue
            vote = tally.setdefault(word.folded, Votes())
            vote.total += 1
            vote.person += bool(sources_on(page, word, PERSON_LABELS))
            vote.place += bool(sources_on(page, word, PLACE_LABELS))
            vote.given += "RAMPART_GIVEN_NAME" in sources_on(page, word, PERSON_LABELS)
            alone = not (
                at and page.words[at - 1].capital and page.between(page.words[at - 1], word) == " "
            ) and not (
                at + 1 < len(page.words)
                and page.words[at + 1].capital
                and page.between(word, page.words[at + 1]) == " "
            )
            vote.bare += alone and not word.first and not word.heading and word.case is Case.TITLE
    return tally


def cut(chain: tuple[Word, ...], lexicon: Lexicon) -> Iterator[tuple[list[Word], list[Word]]]:
    """A chain as (titles, words) pieces: each title or run of titles begins a new piece."""
    titles: list[Word] = []
    words: list[Word] = []
    for word in chain:
        if word.folded.rstrip(".") in lexicon.titles:
            if words:
                yield titles, words
                titles, words = [], []
            titles.append(word)
        elif word.folded in lexicon.post_nominals and words and word.case is Case.UPPER:
            continue
        else:
            words.append(word)
    if titles or words:
        yield titles, words


def trim(page: Page, titles: list[Word], words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Leave off ordinary words at the ends of a piece: "When Adaeze" -> "Adaeze", "Okonjo Chair" -> "Okonjo"."""
    words = list(words)

    def plain(word: Word, beside: Word | None) -> bool:
        if not (lexicon.ordinary(word) or lexicon.stays_alone(word)):
            return False
        marks = sources_on(page, word, PERSON_LABELS)
        if word.first and word.folded not in lexicon.ambiguous and not any(m.startswith("RAMPART") for m in marks):
            return True
        if lexicon.stays_alone(word):
            return not (beside and marks and not lexicon.stays_alone(beside))
        if word.folded in lexicon.ambiguous:
            return not marks
        together = beside is not None and _one_person(page, word, beside)
        return not (together or any(m.startswith("RAMPART") for m in marks))

    while words and not titles and plain(words[0], words[1] if len(words) > 1 else None):
        words.pop(0)
    while len(words) > (1 if titles else 0) and plain(words[-1], words[-2] if len(words) > 1 else None):
        words.pop()
    return words


def _one_person(page: Page, a: Word, b: Word) -> bool:
    low, high = min(a.start, b.start), max(a.end, b.end)
    return any(e.type == "SPACY_PERSON" and e.start <= low and e.end >= high for e in page.evidence_on(low, high))


def is_strong(page: Page, titles: list[Word], words: list[Word], lexicon: Lexicon) -> bool:
    """Whether the piece is a person's name beyond what one word alone could show."""
    marks = [sources_on(page, w, PERSON_LABELS) for w in words]
    unknown = [lexicon.unknown(w) and len(w.text) > 1 for w in words]
    ambiguous = [w.folded in lexicon.ambiguous for w in words]
    if titles:
        hard = any(t.folded not in SOFT_TITLES and t.folded not in ("detective", "police", "the") for t in titles)
        return hard or any(unknown) or any(a and m for a, m in zip(ambiguous, marks, strict=True))
    if len(words) < 2:
        return False
    if any(unknown):
        return any(marks) and len([w for w in words if len(w.text) > 1]) > 0
    rampart = [any(m.startswith("RAMPART") for m in ms) for ms in marks]
    return any(a and m for a, m in zip(ambiguous, marks, strict=True)) and (all(rampart) or all(marks))


def names(pages: Sequence[Page], lexicon: Lexicon) -> list[Name]:
    """Every piece of every chain that may be a person's name, strong or not, in order of place."""
    found: list[Name] = []
    for number, page in enumerate(pages):
        for chain in page.chains():
            for titles, piece in cut(chain, lexicon):
                words = trim(page, titles, piece, lexicon)
                if not words:
                    continue
                if all(w.case is Case.UPPER and len(w.text) <= 4 and lexicon.stays_alone(w) for w in words):
                    continue
                marks = sorted({m for w in words for m in sources_on(page, w, PERSON_LABELS)})
                if titles and words[0] is not piece[0]:
                    titles = []
                start = titles[0].start if titles else words[0].start
                found.append(
                    Name(
                        number,
                        start,
                        words[-1].end,
                        tuple(t.folded for t in titles),
                        tuple(words),
                        False,
                        tuple(marks),
                        is_strong(page, titles, words, lexicon),
                    )
                )
    return _turned(pages, found, lexicon)


def _turned(pages: Sequence[Page], found: list[Name], lexicon: Lexicon) -> list[Name]:
    """Join "Surname, Forename" where a table cell, a list item or capitals show that this is meant."""
    joined: list[Name] = []
    skip = False
    for left, right in zip(found, [*found[1:], None], strict=True):
        if skip:
            skip = False
            continue
        if right is not None and _is_turned(pages[left.page], left, right, lexicon):
            joined.append(
                Name(
                    left.page,
                    left.start,
                    right.end,
                    right.titles,
                    right.words + left.words,
                    True,
                    tuple(sorted({*left.sources, *right.sources})),
                    True,
                )
            )
            skip = True
        else:
            joined.append(left)
    return joined


def _is_turned(page: Page, left: Name, right: Name, lexicon: Lexicon) -> bool:
    if left.page != right.page or left.words[0].slot != right.words[0].slot or left.titles:
        return False
    if page.text[left.end : right.start] != ", " or len(left.words) > 3 or len(right.words) > 3:
        return False
    slot = page.layout.slots[left.words[0].slot]
    at_start = left.start - slot.start <= 2 or page.text[left.start - 2 : left.start] in ("; ", " (", "by ", "y ")
    surname_capitals = all(w.case is Case.UPPER for w in left.words) and any(
        w.case is Case.TITLE for w in right.words
    )
    likely = bool(left.sources or right.sources) or any(lexicon.unknown(w) for w in (*left.words, *right.words))
    if slot.row >= 0:
        return at_start and likely and len(left.words) <= 2
    after = page.text[right.end : right.end + 1]
    by_rampart = {"RAMPART_SURNAME"} <= set(left.sources) and "RAMPART_GIVEN_NAME" in right.sources
    return (
        surname_capitals
        or (at_start and by_rampart and after in (",", ";", ")", "\n", ""))
        or (all(w.case is Case.UPPER for w in (*left.words, *right.words)) and likely)
    )


def is_name_use(page: Page, at: int, vote: Votes | None, lexicon: Lexicon) -> bool:
    """Whether a word that is both a name in this case and something else names the person where it stands."""
    word = page.words[at]
    before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
    after = page.words[at + 1] if at + 1 < len(page.words) and page.words[at + 1].slot == word.slot else None
    close = after is not None and page.between(word, after) == " "
    if word.folded in MONTHS | WEEKDAYS and not _calendar_name(page, word, before, after if close else None):
        return False
    marks = sources_on(page, word, PERSON_LABELS)
    possessive = page.text[word.end : word.end + 2] in ("'s", "’s")
    if not word.first and not word.heading and word.case is Case.TITLE:
        return True
    follows = close and after is not None and after.folded in lexicon.followers
    if word.folded == "will" and close and not possessive:
        return len(marks) > 1 or (
            follows and after is not None and after.folded in ("was", "had", "said", "is", "has", "told")
        )
    bare = vote.bare if vote else 0
    joined = after is not None and re.fullmatch(r", | and ", page.text[word.end : after.start + 4][:5]) is not None
    if bare == 0:
        return len(marks) > 1 and not (word.heading and len(page.words) > 1)
    return possessive or follows or bool(marks) or joined or _alone(page, word)


def _alone(page: Page, word: Word) -> bool:
    slot = page.layout.slots[word.slot]
    return page.text[slot.start : slot.end].strip(" .:;,'\"()‘’“”") == word.text


def _calendar_name(page: Page, word: Word, before: Word | None, after: Word | None) -> bool:
    if after is not None and (after.case is Case.DIGIT or after.folded in DAY_AFTER and word.folded in WEEKDAYS):
        return False
    if before is not None and page.between(before, word) in (" ", " '", ", "):
        if before.case is Case.DIGIT or before.folded in DAY_BEFORE and page.between(before, word) == " ":
            return False
    if word.folded.endswith("s") and word.folded not in ("james",) and word.folded[:-1] in WEEKDAYS:
        return False
    return True
