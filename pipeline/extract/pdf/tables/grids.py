"""Grids: the ruled lines of a page that make tables, whether drawn as lines, as thin boxes or as shaded cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.pdf.page.glyphs import Glyph, Page
from pipeline.extract.pdf.page.runs import Run
from pipeline.extract.pdf.page.shapes import Rule

_CLOSE = 1.9  # how far the baseline of the next row may be from a shaded row, in sizes of the print
_MOST_CELLS = 2500  # a grid with more on one page is a drawing
_TOUCH = 3.0  # points within which two lines meet
_SAME = 5.0  # points within which two parallel lines are one: a double rule, the two edges of a thick one
Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's edges: `xs` from left to right, `ys` from top to bottom.

    sides  cells with a line on their left
    tops   cells with a line above
    reach  in a table without lines: how far each column's text goes
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    sides: frozenset[Place] = frozenset()
    tops: frozenset[Place] = frozenset()
    reach: tuple[float, ...] = ()

    def holds(self, glyph: Glyph) -> bool:
        middle = (glyph.x0 + glyph.x1) / 2
        return self.xs[0] - 1 <= middle <= self.xs[-1] + 1 and self.ys[-1] - 1 <= glyph.y <= self.ys[0] + 1


def find_grids(page: Page) -> list[Grid]:
    """The ruled tables of a page with at least two columns; a table within a cell of another is part of that cell."""
    upright = _joined(r for r in page.rules if r.upright)
    flat = _joined(r for r in page.rules if not r.upright)
    grids = [grid for group in _touching(upright, flat) if (grid := _grid(*group)) is not None]
    grids.sort(key=lambda g: -(g.xs[-1] - g.xs[0]) * (g.ys[0] - g.ys[-1]))
    outer: list[Grid] = []
    for grid in grids:
        if not any(_within(grid, other) for other in outer):
            outer.append(grid)
    whole = [grid for grid in outer if len(grid.ys) > 2]
    stripes = [grid for grid in outer if len(grid.ys) == 2 and _is_stripe(grid, whole, page)]
    # The last shaded row has nothing under it, and over it may be one long cell: it looks like the others.
    return [grid for grid in outer if len(grid.ys) > 2 or not any(_same_columns(grid, s) for s in stripes)]


def _same_columns(grid: Grid, other: Grid) -> bool:
    return len(grid.xs) == len(other.xs) and all(abs(a - b) < _TOUCH for a, b in zip(grid.xs, other.xs, strict=True))


def _is_stripe(grid: Grid, whole: Sequence[Grid], page: Page) -> bool:
    """True for one shaded row in a table whose other rows are not: the print close to it keeps its columns."""
    top, foot = grid.ys
    for side in (True, False):
        near = [
            span
            for run in page.runs
            if run.inked
            and (0 < run.y - top < _CLOSE * run.size if side else 0 < foot - run.y < _CLOSE * run.size)
            and grid.xs[0] - 1 < run.lefts[0] < grid.xs[-1]
            and not any(other.ys[-1] < run.y < other.ys[0] for other in whole)
            for span in _spans(run)
        ]
        crossing = any(left < x - 1 and right > x + 1 for left, right in near for x in grid.xs[1:-1])
        if len({bisect_right(grid.xs, left + 1) for left, _ in near}) > 1 and not crossing:
            return True
    return False


def flat_rules(page: Page) -> list[Rule]:
    """The horizontal lines of a page, each whole, from the top down."""
    return sorted(_joined(r for r in page.rules if not r.upright), key=lambda r: -r.y1)


def _spans(run: Run) -> Iterator[tuple[float, float]]:
    """The left and right edges of a run's print between wide gaps."""
    open_at = end = None
    for char, left, right in zip(run.text, run.lefts, run.rights, strict=True):
        if char.isspace():
            continue
        if open_at is not None and end is not None and left - end > 0.5 * run.size:
            yield open_at, end
            open_at = None
        open_at, end = left if open_at is None else open_at, right
    if open_at is not None and end is not None:
        yield open_at, end


