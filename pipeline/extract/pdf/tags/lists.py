"""How deep the items of a tagged list stand: some programs tag nested lists as if they followed each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.extract.pdf.page.lines import Line
from pipeline.extract.pdf.tags.structure import Content, Element
from pipeline.extract.pdf.tags.text import TaggedText

_SAME = 3.0  # greatest distance of the edges of two items of one list, in points
_FAR = 60.0  # greatest step of one level into the next, in points; more of it is the next column


@dataclass(slots=True)
class _Levels:
    """Left edges of the items, and of their words, of the lists that are open; outermost first."""

    edges: list[tuple[float, float]] = field(default_factory=list)
    last: Line | None = None

    def of(self, line: Line) -> int:
        x0, words = line.x0, line.text_x0
        if self.last is not None and self.edges and self._turned(self.last, line):
            shift = x0 - self.edges[-1][0]
            if abs(shift) > _FAR:
                self.edges = [(a + shift, b + shift) for a, b in self.edges]
        self.last = line
        while self.edges and self.edges[-1][1] > words + _SAME and self.edges[-1][0] > x0 + _SAME:
            self.edges.pop()
        inner = not self.edges or (x0 > self.edges[-1][0] + _SAME and words > self.edges[-1][1] + _SAME)
        if inner:
            self.edges.append((x0, words))
        return len(self.edges) - 1

    @staticmethod
    def _turned(last: Line, line: Line) -> bool:
        return line.page != last.page or line.y > last.y


def nesting(tree: Element, text: TaggedText) -> dict[int, int]:
    """By the identity of an item: how many levels further in it is printed than the first of its list.

    Lists that follow each other with nothing between are one list here.
    """
    found: dict[int, int] = {}
    for element in tree.elements():
        if element.role == "L":
            continue  # is in a run of its parent's
        for run in _runs(element.kids):
            levels = _Levels()
            for item in _items(run):
                lines = text.lines(_first(item))
                if lines:
                    found[id(item)] = levels.of(lines[0])
    return found


def _runs(kids: Sequence[Element | Content]) -> Iterator[list[Element]]:
    """Lists among the children of an element that nothing stands between."""
    run: list[Element] = []
    for kid in kids:
        if isinstance(kid, Element) and kid.role == "L":
            run.append(kid)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _items(lists: Sequence[Element]) -> Iterator[Element]:
    """The items of lists, without those of the lists in them, which the tags say are nested."""
    for one in lists:
        for kid in one.kids:
            if isinstance(kid, Element) and kid.role == "LI":
                yield kid


def _first(item: Element) -> Iterator[Content]:
    """The content of an item, without that of the lists and tables in it."""
    for kid in item.kids:
        if not isinstance(kid, Element):
            yield kid
        elif kid.role not in {"L", "Table", "Figure", "Note", "FENote", "Artifact"}:
            yield from _first(kid)
