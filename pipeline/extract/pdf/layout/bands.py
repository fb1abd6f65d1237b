"""A page cut along a gutter: bands of lines that keep it free, and what crosses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.extract.pdf.layout.cuts import Gutter, Sides, cut, halves, keeps_free
from pipeline.extract.pdf.layout.drawing import Drawing, Printed
from pipeline.extract.pdf.layout.sheets import Item, Picture
from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.page.shapes import Rule

_LEAST_KNOWN = 3  # lines of a band on a page whose columns are known from others
_LEAST_WORDS = 2.6  # words of a line, on average
_LONG_RUN = 4  # full lines one under the other
_LARGER = 1.12  # size of a heading's print, in sizes of the usual
_NOTE = 0.95  # size of the largest notes, in sizes of the usual print
_FULL = 0.8  # share of a column's width that a full line takes
_BALANCED = 2.5  # columns over a line that goes across end within so many sizes
_MOST_ALIKE = 0.7  # share of paragraphs beginning side by side; in a table's rows nearly all do


@dataclass(frozen=True, slots=True)
class Band:
    """Lines `left` and `right` of a strip that they keep free, from the top down; all are `left` where they do not.

    whole   the lines as they go across the page
    across  whether they cross the strip
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    whole: tuple[Line, ...]
    across: bool = False


def crosses(item: Item, gutter: Gutter) -> bool:
    box = box_of(item)
    return box.x0 < gutter[0] and box.x1 > gutter[1]


def box_of(item: Item) -> Rule:
    if isinstance(item, Picture):
        return item.box
    if isinstance(item, Line):
        return Rule(item.x0, item.y, item.x1, item.y + item.size)
    return Rule(item.grid.xs[0], item.grid.ys[-1], item.grid.xs[-1], item.grid.ys[0])


def first_line(item: Item) -> Line | None:
    if isinstance(item, Picture):
        return None
    if isinstance(item, Line):
        return item
    return next((line for row in item.cells for cell in row for line in cell), None)


def bands_of(
    lines: Sequence[Line], gutter: Gutter, others: Sequence[Item] = (), drawing: Drawing | None = None
) -> list[Band]:
    """Lines from the top down: bands that keep the gutter free, and between them lines that cross it, as `left`.

    drawing  given where the gutter is known: words may stick into it then
    """
    low = gutter[0]
    across = sorted((item.y for item in others if crosses(item, gutter)), reverse=True)
    beside = [item.y for item in others if box_of(item).x0 > low]
    bands: list[Band] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []
    loose = False  # whether `whole` are lines that cross
    for line, sides in zip(lines, _sides(lines, gutter, others, drawing), strict=True):
        over = sides is None
        turned = bool(across) and across[0] > line.y
        while across and across[0] > line.y:
            across.pop(0)
        between = loose and any(line.y < item.y < whole[-1].y for item in others)
        if turned or between or (over and (left or right)) or (loose and not over):
            bands.extend(_ended(left, right, whole, beside, drawing))
            left, right, whole, loose = [], [], [], False
        whole.append(line)
        if sides is None:
            loose = True
            continue
        left.extend(sides[0])
        right.extend(sides[1])
    bands.extend(_ended(left, right, whole, beside, drawing))
    return bands


def _sides(
    lines: Sequence[Line], gutter: Gutter, others: Sequence[Item], drawing: Drawing | None
) -> list[Sides | None]:
    """For each line what stands left and right of the gutter, or None where it crosses it or is alone over both."""
    low, high = gutter
    tops = [line.y for line in lines if line.x0 < low], [line.y for line in lines if line.x1 > high]
    tops[1].extend(y for item in others if box_of(item).x0 > low for y in (item.y, box_of(item).y0))
    usual = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    begun = sorted(line.y for line in lines if line.x0 >= (low + high) / 2)
    sides = [cut(line, gutter, begun, drawing) if drawing else _strict(line, gutter) for line in lines]
    lone = None if drawing is None else _begins(lines, sides, gutter, others, drawing)
    for at, line in enumerate(lines):
        if lone is None:
            alone = line.x1 < high and line.size > _LARGER * usual and _alone(line, *tops)
        else:
            alone = id(line) in lone and line.size > _NOTE * usual
        if alone:
            sides[at] = None
    return sides


