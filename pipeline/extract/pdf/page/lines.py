"""Glyphs as printed lines, and lines as running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import sub

from pipeline.extract.normalise import BULLETS, clean, join_lines, joined
from pipeline.extract.numbering import item_number
from pipeline.extract.pdf.page.leftwards import begins_right, by_place, in_reading_order, is_marks, runs_left
from pipeline.extract.pdf.page.runs import Glyph, Run, from_left, glyphs_of, runs_of

# No line ends at a hyphen before a figure, nor before a stroke, whatever stands between.
_FIRST_PIECE = re.compile(r"\s*(?:[^\s-]+(?:-\d[^\s-]*)*-?|-)(?:\s+/)?")
_INKED = re.compile(r"\S+")

_SPACE = 0.14  # least width of a space between words, in sizes of the print
_USUAL_SPACE = 0.28
_JOINED = 0.16  # between letters that run leftwards: their boxes leave out the strokes that join them
_THIN = 0.16  # width of a thin letter's ink, in the same measure


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `text_x0` is where its words start, after a bullet or a number that hangs before them."""

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    text_x0: float
    spaced: bool  # a space is printed after its last word
    runs: tuple[Run, ...]
    first_width: float  # width of the first piece that could have been set on the line before, in points
    words: tuple[tuple[float, float], ...]  # left and right edges of what stands between spaces and gaps

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its characters one by one, made anew at each call."""
        return tuple(glyphs_of(self.runs))

    @property
    def stretch(self) -> float:
        """By how much justification has pulled its words apart, in points; 0.0 where its spaces are as usual.

        A line that was ended on purpose in a justified paragraph shows it: all its spaces are equally wide.
        """
        gaps: list[float] = []
        end: float | None = None
        for run in self.runs:
            for char, x0, x1 in zip(run.text, run.lefts, run.rights, strict=True):
                if not char.isspace():
                    if end is not None and x0 - end > _SPACE * self.size:
                        gaps.append(x0 - end)
                    end = x1 if end is None else max(end, x1)
        even = bool(gaps) and min(gaps) > 0.7 * max(gaps) and len(gaps) == self.text.count(" ")
        usual = _USUAL_SPACE * self.size
        return sum(gaps) - usual * len(gaps) if even and min(gaps) > 3 * usual else 0.0

    @property
    def bullet(self) -> bool:
        return len(self.text) > 1 and self.text[0] in BULLETS and self.text[1] == " "


@dataclass(frozen=True, slots=True)
class Column:
    """The left and right edge of the text of a document, in points."""

    left: float
    right: float

    def _centred(self, line: Line) -> bool:
        in_list = line.bullet or bool(item_number(line.text)[0])
        return not in_list and line.x0 > self.left + 12 and abs((line.x0 - self.left) - (self.right - line.x1)) < 6

    def breaks_after(self, line: Line, following: Line) -> bool:
        """True when the line was ended on purpose: the next word would have fitted on it."""
        aligned = abs(line.x0 - following.x0) < 2 and abs(line.x1 - following.x1) > 2
        centred = not aligned and self._centred(line) and self._centred(following)
        room = self.right - (self.left if centred else line.x0)
        needed = _USUAL_SPACE * line.size + following.first_width + 1.0
        if begins_right(line.text):
            room = line.x1 - self.left
        if (line.x1 - line.x0) + needed < room:
            return True
        return line.x1 > self.right - 3 and (line.x1 - line.x0) - line.stretch + needed < room


def column_of(lines: Sequence[Line]) -> Column:
    """Edges from the lines themselves: the commonest left edge, and where the longest lines end."""
    if not lines:
        return Column(0.0, 0.0)
    left = Counter(round(line.x0) for line in lines if len(line.text) > 40) or Counter(
        round(line.x0) for line in lines
    )
    ends = sorted(line.x1 for line in lines)
    return Column(float(left.most_common(1)[0][0]), ends[min(len(ends) - 1, int(len(ends) * 0.98))])


def lines_in_order(glyphs: Iterable[Run | Glyph]) -> list[Line]:
    """Lines in the order in which the glyphs come, as a tagged element holds them."""
    return [line for piece in _pieces(runs_of(glyphs)) if (line := _line(piece)) is not None]


def line_of(glyphs: Iterable[Run | Glyph]) -> Line | None:
    """The line that glyphs on one baseline make, or None where nothing is printed."""
    return _line(from_left(runs_of(glyphs)))


def lines_by_place(glyphs: Iterable[Run | Glyph]) -> list[Line]:
    """Lines from the top of the page down, whatever order the file draws them in."""
    rows: list[list[Run]] = []
    pieces = [(piece, *_size_and_base(piece)) for piece in _pieces(runs_of(glyphs))]
    size = base = 0.0  # of the row that is open
    for piece, own_size, own_base in sorted(pieces, key=lambda p: (-p[2], p[0][0].lefts[0])):
        if rows and abs(base - own_base) < 0.35 * max(size, own_size):
            rows[-1].extend(piece)
            size, base = _size_and_base(rows[-1])
        else:
            rows.append(list(piece))
            size, base = own_size, own_base
    return [line for row in rows if (line := _line(from_left(row))) is not None]


def running_text(lines: Sequence[Line], words: frozenset[str]) -> str:
    return join_lines([line.text for line in lines], words)


def text_and_turns(lines: Sequence[Line], words: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Running text, and where it goes on over pages: (offset, page from 1), as Block.turns has it."""
    text, starts = joined([line.text for line in lines], words)
    turns = [
        (start, line.page + 1)
        for above, line, start in zip(lines, lines[1:], starts[1:], strict=False)
        if line.page != above.page
    ]
    return text, tuple(turns)


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Every whole and every hyphenated word of a document, in lower case, but for those cut by a line's end."""
    found: set[str] = set()
    for line in lines:
        if " " not in line.text:
            continue  # may be a piece of a word
        inner = re.sub(r"\S+[-\u2010\u00ad]$", "", line.text).casefold()
        found.update(re.findall(r"\w+(?:-\w+)*", inner))
    return frozenset(found)


