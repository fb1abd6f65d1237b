"""Where the gutters between columns of running text stand on the pages of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.pdf.layout.bands import Band, bands_of, in_rows, is_prose
from pipeline.extract.pdf.layout.cuts import Gutter, gaps_of, within
from pipeline.extract.pdf.layout.drawing import Drawing
from pipeline.extract.pdf.layout.sheets import Sheet
from pipeline.extract.pdf.page.lines import Line

_GUTTER = 0.7  # least width of the empty strip between two columns, in sizes of the print
_LEAST_LINES = 4  # a column of running text has as many, but where other pages show the same columns
_MOST_COLUMNS = 4
_EQUAL_PARTS = ((1 / 2,), (1 / 3, 2 / 3), (1 / 4, 3 / 4))  # where gutters of equal columns stand
_UNEVEN = 0.04
_GOOD_PART = 0.25


def gutters_of(sheets: Sequence[tuple[Sheet, Drawing]], body: float) -> list[Gutter]:
    """The gutters of pages of one width: the one that most lines show beyond doubt, and those that go with it.

    Columns are equally wide, or else a good part of all lines stands in them.
    """
    shown: Counter[Gutter] = Counter()
    for sheet, drawing in sheets:
        for gutter in _candidates(sheet.lines, body):
            sure = [band for band in bands_of(sheet.lines, gutter) if _is_sure(band, gutter, body, drawing)]
            # The same gutter is found a little to the left or right on other pages.
            same = next((g for g in shown if abs(g[1] - gutter[1]) < 2 * body), gutter)
            shown[same] += sum(len(band.whole) for band in sure)
    lines = [line for sheet, _ in sheets for line in sheet.lines]
    starts, ends = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    if not lines:
        return []
    left, right = starts[len(lines) // 50], ends[-1 - len(lines) // 50]
    found: list[Gutter] = []
    parts: tuple[float, ...] = ()
    for gutter, count in shown.most_common():
        share = ((gutter[0] + gutter[1]) / 2 - left) / max(right - left, 1.0)
        if not found and count:
            parts = next((p for p in _EQUAL_PARTS if any(abs(share - at) < _UNEVEN for at in p)), ())
            if parts or count > _GOOD_PART * len(lines):
                found.append(gutter)
        elif any(abs(share - at) < _UNEVEN for at in parts):
            found.append(gutter)  # where one of three columns is sure, so are the others
    return found


def _candidates(lines: Sequence[Line], body: float) -> list[Gutter]:
    """Strips that few lines cross, each before an edge at which words begin again and again."""
    if len(lines) < _LEAST_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gaps = [gaps_of(line, _GUTTER * body) for line in lines]
    begins = Counter(round(high) for held in gaps for _, high in held if high < right)
    found: list[Gutter] = []
    for x in sorted(begins):
        far = left + 0.18 * (right - left) < x < right - 0.12 * (right - left)
        if far and begins[x] + begins[x + 1] >= _LEAST_LINES and not (found and x - found[-1][1] < 2 * body):
            found.append(_emptiest(gaps, float(x), body))
    return found


def _emptiest(gaps: Sequence[Sequence[Gutter]], x: float, body: float) -> Gutter:
    """The strip before `x` that the fewest lines cross: bullets and numbers may hang before the words."""
    wide = _GUTTER * body
    strips = [(x - back - wide, x - back) for back in (0.5, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0)]
    return min(strips, key=lambda strip: sum(not within(strip, held) for held in gaps))


def _is_sure(band: Band, gutter: Gutter, body: float, drawing: Drawing) -> bool:
    if min(len(band.left), len(band.right)) < _LEAST_LINES or in_rows(band):
        return False
    if drawing.is_row_by_row(band.left, band.right):
        return False
    return is_prose(band.left, gutter[0]) and (is_prose(band.right) or _holds_columns(band, gutter, body, drawing))


def _holds_columns(band: Band, gutter: Gutter, body: float, drawing: Drawing) -> bool:
    """True where the right side is columns again: three columns on the page."""
    further = [g for g in _candidates(band.right, body) if g[0] > gutter[1]]
    return any(
        _is_sure(inner, g, body, drawing) for g in further[:_MOST_COLUMNS] for inner in bands_of(band.right, g)
    )
