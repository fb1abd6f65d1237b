"""Words that hyphenation broke at line ends: which of them a document's print shows to be whole words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipeline.extract.pdf.page.lines import Line

_ENGLISH = Path(__file__).resolve().parents[4] / "redaction_rules" / "lexicon" / "english.txt"
_HEAD = re.compile(r"([^\W\d_]+)[-\u2010]$")
_TAIL = re.compile(r"[a-zß-öø-ÿ][^\W\d_]*")
_LEAST_BREAKS = 3
_MOST_COMPOUNDS = 0.34  # share of the breaks that may stand at a compound's own hyphen


@cache
def english() -> frozenset[str]:
    return frozenset(_ENGLISH.read_text(encoding="utf-8").split())


def broken_words(lines: Sequence[Line], words: frozenset[str]) -> frozenset[str]:
    """The whole words of breaks in a document that is set with hyphenation; none in one that is not.

    words  every whole and every hyphenated word of the document, in lower case
    A break is hyphenation's when the whole word is English, or when one of its halves is no word. Where most breaks
    are not, the hyphens belong to their words ("non-molestation"), and nothing is put together by guess.
    """
    made: set[str] = set()
    broken = compounds = 0
    for above, below in pairwise(lines):
        found = broken_word(above.text, below.text, words)
        if found == "":
            compounds += 1
        elif found:
            broken += 1
            made.add(found)
    return frozenset(made) if broken >= _LEAST_BREAKS and compounds <= _MOST_COMPOUNDS * broken else frozenset()


def broken_word(above: str, below: str, words: frozenset[str]) -> str | None:
    """The whole word that hyphenation broke at the end of a line, in lower case.

    Empty where the hyphen is as likely to be a compound's own; None where no word is broken, or `words` has it with
    its hyphen.
    """
    head, tail = _HEAD.search(above), _TAIL.match(below)
    if not head or not tail:
        return None
    first, second = head[1].casefold(), tail[0].casefold()
    whole = first + second
    if f"{first}-{second}" in words:
        return None
    shown = whole in words or whole in english() or first not in english() or second not in english()
    return whole if shown else ""
