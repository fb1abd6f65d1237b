"""Running headers and footers of a PDF's pages: what is printed outside the text on one page after another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.assemble import Reading
from pipeline.extract.furniture import is_marking, is_page_number
from pipeline.extract.pdf.layout.sheets import Sheet
from pipeline.extract.pdf.page.lines import Line

_EDGE = 0.13  # share of a page's height, at the top and at the bottom, where furniture stands
_SAME_HEIGHT = 2.0  # points
_FIGURES = re.compile(r"\d+|\b[ivxl]+\b")
_NOTE = re.compile(r"\[\^|\d{1,3}(?=[^\W\d_]{3}|[‘“(])")  # with or without a figure that is seen to be raised
_PAGE_OF = re.compile(r"\bpage\s+\d{1,4}\b", re.I)
_LEAST_PROSE = 30  # letters of a line that is taken for running text


@dataclass(frozen=True, slots=True)
class _Frame:
    """Heights between which the running text of a document's pages stands, in points from the foot of the page."""

    top: float
    bottom: float

    def outside(self, line: Line) -> bool:
        return line.y > self.top + _SAME_HEIGHT or line.y < self.bottom - _SAME_HEIGHT


def take_furniture(sheets: Sequence[Sheet], reading: Reading) -> None:
    """Takes running headers and footers, page numbers and markings out of the sheets' lines, and lists them.

    A line near the top or the bottom edge, outside the frame of the running text, is furniture when it stands at the
    same height on another page with the same words but for figures; when another page has furniture in just that
    place and print; when it is a marking or a page number; or when it counts pages. What stands in the frame stays,
    also where it is repeated: a table's header, a heading.
    """
    edge = [[line for line in _without_notes(sheet) if _at_edge(line, sheet)] for sheet in sheets]
    repeated = _repeated(edge)
    frames = _frames(sheets, repeated)
    places = {
        (_shape(sheet), round(line.y), round(line.size))
        for sheet, lines in zip(sheets, edge, strict=True)
        for line in lines
        if id(line) in repeated and frames[_shape(sheet)].outside(line)
    }
    often = _often(sheets)
    gone: list[Line] = []
    for sheet, lines in zip(sheets, edge, strict=True):
        frame = frames[_shape(sheet)]
        attached = _attached(sheet, repeated)
        taken = {
            id(line)
            for line in lines
            if (
                frame.outside(line)
                and _is_furniture(line, sheet, repeated, places, often if id(line) in attached else 2)
            )
            or (_outermost(line, sheet) and (is_marking(line.text) or is_page_number(line.text)))
        }
        gone.extend(line for line in sheet.lines if id(line) in taken)
        sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    list_furniture(reading, gone)


