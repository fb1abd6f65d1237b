"""What the picture of a page tells beside its words: ruled lines, how thick the print is, raised figures, bullets.

Character recognition gives words and places but neither bold print nor table lines nor footnote marks, and without
them headings, tables and notes would be lost. Places are in pixels, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

_DARK = 128
_LEAST_RULE = 0.6  # inches: print has no stroke that long
_THICK_RULE = 0.05  # inches: what is thicker is a bar or a picture
_BREAK = 3  # pixels that may be missing in a rule
_BESIDE = 0.12  # share of dark pixels along a rule; more is print that touches itself, or a picture
_MARGIN, _CELL = 0.08, 0.125  # inches: around what was read; side of the squares in which the rest is looked for
_INKED = 0.06  # share of dark pixels in a square with print in it
_LEAST_CELLS = 8  # squares that touch each other: less is dirt
_SPECK = 2  # pixels: narrower runs are grain


class Box(NamedTuple):
    """Pixels from (left, top) to (right, bottom), the last ones not included."""

    left: int
    top: int
    right: int
    bottom: int


def ink_of(grey: Any) -> Any:
    """The dark pixels of a page, as an array of booleans."""
    return (grey[:, :, 0] if grey.ndim == 3 else grey) < _DARK


def rules(ink: Any, dpi: float) -> list[Box]:
    """The straight horizontal and vertical lines."""
    flat = [Box(*box) for box in _flat_rules(ink, dpi)]
    upright = [Box(top, left, bottom, right) for left, top, right, bottom in _flat_rules(ink.T, dpi)]
    return [*flat, *upright]


def _flat_rules(ink: Any, dpi: float) -> list[tuple[int, int, int, int]]:
    found: list[list[int]] = []
    for row, start, end in _long_runs(ink, int(_LEAST_RULE * dpi)):
        for box in found:
            if box[3] >= row - 2 and box[0] - 5 < end and start < box[2] + 5:
                box[0], box[2], box[3] = min(box[0], start), max(box[2], end), row + 1
                break
        else:
            found.append([start, row, end, row + 1])
    thick = _THICK_RULE * dpi
    return [tuple(box) for box in found if box[3] - box[1] <= thick and _stands_free(ink, box)]  # type: ignore[misc]


def _long_runs(ink: Any, least: int) -> list[tuple[int, int, int]]:
    """(row, start, end) of runs of ink; a line that is a little askew goes through three rows, and may have gaps."""
    import numpy as np

    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    rows, starts, ends = _runs(thick)
    if not len(rows):
        return []
    joined = np.zeros(len(rows), dtype=bool)
    joined[1:] = (rows[1:] == rows[:-1]) & (starts[1:] - ends[:-1] <= _BREAK)
    first = np.flatnonzero(~joined)
    last = np.append(first[1:], len(rows)) - 1
    long = ends[last] - starts[first] >= least
    return [
        (int(rows[a]), int(starts[a]), int(ends[b])) for a, b in zip(first[long], last[long], strict=True)
    ]  # fmt: skip


def _runs(ink: Any) -> tuple[Any, Any, Any]:
    """Rows, starts and ends of the horizontal runs of ink."""
    import numpy as np

    edged = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    edged[:, 1:-1] = ink
    steps = np.diff(edged, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return rows, starts, ends


def _stands_free(ink: Any, box: Sequence[int]) -> bool:
    """Whether there is paper on both sides of a line: the feet of letters in a row have letters above them."""
    left, top, right, bottom = box
    above, below = ink[max(0, top - 6) : max(0, top - 2), left:right], ink[bottom + 2 : bottom + 6, left:right]
    return all(not side.size or side.mean() < _BESIDE for side in (above, below))


def stroke(ink: Any, box: Box) -> float:
    """How thick the upright strokes of the print in a box are, in pixels; 0 where there is none."""
    import numpy as np

    _, starts, ends = _runs(ink[box.top : box.bottom, box.left : box.right])
    lengths = ends - starts
    lengths = lengths[lengths > _SPECK]
    return float(np.median(lengths)) if len(lengths) else 0.0


def columns(ink: Any, box: Box) -> list[Box]:
    """The print in a box, apart where an upright strip of paper goes through it: letters, more or less."""
    import numpy as np

    part = ink[box.top : box.bottom, box.left : box.right]
    _, starts, ends = _runs(part.any(axis=0)[np.newaxis, :])
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        heights = np.flatnonzero(part[:, start:end].any(axis=1))
        found.append(Box(box.left + start, box.top + int(heights[0]), box.left + end, box.top + int(heights[-1]) + 1))
    return found


def tall(ink: Any, box: Box, base: float, slope: float) -> float:
    """How high the capitals and tall letters in a box stand above the baseline, in pixels; 0 where nothing does.

    base   the baseline's height at the box's left edge; slope, by how much it sinks a pixel
    """
    heights = sorted(base + slope * (part.left - box.left) - part.top for part in columns(ink, box))
    highest = [h for h in heights if h > 0.85 * heights[-1]] if heights else []
    return max(0.0, highest[len(highest) * 3 // 4]) if highest else 0.0


def unread(ink: Any, read: Sequence[Box], dpi: float) -> list[Box]:
    """Where there is print or a picture that lies in none of the boxes that were read: photographs, handwriting."""
    import numpy as np

    rest, margin, side = ink.copy(), int(_MARGIN * dpi), max(1, int(_CELL * dpi))
    for box in read:
        rest[max(0, box.top - margin) : box.bottom + margin, max(0, box.left - margin) : box.right + margin] = False
    rows, columns = rest.shape[0] // side, rest.shape[1] // side
    dark = rest[: rows * side, : columns * side].reshape(rows, side, columns, side).mean(axis=(1, 3)) > _INKED
    waiting = set(map(tuple, np.argwhere(dark).tolist()))
    found = []
    while waiting:
        cells = _together(waiting)
        if len(cells) >= _LEAST_CELLS:
            top, left = min(row for row, _ in cells), min(column for _, column in cells)
            bottom, right = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
            found.append(Box(left * side, top * side, right * side, bottom * side))
    return found


def _together(waiting: set[Any]) -> list[Any]:
    """Takes cells that touch each other out of those that wait."""
    cells = [waiting.pop()]
    for row, column in cells:
        near = {(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & waiting
        waiting -= near
        cells.extend(near)
    return cells
