"""Pages and engines for tests of detection: what the models would say is told by the test, so that none is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import anonymise
from pipeline.detect import dates, patterns
from pipeline.detect.engine import Evidence
from pipeline.detect.page import Page, page_of
from pipeline.extract import read_text
from pipeline.models import Analysis, CaseFacts, Document, DocumentKind, Finding, layout
from pipeline.rules import Rules


def document(text: str, kind: DocumentKind = DocumentKind.OVERVIEW) -> Document:
    return read_text(text, kind)


def said(text: str, people: Sequence[str] = (), places: Sequence[str] = ()) -> list[Evidence]:
    """What both models would say if they knew these people and places wherever they stand."""
    found = []
    for label, names in (("person", people), ("place", places)):
        for name in names:
            for match in re.finditer(rf"\b{re.escape(name)}\b", text):
                found += _labels(match, label)
    return sorted(found, key=lambda e: (e.start, -e.end))


def _labels(match: re.Match[str], label: str) -> list[Evidence]:
    if label == "place":
        return [
            Evidence(*match.span(), "SPACY_GPE", "spaCy", 0.85),
            Evidence(*match.span(), "RAMPART_CITY", "Rampart", 0.9),
        ]
    words = list(re.finditer(r"\S+", match.group()))
    labels = ["RAMPART_GIVEN_NAME", *["RAMPART_SURNAME"] * (len(words) - 1)]
    parts = [
        Evidence(match.start() + w.start(), match.start() + w.end(), kind, "Rampart", 0.9)
        for w, kind in zip(words, labels, strict=True)
    ]
    return [Evidence(*match.span(), "SPACY_PERSON", "spaCy", 0.85), *parts]


def page(text: str, people: Sequence[str] = (), places: Sequence[str] = ()) -> Page:
    """A page of a text in Markdown on which nothing is claimed yet."""
    made = document(text)
    return page_of(made, said(layout(made).text, people, places))


def claims(page: Page, *types: str) -> list[str]:
    """The claimed spans of these types (of all, where none is named) as text."""
    return [page.text[c.start : c.end] for c in page.claims if not types or c.type in types]


@dataclass(frozen=True)
class ToldEngine:
    """Rules and dates as they are, and two models that know exactly these people and places."""

    rules: Rules
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def evidence(self, text: str) -> Sequence[Evidence]:
        found = said(text, self.people, self.places)
        for recogniser in (*patterns.recognisers(self.rules), dates.DateRecogniser()):
            for r in recogniser.analyze(text, recogniser.supported_entities, None):  # type: ignore[arg-type]
                found.append(Evidence(r.start, r.end, r.entity_type, recogniser.name, r.score))
        return sorted(found, key=lambda e: (e.start, -e.end))


def analysed(
    rules: Rules, *texts: str, people: Sequence[str] = (), places: Sequence[str] = (), facts: CaseFacts | None = None
) -> tuple[tuple[Document, ...], Analysis]:
    """An overview (and a summary) in Markdown, analysed with models that know these people and places."""
    documents = tuple(document(t, k) for t, k in zip(texts, DocumentKind, strict=False))
    engine = ToldEngine(rules, tuple(people), tuple(places))
    return documents, anonymise.analyse(documents, facts or CaseFacts(), rules, engine)  # type: ignore[arg-type]


def who(analysis: Analysis, text: str) -> list[str]:
    """The names of the identities that answer for each finding of this text, in order."""
    return [analysis.identity(f.identity).name for f in of(analysis, text)]


def of(analysis: Analysis, text: str) -> list[Finding]:
    return [f for f in analysis.findings if f.text == text]
