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
_PAGE_NUMBER = re.compile(
    r"^(?:page|p\.?)?\s*[-–—|•]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—|•]?\s*(?:(?:of|/)\s*\d{1,4}|p ?a ?g ?e)?$", re.I
)
_LEADER = re.compile(r"(?:\.{4,}|(?:\s\.){3,}|…{2,}|_{4,})\s*(?:\d{1,3}|[ivxlc]{1,6})?\s*$")
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page| list)?:?$", re.I)
_LIST_OF = re.compile(
    r"^(?:list|index|table) of (?:tables?|figures?|charts?|appendices|annexe?s|abbreviations)\b.{0,40}$", re.I
)
_PAGED = re.compile(r"\S\s+(?:\d{1,3}|[ivxl]{1,6})$")
_CONTENTS_TITLE = "Contents"  # of a list without a title
_LEAST_ENTRIES = 3
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


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, Block]]]:
    """The blocks without contents lists, and what went: each block with the title of its list.

    After a heading "Contents" its entries go: list items, and short lines that are no sentences or that name a later
    heading. After "List of tables" and the like only entries with a page go. Lines with a row of dots, and three or
    more entries that name headings of the report with their pages, go wherever they stand.
    """
    headings = {_plain(b.text) for b in blocks if b.kind is BlockKind.HEADING}
    kept: list[Block] = []
    gone: list[tuple[str, Block]] = []
    title = ""
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if _is_title(block, following, headings):
            title = block.text
            gone.append((title, block))
        elif title and _is_entry(block, headings, strict=not is_contents_heading(title)):
            gone.append((title, block))
        elif _has_leader(block) or _is_paged(blocks, index, headings):
            title = title or _CONTENTS_TITLE
            gone.append((title, block))
        else:
            title = ""
            kept.append(block)
    return kept, gone


def _is_title(block: Block, following: Block | None, headings: set[str]) -> bool:
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
        return False
    if is_contents_heading(block.text):
        return True
    listed = following is not None and (_has_leader(following) or _is_entry(following, headings, strict=True))
    return bool(_LIST_OF.match(block.text)) and listed


def _has_leader(block: Block) -> bool:
    return block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and has_leader(block.text)


def _is_paged(blocks: Sequence[Block], index: int, headings: set[str]) -> bool:
    """True for an entry that names a heading with its page, one of three in a row, and for a table of such."""
    if blocks[index].kind is BlockKind.TABLE:
        rows = blocks[index].rows
        named = sum(any(_plain(cell) in headings for cell in row) for row in rows)
        return len(rows) >= _LEAST_ENTRIES and _counts_pages(rows) and named >= 0.6 * len(rows)
    run = 0
    for at in range(max(0, index - _LEAST_ENTRIES + 1), min(len(blocks), index + _LEAST_ENTRIES)):
        run = run + 1 if _names_page(blocks[at], headings) else 0
        if run >= _LEAST_ENTRIES and at >= index:
            return _names_page(blocks[index], headings)
    return False


def _names_page(block: Block, headings: set[str]) -> bool:
    listed = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and bool(_PAGED.search(block.text))
    return listed and _plain(block.text) in headings


def _counts_pages(rows: Sequence[Sequence[str]]) -> bool:
    """True where the last cells of a table's rows are page numbers that never go down."""
    last = [row[-1] for row in rows if row[-1] or not any(row)]
    figures = [int(cell) for cell in last if re.fullmatch(r"\d{1,3}", cell)]
    roman = sum(bool(re.fullmatch(r"[ivxl]{1,6}", cell)) for cell in last)
    return len(figures) + roman == len(last) >= 0.7 * len(rows) and figures == sorted(figures)


def _is_entry(block: Block, headings: set[str], *, strict: bool = False) -> bool:
    """Whether a block goes with the title of a contents list before it; `strict`: only where it names a page."""
    if block.kind is BlockKind.TABLE:
        named = all(any(_plain(cell) in headings for cell in row) for row in block.rows)
        return _counts_pages(block.rows) or (named and not strict)
    if block.kind not in {BlockKind.LIST_ITEM, BlockKind.PARAGRAPH} or len(block.text) > _LONGEST_ENTRY:
        return False
    if has_leader(block.text) or _PAGED.search(block.text):
        return True
    if strict:
        return False
    return (
        block.kind is BlockKind.LIST_ITEM or _plain(block.text) in headings or not re.search(r"[.!?;:]$", block.text)
    )


def _plain(text: str) -> str:
    without_number = re.sub(r"^[\dA-Z]{0,3}(?:\.\d+)*[.):]?\s+", "", text)
    without_page = re.sub(r"[\s.…]+\d{1,3}$", "", without_number)
    return re.sub(r"\W+", " ", without_page).strip().casefold()
