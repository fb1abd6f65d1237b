"""Words that a page holds and does not show: failed redactions. Found by printing the page with and without its text.

A word that changes nothing in the picture of its page is not shown, whatever hides it: a box or a picture over it,
ink of the paper's or the box's colour, a clipping path, an invisible mode, a layer that is switched off.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.errors import FailedRedaction
from pipeline.extract.pdf_shapes import Rule

_MOST_PIXELS = 4_000_000
_FAINT = 12  # of 255: a smaller change of a pixel is not seen
_LEAST_HIDDEN = 2  # letters or digits of one word; a single one is a slip of the program that made the file
_STAMP = 60  # letters and digits: more on a page that is one picture are its text, fewer are stamped on a scan
_COVERED = 0.5  # share of a page that a scan covers
_EDGE = 0.08  # share of a page's height, at the top and at the bottom, where page numbers stand
_WORD = re.compile(r"[^\W_]{2,}")
_SLUG = 160  # characters: the longest mark of a printer beyond a page's edge


@dataclass(slots=True)
class Sight:
    """What reading the text of a page notes down for looking at the page.

    boxes  for each letter and digit that may be seen six numbers: left, bottom, right and top in points, the number
           of its word, and whether it is printed in white or nearly so
    """

    owners: dict[int, bool] = field(default_factory=dict)  # text objects -> printed in white or nearly so
    boxes: array[float] = field(default_factory=lambda: array("f"))
    dark: Counter[int] = field(default_factory=Counter)  # word -> how many of its letters are known to be hidden
    blots: set[int] = field(default_factory=set)  # text objects with characters that are boxes
    hidden: int = 0  # glyphs that are invisible, switched off or off the page
    outside: list[str] = field(default_factory=list)


class Seen(NamedTuple):
    scanned: bool  # a picture of text
    blank: bool
    unseen: int  # words


_Area = tuple[float, float, float, float]


def look_at(raw: Any, page: Any, text: Any, area: _Area, sight: Sight, pictures: Sequence[Rule]) -> Seen:
    """What a page shows of its text.

    page, text  the page of PDFium's, and its text page
    area      left, bottom, right and top of the page, in points
    pictures  where its pictures stand
    """
    import numpy as np

    boxes = np.frombuffer(sight.boxes, dtype=np.float32).reshape(-1, 6)
    camera = _Camera(raw, page, text, area)
    shown, ground = camera.shown(boxes, sight, grey=True)
    words = _unseen(boxes, shown, sight.dark)
    if any(sight.dark[word] < _LEAST_HIDDEN for word in words):
        shown, _ = camera.shown(boxes, sight, grey=False)  # red on green may be one grey
        words = _unseen(boxes, shown, sight.dark)
    height = area[3] - area[1]
    middle = (boxes[:, 1] + boxes[:, 3]) / 2 - area[1]
    inside = (middle > _EDGE * height) & (middle < (1 - _EDGE) * height)
    seen, body = int(shown.sum()), int((shown & inside).sum())
    hidden = len(shown) - seen + sum(sight.dark.values())
    few = body <= _STAMP or seen < hidden
    scanned = few and _is_picture_of_text(ground, _covered(area, pictures), body)
    blank = not scanned and not seen and not pictures and _changes(ground, _FAINT) < 20
    return Seen(scanned, blank, 0 if scanned else len(words))


def _unseen(boxes: Any, shown: Any, dark: Counter[int]) -> set[int]:
    """Numbers of the words of which two letters or more are not shown."""
    hidden = Counter(boxes[~shown, 4].astype(int).tolist())
    hidden.update(dark)
    return {word for word, count in hidden.items() if count >= _LEAST_HIDDEN}


def _is_picture_of_text(ground: Any, covered: float, letters: int) -> bool:
    """True for a scan, and for a page whose letters are drawn as shapes.

    ground   the page in greys, without its text
    covered  share of the page under pictures
    letters  how many letters and digits the page shows as text, but for those at its edges
    """
    if covered >= _COVERED:
        return _changes(ground, 16) >= 20
    return letters < 8 and _changes(ground, 64) > 1500


def _changes(ground: Any, least: int) -> int:
    """How often two neighbours in a row of pixels differ by so much: a page of print has thousands."""
    import numpy as np

    return int((np.abs(np.diff(ground.astype(np.int16), axis=1)) > least).sum())


def _covered(area: _Area, pictures: Sequence[Rule]) -> float:
    """Share of the page that lies under pictures, to a hundredth or so: a scan may be cut into strips."""
    import numpy as np

    if not pictures:
        return 0.0
    wide, high = area[2] - area[0], area[3] - area[1]
    under = np.zeros((64, 64), dtype=bool)
    for box in pictures:
        columns = [round(64 * min(1.0, max(0.0, (x - area[0]) / wide))) for x in (box.x0, box.x1)]
        rows = [round(64 * min(1.0, max(0.0, (y - area[1]) / high))) for y in (box.y0, box.y1)]
        under[rows[0] : rows[1], columns[0] : columns[1]] = True
    return float(under.mean())


class _Camera:
    """Prints a page into memory, with and without some of its text."""

    def __init__(self, raw: Any, page: Any, text: Any, area: _Area) -> None:
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
        whole = self._print(grey=grey)
        result = None
        if light and dark:
            self._switch(light, on=False)
            result = self._touched(boxes, whole, self._print(grey=grey))
        self._switch([*light, *dark], on=False)
        ground = self._print(grey=grey)
        shown = self._touched(boxes, whole, ground)
        self._switch([*light, *dark], on=True)
        if result is not None:
            is_light = boxes[:, 5] > 0
            shown[is_light] = result[is_light]
        return shown, ground

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

        changed = np.maximum(one, other) - np.minimum(one, other) > _FAINT
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


def refuse_hidden(pages: Sequence[Any]) -> None:
    """Raises FailedRedaction where pages (pdf_glyphs.Page) hold words that they do not show."""
    slugs = Counter(_signature(page.outside) for page in pages if page.outside)
    often = max(2, len(pages) / 2)
    unseen = [
        page.index + 1
        for page in pages
        if page.unseen or (_WORD.search(page.outside) and not _is_slug(page.outside, slugs, often))
    ]
    if unseen:
        raise FailedRedaction(
            f"{named_pages(unseen)} text that can be copied from the file and that a reader does not see: under a "
            "box or a picture, in the colour of the paper, invisible, switched off, or beyond the page's edge.",
            "A black box hides nothing from a program. Delete the words in the source, and export it again.",
        )


def _is_slug(text: str, seen: Counter[str], often: float) -> bool:
    """True for what a printing program puts beside every page: the file's name, the date, the page."""
    return len(text) <= _SLUG and seen[_signature(text)] >= often


def _signature(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


def named_pages(numbers: Sequence[int]) -> str:
    """ "Page 3 holds", "Pages 3 and 7 hold", "Pages 1, 2, 3 and 12 more hold"."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} holds"
    first, last = numbers[:-1][:9], f"{numbers[-1]}"
    if len(numbers) > 10:
        last = f"{len(numbers) - 9} more"
    return f"Pages {', '.join(map(str, first))} and {last} hold"
