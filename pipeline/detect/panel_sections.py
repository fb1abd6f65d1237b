"""Where a report lists its Review Panel: under a heading, after a line that says so, in a table, in a paragraph.

Within such a section some lists are of other people (authors of management reviews, observers, who was consulted):
what stands just before a list or table says whom it lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.detect.page import Page
from pipeline.detect.panel_lists import PANEL_COLON
from pipeline.detect.panel_tables import header_text, is_list_of_members
from pipeline.detect.words import fold
from pipeline.models import Block, BlockKind
from pipeline.rules import Rules
from pipeline.sections import Headings, SectionKind

# The review's own Panel. "The MARAC panel", "the adoption panel", "the Quality Assurance Panel" are others.
OWN_PANEL = (
    r"(?:(?:the|this|our|a|an|its|each|of) |^)(?:(?:independent|multi-agency|dhr|dardr|"
    r"domestic homicide|joint|review|full) )*panel"
)
PANEL_IS = re.compile(
    rf"{OWN_PANEL}(?:'s)? (?:was |were |is )?(?:then |therefore |subsequently )?(?:comprised|consisted|"
    rf"comprises|consists|comprising|consisting|made up|"
    r"composed|constituted|included|includes|members?(?:hip)? (?:were|was|are|is|included|comprised|consisted))\b"
    rf"|\bmembers of (?:the|this) (?:(?:dhr|domestic homicide|joint|review|independent) )*panel(?: [\w ,]{{0,40}})?"
    r" (?:were|are|included|was|is|comprised)\b"
    rf"|{OWN_PANEL} was (?:independently )?chaired by\b"
)
MEMBERS_FOLLOW = re.compile(
    r"\b(?:members?|membership|representatives?|represented|participants|attended|sat|composition|comprised|consisted)\b"
    r".*(?::|as follows\.?|below\.?)$"
)
OTHERS = re.compile(
    r"\bimrs?\b|\bmanagement reviews?\b|\bauthors? of\b|\bin attendance\b|\bobserv\w+|\bconsult(?:ed|ees?)\b"
    r"|\bexperts?\b|\b(?:supported|assisted|advised|serviced|helped|informed|served) by\b|\bsecretariat\b"
    r"|\badministrat\w+|\bminutes\b|\binterview\w*|\b(?:spoken|spoke) to\b|\bheard from\b|\bmet with\b"
    r"|\bfamil(?:y|ies)\b|\bcontribut\w+|\bnot members?\b|\bgrateful\b|\bthank\w*"
)
MEMBERS = re.compile(r"(?<!not )\b(?:panel |review )?(?:members?|membership|representatives)\b")
HEADING_WORDS = frozenset(
    "the of and its to for on in a review reviews dhr dardr domestic homicide panel member members membership "
    "composition "
    "chair chairs chairperson independent author authors participants representatives agencies agency who were "
    "was sat "
    "safeguarding adult serious case joint attendance core list overview report constitution "
    "signed signature signatures signatories sign off by approved approval agreed endorsed endorsement".split()
)
GOES_ON = frozenset("members member membership chair chairs chairperson representatives composition".split())
# What a heading may name beside the Panel: under any other, who is listed may be somebody else.
BESIDE = frozenset((SectionKind.PANEL, SectionKind.AUTHOR, SectionKind.TERMS_OF_REFERENCE, SectionKind.METHODOLOGY))
LINE = 25  # words of the longest line of a list that has no bullets
LABEL = 6  # words of the longest paragraph that stands as a heading does


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks [first, last) in which the Panel is described; `barred` are those that list other people."""

    first: int
    last: int
    barred: frozenset[int]

    def counts(self, block: int) -> bool:
        """Whether who is listed in this block is a member."""
        return self.first <= block < self.last and block not in self.barred


def sections(page: Page, rules: Rules) -> Iterator[Section]:
    """Every section about the Panel's members, in order; one may lie within another."""
    blocks = page.document.blocks
    for at, block in enumerate(blocks):
        last = _end(blocks, at, block, rules.headings)
        if last is not None:
            yield Section(at, last, frozenset(n for n in range(at, last) if _lists_others(blocks, n, at)))


