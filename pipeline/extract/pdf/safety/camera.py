"""Prints a PDF's page into memory with and without its text, and tells which letters made a difference."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

FAINT = 12  # of 255: a smaller change of a pixel is not seen
KNOWN_HIDDEN, BEYOND = 2.0, 3.0  # what is known of a letter; BEYOND the edge that its word runs over
_SIGN = 32  # points: the largest sign of a comment
_MOST_PIXELS = 4_000_000
_DEEPEST = 15
_GREY, _FULL = 128, 64  # the paper on which text is printed alone; what differs so much from it is full ink
_LEAST_CLEAR = 0.35  # share of a letter's ink: with less in the clear it cannot be read
_MOST_OF_A_WORD = 0.6
LARGE = 28  # points: larger letters are a watermark's, over which tables and boxes may lie
_CLOSE = 2.5  # points are this many pixels where dark print on a dark ground is looked at closely
_DARK = 0.1  # relative luminance (WCAG 2.2), as for Word
_DARK_ON_DARK = 2.3  # contrast below which dark print on a dark ground is not seen
_FORM, _TEXT = 5, 1  # PDFium's numbers for what a page draws

Area = tuple[float, float, float, float]


@dataclass(slots=True)
class Sight:
    """What reading the text of a page notes down for looking at the page.

    boxes  for each letter and digit on the page seven numbers: left, bottom, right and top in points, the number of
           its word, what is known of it (0, 1 for print in white or nearly so, KNOWN_HIDDEN, BEYOND), its code point
    """

    owners: dict[int, bool] = field(default_factory=dict)  # text objects -> printed in white or nearly so
    boxes: array[float] = field(default_factory=lambda: array("f"))
    blots: set[int] = field(default_factory=set)  # text objects with characters that are boxes
    hidden: int = 0  # glyphs that are invisible, switched off or off the page
    outside: list[str] = field(default_factory=list)


class Camera:
    """Prints a page into memory, with and without some of its text."""

    def __init__(self, raw: Any, page: Any, text: Any, area: Area) -> None:
        self._raw, self._page, self._text = raw, page, text
        self._left, self._top = area[0], area[3]
        wide, high = max(1.0, area[2] - area[0]), max(1.0, area[3] - area[1])
        self._most = math.sqrt(_MOST_PIXELS / (wide * high))
        self._scale = min(1.0, self._most)
        self._put_notes_away()

    def _put_notes_away(self) -> None:
        """Takes the small signs of comments off the page: they stand wherever the comment was made, also on words."""
        raw, box = self._raw, self._raw.FS_RECTF()
        for index in range(raw.FPDFPage_GetAnnotCount(self._page.raw)):
            note = raw.FPDFPage_GetAnnot(self._page.raw, index)
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_TEXT:
                raw.FPDFAnnot_GetRect(note, ctypes.byref(box))
                if max(box.right - box.left, box.top - box.bottom) <= _SIGN:
                    raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_HIDDEN)
            raw.FPDFPage_CloseAnnot(note)

    def shown(self, boxes: Any, sight: Sight, *, grey: bool) -> tuple[Any, Any]:
        """For each letter's box whether the letter is seen; and the page without its text.

        In colour, dark letters on a dark ground are looked at once more from close by.
        """
        plain, seen, ground = self._seen(boxes, sight, grey=grey)
        if not grey and bool((plain & ~seen).any()):
            self._scale, far = min(_CLOSE, self._most), self._scale
            seen |= plain & self._seen(boxes, sight, grey=False)[1]
            self._scale = far
        return seen, ground

    def _seen(self, boxes: Any, sight: Sight, *, grey: bool) -> tuple[Any, Any, Any]:
        """From the distance that is set: which letters make a difference, which an eye sees, and the bare page.

        Text that consists of boxes stays, so that it hides what is beneath it. White print is looked at by itself:
        black print in the same place would pass for it.
        """
        blots = {owner for owner in sight.blots if self._is_blot(owner)}
        light = [owner for owner, is_light in sight.owners.items() if is_light]
        dark = [owner for owner, is_light in sight.owners.items() if not is_light and owner not in blots]
        drawn = list(self._drawn())
        # PDFium tells once of text that is drawn twice in one place, as programs do that have no bold font.
        twins = [owner for owner, is_text in drawn if is_text and owner not in sight.owners]
        whole = self._print(grey=grey)
        rest = [*blots, *(owner for owner, is_text in drawn if not is_text)]
        self._switch(rest, on=False)
        ink = _ink(self._print(grey=grey, alone=True))
        self._switch(rest, on=True)
        result = None
        if light and dark:
            self._switch([*light, *twins], on=False)
            result = self._legible(boxes, _Prints(whole, self._print(grey=grey), ink))
        self._switch([*light, *dark, *twins], on=False)
        ground = self._print(grey=grey)
        shown = self._legible(boxes, _Prints(whole, ground, ink))
        self._switch([*light, *dark, *twins], on=True)
        if result is not None:
            is_light = boxes[:, 5] == 1
            shown[:, is_light] = result[:, is_light]
        shown[:, boxes[:, 5] >= KNOWN_HIDDEN] = False
        return shown[0], shown[1], ground

    def _drawn(self) -> Iterator[tuple[int, bool]]:
        """Where PDFium holds what the page draws, also within forms, and whether it is text."""
        page = self._page.raw
        found = [(self._raw.FPDFPage_GetObject(page, n), 0) for n in range(self._raw.FPDFPage_CountObjects(page))]
        while found:
            item, depth = found.pop()
            kind = self._raw.FPDFPageObj_GetType(item)
            if kind != _FORM:
                yield ctypes.cast(item, ctypes.c_void_p).value or 0, kind == _TEXT
            elif depth < _DEEPEST:
                count = self._raw.FPDFFormObj_CountObjects(item)
                found += [(self._raw.FPDFFormObj_GetObject(item, n), depth + 1) for n in range(count)]

    def _print(self, *, grey: bool, alone: bool = False) -> Any:
        """The page as pixels; `alone`: on grey paper, so that black and white print are seen, and nothing over it."""
        paper = (_GREY, _GREY, _GREY, 255) if alone else (255, 255, 255, 255)
        printed = self._page.render(
            scale=self._scale, grayscale=grey, fill_color=paper, draw_annots=not alone, may_draw_forms=False
        ).to_numpy()
        return printed if printed.ndim == 2 or printed.shape[2] > 1 else printed[:, :, 0]

    def _switch(self, owners: Iterable[int], *, on: bool) -> None:
        for owner in owners:
            self._raw.FPDFPageObj_SetIsActive(_object(self._raw, owner), on)

    def _is_blot(self, owner: int) -> bool:
        """True for a text object without letters."""
        buffer = (ctypes.c_ushort * 2048)()
        size = self._raw.FPDFTextObj_GetText(_object(self._raw, owner), self._text, buffer, 4096)
        words = bytes(buffer)[: max(0, min(size, 4096) - 2)].decode("utf-16-le", "replace")
        return not any(char.isalnum() for char in words)

    def _legible(self, boxes: Any, prints: _Prints) -> Any:
        """For each box whether its ink makes a difference to the page; and so much of one that an eye can read it."""
        import numpy as np

        one, other = prints.whole, prints.ground
        changed = np.maximum(one, other) - np.minimum(one, other) > FAINT
        if changed.ndim == 3:
            changed = changed.any(axis=2)
        clear = changed & ~_too_dark(one, other)
        high, wide = changed.shape
        left, right = ((boxes[:, i] - self._left) * self._scale for i in (0, 2))
        top, bottom = ((self._top - boxes[:, i]) * self._scale for i in (3, 1))
        # To the nearest pixels, so that a neighbour's ink is not taken for a letter's own.
        left = np.floor(left + 0.5).astype(int)
        right = np.clip(np.maximum(left + 1, np.floor(right + 0.5).astype(int)), 0, wide)
        left = np.clip(left, 0, wide)
        top = np.floor(top).astype(int)
        bottom = np.clip(np.maximum(top + 1, np.ceil(bottom).astype(int)), 0, high)
        top = np.clip(top, 0, high)
        counts = np.zeros((4, len(boxes)), dtype=np.int64)
        band = top * (high + 1) + bottom
        layers = (changed, clear, prints.ink, prints.ink & clear)
        for key in np.unique(band):  # letters on one line mostly share their height
            inside = band == key
            for count, layer in zip(counts, layers, strict=True):
                columns = layer[key // (high + 1) : key % (high + 1)].sum(axis=0)
                total = np.concatenate(([0], columns.cumsum()))
                count[inside] = total[right[inside]] - total[left[inside]]
        plain, seen = counts[:2] > 0
        small = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) < LARGE
        overlaid = _overlaid(boxes[:, 4], seen, small & (counts[3] < _LEAST_CLEAR * counts[2]))
        return np.stack([plain, seen & ~overlaid])


class _Prints(NamedTuple):
    """A page as pixels: with its text, without it; and where its text by itself has full ink."""

    whole: Any
    ground: Any
    ink: Any


def _overlaid(words: Any, seen: Any, dim: Any) -> Any:
    """Which letters cannot be read for what lies over them and most of their word: a line cuts a letter or two."""
    import numpy as np

    number = words.astype(int)
    letters, lost = np.bincount(number), np.bincount(number, weights=dim | ~seen)
    return dim & (lost >= _MOST_OF_A_WORD * letters)[number] if len(number) else dim


def _ink(alone: Any) -> Any:
    import numpy as np

    full = np.abs(alone.astype(np.int16) - _GREY) > _FULL
    return full if full.ndim == 2 else full.any(axis=2)


def _too_dark(one: Any, other: Any) -> Any:
    """Where both pictures are dark, and nearly as dark as each other. Greys count as darker than their colours."""
    import numpy as np

    dark = np.maximum(one, other).astype(np.uint8)
    maybe = dark < 160 if dark.ndim == 2 else (dark < 160).sum(axis=2) > 1
    if not maybe.any():
        return maybe
    parts = np.arange(256) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4).astype(np.float32)
    a, b = (linear[(pixels[..., :3] if pixels.ndim == 3 else pixels)[maybe]] for pixels in (one, other))
    if one.ndim == 3:
        weights = np.array([0.0722, 0.7152, 0.2126], dtype=np.float32)  # PDFium's order is blue, green, red
        a, b = a @ weights, b @ weights
    high, low = np.maximum(a, b), np.minimum(a, b)
    maybe[maybe] = (high < _DARK) & ((high + 0.05) / (low + 0.05) < _DARK_ON_DARK)
    return maybe


def _object(raw: Any, address: int) -> Any:
    return ctypes.cast(ctypes.c_void_p(address), raw.FPDF_PAGEOBJECT)
