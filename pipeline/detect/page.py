"""A document on the table: its text, words and evidence, and the claims that detection has staked so far.

Claims are how the layers speak to one another. A claimed span is explained; later layers do not look at it again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.detect.engine import Evidence
from pipeline.detect.words import Case, Cell, Word, cells_of, words_of
from pipeline.models import Document, DocumentKind, Layout, layout

ABBREVIATED = frozenset("mr mrs ms dr fr prof rev revd st sgt insp det supt cllr hon".split())
# Words in lower case that belong to the name after them, folded.
PARTICLES = frozenset(
    "de del della dela da dos das do la le las los di du van von zu der den ter ten te op bin bint binti ibn al "
    "el y ap ab ferch wa ka nic ni mac ua av dem".split()
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A span that a layer has explained: [start, end), type ("STAY", "PERSON", "DATE", ...), by whom, and why."""

    start: int
    end: int
    type: str
    sources: tuple[str, ...]
    reason: str = ""
    replacement: str = ""
    score: float = 1.0


@dataclass(slots=True)
class Page:
    """One document's working state. Everything but `claims` is fixed."""

    document: Document
    layout: Layout
    words: tuple[Word, ...]
    cells: Mapping[int, Cell]
    evidence: tuple[Evidence, ...]
    claims: list[Claim] = field(default_factory=list)

    @property
    def kind(self) -> DocumentKind:
        return self.document.kind

    @property
    def text(self) -> str:
        return self.layout.text

    def claim(self, claim: Claim) -> bool:
        """Stake a claim unless some of it is taken already; says whether it was staked."""
        if self.claimed(claim.start, claim.end):
            return False
        at = bisect_left(self.claims, claim.start, key=lambda c: c.start)
        self.claims.insert(at, claim)
        return True

    def claimed(self, start: int, end: int) -> bool:
        """Whether any character of [start, end) is claimed."""
        at = bisect_right(self.claims, start, key=lambda c: c.start)
        return (at > 0 and self.claims[at - 1].end > start) or (at < len(self.claims) and self.claims[at].start < end)

    def claim_on(self, word: Word) -> Claim | None:
        """The claim that holds the word's first letter."""
        at = bisect_right(self.claims, word.start, key=lambda c: c.start)
        return self.claims[at - 1] if at and self.claims[at - 1].end > word.start else None

    def free(self, word: Word) -> bool:
        return not self.claimed(word.start, word.end)

    def between(self, left: Word, right: Word) -> str:
        return self.text[left.end : right.start]

    def index_of(self, word: Word) -> int:
        """Where a word of this page stands among its words."""
        return bisect_left(self.words, word.start, key=lambda w: w.start)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """Words that lie wholly within [start, end)."""
        low = bisect_left(self.words, start, key=lambda w: w.start)
        high = bisect_right(self.words, end, key=lambda w: w.end)
        return self.words[low:high]

    def evidence_on(self, start: int, end: int) -> Iterator[Evidence]:
        """What the models say of any character of [start, end)."""
        at = bisect_left(self.evidence, end, key=lambda e: e.start)
        for item in self.evidence[max(0, at - 12) : at]:
            if item.end > start:
                yield item

    def chains(self) -> Iterator[tuple[Word, ...]]:
        """Runs of unclaimed capitalised words with nothing but a space (or an initial's full stop) between them."""
        run: list[Word] = []
        for at, word in enumerate(self.words):
            joined = bool(run) and run[-1].slot == word.slot and self._joined(run[-1], word)
            if not joined and run:
                yield tuple(run)
                run = []
            if self.free(word) and (word.capital or (self.joins(at) if run else self._begins(at))):
                run.append(word)
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)

    def joins(self, at: int) -> bool:
        """Whether a word in lower case joins two capitals as one name: "Santa Rosa de Cabal", "van der Berg"."""
        word, after = self.words[at], next((w for w in self.words[at + 1 : at + 3] if w.capital), None)
        return (
            word.folded in PARTICLES
            and word.case is Case.LOWER
            and after is not None
            and after.slot == word.slot
            and self.between(self.words[at - 1], word) == " "
            and self.text[word.end : after.start].strip() in ("", *PARTICLES)
        )

    def _begins(self, at: int) -> bool:
        """Whether a particle begins a surname that stands first: "bin Saleh, Amber" in a cell or after "To: "."""
        word, after = self.words[at], self.words[at + 1] if at + 1 < len(self.words) else None
        slot = self.layout.slots[word.slot]
        return (
            word.folded in PARTICLES
            and word.case is Case.LOWER
            and after is not None
            and after.capital
            and after.slot == word.slot
            and self.between(word, after) == " "
            and (word.start == slot.start or self.text[word.start - 2 : word.start] in (": ", "; "))
        )

    def _joined(self, left: Word, right: Word) -> bool:
        gap = self.between(left, right)
        return (
            gap == " "
            or gap == "\u00a0"
            or (gap in (". ", ".") and (len(left.text) == 1 or left.folded in ABBREVIATED))
        )


def page_of(document: Document, evidence: Sequence[Evidence], made: Layout | None = None) -> Page:
    """A fresh page for a document and what the engine said of its layout's text."""
    made = made or layout(document)
    inside = sorted(
        (part for item in evidence for part in _by_slot(made, item)),
        key=lambda e: (e.start, -e.end, e.type, e.source),
    )
    return Page(document, made, words_of(document, made), cells_of(document, made), tuple(inside))


def _by_slot(made: Layout, item: Evidence) -> Iterator[Evidence]:
    """Evidence cut at the borders of slots: bars of tables and printed numbers of paragraphs are no report text."""
    at = max(0, bisect_right(made.slots, item.start, key=lambda s: s.start) - 1)
    for slot in made.slots[at:]:
        if slot.start >= item.end:
            return
        start, end = max(slot.start, item.start), min(slot.end, item.end)
        if item.type in ("DATE", "DOB") and (start, end) != (item.start, item.end):
            continue  # "1.2 April and her aunt": the number of a paragraph makes no date
        if start < end:
            yield replace(item, start=start, end=end)
