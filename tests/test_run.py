"""The stages in order, and what each refuses."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import office as world
import pytest
from filelock import FileLock, Timeout
from office import REFERENCE, SLUG, Office

from pipeline import errors, gate, release, run, seen
from pipeline.models import Action, CaseFacts, DocumentKind, PanelMember, Release
from pipeline.vault.keys import Role
from pipeline.workspace import Workspace


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch)


def step(office: Office) -> str:
    return gate.step(run.status(office.workspace, office.vault, REFERENCE)[0], office.clock)


def blocking(office: Office) -> list[str]:
    state = run.status(office.workspace, office.vault, REFERENCE)[0]
    return [found.code for found in gate.blockers(state, office.clock)]


def test_a_case_goes_through_every_step(office: Office) -> None:
    steps = ["taken in", "anonymised", "decided", "approved", "sealed"]
    office.take_in()
    assert (step(office), blocking(office)) == (steps[0], ["not-anonymised"])
    run.anonymise(office.session("Olive"), REFERENCE)
    assert (step(office), blocking(office)) == (steps[1], ["undecided", "unexplained"])
    office.decide_all()
    assert (step(office), blocking(office)) == (steps[2], ["approval-missing", "chair-missing"])
    office.approve("Rhys")
    assert blocking(office) == ["approval-missing", "chair-missing"]
    office.approve("Chandra")
    assert (step(office), blocking(office)) == (steps[3], ["not-sealed"])
    run.seal(office.session("Olive"), REFERENCE)
    assert (step(office), blocking(office)) == (
        steps[4],
        ["not-cleared", "family-not-told", "no-publication-date"],
    )
    office.clear()
    office.record("family-told")
    assert (step(office), blocking(office)) == ("cleared", [])
    assert office.publish().published == (SLUG,)
    assert (step(office), blocking(office)) == ("published", [])


def test_a_sealed_release_holds_no_redacted_form_and_the_workspace_no_name_in_the_clear(office: Office) -> None:
    office.up_to("ready")
    office.publish()
    names = [name.encode() for name in [*world.GOES, "Olive", "Rhys", "Connie", "Chandra"]]
    for path in office.workspace.root.rglob("*"):
        if path.is_file():
            assert not [name for name in names if name in path.read_bytes()], path.name
    assert (office.folder.stat().st_mode & 0o777) == 0o700


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"signed_off_by": " "}, errors.SignOffMissing),
        ({"signed_off_on": date(2026, 11, 25)}, errors.SignOffMissing),
        ({"reference": "../../etc"}, errors.BadReference),
        ({"reference": "no number"}, errors.BadReference),
        ({"path": Path("/nowhere/report.docx")}, errors.UnreadableFile),
    ],
)
def test_intake_refuses(office: Office, change: dict[str, object], refusal: type[errors.SspError]) -> None:
    path = office.file("overview.docx", world.TEXTS["overview"])
    signed = run.SignedOff(path, REFERENCE, DocumentKind.OVERVIEW, "The Partnership", date(2026, 3, 31))
    with pytest.raises(refusal):
        run.intake(office.session("Olive"), dataclasses.replace(signed, **change))  # type: ignore[arg-type]
    assert run.status(office.workspace, office.vault) == ()


def test_the_same_file_is_not_taken_in_twice_in_any_case(office: Office) -> None:
    office.take_in()
    path = office.file("other-name.docx", world.TEXTS["overview"])
    signed = run.SignedOff(path, "SSP/DHR/2020/01", DocumentKind.SUMMARY, "The Partnership", date(2026, 3, 31))
    with pytest.raises(errors.AlreadyTakenIn):
        run.intake(office.session("Olive"), signed)


def test_a_management_review_is_refused_and_nothing_stored(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes, kind: DocumentKind) -> None:
        raise errors.ManagementReview("This is an individual management review.", "They are never published.")

    monkeypatch.setattr("pipeline.extract.read", refuse)
    with pytest.raises(errors.ManagementReview):
        office.take_in()
    assert run.status(office.workspace, office.vault) == ()


@pytest.mark.parametrize("who", ["Chandra", "Rhys", "Connie"])
def test_only_officers_take_in(office: Office, who: str) -> None:
    with pytest.raises(errors.NotPermitted):
        office.take_in(by=who)


def test_decisions_outlive_a_new_analysis(office: Office) -> None:
    office.up_to("decided")
    office.take_in(kinds=["summary"], extra=" It was a Tuesday.")
    assert blocking(office) == ["sources-changed"]
    run.anonymise(office.session("Olive"), REFERENCE)
    assert run.undecided(office.vault, REFERENCE) == ()


def test_changed_rules_reopen_the_case(office: Office) -> None:
    office.up_to("approved")
    office.rules = world.Rules("s" * 64)
    assert blocking(office) == ["rules-changed", "approval-void"]
    with pytest.raises(errors.Blocked):
        run.seal(office.session("Olive"), REFERENCE)


def test_facts_given_before_the_run_are_kept(office: Office) -> None:
    office.take_in()
    facts = CaseFacts(panel=(PanelMember("Quentin Lowe"),))
    run.anonymise(office.session("Olive"), REFERENCE, facts=facts)
    run.anonymise(office.session("Olive"), REFERENCE)
    office.decide_all()
    assert "Quentin Lowe" in run.propose(office.vault, REFERENCE, "Rhys").kept


def test_one_document_needs_a_waiver_which_the_approvers_sign(office: Office) -> None:
    office.take_in(kinds=["overview"])
    run.anonymise(office.session("Olive"), REFERENCE)
    office.decide_all()
    assert blocking(office) == ["document-missing"]
    with pytest.raises(errors.Blocked):
        run.propose(office.vault, REFERENCE, "Rhys")
    office.record("waiver", by="Chandra", missing="summary", reason="joint-document")
    proposal = run.propose(office.vault, REFERENCE, "Rhys")
    assert proposal.manifest["waived"] == "summary"


def test_undecided_findings_stop_approval(office: Office) -> None:
    office.up_to("anonymised")
    with pytest.raises(errors.Blocked) as refused:
        run.propose(office.vault, REFERENCE, "Rhys")
    assert [found.code for found in refused.value.blockers] == ["undecided", "unexplained"]  # type: ignore[attr-defined]


def test_the_preparer_cannot_approve(office: Office) -> None:
    office.up_to("decided")
    with pytest.raises(errors.NotIndependent):
        run.propose(office.vault, REFERENCE, "Olive")


def test_a_reviewer_who_decided_is_a_preparer(office: Office) -> None:
    office.up_to("anonymised")
    office.decide_all(by="Rhys")
    with pytest.raises(errors.NotIndependent):
        run.propose(office.vault, REFERENCE, "Rhys")


def test_whom_the_preparer_introduced_cannot_approve_nor_those_they_introduced(office: Office) -> None:
    office.add("Nadir", Role.REVIEWER, by="Olive")
    office.add("Petra", Role.REVIEWER, by="Nadir")
    office.up_to("decided")
    for name in ("Nadir", "Petra"):
        with pytest.raises(errors.NotIndependent):
            run.propose(office.vault, REFERENCE, name)
    proposal = run.propose(office.vault, REFERENCE, "Rhys")
    with pytest.raises(errors.NotIndependent):
        run.approve(office.session("Petra"), proposal)


def test_comms_cannot_approve(office: Office) -> None:
    office.up_to("decided")
    with pytest.raises(errors.NotPermitted):
        run.propose(office.vault, REFERENCE, "Connie")


def test_nobody_signs_twice(office: Office) -> None:
    office.up_to("decided")
    proposal = run.propose(office.vault, REFERENCE, "Chandra")
    office.approve("Chandra")
    with pytest.raises(errors.AlreadySigned):
        run.propose(office.vault, REFERENCE, "Chandra")
    with pytest.raises(errors.AlreadySigned):
        run.approve(office.session("Chandra"), proposal)


def test_two_reviewers_do_not_make_a_chair(office: Office) -> None:
    office.add("Sunil", Role.REVIEWER, by="Chandra")
    office.up_to("decided")
    office.approve("Rhys")
    office.approve("Sunil")
    assert blocking(office) == ["chair-missing"]
    with pytest.raises(errors.Blocked):
        run.seal(office.session("Olive"), REFERENCE)


@pytest.mark.parametrize("change", ["source", "analysis", "decision"])
def test_a_change_after_signing_voids_the_signatures(office: Office, change: str) -> None:
    office.up_to("approved")
    if change == "source":
        office.take_in(kinds=["summary"], extra=" More.")
    elif change == "analysis":
        run.anonymise(office.session("Olive"), REFERENCE)
    else:
        run.take_decisions(office.session("Olive"), REFERENCE, [run.Answer("person-01", Action.REDACT, "Adult X")])
    expected = (
        ["sources-changed", "approval-void"]
        if change == "source"
        else ["approval-void", "approval-missing", "chair-missing"]
    )
    assert blocking(office) == expected
    with pytest.raises(errors.Blocked):
        run.seal(office.session("Olive"), REFERENCE)


def test_a_change_while_the_approver_looks_is_noticed(office: Office) -> None:
    office.up_to("decided")
    proposal = run.propose(office.vault, REFERENCE, "Rhys")
    run.take_decisions(office.session("Olive"), REFERENCE, [run.Answer("person-01", Action.REDACT, "Adult X")])
    with pytest.raises(errors.ChangedSinceSigning):
        run.approve(office.session("Rhys"), proposal)


def test_sealing_stops_when_rendering_gives_other_bytes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.up_to("approved")

    def other(*args: object, **more: object) -> dict[str, bytes]:
        files = world.render_release(*args, **more)  # type: ignore[arg-type]
        return {**files, "overview.md": files["overview.md"] + b" "}

    monkeypatch.setattr("pipeline.render.render_release", other)
    with pytest.raises(errors.ChangedSinceSigning):
        run.seal(office.session("Olive"), REFERENCE)
    assert not office.workspace.releases.exists()


def test_a_leak_stops_approval_and_says_where_but_not_what(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.up_to("decided")

    def leaky(*args: object, **more: object) -> dict[str, bytes]:
        return {**world.render_release(*args, **more), "notes.md": b"Seen by Dexter Pell."}  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.render.render_release", leaky)
    with pytest.raises(errors.LeakFound) as refused:
        run.propose(office.vault, REFERENCE, "Rhys")
    assert "notes.md" in str(refused.value)
    assert "Pell" not in str(refused.value)


def test_publishing_before_anything_is_sealed_and_before_each_gate(office: Office) -> None:
    with pytest.raises(errors.Blocked):
        office.publish()
    office.up_to("sealed")
    with pytest.raises(errors.Blocked) as refused:
        office.publish()
    assert [b.code for b in refused.value.blockers] == [  # type: ignore[attr-defined]
        "not-cleared",
        "family-not-told",
        "no-publication-date",
    ]
    office.clear(publish_on=date(2026, 12, 1))
    office.record("family-told")
    with pytest.raises(errors.Blocked) as refused:
        office.publish()
    assert [b.code for b in refused.value.blockers] == ["before-publication-date"]  # type: ignore[attr-defined]
    assert office.built == []
    office.clock += timedelta(days=7)
    assert office.publish().published == (SLUG,)


def test_a_hold_takes_a_published_report_off_the_website(office: Office) -> None:
    office.up_to("ready")
    office.publish()
    office.record("hold", reason="court-proceedings")
    done = office.publish()
    assert done.published == ()
    assert [(case, found[0].code) for case, found in done.left_out] == [(SLUG, "held")]
    assert office.built[-1] == ()


def withdraw(office: Office) -> None:
    signer = office.session("Connie").signer
    run.withdraw(office.workspace, signer, REFERENCE, "family-request", at=office.now())


@pytest.mark.parametrize("act", [withdraw, lambda office: office.record("hold", reason="legal-advice")])
def test_a_statement_made_while_the_website_is_built_stops_the_run(
    office: Office, act: Callable[[Office], None]
) -> None:
    office.up_to("ready")
    office.meanwhile.append(lambda: act(office))
    with pytest.raises(errors.Busy):
        office.publish()
    assert office.built == []
    newest = sorted((office.folder / "statements").iterdir())[-1]
    with pytest.raises(errors.Blocked):
        office.publish()
    newest.unlink()
    with pytest.raises(errors.ReleaseAltered, match="shorter"):
        office.publish()


def test_what_was_seen_never_goes_back(office: Office) -> None:
    office.up_to("ready")
    (before,) = release.open_releases(office.workspace)
    office.record("hold", reason="legal-advice")
    mark = run.fingerprint(office.workspace)
    seen.remember(office.workspace, mark, [before], published=[SLUG])
    known = seen.load(office.workspace, mark)[SLUG]
    assert (known.sequence, known.published) == (4, 1)
    assert known.head != before.facts.head


def test_publishing_holds_the_lock_from_reading_the_releases_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.up_to("ready")
    opened = release.open_releases

    def open_releases(workspace: Workspace, **how: bool) -> tuple[Release, ...]:
        with pytest.raises(Timeout):
            FileLock(workspace.public / ".lock").acquire(timeout=0)
        return opened(workspace, **how)

    monkeypatch.setattr(release, "open_releases", open_releases)
    assert office.publish().published == (SLUG,)


@pytest.mark.parametrize("where", ["builds", "target", "targets.json"])
def test_a_lost_record_of_what_was_seen_stops_publishing_where_a_website_was_built(
    office: Office, tmp_path: Path, where: str
) -> None:
    office.up_to("ready")
    target = tmp_path / "web" if where == "target" else None
    if where == "targets.json":
        office.workspace.public.mkdir()
        (office.workspace.public / where).write_text("[]")
    else:
        ((target or office.workspace.public) / "builds" / "abc").mkdir(parents=True)
    office.workspace.seen.unlink()
    with pytest.raises(errors.ReleaseAltered, match="--fingerprint"):
        office.publish(target=target)
    assert not office.workspace.seen.exists()
    assert office.publish(target=target, fingerprint=run.fingerprint(office.workspace)).published == (SLUG,)
    assert office.publish(target=target).published == (SLUG,)


def test_the_fingerprint_is_shown_before_the_first_run_does_anything(office: Office) -> None:
    office.up_to("ready")
    office.workspace.seen.unlink()
    shown: list[tuple[str, int]] = []
    office.meanwhile.append(lambda: shown.append(("built", 0)))
    office.publish(greet=lambda mark: shown.append((mark, len(office.built))))
    assert shown == [(run.fingerprint(office.workspace), 0), ("built", 0)]
    office.publish(greet=lambda mark: pytest.fail("not the first use"))


def test_check_changes_nothing(office: Office) -> None:
    office.up_to("ready")
    before = office.workspace.seen.read_bytes()
    office.publish(check=True)
    assert office.workspace.seen.read_bytes() == before


def test_a_given_fingerprint_has_to_match(office: Office) -> None:
    office.up_to("ready")
    with pytest.raises(errors.PinsAltered):
        office.publish(fingerprint="ab" * 32)
    office.publish(fingerprint=run.fingerprint(office.workspace))


def test_withdrawing_without_the_vault(office: Office) -> None:
    office.up_to("ready")
    office.publish()
    office.vault.close()
    office.workspace.vault.unlink()
    signer = run.sign_in_without_vault(office.workspace, "Connie", world.passphrase_of("Connie"))
    with pytest.raises(errors.StatementRefused):
        run.withdraw(office.workspace, signer, REFERENCE, "Dexter Pell asked for it", at=office.now())
    run.withdraw(office.workspace, signer, REFERENCE, "family-request", at=office.now())
    assert office.purged == [SLUG]
    state = run.status(office.workspace)[0]
    assert gate.step(state, office.clock) == "withdrawn"
    assert office.publish().published == ()
    run.withdraw(office.workspace, signer, REFERENCE, "family-request", at=office.now())
    assert office.purged == [SLUG, SLUG]


def test_only_the_right_user_signs_without_the_vault(office: Office) -> None:
    with pytest.raises(errors.WrongPassphrase):
        run.sign_in_without_vault(office.workspace, "Connie", "not the right words")
    with pytest.raises(errors.WrongPassphrase):
        run.sign_in_without_vault(office.workspace, "Olive", world.passphrase_of("Olive"))
    with pytest.raises(errors.WrongPassphrase):
        run.sign_in_without_vault(office.workspace, "Somebody", world.passphrase_of("Connie"))


def test_a_corrected_version_needs_every_gate_again_and_keeps_the_chain(office: Office) -> None:
    office.up_to("ready")
    office.publish()
    office.take_in(kinds=["summary"], extra=" Corrected.")
    run.anonymise(office.session("Olive"), REFERENCE)
    office.approve("Rhys")
    office.approve("Chandra")
    with pytest.raises(errors.Blocked):
        run.seal(office.session("Olive"), REFERENCE)
    run.withdraw(
        office.workspace,
        office.session("Connie").signer,
        REFERENCE,
        "superseded",
        vault=office.vault,
        at=office.now(),
    )
    run.seal(office.session("Olive"), REFERENCE)
    state = run.status(office.workspace, office.vault, REFERENCE)[0]
    assert state.release is not None
    assert state.release.version == 2
    assert blocking(office) == ["not-cleared", "family-not-told", "no-publication-date"]
    with pytest.raises(errors.Blocked):
        run.propose(office.vault, REFERENCE, "Rhys")


def test_the_audit_holds_after_the_whole_line(office: Office) -> None:
    office.up_to("ready")
    report = run.verify_audit(office.vault)
    assert report.events > 10
    assert report.witnesses == 2 + 4 + 3


def test_posts_and_agencies_of_the_panel_are_redacted_as_the_documents_are(office: Office) -> None:
    office.take_in()
    facts = CaseFacts(panel=(PanelMember("Quentin Lowe", "Head of Zorbleton Centre", "Zorbleton"),))
    run.anonymise(office.session("Olive"), REFERENCE, facts=facts)
    office.decide_all()
    files = run.propose(office.vault, REFERENCE, "Rhys").files
    assert b"Zorbleton" not in files["release.json"]
    assert b"Head of [place] Centre" in files["release.json"]
    assert b"Quentin Lowe" in files["release.json"]
