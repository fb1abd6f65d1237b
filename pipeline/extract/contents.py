"""Contents lists: what only repeats a report's headings is left out, and never a line that does not.

A list is known by what its entries are. The words of a heading that the report has, and a page after a row of dots,
are proof; short lines between such entries go with them, anything after the last one stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.models import Block, BlockKind

_PAGE = r"(?:\d{1,3}|[ivxl]{1,6})"
_LEADER = re.compile(rf"(?:\.{{4,}}|(?:\s\.){{3,}}|…{{2,}}|_{{4,}})\s*{_PAGE}\s*$")
_LEADERS = re.compile(rf"(?:\.{{4,}}|(?:\s\.){{3,}}|…{{2,}}|_{{4,}})\s*{_PAGE}(?=\s)")
_PAGED = re.compile(rf"\S\s+{_PAGE}$")
_PAGES = re.compile(rf"{_PAGE}(?:\s{_PAGE})*")
_TITLE = re.compile(r"^(?:table of )?contents(?: page| list)?:?$", re.I)
_LIST_OF = re.compile(
    r"^(?:list|index|table) of (?:tables?|figures?|charts?|appendices|annexe?s|abbreviations)\b.{0,40}$", re.I
)
_LEAST_PROVED = 2  # entries of a list under a title
_LEAST_ALONE = 3  # entries of a list without one
_MOST_AFTER = 3  # entries after the last that is proved
_LONGEST_ENTRY = 160
_NO_TITLE = "Contents"
_TEXTS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list: its title, and the blocks that go with it."""

    title: str
    blocks: tuple[Block, ...]


def has_leader(text: str) -> bool:
    """True for a line that ends in a row of dots and a page."""
    return bool(_LEADER.search(text))


def is_contents_heading(text: str) -> bool:
    return bool(_TITLE.match(text.strip()))


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Contents]]:
    """The blocks without contents lists, and the lists that went, in order.

    Under "Contents" at least two entries, and half of the list, name headings of the report or have a page; under
    "List of tables" and the like all have a page. Without a title three or more in a row have both or a row of dots.
    """
    headings = frozenset(_plain(b.text) for b in blocks if b.kind is BlockKind.HEADING) - {""}
    kept: list[Block] = []
    lists: list[Contents] = []
    at = 0
    while at < len(blocks):
        title = _title(blocks[at])
        start = at + bool(title)
        end = _end(blocks, start, headings, title)
        if end > start:
            lists.append(Contents(title or _NO_TITLE, tuple(blocks[at:end])))
            at = end
        else:
            kept.append(blocks[at])
            at += 1
    return kept, lists


def _title(block: Block) -> str:
    text = block.text.strip()
    titled = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and (_TITLE.match(text) or _LIST_OF.match(text))
    return text if titled else ""


def _end(blocks: Sequence[Block], start: int, headings: frozenset[str], title: str) -> int:
    """Where the list that starts here ends; `start` where none does."""
    if start < len(blocks) and blocks[start].kind is BlockKind.TABLE:
        return start + _is_table_of_contents(blocks[start], headings, titled=bool(title))
    end, proved, at = start, 0, start
    for at in range(start, len(blocks) + 1):
        if at == len(blocks) or blocks[at].kind not in _TEXTS:
            break
        entries = _entries(blocks[at].text)
        if any(len(_plain(entry)) > _LONGEST_ENTRY for entry in entries):
            break
        if all(_is_proof(entry, headings, title) for entry in entries):
            proved, end = proved + len(entries), at + 1
        elif not title or _LIST_OF.match(title) or blocks[at].text.rstrip().endswith((".", "!", "?", ";")):
            break
    least = _LEAST_PROVED if title else _LEAST_ALONE
    if proved < least or 2 * proved < end - start:
        return start
    # The last entries may say their headings in other words: of one kind with the list, and a heading follows.
    ends = at == len(blocks) or blocks[at].kind is BlockKind.HEADING
    last = all(block.kind is blocks[end - 1].kind for block in blocks[end:at])
    return at if title and ends and last and at - end <= _MOST_AFTER else end


def _entries(text: str) -> list[str]:
    """The entries in a block: one, or several lines with rows of dots that were read as one paragraph."""
    parts: list[str] = []
    at = 0
    for found in _LEADERS.finditer(text):
        parts.append(text[at : found.end()].strip())
        at = found.end()
    rest = text[at:].strip()
    return [*parts, rest] if rest or not parts else parts


def _is_proof(text: str, headings: frozenset[str], title: str) -> bool:
    """Whether a line is an entry beyond doubt, given what stands over it."""
    named = _plain(text) in headings
    if not title:
        return has_leader(text) or (named and bool(_PAGED.search(text)))
    if _LIST_OF.match(title):
        return has_leader(text) or bool(_PAGED.search(text))
    return named or has_leader(text)


def _is_table_of_contents(table: Block, headings: frozenset[str], *, titled: bool) -> bool:
    """Rows that name headings with their pages; a table without lines may hold all entries in one row."""
    named = sum(any(_plain(cell) in headings for cell in row) for row in table.rows)
    paged = _counts_pages(table.rows)
    if titled:
        words = " ".join(_plain(cell) for row in table.rows for cell in row)
        run_together = all(_PAGES.fullmatch(row[-1]) for row in table.rows)
        if run_together and sum(heading in words for heading in headings) >= _LEAST_PROVED:
            return True
        return named >= _LEAST_PROVED and (paged or named == len(table.rows))
    return len(table.rows) >= _LEAST_ALONE and paged and named >= 0.6 * len(table.rows)


def _counts_pages(rows: Sequence[Sequence[str]]) -> bool:
    """True where the last cells of a table's rows are page numbers that never go down."""
    last = [row[-1] for row in rows if row[-1] or not any(row)]
    figures = [int(cell) for cell in last if re.fullmatch(r"\d{1,3}", cell)]
    roman = sum(bool(re.fullmatch(r"[ivxl]{1,6}", cell)) for cell in last)
    return len(figures) + roman == len(last) >= 0.7 * len(rows) and figures == sorted(figures)


def _plain(text: str) -> str:
    """The words of an entry or a heading, without its number, dots and page."""
    without_page = re.sub(rf"(?:[\s.…_]+{_PAGE}|[\s.…_]+)$", "", text)
    without_number = re.sub(r"^(?:[\dA-Z]{1,3}(?:\.\d+)*[.):]?|[ivxIVX]+[.):])\s+", "", without_page)
    return re.sub(r"\W+", " ", without_number).strip().casefold()
