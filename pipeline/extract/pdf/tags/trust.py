"""Whether a PDF's tags can be trusted: they cover all of its text, in an order that the pages do not belie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.furniture import is_marking, is_page_number
from pipeline.extract.pdf.page.glyphs import Page
from pipeline.extract.pdf.page.lines import Line, lines_in_order
from pipeline.extract.pdf.page.runs import Run
from pipeline.extract.pdf.tags.structure import Content, Element
from pipeline.models import Block

_EDGE = 0.13  # share of a page's height, at the top and at the bottom, where furniture stands
_MOST_WRONG = 0.2  # share of the steps from one piece of text to the next that go up the page or back
_FIGURES = str.maketrans("0123456789", "##########")


def is_complete(tree: Element, pages: Sequence[Page]) -> bool:
    """True when the tree points to all text but furniture, from the top of the pages down.

    Tags that miss a part of the text would lose it, so such a file is read by place instead. Furniture is what no tag
    points to, or what is marked as an artifact, if it stands at a page's edge and is a marking, a page number or on
    two pages; and what is marked as an artifact further in, if it repeats other text as a table's header does.
    """
    tagged = tagged_content(tree)
    covered = [run for page in pages for run in page.runs if not run.artifact and (run.page, run.tag) in tagged]
    if not covered:
        return False
    loose = [(line, page) for page in pages for line in outside(page, tagged)]
    alike = _alike(loose)
    known = {run.text.strip() for run in covered}
    return all(_is_furniture(line, page, alike, known) for line, page in loose) and _in_order(tree, covered)


def _alike(loose: Sequence[tuple[Line, Page]]) -> Counter[str]:
    """On how many pages each line stands, whatever its figures."""
    return Counter(signature for signature, _ in {(_signature(line), page.index) for line, page in loose})


def _signature(line: Line) -> str:
    return line.text.translate(_FIGURES)


def _is_furniture(line: Line, page: Page, alike: Counter[str], known: set[str]) -> bool:
    if not any(char.isalnum() for char in line.text):
        return True
    repeated = alike[_signature(line)] > 1
    artifact = all(run.artifact for run in line.runs)
    if at_edge(line, page):
        return artifact or repeated or is_marking(line.text) or is_page_number(line.text)
    return artifact and (repeated or all(run.text.strip() in known for run in line.runs if run.inked))


def at_edge(line: Line, page: Page) -> bool:
    return not _EDGE < line.y / page.height < 1 - _EDGE


def outside(page: Page, tagged: set[Content]) -> list[Line]:
    """The lines of a page that no tag points to, or that are marked as artifacts."""
    free = [run for run in page.runs if run.artifact or (run.page, run.tag) not in tagged]
    # What is marked and what is not are not one line.
    return [line for kind in (True, False) for line in lines_in_order([run for run in free if run.artifact is kind])]


def tagged_content(tree: Element) -> set[Content]:
    """All marked content that is text of the document by its tags."""
    return set(tree.content()) - {key for e in tree.elements() if e.role == "Artifact" for key in e.content()}


def _in_order(tree: Element, covered: Sequence[Run]) -> bool:
    """False when the tags go up the page, or back a page, so often that they cannot be the order of reading."""
    place: dict[Content, tuple[Run, Run]] = {}
    for run in covered:
        if run.inked:
            key = run.page, run.tag
            place[key] = (place[key][0] if key in place else run, run)
    steps = wrong = 0
    last: Run | None = None
    for key in _running(tree):
        if key not in place:
            continue
        first, end = place[key]
        if last is not None:
            steps += 1
            beside = first.lefts[0] > last.lefts[0] + 100  # the next column
            up = first.page == last.page and first.y > last.y + 1.5 * first.size and not beside
            wrong += up or first.page < last.page
        last = end
    return wrong <= max(3, _MOST_WRONG * steps)


def _running(element: Element) -> Iterator[Content]:
    """Marked content of running text: not of tables, notes and figures, which stand where they must."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            yield kid
        elif kid.role not in {"Table", "Note", "FENote", "Figure", "Aside", "Artifact", "Caption"}:
            yield from _running(kid)


def keeps_all(blocks: Sequence[Block], lines: Sequence[Line]) -> bool:
    """True when every letter and figure of the lines is in the blocks."""
    there: Counter[str] = Counter()
    for block in blocks:
        for text in (block.text, block.number, *(cell for row in block.rows for cell in row)):
            there.update(text)
    wanted: Counter[str] = Counter()
    for line in lines:
        wanted.update(line.text)
    return all(there[char] >= count for char, count in wanted.items() if char.isalnum())
