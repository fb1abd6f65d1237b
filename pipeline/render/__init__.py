"""Redacted documents as the files of a release: Markdown, accessible PDFs and release.json.

Everything is made before anybody signs, and the same input gives the same bytes: they are what the reviewers sign.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import RenderFailed
from pipeline.models import Document, DocumentKind, ReleaseMeta, layout

GENERATOR = "ssp-review-publisher"
_AUTHOR = "Safer Southwark Partnership"


def render_release(meta: ReleaseMeta, documents: Sequence[Document], themes: Path | None = None) -> dict[str, bytes]:
    """All files of a release but its manifest, by name.

    documents  the redacted documents of the case
    themes     the file of lessons-learnt themes; redaction_rules/themes.yml by default
    Raises RenderFailed where a PDF cannot be typeset or a number is none, RulesError where the file of themes has
    a mistake.
    """
    from pipeline.lessons import extract, load_themes
    from pipeline.render.markdown import as_markdown
    from pipeline.render.pdf import as_pdf
    from pipeline.render.shape import display_title
    from pipeline.sections import load_headings

    ordered = sorted(documents, key=lambda d: d.kind is not DocumentKind.OVERVIEW)
    _refuse_odd_numbers(ordered)
    lessons = extract(ordered, load_themes(themes), load_headings())
    wanted = {lesson.anchor for lesson in lessons}
    files: dict[str, bytes] = {}
    entries: list[dict[str, Any]] = []
    for document in ordered:
        name = document.kind.value
        title = _title(display_title(document), meta.reference)
        label = "Overview Report" if document.kind is DocumentKind.OVERVIEW else "Executive Summary"
        files[f"{name}.md"] = as_markdown(document, wanted).encode()
        files[f"{name}.pdf"] = as_pdf(
            document, f"{label}: {title}", f"{label} · {meta.reference}", _AUTHOR, meta.signed_off_on
        )
        words = len(layout(document).text.split())
        entries.append({"kind": name, "title": title, "markdown": f"{name}.md", "pdf": f"{name}.pdf", "words": words})
    info = {
        "schema": 1,
        "case": meta.case,
        "reference": meta.reference,
        "version": meta.version,
        "title": entries[0]["title"] if entries else meta.reference,
        "signed_off_on": meta.signed_off_on.isoformat(),
        "rules_digest": meta.rules_digest,
        "generator": GENERATOR,
        "documents": entries,
        "panel": [{"name": m.name, "role": m.role, "agency": m.agency, "chair": m.chair} for m in meta.panel],
        "lessons": [
            {
                "theme": lesson.theme,
                "kind": lesson.kind,
                "document": lesson.document.value,
                "number": lesson.number,
                "anchor": lesson.anchor,
                "text": lesson.text,
            }
            for lesson in lessons
        ],
    }
    files["release.json"] = (json.dumps(info, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    return files


def _refuse_odd_numbers(documents: Sequence[Document]) -> None:
    """Raises RenderFailed where what would be printed as a number is none: nobody has looked at those words."""
    from pipeline.printed_numbers import is_number

    for document in documents:
        for place, block in enumerate(document.blocks, start=1):
            if not is_number(block.number):
                raise RenderFailed(
                    f"The number of block {place} of the {document.kind} is not a number.",
                    "Take the report in again; words in front of a paragraph are then part of its text.",
                )


def _title(words: str, reference: str) -> str:
    """The title of a review; one that says no more than what a review is gets its reference too."""
    return words if "death of" in words or reference in words else f"{words or 'Review'} {reference}"
