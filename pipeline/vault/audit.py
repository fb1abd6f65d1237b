"""Proving the vault whole: the chain of events, its ends kept elsewhere, and every row that an event speaks of.

A changed, removed, added or reordered event, a log that was cut, and a row that is not what its event says are all
found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pipeline.canonical import digest, sha256
from pipeline.errors import VaultDamaged
from pipeline.vault import events, people
from pipeline.vault.keys import signature_holds
from pipeline.vault.store import Vault


@dataclass(frozen=True, slots=True)
class AuditReport:
    events: int
    head: str
    witnesses: int  # how many heads kept elsewhere were found in the log


def verify(vault: Vault, witnesses: Iterable[tuple[int, str]] = ()) -> AuditReport:
    """Raises VaultDamaged naming the first place that does not hold.

    witnesses   heads (sequence, hash) that signed manifests, approvals and statements hold
    """
    if vault.rows("PRAGMA cipher_integrity_check"):
        _damaged("a page of the file was changed")
    log = _chain(vault)
    hashes = {event.sequence: event.hash for event in log}
    marks = [*_kept_heads(vault), *witnesses]
    for sequence, mark in marks:
        if hashes.get(sequence) != mark:
            _damaged(
                f"event {sequence}, which was on record elsewhere, is missing or another: the log was cut or replaced"
            )
    _rows(vault, log)
    return AuditReport(len(log), log[-1].hash, len(marks))


def _chain(vault: Vault) -> tuple[events.Event, ...]:
    keys = {owner: user.public_bytes for owner, user in people.pins(vault).users.items()}
    keys[events.ROOT] = bytes.fromhex(str(vault.meta("workspace_key")))
    previous, log = events.START, []
    for expected, (sequence, slug, text, mark) in enumerate(
        vault.rows("SELECT sequence, slug, record, hash FROM events ORDER BY sequence"), start=1
    ):
        record = json.loads(text)
        holds = (
            sequence == expected == record["sequence"]
            and record["case"] == slug
            and record["previous"] == previous
            and digest(record) == mark
            and signature_holds(record, keys.get(record["actor"], b""), events.EVENT_PURPOSE)
            and (record["actor"] == events.ROOT) == (expected == 1)
        )
        if not holds:
            _damaged(f"event {expected} was changed, moved or taken out")
        log.append(events.as_event(record, mark))
        previous = mark
    if not log:
        _damaged("the log is empty")
    return tuple(log)


def _kept_heads(vault: Vault) -> list[tuple[int, str]]:
    """The head in the vault, which must be the last event, and the one beside it, which may lag behind."""
    sequence, mark = events.head(vault)
    if vault.meta("head") != f"{sequence} {mark}":
        _damaged("the log does not end where the vault says it does")
    heads = [(sequence, mark)]
    try:
        beside = events.witness_file(vault).read_text().split()
    except FileNotFoundError:
        _damaged("vault.head, which lies beside the vault, is missing")
    if len(beside) != 2 or not beside[0].isdigit():
        _damaged("vault.head, which lies beside the vault, cannot be read")
    return [*heads, (int(beside[0]), beside[1])]


def _rows(vault: Vault, log: tuple[events.Event, ...]) -> None:
    """Every row is what its event says, and every event that wrote rows still has them."""
    by_kind: dict[str, list[events.Event]] = {}
    for event in log:
        by_kind.setdefault(event.kind, []).append(event)
    sources = {
        row[0]: {"sha256": sha256(row[1]), "document": sha256(row[2].encode()), "kind": row[3],
                 "signed_off_by": row[4], "signed_off_on": row[5]}
        for row in vault.rows("SELECT event, data, document, kind, signed_off_by, signed_off_on FROM sources")
    }  # fmt: skip
    _same("a source", by_kind.get("taken in", []), sources)
    approvals = {
        row[0]: {"manifest": sha256(row[1].encode()), "approval": sha256(row[2].encode())}
        for row in vault.rows("SELECT event, manifest, approval FROM approvals")
    }
    _same("an approval", by_kind.get("approved", []), approvals)
    letters = {
        row[0]: {"statement": sha256(row[1].encode()), "letter": sha256(row[2])}
        for row in vault.rows("SELECT event, statement, letter FROM clearances")
    }
    _same("a letter of clearance", by_kind.get("cleared", []), letters)
    decided: dict[int, Any] = {}
    for event, text in vault.rows("SELECT event, decision FROM decisions ORDER BY id"):
        decided.setdefault(event, {"decisions": []})["decisions"].append(sha256(text.encode()))
    _same("a decision", by_kind.get("decided", []), decided)
    accepted: dict[int, Any] = {}
    for event, text in vault.rows("SELECT event, acceptance FROM acceptances ORDER BY id"):
        accepted.setdefault(event, {"acceptances": []})["acceptances"].append(sha256(text.encode()))
    _same("an accepted warning", by_kind.get("warnings accepted", []), accepted)
    latest = {event.case: event for event in by_kind.get("anonymised", [])}
    analyses = {
        row[0]: {"analysis": sha256(row[1].encode()), "facts": sha256(row[2].encode()), "rules": row[3],
                 "sources": json.loads(row[4])}
        for row in vault.rows(
            "SELECT event, analysis, facts, rules_digest, sources FROM analyses JOIN cases USING (slug)"
        )
    }  # fmt: skip
    _same("an analysis", list(latest.values()), analyses)
    records = [digest(dict(user.signed)) for user in people.pins(vault).users.values()]
    if records != [event.details["record"] for event in by_kind.get("user added", [])]:
        _damaged("a user is not the one that was added")


def _same(what: str, told: list[events.Event], found: Mapping[int, Any]) -> None:
    if {event.sequence: dict(event.details) for event in told} != dict(found):
        _damaged(f"{what} is not what the log says of it")


def _damaged(why: str) -> NoReturn:
    raise VaultDamaged(
        f"The vault does not prove whole: {why}.", "Stop, keep this copy, and compare it with the last backup."
    )
