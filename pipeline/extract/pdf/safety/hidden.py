"""Words that a page holds and does not show: failed redactions. Found by printing the page with and without its text.

A word that changes nothing in the picture of its page is not shown, whatever hides it: a box or a picture over it,
ink of the paper's or the box's colour, a clipping path, an invisible mode, a layer that is switched off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.errors import FailedRedaction
from pipeline.extract.pdf.page.shapes import Rule
from pipeline.extract.pdf.safety.camera import BEYOND, FAINT, KNOWN_HIDDEN, LARGE, Area, Camera, Sight

_LEAST_HIDDEN = 2  # letters or digits of one word; a single one is a slip of the program that made the file
_STAMP = 60  # letters and digits that are stamped on a scan; a title page with a photograph has more
_OVERPRINT = 250  # the most that are printed over a scan: a reference, a signature, a marking
_LEAST_LETTERS = 8  # fewer on a page are not its text
_PRINT = 1500  # ends of strokes, in a paragraph or more
_BLANK = 20  # edges in the rows of pixels of a page that shows nothing
_COVERED = 0.5  # share of a page that a scan covers
_EDGE = 0.08  # share of a page's height, at the top and at the bottom, where page numbers stand
_WORD = re.compile(r"[^\W_]{2,}")
_MOST_COPIES = 2000  # hidden letters of a page; beyond it none is excused
_SLUG = 160  # characters: the longest mark of a printer beyond a page's edge


# A word in large print: its letters' code points, and their places to the point.
LargeWord = frozenset[tuple[int, int, int]]


class Seen(NamedTuple):
    scanned: bool  # a picture of text
    blank: bool
    unseen: int = 0  # words, but for those in large print
    unseen_large: frozenset[LargeWord] = frozenset()
    shown_large: frozenset[LargeWord] = frozenset()


def look_at(raw: Any, page: Any, text: Any, area: Area, sight: Sight, pictures: Sequence[Rule]) -> Seen:
    """What a page shows of its text.

    page, text  PDFium's, and its text page
    area        left, bottom, right and top of the page, in points
    pictures    where its pictures stand
    """
    import numpy as np

    boxes = np.frombuffer(sight.boxes, dtype=np.float32).reshape(-1, 7)
    camera = Camera(raw, page, text, area)
    shown, ground = camera.shown(boxes, sight, grey=True)
    words = _unseen(boxes, shown)
    if words and bool((~shown & (boxes[:, 5] < KNOWN_HIDDEN)).any()):
        shown, _ = camera.shown(boxes, sight, grey=False)  # red on green may be one grey
        words = _unseen(boxes, shown)
    height = area[3] - area[1]
    middle = (boxes[:, 1] + boxes[:, 3]) / 2 - area[1]
    inside = (middle > _EDGE * height) & (middle < (1 - _EDGE) * height)
    seen, body = int(shown.sum()), int((shown & inside).sum())
    guessed = len(shown) - seen > seen  # by a scanner's software, beneath its picture
    scanned = _is_scan(ground, _covered(area, pictures), 0 if guessed else body)
    blank = not scanned and not seen and not pictures and int(_edges(ground, FAINT).sum()) < _BLANK
    if scanned:
        return Seen(scanned, blank)
    large = _large_words(boxes)
    hidden = frozenset(large[word] for word in words if word in large)
    there = {int(word) for word in boxes[shown, 4]} - {int(word) for word in boxes[~shown, 4]}
    legible = frozenset(letters for word, letters in large.items() if word in there)
    return Seen(scanned, blank, sum(word not in large for word in words), hidden, legible)


def _large_words(boxes: Any) -> dict[int, LargeWord]:
    """The words of which all letters are in large print, by their number."""
    import numpy as np

    large = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= LARGE
    if not large.any():
        return {}
    words = {int(word) for word in boxes[large, 4]} - {int(word) for word in boxes[~large, 4]}
    letters: dict[int, set[tuple[int, int, int]]] = {word: set() for word in words}
    for box in boxes[large]:
        if int(box[4]) in letters:
            letters[int(box[4])].add((int(box[6]), round(float(box[0])), round(float(box[1]))))
    return {word: frozenset(places) for word, places in letters.items()}


def _unseen(boxes: Any, shown: Any) -> set[int]:
    """Numbers of the words of which two letters or more are not shown.

    A letter that is shown too, in the same place, gives nothing away: programs draw shadows and searchable copies so.
    """
    hidden = boxes[~shown & ~_runs_over(boxes, shown)]
    if 0 < len(hidden) <= _MOST_COPIES:
        there = boxes[shown]
        hidden = [box for box in hidden if not _copies(box, there).any()]
    count = Counter(int(box[4]) for box in hidden)
    return {word for word, letters in count.items() if letters >= _LEAST_HIDDEN}


def _runs_over(boxes: Any, shown: Any) -> Any:
    """Which letters stand beyond the page's edge in words of which the page shows as many letters or more.

    A file's name that is too long for its cell runs over the edge of the paper; it is read whole.
    """
    import numpy as np

    beyond = boxes[:, 5] == BEYOND
    if not beyond.any():
        return beyond
    over, there = Counter(boxes[beyond, 4].tolist()), Counter(boxes[shown, 4].tolist())
    return beyond & np.isin(boxes[:, 4], [word for word, letters in over.items() if there[word] >= letters])


def _copies(box: Any, there: Any) -> Any:
    near = 0.4 * max(1.0, box[3] - box[1])
    same = there[:, 6] == box[6]
    return same & (abs(there[:, 0] - box[0]) < near) & (abs(there[:, 1] - box[1]) < near)


def _is_scan(ground: Any, covered: float, letters: int) -> bool:
    """True for a picture of a page, and for a page whose letters are drawn as shapes.

    ground   the page in greys, without its text
    covered  share of the page under pictures
    letters  how many letters and digits the page shows as text, but for those at its edges
    """
    import numpy as np

    if covered < _COVERED:
        return letters < _LEAST_LETTERS and _strokes(ground) > _PRINT
    if letters <= _STAMP:
        return int(_edges(ground, 16).sum()) >= _BLANK
    # A photograph on a title page is no scan: print is dark on light, and changes all the time.
    return letters <= _OVERPRINT and float(np.median(ground)) > 180 and _strokes(ground) > _PRINT


def _edges(ground: Any, least: int) -> Any:
    """Where two neighbours in a row of pixels differ by so much."""
    import numpy as np

    return np.abs(np.diff(ground.astype(np.int16), axis=1)) > least


def _strokes(ground: Any) -> int:
    """How many edges begin or end: a line of print has hundreds, a ruled table next to none."""
    edges = _edges(ground, 64)
    return int((edges[1:] != edges[:-1]).sum())


def _covered(area: Area, pictures: Sequence[Rule]) -> float:
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


def refuse_hidden(pages: Sequence[Any]) -> None:
    """Raises FailedRedaction where pages (pdf_glyphs.Page) hold words that they do not show.

    A watermark that is too pale to be seen on a dark cover hides nothing if another page shows it in the same place.
    """
    watermarks = frozenset(word for page in pages for word in page.shown_large)
    slugs = Counter(_signature(page.outside) for page in pages if page.outside)
    often = max(2, len(pages) / 2)
    covered = {page.index for page in pages if page.unseen or page.unseen_large - watermarks}
    unseen = [
        page.index + 1
        for page in pages
        if page.index in covered or (_WORD.search(page.outside) and not _is_slug(page.outside, slugs, often))
    ]
    if unseen and not covered:
        raise FailedRedaction(
            f"{named_pages(unseen)} text beyond the page's edge, where no reader sees it and a program does.",
            "In the source, make the table or the line fit the page, or delete the words, and export it again.",
        )
    if unseen:
        raise FailedRedaction(
            f"{named_pages(unseen)} text that can be copied from the file and that a reader does not see: under a "
            "box or a picture, in the colour of the paper, invisible, switched off, or beyond the page's edge.",
            "A black box hides nothing from a program. In the source, delete the words or bring them into view, and "
            "export it again.",
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
