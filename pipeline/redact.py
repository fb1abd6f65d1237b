"""Decisions -> redacted Document, through Presidio's anonymizer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import DecisionError
from pipeline.models import (
    Action,
    Analysis,
    Change,
    Decision,
    Document,
    Finding,
    Identity,
    Redacted,
    layout,
    with_slots,
)

ARTICLE = re.compile(r"\b([Aa])(n?) $")


def settled(analysis: Analysis, decisions: Sequence[Decision]) -> Mapping[str, tuple[Action, str]]:
    """Identity key -> (action, label): the last decision about it, else what the policy proposes."""
    state = {i.key: (i.proposed, i.label) for i in analysis.identities}
    for decision in decisions:
        if decision.identity in state:
            state[decision.identity] = (decision.action, decision.label or state[decision.identity][1])
    return state


def redact(document: Document, analysis: Analysis, decisions: Sequence[Decision]) -> Redacted:
    """The document with each finding replaced as decided. Nothing outside a finding changes but "a" and "an"."""
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

    state = settled(analysis, decisions)
    identities = {i.key: i for i in analysis.identities}
    made = layout(document)
    changes = []
    for finding in analysis.findings:
        if finding.document is not document.kind:
            continue
        action, label = state[finding.identity]
        if (finding.action or action) is Action.KEEP:
            continue
        after = _replacement(finding, identities[finding.identity], label, made.text)
        changes.append(_with_article(made.text, finding, after))
    engine: Any = AnonymizerEngine()  # type: ignore[no-untyped-call]
    texts = []
    changes.sort(key=lambda c: c.start)
    placed = 0
    for slot in made.slots:
        low = bisect_left(changes, slot.start, key=lambda c: c.start)
        high = bisect_left(changes, slot.end, lo=low, key=lambda c: c.start)
        inside = [c for c in changes[low:high] if c.end <= slot.end]
        placed += len(inside)
        text = made.text[slot.start : slot.end]
        if not inside:
            texts.append(text)
            continue
        # Each place has a replacement of its own, so each is an entity type of its own to Presidio.
        results = [
            RecognizerResult(f"C{n}", c.start - slot.start, c.end - slot.start, 1.0) for n, c in enumerate(inside)
        ]
        operators = {f"C{n}": OperatorConfig("replace", {"new_value": c.after}) for n, c in enumerate(inside)}
        texts.append(engine.anonymize(text, results, operators).text)
    if placed != len(changes):
        raise DecisionError("The analysis does not fit this document.", "Run `ssp anonymise` on the case again.")
    return Redacted(with_slots(document, tuple(texts)), tuple(changes))


def _replacement(finding: Finding, identity: Identity, label: str, text: str) -> str:
    if finding.replacement and label in (identity.label, finding.replacement):
        return finding.replacement
    return label


def _with_article(text: str, finding: Finding, after: str) -> Change:
    """The change, widened over an "a" or "an" before it where the replacement wants the other one."""
    start, before = finding.start, text[finding.start : finding.end]
    if match := ARTICLE.search(text[max(0, start - 4) : start]):
        wanted = "n" if after[:1].lower() in "aeiou" else ""
        if after[:1] != "[" and wanted != match.group(2):
            width = len(match.group())
            before = text[start - width : finding.end]
            after = f"{match.group(1)}{wanted} {after}"
            start -= width
    return Change(
        finding.document,
        start,
        finding.end,
        before,
        after,
        finding.type,
        finding.identity,
        finding.reason,
        finding.sources,
    )


def forbidden_forms(
    documents: Sequence[Document], analysis: Analysis, decisions: Sequence[Decision]
) -> tuple[str, ...]:
    """The list of redacted forms that must appear nowhere in a release, longest first.

    A form that also stands in kept text (the word "hope", the surname of a Panel member) cannot be on the list: there
    the spans were decided, one by one, and only whole forms that occur nowhere else are looked for.
    """
    state = settled(analysis, decisions)
    kept_text = "\n".join(_kept_text(d, analysis, state) for d in documents)
    kept = " ".join(_words(kept_text))
    forms: set[str] = set()
    for finding in analysis.findings:
        action = finding.action or state[finding.identity][0]
        if action is Action.REDACT and finding.type != "DATE":
            forms.add(finding.text)
            if finding.type == "PERSON":
                forms.update(w for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", finding.text) if len(w) > 2)
    padded = f" {kept} "
    absent = [f for f in forms if (w := _words(f)) and f" {' '.join(w)} " not in padded and len("".join(w)) > 2]
    return tuple(sorted(absent, key=lambda f: (-len(f), f)))


def _kept_text(document: Document, analysis: Analysis, state: Mapping[str, tuple[Action, str]]) -> str:
    made = layout(document)
    parts, at = [], 0
    for finding in analysis.findings:
        if finding.document is document.kind and (finding.action or state[finding.identity][0]) is Action.REDACT:
            parts.append(made.text[at : finding.start])
            parts.append(" \u241f ")
            at = max(at, finding.end)
    parts.append(made.text[at:])
    labels = " \u241f ".join(label for _, label in state.values())
    return "".join(parts) + " \u241f " + labels


def _words(text: str) -> list[str]:
    return [w.casefold() for w in re.findall(r"\u241f|\w+", text)]
