"""Columns of running text on a PDF's pages: in which order a page is read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.extract.pdf.layout.bands import Gutter, bands_of, box_of, crosses, is_likely, is_lone
from pipeline.extract.pdf.layout.gutters import gutters_of
from pipeline.extract.pdf.layout.sheets import Item, Picture, Sheet, Zone
from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.tables.ruled import TablePart

_Part = tuple[tuple[int, ...], list[Item]]  # its place: () for the whole width, (0,), (1,) ... for columns


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
    alike: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        alike[round(sheet.page.width)].append(sheet)
    gutters = {width: gutters_of(same, body) for width, same in alike.items()}
    return [zone for sheet in sheets for zone in _zones(sheet, gutters[round(sheet.page.width)])]


def _zones(sheet: Sheet, gutters: Sequence[Gutter]) -> list[Zone]:
    zones = []
    for slot, items in _split(sheet.lines, [*sheet.tables, *sheet.pictures], gutters):
        items.sort(key=lambda item: -item.y)
        lines = [item for item in items if isinstance(item, Line)]
        tables = [item for item in items if isinstance(item, TablePart)]
        zones.append(Zone(sheet.page, slot, lines, tables, [i for i in items if isinstance(i, Picture)]))
    return zones


def _split(lines: Sequence[Line], others: Sequence[Item], gutters: Sequence[Gutter]) -> list[_Part]:
    """Parts in reading order. `gutters`: those that most lines show first."""
    for number, gutter in enumerate(gutters):
        bands = bands_of(lines, gutter, others)
        if not any(is_likely(band) or is_lone(band, gutter) for band in bands):
            continue
        parts: list[_Part] = []
        ends = [max(line.y for line in band.whole) for band in bands[1:]]
        for band, end in zip(bands, [*ends, -1.0], strict=True):
            if is_likely(band) or is_lone(band, gutter):
                begin = max(line.y for line in band.whole) if parts else float("inf")
                inside = [item for item in others if end < item.y <= begin and not crosses(item, gutter)]
                sides = (
                    (0, band.left, [item for item in inside if box_of(item).x1 < gutter[1]]),
                    (1, band.right, [item for item in inside if box_of(item).x1 >= gutter[1]]),
                )
                for side, held, beside in sides:
                    rest = _split(held, beside, gutters[number + 1 :])
                    parts.extend(((side, *slot), items) for slot, items in rest)
            elif parts and not parts[-1][0]:
                parts[-1][1].extend(band.whole)
            else:
                parts.append(((), list(band.whole)))
        placed = {id(item) for _, items in parts for item in items}
        return _with_across(parts, [item for item in others if id(item) not in placed])
    return [((), [*lines, *others])]


def _with_across(parts: list[_Part], across: Sequence[Item]) -> list[_Part]:
    """Parts with the tables and pictures that go across columns, each where it stands among them."""
    for item in sorted(across, key=lambda i: -i.y):
        at = next((n for n, (_, items) in enumerate(parts) if items and max(i.y for i in items) < item.y), len(parts))
        while 0 < at < len(parts) and parts[at][0][:1] == (1,):
            at -= 1  # never between the columns of one band
        parts.insert(at, ((), [item]))
    return parts
