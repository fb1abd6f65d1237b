"""A tagged PDF: blocks from its structure tree (ISO 32000-1, 14.7 and 14.8), text from the print it points to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.assemble import Reading
from pipeline.extract.contents import is_contents_heading
from pipeline.extract.normalise import BULLETS, one_line
from pipeline.extract.numbering import item_number, paragraph_number
from pipeline.extract.pdf.layout.furniture import list_furniture
from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import lines_in_order
from pipeline.extract.pdf.tags.columns import Columns, columns_of
from pipeline.extract.pdf.tags.lists import nesting
from pipeline.extract.pdf.tags.structure import BLOCKS, Content, Element, opened, paragraphs
from pipeline.extract.pdf.tags.tables import read_table
from pipeline.extract.pdf.tags.text import TaggedText, gather
from pipeline.extract.pdf.tags.trust import at_edge, is_complete, keeps_all, outside, tagged_content
from pipeline.models import Block, BlockKind

__all__ = ["is_complete", "read_tagged"]

_NOTES = {"Note", "FENote"}
_NO_RUNNING_TEXT = frozenset("H1 H2 H3 H4 H5 H6 Title Table TOC Artifact Note FENote".split())
_NOTE_START = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")


def read_tagged(tree: Element, pages: Sequence[Page]) -> Reading:
    """Blocks in the order of the structure tree; by place where its elements do not lead to all of the text."""
    text = gather(tree, pages)
    lines = [line for runs in text.held.values() for line in lines_in_order(runs)]
    columns = columns_of(map(text.lines, paragraphs(tree, _NO_RUNNING_TEXT)), pages, lines)
    reading = Reading(_Walker(text, columns, nesting(tree, text)).blocks(tree))
    if not keeps_all(reading.blocks, lines):
        from pipeline.extract.pdf.layout.reader import read_layout

        return read_layout(pages)
    tagged = tagged_content(tree)
    # What is marked as an artifact further in is a table's repeated header.
    list_furniture(reading, [ln for page in pages for ln in outside(page, tagged) if at_edge(ln, page)])
    return reading


@dataclass(frozen=True, slots=True)
class _Walker:
    """`deeper` says of items how much further in they stand than the tags say, by their identity."""

    text: TaggedText
    columns: Columns
    deeper: Mapping[int, int]

    def blocks(self, element: Element, depth: int = -1, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Block]:
        """Blocks of an element's children.

        depth  the nesting of the list around it, -1 outside lists
        kind   what its loose text is
        """
        return self._blocks_of(element.kids, depth, kind)

    def _blocks_of(self, kids: Sequence[Element | Content], depth: int, kind: BlockKind) -> list[Block]:
        result: list[Block] = []
        aside: list[Block] = []  # it stands in the middle of a paragraph, which goes on after it
        loose: list[Content] = []
        for kid in opened(kids):
            if not isinstance(kid, Element):
                loose.append(kid)
            elif kid.role in _NOTES:
                aside.extend(self._note(kid))
            elif kid.role == "Figure" and loose:
                aside.extend(self._figure(kid))
            elif kid.role in BLOCKS:
                result.extend([*self._text(kind, loose), *aside])
                loose, aside = [], []
                result.extend(self._block(kid, depth, kind, result))
        return [*result, *self._text(kind, loose), *aside]

    def _block(self, element: Element, depth: int, kind: BlockKind, before: Sequence[Block] = ()) -> list[Block]:
        role = element.role
        if role == "Artifact":
            return []
        if role == "L":
            return self._list(element, depth + 1)
        if role == "LI":
            return self._item(element, max(depth, 0) + self.deeper.get(id(element), 0))
        if role == "Table":
            return self._table(element)
        if role == "Figure":
            return self._figure(element)
        if role == "TOC":
            return self._contents(element, before)
        if re.fullmatch(r"H[1-6]|Title", role):
            return self._heading(element)
        return self.blocks(element, depth, BlockKind.QUOTE if role == "BlockQuote" else kind)

    def _heading(self, element: Element) -> list[Block]:
        level = 1 if element.role == "Title" else int(element.role[1])
        own, aside = _parted(element)
        text, turns = self.text.with_turns(self.text.lines(own))
        blocks = [b for kid in aside for b in self._aside(kid)]
        if not text:
            return blocks
        foreign = self.text.foreign(own, [text])
        page = self._page(own)
        return [Block(BlockKind.HEADING, text, level=level, page=page, turns=turns, foreign=foreign), *blocks]

    def _aside(self, element: Element) -> list[Block]:
        return self._note(element) if element.role in _NOTES else self._block(element, -1, BlockKind.PARAGRAPH)

    def _contents(self, element: Element, before: Sequence[Block]) -> list[Block]:
        titled = bool(before) and is_contents_heading(before[-1].text)
        entries = [kid for kid in element.kids if isinstance(kid, Element)]
        loose = [key for key in element.kids if not isinstance(key, Element)]
        texts = [self.text.plain(loose), *(self.text.plain(kid.content()) for kid in entries)]
        title = [] if titled else [Block(BlockKind.HEADING, "Contents", level=2)]
        return [*title, *(Block(BlockKind.LIST_ITEM, text) for text in texts if text)]

    def _page(self, content: Sequence[Content]) -> int | None:
        return content[0][0] + 1 if content else None

    def _text(self, kind: BlockKind, content: Sequence[Content]) -> list[Block]:
        """One block, or several where lines were ended on purpose."""
        blocks = []
        for group in self.columns.parted(self.text.lines(content)):
            text, turns = self.text.with_turns(group)
            foreign = self.text.foreign(content, [text])
            blocks.append(Block(kind, text, page=group[0].page + 1, turns=turns, foreign=foreign))
        return blocks

    def _list(self, element: Element, depth: int) -> list[Block]:
        return self._blocks_of(element.kids, depth, BlockKind.PARAGRAPH)

    def _item(self, element: Element, depth: int) -> list[Block]:
        """An item: its first paragraph with its label; what follows it are blocks of their own."""
        own: list[Content] = []
        after: list[Block] = []
        for part in _parts(element):
            if isinstance(part, Element):
                after.extend(
                    self._note(part) if part.role in _NOTES else self._block(part, depth, BlockKind.PARAGRAPH)
                )
            elif not own or not self.text.plain(own):
                own.extend(part)
            else:
                after.extend(self._text(BlockKind.PARAGRAPH, part))
        text, turns = self.text.with_turns(self.text.lines(own))
        if not text:
            return after
        block = Block(BlockKind.LIST_ITEM, text, level=depth, page=self._page(own), turns=turns)
        block = replace(_labelled(block), foreign=self.text.foreign(own, [text]))
        return [block, *after]

    def _note(self, element: Element) -> list[Block]:
        own, aside = _parted(element)
        text, turns = self.text.with_turns(self.text.lines(own))
        blocks = [b for kid in aside for b in self._aside(kid)]
        page = self._page(own)
        found = _NOTE_START.match(text)
        if not found:
            return [*([Block(BlockKind.PARAGRAPH, text, page=page, turns=turns)] if text else []), *blocks]
        note = _without(Block(BlockKind.FOOTNOTE, text, page=page, turns=turns), text[found.end() :])
        foreign = self.text.foreign(own, [note.text])
        return [replace(note, number=found[1] or found[2], foreign=foreign), *blocks]

    def _figure(self, element: Element) -> list[Block]:
        """A picture's alternative text, then what is printed in it; print without it is a box of text."""
        printed = self.blocks(element)
        alt = one_line(element.alt or ("" if printed else element.actual or ""))
        if printed and not alt:
            return printed
        page = element.page + 1 if element.page is not None else self._page(list(element.content()))
        return [Block(BlockKind.PICTURE, alt, page=page), *printed]

    def _table(self, element: Element) -> list[Block]:
        table = read_table(element, self.text)
        around = self._blocks_of(table.rest, -1, BlockKind.PARAGRAPH)
        aside = [b for kid in table.aside for b in self._aside(kid)]
        return [*around, *([table.block] if table.block is not None else []), *aside]


