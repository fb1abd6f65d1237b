"""Tables between horizontal lines of one length, in a PDF without tags: over and under their header and at their end,
or under every row. They are known before a page's columns are, so that their columns are not taken for those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.furniture import is_marking, is_page_number
from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.page.shapes import Rule
from pipeline.extract.pdf.tables.rows import Span
from pipeline.extract.pdf.tables.ruled import TablePart
from pipeline.extract.pdf.tables.unruled import is_split, parts_of, runs_on, shared_columns, table_of, within_cells

_SAME_EDGE = 3.0  # points within which lines of a table begin and end
_SAME_HEIGHT = 2.5  # points within which two lines are one
_EVERY_ROW = 3  # as many lines within a table rule every row of it
_MOST_HEADER = 4  # printed lines of a header
_PADDED = 2.2  # greatest distance of a line from the rule above it, in sizes of the print
_WIDER = 1.4  # how much wider than between words the space between two cells is
_NEXT_LINE = 1.45  # greatest distance of two lines of one cell, in sizes of the print
_SET_OFF = 1.5  # how much farther than the rows of a table what does not belong to it is
_PAGE = re.compile(r"\bpage\s+\d", re.I)
_NEXT_ROW = 3.2  # of two rows


def take_framed_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Line], list[TablePart]]:
    """The lines of one page without those that stand in framed tables, and the tables.

    lines  from the top of the page down
    rules  the page's horizontal lines, from the top down
    """
    taken: set[int] = set()
    tables: list[TablePart] = []
    for frame in _frames(rules):
        for begin, end, table in _tabular(lines, frame):
            if not taken.intersection(range(begin, end)):
                taken.update(range(begin, end))
                tables.append(table)
    return [line for index, line in enumerate(lines) if index not in taken], tables


def _frames(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that begin and end at the same places, two or more, from the top down."""
    frames: list[list[Rule]] = []
    for rule in rules:
        for frame in frames:
            if abs(frame[0].x0 - rule.x0) < _SAME_EDGE and abs(frame[0].x1 - rule.x1) < _SAME_EDGE:
                if frame[-1].y1 - rule.y1 > _SAME_HEIGHT:
                    frame.append(rule)
                break
        else:
            frames.append([rule])
    return [frame for frame in frames if len(frame) > 1]


def _tabular(lines: Sequence[Line], frame: Sequence[Rule]) -> Iterator[tuple[int, int, TablePart]]:
    """Tables between the lines of a frame: index of their first line and after their last, and the table."""
    heights = [rule.y1 for rule in frame]
    between = [_between(lines, upper, lower) for upper, lower in pairwise(heights)]
    at = 0
    while at < len(between):
        end, columns = at, 0
        while end < len(between) and (more := _columns_within(lines, between[at : end + 1], heights[end], frame[0])):
            if more < columns:
                break
            end, columns = end + 1, more
        headless = end > at and not any(map(is_split, lines[slice(*between[at])]))
        if columns > 1:
            first, last = between[at][0], between[end - 1][1]
            above = _above(lines, first, last, heights[at], frame[0])
            top = above < first
            rows_ruled = top or end - at >= _EVERY_ROW
            goes_on = end == len(between) and (rows_ruled or (end - at == 1 and last - above <= _MOST_HEADER))
            under = _under(lines, above, last, heights[end]) if goes_on else last
            rows = end - at + top + (under > last)
            deep = between[at][1] - first  # lines between the first two rules
            headed = not top and deep <= _MOST_HEADER and end - at < _EVERY_ROW
            table = table_of(
                lines[above:under], heights[at : end + 1], all_ruled=top and end - at > 1, head=deep if headed else 0
            )
            if rows_ruled:
                table = replace(table, open=under > last)
            if rows > 1 and (top or (not headless and (headed or not runs_on(table, lines[above:under])))):
                yield above, under, table
                at = end
                continue
        at += 1


def _between(lines: Sequence[Line], upper: float, lower: float) -> tuple[int, int]:
    """Index of the first of the lines between two heights, and after the last of them."""
    begin = sum(line.y > upper for line in lines)
    return begin, max(begin, sum(line.y > lower for line in lines))


