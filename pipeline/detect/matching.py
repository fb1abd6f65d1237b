"""What one row of identifiers.yml finds in a text.

Detection and the loading of rules both use it: a row whose own examples it does not find is refused at load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.detect.checks import CHECKS
from pipeline.detect.tables import header_above

BEFORE, AFTER = 60, 30  # characters in which a context word must stand


@dataclass(frozen=True, slots=True)
class IdentifierRule:
    """One row of identifiers.yml: a pattern for numbers and codes of one type; "STAY" for those that stay."""

    name: str
    type: str
    pattern: re.Pattern[str]
    context: tuple[str, ...]
    unless: tuple[str, ...]
    check: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


def spans(rule: IdentifierRule, text: str) -> Iterator[tuple[int, int]]:
    """Where the rule finds something: [start, end) of the group "value", or of the whole match, in order."""
    check = CHECKS.get(rule.check)
    group = "value" if "value" in rule.pattern.groupindex else 0
    for match in rule.pattern.finditer(text):
        start, end = match.span(group)
        near = (match.start(), start, end)
        if start < end and _in_context(rule, text, *near) and (check is None or check(text[start:end])):
            yield start, end


def _in_context(rule: IdentifierRule, text: str, label: int, start: int, end: int) -> bool:
    """Whether a context word stands near, on the same line or above the column, and no word of `unless`.

    What the pattern matches before its value, from `label` on, is context as well.
    """
    if not rule.context and not rule.unless:
        return True
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before = text[max(line_start, label - BEFORE) : start]
    after = text[end : min(line_end if line_end >= 0 else len(text), end + AFTER)]
    near = f"{header_above(text, start)}\n{before}\n{after}".casefold()
    if rule.unless and _any_of(rule.unless).search(near):
        return False
    return not rule.context or bool(_any_of(rule.context).search(near))


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words or phrases, whole; one that ends in a letter also with a plural's s."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?:s|['’]s)?(?!\w)"
    )
