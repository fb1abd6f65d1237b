"""Tables of a tagged PDF: cells in their rows and columns, with those that cover others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.normalise import BULLETS, join_cell
from pipeline.extract.pdf.tables.cells import cell_text
from pipeline.extract.pdf.tags.structure import Content, Element, cells_of, rows_of
from pipeline.extract.pdf.tags.text import TaggedText
from pipeline.models import Block, BlockKind, Merged

_ASIDE = frozenset({"Note", "FENote", "Figure"})  # what stands in a cell and is no part of its text
_BLOCKS = frozenset(
    "P H1 H2 H3 H4 H5 H6 Title Caption L LI LBody Div Sect BlockQuote Table TR TD TH THead TBody TFoot".split()
)
_BULLET = re.compile(rf"[{re.escape(''.join(BULLETS))}]\s+(?=\S)")


@dataclass(slots=True)
class TaggedTable:
    """One table's block; `aside` holds its notes and pictures, `rest` what is in it but in none of its cells."""

    text: TaggedText
    block: Block | None = None
    aside: list[Element] = field(default_factory=list)
    rest: list[Element | Content] = field(default_factory=list)


def read_table(element: Element, text: TaggedText) -> TaggedTable:
    table = TaggedTable(text)
    table.rest = list(_around(element))
    rows: list[list[str]] = []
    merged: list[Merged] = []
    turns: list[tuple[int, int]] = []
    pages: list[int] = []
    covered: set[tuple[int, int]] = set()  # places that a cell above covers
    columns = _columns(element, text)
    header_rows = 0
    for row, in_head in rows_of(element):
        r = len(rows)
        cells: list[str] = []
        tagged = cells_of(row)
        taken = sum(cell.spans[0] for cell in tagged) + sum(place[0] == r for place in covered)
        for cell in tagged:
            while (r, len(cells)) in covered:
                cells.append("")
            if taken < len(columns):
                cells.extend([""] * (_place(cell, columns, text) - len(cells)))
            wide, deep = cell.spans
            covered |= {(r + d, len(cells) + c) for d in range(1, deep) for c in range(wide)}
            if wide > 1 or deep > 1:
                merged.append(Merged(r, len(cells), deep, wide))
            edge = columns[len(cells)][1] if len(cells) < len(columns) else 0.0
            cells.extend([_cell(cell, edge, table), *[""] * (wide - 1)])
        heads = bool(tagged) and (in_head or all(c.role == "TH" for c in tagged))
        header_rows += heads and header_rows == r
        page = next((key[0] + 1 for key in row.content()), None)
        if page is not None and pages and page != pages[-1]:
            turns.append((r, page))
        pages.extend([page] if page is not None else [])
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if not width:
        return table
    padded = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
    inside = tuple(Merged(m.row, m.column, min(m.rows, len(rows) - m.row), m.columns) for m in merged)
    table.block = Block(
        BlockKind.TABLE,
        rows=padded,
        header_rows=header_rows,
        page=pages[0] if pages else None,
        merged=tuple(m for m in inside if m.rows > 1 or m.columns > 1),
        turns=tuple(turns),
        foreign=text.foreign(element.content(), [cell for row in padded for cell in row]),
    )
    return table


def _around(element: Element) -> list[Element | Content]:
    """Captions, and whatever else is in a table but in none of its cells."""
    found: list[Element | Content] = []
    for kid in element.kids:
        if not isinstance(kid, Element):
            found.append(kid)
        elif kid.role in {"TR", "THead", "TBody", "TFoot", "NonStruct", "Div", "Sect", "Private"}:
            found.extend(_around(kid))
        elif kid.role not in {"TD", "TH", "Artifact"}:
            found.append(kid)
    return found


def _columns(table: Element, text: TaggedText) -> list[tuple[float, float]]:
    """Where each column's text begins and how far it reaches, in points, from the rows with most cells."""
    rows = [cells_of(row) for row, _ in rows_of(table)]
    most = max(map(len, rows), default=0)
    columns = [(float("inf"), 0.0)] * most
    for row in (r for r in rows if len(r) == most and all(c.spans == (1, 1) for c in r)):
        for index, cell in enumerate(row):
            lines = text.lines(cell.content())
            left = min((line.x0 for line in lines), default=float("inf"))
            right = max((line.x1 for line in lines), default=0.0)
            columns[index] = min(columns[index][0], left), max(columns[index][1], right)
    return columns


def _place(cell: Element, columns: Sequence[tuple[float, float]], text: TaggedText) -> int:
    """The column in which a cell stands: some programs leave empty cells out of the tags."""
    left = min((line.x0 for line in text.lines(cell.content())), default=None)
    if left is None:
        return 0
    return min(range(len(columns)), key=lambda index: abs(columns[index][0] - left))


def _cell(cell: Element, edge: float, table: TaggedTable) -> str:
    """A cell's paragraphs in one line, without the bullets of its lists."""
    texts: list[str] = []
    loose: list[Content] = []
    listed = False  # an item begins

    def end() -> None:
        nonlocal listed
        text = cell_text(table.text.lines(loose), edge, table.text.known)
        texts.append(text[found.end() :] if listed and (found := _BULLET.match(text)) else text)
        listed = listed and not text
        loose.clear()

    def walk(element: Element) -> None:
        nonlocal listed
        listed = listed or element.role == "LI"
        for kid in element.kids:
            if not isinstance(kid, Element):
                loose.append(kid)
            elif kid.role in _ASIDE:
                table.aside.append(kid)
            elif kid.role == "Lbl" and table.text.plain(kid.content()) in BULLETS:
                continue
            elif kid.role in _BLOCKS:
                if kid.role != "LBody":
                    end()
                walk(kid)
                end()
            elif kid.role != "Artifact":
                walk(kid)

    walk(cell)
    end()
    return join_cell(words for words in texts if words)
