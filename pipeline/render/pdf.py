"""A redacted document as an accessible PDF (PDF/UA-1), typeset anew by typst from the words alone.

The template report.typ is fixed; the words reach it as JSON and are set as strings. Fonts come from the folder
beside this file, never from the machine, and the only time in the file is the day of the sign-off, so that the same
document gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pipeline.errors import RenderFailed
from pipeline.models import Block, BlockKind, Document, Foreign
from pipeline.render.grid import Cell, grid_of
from pipeline.render.shape import Shaped, pieces, shape

_HERE = Path(__file__).parent
_CONTENTS_FROM = 6  # sections from which a list of contents is worth its page


def as_pdf(document: Document, title: str, running: str, author: str, on: date) -> bytes:
    """The PDF of a document.

    title    its title in the properties and on the reader's title bar
    running  what stands at the foot of every page beside the page number
    on       the day in its properties
    Raises RenderFailed where the typesetter refuses, for instance a character that no shipped font has.
    """
    import typst

    data = _data(document, title, running, author, on)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_HERE / "fonts"])
    try:
        return typst.compile(
            (_HERE / "report.typ").read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            font_paths=fonts,
            pdf_standards="ua-1",
            timestamp=datetime.combine(on, time(12), UTC),  # midday: the same day in every time zone of Europe
        )
    except typst.TypstError:
        # The typesetter's message may quote the report, so that it is not passed on.
        raise RenderFailed(
            f"The {document.kind} cannot be typeset as an accessible PDF.",
            "Look in it for characters of an unusual script, or a table without cells, and take the file in again.",
        ) from None


def _data(document: Document, title: str, running: str, author: str, on: date) -> dict[str, Any]:
    shaped = shape(document)
    notes = [s.block for s in shaped if s.block.kind is BlockKind.FOOTNOTE]
    marks = _Marks(notes)
    body = [s for s in shaped if s.block.kind is not BlockKind.FOOTNOTE]
    opening = _opening_length(body)
    first_section = next(
        (i for i, s in enumerate(body) if i >= opening and s.block.kind is BlockKind.HEADING), len(body)
    )
    sections = [s.block.level for s in body[first_section:] if s.block.kind is BlockKind.HEADING]
    top = min(sections, default=1)
    data: dict[str, Any] = {
        "title": title,
        "running": running,
        "author": author,
        "keywords": ["domestic homicide review"],
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "opening": [_headline(s, marks) for s in body[:opening]],
        "front": list(_blocks(body[opening:first_section], marks)),
        "blocks": list(_blocks(body[first_section:], marks)),
        "contents": sections.count(top) >= _CONTENTS_FROM,
        "depth": top,
        "indent": _indent(shaped),
    }
    data["notes"] = list(_notes(notes, marks))
    return data


def _headline(item: Shaped, marks: _Marks) -> list[dict[str, Any]]:
    words = marks.pieces(item.block.text, item.block.foreign)
    return [{"text": f"{item.block.number} "}, *words] if item.block.number else words


def _opening_length(body: Sequence[Shaped]) -> int:
    """How many headings at the very start are the printed title rather than a first section."""
    count = 0
    while count < min(3, len(body)) and body[count].block.kind is BlockKind.HEADING and not body[count].block.number:
        count += 1
    return count


def _indent(shaped: Sequence[Shaped]) -> float:
    """Width of the number column in em: room for the longest printed number, within reason."""
    longest = max((len(s.block.number) for s in shaped if s.block.kind is BlockKind.PARAGRAPH), default=0)
    return min(max(1.6 + 0.45 * longest, 2.4), 4.6)


class _Marks:
    """Cuts texts at note marks, and knows which mark of a note came first: that one is where its note leads back."""

    def __init__(self, notes: Sequence[Block]) -> None:
        self.known = {note.number for note in notes if note.number}
        self.seen: set[str] = set()

    def pieces(self, text: str, foreign: Sequence[Foreign] = ()) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for piece in pieces(text, foreign):
            if not piece.mark:
                out.extend(_words(piece.text, piece.language))
                continue
            known = piece.text in self.known
            out.append({"mark": piece.text, "known": known, "first": known and piece.text not in self.seen})
            self.seen.add(piece.text)
        return out


def _words(text: str, language: str) -> Iterator[dict[str, Any]]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield {"break": True}
        if line:
            yield {"text": line, "language": _language(language)} if language else {"text": line}


def _language(tag: str) -> dict[str, str | None]:
    """A language tag as the settings that typst has for it; the region of the text around it must not be added."""
    language, *rest = tag.split("-")
    script = next((part.lower() for part in rest if len(part) == 4), "auto")
    return {"lang": language, "script": script, "region": next((part for part in rest if len(part) == 2), None)}


def _blocks(shaped: Sequence[Shaped], marks: _Marks) -> Iterator[dict[str, Any]]:
    index = 0
    while index < len(shaped):
        block = shaped[index].block
        if block.kind is BlockKind.LIST_ITEM:
            end = index
            while end < len(shaped) and shaped[end].block.kind is BlockKind.LIST_ITEM:
                end += 1
            for entries in _lists(shaped[index:end], 0, marks):
                yield {"kind": "items", "entries": entries}
            index = end
            continue
        if block.kind is BlockKind.TABLE:
            yield _table(block, marks)
        elif block.kind is BlockKind.HEADING:
            yield {"kind": "heading", "level": block.level, "pieces": _headline(shaped[index], marks)}
        else:
            words = marks.pieces(block.text, block.foreign)
            yield {"kind": block.kind.value, "number": block.number, "pieces": words}
        index += 1


def _lists(items: Sequence[Shaped], level: int, marks: _Marks) -> Iterator[list[dict[str, Any]]]:
    """Items as lists of one sort each (numbered or not), with deeper items as children of the one before them."""
    entries: list[dict[str, Any]] = []
    index = 0
    while index < len(items):
        item = items[index]
        end = index + 1
        while end < len(items) and items[end].block.level > level:
            end += 1
        number = f"{item.count}." if item.count else item.printed_number
        if entries and bool(entries[-1]["number"]) is not bool(number):
            yield entries
            entries = []
        entry: dict[str, Any] = {"number": number, "pieces": marks.pieces(item.block.text, item.block.foreign)}
        entry["lists"] = list(_lists(items[index + 1 : end], level + 1, marks))
        entries.append(entry)
        index = end
    if entries:
        yield entries


def _table(block: Block, marks: _Marks) -> dict[str, Any]:
    grid = grid_of(block)
    # A column gets room by the length of its text, damped so that no column starves.
    widths = []
    for c in range(grid.width):
        column = [row[c] for row in block.rows if c < len(row)]
        mean = sum(map(len, column)) / max(len(column), 1)
        word = max((len(word) for text in column for word in text.split()), default=1)
        widths.append(round(max(min(mean, 120) ** 0.6, 0.5 * word, 1.0), 2))

    def rows(part: Sequence[Sequence[Cell]]) -> list[list[dict[str, Any]]]:
        return [[_cell(cell, block.foreign, marks) for cell in row] for row in part]

    header, body = rows(grid.header), rows(grid.body)
    called = any(piece.get("known") for row in header for cell in row for piece in cell["pieces"])
    # A header that goes on every page of the table is there for the eye only, and nothing in it may be a link.
    return {"kind": "table", "widths": widths, "header": header, "rows": body, "repeat": not called}


def _cell(cell: Cell, foreign: Sequence[Foreign], marks: _Marks) -> dict[str, Any]:
    words = marks.pieces(cell.text, foreign)
    return {"rows": cell.rows, "columns": cell.columns, "strong": bool(cell.heads), "pieces": words}


def _notes(notes: Sequence[Block], marks: _Marks) -> Iterator[dict[str, Any]]:
    """All notes, in their order, after the text. A mark leads to the first of two notes with one number."""
    bodies = [marks.pieces(note.text, note.foreign) for note in notes]  # a note may be called by a later one only
    named: set[str] = set()
    for note, body in zip(notes, bodies, strict=True):
        first = bool(note.number) and note.number not in named
        named.add(note.number)
        yield {"number": note.number, "known": first, "marked": first and note.number in marks.seen, "pieces": body}
