"""The rest of a table without lines at the top of a page: too little of it to be known as a table by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.tables.rows import Span, row_starts
from pipeline.extract.pdf.tables.ruled import TablePart
from pipeline.extract.pdf.tables.unruled import cells_on, parts_of

Cells = tuple[tuple[Line, ...], ...]


def take_rest(
    table: TablePart, lines: Sequence[Line], tables: Sequence[TablePart]
) -> tuple[list[Line], list[TablePart]]:
    """The lines and tables at the top of a page without the lines that go on with the table before; and those as one.

    Under the table's header, printed again, they are all lines that keep to its columns. Without it they are the rest
    of its last row, each in one column, none of them in the first, where it might be a paragraph.
    """
    columns = list(zip(table.grid.xs, table.grid.reach, strict=False))
    top = _header(table, lines, columns)
    parts: list[list[Line | None]] = []
    for index, line in enumerate(lines[top:], top):
        step = lines[index - 1].y - line.y if index else 0.0
        cells = cells_on(line, columns)
        if (
            not _fits(line, columns)
            or step > (3.2 if top else 1.45) * line.size
            or abs(line.size - lines[0].size) > 1
        ):
            break
        if not top and (cells[0] is not None or sum(cell is not None for cell in cells) != 1):
            break
        parts.append(cells)
    if not parts:
        return list(lines), list(tables)
    end = top + len(parts)
    room = [(left, max(right, after[0] - lines[0].size)) for (left, right), after in pairwise(columns)]
    starts = row_starts(lines[top:end], parts, [*room, columns[-1]]) if top else [True] + [False] * (len(parts) - 1)
    rows: list[list[list[Line]]] = []
    for begins, part in zip(starts, parts, strict=True):
        if begins:
            rows.append([[] for _ in columns])
        for column, cell in enumerate(part):
            if cell is not None:
                rows[-1][column].append(cell)
    taken: list[Cells] = [tuple(tuple(cell) for cell in row) for row in rows]
    if not top and not _goes_on(table, taken[0]):
        return list(lines), list(tables)
    if top:
        taken.insert(0, table.cells[0])
    return list(lines[end:]), _with(tables, table, taken, lines[:end])


def _header(table: TablePart, lines: Sequence[Line], columns: Sequence[Span]) -> int:
    """How many lines at the top of the page are the table's first row printed again."""
    deep = max(len(cell) for cell in table.cells[0])
    again: list[list[str]] = [[] for _ in columns]
    for line in lines[:deep]:
        for column, cell in enumerate(cells_on(line, columns)):
            if cell is not None:
                again[column].append(cell.text)
    same = again == [[line.text for line in cell] for cell in table.cells[0]]
    return deep if same and len(table.cells) > 1 and sum(map(bool, again)) > 1 else 0


def _fits(line: Line, columns: Sequence[Span]) -> bool:
    """True when each part of a line begins at a column or within it, and ends before the next one."""
    ends = [*(after[0] - 1 for after in columns[1:]), columns[-1][1] + 1]
    return all(
        any(left - 2 <= begin and finish <= end for (left, _), end in zip(columns, ends, strict=True))
        for begin, finish in parts_of(line, columns)
    )


def _goes_on(table: TablePart, row: Cells) -> bool:
    """True when the last row has words in each of these columns, in the same print."""
    return all(
        above and above[-1].bold == below[0].bold for above, below in zip(table.cells[-1], row, strict=True) if below
    )


def _with(
    tables: Sequence[TablePart], table: TablePart, taken: Sequence[Cells], lines: Sequence[Line]
) -> list[TablePart]:
    """The page's tables with these rows: at the top of the table below them where it has the same columns."""
    below = max(tables, key=lambda t: t.y, default=None)
    if below is not None and below.grid.reach and len(below.grid.xs) == len(table.grid.xs):
        others = [other for other in tables if other is not below]
        return [*others, replace(below, cells=(*taken, *below.cells))]
    grid = replace(table.grid, ys=(lines[0].y + lines[0].size, lines[-1].y))
    return [*tables, TablePart(grid, lines[0].page, tuple(taken))]
