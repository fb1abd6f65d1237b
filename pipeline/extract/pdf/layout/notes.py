"""Footnotes and endnotes of a PDF without tags: small print at the foot of a page or column, or a list at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from pipeline.extract.pdf.layout.sheets import Zone
from pipeline.extract.pdf.note_marks import FIRST_SYMBOL
from pipeline.extract.pdf.page.lines import Line, text_and_turns
from pipeline.extract.pdf.tables.marks import cell_texts, with_mark
from pipeline.models import Block, BlockKind

_SMALL = 0.93  # greatest size of a note's print, in sizes of the body
_SYMBOLS = r"\*{1,4}|†{1,2}|‡{1,2}|§{1,2}|¶"
_NOTE_START = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")
_SYMBOL_START = re.compile(rf"({_SYMBOLS})\s*(?=[^\s*†‡§¶])")
_FIGURE_START = re.compile(r"(\d{1,3})(?=[^\W\d_]|[‘“\"'(])")
_MARK = re.compile(r"(?<=\S)\[\^(\d{1,3})\]")
_TITLE = re.compile(r"^(?:\d+\.?\s+)?(?:end ?notes?|foot ?notes?|notes|references|notes and references)$", re.I)
_ENDED = re.compile(r"[.!?:;][\"'’”)\]]*$")
# Raised figures of units ("12 m²", "40 km²") are no marks.
_UNIT = re.compile(r"(?<=\d)(\s?(?:[ckm]?m|ft|in))\[\^([23])\]")


@dataclass(slots=True)
class _Notes:
    """What is known while pages are gone through: the marks made, and whether a note may go on."""

    body: float
    marks: set[str]
    open: bool = False
    listed: bool = False  # within a list of endnotes, which goes on until a heading
    symbols: int = FIRST_SYMBOL


def take_notes(zones: Sequence[Zone], body: float) -> None:
    """Moves the lines of notes from `lines` to `notes` of every zone. `body`: size of the running text, in points.

    A note starts at a line that begins with the figure of a mark, raised or, in the small print at the foot, plain;
    the notes end where larger print or a heading follows. Below the short rule that sets notes off, and in small
    print, lines without a figure go on from the note before. Symbols become figures from FIRST_SYMBOL on.
    """
    for zone in zones:
        zone.lines = [_without_units(line) for line in zone.lines]
    marks = set(marks_in(line for zone in zones for line in zone.lines))
    marks |= {
        m for z in zones for t in z.tables for row in t.cells for cell in row for line in cell
        for m in re.findall(r"\[\^(\d+)\]", line.text)
    }  # fmt: skip
    known = _Notes(body, marks)
    for _, same in groupby(zones, key=lambda zone: zone.page.index):
        _name_marks(list(same), known)
    for zone in zones:
        start, end = _notes_in(zone, known)
        zone.notes, zone.lines = zone.lines[start:end], zone.lines[:start] + zone.lines[end:]
        if zone.notes:
            known.open = known.listed or not _ENDED.search(zone.notes[-1].text)
        elif zone.lines:
            known.open = False


def _without_units(line: Line) -> Line:
    return replace(line, text=_UNIT.sub(r"\1\2", line.text)) if "[^" in line.text else line


def _small_print(zone: Zone, body: float) -> int:
    """Where the small print at the foot of a zone begins."""
    at = len(zone.lines)
    while at and zone.lines[at - 1].size <= _SMALL * body and not _is_bullet(zone.lines[at - 1]):
        at -= 1
    return at


def foot_of(zone: Zone, marks: frozenset[str], body: float) -> int:
    """Where notes with raised figures begin in the small print at the foot of a zone; the count of its lines if none.

    marks  those that the document's text calls, see `marks_in`
    """
    for index in range(_small_print(zone, body), len(zone.lines)):
        text = zone.lines[index].text
        if text.startswith("[^") and _number(zone.lines[index]) in marks:
            return index
    return len(zone.lines)


def marks_in(lines: Iterable[Line]) -> frozenset[str]:
    """Raised figures that follow words."""
    return frozenset(mark for line in lines for mark in _MARK.findall(line.text))


def _is_bullet(line: Line) -> bool:
    return line.bullet and not _SYMBOL_START.match(line.text)


def _notes_in(zone: Zone, known: _Notes) -> tuple[int, int]:
    """First and last line (exclusive) of the notes of a zone."""
    lines = zone.lines
    small = _small_print(zone, known.body)
    rule = _note_rule(zone)
    for index, line in enumerate(lines):
        if _TITLE.match(line.text) and index + 1 < len(lines) and _number(lines[index + 1]) in known.marks:
            known.listed = True
            return index + 1, _end(lines, index + 1, known)
        number = _number(line)
        begins = number in known.marks and (line.text.startswith("[^") or index >= small or known.listed)
        goes_on = known.open and ((rule is not None and line.y < rule) or index >= small or known.listed)
        if begins or goes_on:
            return index, _end(lines, index, known)
    return len(lines), len(lines)


def _end(lines: Sequence[Line], start: int, known: _Notes) -> int:
    """Notes end before print that is larger than theirs, or before a heading."""
    size = lines[start].size
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.size > size + 0.6 or (line.bold and not lines[start].bold and not _number(line)):
            known.listed = False
            return index
    return len(lines)


def _note_rule(zone: Zone) -> float | None:
    """Height of the short rule above footnotes: it starts at the left of the zone, and only notes are below it."""
    left = min((line.x0 for line in zone.lines), default=0.0)
    right = max((line.x1 for line in zone.lines), default=zone.page.width)
    grids = [t.grid for t in zone.tables]
    free = [
        r.y0 for r in zone.page.rules
        if not r.upright and left - 6 < r.x0 < left + 20 and 20 < r.x1 - r.x0 < 0.6 * (right - left)
        and not any(g.ys[-1] - 2 <= r.y0 <= g.ys[0] + 2 for g in grids)
    ]  # fmt: skip
    lowest = min(free, default=None)
    return lowest if lowest is not None and lowest < 0.6 * zone.page.height else None


def _number(line: Line) -> str:
    found = _NOTE_START.match(line.text)
    return (found[1] or found[2]) if found else ""


def _name_marks(zones: Sequence[Zone], known: _Notes) -> None:
    """Marks on one page that are not raised in print: symbols, and figures in a font that raises them itself.

    They count where small print at the foot begins with one, and the text above calls it.
    """
    places = [(zone, _small_print(zone, known.body)) for zone in zones]
    text = [(zone, index) for zone, small in places for index in range(small)]
    figures: dict[str, str] = {}
    for zone, small in places:
        for index in range(small, len(zone.lines)):
            line = zone.lines[index]
            found = _SYMBOL_START.match(line.text) or _FIGURE_START.match(line.text)
            if not found or found[1] in figures:
                continue
            cells = [] if found[1].isdigit() else [t for z in zones for t in cell_texts(z.tables)]
            if not _calls(found[1], [*(z.lines[i].text for z, i in text), *cells]):
                continue
            figures[found[1]] = found[1] if found[1].isdigit() else str(known.symbols)
            known.symbols += not found[1].isdigit()
            known.marks.add(figures[found[1]])
            zone.lines[index] = replace(line, text=f"[^{figures[found[1]]}]{line.text[found.end() :]}")
    for mark, number in figures.items():
        for zone, index in text:
            line = zone.lines[index]
            marked = _call(mark).sub(f"[^{number}]", line.text)
            if marked != line.text:
                zone.lines[index] = replace(line, text=marked)
                break
        else:
            _name_in_table(zones, mark, number)


def _name_in_table(zones: Sequence[Zone], mark: str, number: str) -> None:
    """Names the first mark in the cells of a page's tables; another one of the same note stays as it is printed."""
    for zone in zones:
        if _calls(mark, cell_texts(zone.tables)):
            zone.tables = with_mark(zone.tables, _call(mark), f"[^{number}]")
            return


