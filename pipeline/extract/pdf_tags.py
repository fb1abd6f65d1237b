"""A tagged PDF: blocks from its structure tree (ISO 32000-1, 14.7 and 14.8), text from the glyphs it points to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.assemble import Reading
from pipeline.extract.normalise import BULLETS, join_cell
from pipeline.extract.numbering import item_number
from pipeline.extract.pdf_cells import Wording, cell_text, wording
from pipeline.extract.pdf_glyphs import Page
from pipeline.extract.pdf_lines import Column, Line, column_of, lines_in_order, running_text
from pipeline.extract.pdf_runs import Glyph, Run, glyphs_of, runs_of
from pipeline.extract.pdf_structure import Element, cells_in, cells_of, rows_of
from pipeline.models import Block, BlockKind

_LEAVES = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "LBody", "TD", "TH", "Note",
           "BlockQuote", "Formula", "Code"}  # fmt: skip
_GROUPS = {"Document", "Part", "Art", "Sect", "Div", "NonStruct", "Private", "Index", "BibEntry", "Figure", "Form",
           "Aside", "FENote"}  # fmt: skip
_NOTE_START = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")


def is_complete(tree: Element, pages: Sequence[Page]) -> bool:
    """True when the tree points to all text but artifacts and lines at the pages' edges.

    Tags that miss part of the text would lose it, so such a file is read by place instead.
    """
    tagged = set(tree.content())
    if not any((g.page, g.tag) in tagged for page in pages for g in page.runs):
        return False
    stray = [line for page in pages for line in _outside(page, tagged) if not _at_edge(line, page)]
    return not stray


def _outside(page: Page, tagged: set[tuple[int, int]]) -> list[Line]:
    return lines_in_order([run for run in page.runs if not run.artifact and (run.page, run.tag) not in tagged])


def _at_edge(line: Line, page: Page) -> bool:
    return not 0.13 < line.y / page.height < 0.87


def read_tagged(tree: Element, pages: Sequence[Page]) -> Reading:
    """Blocks in the order of the structure tree."""
    held: dict[tuple[int, int], list[Run]] = {}
    for page in pages:
        for run in page.runs:
            if run.tag >= 0 and not run.artifact:
                held.setdefault((page.index, run.tag), []).append(run)
    for key in _marks(tree, within_list=False):
        held[key] = runs_of(_raised(glyph) for glyph in glyphs_of(held.get(key, ())))
    lines = [line for runs in held.values() for line in lines_in_order(runs)]
    cells = [lines_in_order([run for key in cell.content() for run in held.get(key, ())]) for cell in cells_in(tree)]
    walker = _Walker(held, wording(lines, cells), column_of(lines))
    reading = Reading(walker.blocks(tree, -1))
    tagged = set(held) & set(tree.content())
    artifacts = {
        re.sub(r"\d+", "#", line.text)
        for page in pages
        for line in [*lines_in_order([run for run in page.runs if run.artifact]), *_outside(page, tagged)]
        if _at_edge(line, page)  # what is further in is a table's repeated header
    }
    reading.left_out["running_header_footer"] += len(artifacts)
    return reading


def _marks(element: Element, *, within_list: bool) -> Iterable[tuple[int, int]]:
    """Content of footnote marks: labels and references outside lists."""
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.role == "Reference" or (kid.role == "Lbl" and not within_list):
                yield from kid.content()
            else:
                yield from _marks(kid, within_list=kid.role == "LI" or (within_list and kid.role in {"Span", "L"}))


def _raised(glyph: Glyph) -> Glyph:
    """A figure that the tags call a mark, whether or not its font raises it; other letters as they are."""
    if not glyph.char.isdigit():
        return glyph
    return glyph._replace(size=glyph.size * 0.55, y=glyph.y + 0.3 * glyph.size)


@dataclass(slots=True)
class _Walker:
    held: Mapping[tuple[int, int], list[Run]]
    known: Wording
    column: Column

    def blocks(self, element: Element, depth: int) -> list[Block]:
        """Blocks of an element's children; `depth` is the nesting of the list around it, -1 outside lists."""
        result: list[Block] = []
        notes: list[Block] = []
        loose: list[tuple[int, int]] = []
        for kid in element.kids:
            if isinstance(kid, Element) and kid.role in {"Note", "FENote"}:
                notes.extend(self._note(kid))  # it stands in the middle of its paragraph, which goes on after it
            elif isinstance(kid, Element) and not self._is_inline(kid):
                result.extend(self._text(BlockKind.PARAGRAPH, loose))
                loose = []
                result.extend(self._block(kid, depth))
            elif isinstance(kid, Element):
                loose.extend(kid.content())
            else:
                loose.append(kid)
        result.extend(self._text(BlockKind.PARAGRAPH, loose))
        return [*result, *notes]

    def _is_inline(self, element: Element) -> bool:
        if element.role in {"NonStruct", "Private"}:  # transparent: what is in it decides
            return all(not isinstance(kid, Element) or self._is_inline(kid) for kid in element.kids)
        known = _LEAVES | _GROUPS | {"L", "LI", "Table", "TOC", "TOCI", "THead", "TBody", "TFoot", "TR", "Artifact"}
        return element.role not in known

    def _block(self, element: Element, depth: int) -> list[Block]:
        role = element.role
        if role == "Artifact":
            return []
        if role == "L":
            return [b for kid in element.kids if isinstance(kid, Element) for b in self._block(kid, depth + 1)]
        if role == "LI":
            return self._item(element, max(depth, 0))
        if role == "Table":
            return self._table(element)
        if role in {"Note", "FENote"}:
            return self._note(element)
        if role == "TOC":
            return [Block(BlockKind.HEADING, "Contents", level=2)] + [
                Block(BlockKind.LIST_ITEM, text) for kid in element.kids if isinstance(kid, Element)
                if (text := self._plain(kid.content()))
            ]  # fmt: skip
        heading = re.fullmatch(r"H([1-6])?|Title", role)
        if heading:
            level = int(heading[1]) if heading[1] else 1
            text = self._plain(element.content())
            return [Block(BlockKind.HEADING, text, level=level, page=self._page(element))] if text else []
        if any(isinstance(kid, Element) and not self._is_inline(kid) for kid in element.kids):
            return self.blocks(element, depth)
        return self._text(BlockKind.QUOTE if role == "BlockQuote" else BlockKind.PARAGRAPH, list(element.content()))

    def _lines(self, content: Iterable[tuple[int, int]]) -> list[Line]:
        return lines_in_order([run for key in content for run in self.held.get(key, ())])

    def _plain(self, content: Iterable[tuple[int, int]]) -> str:
        return running_text(self._lines(content), self.known.words)

    def _page(self, element: Element) -> int | None:
        first = next(iter(element.content()), None)
        return None if first is None else first[0] + 1

    def _text(self, kind: BlockKind, content: Sequence[tuple[int, int]]) -> list[Block]:
        """One block, or several where lines were ended on purpose."""
        groups: list[list[Line]] = []
        for line in self._lines(content):
            last = groups[-1][-1] if groups else None
            if last is not None and not (last.page == line.page and self.column.breaks_after(last, line)):
                groups[-1].append(line)
            else:
                groups.append([line])
        return [Block(kind, running_text(group, self.known.words), page=group[0].page + 1) for group in groups]

    def _item(self, element: Element, depth: int) -> list[Block]:
        own: list[tuple[int, int]] = []
        nested: list[Block] = []
        for kid in _flat(element):
            if isinstance(kid, Element):
                nested.extend(self._block(kid, depth))
            else:
                own.append(kid)
        text = self._plain(own)
        if not text:
            return nested
        page = own[0][0] + 1
        number, rest = item_number(text)
        if number:
            return [Block(BlockKind.LIST_ITEM, rest, level=depth, number=number, ordered=True, page=page), *nested]
        bare = text[1:].lstrip() if text[0] in BULLETS and text[1:2] in {" ", ""} else text
        return [Block(BlockKind.LIST_ITEM, bare, level=depth, page=page), *nested]

    def _note(self, element: Element) -> list[Block]:
        text = self._plain(element.content())
        found = _NOTE_START.match(text)
        if not found:
            return [Block(BlockKind.PARAGRAPH, text, page=self._page(element))] if text else []
        number = found[1] or found[2]
        return [Block(BlockKind.FOOTNOTE, text[found.end() :], number=number, page=self._page(element))]

    def _table(self, element: Element) -> list[Block]:
        rows: list[list[str]] = []
        header_rows = 0
        pending: set[tuple[int, int]] = set()  # cells that a cell above spans
        columns = self._columns(element)
        for row in rows_of(element):
            cells: list[str] = []
            tagged = cells_of(row)
            for cell in tagged:
                while (len(rows), len(cells)) in pending:
                    cells.append("")
                if len(tagged) < len(columns):
                    cells.extend([""] * (self._place(cell, columns) - len(cells)))
                wide, deep = cell.spans
                pending |= {(len(rows) + d, len(cells) + c) for d in range(1, deep) for c in range(wide)}
                edge = columns[len(cells)][1] if len(cells) < len(columns) else 0.0
                cells.extend([self._cell(cell, edge), *[""] * (wide - 1)])
            header_rows += bool(tagged) and all(c.role == "TH" for c in tagged) and header_rows == len(rows)
            rows.append(cells)
        width = max(map(len, rows), default=0)
        if not width:
            return []
        padded = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
        return [Block(BlockKind.TABLE, rows=padded, header_rows=header_rows, page=self._page(element))]

    def _columns(self, table: Element) -> list[tuple[float, float]]:
        """Where each column's text begins and how far it reaches, in points, from the rows with most cells."""
        rows = [cells_of(row) for row in rows_of(table)]
        most = max(map(len, rows), default=0)
        columns = [(float("inf"), 0.0)] * most
        for row in (r for r in rows if len(r) == most and all(c.spans == (1, 1) for c in r)):
            for index, cell in enumerate(row):
                lines = self._lines(cell.content())
                left = min((line.x0 for line in lines), default=float("inf"))
                right = max((line.x1 for line in lines), default=0.0)
                columns[index] = min(columns[index][0], left), max(columns[index][1], right)
        return columns

    def _place(self, cell: Element, columns: Sequence[tuple[float, float]]) -> int:
        """The column in which a cell stands: some programs leave empty cells out of the tags."""
        left = min((line.x0 for line in self._lines(cell.content())), default=None)
        if left is None:
            return 0
        return min(range(len(columns)), key=lambda index: abs(columns[index][0] - left))

    def _cell(self, cell: Element, edge: float) -> str:
        """A cell's paragraphs in one line."""
        texts: list[str] = []
        loose: list[tuple[int, int]] = []

        def end() -> None:
            texts.append(cell_text(self._lines(loose), edge, self.known))
            loose.clear()

        def walk(element: Element) -> None:
            for kid in element.kids:
                if isinstance(kid, Element) and not self._is_inline(kid):
                    end()
                    walk(kid)
                    end()
                elif isinstance(kid, Element):
                    loose.extend(kid.content())
                else:
                    loose.append(kid)

        walk(cell)
        end()
        return join_cell(text for text in texts if text)


def _flat(item: Element) -> Iterable[Element | tuple[int, int]]:
    """An item's own content, and the lists, tables and notes nested in it as elements."""
    for kid in item.kids:
        if isinstance(kid, Element) and kid.role in {"L", "Table", "Note", "FENote"}:
            yield kid
        elif isinstance(kid, Element):
            yield from _flat(kid)
        else:
            yield kid
