"""Warnings in a case: open until somebody accepts them with a reason or what they are about is gone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import office as world
import pytest
from click.testing import CliRunner
from office import PASSPHRASE, REFERENCE, Office

from pipeline import accept, cli, errors, gate, preview, run
from pipeline import case as casework
from pipeline.models import Action
from pipeline.vault import cases, people, schema, store
from pipeline.verify import find_forms, find_in_tree

TELLING = (
    " She was a 37-year-old Nigerian woman and a bell-ringer."  # after "Tamsin Arkwright lived with Dexter Pell."
)
REASON = "The family has read this paragraph and wants it kept."


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = world.make(tmp_path, monkeypatch)
    made.take_in(kinds=("overview",))
    made.take_in(kinds=("summary",), extra=TELLING)
    run.anonymise(made.session("Olive"), REFERENCE)
    made.decide_all()
    return made


def the_warning(office: Office) -> str:
    (warning,) = run.open_warnings(office.vault, REFERENCE)
    return warning.key


def take(office: Office, text: str, by: str = "Olive") -> None:
    path = office.file("decisions.yml", text)
    answers, accepted = run.read_decisions(office.vault, REFERENCE, path)
    run.take_decisions(office.session(by), REFERENCE, answers, accepted)


def accepts(office: Office, reason: str = REASON) -> str:
    return f"warnings:\n  - {{warning: {the_warning(office)}, reason: {json.dumps(reason)}}}\n"


def blocking(office: Office) -> list[str]:
    (state,) = run.status(office.workspace, office.vault, REFERENCE)
    return [found.code for found in gate.blockers(state, office.clock)]


def test_nobody_approves_while_a_warning_is_open(office: Office) -> None:
    assert blocking(office) == ["warnings-open"]
    with pytest.raises(errors.Blocked) as refused:
        run.propose(office.vault, REFERENCE, "Chandra")
    assert [found.code for found in refused.value.blockers] == ["warnings-open"]  # type: ignore[attr-defined]
    take(office, accepts(office))
    assert "warnings-open" not in blocking(office)
    office.approve("Chandra")
    office.approve("Rhys")
    run.seal(office.session("Olive"), REFERENCE)


def test_an_acceptance_is_kept_with_who_when_and_why_and_proved_by_the_log(office: Office) -> None:
    key = the_warning(office)
    take(office, accepts(office))
    (kept,) = cases.acceptances(office.vault, world.SLUG)
    officer = dict(people.users(office.vault))["Olive"].key_id
    assert (kept.warning, kept.reason, kept.by, kept.at) == (key, REASON, officer, office.clock)
    assert "warnings accepted" in [event.kind for event in casework.load(office.vault, REFERENCE).events]
    run.verify_audit(office.vault)


def test_acceptances_are_append_only(office: Office) -> None:
    from sqlcipher3 import dbapi2

    take(office, accepts(office))
    for change in ("UPDATE acceptances SET acceptance = 'x'", "DELETE FROM acceptances"):
        with pytest.raises(dbapi2.DatabaseError, match="append-only"):
            office.vault.connection.execute(change)


def test_a_changed_reason_is_noticed(office: Office) -> None:
    take(office, accepts(office))
    for verb in ("UPDATE", "DELETE"):
        office.vault.connection.execute(f"DROP TRIGGER acceptances_keep_{verb}")
    office.vault.connection.execute("UPDATE acceptances SET acceptance = replace(acceptance, 'family', 'council')")
    with pytest.raises(errors.VaultDamaged, match="an accepted warning is not what the log says of it"):
        run.verify_audit(office.vault)


def test_approvers_see_accepted_warnings_with_their_reasons(office: Office) -> None:
    take(office, accepts(office))
    (shown,) = run.accepted_warnings(run.propose(office.vault, REFERENCE, "Chandra"))
    assert shown.accepted == REASON
    assert "bell-ringer" in shown.message


def test_who_accepts_a_warning_has_prepared_the_case(office: Office) -> None:
    take(office, accepts(office), by="Rhys")
    with pytest.raises(errors.NotIndependent):
        run.propose(office.vault, REFERENCE, "Rhys")


def test_accepting_voids_what_was_signed_before(office: Office) -> None:
    key = the_warning(office)
    take(office, accepts(office))
    office.approve("Chandra")
    again = (run.Accepted(key, "The family has asked for other words now."),)
    run.take_decisions(office.session("Olive"), REFERENCE, (), again)
    assert "approval-void" in blocking(office)


def test_a_new_fact_opens_the_warning_again_and_another_change_does_not(office: Office) -> None:
    take(office, accepts(office))
    office.take_in(kinds=("summary",), extra=TELLING + " Nothing else was known.")
    run.anonymise(office.session("Olive"), REFERENCE)
    assert "warnings-open" not in blocking(office)
    office.take_in(kinds=("summary",), extra=TELLING + " She was a widow.")
    run.anonymise(office.session("Olive"), REFERENCE)
    assert blocking(office) == ["warnings-open"]


def test_a_warning_is_resolved_when_its_facts_are_gone(office: Office) -> None:
    office.take_in(kinds=("summary",), extra=" She was 37 years old.")
    run.anonymise(office.session("Olive"), REFERENCE)
    assert run.warnings(office.vault, REFERENCE) == ()


def test_a_decision_makes_and_ends_a_warning_and_one_file_takes_both(office: Office) -> None:
    take(office, accepts(office))
    same = "decisions:\n  - {name: Dexter Pell, action: redact, label: Adult A}\n"
    take(office, same)
    key = the_warning(office)
    apart = "decisions:\n  - {name: Dexter Pell, action: redact, label: Adult B}\n"
    with pytest.raises(errors.DecisionError, match="Warning 1 names a warning that is not in this case"):
        take(office, f"{apart}warnings:\n  - {{warning: {key}, reason: {REASON}}}\n")
    assert the_warning(office) == key, "nothing of the file was stored"
    take(office, apart)
    assert run.open_warnings(office.vault, REFERENCE) == ()


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("ok", "fewer than 3 words"),
        ("", "fewer than 3 words"),
        ("a word " * 100, "more than 300 characters"),
        ("It is about Tamsin Arkwright herself.", "being redacted"),
        ("Agreed with Marjory in a meeting.", "may name somebody"),
        ("Grace agreed to all of it.", "may name somebody"),
        ("Agreed with her cousin in Zanzibar-on-Sea.", "may name somebody"),
        ("Telephone 07700900999 for more.", "may name somebody"),
    ],
)
def test_a_reason_says_something_and_names_nobody(office: Office, reason: str, why: str) -> None:
    with pytest.raises(errors.DecisionError, match="Warning 1") as refused:
        take(office, accepts(office, reason))
    assert why in refused.value.message
    assert "Tamsin" not in str(refused.value)
    assert "Marjory" not in str(refused.value)
    assert len(run.open_warnings(office.vault, REFERENCE)) == 1


@pytest.mark.parametrize(
    "reason",
    [
        "Adult A is described as her family wishes; see 1.1.",
        "The Home Office asked in 2020 that paragraph 12.4 stays.",
        "These facts are in the judge's published remarks already.",
    ],
)
def test_labels_places_in_the_report_and_listed_names_may_stand_in_a_reason(office: Office, reason: str) -> None:
    take(office, accepts(office, reason))
    assert run.open_warnings(office.vault, REFERENCE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "warnings: {}",
        "warnings:\n  - warning-1",
        "warnings:\n  - {warning: warning-1}",
        "warnings:\n  - {warning: warning-1, reason: It is all right., by: me}",
        "warnings:\n  - {warning: warning-1, reason: 12}",
        "warnings:\n  - {warning: warning-1, reason: It is all right.}",
        "warnings: []\nothers: []",
        "[]",
    ],
)
def test_a_list_of_another_shape_is_refused(office: Office, text: str) -> None:
    with pytest.raises(errors.DecisionError):
        take(office, text)


def test_one_entry_a_warning(office: Office) -> None:
    entry = accepts(office)
    with pytest.raises(errors.DecisionError, match="Warning 2 accepts what an earlier entry accepts"):
        take(office, entry + entry.partition("\n")[2])


def test_the_template_leaves_every_reason_open(office: Office) -> None:
    text = accept.template(run.open_warnings(office.vault, REFERENCE))
    assert the_warning(office) in text
    assert "bell-ringer" in text
    with pytest.raises(errors.DecisionError, match="not text"):
        take(office, text)
    assert text.startswith("# Restricted")
    assert accept.template(()) == ""


def test_the_diff_shows_warnings_open_and_accepted(office: Office) -> None:
    key = the_warning(office)
    for form in ("terminal", "html"):
        page = run.diff(office.vault, REFERENCE, form)
        assert key in page
        assert "open" in page.partition("Warnings")[2]
    take(office, accepts(office))
    for form in ("terminal", "html"):
        assert REASON in run.diff(office.vault, REFERENCE, form)
    (told,) = json.loads(run.diff(office.vault, REFERENCE, "json"))["warnings"]
    assert (told["key"], told["code"], told["accepted"]) == (key, "jigsaw", REASON)


def test_nothing_of_a_warning_is_in_a_release(office: Office) -> None:
    key = the_warning(office)
    take(office, accepts(office))
    office.approve("Chandra")
    office.approve("Rhys")
    run.seal(office.session("Olive"), REFERENCE)
    (message,) = (warning.message for warning in run.warnings(office.vault, REFERENCE))
    told = [key, REASON, message]
    assert find_in_tree(office.workspace.releases, told) == ()
    for words in told:
        page = f"<p>{words.replace(' ', ' <i>', 1)}</i></p>".encode()
        assert find_forms({"report.html": page}, told), "it would be found between tags"
        assert find_forms({"search.pf_index": gzip.compress(words.encode())}, told), "and in a compressed file"


def test_a_vault_of_the_version_before_is_brought_up_and_keeps_everything(office: Office) -> None:
    for statement in ("DROP TABLE acceptances", "UPDATE meta SET value = '2' WHERE name = 'schema'"):
        office.vault.connection.execute(statement)
    office.vault.close()
    opened = store.open_vault(office.workspace, PASSPHRASE)
    assert opened.meta("schema") == str(schema.VERSION)
    run.verify_audit(opened)
    assert cases.acceptances(opened, world.SLUG) == ()
    assert len(cases.decisions(opened, world.SLUG)) == 3


def test_a_vault_of_a_later_version_is_not_touched(office: Office) -> None:
    office.vault.connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    office.vault.close()
    with pytest.raises(errors.VaultDamaged, match="another version"):
        store.open_vault(office.workspace, PASSPHRASE)


def test_a_preview_tells_how_many_warnings_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import anonymise, jigsaw, rules

    known = rules.load()

    def analyse(documents: object, facts: object, *_: object) -> object:
        from dataclasses import replace

        found = world.analyse(documents, facts, known)  # type: ignore[arg-type]
        return replace(found, warnings=jigsaw.warnings(documents, facts, found, known.jigsaw))  # type: ignore[arg-type]

    monkeypatch.setattr(anonymise, "load", lambda _: None)
    monkeypatch.setattr(anonymise, "analyse", analyse)
    path = tmp_path / "report.txt"
    told: list[int] = []
    path.write_text(world.TEXTS["summary"] + TELLING)
    preview.run([path], warned=told.append)
    path.write_text("Nothing is told.")
    preview.run([path], warned=told.append)
    assert told == [1]


def test_an_identity_that_is_kept_stands_in_the_warning_by_name(office: Office) -> None:
    kept = (run.Answer("person-01", Action.KEEP),)
    run.take_decisions(office.session("Olive"), REFERENCE, kept)
    (warning,) = run.open_warnings(office.vault, REFERENCE)
    assert warning.message.startswith("About Tamsin Arkwright")


def on_a_terminal(office: Office, monkeypatch: pytest.MonkeyPatch, command: str, by: str, answers: str) -> str:
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    env = {
        "SSP_WORKSPACE": str(office.workspace.root),
        "SSP_PASSPHRASE": PASSPHRASE,
        "SSP_USER": by,
        "SSP_USER_PASSPHRASE": world.passphrase_of(by),
    }
    done = CliRunner().invoke(cli.ssp, [command, REFERENCE], env=env, input=answers)
    assert done.exit_code == 0, done.output
    return done.output


def test_on_a_terminal_each_warning_is_asked_about_until_the_reason_will_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = on_a_terminal(office, monkeypatch, "decide", "Olive", "l\n")
    assert "0 warning(s) accepted; 1 still open." in said
    said = on_a_terminal(office, monkeypatch, "decide", "Olive", f"a\nMarjory knows it.\na\n{REASON}\n")
    assert "bell-ringer" in said
    assert "may name somebody" in said
    assert "1 warning(s) accepted; 0 still open." in said
    shown = on_a_terminal(office, monkeypatch, "approve", "Rhys", "n\n")
    assert "bell-ringer" in shown
    assert f"accepted: {REASON}" in shown


def test_warnings_are_printed_to_fill_in_when_everything_is_decided(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_on_terminal", lambda: False)
    env = {"SSP_WORKSPACE": str(office.workspace.root), "SSP_PASSPHRASE": PASSPHRASE}
    printed = CliRunner().invoke(cli.ssp, ["decide", REFERENCE], env=env).output
    assert f"- warning: {the_warning(office)}" in printed
