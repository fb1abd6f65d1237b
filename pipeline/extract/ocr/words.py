"""What character recognition left for a page: its lines of words, each with place and confidence (hOCR)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pipeline.extract.ocr.ink import Box

_LINES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read, and how sure that is, from 0 to 100."""

    text: str
    box: Box
    confidence: int


@dataclass(slots=True)
class PrintedLine:
    """A line: `baseline` is its height at the left edge and its slope; `size` from the tallest letter to the deepest
    in pixels; `angle` in degrees where it does not run from left to right."""

    box: Box
    baseline: tuple[float, float]
    size: float
    angle: int
    words: list[Word] = field(default_factory=list)

    def base(self, x: float) -> float:
        """The baseline's height at a place, in pixels from the top of the page."""
        height, slope = self.baseline
        return height + slope * (x - self.box.left)


@dataclass(slots=True)
class Scan:
    """A page's size in pixels, how many of them make an inch, and its lines in the order in which they are read."""

    width: int
    height: int
    dpi: float
    lines: list[PrintedLine] = field(default_factory=list)


def read_hocr(text: str) -> Scan:
    """Raises ValueError where it is not what Tesseract writes."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.scan is None:
        raise ValueError("no page")
    reader.scan.lines = [line for line in reader.scan.lines if line.words]
    return reader.scan


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scan: Scan | None = None
        self._word: tuple[Box, int] | None = None
        self._text: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind, title = given.get("class") or "", _properties(given.get("title") or "")
        if kind == "ocr_page":
            _, _, width, height = _box(title)
            self.scan = Scan(width, height, float(title["scan_res"].split()[0]))
        elif kind in _LINES and self.scan is not None:
            self.scan.lines.append(_line(title))
        elif kind == "ocrx_word":
            self._word, self._text, self._depth = (_box(title), int(float(title["x_wconf"]))), [], 0
        if self._word is not None and tag == "span":
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._word is None or tag != "span":
            return
        self._depth -= 1
        if self._depth:
            return
        text, (box, confidence) = "".join(self._text).strip(), self._word
        self._word = None
        if text and self.scan is not None and self.scan.lines:
            self.scan.lines[-1].words.append(Word(text, box, confidence))

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._text.append(data)


def _line(title: Mapping[str, str]) -> PrintedLine:
    box = _box(title)
    slope, offset = (float(value) for value in title.get("baseline", "0 0").split())
    angle = round(float(title.get("textangle", "0"))) % 360
    size = float(title.get("x_size", str(box.bottom - box.top)))
    return PrintedLine(box, (box.bottom + offset, slope), size, angle)


def _box(title: Mapping[str, str]) -> Box:
    left, top, right, bottom = (int(value) for value in title["bbox"].split())
    return Box(left, top, right, bottom)


def _properties(title: str) -> dict[str, str]:
    """hOCR's properties: names and values between semicolons, an image's name in quotes."""
    parts = (part.strip() for part in re.sub(r'"[^"]*"', "", title).split(";"))
    return {name: value for name, _, value in (part.partition(" ") for part in parts) if name}
