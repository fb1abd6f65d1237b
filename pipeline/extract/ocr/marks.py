"""Raised figures on scanned pages: the marks of footnotes, and the figures with which the notes begin.

Recognition takes a raised figure for any small sign ("model,°"), so where it stands is told from the page's picture,
and what it is from the order: on a page the marks and the notes at its foot are the same figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.extract.ocr import ink as ocr_ink
from pipeline.extract.ocr.ink import Box
from pipeline.extract.ocr.words import PrintedLine, Word

_SIGN = re.compile(r"[^\w.;:)\]-]|\d")  # what a raised figure is read as
_FIGURE = re.compile(r"\d{1,3}[.)]?")


@dataclass(slots=True)
class Mark:
    """A raised figure: how many of its word's characters come before it, and what it is; "" where that is not known.

    boxes  where its digits stand, in pixels
    """

    before: int
    figure: str
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True)
class Note:
    """The beginning of a footnote: its figure as it was read, and its mark where the figure is raised."""

    figure: str
    mark: Mark | None


def mark_of(word: Word, line: PrintedLine, size: float, ink: Any) -> Mark | None:
    """The raised figure at the end of a word.

    size  of the line's print, in pixels; ink, the page's dark pixels
    """
    parts = ocr_ink.columns(ink, word.box)
    raised: list[Box] = []
    while parts and len(raised) < 3 and _is_raised(parts[-1], line, size):
        raised.insert(0, parts.pop())
    if not raised:
        return None
    before = len(word.text)
    # One digit may be read as two signs, two as one, and both as none; what is raised throughout is all figure.
    while before and (not parts or len(word.text) - before <= len(raised)) and _SIGN.fullmatch(word.text[before - 1]):
        before -= 1
    before = before if parts else 0
    if parts and not any(char.isalnum() for char in word.text[:before]):
        return None
    sign = word.text[before:]
    return Mark(before, sign if sign.isdigit() and len(sign) == len(raised) else "", raised)


def with_unread(words: list[Word], line: PrintedLine, size: float, ink: Any) -> list[Word]:
    """The words of a line, with one without letters for a raised figure before them that was not read at all."""
    first = words[0]
    base = round(line.base(line.box.left))
    left = max(0, line.box.left - int(2 * size))
    parts = ocr_ink.columns(ink, Box(left, max(0, base - int(size)), max(left, first.box.right), base))
    raised = 0
    while raised < min(4, len(parts)) and _is_raised(parts[raised], line, size):
        raised += 1
    if not 0 < raised <= 3 or raised == len(parts) or (first.text[0].isdigit() and parts[0].left >= first.box.left):
        return words
    figure = Word("", Box(parts[0].left, first.box.top, parts[raised - 1].right, first.box.bottom), 100)
    start = max(first.box.left, parts[raised].left)
    return [figure, replace(first, box=first.box._replace(left=start)), *words[1:]]


def _is_raised(part: Box, line: PrintedLine, size: float) -> bool:
    """Whether something is as high as a small figure and stands above the baseline, as no quotation mark does."""
    high = part.bottom - part.top
    return 0.32 * size < high < 0.6 * size and part.bottom < line.base(part.left) - 0.12 * size


def beginnings(lines: Iterable[tuple[Sequence[Word], Sequence[Mark | None]]]) -> list[Note]:
    """The notes that begin among the words and marks of the lines at a page's foot.

    Where any of their figures is raised, a line that begins with a plain number goes on with its note.
    """
    raised: list[Note] = []
    plain: list[Note] = []
    for words, marks in lines:
        first = marks[0] if marks else None
        if len(words) > 1 and first is not None and not first.before:
            raised.append(Note(first.figure, first))
        elif len(words) > 1 and _FIGURE.fullmatch(words[0].text):
            plain.append(Note(words[0].text.rstrip(".)"), None))
    return raised or plain


def number(marks: Sequence[Mark], notes: Sequence[Note], expected: int) -> int:
    """Gives the marks and the notes of a page their figures, where both are as many. Returns which is expected next.

    Notes are counted on, so that those that were read tell the others; where none was, the page before tells them.
    """
    if not notes or len(marks) != len(notes):
        return expected + len(notes)
    firsts = Counter([expected])
    for place, (mark, note) in enumerate(zip(marks, notes, strict=True)):
        firsts.update(int(known) - place for known in (mark.figure, note.figure) if known)
    first, _ = firsts.most_common(1)[0]
    for place, (mark, note) in enumerate(zip(marks, notes, strict=True)):
        mark.figure = str(first + place)
        if note.mark is not None:
            note.mark.figure = str(first + place)
    return first + len(notes)
