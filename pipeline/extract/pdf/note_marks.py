"""Footnotes tied to their marks in the text of a PDF, whichever way it was read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.assemble import marks_in
from pipeline.models import Block, BlockKind

FIRST_SYMBOL = 900  # notes that are marked by a symbol bear numbers from here on until they are numbered through
_MARK = re.compile(r"\[\^(\d{1,3})\]")
_NOTE = re.compile(r"\[\^(\d{1,3})\]\s*")
_Place = tuple[int, int, int]  # block, table cell, how many marks stand before it there


@dataclass(frozen=True, slots=True)
class _Call:
    """A mark in the text: where it stands in the order of the text, and on which page."""

    place: _Place
    page: int


def tied(read: Sequence[Block]) -> list[Block]:
    """The blocks, notes last: a raised figure without a note is a figure again; each note is read once.

    Where numbers start again, by the page or by the chapter, and where symbols mark notes, they are numbered through
    in the order in which they are called. A note that nothing calls is a paragraph.
    """
    blocks = _notes_without_tag(read)
    notes = [b for b in blocks if b.kind is BlockKind.FOOTNOTE]
    body = [b for b in blocks if b.kind is not BlockKind.FOOTNOTE]
    numbers = [n.number for n in notes]
    if len(set(numbers)) < len(numbers) or any(n.isdigit() and int(n) >= FIRST_SYMBOL for n in numbers):
        return _renumbered(body, notes)
    known, called = set(numbers), set(marks_in(body))
    plain = [_with_marks(b, index, lambda _, mark: mark if mark in known else "") for index, b in enumerate(body)]
    lost = [_paragraph(n) for n in notes if n.number not in called]
    return [*plain, *lost, *(n for n in notes if n.number in called)]


def _notes_without_tag(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that begin with the raised figure of a mark made before them are footnotes, whatever their tag."""
    called: set[str] = set()
    result = []
    for block in blocks:
        found = _NOTE.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if found and found[1] in called:
            turns = tuple((max(0, at - found.end()), page) for at, page in block.turns)
            rest = block.text[found.end() :]
            result.append(replace(block, kind=BlockKind.FOOTNOTE, text=rest, number=found[1], turns=turns))
        else:
            called.update(marks_in([block]))
            result.append(block)
    return result


def _paragraph(note: Block) -> Block:
    turns = tuple((at + len(note.number) + 1, page) for at, page in note.turns)
    return replace(note, kind=BlockKind.PARAGRAPH, text=f"{note.number} {note.text}", number="", turns=turns)


def _renumbered(body: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    calls: dict[str, list[_Call]] = defaultdict(list)
    for index, block in enumerate(body):
        for place, mark, page in _marks(block, index):
            calls[mark].append(_Call(place, page))
    last: dict[str, tuple[int, _Call]] = {}
    owner: dict[_Place, Block] = {}
    for note in notes:
        call = _call_of(note, calls[note.number], last.get(note.number))
        if call is not None:
            last[note.number] = note.page or 0, call
            owner[call.place] = note
    number = {place: str(count) for count, place in enumerate(sorted(owner), 1)}
    marked = [_with_marks(b, index, lambda place, _: number.get(place, "")) for index, b in enumerate(body)]
    found = [replace(owner[place], number=number[place]) for place in sorted(owner)]
    called = {id(note) for note in owner.values()}
    return [*marked, *(_paragraph(n) for n in notes if id(n) not in called), *found]


def _call_of(note: Block, calls: Sequence[_Call], before: tuple[int, _Call] | None) -> _Call | None:
    """The mark of a note: the first one of its number on the last page, up to the note's own, that has one."""
    page = note.page or 0
    free = [call for call in calls if call.page <= page and (before is None or call.place > before[1].place)]
    later = [call for call in free if before is None or call.page > before[0]] or free
    return min(later, key=lambda call: (-call.page, call.place), default=None)


def _marks(block: Block, index: int) -> Iterator[tuple[_Place, str, int]]:
    """Each mark of a block with its place and page."""
    for count, found in enumerate(_MARK.finditer(block.text)):
        yield (index, -1, count), found[1], block.page_at(found.start()) or 0
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row):
            for count, found in enumerate(_MARK.finditer(cell)):
                yield (index, r * len(row) + c, count), found[1], block.page_at(r) or 0


def _with_marks(block: Block, index: int, number: Callable[[_Place, str], str]) -> Block:
    """The block with each mark under the number that it is given, or as a plain figure where it is given none."""

    def renamed(text: str, cell: int) -> tuple[str, list[tuple[int, int]]]:
        out, at, shifts = "", 0, []
        for count, found in enumerate(_MARK.finditer(text)):
            given = number((index, cell, count), found[1])
            out += text[at : found.start()] + (f"[^{given}]" if given else found[1])
            at = found.end()
            shifts.append((at, len(out) - at))
        return out + text[at:], shifts

    if "[^" not in block.text and not block.rows:
        return block
    text, shifts = renamed(block.text, -1)
    turns = block.turns
    if not block.rows:
        turns = tuple(
            (at + next((shift for end, shift in reversed(shifts) if end <= at), 0), page) for at, page in turns
        )
    rows = tuple(
        tuple(renamed(cell, r * len(row) + c)[0] for c, cell in enumerate(row)) for r, row in enumerate(block.rows)
    )
    return replace(block, text=text, rows=rows, turns=turns)
