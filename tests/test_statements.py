"""Statements: signed, chained, by the right role, with details that fit, and without names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import office as world
import pytest
from office import REFERENCE, Office, rewrite

from pipeline import errors, release, run, statements
from pipeline.canonical import canonical, digest
from pipeline.models import (
    Action,
    Analysis,
    CaseFacts,
    Document,
    Finding,
    Identity,
    IdentityKind,
    PublicFacts,
    layout,
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch).up_to("sealed")


def facts(office: Office) -> PublicFacts:
    return release.open_releases(office.workspace)[0].facts


def chain(office: Office) -> list[Path]:
    return sorted((office.folder / "statements").iterdir())


def broken_at(office: Office, name: str) -> None:
    with pytest.raises(errors.ReleaseAltered) as refused:
        release.open_releases(office.workspace)
    assert name in str(refused.value)


def test_what_the_chain_says(office: Office) -> None:
    assert facts(office).sequence == 1
    office.clear(conditions=("Correct the date in 4.2.", "Name the third agency."), publish_on=None)
    assert facts(office).open_conditions == ("1. Correct the date in 4.2.", "2. Name the third agency.")
    office.record("condition-met", condition=1)
    office.record("publication-agreed", on=date(2026, 12, 24))
    office.record("family-told", on=date(2026, 11, 2))
    office.record("copies-given")
    office.record("hold", reason="court-proceedings")
    now = facts(office)
    assert now.cleared_on == date(2026, 6, 1)
    assert now.home_office_reference == "HO/2026/17"
    assert now.open_conditions == ("2. Name the third agency.",)
    assert now.publish_on == date(2026, 12, 24)
    assert now.family_told_on == date(2026, 11, 2)
    assert now.held
    office.record("hold-lifted")
    assert not facts(office).held


def test_the_letter_stays_in_the_vault_and_only_its_digest_goes_out(office: Office) -> None:
    office.clear()
    assert office.vault.row("SELECT letter FROM clearances")[0] == b"Dear SSP"  # type: ignore[index]
    assert b"Dear SSP" not in chain(office)[-1].read_bytes()


def test_signers_appear_by_key_and_role_only(office: Office) -> None:
    office.clear()
    statement = json.loads(chain(office)[-1].read_bytes())
    assert statement["key_id"].startswith("key-")
    assert statement["role"] == "comms"
    assert "Connie" not in chain(office)[-1].read_text()


def test_cut_in_the_middle(office: Office) -> None:
    office.clear()
    office.record("family-told")
    chain(office)[1].unlink()
    broken_at(office, "statements/0002.json")


def test_cut_in_the_middle_and_renumbered(office: Office) -> None:
    office.clear()
    office.record("family-told")
    _, second, third = chain(office)
    third.replace(second)
    broken_at(office, "statements/0002.json")


def test_reordered(office: Office) -> None:
    office.clear()
    office.record("family-told")
    _, second, third = chain(office)
    one, other = second.read_bytes(), third.read_bytes()
    second.write_bytes(other)
    third.write_bytes(one)
    broken_at(office, "statements/0002.json")


@pytest.mark.parametrize(
    "change",
    [
        {"details": {"on": "2026-01-01"}},
        {"fact": "hold-lifted"},
        {"version": 0},
        {"role": "chair"},
        {"signature": "00" * 64},
        {"signature": 7},
        {"details": "none"},
        {"sequence": 7},
        {"key_id": "key-unknown"},
    ],
)
def test_forged(office: Office, change: dict[str, Any]) -> None:
    office.clear()
    office.record("family-told")
    rewrite(chain(office)[-1], lambda statement: {**statement, **change})
    broken_at(office, "statements/0003.json")


def test_a_statement_by_a_role_that_may_not_make_it(office: Office) -> None:
    """Signed with a reviewer's real key and put into the release by hand."""
    opened = release.open_all(office.workspace)[0]
    forged = statements.make(
        opened.subject, opened.chain, office.session("Rhys").signer, "family-told", {"on": "2026-11-01"}, office.now()
    )
    (office.folder / "statements" / "0002.json").write_bytes(canonical(forged))
    broken_at(office, "statements/0002.json")


def test_a_statement_of_another_case(office: Office) -> None:
    opened = release.open_all(office.workspace)[0]
    other = statements.Subject(opened.subject.workspace, "ssp-dhr-2000-01", 1, opened.subject.manifest)
    forged = statements.make(other, opened.chain, office.session("Connie").signer, "hold-lifted", {}, office.now())
    (office.folder / "statements" / "0002.json").write_bytes(canonical(forged))
    broken_at(office, "statements/0002.json")


