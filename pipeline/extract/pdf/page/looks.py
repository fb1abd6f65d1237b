"""How the text objects of a PDF's page look: size, weight, angle, colour, and what they are marked as."""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

_INVISIBLE_MODES = {3, 7}
_DEEPEST = 15  # forms within forms
_LIGHT = 0.88  # luminance of print that white paper may hide
_FAINT = 40  # of 255: opacity of print that hardly shows


class Look(NamedTuple):
    """What the characters of one text object have in common."""

    size: float  # in points
    bold: bool
    tag: int  # marked content id, or -1
    artifact: bool
    hidden: bool  # drawn invisibly, too small to see, or on a layer that is switched off
    angle: int  # in degrees, against the clock
    light: bool  # printed in white or nearly so


Forms = tuple[Any, ...]  # of PDFium's, from the inside to the outside


def forms_around(raw: Any, page: Any) -> dict[int, Forms]:
    """Where PDFium holds the text objects that a page draws within forms, with the forms around each."""
    found: dict[int, Forms] = {}
    count = raw.FPDFPage_CountObjects(page.raw)
    items: list[tuple[Any, Forms]] = [(raw.FPDFPage_GetObject(page.raw, n), ()) for n in range(count)]
    while items:
        item, around = items.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT and around:
            found[ctypes.cast(item, ctypes.c_void_p).value or 0] = around
        elif kind == raw.FPDF_PAGEOBJ_FORM and len(around) < _DEEPEST:
            inside = raw.FPDFFormObj_CountObjects(item)
            items += [(raw.FPDFFormObj_GetObject(item, n), (item, *around)) for n in range(inside)]
    return found


def look_of(raw: Any, address: int, text: int, index: int, hidden_layers: frozenset[str], around: Forms) -> Look:
    """How a text object of PDFium's looks.

    address, text  where PDFium holds the object, and the page's text
    index          of the object's first character
    hidden_layers  names of the layers that are switched off
    around         the forms in which it is drawn: what they are marked as, it is too
    """
    owner = ctypes.cast(ctypes.c_void_p(address), raw.FPDF_PAGEOBJECT)
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(owner, ctypes.byref(size))
    handle = ctypes.cast(ctypes.c_void_p(text), raw.FPDF_TEXTPAGE)
    # The object's own matrix knows nothing of the forms around it; its characters' does.
    raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix))
    scaled = size.value * math.hypot(matrix.c, matrix.d)
    font = raw.FPDFTextObj_GetFont(owner)
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, name, 256)
    lowered = name.value.decode("utf-8", "replace").lower()
    bold = raw.FPDFFont_GetWeight(font) >= 600 or any(w in lowered for w in ("bold", "black", "heavy", "semibold"))
    names = [_mark_name(raw, item, n) for item in (owner, *around) for n in range(raw.FPDFPageObj_CountMarks(item))]
    hidden = raw.FPDFTextObj_GetTextRenderMode(owner) in _INVISIBLE_MODES or 0 < scaled < 1
    if hidden_layers and not hidden:
        hidden = any(layer in hidden_layers for name, layer in names if name == "OC")
    artifact = any(name == "Artifact" for name, _ in names)
    # PDFium counts the angle clockwise.
    angle = -round(math.degrees(raw.FPDFText_GetCharAngle(handle, index))) % 360
    tags = [raw.FPDFPageObj_GetMarkedContentID(item) for item in (owner, *around)]
    tag = next((tag for tag in tags if tag != -1), -1)
    return Look(round(scaled, 2), bold, tag, artifact, hidden, angle, _is_light(raw, owner))


def _is_light(raw: Any, owner: Any) -> bool:
    """True for print in white or nearly so, or that lets nearly everything through."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(owner, red, green, blue, opacity)
    brightness = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255
    return brightness > _LIGHT or opacity.value < _FAINT


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
