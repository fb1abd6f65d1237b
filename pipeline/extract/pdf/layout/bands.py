"""A page cut along a gutter: bands of lines that keep it free, and what crosses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.extract.pdf.layout.sheets import Item, Picture
from pipeline.extract.pdf.page.lines import Line, line_of
from pipeline.extract.pdf.page.runs import Glyph
from pipeline.extract.pdf.page.shapes import Rule

_LEAST_KNOWN = 3  # lines of a band on a page whose columns are known from others
_LEAST_WORDS = 2.6  # words of a line, on average
_LONG_RUN = 4  # full lines one under the other
_LARGER = 1.12  # size of a heading's print, in sizes of the usual
_FULL = 0.8  # share of a column's width that a full line takes
_MOST_ALIKE = 0.7  # share of paragraphs beginning side by side; in a table's rows nearly all do
Gutter = tuple[float, float]  # an empty strip between columns, in points from the left


@dataclass(frozen=True, slots=True)
class Band:
    """Lines `left` and `right` of a strip that they keep free, from the top down; `right` is empty where they do not.

    whole  the lines as they go across the page
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    whole: tuple[Line, ...]


def crosses(item: Item, gutter: Gutter) -> bool:
    box = box_of(item)
    return box.x0 < gutter[0] and box.x1 > gutter[1]


def box_of(item: Item) -> Rule:
    if isinstance(item, Picture):
        return item.box
    if isinstance(item, Line):
        return Rule(item.x0, item.y, item.x1, item.y + item.size)
    return Rule(item.grid.xs[0], item.grid.ys[-1], item.grid.xs[-1], item.grid.ys[0])


def bands_of(lines: Sequence[Line], gutter: Gutter, others: Sequence[Item] = ()) -> list[Band]:
    """Lines from the top down: bands that keep the gutter free, and between them lines that cross it, as `left`."""
    low, high = gutter
    across = sorted((item.y for item in others if crosses(item, gutter)), reverse=True)
    beside = [item.y for item in others if box_of(item).x0 > low]
    bands: list[Band] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []
    loose = False  # whether `whole` are lines that cross
    middle = (low + high) / 2
    tops = [line.y for line in lines if line.x0 < low], [line.y for line in lines if line.x1 > high]
    tops[1].extend(y for item in others if box_of(item).x0 > low for y in (item.y, box_of(item).y0))
    usual = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    for line in lines:
        over = not within(gutter, gaps_of(line, 0.5 * (high - low))) or (
            line.x1 < high and line.size > _LARGER * usual and _alone(line, *tops)
        )
        turned = bool(across) and across[0] > line.y
        while across and across[0] > line.y:
            across.pop(0)
        if turned or (over and (left or right)) or (loose and not over):
            bands.extend(_ended(left, right, whole, beside))
            left, right, whole, loose = [], [], [], False
        whole.append(line)
        if over:
            loose = True
            continue
        left.extend(_part(line, [g for g in line.glyphs if g.x0 < middle]))
        right.extend(_part(line, [g for g in line.glyphs if g.x0 >= middle]))
    bands.extend(_ended(left, right, whole, beside))
    return bands


def _alone(line: Line, left: Sequence[float], right: Sequence[float]) -> bool:
    """True for a short heading across both columns: nothing stands beside it, and both begin anew under it.

    left, right  heights of what stands in the columns
    """
    above = min((y for y in right if y >= line.y), default=None)
    below = max((y for y in right if y < line.y - 1), default=None)
    own = max((y for y in left if y < line.y - 1), default=None)
    if above is None or below is None or own is None:
        return False
    return (
        above - line.y > 1.7 * line.size and line.y - below > 1.2 * line.size and abs(own - below) < 0.5 * line.size
    )


def _part(line: Line, glyphs: Sequence[Glyph]) -> list[Line]:
    """The line that some of the glyphs of a line make; the line itself where they are all of them."""
    if sum(not g.char.isspace() for g in glyphs) == sum(run.inked for run in line.runs):
        return [line]
    part = line_of(glyphs) if glyphs else None
    return [part] if part is not None else []


def _ended(left: list[Line], right: list[Line], whole: list[Line], beside: Sequence[float]) -> Iterable[Band]:
    """A band. `beside`: heights at which tables and pictures begin in the right column."""
    if left and right:
        top = max([right[0].y, *(y for y in beside if y < left[0].y + 4 * left[0].size)])
        yield from _trimmed(left, right, whole, top)
    elif whole:
        yield Band(tuple(whole), (), tuple(whole))


