"""The public keys that a machine trusts: `pins.json`.

The workspace has a root key. It signs the records of the two founders, the first officer and the first chair, and is
then destroyed; every later user's record is signed by the user who introduced them. So the whole file can be proved
from one fingerprint, that of the root key, which `ssp init` prints. No name stands in it: users are key ids and
roles.

The private keys of communications staff are here too, locked by their own passphrases, so that they can withdraw a
report on a machine that has no vault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipeline.atomic import write_atomically
from pipeline.canonical import canonical, parse, sha256
from pipeline.errors import NoSuchUser, PinsAltered, WorkspaceError, WrongPassphrase
from pipeline.vault.keys import Role, Signer, key_id, sign, signature_holds, unlock
from pipeline.workspace import Workspace

USER_PURPOSE = "ssp-user-v1"
FOUNDING_ROLES = (Role.OFFICER, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user as the public zone knows them. `introduced_by` is a key id, or "" for a founder."""

    key_id: str
    public_key: str
    role: Role
    introduced_by: str
    signed: Mapping[str, Any]  # the record as signed

    @property
    def public_bytes(self) -> bytes:
        return bytes.fromhex(self.public_key)


@dataclass(frozen=True, slots=True)
class Pins:
    """Verified pins. `users` is in the order of introduction; `locked` holds locked keys by key id."""

    workspace_key: str
    users: Mapping[str, UserRecord]
    locked: Mapping[str, Mapping[str, Any]]

    @property
    def fingerprint(self) -> str:
        return fingerprint(bytes.fromhex(self.workspace_key))

    def introducers(self, of: str) -> frozenset[str]:
        """Everybody through whom a user's introduction passes, up to a founder (not the user)."""
        passed: set[str] = set()
        at = self.users[of].introduced_by
        while at:
            passed.add(at)
            at = self.users[at].introduced_by
        return frozenset(passed)


def fingerprint(workspace_key: bytes) -> str:
    """What stands for the workspace in everything that is signed: SHA-256 of its root public key."""
    return sha256(workspace_key)


def readable(mark: str) -> str:
    """A fingerprint in groups of four, for comparing aloud."""
    return " ".join(mark[i : i + 4] for i in range(0, len(mark), 4))


def user_record(
    public_key: bytes, role: Role, introduced_by: str, key: Ed25519PrivateKey, workspace: str, at: datetime
) -> dict[str, Any]:
    """A user's record signed by `key`: the introducer's, or the workspace's root key for a founder."""
    record = {
        "purpose": USER_PURPOSE,
        "workspace": workspace,
        "key_id": key_id(public_key),
        "public_key": public_key.hex(),
        "role": str(role),
        "introduced_by": introduced_by,
        "added_at": at.isoformat(),
    }
    return sign(record, key)


def verified(workspace_key: str, records: Sequence[Mapping[str, Any]], locked: Mapping[str, Any]) -> Pins:
    """Pins, proved record by record from the root key. Raises PinsAltered for anything that does not follow."""
    try:
        root = bytes.fromhex(workspace_key)
        mark = fingerprint(root)
        users: dict[str, UserRecord] = {}
        for record in records:
            user = UserRecord(
                str(record["key_id"]),
                str(record["public_key"]),
                Role(record["role"]),
                str(record["introduced_by"]),
                record,
            )
            voucher = users[user.introduced_by].public_bytes if user.introduced_by else root
            founders = [u.role for u in users.values() if not u.introduced_by]
            founder_fits = bool(user.introduced_by) or (user.role in FOUNDING_ROLES and user.role not in founders)
            if not (
                founder_fits
                and user.key_id not in users
                and user.key_id == key_id(user.public_bytes)
                and record["workspace"] == mark
                and signature_holds(record, voucher, USER_PURPOSE)
            ):
                raise ValueError("a record does not follow")
            users[user.key_id] = user
        if any(owner not in users for owner in locked):
            raise ValueError("a locked key of nobody")
    except (KeyError, ValueError, TypeError):
        raise PinsAltered(
            "pins.json does not prove whole: a user's record was changed, added or taken out.",
            "Copy it again from the machine that holds the vault.",
        ) from None
    return Pins(workspace_key, users, dict(locked))


def load(workspace: Workspace) -> Pins:
    """The pins of a workspace, verified. Raises WorkspaceError if there are none, PinsAltered."""
    try:
        content = parse(workspace.pins.read_bytes())
        schema, key = content["schema"], content["workspace_key"]
        records, locked = content["users"], content["locked_keys"]
        if not isinstance(records, list) or not isinstance(locked, dict):
            raise ValueError("another shape")
    except FileNotFoundError:
        raise WorkspaceError(
            "There is no pins.json in this workspace.", "Run `ssp init`, or copy it from the machine with the vault."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise PinsAltered(
            "pins.json cannot be read.", "Copy it again from the machine that holds the vault."
        ) from None
    if schema != 1:
        raise PinsAltered("pins.json is of a newer version.", "Update this program.")
    return verified(key, records, locked)


def save(workspace: Workspace, pins: Pins) -> None:
    content = {
        "schema": 1,
        "workspace_key": pins.workspace_key,
        "users": [dict(user.signed) for user in pins.users.values()],
        "locked_keys": {owner: dict(box) for owner, box in pins.locked.items()},
    }
    write_atomically(workspace.pins, canonical(content) + b"\n")


def sign_in(pins: Pins, name: str, passphrase: str) -> Signer:
    """Sign in with a locked key that lies in the pins: no vault needed.

    `name` is the user's name or key id. Names are inside the locked keys, so each key is tried.
    Raises NoSuchUser if no locked keys lie here, WrongPassphrase if none opens to that user.
    """
    if not pins.locked:
        raise NoSuchUser(
            "No user's locked key lies on this machine.",
            "Sign in where the vault is, or add a user of the role comms.",
        )
    for owner, box in pins.locked.items():
        try:
            found, private = unlock(box, passphrase)
        except WrongPassphrase:
            continue
        if name in (found, owner) and key_id(private.public_key().public_bytes_raw()) == owner:
            return Signer(owner, pins.users[owner].role, found, private)
    raise WrongPassphrase(
        "The passphrase opens no key of that user on this machine.",
        "Only communications staff can sign without the vault.",
    )
