"""Every cell of every table of the development reports, from Word and from PDF, against their plain text."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import read_here
from pipeline.extract.normalise import one_line
from pipeline.models import Block, BlockKind, DocumentKind

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).parents[1] / "examples"
TABLES = {"d1-overview": 5, "d1-summary": 0, "d2-overview": 3, "d3-overview": 7, "d3-summary": 2, "d4-overview": 3}
_RULER = re.compile(r":?-+:?")


def _tables_of(name: str) -> list[tuple[tuple[tuple[str, ...], ...], int]]:
    """The tables of a report's plain text: their rows, and how many of them are headers."""
    text = json.loads((FIXTURES / f"{name}.gold.json").read_text(encoding="utf-8"))["text"]
    found = []
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        rows = [tuple(one_line(c) for c in line[1:-1].split("|")) for line in map(str.strip, table.splitlines())]
        header = int(any(rows[0]))
        body = [row for row in rows if any(row) and not all(_RULER.fullmatch(cell) for cell in row)]
        found.append((tuple(body), header))
    return found


@cache
def _read(name: str, ending: str) -> tuple[Block, ...]:
    folder = EXAMPLES if name.startswith("d1") else FIXTURES
    kind = DocumentKind.SUMMARY if name.endswith("summary") else DocumentKind.OVERVIEW
    document = read_here((folder / f"{name}.{ending}").read_bytes(), kind)
    return tuple(block for block in document.blocks if block.kind is BlockKind.TABLE)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_every_cell_is_in_its_row_and_column(name: str, ending: str) -> None:
    expected = _tables_of(name)
    assert len(expected) == TABLES[name]
    assert [(t.rows, t.header_rows) for t in _read(name, ending)] == expected


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_in_its_row_and_column_by_place_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.extract.pdf.tags.reader.is_complete", lambda tree, pages: False)
    found = _read.__wrapped__(name, "pdf")
    assert [(t.rows, t.header_rows) for t in found] == _tables_of(name)
