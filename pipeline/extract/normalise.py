"""One spelling for every character, before anything else looks at the text.

A name must not escape detection because a ligature, a soft hyphen or an invisible character stands in it. Curly
quotes and dashes are typography that readers see, so they stay; everything invisible goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BULLETS = frozenset("•‣◦▪▫●○■□–—-*·⁃➢➤✓\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d")

_REPLACED = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\u2010": "-",
    "\u2011": "-",
    "\ufe63": "-",
    "\uff0d": "-",
    "\u02bc": "’",
    "\u2024": ".",
    "\t": " ",
    "\v": "\n",
    "\f": "\n",
    "\r": "\n",
    "\u0085": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\uf0b7": "•",
    "\uf0a7": "•",
}
_LOOK_BACK = 200  # characters
_SPACES = re.compile(r"[ ]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def clean(text: str) -> str:
    """Text in NFC with plain spaces; line breaks survive as a single newline each, edges are stripped."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    composed = unicodedata.normalize("NFC", "".join(_character(c) for c in text.replace("\r\n", "\n")))
    return _AROUND_BREAK.sub("\n", _SPACES.sub(" ", composed)).strip(" \n")


def _character(c: str) -> str:
    if c in _REPLACED:
        return _REPLACED[c]
    if c in "\n ":
        return c
    category = unicodedata.category(c)
    if category == "Zs":
        return " "
    # Cf holds soft hyphens, zero-width characters, direction controls and tag characters; Co and Cn print nothing.
    if category in {"Cc", "Cf", "Co", "Cn", "Cs"} or any(ord(c) in span for span in _VARIATION_SELECTORS):
        return ""
    if 0xFF01 <= ord(c) <= 0xFF5E or 0x1D400 <= ord(c) <= 0x1D7FF:
        return unicodedata.normalize("NFKC", c)
    return c


def one_line(text: str) -> str:
    """`clean` with line breaks turned into spaces."""
    return clean(text).replace("\n", " ")


def join_cell(texts: Iterable[str]) -> str:
    """Paragraphs and lines of one cell in one line: two people in a cell stay two people."""
    result = ""
    for text in (line for t in texts for line in (one_line(part) for part in re.split(r"[\n\v]", t)) if line):
        if not result:
            result = text
        else:
            result += ("" if result[-1] in ".,;:!?/-–—" else ";") + " " + text
    return result


def unreadable_share(text: str) -> float:
    """Share (0 to 1) of characters that stand for no letter: what a font without a character map leaves behind."""
    seen = [c for c in text if not c.isspace()]
    if not seen:
        return 1.0
    lost = sum(c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn", "Cc"} for c in seen)
    return lost / len(seen)


def join_lines(lines: list[str], words: frozenset[str] = frozenset()) -> str:
    """Printed lines as running text.

    A word broken at a line end by a hyphen is put together when the document has the whole word elsewhere (`words`,
    in lower case) and not the hyphenated one; otherwise the hyphen is taken to belong to it ("mother-in-law",
    "Hussain-Moore"). Losing a hyphen in a name would hide it from everything that looks for the name.
    """
    text = ""
    for line in (part.strip() for part in lines):
        if not line:
            continue
        if not text:
            text = line
            continue
        end = text[-_LOOK_BACK:]  # the whole of a long paragraph need not be searched for each of its lines
        if end.endswith("\u00ad"):
            text = text[:-1] + line
        elif re.search(r"\w[-\u2010]$", end) and line[0].isalnum():
            text = text[: -len(end)] + _mend(end, line, words)
        elif _continues_link(end):
            text += line
        else:
            text += " " + line
    return text


def _mend(text: str, line: str, words: frozenset[str]) -> str:
    head = re.search(r"(\w+)[-\u2010]$", text)
    tail = re.match(r"\w+", line)
    if head and tail and line[0].islower():
        whole = (head[1] + tail[0]).casefold()
        hyphenated = f"{head[1]}-{tail[0]}".casefold()
        if hyphenated not in words and whole in words:
            return text[:-1] + line
    return text + line


def _continues_link(text: str) -> bool:
    """A web or mail address broken over lines goes on without a space."""
    last = text.rsplit(" ", 1)[-1]
    return last.endswith("@") or (last.startswith(("http://", "https://", "www.")) and last[-1] in "/-_?&=#")
