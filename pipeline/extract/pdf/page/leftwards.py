"""Writing that runs from right to left (Arabic, Hebrew): from the places of its letters to the order of reading.

PDFium's order cannot be relied on: it turns the letters of a piece of text round whichever way the file draws them.
So a line's characters are put in order from left to right first, and turned round here where they are read leftwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.extract.pdf.page.runs import Glyph, Run, glyphs_of, runs_of

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their like; but for Arabic figures, which run to the right.
_LEFTWARDS = re.compile(
    "[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039")
_LEAST_GAP, _MOST_GAP = 0.05, 0.6  # in sizes of the print: of a space that PDFium sees
_TOUCH = 0.02  # points
_NOTE = re.compile(r"\[\^\d+\]")  # a footnote's mark, as lines spell it

# Of each character one letter: R runs to the left, L to the right, N a figure, M a footnote's mark, _ the rest.
_READ_LEFT = re.compile(r"R(?:[^L]*R)?")
_READ_RIGHT = re.compile(r"L(?:[^R]*[LN])?")
_STOP_AT_LEFT = re.compile(r"\s*[.,:;!?\u060c\u061b\u061f]")
_FIGURE_FIRST = re.compile(r"_*N[N_]*L")
_FIGURES = re.compile(r"M+|N+(?:[.,:/]N+)*")


def runs_left(text: str) -> bool:
    """Whether there is anything in a text that is read from right to left."""
    return not text.isascii() and _LEFTWARDS.search(text) is not None


def begins_right(text: str) -> bool:
    """Whether a line's characters, in whichever order, are those of a line that begins at its right end.

    Where the ends disagree, most of it has to be: in an English report words from right to left stand within English.
    """
    return runs_left(text) and _begins_right(text, _kinds(text))


def _begins_right(text: str, kinds: str) -> bool:
    if _STOP_AT_LEFT.match(text) and runs_left(text.lstrip()[1:2]):
        return True
    if _FIGURE_FIRST.match(kinds):  # a paragraph's number; a year would stand after the word
        return False
    letters = kinds.replace("N", "").replace("M", "").replace("_", "")
    left, right = letters.count("R"), letters.count("L")
    ends = {letters[:1], letters[-1:]}
    return left > (right if ends == {"R"} else 2 * right)


def is_marks(text: str) -> bool:
    """Whether a text is nothing but points and strokes that belong to the letters beside it."""
    return bool(text) and all(unicodedata.category(char) == "Mn" for char in text)


def by_place(runs: Iterable[Run | Glyph]) -> list[Run]:
    """The characters of a line from left to right, each mark just before (left of) the letter that carries it."""
    marks: list[Glyph] = []
    letters: list[Glyph] = []
    for glyph in glyphs_of(runs):
        (marks if unicodedata.category(glyph.char) == "Mn" else letters).append(glyph)
    letters.sort(key=lambda g: g.x0)
    before: dict[int, list[Glyph]] = {}
    inked = [at for at, glyph in enumerate(letters) if not glyph.char.isspace()]
    if not inked:
        return runs_of([*letters, *marks])
    for mark in sorted(marks, key=lambda g: -g.x1):
        at = min(inked, key=lambda i: _distance(letters[i], mark))
        letter = letters[at]
        if abs(letter.x0 - mark.x1) < _TOUCH:  # PDFium splits the box of letter and mark between them
            letters[at] = letter = letter._replace(x0=mark.x0)
        before.setdefault(at, []).append(letter._replace(char=mark.char))
    return runs_of(
        glyph
        for at, letter in enumerate(letters)
        for glyph in (*(mark._replace(x0=letter.x0, x1=letter.x0) for mark in before.get(at, ())), letter)
    )


class Gaps:
    """Where a space stands between two words that run leftwards: PDFium knows that there is one, not where."""

    def __init__(self) -> None:
        self.seen = False  # any such word
        self._before: tuple[float, float] | None = None
        self._word: tuple[float, float] | None = None

    def letter(self, left: float, right: float) -> None:
        """A letter, or a mark on one, of the word that is being read."""
        self.seen = True
        low, high = self._word or (left, right)
        self._word = min(low, left), max(high, right)

    def end_word(self, size: float) -> float | None:
        """Ends the word. The place of a space between it and the one before, in print of this size.

        None where they touch, and where they stand so far apart that a bracket or another word may be between them.
        """
        before, word = self._before, self._word
        self._before, self._word = word, None
        if before is None or word is None:
            return None
        first, second = sorted((before, word))
        return first[1] if _LEAST_GAP * size < second[0] - first[1] < _MOST_GAP * size else None


def in_rows(runs: Sequence[tuple[Run, int]]) -> list[tuple[Run, int]]:
    """Runs with their angle as the file has them, but those beside words that run leftwards in order of place.

    PDFium turns round the order of all words on such a line, also of English ones in another cell of a table.
    """
    rows: list[list[tuple[Run, int]]] = []
    for item in runs:
        run, angle = item
        if rows:
            first, its_angle = rows[-1][0]
            near = abs(first.y - run.y) < (first.size if is_marks(run.text) or is_marks(first.text) else 0.05)
            if angle == its_angle and near:
                rows[-1].append(item)
                continue
        rows.append([item])
    for row in rows:
        if any(runs_left(run.text) for run, _ in row):
            row.sort(key=lambda item: item[0].lefts[0])
    return [item for row in rows for item in row]


def in_reading_order(text: str, starts: Sequence[float]) -> tuple[str, list[float]]:
    """A line's characters, and their left edges, given from left to right, as they are read."""
    kinds = _kinds(text)
    order: list[int] = []
    if _begins_right(text, kinds):
        chars = _turned(text, kinds, order, 0, len(text), _READ_RIGHT)
        return chars, [starts[at] for at in order]
    out: list[str] = []
    done = 0
    for part in _READ_LEFT.finditer(kinds):
        start, end = _with_brackets(text, *part.span())
        out.append(text[done:start])
        order.extend(range(done, start))
        out.append(_turned(text, kinds, order, start, end, None))
        done = end
    out.append(text[done:])
    order.extend(range(done, len(text)))
    return "".join(out), [starts[at] for at in order]


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A part of a line, with the bracket before or after it whose other half is within."""
    opened, closed = (text.count(bracket, start, end) for bracket in "()")
    if closed > opened and text[start - 1 : start] == "(":
        start -= 1
    elif opened > closed and text[end : end + 1] == ")":
        end += 1
    return start, end


def _turned(text: str, kinds: str, order: list[int], start: int, end: int, kept: re.Pattern[str] | None) -> str:
    """Characters [start, end) turned round, but for figures, marks and what `kept` finds; places go to `order`."""
    stay: list[tuple[int, int]] = []
    if kept is not None:
        stay += [part.span() for part in kept.finditer(kinds, start, end)]
    spelled = "".join(k if k != "_" else c for k, c in zip(kinds, text, strict=True))
    stay += [
        part.span() for part in _FIGURES.finditer(spelled, start, end)
        if not any(a <= part.start() < b for a, b in stay)
    ]  # fmt: skip
    out: list[str] = []
    at = end
    for first, last in sorted(stay, reverse=True):
        out.append(text[last:at][::-1].translate(_MIRRORED))
        order.extend(range(at - 1, last - 1, -1))
        out.append(text[first:last])
        order.extend(range(first, last))
        at = first
    out.append(text[start:at][::-1].translate(_MIRRORED))
    order.extend(range(at - 1, start - 1, -1))
    return "".join(out)


def _kinds(text: str) -> str:
    kinds = ["R" if _LEFTWARDS.match(c) else "L" if c.isalpha() else "N" if c.isdecimal() else "_" for c in text]
    for note in _NOTE.finditer(text):
        kinds[note.start() : note.end()] = "M" * (note.end() - note.start())
    return "".join(kinds)


def _distance(letter: Glyph, mark: Glyph) -> float:
    """How far a mark stands from a letter; least where its box begins at the letter's left edge, then within it."""
    if abs(letter.x0 - mark.x1) < _TOUCH:
        return -1.0
    x = (mark.x0 + mark.x1) / 2
    return max(letter.x0 - x, x - letter.x1, 0.0) or abs((letter.x0 + letter.x1) / 2 - x) / 1000
