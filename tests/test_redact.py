"""Redaction: decisions become words, offsets stay true, nothing else changes; and what no release may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from detect_pages import document

from pipeline.errors import DecisionError
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
from pipeline.redact import forbidden_forms, redact

KEY = "person-0000000001"


def identity(key: str, name: str, label: str, type_: str = "PERSON", proposed: Action = Action.REDACT) -> Identity:
    kind = IdentityKind.PERSON if type_ == "PERSON" else IdentityKind.VALUE
    return Identity(key, kind, type_, name, (name,), "", proposed, label, "a reason")


def case(
    text: str, marks: dict[str, tuple[str, str]], type_: str = "PERSON", proposed: Action = Action.REDACT
) -> tuple[Document, Analysis]:
    """A document in which every occurrence of each marked text is a finding: text -> (identity's key, label)."""
    made = document(text)
    linear = layout(made).text
    findings = []
    for form, (key, _) in marks.items():
        at = linear.find(form)
        while at >= 0:
            findings.append(Finding(made.kind, at, at + len(form), type_, form, key, ("test",)))
            at = linear.find(form, at + 1)
    identities = {key: identity(key, form, label, type_, proposed) for form, (key, label) in marks.items()}
    findings.sort(key=lambda f: f.start)
    return made, Analysis(tuple(findings), tuple(identities.values()), ())


def decided(action: Action, label: str = "", key: str = KEY) -> Decision:
    return Decision(key, action, label, "key-1", datetime(2026, 1, 1, tzinfo=UTC))


def printed(made: Document, analysis: Analysis, *decisions: Decision) -> str:
    return layout(redact(made, analysis, decisions).document).text.strip()


SPOKEN = [
    ("Adaeze rang.", "Adult A rang."),
    ("Adaeze's sister rang.", "Adult A's sister rang."),
    ("Adaeze’s sister rang.", "Adult A’s sister rang."),
    ("It was Adaeze", "It was Adult A"),
    ("Adaeze, Adaeze and Adaeze.", "Adult A, Adult A and Adult A."),
    ("AdaezeAdaeze", "Adult AAdult A"),
    ("It was a Adaeze that came.", "It was an Adult A that came."),
    ("A Adaeze came.", "An Adult A came."),
    ("It was an Adaeze.", "It was an Adult A."),
]


@pytest.mark.parametrize(("text", "after"), SPOKEN, ids=[s[0] for s in SPOKEN])
def test_replacement(text: str, after: str) -> None:
    assert printed(*case(text, {"Adaeze": (KEY, "Adult A")})) == after


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("an Okonjo child", "Person 1", "a Person 1 child"),
        ("An Okonjo child", "Person 1", "A Person 1 child"),
        ("a Okonjo child", "Officer 1", "an Officer 1 child"),
        ("an Okonjo child", "Officer 1", "an Officer 1 child"),
        ("an Okonjo child", "[withheld]", "an [withheld] child"),
        ("no other than Okonjo", "Person 1", "no other than Person 1"),
        ("Jan Okonjo", "Person 1", "Jan Person 1"),
        ("a, Okonjo", "Officer 1", "a, Officer 1"),
    ],
)
def test_articles(text: str, label: str, after: str) -> None:
    assert printed(*case(text, {"Okonjo": (KEY, label)})) == after


def test_many_replacements_of_unlike_length_stand_in_their_places() -> None:
    text = "Bo met Adaeze Okonjo, Bo left; Adaeze Okonjo's Bo. Bo"
    marks = {"Bo": ("person-2", "The Neighbour Downstairs"), "Adaeze Okonjo": (KEY, "X")}
    assert printed(*case(text, marks)) == text.replace("Bo", "The Neighbour Downstairs").replace("Adaeze Okonjo", "X")


def test_every_kind_of_block_keeps_its_form() -> None:
    text = """# Adaeze

1.1 Adaeze rang.[^1]

- Adaeze
1. Adaeze

> Adaeze

| Adaeze | x |
|---|---|
| y | Adaeze |

[^1]: Adaeze.
"""
    made, analysis = case(text, {"Adaeze": (KEY, "Adult A")})
    after = redact(made, analysis, ()).document
    assert layout(after).text == layout(made).text.replace("Adaeze", "Adult A")
    strip = [replace(b, text="", rows=()) for b in made.blocks]
    assert [replace(b, text="", rows=()) for b in after.blocks] == strip
    assert (after.kind, after.source_sha256, after.notices) == (made.kind, made.source_sha256, made.notices)


def test_decisions_overrule_what_is_proposed_and_the_last_one_counts() -> None:
    made, analysis = case("Adaeze rang.", {"Adaeze": (KEY, "Adult A")})
    assert printed(made, analysis, decided(Action.KEEP)) == "Adaeze rang."
    assert printed(made, analysis, decided(Action.REDACT, "The victim")) == "The victim rang."
    assert printed(made, analysis, decided(Action.KEEP), decided(Action.REDACT)) == "Adult A rang."
    assert printed(made, analysis, decided(Action.REDACT, "The victim"), decided(Action.REDACT)) == "The victim rang."
    assert printed(made, analysis, decided(Action.REDACT, "X"), decided(Action.KEEP)) == "Adaeze rang."
    assert printed(made, analysis, decided(Action.KEEP, key="person-of-nobody")) == "Adult A rang."


