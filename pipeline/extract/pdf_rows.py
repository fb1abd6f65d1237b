"""Where a table's rows begin when nothing, or not every row, is ruled: by lines and shades, by space, by words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf_lines import Column, Line

Span = tuple[float, float]
_EVERY_ROW = 3  # as many lines within a table rule every row of it


def row_starts(
    lines: Sequence[Line],
    parts: Sequence[Sequence[Line | None]],
    columns: Sequence[Span],
    heights: Sequence[float] = (),
) -> list[bool]:
    """For each printed line of a table whether a row begins with it.

    parts    for each line the piece of it in each column
    columns  for each column where its text begins and how far it may go, in points
    heights  of the horizontal lines and the shades' edges across the table, in points, in any order

    Ruled lines count first; where there are few of them the space between rows tells, and where that is even, a first
    cell with words and any cell that does not go on from the line above.
    """
    ordered = sorted(heights)
    ruled = [_rule_between(above, line, ordered) for above, line in pairwise(lines)]
    if sum(ruled) >= _EVERY_ROW:
        return [True, *ruled]
    free = [above.y - line.y for (above, line), rule in zip(pairwise(lines), ruled, strict=True) if not rule]
    least, most = min(free, default=0.0), max(free, default=0.0)
    starts = [True]
    for index in range(1, len(lines)):
        if ruled[index - 1] or least > 1.4 * lines[index].size:
            starts.append(True)
        elif most > 1.15 * least:
            starts.append(lines[index - 1].y - lines[index].y > 1.1 * least)
        else:
            starts.append(_begins(parts[index - 1], parts[index], columns))
    return starts


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
