"""Tables that are drawn with lines, in a PDF without tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.normalise import join_cell
from pipeline.extract.pdf_cells import Wording, cell_text
from pipeline.extract.pdf_glyphs import Glyph, Page, Rule
from pipeline.extract.pdf_lines import Column, Line, lines_by_place
from pipeline.models import Block, BlockKind

_MOST_CELLS = 2500  # a grid with more on one page is a drawing
_TOUCH = 3.0  # points within which two lines meet


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's edges: `xs` from left to right, `ys` from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]
    reach: tuple[float, ...] = ()  # in a table without lines: how far each column's text goes

    def holds(self, glyph: Glyph) -> bool:
        middle = (glyph.x0 + glyph.x1) / 2
        return self.xs[0] - 1 <= middle <= self.xs[-1] + 1 and self.ys[-1] - 1 <= glyph.y <= self.ys[0] + 1


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table that is on one page: for each cell its lines, top to bottom."""

    grid: Grid
    page: int
    cells: tuple[tuple[tuple[Line, ...], ...], ...]

    @property
    def y(self) -> float:
        return self.grid.ys[0]


def find_grids(page: Page) -> list[Grid]:
    """The ruled tables of a page with at least two columns."""
    grids = []
    for rules in _connected(page.rules):
        xs = _positions([r.x0 for r in rules if r.upright], ascending=True)
        upright = [r for r in rules if r.upright]
        # A row that a page's end cuts has no line there, but its sides reach to the cut.
        ends = [min(r.y0 for r in upright), max(r.y1 for r in upright)] if upright else []
        ys = _positions([*(r.y0 for r in rules if not r.upright), *ends], ascending=False)
        cells = (len(xs) - 1) * (len(ys) - 1)
        if len(xs) > 2 and len(ys) > 1 and cells <= _MOST_CELLS and not _is_frame(xs, ys, page):
            grids.append(Grid(xs, ys, tuple(rules)))
    return grids


def _is_frame(xs: Sequence[float], ys: Sequence[float], page: Page) -> bool:
    return len(xs) == 2 and xs[-1] - xs[0] > 0.9 * page.width and ys[0] - ys[-1] > 0.9 * page.height


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that touch, by sweeping from the top down."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in sorted(rules, key=lambda r: -r.y1):
        box, members = rule, [rule]
        rest = []
        for other, others in groups:
            if (
                other.x0 <= box.x1 + _TOUCH
                and box.x0 <= other.x1 + _TOUCH
                and other.y0 <= box.y1 + _TOUCH
                and box.y0 <= other.y1 + _TOUCH
            ):
                box = Rule(min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1))
                members = others + members
            else:
                rest.append((other, others))
        groups = [*rest, (box, members)]
    return [members for _, members in groups]


def _positions(values: Sequence[float], *, ascending: bool) -> tuple[float, ...]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _TOUCH:
            merged.append(value)
    return tuple(merged if ascending else reversed(merged))


def fill(grid: Grid, glyphs: Sequence[Glyph], page: int) -> TablePart:
    """Glyphs put into the grid's cells; a cell that spans others is the first of them."""
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    owner = {(r, c): (r, c) for r in range(height) for c in range(width)}
    for r in range(height):
        for c in range(width):
            if c and not _has_side(grid, r, c):
                owner[r, c] = owner[r, c - 1]
            elif r and not _has_top(grid, r, c):
                owner[r, c] = owner[r - 1, c]
    held: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        c = max(0, min(width - 1, sum(x <= (glyph.x0 + glyph.x1) / 2 for x in grid.xs) - 1))
        r = max(0, min(height - 1, sum(y > glyph.y for y in grid.ys) - 1))
        held.setdefault(owner[r, c], []).append(glyph)
    cells = tuple(tuple(tuple(lines_by_place(held.get((r, c), ()))) for c in range(width)) for r in range(height))
    return TablePart(grid, page, cells)


def _has_side(grid: Grid, row: int, column: int) -> bool:
    middle, x = (grid.ys[row] + grid.ys[row + 1]) / 2, grid.xs[column]
    return any(r.upright and abs(r.x0 - x) <= _TOUCH and r.y0 - 1 <= middle <= r.y1 + 1 for r in grid.rules)


def _has_top(grid: Grid, row: int, column: int) -> bool:
    middle, y = (grid.xs[column] + grid.xs[column + 1]) / 2, grid.ys[row]
    return any(not r.upright and abs(r.y0 - y) <= _TOUCH and r.x0 - 1 <= middle <= r.x1 + 1 for r in grid.rules)


