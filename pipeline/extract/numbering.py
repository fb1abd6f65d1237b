"""Printed numbers at the start of paragraphs and headings: "4.12", "A1", "3.", "B."."""

from __future__ import annotations

import re

_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4})(?![\d.]*\d)[.):]?\s+(?=\S)")
_LETTERED = re.compile(r"([A-Z]\.?\d{1,3}(?:\.\d{1,3}){0,3})(?![\w.]*\d)[.):]?\s+(?=\S)")
_HEADING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})[.):]?\s+(?=\S)")
_HEADING_LETTER = re.compile(r"([A-Z])[.):]\s+(?=\S)")
_ITEM = re.compile(r"(\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)")
_MEASURE = re.compile(
    r"(?:am|pm|a\.m|p\.m|hrs?|hours?|minutes?|million|billion|thousand|per cent|percent|%|times|miles|km|kg|metres?|"
    r"days?|weeks?|months?|years?|(?-i:and|to|or)|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|[%°–—-]",
    re.I,
)


def paragraph_number(text: str) -> tuple[str, str]:
    """(number, rest) of a paragraph that starts with a printed number of two parts or a letter and a number.

    A time ("3.30 pm"), a measure ("4.5 million") and a date ("12.05.14 She ...") are no numbers of paragraphs.
    """
    for pattern in (_DOTTED, _LETTERED):
        found = pattern.match(text)
        if found and not _MEASURE.match(text[found.end() :]) and not _is_date(found[1]):
            return found[1], text[found.end() :]
    return "", text


def heading_number(text: str) -> tuple[str, str]:
    """(number, rest) of a heading: "1 Introduction", "3.2 Health", "A. Background", "B2 Scope"."""
    for pattern in (_HEADING_NUMBER, _LETTERED, _HEADING_LETTER):
        found = pattern.match(text)
        if found and not _MEASURE.match(text[found.end() :]) and not _is_date(found[1]):
            return found[1], text[found.end() :]
    return "", text


def item_number(text: str) -> tuple[str, str]:
    """(number, rest) of a counted list item: "1.", "(a)", "iv)". A final full stop is not part of the number."""
    found = _ITEM.match(text)
    if not found:
        return "", text
    return found[1].rstrip("."), text[found.end() :]


def tidy(number: str) -> str:
    """A number as it is cited: without the full stop, bracket or colon that closes it in print."""
    return number.strip().rstrip(".):").lstrip("(").strip()


def _is_date(number: str) -> bool:
    parts = number.split(".")
    if not all(part.isdigit() for part in parts):
        return False
    if any(len(part) == 2 and part.startswith("0") for part in parts[:-1]):
        return True
    return len(parts) == 3 and len(parts[2]) == 2 and int(parts[0]) <= 31 and int(parts[1]) <= 12
