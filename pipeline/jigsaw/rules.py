"""What redaction_rules/jigsaw.yml says, as frozen records: facts that single out, sentences that need a look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAME = "\ue000"  # stands in a text, character by character, for every name and everything else that goes
CODES = ("untrue", "press")
UNLESS = ("", "pseudonyms")
NUMBERS = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty".split()
)
WORD = re.compile(r"\w+(?:['’]\w+)?(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class FactRule:
    """One kind of fact: words (one with a capital as it is written only), patterns, and headings of its columns."""

    kind: str
    weight: int
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    columns: tuple[str, ...]
    but_not: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class TextRule:
    """Sentences of one sort that a reviewer must look at; `says` ends "The report says ...".

    unless  "pseudonyms" where the sentence is true as soon as names were agreed with the family
    """

    code: str
    says: str
    unless: str
    patterns: tuple[re.Pattern[str], ...]

    def places(self, text: str) -> list[int]:
        """Where in a text, with names masked, such a sentence is found."""
        return [match.start() for pattern in self.patterns for match in pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many kinds of fact, and how much weight, make a warning."""

    kinds: int
    weight: int


@dataclass(frozen=True, slots=True)
class JigsawRules:
    """Everything in jigsaw.yml.

    paragraph, document  what is enough within one paragraph, and in the whole of a document
    most                 people with a warning of their own in one document
    phrases              the words of all fact rules by their first, in lower case; the longest first
    """

    paragraph: Threshold
    document: Threshold
    most: int
    common: frozenset[str]
    professionals: frozenset[str]
    facts: tuple[FactRule, ...]
    texts: tuple[TextRule, ...]
    shares: TextRule
    introduces: re.Pattern[str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], FactRule], ...]]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text; an apostrophe is straight."""
    return tuple(m.group().replace("’", "'") for m in WORD.finditer(text))
