"""The stories of a Word document in reading order: its body, the cells of its tables, its text boxes, its notes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.extract.assemble import Reading
from pipeline.extract.contents import is_contents_heading
from pipeline.extract.normalise import join_cell, one_line
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.extract.word.colours import Theme, fill_of, read_theme
from pipeline.extract.word.concealed import PAGE, Concealed, Surface
from pipeline.extract.word.drawings import Drawing
from pipeline.extract.word.headings import Seen
from pipeline.extract.word.numbering import Numbering, read_numbering
from pipeline.extract.word.paragraphs import Paragraph, block_of, is_page_number_only
from pipeline.extract.word.parts import one_related
from pipeline.extract.word.styles import Styles, exact_line_of, is_marked, read_styles
from pipeline.extract.word.tables import Cell, Table, read_table
from pipeline.extract.word.text import TextReader, Words, is_placeholder, refuse_text_elsewhere, visible
from pipeline.extract.word.xml import MC, W, all_of, shown_branch, switched_on, value_of
from pipeline.models import Block, BlockKind

_WRAPPERS = {W + n for n in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_LIST_OF_THINGS = re.compile(r"(?:list|table|index) of (?:figures|tables|illustrations|authorities)", re.IGNORECASE)
CONTENTS = Block(BlockKind.PARAGRAPH)  # stands where a contents list was


@dataclass(slots=True)
class Story:
    part: Any
    styles: Styles
    theme: Theme
    numbering: Numbering
    text: TextReader
    reading: Reading
    concealed: Concealed
    surface: Surface = PAGE
    pictures: list[Seen] | None = None  # where pictures in a cell wait until its table is done
    carried: Words | None = None  # words of a paragraph whose end was deleted: the next one goes on from them
    in_contents: bool = False
    root: Any = None

    @classmethod
    def of(cls, package: Any) -> Story:
        part = package.part
        theme = read_theme(one_related(part, "theme"))
        styles = read_styles(one_related(part, "styles"), theme)
        reading = Reading()
        return cls(
            part,
            styles,
            theme,
            read_numbering(one_related(part, "numbering"), styles.lists),
            TextReader(styles, theme, reading),
            reading,
            Concealed(_paper(package.element, one_related(part, "settings"), theme)),
            root=_body(package.element),
        )

    def body(self) -> list[Seen]:
        return list(self.story(self.root))

    def story(self, parent: Any) -> Iterator[Seen]:
        """A text that stands by itself: no paragraph and no field goes on after it."""
        outer, self.carried = self.carried, None
        depth = len(self.text.fields.stack)
        yield from self._blocks(parent)
        yield from self._flush()
        self.carried = outer
        if not self.text.fields.close(depth):
            raise DamagedFile("The Word document has a field that never ends, which hides the text after it.",
                              SAVE_AGAIN)  # fmt: skip

    def _blocks(self, parent: Any) -> Iterator[Seen]:
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                yield from self._paragraph(child)
            elif tag == W + "tbl":
                yield from self._flush()
                yield from self._table(child)
            elif tag == W + "sdt":
                yield from self._control(child)
            elif tag in _WRAPPERS:
                yield from self._blocks(child)
            elif tag == MC + "AlternateContent":
                yield from self._blocks(shown_branch(child))
            elif tag in {W + "del", W + "moveFrom"}:
                self.reading.leave_out("tracked_deletion")
            elif tag in {W + "altChunk", W + "subDoc"}:
                refuse_text_elsewhere()

    def _control(self, control: Any) -> Iterator[Seen]:
        properties = control.find(W + "sdtPr")
        gallery = "" if properties is None else value_of(properties.find(W + "docPartObj"), "docPartGallery")
        if "table of contents" in gallery.lower():
            yield from self._contents()
        elif is_placeholder(control):
            self.reading.leave_out("form_field")
        else:
            for content in control.findall(W + "sdtContent"):
                yield from self._blocks(content)

    def _contents(self) -> Iterator[Seen]:
        if not self.in_contents:
            yield Seen(CONTENTS)
        self.in_contents = True

    def _flush(self) -> Iterator[Seen]:
        """A paragraph whose end was deleted and that nothing follows."""
        words, self.carried = self.carried, None
        if words is not None:
            yield from self._printed(words, None)

    def _paragraph(self, element: Any) -> Iterator[Seen]:
        properties = element.find(W + "pPr")
        style = self.styles.paragraph(properties)
        looks = style.looks.over(self.surface.looks.over(self.styles.looks))
        words = self.text.paragraph(element, looks)
        self._turn_pages(element, properties)
        if self.carried is not None:
            words = Words(self.carried.pieces + words.pieces, self.carried.drawings + words.drawings)
            self.carried = None
        if is_marked(properties, "del") or is_marked(properties, "moveFrom"):
            if element.find(W + "del") is None and element.find(W + "moveFrom") is None:
                self.reading.leave_out("tracked_deletion")
            self.carried = words
        elif _runs_on(properties):
            self.carried = words
        else:
            if is_marked(properties, "ins") and element.find(W + "ins") is None:
                self.reading.leave_out("tracked_insertion")
            yield from self._printed(words, properties)

    def _turn_pages(self, element: Any, properties: Any) -> None:
        turns = sum(1 for _ in all_of(element, "lastRenderedPageBreak"))
        turns += sum(1 for b in all_of(element, "br") if b.get(W + "type") == "page")
        if properties is not None and properties.find(W + "sectPr") is not None:
            turns += 1
        self.concealed.page += turns

    def _printed(self, words: Words, properties: Any) -> Iterator[Seen]:
        """The block that a paragraph is, then the text boxes and pictures that are anchored in it."""
        style = self.styles.paragraph(properties)
        entries = [p for p in visible(words.pieces) if not p.mark]
        if style.is_contents or style.is_contents_heading or (entries and all(p.contents for p in entries)):
            yield from self._contents()
            return
        words.pieces = [p for p in words.pieces if not p.contents]
        paragraph = Paragraph(words, properties, style, self.styles)
        block = block_of(paragraph, self.numbering)
        if block is not None and is_page_number_only(words):
            self.reading.leave_out("running_header_footer", one_line(words.text))
            block = None
        if block is not None:
            self.in_contents = False
            self.concealed.paragraph(paragraph.printed_number(block.block))
            self._look(words, properties, paragraph)
            yield block
        for drawing in words.drawings:
            yield from self._drawing(drawing)

    def _look(self, words: Words, properties: Any, paragraph: Paragraph) -> None:
        shading = None if properties is None else properties.find(W + "shd")
        own = fill_of(shading, self.theme) if shading is not None else paragraph.style.fill
        exact = exact_line_of(properties)
        height = (paragraph.style.exact_line or 0) if exact is None else exact
        surface = replace(self.surface, fill=own, own=True) if own else self.surface
        self.concealed.words(words.pieces, surface, height)

    def _drawing(self, drawing: Drawing) -> Iterator[Seen]:
        if drawing.hidden:
            self.reading.leave_out("hidden_text" if drawing.boxes or drawing.words else "decoration")
            return
        self.concealed.drawing(drawing)
        for box in drawing.boxes:
            with self._on(Surface(box.fill)):
                yield from self.story(box.content)
        for line in drawing.words:
            if drawing.watermark:
                self.reading.leave_out("watermark", one_line(line))
            else:
                yield Seen(Block(BlockKind.PARAGRAPH, line))
        if drawing.picture:
            self.reading.leave_out("image")
            picture = Seen(Block(BlockKind.PICTURE, drawing.alt))
            if self.pictures is None:
                yield picture
            else:
                self.pictures.append(picture)
        elif drawing.decoration:
            self.reading.leave_out("decoration")

    @contextmanager
    def _on(self, surface: Surface) -> Iterator[None]:
        outer, self.surface = self.surface, surface
        yield
        self.surface = outer

    def _table(self, element: Any) -> Iterator[Seen]:
        table = read_table(element, self.styles, self.reading)
        if table.is_box:
            for place in table.places:
                with self._on(table.surface(place, self.theme, self.surface)):
                    yield from self.story(place.element)
            return
        outer, self.pictures = self.pictures, []
        cells = self._cells(table)
        waiting, self.pictures = self.pictures, outer
        grid = table.grid([cell for cell, _ in cells])
        self.reading.left_out["hidden_text"] += grid.covered
        filled = [inside for cell, inside in cells if cell.text]
        if table.height == 1 and len(filled) == 1:
            yield from filled[0]
        elif filled:
            self.in_contents = False
            yield Seen(Block(BlockKind.TABLE, rows=grid.rows, header_rows=grid.header_rows, merged=grid.merged,
                             foreign=grid.foreign))  # fmt: skip
        for picture in waiting:
            if self.pictures is None:
                yield picture
            else:
                self.pictures.append(picture)

    def _cells(self, table: Table) -> list[tuple[Cell, list[Seen]]]:
        """Each cell as text, and as the blocks that are in it."""
        cells: list[tuple[Cell, list[Seen]]] = []
        for place in table.places:
            if _is_asked_for(place.element):
                self.reading.leave_out("form_field")
                cells.append((Cell(""), []))
                continue
            with self._on(table.surface(place, self.theme, self.surface)):
                inside = [s for s in self.story(place.element) if s.block is not CONTENTS]
            written = [s for s in inside if s.block.text or s.block.rows]
            text = join_cell(part for s in written for part in texts_of(s.block))
            foreign = tuple(f for s in written for f in s.block.foreign)
            cells.append((Cell(text, bool(written) and all(s.strong for s in written), foreign), inside))
        return cells

    def without_contents(self, blocks: Iterable[Block]) -> list[Block]:
        """The blocks without the places of contents lists, each counted once, and without the headings over them."""
        kept: list[Block] = []
        for block in blocks:
            if block is not CONTENTS:
                kept.append(block)
                continue
            self.reading.leave_out("contents_list")
            title = one_line(kept[-1].text) if kept else ""
            if is_contents_heading(title) or _LIST_OF_THINGS.fullmatch(title):
                kept.pop()
        return kept


def texts_of(block: Block) -> list[str]:
    """A block's words for a place that holds words only: a cell, a footnote."""
    if block.rows:
        return [cell for row in block.rows for cell in row if cell]
    return [f"{block.number} {block.text}" if block.number else block.text]


