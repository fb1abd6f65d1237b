"""A PDF without tags: blocks from where the text stands on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.assemble import Reading
from pipeline.extract.furniture import has_leader, is_marking, is_page_number
from pipeline.extract.normalise import BULLETS
from pipeline.extract.numbering import item_number, paragraph_number
from pipeline.extract.pdf_cells import Wording, wording
from pipeline.extract.pdf_columns import take_column_tables
from pipeline.extract.pdf_glyphs import Page
from pipeline.extract.pdf_grids import find_grids, flat_rules
from pipeline.extract.pdf_lines import Column, Line, column_of, lines_by_place, running_text
from pipeline.extract.pdf_tables import TablePart, continues, fill, to_block
from pipeline.models import Block, BlockKind

_EDGE = 0.13  # share of a page's height, at the top and at the bottom, where furniture stands
_TERMINAL = re.compile(r"[.!?:;][\"'’”)\]]*(?:\[\^\d+\])*$")
_NOTE_START = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")


@dataclass(slots=True)
class _Sheet:
    """A page taken apart: its lines from the top down, its tables, its footnotes' lines."""

    page: Page
    lines: list[Line]
    tables: list[TablePart]
    notes: list[Line] = field(default_factory=list)


def read_layout(pages: Sequence[Page]) -> Reading:
    """Blocks of all pages, in reading order, by position, size and weight."""
    reading = Reading()
    sheets = [_sheet(page) for page in pages]
    reading.left_out["running_header_footer"] += _drop_furniture(sheets)
    for sheet in sheets:
        sheet.lines, without_lines = take_column_tables(sheet.lines, flat_rules(sheet.page))
        sheet.tables.extend(without_lines)
    body = _body_size([line for sheet in sheets for line in sheet.lines])
    _take_notes(sheets, body)
    lines = [line for sheet in sheets for line in sheet.lines]
    cells = [cell for s in sheets for t in s.tables for row in t.cells for cell in row]
    notes = [line for sheet in sheets for line in sheet.notes]
    known = wording([*lines, *notes, *(line for cell in cells for line in cell)], cells)
    context = _Context(
        column_of([line for line in lines if abs(line.size - body) < 0.6]), body, known, _leading(lines)
    )
    reading.blocks.extend(_blocks(sheets, context))
    reading.blocks.extend(_notes(sheets, known.words))
    return reading


@dataclass(frozen=True, slots=True)
class _Context:
    column: Column
    body: float  # size of the body text, in points
    known: Wording
    leading: float  # distance of two lines of a paragraph, in points

    def heading(self, line: Line) -> bool:
        if line.bullet or len(line.text) > 200 or has_leader(line.text):
            return False
        return line.size >= 1.12 * self.body or (line.bold and line.size >= 0.98 * self.body)


def _sheet(page: Page) -> _Sheet:
    grids = find_grids(page)
    rest, held = [], [[] for _ in grids]  # type: ignore[var-annotated]
    for glyph in page.glyphs:
        home = next((i for i, grid in enumerate(grids) if grid.holds(glyph)), None)
        (rest if home is None else held[home]).append(glyph)
    tables = [fill(grid, glyphs, page.index) for grid, glyphs in zip(grids, held, strict=True) if glyphs]
    return _Sheet(page, lines_by_place(rest), tables)