def _parted(element: Element) -> tuple[list[Content], list[Element]]:
    """All content of an element but that of the notes, pictures and tables in it; and those."""
    own: list[Content] = []
    aside: list[Element] = []
    for kid in element.kids:
        if not isinstance(kid, Element):
            own.append(kid)
        elif kid.role in {*_NOTES, "Figure", "Table"}:
            aside.append(kid)
        elif kid.role != "Artifact":
            inner, further = _parted(kid)
            own.extend(inner)
            aside.extend(further)
    return own, aside


def _parts(item: Element) -> list[Element | list[Content]]:
    """An item's content, paragraph by paragraph, and the lists, tables, notes and pictures nested in it."""
    parts: list[Element | list[Content]] = []
    current: list[Content] = []

    def end() -> None:
        nonlocal current
        if current:
            parts.append(current)
        current = []

    def walk(element: Element) -> None:
        for kid in element.kids:
            if not isinstance(kid, Element):
                current.append(kid)
            elif kid.role in _NOTES or kid.role == "Figure":
                parts.append(kid)
            elif kid.role in {"L", "Table", "Artifact"}:
                end()
                parts.append(kid)
            elif kid.role == "LBody" or kid.role not in BLOCKS:
                walk(kid)  # a label stands on the line of the first paragraph
            else:
                if not labelled(element):
                    end()
                walk(kid)
                end()

    def labelled(element: Element) -> bool:
        return not parts and element.role in {"LBody", "LI"}

    walk(item)
    end()
    return parts


def _labelled(block: Block) -> Block:
    """An item with its printed label apart from its words; numbers of paragraphs make paragraphs."""
    if paragraph_number(block.text)[0]:
        return replace(block, kind=BlockKind.PARAGRAPH, level=0)
    number, rest = item_number(block.text)
    if number:
        return replace(_without(block, rest), number=number, ordered=True)
    if block.text[0] in BULLETS and block.text[1:2] in {" ", ""}:
        return _without(block, block.text[1:].lstrip())
    return block


def _without(block: Block, rest: str) -> Block:
    """The block with only the end of its text."""
    gone = len(block.text) - len(rest)
    return replace(block, text=rest, turns=tuple((max(0, start - gone), page) for start, page in block.turns))
