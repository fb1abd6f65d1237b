"""Tables that are set in columns without a line around them, in a PDF without tags.

They may have lines between their rows, under their header or at every row, or shaded rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.contents import has_leader
from pipeline.extract.pdf.page.lines import Line, line_of
from pipeline.extract.pdf.page.runs import Run
from pipeline.extract.pdf.page.shapes import Rule
from pipeline.extract.pdf.tables.grids import Grid
from pipeline.extract.pdf.tables.rows import Span, header_is_ruled_off, row_starts
from pipeline.extract.pdf.tables.ruled import TablePart

_SPLIT = 1.0  # gap, in sizes of the print, that splits a line into cells
_MOST_HEADERS = 3
_GUTTER = 0.6  # least width of the empty strip between two columns, in the same measure
_CHANCE = 0.6  # share of the words of stretched lines that may stand under one of another line
_FAR = 6.0  # least gap, in the same measure, between a number and words that do not belong to it
_LEAST_GUTTER = 0.15  # the same where cells of several lines begin at one place
_SAME_BEGIN = 1.5  # points within which they do
_MARK = re.compile(
    r"[^\w\s]|\(?(?:[A-Z]?\.?\d{1,3}(?:\.\d{1,3})*\.?|[A-Za-z]|[ivx]+)[.)]?"
)  # a bullet or a number that hangs


def take_column_tables(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> tuple[list[Line], list[TablePart]]:
    """The lines of one page without those that make tables, and the tables. `rules`: horizontal ones, from the top.

    Lines one under the other that are each split by the same empty strip make a table; lines between and under them
    that keep the strip empty are the rest of their cells.
    """
    rest: list[Line] = []
    tables: list[TablePart] = []
    at = 0
    while at < len(lines):
        end, splits = _run_end(lines, at) if _splits(lines, at) else (at, 0)
        if splits > 1:
            begin = at
            while rest and _heads(rest[-1], lines[begin], lines[at:end], rules):
                rest.pop()
                begin -= 1
            run = lines[begin:end]
            table = table_of(run, _heights(run, rules))
            if _is_table(table, run, splits, bool(_heights(run, rules))):
                tables.append(table)
            else:
                rest.extend(run)
            at = end
        else:
            rest.append(lines[at])
            at += 1
    return rest, tables


def _heights(run: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Where horizontal lines cross at least half of a table's width between its first line and its last."""
    left, right = min(line.x0 for line in run), max(line.x1 for line in run)
    top = bisect_left(rules, -run[0].y, key=lambda r: -r.y1)
    bottom = bisect_right(rules, -run[-1].y, key=lambda r: -r.y1)
    wide: dict[int, float] = {}
    for rule in rules[top:bottom]:
        key = round(rule.y1)
        wide[key] = wide.get(key, 0.0) + max(0.0, min(rule.x1, right) - max(rule.x0, left))
    return [float(y) for y, width in wide.items() if width > 0.5 * (right - left)]


def _heads(above: Line, first: Line, table: Sequence[Line], rules: Sequence[Rule]) -> bool:
    """True for the upper line of a header cell: "Relationship to" over "victim".

    Over the first column a line may as well be the end of a paragraph, unless a line under the header sets it off.
    """
    if above.page != first.page or not 0 < above.y - first.y < 1.45 * first.size:
        return False
    columns: list[Span] = []
    for line in table:
        columns = columns_of([*columns, *parts_of(line)], first.size)
    fits = len(columns_of([*columns, *parts_of(above)], first.size)) == len(columns)
    if above.x0 > columns[0][1]:
        return fits
    alike = above.bold == first.bold and abs(above.size - first.size) < 0.5
    return fits and alike and len(table) > 1 and bool(_heights(table[:2], rules))


def _is_table(table: TablePart, run: Sequence[Line], splits: int, ruled: bool) -> bool:
    """False for the heading lines of a letter, for two names side by side that sign, for text set in two columns."""
    if ruled or (run[0].bold and not run[-1].bold):
        return True
    if _is_stretched(run):
        return False
    first = [cell[0][-1].text for cell in table.cells if cell[0]]
    if len(table.grid.reach) == 2 and sum(text.endswith(":") for text in first) > 0.6 * len(first):
        return False
    return splits > 2 and not runs_on(table, run)


