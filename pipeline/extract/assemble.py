"""From what a format's reader saw to a Document: the steps that are the same for every format."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.detect.lookalikes import mixed
from pipeline.errors import NoText
from pipeline.extract.contents import without_contents
from pipeline.extract.furniture import is_marking_alone
from pipeline.extract.normalise import clean, one_line
from pipeline.extract.numbering import heading_number, paragraph_number
from pipeline.models import Block, BlockKind, Document, DocumentKind, LeftOut, Merged, Notice

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
    "image": (
        "One picture was left out, unread; the reviewer is asked about it where it stood.",
        "{n} pictures were left out, unread; the reviewer is asked about them where they stood.",
    ),
    "decoration": (
        "One picture that the pages repeat or that has no meaning was left out.",
        "{n} pictures that the pages repeat or that have no meaning were left out.",
    ),
    "form_field": ("One form field was left out, unread.", "{n} form fields were left out, unread."),
    "signature": ("One digital signature was left out.", "{n} digital signatures were left out."),
    "field": (
        "One field was read as the words that it shows.",
        "{n} fields were read as the words that they show.",
    ),
    "watermark": ("One watermark was left out.", "{n} watermarks were left out."),
    "blank_page": ("One blank page was left out.", "{n} blank pages were left out."),
    "lookalike": (
        "One word has letters of another script that look like Latin ones; it was put into Latin letters.",
        "{n} words have letters of another script that look like Latin ones; they were put into Latin letters.",
    ),
    "unsure_word": (
        "One word was read with little confidence; a decision is asked about it unless it goes with a name.",
        "{n} words were read with little confidence; a decision is asked about each that does not go with a name.",
    ),
    "recognised_page": (
        "One page was read by character recognition; compare it with the paper.",
        "{n} pages were read by character recognition; compare them with the paper.",
    ),
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
    """What a reader has found so far: blocks in reading order (footnotes anywhere) and what it left out.

    left_out  code of MESSAGES -> how many
    items     code -> what was left out, as printed -> its pages; for what can be shown to the officer
    """

    blocks: list[Block] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    items: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    pages: int | None = None

    def leave_out(self, code: str, text: str = "", page: int | None = None) -> None:
        """Notes one thing that is left out; the same text twice is one thing on two pages. `page` counts from 1."""
        if not text or text not in self.items.get(code, {}):
            self.left_out[code] += 1
        self.show(code, text, page)

    def show(self, code: str, text: str, page: int | None = None) -> None:
        """Lists what was left out, as printed, without counting it: one line of a contents list."""
        if text:
            pages = self.items.setdefault(code, {}).setdefault(text, [])
            if page is not None and page not in pages:
                pages.append(page)


def to_document(reading: Reading, kind: DocumentKind, data: bytes) -> Document:
    """Blocks cleaned, numbered, without markings and contents lists; footnotes last, in order of their numbers.

    Raises NoText when nothing is left to read.
    """
    for block in reading.blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            for word in mixed(text):
                reading.leave_out("lookalike", word, block.page)
    blocks = [_with_foreign(cleaned) for block in reading.blocks for cleaned in _cleaned(block)]
    body, contents = without_contents(_unmarked(reading, blocks))
    for listed in contents:
        reading.left_out["contents_list"] += 1
        for block in listed.blocks:
            words = (block.number, block.text, *(cell for row in block.rows for cell in row))
            reading.show("contents_list", " ".join(filter(None, words)), block.page)
    body = _counted_paragraphs(_numbered(body))
    ordered = [b for b in body if b.kind is not BlockKind.FOOTNOTE]
    notes = sorted((b for b in body if b.kind is BlockKind.FOOTNOTE), key=lambda b: int(b.number or 0))
    if not any(b.text or b.rows for b in ordered):
        raise NoText(
            "The file holds no text that can be read.", "Take in the original Word file, or a PDF made from it."
        )
    notices = tuple(
        Notice(code, count, MESSAGES[code][count > 1].format(n=count), _items(reading, code))
        for code, count in sorted(reading.left_out.items())
        if count
    )
    return Document(kind, (*ordered, *notes), hashlib.sha256(data).hexdigest(), reading.pages, notices)


def _unmarked(reading: Reading, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without protective markings: paragraphs of their own, and headings of the title page."""
    kept: list[Block] = []
    opening = True
    for block in blocks:
        begins = block.number or block.rows or block.text[:1].isdigit() or len(block.text) > _LONGEST_TITLE_LINE
        opening = opening and not begins
        may_be = (BlockKind.PARAGRAPH, BlockKind.QUOTE, *([BlockKind.HEADING] if opening else []))
        if block.kind in may_be and not block.number and is_marking_alone(block.text):
            reading.leave_out("protective_marking", block.text, block.page)
        else:
            kept.append(block)
    return kept


def _items(reading: Reading, code: str) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(" ".join(text.split()), tuple(sorted(pages))) for text, pages in reading.items.get(code, {}).items()
    )


