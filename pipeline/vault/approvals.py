"""Signatures and Home Office letters in the vault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.canonical import canonical, digest, sha256
from pipeline.vault import events
from pipeline.vault.keys import Signer
from pipeline.vault.store import Vault


@dataclass(frozen=True, slots=True)
class StoredApproval:
    """A manifest and one person's signed approval of it."""

    manifest: Mapping[str, Any]
    approval: Mapping[str, Any]


def add_approval(vault: Vault, signer: Signer, slug: str, stored: StoredApproval, at: datetime) -> None:
    with vault.transaction():
        details = {"manifest": digest(stored.manifest), "approval": digest(stored.approval)}
        event = events.append(vault, signer, "approved", slug, details, at)
        vault.connection.execute(
            "INSERT INTO approvals (slug, manifest, approval, event) VALUES (?, ?, ?, ?)",
            (slug, canonical(stored.manifest).decode(), canonical(stored.approval).decode(), event.sequence),
        )
    events.leave_witness(vault)


def approvals(vault: Vault, slug: str) -> tuple[StoredApproval, ...]:
    """Every approval of the case ever given, the void ones too, in order."""
    rows = vault.rows("SELECT manifest, approval FROM approvals WHERE slug = ? ORDER BY id", slug)
    return tuple(StoredApproval(json.loads(manifest), json.loads(approval)) for manifest, approval in rows)


def add_clearance(
    vault: Vault, signer: Signer, slug: str, statement: Mapping[str, Any], letter: bytes, at: datetime
) -> None:
    """Keeps the Home Office's letter; the public statement holds its digest only."""
    with vault.transaction():
        details = {"statement": digest(statement), "letter": sha256(letter)}
        event = events.append(vault, signer, "cleared", slug, details, at)
        vault.connection.execute(
            "INSERT INTO clearances (slug, statement, letter, event) VALUES (?, ?, ?, ?)",
            (slug, canonical(statement).decode(), letter, event.sequence),
        )
    events.leave_witness(vault)


def note(
    vault: Vault, signer: Signer, kind: str, slug: str, details: Mapping[str, Any], at: datetime
) -> events.Event:
    """One event that has no table of its own: sealed, waived, a statement made."""
    with vault.transaction():
        event = events.append(vault, signer, kind, slug, details, at)
    events.leave_witness(vault)
    return event
