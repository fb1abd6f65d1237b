"""The diff on a terminal: one line a passage that changes, cut down to what stands around each change."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline import intake_report
from pipeline.diff.passages import Passage, reviewed
from pipeline.explain import explain
from pipeline.members import as_lines
from pipeline.models import Action, Analysis, Change, Decision, Document, Identity, Redacted

_AROUND = 40  # characters of context on each side of a change
_RED, _GREEN, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


def as_terminal(
    documents: Sequence[Document],
    redacted: Sequence[Redacted],
    analysis: Analysis,
    decisions: Sequence[Decision] = (),
    *,
    colour: bool = False,
) -> str:
    """All changes in context, then what is still to decide, each with why it is proposed and what found it.

    "[-before-]{+after+}" marks a change with and without colour. Raises DiffMismatch when changes and documents do
    not fit together.
    """
    paint = _painter(colour)
    lines: list[str] = []
    for item in reviewed(documents, redacted):
        lines.append(paint(f"{item.name}: {_count(len(item.changes), 'change')}", _BOLD))
        kinds = Counter(change.type for change in item.changes)
        lines.append(paint("  " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()), _DIM) if kinds else "")
        lines.extend(f"  {line}" for line in intake_report.lines(item.document))
        for passage in item.passages:
            if passage.changes:
                page = passage.page(passage.changes[0].start)
                place = f"{passage.place}, page {page}" if page else passage.place
                lines.append(f"  {place:<10} {_passage(passage, colour)}")
        lines.append("")
    if analysis.panel:
        lines.append(
            paint(f"The Review Panel, whose names stay: {_count(len(analysis.panel), 'person', 'people')}", _BOLD)
        )
        lines.extend(f"  {_printable(line)}" for line in as_lines(analysis.panel, documents))
        lines.append("")
    open_ones = [i for i in analysis.identities if i.needs_decision]
    lines.append(paint(f"To decide: {_count(len(open_ones), 'identity', 'identities')}", _BOLD))
    first = {finding.identity: finding for finding in reversed(analysis.findings)}
    for i in sorted(open_ones, key=lambda i: (-i.risk, -i.count, i.key)):
        lines.append(f"  {_identity(i)}")
        if i.key in first:
            lines.append(paint(f"    {_printable(explain(first[i.key], i))}", _DIM))
    if decisions:
        lines.append(
            paint(f"Decided: {_count(len({d.identity for d in decisions}), 'identity', 'identities')}", _BOLD)
        )
    if analysis.warnings:
        lines.append("")
        waiting = sum(not w.accepted for w in analysis.warnings)
        lines.append(paint(f"Warnings: {len(analysis.warnings)}, {waiting} open", _BOLD))
        for w in analysis.warnings:
            lines.append(f"  {w.key}  {w.document.value}: {_printable(w.message)}")
            lines.append(f"    accepted: {_printable(w.accepted)}" if w.accepted else "    open")
    return "\n".join(lines) + "\n"


def _painter(colour: bool) -> Callable[[str, str], str]:
    return (lambda text, code: f"{code}{text}{_PLAIN}") if colour else (lambda text, code: text)


def _passage(passage: Passage, colour: bool) -> str:
    out = []
    for index, piece in enumerate(passage.pieces):
        if isinstance(piece, Change):
            out.append(_change(piece, colour))
        else:
            out.append(_cut(piece, index > 0, index + 1 < len(passage.pieces)))
    return "".join(out)


def _change(change: Change, colour: bool) -> str:
    before, after = f"[-{_printable(change.before)}-]", f"{{+{_printable(change.after)}+}}"
    return f"{_RED}{before}{_PLAIN}{_GREEN}{after}{_PLAIN}" if colour else before + after


def _cut(text: str, change_before: bool, change_after: bool) -> str:
    """Unchanged text cut to what touches a change."""
    text = _printable(text)
    head = text[:_AROUND] if change_before else ""
    tail = text[-_AROUND:] if change_after else ""
    if len(head) + len(tail) >= len(text):
        return text
    return f"{head}…{tail}"


def _identity(identity: Identity) -> str:
    proposal = f'becomes "{_printable(identity.label)}"' if identity.proposed is Action.REDACT else "stays"
    role = f", {identity.role}" if identity.role else ""
    return f"{identity.key}  {_printable(identity.name)} ({identity.type}{role}, {identity.count}×): {proposal}"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _printable(text: str) -> str:
    """Without control characters: what a document holds must not steer the terminal."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf"} else c for c in text)
