"""What stands where on a PDF's pages: glyphs with place, size and tag, and the ruled lines that make tables.

PDFium gives this several times faster than pure Python and knows more fonts; pypdf knows the file's structure.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.errors import TooLarge
from pipeline.extract.pdf_shapes import Rule, read_shapes
from pipeline.extract.sniff import SAVE_AGAIN

MAX_PAGES = 800
MAX_GLYPHS_A_PAGE = 120_000
SECONDS = 90.0

_INVISIBLE_MODES = {3, 7}


class Glyph(NamedTuple):
    """One character; x grows to the right and y upwards, in points; y is the baseline."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    tag: int  # marked content id, or -1
    artifact: bool
    page: int  # from 0


class Turned(NamedTuple):
    """A glyph at an angle to the rest of its page, in degrees; x runs along its own line."""

    glyph: Glyph
    angle: int


@dataclass(slots=True)
class Page:
    index: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Rule] = field(default_factory=list)  # where pictures stand
    dots: list[Rule] = field(default_factory=list)  # small drawings, as bullets are
    hidden: int = 0  # glyphs that are not shown
    turned: list[Turned] = field(default_factory=list)  # what runs at an angle to the rest


class _Look(NamedTuple):
    size: float
    bold: bool
    tag: int
    artifact: bool
    hidden: bool


def read_pages(data: bytes, hidden_layers: frozenset[str]) -> list[Page]:
    """All pages in order. Raises TooLarge; pypdfium2.PdfiumError for a file that PDFium cannot open."""
    import pypdfium2 as pdfium

    until = time.monotonic() + SECONDS
    document = pdfium.PdfDocument(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"The PDF has more than {MAX_PAGES} pages.", "Take in the report without its annexes.")
        pages = []
        for index in range(len(document)):
            if time.monotonic() > until:
                raise TooLarge("Reading the PDF takes far longer than a report needs.", SAVE_AGAIN)
            page = document[index]
            try:
                pages.append(_read_page(page, index, hidden_layers))
            finally:
                page.close()
        return pages
    finally:
        document.close()


def _read_page(page: Any, index: int, hidden_layers: frozenset[str]) -> Page:
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_cropbox()
    result = Page(index, right - left, top - bottom)
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MAX_GLYPHS_A_PAGE:
            raise TooLarge("A page of the PDF holds far more text than a page can show.", SAVE_AGAIN)
        shown = list(_characters(raw, text, count, index, hidden_layers, result, (left, bottom, right, top)))
    finally:
        text.close()
    angle = Counter(a for _, a in shown).most_common(1)[0][0] if shown else 0
    upright = [g for g, a in shown if a == angle]
    result.turned = [Turned(g, (a - angle) % 360) for g, a in shown if a != angle]
    result.rules, result.dots, result.pictures = read_shapes(raw, page)
    result.glyphs = upright
    _to_origin(result, left, bottom, angle)
    return result


def _characters(
    raw: Any,
    text: Any,
    count: int,
    page: int,
    hidden_layers: frozenset[str],
    result: Page,
    area: tuple[float, float, float, float],
) -> Iterable[tuple[Glyph, int]]:
    """Each shown character with its angle in degrees; what is invisible, switched off or off the page is counted."""
    left, bottom, right, top = area
    looks: dict[int, _Look] = {}
    last: tuple[Glyph, int] | None = None
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if raw.FPDFText_IsGenerated(text, i) == 1:
            # A space that no glyph stands for: PDFium knows kerning well enough to see it.
            if code == 32 and last is not None:
                yield last[0]._replace(char=" ", x0=last[0].x1), last[1]
            continue
        if code in {10, 13}:
            continue
        owner = raw.FPDFText_GetTextObject(text, i)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if key not in looks:
            looks[key] = _look(raw, owner, hidden_layers)
        # PDFium gives 2 for a hyphen that ends a line.
        is_hyphen = code == 2 or raw.FPDFText_IsHyphen(text, i) == 1
        char = "-" if is_hyphen else chr(code) if code else "\ufffd"
        x, y, extent = _place(raw, text, i)
        if looks[key].hidden or not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1):
            result.hidden += not char.isspace()
            continue
        # PDFium counts the angle clockwise.
        angle = -round(math.degrees(raw.FPDFText_GetCharAngle(text, i))) % 360
        last = _glyph(char, (x, y), extent, angle, looks[key], page), angle
        yield last


