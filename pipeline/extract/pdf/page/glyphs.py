"""What stands where on a PDF's pages: characters with place, size and tag, and what is drawn beside them.

PDFium gives this several times faster than pure Python and knows more fonts; pypdf knows the file's structure.
"""

from __future__ import annotations

import ctypes
import math
import time
from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pipeline.errors import TooLarge
from pipeline.extract.child import next_step
from pipeline.extract.pdf.page.calls import calls
from pipeline.extract.pdf.page.leftwards import Gaps, in_rows, runs_left
from pipeline.extract.pdf.page.looks import Forms, Look, forms_around, look_of
from pipeline.extract.pdf.page.runs import Glyph, Run, glyphs_of
from pipeline.extract.pdf.page.shapes import Rule, read_shapes
from pipeline.extract.pdf.safety.camera import BEYOND, KNOWN_HIDDEN, Sight
from pipeline.extract.pdf.safety.hidden import LargeWord, look_at
from pipeline.extract.sniff import SAVE_AGAIN

__all__ = ["MAX_GLYPHS_A_PAGE", "MAX_PAGES", "SECONDS", "Glyph", "Page", "Rule", "Turned", "read_pages"]

MAX_PAGES = 800
MAX_GLYPHS_A_PAGE = 120_000
SECONDS = 90.0
SECONDS_A_PAGE = 8.0  # of processor time; a page of a report takes a fiftieth of one

_LEFTWARDS = 0x58F  # writing that runs from right to left comes after it
_HYPHEN_GAP = 0.18  # in sizes of the print: no space between words is so narrow
_SPACE, _LINE_FEED, _RETURN = 32, 10, 13
_HYPHENS = {0x02, 0x2D, 0xAD, 0x2010, 0x2011}


class Turned(NamedTuple):
    """A glyph at an angle to the rest of its page, in degrees; x runs along its own line."""

    glyph: Glyph
    angle: int


