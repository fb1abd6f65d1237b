"""A Word paragraph as a block: heading, numbered paragraph, list item or quotation, with its number as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.extract.furniture import is_page_number
from pipeline.extract.normalise import one_line
from pipeline.extract.numbering import heading_number, paragraph_number, tidy
from pipeline.extract.word.foreign import foreign_words
from pipeline.extract.word.headings import Seen
from pipeline.extract.word.numbering import Label, Numbering
from pipeline.extract.word.styles import Indent, Style, Styles, indent_of, numbering_of, outline_level
from pipeline.extract.word.text import Words, visible
from pipeline.extract.word.xml import value_of
from pipeline.models import Block, BlockKind
from pipeline.printed_numbers import is_number

_PARAGRAPH_NUMBER = re.compile(r"\(?(?:[A-Z]\.?)?\d+(?:\.\d+)+[.)]?|[A-Z]\.?\d+[.)]?")
_LONGEST_HEADING = 200  # characters; a longer sentence in a heading's style is a paragraph that the style numbers
_SET_IN = 240  # twentieths of a point on both sides


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    properties: Any
    style: Style
    styles: Styles

    @property
    def indent(self) -> Indent:
        return indent_of(self.properties).over(self.style.indent)

    def printed_number(self, block: Block) -> str:
        """The number of the block, printed by Word or typed; "" where it has none that may be named."""
        if block.number:
            number = block.number
        else:
            text = one_line(block.text)
            number = (heading_number if block.kind is BlockKind.HEADING else paragraph_number)(text)[0]
        return number if is_number(number) and re.search(r"\d", number) else ""


def is_page_number_only(words: Words) -> bool:
    return any(piece.page for piece in words.pieces) and is_page_number(one_line(words.text))


def block_of(paragraph: Paragraph, numbering: Numbering) -> Seen | None:
    """The block that a paragraph prints, or None where it prints no words. An empty one counts all the same."""
    list_id, depth = _list_of(paragraph, numbering)
    label = numbering.label(list_id, depth) if list_id else None
    text = paragraph.words.text
    if not text.strip():
        return None
    block = replace(_block(paragraph, label), foreign=foreign_words(paragraph.words.pieces, paragraph.styles.looks))
    seen = visible(paragraph.words.pieces)
    shown = [piece for piece in seen if not piece.mark] or seen
    indent = paragraph.indent
    return Seen(
        block,
        strong=not paragraph.style.is_caption and all(piece.looks.bold or piece.looks.underlined for piece in shown),
        size=max(piece.looks.size or 0 for piece in shown),
        list_id=list_id,
        indent=_left(paragraph, label),
        depth=paragraph.style.depth_by_name,
        inset=_is_set_in(indent, paragraph.styles.default.indent)
        and value_of(paragraph.properties, "jc") not in {"center", "right", "end"},
    )


def _left(paragraph: Paragraph, label: Label | None) -> int:
    own = indent_of(paragraph.properties).left
    if own is not None:
        return own
    return label.indent if label and label.indent else paragraph.style.indent.left or 0


def _list_of(paragraph: Paragraph, numbering: Numbering) -> tuple[str, int]:
    """The list and the depth in it: the paragraph's own before its style's; a list may name a level for a style."""
    style = paragraph.style
    own_id, own_depth = numbering_of(paragraph.properties)
    list_id = style.list_id if own_id is None else own_id
    if not list_id or list_id == "0":
        return "", 0
    if own_depth is not None:
        return list_id, own_depth
    if own_id is not None and own_id != style.list_id:
        return list_id, 0
    if style.list_depth is not None:
        return list_id, style.list_depth
    return list_id, numbering.depth_of_style(list_id, style.list_style) or 0


def _block(paragraph: Paragraph, label: Label | None) -> Block:
    style, text = paragraph.style, paragraph.words.text
    own_level = outline_level(paragraph.properties)
    level = style.level if own_level is None else own_level
    if label and label.text and not is_number(label.text):
        # Any words can stand in a numbering rule; in the text, detection sees them.
        text = f"{label.text} {text}" if re.search(r"\w", label.text) else text
        label = Label("", label.depth)
    if style.is_title:
        return Block(BlockKind.HEADING, text, level=1)
    if level and not _is_sentence(text):
        return Block(BlockKind.HEADING, text, level=min(level, 6), number=tidy(label.text) if label else "")
    if label is None:
        return Block(BlockKind.QUOTE if style.is_quote else BlockKind.PARAGRAPH, text)
    if _PARAGRAPH_NUMBER.fullmatch(label.text) or level:
        return Block(BlockKind.PARAGRAPH, text, number=tidy(label.text))
    return Block(
        BlockKind.LIST_ITEM, text, level=label.depth, number=label.text.rstrip("."), ordered=bool(label.text)
    )


def _is_sentence(text: str) -> bool:
    line = one_line(text)
    return len(line) > _LONGEST_HEADING and bool(re.search(r"[.;:?!][”\"’')]*(?:\[\^\d+\])*$", line))


def _is_set_in(indent: Indent, usual: Indent) -> bool:
    return all(
        (own or 0) - (default or 0) >= _SET_IN
        for own, default in ((indent.left, usual.left), (indent.right, usual.right))
    )
