"""Every finding says in plain words what found it and why it is kept or redacted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from detect_pages import analysed

from pipeline.diff import as_html, as_json, as_terminal
from pipeline.explain import LAYERS, explain, explained, said
from pipeline.models import (
    Action,
    Analysis,
    Decision,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    layout,
)
from pipeline.records import from_json, to_json
from pipeline.redact import redact
from pipeline.rules import Rules

REPORT = """# Overview Report

## Review Panel

| Name | Role | Agency |
|---|---|---|
| Colin Abara | Detective Inspector | Metropolitan Police Service |

## 1. Facts

1.1 Zofia Brandt told Southwark Council on 3 May 2018 that her NHS number is 943 476 5919 (MARAC, Nigeria).

1.2 Zofia took Sertraline under the Care Act 2014. Stark (2007) describes it in research by Stark (2007).

1.3 The Multi Agency Gold Board (MAGB) met at Qwentish once. MAGB agreed. She was in Peckham.
"""


@pytest.fixture(scope="module")
def case(rules: Rules) -> tuple[tuple[Document, ...], Analysis]:
    return analysed(rules, REPORT, people=["Zofia Brandt", "Colin Abara", "Zofia"])


def _told(analysis: Analysis, text: str) -> str:
    identities = {i.key: i for i in analysis.identities}
    found = next(f for f in (*analysis.findings, *analysis.kept) if f.text == text)
    return explain(found, identities.get(found.identity))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Zofia Brandt",
            "Goes, unless a reviewer decides otherwise: a person who is not on the Review Panel. Found by: Rampart "
            "model: given name; Rampart model: surname; spaCy model: person.",
        ),
        ("3 May 2018", "Goes: an exact date becomes month and year. Found by: rule: date."),
        ("943 476 5919", "Goes: NHS number, check digit right. Found by: rule: NHS number."),
        ("Southwark Council", "Stays: on a list of names that stay. Found by: list: statutory agencies."),
        ("MARAC", "Stays: on a list of names that stay. Found by: list: tools and abbreviations."),
        ("Nigeria", "Stays: on a list of names that stay. Found by: list: countries."),
        ("Sertraline", "Stays: on a list of names that stay. Found by: list: medicines."),
        (
            "Care Act 2014",
            "Stays: an Act, Bill or other instrument. Found by: form: named as Acts and other instruments are.",
        ),
        (
            "MAGB",
            "Stays: an abbreviation that the report explains. "
            "Found by: abbreviation: the report says what it stands for.",
        ),
        ("Peckham", "Goes: a place smaller than a borough. Found by: list: localities."),
        (
            "Qwentish",
            "Goes, unless a reviewer decides otherwise: a name that nothing explains. "
            "Found by: sweep: neither ordinary English nor on any list.",
        ),
    ],
)  # fmt: skip
def test_what_it_is_and_what_found_it(case: tuple[tuple[Document, ...], Analysis], text: str, sentence: str) -> None:
    assert _told(case[1], text) == sentence


def test_a_member_of_the_panel_stays_because_of_the_protocol(case: tuple[tuple[Document, ...], Analysis]) -> None:
    assert "Stays" in _told(case[1], "Colin Abara")
    assert "Review Panel (§4.28)" in _told(case[1], "Colin Abara")


def test_every_finding_has_a_reason_and_words_for_each_source(case: tuple[tuple[Document, ...], Analysis]) -> None:
    identities = {i.key: i for i in case[1].identities}
    for finding in (*case[1].findings, *case[1].kept):
        told = explained(finding, identities.get(finding.identity))
        assert told.reason, finding
        assert told.found_by, finding
        assert not any("_" in words for words in told.found_by), finding


def test_what_stays_lies_beside_what_may_go_and_never_on_it(case: tuple[tuple[Document, ...], Analysis]) -> None:
    text, kept = layout(case[0][0]).text, case[1].kept
    spans = sorted((f.start, f.end) for f in (*case[1].findings, *kept))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[f.start : f.end] == f.text and f.action is Action.KEEP and not f.identity for f in kept)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("SPACY_PERSON", "spaCy model: person"),
        ("RAMPART_GIVEN_NAME", "Rampart model: given name"),
        ("SPACY_GPE", "spaCy model: country, town or borough"),
        ("rule:NHS number", "rule: NHS number"),
        ("rule:gp_practice", "rule: GP practice"),
        ("list:statutory agencies", "list: statutory agencies"),
        ("propagated", "elsewhere: the same name found in another place of the case"),
        *LAYERS.items(),
    ],
)
def test_each_source_in_words(source: str, words: str) -> None:
    assert said(source) == words


PERSON = Identity(
    "person-1",
    IdentityKind.PERSON,
    "PERSON",
    "Zofia Brandt",
    ("Zofia Brandt",),
    "",
    Action.REDACT,
    "Adult A",
    "why so",
)


def _finding(action: Action | None = None) -> Finding:
    return Finding(DocumentKind.OVERVIEW, 0, 5, "PERSON", "Zofia", "person-1", ("propagated",), action=action)


def test_it_says_who_settled_it() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    decision = Decision("person-1", Action.KEEP, "", "key-7", at)
    told = explained(_finding(), replace(PERSON, proposed=Action.KEEP, needs_decision=False), decision)
    assert (told.action, told.settled_by, told.by, told.at) == (Action.KEEP, "decision", "key-7", at.isoformat())
    assert told.sentence.startswith("Stays, as a reviewer decided. Found by")  # the reason spoke for the other answer
    gone = explained(_finding(), PERSON, replace(decision, action=Action.REDACT))
    assert gone.sentence.startswith("Goes, as a reviewer decided: why so.")
    assert explained(_finding(), PERSON).settled_by == "nobody"
    assert explained(_finding(), replace(PERSON, needs_decision=False)).settled_by == "policy"


def test_a_place_that_settles_itself_is_said_to_stay_whatever_its_identity_does() -> None:
    assert explained(_finding(Action.KEEP), PERSON).action is Action.KEEP


def test_json_lists_every_finding_with_its_place_and_its_reason(case: tuple[tuple[Document, ...], Analysis]) -> None:
    documents, analysis = case
    decision = Decision(analysis.identities[0].key, Action.REDACT, "", "key-7", datetime(2026, 3, 1, tzinfo=UTC))
    redacted = [redact(d, analysis, ()) for d in documents]
    found = json.loads(as_json(documents, redacted, analysis, [decision]))["findings"]
    assert len(found) == len(analysis.findings) + len(analysis.kept)
    assert [f["start"] for f in found] == sorted(f["start"] for f in found)
    by_text = {f["text"]: f for f in found}
    assert by_text["Southwark Council"]["action"] == "keep"
    assert by_text["Southwark Council"]["identity"] is None
    assert by_text["Southwark Council"]["place"] == "1.1"
    assert by_text["Southwark Council"]["found_by"] == ["list: statutory agencies"]
    assert by_text["943 476 5919"]["settled_by"] == "policy"
    decided = [f for f in found if f["identity"] == decision.identity]
    assert {(f["settled_by"], f["decided_by"]) for f in decided} == {("decision", "key-7")}
    assert all(f["explanation"].startswith(("Stays", "Goes")) for f in found)


def test_the_page_and_the_terminal_say_why(case: tuple[tuple[Document, ...], Analysis]) -> None:
    documents, analysis = case
    redacted = [redact(d, analysis, ()) for d in documents]
    page = as_html(documents, redacted, analysis)
    assert "Goes: NHS number, check digit right. Found by: rule: NHS number." in page
    assert "<h2>What stays by rule" in page
    assert "Stays: on a list of names that stay. Found by: list: statutory agencies." in page
    assert "a name that nothing explains. Found by: sweep" in as_terminal(documents, redacted, analysis)


def test_what_stays_is_stored_with_the_analysis(case: tuple[tuple[Document, ...], Analysis]) -> None:
    stored = json.loads(json.dumps(to_json(case[1])))
    assert from_json(Analysis, stored) == case[1]
    del stored["kept"]
    assert from_json(Analysis, stored).kept == (), "an analysis that was stored before there was such a list"