def _trimmed(left: list[Line], right: list[Line], whole: list[Line], top: float) -> Iterable[Band]:
    """A band without what goes across over and under it in truth: a short heading, a paragraph's last line."""
    start = 0
    while start < len(left) - 1 and left[start].y > top + 2.5 * right[0].size:
        start += 1
    foot = right[-1].y
    end = len(left)
    for index in range(start + 1, len(left)):
        step = left[index - 1].y - left[index].y
        if left[index].y < foot - 0.5 * left[index].size and step > 2.4 * left[index].size:
            end = index
            break
    over, under = left[:start], left[end:]
    if over:
        yield Band(tuple(over), (), tuple(over))
    yield Band(tuple(left[start:end]), tuple(right), tuple(whole[len(over) : len(whole) - len(under)]))
    if under:
        yield Band(tuple(under), (), tuple(under))


def gaps_of(line: Line, least: float) -> list[Gutter]:
    """Where a line prints nothing, from the left edge of the page on; `least` points wide."""
    found: list[Gutter] = []
    reach = -1e4
    for run in line.runs:
        for char, x0, x1 in zip(run.text, run.lefts, run.rights, strict=True):
            if char.isspace():
                continue
            if x0 - reach > least:
                found.append((reach, x0))
            reach = max(reach, x1)
    return [*found, (reach, 1e4)]


def within(strip: Gutter, gaps: Sequence[Gutter]) -> bool:
    return any(low <= strip[0] and strip[1] <= high for low, high in gaps)


def is_likely(band: Band) -> bool:
    """On a page whose columns are known: words on both sides, and no table's rows."""
    if not band.left or not band.right or len(band.whole) < _LEAST_KNOWN:
        return False
    return not in_rows(band, sure=True) and _words(band.left) > 1.5


def is_lone(band: Band, gutter: Gutter) -> bool:
    """On a page whose columns are known: a left column that has nothing beside it, as on a report's last page."""
    if band.right or len(band.whole) < _LEAST_KNOWN or any(line.x1 > gutter[1] for line in band.whole):
        return False
    left = min(line.x0 for line in band.whole)
    full = sum(line.x1 > gutter[0] - (1 - _FULL) * (gutter[0] - left) for line in band.whole)
    return 2 * full >= len(band.whole)


def _words(lines: Sequence[Line]) -> float:
    return sum(line.text.count(" ") + 1 for line in lines) / len(lines)


def is_prose(lines: Sequence[Line]) -> bool:
    """Lines of several words, most of them full, or a paragraph of full lines among others."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = [line.x1 - left > _FULL * (right - left) and line.text.count(" ") > 1 for line in lines]
    longest = max((len(list(same)) for is_full, same in groupby(full) if is_full), default=0)
    return longest >= _LONG_RUN or (_words(lines) >= _LEAST_WORDS and sum(full) >= 0.5 * len(lines))


def in_rows(band: Band, *, sure: bool = False) -> bool:
    """True for a table: labels above, or paragraphs on both sides of the strip that begin side by side.

    sure  only where three or more do, and none begins elsewhere
    """
    if not band.left or not band.right:
        return False
    first, second = band.left[0], band.right[0]
    top = min(first.y, second.y) - 1
    left, right = ([y for y in _starts(side) if y < top] for side in (band.left, band.right))
    few = min(len(left), len(right))
    alike = sum(any(abs(a - b) < 1.5 for b in right) for a in left)
    under = (*band.left[1:3], *band.right[1:3])
    labels = first.bold and second.bold and abs(first.y - second.y) < 1.5 and abs(first.size - second.size) < 0.5
    headed = labels and all(not line.bold and line.size > 0.95 * first.size for line in under)
    if sure:
        return headed or (few > 2 and alike == len(left) == len(right))
    return headed or (few > 0 and alike >= _MOST_ALIKE * few)


def _starts(lines: Sequence[Line]) -> list[float]:
    """Heights at which paragraphs begin: after a space or after a line that ends early."""
    if len(lines) < 2:
        return []
    steps = sorted(a.y - b.y for a, b in pairwise(lines))
    usual = steps[len(steps) // 3]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return [b.y for a, b in pairwise(lines) if a.y - b.y > 1.25 * usual or right - a.x1 > 0.25 * (right - left)]
