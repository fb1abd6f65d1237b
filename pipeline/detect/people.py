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

from pipeline.detect.lexicon import SOFT_TITLES, Lexicon
from pipeline.detect.page import PARTICLES, Page
from pipeline.detect.words import Case, Word
from pipeline.models import BlockKind, Slot

PERSON_LABELS = frozenset({"RAMPART_GIVEN_NAME", "RAMPART_SURNAME", "SPACY_PERSON"})
PLACE_LABELS = frozenset(
    {"RAMPART_CITY", "RAMPART_STREET_NAME", "RAMPART_STATE", "SPACY_GPE", "SPACY_LOC", "SPACY_FAC"}
)
TURNED_CELL = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, [A-Z][\w'’-]+(?: [A-Z][\w'’.-]*)?(?: \(.*\))?")
# "Smith J, Patel R, Ng W": two of them and more are a list of people.
SURNAME_INITIAL = r"[A-Z][\w'’-]+ [A-Z]{1,2}(?=[,;.]|$| and )"
SURNAME_INITIALS = re.compile(rf"{SURNAME_INITIAL}(?:(?:[,;]| and) {SURNAME_INITIAL})+")
NOBODY = frozenset("vacant vacancy tbc tba none unknown various all not self total others nobody".split())
INITIAL_CELL = re.compile(r"(?:[A-Z]\.? ?){1,2}[A-Z][\w'’-]+")
DEATH_OF = re.compile(r"\b(?:death|homicide|murder|killing|named|called|by|with|from|and|to) (?:of )?$")
FORENAME_AFTER = re.compile(r", [A-Z][\w'’-]+(?: [A-Z][\w'’.-]*)?(?:$| \()")


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
    def core(self) -> tuple[Word, ...]:
        """The words by which people are told apart: "Ní" of "Ms Ní Dhomhnaill" and "de" of "de Sousa" are not."""
        last = len(self.words) - 1

        def joins(at: int, word: Word) -> bool:
            inside = at < last and (at > 0 or bool(self.titles) or word.case is Case.LOWER)
            return inside and word.folded in PARTICLES

        return tuple(w for at, w in enumerate(self.words) if not joins(at, w))

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(w.folded for w in self.core)

    @property
    def single(self) -> bool:
        """Whether it is one name, a surname with its particles included."""
        return len(self.core) == 1


WITHIN = frozenset("in near outside".split())
AWAY = frozenset("from to".split())


@dataclass(slots=True)
class Votes:
    """What the models called one word over all documents, and where it stands."""

    person: int = 0
    place: int = 0
    total: int = 0
    bare: int = 0  # capitalised inside a sentence, alone, not a sentence's first word
    given: int = 0
    within: int = 0  # after "in" or "near", where only places stand
    away: int = 0  # after "from" or "to", where places and people do
    other: Counter[str] = field(default_factory=Counter)


def is_located(vote: Votes | None) -> bool:
    """Whether a word stands only where places do: "born in Enugu", "telephoned from Enugu"."""
    return vote is not None and vote.within > 0 and vote.within + vote.away == vote.total


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
            before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
            if before is not None and page.between(before, word) == " ":
                vote.within += before.folded in WITHIN
                vote.away += before.folded in AWAY
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
    shouted = len(chain) > 2 and all(w.case is Case.UPPER for w in chain)
    for at, word in enumerate(chain):
        last = at + 1 == len(chain)
        if shouted and _is_plain(word, lexicon) and not (words and words[-1].folded in PARTICLES):
            if words:
                yield titles, words
            titles, words = [], []
            continue
        if last and word.folded in SOFT_TITLES and _is_surname(titles, words, word, lexicon):
            words.append(word)  # "Dr Goodness Bishop", "Mr Bishop", "May Constable"
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