def _place(raw: Any, text: Any, index: int) -> tuple[float, float, Any]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value, box


def _glyph(char: str, origin: tuple[float, float], box: Any, angle: int, look: _Look, page: int) -> Glyph:
    """A glyph; where the text runs up or down the page it is turned: x along the line, y across it."""
    x0, x1, y = box.left, box.right, origin[1]
    low, high = sorted((box.bottom, box.top))
    if angle == 90:
        x0, x1, y = low, high, -origin[0]
    elif angle == 270:
        x0, x1, y = -high, -low, origin[0]
    return Glyph(char, x0, x1, y, look.size, look.bold, look.tag, look.artifact, page)


def _look(raw: Any, owner: Any, hidden_layers: frozenset[str]) -> _Look:
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(owner, ctypes.byref(size))
    raw.FPDFPageObj_GetMatrix(owner, ctypes.byref(matrix))
    scaled = size.value * math.hypot(matrix.c, matrix.d)
    font = raw.FPDFTextObj_GetFont(owner)
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, name, 256)
    lowered = name.value.decode("utf-8", "replace").lower()
    bold = raw.FPDFFont_GetWeight(font) >= 600 or any(w in lowered for w in ("bold", "black", "heavy", "semibold"))
    names = [_mark_name(raw, owner, n) for n in range(raw.FPDFPageObj_CountMarks(owner))]
    hidden = raw.FPDFTextObj_GetTextRenderMode(owner) in _INVISIBLE_MODES or 0 < scaled < 1
    if hidden_layers and not hidden:
        hidden = any(layer in hidden_layers for name, layer in names if name == "OC")
    artifact = any(name == "Artifact" for name, _ in names)
    return _Look(round(scaled, 2), bold, raw.FPDFPageObj_GetMarkedContentID(owner), artifact, hidden)


def _mark_name(raw: Any, owner: Any, index: int) -> tuple[str, str]:
    """(name of a content mark, name of the layer that it belongs to)."""
    mark = raw.FPDFPageObj_GetMark(owner, index)
    return (
        _wide(lambda b, n, out: raw.FPDFPageObjMark_GetName(mark, b, n, out)),
        _wide(lambda b, n, out: raw.FPDFPageObjMark_GetParamStringValue(mark, b"Name", b, n, out)),
    )


def _wide(call: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 128)()
    if not call(buffer, 256, ctypes.byref(size)):
        return ""
    return bytes(buffer)[: max(0, min(size.value, 256) - 2)].decode("utf-16-le", "replace")


def _to_origin(page: Page, left: float, bottom: float, angle: int) -> None:
    """Move the crop box's corner to (0, 0), and turn a page whose text runs sideways upright."""
    width, height = page.width, page.height
    dx, dy = {
        0: (-left, -bottom), 90: (-bottom, left + width), 180: (left + width, bottom + height),
        270: (bottom + height, -left),
    }.get(angle, (-left, -bottom))  # fmt: skip
    if angle in {90, 270}:
        page.width, page.height = height, width
    if angle == 180:
        page.glyphs = [g._replace(x0=-g.x1, x1=-g.x0, y=-g.y) for g in page.glyphs]
    page.glyphs = [g._replace(x0=g.x0 + dx, x1=g.x1 + dx, y=g.y + dy) for g in page.glyphs]
    for shapes in (page.rules, page.dots, page.pictures):
        shapes[:] = [_moved(_upright(shape, angle), dx, dy) for shape in shapes]


def _upright(r: Rule, angle: int) -> Rule:
    if angle == 90:
        return Rule(r.y0, -r.x1, r.y1, -r.x0)
    if angle == 180:
        return Rule(-r.x1, -r.y1, -r.x0, -r.y0)
    return Rule(-r.y1, r.x0, -r.y0, r.x1) if angle == 270 else r


def _moved(r: Rule, dx: float, dy: float) -> Rule:
    return Rule(r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy)