def _pieces(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs split where the baseline changes or the pen jumps back; raised small figures stay with their line."""
    pieces: list[list[Run]] = []
    current: list[Run] = []
    base, size, leftwards = 0.0, 0.0, False
    for run in runs:
        if current:
            last = current[-1]
            near = abs(run.y - base) < 0.35 * max(size, run.size)
            raised = run.size < 0.85 * size and 0 < run.y - base < 0.7 * size
            lowered = size < 0.85 * run.size and 0 < base - run.y < 0.7 * run.size
            back = run.lefts[0] < last.lefts[-1] - 0.5 * max(size, 1.0)
            if not run.text.isascii() or leftwards:
                leftwards = leftwards or runs_left(run.text)
                back = back and not leftwards
                near = near or (is_marks(run.text) and abs(run.y - base) < size)
            if run.page == last.page and (near or raised or lowered) and not back:
                current.append(run)
                if run.size > size * 1.1:
                    base, size = run.y, run.size
                continue
            pieces.append(current)
        current, base, size, leftwards = [run], run.y, run.size, runs_left(run.text)
    if current:
        pieces.append(current)
    return [piece for piece in pieces if any(run.inked for run in piece)]


def _size_and_base(runs: Sequence[Run]) -> tuple[float, float]:
    """The size of most of the characters, and the baseline of the first of them."""
    weights: Counter[float] = Counter()
    for run in runs:
        if run.inked:
            weights[run.size] += run.inked
    size = weights.most_common(1)[0][0] if weights else 0.0
    return size, next((run.y for run in runs if run.size == size and run.inked), runs[0].y)


def _line(runs: Sequence[Run]) -> Line | None:
    size, base = _size_and_base(runs)
    leftwards = any(runs_left(run.text) for run in runs)
    if leftwards:
        runs = by_place(runs)
    text, starts = _spelled(runs, size, base)
    if leftwards:
        text, starts = in_reading_order(text, starts)
    # Clean each line by itself: joining needs to see hyphens that are soft.
    soft = text.rstrip().endswith("\u00ad")
    cleaned = clean(text).replace("\n", " ") + ("\u00ad" if soft else "")
    if not cleaned.strip("\u00ad "):
        return None
    inked = [run for run in runs if run.inked]
    plain = [run for run in inked if run.size > 0.8 * size and any(char.isalnum() for char in run.text)]
    edges = [run.ink for run in inked]
    x0, x1 = min(left for left, _ in edges), max(right for _, right in edges)
    piece = _FIRST_PIECE.match(text)
    end = min(piece.end() if piece else len(starts), len(starts))
    first_width = (starts[end] if end < len(starts) else x1) - x0
    if leftwards:
        first_width = max(starts[:end], default=0.0) - min(starts[:end], default=0.0) + 0.5 * size
    return Line(
        cleaned,
        runs[0].page,
        x0,
        x1,
        base,
        size,
        bool(plain) and all(run.bold for run in plain),
        x0 if leftwards else _text_start(text, starts, x0),
        text.endswith(" "),
        tuple(runs),
        first_width,
        tuple(_words(runs, _SPACE * size)),
    )


def _words(runs: Sequence[Run], gap: float) -> Iterator[tuple[float, float]]:
    """The edges of a line's words: what stands between spaces, and between gaps wider than this."""
    start, end = 0.0, -1e6
    apart = True
    for run in runs:
        at = 0
        for word in _INKED.finditer(run.text):
            apart = apart or word.start() > at
            for left, right in zip(
                run.lefts[word.start() : word.end()], run.rights[word.start() : word.end()], strict=True
            ):
                if apart or left - end > gap:
                    if end > start:
                        yield start, end
                    start, end, apart = left, right, False
                elif right > end:
                    end = right
            at = word.end()
        apart = apart or at < len(run.text)
    if end > start:
        yield start, end


def _spelled(runs: Sequence[Run], size: float, base: float) -> tuple[str, list[float]]:
    """The characters of a line with spaces where gaps are, raised figures as "[^1]"; and each one's left edge."""
    writer = _Writer()
    gaps = [list(map(sub, run.lefts[1:], run.rights)) for run in runs]
    widest = _letter_gap(runs, gaps) + 0.14 * size
    for run, between in zip(runs, gaps, strict=True):
        if run.size < 0.85 * size and run.y - base > 0.12 * size:
            for char, left, right in zip(run.text, run.lefts, run.rights, strict=True):
                writer.raise_char(char, left, right, widest)
            continue
        begin = 0
        if between and max(between) > widest:
            for at, gap in enumerate(between, 1):
                if gap > widest and gap > widest + _bearings(run, at, size):
                    writer.put(run, begin, at, widest)
                    begin = at
        writer.put(run, begin, len(run.text), widest)
    writer.end_raised()
    return "".join(writer.out), writer.starts


def _bearings(run: Run, at: int, size: float) -> float:
    """The white that belongs to the letters before and after a gap: some programs tell a thin letter's ink only."""
    widths = [run.rights[i] - run.lefts[i] for i in (at - 1, at)]
    pair = run.text[at - 1 : at + 1]
    if runs_left(pair) and not any(char.isascii() and char.isalnum() for char in pair):
        return _JOINED * size
    return sum((_USUAL_SPACE * size - width) / 2 for width in widths if width < _THIN * size)


class _Writer:
    """Puts the parts of a line together; `raised` are the raised characters that no others follow yet."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.starts: list[float] = []
        self._raised: list[tuple[str, float]] = []
        self._right: float | None = None  # edge of the last character

    def put(self, run: Run, start: int, end: int, widest: float) -> None:
        """Characters [start, end) of a run, after a space where the gap before them is wide."""
        self.end_raised()
        self._space(run.text[start], run.lefts[start], widest)
        self._add(run.text[start:end], run.lefts[start:end])
        self._right = run.rights[end - 1]

    def raise_char(self, char: str, left: float, right: float, widest: float) -> None:
        if char.isspace():
            self.end_raised()
            self._add(char, (left,))
        else:
            self._space(char, left, widest)
            self._raised.append((char, left))
        self._right = right

    def end_raised(self) -> None:
        if not self._raised:
            return
        figures, left = "".join(char for char, _ in self._raised), self._raised[0][1]
        self._raised.clear()
        text = f"[^{int(figures)}]" if re.fullmatch(r"\d{1,3}", figures) else figures
        self._add(text, [left] * len(text))

    def _space(self, char: str, left: float, widest: float) -> None:
        wide = self._right is not None and left - self._right > widest
        if wide and not char.isspace() and self.out and not self.out[-1].endswith(" "):
            self.end_raised()
            self._add(" ", (self._right or 0.0,))

    def _add(self, text: str, starts: Iterable[float]) -> None:
        self.out.append(text)
        self.starts.extend(starts)


def _letter_gap(runs: Sequence[Run], gaps: Sequence[Sequence[float]]) -> float:
    """The gap between two letters of a word, in points: none, except in letter-spaced print."""
    found: list[float] = []
    last: Run | None = None
    for run, between in zip(runs, gaps, strict=True):
        text = run.text
        if last is not None and not text[0].isspace() and not last.text[-1].isspace():
            found.append(run.lefts[0] - last.rights[-1])
        found += [g for g, a, b in zip(between, text, text[1:], strict=False) if not (a.isspace() or b.isspace())]
        last = run
    return max(0.0, sorted(found)[len(found) // 2]) if len(found) > 5 else 0.0


def _text_start(text: str, starts: Sequence[float], x0: float) -> float:
    hanging = re.match(r"\s*(?:[^\w\s]|\(?[\w.]{1,8}[.)]?)\s+(?=\S)", text)
    return starts[hanging.end()] if hanging and hanging.end() < len(starts) else x0
