"""What may be printed as the number of a block.

A number stands outside the text that detection reads, so it must be one that cannot name anybody: digits, single
letters, small roman numerals, and the words with which reports count. Anything else belongs into the text.
"""

from __future__ import annotations

import re

_WORDS = (
    "section|part|appendix|annex|chapter|article|paragraph|table|figure|recommendation|lesson|action|finding|question"
)
_ROMAN = r"(?=[ivxl])(?:xl|x{0,3})(?:ix|iv|v?i{0,3})"
_LETTERED = rf"{_ROMAN}|(?P<letter>[a-z])(?P=letter){{0,2}}"  # Word counts on from "z" with "aa"
_NUMERIC = r"[a-z]?\d{1,3}[a-z]?"
_PART = re.compile(rf"\(?(?:(?P<numeric>{_NUMERIC})|{_LETTERED})\)?", re.IGNORECASE)
_SPLIT = re.compile(r"[./-]|(?<=\))(?=\()|(?<=[\da-z])(?=\()")
_HEAD = re.compile(rf"(?:{_WORDS})\b\s*", re.IGNORECASE)
_SYMBOLS = re.compile(r"[*†‡§]{1,3}")
_MOST = 5


def is_number(text: str) -> bool:
    """Whether a printed number ("4.12", "A1", "(iv)", "Recommendation 3", "") is one and nothing else.

    At most two parts are letters, and without a digit only one of them is a capital: "A.O." is somebody.
    """
    rest = _HEAD.sub("", text.strip(), count=1).rstrip(".:")
    if not rest or _SYMBOLS.fullmatch(rest):
        return True
    parts = [_PART.fullmatch(part) for part in _SPLIT.split(rest)]
    if len(parts) > _MOST or not all(parts):
        return False
    letters = [part.group() for part in parts if part and not part["numeric"]]
    capitals = [part for part in letters if part.strip("()").isupper()]
    return len(letters) <= 2 and (len(letters) < len(parts) or len(capitals) <= 1)
