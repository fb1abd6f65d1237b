"""A PDF's pages taken apart: printed lines, ruled tables and pictures, and the zones in which they are read."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import Column, Line, line_of, lines_by_place
from pipeline.extract.pdf.page.runs import Glyph, Run
from pipeline.extract.pdf.page.shapes import Rule
from pipeline.extract.pdf.tables.grids import find_grids
from pipeline.extract.pdf.tables.ruled import TablePart, fill, words_of


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands in the text; `page` from 0."""

    page: int
    box: Rule

    @property
    def y(self) -> float:
        return self.box.y1


_NO_COLUMN = Column(0.0, 0.0)
Item = Line | TablePart | Picture


@dataclass(slots=True)
class Sheet:
    """One page: its lines from the top down, its ruled tables, its pictures."""

    page: Page
    lines: list[Line]
    tables: list[TablePart]
    pictures: list[Picture] = field(default_factory=list)


@dataclass(slots=True)
class Zone:
    """A part of a page that is read from the top down before the next one: a whole page, or one of its columns.

    slot    which column of how many, so that the same columns of many pages can be told together
    column  the edges of its running text
    notes   the lines of its footnotes, once they are known
    """

    page: Page
    slot: tuple[int, ...]
    lines: list[Line]
    tables: list[TablePart]
    pictures: list[Picture]
    column: Column = _NO_COLUMN
    notes: list[Line] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """All that is in it but notes, from the top down."""
        return sorted([*self.lines, *self.tables, *self.pictures], key=lambda item: -item.y)


def sheets_of(pages: Iterable[Page]) -> list[Sheet]:
    return [_sheet(page) for page in pages]


def _sheet(page: Page) -> Sheet:
    grids = find_grids(page)
    rest: list[Run | Glyph] = []
    held: list[list[Glyph]] = [[] for _ in grids]
    for run in page.runs:
        if not any(g.ys[-1] - 1 <= run.y <= g.ys[0] + 1 for g in grids):
            rest.append(run)
            continue
        for word in words_of(run.glyphs()):
            home = next((i for i, grid in enumerate(grids) if grid.holds(word[0])), None)
            (rest if home is None else held[home]).extend(word)
    tables = [fill(grid, glyphs, page.index) for grid, glyphs in zip(grids, held, strict=True) if glyphs]
    return Sheet(page, with_drawn_bullets(lines_by_place(rest), page.dots), tables)


def with_drawn_bullets(lines: Sequence[Line], dots: Sequence[Rule]) -> list[Line]:
    """Lines with a bullet before their words where a small drawing stands in its place."""
    if not dots or not lines:
        return list(lines)
    drawn: dict[int, Rule] = {}
    upward = [-line.y for line in lines]
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        # The line whose small letters the dot stands beside: its baseline is the next one below the dot.
        index = bisect_right(upward, -middle + 0.5)
        for at in range(index, min(index + 2, len(lines))):
            line = lines[at]
            near = 0 <= middle - line.y < 0.75 * line.size and 0.1 * line.size < line.x0 - dot.x1 < 4 * line.size
            if near and not line.bullet and dot.y1 - dot.y0 < 0.8 * line.size:
                drawn[at] = dot
                break
    return [_with_bullet(line, drawn[at]) if at in drawn else line for at, line in enumerate(lines)]


def _with_bullet(line: Line, dot: Rule) -> Line:
    first = line.runs[0]
    edges = array("f", (dot.x0, dot.x1)), array("f", (dot.x1, dot.x1))
    bullet = replace(first, text="• ", lefts=edges[0], rights=edges[1], y=line.y, size=line.size, bold=False)
    return line_of([bullet, *line.runs]) or line
