"""Scanned pages as the layout code knows pages: glyphs, ruled lines; and the words that were read with doubt.

Recognition measures each line roughly and by itself, and knows no bold print, raised figures or bullets: these are
told from the page's picture, and sizes are evened out over the whole report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import OcrFailed
from pipeline.extract.ocr import ink as ocr_ink
from pipeline.extract.ocr.doubts import Doubts
from pipeline.extract.ocr.ink import Box
from pipeline.extract.ocr.marks import Mark, beginnings, mark_of, number, with_unread
from pipeline.extract.ocr.words import PrintedLine, Scan, Word, read_hocr
from pipeline.extract.pdf.page.glyphs import Page, Turned
from pipeline.extract.pdf.page.runs import Glyph, runs_of
from pipeline.extract.pdf.page.shapes import Rule

SURE = 80  # confidence below which a word is doubtful; measured, see docs/reading.md
_LEGIBLE = 50  # a page whose words are read with less on the average is not read at all
_USUAL_SIZE = 0.075  # by how much the size of the text is measured wrong at most
_SAME_SIZE = 0.03  # by how much two lines of one print differ at most when they are next to each other in size
_BEARING = 0.05  # paper on each side of a word that belongs to its letters, as a share of the size
_CAPITAL = 0.7  # height of a capital, as a share of the size of the print
_EM = 0.9  # size of the print as a share of a line's height, where there are no tall letters
_BOLD = 1.3  # strokes so many times as thick as the text's, for their size
_LARGER, _BOLD_IF_LARGER = 1.06, 1.15  # print that is also larger is a heading's, and grey print seems thin
_BULLET = "•"
_TALL = re.compile(r"[A-Z0-9bdfhkl]")
_SMALL = 0.93  # size of the print of notes at the most, as a share of the text's
_FOOTER = 0.9  # share of the page's height below which footers stand
_RAISED = 0.6  # size of a raised figure, as a share of its line's
_NO_WORD = 50  # confidence below which signs without letters are dirt
_OTHER_VERSION = "Use another version of OCRmyPDF (14 to 16) and Tesseract (5)."
_SCAN_AGAIN = "Scan it again at 300 dots an inch, or take in the original Word file."


@dataclass(slots=True)
class _Print:
    """A line with the size of its print in points and how thick its strokes are for that size.

    marks  for each word the raised figure at its end, if there is one
    """

    line: PrintedLine
    size: float
    weight: float
    bullet: Box | None
    words: list[Word]
    marks: list[Mark | None]
    bold: bool = False


@dataclass(slots=True)
class _Sheet:
    """A page while it is put together."""

    index: int
    scan: Scan
    rules: list[Box]
    lines: list[_Print]
    pictures: list[Box]


def take_recognised(pages: list[Page], folder: Path) -> Doubts:
    """Puts the pages that character recognition read in the place of those that show a scan.

    Returns what it is not sure of. Raises OcrFailed for pages that cannot be read.
    """
    sheets = []
    for index, scan, ink in _pictures(folder):
        lines = [_print(line, scan.dpi, ink) for line in scan.lines if _words(line)]
        rules = ocr_ink.rules(ink, scan.dpi)
        read = [*rules, *(line.line.box for line in lines), *(line.bullet for line in lines if line.bullet)]
        sheets.append(_Sheet(index, scan, rules, lines, ocr_ink.unread(ink, read, scan.dpi)))
    _refuse_illegible(sheets)
    lines = [line for sheet in sheets for line in sheet.lines]
    size, weight = _usual(lines, "size"), _usual(lines, "weight")
    for line, even in zip(lines, _even([line.size for line in lines], size), strict=True):
        line.size = even
    doubts = Doubts([sheet.index for sheet in sheets])
    expected = 1
    for sheet in sheets:
        expected = _number_marks(sheet, size, expected)
        for line in sheet.lines:
            line.bold = line.weight >= weight * (_BOLD if line.size < _LARGER * size else _BOLD_IF_LARGER)
        pages[sheet.index] = _page(sheet, doubts)
    return doubts


def _pictures(folder: Path) -> Iterator[tuple[int, Scan, Any]]:
    """Each page's number, words and dark pixels."""
    import pypdfium2 as pdfium

    numbers = sorted(int(path.stem) for path in folder.glob("*.hocr"))
    starts = sorted(int(path.stem) for path in folder.glob("*.pdf"))
    for start, following in zip(starts, [*starts[1:], 10**9], strict=True):
        document = pdfium.PdfDocument(folder / f"{start:04d}.pdf")
        try:
            for place, number in enumerate(n for n in numbers if start <= n < following):
                try:
                    scan = read_hocr((folder / f"{number:04d}.hocr").read_text("utf-8"))
                except (ValueError, KeyError, OSError):
                    raise OcrFailed("What character recognition left cannot be read.", _OTHER_VERSION) from None
                bitmap = document[place].render(scale=scan.dpi / 72, grayscale=True)
                ink = ocr_ink.ink_of(bitmap.to_numpy())
                if abs(ink.shape[0] - scan.height) > 3 or abs(ink.shape[1] - scan.width) > 3:
                    raise OcrFailed("What character recognition left does not fit together.", _OTHER_VERSION)
                yield number, scan, ink
                bitmap.close()
        finally:
            document.close()