def _is_asked_for(cell: Any) -> bool:
    """Whether a cell, or its row, is a content control that shows only its hint."""
    holders = itertools.islice(cell.iterancestors(), 4)  # w:sdtContent and w:sdt, of the cell or of its row
    return any(holder.tag == W + "sdt" and is_placeholder(holder) for holder in holders)


def _runs_on(properties: Any) -> bool:
    """Whether a paragraph prints its words at the start of the next one: its mark is hidden, or it is an initial.

    A mark that only parts two styles on one line (w:specVanish) leaves a heading and its paragraph apart.
    """
    frame = None if properties is None else properties.find(W + "framePr")
    if frame is not None and frame.get(W + "dropCap", "none") in {"drop", "margin"}:
        return True
    return is_marked(properties, "vanish") and not is_marked(properties, "specVanish")


def _body(document: Any) -> Any:
    body = document.find(W + "body")
    if body is None:
        raise DamagedFile("The Word document is damaged: it has no text.", SAVE_AGAIN)
    return body


def _paper(document: Any, settings: Any, theme: Theme) -> str:
    """The colour of the page, which Word shows only where the settings say so."""
    background = document.find(W + "background")
    if background is None or not switched_on(settings, "displayBackgroundShape"):
        return "FFFFFF"
    colour = background.get(W + "color", "")
    return colour.upper() if len(colour) == 6 else "FFFFFF"
