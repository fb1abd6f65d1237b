"""Columns of running text on a PDF's pages: in which order a page is read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.pdf.layout.bands import Band, bands_of, box_of, crosses, is_beside, is_likely, is_lone
from pipeline.extract.pdf.layout.cuts import Gutter
from pipeline.extract.pdf.layout.drawing import Drawing
from pipeline.extract.pdf.layout.gutters import gutters_of
from pipeline.extract.pdf.layout.sheets import Item, Picture, Sheet, Zone
from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.tables.ruled import TablePart

_Part = tuple[tuple[int, ...], list[Item]]  # its place: () for the whole width, (0,), (1,) ... for columns


_Field = tuple[list[Item], list[Item]]  # what stands in the left and the right column between two walls


@dataclass(frozen=True, slots=True)
class _Wall:
    """What goes across columns: all above it, in both columns, is read before it, and all under it after it."""

    items: list[Item]

    @property
    def top(self) -> float:
        return max(item.y for item in self.items)

    @property
    def foot(self) -> float:
        return min(box_of(item).y0 for item in self.items)


def zones_of(sheets: Sequence[Sheet]) -> list[Zone]:
    """The zones of all pages in reading order.

    Text in columns is read column by column between the lines, tables and pictures that go across all of them. Two
    columns whose paragraphs begin side by side are a table, and stay one zone.
    """
    sizes: Counter[int] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size)] += len(line.text)
    body = float(sizes.most_common(1)[0][0]) if sizes else 10.0
    alike: dict[int, list[tuple[Sheet, Drawing]]] = defaultdict(list)
    drawn = [(sheet, Drawing(sheet.page.runs)) for sheet in sheets]
    for sheet, drawing in drawn:
        alike[round(sheet.page.width)].append((sheet, drawing))
    gutters = {width: gutters_of(same, body) for width, same in alike.items()}
    return [z for sheet, drawing in drawn for z in _zones(sheet, drawing, gutters[round(sheet.page.width)])]


def _zones(sheet: Sheet, drawing: Drawing, gutters: Sequence[Gutter]) -> list[Zone]:
    zones = []
    for slot, items in _split(sheet.lines, [*sheet.tables, *sheet.pictures], gutters, drawing):
        items.sort(key=lambda item: -item.y)
        lines = [item for item in items if isinstance(item, Line)]
        tables = [item for item in items if isinstance(item, TablePart)]
        zones.append(Zone(sheet.page, slot, lines, tables, [i for i in items if isinstance(i, Picture)]))
    return zones


def _split(lines: Sequence[Line], others: Sequence[Item], gutters: Sequence[Gutter], drawing: Drawing) -> list[_Part]:
    """Parts in reading order. `gutters`: those that most lines show first."""
    for number, gutter in enumerate(gutters):
        bands = bands_of(lines, gutter, others, drawing)
        walls = [_Wall([*band.whole]) for band in bands if not _in_columns(band, gutter, others, drawing)]
        if len(walls) == len(bands) and not _side_by_side(others, gutter):
            continue
        walls.extend(_Wall([item]) for item in others if crosses(item, gutter))
        walls.sort(key=lambda wall: -wall.top)
        fields: list[_Field] = [([], []) for _ in range(len(walls) + 1)]
        for band in bands:
            if _in_columns(band, gutter, others, drawing):
                left, right = fields[_at(walls, max(line.y for line in band.whole))]
                left.extend(band.left)
                right.extend(band.right)
        for item in others:
            if not crosses(item, gutter):
                at = _at(walls, item.y)
                if at and walls[at - 1].foot < item.y and isinstance(walls[at - 1].items[0], Line):
                    walls[at - 1].items.append(item)
                else:
                    fields[at][box_of(item).x1 >= gutter[1]].append(item)
        parts: list[_Part] = []
        for at, field in enumerate(fields):
            if at and parts and not parts[-1][0]:
                parts[-1][1].extend(walls[at - 1].items)
            elif at:
                parts.append(((), walls[at - 1].items))
            if parts and not parts[-1][0] and _only_a_table(field):
                parts[-1][1].extend([*field[0], *field[1]])
                continue
            for side, items in enumerate(field):
                if items:
                    held = [item for item in items if isinstance(item, Line)]
                    beside = [item for item in items if not isinstance(item, Line)]
                    rest = _split(held, beside, gutters[number + 1 :], drawing)
                    parts.extend(((side, *slot), inner) for slot, inner in rest)
        return parts
    return [((), [*lines, *others])]


def _in_columns(band: Band, gutter: Gutter, others: Sequence[Item], drawing: Drawing) -> bool:
    return is_likely(band, drawing) or is_lone(band, gutter) or is_beside(band, gutter, others)


def _only_a_table(field: _Field) -> bool:
    left, right = field
    return (not left or not right) and not any(isinstance(item, Line) for item in (*left, *right))


def _side_by_side(others: Sequence[Item], gutter: Gutter) -> bool:
    """True where tables stand in both columns at the same height."""
    boxes = [box_of(item) for item in others if not crosses(item, gutter)]
    left, right = ([b for b in boxes if (b.x1 >= gutter[1]) == side] for side in (False, True))
    return any(a.y0 < b.y1 and b.y0 < a.y1 for a in left for b in right)


def _at(walls: Sequence[_Wall], y: float) -> int:
    """Between which walls something stands whose upper edge is at `y`."""
    return sum(wall.top >= y for wall in walls)