def _words(line: PrintedLine) -> list[Word]:
    """The words of a line without dirt and table lines, which are read as signs."""
    return [w for w in line.words if any(c.isalnum() for c in w.text) or (w.confidence >= _NO_WORD and w.text != "|")]


def _print(line: PrintedLine, dpi: float, ink: Any) -> _Print:
    words = _words(line)
    height, slope = line.baseline
    tall = ocr_ink.tall(ink, line.box, height, slope) if _TALL.search(_text(words)) else 0.0
    pixels = tall / _CAPITAL or line.size * _EM
    bullet = _bullet(line, pixels, ink)
    if bullet is not None:
        words = [word for word in words if word.box.left >= bullet.right]
    elif words:
        words = with_unread(words, line, pixels, ink)
    marks = [mark_of(word, line, pixels, ink) for word in words]
    weight = ocr_ink.stroke(ink, line.box) / pixels
    return _Print(line, pixels / dpi * 72 if tall else 0.0, weight, bullet, words, marks)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _bullet(line: PrintedLine, size: float, ink: Any) -> Box | None:
    """The dot before the words of a line, whether it was read as a letter or not at all."""
    first = line.words[0]
    alone = len(first.text) <= 2 and len(line.words) > 1 and line.words[1].box.left - first.box.right > 0.25 * size
    left = first.box.left if alone else max(0, line.box.left - int(2.5 * size))
    right = first.box.right if alone else line.box.left
    base = round(line.base(left))
    strip = Box(left, max(0, round(base - size)), right, min(ink.shape[0], round(base + 0.3 * size)))
    if strip.right - strip.left < 2 or strip.bottom - strip.top < 2:
        return None
    dots = [box for box in ocr_ink.columns(ink, strip) if box.right - box.left > 0.06 * size]
    if len(dots) != 1:
        return None
    wide, high = dots[0].right - dots[0].left, dots[0].bottom - dots[0].top
    small = 0.12 * size < high < 0.45 * size and 0.5 < wide / high < 2
    # A raised figure is as high as a capital.
    midway = base - 0.6 * size < dots[0].top and dots[0].bottom < base - 0.05 * size
    return dots[0] if small and midway else None


def _refuse_illegible(sheets: Sequence[_Sheet]) -> None:
    """Raises OcrFailed naming the pages whose words are guesses."""
    bad = []
    for sheet in sheets:
        words = [word for line in sheet.lines for word in line.words]
        if words and sum(word.confidence for word in words) < _LEGIBLE * len(words):
            bad.append(str(sheet.index + 1))
    if bad:
        which = f"Page {bad[0]} is" if len(bad) == 1 else f"Pages {', '.join(bad)} are"
        raise OcrFailed(f"{which} too faint, too coarse or too askew to be read.", _SCAN_AGAIN)


def _usual(lines: Sequence[_Print], what: str) -> float:
    """The size or weight that half of the print has at most."""
    measured = sorted((getattr(line, what), len(_text(line.words))) for line in lines if line.size)
    half = sum(letters for _, letters in measured) / 2
    for value, letters in measured:
        half -= letters
        if half <= 0:
            return float(value)
    return 0.0