def _is_plain(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word in a line of capitals is nobody's name: "ROSE DEVANE STATES SON WILLIAM DEVANE SHOUTING"."""
    named = (lexicon.may_be_names, lexicon.surnames, lexicon.titles, PARTICLES)
    return lexicon.ordinary(word) and len(word.text) > 1 and not any(word.folded in each for each in named)


def _is_surname(titles: Sequence[Word], words: Sequence[Word], word: Word, lexicon: Lexicon) -> bool:
    """Whether the last word of a chain, a title by itself, is the surname of what stands before it."""
    if words and all(w.folded in lexicon.trade for w in words):
        return False
    if word.folded not in lexicon.ranks:
        return bool(titles or words)
    forename = words[-1] if words else None
    return (
        forename is not None
        and len(words) <= 2
        and word.case is forename.case
        and (lexicon.unknown(forename) or forename.folded in lexicon.may_be_names)
    )


def _goes_with_forename(word: Word, beside: Word | None, lexicon: Lexicon) -> bool:
    """Whether an ordinary word is the surname of the forename before it: "Crina Power", "Patience Self"."""
    if beside is None or beside.start > word.start or word.case is not beside.case or len(beside.text) < 2:
        return False
    if word.folded in lexicon.trade and word.folded not in lexicon.surnames:
        return False
    if lexicon.stays_alone(word) and word.folded not in lexicon.surnames:
        return False
    if lexicon.unknown(beside):
        return word.folded in lexicon.surnames or (word.case is Case.TITLE and not word.heading)
    return word.folded in lexicon.surnames and beside.folded in lexicon.may_be_names


def _does_as_people_do(page: Page, first: Word | None, last: Word, lexicon: Lexicon) -> bool:
    """Whether the words around a name of two words say that it is somebody: "the death of May Constable"."""
    if first is None:
        return False
    slot = page.layout.slots[last.slot]
    if DEATH_OF.search(page.text, max(slot.start, first.start - 24), first.start):
        return True
    if page.text[last.end : last.end + 2] in ("'s", "’s"):
        return True
    at = page.index_of(last) + 1
    after = page.words[at] if at < len(page.words) and page.words[at].slot == last.slot else None
    return after is not None and page.between(last, after) == " " and lexicon.is_follower(after)


def trim(page: Page, titles: list[Word], words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Leave off ordinary words at the ends of a piece: "When Adaeze" -> "Adaeze", "Okonjo Chair" -> "Okonjo"."""
    words = list(words)

    def plain(word: Word, beside: Word | None) -> bool:
        if not (lexicon.ordinary(word) or lexicon.stays_alone(word)):
            return False
        marks = sources_on(page, word, PERSON_LABELS)
        if len(word.text) == 1 and beside is not None and page.text[word.end : word.end + 1] == ".":
            return False  # an initial
        if beside is not None and beside.start < word.start and beside.folded in PARTICLES and not beside.first:
            return False
        if _goes_with_forename(word, beside, lexicon) and (
            word.folded not in lexicon.trade or marks or titles or _does_as_people_do(page, beside, word, lexicon)
        ):
            return False
        if not word.text.isascii() or (
            beside is not None and len(beside.text) == 1 and word.folded not in lexicon.trade
        ):
            return False
        named = beside is not None and (lexicon.unknown(beside) or _goes_with_forename(beside, word, lexicon))
        if word.folded in lexicon.may_be_names and named:
            starts = word.first and word.folded in ("will", "may", "can", "in", "as", "at", "both") and not marks
            return starts and not (beside is not None and _does_as_people_do(page, word, beside, lexicon))
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
    if _goes_with_forename(words[-1], words[-2], lexicon) and (any(marks) or words[-1].folded in lexicon.surnames):
        return True
    if all(unknown) and all(w.case is Case.TITLE and not w.heading for w in words):
        return any(marks) or not any(sources_on(page, w, PLACE_LABELS) for w in words)
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
        shortened = {w.start for w in _shortened(page, lexicon)}
        for chain in page.chains():
            for titles, piece in cut(chain, lexicon):
                if not piece and _heads_turned(page, titles, lexicon):
                    titles, piece = [], titles
                listed = bool(piece) and (number, piece[0].slot) in listing
                whole = (listed and _is_listed(page, piece, found, lexicon)) or (
                    bool(piece) and piece[0].start in shortened
                )
                name = _name(page, number, titles, piece, lexicon, whole)
                if name is not None:
                    found.append(name)
    return _turned(pages, found, lexicon, listing)


def _shortened(page: Page, lexicon: Lexicon) -> Iterator[Word]:
    """The surnames of lists of people by surname and initial: "Smith J, Patel R, Ng W", never "Part A, Part B"."""
    for match in SURNAME_INITIALS.finditer(page.text):
        surnames = [w for w in page.words_in(*match.span()) if len(w.text) > 2 or w.case is Case.TITLE]
        surnames = [w for w in surnames if len(w.text) > 1]
        if all(lexicon.unknown(w) or w.folded in lexicon.surnames | lexicon.ambiguous for w in surnames):
            yield from surnames


def _heads_turned(page: Page, titles: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether what looks like a title is the surname of "BISHOP, Hope", at the start of a cell or after "To: "."""
    word = titles[0]
    slot = page.layout.slots[word.slot]
    if (
        len(titles) > 1
        or word.folded not in lexicon.surnames
        or not FORENAME_AFTER.match(page.text[word.end : slot.end])
    ):
        return False
    return word.start == slot.start or page.text[word.start - 2 : word.start] in (": ", "; ")


def _fills(page: Page, piece: Sequence[Word], slot: Slot) -> bool:
    """Whether a chain is all that a cell holds, but for what follows in brackets: "River", "King (4)"."""
    rest = page.text[piece[-1].end : slot.end].strip()
    return len(piece) <= 3 and piece[0].start == slot.start and (not rest or rest.startswith("("))


def _is_listed(page: Page, piece: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> bool:
    """Whether a chain in a column of people is a name, whole ("Mark Hale"), and not a post ("Crime Review Group")."""
    slot = page.layout.slots[piece[0].slot]
    in_list = page.document.blocks[slot.block].kind is BlockKind.LIST_ITEM
    post = piece[-1].folded in lexicon.trade and piece[-1].folded not in lexicon.ambiguous
    if post or (in_list and piece[0].start - slot.start > 2):
        return False
    if any(lexicon.unknown(w) or w.folded in lexicon.may_be_names for w in piece):
        return True
    cell = page.cells.get(piece[0].slot)
    if cell is not None and cell.header in lexicon.name_columns and _fills(page, piece, slot):
        return not any(w.folded in NOBODY or w.folded in lexicon.trade or lexicon.stays_alone(w) for w in piece)
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
    """Whether a cell holds "Surname, Forename" or "A Gray" and nothing else, and one word of it may be a name."""
    slot = page.layout.slots[slot_number]
    if INITIAL_CELL.fullmatch(page.text[slot.start : slot.end].strip()):
        last = page.words_in(slot.start, slot.end)[-1]
        return lexicon.unknown(last) or last.folded in lexicon.ambiguous | lexicon.surnames
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
