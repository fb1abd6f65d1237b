"""Cases in the vault: references, signed-off sources, analyses and decisions. Each write comes with its event."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.canonical import canonical, sha256
from pipeline.errors import AlreadyTakenIn, BadReference, NoSuchCase
from pipeline.models import Acceptance, Analysis, CaseFacts, Decision, Document, DocumentKind
from pipeline.records import from_json, to_json
from pipeline.vault import events
from pipeline.vault.keys import Signer
from pipeline.vault.store import Vault

_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z]{2,12}([/-][A-Za-z0-9]{1,12}){1,5}")


@dataclass(frozen=True, slots=True)
class Source:
    """A signed-off report as taken in. `document` is what was read from it."""

    id: int
    kind: DocumentKind
    sha256: str
    document: Document
    signed_off_by: str
    signed_off_on: date
    event: int


@dataclass(frozen=True, slots=True)
class NewSource:
    """What intake hands over: the file's bytes, what was read from it, and the sign-off (§4.28)."""

    kind: DocumentKind
    data: bytes
    document: Document
    signed_off_by: str
    signed_off_on: date


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    analysis: Analysis
    rules_digest: str
    sources: tuple[int, ...]


def slug_of(reference: str) -> str:
    """The folder's and page's name for a reference: "SSP/DHR/2019/02" -> "ssp-dhr-2019-02". Raises BadReference."""
    if not _REFERENCE.fullmatch(reference):
        raise BadReference(
            "That is not a case reference.",
            'Write it as letters and numbers between strokes, e.g. "SSP/DHR/2019/02".',
        )
    return reference.replace("/", "-").lower()


def find_case(vault: Vault, reference: str) -> tuple[str, str]:
    """Slug and reference of a case, given either. Raises NoSuchCase."""
    row = vault.row("SELECT slug, reference FROM cases WHERE slug = ?", reference.strip().replace("/", "-").lower())
    if row is None:
        raise NoSuchCase("There is no case of that reference in the vault.", "See `ssp status` for those there are.")
    return str(row[0]), str(row[1])


def all_cases(vault: Vault) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in vault.rows("SELECT slug FROM cases ORDER BY slug"))


def facts(vault: Vault, slug: str) -> CaseFacts:
    row = vault.row("SELECT facts FROM cases WHERE slug = ?", slug)
    return from_json(CaseFacts, json.loads(row[0])) if row else CaseFacts()


def refuse_repeat(vault: Vault, data: bytes) -> None:
    """Raises AlreadyTakenIn if this very file is what counts as some document of some case now.

    One that was replaced since may come again: it may have been taken in for the wrong case or kind.
    """
    current = (
        "SELECT reference, kind FROM sources JOIN cases USING (slug) "
        "WHERE sha256 = ? AND id IN (SELECT max(id) FROM sources GROUP BY slug, kind)"
    )
    row = vault.row(current, sha256(data))
    if row:
        raise AlreadyTakenIn(
            f"This file has been taken in already: it is the {row[1]} of {row[0]}.",
            "If that is the wrong case or kind, take in the right file there first.",
        )


def add_source(vault: Vault, signer: Signer, reference: str, new: NewSource, at: datetime) -> str:
    """Stores a source; the newest of a kind is the one that counts. Returns the case's slug."""
    slug = slug_of(reference)
    known = vault.row("SELECT reference FROM cases WHERE slug = ?", slug)
    if known and known[0].upper() != reference.upper():
        raise BadReference("Another case has a reference that would share this one's page.", "Check the reference.")
    refuse_repeat(vault, new.data)
    document = canonical(to_json(new.document)).decode()
    with vault.transaction():
        if not known:
            fresh = canonical(to_json(CaseFacts(reference=reference))).decode()
            vault.connection.execute("INSERT INTO cases VALUES (?, ?, ?)", (slug, reference, fresh))
        details = {
            "kind": str(new.kind),
            "sha256": sha256(new.data),
            "document": sha256(document.encode()),
            "signed_off_by": new.signed_off_by,
            "signed_off_on": new.signed_off_on.isoformat(),
        }
        event = events.append(vault, signer, "taken in", slug, details, at)
        vault.connection.execute(
            "INSERT INTO sources (slug, kind, sha256, data, document, signed_off_by, signed_off_on, event) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                slug,
                str(new.kind),
                sha256(new.data),
                new.data,
                document,
                new.signed_off_by,
                new.signed_off_on.isoformat(),
                event.sequence,
            ),
        )
    events.leave_witness(vault)
    return slug


