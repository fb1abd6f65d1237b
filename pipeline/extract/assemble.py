"""From what a format's reader saw to a Document: the steps that are the same for every format."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.errors import NoText
from pipeline.extract.furniture import is_marking, without_contents
from pipeline.extract.normalise import clean, one_line
from pipeline.extract.numbering import heading_number, paragraph_number
from pipeline.models import Block, BlockKind, Document, DocumentKind, Notice

# code -> what the officer is told, for one and for several
MESSAGES: Mapping[str, tuple[str, str]] = {
    "running_header_footer": (
        "One running header or footer was left out.",
        "{n} running headers and footers were left out.",
    ),
    "protective_marking": ("One protective marking was left out.", "{n} protective markings were left out."),
    "contents_list": ("The contents list was left out.", "{n} contents lists were left out."),
    "tracked_deletion": (
        "One tracked deletion was left out; accept or reject it in the source.",
        "{n} tracked deletions were left out; accept or reject them in the source.",
    ),
    "tracked_insertion": (
        "One tracked insertion was read as part of the text.",
        "{n} tracked insertions were read as part of the text.",
    ),
    "comment": ("One comment was left out.", "{n} comments were left out."),
    "hidden_text": ("One piece of hidden text was left out.", "{n} pieces of hidden text were left out."),
    "property": ("One document property was left out.", "{n} document properties were left out."),
    "attachment": (
        "One attached or embedded file was left out, unread.",
        "{n} attached or embedded files were left out, unread.",
    ),
    "image": ("One picture was left out, unread.", "{n} pictures were left out, unread."),
    "form_field": ("One form field was left out, unread.", "{n} form fields were left out, unread."),
    "unreadable_character": (
        "One character could not be read and was left out.",
        "{n} characters could not be read and were left out.",
    ),
    "lost_footnote": (
        "One footnote has no mark in the text and was left out.",
        "{n} footnotes have no mark in the text and were left out.",
    ),
}


@dataclass(slots=True)
class Reading:
    """What a reader has found so far: blocks in reading order (footnotes anywhere) and counts of what it left out."""

    blocks: list[Block] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    pages: int | None = None


def to_document(reading: Reading, kind: DocumentKind, data: bytes) -> Document:
    """Blocks cleaned, numbered, without markings and contents lists; footnotes last, in order of their numbers.

    Raises NoText when nothing is left to read.
    """
    blocks = [cleaned for block in reading.blocks for cleaned in _cleaned(block)]
    unmarked = [b for b in blocks if not (b.kind is not BlockKind.TABLE and is_marking(b.text))]
    reading.left_out["protective_marking"] += len(blocks) - len(unmarked)
    body, lists = without_contents(unmarked)
    reading.left_out["contents_list"] += lists
    body = _counted_paragraphs(_numbered(body))
    ordered = [b for b in body if b.kind is not BlockKind.FOOTNOTE]
    notes = sorted((b for b in body if b.kind is BlockKind.FOOTNOTE), key=lambda b: int(b.number or 0))
    if not any(b.text or b.rows for b in ordered):
        raise NoText(
            "The file holds no text that can be read.", "Take in the original Word file, or a PDF made from it."
        )
    notices = tuple(
        Notice(code, count, MESSAGES[code][count > 1].format(n=count))
        for code, count in sorted(reading.left_out.items())
        if count
    )
    return Document(kind, (*ordered, *notes), hashlib.sha256(data).hexdigest(), reading.pages, notices)


def _cleaned(block: Block) -> Iterable[Block]:
    """The block in clean text; a paragraph with line breaks becomes one block a line."""
    if block.kind is BlockKind.TABLE:
        rows = tuple(tuple(one_line(cell) for cell in row) for row in block.rows)
        rows_with_text = tuple(row for row in rows if any(row))
        if rows_with_text:
            header_rows = sum(any(row) for row in rows[: block.header_rows])
            width = max(map(len, rows_with_text))
            padded = tuple(row + ("",) * (width - len(row)) for row in rows_with_text)
            yield replace(block, rows=padded, header_rows=min(header_rows, len(padded)))
        return
    if block.kind in {BlockKind.HEADING, BlockKind.FOOTNOTE}:
        text = one_line(block.text)
        if text:
            yield replace(block, text=text)
        return
    lines = [line for line in clean(block.text).split("\n") if line]
    for index, line in enumerate(lines):
        if index == 0:
            yield replace(block, text=line)
        elif block.kind is BlockKind.LIST_ITEM:
            yield Block(BlockKind.PARAGRAPH, line, page=block.page)
        else:
            yield replace(block, text=line, number="")


def _numbered(blocks: list[Block]) -> list[Block]:
    """Numbers typed at the start of headings and paragraphs moved into `number`.

    A letter and a number ("A4 Paragraph 3.3 ...") count only in a document that numbers so: under a heading of that
    letter, or with two or more of the letter.
    """
    letters = Counter(
        number[0]
        for block in blocks
        if block.kind is BlockKind.PARAGRAPH and (number := paragraph_number(block.text)[0]) and number[0].isalpha()
    )
    section = ""
    result = []
    for block in blocks:
        if block.number or block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            section = block.number if block.kind is BlockKind.HEADING else section
            result.append(block)
        elif block.kind is BlockKind.HEADING:
            number, rest = heading_number(block.text)
            section = number or section
            result.append(replace(block, number=number, text=rest))
        else:
            number, rest = paragraph_number(block.text)
            if number and number[0].isalpha() and letters[number[0]] < 2 and not section.startswith(number[0]):
                number, rest = "", block.text
            result.append(replace(block, number=number, text=rest))
    return result


def _counted_paragraphs(blocks: list[Block]) -> list[Block]:
    """Items counted on across headings (1., 2., heading, 3.) are the report's paragraphs, not a list."""
    counted: set[int] = set()
    last, across, heading_since = 0, False, False
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            heading_since = True
        elif block.kind is BlockKind.LIST_ITEM and not block.level and block.number == str(last + 1):
            across = across or (heading_since and last > 0)
            last, heading_since = last + 1, False
            counted.add(index)
    if not across:
        return blocks
    return [
        replace(block, kind=BlockKind.PARAGRAPH, ordered=False) if index in counted else block
        for index, block in enumerate(blocks)
    ]


_MARK = re.compile(r"\[\^(\d+)\]")


def marks_in(blocks: Iterable[Block]) -> list[str]:
    """Numbers of the footnote marks in the text, in order."""
    return [
        mark
        for block in blocks
        for text in (block.text, *(c for row in block.rows for c in row))
        for mark in _MARK.findall(text)
    ]
