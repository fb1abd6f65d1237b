"""The things the pipeline speaks of, as frozen records.

A Document is what a reader of the report sees, as blocks. Detection works on one linear text of it (`Layout`), in
which each block's text and each table cell is a slot; a finding lies within one slot, so that redaction can put the
replacement back where the words stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    OVERVIEW = "overview"
    SUMMARY = "summary"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    FOOTNOTE = "footnote"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Merged:
    """A table's cell that covers more than its own place: the cells that it covers are empty in Block.rows."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of a block in another language than English: `language` is a BCP 47 tag such as "es" or "pt-BR"."""

    language: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    text     plain text without its number; footnote marks stand in it as "[^1]"; empty for a table; for a picture its
             alternative text, or "" where it has none (the picture itself is never carried over)
    level    heading level 1 to 6; nesting depth of a list item from 0; otherwise 0
    number   the number as printed: "4.12", "A1", "1" for a footnote; "" where there is none
    ordered  a list item that is counted rather than bulleted
    rows     a table's cells, row by row, every row of equal length; the first `header_rows` rows are headers
    page     page of the source where it starts, from 1; None where the format has no pages
    merged   a table's cells that cover others
    turns    where it goes on over pages, in order: (offset into `text`, page that begins there); for a table
             (row, page)
    foreign  words in another language, each as it stands in `text` or in a cell
    unsure   words that character recognition read with little confidence, each as it stands in `text` or in a cell
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    number: str = ""
    ordered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0
    page: int | None = None
    merged: tuple[Merged, ...] = ()
    turns: tuple[tuple[int, int], ...] = ()
    foreign: tuple[Foreign, ...] = ()
    unsure: tuple[str, ...] = ()

    def page_at(self, place: int) -> int | None:
        """The source's page on which the character at this offset of `text` stands, or this row of a table."""
        return next((page for start, page in reversed(self.turns) if start <= place), self.page)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that was left out, as the source prints it, with its pages. Never leaves the vault."""

    text: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the source that was left out and that the officer is told of: code, count, plain sentence.

    items  what was left out, where it can be shown: each running header once, with its pages
    """

    code: str
    count: int
    message: str
    items: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report as blocks in reading order. `title` is its first heading."""

    kind: DocumentKind
    blocks: tuple[Block, ...]
    source_sha256: str = ""
    pages: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> str:
        return next((b.text for b in self.blocks if b.kind is BlockKind.HEADING), "")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one block's text, or one cell of a table, stands in a Layout's text: [start, end) in characters."""

    start: int
    end: int
    block: int
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as one linear text, with its slots in order."""

    text: str
    slots: tuple[Slot, ...]


class Action(StrEnum):
    KEEP = "keep"
    REDACT = "redact"


class IdentityKind(StrEnum):
    PERSON = "person"  # one person under all forms of the name
    VALUE = "value"  # one distinct number, address, date, place or small organisation that a rule or model found
    UNEXPLAINED = "unexplained"  # one distinct span that nothing explains (the sweep)


@dataclass(frozen=True, slots=True)
class Finding:
    """One span of one document that somebody or something has to answer for.

    document  the kind of the document in the case
    start,end offsets into the text of that document's Layout
    type      PERSON, DATE, DOB, ADDRESS, POSTCODE, PLACE, PHONE, ..., UNEXPLAINED
    identity  key of the Identity that decides about it; "" for what stays whatever is decided (Analysis.kept)
    sources   which rules and models found it, e.g. "RAMPART_SURNAME", "rule:NHS number", "propagated"; explain.py has
              the words for them
    """

    document: DocumentKind
    start: int
    end: int
    type: str
    text: str
    identity: str
    sources: tuple[str, ...]
    score: float = 1.0
    replacement: str = ""  # this place's own replacement; "" means the identity's label
    reason: str = ""
    action: Action | None = None  # this place's own action where the context settles it; None means the identity's


@dataclass(frozen=True, slots=True)
class Identity:
    """One thing that is decided once: a person under all forms, or one distinct value.

    key             stable across runs on the same words, e.g. "person-5f2c0a91"; says nothing about the person
    name            the fullest form found
    forms           every distinct form found, longest first
    role            what the text says the person is ("victim", "neighbour", "panel member"); "" where it does not
    proposed        what the policy proposes
    label           the replacement when redacted: "Adult A", "Officer 2", "[address]"
    needs_decision  False where policy settles it without a human (a rule-found number, a date)
    risk            0 (settled) to 3 (look first), for the order in which a reviewer sees it
    member          whether this is the Chair or a member of the Panel, and not only somebody of the same name
    """

    key: str
    kind: IdentityKind
    type: str
    name: str
    forms: tuple[str, ...]
    role: str
    proposed: Action
    label: str
    reason: str
    needs_decision: bool = True
    risk: int = 1
    count: int = 0
    member: bool = False


@dataclass(frozen=True, slots=True)
class PanelSource:
    """A place in a report that makes somebody a member: [start, end) of the name in the text of its Layout."""

    document: DocumentKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PanelMember:
    """The Chair or a member of the Review Panel; stays in print (§4.28).

    sources     the places that make the person a member; empty for one whom only the officer knows of
    instead_of  the name as a report has it, where the officer corrected it
    """

    name: str
    role: str = ""
    agency: str = ""
    chair: bool = False
    sources: tuple[PanelSource, ...] = field(default=(), compare=False)
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the officer knows before the run: `--case-file`, or facts recorded with the case.

    pseudonyms  names agreed with the family, which stay: pseudonym -> whom it stands for in plain words
    panel       members that the reports omit, and corrections of those that they list
    not_panel   names that the reports seem to list and that are no member's
    """

    reference: str = ""
    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    panel: tuple[PanelMember, ...] = ()
    not_panel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JigsawWarning:
    """A combination that may single a family out, or text that a reviewer must look at; never silent.

    code      "jigsaw", "children", "press", "untrue", "strange", "shared-name", "pseudonym", "same-label", "initial",
              "picture"
    start,end offsets into the text of the source document's Layout
    message   a plain sentence that quotes only what stays in print; for reviewers, never for a public file
    key       stable while it is about the same words, e.g. "warning-5f2c0a91d3b7"; says nothing about the person
    accepted  the reason with which somebody accepted it; "" while it is open
    """

    code: str
    document: DocumentKind
    start: int
    end: int
    message: str
    key: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What detection makes of all documents of a case: findings in order, their identities, the panel.

    kept  what stays whatever is decided, in order: agencies, Acts, citations, listed names. Findings of type "STAY"
          that no identity decides about, for whoever asks why something was left alone
    unmatched  corrections of the Panel's list, in the case file, that fit nobody whom the reports list
    """

    findings: tuple[Finding, ...]
    identities: tuple[Identity, ...]
    panel: tuple[PanelMember, ...]
    warnings: tuple[JigsawWarning, ...] = ()
    kept: tuple[Finding, ...] = ()
    unmatched: int = 0

    def identity(self, key: str) -> Identity:
        return next(i for i in self.identities if i.key == key)


@dataclass(frozen=True, slots=True)
class Decision:
    """One human's answer about one identity. Decisions are appended, never changed; the last one counts."""

    identity: str
    action: Action
    label: str  # "" keeps the proposed label
    by: str  # key id of the user
    at: datetime


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One human's acceptance of one warning, with the reason. Appended, never changed; the last one counts."""

    warning: str
    reason: str
    by: str  # key id of the user
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the redacted document differs from its source, for the diff."""

    document: DocumentKind
    start: int
    end: int
    before: str
    after: str
    type: str
    identity: str
    reason: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redacted:
    document: Document
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson, good practice or recommendation as a theme page shows it.

    theme     slug from redaction_rules/themes.yml
    kind      "lesson", "good_practice" or "recommendation"
    anchor    id of the paragraph on the report's page
    """

    theme: str
    kind: str
    document: DocumentKind
    number: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseMeta:
    """What a release says of itself beside the documents. All of it is public and passes the same sweep."""

    case: str  # slug of the reference, e.g. "ssp-dhr-2019-02": folder name and address of the page
    reference: str
    version: int
    panel: tuple[PanelMember, ...]
    signed_off_on: date
    rules_digest: str


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What the verified chain of statements says of a release."""

    cleared_on: date | None = None
    home_office_reference: str = ""
    publish_on: date | None = None
    open_conditions: tuple[str, ...] = ()
    family_told_on: date | None = None
    held: bool = False
    withdrawn_on: date | None = None
    overview_or_summary_waived: bool = False
    sequence: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A sealed release whose manifest, signatures and statements have been verified.

    files     name -> bytes, exactly those in the manifest
    info      release.json, parsed
    """

    case: str
    version: int
    files: Mapping[str, bytes]
    manifest_digest: str
    info: Mapping[str, Any]
    facts: PublicFacts


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands before the next step, in words for people who are not programmers."""

    code: str
    message: str
    protocol: str  # "§4.29"
    remedy: str


def layout(document: Document) -> Layout:
    """The linear text of a document: a line a block, a line a table row with cells between bars."""
    parts: list[str] = []
    slots: list[Slot] = []
    at = 0

    def add(text: str) -> None:
        nonlocal at
        parts.append(text)
        at += len(text)

    def slot(text: str, block: int, row: int = -1, column: int = -1) -> None:
        slots.append(Slot(at, at + len(text), block, row, column))
        add(text)

    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.TABLE:
            for r, row in enumerate(block.rows):
                add("| ")
                for c, cell in enumerate(row):
                    slot(cell, index, r, c)
                    add(" | " if c + 1 < len(row) else " |")
                add("\n")
        else:
            if block.kind is BlockKind.LIST_ITEM:
                add(f"{block.number} " if block.number else "- ")
            elif block.number:
                add(f"{block.number} ")
            slot(block.text, index)
            add("\n")
        add("\n")
    return Layout("".join(parts), tuple(slots))


def with_slots(document: Document, texts: tuple[str, ...]) -> Document:
    """The same document with other words: `texts` holds one string for each slot of its layout.

    What a block says of its source's words (pages within it, doubtful words) goes; foreign words that are still there
    stay.
    """
    given = iter(texts)
    blocks = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            text, rows = "", tuple(tuple(next(given) for _ in row) for row in block.rows)
        else:
            text, rows = next(given), ()
        held = (text, *(cell for row in rows for cell in row))
        foreign = tuple(f for f in block.foreign if any(f.words in words for words in held))
        blocks.append(replace(block, text=text, rows=rows, turns=(), foreign=foreign, unsure=()))
    return replace(document, blocks=tuple(blocks))
