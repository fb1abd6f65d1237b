"""Glyphs as printed lines, and lines as running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.normalise import BULLETS, clean, join_lines, joined
from pipeline.extract.numbering import item_number
from pipeline.extract.pdf_glyphs import Glyph


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
    glyphs: tuple[Glyph, ...]
    first_width: float  # width of the first piece that could have been set on the line before, in points

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
        return (line.x1 - line.x0) + 0.28 * line.size + following.first_width < room - 1.0


def column_of(lines: Sequence[Line]) -> Column:
    """Edges from the lines themselves: the commonest left edge, and where the longest lines end."""
    if not lines:
        return Column(0.0, 0.0)
    left = Counter(round(line.x0) for line in lines if len(line.text) > 40) or Counter(
        round(line.x0) for line in lines
    )
    ends = sorted(line.x1 for line in lines)
    return Column(float(left.most_common(1)[0][0]), ends[min(len(ends) - 1, int(len(ends) * 0.98))])


def lines_in_order(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines in the order in which the glyphs come, as a tagged element holds them."""
    return [line for piece in _pieces(glyphs) if (line := _line(piece)) is not None]


def line_of(glyphs: Sequence[Glyph]) -> Line | None:
    """The line that glyphs on one baseline make, or None where nothing is printed."""
    return _line(sorted(glyphs, key=lambda g: g.x0))


def lines_by_place(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from the top of the page down, whatever order the file draws them in."""
    rows: list[list[Glyph]] = []
    for piece in sorted(_pieces(glyphs), key=lambda p: (-_baseline(p), p[0].x0)):
        if rows and abs(_baseline(rows[-1]) - _baseline(piece)) < 0.35 * max(_size(rows[-1]), _size(piece)):
            rows[-1].extend(piece)
        else:
            rows.append(list(piece))
    return [line for row in rows if (line := _line(sorted(row, key=lambda g: g.x0))) is not None]


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


def _pieces(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs split where the baseline changes or the pen jumps back; raised small figures stay with their line."""
    pieces: list[list[Glyph]] = []
    current: list[Glyph] = []
    base, size = 0.0, 0.0
    for glyph in glyphs:
        if not current:
            current, base, size = [glyph], glyph.y, glyph.size
            continue
        last = current[-1]
        near = abs(glyph.y - base) < 0.35 * max(size, glyph.size)
        raised = glyph.size < 0.85 * size and 0 < glyph.y - base < 0.7 * size
        lowered = size < 0.85 * glyph.size and 0 < base - glyph.y < 0.7 * glyph.size
        back = glyph.x0 < last.x0 - 0.5 * max(size, 1.0)
        if glyph.page == last.page and (near or raised or lowered) and not back:
            current.append(glyph)
            if glyph.size > size * 1.1:
                base, size = glyph.y, glyph.size
        else:
            pieces.append(current)
            current, base, size = [glyph], glyph.y, glyph.size
    if current:
        pieces.append(current)
    return [p for p in pieces if any(not g.char.isspace() for g in p)]


def _size(glyphs: Sequence[Glyph]) -> float:
    weights: Counter[float] = Counter(g.size for g in glyphs if not g.char.isspace())
    return weights.most_common(1)[0][0] if weights else 0.0


def _baseline(glyphs: Sequence[Glyph]) -> float:
    size = _size(glyphs)
    return next((g.y for g in glyphs if g.size == size and not g.char.isspace()), glyphs[0].y)


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    size, base = _size(glyphs), _baseline(glyphs)
    text, starts = _spelled(glyphs, size, base)
    # Clean each line by itself: joining needs to see hyphens that are soft.
    soft = text.rstrip().endswith("\u00ad")
    cleaned = clean(text).replace("\n", " ") + ("\u00ad" if soft else "")
    if not cleaned.strip("\u00ad "):
        return None
    inked = [g for g in glyphs if not g.char.isspace()]
    plain = [g for g in inked if g.size > 0.8 * size]
    x0, x1 = min(g.x0 for g in inked), max(g.x1 for g in inked)
    piece = re.match(r"\s*(?:[^\s-]+-?|-)", text)
    end = min(piece.end() if piece else len(starts), len(starts))
    first_width = (starts[end] if end < len(starts) else x1) - x0
    return Line(
        cleaned,
        glyphs[0].page,
        x0,
        x1,
        base,
        size,
        all(g.bold for g in plain if g.char.isalnum()) and any(g.char.isalnum() for g in plain),
        _text_start(text, starts, x0),
        text.endswith(" "),
        tuple(glyphs),
        first_width,
    )


def _spelled(glyphs: Sequence[Glyph], size: float, base: float) -> tuple[str, list[float]]:
    """The characters of a line with spaces where gaps are, raised figures as "[^1]"; and each one's left edge."""
    out: list[str] = []
    starts: list[float] = []
    raised: list[Glyph] = []

    def put(text: str, at: float) -> None:
        out.extend(text)
        starts.extend([at] * len(text))

    def put_raised() -> None:
        figures = "".join(g.char for g in raised)
        if figures.strip():
            put(f"[^{int(figures)}]" if re.fullmatch(r"\d{1,3}", figures.strip()) else figures, raised[0].x0)
        raised.clear()

    last: Glyph | None = None
    widest = _letter_gap(glyphs) + 0.14 * size
    for glyph in glyphs:
        is_raised = glyph.size < 0.85 * size and glyph.y - base > 0.12 * size and not glyph.char.isspace()
        gap = 0.0 if last is None else glyph.x0 - last.x1
        if not is_raised and raised:
            put_raised()
        if last is not None and gap > widest and not glyph.char.isspace() and out and out[-1] != " ":
            if raised:
                put_raised()
            put(" ", last.x1)
        if is_raised:
            raised.append(glyph)
        else:
            put(glyph.char, glyph.x0)
        last = glyph
    put_raised()
    return "".join(out), starts


def _letter_gap(glyphs: Sequence[Glyph]) -> float:
    """The gap between two letters of a word, in points: none, except in letter-spaced print."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(glyphs) if not a.char.isspace() and not b.char.isspace())
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) > 5 else 0.0


def _text_start(text: str, starts: Sequence[float], x0: float) -> float:
    hanging = re.match(r"\s*(?:[^\w\s]|\(?[\w.]{1,8}[.)]?)\s+(?=\S)", text)
    return starts[hanging.end()] if hanging and hanging.end() < len(starts) else x0