def _even(sizes: Sequence[float], usual: float) -> list[float]:
    """Sizes that differ as little as two measurements of one print do, made equal.

    A line that could not be measured, for want of tall letters, is as large as the one before it.
    """
    known = {size: usual for size in sizes if abs(size - usual) <= _USUAL_SIZE * usual}
    group: list[float] = []
    for size, following in pairwise([*sorted({*sizes} - {*known, 0.0}), float("inf")]):
        group.append(size)
        if following > size * (1 + _SAME_SIZE):
            known.update(dict.fromkeys(group, group[len(group) // 2]))
            group = []
    even: list[float] = []
    for size in sizes:
        even.append(round(2 * known[size]) / 2 if size else even[-1] if even else round(2 * usual) / 2)
    return even


def _page(sheet: _Sheet, doubts: Doubts) -> Page:
    scale = 72 / sheet.scan.dpi
    height = sheet.scan.height * scale
    page = Page(sheet.index, sheet.scan.width * scale, height, blank=not (sheet.lines or sheet.pictures))
    page.rules, page.pictures = (
        [Rule(b.left * scale, height - b.bottom * scale, b.right * scale, height - b.top * scale) for b in boxes]
        for boxes in (sheet.rules, sheet.pictures)
    )
    for line in sheet.lines:
        glyphs = list(_glyphs(line, sheet, doubts))
        if line.line.angle:
            page.turned.extend(Turned(glyph, line.line.angle) for glyph in glyphs)
        else:
            page.runs.extend(runs_of(glyphs))
    return page


def _glyphs(line: _Print, sheet: _Sheet, doubts: Doubts) -> Iterator[Glyph]:
    """The glyphs of a line, with a space after each word; every letter as wide as its word's others."""
    scale = 72 / sheet.scan.dpi
    paper = _BEARING * line.size / scale
    middle = (line.line.box.left + line.line.box.right) / 2
    base = (sheet.scan.height - line.line.base(middle)) * scale

    def glyph(char: str, left: float, right: float, y: float = base, size: float = line.size) -> Glyph:
        return Glyph(char, left * scale, right * scale, y, size, line.bold, -1, False, sheet.index)

    if line.bullet is not None:
        yield glyph(_BULLET, line.bullet.left, line.bullet.right)
        yield glyph(" ", line.bullet.right, line.bullet.right)
    for word, mark in zip(line.words, line.marks, strict=True):
        figure = mark.figure if mark is not None else ""
        text = word.text[: mark.before] if mark is not None and figure else word.text
        if word.confidence < SURE if mark is None or text else not figure:
            doubts.add(sheet.index, word.text)
        start = word.box.left - paper
        end = mark.boxes[0].left if mark is not None and figure else word.box.right + paper
        step = (end - start) / max(1, len(text))
        for at, char in enumerate(text):
            yield glyph(char, start + at * step, start + (at + 1) * step)
        if mark is not None and figure:
            wide = (mark.boxes[-1].right - end) / len(figure)
            y = (sheet.scan.height - mark.boxes[0].bottom) * scale
            for at, char in enumerate(figure):
                yield glyph(char, end + at * wide, end + (at + 1) * wide, y, _RAISED * line.size)
        yield glyph(" ", word.box.right + paper, word.box.right + paper)


def _number_marks(sheet: _Sheet, size: float, expected: int) -> int:
    """Tells the figures of a page's footnote marks by the notes at its foot. Returns the next page's first figure."""
    lines = sorted(sheet.lines, key=lambda line: line.line.box.top)
    foot = _foot(sheet, lines, size)
    notes = beginnings((line.words, line.marks) for line in lines[foot:])
    above = {id(line) for line in lines[:foot]}
    marks = [mark for line in sheet.lines if id(line) in above for mark in line.marks if mark is not None]
    return number(marks, notes, expected)


def _foot(sheet: _Sheet, lines: Sequence[_Print], size: float) -> int:
    """Where among a page's lines the notes begin: below a short rule at the left, or where the small print does."""
    width = sheet.scan.width
    short = [r for r in sheet.rules if r.bottom - r.top < r.right - r.left < 0.45 * width and r.left < 0.25 * width]
    below = max((rule.bottom for rule in short), default=None)
    if below is not None:
        return sum(line.line.box.top < below for line in lines)
    at = len(lines)
    while at and (lines[at - 1].size <= _SMALL * size or lines[at - 1].line.box.top > _FOOTER * sheet.scan.height):
        at -= 1
    return at
