"""What Markdown and PDF have in common: the order of blocks, heading levels without gaps, anchors and notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.language_tags import language_tag
from pipeline.models import Block, BlockKind, Document, DocumentKind, Foreign

NOTE_MARK = re.compile(r"\[\^([0-9A-Za-z*†‡-]{1,12})\]")

# Anchors of the summary carry a prefix because summary and report stand on one page of the website.
PREFIX = {DocumentKind.OVERVIEW: "", DocumentKind.SUMMARY: "s-"}

_ANCHORED = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM)
_PARAGRAPH_NUMBER = re.compile(r"\(?(?:[A-Za-z]{0,2}\d+(?:\.\d+)+|[A-Za-z]{1,2}\.?\d+)[.)]?")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A block ready for print.

    block   with clean text and a level without gaps
    anchor  its id on the page, "" where it has none
    count   the place of an item in a counted list that runs 1, 2, 3; None for every other block, whose printed number
            (if it has one) is shown as text
    """

    block: Block
    anchor: str
    count: int | None = None

    @property
    def printed_number(self) -> str:
        """The number in front of the text as readers see it: an item's "4" is printed "4."."""
        number = self.block.number
        return f"{number}." if self.block.kind is BlockKind.LIST_ITEM and number.isalnum() else number


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: words, in `language` where that is not English, or the label of a note's mark."""

    text: str
    language: str = ""
    mark: bool = False


