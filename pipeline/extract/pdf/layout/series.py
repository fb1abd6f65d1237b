"""Lines at the edges of a PDF's pages that several pages have at one height."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.furniture import is_marking
from pipeline.extract.pdf.layout.sheets import Sheet
from pipeline.extract.pdf.page.lines import Line

FIGURES = re.compile(r"\d+|\b[ivxl]+\b")
SAME_HEIGHT = 2.0  # points
_NOTE = re.compile(r"\[\^|\d{1,3}(?=[^\W\d_]{3}|[‘“(])")  # with or without a figure that is seen to be raised
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_EDGE = 0.13  # share of a page's height, at the top and at the bottom, where furniture stands
_VERY_EDGE = 0.085  # the same for what two pages only show
_LEAST_PAGES = 3
_MOST = 0.6  # share of a run's pages that show it
_FAR = 3.0  # gap between the parts of a line that stand at both margins, in sizes of the print


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near the upper or the lower edge of a page."""

    line: Line
    sheet: Sheet
    top: bool

    @property
    def page(self) -> int:
        return self.sheet.page.index

    @property
    def place(self) -> tuple[bool, int, int]:
        return self.top, round(self.sheet.page.width), round(self.sheet.page.height)


@dataclass(frozen=True, slots=True)
class Series:
    """The same line on several pages; `counts` where a figure in it is the page's number."""

    edges: tuple[Edge, ...]
    counts: bool = False

    @property
    def first(self) -> Edge:
        return self.edges[0]


def edges_of(sheets: Sequence[Sheet], number: Callable[[Line], int | None]) -> list[Edge]:
    return [
        Edge(line, sheet, line.y > 0.5 * sheet.page.height)
        for sheet in sheets
        for line in _without_notes(sheet, number)
        if min(line.y, sheet.page.height - line.y) < _EDGE * sheet.page.height
    ]


def _without_notes(sheet: Sheet, number: Callable[[Line], int | None]) -> Iterator[Line]:
    """The lines of a page but for those that begin with a note's raised figure, and those of the same print below."""
    note: Line | None = None
    for line in sheet.lines:
        goes_on = note is not None and abs(note.size - line.size) < 0.3 and note.y - line.y < 1.6 * line.size
        told = is_marking(line.text) or number(line) is not None
        note = line if not told and (_NOTE.match(line.text) or goes_on) else None
        if note is None:
            yield line


def value_of(figures: str) -> int:
    """The value of arabic or small Roman figures."""
    if figures.isdigit():
        return int(figures)
    values = [_ROMAN[letter] for letter in figures]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def numbers_of(edges: Sequence[Edge], number: Callable[[Line], int | None], count: int) -> frozenset[int]:
    """How far the numbers printed on pages are behind their count from 0: differences that several pages share."""
    held: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        found = number(edge.line)
        if found is not None:
            held[edge.page - found].add(edge.page)
    return frozenset(behind for behind, pages in held.items() if len(pages) >= min(_LEAST_PAGES, count) > 1)


def series_of(edges: Sequence[Edge], sheets: Sequence[Sheet], numbers: frozenset[int]) -> list[Series]:
    """Lines that most pages of a run have at the same height with the same words.

    numbers  see `numbers_of`; a figure that is its page's number may change from page to page, no other
    """
    found = [*_same_words(edges), *_counting(edges, numbers), *_same_side(edges)]
    return [one for one in found if _runs(one, sheets)]


def _at_one_height(edges: Sequence[Edge]) -> Iterator[tuple[Edge, ...]]:
    held: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (edge.place, edge.line.y)):
        if held and (held[-1].place != edge.place or edge.line.y - held[-1].line.y > SAME_HEIGHT):
            yield tuple(held)
            held = []
        held.append(edge)
    if held:
        yield tuple(held)


def _same_words(edges: Sequence[Edge]) -> Iterator[Series]:
    alike: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        alike[edge.line.text.casefold()].append(edge)
    for same in alike.values():
        yield from (Series(held) for held in _at_one_height(same))


def _same_side(edges: Sequence[Edge]) -> Iterator[Series]:
    """Lines in two parts far apart of which one stays and one changes, as the chapter's name does."""
    alike: dict[tuple[int, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        words, gaps = edge.line.text.casefold().split(), [b[0] - a[1] for a, b in pairwise(edge.line.words)]
        if gaps and len(words) == len(gaps) + 1 and max(gaps) > _FAR * edge.line.size:
            cut = gaps.index(max(gaps)) + 1
            alike[0, " ".join(words[:cut])].append(edge)
            alike[1, " ".join(words[cut:])].append(edge)
    for same in alike.values():
        yield from (Series(held) for held in _at_one_height(same))


def _counting(edges: Sequence[Edge], numbers: frozenset[int]) -> Iterator[Series]:
    """Lines that differ in the number of their page only."""
    alike: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if FIGURES.search(edge.line.text):
            alike[FIGURES.sub("#", edge.line.text).casefold()].append(edge)
    for same in alike.values():
        for held in _at_one_height(same):
            rows = [FIGURES.findall(edge.line.text) for edge in held]
            usual = [Counter(column).most_common(1)[0][0] for column in zip(*rows, strict=True)]
            fit = tuple(
                edge for edge, row in zip(held, rows, strict=True)
                if all(
                    figure == most or edge.page - value_of(figure) in (numbers or {-1})
                    for figure, most in zip(row, usual, strict=True)
                )
            )  # fmt: skip
            if len({edge.line.text for edge in fit}) > 1:
                yield Series(fit, counts=True)


def _runs(series: Series, sheets: Sequence[Sheet]) -> bool:
    """Whether most pages of a run have a line: three at least, or both of two; or all left or all right pages."""
    pages = sorted({edge.page for edge in series.edges})
    if len(pages) < 2:
        return False
    step = step_of(pages)
    filled = {sheet.page.index for sheet in sheets if sheet.lines}
    span = [page for page in range(pages[0], pages[-1] + 1, step) if page in filled]
    if len(pages) < _MOST * len(span):
        return False
    if step == 1 and len(filled) == 2:
        height = series.first.sheet.page.height
        return all(min(e.line.y, height - e.line.y) < _VERY_EDGE * height for e in series.edges)
    if step == 1 or len(pages) >= _LEAST_PAGES:
        return len(pages) >= _LEAST_PAGES
    # Two left or right pages: all that there are, where the pages differ in more than this line.
    side = [page for page in filled if page % 2 == pages[0] % 2]
    return len(side) == 2 and len(filled) > 3


def step_of(pages: Sequence[int]) -> int:
    """2 for left or right pages only, else 1."""
    return 2 if len(pages) > 1 and all((page - pages[0]) % 2 == 0 for page in pages) else 1
