"""What blocks a step: each blocker where it must be, and all of them in the documentation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import gate
from pipeline.gate import BLOCKERS, CaseState
from pipeline.models import DocumentKind, PublicFacts, Release
from pipeline.vault.keys import Role

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
READY = PublicFacts(cleared_on=date(2026, 6, 1), publish_on=TODAY, family_told_on=date(2026, 11, 2), sequence=3)
BOTH = {"documents": [{"kind": "overview"}, {"kind": "summary"}]}
APPROVED = CaseState(
    case="c",
    reference="C/1",
    kinds=frozenset(DocumentKind),
    analysed=True,
    sources_current=True,
    rules_current=True,
    approvals=(Role.CHAIR, Role.REVIEWER),
)


def release(facts: PublicFacts, info: dict[str, object] = BOTH) -> Release:  # type: ignore[assignment]
    return Release("c", 1, {}, "0" * 64, info, facts)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"cleared_on": None}, ["not-cleared"]),
        ({"cleared_on": date(2026, 11, 25)}, ["clearance-ahead"]),
        ({"publish_on": None}, ["no-publication-date"]),
        ({"publish_on": date(2026, 11, 25)}, ["before-publication-date"]),
        ({"family_told_on": None}, ["family-not-told"]),
        ({"family_told_on": date(2026, 11, 25)}, ["family-not-told"]),
        ({"held": True}, ["held"]),
        ({"held": True, "cleared_on": None}, ["held", "not-cleared"]),
        ({"open_conditions": ("1. a", "3. b")}, ["condition-open", "condition-open"]),
        ({"withdrawn_on": TODAY}, ["withdrawn"]),
    ],
)
def test_publication(change: dict[str, object], codes: list[str]) -> None:
    found = gate.publication_blockers(release(replace(READY, **change)), TODAY)  # type: ignore[arg-type]
    assert [blocker.code for blocker in found] == codes


def test_publication_needs_both_documents_or_a_waiver() -> None:
    one = {"documents": [{"kind": "overview"}]}
    found = gate.publication_blockers(release(READY, one), TODAY)  # type: ignore[arg-type]
    assert [(blocker.code, "executive summary" in blocker.message) for blocker in found] == [
        ("document-missing", True)
    ]
    waived = replace(READY, overview_or_summary_waived=True)
    assert gate.publication_blockers(release(waived, one), TODAY) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"analysed": False}, ["not-anonymised"]),
        ({"sources_current": False, "rules_current": False}, ["sources-changed", "rules-changed"]),
        ({"undecided": 3, "unexplained": 2}, ["undecided", "unexplained"]),
        ({"kinds": frozenset({DocumentKind.SUMMARY})}, ["document-missing"]),
        ({"kinds": frozenset({DocumentKind.SUMMARY}), "waived": "summary"}, ["document-missing"]),
        ({"kinds": frozenset({DocumentKind.SUMMARY}), "waived": "overview"}, ["not-sealed"]),
        ({"approvals": ()}, ["approval-missing", "chair-missing"]),
        ({"approvals": (Role.REVIEWER, Role.REVIEWER)}, ["chair-missing"]),
        ({"approvals": (Role.CHAIR,), "void": 1}, ["approval-void", "approval-missing"]),
        ({}, ["not-sealed"]),
        ({"release": release(replace(READY, cleared_on=None))}, ["not-cleared"]),
        ({"release": release(READY)}, []),
    ],
)
def test_each_step(change: dict[str, object], codes: list[str]) -> None:
    found = gate.blockers(replace(APPROVED, **change), NOW)  # type: ignore[arg-type]
    assert [blocker.code for blocker in found] == codes


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"analysed": False}, "taken in"),
        ({"undecided": 1}, "anonymised"),
        ({"approvals": ()}, "decided"),
        ({}, "approved"),
        ({"release": release(replace(READY, cleared_on=None))}, "sealed"),
        ({"release": release(replace(READY, open_conditions=("1. a",)))}, "sealed"),
        ({"release": release(READY)}, "cleared"),
        ({"release": release(READY), "published": True}, "published"),
        ({"release": release(replace(READY, withdrawn_on=TODAY)), "published": True}, "withdrawn"),
    ],
)
def test_the_step_in_words(change: dict[str, object], step: str) -> None:
    assert gate.step(replace(APPROVED, **change), NOW) == step  # type: ignore[arg-type]


def test_a_sealed_release_is_judged_alone_where_there_is_no_vault() -> None:
    state = CaseState("c", "C/1", release=release(replace(READY, held=True)))
    assert [blocker.code for blocker in gate.blockers(state, NOW)] == ["held"]


def test_everything_before_a_step_is_collected() -> None:
    state = replace(APPROVED, rules_current=False, undecided=1, approvals=())
    assert [b.code for b in gate.blockers_before(state, "approved", NOW)] == ["rules-changed", "undecided"]
    assert [b.code for b in gate.blockers_before(state, "sealed", NOW)] == [
        "rules-changed",
        "undecided",
        "approval-missing",
        "chair-missing",
    ]


def test_the_day_is_londons() -> None:
    assert gate.today(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)


def test_every_blocker_is_plain_and_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
    for code, (message, protocol, remedy) in BLOCKERS.items():
        assert message.endswith("."), code
        assert remedy.endswith("."), code
        assert protocol.startswith("§"), code
        assert f"| `{code}` | {protocol} |" in page, code
    documented = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `") and "| §" in line}
    assert documented == set(BLOCKERS)
