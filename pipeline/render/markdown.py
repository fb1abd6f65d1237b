"""A redacted document as Markdown that any CommonMark or Python-Markdown reader shows in the same way.

Words of a report can never become markup: every character that could start any is written as an HTML entity. The only
markup in the result is what this module writes, each block on lines of its own:

    ## Heading
    <a class="p" id="p-4-12" href="#p-4-12">4.12</a> A numbered paragraph with a note.[^1]
    - a list item          1. a counted one          > a quotation          | a | table |
    [^1]: A note           <span lang="es">words in another language</span>

A table that Markdown has no way to write (cells that cover others, none or several header rows, a column that heads
rows) is an HTML table, a line a row. No attribute of it says more than a number, so that the verifier reads it whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.models import BlockKind, Document, Foreign
from pipeline.render.grid import Cell, Grid, grid_of
from pipeline.render.shape import Shaped, pieces, shape

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
        grid = grid_of(block)
        yield from (_pipes if grid.is_plain else _html_table)(grid, block.foreign)
    elif block.kind is BlockKind.HEADING:
        number = f"{escape(block.number)} " if block.number else ""
        yield f"{'#' * block.level} {number}{inline(block.text, block.foreign, starts=not number)}"
    elif block.kind is BlockKind.FOOTNOTE:
        yield f"[^{block.number or '*'}]: {inline(block.text, block.foreign)}"
    elif block.kind is BlockKind.LIST_ITEM:
        yield f"{'    ' * block.level}{f'{item.count}.' if item.count else '-'} {_with_anchor(item, wanted)}"
    elif block.kind is BlockKind.QUOTE:
        yield f"> {_with_anchor(item, wanted)}"
    else:
        yield _with_anchor(item, wanted)


def _with_anchor(item: Shaped, wanted: Collection[str]) -> str:
    block = item.block
    text = inline(block.text, block.foreign)
    unnamed = bool(re.match(r"(s-)?n-", item.anchor)) and item.anchor not in wanted
    if block.number and not item.count:
        if unnamed or not item.anchor:
            if block.kind is BlockKind.LIST_ITEM:
                return f'<span class="number">{escape(item.printed_number, False)}</span> {text}'.strip()
            return f"{escape(block.number)} {text}".strip()
        number = escape(item.printed_number, False)
        return f'<a class="p" id="{item.anchor}" href="#{item.anchor}">{number}</a> {text}'.strip()
    if item.anchor in wanted:
        return f'<a id="{item.anchor}"></a>{text}'
    return text


def _pipes(grid: Grid, foreign: Sequence[Foreign]) -> Iterator[str]:
    for index, row in enumerate((*grid.header, *grid.body)):
        yield "| " + " | ".join(inline(cell.text, foreign) for cell in row) + " |"
        if index == 0:
            yield "|" + " --- |" * grid.width


def _html_table(grid: Grid, foreign: Sequence[Foreign]) -> Iterator[str]:
    yield "<table>"
    for part, rows in (("thead", grid.header), ("tbody", grid.body)):
        if rows:
            yield f"<{part}>"
            for row in rows:
                yield f"<tr>{''.join(_html_cell(cell, foreign) for cell in row)}</tr>"
            yield f"</{part}>"
    yield "</table>"


def _html_cell(cell: Cell, foreign: Sequence[Foreign]) -> str:
    tag = "th" if cell.heads else "td"
    wide = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    deep = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{wide}{deep}>{inline(cell.text, foreign)}</{tag}>"


def inline(text: str, foreign: Sequence[Foreign] = (), *, starts: bool = True) -> str:
    """Text with note marks as marks, line breaks as <br>, words in another language in a <span>, and everything else
    as words only. `starts`: it stands at the start of a block."""
    out = []
    for index, piece in enumerate(pieces(text, foreign)):
        if piece.mark:
            out.append(f"[^{piece.text}]")
            continue
        words = escape(piece.text, starts and index == 0)
        out.append(f'<span lang="{piece.language}">{words}</span>' if piece.language else words)
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
