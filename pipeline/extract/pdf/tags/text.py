"""The text that a tagged PDF's elements point to: lines, running text, words in another language."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.extract.normalise import one_line
from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import Line, lines_in_order, running_text, text_and_turns
from pipeline.extract.pdf.page.runs import Glyph, Run, glyphs_of, runs_of
from pipeline.extract.pdf.tables.cells import Wording, wording
from pipeline.extract.pdf.tags.structure import Content, Element, cells_in, cells_of, paragraphs, rows_of
from pipeline.extract.pdf.tags.trust import tagged_content
from pipeline.models import Foreign

_LEAST_PROOF = 4  # words


@dataclass(frozen=True, slots=True)
class TaggedText:
    """held: the print of each piece of marked content; languages: of those in another language than the document."""

    held: Mapping[Content, Sequence[Run]]
    languages: Mapping[Content, str]
    known: Wording

    def lines(self, content: Iterable[Content]) -> list[Line]:
        return _lines(content, self.held)

    def plain(self, content: Iterable[Content]) -> str:
        return running_text(self.lines(content), self.known.words)

    def with_turns(self, lines: Sequence[Line]) -> tuple[str, tuple[tuple[int, int], ...]]:
        return text_and_turns(lines, self.known.words)

    def foreign(self, content: Iterable[Content], texts: Sequence[str]) -> tuple[Foreign, ...]:
        """Words of this content in another language, where they stand in one of the texts."""
        if not self.languages:
            return ()
        found = []
        for language, keys in groupby(content, key=lambda key: self.languages.get(key, "")):
            words = one_line(self.plain(keys)) if language else ""
            if words and any(words in text for text in texts):
                found.append(Foreign(language, words))
        return tuple(dict.fromkeys(found))


def gather(tree: Element, pages: Sequence[Page]) -> TaggedText:
    """The print that the tree points to."""
    tagged = tagged_content(tree)
    held: dict[Content, Sequence[Run]] = {}
    for page in pages:
        for run in page.runs:
            if not run.artifact and (run.page, run.tag) in tagged:
                held.setdefault((run.page, run.tag), []).append(run)  # type: ignore[attr-defined]
    for element in tree.elements():
        if element.actual is not None:
            _put_actual(element, held)
        if element.role == "Table":
            _drop_repeated_headers(element, held)
    for key in _marks(tree, "Document"):
        held[key] = runs_of(_raised(glyph) for glyph in glyphs_of(held.get(key, ())))
    lines = [line for content in paragraphs(tree) for line in _lines(content, held)]
    cells = [_lines(cell.content(), held) for cell in cells_in(tree)]
    return TaggedText(held, dict(_languages(tree, "")), wording(lines, cells))


def _lines(content: Iterable[Content], held: Mapping[Content, Sequence[Run]]) -> list[Line]:
    return lines_in_order([run for key in content for run in held.get(key, ())])


def _languages(element: Element, around: str) -> Iterator[tuple[Content, str]]:
    own = element.language or around
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _languages(kid, own)
        elif own:
            yield kid, own


def _put_actual(element: Element, held: dict[Content, Sequence[Run]]) -> None:
    """Puts what an element's print stands for in its place, unless that would lose words that can be read."""
    keys = [key for key in element.content() if key in held]
    runs = [run for key in keys for run in held[key] if run.inked]
    text = one_line(element.actual or "")
    if not runs or not text:
        return
    shown = running_text(lines_in_order(runs), frozenset()).casefold().split()
    if len(shown) >= _LEAST_PROOF and 2 * sum(word in text.casefold() for word in shown) < len(shown):
        return
    first = runs[0]
    left = first.lefts[0]
    right = max([r.ink[1] for r in runs if r.page == first.page and abs(r.y - first.y) < 1] + [left + 1.0])
    step = (right - left) / len(text)
    lefts = array("f", (left + step * i for i in range(len(text))))
    rights = array("f", (left + step * (i + 1) for i in range(len(text))))
    for key in keys:
        held[key] = []
    put = Run(text, lefts, rights, first.y, first.size, first.bold, first.tag, False, first.page)
    held[first.page, first.tag] = [put]


def _drop_repeated_headers(table: Element, held: dict[Content, Sequence[Run]]) -> None:
    """Takes out the print of a header that a program repeats on each page and tags as one."""
    for row, in_head in rows_of(table):
        cells = cells_of(row)
        if not in_head and not all(cell.role == "TH" for cell in cells):
            return
        for cell in cells:
            by_page: dict[int, list[Content]] = {}
            for key in cell.content():
                by_page.setdefault(key[0], []).append(key)
            words = {page: _words(keys, held) for page, keys in by_page.items()}
            first = next(iter(words.values()), "")
            for page, keys in list(by_page.items())[1:]:
                if words[page] == first:
                    held.update({key: [] for key in keys})


def _words(keys: Iterable[Content], held: Mapping[Content, Sequence[Run]]) -> str:
    return "".join("".join(run.text.split()) for key in keys for run in held.get(key, ()))


def _marks(element: Element, around: str) -> Iterator[Content]:
    """Content of footnote marks: references, and labels, in lists and headings only those that lead somewhere."""
    for kid in element.kids:
        if isinstance(kid, Element):
            numbers = around == "LI" or around.startswith(("H", "Title"))
            label = kid.role == "Lbl" and (not numbers or any(e.role == "Link" for e in kid.elements()))
            if kid.role == "Reference" or label:
                yield from kid.content()
            else:
                inner = kid.role in {"Span", "L", "Link", "NonStruct", "Private", "LBody"}
                yield from _marks(kid, around if inner else kid.role)


def _raised(glyph: Glyph) -> Glyph:
    """A figure that the tags call a mark, whether or not its font raises it; other letters as they are."""
    if not glyph.char.isdigit():
        return glyph
    return glyph._replace(size=glyph.size * 0.55, y=glyph.y + 0.3 * glyph.size)
