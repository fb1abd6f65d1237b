"""Running headers and footers: what pages repeat at their edges outside the frame of the running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.furniture import is_marking
from pipeline.extract.pdf.layout.series import SAME_HEIGHT, Edge, Series, series_of, step_of
from pipeline.extract.pdf.layout.sheets import Sheet

_NEAR = 0.15  # how far from the frame furniture may stand, as a share of the page; farther off it is not known
_SAME_SIZE = 0.3
_APART = 1.1  # least space before the text, in spaces between paragraphs
_CLOSE = 1.15  # the same for small print, what counts pages and what stands in the margin, in sizes of the print
_SMALLER = 0.6  # points
_LARGER = 1.03  # size of print that is larger than the text's, in sizes of that
_MARGIN = 0.75  # greatest distance from the edge of what stands in the margin, in widths of the left margin


class Running:
    """What is known of the pages' frames and of what stands outside them. `ids`: of the lines that run."""

    def __init__(self, sheets: Sequence[Sheet], series: Sequence[Series], told: set[int]) -> None:
        self.ids: set[int] = set()
        self._known = set(told)
        self._candidates = told | {id(edge.line) for one in series for edge in one.edges}
        self._sheets = sheets
        self._filled = [sheet for sheet in sheets if sheet.lines]
        self._body, self._step = _print_of(sheets)
        self._left = min((line.x0 for s in sheets for line in s.lines if len(line.text) > 40), default=0.0)
        self._alternate = [one for one in series if step_of(sorted({edge.page for edge in one.edges})) == 2]
        self._places: list[Edge] = []

    def add(self, series: Series) -> None:
        self.ids.update(id(edge.line) for edge in series.edges)
        self._known |= self.ids
        self._places.extend(series.edges)

    def gap(self, edge: Edge) -> float:
        """The space between a line and what is next to it towards the middle of its page, in points."""
        inner = _inner(edge.sheet, edge.top, self._known | {id(edge.line)})
        return abs(edge.line.y - inner) if inner is not None else 0.0

    def stands_apart(self, series: Series) -> bool:
        """Whether a series is in a zone of its own: in no larger print than the text, set off, outside the frame."""
        first = series.first
        size = first.line.size
        if size > _LARGER * self._body and not series.counts:
            return False
        alternates = self._alternates(series)
        if len(series.edges) == 2 and len(self._filled) > 2 and not (alternates or series.counts):
            return False
        needed = _APART * self._step
        sure = series.counts or self._in_margin(first)
        if sure or size < self._body - _SMALLER or alternates:
            needed = min(needed, _CLOSE * size)
        elif first.line.bold:
            needed *= 1.5
        own = {id(edge.line) for edge in series.edges}
        pages = {edge.page for edge in series.edges}
        step = step_of(sorted(pages))
        heights: list[float] = []
        others = 0
        for sheet in self._sheets:
            inner = _inner(sheet, first.top, own | (self._known if sheet.page.index in pages else self._candidates))
            if inner is None or Edge(first.line, sheet, first.top).place != first.place:
                continue
            beyond = inner - first.line.y if first.top else first.line.y - inner
            if sheet.page.index in pages or (beyond < -SAME_HEIGHT and sheet.page.index % step == min(pages) % step):
                heights.append(-beyond)
            elif beyond >= -SAME_HEIGHT:
                others += 1
        if not heights or others > max(1, len(pages) // 6):
            return False
        close = sum(height < needed for height in heights)
        known = sure or min(heights) < _NEAR * first.sheet.page.height
        return known and close <= 0.1 * len(heights)

    def _alternates(self, series: Series) -> bool:
        """True for the line of left or right pages where the other pages have another one at that height, or where
        these pages have more of their own."""
        pages = {edge.page for edge in series.edges}
        if step_of(sorted(pages)) == 1:
            return False
        for other in self._alternate:
            theirs = {edge.page for edge in other.edges}
            if other.first.place != series.first.place or other.first.line is series.first.line:
                continue
            level = abs(other.first.line.y - series.first.line.y) < SAME_HEIGHT
            opposite = min(theirs) % 2 != min(pages) % 2
            if (opposite and level) or (not opposite and is_marking(other.first.line.text)):
                return True
        return False

    def _in_margin(self, edge: Edge) -> bool:
        """True where a line is nearer to the page's edge than the text is to its left edge."""
        height = edge.sheet.page.height
        room = height - edge.line.y - 0.75 * edge.line.size if edge.top else edge.line.y
        return room < _MARGIN * self._left

    def is_in_place(self, edge: Edge) -> bool:
        """True for a line in the place and print of a series: a first page's footer, a header naming the chapter.

        At the top it has a word of the series's header, or names a heading.
        """
        if edge.line.size > _LARGER * self._body or self.gap(edge) < _CLOSE * edge.line.size:
            return False
        alike = [
            other.line for other in self._places
            if other.place == edge.place and abs(other.line.y - edge.line.y) < SAME_HEIGHT
            and abs(other.line.size - edge.line.size) < _SAME_SIZE and other.line.bold == edge.line.bold
        ]  # fmt: skip
        if not alike:
            return False
        return not edge.top or any(_shares(edge.line.text, line.text) for line in alike)


def _shares(text: str, other: str) -> bool:
    """Whether two lines begin or end with the same two words."""
    one, two = text.casefold().split(), other.casefold().split()
    return min(len(one), len(two)) > 1 and (one[:2] == two[:2] or one[-2:] == two[-2:])


def _inner(sheet: Sheet, top: bool, without: set[int]) -> float | None:
    """The height of a page's outermost line or table that is not among some lines."""
    heights = [line.y for line in sheet.lines if id(line) not in without]
    heights += [table.grid.ys[0] - 12 if top else table.grid.ys[-1] for table in sheet.tables]
    if not heights:
        return None
    return max(heights) if top else min(heights)


def _print_of(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """Size of the running text, and the distance of two paragraphs' lines, in points."""
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for sheet in sheets:
        for above, line in pairwise(sheet.lines):
            if max(abs(above.size - body), abs(line.size - body)) < _SMALLER and above.y - line.y < 3 * body:
                steps[round((above.y - line.y) * 2) / 2] += 1
    leading = steps.most_common(1)[0][0] if steps else 1.2 * body
    wider = Counter({step: count for step, count in steps.items() if step > 1.12 * leading})
    return body, wider.most_common(1)[0][0] if wider else 1.4 * leading


def running_lines(sheets: Sequence[Sheet], edges: Sequence[Edge], numbers: frozenset[int], told: set[int]) -> Running:
    """Lines that most pages of a run have at the same height with the same words, set off from the text.

    numbers  see `series_of`
    told     ids of lines that are furniture by their own words
    """
    found = series_of(edges, sheets, numbers)
    running = Running(sheets, found, told)
    for one in sorted(found, key=lambda one: -_from_edge(one.first)):  # a header's lowest line first
        if running.stands_apart(one):
            running.add(one)
    return running


def _from_edge(edge: Edge) -> float:
    return edge.sheet.page.height - edge.line.y if edge.top else edge.line.y
