"""The vault: locked, append-only, and with users whom nobody can invent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import office as world
import pytest
from office import CHEAP, NOW, PASSPHRASE, REFERENCE, Office

from pipeline import errors, pins, run
from pipeline.models import (
    Action,
    Analysis,
    Block,
    BlockKind,
    CaseFacts,
    Decision,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    JigsawWarning,
    Notice,
    PanelMember,
    PublicFacts,
)
from pipeline.passphrases import Passphrases
from pipeline.records import from_json, to_json
from pipeline.vault import people, store
from pipeline.vault.keys import Role, key_id, lock, sign, signature_holds, unlock
from pipeline.workspace import Workspace


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch)


def test_the_wrong_passphrase_opens_nothing(office: Office) -> None:
    with pytest.raises(errors.WrongPassphrase):
        run.open_vault(office.workspace, "four unrelated other words")
    with pytest.raises(errors.WrongPassphrase):
        run.open_vault(office.workspace, "")


def test_the_right_one_opens_a_copy_of_the_file_alone(office: Office, tmp_path: Path) -> None:
    office.take_in()
    office.vault.close()
    copy = Workspace(tmp_path / "restored")
    copy.root.mkdir()
    copy.vault.write_bytes(office.workspace.vault.read_bytes())
    assert run.open_vault(copy, PASSPHRASE).meta("workspace_key")


def test_accents_may_be_typed_in_two_ways(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    run.init(workspace, "caf\u00e9 is a word of mine", cost=CHEAP)
    run.open_vault(workspace, "cafe\u0301 is a word of mine").close()


@pytest.mark.parametrize("passphrase", ["", "short", "aaaaaaaaaaaaaaaa", "           a"])
def test_weak_passphrases(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(errors.WeakPassphrase):
        run.init(Workspace(tmp_path / "w"), passphrase, cost=CHEAP)
    assert not (tmp_path / "w" / "vault.db").exists()


def test_a_user_needs_a_strong_passphrase_too(office: Office) -> None:
    with pytest.raises(errors.WeakPassphrase):
        run.add_user(office.vault, "Sunil", Role.REVIEWER, "short", introducer=office.session("Chandra").signer)
    assert "Sunil" not in [name for name, _ in run.users(office.workspace, office.vault)]


def test_a_workspace_is_made_once(office: Office, tmp_path: Path) -> None:
    with pytest.raises(errors.WorkspaceError):
        run.init(office.workspace, PASSPHRASE, cost=CHEAP)
    publishing = Workspace(tmp_path / "publishing")
    publishing.root.mkdir()
    publishing.pins.write_bytes(office.workspace.pins.read_bytes())
    with pytest.raises(errors.WorkspaceError):
        run.init(publishing, PASSPHRASE, cost=CHEAP)


def test_no_vault_and_no_vault_file(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with pytest.raises(errors.WorkspaceError):
        run.open_vault(workspace, PASSPHRASE)
    workspace.vault.write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(errors.VaultDamaged):
        run.open_vault(workspace, PASSPHRASE)


def test_nothing_readable_lies_on_disk_even_in_the_middle_of_writing(office: Office) -> None:
    office.take_in()
    with office.vault.transaction() as connection:
        connection.execute("UPDATE cases SET facts = facts || ' Tamsin Arkwright'")
        found = {path.name: path.read_bytes() for path in office.workspace.root.iterdir() if path.is_file()}
    assert "vault.db" in found
    for name, data in found.items():
        assert b"Arkwright" not in data, name
        assert b"CREATE TABLE" not in data, name
    assert office.workspace.vault.stat().st_mode & 0o077 == 0


def test_settings_that_keep_names_off_the_disk(office: Office) -> None:
    settings = {"temp_store": 2, "secure_delete": 1, "foreign_keys": 1, "journal_mode": "delete"}
    for name, value in settings.items():
        assert office.vault.row(f"PRAGMA {name}")[0] == value, name  # type: ignore[index]


@pytest.mark.parametrize("table", ["events", "decisions", "approvals", "sources", "clearances"])
def test_what_people_did_is_append_only(office: Office, table: str) -> None:
    from sqlcipher3 import dbapi2

    office.up_to("cleared")
    column = {"events": "hash", "decisions": "decision"}.get(table, "slug")
    for change in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(dbapi2.DatabaseError, match="append-only"):
            office.vault.connection.execute(change)


def test_a_failed_transaction_leaves_nothing(office: Office) -> None:
    before = office.vault.rows("SELECT * FROM meta")

    def fail() -> None:
        with office.vault.transaction():
            office.vault.set_meta("head", "nothing")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert office.vault.rows("SELECT * FROM meta") == before


# Users


def test_the_first_two_users_are_an_officer_and_a_chair(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    run.init(workspace, PASSPHRASE, cost=CHEAP)
    vault = run.open_vault(workspace, PASSPHRASE)

    def add(name: str, role: Role) -> None:
        run.add_user(vault, name, role, world.passphrase_of(name), cost=CHEAP)

    for role in (Role.REVIEWER, Role.COMMS):
        with pytest.raises(errors.NotPermitted):
            add("Rhys", role)
    add("Olive", Role.OFFICER)
    with pytest.raises(errors.NotPermitted):
        add("Second", Role.OFFICER)
    assert not run.needs_introducer(vault)
    add("Chandra", Role.CHAIR)
    assert run.needs_introducer(vault)
    for role in Role:
        with pytest.raises(errors.NotPermitted):
            add("Anybody", role)


def test_the_root_key_is_gone_once_both_founders_are_there(office: Office) -> None:
    assert office.vault.meta("root_key") is None


def test_introductions_are_on_record_and_transitive(office: Office) -> None:
    office.add("Nadir", Role.REVIEWER, by="Rhys")
    found = {name: user.key_id for name, user in run.users(office.workspace, office.vault)}
    trusted = pins.load(office.workspace)
    assert trusted.introducers(found["Nadir"]) == {found["Rhys"], found["Chandra"]}
    assert trusted.introducers(found["Olive"]) == frozenset()


def test_signing_in(office: Office) -> None:
    assert office.session("olive".title()).signer.role is Role.OFFICER
    with pytest.raises(errors.WrongPassphrase):
        run.sign_in(office.vault, "Olive", world.passphrase_of("Rhys"))
    with pytest.raises(errors.NoSuchUser):
        run.sign_in(office.vault, "Nobody", world.passphrase_of("Rhys"))


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x07b", "key-000", "Olive", "OLIVE"])
def test_names_that_users_cannot_have(office: Office, name: str) -> None:
    with pytest.raises(errors.WorkspaceError):
        office.add(name, Role.REVIEWER, by="Chandra")


def test_pins_name_nobody_and_carry_only_the_keys_of_comms(office: Office) -> None:
    text = office.workspace.pins.read_text()
    for name, _ in world.PEOPLE:
        assert name not in text
    comms = [user.key_id for name, user in run.users(office.workspace, office.vault) if user.role is Role.COMMS]
    assert list(json.loads(text)["locked_keys"]) == comms
    assert [name for name, _ in run.users(office.workspace)] == ["", "", "", ""]


def test_a_user_row_changed_in_the_vault_is_noticed(office: Office) -> None:
    row = office.vault.row("SELECT key_id, record FROM users WHERE name = 'Rhys'")
    assert row is not None
    office.vault.connection.execute(
        "UPDATE users SET record = ? WHERE key_id = ?", (row[1].replace("reviewer", "chair"), row[0])
    )
    with pytest.raises(errors.PinsAltered):
        people.pins(office.vault)


# Keys


def test_a_signature_holds_for_its_record_key_and_purpose_only(office: Office) -> None:
    signer = office.session("Olive").signer
    public = signer.private.public_key().public_bytes_raw()
    record = signer.sign({"purpose": "p", "value": 1})
    assert signature_holds(record, public, "p")
    assert not signature_holds(record, public, "q")
    assert not signature_holds({**record, "value": 2}, public, "p")
    assert not signature_holds(record, office.session("Rhys").signer.private.public_key().public_bytes_raw(), "p")
    assert not signature_holds(record, b"short", "p")
    with pytest.raises(ValueError, match="purpose"):
        sign({"value": 1}, signer.private)


def test_a_locked_key_that_was_changed_does_not_open(office: Office) -> None:
    private = office.session("Olive").signer.private
    locked = lock(private, "Olive", PASSPHRASE, CHEAP)
    assert unlock(locked, PASSPHRASE)[0] == "Olive"
    assert "Olive" not in json.dumps(locked)
    for change in (
        {"key_id": key_id(b"x")},
        {"salt": "00" * 16},
        {"memory_power": 30},
        {"box": "zz"},
        {"kdf": "md5"},
    ):
        with pytest.raises(errors.WrongPassphrase):
            unlock({**locked, **change}, PASSPHRASE)


def test_a_signer_does_not_show_name_or_key(office: Office) -> None:
    assert "Olive" not in repr(office.session("Olive").signer)
    assert "private" not in repr(office.session("Olive").signer).lower()


# Models as JSON


MODELS = [
    Document(
        DocumentKind.OVERVIEW,
        (
            Block(BlockKind.HEADING, "Title", level=1, page=1),
            Block(BlockKind.TABLE, rows=(("a", "b"), ("c", "d")), header_rows=1),
        ),
        "f" * 64,
        3,
        (Notice("comments", 2, "Two comments."),),
    ),
    Analysis(
        (Finding(DocumentKind.SUMMARY, 0, 4, "PERSON", "Anna", "person-1", ("x",), 1.0, "", "", Action.KEEP),),
        (Identity("person-1", IdentityKind.PERSON, "PERSON", "Anna", ("Anna",), "", Action.REDACT, "Adult A", "r"),),
        (PanelMember("Imogen Vale", "Chair", "Independent", True),),
        (JigsawWarning("age", DocumentKind.SUMMARY, 0, 4, "Look."),),
    ),
    Decision("person-1", Action.REDACT, "Adult A", "key-1", NOW),
    CaseFacts("SSP/DHR/2019/07", {"Marisol": "the subject"}, (PanelMember("Q. Lowe"),)),
    PublicFacts(cleared_on=date(2026, 1, 2), open_conditions=("1. x",), withdrawn_on=None),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_models_survive_json(model: object) -> None:
    assert from_json(type(model), json.loads(json.dumps(to_json(model)))) == model


@pytest.mark.parametrize("value", [{"kind": "letter", "blocks": []}, {"kind": "overview"}, {"nonsense": 1}, 7])
def test_json_that_is_no_model(value: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(Document, value)
    with pytest.raises(TypeError):
        to_json(object())


# Passphrases


def test_passphrases_come_from_the_environment_or_a_question(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    told = Passphrases({"SSP_PASSPHRASE": "a", "SSP_USER_PASSPHRASE": "b", "SSP_NEW_USER_PASSPHRASE": "c"})
    assert (told.vault(workspace), told.user("Olive"), told.new_user("Olive")) == ("a", "b", "c")
    assert told.vault_if_known(workspace) == "a"
    asked: list[tuple[str, bool]] = []
    asking = Passphrases({}, lambda question, twice: asked.append((question, twice)) or "typed")
    assert asking.vault(workspace, new=True) == asking.new_user("Olive") == asking.user("Olive") == "typed"
    assert [twice for _, twice in asked] == [True, True, False]


def test_no_terminal_and_no_passphrase(tmp_path: Path) -> None:
    silent = Passphrases({})
    with pytest.raises(errors.PassphraseMissing):
        silent.vault(Workspace(tmp_path))
    with pytest.raises(errors.PassphraseMissing):
        silent.user("Olive")
    assert silent.vault_if_known(Workspace(tmp_path)) == ""


def test_the_standard_cost_is_that_of_the_standard() -> None:
    assert (1 << store.STANDARD_COST.memory_power, store.STANDARD_COST.passes, store.STANDARD_COST.lanes) == (
        65536,
        3,
        4,
    )


def test_a_case_is_found_by_reference_or_slug(office: Office) -> None:
    office.take_in()
    for name in (REFERENCE, REFERENCE.lower(), "ssp-dhr-2019-07"):
        assert run.status(office.workspace, office.vault, name)[0].reference == REFERENCE
    with pytest.raises(errors.NoSuchCase):
        run.status(office.workspace, office.vault, "SSP/DHR/2000/01")


def test_two_references_cannot_share_a_page(office: Office) -> None:
    office.take_in(kinds=["overview"])
    path = office.file("summary.docx", world.TEXTS["summary"])
    with pytest.raises(errors.BadReference):
        run.intake(
            office.session("Olive"),
            run.SignedOff(path, "SSP-DHR/2019/07", DocumentKind.SUMMARY, "The Partnership", date(2026, 3, 31)),
        )


def test_two_writers_do_not_lose_anything(office: Office) -> None:
    other = run.open_vault(office.workspace, PASSPHRASE)
    other.connection.execute("PRAGMA busy_timeout = 50")
    with office.vault.transaction(), pytest.raises(errors.Busy), other.transaction():
        pass
    with other.transaction():
        other.set_meta("note", "written")
    assert office.vault.meta("note") == "written"
