"""The diff for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.diff.passages import reviewed
from pipeline.models import Analysis, Document, Redacted

SCHEMA = 1


def as_json(documents: Sequence[Document], redacted: Sequence[Redacted], analysis: Analysis) -> str:
    """Every change and every identity as JSON, keys in a fixed order, so that equal input gives equal text.

    Offsets count characters of the document's Layout.
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
                "notices": [{"code": n.code, "count": n.count, "message": n.message} for n in item.document.notices],
            }
            for item in items
        ],
        "changes": [
            {
                "document": item.document.kind.value,
                "place": passage.place,
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
            {"code": w.code, "document": w.document.value, "start": w.start, "end": w.end, "message": w.message}
            for w in analysis.warnings
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
