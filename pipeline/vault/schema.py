"""Tables of the vault. What people did is append-only: triggers refuse to change or delete it."""

from __future__ import annotations

VERSION = 3

APPEND_ONLY = ("events", "decisions", "acceptances", "approvals", "sources", "clearances")

ACCEPTANCES = """
CREATE TABLE acceptances (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    slug       TEXT NOT NULL REFERENCES cases,
    acceptance TEXT NOT NULL,       -- of one warning, with the reason
    event      INTEGER NOT NULL REFERENCES events
) STRICT;
"""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE users (
    key_id TEXT PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE COLLATE NOCASE,
    record TEXT NOT NULL,           -- signed by the introducer, as in pins.json
    locked TEXT NOT NULL,           -- private key under the user's own passphrase
    position INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE cases (
    slug      TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    facts     TEXT NOT NULL
) STRICT;

CREATE TABLE sources (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    slug          TEXT NOT NULL REFERENCES cases,
    kind          TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    data          BLOB NOT NULL,
    document      TEXT NOT NULL,
    signed_off_by TEXT NOT NULL,
    signed_off_on TEXT NOT NULL,
    event         INTEGER NOT NULL REFERENCES events
) STRICT;

CREATE TABLE analyses (
    slug         TEXT PRIMARY KEY REFERENCES cases,
    analysis     TEXT NOT NULL,
    rules_digest TEXT NOT NULL,
    sources      TEXT NOT NULL,     -- ids of the sources that were analysed
    event        INTEGER NOT NULL REFERENCES events
) STRICT;

CREATE TABLE decisions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    slug     TEXT NOT NULL REFERENCES cases,
    decision TEXT NOT NULL,
    event    INTEGER NOT NULL REFERENCES events
) STRICT;

CREATE TABLE approvals (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    slug     TEXT NOT NULL REFERENCES cases,
    manifest TEXT NOT NULL,
    approval TEXT NOT NULL,         -- signed by the approver
    event    INTEGER NOT NULL REFERENCES events
) STRICT;

CREATE TABLE clearances (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    slug      TEXT NOT NULL REFERENCES cases,
    statement TEXT NOT NULL,
    letter    BLOB NOT NULL,
    event     INTEGER NOT NULL REFERENCES events
) STRICT;

CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL,
    record   TEXT NOT NULL,         -- signed by the actor, holds the hash of the one before
    hash     TEXT NOT NULL UNIQUE
) STRICT;
"""


def statements() -> str:
    """The whole schema as one script."""
    return TABLES + ACCEPTANCES + "".join(f"{guard};\n" for table in APPEND_ONLY for guard in _guards(table))


def upgrade(version: str) -> tuple[str, ...]:
    """What brings a vault of an earlier version to this one, statement by statement; nothing where it cannot be done.

    Only tables are added: what people did stays, byte for byte, what its events say of it.
    """
    return (ACCEPTANCES, *_guards("acceptances")) if version == "2" else ()


def _guards(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )
