"""Tables that are set in columns without a line around them, in a PDF without tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.furniture import has_leader
from pipeline.extract.pdf_glyphs import Glyph
from pipeline.extract.pdf_lines import Column, Line, line_of
from pipeline.extract.pdf_tables import Grid, TablePart

_SPLIT = 1.0  # gap, in sizes of the print, that splits a line into cells
_GUTTER = 0.6  # least width of the empty strip between two columns, in the same measure
_MARK = re.compile(r"[^\w\s]|\(?(?:[A-Z]?\.?\d[\d.]*|[A-Za-z]|[ivx]+)[.)]?")  # a bullet or a number that hangs
_Span = tuple[float, float]


def take_column_tables(lines: Sequence[Line]) -> tuple[list[Line], list[TablePart]]:
    """The lines of one page without those that make tables, and the tables.

    Two lines or more, one under the other, that are each split by the same empty strip make a table; lines between
    and under them that keep the strip empty are the rest of their cells.
    """
    rest: list[Line] = []
    tables: list[TablePart] = []
    at = 0
    while at < len(lines):
        end = _run_end(lines, at) if _is_split(lines[at]) else at
        if end > at:
            begin = at
            while rest and _heads(rest[-1], lines[begin], lines[at:end]):
                rest.pop()
                begin -= 1
            tables.append(_table(lines[begin:end]))
            at = end
        else:
            rest.append(lines[at])
            at += 1
    return rest, tables


def _heads(above: Line, first: Line, table: Sequence[Line]) -> bool:
    """True for the upper line of a header cell that is not in the first column: "Relationship to" over "victim"."""
    if above.page != first.page or not 0 < above.y - first.y < 1.45 * first.size:
        return False
    columns = _columns([span for line in table for span in _spans(line)], first.size)
    return above.x0 > columns[0][1] and len(_columns([*columns, *_spans(above)], first.size)) == len(columns)


def _is_split(line: Line) -> bool:
    """More than a bullet or a number before its words."""
    spans = _spans(line)
    if len(spans) == 2 and _MARK.fullmatch(line.text.split(" ", 1)[0]) and line.text_x0 >= spans[1][0] - 1:
        return False
    return len(spans) > 1 and not has_leader(line.text)


def _spans(line: Line, columns: Sequence[_Span] = ()) -> list[_Span]:
    """Left and right edges of the parts of a line between wide gaps, or where a word begins at a known column."""
    spans: list[_Span] = []
    for glyph in (g for g in line.glyphs if not g.char.isspace()):
        gap = glyph.x0 - spans[-1][1] if spans else 0.0
        at_column = gap > 0.15 * line.size and any(abs(glyph.x0 - left) < 1.5 for left, _ in columns)
        if spans and gap <= _SPLIT * line.size and not at_column:
            spans[-1] = (spans[-1][0], max(spans[-1][1], glyph.x1))
        else:
            spans.append((glyph.x0, glyph.x1))
    return spans


def _columns(spans: Sequence[_Span], size: float) -> list[_Span]:
    """Spans of many lines laid over each other: what stays apart are columns."""
    columns: list[_Span] = []
    for left, right in sorted(spans):
        if columns and left - columns[-1][1] < _GUTTER * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _run_end(lines: Sequence[Line], start: int) -> int:
    """Where the table that starts at a split line ends; `start` when it is no table."""
    first = lines[start]
    spans = _spans(first)
    count = len(_columns(spans, first.size))
    end, splits = start + 1, 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        step = lines[index - 1].y - line.y
        more = [*spans, *_spans(line, _columns(spans, line.size))]
        if step > 3.2 * line.size or len(_columns(more, line.size)) < count or abs(line.size - first.size) > 2:
            break
        split = _is_split(line)
        # A line that is not split is a part of the table only where it follows closely, or where a split one comes.
        if not split and step > 1.45 * line.size and not _split_follows(lines, index, more, count):
            break
        spans, count = more, len(_columns(more, line.size))
        splits += split
        end = index + 1
    return end if splits > 1 else start


def _split_follows(lines: Sequence[Line], index: int, spans: Sequence[_Span], count: int) -> bool:
    known = _columns(spans, lines[index].size)
    for above, line in pairwise(lines[index : index + 5]):
        more = [*spans, *_spans(line, known)]
        if above.y - line.y > 3.2 * line.size or len(_columns(more, line.size)) < count:
            return False
        if _is_split(line):
            return True
    return False


def _table(lines: Sequence[Line]) -> TablePart:
    size = lines[0].size
    known: list[_Span] = []
    for line in lines:
        known = _columns([*known, *_spans(line, known)], size)
    columns = known
    parts = [_cells(line, columns) for line in lines]
    reach = tuple(right for _, right in columns)
    rows: list[list[list[Line]]] = []
    for index, cells in enumerate(parts):
        if not rows or _starts_row(lines, parts, index, columns):
            rows.append([[] for _ in columns])
        for column, cell in enumerate(cells):
            if cell is not None:
                rows[-1][column].append(cell)
    xs = (*(left for left, _ in columns), reach[-1])
    grid = Grid(xs, (lines[0].y + size, lines[-1].y), (), reach)
    return TablePart(grid, lines[0].page, tuple(tuple(tuple(cell) for cell in row) for row in rows))


def _cells(line: Line, columns: Sequence[_Span]) -> list[Line | None]:
    held: list[list[Glyph]] = [[] for _ in columns]
    for glyph in line.glyphs:
        middle = (glyph.x0 + glyph.x1) / 2
        held[max(0, sum(left - 1 <= middle for left, _ in columns) - 1)].append(glyph)
    return [line_of(glyphs) if glyphs else None for glyphs in held]


def _starts_row(
    lines: Sequence[Line], parts: Sequence[Sequence[Line | None]], index: int, columns: Sequence[_Span]
) -> bool:
    """By the space between rows where there is any, else by a first cell that does not go on from the line above."""
    steps = [above.y - line.y for above, line in pairwise(lines)]
    least, own = min(steps), steps[index - 1]
    if least > 1.4 * lines[index].size:
        return True
    if max(steps) > 1.15 * least:
        return own > 1.1 * least
    above, first = parts[index - 1][0], parts[index][0]
    if first is None:
        return False
    return above is None or Column(*columns[0]).breaks_after(above, first)