def clean(text: str) -> str:
    """Text without control and direction characters and with single spaces; a line break stays "\\n"."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(c if _printable(c) else " " for c in line) for line in lines)
    return "\n".join(" ".join(line.split()) for line in kept).strip()


def _printable(character: str) -> bool:
    if character in "\u200c\u200d":  # joiners that some scripts need inside a word
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def anchors(document: Document) -> tuple[str, ...]:
    """One anchor a block, "" for headings, tables and notes.

    A numbered paragraph has "p-" and its number ("4.12" gives "p-4-12"); any other has "n-" and its place in the
    document. A number printed twice gets "-2" the second time. The summary's anchors begin with "s-".
    """
    prefix = PREFIX[document.kind]
    seen: dict[str, int] = {}
    result = []
    for index, block in enumerate(document.blocks):
        if block.kind not in _ANCHORED:
            result.append("")
            continue
        name = f"{prefix}n-{index}"
        if block.number and (block.kind is not BlockKind.LIST_ITEM or _PARAGRAPH_NUMBER.fullmatch(block.number)):
            slug = re.sub(r"[^0-9a-z]+", "-", block.number.casefold()).strip("-")
            name = f"{prefix}p-{slug}" if slug else name
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(result)


def shape(document: Document) -> tuple[Shaped, ...]:
    """Blocks in the order of print: the body, then all notes. Empty blocks are left out."""
    body: list[Shaped] = []
    notes: list[Shaped] = []
    level = 0
    depth = -1
    counts: dict[int, int] = {}
    for block, anchor in zip(document.blocks, anchors(document), strict=True):
        block = replace(block, text=clean(block.text), rows=_clean_rows(block), number=clean(block.number))
        if block.kind is BlockKind.FOOTNOTE:
            notes.append(Shaped(block, anchor))
            continue
        if block.kind is BlockKind.PICTURE:
            block = replace(block, text=placeholder(block.text))
        if not (block.text or block.number or any(any(row) for row in block.rows)):
            continue
        if block.kind is BlockKind.HEADING:
            level = min(max(block.level, 1), level + 1, 6)
            block = replace(block, level=level, text=" ".join(block.text.split()))
        count = None
        if block.kind is BlockKind.LIST_ITEM:
            depth = min(max(block.level, 0), depth + 1, 4)
            block = replace(block, level=depth)
            count = _count(block, counts)
        else:
            depth = -1
            counts.clear()
        body.append(Shaped(block, anchor, count))
    return (*_without_mixed_lists(body), *notes)


def placeholder(alternative: str) -> str:
    """What stands where the source has a picture, which is never published: its alternative text, if it has one."""
    words = " ".join(alternative.split())
    return f"[Picture: {words}]" if words else "[Picture not published]"


def pieces(text: str, foreign: Sequence[Foreign] = ()) -> Iterator[Piece]:
    """A clean text cut at note marks and at the edges of words in another language, where those are whole words."""
    at = 0
    for start, end, language in (*_foreign_spans(text, foreign), (len(text), len(text), "")):
        yield from _cut_at_marks(text[at:start], "")
        yield from _cut_at_marks(text[start:end], language)
        at = end


def _foreign_spans(text: str, foreign: Sequence[Foreign]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for item in sorted(foreign, key=lambda f: -len(f.words)):
        words, language = clean(item.words), language_tag(item.language)
        if not (words and language):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), language))
    return sorted(found)


def _cut_at_marks(text: str, language: str) -> Iterator[Piece]:
    at = 0
    for mark in NOTE_MARK.finditer(text):
        if mark.start() > at:
            yield Piece(text[at : mark.start()], language)
        yield Piece(mark.group(1), mark=True)
        at = mark.end()
    if at < len(text):
        yield Piece(text[at:], language)


def _without_mixed_lists(body: list[Shaped]) -> list[Shaped]:
    """Nested lists that mix counted and other items keep their numbers as text: readers of Markdown make one list of
    both kinds there, and would count the bullets too."""
    result = list(body)
    siblings: dict[int, list[int]] = {}

    def close(level: int) -> None:
        for deeper in [known for known in siblings if known >= level]:
            places = siblings.pop(deeper)
            counted = [i for i in places if result[i].count is not None]
            if deeper and len(counted) < len(places):
                for i in counted:
                    block = result[i].block
                    result[i] = replace(
                        result[i], block=replace(block, number=block.number or str(result[i].count)), count=None
                    )

    for index, item in enumerate(body):
        listed = item.block.kind is BlockKind.LIST_ITEM
        close(item.block.level + 1 if listed else 0)
        if listed:
            siblings.setdefault(item.block.level, []).append(index)
    close(0)
    return result


def _count(block: Block, counts: dict[int, int]) -> int | None:
    """Where an item stands in its counted list; `counts` holds the last place of each level of the lists at hand."""
    for deeper in [level for level in counts if level > block.level]:
        del counts[deeper]
    place = counts.get(block.level, 0) + 1
    printed = re.fullmatch(r"(\d{1,3})\.?", block.number)
    if block.ordered and (not block.number or (printed and int(printed.group(1)) == place)):
        counts[block.level] = place
        return place
    counts.pop(block.level, None)
    return None


def _clean_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(clean(cell) for cell in row) for row in block.rows)


def leading_headings(document: Document) -> tuple[str, ...]:
    """The headings with which a document opens, before any other text: its printed title, line by line."""
    lines = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            break
        lines.append(" ".join(clean(block.text).split()))
    return tuple(lines[:3])


def display_title(document: Document) -> str:
    """A title for readers, from the document's own opening headings only: "The death of Adult A" where it says so."""
    lines = leading_headings(document) or (document.title,)
    for line in lines:
        found = re.search(r"\bthe death of .+", line, re.IGNORECASE)
        if found:
            words = found.group()
            return words[0].upper() + words[1:]
    named = [line for line in lines if not re.search(r"\b(partnership|board)\b", line, re.IGNORECASE)]
    kinds = r"[:,]? *\b(overview report|executive summary)\b"
    bare = [re.sub(kinds, "", line, flags=re.IGNORECASE).strip(" :") for line in named or lines]
    # Reports repeat their title in other words: a line that stands within another one says nothing more.
    said = [line for line in dict.fromkeys(bare) if not any(line in other and line != other for other in bare)]
    return ": ".join(said)
