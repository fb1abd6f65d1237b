"""Lines, tables and pictures of a PDF without tags as blocks: paragraphs, list items, quotations, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.normalise import BULLETS
from pipeline.extract.numbering import item_number, paragraph_number
from pipeline.extract.pdf.layout import headings as pdf_headings
from pipeline.extract.pdf.layout.sheets import Item, Picture, Zone
from pipeline.extract.pdf.page.lines import Column, Line, text_and_turns
from pipeline.extract.pdf.tables.cells import Wording
from pipeline.extract.pdf.tables.ruled import TablePart, continues, to_block
from pipeline.models import Block, BlockKind

_TERMINAL = re.compile(r"[.!?:;][\"'’”)\]]*(?:\[\^\d+\])*$")
_CLOSE = 1.35  # greatest distance of two lines of a paragraph, in sizes of the print, where leading does not tell
_CLOSE_HEADING = 1.6  # of two lines of a heading
_INDENT = 0.65  # least indentation that begins a paragraph, in sizes of the print
_LEAST_CAPITALS = 3  # headings in capitals that a report has, if it has any
_LEAST_BOX = 5  # lines of a narrow box that stands at its column's left edge
_NARROWEST = 10.0  # least width of such a box, in sizes of the print
_QUOTED = 15.0  # least indentation of a quotation, in points


@dataclass(frozen=True, slots=True)
class Print:
    """How a document is printed: size and leading of its running text, in points; what its words tell."""

    body: float
    leading: float
    known: Wording


@dataclass(slots=True)
class _Group:
    """Lines of one block, parts of one table, or one picture; `edges` are those that its lines may reach."""

    items: list[Item]
    zone: Zone
    edges: Column
    heading: bool = False
    base: float = 0.0  # left edge of the zone's running text

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


@dataclass(slots=True)
class _Lists:
    """Indentations of the list that is open, outermost first, and where the words of its last item begin."""

    indents: list[float] = field(default_factory=list)
    words: float = -1.0

    def depth(self, indent: float) -> int:
        while self.indents and self.indents[-1] > indent + 3:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent - 3:
            self.indents.append(indent)
        return min(len(self.indents) - 1, 5)


def blocks_of(zones: Sequence[Zone], look: Print) -> Iterator[Block]:
    """Blocks in reading order, without notes."""
    groups = list(_grouped(zones, look))
    for group in groups:
        group.heading = bool(group.lines) and pdf_headings.is_heading(group.lines, look.body)
    capitals = [group for above, group in pairwise([None, *groups]) if group and _in_capitals(above, group, look)]
    for group in capitals if len(capitals) >= _LEAST_CAPITALS else ():
        group.heading = True
    levels = pdf_headings.levels(g.lines for g in groups if g.heading)
    headings = iter(range(len(groups)))
    lists = _Lists()
    for group in groups:
        first = group.items[0]
        if isinstance(first, Picture):
            yield Block(BlockKind.PICTURE, page=first.page + 1)
        elif isinstance(first, TablePart):
            table = to_block([part for part in group.items if isinstance(part, TablePart)], look.known)
            if table is not None:
                yield table
        elif group.heading:
            text, turns = text_and_turns(group.lines, look.known.words)
            lists = _Lists()
            yield Block(BlockKind.HEADING, text, level=levels[next(headings)], page=first.page + 1, turns=turns)
        else:
            yield _text_block(group, look, lists)


def _in_capitals(above: _Group | None, group: _Group, look: Print) -> bool:
    """A line or two in the body's print, in capitals, set apart from what stands above."""
    lines = group.lines
    if not 0 < len(lines) < 3 or not all(pdf_headings.is_capital_heading(line, look.body) for line in lines):
        return False
    last = above.items[-1] if above is not None else None
    apart = not isinstance(last, Line) or last.page != lines[0].page or last.y - lines[0].y > 1.2 * look.leading
    return apart and not (isinstance(last, Line) and pdf_headings.is_capital_heading(last, look.body))


def _grouped(zones: Sequence[Zone], look: Print) -> Iterator[_Group]:
    current: _Group | None = None
    for zone in zones:
        edges = _local_edges(zone, look)
        for item in zone.items:
            own = edges.get(id(item), zone.column)
            if current is not None and _belongs(current, item, zone, look):
                current.items.append(item)
                current.zone, current.edges, current.base = zone, own, zone.column.left
            else:
                if current is not None:
                    yield current
                current = _Group([item], zone, own, base=zone.column.left)
    if current is not None:
        yield current


def _local_edges(zone: Zone, look: Print) -> dict[int, Column]:
    """Narrower edges of passages that are set full: a quotation indented on both sides, a box at the side."""
    found: dict[int, Column] = {}
    run: list[Line] = []

    def end() -> None:
        right = max((line.x1 for line in run), default=0.0)
        if len(run) > 2 and right < zone.column.right - 12:
            own = Column(run[0].x0, right)
            full = sum(not own.breaks_after(a, b) for a, b in pairwise(run))
            indented = run[0].x0 > zone.column.left + 10
            if full >= 0.6 * (len(run) - 1) if indented else _is_box(run, full, own):
                found.update({id(line): own for line in run})

    for line in zone.lines:
        last = run[-1] if run else None
        if last is None or not (
            abs(last.x0 - line.x0) < 3
            and abs(last.size - line.size) < 0.6
            and last.y - line.y < max(1.25 * look.leading, _CLOSE * line.size)
        ):
            end()
            run = []
        run.append(line)
    end()
    return found