def _with_foreign(block: Block) -> Block:
    """The block with those of its foreign words that still stand in it: a line of a paragraph has its own only."""
    if not block.foreign:
        return block
    held = (block.text, *(cell for row in block.rows for cell in row))
    return replace(block, foreign=tuple(f for f in block.foreign if any(f.words in words for words in held)))


def _cleaned(block: Block) -> Iterable[Block]:
    """The block in clean text; a paragraph with line breaks becomes one block a line."""
    if block.kind is BlockKind.TABLE:
        yield from _cleaned_table(block)
    elif block.kind is BlockKind.PICTURE:
        yield replace(block, text=one_line(block.text))
    elif block.kind in {BlockKind.HEADING, BlockKind.FOOTNOTE}:
        text = one_line(block.text)
        if text:
            yield replace(block, text=text, turns=_cleaned_turns(block))
    else:
        yield from _cleaned_lines(block)


def _cleaned_table(block: Block) -> Iterable[Block]:
    """Without rows that are empty throughout, every row equally long."""
    rows = [tuple(one_line(cell) for cell in row) for row in block.rows]
    kept = [index for index, row in enumerate(rows) if any(row)]
    if not kept:
        return
    width = max(len(rows[index]) for index in kept)
    now = {index: place for place, index in enumerate(kept)}
    merged = []
    for cell in block.merged:
        own = [now[r] for r in range(cell.row, cell.row + cell.rows) if r in now]
        if own and (len(own) > 1 or cell.columns > 1):
            merged.append(Merged(own[0], cell.column, len(own), cell.columns))
    yield replace(
        block,
        rows=tuple(rows[index] + ("",) * (width - len(rows[index])) for index in kept),
        header_rows=sum(index < block.header_rows for index in kept),
        merged=tuple(merged),
        turns=tuple((sum(index < row for index in kept), page) for row, page in block.turns),
    )


def _cleaned_lines(block: Block) -> Iterable[Block]:
    lines = [line for line in clean(block.text).split("\n") if line]
    turns = _cleaned_turns(block)
    at, page = 0, block.page
    for index, line in enumerate(lines):
        inside = tuple((start - at, number) for start, number in turns if at < start < at + len(line))
        page = next((number for start, number in reversed(turns) if start <= at), page)
        same = replace(block, text=line, page=page, turns=inside)
        if index == 0:
            yield same
        elif block.kind is BlockKind.LIST_ITEM:
            yield replace(same, kind=BlockKind.PARAGRAPH, level=0, number="", ordered=False)
        else:
            yield replace(same, number="")
        at += len(line) + 1


def _cleaned_turns(block: Block) -> tuple[tuple[int, int], ...]:
    """Where pages begin in the text once it is clean."""
    if not block.turns or clean(block.text) == block.text:
        return block.turns
    return tuple((len(clean(block.text[:start])), page) for start, page in block.turns)


def _split_off(block: Block, number: str, rest: str) -> Block:
    """The block with the number that its text begins with in `number`."""
    gone = len(block.text) - len(rest)
    turns = tuple((max(0, start - gone), page) for start, page in block.turns)
    return replace(block, number=number, text=rest, turns=turns)


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
            result.append(_split_off(block, number, rest))
        else:
            number, rest = paragraph_number(block.text)
            if number and number[0].isalpha() and letters[number[0]] < 2 and not section.startswith(number[0]):
                number, rest = "", block.text
            result.append(_split_off(block, number, rest))
    return result


@dataclass(slots=True, eq=False)
class _Count:
    """Items that count on from 1. `across`: over a heading, which `headed` says has come since the last of them."""

    items: list[int]
    across: bool = False
    headed: bool = False


def _counted_paragraphs(blocks: list[Block]) -> list[Block]:
    """Items counted on across headings (1., 2., heading, 3.) are the report's paragraphs, not a list.

    A new 1. begins another count. A number goes on from the last count that it fits under the same heading, and over
    a heading from the first: lists seldom go on over one.
    """
    counts: list[_Count] = []
    counted: set[int] = set()
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            for count in counts:
                count.headed = True
        elif block.kind is BlockKind.LIST_ITEM and not block.level and block.number == "1":
            counts.append(_Count([index]))
        elif block.kind is BlockKind.LIST_ITEM and not block.level and block.number.isdecimal():
            fits = [count for count in counts if str(len(count.items) + 1) == block.number]
            if fits:
                fit = next((count for count in reversed(fits) if not count.headed), fits[0])
                del counts[counts.index(fit) + 1 :]
                fit.items.append(index)
                fit.across, fit.headed = fit.across or fit.headed, False
                if fit.across:
                    counted.update(fit.items)
    return [
        replace(block, kind=BlockKind.PARAGRAPH, ordered=False) if index in counted else block
        for index, block in enumerate(blocks)
    ]


_LONGEST_TITLE_LINE = 140  # characters; what is longer is a sentence of the report
_MARK = re.compile(r"\[\^(\d+)\]")


def marks_in(blocks: Iterable[Block]) -> list[str]:
    """Numbers of the footnote marks in the text, in order."""
    return [
        mark
        for block in blocks
        for text in (block.text, *(c for row in block.rows for c in row))
        for mark in _MARK.findall(text)
    ]