def _drop_furniture(sheets: Sequence[_Sheet]) -> int:
    """Takes running headers and footers out of the sheets; how many different ones there were.

    A line near the top or bottom edge is furniture when the same line, but for figures, stands at the same height on
    a third of the pages and on two at least, or when it is a marking or a page number at the very edge.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({_signature(line, sheet) for line in sheet.lines if _at_edge(line, sheet)})
    often = max(2, len(sheets) // 3)
    repeated = {s for s, count in seen.items() if count + seen[s[0], s[1] - 1] + seen[s[0], s[1] + 1] >= often}
    dropped = set()
    for sheet in sheets:
        kept = []
        for index, line in enumerate(sheet.lines):
            outermost = index in {0, len(sheet.lines) - 1} and (is_marking(line.text) or is_page_number(line.text))
            if _at_edge(line, sheet) and (outermost or _signature(line, sheet) in repeated):
                dropped.add(_signature(line, sheet)[0])
            else:
                kept.append(line)
        sheet.lines = kept
    return len(dropped)


def _at_edge(line: Line, sheet: _Sheet) -> bool:
    share = line.y / sheet.page.height if sheet.page.height else 0.5
    return share < _EDGE or share > 1 - _EDGE


def _signature(line: Line, sheet: _Sheet) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.y / 4)


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _leading(lines: Sequence[Line]) -> float:
    steps = Counter(
        round((a.y - b.y) * 2) / 2 for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 3 * a.size
    )
    return steps.most_common(1)[0][0] if steps else 0.0


def _take_notes(sheets: Sequence[_Sheet], body: float) -> None:
    """Moves footnotes out of the lines of every page.

    Notes start at the first line that begins with the raised figure of a mark, or, where the figure is not raised, at
    small print at the foot of the page that begins with one; below the short rule that sets notes off, lines without
    a figure go on from the page before.
    """
    marks = {m for s in sheets for line in s.lines for m in re.findall(r"(?<=\S)\[\^(\d+)\]", line.text)}
    marks |= {
        m for s in sheets for t in s.tables for row in t.cells for cell in row for line in cell
        for m in re.findall(r"\[\^(\d+)\]", line.text)
    }  # fmt: skip
    open_note = False
    for sheet in sheets:
        small = len(sheet.lines)
        while small and sheet.lines[small - 1].size <= 0.93 * body and not sheet.lines[small - 1].bullet:
            small -= 1
        rule = _note_rule(sheet)
        start = len(sheet.lines)
        for index, line in enumerate(sheet.lines):
            number = _note_number(line)
            begins = number in marks and (line.text.startswith("[^") or index >= small)
            if begins or (open_note and rule is not None and line.y < rule):
                start = index
                break
        sheet.notes, sheet.lines = sheet.lines[start:], sheet.lines[:start]
        open_note = bool(sheet.notes)


def _note_rule(sheet: _Sheet) -> float | None:
    """Height of the short rule above footnotes: it starts at the left margin, and only notes are below it."""
    width = sheet.page.width
    flat = [r for r in sheet.page.rules if not r.upright and r.x0 < width * 0.25 and r.x1 - r.x0 < width * 0.45]
    grids = [t.grid for t in sheet.tables]
    free = [r.y0 for r in flat if not any(g.ys[-1] - 2 <= r.y0 <= g.ys[0] + 2 for g in grids)]
    return min(free, default=None)


def _note_number(line: Line) -> str:
    found = _NOTE_START.match(line.text)
    return (found[1] or found[2]) if found else ""


def _notes(sheets: Sequence[_Sheet], words: frozenset[str]) -> Iterable[Block]:
    """Footnote blocks; a note goes on until the next raised figure, or the next plain one in order."""
    current: list[Line] = []
    number = ""
    for line in (line for sheet in sheets for line in sheet.notes):
        found = _note_number(line)
        if found and (line.text.startswith("[^") or not number or int(found) == int(number) + 1):
            if current:
                yield _note(number, current, words)
            number, current = found, [line]
        elif current:
            current.append(line)
    if current:
        yield _note(number, current, words)


def _note(number: str, lines: Sequence[Line], words: frozenset[str]) -> Block:
    text = _NOTE_START.sub("", running_text(lines, words), count=1)
    return Block(BlockKind.FOOTNOTE, text, number=number, page=lines[0].page + 1)


def _blocks(sheets: Sequence[_Sheet], context: _Context) -> Iterable[Block]:
    groups = list(_grouped(sheets, context))
    levels = _heading_levels(groups, context)
    indents = sorted({round(g[0].x0 / 6) for g in groups if isinstance(g[0], Line) and _is_item(g[0])})
    for group in groups:
        if isinstance(group[0], TablePart):
            table = to_block([part for part in group if isinstance(part, TablePart)], context.known)
            if table is not None:
                yield table
        else:
            lines = [line for line in group if isinstance(line, Line)]
            yield _text_block(lines, context, levels, indents)


def _grouped(sheets: Sequence[_Sheet], context: _Context) -> Iterable[list[Line | TablePart]]:
    """Lines of one block together, and parts of one table together."""
    current: list[Line | TablePart] = []
    for sheet in sheets:
        items: list[Line | TablePart] = sorted([*sheet.lines, *sheet.tables], key=lambda item: -item.y)
        for item in items:
            if current and not _belongs(current, item, context):
                yield current
                current = []
            current.append(item)
    if current:
        yield current


def _belongs(current: Sequence[Line | TablePart], item: Line | TablePart, context: _Context) -> bool:
    last = current[-1]
    if isinstance(item, TablePart) or isinstance(last, TablePart):
        return isinstance(item, TablePart) and isinstance(last, TablePart) and continues(last, item)
    heading = context.heading(last)
    if heading != context.heading(item) or (heading and (last.size, last.bold) != (item.size, item.bold)):
        return False
    if item.bullet or abs(last.size - item.size) > 0.15 * context.body:
        return False
    ended = context.column.breaks_after(last, item)
    if last.page == item.page and last.y - item.y > max(1.25 * context.leading, 1.35 * last.size):
        return False
    if heading:
        return not ended and last.page == item.page
    first = current[0]
    numbered = bool(paragraph_number(item.text)[0] or item_number(item.text)[0])
    if numbered and (ended or (last.page != item.page and _TERMINAL.search(last.text))):
        return False
    hanging = first.text_x0 if isinstance(first, Line) and len(current) == 1 else last.x0
    indented = item.x0 > max(last.x0, hanging) + 8 and last.page == item.page
    outdented = isinstance(first, Line) and _is_item(first) and item.x0 < first.text_x0 - 8
    return not (ended or indented or outdented)


def _is_item(line: Line) -> bool:
    return line.bullet or bool(item_number(line.text)[0])


def _heading_levels(groups: Sequence[Sequence[Line | TablePart]], context: _Context) -> dict[tuple[float, bool], int]:
    """Levels by size and weight, largest first; a style used once, above all others, is the title and level 1 too."""
    used: Counter[tuple[float, bool]] = Counter()
    for group in groups:
        if isinstance(group[0], Line) and context.heading(group[0]):
            used[_look(group[0])] += 1
    ranked = sorted(used, key=lambda look: (-look[0], not look[1]))
    title = len(ranked) > 1 and used[ranked[0]] == 1
    return {look: min(6, max(1, rank + (0 if title else 1))) for rank, look in enumerate(ranked)}


def _look(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _text_block(
    lines: Sequence[Line], context: _Context, levels: dict[tuple[float, bool], int], indents: Sequence[int]
) -> Block:
    first = lines[0]
    text = running_text(lines, context.known.words)
    page = first.page + 1
    if context.heading(first) and len(lines) <= 4:
        return Block(BlockKind.HEADING, text, level=levels.get(_look(first), 6), page=page)
    if _is_item(first):
        depth = min(indents.index(round(first.x0 / 6)), 5) if round(first.x0 / 6) in indents else 0
        if first.bullet:
            return Block(BlockKind.LIST_ITEM, text.lstrip("".join(BULLETS) + " "), level=depth, page=page)
        number, rest = item_number(text)
        return Block(BlockKind.LIST_ITEM, rest, level=depth, number=number, ordered=True, page=page)
    return Block(BlockKind.QUOTE if _is_quote(lines, context.column) else BlockKind.PARAGRAPH, text, page=page)


def _is_quote(lines: Sequence[Line], column: Column) -> bool:
    """Indented on the left throughout, and no centred line of a title page."""
    left = min(line.x0 for line in lines)
    return len(lines) > 1 and left > column.left + 15 and max(line.x1 for line in lines) > column.right - 60