def _end(blocks: Sequence[Block], at: int, block: Block, headings: Headings) -> int | None:
    """The block after the section that begins with this one; None where none does."""
    if block.kind is BlockKind.HEADING:
        return _end_of_chapter(blocks, at) if _about_panel(block, headings) else None
    if block.kind is BlockKind.TABLE:
        return at + 1 if _is_panels_table(blocks, at) else None
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    if _is_label(block, headings):
        return next((n for n in range(at + 1, len(blocks)) if not _is_line(blocks[n])), len(blocks))
    folded = fold(block.text)
    if PANEL_IS.search(folded) or re.search(PANEL_COLON, folded) or _introduces(block):
        return next((n for n in range(at + 1, len(blocks)) if not _is_listed(blocks[n])), len(blocks))
    return None


def _end_of_chapter(blocks: Sequence[Block], at: int) -> int:
    """The next heading, unless it is one of the section's own ("Members" under "The Review Panel")."""
    for n in range(at + 1, len(blocks)):
        if blocks[n].kind is BlockKind.HEADING and not _goes_on(blocks[at], blocks[n]):
            return n
    return len(blocks)


def _goes_on(heading: Block, later: Block) -> bool:
    words = set(_words(later.text))
    return bool(words & GOES_ON) and words <= HEADING_WORDS and (later.level > heading.level or len(words) <= 2)


def _about_panel(heading: Block, headings: Headings) -> bool:
    """Whether a heading names the Panel, and nothing under which other people are listed."""
    kinds = set(headings.named(heading.text))
    return SectionKind.PANEL in kinds and kinds <= BESIDE


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(text).replace("'s", ""))


def _is_label(block: Block, headings: Headings) -> bool:
    """Whether a short paragraph stands as a heading does: "Panel members:"."""
    short = len(block.text.split()) <= LABEL and not block.text.rstrip().endswith(".")
    return short and _about_panel(block, headings)


def _introduces(block: Block) -> bool:
    """Whether the last sentence of a paragraph says that the Panel's members follow."""
    sentence = re.split(r"(?<=[.;]) ", fold(block.text).strip())[-1]
    follow = MEMBERS_FOLLOW.search(sentence) and re.search(OWN_PANEL, sentence)
    return bool(follow) and not OTHERS.search(sentence)


def _is_listed(block: Block) -> bool:
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)


def _is_line(block: Block) -> bool:
    short = len(block.text.split()) <= LINE and not block.text.rstrip().endswith(".")
    return _is_listed(block) or (block.kind is BlockKind.PARAGRAPH and short)


def _is_panels_table(blocks: Sequence[Block], at: int) -> bool:
    """A table of names, roles and agencies that it, or the lines just before, call the Panel's."""
    before = " ".join(fold(b.text) for b in blocks[max(0, at - 2) : at])
    header = header_text(blocks[at])
    return is_list_of_members(blocks[at]) and bool(re.search(r"\bpanel\b", f"{before} {header}"))


def _lists_others(blocks: Sequence[Block], at: int, first: int) -> bool:
    """Whether a list, a table or a line stands after words that say it is of other people than the members."""
    block = blocks[at]
    if block.kind is BlockKind.TABLE and not is_list_of_members(block, certain=False):
        return True
    if not _is_line(block):
        return False
    told = _told_before(blocks, at, first)
    return bool(OTHERS.search(told)) and not MEMBERS.search(told)


def _told_before(blocks: Sequence[Block], at: int, first: int) -> str:
    """The last sentence before a list that introduces it, folded; "" where none does."""
    for n in range(at - 1, first, -1):
        block = blocks[n]
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            sentence = re.split(r"(?<=[.;]) ", fold(block.text).strip())[-1]
            introduces = sentence.endswith((":", "as follows.", "were", "below.")) or len(sentence.split()) <= LABEL
            if introduces and not (block.kind is BlockKind.PARAGRAPH and "," in sentence):
                return sentence
            if not _is_line(block):
                return ""
    return ""
