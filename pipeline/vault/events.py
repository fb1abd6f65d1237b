"""The event log: what was done, by whom, in order. Each event is signed by its actor and holds the hash of the one
before.

The head (sequence and hash) is also kept outside the chain: in the vault, beside it (`vault.head`), in every signed
manifest, approval and statement. Cutting the log's end therefore shows too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipeline.atomic import write_atomically
from pipeline.canonical import canonical, digest
from pipeline.vault.keys import Signer, sign
from pipeline.vault.store import Vault

EVENT_PURPOSE = "ssp-event-v1"
START = "0" * 64
ROOT = "workspace"  # the actor of the first event, which the root key signs

# Events after which what was signed before is no longer what would be published.
CONTENT = ("taken in", "anonymised", "decided", "warnings accepted", "waived")
# Whoever did one of these prepared the case, and so may not approve it (§4.26, §4.28).
PREPARING = ("taken in", "anonymised", "decided", "warnings accepted")


@dataclass(frozen=True, slots=True)
class Event:
    sequence: int
    at: datetime
    actor: str
    kind: str
    case: str
    details: Mapping[str, Any]
    hash: str


def append(
    vault: Vault, signer: Signer | Ed25519PrivateKey, kind: str, case: str, details: Mapping[str, Any], at: datetime
) -> Event:
    """Adds an event. Call it inside a transaction, together with what the event is about."""
    sequence, previous = head(vault)
    record = {
        "purpose": EVENT_PURPOSE,
        "sequence": sequence + 1,
        "previous": previous,
        "at": at.isoformat(),
        "actor": signer.key_id if isinstance(signer, Signer) else ROOT,
        "kind": kind,
        "case": case,
        "details": dict(details),
    }
    signed = signer.sign(record) if isinstance(signer, Signer) else sign(record, signer)
    mark = digest(signed)
    vault.connection.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?)", (sequence + 1, case, canonical(signed).decode(), mark)
    )
    vault.set_meta("head", f"{sequence + 1} {mark}")
    return as_event(signed, mark)


def as_event(record: Mapping[str, Any], mark: str) -> Event:
    return Event(
        int(record["sequence"]),
        datetime.fromisoformat(record["at"]),
        str(record["actor"]),
        str(record["kind"]),
        str(record["case"]),
        record["details"],
        mark,
    )


def head(vault: Vault) -> tuple[int, str]:
    """Sequence and hash of the last event; (0, zeros) before the first."""
    found = vault.row("SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1")
    return (0, START) if found is None else (int(found[0]), str(found[1]))


def of_case(vault: Vault, case: str) -> tuple[Event, ...]:
    rows = vault.rows("SELECT record, hash FROM events WHERE slug = ? ORDER BY sequence", case)
    return tuple(as_event(json.loads(record), mark) for record, mark in rows)


def witness_file(vault: Vault) -> Path:
    return vault.workspace.root / "vault.head"


def leave_witness(vault: Vault) -> None:
    """Writes the log's head beside the vault. Call it after the transaction, so that it is never ahead of the log."""
    sequence, mark = head(vault)
    write_atomically(witness_file(vault), f"{sequence} {mark}\n".encode())