def _calls(mark: str, texts: Iterable[str]) -> bool:
    return any(_call(mark).search(text) for text in texts)


@cache
def _call(mark: str) -> re.Pattern[str]:
    """A mark right after a word or its full stop; a figure only after small letters, so that "CO2" is none."""
    if mark.isdigit():
        return re.compile(rf"(?:(?<=[a-z)’”][a-z)’”])|(?<=[a-z)’”][.,;:?!]))(?<!\d m){mark}(?=$|[\s.,;:)’”])")
    return re.compile(rf"(?<=[\w.,;:!?)\"'’”]){re.escape(mark)}(?=$|[\s.,;:)’”])")


def note_blocks(zones: Iterable[Zone], words: frozenset[str]) -> Iterator[Block]:
    """Footnote blocks; a note goes on until the next raised figure, or the next plain one in order."""
    current: list[Line] = []
    number = ""
    for line in (line for zone in zones for line in zone.notes):
        found = _number(line)
        if found and (line.text.startswith("[^") or not number or int(found) == int(number) + 1):
            if current:
                yield _note(number, current, words)
            number, current = found, [line]
        else:
            current.append(line)
    if current:
        yield _note(number, current, words)


def _note(number: str, lines: Sequence[Line], words: frozenset[str]) -> Block:
    text, turns = text_and_turns(lines, words)
    if not number:  # it goes on from a note that was not found: nothing is lost
        return Block(BlockKind.PARAGRAPH, text, page=lines[0].page + 1, turns=turns)
    found = _NOTE_START.match(text)
    gone = found.end() if found else 0
    turns = tuple((max(0, at - gone), page) for at, page in turns)
    return Block(BlockKind.FOOTNOTE, text[gone:], number=number, page=lines[0].page + 1, turns=turns)
