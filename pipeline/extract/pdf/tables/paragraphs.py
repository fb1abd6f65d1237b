"""Where the paragraphs of a table's cell begin: its lines tell it by space, by bullets, and by ending early."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.normalise import BULLETS
from pipeline.extract.pdf.page.lines import Column, Line

DOTS = "".join(BULLETS - set("-*\u2013\u2014\u00b7"))  # a dash may as well be a dash
_WIDER = 1.3  # least space between two paragraphs, in distances of lines that follow closely
_ENOUGH = 5  # distances that tell a table's usual one
_CLEARLY = 3.0  # room that is left over at the end of a line that ends clearly early, in sizes of the print
_AT_EDGE = 3.0  # points
_SENTENCE = re.compile(r"[.!?:;][\"'’”)\]]*(?:\[\^\d+\])*$")
_BROKEN = re.compile(r"[^\W\d_]{2}[-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a cell's lines may stand, and the table's usual distance of two lines of a cell; 0.0 if unknown."""

    edges: Column
    leading: float = 0.0


def usual_leading(cells: Iterable[Sequence[Line]]) -> float:
    """The commonest distance of two lines of one cell, in points; 0.0 where a table has few of them."""
    steps = Counter(round(step * 2) / 2 for cell in cells for step in _steps(cell))
    return steps.most_common(1)[0][0] if sum(steps.values()) >= _ENOUGH else 0.0


def paragraphs(lines: Sequence[Line], room: Room) -> list[list[Line]]:
    """A cell's lines by paragraphs: wrapped lines of one stay together, also over the end of a page."""
    leading = _leading(lines, room.leading)
    groups: list[list[Line]] = []
    for line in lines:
        above = groups[-1][-1] if groups else None
        if above is None or line.text[0] in DOTS or _begins(above, line, lines, room.edges, leading):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def is_word_cut(above: Line, below: Line) -> bool:
    """True where a line ends within a word, at its hyphen."""
    return bool(_BROKEN.search(above.text)) and below.text[0].isalpha()


def ends_sentence(line: Line) -> bool:
    return bool(_SENTENCE.search(line.text))


def ended(above: Line, below: Line, cell: Sequence[Line], edges: Column) -> bool:
    """Whether a line was ended on purpose, before its cell's edge: the next word would have fitted on it.

    A program that weighs a whole paragraph's lines may leave a word for the next one and stretch the line, so that a
    stretched line says something only where most lines of its cell were ended. Small letters go on with a sentence,
    unless far more room is left than a cell's edges can be wrong by.
    """
    if is_word_cut(above, below) or not edges.breaks_after(above, below):
        return False
    small = below.text[0].islower()
    if above.x1 > edges.right - _AT_EDGE:
        early = [edges.breaks_after(upper, lower) for upper, lower in pairwise(cell) if upper.page == lower.page]
        return not small and not below.text[0].isdigit() and 2 * sum(early) > len(early)
    return not small or Column(edges.left, edges.right - _CLEARLY * above.size).breaks_after(above, below)


def _begins(above: Line, line: Line, cell: Sequence[Line], edges: Column, leading: float) -> bool:
    if line.page != above.page or is_word_cut(above, line):
        return False
    if leading and above.y - line.y > _WIDER * leading:
        small = line.text[0].islower()
        return not small or ends_sentence(above) or edges.breaks_after(above, line)
    return ended(above, line, cell, edges)


def _leading(lines: Sequence[Line], usual: float) -> float:
    steps = _steps(lines)
    return min(steps) if len(steps) > 1 else usual


def _steps(lines: Sequence[Line]) -> list[float]:
    return [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y - b.y > 0.8 * b.size]