def current_sources(vault: Vault, slug: str) -> tuple[Source, ...]:
    """The newest source of each kind, the overview first."""
    rows = vault.rows(
        "SELECT id, kind, sha256, document, signed_off_by, signed_off_on, event FROM sources "
        "WHERE id IN (SELECT max(id) FROM sources WHERE slug = ? GROUP BY kind) ORDER BY kind",
        slug,
    )
    return tuple(
        Source(
            int(row[0]),
            DocumentKind(row[1]),
            str(row[2]),
            from_json(Document, json.loads(row[3])),
            str(row[4]),
            date.fromisoformat(row[5]),
            int(row[6]),
        )
        for row in rows
    )


def store_analysis(
    vault: Vault, signer: Signer, slug: str, stored: StoredAnalysis, at: datetime, facts_now: CaseFacts
) -> None:
    """Replaces the case's analysis and facts. Decisions stay: they hang on the identities' keys."""
    text = canonical(to_json(stored.analysis)).decode()
    known_facts = canonical(to_json(facts_now)).decode()
    sources = json.dumps(list(stored.sources))
    with vault.transaction():
        details = {
            "analysis": sha256(text.encode()),
            "rules": stored.rules_digest,
            "sources": list(stored.sources),
            "facts": sha256(known_facts.encode()),
        }
        event = events.append(vault, signer, "anonymised", slug, details, at)
        vault.connection.execute("UPDATE cases SET facts = ? WHERE slug = ?", (known_facts, slug))
        vault.connection.execute(
            "INSERT INTO analyses VALUES (?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE SET "
            "analysis = excluded.analysis, rules_digest = excluded.rules_digest, "
            "sources = excluded.sources, event = excluded.event",
            (slug, text, stored.rules_digest, sources, event.sequence),
        )
    events.leave_witness(vault)


def stored_analysis(vault: Vault, slug: str) -> StoredAnalysis | None:
    row = vault.row("SELECT analysis, rules_digest, sources FROM analyses WHERE slug = ?", slug)
    if row is None:
        return None
    return StoredAnalysis(from_json(Analysis, json.loads(row[0])), str(row[1]), tuple(json.loads(row[2])))


def add_decisions(vault: Vault, signer: Signer, slug: str, decisions: Sequence[Decision], at: datetime) -> None:
    """Appends decisions, with one event that holds the digest of each."""
    texts = [canonical(to_json(decision)).decode() for decision in decisions]
    with vault.transaction():
        details = {"decisions": [sha256(text.encode()) for text in texts]}
        event = events.append(vault, signer, "decided", slug, details, at)
        vault.connection.executemany(
            "INSERT INTO decisions (slug, decision, event) VALUES (?, ?, ?)",
            [(slug, text, event.sequence) for text in texts],
        )
    events.leave_witness(vault)


def decisions(vault: Vault, slug: str) -> tuple[Decision, ...]:
    """Every decision ever taken on the case, in order."""
    rows = vault.rows("SELECT decision FROM decisions WHERE slug = ? ORDER BY id", slug)
    return tuple(from_json(Decision, json.loads(row[0])) for row in rows)


def add_acceptances(vault: Vault, signer: Signer, slug: str, accepted: Sequence[Acceptance], at: datetime) -> None:
    """Appends warnings that somebody accepted, with one event that holds the digest of each."""
    texts = [canonical(to_json(acceptance)).decode() for acceptance in accepted]
    with vault.transaction():
        details = {"acceptances": [sha256(text.encode()) for text in texts]}
        event = events.append(vault, signer, "warnings accepted", slug, details, at)
        vault.connection.executemany(
            "INSERT INTO acceptances (slug, acceptance, event) VALUES (?, ?, ?)",
            [(slug, text, event.sequence) for text in texts],
        )
    events.leave_witness(vault)


def acceptances(vault: Vault, slug: str) -> tuple[Acceptance, ...]:
    """Every warning of the case that was ever accepted, in order."""
    rows = vault.rows("SELECT acceptance FROM acceptances WHERE slug = ? ORDER BY id", slug)
    return tuple(from_json(Acceptance, json.loads(row[0])) for row in rows)
