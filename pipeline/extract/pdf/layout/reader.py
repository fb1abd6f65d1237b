"""A PDF without tags: blocks from where the text stands on the page.

Pages are taken apart (pdf_sheets), furniture goes (pdf_furniture), columns give the reading order
(pdf_reading_order), tables without lines (pdf_columns) and notes (pdf_notes) are taken out, and the lines that are
left make blocks (pdf_blocks).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.extract.assemble import Reading
from pipeline.extract.pdf.layout.blocks import Print, blocks_of
from pipeline.extract.pdf.layout.furniture import take_furniture
from pipeline.extract.pdf.layout.notes import foot_of, marks_in, note_blocks, take_notes
from pipeline.extract.pdf.layout.pictures import place_pictures
from pipeline.extract.pdf.layout.reading_order import zones_of
from pipeline.extract.pdf.layout.sheets import Zone, sheets_of
from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import Line, column_of
from pipeline.extract.pdf.tables.cells import wording
from pipeline.extract.pdf.tables.framed import take_framed_tables
from pipeline.extract.pdf.tables.grids import flat_rules
from pipeline.extract.pdf.tables.rest import take_rest
from pipeline.extract.pdf.tables.ruled import TablePart
from pipeline.extract.pdf.tables.unruled import take_column_tables

_ENOUGH = 40  # lines that tell the edges of left and of right pages by themselves


def read_layout(pages: Sequence[Page]) -> Reading:
    """Blocks of all pages, in reading order, by position, size and weight."""
    reading = Reading()
    sheets = sheets_of(pages)
    for sheet in sheets:
        sheet.lines, tables = take_framed_tables(sheet.lines, flat_rules(sheet.page))
        sheet.tables.extend(tables)
    take_furniture(sheets, reading)
    place_pictures(sheets)
    zones = zones_of(sheets)
    body = _body_size(line for zone in zones for line in zone.lines)
    marks = marks_in(line for zone in zones for line in zone.lines)
    for zone in zones:
        foot = foot_of(zone, marks, body)  # notes whose figures hang before their words look like a table
        kept, tables = take_column_tables(zone.lines[:foot], flat_rules(zone.page))
        zone.lines = [*kept, *zone.lines[foot:]]
        zone.tables.extend(tables)
    for above, zone in pairwise(zones):
        last = above.items[-1] if above.items else None
        if isinstance(last, TablePart) and last.grid.reach and zone.page.index == last.page + 1:
            zone.lines, zone.tables = take_rest(last, zone.lines, zone.tables)
    body = _body_size(line for zone in zones for line in zone.lines)
    take_notes(zones, body)
    lines = [line for zone in zones for line in zone.lines]
    notes = [line for zone in zones for line in zone.notes]
    cells = [cell for zone in zones for table in zone.tables for row in table.cells for cell in row]
    known = wording([*lines, *notes, *(line for cell in cells for line in cell)], cells)
    _set_columns(zones, body)
    reading.blocks.extend(blocks_of(zones, Print(body, _leading(lines), known)))
    reading.blocks.extend(note_blocks(zones, known.words))
    return reading


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _leading(lines: Sequence[Line]) -> float:
    """The commonest distance of two lines, in points."""
    steps = Counter(
        round((a.y - b.y) * 2) / 2 for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 3 * a.size
    )
    return steps.most_common(1)[0][0] if steps else 0.0


def _set_columns(zones: Sequence[Zone], body: float) -> None:
    """Gives each zone the edges of its running text: those of all zones in the same place on pages of the same size.

    Left and right pages have their own edges where both have enough lines to tell them.
    """
    held: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for zone in zones:
        for key in _keys(zone):
            held[key].extend(line for line in zone.lines if abs(line.size - body) < 0.6)
    for zone in zones:
        side, place = _keys(zone)
        other = (*side[:-1], not side[-1])
        apart = min(len(held[side]), len(held[other])) >= _ENOUGH
        zone.column = column_of(held[side if apart else place] or zone.lines)


def _keys(zone: Zone) -> tuple[tuple[object, ...], tuple[object, ...]]:
    place = round(zone.page.width), round(zone.page.height), zone.slot
    return (*place, zone.page.index % 2 == 0), place
