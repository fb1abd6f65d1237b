"""Where the lines of a tagged paragraph were ended on purpose, judged by the width of the paragraph's own column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import Column, Line, column_of

_SAME_EDGE = 3  # greatest distance of two left edges of one column, in points
_PROVEN = 3  # full lines that show that a paragraph runs on
_CERTAIN = 6  # so many show it whatever words they begin with
_LEAST_WIDTH = 12.0  # least width of a column of running text, in sizes of the print; an address is narrower
_REACH = 0.9  # share of a column's lines that end before its edge, but for some that stand across columns
_JUSTIFIED = 1.0  # greatest distance of two right edges that justification has made the same, in points


@dataclass(frozen=True, slots=True)
class Columns:
    """Where text stands on the pages.

    document  the column of most of the text
    ends      left and right edges of each line of text, by page
    reach     how many lines begin at a left edge, and how far they reach, by the edge in whole points
    beside    baseline and left edge of everything that stands on a page, by page, from the bottom up
    pictures  left and right, lower and upper edges of pictures, by page
    """

    document: Column
    ends: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    reach: Mapping[int, tuple[int, float]] = field(default_factory=dict)
    beside: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    pictures: Mapping[int, Sequence[tuple[float, float, float, float]]] = field(default_factory=dict)

    def parted(self, lines: Sequence[Line]) -> list[list[Line]]:
        """The lines of one element in groups: a new one begins where the line before was ended on purpose.

        The tag says that it is one paragraph, so in doubt they are one group.
        """
        groups: list[list[Line]] = []
        stretches = _stretches(lines)
        widest = max((_width(stretch) for stretch in stretches), default=0.0)
        for stretch in stretches:
            ended = self._ended(stretch, widest)
            for line, apart in zip(stretch, [False, *ended], strict=True):
                if groups and not apart:
                    groups[-1].append(line)
                else:
                    groups.append([line])
        return groups

    def _ended(self, lines: Sequence[Line], widest: float) -> list[bool]:
        """For each line but the last, whether it was ended on purpose."""
        left = min(line.x0 for line in lines)
        own = Column(left, left + (_width(lines) if len(lines) > 2 else widest))
        ended = self._early(lines, own)
        if _flows(lines, ended, own):
            return ended
        around = self._around(lines)
        if around is None:
            return [_listed(lines) or early for early in ended]
        return [one or other for one, other in zip(ended, self._early(lines, around), strict=True)]

    def _early(self, lines: Sequence[Line], column: Column) -> list[bool]:
        return [
            replace(column, right=min(column.right, self._limit(line))).breaks_after(line, following)
            for line, following in pairwise(lines)
        ]

    def _around(self, lines: Sequence[Line]) -> Column | None:
        """The column in which the lines stand, from what else stands there; None where nothing does."""
        if _centred(lines, self.document):
            return self.document
        left, page = min(line.x0 for line in lines), lines[0].page
        count, anywhere = self.reach.get(round(left), (0, 0.0))
        if count <= len(lines):
            return None
        here = _reach(end for x0, end in self.ends.get(page, ()) if abs(x0 - left) < _SAME_EDGE)
        return Column(left, max(here, anywhere, *(line.x1 for line in lines)))

    def _limit(self, line: Line) -> float:
        """How far a line could have reached before it met what is printed or pictured beside it."""
        rows = self.beside.get(line.page, ())
        low, high = line.y - 0.6 * line.size, line.y + 0.6 * line.size
        start = bisect_left(rows, (low, 0.0))
        lefts = []
        for y, left in rows[start:]:
            if y > high:
                break
            lefts.append(left)
        lefts += [x0 for x0, _, y0, y1 in self.pictures.get(line.page, ()) if y0 < line.y + 0.5 * line.size < y1]
        return min((left - line.size for left in lefts if left > line.x1 + 0.5 * line.size), default=float("inf"))


def columns_of(paragraphs: Iterable[Sequence[Line]], pages: Sequence[Page], lines: Sequence[Line]) -> Columns:
    """From the lines of each paragraph, the pages, and all lines of text."""
    ends: dict[int, list[tuple[float, float]]] = {}
    for line in (line for paragraph in paragraphs for line in paragraph):
        ends.setdefault(line.page, []).append((line.x0, line.x1))
    at: dict[int, list[float]] = {}
    for x0, x1 in (edges for on_page in ends.values() for edges in on_page):
        for edge in range(round(x0) - _SAME_EDGE + 1, round(x0) + _SAME_EDGE):
            at.setdefault(edge, []).append(x1)
    reach = {edge: (len(rights), _reach(rights)) for edge, rights in at.items()}
    beside = {page.index: sorted((run.y, run.ink[0]) for run in page.runs if run.inked) for page in pages}
    pictures = {page.index: [(p.x0, p.x1, p.y0, p.y1) for p in page.pictures] for page in pages}
    return Columns(column_of(lines), ends, reach, beside, pictures)


def _stretches(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in parts that stand below each other: in one column of one page."""
    parts: list[list[Line]] = []
    for line in lines:
        last = parts[-1][-1] if parts else None
        if last is not None and last.page == line.page and line.y < last.y + 0.5 * last.size:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _width(lines: Sequence[Line]) -> float:
    return max(line.x1 for line in lines) - min(line.x0 for line in lines)


def _flows(lines: Sequence[Line], ended: Sequence[bool], own: Column) -> bool:
    """Whether lines run on, by themselves: most are as full as the longest of them."""
    full = len(ended) - sum(ended)
    if 2 * sum(ended) > full:
        return False
    rights = sorted(line.x1 for line in lines[:-1])
    if full > 1 and rights[-1] - rights[-2] < _JUSTIFIED and not _listed(lines):
        return True
    wide = own.right - own.left > _LEAST_WIDTH * lines[0].size
    return full >= _CERTAIN or (full >= _PROVEN and wide and not _listed(lines))


def _listed(lines: Sequence[Line]) -> bool:
    """Whether every line begins as names, addresses and heads of letters do: with a capital or a figure."""
    return len(lines) > 2 and not any(line.text[0].islower() for line in lines)


def _centred(lines: Sequence[Line], column: Column) -> bool:
    """Whether the lines stand in the middle of a column, as those of a title page do."""
    middle = (column.left + column.right) / 2
    apart = max(line.x0 for line in lines) - min(line.x0 for line in lines) > 2
    return apart and all(abs((line.x0 + line.x1) / 2 - middle) < _SAME_EDGE for line in lines)


def _reach(ends: Iterable[float]) -> float:
    """How far lines reach, but for a few that stand across columns."""
    held = sorted(ends)
    return held[min(len(held) - 1, int(len(held) * _REACH))] if held else 0.0
