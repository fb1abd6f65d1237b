"""Running headers and footers of a PDF's pages: what is printed outside the text on one page after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.assemble import Reading
from pipeline.extract.furniture import is_marking, is_page_number
from pipeline.extract.pdf.layout.running import Running, running_lines
from pipeline.extract.pdf.layout.series import FIGURES, Edge, edges_of, numbers_of, value_of
from pipeline.extract.pdf.layout.sheets import Sheet
from pipeline.extract.pdf.page.lines import Line

_PAGE_OF = re.compile(r"\bpage\s+(\d{1,4})\b", re.I)
_LONGEST = 90  # letters of a line that counts pages
_APART = 1.5  # least space between such a line and the text, in sizes of the print, where only one page has it


def take_furniture(sheets: Sequence[Sheet], reading: Reading) -> None:
    """Takes running headers and footers, page numbers and markings out of the sheets' lines, and lists them.

    Furniture is taken from the edges inwards, up to the first line that is none: what the pages of a run have at the
    same height with the same words (see `running_lines`), lines in the very place and print of such, markings, and
    page numbers. Losing a line of the report is worse than printing a header, so what is in doubt stays.
    """
    edges = edges_of(sheets, _page_number)
    numbers = numbers_of(edges, _page_number, len(sheets))
    told = {id(edge.line) for edge in edges if _tells(edge, numbers)}
    running = running_lines(sheets, edges, numbers, told)
    gone: list[Line] = []
    for sheet in sheets:
        own = [edge for edge in edges if edge.sheet is sheet]
        taken: set[int] = set()
        for top in (True, False):
            for line in sheet.lines if top else reversed(sheet.lines):
                edge = next((edge for edge in own if edge.line is line and edge.top is top), None)
                if edge is None or not _is_furniture(edge, numbers, running, told):
                    break
                taken.add(id(line))
        gone.extend(line for line in sheet.lines if id(line) in taken)
        sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    list_furniture(reading, gone)


def _is_furniture(edge: Edge, numbers: frozenset[int], running: Running, told: set[int]) -> bool:
    if id(edge.line) in running.ids or is_marking(edge.line.text):
        return True
    if id(edge.line) in told:
        counted = bool(numbers) and edge.sheet.page.index - (_page_number(edge.line) or 0) in numbers
        return counted or running.gap(edge) > _APART * edge.line.size
    return running.is_in_place(edge)


def _tells(edge: Edge, numbers: frozenset[int]) -> bool:
    """True for what is furniture by its own words: a marking, a page number that fits the other pages'."""
    if is_marking(edge.line.text):
        return True
    number = _page_number(edge.line)
    if number is None:
        return is_page_number(edge.line.text) and not numbers
    fits = edge.sheet.page.index - number in numbers
    return fits or (not numbers and (is_page_number(edge.line.text) or number == edge.sheet.page.index + 1))


def _page_number(line: Line) -> int | None:
    """The number of the page that a line tells, or None."""
    found = _PAGE_OF.search(line.text) if len(line.text) < _LONGEST else None
    if found:
        return int(found[1])
    figures = FIGURES.findall(line.text) if is_page_number(line.text) else []
    return value_of(figures[0]) if figures else None


def list_furniture(reading: Reading, lines: Iterable[Line]) -> None:
    """Lists lines that were left out at the pages' edges, for the officer.

    The same words on several pages are one thing; figures in them that change from page to page are printed as "#".
    """
    alike: dict[str, list[Line]] = {}
    for line in lines:
        alike.setdefault(FIGURES.sub("#", line.text), []).append(line)
    for same in alike.values():
        text = _with_changes(same)
        code = "protective_marking" if is_marking(text) else "running_header_footer"
        for line in same:
            reading.leave_out(code, text, line.page + 1)


def _with_changes(lines: list[Line]) -> str:
    """The text of lines that differ in figures only, with "#" for the figures that differ."""
    figures = [FIGURES.findall(line.text) for line in lines]
    stays = iter([len(set(column)) == 1 for column in zip(*figures, strict=True)])
    return FIGURES.sub(lambda m: m[0] if next(stays) else "#", lines[0].text)
