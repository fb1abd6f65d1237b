"""Prints a PDF's page into memory with and without its text, and tells which letters made a difference."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

FAINT = 12  # of 255: a smaller change of a pixel is not seen
KNOWN_HIDDEN = 2.0
_MOST_PIXELS = 4_000_000
_DEEPEST = 15
_FORM, _TEXT = 5, 1  # PDFium's numbers for what a page draws

Area = tuple[float, float, float, float]


@dataclass(slots=True)
class Sight:
    """What reading the text of a page notes down for looking at the page.

    boxes  for each letter and digit on the page seven numbers: left, bottom, right and top in points, the number of
           its word, what is known of it (0, 1 for print in white or nearly so, KNOWN_HIDDEN), its code point
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
        self._scale = min(1.0, math.sqrt(_MOST_PIXELS / (wide * high)))

    def shown(self, boxes: Any, sight: Sight, *, grey: bool) -> tuple[Any, Any]:
        """For each letter's box whether the letter is seen; and the page without its text.

        Text that consists of boxes stays, so that it hides what is beneath it. White print is looked at by itself:
        black print in the same place would pass for it.
        """
        blots = {owner for owner in sight.blots if self._is_blot(owner)}
        light = [owner for owner, is_light in sight.owners.items() if is_light]
        dark = [owner for owner, is_light in sight.owners.items() if not is_light and owner not in blots]
        # PDFium tells once of text that is drawn twice in one place, as programs do that have no bold font.
        twins = set(self._texts()) - sight.owners.keys()
        whole = self._print(grey=grey)
        result = None
        if light and dark:
            self._switch([*light, *twins], on=False)
            result = self._touched(boxes, whole, self._print(grey=grey))
        self._switch([*light, *dark, *twins], on=False)
        ground = self._print(grey=grey)
        shown = self._touched(boxes, whole, ground)
        self._switch([*light, *dark, *twins], on=True)
        if result is not None:
            is_light = boxes[:, 5] == 1
            shown[is_light] = result[is_light]
        shown[boxes[:, 5] == KNOWN_HIDDEN] = False
        return shown, ground

    def _texts(self) -> Iterator[int]:
        """Where PDFium holds the text objects of the page, also those within forms."""
        page = self._page.raw
        found = [(self._raw.FPDFPage_GetObject(page, n), 0) for n in range(self._raw.FPDFPage_CountObjects(page))]
        while found:
            item, depth = found.pop()
            kind = self._raw.FPDFPageObj_GetType(item)
            if kind == _TEXT:
                yield ctypes.cast(item, ctypes.c_void_p).value or 0
            elif kind == _FORM and depth < _DEEPEST:
                count = self._raw.FPDFFormObj_CountObjects(item)
                found += [(self._raw.FPDFFormObj_GetObject(item, n), depth + 1) for n in range(count)]

    def _print(self, *, grey: bool) -> Any:
        return self._page.render(scale=self._scale, grayscale=grey, may_draw_forms=False).to_numpy()

    def _switch(self, owners: Iterable[int], *, on: bool) -> None:
        for owner in owners:
            self._raw.FPDFPageObj_SetIsActive(_object(self._raw, owner), on)

    def _is_blot(self, owner: int) -> bool:
        """True for a text object without letters."""
        buffer = (ctypes.c_ushort * 2048)()
        size = self._raw.FPDFTextObj_GetText(_object(self._raw, owner), self._text, buffer, 4096)
        words = bytes(buffer)[: max(0, min(size, 4096) - 2)].decode("utf-16-le", "replace")
        return not any(char.isalnum() for char in words)

    def _touched(self, boxes: Any, one: Any, other: Any) -> Any:
        """For each box whether the two pictures differ in it."""
        import numpy as np

        changed = np.maximum(one, other) - np.minimum(one, other) > FAINT
        if changed.ndim == 3:
            changed = changed.any(axis=2)
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
        touched = np.zeros(len(boxes), dtype=bool)
        band = top * (high + 1) + bottom
        for key in np.unique(band):  # letters on one line mostly share their height
            inside = band == key
            columns = changed[key // (high + 1) : key % (high + 1)].any(axis=0)
            total = np.concatenate(([0], columns.cumsum()))
            touched[inside] = total[right[inside]] > total[left[inside]]
        return touched


def _object(raw: Any, address: int) -> Any:
    return ctypes.cast(ctypes.c_void_p(address), raw.FPDF_PAGEOBJECT)
