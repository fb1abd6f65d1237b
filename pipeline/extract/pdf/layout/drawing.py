"""In which order a page draws its print: one column after the other, or a table's cells row by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.page.runs import Glyph, Run

_MOST_TURNS = 2  # from a right column back to a left one: at its notes, at a heading
_SAME_ROW = 0.35  # cells of one row begin at heights that differ by less, in sizes of the print
_MOST_OVER = 4  # lines of a heading
_EACH_LINE = 0.8  # a file that is drawn line by line across the page tells nothing


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in a column: a line or a table, the first line of it, and the heights between which it stands."""

    item: object
    first: Line
    top: float
    foot: float


class Drawing:
    """All that a page prints, in the order in which it is drawn."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._by_height = sorted((run.y, at) for at, run in enumerate(runs) if run.inked)
        self._inked = [at for at, run in enumerate(runs) if run.inked]

    def pieces(self, line: Line) -> list[list[Glyph]]:
        """The glyphs of a line in pieces that are drawn in one go, whatever they are drawn over."""
        own = {(glyph.x0, glyph.y, glyph.char) for glyph in line.glyphs}
        pieces: list[list[Glyph]] = []
        last = -1
        for at in self._beside(line, line.size):
            held = [g for g in self._runs[at].glyphs() if (g.x0, g.y, g.char) in own]
            if not any(not g.char.isspace() for g in held):
                continue
            if pieces and self._follows(last, at) and held[0].x0 >= pieces[-1][-1].x0:
                pieces[-1].extend(held)
            else:
                pieces.append(held)
            last = at
        return pieces

    def is_column_by_column(self, left: Sequence[Line], right: Sequence[Line]) -> bool:
        """True where all lines of the left column, two at least, are drawn before those of the right one."""
        return len(left) > 1 and max(map(self._place, left)) < min(map(self._place, right))

    def is_row_by_row(self, left: Sequence[Line], right: Sequence[Line]) -> bool:
        """True where the print goes back and forth between both sides, several lines at a time, as a table's does."""
        order = sorted(
            [*((self._place(n), 0, n) for n in left), *((self._place(n), 1, n) for n in right)], key=_drawn
        )
        rows = 0
        begins: Line | None = None
        for (_, before, _), (_, side, line) in pairwise(order):
            if before > side:
                begins = line
            elif before < side and begins is not None:
                rows += abs(begins.y - line.y) < _SAME_ROW * line.size
        return _MOST_TURNS < rows < _EACH_LINE * min(len(left), len(right))

    def begun(self, left: Sequence[Printed], right: Sequence[Printed]) -> set[int] | None:
        """Identities of the lines under which both columns begin anew; None where the order is no column's.

        Such a line is drawn after all that stands above it in both columns, and before all that stands under it.
        """
        order = sorted(
            [*((self._place(p.first), 0, p) for p in left), *((self._place(p.first), 1, p) for p in right)],
            key=_drawn,
        )
        if 4 * sum(a[1] > b[1] for a, b in pairwise(order)) > min(len(left), len(right)):
            return None
        parts: list[tuple[list[Printed], list[Printed]]] = [([], [])]
        lowest = float("inf")
        for _, side, printed in order:
            if not side and parts[-1][1] and printed.top < lowest:
                parts.append(([], []))
            parts[-1][side].append(printed)
            lowest = min(lowest, printed.foot)
        found: set[int] = set()
        for first, second in parts[1:]:
            if second:
                top = max(printed.top for printed in second)
                over = [p for p in first if p.foot > top + 0.8 * p.first.size]
                if len(over) <= _MOST_OVER and all(isinstance(p.item, Line) for p in over):
                    found.update(id(p.item) for p in over)
        return found

    def _place(self, line: Line) -> tuple[int, float]:
        """When a line is drawn: its first character that the page prints as such; a bullet may be a drawing."""
        for run in line.runs:
            for char, x in zip(run.text, run.lefts, strict=True):
                if not char.isspace():
                    for at in self._beside(run, 0.01):
                        if self._runs[at].lefts[0] - 0.01 <= x <= self._runs[at].lefts[-1] + 0.01:
                            return at, x
        return -1, line.x0

    def _beside(self, item: Line | Run, reach: float) -> Iterator[int]:
        low = bisect_left(self._by_height, (item.y - reach, -1))
        high = bisect_right(self._by_height, (item.y + reach, len(self._runs)))
        yield from sorted(at for _, at in self._by_height[low:high])

    def _follows(self, first: int, second: int) -> bool:
        """True where nothing is printed between two runs."""
        return bisect_left(self._inked, second) == bisect_left(self._inked, first) + 1


def _drawn(item: tuple[tuple[int, float], int, object]) -> tuple[tuple[int, float], int]:
    return item[:2]