def _is_stretched(run: Sequence[Line]) -> bool:
    """True for justified lines that were ended on purpose: their words stand far apart, and not under each other.

    The first word and the last stand at the edges in any case, so that lines of two words say nothing.
    """
    inner = [parts_of(line)[1:-1] for line in run if is_split(line)]
    pulled = [parts for line in run if line.stretch and (parts := parts_of(line)[1:-1])]
    if not pulled or 2 * len(pulled) < len(inner):
        return False
    lefts = Counter(place for parts in inner for place in {round(left) for left, _ in parts})
    rights = Counter(place for parts in inner for place in {round(right) for _, right in parts})
    under = [lefts[round(left)] > 1 or rights[round(right)] > 1 for parts in pulled for left, right in parts]
    return sum(under) <= _CHANCE * len(under)


def runs_on(table: TablePart, run: Sequence[Line]) -> bool:
    """True for running text in columns: even lines, nearly all of them full of words in each column."""
    steps = [above.y - line.y for above, line in pairwise(run)]
    if len(run) < 6 or max(steps) > 1.15 * min(steps):
        return False
    for column, reach in enumerate(table.grid.reach):
        cells = [line for row in table.cells for line in row[column]]
        width = reach - table.grid.xs[column]
        full = sum(line.x1 - line.x0 > 0.75 * width and line.text.count(" ") > 2 for line in cells)
        if full < 0.6 * len(run):
            return False
    return True


def _splits(lines: Sequence[Line], index: int) -> bool:
    """A line in two parts, or one beside the line under it, a little lower: cells that are set in the middle."""
    line = lines[index]
    if is_split(line) or index + 1 >= len(lines):
        return is_split(line)
    below = lines[index + 1]
    beside = line.x1 + _GUTTER * line.size < below.x0 or below.x1 + _GUTTER * line.size < line.x0
    return beside and 0 < line.y - below.y < 0.8 * line.size and not (line.bullet or below.bullet)


def is_split(line: Line) -> bool:
    """More than a bullet or a number before its words."""
    spans = parts_of(line)
    near = len(spans) == 2 and spans[1][0] - spans[0][1] < _FAR * line.size
    if near and _MARK.fullmatch(line.text.split(" ", 1)[0]) and line.text_x0 >= spans[1][0] - 1:
        return False
    return len(spans) > 1 and not has_leader(line.text)


def parts_of(line: Line, columns: Sequence[Span] = ()) -> list[Span]:
    """Left and right edges of the parts of a line between wide gaps, or where a word begins at a known column."""
    spans: list[Span] = []
    for x0, x1 in line.words:
        gap = x0 - spans[-1][1] if spans else 0.0
        if spans and gap <= _SPLIT * line.size and not (gap > _LEAST_GUTTER * line.size and _is_at(x0, columns)):
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def columns_of(spans: Sequence[Span], size: float) -> list[Span]:
    """Spans of many lines laid over each other: what stays apart are columns."""
    columns: list[Span] = []
    for left, right in sorted(spans):
        if columns and left - columns[-1][1] < _GUTTER * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def shared_columns(lines: Sequence[Line]) -> list[Span]:
    """The columns of lines one under the other.

    A word that is too long for its cell may reach into the next one: where cells of several lines begin tells better.
    """
    size = lines[0].size
    spans = [parts_of(line) for line in lines]
    begins = sorted(left for parts in spans if len(parts) > 1 for left, _ in parts)
    often = [(low, low) for low, high in pairwise(begins) if high - low < _SAME_BEGIN]
    columns: list[Span] = []
    for left, right in sorted(within_cells([(ln, p) for ln in lines for p in parts_of(ln, often)], often)):
        gap = left - columns[-1][1] if columns else 0.0
        if columns and gap < (_LEAST_GUTTER if _is_at(left, often) else _GUTTER) * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _is_at(left: float, columns: Sequence[Span]) -> bool:
    at = bisect_left(columns, left - _SAME_BEGIN, key=lambda span: span[0])
    return at < len(columns) and columns[at][0] < left + _SAME_BEGIN


