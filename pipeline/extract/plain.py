"""Plain text and Markdown as blocks: what `ssp preview` takes beside PDF and DOCX."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.detect.lookalikes import mixed
from pipeline.extract.assemble import Reading, to_document
from pipeline.extract.normalise import clean, mend_breaks
from pipeline.extract.numbering import item_number
from pipeline.models import Block, BlockKind, Document, DocumentKind

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_BULLET = re.compile(r"( *)[-*+•]\s+(.*)")
_COUNTED = re.compile(r"( *)(\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+.*)")
_PICTURE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])$")
_NOTE = re.compile(r"\[\^([^\]]+)\]:\s*(.*)")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
# What a paragraph begins with: a capital, a printed number, a sign of Markdown.
_STARTS = re.compile(r"[A-Z\"“‘'#|>*•-]|\(?\d{1,2}(?:\.\d+)*[.)]?\s|\([a-z]\)\s")
_CELL = re.compile(r"(?<!\\)\|")


def read_text(text: str, kind: DocumentKind) -> Document:
    """A Document from plain or Markdown text.

    '#' headings, '|' tables, '-' and '1.' lists, '>' quotations, '[^1]:' footnotes, '![described](file)' pictures; a
    paragraph may start with its printed number. Raises NoText when there is nothing in it.
    """
    whole = mend_breaks(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [_visible(line) for line in whole.split("\n")]
    if _is_paragraph_a_line(lines):
        lines = _apart(lines)
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    at = 0
    while at < len(lines):
        at = _take(lines, at, blocks, notes)
    reading = Reading(_with_notes(blocks, notes))
    for word in mixed(text):
        reading.leave_out("lookalike", word)
    return to_document(reading, kind, text.encode("utf-8", "surrogatepass"))


def _is_paragraph_a_line(lines: list[str]) -> bool:
    """Whether a text without a blank line holds a paragraph in each line, as people type, and is not wrapped."""
    kept = [line.strip() for line in lines if line.strip()]
    inside = "\n".join(lines).strip()
    if len(kept) < 3 or re.search(r"\n[ \t]*\n", inside):
        return False
    starts = [bool(_STARTS.match(after)) for after in kept[1:]]
    whole = sum(
        begins and (line[-1] in ".:!?”\"')|" or len(line) < 60) for line, begins in zip(kept, starts, strict=False)
    )
    return whole >= 0.8 * len(starts)


def _apart(lines: list[str]) -> list[str]:
    """The lines with a blank one between, but for the rows of a table and the lines of a quotation."""
    apart: list[str] = []
    for line in lines:
        together = apart and line.lstrip()[:1] in ("|", ">") and line.lstrip()[:1] == apart[-1].lstrip()[:1]
        if apart and not together:
            apart.append("")
        apart.append(line)
    return apart


def _visible(line: str) -> str:
    """The line cleaned, its indentation and the two spaces of a Markdown line break kept."""
    indent = len(line) - len(line.expandtabs(4).lstrip(" ")) if not line.strip() else _indent(line)
    return " " * indent + clean(line) + ("  " if line.endswith("  ") and line.strip() else "")


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _take(lines: list[str], at: int, blocks: list[Block], notes: dict[str, str]) -> int:
    """Read one block that starts at line `at`; the number of the line after it."""
    line = lines[at]
    stripped = line.strip()
    if not stripped:
        return at + 1
    if heading := _HEADING.match(stripped):
        blocks.append(Block(BlockKind.HEADING, heading[2], level=len(heading[1])))
        return at + 1
    if picture := _PICTURE.match(stripped):
        blocks.append(Block(BlockKind.PICTURE, picture[1]))
        return at + 1
    if note := _NOTE.match(stripped):
        end = _paragraph_end(lines, at)
        notes[note[1]] = " ".join([note[2], *(part.strip() for part in lines[at + 1 : end])])
        return end
    if stripped.startswith("|"):
        end = at
        while end < len(lines) and lines[end].strip().startswith("|"):
            end += 1
        blocks.append(_table(lines[at:end]))
        return end
    if stripped.startswith(">"):
        end = at
        while end < len(lines) and lines[end].strip().startswith(">"):
            end += 1
        quoted = "\n".join(part.strip().lstrip("> ") for part in lines[at:end])
        blocks.extend(Block(BlockKind.QUOTE, _joined(part.split("\n"))) for part in re.split(r"\n{2,}", quoted))
        return end
    return _take_text(lines, at, blocks)


def _take_text(lines: list[str], at: int, blocks: list[Block]) -> int:
    line = lines[at]
    bullet, counted = _BULLET.match(line), _COUNTED.match(line)
    if bullet or counted:
        end = _paragraph_end(lines, at, items=True)
        rest = [part.strip() for part in lines[at + 1 : end]]
        if bullet:
            blocks.append(Block(BlockKind.LIST_ITEM, _joined([bullet[2], *rest]), level=min(len(bullet[1]) // 2, 5)))
        elif counted:
            number, first = item_number(counted[2])
            depth = min(len(counted[1]) // 2, 5)
            blocks.append(Block(BlockKind.LIST_ITEM, _joined([first, *rest]), depth, number=number, ordered=True))
        return end
    if at + 1 < len(lines) and _UNDERLINE.match(lines[at + 1]) and "|" not in line:
        blocks.append(Block(BlockKind.HEADING, line.strip(), level=1 if lines[at + 1].startswith("=") else 2))
        return at + 2
    end = _paragraph_end(lines, at)
    blocks.append(Block(BlockKind.PARAGRAPH, _joined(lines[at:end])))
    return end


def _paragraph_end(lines: list[str], at: int, *, items: bool = False) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip():
        stripped = lines[end].strip()
        if _HEADING.match(stripped) or stripped.startswith(("|", ">")) or _NOTE.match(stripped):
            break
        if _BULLET.match(lines[end]) or (items and _COUNTED.match(lines[end])):
            break
        end += 1
    return end


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph: two spaces or a backslash at the end of a line break it, anything else is a space."""
    text = ""
    for line in lines:
        broken = line.endswith("  ") or line.endswith("\\")
        text += line.strip().rstrip("\\") + ("\n" if broken else " ")
    return text.strip()


def _table(lines: list[str]) -> Block:
    rows = []
    header_rows = 0
    for index, line in enumerate(lines):
        if index == 1 and _RULE.match(line.strip()):
            header_rows = 1
            continue
        inner = line.strip().removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        rows.append(tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(inner)))
    width = max(map(len, rows))
    padded = tuple(row + ("",) * (width - len(row)) for row in rows)
    return Block(BlockKind.TABLE, rows=padded, header_rows=header_rows)


def _with_notes(blocks: list[Block], notes: dict[str, str]) -> list[Block]:
    """Footnotes numbered in the order in which their marks come; those without a mark after them."""
    order: list[str] = []
    for block in blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            order.extend(m for m in re.findall(r"\[\^([^\]]+)\]", text) if m in notes and m not in order)
    order.extend(label for label in notes if label not in order)
    number = {label: str(index + 1) for index, label in enumerate(order)}

    def renumbered(text: str) -> str:
        return re.sub(r"\[\^([^\]]+)\]", lambda m: f"[^{number[m[1]]}]" if m[1] in number else m[0], text)

    result = [
        replace(b, text=renumbered(b.text), rows=tuple(tuple(renumbered(c) for c in row) for row in b.rows))
        for b in blocks
    ]
    return result + [Block(BlockKind.FOOTNOTE, notes[label], number=number[label]) for label in order]
