"""The stage as a whole: findings lie in their slots, never overlap, and each has an identity that decides it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from detect_pages import analysed, of

from pipeline.models import Action, Analysis, Document, DocumentKind, IdentityKind, layout
from pipeline.redact import redact
from pipeline.rules import Rules

OVERVIEW = """# Overview Report SSP/DHR/2019/02

## Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Helen Ashworth | Independent Chair | None |
| Colin Abara | Head of Housing | Larchwood Tenants Federation |

## The facts

1.1 Adaeze Okonjo, NHS number 999 418 2730, was killed on Thursday 3 May 2018 at Flat 3, 14 Larch Road, Peckham,
SE15 7XZ.

1.2 Larchwood Tenants Federation knew Adaeze. So did Holmcroft Primary School; Holmcroft told nobody. Crime report
3014482/16 says so, and so does the Care Act 2014.

- Mrs Okonjo rang 07700 900417 and wrote to a.person@example.org.

> She told Copper, born 4 June 1990, of the Bargeman Arms.
"""
SUMMARY = "# Executive Summary\n\nMrs Okonjo was killed in May 2018. Adaeze's friend rang 07700 900417.\n"
PEOPLE = ("Helen Ashworth", "Colin Abara", "Adaeze Okonjo")


@pytest.fixture(scope="module")
def made(rules: Rules) -> tuple[tuple[Document, ...], Analysis]:
    return analysed(rules, OVERVIEW, SUMMARY, people=PEOPLE)


def test_what_is_printed(made: tuple[tuple[Document, ...], Analysis]) -> None:
    documents, analysis = made
    overview, summary = (layout(redact(d, analysis, ()).document).text for d in documents)
    assert overview.split("The facts\n\n")[1].split("\n\n") == [
        "1.1 Adult A, NHS number [NHS number], was killed on a Thursday in May 2018 at [address].",
        "1.2 Larchwood Tenants Federation knew Adult A. So did [school]; [school] told nobody. Crime report "
        "[reference number] says so, and so does the Care Act 2014.",
        "- Adult A rang [telephone number] and wrote to [e-mail address].",
        "She told [withheld], born [date of birth], of the [venue].",
        "",
    ]
    assert overview.startswith("Overview Report SSP/DHR/2019/02\n")
    assert "| Colin Abara | Head of Housing | Larchwood Tenants Federation |" in overview
    assert summary.split("\n\n")[1] == "Adult A was killed in May 2018. Adult A's friend rang [telephone number]."


def test_findings_lie_in_slots_in_order_and_apart(made: tuple[tuple[Document, ...], Analysis]) -> None:
    documents, analysis = made
    for document in documents:
        linear = layout(document)
        own = [f for f in analysis.findings if f.document is document.kind]
        assert all(linear.text[f.start : f.end] == f.text for f in own)
        assert all(any(s.start <= f.start and f.end <= s.end for s in linear.slots) for f in own)
        assert all(a.end <= b.start for a, b in pairwise(own))


def test_every_finding_has_an_identity_with_its_form(made: tuple[tuple[Document, ...], Analysis]) -> None:
    _, analysis = made
    for identity in analysis.identities:
        own = [f for f in analysis.findings if f.identity == identity.key]
        assert identity.count == len(own)
        assert set(identity.forms) == {f.text for f in own}
        assert list(identity.forms) == sorted(identity.forms, key=lambda f: (-len(f), f))
    assert {f.identity for f in analysis.findings} == {i.key for i in analysis.identities}


def test_every_finding_says_who_found_it(made: tuple[tuple[Document, ...], Analysis]) -> None:
    assert all(f.sources and all(f.sources) for f in made[1].findings)


def test_what_needs_a_decision(rules: Rules, made: tuple[tuple[Document, ...], Analysis]) -> None:
    kinds = {i.forms[0]: (i.kind, i.needs_decision, i.proposed) for i in made[1].identities}
    assert kinds["999 418 2730"] == (IdentityKind.VALUE, False, Action.REDACT)
    assert kinds["Thursday 3 May 2018"] == (IdentityKind.VALUE, False, Action.REDACT)
    assert kinds["Copper"] == (IdentityKind.UNEXPLAINED, True, Action.REDACT)
    assert kinds["Bargeman Arms"] == (IdentityKind.VALUE, rules.types["ORGSMALL"].decide, Action.REDACT)
    assert kinds["Adaeze Okonjo"] == (IdentityKind.PERSON, True, Action.REDACT)
    assert kinds["Colin Abara"] == (IdentityKind.PERSON, True, Action.KEEP)


def test_one_identity_for_both_documents(made: tuple[tuple[Document, ...], Analysis]) -> None:
    _, analysis = made
    assert {f.document for f in of(analysis, "07700 900417")} == set(DocumentKind)
    assert len({f.identity for f in of(analysis, "07700 900417")}) == 1
    assert len({f.identity for form in ("Adaeze Okonjo", "Adaeze", "Mrs Okonjo") for f in of(analysis, form)}) == 1


def test_the_panel_is_listed(made: tuple[tuple[Document, ...], Analysis]) -> None:
    assert [(m.name, m.chair) for m in made[1].panel] == [("Dr Helen Ashworth", True), ("Colin Abara", False)]


def test_only_the_reviews_own_reference_stays(rules: Rules) -> None:
    _, analysis = analysed(rules, "The review SSP/DHR/2019/02 and the case MTH/2018/0147.")
    assert [f.text for f in analysis.findings] == ["MTH/2018/0147"]


@pytest.mark.parametrize(
    "text", ["Nothing was known.", "# A\n\nIt rained.", "| a | b |\n|---|---|\n| c | d |", "1.1 No."]
)
def test_a_report_that_names_nobody(rules: Rules, text: str) -> None:
    documents, analysis = analysed(rules, text)
    assert analysis.panel == ()
    assert redact(documents[0], analysis, ()).document == documents[0]