def within_cells(parts: Sequence[tuple[Line, Span]], often: Sequence[Span]) -> list[Span]:
    """The parts of lines without what one long word has in the next column."""
    found: list[Span] = []
    for line, (left, right) in parts:
        after = next((begin for begin, _ in often if begin > left + line.size), right)
        if (
            after < right
            and _is_at(left, often)
            and sum(left < end and begin < right for begin, end in line.words) == 1
        ):
            right = after - line.size
        found.append((left, right))
    return found


def _run_end(lines: Sequence[Line], start: int) -> tuple[int, int]:
    """Where the table that starts at a split line ends, and how many of its lines are split; one where it is none."""
    first = lines[start]
    columns = columns_of(parts_of(first), first.size)
    count = len(columns)
    end, splits = start + 1, 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        step = lines[index - 1].y - line.y
        more = columns_of([*columns, *parts_of(line, columns)], line.size)
        if not 0 < step <= 3.2 * line.size or len(more) < count or abs(line.size - first.size) > 2:
            break
        split = _splits(lines, index)
        # A line that is not split is a part of the table only where it follows closely, or where a split one comes.
        if not split and step > 1.45 * line.size and not _split_follows(lines, index, more, count):
            break
        columns, count = more, len(more)
        splits += split
        end = index + 1
    return end, splits


def _split_follows(lines: Sequence[Line], index: int, known: Sequence[Span], count: int) -> bool:
    columns = list(known)
    for at in range(index + 1, min(index + 5, len(lines))):
        above, line = lines[at - 1], lines[at]
        columns = columns_of([*columns, *parts_of(line, columns)], line.size)
        if above.y - line.y > 3.2 * line.size or len(columns) < count:
            return False
        if _splits(lines, at):
            return True
    return False


def table_of(
    lines: Sequence[Line], heights: Sequence[float] = (), *, all_ruled: bool = False, head: int = 0
) -> TablePart:
    """The table that lines make. `heights`, `all_ruled` and `head` are those of `row_starts`."""
    size = lines[0].size
    columns = shared_columns(lines)
    parts = [cells_on(line, columns) for line in lines]
    reach = tuple(_reach(index, right, parts) for index, (_, right) in enumerate(columns))
    room = [(left, max(right, following[0] - size)) for (left, right), following in pairwise(columns)]
    starts = row_starts(lines, parts, [*room, columns[-1]], heights, all_ruled=all_ruled, head=head)
    rows: list[list[list[Line]]] = []
    for begins, cells in zip(starts, parts, strict=True):
        if begins:
            rows.append([[] for _ in columns])
        for column, cell in enumerate(cells):
            if cell is not None:
                rows[-1][column].append(cell)
    xs = (*(left for left, _ in columns), reach[-1])
    grid = Grid(xs, (lines[0].y + size, lines[-1].y), reach=reach)
    header = sum(starts[: head or header_is_ruled_off(lines, heights)])
    held = tuple(tuple(tuple(cell) for cell in row) for row in rows)
    return TablePart(grid, lines[0].page, held, header=header if header <= _MOST_HEADERS else 0)


def _reach(column: int, right: float, parts: Sequence[Sequence[Line | None]]) -> float:
    """How far a column's lines go; one word that is longer than its cell says nothing of it."""
    ends = [piece.x1 for part in parts if (piece := part[column]) is not None and " " in piece.text]
    return max(ends, default=right)


def cells_on(line: Line, columns: Sequence[Span]) -> list[Line | None]:
    """The piece of a line in each column, or None. A word that is too long for its cell belongs where it begins."""
    lefts = [left - 1 for left, _ in columns]
    # By the middle of its first letter, which may stand out a little to the left.
    homes = [max(0, bisect_right(lefts, left + 0.1 * line.size) - 1) for left, _ in line.words]
    if len(set(homes)) == 1:
        return [line if at == homes[0] else None for at in range(len(columns))]
    held: list[list[Run]] = [[] for _ in columns]
    ends = [left for left, _ in line.words[1:]]
    for run in line.runs:
        begin = 0
        for at, home in enumerate(homes):
            end = bisect_left(run.lefts, ends[at] - 0.01) if at < len(ends) else len(run.text)
            if end > begin:
                held[home].append(run.part(begin, end))
                begin = end
    return [line_of(runs) if runs else None for runs in held]
