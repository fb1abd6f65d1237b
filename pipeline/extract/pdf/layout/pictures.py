"""Which of a PDF's pictures stand in the text: not those that its pages repeat, nor those too small to show much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.pdf.layout.sheets import Picture, Sheet
from pipeline.extract.pdf.page.shapes import Rule

_LEAST = 36.0  # points of the shorter side; what is smaller is an icon, a bullet or a rule
_BACKGROUND = 0.85  # share of the page; a larger picture with text on it is the paper
_REPEATED = 3  # times that a picture may not stand in the same place or in the same size at an edge


def place_pictures(sheets: Sequence[Sheet]) -> None:
    """Puts the pictures that stand in the text into the sheets; a logo, a rule, a background is left out."""
    seen: Counter[tuple[int, ...]] = Counter()
    for sheet in sheets:
        seen.update({_place(box) for box in sheet.page.pictures})
    for sheet in sheets:
        boxes = [box for box in sheet.page.pictures if _shows(box, sheet) and seen[_place(box)] < _REPEATED]
        sheet.pictures = [Picture(sheet.page.index, box) for box in _joined(boxes)]


def _place(box: Rule) -> tuple[int, ...]:
    return tuple(round(side / 4) for side in box)


def _shows(box: Rule, sheet: Sheet) -> bool:
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    page = sheet.page
    if min(wide, high) < _LEAST or box.x1 < 0 or box.y1 < 0 or box.x0 > page.width or box.y0 > page.height:
        return False
    return not (wide * high > _BACKGROUND * page.width * page.height and sheet.lines)


def _joined(boxes: Sequence[Rule]) -> list[Rule]:
    """Pieces of one picture, which some programs cut into strips, put together."""
    whole: list[Rule] = []
    for box in sorted(boxes, key=lambda b: -b.y1):
        last = whole[-1] if whole else None
        if last is not None and box.y1 > last.y0 - 1 and box.x0 < last.x1 + 1 and last.x0 < box.x1 + 1:
            whole[-1] = Rule(min(last.x0, box.x0), min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        else:
            whole.append(box)
    return whole