def test_what_is_proposed_to_stay_can_be_redacted() -> None:
    made, analysis = case("Adaeze rang.", {"Adaeze": (KEY, "Adult A")}, proposed=Action.KEEP)
    assert printed(made, analysis) == "Adaeze rang."
    assert printed(made, analysis, decided(Action.REDACT, "A member")) == "A member rang."


def test_a_places_own_action_and_replacement() -> None:
    made, analysis = case("Price and Price.", {"Price": (KEY, "Adult A")})
    first, second = analysis.findings
    kept = replace(analysis, findings=(replace(first, action=Action.KEEP), second))
    assert printed(made, kept) == "Price and Adult A."
    own = replace(analysis, findings=(replace(first, replacement="in May 2018"), second))
    assert printed(made, own) == "in May 2018 and Adult A."
    assert printed(made, own, decided(Action.REDACT, "Somebody")) == "Somebody and Somebody."


def test_changes_say_what_was_and_what_is() -> None:
    made, analysis = case("It was an Okonjo child. Okonjo left.", {"Okonjo": (KEY, "Person 1")})
    changes = redact(made, analysis, ()).changes
    assert [(c.before, c.after, c.type, c.identity) for c in changes] == [
        ("an Okonjo", "a Person 1", "PERSON", KEY),
        ("Okonjo", "Person 1", "PERSON", KEY),
    ]
    text = layout(made).text
    assert all(text[c.start : c.end] == c.before for c in changes)


def test_pure() -> None:
    made, analysis = case("Adaeze rang.", {"Adaeze": (KEY, "Adult A")})
    before = (layout(made).text, analysis)
    assert redact(made, analysis, ()) == redact(made, analysis, ())
    assert (layout(made).text, analysis) == before


def test_findings_of_another_document_are_left_alone() -> None:
    made, analysis = case("Adaeze rang.", {"Adaeze": (KEY, "Adult A")})
    summary = replace(made, kind=DocumentKind.SUMMARY)
    assert redact(summary, analysis, ()).document == summary


def test_an_analysis_of_another_text_is_refused() -> None:
    made, analysis = case("Adaeze rang.", {"Adaeze": (KEY, "Adult A")})
    beyond = replace(analysis, findings=(replace(analysis.findings[0], start=500, end=506),))
    with pytest.raises(DecisionError) as refusal:
        redact(made, beyond, ())
    assert "Adaeze" not in str(refusal.value)


def forms(text: str, marks: dict[str, tuple[str, str]], *decisions: Decision, type_: str = "PERSON") -> set[str]:
    made, analysis = case(text, marks, type_)
    return set(forbidden_forms([made], analysis, decisions))


def test_forbidden_are_full_names_and_distinctive_single_names() -> None:
    text = "Adaeze Okonjo rang. Okonjo left."
    marks = {"Adaeze Okonjo": (KEY, "Adult A"), "Okonjo left": (KEY, "Adult A")}
    assert {"Adaeze Okonjo", "Adaeze", "Okonjo"} <= forms(text, marks)


def test_forbidden_are_numbers_but_not_dates() -> None:
    assert forms("Ring 07700 900417.", {"07700 900417": (KEY, "[number]")}, type_="PHONE") == {"07700 900417"}
    assert forms("On 3 May 2018.", {"3 May 2018": (KEY, "May 2018")}, type_="DATE") == set()


def test_not_forbidden_is_what_stands_in_kept_text() -> None:
    text = "Hope Okonjo rang. There was hope. Sarah Price asked, and Ms Price wrote."
    marks = {"Hope Okonjo": (KEY, "Adult A")}
    assert forms(text, marks) == {"Hope Okonjo", "Okonjo"}


def test_not_forbidden_is_what_a_reviewer_keeps() -> None:
    marks = {"Adaeze": (KEY, "Adult A"), "Emeka": ("person-2", "Adult B")}
    assert forms("Adaeze and Emeka rang.", marks, decided(Action.KEEP)) == {"Emeka"}
    assert forms("Adaeze and Emeka rang.", marks) == {"Adaeze", "Emeka"}


def test_not_forbidden_is_a_label_that_is_printed() -> None:
    marks = {"Marisol": (KEY, "Adult A"), "Adaeze": ("person-2", "Marisol")}
    assert forms("Marisol and Adaeze rang.", marks) == {"Adaeze"}


def test_forbidden_are_longest_first() -> None:
    made, analysis = case(
        "Adaeze Okonjo and Zeynep rang.", {"Adaeze Okonjo": (KEY, "A"), "Zeynep": ("person-2", "B")}
    )
    listed = forbidden_forms([made], analysis, ())
    assert list(listed) == sorted(listed, key=lambda f: (-len(f), f))
    assert listed[0] == "Adaeze Okonjo"


def test_forbidden_looks_at_all_documents() -> None:
    made, analysis = case("Okonjo rang.", {"Okonjo": (KEY, "Adult A")})
    summary = document("Okonjo is a town.", DocumentKind.SUMMARY)
    assert forbidden_forms([made], analysis, ()) == ("Okonjo",)
    assert forbidden_forms([made, summary], analysis, ()) == ()
