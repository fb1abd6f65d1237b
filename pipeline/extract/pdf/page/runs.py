"""A page's characters: one by one as glyphs, or as runs of one look on one baseline, which take little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character; x grows to the right and y upwards, in points; y is the baseline."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    tag: int  # marked content id, or -1
    artifact: bool
    page: int  # from 0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other from left to right and differ in nothing but their place on the line.

    lefts, rights  the edges of each character, in points; `lefts` never goes down
    """

    text: str
    lefts: array[float]
    rights: array[float]
    y: float
    size: float
    bold: bool
    tag: int
    artifact: bool
    page: int

    @property
    def inked(self) -> int:
        """How many of its characters are no spaces."""
        return len("".join(self.text.split()))

    @property
    def ink(self) -> tuple[float, float]:
        """The left and right edge of what is printed; only of a run that has more than spaces."""
        start, end = len(self.text) - len(self.text.lstrip()), len(self.text.rstrip())
        return self.lefts[start], max(self.rights[start:end])

    def part(self, start: int, end: int) -> Run:
        """Its characters [start, end)."""
        if start == 0 and end == len(self.text):
            return self
        own = self.text[start:end], self.lefts[start:end], self.rights[start:end]
        return Run(*own, self.y, self.size, self.bold, self.tag, self.artifact, self.page)

    def glyphs(self) -> Iterator[Glyph]:
        for char, x0, x1 in zip(self.text, self.lefts, self.rights, strict=True):
            yield Glyph(char, x0, x1, self.y, self.size, self.bold, self.tag, self.artifact, self.page)


def runs_of(items: Iterable[Run | Glyph]) -> list[Run]:
    """Glyphs put together as runs, in the same order; runs stay what they are."""
    runs: list[Run] = []
    held: list[Glyph] = []
    for item in items:
        if isinstance(item, Run):
            if held:
                runs.append(_run(held))
                held = []
            runs.append(item)
            continue
        if held and (item[3:] != held[-1][3:] or item.x0 < held[-1].x0):
            runs.append(_run(held))
            held = []
        held.append(item)
    if held:
        runs.append(_run(held))
    return runs


def glyphs_of(items: Iterable[Run | Glyph]) -> list[Glyph]:
    """The same characters one by one."""
    glyphs: list[Glyph] = []
    for item in items:
        if isinstance(item, Run):
            glyphs.extend(item.glyphs())
        else:
            glyphs.append(item)
    return glyphs


def from_left(runs: Iterable[Run]) -> list[Run]:
    """Runs of one line from left to right; where they stand within each other, their characters are sorted."""
    ordered = sorted(runs, key=lambda r: r.lefts[0])
    if all(b.lefts[0] >= a.lefts[-1] for a, b in pairwise(ordered)):
        return ordered
    glyphs: list[Glyph] = sorted(glyphs_of(ordered), key=lambda g: g.x0)
    return runs_of(glyphs)


def text_of(runs: Iterable[Run]) -> str:
    """The characters of runs as they follow each other; a space where one does not begin where the last one ends."""
    out: list[str] = []
    last: Run | None = None
    for run in runs:
        if last is not None and not (run.y == last.y and abs(run.lefts[0] - last.rights[-1]) < 0.1 * run.size):
            out.append(" ")
        out.append(run.text)
        last = run
    return "".join(out)


def _run(glyphs: list[Glyph]) -> Run:
    chars, lefts, rights = zip(*(glyph[:3] for glyph in glyphs), strict=True)
    return Run("".join(chars), array("f", lefts), array("f", rights), *glyphs[0][3:])