def continues(part: TablePart, following: TablePart) -> bool:
    """True when a table goes on at the top of the next page: same columns in the same places."""
    a, b = part.grid.xs, following.grid.xs
    if part.grid.reach and following.grid.reach:
        a, b = a[:-1], b[:-1]  # how far the last column goes depends on its words
    return (
        following.page == part.page + 1
        and len(a) == len(b)
        and all(abs(x - y) <= 4 for x, y in zip(a, b, strict=True))
    )


def to_block(parts: Sequence[TablePart], known: Wording) -> Block | None:
    """One table from its parts: a repeated header row goes, a row that a page end cut in two is put together."""
    rows: list[list[list[Line]]] = []
    for index, part in enumerate(parts):
        new = [[list(cell) for cell in row] for row in part.cells if any(row)]
        if index and new and rows and _texts(new[0]) == _texts(rows[0]):
            new = new[1:]
        if index and new and rows and _is_cut(rows[-1], new[0], part.grid):
            for cell, more in zip(rows[-1], new[0], strict=True):
                cell.extend(more)
            new = new[1:]
        rows.extend(new)
    if not rows:
        return None
    grid = parts[0].grid
    printed = tuple(tuple(_cell_text(cell, grid, c, known) for c, cell in enumerate(row)) for row in rows)
    return Block(BlockKind.TABLE, rows=printed, header_rows=_header_rows(rows), page=parts[0].page + 1)


def _texts(row: Sequence[Sequence[Line]]) -> list[list[str]]:
    return [[line.text for line in cell] for cell in row]


def _is_cut(upper: Sequence[Sequence[Line]], lower: Sequence[Sequence[Line]], grid: Grid) -> bool:
    """Two rows are one when each cell that goes on was full to its last line and none could take another word."""
    going_on = [(c, upper[c], lower[c]) for c in range(len(lower)) if lower[c]]
    most = max((len(cell) for cell in upper), default=0)
    if most == 1 and not any(above and not below for above, below in zip(upper, lower, strict=True)):
        return False  # two full rows of one line each look the same as one row: rows are seldom cut after one line
    if any(not above for _, above, _ in going_on) or any(len(above) < most for _, above, _ in going_on):
        return False
    return not any(_cell_column(grid, c, above).breaks_after(above[-1], below[0]) for c, above, below in going_on)


def _cell_column(grid: Grid, column: int, lines: Sequence[Line]) -> Column:
    left = min((line.x0 for line in lines), default=grid.xs[column])
    if grid.reach:
        return Column(left, grid.reach[column])
    padding = max(0.0, left - grid.xs[column])
    right = grid.xs[min(column + 1, len(grid.xs) - 1)] - padding
    return Column(left, max(right, *(line.x1 for line in lines)) if lines else right)


def _cell_text(lines: Sequence[Line], grid: Grid, column: int, known: Wording) -> str:
    """A cell's lines: wrapped lines run on, lines that were ended on purpose stay apart."""
    edges = _cell_column(grid, column, lines)
    groups: list[list[Line]] = []
    for line in lines:
        same_row = groups and groups[-1][-1].page == line.page
        if groups and not (same_row and edges.breaks_after(groups[-1][-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return join_cell([cell_text(group, edges.right, known) for group in groups])


def _header_rows(rows: Sequence[Sequence[Sequence[Line]]]) -> int:
    """One when the first row is bold and the rest is not, or when every cell of it is a short label."""

    def bold(row: Sequence[Sequence[Line]]) -> bool:
        return all(line.bold for cell in row for line in cell)

    if len(rows) < 2:
        return 0
    return int((bold(rows[0]) and not all(bold(row) for row in rows[1:])) or _names_columns(rows[0]))


_LABELS = frozenset(
    re.findall(
        r"\w+",
        """name names role agency organisation organisations title date action lead target outcome recommendation term
        meaning code relationship event source contribution author number version person position representing details
        age address ethnicity pseudonym time entry measure owner progress status received born lesson timescale""",
    )
)


def _names_columns(row: Sequence[Sequence[Line]]) -> bool:
    """True when most of the cells are short labels in the words that reports head their columns with."""
    labels = 0
    for cell in row:
        words = " ".join(line.text for line in cell).casefold().rstrip(".").split()
        if not words or len(words) > 4:
            return False
        labels += words[0] in _LABELS or words[-1] in _LABELS
    return labels * 2 > len(row)
