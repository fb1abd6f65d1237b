"""Words of a layout with what detection asks of each: its slot, its letters folded, how it is capitalised, and
whether its capital needs no explanation because a sentence starts there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.models import BlockKind, Document, Layout

WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*|[^\W_]+", re.UNICODE)
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
SENTENCE_END = re.compile(
    r"(?:^|[.!?:…][\"'”’)\]]*\s+|[\n|]\s*|(?:^|[\s(\[|–—/])[\"'“‘]+|[.!?]['\"”’]\s+|\[\^\w+\]\s*|[–—]\s)[(\[\"'“‘]*$"
)
INITIAL_BEFORE = re.compile(r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Fr|Prof|Rev|Revd|St)\.\s+$")
LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "’": "'"}
)


class Case(StrEnum):
    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    DIGIT = "digit"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; [start, end) leaves out a possessive 's. `first` marks a sentence's first word."""

    start: int
    end: int
    text: str
    folded: str
    case: Case
    slot: int
    first: bool
    heading: bool

    @property
    def capital(self) -> bool:
        return self.case in (Case.TITLE, Case.UPPER)


def fold(text: str) -> str:
    """Lower case, without diacritics, with one kind of apostrophe: the key by which forms of a name are compared."""
    base = unicodedata.normalize("NFD", text.casefold().translate(LETTERS))
    return "".join(c for c in base if not unicodedata.combining(c))


def case_of(text: str) -> Case:
    letters = [c for c in text if c.isalpha()]
    if not letters or text[0].isdigit():
        return Case.DIGIT
    if len(letters) > 1 and all(c.isupper() or not c.islower() for c in letters):
        return Case.UPPER
    return Case.TITLE if text[0].isupper() or any(c.isupper() for c in letters) else Case.LOWER


def words_of(document: Document, layout: Layout) -> tuple[Word, ...]:
    """The words of every slot in order."""
    found = []
    for number, slot in enumerate(layout.slots):
        heading = document.blocks[slot.block].kind is BlockKind.HEADING
        text = layout.text[slot.start : slot.end]
        for match in WORD.finditer(text):
            start = match.start()
            word = POSSESSIVE.sub("", match.group())
            word = word.rstrip(".")
            before = text[max(0, start - 12) : start]
            first = not start or bool(SENTENCE_END.search(before) and not INITIAL_BEFORE.search(before))
            found.append(
                Word(
                    slot.start + start,
                    slot.start + start + len(word),
                    word,
                    fold(word),
                    case_of(word),
                    number,
                    first,
                    heading,
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: its header (folded), its row's first header cell, and the row's other cells."""

    header: str
    row: tuple[str, ...]
    column: int


def cells_of(document: Document, layout: Layout) -> Mapping[int, Cell]:
    """Slot number -> Cell, for the slots that are cells of a table's body."""
    cells: dict[int, Cell] = {}
    for number, slot in enumerate(layout.slots):
        if slot.row < 0:
            continue
        block = document.blocks[slot.block]
        if slot.row < block.header_rows:
            continue
        header = fold(block.rows[0][slot.column]) if block.header_rows else ""
        cells[number] = Cell(header, block.rows[slot.row], slot.column)
    return cells
