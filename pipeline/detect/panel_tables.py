"""Tables of the Review Panel: which rows are headers, which columns hold names, posts and agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.detect.words import fold
from pipeline.models import Block

HEADER_WORDS = frozenset(
    "name names of the panel member members representative representatives role roles job title titles position "
    "positions "
    "designation post agency agencies organisation organisations organization represented representing service "
    "services "
    "department capacity forename forenames first surname last family and or full meetings attended attendance email "
    "employer review dhr domestic homicide in on professional individual who person body partner dates date "
    "period served "
    "no number sector initials contact details company composition membership".split()
)
OTHER_TABLE = re.compile(
    r"\bimrs?\b|\bauthors?\b|\brelation|\binterview|\bcontribut|\bobserver|\bconsultee|\bfamily member|"
    r"\bpseudonym|\bage\b"
)


class Column(StrEnum):
    """What a column of the Panel's table holds."""

    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    ROLE = "role"
    AGENCY = "agency"
    OTHER = "other"


LAST_WORDS = {
    Column.FORENAME: frozenset("forename forenames first".split()),
    Column.SURNAME: frozenset("surname family last".split()),
    Column.NAME: frozenset(
        "name names member members representative representatives person individual who professional".split()
    ),
    Column.ROLE: frozenset("role roles title titles position positions designation post capacity job".split()),
    Column.AGENCY: frozenset(
        "agency agencies organisation organisations organization represented representing service services "
        "department "
        "employer body partner company of sector".split()
    ),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns, and how many rows at its top are headers."""

    columns: tuple[Column, ...]
    header_rows: int

    def has(self, *wanted: Column) -> bool:
        return any(column in wanted for column in self.columns)

    def cell(self, row: tuple[str, ...], column: Column) -> str:
        """What a row has in the first column of this sort; "" where there is none."""
        return next((text for text, c in zip(row, self.columns, strict=True) if c is column), "")


def shape_of(block: Block) -> Shape:
    """What each column of a table holds, as far as its header tells."""
    rows = 0
    while rows < min(3, len(block.rows)) and _is_header(block.rows[rows]):
        rows += 1
    # A document may call its first row a header though a member stands in it: then no cell is a header's word.
    header = block.rows[rows - 1] if rows else tuple("" for _ in block.rows[0])
    return Shape(tuple(_column(text) for text in header), rows)


def header_text(block: Block) -> str:
    """All words of a table's header rows, folded."""
    rows = max(block.header_rows, shape_of(block).header_rows)
    return " ".join(fold(cell) for row in block.rows[:rows] for cell in row)


def is_list_of_members(block: Block, *, certain: bool = True) -> bool:
    """Whether a table may list the Panel by its header: not authors, family or interviews.

    `certain` asks for a column of names and one of posts or agencies as well.
    """
    if not block.rows or OTHER_TABLE.search(header_text(block)):
        return False
    shape = shape_of(block)
    return not certain or (shape.has(Column.NAME, Column.FORENAME) and shape.has(Column.ROLE, Column.AGENCY))


def _is_header(row: tuple[str, ...]) -> bool:
    words = [_words(cell) for cell in row]
    return any(words) and all(set(cell) <= HEADER_WORDS for cell in words)


def _column(header: str) -> Column:
    """By the last word of the header's parts: "Panel member" is a name, "Panel member's organisation" an agency."""
    parts = [_words(part) for part in re.split(r"\band\b|/|&|,|\(", fold(header))]
    found = [_by_last_word(words) for words in parts if words]
    for column in (Column.NAME, Column.SURNAME, Column.FORENAME, Column.ROLE, Column.AGENCY):
        if column in found:
            return Column.NAME if {Column.SURNAME, Column.FORENAME} <= set(found) else column
    return Column.OTHER


def _by_last_word(words: list[str]) -> Column:
    if words[-1] in ("name", "names") and len(words) > 1 and words[-2] in ("first", "last", "family"):
        return Column.FORENAME if words[-2] == "first" else Column.SURNAME
    if words[-1] == "professional" and len(words) > 1:
        return Column.OTHER
    return next((column for column, last in LAST_WORDS.items() if words[-1] in last), Column.OTHER)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(text).replace("'s", ""))
