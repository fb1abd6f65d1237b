"""A release that is not what was signed stops everything, names the file and changes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import office as world
import pytest
from office import REFERENCE, SLUG, Office, rewrite

from pipeline import errors, release, run
from pipeline.canonical import sha256
from pipeline.vault.keys import Role


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch).up_to("ready")


def refused(office: Office, *names: str) -> None:
    """Publishing stops, the message names the file, and neither the website nor what was seen changes."""
    built, seen = list(office.built), office.workspace.seen.read_bytes()
    with pytest.raises(errors.ReleaseAltered) as found:
        office.publish()
    for name in names:
        assert name in str(found.value)
    assert office.built == built
    assert office.workspace.seen.read_bytes() == seen


def test_an_untouched_release_opens(office: Office) -> None:
    (opened,) = release.open_releases(office.workspace)
    assert opened.case == SLUG
    assert set(opened.files) == {"overview.md", "summary.md", "release.json"}
    assert opened.facts.sequence == 3


@pytest.mark.parametrize("name", ["overview.md", "summary.md", "release.json"])
def test_one_byte_of_a_file(office: Office, name: str) -> None:
    office.publish()
    path = office.folder / "files" / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    refused(office, f"releases/{SLUG}/files/{name}")


def test_one_byte_of_a_file_and_its_hash_in_the_manifest(office: Office) -> None:
    path = office.folder / "files" / "overview.md"
    data = path.read_bytes()[:-1] + b"!"
    path.write_bytes(data)

    def follow(manifest: dict[str, Any]) -> dict[str, Any]:
        manifest["files"]["overview.md"] = {"sha256": sha256(data), "bytes": len(data)}
        return manifest

    rewrite(office.folder / "manifest.json", follow)
    refused(office, "manifest.json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("preparers", []),
        ("version", 2),
        ("case", "ssp-dhr-2019-08"),
        ("workspace", "0" * 64),
        ("waived", "summary"),
        ("log", {"sequence": 1, "hash": "0" * 64}),
        ("schema", 2),
    ],
)
def test_any_field_of_the_manifest(office: Office, field: str, value: object) -> None:
    rewrite(office.folder / "manifest.json", lambda manifest: {**manifest, field: value})
    refused(office, SLUG)


@pytest.mark.parametrize("name", ["files/notes.md", "notes.txt", "statements/0004.json", "files/.hidden"])
def test_a_file_too_many(office: Office, name: str) -> None:
    (office.folder / name).write_text("{}")
    refused(office, name)


@pytest.mark.parametrize(
    "name", ["files/overview.md", "manifest.json", "signatures.json", "statements/0001.json", "statements"]
)
def test_a_file_too_few(office: Office, name: str) -> None:
    path = office.folder / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    refused(office, "releases/")


def test_a_link_in_place_of_a_file(office: Office, tmp_path: Path) -> None:
    path = office.folder / "files" / "overview.md"
    elsewhere = tmp_path / "copy.md"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    refused(office, "files/overview.md")


def test_a_manifest_spelt_otherwise(office: Office) -> None:
    path = office.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=1))
    refused(office, "manifest.json")


def drop_one(signatures: dict[str, Any]) -> dict[str, Any]:
    return {**signatures, "approvals": signatures["approvals"][:1]}


def same_twice(signatures: dict[str, Any]) -> dict[str, Any]:
    return {**signatures, "approvals": [signatures["approvals"][0]] * 2}


def other_role(signatures: dict[str, Any]) -> dict[str, Any]:
    first, second = signatures["approvals"]
    return {**signatures, "approvals": [first, {**second, "role": "chair"}]}


def no_list(signatures: dict[str, Any]) -> dict[str, Any]:
    return {"approvals": "none"}


@pytest.mark.parametrize("change", [drop_one, same_twice, other_role, no_list])
def test_signatures_that_do_not_suffice(office: Office, change: Callable[[Any], Any]) -> None:
    rewrite(office.folder / "signatures.json", change)
    refused(office, SLUG)


def test_a_signature_by_the_preparer_does_not_count(office: Office) -> None:
    """Made with the officer's real key and put into the release by hand."""
    from pipeline.manifest import approve

    manifest = json.loads((office.folder / "manifest.json").read_bytes())
    own = approve(manifest, office.session("Olive").signer, (1, "0" * 64), office.now())
    rewrite(office.folder / "signatures.json", lambda s: {**s, "approvals": [s["approvals"][0], own]})
    refused(office, "manifest.json")


def test_a_signature_by_somebody_whom_the_preparer_introduced_does_not_count(office: Office) -> None:
    from pipeline.manifest import approve

    office.add("Nadir", Role.REVIEWER, by="Olive")
    manifest = json.loads((office.folder / "manifest.json").read_bytes())
    theirs = approve(manifest, office.session("Nadir").signer, (1, "0" * 64), office.now())
    rewrite(office.folder / "signatures.json", lambda s: {**s, "approvals": [s["approvals"][0], theirs]})
    refused(office, "manifest.json")


def test_another_case_in_its_place(office: Office) -> None:
    office.folder.rename(office.workspace.releases / "ssp-dhr-2020-01")
    refused(office, "manifest.json")


def test_a_release_that_was_seen_and_is_gone(office: Office) -> None:
    office.publish()
    shutil.rmtree(office.folder)
    refused(office, SLUG)


def test_a_chain_cut_back_to_before_the_withdrawal(office: Office, tmp_path: Path) -> None:
    office.publish()
    before = tmp_path / "before"
    shutil.copytree(office.folder, before)
    signer = office.session("Connie").signer
    run.withdraw(office.workspace, signer, REFERENCE, "family-request", vault=office.vault, at=office.now())
    shutil.rmtree(office.folder)
    shutil.copytree(before, office.folder)
    refused(office, SLUG, "shorter")


