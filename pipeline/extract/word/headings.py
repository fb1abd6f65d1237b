"""Which paragraphs of a Word document act as headings, whatever their style: short lines that are bold throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.normalise import one_line
from pipeline.extract.numbering import heading_number, tidy
from pipeline.models import Block, BlockKind

_LONGEST = 120  # characters
_LONGEST_RUN = 3  # bold lines one after another; more are a passage in bold
_COUNTED_WORD = re.compile(r"(?:section|part|chapter|appendix|annex)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b", re.IGNORECASE)
_LINK = re.compile(r"@|https?://|www\.", re.IGNORECASE)
_SINGLE = re.compile(r"\d{1,2}|[A-Z]|[IVX]{1,4}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A block with what the page shows of it.

    strong   bold or underlined throughout
    size     of its letters in half-points, 0 where it is not said
    list_id  of its automatic number; `indent` from the margin, `depth` that its style names
    """

    block: Block
    strong: bool = False
    size: int = 0
    list_id: str = ""
    indent: int = 0
    depth: int = 0
    inset: bool = False  # set in from both margins


def with_headings(seen: Sequence[Seen]) -> list[Seen]:
    """The blocks with bold lines that act as headings as headings.

    Where the report has few heading styles every such line is one; where it has them, a numbered one.
    """
    styled = sum(s.block.kind is BlockKind.HEADING for s in seen)
    lines = _bold_lines(seen)
    few = styled <= 1 or (len(lines) >= 4 and len(lines) >= 3 * styled)
    chosen = [i for i in lines if few or _depth(seen[i].block)]
    if not chosen:
        return list(seen)
    levels = _levels(seen, chosen)
    result = list(seen)
    for index in chosen:
        block = seen[index].block
        result[index] = replace(
            seen[index],
            block=Block(
                BlockKind.HEADING, block.text, level=levels[index], number=tidy(block.number), foreign=block.foreign
            ),
        )
    return result


def _bold_lines(seen: Sequence[Seen]) -> list[int]:
    """Places of bold lines that stand over text; not those of a longer passage in bold."""
    lines: list[int] = []
    run: list[int] = []
    for index, item in enumerate(seen):
        if _is_line(item):
            run.append(index)
            continue
        if len(run) <= _LONGEST_RUN:
            lines.extend(run)
        run = []
    # With nothing after it a bold line heads nothing, unless it is numbered.
    return lines + [index for index in run if len(run) <= _LONGEST_RUN and _depth(seen[index].block)]


def _is_line(item: Seen) -> bool:
    block = item.block
    if block.kind is BlockKind.LIST_ITEM:
        if block.level or not _SINGLE.fullmatch(block.number):
            return False
    elif block.kind is not BlockKind.PARAGRAPH:
        return False
    text = block.text.strip()
    if _LINK.search(text):  # underlined, but not to be looked up under
        return False
    return item.strong and len(text) <= _LONGEST and "\n" not in text and not re.search(r"[.;,]$", text)


def _depth(block: Block) -> int:
    """How many parts the number of a line has, printed by Word or typed; 0 without a number."""
    text = one_line(block.text)
    if _COUNTED_WORD.match(text):
        return 1
    typed = heading_number(text)[0]
    # A typed letter may be somebody's initial.
    number = tidy(block.number) or (typed if re.search(r"\d", typed) else "")
    return len(re.findall(r"\d+|[A-Z]+", number, re.IGNORECASE)) if number else 0


def _levels(seen: Sequence[Seen], chosen: Sequence[int]) -> dict[int, int]:
    """Level of each chosen line: by its number, else like lines that look alike, else one below what it follows."""
    by_depth = _levels_of_numbers(seen, chosen)
    looks: dict[tuple[int, bool], Counter[int]] = {}
    levels: dict[int, int] = {}
    for index in chosen:
        depth = _depth(seen[index].block)
        if depth:
            levels[index] = _level(by_depth, depth)
            looks.setdefault(_look(seen[index]), Counter())[levels[index]] += 1
    if not levels:
        return _levels_of_sizes(seen, chosen)
    first, current = min(levels), 1
    for index, item in enumerate(seen):
        if index in levels or item.block.kind is BlockKind.HEADING:
            current = levels.get(index, item.block.level)
        elif index in chosen:
            alike = looks.get(_look(item))
            below = alike.most_common(1)[0][0] if alike else min(6, current + 1)
            levels[index] = max(1, min(by_depth.values()) - 1) if index < first else below
    return levels


def _level(by_depth: dict[int, int], depth: int) -> int:
    nearest = max((d for d in by_depth if d <= depth), default=min(by_depth))
    return max(1, min(6, by_depth[nearest] + depth - nearest))


def _levels_of_numbers(seen: Sequence[Seen], chosen: Sequence[int]) -> dict[int, int]:
    """Parts of a number -> level: as the styled headings have it, else counted from below the title."""
    votes: dict[int, Counter[int]] = {}
    for item in seen:
        if item.block.kind is BlockKind.HEADING and (depth := _depth(item.block)):
            votes.setdefault(depth, Counter())[item.block.level] += 1
    if votes:
        return {depth: count.most_common(1)[0][0] for depth, count in votes.items()}
    numbered = [i for i in chosen if _depth(seen[i].block)]
    titled = any(
        s.block.kind is BlockKind.HEADING or (i in chosen and i not in numbered)
        for i, s in enumerate(seen[: numbered[0]] if numbered else seen)
    )
    depths = [_depth(seen[i].block) for i in numbered] or [1]
    return {min(depths): 2 if titled else 1}


def _look(item: Seen) -> tuple[int, bool]:
    return item.size, item.block.text.isupper()


def _levels_of_sizes(seen: Sequence[Seen], chosen: Sequence[int]) -> dict[int, int]:
    """Without numbers: larger print and capitals stand above smaller print."""
    order = sorted({_look(seen[i]) for i in chosen}, reverse=True)
    return {i: min(6, 2 + order.index(_look(seen[i]))) for i in chosen}
