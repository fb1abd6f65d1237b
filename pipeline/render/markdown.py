"""A redacted document as Markdown that any CommonMark or Python-Markdown reader shows in the same way.

Words of a report can never become markup: every character that could start any is written as an HTML entity. The only
markup in the result is what this module writes, each block on lines of its own:

    ## Heading
    <a class="p" id="p-4-12" href="#p-4-12">4.12</a> A numbered paragraph with a note.[^1]
    - a list item          1. a counted one          > a quotation          | a | table |
    [^1]: A note
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.models import Block, BlockKind, Document
from pipeline.render.shape import NOTE_MARK, Shaped, shape

_ALWAYS = set("&<>*_[]{}`\\|~^$=#@+")
_AT_START = set("-:!?/;.,()'\"%")


def as_markdown(document: Document, wanted: Collection[str] = ()) -> str:
    """Markdown of a document.

    wanted   anchors of unnumbered blocks that something links to; every numbered paragraph has its anchor anyway
    """
    parts: list[str] = []
    blocks = shape(document)
    for place, item in enumerate(blocks):
        if place:
            parts.append(_gap(blocks[place - 1], item))
        parts.append("\n".join(_lines(item, wanted)))
    return "".join(parts) + "\n"


def _gap(before: Shaped, after: Shaped) -> str:
    """What stands between two blocks: items of one list stand together, two unlike lists must not run together."""
    if before.block.kind is not after.block.kind:
        return "\n\n"
    if after.block.kind is BlockKind.LIST_ITEM:
        unlike = (before.count is None) != (after.count is None)
        return "\n\n<!-- -->\n\n" if unlike and before.block.level == after.block.level == 0 else "\n"
    return "\n>\n" if after.block.kind is BlockKind.QUOTE else "\n\n"


def _lines(item: Shaped, wanted: Collection[str]) -> Iterator[str]:
    block = item.block
    if block.kind is BlockKind.TABLE:
        yield from _table(block)
    elif block.kind is BlockKind.HEADING:
        yield f"{'#' * block.level} {inline(f'{block.number} {block.text}'.strip())}"
    elif block.kind is BlockKind.FOOTNOTE:
        yield f"[^{block.number or '*'}]: {inline(block.text)}"
    elif block.kind is BlockKind.LIST_ITEM:
        yield f"{'    ' * block.level}{f'{item.count}.' if item.count else '-'} {_with_anchor(item, wanted)}"
    elif block.kind is BlockKind.QUOTE:
        yield f"> {_with_anchor(item, wanted)}"
    else:
        yield _with_anchor(item, wanted)


def _with_anchor(item: Shaped, wanted: Collection[str]) -> str:
    block = item.block
    text = inline(block.text)
    if block.number and not item.count:
        number = inline(block.number)
        if re.match(r"(s-)?n-", item.anchor) and item.anchor not in wanted:
            return f"{number} {text}".strip()
        return f'<a class="p" id="{item.anchor}" href="#{item.anchor}">{number}</a> {text}'.strip()
    if item.anchor in wanted:
        return f'<a id="{item.anchor}"></a>{text}'
    return text


def _table(block: Block) -> Iterator[str]:
    rows = list(block.rows)
    width = max((len(row) for row in rows), default=1)
    # Pipe tables always have one header row; a table that has none of its own gets an empty one.
    header = rows.pop(0) if block.header_rows and rows else ("",) * width
    yield _row(header, width)
    yield "|" + " --- |" * width
    for row in rows:
        yield _row(row, width)


def _row(cells: tuple[str, ...], width: int) -> str:
    padded = (*cells, *("" for _ in range(width - len(cells))))
    return "| " + " | ".join(inline(cell) for cell in padded) + " |"


def inline(text: str) -> str:
    """Text with note marks as marks, line breaks as <br>, and everything else as words only."""
    out = []
    at = 0
    for mark in NOTE_MARK.finditer(text):
        out.append(escape(text[at : mark.start()], at == 0))
        out.append(f"[^{mark.group(1)}]")
        at = mark.end()
    out.append(escape(text[at:], at == 0))
    return "".join(out)


def escape(text: str, starts: bool = True) -> str:
    """Plain text as Markdown. `starts`: it stands at the start of a block, where more characters mean something."""
    out = []
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        first = starts and (index == 0 or text[index - 1] == "\n")
        if character == "\n":
            out.append("<br>")
        elif (
            character in _ALWAYS
            or (first and character in _AT_START)
            or (character == ":" and following and not following.isspace() and not following.isdigit())
            or (character == "-" and following == "-")
            or (character in ".)" and starts and re.fullmatch(r"\w{1,9}", text[:index]) and following in ("", " "))
        ):
            out.append(f"&#{ord(character)};")
        else:
            out.append(character)
    return "".join(out)
