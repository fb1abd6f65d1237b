"""What is drawn on a Word page: pictures with their alternative text, text boxes, word art, black bars.

A picture itself is never carried over. Both ways of drawing are known: DrawingML, and the VML of older documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.extract.word.colours import Theme, is_dark, theme_colour
from pipeline.extract.word.xml import MC, A, O, V, W, shown_branch, whole_number

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_SHAPES = {_WPS + "wsp", *(V + n for n in ("shape", "rect", "roundrect", "oval", "polyline"))}
# What stands for a picture, a diagram or a chart; its words, if it has any, are in a part of their own.
_PICTURES = {"pic", "chart", "relIds", "imagedata", "contentPart", "model3d", "OLEObject", "control", "movie"}
_MADE_BY_WORD = re.compile(
    r"\s*(?:description automatically generated[^.]*|ai-generated content may be incorrect)\.?", re.IGNORECASE
)
_EMU = 12700  # a point
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0, "": 1.0}
_VML_COLOURS = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "navy": "000080",
                "gray": "808080", "silver": "C0C0C0", "yellow": "FFFF00"}  # fmt: skip
_BAR = ((6, 60), (8, 500))  # least and most height and width, in points, of a bar drawn over words
_BACKDROP = 4e12 / _EMU**2  # square points: a twentieth of a page; a logo is smaller
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its w:txbxContent, and its background in six digits, "" for none, "?" for a picture or a shade."""

    content: Any
    fill: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """picture   something to look at, with its alternative text `alt`; `decoration` where it says nothing
    words     word art, as printed; `watermark` where it lies under the text of every page
    bar       a dark shape, or a white one without an edge, as large as a line, without words, in front of the text
    backdrop  large and filled: white words may stand on it
    """

    boxes: tuple[Box, ...] = ()
    picture: bool = False
    decoration: bool = False
    alt: str = ""
    words: tuple[str, ...] = ()
    hidden: bool = False
    watermark: bool = False
    bar: bool = False
    backdrop: bool = False


def read_drawing(element: Any, theme: Theme) -> Drawing:
    """From a w:drawing, w:pict, w:object or w:contentPart."""
    parts = list(_parts(element))
    boxes = tuple(_boxes(parts, theme))
    frame = next((p for p in parts if p.tag in {_WP + "inline", _WP + "anchor"}), None)
    properties = None if frame is None else frame.find(_WP + "docPr")
    shape = next((p for p in parts if p.tag in _SHAPES or p.tag == V + "group"), None)
    is_picture = _is_contents(element) or any(_local(p) in _PICTURES for p in parts)
    alt, names = _described(properties, shape)
    words = tuple(p.get("string", "") for p in parts if p.tag == V + "textpath" and p.get("string", "").strip())
    decorative = any(_local(p) == "decorative" and p.get("val", "1") in {"1", "true"} for p in parts)
    rule = any(p.get(O + "hr") for p in parts)
    meant = (is_picture or bool(alt and not boxes and not words)) and not decorative
    return Drawing(
        boxes=boxes,
        picture=meant,
        decoration=not (meant or boxes or words or rule),
        alt=alt,
        words=words,
        hidden=_is_hidden(properties, shape),
        watermark="watermark" in names.lower(),
        bar=not (is_picture or boxes or words or decorative) and _is_bar(frame, parts, theme),
        backdrop=_is_backdrop(frame, parts, is_picture, theme),
    )


def _parts(element: Any) -> Iterator[Any]:
    """Everything that is drawn in an element, in order; not what is in its text boxes, which are read as text."""
    for child in shown_branch(element) if element.tag == MC + "AlternateContent" else element:
        if not isinstance(child.tag, str):
            continue
        if child.tag != MC + "AlternateContent":
            yield child
        if child.tag != W + "txbxContent":
            yield from _parts(child)


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _is_contents(element: Any) -> bool:
    return _local(element) == "contentPart"


def _boxes(parts: Sequence[Any], theme: Theme) -> Iterator[Box]:
    shapes = [part for part in parts if part.tag in _SHAPES]
    for part in parts:
        if part.tag != W + "txbxContent":
            continue
        shape = next((p for p in part.iterancestors() if p.tag in _SHAPES), None)
        fill = UNKNOWN if shape is None else _fill(shape, theme)
        others = [_fill(other, theme) for other in shapes if other is not shape] if not fill else []
        # An empty box that is drawn together with a filled shape stands on that, as on Word's own cover pages.
        yield Box(part, UNKNOWN if any(map(_is_ground, others)) else fill)


def _is_ground(fill: str) -> bool:
    return fill == UNKNOWN or (len(fill) == 6 and is_dark(fill))


def _described(properties: Any, shape: Any) -> tuple[str, str]:
    """Alternative text, and what the program itself calls the drawing."""
    if properties is not None:
        alt = properties.get("descr", "") or properties.get("title", "")
        return _MADE_BY_WORD.sub("", alt).strip(), str(properties.get("name", ""))
    if shape is None:
        return "", ""
    alt = shape.get("alt", "") or shape.get("title", "")
    return _MADE_BY_WORD.sub("", alt).strip(), f"{shape.get('id', '')} {shape.get(O + 'spid', '')}"


