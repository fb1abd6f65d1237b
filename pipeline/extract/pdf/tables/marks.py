"""Marks of notes that stand in a table's cells and are not raised in print: symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.pdf.tables.ruled import TablePart


def cell_texts(tables: Iterable[TablePart]) -> Iterator[str]:
    """The text of each line of each cell."""
    return (line.text for table in tables for row in table.cells for cell in row for line in cell)


def with_mark(tables: Sequence[TablePart], call: re.Pattern[str], mark: str) -> list[TablePart]:
    """The tables with the first place that `call` matches turned into `mark`."""
    open_ = True

    def marked(text: str) -> str:
        nonlocal open_
        if open_ and call.search(text):
            open_ = False
            return call.sub(mark, text, count=1)
        return text

    return [
        replace(
            table,
            cells=tuple(
                tuple(tuple(replace(line, text=marked(line.text)) for line in cell) for cell in row)
                for row in table.cells
            ),
        )
        for table in tables
    ]
