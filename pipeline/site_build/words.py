"""The words of a signed document and of a built page, each read by a parser that had no part in making the page.

The pages are made by Python-Markdown; here Markdown is read by markdown-it and HTML by lxml. Both come down to
tokens: words and single punctuation marks, in order.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NOTE_AT_START = re.compile(r"^\[\^([^\]]{1,12})\]: ", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]]{1,12})\]")
# What stands within a word's line. Not <sup>: the mark of a note is a word of its own.
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong"})
_UNSEEN = frozenset({"script", "style", "template", "title", "head"})


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def plain_text(markdown: str) -> str:
    """What a reader sees of Markdown, as plain text."""
    from lxml import html
    from markdown_it import MarkdownIt

    # A note whose text looks like an address would else be taken for a link's definition and vanish.
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")
    # In elements of their own, so that a mark such as "*" is not read as Markdown.
    source = _NOTE_MARK.sub(r" <span>\1</span> ", _NOTE_AT_START.sub(r"<span>\1</span> ", markdown))
    return visible(html.fragment_fromstring(reader.render(source), create_parent="div"))


def headings(markdown: str) -> list[tuple[int, str]]:
    """Levels and words of the headings of a signed document, without the lines of its title and the marks of notes.

    The title is every heading before any text, up to the first that has a number ("1 Introduction", "A. Background").
    """
    from lxml import html
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    root = html.fragment_fromstring(reader.render(_NOTE_MARK.sub("", markdown)), create_parent="div")
    found = [(int(e.tag[1]), visible(e)) if re.fullmatch("h[1-6]", str(e.tag)) else None for e in root]
    title = 0
    for entry in found:
        if entry is None or re.match(r"\s*(\d|[A-Z]\. )", entry[1]):
            break
        title += 1
    return [entry for entry in found[title:] if entry]


def visible(element: Any) -> str:
    """The text of an element of HTML, with a line break around everything that is not inline."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    if not isinstance(element.tag, str):  # a comment or an instruction
        return
    if element.tag in _UNSEEN:
        return
    edge = "" if element.tag in _INLINE else "\n"
    parts.append(edge)
    if element.text:
        parts.append(element.text)
    for child in element:
        _collect(child, parts)
        if child.tail:
            parts.append(child.tail)
    parts.append(edge)
