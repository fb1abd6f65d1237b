"""The grid of a Word table: which cells cover which places, and what its style says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.extract.assemble import Reading
from pipeline.extract.word.colours import Theme, fill_of
from pipeline.extract.word.concealed import Surface
from pipeline.extract.word.styles import Conditional, Style, Styles, is_header_style
from pipeline.extract.word.xml import MC, W, shown_branch, switched_on, value_of, whole_number
from pipeline.models import Foreign, Merged

_WRAPPERS = {W + n for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_MOST_COLUMNS = 63  # Word's own limit
# w:tblLook as bits, in documents of before 2010
_LOOK_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200,
              "noVBand": 0x400}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What one w:tc holds: `text` for a table, `strong` where all of it is bold."""

    text: str
    strong: bool = False
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...]
    header_rows: int
    foreign: tuple[Foreign, ...]
    covered: int = 0  # cells with words that lie under a merged cell, where Word shows none


@dataclass(frozen=True, slots=True)
class Place:
    """A w:tc with the places that it covers; `starts` where the cells below may go on with it, `continues` where it
    only goes on with the cell above."""

    element: Any
    row: int
    column: int
    columns: int
    continues: bool = False
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A w:tbl as its rows and cells stand once changes are accepted and hidden rows are gone."""

    places: tuple[Place, ...]
    height: int
    width: int
    marked_headers: int
    look: frozenset[str]
    style: Style

    @property
    def is_box(self) -> bool:
        """A frame around text, or a column of them, and not a table."""
        return self.width <= 1 or not self.places

    def surface(self, place: Place, theme: Theme, outer: Surface) -> Surface:
        """What words of a cell stand on: its own shading, else what the table's style says of the place."""
        looks, fill = outer.looks, outer.fill
        for name in self._conditions(place):
            found = self.style.cells.get(name, Conditional())
            looks = found.looks.over(looks)
            fill = found.fill if found.fill else fill
        own = place.element.find(f"{W}tcPr/{W}shd")
        by_hand = "" if own is None else fill_of(own, theme)
        return Surface(by_hand or fill, looks, own=bool(by_hand))

    def _conditions(self, place: Place) -> Iterator[str]:
        """Parts of the table's style that hold for a place, the strongest last (ECMA-376 part 1, 17.7.6)."""
        yield "wholeTable"
        first_row, first_column = int("firstRow" in self.look), int("firstColumn" in self.look)
        if "noVBand" not in self.look:
            yield "band1Vert" if (place.column - first_column) % 2 == 0 else "band2Vert"
        if "noHBand" not in self.look:
            yield "band1Horz" if (place.row - first_row) % 2 == 0 else "band2Horz"
        if first_column and place.column == 0:
            yield "firstCol"
        if "lastColumn" in self.look and place.column + place.columns == self.width:
            yield "lastCol"
        if first_row and place.row < max(1, self.marked_headers):
            yield "firstRow"
        last = "lastRow" in self.look and place.row == self.height - 1
        if last:
            yield "lastRow"
        top = bool(first_row) and place.row == 0
        if (top or last) and first_column and place.column == 0:
            yield "nwCell" if top else "swCell"
        if (top or last) and "lastColumn" in self.look and place.column + place.columns == self.width:
            yield "neCell" if top else "seCell"

    def grid(self, cells: Sequence[Cell]) -> Grid:
        """Rows of equal length; `cells` holds what stands in each of `places`. What a merged cell covers is empty."""
        rows = [[""] * self.width for _ in range(self.height)]
        spans: dict[tuple[int, int], list[int]] = {}  # row and column of a cell -> rows and columns that it covers
        covered = 0
        above: dict[int, tuple[int, int]] = {}  # column -> the cell that may go on below
        for place, cell in zip(self.places, cells, strict=True):
            start = above.get(place.column)
            if place.continues and start and start[0] + spans[start][0] == place.row:
                spans[start][0] += 1
                covered += bool(cell.text)
                continue
            rows[place.row][place.column] = cell.text
            spans[place.row, place.column] = [1, place.columns]
            above.pop(place.column, None)
            if place.starts or place.continues:
                above[place.column] = (place.row, place.column)
        merged = tuple(Merged(r, c, *size) for (r, c), size in sorted(spans.items()) if size != [1, 1])
        strong = [all(c.strong for p, c in zip(self.places, cells, strict=True) if p.row == row and c.text)
                  and any(rows[row]) for row in range(self.height)]  # fmt: skip
        foreign = tuple(dict.fromkeys(f for cell in cells for f in cell.foreign))
        return Grid(tuple(map(tuple, rows)), merged, self._header_rows(strong), foreign, covered)

    def _header_rows(self, strong: Sequence[bool]) -> int:
        if self.marked_headers:
            return min(self.marked_headers, self.height)
        apart = "firstRow" in self.look and is_header_style(self.style)
        return int(self.height > 1 and (apart or (strong[0] and not all(strong))))


