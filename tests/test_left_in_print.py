"""Words that stay are no leaks for what can be read into them; a name that was run together with another is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline import anonymise, approval
from pipeline.case import CaseFile
from pipeline.detect.engine import Engine
from pipeline.errors import LeakFound
from pipeline.extract import read_text
from pipeline.left_in_print import words_left_in_print
from pipeline.models import (
    Action,
    Analysis,
    CaseFacts,
    Decision,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    layout,
)
from pipeline.redact import redact
from pipeline.rules import Rules
from pipeline.vault.cases import Source, StoredAnalysis

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def found(text: str, form: str, key: str = "", source: str = "test") -> Finding:
    at = text.index(form)
    return Finding(DocumentKind.OVERVIEW, at, at + len(form), "PERSON" if key else "STAY", form, key, (source,))


def person(key: str, name: str, proposed: Action = Action.REDACT) -> Identity:
    return Identity(key, IdentityKind.PERSON, "PERSON", name, (name,), "", proposed, "Adult A", "a reason")


def case(
    paragraph: str, goes: str, kept: Sequence[tuple[str, str]] = (), member: str = ""
) -> tuple[Document, Analysis]:
    """A report in which one name goes, one may be a member's, and some words stay: (words, source)."""
    document = read_text(f"# Report\n\n{paragraph}\n", DocumentKind.OVERVIEW)
    text = layout(document).text
    findings = [found(text, goes, "person-1")]
    identities = [person("person-1", goes)]
    if member:
        findings.append(found(text, member, "person-2"))
        identities.append(person("person-2", member, Action.KEEP))
    stays = tuple(found(text, words, source=source) for words, source in kept)
    findings.sort(key=lambda f: f.start)
    return document, Analysis(tuple(findings), tuple(identities), (), kept=stays)


def sweep(document: Document, analysis: Analysis, *decisions: Decision) -> None:
    """Looks for what goes in the redacted report, as a proposal for approval does."""
    source = Source(1, document.kind, "0" * 64, document, "The Partnership", date(2026, 1, 1), 1)
    stored = StoredAnalysis(analysis, "0" * 64, (1,))
    about = CaseFile("a-case", "A/CASE", CaseFacts(), (source,), stored, decisions, (), ())
    printed = layout(redact(document, analysis, decisions).document).text
    approval.sweep(about, {"overview.md": printed.encode()})


@pytest.mark.parametrize(
    ("paragraph", "goes", "kept"),
    [
        ("Anjali Pal paid by PayPal.", "Anjali Pal", [("PayPal", "list:products and services")]),
        ("Hope Bay sold it on eBay.", "Hope Bay", [("eBay", "list:products and services")]),
        ("Ida Young rang YoungMinds at once.", "Ida Young", [("YoungMinds", "list:charities and helplines")]),
        ("Ann Coop went to the Co-op.", "Ann Coop", [("Co-op", "list:products and services")]),
        ("Ann Coop worked in a co-op.", "Ann Coop", []),
    ],
)
def test_a_word_that_stays_for_a_reason_does_not_stop_a_case(
    paragraph: str, goes: str, kept: list[tuple[str, str]]
) -> None:
    sweep(*case(paragraph, goes, kept))


def test_the_name_of_a_member_and_of_whom_a_reviewer_keeps_stops_no_case() -> None:
    document, analysis = case("Lee Marlow died. LeeAnne Cole chaired.", "Lee Marlow", member="LeeAnne Cole")
    sweep(document, analysis)
    undecided = replace(analysis, identities=(analysis.identities[0], person("person-2", "LeeAnne Cole")))
    sweep(document, undecided, Decision("person-2", Action.KEEP, "", "key-1", NOW))
    assert "LeeAnne" not in words_left_in_print([document], undecided, (), frozenset())


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        ("SarahOkonjo", []),
        ("sarah_okonjo", []),
        ("#JusticeForSarah", []),
        ("Sa-rah", []),
        ("sa-rah", []),
        ("SarahPayPal", [("PayPal", "list:products and services")]),
        ("OkonjoCare Council", [("OkonjoCare Council", "agency")]),
        ("OkonjoWard, J. (2010)", [("OkonjoWard, J.", "reference")]),
        ("the plan (SarahO)", [("SarahO", "abbreviation")]),
    ],
)
def test_a_run_together_name_that_was_missed_stops_the_release(left: str, kept: list[tuple[str, str]]) -> None:
    others = "PayPal and a co-op of Justice."
    with pytest.raises(LeakFound):
        sweep(*case(f"Sarah Okonjo died. Then {left} was seen. {others}", "Sarah Okonjo", kept))


@pytest.mark.slow
def test_a_report_with_such_words_can_be_approved_and_one_with_a_miss_cannot(rules: Rules, engine: Engine) -> None:
    text = (
        "# Report\n\n1.1 Mrs Anjali Pal was the victim. Her sister was Hope Bay, her friend Ida Young and her "
        "neighbour Ann Coop. Anjali Pal used PayPal and eBay, worked in a co-op, and Ms Young rang YoungMinds. Ms "
        "Coop went to the Co-op.\n"
    )
    document = read_text(text, DocumentKind.OVERVIEW)
    analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
    sweep(document, analysis)
    missed = read_text(text.replace("\n\n", "\n\n1.0 PalAnjali.\n\n", 1), DocumentKind.OVERVIEW)
    ahead = layout(missed).text.index("1.1") - layout(document).text.index("1.1")
    moved = tuple(replace(f, start=f.start + ahead, end=f.end + ahead) for f in analysis.findings)
    with pytest.raises(LeakFound):
        sweep(missed, replace(analysis, findings=moved))
