"""A printed line cut at the gutter between two columns, unless it goes on across it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract.pdf.layout.drawing import Drawing
from pipeline.extract.pdf.page.lines import Line, line_of
from pipeline.extract.pdf.page.runs import Glyph

_SPACE = 0.14  # least width of a space between words, in sizes of the print
_WIDER = 1.3  # a gutter that a word sticks into is still so much wider than the spaces of its line
_OVER = 3.0  # how far a line sticks out of its column at most, in sizes of the print
_BESIDE = 0.9  # lines of two columns stand side by side within so many sizes
_EDGE = 1.5  # points by which a line begins before its column's edge: an opening quotation mark
Gutter = tuple[float, float]  # an empty strip between columns, in points from the left
Sides = tuple[list[Line], list[Line]]  # what stands left and right of a gutter


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


def keeps_free(line: Line, gutter: Gutter) -> bool:
    return within(gutter, gaps_of(line, 0.5 * (gutter[1] - gutter[0])))


def halves(line: Line, at: float) -> Sides:
    """What a line prints left and right of a place that no letter stands on."""
    glyphs = line.glyphs
    return _part(line, [g for g in glyphs if g.x0 < at]), _part(line, [g for g in glyphs if g.x0 >= at])


def _part(line: Line, glyphs: Sequence[Glyph]) -> list[Line]:
    """The line that some of the glyphs of a line make; the line itself where they are all of them."""
    if sum(not g.char.isspace() for g in glyphs) == sum(run.inked for run in line.runs):
        return [line]
    part = line_of(glyphs) if glyphs else None
    return [part] if part is not None else []


def cut(line: Line, gutter: Gutter, right: Sequence[float], drawing: Drawing) -> Sides | None:
    """What a line prints left and right of a gutter that is known from many lines; None where it goes across it.

    Words may stick out of the left column, into the gutter and even over the right column's edge. They still end
    before what stands beside them: by a gap wider than a space, or because both columns are drawn at another time.

    right  heights of what stands in the right column, upwards
    """
    low, high = gutter
    middle = (low + high) / 2
    if keeps_free(line, gutter) or line.x1 < high or line.x0 > middle:
        return halves(line, high if line.x1 < high else middle)
    gap = _wide_gap(line, gutter)
    if gap is not None:
        return halves(line, gap[1])
    pieces = drawing.pieces(line)
    first = [piece for piece in pieces if piece[0].x0 < high - _EDGE]
    if len(first) < len(pieces) and all(max(g.x1 for g in p) < high + _OVER * line.size for p in first):
        rest = [glyph for piece in pieces if piece[0].x0 >= high - _EDGE for glyph in piece]
        return _part(line, [glyph for piece in first for glyph in piece]), _part(line, rest)
    near = _BESIDE * line.size
    index = bisect_left(right, line.y - near)
    beside = index < len(right) and right[index] < line.y + near
    return ([line], []) if beside and line.x1 < high + _OVER * line.size else None


def _wide_gap(line: Line, gutter: Gutter) -> Gutter | None:
    """The gap between the columns where words stick into the gutter: wider than all spaces before it."""
    low, high = gutter
    least = _SPACE * line.size
    gaps = [gap for gap in gaps_of(line, least) if gap[0] > -1e4 and gap[1] < 1e4]
    for gap in gaps:
        if gap[0] < high - least and gap[1] >= high - _EDGE - 0.5 and gap[1] > low:
            spaces = [b - a for a, b in gaps if b <= gap[0]]
            wide = gap[1] - max(gap[0], low - line.size)
            return gap if wide > _WIDER * max([*spaces, 2 * least]) else None
    return None