def _begins(
    lines: Sequence[Line], sides: Sequence[Sides | None], gutter: Gutter, others: Sequence[Item], drawing: Drawing
) -> set[int] | None:
    """Lines that are drawn after both columns above them, and before both under them; None where none can tell."""
    held: tuple[list[Printed], list[Printed]] = [], []
    for parts in sides:
        for side, part in zip(held, parts or (), strict=False):
            side.extend(Printed(line, line, line.y, line.y) for line in part)
    for item in others:
        first = first_line(item)
        if first is not None and not crosses(item, gutter):
            box = box_of(item)
            held[box.x1 >= gutter[1]].append(Printed(item, first, box.y1, box.y0))
    begun = drawing.begun(*held)
    if begun is None:
        return None
    return {
        id(line) for line, parts in zip(lines, sides, strict=True) if parts and any(id(p) in begun for p in parts[0])
    }


def _strict(line: Line, gutter: Gutter) -> Sides | None:
    return halves(line, (gutter[0] + gutter[1]) / 2) if keeps_free(line, gutter) else None


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


def _ended(
    left: list[Line], right: list[Line], whole: list[Line], beside: Sequence[float], drawing: Drawing | None
) -> Iterable[Band]:
    """A band. `beside`: heights at which tables and pictures begin in the right column."""
    if left and right:
        top = max([right[0].y, *(y for y in beside if y < left[0].y + 4 * left[0].size)])
        one = drawing is not None and drawing.is_column_by_column(left, right)
        yield from _trimmed(left, right, whole, top, one)
    elif right:
        yield Band((), tuple(right), tuple(whole))
    elif whole:
        yield Band(tuple(whole), (), tuple(whole), not left)


def _trimmed(left: list[Line], right: list[Line], whole: list[Line], top: float, one: bool) -> Iterable[Band]:
    """A band without what goes across over and under it in truth: a short heading, a paragraph's last line.

    one  whether all of the left column is drawn before the right one, so that nothing of it stands under both
    """
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
    if one or abs(left[end - 1].y - foot) > _BALANCED * left[0].size:
        end = len(left)  # the left column goes on, the right one has ended
    over, under = left[:start], left[end:]
    if over:
        yield Band(tuple(over), (), tuple(over))
    yield Band(tuple(left[start:end]), tuple(right), tuple(whole[len(over) : len(whole) - len(under)]))
    if under:
        yield Band(tuple(under), (), tuple(under))


def is_likely(band: Band, drawing: Drawing) -> bool:
    """On a page whose columns are known: words on both sides, and no table's rows."""
    if not band.left or not band.right:
        return False
    if len(band.whole) < _LEAST_KNOWN and not drawing.is_column_by_column(band.left, band.right):
        return False
    if in_rows(band, sure=True) or drawing.is_row_by_row(band.left, band.right):
        return False
    return _words(band.left) > 1.5


def is_lone(band: Band, gutter: Gutter) -> bool:
    """On a page whose columns are known: a left column that has nothing beside it, as on a report's last page."""
    if band.across or band.right or len(band.whole) < _LEAST_KNOWN:
        return False
    left = min(line.x0 for line in band.whole)
    full = sum(line.x1 > gutter[0] - (1 - _FULL) * (gutter[0] - left) for line in band.whole)
    return 2 * full >= len(band.whole)


def is_beside(band: Band, gutter: Gutter, others: Sequence[Item]) -> bool:
    """On a page whose columns are known: lines in one column, and a table or picture beside them in the other."""
    if band.across or (band.left and band.right):
        return False
    top, foot = max(line.y + line.size for line in band.whole), min(line.y for line in band.whole)
    boxes = [box_of(item) for item in others]
    return any(
        (box.x1 <= gutter[1] if band.right else box.x0 >= gutter[0]) and box.y0 < top and foot < box.y1
        for box in boxes
    )


def _words(lines: Sequence[Line]) -> float:
    return sum(line.text.count(" ") + 1 for line in lines) / len(lines)


def is_prose(lines: Sequence[Line], edge: float | None = None) -> bool:
    """Lines of several words, most of them full, or a paragraph of full lines among others.

    edge  where the column ends; by default where its longest line does
    """
    left, right = min(line.x0 for line in lines), edge or max(line.x1 for line in lines)
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
