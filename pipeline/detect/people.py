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
from itertools import zip_longest

from pipeline.detect.lexicon import MONTHS, SOFT_TITLES, WEEKDAYS, Lexicon
from pipeline.detect.page import Page
from pipeline.detect.words import Case, Word
from pipeline.models import BlockKind

PERSON_LABELS = frozenset({"RAMPART_GIVEN_NAME", "RAMPART_SURNAME", "SPACY_PERSON"})
PLACE_LABELS = frozenset(
    {"RAMPART_CITY", "RAMPART_STREET_NAME", "RAMPART_STATE", "SPACY_GPE", "SPACY_LOC", "SPACY_FAC"}
)
TURNED_CELL = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, [A-Z][\w'’-]+(?: [A-Z][\w'’.-]*)?(?: \(.*\))?")
FORENAME_AFTER = re.compile(r", [A-Z][\w'’-]+(?: [A-Z][\w'’.-]*)?(?:$| \()")
DAY_BEFORE = frozenset(
    "on every last next this each following until by late early of one a the all any in since from during mid before "
    "after between".split()
)
DAY_AFTER = frozenset(
    "morning afternoon evening night lunch lunchtime lunches service services school papers newspaper roast".split()
)
# After a word that the case nowhere else uses as a name, these show nothing: "Faith was a source of strength".
VAGUE = frozenset(
    "was is had has became and to then also would could should made gave began did does later never still now first "
    "who led came grew meant put let set kept held lost needed helped seemed remained required".split()
)
ARTICLES = frozenset("a an no any this every some".split())
# After a sentence's first word "Will", these make it a question or a command, not a name.
ASKED = frozenset(
    "you u he she it they we i anyone anybody someone somebody everyone everybody this that these those the there "
    "his her their our my your its a an be not".split()
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
    for at, word in enumerate(chain):
        last = at + 1 == len(chain)
        surname = last and word.folded in SOFT_TITLES and word.folded not in lexicon.ranks and bool(titles or words)
        if surname and not (words and all(w.folded in lexicon.trade for w in words)):
            words.append(word)  # "Dr Goodness Bishop", "Mr Bishop"
        elif word.folded in ("his", "her") and not last and chain[at + 1].folded == "honour":
            if words:
                yield titles, words
            titles, words = [word], []
        elif word.folded == "honour" and at and chain[at - 1].folded in ("his", "her"):
            titles.append(word)
        elif word.folded.rstrip(".") in lexicon.titles:
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
        if len(word.text) == 1 and beside is not None and page.text[word.end : word.end + 1] == ".":
            return False  # an initial
        if not word.text.isascii() or (
            beside is not None and len(beside.text) == 1 and word.folded not in lexicon.trade
        ):
            return False
        if word.folded in lexicon.ambiguous | MONTHS | WEEKDAYS and beside is not None and lexicon.unknown(beside):
            return word.first and word.folded in ("will", "may", "can", "in", "as", "at", "both") and not marks
        if word.first and word.folded not in lexicon.ambiguous and not any(m.startswith("RAMPART") for m in marks):
            return True
        if lexicon.stays_alone(word):
            return not (beside and marks and not lexicon.stays_alone(beside))
        if word.folded in lexicon.ambiguous:
            pair = beside is not None and beside.folded in lexicon.ambiguous and not lexicon.stays_alone(beside)
            return not marks and not (pair and not word.first and word.case is Case.TITLE)
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
        return hard or any(unknown) or any(a and w.case is Case.TITLE for a, w in zip(ambiguous, words, strict=True))
    if len(words) < 2:
        return False
    if any(unknown):
        return any(marks) and len([w for w in words if len(w.text) > 1]) > 0
    if all(ambiguous) and not any(lexicon.stays_alone(w) or w.first or w.heading for w in words):
        return all(w.case is Case.TITLE for w in words)
    rampart = [any(m.startswith("RAMPART") for m in ms) for ms in marks]
    return any(a and m for a, m in zip(ambiguous, marks, strict=True)) and (all(rampart) or all(marks))


def names(pages: Sequence[Page], lexicon: Lexicon, listing: frozenset[tuple[int, int]] = frozenset()) -> list[Name]:
    """Every piece of every chain that may be a person's name, strong or not, in order of place.

    `listing` holds (page, slot) of table cells in which people are listed: there a chain is a name, whole.
    """
    found: list[Name] = []
    for number, page in enumerate(pages):
        for chain in page.chains():
            for titles, piece in cut(chain, lexicon):
                listed = bool(piece) and (number, piece[0].slot) in listing
                name = _name(page, number, titles, piece, lexicon, listed and _is_listed(page, piece, found, lexicon))
                if name is not None:
                    found.append(name)
    return _turned(pages, found, lexicon, listing)


def _is_listed(page: Page, piece: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> bool:
    """Whether a chain in a column of people is a name, whole ("Mark Hale"), and not a post ("Crime Review Group")."""
    slot = page.layout.slots[piece[0].slot]
    in_list = page.document.blocks[slot.block].kind is BlockKind.LIST_ITEM
    if piece[-1].folded in lexicon.trade or (in_list and piece[0].start - slot.start > 2):
        return False
    if any(lexicon.unknown(w) or w.folded in lexicon.ambiguous | MONTHS | WEEKDAYS for w in piece):
        return True
    # "Swan, Charity" fills its cell: a surname and a forename, whatever else the words mean.
    if piece[0].start - slot.start <= 2 and FORENAME_AFTER.match(page.text[piece[-1].end : slot.end]):
        return True
    # "Okoro, Gift": what follows a surname and a comma at the start of the cell is a forename.
    last = found[-1] if found else None
    return (
        last is not None
        and last.words[0].slot == piece[0].slot
        and last.start - slot.start <= 2
        and page.text[last.end : piece[0].start] == ", "
        and len(piece) <= 2
    )


def _name(
    page: Page, number: int, titles: list[Word], piece: list[Word], lexicon: Lexicon, listed: bool
) -> Name | None:
    """A piece of a chain as a Name; None where nothing is left of it once ordinary words are trimmed off."""
    words = piece if listed else trim(page, titles, piece, lexicon)
    if not words or all(w.case is Case.UPPER and len(w.text) <= 4 and lexicon.stays_alone(w) for w in words):
        return None
    marks = sorted({m for w in words for m in sources_on(page, w, PERSON_LABELS)})
    titles = titles if words[0] is piece[0] else []
    at_start = words[0].start - page.layout.slots[words[0].slot].start <= 2
    strong = is_strong(page, titles, words, lexicon) or (listed and (len(words) > 1 or at_start))
    start = (titles or words)[0].start
    folded = tuple(t.folded for t in titles)
    return Name(number, start, words[-1].end, folded, tuple(words), False, tuple(marks), strong)


def _fills_cell(page: Page, slot_number: int, lexicon: Lexicon) -> bool:
    """Whether a cell holds "Surname, Forename" and nothing else, by its form and by one word that may be a name."""
    slot = page.layout.slots[slot_number]
    if not TURNED_CELL.fullmatch(page.text[slot.start : slot.end].strip()):
        return False
    words = page.words_in(slot.start, slot.end)
    return any(lexicon.unknown(w) or w.folded in lexicon.ambiguous for w in words)


def listings(
    pages: Sequence[Page], found: Sequence[Name], name_columns: Sequence[str], lexicon: Lexicon
) -> frozenset[tuple[int, int]]:
    """(page, slot) of the cells of columns that list people: by their header, or because most cells hold a name."""
    strong = {(n.page, n.words[0].slot) for n in found if n.strong and len(n.words) > 1}
    columns: dict[tuple[int, int, int], list[int]] = {}
    for number, page in enumerate(pages):
        for slot_number in page.cells:
            slot = page.layout.slots[slot_number]
            if slot.end > slot.start:
                columns.setdefault((number, slot.block, slot.column), []).append(slot_number)
    cells: set[tuple[int, int]] = set()
    for (number, _, _), slots in columns.items():
        header = pages[number].cells[slots[0]].header
        named = sum((number, s) in strong or _fills_cell(pages[number], s, lexicon) for s in slots)
        share = named / len(slots)
        if share >= 0.5 or header in name_columns:
            cells.update((number, s) for s in slots)
    return frozenset(cells)


def _turned(
    pages: Sequence[Page], found: list[Name], lexicon: Lexicon, listing: frozenset[tuple[int, int]]
) -> list[Name]:
    """Join "Surname, Forename" where a table cell, a list item or capitals show that this is meant."""
    joined: list[Name] = []
    skip = False
    for left, right in zip_longest(found, found[1:]):
        if skip:
            skip = False
            continue
        if right is not None and _is_turned(
            pages[left.page], left, right, lexicon, (left.page, left.words[0].slot) in listing
        ):
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


def _are_two_people(page: Page, left: Name, right: Name) -> bool:
    """Whether names on both sides of a comma are whole ("Piotr Gawlik, Ffion Tregarth"), as a model reads them."""
    return (
        min(len(left.words), len(right.words)) > 1
        and "RAMPART_GIVEN_NAME" in sources_on(page, left.words[0], PERSON_LABELS)
        and "RAMPART_SURNAME" in sources_on(page, right.words[-1], PERSON_LABELS)
    )


def _is_turned(page: Page, left: Name, right: Name, lexicon: Lexicon, listed: bool) -> bool:
    if left.page != right.page or left.words[0].slot != right.words[0].slot or left.titles:
        return False
    if page.text[left.end : right.start] != ", " or len(left.words) > 3 or len(right.words) > 3:
        return False
    if _are_two_people(page, left, right) or all(w.folded in lexicon.post_nominals for w in right.words):
        return False
    slot = page.layout.slots[left.words[0].slot]
    at_start = left.start - slot.start <= 2 or page.text[left.start - 2 : left.start] in ("; ", " (", "y ", ": ")
    surname_capitals = all(w.case is Case.UPPER for w in left.words) and any(
        w.case is Case.TITLE for w in right.words
    )
    likely = bool(left.sources or right.sources) or any(lexicon.unknown(w) for w in (*left.words, *right.words))
    if listed and left.start - slot.start <= 2:
        return True
    if slot.row >= 0:
        return at_start and likely and len(left.words) <= 2
    if page.text[max(slot.start, left.start - 6) : left.start].endswith((": ", "To: ", "From: ")) and likely:
        return page.text[right.end : right.end + 2] in (" (", " <", "\n", "\n\n", " \n", "")
    after = page.text[right.end : right.end + 1]
    by_rampart = {"RAMPART_SURNAME"} <= set(left.sources) and "RAMPART_GIVEN_NAME" in right.sources
    return (
        surname_capitals
        or (at_start and by_rampart and after in (",", ";", ")", "\n", ""))
        or (all(w.case is Case.UPPER for w in (*left.words, *right.words)) and likely)
    )


def is_name_use(page: Page, at: int, vote: Votes | None, lexicon: Lexicon, lower: frozenset[str]) -> bool:
    """Whether a word that is both a name in this case and something else names the person where it stands.

    `lower` holds the folded words that the case also writes in lower case.
    """
    word = page.words[at]
    before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
    after = page.words[at + 1] if at + 1 < len(page.words) and page.words[at + 1].slot == word.slot else None
    close = after is not None and page.between(word, after) == " "
    if word.folded in MONTHS | WEEKDAYS and not _calendar_name(page, word, before, after if close else None):
        return False
    marks = sources_on(page, word, PERSON_LABELS)
    possessive = page.text[word.end : word.end + 2] in ("'s", "’s")
    if before is not None and page.between(before, word) == " " and before.folded in ARTICLES and not possessive:
        return len(marks) > 1
    if word.case is Case.UPPER:
        return bool(marks) or possessive or page.text[word.end : word.end + 1] in (".", ",", ":", ";")
    if not word.first and not word.heading:
        return True
    bare = vote.bare if vote else 0
    # The case never writes it in lower case, so it is hardly the ordinary word ("Verity", "Amber").
    if bare and word.folded not in lower and not word.heading:
        return True
    follows = close and after is not None and is_follower(after, lexicon)
    if word.folded == "will" and not possessive:
        asks = close and after is not None and after.folded in ASKED
        return not asks and (bare > 0 or len(marks) > 1)
    if _quoted_alone(page, word):
        return True
    if bare == 0:
        told = follows and after is not None and after.folded not in VAGUE
        return (len(marks) > 1 or (follows and bool(marks)) or told) and not word.heading
    joined = page.text[word.end : word.end + 2] == ", " or page.text[word.end : word.end + 5] == " and "
    return possessive or follows or bool(marks) or joined or _alone(page, word)


def is_follower(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is what follows a person's name at the start of a sentence: a verb in the past, an auxiliary."""
    return word.case is Case.LOWER and (
        word.folded in lexicon.followers
        or word.folded in lexicon.past
        or (word.folded.endswith("ed") and len(word.folded) > 4)
    )


def _quoted_alone(page: Page, word: Word) -> bool:
    """Whether a word stands by itself within quotation marks, or is a whole sentence (a signature)."""
    before, after = page.text[max(0, word.start - 1) : word.start], page.text[word.end : word.end + 2]
    if before in "'‘\"“" and before and after[:1] in "'’\"”" and after[:2] not in ("'s", "’s"):
        return True
    return word.first and after in ('".', "”.", ".”", '."', "’.", ".’")


def _alone(page: Page, word: Word) -> bool:
    slot = page.layout.slots[word.slot]
    return page.text[slot.start : slot.end].strip(" .:;,'\"()‘’“”") == word.text


def _calendar_name(page: Page, word: Word, before: Word | None, after: Word | None) -> bool:
    if after is not None and (after.case is Case.DIGIT or (after.folded in DAY_AFTER and word.folded in WEEKDAYS)):
        return False
    gap = page.between(before, word) if before is not None else ""
    digit = before is not None and before.case is Case.DIGIT and gap in (" ", " '", ", ")
    if digit or (before is not None and before.folded in DAY_BEFORE and gap == " "):
        return False
    return word.folded.removesuffix("s") not in WEEKDAYS or word.folded in WEEKDAYS