def _columns_within(lines: Sequence[Line], between: Sequence[tuple[int, int]], upper: float, rule: Rule) -> int:
    """How many columns lines between rules have, or 0 where they or the last of them are no rows of a table.

    between  their places, between each two rules
    upper    height of the rule above the last of them
    """
    last = lines[between[-1][0] : between[-1][1]]
    if not last or any(line.x0 < rule.x0 - _SAME_EDGE or line.x1 > rule.x1 + _SAME_EDGE for line in last):
        return 0
    if not any(map(is_split, last)):
        held = lines[between[0][0] : between[-1][0]]
        rooms = _rooms(shared_columns(held)) if held else []
        if upper - last[0].y > _PADDED * last[0].size or (held and not all(_keeps(line, rooms) for line in last)):
            return 0
    return len(shared_columns(lines[between[0][0] : between[-1][1]]))


def _keeps(line: Line, rooms: Sequence[Span]) -> bool:
    """True for a line whose parts stay in their columns and are farther from each other than its words are."""
    parts = parts_of(line, rooms)
    gaps = sorted(right[0] - left[1] for left, right in pairwise(line.words))
    between = [right[0] - left[1] for left, right in pairwise(parts)]
    wide = not between or min(between) > _WIDER * gaps[len(gaps) // 2]
    return wide and all(any(low - 2 < left and right < high for low, high in rooms) for left, right in parts)


def _above(lines: Sequence[Line], first: int, last: int, height: float, rule: Rule) -> int:
    """Index of the first line of a header that has a line under it and none above."""
    begin = first
    columns = shared_columns(lines[first:last])
    while begin > 0:
        line = lines[begin - 1]
        split = is_split(line)
        near = line.y - (lines[begin].y if begin < first else height) < (_PADDED if split else _NEXT_LINE) * line.size
        inside = rule.x0 - _SAME_EDGE <= line.x0 and line.x1 <= rule.x1 + _SAME_EDGE
        alike = (
            split
            or begin == first
            or (line.bold == lines[first - 1].bold and abs(line.size - lines[first - 1].size) < 1)
        )
        wider = _fitted(line, columns)
        if not (near and inside and alike) or not wider or _is_furniture(line):
            break
        columns = wider
        begin -= 1
    return begin if any(map(is_split, lines[begin:first])) else first


def _under(lines: Sequence[Line], first: int, last: int, height: float) -> int:
    """Index after the last line of a table that goes on under its lowest rule, to the end of its page."""
    if last == len(lines):
        return last
    columns = shared_columns(lines[first:last])
    steps: list[float] = []
    end = last
    for index in range(last, len(lines)):
        line = lines[index]
        step = lines[index - 1].y - line.y if index > last else height - line.y
        most = _NEXT_ROW if index > last else _PADDED
        if abs(line.size - lines[last].size) > 1 or step > most * line.size:
            break
        wider = _fitted(line, columns)
        if not wider or _is_furniture(line) or (len(steps) > 1 and step > _SET_OFF * max(steps)):
            break
        columns = wider
        steps.append(step)
        if is_split(line) or (end == index and step < _NEXT_LINE * line.size):
            end = index + 1
    return end if any(map(is_split, lines[last:end])) else last


def _is_furniture(line: Line) -> bool:
    return is_marking(line.text) or is_page_number(line.text) or bool(_PAGE.search(line.text))


def _fitted(line: Line, columns: Sequence[Span]) -> list[Span]:
    """The columns with a line's parts in them; empty where a part goes over two of them or makes a new one."""
    wider = list(columns)
    for left, right in within_cells([(line, part) for part in parts_of(line, columns)], columns):
        under = [at for at, (begin, end) in enumerate(wider) if left < end and begin < right]
        if len(under) != 1:
            return []
        begin, end = wider[under[0]]
        wider[under[0]] = min(begin, left), max(end, right)
    return wider


def _rooms(columns: Sequence[Span]) -> list[Span]:
    """Where the words of each column may stand."""
    return [(left, after[0]) for (left, _), after in pairwise(columns)] + [(columns[-1][0], columns[-1][1] + 1e3)]