@dataclass(slots=True)
class Page:
    """One page, its lower left corner at (0, 0), turned so that most of its text runs from left to right.

    scanned  the page is a picture of text; what a scanner's software guessed beneath it is not in `runs`
    blank    it shows nothing
    unseen   how many words it holds and does not show, but for those in large print, which a watermark may be
    outside  the text beyond the page's edge
    """

    index: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Rule] = field(default_factory=list)  # where pictures stand
    dots: list[Rule] = field(default_factory=list)  # small drawings, as bullets are
    hidden: int = 0  # glyphs that are not shown
    turned: list[Turned] = field(default_factory=list)  # what runs at an angle to the rest
    scanned: bool = False
    blank: bool = False
    unseen: int = 0
    unseen_large: frozenset[LargeWord] = frozenset()
    shown_large: frozenset[LargeWord] = frozenset()
    outside: str = ""

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Each character of the runs; made anew at each call, because a long report has a million."""
        return tuple(glyphs_of(self.runs))


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
            next_step(SECONDS_A_PAGE)
            page = document[index]
            try:
                pages.append(_read_page(page, index, hidden_layers))
            finally:
                page.close()
        return pages
    finally:
        next_step(0)
        document.close()


def _read_page(page: Any, index: int, hidden_layers: frozenset[str]) -> Page:
    import pypdfium2.raw as raw

    page.set_rotation(0)  # characters are told in the page's own directions
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
    area = box.left, box.bottom, box.right, box.top
    result = Page(index, box.right - box.left, box.top - box.bottom)
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MAX_GLYPHS_A_PAGE:
            raise TooLarge("A page of the PDF holds far more text than a page can show.", SAVE_AGAIN)
        reader = _TextReader(raw, ctypes.cast(text.raw, ctypes.c_void_p).value or 0, index, hidden_layers, area)
        reader.forms = forms_around(raw, page)
        reader.read(count)
        result.rules, result.dots, result.pictures = read_shapes(raw, page)
        seen = look_at(raw, page, text, area, reader.sight, result.pictures)
    finally:
        text.close()
    result.hidden, result.outside = reader.sight.hidden, "".join(reader.sight.outside)
    result.scanned, result.blank, result.unseen, result.unseen_large, result.shown_large = seen
    shown = [] if result.scanned else in_rows(reader.runs)
    angles: Counter[int] = Counter()
    for run, angle in shown:
        angles[angle] += len(run.text)
    main = angles.most_common(1)[0][0] if angles else 0
    result.turned = [Turned(g, (a - main) % 360) for run, a in shown if a != main for g in run.glyphs()]
    result.runs = [run for run, angle in shown if angle == main]
    _to_origin(result, box.left, box.bottom, main)
    return result


class _TextReader:
    """Reads the characters of one page into runs. What is invisible, switched off or off the page is only counted."""

    def __init__(
        self, raw: Any, text: int, page: int, hidden_layers: frozenset[str], area: tuple[float, float, float, float]
    ) -> None:
        self._raw, self._text, self._page, self._layers, self._area = raw, text, page, hidden_layers, area
        self.runs: list[tuple[Run, int]] = []
        self.sight = Sight()
        self.forms: dict[int, Forms] = {}  # text objects -> the forms around them
        self._chars: list[str] = []
        self._lefts: list[float] = []
        self._rights: list[float] = []

    def read(self, count: int) -> None:
        """All characters. One loop without calls of its own: it runs a hundred thousand times for a report."""
        unicode, owner_of, is_generated, is_hyphen, get_box, get_origin = calls(self._raw)
        text, chars, lefts, rights = self._text, self._chars, self._lefts, self._rights
        sight, boxes = self.sight, self.sight.boxes
        edges, x, y = (ctypes.c_float * 4)(), ctypes.c_double(), ctypes.c_double()
        at_edges, at_x, at_y = ctypes.addressof(edges), ctypes.addressof(x), ctypes.addressof(y)
        least_x, least_y, most_x, most_y = self._area[0] - 1, self._area[1] - 1, self._area[2] + 1, self._area[3] + 1
        looks: dict[int, Look] = {}
        last_owner, look, word, begun = -1, Look(0, False, -1, False, False, 0, False), 0, -1
        open_look, open_base = look, math.nan
        gaps = Gaps()
        for i in range(count):
            code = unicode(text, i)
            if code == _SPACE and ((sure := is_generated(text, i) == 1) or not owner_of(text, i)):
                # A space that no glyph stands for: PDFium knows kerning well enough to see it.
                word += 1
                self._space(gaps, open_look, open_base)
                if chars and not runs_left(chars[-1]) and (sure or not gaps.seen):
                    chars.append(" ")
                    lefts.append(rights[-1])
                    rights.append(rights[-1])
                continue
            if code in (_LINE_FEED, _RETURN):
                word += 1
                self._close_up(look.size)
                self._space(gaps, open_look, open_base)
                gaps = Gaps()
                continue
            owner = owner_of(text, i) or 0
            if owner != last_owner:
                known = looks.get(owner)
                if known is None:
                    known = looks[owner] = look_of(self._raw, owner, text, i, self._layers, self.forms.get(owner, ()))
                    sight.owners[owner] = known.light
                last_owner, look = owner, known
            # PDFium gives 2 for a hyphen that ends a line.
            char = chr(code) if code else "\ufffd"
            if code in _HYPHENS and (code == 2 or is_hyphen(text, i) == 1):
                char = "-"
            get_box(text, i, at_edges)
            get_origin(text, i, at_x, at_y)
            left, top, right, bottom = edges
            base, pen = y.value, x.value
            letter = char.isalnum()
            if not letter and char.isspace():
                word += 1
            kind = KNOWN_HIDDEN if look.hidden else look.light
            if least_x <= pen <= most_x and least_y <= base <= most_y:
                begun = word
            elif word == begun:  # a long word or address that runs over the edge
                kind = kind or BEYOND
            else:
                sight.hidden += not char.isspace()
                sight.outside.append(char)
                continue
            if letter:
                boxes.extend((left, bottom, right, top, word, kind, code))
            if look.hidden:
                sight.hidden += not char.isspace()
                continue
            if not letter and "\u2580" <= char <= "\u25ae":
                sight.blots.add(owner)
            if look.angle == 0:
                pass
            elif look.angle == 90:
                left, right, base = min(bottom, top), max(bottom, top), -pen
            elif look.angle == 270:
                left, right, base = -max(bottom, top), -min(bottom, top), pen
            elif look.angle == 180:
                left, right, base = -right, -left, -base
            if base != open_base or not lefts or left < lefts[-1] or (look is not open_look and look != open_look):
                self._end(open_look, open_base)
                open_look, open_base = look, base
            chars.append(char)
            lefts.append(left)
            rights.append(right)
            if code == 2:
                self._close_up(look.size)
            if code > _LEFTWARDS and runs_left(char):
                gaps.letter(left, right)
        self._space(gaps, open_look, open_base)
        self._end(open_look, open_base)

    def _close_up(self, size: float) -> None:
        """Puts the hyphen at which a line ends next to its word, where PDFium took the gap between for a space."""
        chars, lefts, rights = self._chars, self._lefts, self._rights
        if len(chars) < 2 or chars[-1] not in "-\u2010\u00ad":
            return
        spaced = chars[-2] == " " and lefts[-2] == rights[-2]
        before = -3 if spaced else -2
        if len(chars) + before >= 0 and 0 < lefts[-1] - rights[before] < _HYPHEN_GAP * size:
            rights[before] = lefts[-1]
            if spaced:
                del chars[-2], lefts[-2], rights[-2]

    def _space(self, gaps: Gaps, look: Look, y: float) -> None:
        """Puts a space between the last two words where they run leftwards."""
        place = gaps.end_word(look.size)
        if place is not None:
            self._end(look, y)
            self._chars.append(" ")
            self._lefts.append(place)
            self._rights.append(place)
            self._end(look, y)

    def _end(self, look: Look, y: float) -> None:
        """Ends the run that is open, if one is."""
        if not self._chars:
            return
        run = Run(
            "".join(self._chars), array("f", self._lefts), array("f", self._rights), y,
            look.size, look.bold, look.tag, look.artifact, self._page,
        )  # fmt: skip
        self.runs.append((run, look.angle))
        self._chars.clear()
        self._lefts.clear()
        self._rights.clear()


def _to_origin(page: Page, left: float, bottom: float, angle: int) -> None:
    """Move the page's corner to (0, 0), and turn a page whose text runs sideways upright."""
    width, height = page.width, page.height
    dx, dy = {
        0: (-left, -bottom), 90: (-bottom, left + width), 180: (left + width, bottom + height),
        270: (bottom + height, -left),
    }.get(angle, (-left, -bottom))  # fmt: skip
    if angle in {90, 270}:
        page.width, page.height = height, width
    if dx or dy:
        page.runs = [_shifted(run, dx, dy) for run in page.runs]
    for shapes in (page.rules, page.dots, page.pictures):
        shapes[:] = [_moved(_upright(shape, angle), dx, dy) for shape in shapes]


def _shifted(run: Run, dx: float, dy: float) -> Run:
    lefts, rights = (array("f", [x + dx for x in edges]) for edges in (run.lefts, run.rights))
    return replace(run, lefts=lefts, rights=rights, y=run.y + dy)


def _upright(r: Rule, angle: int) -> Rule:
    if angle == 90:
        return Rule(r.y0, -r.x1, r.y1, -r.x0)
    if angle == 180:
        return Rule(-r.x1, -r.y1, -r.x0, -r.y0)
    return Rule(-r.y1, r.x0, -r.y0, r.x1) if angle == 270 else r


def _moved(r: Rule, dx: float, dy: float) -> Rule:
    return Rule(r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy)
