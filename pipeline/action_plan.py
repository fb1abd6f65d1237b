"""The action plan of a report (§4.27): what is to be done about each recommendation, by whom, by when, how it went.

Plans are tables with a header, tables of labels and values, and paragraphs with labels. A table is read by its
columns, whose headers are in redaction_rules/sections.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.models import Block, BlockKind, Document
from pipeline.sections import Headings, SectionKind, innermost, sections_of

_LONGEST = 120  # characters of a column's header
_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d\d?[./-]\d\d?[./-]\d\d\b|\b\d\d? (?:{_MONTH})|\b(?:{_MONTH})[a-z]* '?\d\d\b", re.I
)
_COUNTED = re.compile(r"[\s.]*(?:no\.? ?)?\d[\d.]*[a-z]?$", re.I)  # "Recommendation 1", "Action 2.1"
_NEXT_LABEL = re.compile(r"(?<=[.;])\s+(?=[A-Z][\w /]{1,40}:)|\n")
_TO_DO = re.compile(r"^to [a-z]|\b(?:should|must)\b", re.I)


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One action of a plan, in the report's words; "" for what the plan does not say.

    block  index of the block of the Document that says it
    done   whether its outcome begins with a word that says so (sections.yml); a doubt is none
    """

    recommendation: str
    action: str
    lead: str
    target: str
    outcome: str
    block: int
    done: bool

    @property
    def dated(self) -> bool:
        """Whether a day, month or year is set for it."""
        return bool(_DATE.search(self.target))


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How many actions a case's plan has, and of how many it says by when, and that they are done."""

    actions: int
    dated: int
    done: int

    def __str__(self) -> str:
        if not self.actions:
            return "there is one, but its actions cannot be told apart"
        actions = "1 action" if self.actions == 1 else f"{self.actions} actions"
        return f"{actions}, {self.dated} with a date, {self.done} said to be done"


def plan_counts(documents: Sequence[Document], headings: Headings) -> PlanCounts | None:
    """The plan of the first document that has one; None where none has."""
    plans = [plan for document in documents if (plan := planned_actions(document, headings)) is not None]
    if not plans:
        return None
    actions = next(filter(None, plans), ())
    return PlanCounts(len(actions), sum(a.dated for a in actions), sum(a.done for a in actions))


def planned_actions(document: Document, headings: Headings) -> tuple[PlannedAction, ...] | None:
    """The actions of a document's plan in order. None: it has no plan. Empty: it has one that cannot be read."""
    within = innermost(sections_of(document, headings), len(document.blocks))
    reader = _Reader(headings)
    found = False
    for at, block in enumerate(document.blocks):
        if any(s.kind is SectionKind.ACTION_PLAN for s in within[at]):
            found = True
            reader.read(at, block)
        elif block.kind is BlockKind.TABLE and _is_plan(block, headings):
            found = True
            reader.read_table(at, block)
        else:
            reader.close()
    reader.close()
    return reader.actions() if found else None


def _is_plan(block: Block, headings: Headings) -> bool:
    """Whether a table outside a section of that name has a plan's columns: what, who and when."""
    held = {headings.column(cell) for row in block.rows[:2] for cell in row}
    return bool(held & {"action", "recommendation"}) and {"lead", "target"} <= held


@dataclass(slots=True)
class _Entry:
    """An action while it is read: what was said under each column."""

    block: int
    said: dict[str, str] = field(default_factory=dict)

    def add(self, column: str, words: str) -> None:
        if words:
            self.said[column] = f"{self.said[column]}; {words}" if self.said.get(column) else words


