"""The header above a place in the linear text of a document, where a table's row is a line of cells between bars."""

from __future__ import annotations

BAR = "|"


def header_above(text: str, at: int) -> str:
    """The first row's cell of the column in which `at` lies; "" outside tables and in the first row itself."""
    start = text.rfind("\n", 0, at) + 1
    if not text.startswith(BAR, start):
        return ""
    column = text.count(BAR, start, at)
    first = start
    while first and text.startswith(BAR, before := text.rfind("\n", 0, first - 1) + 1):
        first = before
    if first == start:
        return ""
    cells = text[first : text.find("\n", first)].split(BAR)
    return cells[column].strip() if column < len(cells) else ""