def _often(sheets: Sequence[Sheet]) -> int:
    """Pages on which furniture stands that follows the text as closely as its own lines do."""
    return max(3, len(sheets) // 3)


_Place = tuple[tuple[int, int], int, int]  # shape of the page, height, size of the print


def _is_furniture(line: Line, sheet: Sheet, repeated: Mapping[int, int], places: set[_Place], least: int) -> bool:
    """Whether a line outside the frame is furniture; `least`: pages that must show it unless its words tell."""
    return repeated.get(id(line), 0) >= least or _tells(line) or _in_place(line, sheet, places)


def _attached(sheet: Sheet, repeated: Mapping[int, int]) -> set[int]:
    """Ids of lines that follow, or are followed by, a line of prose of the page as closely as a paragraph's."""
    found: set[int] = set()
    for above, line in pairwise(sheet.lines):
        if abs(above.size - line.size) < 0.3 and above.bold == line.bold and above.y - line.y < 1.4 * line.size:
            for one, other in ((above, line), (line, above)):
                if id(other) not in repeated and len(other.text) >= _LEAST_PROSE:
                    found.add(id(one))
    return found


def list_furniture(reading: Reading, lines: Iterable[Line]) -> None:
    """Lists lines that were left out at the pages' edges, for the officer.

    The same words on several pages are one thing; figures in them that change from page to page are printed as "#".
    """
    alike: dict[str, list[Line]] = {}
    for line in lines:
        alike.setdefault(_signature(line), []).append(line)
    for same in alike.values():
        text = _with_changes(same)
        code = "protective_marking" if is_marking(text) else "running_header_footer"
        for line in same:
            reading.leave_out(code, text, line.page + 1)


def _with_changes(lines: list[Line]) -> str:
    """The text of lines that differ in figures only, with "#" for the figures that differ."""
    figures = [_FIGURES.findall(line.text) for line in lines]
    stays = iter([len(set(column)) == 1 for column in zip(*figures, strict=True)])
    return _FIGURES.sub(lambda m: m[0] if next(stays) else "#", lines[0].text)


def _signature(line: Line) -> str:
    return _FIGURES.sub("#", line.text)


def _shape(sheet: Sheet) -> tuple[int, int]:
    return round(sheet.page.width), round(sheet.page.height)


def _at_edge(line: Line, sheet: Sheet) -> bool:
    share = line.y / sheet.page.height if sheet.page.height else 0.5
    return share < _EDGE or share > 1 - _EDGE


def _without_notes(sheet: Sheet) -> list[Line]:
    """The lines of a page but for those that begin with a note's raised figure, and those of the same print below."""
    kept: list[Line] = []
    note: Line | None = None
    for line in sheet.lines:
        goes_on = note is not None and abs(note.size - line.size) < 0.3 and note.y - line.y < 1.6 * line.size
        note = line if _NOTE.match(line.text) or (goes_on and not _tells(line)) else None
        if note is None:
            kept.append(line)
    return kept


def _outermost(line: Line, sheet: Sheet) -> bool:
    return line is sheet.lines[0] or line is sheet.lines[-1]


def _tells(line: Line) -> bool:
    """True for what is furniture by its own words."""
    return (
        is_marking(line.text)
        or is_page_number(line.text)
        or (len(line.text) < 90 and bool(_PAGE_OF.search(line.text)))
    )


def _in_place(line: Line, sheet: Sheet, places: set[_Place]) -> bool:
    """True where other pages have furniture at this height in this print: a header with the chapter's name."""
    return any((_shape(sheet), round(line.y) + step, round(line.size)) in places for step in (-1, 0, 1))


def _repeated(edge: Sequence[Sequence[Line]]) -> dict[int, int]:
    """Ids of lines that another page has at the same height with the same words but for figures -> how many have."""
    alike: dict[str, list[Line]] = defaultdict(list)
    for lines in edge:
        for line in lines:
            alike[_signature(line).casefold()].append(line)
    found: dict[int, int] = {}
    for same in alike.values():
        heights = Counter(round(line.y) for line in same)
        for line in same:
            count = sum(heights[round(line.y) + step] for step in (-2, -1, 0, 1, 2))
            if count > 1:
                found[id(line)] = count
    return found


def _frames(sheets: Sequence[Sheet], repeated: Mapping[int, int]) -> dict[tuple[int, int], _Frame]:
    """For each size of page the frame of its running text: prose that no other page repeats, in paragraphs."""
    heights: dict[tuple[int, int], list[float]] = defaultdict(list)
    often = _often(sheets)
    for sheet in sheets:
        held = heights[_shape(sheet)]
        for above, line in pairwise(sheet.lines):
            both = above, line
            prose = all(len(ln.text) >= _LEAST_PROSE and not _tells(ln) for ln in both)
            again = [repeated[id(ln)] for ln in both if id(ln) in repeated]
            # A paragraph may have one line that another has too, but a header is set off from the text by a space.
            close = above.y - line.y < (1.4 if again else 2.2) * line.size and abs(above.size - line.size) < 0.6
            if prose and close and len(again) < 2 and all(count < often for count in again):
                held.extend((above.y, line.y))
        for table in sheet.tables:
            held.extend((table.grid.ys[0] - 12, table.grid.ys[-1]))
    return {
        _shape(sheet): _Frame(
            max(heights[_shape(sheet)], default=sheet.page.height * (1 - _EDGE)),
            min(heights[_shape(sheet)], default=sheet.page.height * _EDGE),
        )
        for sheet in sheets
    }