def test_another_chain_of_the_same_length(office: Office, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(office.folder, before)
    office.record("hold", reason="legal-advice")
    shutil.rmtree(office.folder)
    shutil.copytree(before, office.folder)
    seen = office.workspace.seen.read_bytes()
    office.workspace.seen.unlink()
    office.record("copies-given")
    office.workspace.seen.write_bytes(seen)
    refused(office, SLUG, "another chain")


def test_an_old_version_put_back(office: Office, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(office.folder, old)
    office.take_in(kinds=["summary"], extra=" Corrected.")
    run.anonymise(office.session("Olive"), REFERENCE)
    office.approve("Rhys")
    office.approve("Chandra")
    signer = office.session("Connie").signer
    run.withdraw(office.workspace, signer, REFERENCE, "superseded", vault=office.vault, at=office.now())
    run.seal(office.session("Olive"), REFERENCE)
    shutil.rmtree(office.folder)
    shutil.copytree(old, office.folder)
    refused(office, SLUG, "older version")


def test_what_a_stopped_run_left_aside_is_not_read(office: Office) -> None:
    shutil.copytree(office.folder, office.workspace.releases / f".{SLUG}.abc123")
    assert office.publish().published == (SLUG,)


def test_a_run_of_seal_that_died_between_two_versions_is_mended(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.publish()
    office.take_in(kinds=["summary"], extra=" Corrected.")
    run.anonymise(office.session("Olive"), REFERENCE)
    office.approve("Rhys")
    office.approve("Chandra")
    signer = office.session("Connie").signer
    run.withdraw(office.workspace, signer, REFERENCE, "superseded", vault=office.vault, at=office.now())
    rename = Path.rename

    def die(path: Path, target: Path) -> Path:
        if target == office.folder:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die)
        with pytest.raises(KeyboardInterrupt):
            run.seal(office.session("Olive"), REFERENCE)
    assert not office.folder.exists()
    assert [code.code for _, found in office.publish().left_out for code in found] == ["withdrawn"]
    run.seal(office.session("Olive"), REFERENCE)
    (opened,) = release.open_all(office.workspace)
    assert opened.release.version == 2
    assert [s["fact"] for s in opened.chain][-2:] == ["withdrawn", "sealed"]


def test_sealing_goes_on_by_itself_after_a_run_that_died(office: Office) -> None:
    office.folder.rename(office.workspace.releases / f".{SLUG}.old.abc123")
    assert release.open_one(office.workspace, SLUG).release.facts.sequence == 3


def test_a_stray_name_among_the_releases(office: Office) -> None:
    (office.workspace.releases / "Notes for Connie").mkdir()
    refused(office, "Notes for Connie")


def test_seen_that_cannot_be_read(office: Office) -> None:
    office.workspace.seen.write_text("{")
    with pytest.raises(errors.ReleaseAltered):
        office.publish()


def test_pins_of_another_workspace(office: Office, tmp_path: Path) -> None:
    from pipeline.workspace import Workspace

    other = Workspace(tmp_path / "other")
    run.init(other, world.PASSPHRASE, at=world.NOW, cost=world.CHEAP)
    office.workspace.pins.write_bytes(other.pins.read_bytes())
    with pytest.raises(errors.PinsAltered):
        office.publish()


@pytest.mark.parametrize("what", ["role", "introduced_by", "drop", "reorder", "key", "json"])
def test_pins_changed(office: Office, what: str) -> None:
    path = office.workspace.pins
    pins = json.loads(path.read_bytes())
    users = pins["users"]
    if what == "role":
        users[3]["role"] = "chair"
    elif what == "introduced_by":
        users[2]["introduced_by"] = ""
    elif what == "drop":
        del users[1]
    elif what == "reorder":
        users.reverse()
    elif what == "key":
        users[0]["public_key"] = users[1]["public_key"]
    path.write_text("{" if what == "json" else json.dumps(pins))
    with pytest.raises(errors.PinsAltered):
        office.publish()


def test_a_machine_without_the_vault_publishes(office: Office, tmp_path: Path) -> None:
    from pipeline.workspace import Workspace

    there = Workspace(tmp_path / "publishing")
    there.root.mkdir()
    shutil.copytree(office.workspace.releases, there.releases)
    shutil.copy(office.workspace.pins, there.pins)
    done = run.publish(there, at=office.clock)
    assert done.first_use
    assert done.published == (SLUG,)
    assert not run.publish(there, at=office.clock).first_use


def test_the_first_run_on_a_machine_may_publish_to_another_folder(office: Office, tmp_path: Path) -> None:
    office.workspace.seen.unlink()
    done = office.publish(target=tmp_path / "web")
    assert done.first_use
    assert not office.publish(target=tmp_path / "web").first_use


def withdraw(office: Office) -> None:
    run.withdraw(office.workspace, office.session("Connie").signer, REFERENCE, "legal-advice", at=office.now())


def test_an_altered_release_is_taken_off_the_website_though_it_cannot_be_put_on_record(office: Office) -> None:
    path = office.folder / "files" / "overview.md"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(errors.ReleaseAltered, match="not on record"):
        withdraw(office)
    assert office.purged == [SLUG]


def test_another_altered_release_does_not_stop_a_withdrawal(office: Office) -> None:
    other = office.workspace.releases / "ssp-dhr-2001-01"
    shutil.copytree(office.folder, other)
    withdraw(office)
    assert office.purged == [SLUG]
    refused(office, "ssp-dhr-2001-01")


def test_a_wrong_reason_purges_nothing(office: Office) -> None:
    with pytest.raises(errors.StatementRefused):
        run.withdraw(office.workspace, office.session("Connie").signer, REFERENCE, "because", at=office.now())
    assert office.purged == []
