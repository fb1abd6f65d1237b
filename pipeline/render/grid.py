"""A table as it is printed: which cell covers which places, and what each cell heads."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import Block, Merged


@dataclass(frozen=True, slots=True)
class Cell:
    """`rows` and `columns` that it covers. `heads` is "col" or "row" for a header, otherwise ""."""

    text: str
    rows: int = 1
    columns: int = 1
    heads: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Header rows and body rows, each with the cells that begin in it, from left to right."""

    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    width: int

    @property
    def is_plain(self) -> bool:
        """Whether it has one header row and no cell that covers another or heads its row: what Markdown can say."""
        cells = [cell for row in (*self.header, *self.body) for cell in row]
        return len(self.header) == 1 and all(c.rows == c.columns == 1 and c.heads != "row" for c in cells)


def grid_of(block: Block) -> Grid:
    """The cells of a table block.

    A cell covers another only where that is empty, within the table, and on the same side of the header's edge: words
    are never covered. The first column heads the rows where the header leaves its corner empty.
    """
    width = max((len(row) for row in block.rows), default=1)
    rows = [(*row, *("" for _ in range(width - len(row)))) for row in block.rows]
    edge = min(block.header_rows, len(rows))
    covering, covered = _merged(block.merged, rows, edge, width)
    heading = _first_column_heads(rows, edge, covered)
    result = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            deep, wide = covering.get((r, c), (1, 1))
            heads = "col" if r < edge and text else "row" if r >= edge and c == 0 and heading else ""
            cells.append(Cell(text, deep, wide, heads))
        result.append(tuple(cells))
    return Grid(tuple(result[:edge]), tuple(result[edge:]), width)


def _merged(
    merged: tuple[Merged, ...], rows: list[tuple[str, ...]], edge: int, width: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Place -> (rows, columns) of each cell that covers others, and the places that are covered."""
    covering: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for cell in merged:
        if not (0 <= cell.row < len(rows) and 0 <= cell.column < width):
            continue
        last = edge if cell.row < edge else len(rows)
        deep, wide = min(cell.rows, last - cell.row), min(cell.columns, width - cell.column)
        places = {(cell.row + r, cell.column + c) for r in range(deep) for c in range(wide)}
        hidden = places - {(cell.row, cell.column)}
        if not hidden or places & (covered | covering.keys()) or any(rows[r][c] for r, c in hidden):
            continue
        covering[cell.row, cell.column] = (deep, wide)
        covered |= hidden
    return covering, covered


def _first_column_heads(rows: list[tuple[str, ...]], edge: int, covered: set[tuple[int, int]]) -> bool:
    """A corner left empty over a full column, as in a table of agencies by months: the column heads rows."""
    corner = all(not rows[r][0] for r in range(edge)) and all(any(rows[r]) for r in range(edge))
    first = [rows[r][0] for r in range(edge, len(rows)) if (r, 0) not in covered]
    return edge > 0 and corner and len(first) > 0 and all(first) and len(rows[0]) > 1
