"""Signed statements: what happens to a release after it is sealed.

Clearance, family told, holds, withdrawal: each is one small file in the release, signed, holding the hash of the one
before. Communications staff can make them, and a machine without a vault can check them. What a release's chain says
now is `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.canonical import digest
from pipeline.errors import StatementRefused
from pipeline.models import DocumentKind, PublicFacts
from pipeline.pins import Pins
from pipeline.roles import MAY
from pipeline.vault.keys import Signer, signature_holds

STATEMENT_PURPOSE = "ssp-statement-v1"
START = "0" * 64
LONDON = ZoneInfo("Europe/London")
LONGEST_TEXT = 300

# The only reasons that can be given where there is no vault to check a free text against.
REASONS = {
    "court-proceedings": "Court proceedings are under way or expected.",
    "factual-error": "The report holds an error of fact.",
    "family-request": "The family asked for it.",
    "home-office-request": "The Home Office asked for it.",
    "identification-risk": "Somebody could be recognised from the report.",
    "joint-document": "One document serves as both overview report and executive summary.",
    "legal-advice": "Legal advice was given.",
    "new-information": "New information has come to light.",
    "superseded": "A newer version replaces it.",
}


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value.isprintable() and bool(value.strip())


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of statement: the action that a role must allow, its details, and what it means in plain words."""

    action: str
    details: Mapping[str, Callable[[Any], bool]]
    meaning: str
    protocol: str


_DATE = {"on": _is_date}
_REASON = {"reason": _is_text}

