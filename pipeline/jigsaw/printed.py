"""A document as its readers will see it, at the offsets of its source: what goes is masked, people have labels.

A mask is as long as what it hides, so that every place found in the masked text is a place in the source's Layout.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.detect.words import fold
from pipeline.jigsaw.rules import NAME, JigsawRules
from pipeline.models import (
    Action,
    Analysis,
    BlockKind,
    Decision,
    Document,
    DocumentKind,
    Layout,
    Slot,
    layout,
)
from pipeline.redact import settled

_SENTENCE = re.compile(rf"(?<=[.!?])['’”\")\]]*\s+(?=[\"'‘“(]*[A-Z{NAME}])")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as print names them. `stays` tells a name in print; `panel` and `professional` are no family."""

    name: str
    identity: str
    stays: bool
    panel: bool
    professional: bool

    @property
    def family(self) -> bool:
        return not (self.panel or self.professional)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    who: Who


@dataclass(frozen=True, slots=True)
class Sentence:
    """[start, end) of one sentence, or of one cell of a table, and who is named in it."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One slot of the document with its sentences. `headers` are a cell's headings, of its column and row, folded."""

    slot: Slot
    kind: BlockKind
    place: str
    headers: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A document with names masked. `text` has the length of the source's linear text."""

    kind: DocumentKind
    text: str
    passages: tuple[Passage, ...]

    def at(self, place: int) -> tuple[Passage, Sentence]:
        """The passage and the sentence in which a place of the text lies, or after which it comes."""
        passage = self.passages[max(0, bisect_right(self.passages, place, key=lambda p: p.slot.start) - 1)]
        sentences = passage.sentences
        return passage, sentences[max(0, bisect_right(sentences, place, key=lambda s: s.start) - 1)]

    def in_block(self, block: int) -> tuple[Passage, ...]:
        """The passages of one block of the document: one, or the cells of a table."""
        first = bisect_left(self.passages, block, key=lambda p: p.slot.block)
        return self.passages[first : bisect_right(self.passages, block, key=lambda p: p.slot.block)]


def printed(document: Document, analysis: Analysis, decisions: Sequence[Decision], rules: JigsawRules) -> Printed:
    """The document as the decisions so far, and the proposals where there are none, print it."""
    made = layout(document)
    people = people_of(analysis, decisions, rules)
    actions = settled(analysis, decisions)
    characters, mentions = list(made.text), []
    for finding in analysis.findings:
        if finding.document is not document.kind:
            continue
        who = people.get(finding.identity)
        action = finding.action or actions[finding.identity][0]
        if action is Action.REDACT or who is not None:
            characters[finding.start : finding.end] = NAME * (finding.end - finding.start)
        if who is not None:
            mentions.append(Mention(finding.start, finding.end, who))
    text = "".join(characters)
    mentions.sort(key=lambda m: (m.start, m.end))
    return Printed(document.kind, text, tuple(_passages(document, made, text, mentions)))


def people_of(analysis: Analysis, decisions: Sequence[Decision], rules: JigsawRules) -> dict[str, Who]:
    """Identity -> who it is in print, for people. A reader tells them apart by label, or by the name that stays."""
    actions = settled(analysis, decisions)
    found = {}
    for identity in analysis.identities:
        if identity.type != "PERSON":
            continue
        action, label = actions[identity.key]
        stays = action is Action.KEEP
        name = identity.name if stays else label
        panel = stays and identity.member
        stem = fold(name.rstrip(" 0123456789"))
        professional = not stays and stem in rules.professionals
        found[identity.key] = Who(name, identity.key, stays, panel, professional)
    return found


def _passages(document: Document, made: Layout, text: str, mentions: Sequence[Mention]) -> list[Passage]:
    passages, at, heading = [], 0, ""
    for slot in made.slots:
        block = document.blocks[slot.block]
        within = []
        while at < len(mentions) and mentions[at].start < slot.end:
            within.append(mentions[at])
            at += 1
        if block.kind is BlockKind.HEADING:
            heading = block.number or heading
        headers: tuple[str, ...] = ()
        if slot.row >= block.header_rows:
            above = [block.rows[0][slot.column]] if block.header_rows else []
            headers = tuple(map(fold, [*above, *block.rows[slot.row][: min(slot.column, 1)]]))
        if block.kind is BlockKind.FOOTNOTE:
            place = f"footnote {block.number}"
        elif block.kind is BlockKind.TABLE:
            place = f"the table in {heading}" if heading else "a table"
        else:
            place = block.number or (f"section {heading}" if heading else "the beginning")
        bounds = [
            slot.start,
            *(slot.start + m.end() for m in _SENTENCE.finditer(text[slot.start : slot.end])),
            slot.end,
        ]
        starts = [m.start for m in within]
        sentences = tuple(
            Sentence(start, end, tuple(within[bisect_left(starts, start) : bisect_left(starts, end)]))
            for start, end in pairwise(bounds)
        )
        passages.append(Passage(slot, block.kind, place, headers, sentences))
    return passages
