"""Page furniture: what is printed on a report but is not the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Block, BlockKind

# Government Security Classifications (2014) and the Government Protective Marking Scheme before it (§4.25).
_MARKING = re.compile(
    r"^(?:(?:GPMS|GSC|PROTECTIVE MARKING|CLASSIFICATION|MARKING)\s*[:–—-]\s*)?"
    r"(?:NOT PROTECTIVELY MARKED|UNCLASSIFIED|PROTECT|RESTRICTED|(?:STRICTLY |PRIVATE (?:AND|&) )?CONFIDENTIAL|SECRET"
    r"|OFFICIAL(?:[ ]?[-–—:/][ ]?| )SENSITIVE|OFFICIAL)"
    r"(?:$|\s*[:–—/(\[-].*"
    r"|\s+(?:PERSONAL|POLICY|STAFF|MEDICAL|INVESTIGATIONS?|WHEN COMPLETED?|DRAFT|UNTIL|NOT|FOR|GPMS|DOCUMENT"
    r"|INFORMATION)\b.*)"
)
# "RESTRICTED – until published": the marking in capitals, a dash, colon or bracket, and a few words.
_UNTIL = re.compile(
    r"^(?:NOT PROTECTIVELY MARKED|PROTECT|RESTRICTED|CONFIDENTIAL|SECRET|OFFICIAL(?:[ ]?[-–—:/][ ]?| )SENSITIVE"
    r"|OFFICIAL)\s*[:–—/(\[-]\s*(?:[\w’'-]+[\s)\]]*){1,4}$"
)
_EXACT_MARKING = re.compile(
    r"^(?:restricted|(?:strictly |private and )?confidential|official(?:[ –—-]*sensitive)?"
    r"|not protectively marked)\.?$",
    re.I,
)
_PAGE_NUMBER = re.compile(r"^(?:page|p\.?)?\s*[-–—|]?\s*\d{1,4}\s*[-–—|]?\s*(?:(?:of|/)\s*\d{1,4})?$", re.I)
_LEADER = re.compile(r"(?:\.{4,}|(?:\s\.){3,}|…{2,}|_{4,})\s*(?:\d{1,3}|[ivxlc]{1,6})?\s*$")
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page| list)?:?$", re.I)
_LONGEST_ENTRY = 160


def is_marking(text: str) -> bool:
    """True for a line that is a protective marking; False for a sentence that speaks of one."""
    line = " ".join(text.split())
    if _EXACT_MARKING.match(line):
        return True
    if len(line) <= 120 and line == line.upper():
        return bool(_MARKING.match(line))
    return bool(_UNTIL.match(line))


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text.strip()))


def has_leader(text: str) -> bool:
    """True for a contents entry with its row of dots."""
    return bool(_LEADER.search(text))


def is_contents_heading(text: str) -> bool:
    return bool(_CONTENTS.match(text.strip()))


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The blocks without a contents list, and how many contents lists went.

    After a heading "Contents" its entries go: list items, and short lines that are no sentences or that name a later
    heading. Lines with a row of dots go wherever they stand.
    """
    headings = {_plain(b.text) for b in blocks if b.kind is BlockKind.HEADING}
    kept: list[Block] = []
    lists = 0
    inside = False
    for block in blocks:
        titled = block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and is_contents_heading(block.text)
        if titled:
            inside = True
            lists += 1
            continue
        if inside and _is_entry(block, headings):
            continue
        inside = False
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and has_leader(block.text):
            lists += not lists
            continue
        kept.append(block)
    return kept, lists


def _is_entry(block: Block, headings: set[str]) -> bool:
    if block.kind is BlockKind.TABLE:
        return all(any(_plain(cell) in headings for cell in row) for row in block.rows)
    if block.kind not in {BlockKind.LIST_ITEM, BlockKind.PARAGRAPH} or len(block.text) > _LONGEST_ENTRY:
        return False
    return (
        block.kind is BlockKind.LIST_ITEM
        or _plain(block.text) in headings
        or has_leader(block.text)
        or bool(re.search(r"\S\s+\d{1,3}$", block.text))
        or not re.search(r"[.!?;:]$", block.text)
    )


def _plain(text: str) -> str:
    without_number = re.sub(r"^[\dA-Z]{0,3}(?:\.\d+)*[.):]?\s+", "", text)
    without_page = re.sub(r"[\s.…]+\d{1,3}$", "", without_number)
    return re.sub(r"\W+", " ", without_page).strip().casefold()
