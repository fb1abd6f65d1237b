"""Tables that are drawn with lines, in a PDF without tags."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.normalise import join_cell
from pipeline.extract.pdf.page.glyphs import Glyph
from pipeline.extract.pdf.page.lines import Line, lines_by_place
from pipeline.extract.pdf.tables.cells import Wording, cell_text
from pipeline.extract.pdf.tables.grids import Grid, Place
from pipeline.extract.pdf.tables.heads import header_rows, is_bold
from pipeline.extract.pdf.tables.page_ends import cell_column, is_cut
from pipeline.extract.pdf.tables.paragraphs import DOTS, Room, paragraphs, usual_leading
from pipeline.extract.pdf.tables.rows import row_starts
from pipeline.models import Block, BlockKind, Merged

_FEW_ROWS = 2  # a table with so few ruled rows may hold more that are not ruled
_LEAST_ROWS = 3
_MOST_HEADERS = 3
_SAME_COLUMN = 4.0  # points


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table that is on one page: for each cell its lines, top to bottom."""

    grid: Grid
    page: int
    cells: tuple[tuple[tuple[Line, ...], ...], ...]
    merged: tuple[Merged, ...] = ()
    header: int = 0  # rows that the print sets off as headers by a line or a shade
    open: bool = False  # whether its last row has no line under it although the others have

    @property
    def y(self) -> float:
        return self.grid.ys[0]


def fill(grid: Grid, glyphs: Sequence[Glyph], page: int) -> TablePart:
    """Glyphs put into the grid's cells; a cell that spans others is the first of them."""
    xs, ys = grid.xs, grid.ys[::-1]
    width, height = len(xs) - 1, len(ys) - 1
    held: dict[Place, list[Glyph]] = defaultdict(list)
    for word in words_of(glyphs):
        first = word[0]
        c = max(0, min(width - 1, bisect_right(xs, (first.x0 + first.x1) / 2) - 1))
        r = height - 1 - max(0, min(height - 1, bisect_right(ys, first.y) - 1))
        held[r, c].extend(word)
    owner = _owners(grid, held)
    own: dict[Place, list[Glyph]] = defaultdict(list)
    for place in sorted(held):
        own[owner[place]].extend(held[place])
    cells = tuple(tuple(tuple(lines_by_place(own.get((r, c), ()))) for c in range(width)) for r in range(height))
    part = TablePart(grid, page, cells, _merged(owner))
    return _with_rows(part) if height <= _FEW_ROWS else part


