"""Users in the vault: the two founders, everybody introduced after them, and signing in.

The root key signs the first officer and the first chair and is then deleted, so that from there on nobody can be
added without another person's signature, not even by somebody who knows the vault's passphrase.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipeline import pins as pinned
from pipeline.canonical import canonical, digest
from pipeline.errors import NoSuchUser, NotPermitted, WorkspaceError
from pipeline.pins import FOUNDING_ROLES, Pins, UserRecord, fingerprint
from pipeline.vault import events
from pipeline.vault.keys import STANDARD_COST, KdfCost, Role, Signer, key_id, lock, public_bytes, unlock
from pipeline.vault.store import Vault

_LONGEST_NAME = 60


def workspace_fingerprint(vault: Vault) -> str:
    return fingerprint(bytes.fromhex(str(vault.meta("workspace_key"))))


def start(vault: Vault, at: datetime) -> str:
    """Writes the first event and empty pins. Returns the workspace's fingerprint."""
    with vault.transaction():
        events.append(vault, _root_key(vault), "created", "", {"workspace_key": vault.meta("workspace_key")}, at)
    events.leave_witness(vault)
    pinned.save(vault.workspace, pins(vault))
    return workspace_fingerprint(vault)


def add_user(
    vault: Vault,
    name: str,
    role: Role,
    passphrase: str,
    *,
    introducer: Signer | None,
    at: datetime,
    cost: KdfCost = STANDARD_COST,
) -> UserRecord:
    """A new user with a key of their own; writes pins.json.

    The first officer and the first chair are the founders and come first. Everybody else needs an introducer.
    Raises NotPermitted, WorkspaceError for a name that is taken or cannot be one, WeakPassphrase.
    """
    name = _checked_name(vault, name)
    refuse_unintroduced(vault, role, introducer is not None)
    missing = missing_founders(vault)
    private = Ed25519PrivateKey.generate()
    locked = lock(private, name, passphrase, cost)
    owner = key_id(public_bytes(private))
    if missing or introducer is None:
        voucher, introduced_by, actor = _root_key(vault), "", Signer(owner, role, name, private)
    else:
        voucher, introduced_by, actor = introducer.private, introducer.key_id, introducer
    record = pinned.user_record(public_bytes(private), role, introduced_by, voucher, workspace_fingerprint(vault), at)
    with vault.transaction():
        vault.connection.execute(
            "INSERT INTO users SELECT ?, ?, ?, ?, 1 + coalesce(max(position), 0) FROM users",
            (owner, name, canonical(record).decode(), canonical(locked).decode()),
        )
        events.append(vault, actor, "user added", "", {"record": digest(record), "name": name}, at)
        if not missing_founders(vault):
            vault.connection.execute("DELETE FROM meta WHERE name = 'root_key'")
    events.leave_witness(vault)
    found = pins(vault)
    pinned.save(vault.workspace, found)
    return found.users[owner]


def refuse_unintroduced(vault: Vault, role: Role, introduced: bool) -> None:
    """Raises NotPermitted unless the role is a founder's that is still missing, or somebody introduces the user."""
    missing = missing_founders(vault)
    if missing and role not in missing:
        raise NotPermitted(
            f"The first users are one officer and one chair; still missing: {', '.join(missing)}.",
            f"Run `ssp user add NAME --role {missing[0]}` first.",
        )
    if not missing and not introduced:
        raise NotPermitted(
            "A new user needs another person's signature.", "Name yourself with `--as USER` and give your passphrase."
        )


def sign_in(vault: Vault, name: str, passphrase: str) -> Signer:
    """Raises NoSuchUser, WrongPassphrase."""
    row = vault.row("SELECT name, key_id, locked FROM users WHERE name = ? OR key_id = ?", name, name)
    if row is None:
        raise NoSuchUser("There is no user of that name.", "See `ssp user list`.")
    _, private = unlock(json.loads(row[2]), passphrase)
    return Signer(str(row[1]), pins(vault).users[str(row[1])].role, str(row[0]), private)


def users(vault: Vault) -> tuple[tuple[str, UserRecord], ...]:
    """Every user's name and record, in the order of introduction."""
    found = pins(vault)
    rows = vault.rows("SELECT name, key_id FROM users ORDER BY position")
    return tuple((str(name), found.users[str(owner)]) for name, owner in rows)


def pins(vault: Vault) -> Pins:
    """The pins as the vault has them, proved from the root key. Raises PinsAltered."""
    rows = vault.rows("SELECT record, locked FROM users ORDER BY position")
    records: list[dict[str, Any]] = [json.loads(record) for record, _ in rows]
    locked = {
        record["key_id"]: json.loads(box)
        for record, (_, box) in zip(records, rows, strict=True)
        if record["role"] == Role.COMMS
    }
    return pinned.verified(str(vault.meta("workspace_key")), records, locked)


def missing_founders(vault: Vault) -> tuple[Role, ...]:
    present = {user.role for user in pins(vault).users.values() if not user.introduced_by}
    return tuple(role for role in FOUNDING_ROLES if role not in present)


def _root_key(vault: Vault) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(str(vault.meta("root_key"))))


def _checked_name(vault: Vault, name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or name.startswith("key-"):
        raise WorkspaceError("That cannot be a user's name.", f"Give one of 1 to {_LONGEST_NAME} letters.")
    if vault.row("SELECT 1 FROM users WHERE name = ?", name):
        raise WorkspaceError("There is a user of that name already.", "Choose another name.")
    return name
