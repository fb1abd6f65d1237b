"""Columns of running text on a PDF's pages: in which order a page is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.pdf_lines import Line, line_of
from pipeline.extract.pdf_runs import Glyph
from pipeline.extract.pdf_shapes import Rule
from pipeline.extract.pdf_sheets import Item, Picture, Sheet, Zone
from pipeline.extract.pdf_tables import TablePart

_GUTTER = 0.7  # least width of the empty strip between two columns, in sizes of the print
_LEAST_LINES = 4  # a column of running text has as many, but where other pages show the same columns
_LEAST_WORDS = 2.6  # words of a line, on average
_FULL = 0.8  # share of a column's width that a full line takes
_MOST_ALIKE = 0.7  # share of paragraphs beginning side by side; in a table's rows nearly all do
_MOST_COLUMNS = 4
_Gutter = tuple[float, float]  # an empty strip between columns, in points from the left


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
    sure: dict[int, set[_Gutter]] = {}  # width of a page -> gutters that some page of it shows beyond doubt
    for sheet in sheets:
        for gutter in _candidates(sheet.lines, body):
            if any(_is_sure(band, gutter, body) for band in _bands(sheet.lines, gutter)):
                sure.setdefault(round(sheet.page.width), set()).add(gutter)
    return [zone for sheet in sheets for zone in _zones(sheet, sorted(sure.get(round(sheet.page.width), ())))]


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines `left` and `right` of a strip that they keep free, from the top down; `right` is empty where they do not.

    whole  the lines as they go across the page
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    whole: tuple[Line, ...]


def _zones(sheet: Sheet, gutters: Sequence[_Gutter]) -> list[Zone]:
    zones = []
    for slot, items in _split(sheet.lines, [*sheet.tables, *sheet.pictures], gutters):
        items.sort(key=lambda item: -item.y)
        lines = [item for item in items if isinstance(item, Line)]
        tables = [item for item in items if isinstance(item, TablePart)]
        zones.append(Zone(sheet.page, slot, lines, tables, [i for i in items if isinstance(i, Picture)]))
    return zones


_Part = tuple[tuple[int, ...], list[Item]]  # its place: () for the whole width, (0,), (1,) ... for columns


def _split(lines: Sequence[Line], others: Sequence[Item], gutters: Sequence[_Gutter]) -> list[_Part]:
    """Parts in reading order."""
    for number, gutter in enumerate(gutters):
        bands = _bands(lines, gutter, others)
        if not any(_is_likely(band) for band in bands):
            continue
        parts: list[_Part] = []
        for band in bands:
            if _is_likely(band):
                inside = _between(others, band, gutter)
                left = [item for item in inside if _box(item).x1 < gutter[1]]
                right = [item for item in inside if _box(item).x1 >= gutter[1]]
                parts.append(((0,), [*band.left, *left]))
                rest = _split(band.right, right, gutters[number + 1 :])
                parts.extend(((1, *slot), items) for slot, items in rest)
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


def _between(others: Sequence[Item], band: _Band, gutter: _Gutter) -> list[Item]:
    """Tables and pictures that stand within a column of a band."""
    held = [*band.left, *band.right]
    top, bottom = max(line.y for line in held), min(line.y for line in held)
    return [item for item in others if _box(item).y0 < top and item.y > bottom and not _across(item, gutter)]


def _across(item: Item, gutter: _Gutter) -> bool:
    box = _box(item)
    return box.x0 < gutter[0] and box.x1 > gutter[1]


def _box(item: Item) -> Rule:
    if isinstance(item, Picture):
        return item.box
    if isinstance(item, Line):
        return Rule(item.x0, item.y, item.x1, item.y + item.size)
    return Rule(item.grid.xs[0], item.grid.ys[-1], item.grid.xs[-1], item.grid.ys[0])


def _candidates(lines: Sequence[Line], body: float) -> list[_Gutter]:
    """Strips that few lines cross, each before an edge at which words begin again and again."""
    if len(lines) < _LEAST_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gaps = [_gaps(line, _GUTTER * body) for line in lines]
    begins = Counter(round(high) for held in gaps for _, high in held if high < right)
    found: list[_Gutter] = []
    for x in sorted(begins):
        far = left + 0.18 * (right - left) < x < right - 0.12 * (right - left)
        if far and begins[x] + begins[x + 1] >= _LEAST_LINES and not (found and x - found[-1][1] < 2 * body):
            found.append(_emptiest(gaps, float(x), body))
    return found


def _gaps(line: Line, least: float) -> list[_Gutter]:
    """Where a line prints nothing, from the left edge of the page on; `least` points wide."""
    found: list[_Gutter] = []
    reach = -1e4
    for run in line.runs:
        for char, x0, x1 in zip(run.text, run.lefts, run.rights, strict=True):
            if char.isspace():
                continue
            if x0 - reach > least:
                found.append((reach, x0))
            reach = max(reach, x1)
    return [*found, (reach, 1e4)]


def _emptiest(gaps: Sequence[Sequence[_Gutter]], x: float, body: float) -> _Gutter:
    """The strip before `x` that the fewest lines cross: bullets and numbers may hang before the words."""
    wide = _GUTTER * body
    strips = [(x - back - wide, x - back) for back in (0.5, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0)]
    return min(strips, key=lambda strip: sum(not _within(strip, held) for held in gaps))


def _within(strip: _Gutter, gaps: Sequence[_Gutter]) -> bool:
    return any(low <= strip[0] and strip[1] <= high for low, high in gaps)


def _bands(lines: Sequence[Line], gutter: _Gutter, others: Sequence[Item] = ()) -> list[_Band]:
    """Lines from the top down: bands that keep the gutter free, and between them lines that cross it, as `left`."""
    low, high = gutter
    across = sorted((item.y for item in others if _across(item, gutter)), reverse=True)
    bands: list[_Band] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []
    loose = False  # whether `whole` are lines that cross
    middle = (low + high) / 2
    for line in lines:
        crosses = not _within(gutter, _gaps(line, 0.5 * (high - low)))
        turned = bool(across) and across[0] > line.y
        while across and across[0] > line.y:
            across.pop(0)
        if turned or (crosses and (left or right)) or (loose and not crosses):
            bands.extend(_ended(left, right, whole))
            left, right, whole, loose = [], [], [], False
        whole.append(line)
        if crosses:
            loose = True
            continue
        left.extend(_part(line, [g for g in line.glyphs if g.x0 < middle]))
        right.extend(_part(line, [g for g in line.glyphs if g.x0 >= middle]))
    bands.extend(_ended(left, right, whole))
    return bands


def _part(line: Line, glyphs: Sequence[Glyph]) -> list[Line]:
    """The line that some of the glyphs of a line make; the line itself where they are all of them."""
    if sum(not g.char.isspace() for g in glyphs) == sum(run.inked for run in line.runs):
        return [line]
    part = line_of(glyphs) if glyphs else None
    return [part] if part is not None else []


def _ended(left: list[Line], right: list[Line], whole: list[Line]) -> Iterable[_Band]:
    if left and right:
        yield from _trimmed(left, right, whole)
    elif whole:
        yield _Band(tuple(whole), (), tuple(whole))


def _trimmed(left: list[Line], right: list[Line], whole: list[Line]) -> Iterable[_Band]:
    """A band without what goes across over and under it in truth: a short heading, a paragraph's last line."""
    top = right[0].y + 2.5 * right[0].size
    start = 0
    while start < len(left) - 1 and left[start].y > top:
        start += 1
    foot = right[-1].y
    end = len(left)
    for index in range(start + 1, len(left)):
        step = left[index - 1].y - left[index].y
        if left[index].y < foot - 0.5 * left[index].size and step > 2.4 * left[index].size:
            end = index
            break
    over, under = left[:start], left[end:]
    if over:
        yield _Band(tuple(over), (), tuple(over))
    yield _Band(tuple(left[start:end]), tuple(right), tuple(whole[len(over) : len(whole) - len(under)]))
    if under:
        yield _Band(tuple(under), (), tuple(under))


