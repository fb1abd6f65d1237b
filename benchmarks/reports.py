"""The six invented reports with their gold annotations, from three kinds of source."""

from __future__ import annotations

from pathlib import Path

from pipeline import casefile, extract, preview
from pipeline.models import CaseFacts, Document, DocumentKind
from tests.gold import FIXTURES, gold, source

REPORTS = ("d1-overview", "d1-summary", "d2-overview", "d3-overview", "d3-summary", "d4-overview")
SOURCES = ("docx", "pdf", "text")
# What is analysed together. Only of d3 does an officer know anything beforehand.
CASES: tuple[tuple[tuple[str, ...], Path | None], ...] = (
    (("d1-overview",), None),
    (("d1-summary",), None),
    (("d2-overview",), None),
    (("d3-overview", "d3-summary"), FIXTURES / "d3.case.yml"),
    (("d4-overview",), None),
)
# A summary is decided together with its overview, which has named most people already.
REVIEWS = {"d1-summary": ("d1-overview", "d1-summary"), "d3-summary": ("d3-overview", "d3-summary")}


def facts_of(case_file: Path | None) -> CaseFacts:
    return casefile.read(case_file) if case_file else CaseFacts()


def document(name: str, ending: str) -> Document:
    """A report as `ssp preview` reads it; "text" is the plain text on which the gold annotations were made."""
    if ending == "text":
        kind = DocumentKind.SUMMARY if "summary" in name else DocumentKind.OVERVIEW
        return extract.read_text(gold(name)["text"], kind)
    return preview.read(source(name, ending))
