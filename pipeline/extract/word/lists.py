"""Lists and quotations as they stand on the page: lists within lists, typed bullets and counts, text set in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.normalise import BULLETS
from pipeline.extract.numbering import item_number
from pipeline.extract.word.headings import Seen
from pipeline.models import BlockKind

_DEEPER = 100  # twentieths of a point that set a list in from the one that it belongs to
_DASHES = frozenset("–—-*")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class _Open:
    indent: int
    depth: int
    list_id: str
    shift: int  # how much deeper the list stands than its own levels say


def nested(seen: Sequence[Seen]) -> list[Seen]:
    """A list that is set in under an item of another list is one level below it."""
    result: list[Seen] = []
    levels: list[_Open] = []
    for item in seen:
        if item.block.kind is not BlockKind.LIST_ITEM:
            levels = []
            result.append(item)
            continue
        while levels and levels[-1].indent > item.indent + _DEEPER:
            levels.pop()
        own = max(item.block.level, item.depth)
        shift = next((level.shift for level in levels if level.list_id == item.list_id), None)
        if shift is None:
            below = levels[-1].depth + (item.indent > levels[-1].indent + _DEEPER) if levels else 0
            shift = max(0, below - own)
        depth = own + shift
        if levels and abs(levels[-1].indent - item.indent) <= _DEEPER:
            levels.pop()
        levels.append(_Open(item.indent, depth, item.list_id, shift))
        result.append(replace(item, block=replace(item.block, level=min(depth, 8))))
    return result


def typed_items(seen: Sequence[Seen]) -> list[Seen]:
    """Paragraphs that begin with a typed bullet, or with a typed count that goes on from one to the next."""
    counts = [_count(s) for s in seen]
    result = []
    for index, item in enumerate(seen):
        block = item.block
        if block.kind is BlockKind.PARAGRAPH and not block.number and "\n" not in block.text.strip():
            bullet = _bullet(block.text)
            number, rest = item_number(block.text.lstrip())
            if bullet:
                block = replace(block, kind=BlockKind.LIST_ITEM, text=bullet)
            elif number and ("\t" in block.text.lstrip()[: len(number) + 3] or _goes_on(counts, index)):
                block = replace(block, kind=BlockKind.LIST_ITEM, text=rest, number=number, ordered=True)
        result.append(replace(item, block=block))
    return result


def _bullet(text: str) -> str:
    """The text after a typed bullet, or ""; a dash counts only before a tab, because speech begins with one too."""
    found = re.match(r"\s*(\S)([ \t\u00a0]+)(?=\S)", text)
    if not found or found[1] not in BULLETS or (found[1] in _DASHES and "\t" not in found[2]):
        return ""
    return text[found.end() :]


def _count(item: Seen) -> tuple[str, tuple[int, ...]]:
    """(form, values) of a typed count: "(b)" is ("()", 2), "i." may be 9 or 1; no values for other text."""
    block = item.block
    if block.kind is not BlockKind.PARAGRAPH or block.number:
        return "", ()
    number, _ = item_number(block.text.lstrip())
    sign = number.strip("()")
    values = [int(sign)] if sign.isdigit() else [ord(sign) - ord("a") + 1] if re.fullmatch("[a-z]", sign) else []
    if sign in _ROMAN:
        values.append(_ROMAN[sign])
    return re.sub(r"\w+", "", number), tuple(values)


def _goes_on(counts: Sequence[tuple[str, tuple[int, ...]]], index: int) -> bool:
    form, values = counts[index]
    for neighbour, step in ((index - 1, -1), (index + 1, 1)):
        if 0 <= neighbour < len(counts):
            other, theirs = counts[neighbour]
            if other == form and any(value + step in theirs for value in values):
                return True
    return False


def with_quotations(seen: Sequence[Seen]) -> list[Seen]:
    """Paragraphs that are set in from both margins as quotations, unless most of the report is set so."""
    inset = [s.inset and s.block.kind is BlockKind.PARAGRAPH and not s.block.number for s in seen]
    running = sum(s.block.kind is BlockKind.PARAGRAPH for s in seen)
    if 2 * sum(inset) > running:
        return list(seen)
    return [
        replace(s, block=replace(s.block, kind=BlockKind.QUOTE)) if quoted else s
        for s, quoted in zip(seen, inset, strict=True)
    ]