def _is_likely(band: _Band) -> bool:
    """On a page whose columns are known: words on both sides, and no table's rows."""
    return bool(band.left and band.right) and not _in_rows(band) and _words(band.left) > 1.5


def _is_sure(band: _Band, gutter: _Gutter, body: float) -> bool:
    if min(len(band.left), len(band.right)) < _LEAST_LINES or _in_rows(band):
        return False
    return _is_prose(band.left) and (_is_prose(band.right) or _holds_columns(band, gutter, body))


def _holds_columns(band: _Band, gutter: _Gutter, body: float) -> bool:
    """True where the right side is columns again: three columns on the page."""
    further = [g for g in _candidates(band.right, body) if g[0] > gutter[1]]
    return any(_is_sure(inner, g, body) for g in further[:_MOST_COLUMNS] for inner in _bands(band.right, g))


def _words(lines: Sequence[Line]) -> float:
    return sum(line.text.count(" ") + 1 for line in lines) / len(lines)


def _is_prose(lines: Sequence[Line]) -> bool:
    """Lines of several words, most of them full."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(line.x1 - left > _FULL * (right - left) for line in lines)
    return _words(lines) >= _LEAST_WORDS and full >= 0.5 * len(lines)


def _in_rows(band: _Band) -> bool:
    """True for a table: paragraphs on both sides of the strip begin at the same heights."""
    if not band.left or not band.right:
        return False
    first, second = band.left[0], band.right[0]
    top = min(first.y, second.y) - 1
    left, right = ([y for y in _starts(side) if y < top] for side in (band.left, band.right))
    few = min(len(left), len(right))
    alike = sum(any(abs(a - b) < 1.5 for b in right) for a in left)
    labels = first.bold and second.bold and abs(first.y - second.y) < 1.5
    headed = labels and not any(line.bold for line in (*band.left[1:3], *band.right[1:3]))
    return headed or (few > 0 and alike >= _MOST_ALIKE * few)


def _starts(lines: Sequence[Line]) -> list[float]:
    """Heights at which paragraphs begin: after a space or after a line that ends early."""
    if len(lines) < 2:
        return []
    steps = sorted(a.y - b.y for a, b in pairwise(lines))
    usual = steps[len(steps) // 3]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return [b.y for a, b in pairwise(lines) if a.y - b.y > 1.25 * usual or right - a.x1 > 0.25 * (right - left)]