def _is_box(lines: Sequence[Line], full: int, own: Column) -> bool:
    """Whether lines at a column's own left edge are text in a narrow box, and no list of names or an address.

    full  after how many of the lines the next word would not have fitted
    """
    if len(lines) < _LEAST_BOX or own.right - own.left < _NARROWEST * lines[0].size:
        return False
    going_on = sum(line.text[0].islower() for line in lines[1:])
    return full >= 0.75 * (len(lines) - 1) and going_on >= 0.3 * (len(lines) - 1)


def _belongs(current: _Group, item: Item, zone: Zone, look: Print) -> bool:
    """Whether an item goes on with the block before it."""
    last = current.items[-1]
    if isinstance(item, TablePart) and isinstance(last, TablePart):
        return continues(last, item)
    if not isinstance(item, Line) or not isinstance(last, Line):
        return False
    turned = zone is not current.zone
    if item.bullet or abs(last.size - item.size) > 0.15 * look.body:
        return False
    if not turned and last.y - item.y > max(1.25 * look.leading, _room(last, item, look) * last.size):
        return False
    ended = current.edges.breaks_after(last, item)
    if not _same_print(last, item, ended, look):
        return False
    titled = last.size >= 1.12 * look.body or not _TERMINAL.search(last.text)
    if titled and pdf_headings.stands_out(last, look.body) and pdf_headings.stands_out(item, look.body):
        return not ended and not turned and not _begins_number(item)
    return not ended and not _begins(current, last, item, zone, turned, look)


def _room(last: Line, item: Line, look: Print) -> float:
    """Greatest distance of two lines of one block, in sizes of the print; a large heading is set wider."""
    large = last.size >= 1.12 * look.body and item.size == last.size and item.bold == last.bold
    return _CLOSE_HEADING if large else _CLOSE


def _same_print(last: Line, item: Line, ended: bool, look: Print) -> bool:
    """False between a heading and text; bold words at a paragraph's start or end go on with it."""
    one, two = pdf_headings.stands_out(last, look.body), pdf_headings.stands_out(item, look.body)
    if one == two:
        return not one or last.size == item.size
    small = max(last.size, item.size) < 1.12 * look.body and abs(last.size - item.size) < 0.6
    return small and not ended and (one or not _TERMINAL.search(last.text))


def _begins_number(line: Line) -> bool:
    return bool(paragraph_number(line.text)[0] or item_number(line.text)[0])


def _begins(current: _Group, last: Line, item: Line, zone: Zone, turned: bool, look: Print) -> bool:
    """Whether a line begins a paragraph although the one before it is full."""
    closed = bool(_TERMINAL.search(last.text))
    if _begins_number(item) and closed:
        return True
    first = current.lines[0]
    hanging = first.text_x0 if len(current.items) == 1 else last.x0
    shift = zone.column.left - current.base if turned else 0.0
    step = _INDENT * look.body
    if closed and item.x0 - shift > max(last.x0, hanging) + step:
        return True
    lowest = min(line.x0 for line in current.lines)
    if paragraph_number(first.text)[0] and item.x0 - shift < lowest - step and closed:
        return True  # back at the margin, where the lines of a numbered paragraph do not go
    return closed and _is_item(first) and item.x0 - shift < min(first.x0 - 3, last.x0 - step)


def _is_item(line: Line) -> bool:
    return line.bullet or (bool(item_number(line.text)[0]) and not paragraph_number(line.text)[0])


def _text_block(group: _Group, look: Print, lists: _Lists) -> Block:
    lines = group.lines
    first = lines[0]
    text, turns = text_and_turns(lines, look.known.words)
    page = first.page + 1
    if _is_item(first):
        depth = lists.depth(first.x0 - group.base)
        lists.words = first.text_x0
        number, rest = ("", _unbulleted(text)) if first.bullet else item_number(text)
        gone = len(text) - len(rest)
        turns = tuple((max(0, at - gone), turn) for at, turn in turns)
        return Block(BlockKind.LIST_ITEM, rest, depth, number, ordered=not first.bullet, page=page, turns=turns)
    within = bool(lists.indents) and abs(first.x0 - lists.words) < 4
    if not within:
        lists.indents.clear()
    kind = BlockKind.QUOTE if not within and _is_quote(lines, group) else BlockKind.PARAGRAPH
    return Block(kind, text, page=page, turns=turns)


def _unbulleted(text: str) -> str:
    return text.lstrip("".join(BULLETS) + " ")


def _is_quote(lines: Iterable[Line], group: _Group) -> bool:
    """Indented on the left throughout, and neither a numbered paragraph nor a centred line of a title page."""
    held = list(lines)
    if paragraph_number(held[0].text)[0]:
        return False
    left, right = min(line.x0 for line in held), max(line.x1 for line in held)
    column = group.zone.column
    full = right > column.right - 60 or group.edges != column
    return len(held) > 1 and left > column.left + _QUOTED and full