@pytest.mark.parametrize(
    ("fact", "given"),
    [
        ("family-told", {"on": date(2026, 11, 25)}),
        ("family-told", {"on": date(2026, 3, 30)}),
        ("copies-given", {"on": date(2026, 3, 30)}),
        ("family-told", {"reason": "legal-advice"}),
        ("condition-met", {"condition": 3}),
        ("condition-met", {}),
        ("hold", {}),
        ("hold", {"reason": "x" * 301}),
        ("hold", {"reason": "Dexter Pell has appealed"}),
        ("hold-lifted", {}),
        ("publication-agreed", {}),
        ("waiver", {"missing": "appendix", "reason": "joint-document"}),
        ("sealed", {}),
        ("withdrawn", {"reason": "legal-advice"}),
        ("cleared", {}),
        ("nonsense", {}),
    ],
)
def test_what_cannot_be_recorded(office: Office, fact: str, given: dict[str, Any]) -> None:
    by = "Chandra" if fact == "waiver" else "Connie"
    with pytest.raises(errors.StatementRefused) as refused:
        office.record(fact, by=by, **given)
    assert "Pell" not in str(refused.value)
    assert len(chain(office)) == 1


def test_a_free_text_without_names_is_taken_where_the_vault_can_check_it(office: Office) -> None:
    office.record("hold", reason="An appeal is pending.")
    office.record("hold-lifted")
    with pytest.raises(errors.StatementRefused):
        office.record("hold", vault=False, reason="An appeal is pending.")
    office.record("hold", vault=False, reason="legal-advice")


