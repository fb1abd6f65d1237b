"""Running headers and footers of a PDF's pages: what is printed outside the text on one page after another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.assemble import Reading
from pipeline.extract.furniture import is_marking
from pipeline.extract.pdf_lines import Line

_FIGURES = re.compile(r"\d+")


def list_furniture(reading: Reading, lines: Iterable[Line]) -> None:
    """Lists lines that were left out at the pages' edges, for the officer.

    The same words on several pages are one thing; figures in them that change from page to page are printed as "#".
    """
    alike: dict[str, list[Line]] = {}
    for line in lines:
        alike.setdefault(_FIGURES.sub("#", line.text), []).append(line)
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