def words_of(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs by words, as they are drawn: one that is too long for its cell belongs to the cell where it begins."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word:
            last = word[-1]
            apart = abs(glyph.y - last.y) > 0.7 * last.size or not -0.5 < (glyph.x0 - last.x1) / last.size < 0.3
            if apart or last.char.isspace():
                yield word
                word = []
        word.append(glyph)
    if word:
        yield word


def _owners(grid: Grid, held: Mapping[Place, Sequence[Glyph]]) -> dict[Place, Place]:
    """For each place the cell that covers it: no line on its left or above it, and no print that keeps them apart."""
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    owner: dict[Place, Place] = {}
    for r in range(height):
        for c in range(width):
            above, left = owner.get((r - 1, c)), owner.get((r, c - 1))
            if left is not None and (r, c) not in grid.sides and not _apart(grid, held, r, c):
                owner[r, c] = left
            elif above is not None and above[1] == c and (r, c) not in grid.tops:
                owner[r, c] = above
            else:
                owner[r, c] = (r, c)
    return owner


def _apart(grid: Grid, held: Mapping[Place, Sequence[Glyph]], row: int, column: int) -> bool:
    """Whether words on both sides of a column's edge, with a wide gap at it, show two cells with no line between."""
    left = [g for g in held.get((row, column - 1), ()) if not g.char.isspace()]
    right = [g for g in held.get((row, column), ()) if not g.char.isspace()]
    if not left or not right:
        return False
    begin = min(g.x0 for g in right)
    return begin - max(g.x1 for g in left) > 0.5 * right[0].size and abs(begin - grid.xs[column]) < 2 * right[0].size


def _merged(owner: Mapping[Place, Place]) -> tuple[Merged, ...]:
    """Cells that cover a whole block of places."""
    covered: dict[Place, list[Place]] = defaultdict(list)
    for place, cell in owner.items():
        covered[cell].append(place)
    found = []
    for (r, c), places in sorted(covered.items()):
        rows, columns = max(p[0] for p in places) - r + 1, max(p[1] for p in places) - c + 1
        if len(places) > 1 and len(places) == rows * columns:
            found.append(Merged(r, c, rows, columns))
    return tuple(found)


def _with_rows(part: TablePart) -> TablePart:
    """A table whose sides are ruled and whose rows are not, with its rows told by the print."""
    rows: list[tuple[tuple[Line, ...], ...]] = []
    merged: list[Merged] = []
    for index, row in enumerate(part.cells):
        spans = [m for m in part.merged if m.row == index]
        if spans or not _many_rows(row):
            merged.extend(replace(m, row=len(rows)) for m in spans)
            rows.append(row)
        else:
            rows.extend(_split_row(row, part.grid))
    return replace(part, cells=tuple(rows), merged=tuple(merged))


def _many_rows(row: Sequence[Sequence[Line]]) -> bool:
    """True when each line of the first cell has a line of every other cell beside it, three times or more."""
    if len(row[0]) < _LEAST_ROWS or any(len(cell) < len(row[0]) for cell in row):
        return False
    return all(any(abs(other.y - line.y) < 1 for other in cell) for line in row[0] for cell in row[1:])


def _split_row(row: Sequence[Sequence[Line]], grid: Grid) -> list[tuple[tuple[Line, ...], ...]]:
    heights = _positions_of(row)
    parts = [[next((ln for ln in cell if abs(ln.y - y) < 1), None) for cell in row] for y in heights]
    lines = [next(piece for piece in part if piece is not None) for part in parts]
    room = [_room(grid, c, cell) for c, cell in enumerate(row)]
    split: list[list[list[Line]]] = []
    for begins, part in zip(row_starts(lines, parts, room), parts, strict=True):
        if begins:
            split.append([[] for _ in row])
        for cell, piece in zip(split[-1], part, strict=True):
            if piece is not None:
                cell.append(piece)
    return [tuple(tuple(cell) for cell in cells) for cells in split]


def _positions_of(row: Sequence[Sequence[Line]]) -> list[float]:
    found: list[float] = []
    for y in sorted((line.y for cell in row for line in cell), reverse=True):
        if not found or found[-1] - y >= 1:
            found.append(y)
    return found


def _room(grid: Grid, column: int, lines: Sequence[Line]) -> tuple[float, float]:
    edges = cell_column(grid, column, lines)
    return edges.left, edges.right


def continues(part: TablePart, following: TablePart) -> bool:
    """True when a table goes on at the top of the next page: the same columns, and no other header of its own."""
    if following.page != part.page + 1:
        return False
    a, b = part.grid.xs, following.grid.xs
    own, first = _texts(following.cells[0]), _texts(part.cells[0])
    if len(a) == len(b) and own == first and all(own) and part.grid.reach and following.grid.reach:
        return True  # in columns that are not set from the left the edges depend on the words
    if part.grid.reach and following.grid.reach:
        a, b = a[:-1], b[:-1]  # how far the last column goes depends on its words
    if len(a) != len(b) or any(abs(x - y) > _SAME_COLUMN for x, y in zip(a, b, strict=True)):
        return False
    return not (all(own) and _sets_off(following) and own != first)


def _sets_off(part: TablePart) -> bool:
    return bool(part.header) or (
        len(part.cells) > 1 and is_bold(part.cells[0]) and not any(map(is_bold, part.cells[1:]))
    )


def to_block(parts: Sequence[TablePart], known: Wording) -> Block | None:
    """One table from its parts: repeated header rows go, a row that a page end cut in two is put together."""
    rows: list[list[list[Line]]] = []
    grids: list[Grid] = []  # the one of each row
    merged: list[Merged] = []
    turns: list[tuple[int, int]] = []
    repeated = 0
    for index, part in enumerate(parts):
        kept = [r for r, row in enumerate(part.cells) if any(row)]
        new = [[list(cell) for cell in part.cells[r]] for r in kept]
        again = _repeated(rows, new) if index else 0
        repeated = max(repeated, again)
        kept, new = kept[again:], new[again:]
        if index and new and rows and _goes_on(parts[index - 1], rows[-1], new[0], part.grid):
            for cell, more in zip(rows[-1], new[0], strict=True):
                cell.extend(more)
            kept, new = kept[1:], new[1:]
        if index and new:
            turns.append((len(rows), part.page + 1))
        merged.extend(_kept(part.merged, kept, len(rows)))
        rows.extend(new)
        grids.extend(part.grid for _ in new)
    if not rows:
        return None
    wide = {(m.row, m.column): m.columns for m in merged}
    leading = usual_leading(cell for row in rows for cell in row)

    def text(cell: Sequence[Line], r: int, c: int) -> str:
        return _cell_text(cell, Room(cell_column(grids[r], c, cell, wide.get((r, c), 1)), leading), known)

    printed = tuple(tuple(text(cell, r, c) for c, cell in enumerate(row)) for r, row in enumerate(rows))
    header = max(repeated, parts[0].header) or header_rows(rows, merged)
    return Block(
        BlockKind.TABLE, rows=printed, header_rows=header, page=parts[0].page + 1, merged=tuple(merged),
        turns=tuple(turns),
    )  # fmt: skip


def _repeated(rows: Sequence[Sequence[Sequence[Line]]], new: Sequence[Sequence[Sequence[Line]]]) -> int:
    """How many rows at the top of a page repeat those at the top of the table: its header."""
    count = 0
    while count < min(len(rows), len(new), _MOST_HEADERS) and _texts(new[count]) == _texts(rows[count]):
        count += 1
    return count


def _kept(merged: Sequence[Merged], kept: Sequence[int], start: int) -> list[Merged]:
    """Merged cells by the places that their rows have in the whole table."""
    now = {row: start + place for place, row in enumerate(kept)}
    found = []
    for cell in merged:
        own = [now[r] for r in range(cell.row, cell.row + cell.rows) if r in now]
        if own and (len(own) > 1 or cell.columns > 1):
            found.append(Merged(own[0], cell.column, len(own), cell.columns))
    return found


def _texts(row: Sequence[Sequence[Line]]) -> list[list[str]]:
    return [[line.text for line in cell] for cell in row]


def _goes_on(part: TablePart, upper: Sequence[Sequence[Line]], lower: Sequence[Sequence[Line]], grid: Grid) -> bool:
    """Whether a page's end cuts the last row of this part in two."""
    ended = any(above and not below for above, below in zip(upper, lower, strict=True))
    return _open_below(part) or (part.open and ended) or is_cut(upper, lower, grid)


def _open_below(part: TablePart) -> bool:
    """True when a ruled table's last row has words and no line under it."""
    foot = len(part.grid.ys) - 1
    return not part.grid.reach and any(part.cells[-1]) and not any(row == foot for row, _ in part.grid.tops)


def _cell_text(lines: Sequence[Line], room: Room, known: Wording) -> str:
    """A cell's lines: wrapped ones run on, its paragraphs stay apart."""
    texts = [cell_text(group, room.edges.right, known) for group in paragraphs(lines, room)]
    return join_cell([text.lstrip(DOTS).lstrip() or text for text in texts])
