"""Headings of a PDF without tags: told by size, weight, capitals and numbers; their levels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.contents import has_leader
from pipeline.extract.furniture import is_marking
from pipeline.extract.numbering import heading_number
from pipeline.extract.pdf.page.lines import Line

_LARGER = 1.12  # size of a heading's print, in sizes of the body
_LONGEST = 200  # letters
_LONGEST_BOLD = 14  # words of a bold line with a full stop that may still be a heading
_LONGEST_CAPITALS = 90
_SENTENCE_END = re.compile(r"[.;,]$")


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading is printed; larger, bolder, capital print stands above other print."""

    size: float
    bold: bool
    capitals: bool

    @property
    def rank(self) -> tuple[float, bool, bool]:
        return -self.size, not self.bold, not self.capitals


def look_of(line: Line) -> Look:
    return Look(round(line.size * 2) / 2, line.bold, _in_capitals(line.text))


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def stands_out(line: Line, body: float) -> bool:
    """True for a line in larger or bold print. `body`: size of the running text, in points."""
    if line.bullet or len(line.text) > _LONGEST or has_leader(line.text):
        return False
    return line.size >= _LARGER * body or (line.bold and line.size >= 0.98 * body)


def is_capital_heading(line: Line, body: float) -> bool:
    """True for a line of the body's print in capitals that is no sentence, no marking and no abbreviation."""
    text = line.text
    if line.size < 0.98 * body or len(text) > _LONGEST_CAPITALS or not _in_capitals(text) or is_marking(text):
        return False
    words = re.findall(r"[A-Z]{4,}", text)
    return bool(words) and not re.search(r"[.;,:?!]$", text) and not line.bullet


def is_heading(lines: Sequence[Line], body: float) -> bool:
    """True for a block whose every line stands out, and that is no paragraph in bold print."""
    text = " ".join(line.text for line in lines)
    if len(lines) > 4 or len(text) > _LONGEST or not all(stands_out(line, body) for line in lines):
        return False
    if lines[0].size >= _LARGER * body:
        return True
    words = text.count(" ") + 1
    if _SENTENCE_END.search(text) and (words > _LONGEST_BOLD or (len(lines) > 1 and words > 8)):
        return False
    return any(c.isalpha() for c in text)


def levels(headings: Iterable[Sequence[Line]]) -> Mapping[int, int]:
    """Position of each heading among them -> its level from 1 to 6.

    Looks are ranked, largest first; a look used once, above all others, is the title and level 1 too. Where headings
    are numbered, those of one look and more parts stand lower ("3.1" below "3"), and no look stands above one with
    fewer parts.
    """
    looks, depths = [], []
    for lines in headings:
        looks.append(look_of(lines[0]))
        number = heading_number(lines[0].text)[0]
        depths.append(number.rstrip(".").count(".") + 1 if number else 0)
    used = Counter(looks)
    least: dict[Look, int] = {}
    deepest: dict[Look, int] = defaultdict(int)
    for look, depth in zip(looks, depths, strict=True):
        if depth:
            least[look] = min(least.get(look, depth), depth)
            deepest[look] = max(deepest[look], depth)
    base: dict[Look, int] = {}
    level = 0
    for rank, look in enumerate(sorted(used, key=lambda k: k.rank)):
        title = rank == 0 and used[look] == 1 and len(used) > 1 and look not in least
        base[look] = level + 1
        if not title:
            level = base[look] + deepest[look] - least.get(look, 0)
    base = _by_number(base, least)
    return {
        at: max(1, min(6, base[look] + (depth - least[look] if depth else 0)))
        for at, (look, depth) in enumerate(zip(looks, depths, strict=True))
    }


def _by_number(base: dict[Look, int], least: Mapping[Look, int]) -> dict[Look, int]:
    """Levels where the number of parts contradicts the print: looks with as many parts stand on one level."""
    top: dict[int, int] = {}
    for look, depth in least.items():
        top[depth] = min(top.get(depth, 9), base[look])
    fixed = dict(base)
    for depth in sorted(top):
        if depth - 1 in top:
            top[depth] = max(top[depth], top[depth - 1] + 1)
    for look, depth in least.items():
        fixed[look] = top[depth]
    return fixed
