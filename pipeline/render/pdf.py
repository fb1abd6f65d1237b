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
from pipeline.models import BlockKind, Document
from pipeline.render.shape import NOTE_MARK, Shaped, note_labels, shape

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
    notes = note_labels(document)
    marks = _Marks(notes)
    shaped = shape(document)
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
        "opening": [marks.pieces(_headline(s)) for s in body[:opening]],
        "front": list(_blocks(body[opening:first_section], marks)),
        "blocks": list(_blocks(body[first_section:], marks)),
        "contents": sections.count(top) >= _CONTENTS_FROM,
        "depth": top,
        "indent": _indent(shaped),
    }
    data["notes"] = list(_notes(shaped, marks))
    return data


def _headline(item: Shaped) -> str:
    return f"{item.block.number} {item.block.text}".strip()


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
    """Splits text at note marks, and knows which mark of a note came first: that one is where its note leads back."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.seen: set[str] = set()

    def pieces(self, text: str) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        at = 0
        for found in NOTE_MARK.finditer(text):
            out.extend(_words(text[at : found.start()]))
            label = found.group(1)
            known = label in self.known
            out.append({"mark": label, "known": known, "first": known and label not in self.seen})
            self.seen.add(label)
            at = found.end()
        out.extend(_words(text[at:]))
        return out


def _words(text: str) -> Iterator[dict[str, Any]]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield {"break": True}
        if line:
            yield {"text": line}


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
            yield _table(block.rows, block.header_rows, marks)
        elif block.kind is BlockKind.HEADING:
            yield {"kind": "heading", "level": block.level, "pieces": marks.pieces(_headline(shaped[index]))}
        else:
            kind = "quote" if block.kind is BlockKind.QUOTE else "paragraph"
            yield {"kind": kind, "number": block.number, "pieces": marks.pieces(block.text)}
        index += 1


def _lists(items: Sequence[Shaped], level: int, marks: _Marks) -> Iterator[list[dict[str, Any]]]:
    """Items as lists of one sort each (counted or not), with deeper items as children of the one before them."""
    entries: list[dict[str, Any]] = []
    index = 0
    while index < len(items):
        item = items[index]
        end = index + 1
        while end < len(items) and items[end].block.level > level:
            end += 1
        counted = item.count is not None
        if entries and entries[-1]["counted"] is not counted:
            yield entries
            entries = []
        entry: dict[str, Any] = {
            "counted": counted,
            "count": item.count,
            "number": "" if counted else item.block.number,
            "pieces": marks.pieces(item.block.text),
        }
        entry["lists"] = list(_lists(items[index + 1 : end], level + 1, marks))
        entries.append(entry)
        index = end
    if entries:
        yield entries


def _table(rows: tuple[tuple[str, ...], ...], header_rows: int, marks: _Marks) -> dict[str, Any]:
    width = max((len(row) for row in rows), default=1)
    padded = [(*row, *("" for _ in range(width - len(row)))) for row in rows]
    # A column gets room by the length of its text, damped so that no column starves.
    totals = [sum(len(row[c]) for row in padded) / max(len(padded), 1) for c in range(width)]
    longest = [max((len(word) for row in padded for word in row[c].split()), default=1) for c in range(width)]
    widths = [
        round(max(min(total, 120) ** 0.6, 0.5 * word, 1.0), 2) for total, word in zip(totals, longest, strict=True)
    ]
    cells = [[marks.pieces(cell) for cell in row] for row in padded]
    return {"kind": "table", "widths": widths, "header": cells[:header_rows], "rows": cells[header_rows:]}


def _notes(shaped: Sequence[Shaped], marks: _Marks) -> Iterator[dict[str, Any]]:
    named: set[str] = set()
    for item in shaped:
        if item.block.kind is not BlockKind.FOOTNOTE:
            continue
        number = item.block.number
        first = bool(number) and number not in named
        named.add(number)
        yield {
            "number": number,
            "known": first,
            "marked": first and number in marks.seen,
            "pieces": marks.pieces(item.block.text),
        }