def _within(inner: Grid, outer: Grid) -> bool:
    return (
        outer.xs[0] - 1 <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + 1
        and outer.ys[-1] - 1 <= inner.ys[-1]
        and inner.ys[0] <= outer.ys[0] + 1
    )


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together: dashes, one piece a cell, the same edge drawn by two cells."""
    lanes: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        lanes[round(rule.x0 if rule.upright else rule.y0)].append(rule)
    whole: list[Rule] = []
    for lane in sorted(lanes):
        last: Rule | None = None
        for rule in sorted(lanes[lane], key=lambda r: r.y0 if r.upright else r.x0):
            start, end = (rule.y0, last and last.y1) if rule.upright else (rule.x0, last and last.x1)
            if last is not None and end is not None and start <= end + _TOUCH:
                last = Rule(
                    min(last.x0, rule.x0), min(last.y0, rule.y0), max(last.x1, rule.x1), max(last.y1, rule.y1)
                )
                whole[-1] = last
            else:
                last = rule
                whole.append(rule)
    return whole


def _touching(upright: Sequence[Rule], flat: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines in groups that meet: (upright, flat). Lines that only lie within another group's frame are not in it."""
    rules = [*upright, *flat]
    home = list(range(len(rules)))

    def find(index: int) -> int:
        while home[index] != index:
            home[index] = home[home[index]]
            index = home[index]
        return index

    order = sorted(range(len(flat)), key=lambda i: flat[i].y0)
    heights = [flat[i].y0 for i in order]
    for index, rule in enumerate(upright):
        low, high = bisect_left(heights, rule.y0 - _SAME), bisect_right(heights, rule.y1 + _TOUCH)
        for other in order[low:high]:
            if flat[other].x0 - _TOUCH <= rule.x1 and rule.x0 <= flat[other].x1 + _TOUCH:
                home[find(index)] = find(len(upright) + other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate(rules):
        groups[find(index)][index >= len(upright)].append(rule)
    return list(groups.values())


def _grid(upright: Sequence[Rule], flat: Sequence[Rule]) -> Grid | None:
    xs = _positions([r.x0 for r in upright])
    # A row that a page's end cuts has no line there, but its sides reach to the cut.
    ends = [min(r.y0 for r in upright), max(r.y1 for r in upright)] if upright else []
    # An underlined word in a cell ends anywhere, a table's line at a column's edge.
    flat = [r for r in flat if _near(xs, r.x0) is not None and _near(xs, r.x1) is not None]
    ys = _positions([*(r.y0 for r in flat), *ends])[::-1]
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    sides: set[Place] = set()
    tops: set[Place] = set()
    for rule in upright:
        column = _near(xs, rule.x0)
        for row, (top, bottom) in enumerate(pairwise(ys)):
            if column is not None and rule.y0 - 1 <= (top + bottom) / 2 <= rule.y1 + 1:
                sides.add((row, column))
    for rule in flat:
        row_below = _near(ys[::-1], rule.y0)
        for column, (left, right) in enumerate(pairwise(xs)):
            if row_below is not None and rule.x0 - 1 <= (left + right) / 2 <= rule.x1 + 1:
                tops.add((len(ys) - 1 - row_below, column))
    return Grid(xs, ys, frozenset(sides), frozenset(tops))


def _positions(values: Sequence[float]) -> tuple[float, ...]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _SAME:
            merged.append(value)
    return tuple(merged)


def _near(positions: Sequence[float], value: float) -> int | None:
    """Index of the position (in ascending order) that this value is at."""
    index = bisect_right(positions, value + 0.01) - 1
    if index >= 0 and value - positions[index] <= _SAME + 0.02:
        return index
    if index + 1 < len(positions) and positions[index + 1] - value <= _TOUCH:
        return index + 1
    return None
