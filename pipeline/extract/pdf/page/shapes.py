"""What is drawn on a PDF's page beside text: straight lines, small marks such as bullets, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any, NamedTuple

MAX_SHAPES_A_PAGE = 4_000
_DEEPEST = 15  # forms within forms
_PATH, _IMAGE = 2, 3
_DOT = (1.2, 9.0)  # least and greatest width and height of a drawn bullet, in points


class Rule(NamedTuple):
    """A box on the page, in points; as a straight line it is flat or upright."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        return self.y1 - self.y0 > self.x1 - self.x0


def read_shapes(raw: Any, page: Any) -> tuple[list[Rule], list[Rule], list[Rule]]:
    """(straight lines, dots, pictures) of a page of PDFium's, each in the order in which they are drawn."""
    rules: list[Rule] = []
    dots: list[Rule] = []
    pictures: list[Rule] = []
    for item in page.get_objects(max_depth=_DEEPEST):
        if item.type == _IMAGE:
            pictures.append(_box(raw, item))
        elif item.type == _PATH and len(rules) < MAX_SHAPES_A_PAGE:
            rules.extend(_edges(raw, item))
            box = _box(raw, item)
            wide, high = box.x1 - box.x0, box.y1 - box.y0
            if _DOT[0] < wide < _DOT[1] and _DOT[0] < high < _DOT[1] and len(dots) < MAX_SHAPES_A_PAGE:
                dots.append(box)
    return rules[:MAX_SHAPES_A_PAGE], dots, pictures


def _box(raw: Any, item: Any) -> Rule:
    """Where an object stands on the page, also when it is drawn within a form."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item.raw, left, bottom, right, top)
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = zip(*_placed(raw, item.container, corners), strict=True)
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _placed(raw: Any, item: Any, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of an object's own space on the page: through its matrix, and those of the forms around it."""
    matrix = raw.FS_MATRIX()
    while item is not None:
        raw.FPDFPageObj_GetMatrix(item.raw, matrix)
        points = [(matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f) for x, y in points]
        item = item.container
    return points


def _edges(raw: Any, item: Any) -> Iterable[Rule]:
    """The horizontal and vertical lines of a path, in page coordinates; a thin filled box is one line."""
    path, x, y = item.raw, ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    lines: list[Rule] = []

    def close() -> None:
        if len(points) > 1:
            points[:] = _placed(raw, item, points)
            xs, ys = zip(*points, strict=True)
            box = Rule(min(xs), min(ys), max(xs), max(ys))
            if min(box.x1 - box.x0, box.y1 - box.y0) < 3:
                lines.append(box)
            else:
                pairs = zip(points, [*points[1:], points[0]], strict=True)
                lines.extend(
                    Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairs
                )
        points.clear()

    for index in range(min(raw.FPDFPath_CountSegments(path), 2000)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            close()
        points.append((x.value, y.value))
    close()
    for rule in lines:
        wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
        if (wide < 3 < high and high > 6) or (high < 3 < wide and wide > 6):
            yield rule