def _is_hidden(properties: Any, shape: Any) -> bool:
    if properties is not None:
        return properties.get("hidden", "0") in {"1", "true"}
    return shape is not None and "hidden" in _style(shape).get("visibility", "")


def _style(shape: Any) -> dict[str, str]:
    pairs = (entry.partition(":") for entry in str(shape.get("style", "")).split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}


def _fill(shape: Any, theme: Theme) -> str:
    """The background of a shape: digits, "" for none, "?" where it is a picture, a shade or the style's own."""
    if shape.tag == _WPS + "wsp":
        return _drawn_fill(shape, theme)
    if str(shape.get("filled", "t")).lower() in {"f", "false", "0"}:
        return ""
    kind = next((p.get("type", "solid") for p in shape.iter(V + "fill")), "solid")
    said = str(shape.get("fillcolor", "white")).split(" ")[0].lower()
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", said)
    digits = "".join(c * 2 for c in short.groups()) if short else said.lstrip("#")
    return UNKNOWN if kind != "solid" else _VML_COLOURS.get(said) or _digits(digits)


def _digits(text: str) -> str:
    return text.upper() if re.fullmatch(r"[0-9a-fA-F]{6}", text) else UNKNOWN


def _drawn_fill(shape: Any, theme: Theme) -> str:
    properties = shape.find(_WPS + "spPr")
    for child in () if properties is None else properties:
        if child.tag == A + "noFill":
            return ""
        if child.tag == A + "solidFill":
            return next((_drawn_colour(colour, theme) for colour in child), UNKNOWN)
        if child.tag in {A + "gradFill", A + "blipFill", A + "pattFill", A + "grpFill"}:
            return UNKNOWN
    reference = next(shape.iter(A + "fillRef"), None)
    if reference is None or reference.get("idx", "0") == "0":
        return ""
    return next((_drawn_colour(colour, theme) for colour in reference), UNKNOWN)


def _drawn_colour(colour: Any, theme: Theme) -> str:
    if any(_local(change) == "alpha" for change in colour):
        return UNKNOWN
    if len(colour):  # made lighter or darker
        return UNKNOWN
    if colour.tag == A + "srgbClr":
        return _digits(str(colour.get("val", "")))
    if colour.tag == A + "schemeClr":
        return theme_colour(str(colour.get("val", "")), theme) or UNKNOWN
    return _digits(str(colour.get("lastClr", "")))


def _size(frame: Any, parts: Iterable[Any]) -> tuple[float, float]:
    """Height and width in points; 0 where they are not said."""
    if frame is not None:
        extent = frame.find(_WP + "extent")
        if extent is None:
            return 0, 0
        return whole_number(extent.get("cy")) / _EMU, whole_number(extent.get("cx")) / _EMU
    shape = next((p for p in parts if p.tag in _SHAPES), None)
    style = {} if shape is None else _style(shape)
    return _points(style.get("height", "")), _points(style.get("width", ""))


def _points(measure: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", measure)
    return float(found[1]) * _POINTS.get(found[2], 0) if found else 0


def _floats_in_front(frame: Any, parts: Iterable[Any]) -> bool:
    if frame is not None:
        return bool(
            frame.tag == _WP + "anchor"
            and frame.get("behindDoc", "0") not in {"1", "true"}
            and frame.find(_WP + "wrapNone") is not None
        )
    style = next((_style(p) for p in parts if p.tag in _SHAPES), {})
    return style.get("position") == "absolute" and not style.get("z-index", "1").startswith("-")


def _is_bar(frame: Any, parts: list[Any], theme: Theme) -> bool:
    fills = [_fill(p, theme) for p in parts if p.tag in _SHAPES]
    if not fills or not _floats_in_front(frame, parts):
        return False
    height, width = _size(frame, parts)
    (low, high), (narrow, wide) = _BAR
    if not (low <= height <= high and narrow <= width <= wide):
        return False
    # A white one without an edge has no purpose but to hide; one in a bright colour may be an ornament.
    white = set(fills) == {"FFFFFF"} and not any(map(_has_edge, (p for p in parts if p.tag in _SHAPES)))
    return white or all(len(fill) == 6 and is_dark(fill) for fill in fills)


def _has_edge(shape: Any) -> bool:
    if shape.tag != _WPS + "wsp":
        return str(shape.get("stroked", "t")).lower() not in {"f", "false", "0"}
    properties = shape.find(_WPS + "spPr")
    line = None if properties is None else properties.find(A + "ln")
    if line is not None:
        return line.find(A + "noFill") is None
    reference = next(shape.iter(A + "lnRef"), None)
    return reference is not None and reference.get("idx", "0") != "0"


def _is_backdrop(frame: Any, parts: list[Any], is_picture: bool, theme: Theme) -> bool:
    if frame is not None and frame.tag != _WP + "anchor":
        return False
    fills = [_fill(p, theme) for p in parts if p.tag in _SHAPES]
    filled = is_picture or any(map(_is_ground, fills))
    height, width = _size(frame, parts)
    return filled and height * width >= _BACKDROP