FACTS: dict[str, Fact] = {
    "sealed": Fact("seal", {}, "the approved files were sealed", "§4.28"),
    "cleared": Fact(
        "clear",
        {
            "home_office_reference": _is_text,
            "cleared_on": _is_date,
            "letter_sha256": _is_hash,
            "publish_on": lambda value: value == "" or _is_date(value),
            "conditions": lambda value: isinstance(value, list) and all(_is_text(item) for item in value),
        },
        "the Home Office Quality Assurance Group cleared this version",
        "§4.28",
    ),
    "condition-met": Fact(
        "record",
        {"condition": lambda value: isinstance(value, int) and value > 0, **_DATE},
        "a condition of the clearance is met",
        "§4.31",
    ),
    "publication-agreed": Fact("record", {"publish_on": _is_date}, "the date of publication is agreed", "§4.25"),
    "family-told": Fact("record", _DATE, "the family was told that the review will be published", "§4.13"),
    "copies-given": Fact("record", _DATE, "the agencies' senior managers have copies", "§4.29"),
    "hold": Fact("record", _REASON, "publication is held", "§4.28"),
    "hold-lifted": Fact("record", {}, "the hold is lifted", "§4.28"),
    "waiver": Fact(
        "waive",
        {"missing": lambda value: value in set(DocumentKind), **_REASON},
        "one of the two documents is rightly missing",
        "§4.29",
    ),
    "withdrawn": Fact("withdraw", _REASON, "the release is withdrawn", "§4.28"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement speaks of: one version of one case of one workspace."""

    workspace: str
    case: str
    version: int
    manifest: str


def make(
    subject: Subject,
    chain: Sequence[Mapping[str, Any]],
    signer: Signer,
    fact: str,
    details: Mapping[str, Any],
    at: datetime,
) -> dict[str, Any]:
    """The next statement of a chain, signed. Raises StatementRefused for an unknown fact or misfitting details.

    Where this machine's clock is behind the chain, the statement bears the time of the one before.
    """
    refuse_misfit(fact, details)
    if chain:
        at = max(at, datetime.fromisoformat(chain[-1]["at"]))
    return signer.sign(
        {
            "purpose": STATEMENT_PURPOSE,
            "workspace": subject.workspace,
            "case": subject.case,
            "version": subject.version,
            "manifest": subject.manifest,
            "sequence": len(chain) + 1,
            "previous": digest(dict(chain[-1])) if chain else START,
            "fact": fact,
            "details": dict(details),
            "key_id": signer.key_id,
            "role": str(signer.role),
            "at": at.isoformat(),
        }
    )


def refuse_misfit(fact: str, details: Mapping[str, Any]) -> None:
    """Raises StatementRefused unless the fact is known and its details are exactly those it has."""
    known = FACTS.get(fact)
    if known is None:
        raise StatementRefused("There is no such fact to record.", f"Facts are: {', '.join(sorted(FACTS))}.")
    for name in sorted(set(known.details) | set(details)):
        if name not in known.details:
            raise StatementRefused(f"The fact {fact} has no {name.replace('_', ' ')}.", "Leave it out.")
        if name not in details or not known.details[name](details[name]):
            raise StatementRefused(
                f"The fact {fact} needs a fitting {name.replace('_', ' ')}.",
                f"Dates are written 2026-03-31; texts have up to {LONGEST_TEXT} characters on one line.",
            )


def first_break(chain: Sequence[Mapping[str, Any]], subject: Subject, pins: Pins) -> int | None:
    """Sequence number of the first statement that does not follow, or None if the chain holds.

    Statements on earlier versions stay in the chain; those of the present version name the present manifest.
    """
    previous, time = START, datetime.min.replace(tzinfo=UTC)
    for sequence, statement in enumerate(chain, start=1):
        at = _time(statement.get("at"))
        if at is None or at < time or not _follows(statement, sequence, previous, subject, pins):
            return sequence
        previous, time = digest(dict(statement)), at
    return None


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _follows(statement: Mapping[str, Any], sequence: int, previous: str, subject: Subject, pins: Pins) -> bool:
    user = pins.users.get(str(statement.get("key_id")))
    fact = FACTS.get(str(statement.get("fact")))
    details, version = statement.get("details"), statement.get("version")
    return (
        user is not None
        and fact is not None
        and isinstance(details, dict)
        and isinstance(version, int)
        and set(details) == set(fact.details)
        and all(fits(details[name]) for name, fits in fact.details.items())
        and statement.get("sequence") == sequence
        and statement.get("previous") == previous
        and statement.get("workspace") == subject.workspace == pins.fingerprint
        and statement.get("case") == subject.case
        and version <= subject.version
        and (version < subject.version or statement.get("manifest") == subject.manifest)
        and statement.get("role") == user.role
        and user.role in MAY[fact.action]
        and signature_holds(statement, user.public_bytes, STATEMENT_PURPOSE)
    )


def facts(chain: Sequence[Mapping[str, Any]], subject: Subject, waived: bool = False) -> PublicFacts:
    """What a verified chain says of the subject now. A hold outlives a new version; everything else starts anew."""
    state = PublicFacts(overview_or_summary_waived=waived)
    conditions: dict[int, str] = {}
    for statement in chain:
        fact, details = statement["fact"], statement["details"]
        if fact in ("hold", "hold-lifted"):
            state = replace(state, held=fact == "hold")
        elif statement["version"] != subject.version:
            continue
        elif fact == "cleared":
            # A second letter does not settle what the first one asked for.
            conditions |= dict(enumerate(details["conditions"], start=max(conditions, default=0) + 1))
            agreed = date.fromisoformat(details["publish_on"]) if details["publish_on"] else state.publish_on
            state = replace(
                state,
                cleared_on=date.fromisoformat(details["cleared_on"]),
                home_office_reference=details["home_office_reference"],
                publish_on=agreed,
            )
        elif fact == "condition-met":
            conditions.pop(details["condition"], None)
        elif fact == "publication-agreed":
            state = replace(state, publish_on=date.fromisoformat(details["publish_on"]))
        elif fact == "family-told":
            state = replace(state, family_told_on=date.fromisoformat(details["on"]))
        elif fact == "waiver":
            state = replace(state, overview_or_summary_waived=True)
        elif fact == "withdrawn":
            state = replace(state, withdrawn_on=datetime.fromisoformat(statement["at"]).astimezone(LONDON).date())
    return replace(
        state,
        open_conditions=tuple(f"{number}. {text}" for number, text in sorted(conditions.items())),
        sequence=len(chain),
        head=digest(dict(chain[-1])) if chain else "",
    )
