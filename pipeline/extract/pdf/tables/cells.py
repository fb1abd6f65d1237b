"""The words of a table's cell: a narrow one may cut a word without a hyphen, which only the words themselves show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.normalise import join_lines
from pipeline.extract.pdf.page.hyphens import broken_word, broken_words, english
from pipeline.extract.pdf.page.lines import Line, vocabulary


@dataclass(frozen=True, slots=True)
class Wording:
    """What a document's words tell about broken ones: all whole words, whether its table cells cut words without a
    hyphen, and whether it is set with hyphenation."""

    words: frozenset[str]
    cuts_words: bool = False
    hyphenated: bool = False


def wording(lines: Sequence[Line], cells: Iterable[Sequence[Line]]) -> Wording:
    """From all lines of a document, and the lines of each table cell.

    A program that cuts long words in narrow cells shows it by a word that the document has whole elsewhere.
    """
    words = vocabulary(lines)
    broken = broken_words(lines, words)
    words |= broken
    for cell in cells:
        for upper, lower in pairwise(cell):
            head, tail = _bare(upper.text.rsplit(" ", 1)[-1]), _bare(lower.text.split(" ", 1)[0])
            alone = " " not in upper.text and not upper.spaced
            whole = head + tail in words and head not in words
            if alone and head.isalpha() and tail.isalpha() and (whole or _no_word(tail)):
                return Wording(words, True, bool(broken))
    return Wording(words, hyphenated=bool(broken))


def cell_text(lines: Sequence[Line], edge: float, known: Wording) -> str:
    """The text of one paragraph of a table's cell whose lines may reach `edge`.

    In a narrow cell a long word may be cut anywhere and without a hyphen: a line that is one word, and that leaves no
    room for another letter, goes on in the next line.
    """
    merged: list[str] = []
    full = False
    for line in lines:
        head, tail = merged[-1].rsplit(" ", 1)[-1] if merged else "", line.text.split(" ", 1)[0]
        if re.search(r"\w/$", head) or (full and head and _goes_on(head, tail, known)):
            merged[-1] += line.text
        else:
            merged.append(line.text)
        full = " " not in line.text and not line.spaced and line.x1 > edge - 0.65 * line.size
    return join_lines(merged, known.words | _mended(merged, known) if known.hyphenated else known.words)


def _mended(texts: Sequence[str], known: Wording) -> frozenset[str]:
    """The words that are broken here only, as at the end of a page that cuts a row."""
    found = [broken_word(above, below, known.words) for above, below in pairwise(texts)]
    return frozenset(word for word in found if word)


def _no_word(tail: str) -> bool:
    """True for a single letter that is no word of English: the end of a word that was cut."""
    return len(tail) == 1 and tail.islower() and tail not in "aio"


def _bare(part: str) -> str:
    return re.sub(r"^\W+|\W+$", "", part).casefold()


def _goes_on(head: str, tail: str, known: Wording) -> bool:
    """Whether two pieces are one word that was cut. Two whole words are two; a word and a piece are one."""
    if not re.search(r"[\w/_@.]$", head) or (head[-1] == "." and tail[0].isupper()):
        return False
    if tail[0] in "@/_":
        return True
    if re.search(r"[/_@]|\d", head) and tail[0].isalnum() and not head.isdigit():
        return known.cuts_words or bool(re.search(r"[/_@]", head))
    first, second = _bare(head), _bare(tail)
    if not first or not second:
        return False

    def is_word(part: str) -> bool:
        return part in known.words or (part in english() and (len(part) > 1 or part == "a"))

    apart, together = is_word(first) and is_word(second), is_word(first + second)
    if together or apart:
        return together and (known.cuts_words or not apart)
    if head[-1].islower() and _no_word(second):
        return True
    return known.cuts_words and head[-1].islower() and tail[0].islower() and not is_word(second)