@dataclass(slots=True)
class _Reader:
    headings: Headings
    recommendation: str = ""
    columns: tuple[str, ...] = ()
    entries: list[_Entry] = field(default_factory=list)
    loose: list[_Entry] = field(default_factory=list)  # paragraphs without labels: actions where there are no others
    open: _Entry | None = None
    label: str = ""  # the label that waits for the list after it

    def actions(self) -> tuple[PlannedAction, ...]:
        return tuple(self._made(entry) for entry in self.entries or self.loose)

    def _made(self, entry: _Entry) -> PlannedAction:
        said = entry.said
        action = said.get("action") or said.get("recommendation", "")
        outcome, target = said.get("outcome", ""), said.get("target", "")
        done = self.headings.says_done(outcome or target)
        return PlannedAction(
            said.get("recommendation", ""), action, said.get("lead", ""), target, outcome, entry.block, done
        )

    def read(self, at: int, block: Block) -> None:
        """One block of a section that is a plan."""
        if block.kind is BlockKind.TABLE:
            self.read_table(at, block)
        elif block.kind is BlockKind.HEADING:
            self.close()
            words = f"{block.number} {block.text}".strip()
            self.recommendation = words if re.match(r"recommendation", words, re.I) else ""
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            self._read_text(at, block)

    def close(self) -> None:
        """What has labels is complete."""
        if self.open and ("action" in self.open.said or {"lead", "target", "outcome"} & set(self.open.said)):
            self.entries.append(self.open)
        self.open, self.label = None, ""

    # Tables

    def read_table(self, at: int, block: Block) -> None:
        self.close()
        width = max(map(len, block.rows), default=0)
        if len(self.columns) != width:
            self.columns = ()
        spread = _spread(block)
        across = {merged.row for merged in block.merged if merged.columns == width}
        for number, (own, row) in enumerate(zip(block.rows, spread, strict=True)):
            kinds = tuple(self._column(cell) for cell in own)
            filled = [cell for cell in own if cell.strip()]
            if _is_header(kinds):
                self.columns = kinds
            elif width == 2 and kinds[0] and not self.columns:
                self._labelled(at, kinds[0], own[0], own[1])
            elif number in across or (len(filled) == 1 and own[0].strip() and self._is_banner(own[0])):
                self.close()
                self.recommendation = own[0]
            elif filled and self.columns:
                self._row(at, own, row)
        self.close()

    def _column(self, header: str) -> str:
        return self.headings.column(_COUNTED.sub("", header)) if len(header) <= _LONGEST else ""

    def _is_banner(self, words: str) -> bool:
        """Whether a row with words in its first cell only says what the rows after it are about."""
        first = self.columns[0] if self.columns else ""
        counted = bool(re.match(r"recommendation\b", words, re.I))
        return counted or not self.columns or ("action" in self.columns and first != "action")

    def _row(self, at: int, own: Sequence[str], row: Sequence[str]) -> None:
        said = self._by_column(row)
        alone = self._by_column(own)
        if alone.get("recommendation"):
            self.recommendation = " ".join(filter(None, (said.get("number", ""), alone["recommendation"])))
        follows = "action" in self.columns and not alone.get("action")
        if follows and self.entries and not alone.get("recommendation"):
            for column, words in alone.items():  # the same action goes on, in a second milestone or over a page
                self.entries[-1].add(column, words)
            return
        self.entries.append(_Entry(at, {**said, "recommendation": self.recommendation}))

    def _by_column(self, row: Sequence[str]) -> Mapping[str, str]:
        found = _Entry(0)
        for column, cell in zip(self.columns, row, strict=True):
            if column:
                found.add(column, " ".join(cell.split()))
        return found.said

    # Labels and paragraphs

    def _read_text(self, at: int, block: Block) -> None:
        text = f"{block.number}: {block.text}" if re.match(r"[A-Za-z]{3}", block.number) else block.text
        labelled = False
        for part in _NEXT_LABEL.split(text):
            label, colon, value = part.partition(":")
            column = self._column(label) if colon else ""
            if column:
                self._labelled(at, column, label, value.strip())
                labelled = True
            elif labelled and self.open and self.label:
                self.open.add(self.label, part)
        if labelled:
            return
        if self.label and block.kind is BlockKind.LIST_ITEM:
            self._labelled(at, self.label, "", block.text)
        elif block.kind is BlockKind.LIST_ITEM or (block.number and _TO_DO.search(block.text)):
            self.loose.append(_Entry(at, {"action": block.text, "recommendation": self.recommendation}))

    def _labelled(self, at: int, column: str, label: str, value: str) -> None:
        """One label with what stands after it: a second recommendation or action begins another entry."""
        if column in ("recommendation", "number"):
            self.close()
            self.recommendation = f"{label}: {value}" if _COUNTED.search(label) or not value else value
            self.open = _Entry(at, {"recommendation": self.recommendation})
        elif column == "action" and self.open and "action" in self.open.said:
            self.close()
        self.open = self.open or _Entry(at, {"recommendation": self.recommendation})
        if column not in ("recommendation", "number"):
            self.open.add(column, value)
        self.label = column


def _is_header(kinds: Sequence[str]) -> bool:
    """Whether a row is headers of a plan: two different ones at least, of which one says what or when."""
    named = {kind for kind in kinds if kind}
    return len(named) > 1 and bool(named & {"action", "recommendation", "target"})


def _spread(block: Block) -> Iterator[tuple[str, ...]]:
    """A table's rows, in which what a merged cell says stands in each row that it covers."""
    rows = [list(row) for row in block.rows]
    for merged in block.merged:
        for below in range(merged.row + 1, min(merged.row + merged.rows, len(rows))):
            rows[below][merged.column] = rows[merged.row][merged.column]
    return (tuple(row) for row in rows)
