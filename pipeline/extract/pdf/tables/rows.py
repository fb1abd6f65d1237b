"""Where a table's rows begin when nothing, or not every row, is ruled: by lines and shades, by space, by words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.extract.pdf.page.lines import Column, Line

Span = tuple[float, float]
_WIDER = 1.15  # how much wider than within a cell the space between two rows is
_EVERY_ROW = 3  # as many lines within a table rule every row of it


def row_starts(
    lines: Sequence[Line],
    parts: Sequence[Sequence[Line | None]],
    columns: Sequence[Span],
    heights: Sequence[float] = (),
    *,
    all_ruled: bool = False,
    head: int = 0,
) -> list[bool]:
    """For each printed line of a table whether a row begins with it.

    parts    for each line the piece of it in each column
    columns  for each column where its text begins and how far it may go, in points
    heights  of the horizontal lines and the shades' edges across the table, in points, in any order
    all_ruled  whether there is one of them between any two rows, however few they are
    head       how many lines at the top are one row, whatever they look like

    Ruled lines count first; where there are few of them the space between rows tells, and where that is even, a first
    cell with words and any cell that does not go on from the line above.
    """
    ordered = sorted(heights)
    ruled = [_rule_between(above, line, ordered) for above, line in pairwise(lines)]
    if all_ruled or sum(ruled) >= _EVERY_ROW:
        # Between a header and a row that is not shaded either there may be nothing.
        first = next((index for index, rule in enumerate(ruled) if rule), 0)
        under = [lines[i].bold and not lines[i + 1].bold and i < first for i in range(len(ruled))]
        return [True, *(a or b for a, b in zip(ruled, under, strict=True))]
    spaced = _by_space(lines, parts, ruled)
    if spaced is not None:
        return _with_head(head, [True, *(a or b for a, b in zip(ruled, spaced[1:], strict=True))])
    free = [above.y - line.y for (above, line), rule in zip(pairwise(lines), ruled, strict=True) if not rule]
    least = min(free, default=0.0)
    starts = [True]
    for index in range(1, len(lines)):
        if ruled[index - 1] or least > 1.4 * lines[index].size:
            starts.append(True)
        else:
            starts.append(_begins(parts[index - 1], parts[index], columns))
    return _with_head(head, starts)


def _with_head(head: int, starts: list[bool]) -> list[bool]:
    return [start and (index == 0 or index >= head) for index, start in enumerate(starts)]


def _by_space(
    lines: Sequence[Line], parts: Sequence[Sequence[Line | None]], ruled: Sequence[bool]
) -> list[bool] | None:
    """Rows by the space between cells; None where space does not tell.

    ruled  for each line but the first whether there is a ruled line above it: it has its own space on both sides

    In each column lines that follow closely are one cell, and cells beside each other are one row, whether they are
    set from the top, in the middle or at the foot of it.
    """
    sections = list(accumulate([False, *ruled]))
    placed = [
        [(piece, section) for part, section in zip(parts, sections, strict=True) if (piece := part[c]) is not None]
        for c in range(len(parts[0]))
    ]
    columns = [[piece for piece, _ in column] for column in placed]
    steps = [a.y - b.y for column in placed for (a, one), (b, other) in pairwise(column) if one == other]
    size = lines[0].size
    leading = min((step for step in steps if step > 0.8 * size), default=0.0)
    if not leading or leading > 1.4 * size or max(steps) <= _WIDER * leading:
        return None
    cells: list[tuple[float, float, int]] = []  # top, foot, column
    for index, column in enumerate(columns):
        for place, piece in enumerate(column):
            if place and column[place - 1].y - piece.y <= _WIDER * leading:
                cells[-1] = cells[-1][0], piece.y, index
            else:
                cells.append((piece.y, piece.y, index))
    feet: list[float] = []
    held: list[int] = []
    for top, foot, index in sorted(cells, reverse=True):
        if feet and top > feet[-1] - 0.5 * leading:
            if index in held:
                return None  # two cells of one column in one row: the space is within cells
            feet[-1] = min(feet[-1], foot)
            held.append(index)
        else:
            feet.append(foot)
            held = [index]
    upward = [-foot - 0.01 for foot in feet]
    rows = [bisect_right(upward, -line.y - 0.02) for line in lines]
    return [True, *(a != b for a, b in pairwise(rows))]


def header_is_ruled_off(lines: Sequence[Line], heights: Sequence[float]) -> int:
    """How many printed lines stand above the only line or shade's edge within a table; 0 where there are more."""
    ordered = sorted(heights)
    ruled = [index for index, (a, b) in enumerate(pairwise(lines), 1) if _rule_between(a, b, ordered)]
    return ruled[0] if len(ruled) == 1 else 0


def _rule_between(above: Line, line: Line, ordered: Sequence[float]) -> bool:
    low, high = line.y + 0.45 * line.size, above.y + 0.1 * above.size
    at = bisect_left(ordered, low)
    return at < len(ordered) and ordered[at] <= high


def _begins(above: Sequence[Line | None], here: Sequence[Line | None], columns: Sequence[Span]) -> bool:
    """A row begins where its first cell has words and any cell does not go on from the line above."""
    if here[0] is None:
        return False
    for upper, lower, column in zip(above, here, columns, strict=True):
        if lower is not None and (upper is None or Column(*column).breaks_after(upper, lower)):
            return True
    return False
