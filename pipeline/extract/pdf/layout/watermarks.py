"""Watermarks and turned text of a PDF: stamps go and are listed, words that belong to the page are read."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.furniture import is_marking
from pipeline.extract.normalise import one_line
from pipeline.extract.pdf.page.glyphs import Page, Turned
from pipeline.extract.pdf.page.runs import Run

_STAMP = re.compile(
    r"^(?:(?:final |first |second |third |working )?draft|(?:uncontrolled |certified )?copy|sample|specimen|void"
    r"|confidential|embargoed|superseded|not for (?:publication|circulation|release)"
    r"|do not (?:copy|circulate|publish))(?: \S+){0,3}$",
    re.I,
)
_LARGE = 2.4  # size of a watermark's print, in sizes of the body
_LONGEST = 60  # letters


@dataclass(frozen=True, slots=True)
class Watermark:
    """What is printed across a page; `page` from 1."""

    text: str
    page: int


def take_watermarks(pages: Sequence[Page]) -> list[Watermark]:
    """Takes watermarks out of the pages; turned words that are none are put among the page's runs, upright.

    A slanted text is a watermark. One that runs up, down or upside down is one where its words say so ("DRAFT"), or
    where it stands at the edge and another page has it too. Upright print is one only where it is large and stands
    across other lines, and another page has it too or its words say so.
    """
    turned = {page.index: _texts(page) for page in pages}
    large = {page.index: runs for page, runs in zip(pages, _large(pages), strict=True)}
    often: Counter[str] = Counter()
    for page in pages:
        texts = [*(text for text, _ in turned[page.index]), *(run.text for run in large[page.index])]
        often.update({one_line(text) for text in texts})
    found: list[Watermark] = []
    for page in pages:
        for text, letters in turned[page.index]:
            words = one_line(text)
            if not words:
                continue
            repeated = often[words] > 1 and _at_side(letters[0], page)
            if letters[0].angle % 90 or repeated or _is_stamp(words):
                found.append(Watermark(words, page.index + 1))
            else:
                page.runs.append(_upright(text, letters))
        stamps = [run for run in large[page.index] if often[one_line(run.text)] > 1 or _is_stamp(one_line(run.text))]
        found.extend(Watermark(one_line(run.text), page.index + 1) for run in stamps)
        gone = {id(run) for run in stamps}
        page.runs = [run for run in page.runs if id(run) not in gone]
    return found


def _at_side(letter: Turned, page: Page) -> bool:
    """Whether words that run up or down stand at the left or right edge; further in they are a table's."""
    across = -letter.glyph.y if letter.angle == 90 else letter.glyph.y
    return not 0.09 * page.width < across < 0.91 * page.width


def _is_stamp(words: str) -> bool:
    return bool(_STAMP.match(words)) or is_marking(words)


def _texts(page: Page) -> list[tuple[str, list[Turned]]]:
    """The turned letters of a page as texts, each of one angle and one line."""
    groups: list[list[Turned]] = []
    for letter in page.turned:
        last = groups[-1][-1] if groups else None
        same = last is not None and last.angle == letter.angle and abs(last.glyph.y - letter.glyph.y) < 1
        if letter.angle % 90:
            same = last is not None and last.angle == letter.angle
        if same:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [("".join(letter.glyph.char for letter in group), group) for group in groups]


def _upright(text: str, letters: Sequence[Turned]) -> Run:
    """Turned words set upright where they stand, as narrow as the strip that they fill."""
    glyphs = [letter.glyph for letter in letters]
    start, end = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    # The letters stand in a frame of their own line: x along it, y across it.
    across, middle, angle, size = glyphs[0].y, (start + end) / 2, letters[0].angle, glyphs[0].size
    x, y = {90: (-across - size, middle), 270: (across, middle)}.get(angle, (-end, -across))
    wide = size if angle in {90, 270} else end - start
    step = wide / len(text)
    lefts = array("f", (x + step * at for at in range(len(text))))
    rights = array("f", (x + step * (at + 1) for at in range(len(text))))
    first = glyphs[0]
    return Run(text, lefts, rights, y, size, first.bold, first.tag, first.artifact, first.page)


def _large(pages: Sequence[Page]) -> list[list[Run]]:
    """For each page its runs in very large print that stand across other lines."""
    sizes: dict[float, int] = defaultdict(int)
    for page in pages:
        for run in page.runs:
            sizes[round(run.size)] += run.inked
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    found = []
    for page in pages:
        large = [run for run in page.runs if run.size > _LARGE * body and 0 < run.inked <= _LONGEST]
        small = [run.y for run in page.runs if run.size <= 1.5 * body and run.inked] if large else []
        found.append(
            [run for run in large if any(run.y - 0.1 * run.size < y < run.y + 0.7 * run.size for y in small)]
        )
    return found
