"""Changes put back where they stand: each slot of a document as unchanged text and changes in turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.errors import DiffMismatch
from pipeline.models import Block, BlockKind, Change, Document, DocumentKind, Redacted, Slot, layout

NAMES = {DocumentKind.OVERVIEW: "Overview Report", DocumentKind.SUMMARY: "Executive Summary"}

_AGAIN = "Run the anonymisation again."


@dataclass(frozen=True, slots=True)
class Passage:
    """One slot: `pieces` holds its source text in order, as unchanged strings and Changes."""

    block: Block
    slot: Slot
    pieces: tuple[str | Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Change))

    def page(self, start: int) -> int | None:
        """The source's page on which a place of the linear text within this slot stands; None where it has none."""
        return self.block.page_at(self.slot.row if self.block.kind is BlockKind.TABLE else start - self.slot.start)

    @property
    def place(self) -> str:
        """Where it is, in a reader's words: "4.12", "footnote 3", "table, row 2, column 1", "heading"."""
        block = self.block
        if block.kind is BlockKind.TABLE:
            return f"table, row {self.slot.row + 1}, column {self.slot.column + 1}"
        if block.kind is BlockKind.FOOTNOTE:
            return f"footnote {block.number}"
        if block.number:
            return block.number
        return {
            BlockKind.HEADING: "heading",
            BlockKind.LIST_ITEM: "list",
            BlockKind.QUOTE: "quotation",
            BlockKind.PICTURE: "picture",
        }.get(block.kind, "paragraph")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One document with its changes."""

    document: Document
    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        return NAMES[self.document.kind]

    def passage(self, start: int, end: int) -> Passage:
        """The passage in which [start, end) lies. Raises DiffMismatch where it lies in none."""
        at = bisect_right(self.passages, start, key=lambda passage: passage.slot.start) - 1
        if at < 0 or end > self.passages[at].slot.end:
            raise DiffMismatch("A finding does not lie within one passage of its document.", _AGAIN)
        return self.passages[at]


def reviewed(documents: Sequence[Document], redacted: Sequence[Redacted]) -> tuple[Reviewed, ...]:
    """Each source document with the changes of the redacted one of its kind.

    Raises DiffMismatch when a document has no redacted form or a change does not lie within one slot: a diff that
    left a change out would be signed as if it were whole.
    """
    changes = {r.document.kind: sorted(r.changes, key=lambda c: (c.start, c.end)) for r in redacted}
    missing = [NAMES[d.kind] for d in documents if d.kind not in changes]
    if missing:
        raise DiffMismatch(f"There is no redacted form of: {', '.join(missing)}.", _AGAIN)
    return tuple(Reviewed(d, _passages(d, changes[d.kind]), tuple(changes[d.kind])) for d in documents)


def _passages(document: Document, changes: Sequence[Change]) -> tuple[Passage, ...]:
    text = layout(document)
    left = list(changes)
    passages = []
    for slot in text.slots:
        own = []
        while left and left[0].start < slot.end:
            own.append(left.pop(0))
        if own and (own[0].start < slot.start or max(c.end for c in own) > slot.end):
            raise DiffMismatch("A change does not lie within one passage of its document.", _AGAIN)
        pieces = tuple(_pieces(text.text, slot, own))
        passages.append(Passage(document.blocks[slot.block], slot, pieces))
    if left:
        raise DiffMismatch("A change lies after the end of its document.", _AGAIN)
    return tuple(passages)


def _pieces(text: str, slot: Slot, changes: Iterable[Change]) -> Iterable[str | Change]:
    at = slot.start
    for change in changes:
        if change.start < at:
            raise DiffMismatch("Two changes overlap.", _AGAIN)
        if change.start > at:
            yield text[at : change.start]
        yield change
        at = change.end
    if at < slot.end:
        yield text[at : slot.end]
