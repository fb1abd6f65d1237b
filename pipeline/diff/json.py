"""The diff for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.diff.passages import Reviewed, reviewed
from pipeline.explain import explained
from pipeline.members import places
from pipeline.models import Analysis, Decision, Document, PanelMember, Redacted
from pipeline.records import to_json

SCHEMA = 1


def as_json(
    documents: Sequence[Document],
    redacted: Sequence[Redacted],
    analysis: Analysis,
    decisions: Sequence[Decision] = (),
) -> str:
    """Every change, finding and identity as JSON, keys in a fixed order, so that equal input gives equal text.

    Findings are all there are, what stays too, each with what found it and why it is kept or redacted; `decisions`
    says who decided. Offsets count characters of the document's Layout. docs/commands.md describes the form.
    Raises DiffMismatch when changes and documents do not fit together.
    """
    items = reviewed(documents, redacted)
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "documents": [
            {
                "kind": item.document.kind.value,
                "title": item.document.title,
                "source_sha256": item.document.source_sha256,
                "changes": len(item.changes),
                "notices": [to_json(notice) for notice in item.document.notices],
            }
            for item in items
        ],
        "changes": [
            {
                "document": item.document.kind.value,
                "place": passage.place,
                "page": passage.page(change.start),
                "start": change.start,
                "end": change.end,
                "before": change.before,
                "after": change.after,
                "type": change.type,
                "identity": change.identity,
                "sources": list(change.sources),
                "reason": change.reason,
            }
            for item in items
            for passage in item.passages
            for change in passage.changes
        ],
        "findings": _findings(items, analysis, decisions),
        "panel": [_member(m, documents) for m in analysis.panel],
        "identities": [
            {
                "key": i.key,
                "kind": i.kind.value,
                "type": i.type,
                "name": i.name,
                "forms": list(i.forms),
                "role": i.role,
                "proposed": i.proposed.value,
                "label": i.label,
                "needs_decision": i.needs_decision,
                "reason": i.reason,
                "risk": i.risk,
                "count": i.count,
            }
            for i in analysis.identities
        ],
        "warnings": [
            {
                "key": w.key,
                "code": w.code,
                "document": w.document.value,
                "start": w.start,
                "end": w.end,
                "message": w.message,
                "accepted": w.accepted,
            }
            for w in analysis.warnings
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _findings(items: Sequence[Reviewed], analysis: Analysis, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    identities = {identity.key: identity for identity in analysis.identities}
    last = {decision.identity: decision for decision in decisions}
    value = []
    for item in items:
        here = [f for f in (*analysis.findings, *analysis.kept) if f.document is item.document.kind]
        for finding in sorted(here, key=lambda f: (f.start, f.end)):
            told = explained(finding, identities.get(finding.identity), last.get(finding.identity))
            passage = item.passage(finding.start, finding.end)
            value.append(
                {
                    "document": finding.document.value,
                    "place": passage.place,
                    "page": passage.page(finding.start),
                    "start": finding.start,
                    "end": finding.end,
                    "text": finding.text,
                    "type": finding.type,
                    "identity": finding.identity or None,
                    "action": told.action.value,
                    "reason": told.reason,
                    "sources": list(finding.sources),
                    "found_by": list(told.found_by),
                    "settled_by": told.settled_by,
                    "decided_by": told.by or None,
                    "decided_at": told.at or None,
                    "explanation": told.sentence,
                }
            )
    return value


def _member(member: PanelMember, documents: Sequence[Document]) -> dict[str, Any]:
    """A member with the passages that make one of it; none for whom only the case file names."""
    return {
        "name": member.name,
        "role": member.role,
        "agency": member.agency,
        "chair": member.chair,
        "because": [
            {
                "document": p.source.document.value,
                "start": p.source.start,
                "end": p.source.end,
                "where": p.where,
                "passage": p.passage,
            }
            for p in places(member, documents)
        ],
    }
