"""Which blocks of a Document belong to which section.

A section goes from its heading to the next that does not stand under it. Headings under it are of the same section
unless they name another. In a report whose headings are all of one size, printed numbers tell what stands under what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, takewhile

from pipeline.models import Block, BlockKind, Document
from pipeline.sections.kinds import SectionKind
from pipeline.sections.words import Headings

_LABEL_WORDS = 8  # of the longest paragraph that stands as a heading does
_SHORT = 5  # words of one that ends such a paragraph's section though it names none
# No section holds three of these. A heading over them is a title: "Overview Report and Action Plan".
_CORE = frozenset(
    (
        SectionKind.CHRONOLOGY,
        SectionKind.ANALYSIS,
        SectionKind.CONCLUSIONS,
        SectionKind.LESSONS,
        SectionKind.RECOMMENDATIONS,
    )
)
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
    around: list[Section] = []
    report = _Report(document.blocks, headings)
    for place, mark in enumerate(report.marks):
        around = [s for s in around if mark.block < s.last]
        kinds = mark.kinds or (() if around else headings.naming.asked(mark.words))
        if not kinds or any(s.kind in headings.naming.whole for s in around):
            continue
        last = report.end(place)
        if len(report.named_within(place, last) & _CORE) < 3:
            made = [Section(kind, mark.block, last, mark.level) for kind in kinds]
            found += made
            around += made
    return tuple(found)


def innermost(sections: Sequence[Section], blocks: int) -> tuple[tuple[Section, ...], ...]:
    """For each of so many blocks the section that it is in, without headings; two where one heading begins two."""
    found: list[tuple[Section, ...]] = [()] * blocks
    for _, same in groupby(sections, key=lambda section: section.first):
        begun = tuple(same)
        within = slice(begun[0].first + 1, begun[0].last)
        found[within] = [begun] * len(found[within])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading, or a paragraph that stands as one."""

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
        elif block.kind is BlockKind.PARAGRAPH and _is_short(block.text, _LABEL_WORDS):
            named = headings.is_label(block.text)
            if named or (_is_short(block.text, _SHORT) and block.text.rstrip()[-1].isalnum()):
                yield _Mark(at, _LABEL_LEVEL, words, "", headings.named(block.text) if named else ())


def _is_short(text: str, most: int) -> bool:
    return len(text.split()) <= most and not text.rstrip().endswith((".", ",", ";")) and text[:1].isupper()


def _printed_number(words: str) -> str:
    """What counts a heading: "3.1", "section 3", "b."; "" where nothing does."""
    match = _NUMBER_FIRST.match(words)
    return match.group().strip().casefold().rstrip(".") if match else ""


class _Report:
    """The marks of a report, and where the section of each of them ends."""

    def __init__(self, blocks: Sequence[Block], headings: Headings) -> None:
        self.blocks = blocks
        self.marks = tuple(_marks(blocks, headings))
        self.numbered = {mark.level: place for place, mark in enumerate(self.marks) if mark.number}
        # Notes are set at the end of a document, whatever they belong to.
        kept = (n for n in range(len(blocks), 0, -1) if blocks[n - 1].kind is not BlockKind.FOOTNOTE)
        self.length = next(kept, 0)

    def end(self, place: int) -> int:
        """The block after the section whose heading is this mark."""
        own = self.marks[place]
        if own.level == _LABEL_LEVEL and self.blocks[own.block].text.rstrip().endswith(":"):
            listed = _list_after(self.blocks, own.block)
            if listed > own.block + 1:
                return listed
        for later in range(place + 1, len(self.marks)):
            if not _is_under(own, self.marks[later], goes_on=self.numbered.get(own.level, 0) > later):
                return self.marks[later].block
        return self.length

    def named_within(self, place: int, last: int) -> set[SectionKind]:
        """The kinds that headings after a mark and before a block name."""
        within = takewhile(lambda mark: mark.block < last, islice(self.marks, place + 1, None))
        return {kind for mark in within if mark.level < _LABEL_LEVEL for kind in mark.kinds}


def _is_under(own: _Mark, mark: _Mark, goes_on: bool) -> bool:
    """Whether a later heading is part of the section. `goes_on`: headings of its size are numbered after it."""
    if mark.level != own.level or own.level == _LABEL_LEVEL:
        return mark.level > own.level
    if own.number and mark.number.startswith(f"{own.number}."):
        return True
    if SectionKind.ACTION_PLAN in own.kinds and re.match(r"(?:recommendation|action) \w", mark.words, re.I):
        return True  # a table for each recommendation
    # A heading without a number among numbered ones of its size.
    return bool(own.number) and not mark.kinds and not mark.number and goes_on


def _list_after(blocks: Sequence[Block], at: int) -> int:
    listed = (BlockKind.LIST_ITEM, BlockKind.TABLE)
    return next((n for n in range(at + 1, len(blocks)) if blocks[n].kind not in listed), len(blocks))
