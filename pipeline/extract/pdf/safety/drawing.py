"""What a PDF's pages draw: their content and that of the forms within it, unpacked whole and within bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.errors import ObjectLoop, StreamBomb
from pipeline.extract.pdf.safety.objects import dictionary, entry, identity, items
from pipeline.extract.pdf.safety.streams import MAX_PIXELS, MAX_STREAM, MAX_TOTAL, check_picture, whole
from pipeline.extract.sniff import SAVE_AGAIN

MAX_DRAWN = 200_000  # forms drawn, each as often as it is drawn
MAX_POINTS = 4 * MAX_PIXELS  # of the pictures on one page, each as often as it is drawn
_MOST_NESTED = 20

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![A-Za-z])")
_SHOWS_TEXT = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")(?![A-Za-z])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pages(pages: Sequence[Any]) -> None:
    """That everything the pages draw unpacks whole and within bounds, and that no form draws itself.

    Raises StreamBomb, DamagedFile, ObjectLoop.
    """
    drawing = _Drawing()
    for page in pages:
        drawing.page(page)
        if drawing.size > MAX_TOTAL or drawing.drawn > MAX_DRAWN:
            raise StreamBomb("The pages of the PDF draw far more than a report needs.", SAVE_AGAIN)


def shows_text(form: Any) -> bool:
    """Whether a form (an annotation's look) has text in it, or in what it draws."""
    return _shows_text(form, 0)


def _shows_text(form: Any, depth: int) -> bool:
    if not hasattr(form, "_data"):
        return False
    drawn = unpacked(form)
    if _SHOWS_TEXT.search(drawn) or depth > _MOST_NESTED:
        return True
    forms = dictionary(dictionary(form, "/Resources"), "/XObject")
    return any(_shows_text(entry(forms, name), depth + 1) for name in sorted(_names(drawn)))


def unpacked(stream: Any) -> bytes:
    """A stream object's bytes. Raises StreamBomb, DamagedFile where it is cut off or broken."""
    filters = entry(stream, "/Filter")
    filters = filters if isinstance(filters, list) else [] if filters is None else [filters]
    return whole(stream._data, [str(name.get_object())[1:] for name in filters])


def _names(content: bytes) -> set[str]:
    plain = (_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), found[1]) for found in _DRAWN.finditer(content))
    return {"/" + name.decode("latin-1") for name in plain}


class _Cost(NamedTuple):
    """What a content draws: bytes of operators, forms, and points of pictures."""

    size: int = 0
    drawn: int = 0
    points: int = 0


@dataclass(slots=True)
class _Drawing:
    size: int = 0  # bytes drawn, each form as often as it is drawn
    drawn: int = 0
    known: dict[int, _Cost] = field(default_factory=dict)
    within: list[int] = field(default_factory=list)

    def page(self, page: Any) -> None:
        streams = [stream for stream in items(page, "/Contents") if hasattr(stream, "_data")]
        content = b"\n".join(unpacked(stream) for stream in streams)
        if len(content) > MAX_STREAM:
            raise StreamBomb("A page of the PDF unpacks to far more than a page needs.", SAVE_AGAIN)
        cost = self.cost(content, inherited(page, "/Resources"))
        self.size, self.drawn = self.size + cost.size, self.drawn + cost.drawn
        if cost.points > MAX_POINTS:
            raise StreamBomb("A page of the PDF draws pictures over pictures without end.", SAVE_AGAIN)

    def cost(self, content: bytes, resources: Any) -> _Cost:
        size, drawn, points = len(content), 0, 0
        objects = dictionary(resources, "/XObject")
        if objects:
            for found in _DRAWN.finditer(content):
                more = self.form(entry(objects, next(iter(_names(found[0])))), resources)
                size, drawn, points = size + more.size, drawn + more.drawn + 1, points + more.points
        return _Cost(min(size, 2 * MAX_TOTAL), min(drawn, 2 * MAX_DRAWN), min(points, 2 * MAX_POINTS))

    def form(self, form: Any, resources: Any) -> _Cost:
        if not hasattr(form, "_data"):
            return _Cost()
        if form.get("/Subtype") == "/Image":
            sides = [side for side in (entry(form, "/Width"), entry(form, "/Height")) if isinstance(side, int)]
            check_picture(*sides)
            return _Cost(points=math.prod(sides))
        key = identity(form)
        if key in self.within or len(self.within) > _MOST_NESTED:
            raise ObjectLoop("The PDF is damaged: a drawing in it draws itself.", SAVE_AGAIN)
        if key not in self.known:
            self.within.append(key)
            self.known[key] = self.cost(unpacked(form), dictionary(form, "/Resources") or resources)
            self.within.pop()
        return self.known[key]


def inherited(page: Any, key: str) -> Any:
    """An entry of a page, or of the nearest node above it that has one."""
    for _ in range(50):
        if key in page:
            return entry(page, key)
        page = dictionary(page, "/Parent")
    return None
