"""Opening and creating the vault: one SQLCipher file, nothing readable beside it.

The file's first sixteen bytes are SQLCipher's salt. They hold the cost of the key derivation (four bytes) and twelve
random bytes, so the file can be moved and restored alone. The key is derived from the passphrase with Argon2id and
given to SQLCipher raw. Journals are encrypted by SQLCipher as the file is; temporary tables stay in memory.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipeline.errors import Busy, VaultDamaged, WorkspaceError, WrongPassphrase
from pipeline.vault import schema
from pipeline.vault.keys import STANDARD_COST, KdfCost, check_strength, derive, public_bytes
from pipeline.workspace import Workspace

_HEADER_VERSION = 1
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Vault:
    """An open vault. Not to be shared between threads."""

    workspace: Workspace
    connection: Any

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """All that is written inside is kept together or not at all. Raises Busy, VaultDamaged."""
        with _faults():
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def rows(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query. Raises Busy, VaultDamaged."""
        with _faults():
            return list(self.connection.execute(query, values).fetchall())

    def row(self, query: str, *values: Any) -> Any | None:
        """The first row of a query, or None. Raises Busy, VaultDamaged."""
        with _faults():
            return self.connection.execute(query, values).fetchone()

    def meta(self, name: str) -> str | None:
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return None if found is None else str(found[0])

    def set_meta(self, name: str, value: str) -> None:
        self.connection.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )

    def close(self) -> None:
        self.connection.close()


def create(workspace: Workspace, passphrase: str, cost: KdfCost = STANDARD_COST) -> Vault:
    """A new vault with a new root key. Raises WorkspaceError if one is there, WeakPassphrase."""
    check_strength(passphrase)
    workspace.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(workspace.vault, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise WorkspaceError("This workspace has a vault already.", "Choose another folder.") from None
    salt = bytes((_HEADER_VERSION, cost.memory_power, cost.passes, cost.lanes)) + os.urandom(_SALT_BYTES - 4)
    connection = _connect(workspace.vault, passphrase, salt, cost)
    connection.executescript(schema.statements())
    vault = Vault(workspace, connection)
    root = Ed25519PrivateKey.generate()
    with vault.transaction():
        vault.set_meta("schema", str(schema.VERSION))
        vault.set_meta("workspace_key", public_bytes(root).hex())
        vault.set_meta("root_key", root.private_bytes_raw().hex())
    return vault


def open_vault(workspace: Workspace, passphrase: str) -> Vault:
    """The vault of a workspace. Raises WorkspaceError if there is none, WrongPassphrase, VaultDamaged."""
    try:
        with workspace.vault.open("rb") as file:
            salt = file.read(_SALT_BYTES)
    except FileNotFoundError:
        raise WorkspaceError(
            "There is no vault in this workspace.", "Run `ssp init`, or name another folder."
        ) from None
    cost = KdfCost(*salt[1:4]) if len(salt) == _SALT_BYTES else KdfCost(0, 0, 0)
    if salt[:1] != bytes((_HEADER_VERSION,)) or not cost.sane():
        raise VaultDamaged("The vault's file does not begin as a vault does.", "Restore it from a backup.")
    connection = _connect(workspace.vault, passphrase, salt, cost)
    vault = Vault(workspace, connection)
    try:
        found = vault.meta("schema")
    except VaultDamaged:
        connection.close()
        raise WrongPassphrase(
            "The passphrase does not open the vault.", "Try again; if it is surely right, the file is damaged."
        ) from None
    if found != str(schema.VERSION) and not _upgraded(vault, str(found)):
        connection.close()
        raise VaultDamaged("The vault is of another version.", "Update this program.")
    return vault


def _upgraded(vault: Vault, version: str) -> bool:
    """Whether a vault of an earlier version could be brought to this one."""
    changes = schema.upgrade(version)
    if changes:
        with vault.transaction() as connection:
            if vault.meta("schema") != version:  # another program was quicker
                return vault.meta("schema") == str(schema.VERSION)
            for change in changes:
                connection.execute(change)
            vault.set_meta("schema", str(schema.VERSION))
    return bool(changes)


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    """SQLite's own errors in the words of this program; its messages could quote what is in the vault."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.OperationalError:
        raise Busy("Another program is writing to the vault.", "Try again when it has finished.") from None
    except dbapi2.IntegrityError:
        raise
    except dbapi2.DatabaseError:
        raise VaultDamaged("The vault's file is damaged.", "Restore it from a backup, with vault.head.") from None


def _connect(path: Path, passphrase: str, salt: bytes, cost: KdfCost) -> Any:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None, timeout=30)
    # SQLCipher itself writes to stderr, e.g. on a wrong passphrase; what a user is told is said once, by an error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    key = derive(passphrase, salt, cost)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    for setting in ("temp_store = MEMORY", "secure_delete = ON", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection
