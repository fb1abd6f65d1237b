"""Which blocks of a Document belong to which section.

A section goes from its heading to the next that does not stand under it. Headings under it are of the same section
unless they name another. In a report whose headings are all of one size, printed numbers tell what stands under what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.models import Block, BlockKind, Document
from pipeline.sections.kinds import SectionKind
from pipeline.sections.words import Headings

_LABEL_WORDS = 8  # of the longest paragraph that stands as a heading does
_LABEL_LEVEL = 7  # below every heading
_NUMBER_FIRST = re.compile(
    r"^\W*(?:(?:section|part|chapter|appendix|annexe?)\s+\w{1,5}\b|([A-Z]?\d[\d.]*|[A-Z]\.))", re.I
)


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks [first, last) of a Document; `first` is its heading. A heading that names two begins two sections.

    level  of the heading: 1 to 6, or 7 for a paragraph that stands as one
    """

    kind: SectionKind
    first: int
    last: int
    level: int


def sections_of(document: Document, headings: Headings) -> tuple[Section, ...]:
    """The sections of a document in order of their headings, outer ones first; one may lie within another.

    Only sections whose heading names them are here: headings under one that name none are part of it.
    """
    found: list[Section] = []
    marks = list(_marks(document.blocks, headings))
    for place, mark in enumerate(marks):
        around = [s for s in found if _encloses(s, mark.block)]
        kinds = mark.kinds
        if any(s.kind in headings.naming.whole for s in around):
            kinds = tuple(k for k in kinds if k is SectionKind.PANEL)
        if not kinds and not around:
            kinds = headings.naming.asked(mark.words)
        if kinds:
            last = _end(document.blocks, marks, place)
            found += [Section(kind, mark.block, last, mark.level) for kind in kinds]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading, or a paragraph that stands as one and names a section."""

    block: int
    level: int
    words: str
    number: str
    kinds: tuple[SectionKind, ...]


def _marks(blocks: Sequence[Block], headings: Headings) -> Iterator[_Mark]:
    for at, block in enumerate(blocks):
        words = f"{block.number} {block.text}".strip()
        if block.kind is BlockKind.HEADING:
            yield _Mark(at, block.level, words, _printed_number(words), headings.named(words))
        elif block.kind is BlockKind.PARAGRAPH and _is_label(block, headings):
            yield _Mark(at, _LABEL_LEVEL, words, "", headings.named(block.text))


def _is_label(block: Block, headings: Headings) -> bool:
    text = block.text.strip()
    short = len(text.split()) <= _LABEL_WORDS and not text.endswith((".", ",", ";"))
    return short and text[:1].isupper() and headings.is_label(text)


def _printed_number(words: str) -> str:
    """What counts a heading: "3.1", "section 3", "b."; "" where nothing does."""
    match = _NUMBER_FIRST.match(words)
    return match.group().strip().casefold().rstrip(".") if match else ""


def _encloses(section: Section, block: int) -> bool:
    return section.first < block < section.last


def _end(blocks: Sequence[Block], marks: Sequence[_Mark], place: int) -> int:
    """The block after the section whose heading is this one."""
    own = marks[place]
    if own.level == _LABEL_LEVEL and blocks[own.block].text.rstrip().endswith(":"):
        listed = _list_after(blocks, own.block)
        if listed > own.block + 1:
            return listed
    for later in range(place + 1, len(marks)):
        if not _is_under(own, marks, later):
            return marks[later].block
    # Notes are set at the end of a document, whatever they belong to.
    return max(n for n, block in enumerate(blocks, start=1) if block.kind is not BlockKind.FOOTNOTE)


def _is_under(own: _Mark, marks: Sequence[_Mark], later: int) -> bool:
    mark = marks[later]
    if mark.level != own.level or own.level == _LABEL_LEVEL:
        return mark.level > own.level
    if own.number and mark.number.startswith(f"{own.number}."):
        return True
    if SectionKind.ACTION_PLAN in own.kinds and re.match(r"(?:recommendation|action) \w", mark.words, re.I):
        return True  # a table for each recommendation
    if mark.kinds or mark.number or not own.number:
        return False
    # A heading without a number among numbered ones of its size, where the numbers go on after it.
    return any(m.level == own.level and m.number for m in marks[later + 1 :])


def _list_after(blocks: Sequence[Block], at: int) -> int:
    listed = (BlockKind.LIST_ITEM, BlockKind.TABLE)
    return next((n for n in range(at + 1, len(blocks)) if blocks[n].kind not in listed), len(blocks))