def test_a_free_text_goes_through_the_anonymisation_as_a_report_does(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that no report of the case has is on no list, so that only detection can find it."""

    def analyse(documents: Sequence[Document], facts: CaseFacts, rules: object) -> Analysis:
        (document,) = documents
        at = layout(document).text.find("Chukwudi")
        if at < 0:
            return Analysis((), (), ())
        finding = Finding(document.kind, at, at + 8, "PERSON", "Chukwudi", "k", ("test",))
        who = Identity("k", IdentityKind.PERSON, "PERSON", "Chukwudi", ("Chukwudi",), "", Action.REDACT, "A", "")
        return Analysis((finding,), (who,), ())

    monkeypatch.setattr("pipeline.anonymise.analyse", analyse)
    with pytest.raises(errors.StatementRefused) as refused:
        office.record("hold", reason="Because Chukwudi, her brother, objected")
    assert "Chukwudi" not in str(refused.value)
    with pytest.raises(errors.StatementRefused):
        office.clear(conditions=("Correct 4.2.", "Ask Chukwudi."))
    office.record("hold", reason="Because her brother objected.")


def test_a_reference_that_could_be_a_name_needs_the_vault(office: Office) -> None:
    letter = run.Clearance("OKONJO/2019", date(2026, 6, 1), b"Dear SSP")
    with pytest.raises(errors.StatementRefused):
        run.clear(office.workspace, office.session("Connie").signer, REFERENCE, letter, at=office.now())


def test_conditions_and_references_are_swept(office: Office) -> None:
    with pytest.raises(errors.StatementRefused):
        office.clear(conditions=("Take out Tamsin Arkwright in 4.2.",))
    signer = office.session("Connie").signer
    for reference in ("Pell letter", "Dexter Pell 1"):
        letter = run.Clearance(reference, date(2026, 6, 1), b"Dear SSP")
        for vault in (None, office.vault):
            if vault is None or "Dexter" in reference:
                with pytest.raises(errors.StatementRefused):
                    run.clear(office.workspace, signer, REFERENCE, letter, vault=vault, at=office.now())


def test_a_clearance_from_before_the_report_was_signed_off_is_none(office: Office) -> None:
    signer = office.session("Connie").signer
    for day, fits in ((date(2026, 3, 30), False), (date(2026, 3, 31), True)):
        letter = run.Clearance("HO/1", day, b"Dear SSP")
        if fits:
            run.clear(office.workspace, signer, REFERENCE, letter, at=office.now())
        else:
            with pytest.raises(errors.StatementRefused, match="signed off"):
                run.clear(office.workspace, signer, REFERENCE, letter, at=office.now())
    assert facts(office).cleared_on == date(2026, 3, 31)


def test_a_second_clearance_does_not_settle_open_conditions(office: Office) -> None:
    office.clear(conditions=("Correct the year in 4.2.", "Name the third agency."))
    office.record("condition-met", condition=1)
    with pytest.raises(errors.StatementRefused, match=r"4\.31"):
        office.clear()
    assert facts(office).open_conditions == ("2. Name the third agency.",)
    office.record("condition-met", condition=2)
    office.clear(conditions=("Publish it in Welsh as well.",))
    assert facts(office).open_conditions == ("1. Publish it in Welsh as well.",)


def test_conditions_outlive_a_second_clearance_that_was_put_in_by_hand(office: Office) -> None:
    office.clear(conditions=("Correct the year in 4.2.",))
    opened = release.open_all(office.workspace)[0]
    signer = office.session("Connie").signer
    again = {**opened.chain[-1]["details"], "conditions": []}
    release.append_statement(
        office.workspace,
        opened,
        statements.make(opened.subject, opened.chain, signer, "cleared", again, office.now()),
    )
    assert facts(office).open_conditions == ("1. Correct the year in 4.2.",)


def test_a_withdrawal_bears_the_day_in_london(office: Office) -> None:
    office.clock = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    run.withdraw(office.workspace, office.session("Olive").signer, REFERENCE, "legal-advice", at=office.now())
    assert facts(office).withdrawn_on == date(2027, 7, 1)


def test_time_does_not_go_back_in_a_chain(office: Office) -> None:
    office.clear()
    before = json.loads(chain(office)[-1].read_bytes())["at"]
    office.clock -= timedelta(days=3)
    office.record("family-told", on=date(2026, 11, 2))
    assert json.loads(chain(office)[-1].read_bytes())["at"] == before


@pytest.mark.parametrize("at", ["2026-11-01T00:00:00+00:00", "2026-12-01T00:00:00", "soon", 7])
def test_a_statement_with_a_time_that_cannot_be(office: Office, at: object) -> None:
    """Signed with a real key and put into the release by hand."""
    opened = release.open_all(office.workspace)[0]
    signer = office.session("Connie").signer
    made = statements.make(opened.subject, opened.chain, signer, "copies-given", {"on": "2026-11-01"}, office.now())
    forged = signer.sign({name: value for name, value in {**made, "at": at}.items() if name != "signature"})
    (office.folder / "statements" / "0002.json").write_bytes(canonical(forged))
    broken_at(office, "statements/0002.json")


def test_an_empty_letter_is_no_clearance(office: Office) -> None:
    signer = office.session("Connie").signer
    with pytest.raises(errors.StatementRefused):
        run.clear(office.workspace, signer, REFERENCE, run.Clearance("HO/1", date(2026, 6, 1), b""), at=office.now())


@pytest.mark.parametrize("who", ["Rhys", "Chandra"])
def test_who_may_not_clear_or_record(office: Office, who: str) -> None:
    with pytest.raises(errors.NotPermitted):
        office.clear(by=who)
    with pytest.raises(errors.NotPermitted):
        office.record("family-told", by=who)


def test_reviewers_may_not_withdraw(office: Office) -> None:
    with pytest.raises(errors.NotPermitted):
        run.withdraw(office.workspace, office.session("Rhys").signer, REFERENCE, "legal-advice", at=office.now())


def test_nothing_follows_a_withdrawal(office: Office) -> None:
    run.withdraw(office.workspace, office.session("Olive").signer, REFERENCE, "legal-advice", at=office.now())
    with pytest.raises(errors.StatementRefused):
        office.record("family-told")


def test_an_unsealed_case_has_nothing_to_state(office: Office) -> None:
    with pytest.raises(errors.NoSuchCase):
        run.withdraw(office.workspace, office.session("Olive").signer, "SSP/DHR/1999/01", "legal-advice")


def test_two_runs_cannot_take_the_same_number(office: Office) -> None:
    opened = release.open_all(office.workspace)[0]
    signer = office.session("Connie").signer
    statement = statements.make(
        opened.subject, opened.chain, signer, "hold", {"reason": "legal-advice"}, office.now()
    )
    release.append_statement(office.workspace, opened, statement)
    with pytest.raises(errors.ReleaseAltered):
        release.append_statement(office.workspace, opened, statement)


def test_a_clearance_does_not_clear_another_version() -> None:
    subject = statements.Subject("w", "c", 2, "m2")
    told = {"version": 1, "fact": "family-told", "details": {"on": "2026-01-01"}, "at": "2026-01-01T00:00:00+00:00"}
    held = {"version": 1, "fact": "hold", "details": {"reason": "legal-advice"}, "at": "2026-01-01T00:00:00+00:00"}
    now = statements.facts([told, held], subject)
    assert now.family_told_on is None
    assert now.held
    assert now.head == digest(held)