def read_table(element: Any, styles: Styles, reading: Reading) -> Table:
    """From a w:tbl. Deleted and hidden rows are counted and left out."""
    properties = element.find(W + "tblPr")
    rows: list[Any] = []
    headers = 0
    for row in _children(element, "tr"):
        of_row = row.find(W + "trPr")
        if of_row is not None and of_row.find(W + "del") is not None:
            reading.leave_out("tracked_deletion")
        elif switched_on(of_row, "hidden"):
            reading.leave_out("hidden_text")
        else:
            if of_row is not None and of_row.find(W + "ins") is not None:
                reading.leave_out("tracked_insertion")
            if switched_on(of_row, "tblHeader") and headers == len(rows):
                headers += 1
            rows.append(row)
    places = tuple(place for index, row in enumerate(rows) for place in _places(row, index, reading))
    width = max((place.column + place.columns for place in places), default=0)
    after = max((_gap(row, "gridAfter") + _end(places, index) for index, row in enumerate(rows)), default=0)
    style = styles.by_id.get(value_of(properties, "tblStyle"), styles.table)
    return Table(places, len(rows), min(max(width, after), _MOST_COLUMNS), headers, _look(properties), style)


def _places(row: Any, index: int, reading: Reading) -> Iterator[Place]:
    column = min(_gap(row, "gridBefore"), _MOST_COLUMNS - 1)
    last: Place | None = None
    for cell in _children(row, "tc"):
        properties = cell.find(W + "tcPr")
        if properties is not None and properties.find(W + "cellDel") is not None:
            reading.leave_out("tracked_deletion")
            continue
        if properties is not None and properties.find(W + "cellIns") is not None:
            reading.leave_out("tracked_insertion")
        columns = max(1, whole_number(value_of(properties, "gridSpan"), 1))
        columns = min(columns, _MOST_COLUMNS - column)
        if columns < 1:
            raise ValueError("more columns than a table has")
        if last and _continues(properties, "hMerge"):
            last = replace(last, columns=last.columns + columns)
        else:
            if last:
                yield last
            goes_on = _continues(properties, "vMerge")
            starts = not goes_on and properties is not None and properties.find(W + "vMerge") is not None
            last = Place(cell, index, column, columns, goes_on, starts)
        column += columns
    if last:
        yield last


def _continues(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(W + name)
    return found is not None and found.get(W + "val", "continue") == "continue"


def _gap(row: Any, name: str) -> int:
    return max(0, whole_number(value_of(row.find(W + "trPr"), name)))


def _end(places: Iterable[Place], row: int) -> int:
    return max((p.column + p.columns for p in places if p.row == row), default=0)


def _look(properties: Any) -> frozenset[str]:
    look = None if properties is None else properties.find(W + "tblLook")
    if look is None:
        return frozenset({"noHBand", "noVBand"})
    try:
        bits = int(look.get(W + "val", "0"), 16)
    except ValueError:
        bits = 0
    on = {name for name, bit in _LOOK_BITS.items() if bits & bit}
    for name in _LOOK_BITS:
        said = look.get(W + name)
        if said is not None:
            (on.add if said in {"1", "true", "on"} else on.discard)(name)
    return frozenset(on)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)
        elif child.tag == MC + "AlternateContent":
            yield from _children(shown_branch(child), name)
