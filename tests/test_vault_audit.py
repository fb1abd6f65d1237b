"""`ssp audit verify` finds every edit, deletion, reordering and cut, by somebody who has the vault's passphrase."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import office as world
import pytest
from office import Office

from pipeline import errors, run
from pipeline.canonical import canonical, digest
from pipeline.vault import events
from pipeline.vault.schema import APPEND_ONLY


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = world.make(tmp_path, monkeypatch).up_to("cleared")
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            made.vault.connection.execute(f"DROP TRIGGER {table}_keep_{verb}")
    made.vault.connection.execute("PRAGMA foreign_keys = OFF")
    return made


def last(office: Office) -> int:
    return events.head(office.vault)[0]


def edit_event(office: Office) -> None:
    office.vault.connection.execute("UPDATE events SET record = replace(record, 'overview', 'summary')")


def edit_event_and_hash(office: Office) -> None:
    row = office.vault.row("SELECT record FROM events WHERE sequence = 6")
    assert row is not None
    record = json.loads(row[0])
    record["details"] = {}
    office.vault.connection.execute(
        "UPDATE events SET record = ?, hash = ? WHERE sequence = 6", (canonical(record).decode(), digest(record))
    )


def delete_in_the_middle(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM events WHERE sequence = 6")


def delete_and_renumber(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM events WHERE sequence = 6")
    office.vault.connection.execute("UPDATE events SET sequence = sequence - 1 WHERE sequence > 6")


def reorder(office: Office) -> None:
    for change in ("SET sequence = 99 WHERE sequence = 6", "SET sequence = 6 WHERE sequence = 7"):
        office.vault.connection.execute(f"UPDATE events {change}")
    office.vault.connection.execute("UPDATE events SET sequence = 7 WHERE sequence = 99")


def truncate(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM events WHERE sequence = ?", (last(office),))


def truncate_with_skill(office: Office) -> None:
    """Also the rows that the event speaks of, and the head kept in the vault."""
    truncate(office)
    office.vault.connection.execute("DELETE FROM clearances")
    sequence, mark = events.head(office.vault)
    office.vault.set_meta("head", f"{sequence} {mark}")


def truncate_before_the_approvals(office: Office) -> None:
    """And the head kept beside the vault: the signed approvals in the release still know better."""
    row = office.vault.row("SELECT min(event) FROM approvals")
    assert row is not None
    office.vault.connection.execute("DELETE FROM events WHERE sequence >= ?", (row[0],))
    office.vault.connection.execute("DELETE FROM clearances")
    office.vault.connection.execute("DELETE FROM approvals")
    sequence, mark = events.head(office.vault)
    office.vault.set_meta("head", f"{sequence} {mark}")
    events.leave_witness(office.vault)


def empty(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM events")


def edit_decision(office: Office) -> None:
    office.vault.connection.execute("UPDATE decisions SET decision = replace(decision, 'redact', 'keep')")


def drop_decision(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM decisions WHERE id = 1")


def add_decision(office: Office) -> None:
    office.vault.connection.execute(
        "INSERT INTO decisions (slug, decision, event) SELECT slug, decision, event FROM decisions"
    )


def edit_source(office: Office) -> None:
    office.vault.connection.execute("UPDATE sources SET data = x'00'")


def edit_sign_off(office: Office) -> None:
    office.vault.connection.execute("UPDATE sources SET signed_off_by = 'Somebody'")


def edit_document(office: Office) -> None:
    office.vault.connection.execute("UPDATE sources SET document = replace(document, 'killed', 'met')")


def edit_analysis(office: Office) -> None:
    office.vault.connection.execute("UPDATE analyses SET rules_digest = 'other'")


def edit_facts(office: Office) -> None:
    office.vault.connection.execute("UPDATE cases SET facts = '{}'")


def edit_letter(office: Office) -> None:
    office.vault.connection.execute("UPDATE clearances SET letter = x'00'")


def edit_approval(office: Office) -> None:
    office.vault.connection.execute("UPDATE approvals SET approval = replace(approval, '2026', '2025')")


def drop_user(office: Office) -> None:
    office.vault.connection.execute("DELETE FROM users WHERE name = 'Connie'")


def head_beside_gone(office: Office) -> None:
    events.witness_file(office.vault).unlink()


def head_beside_garbled(office: Office) -> None:
    events.witness_file(office.vault).write_text("what?")


TAMPERING: list[Callable[[Office], None]] = [
    edit_event,
    edit_event_and_hash,
    delete_in_the_middle,
    delete_and_renumber,
    reorder,
    truncate,
    truncate_with_skill,
    truncate_before_the_approvals,
    empty,
    edit_decision,
    drop_decision,
    add_decision,
    edit_source,
    edit_sign_off,
    edit_document,
    edit_analysis,
    edit_facts,
    edit_letter,
    edit_approval,
    drop_user,
    head_beside_gone,
    head_beside_garbled,
]


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found(office: Office, tamper: Callable[[Office], None]) -> None:
    tamper(office)
    with pytest.raises(errors.VaultDamaged) as refused:
        run.verify_audit(office.vault)
    assert "Arkwright" not in str(refused.value)


def test_untouched_it_proves_whole(office: Office) -> None:
    assert run.verify_audit(office.vault).events == last(office)


def test_an_old_copy_of_the_vault_put_back_is_found(office: Office, tmp_path: Path) -> None:
    old = office.workspace.vault.read_bytes()
    office.record("family-told")
    office.vault.close()
    office.workspace.vault.write_bytes(old)
    vault = run.open_vault(office.workspace, world.PASSPHRASE)
    with pytest.raises(errors.VaultDamaged):
        run.verify_audit(vault)


def test_a_damaged_log_stops_approval_and_sealing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = world.make(tmp_path, monkeypatch).up_to("approved")
    events.witness_file(office.vault).write_text(f"99 {'0' * 64}\n")
    with pytest.raises(errors.VaultDamaged):
        run.seal(office.session("Olive"), world.REFERENCE)


def test_a_byte_changed_in_the_encrypted_file_is_found(office: Office) -> None:
    office.vault.close()
    data = bytearray(office.workspace.vault.read_bytes())
    data[len(data) - 100] ^= 1
    office.workspace.vault.write_bytes(bytes(data))
    with pytest.raises(errors.VaultDamaged):
        run.verify_audit(run.open_vault(office.workspace, world.PASSPHRASE))
