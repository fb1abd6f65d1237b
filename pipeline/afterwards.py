"""What happens to a release after sealing, as signed statements: clearance, facts on record, withdrawal.

Free text in a statement becomes public, so it passes the sweep against the case's redacted forms and the
anonymisation, as a report does. Without the vault there is no such list, and only reasons of the fixed list
(`statements.REASONS`) are taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline import approval, release, seen, statements
from pipeline.canonical import digest, sha256
from pipeline.case import load as load_case
from pipeline.errors import LeakFound, NoSuchCase, StatementRefused
from pipeline.gate import today
from pipeline.release import Opened
from pipeline.roles import require
from pipeline.statements import FACTS, REASONS
from pipeline.vault import approvals
from pipeline.vault.keys import Signer
from pipeline.vault.store import Vault
from pipeline.workspace import Workspace

# Strict where no vault can check it: parts of a few capitals or of digits, and some digit.
_PART = "(?:[A-Z]{1,3}|[A-Z]?[0-9]{1,6})"
_PLAIN_REFERENCE = re.compile(rf"(?=.*\d){_PART}(?:[/-]{_PART}){{0,6}}")


@dataclass(frozen=True, slots=True)
class Clearance:
    """The Home Office's letter, in what it says and in its bytes (§4.28 to §4.31)."""

    reference: str
    cleared_on: date
    letter: bytes
    publish_on: date | None = None
    conditions: tuple[str, ...] = ()


def clear(
    workspace: Workspace, vault: Vault | None, signer: Signer, case: str, clearance: Clearance, at: datetime
) -> dict[str, Any]:
    """Records clearance of the sealed version. The letter goes into the vault; the statement has its digest only.

    Raises as `state` does.
    """
    require("clear", signer.role)
    if not clearance.letter:
        raise StatementRefused("The letter's file is empty.", "Give the file of the Home Office's letter.")
    details = {
        "home_office_reference": clearance.reference.strip(),
        "cleared_on": clearance.cleared_on.isoformat(),
        "letter_sha256": sha256(clearance.letter),
        "publish_on": clearance.publish_on.isoformat() if clearance.publish_on else "",
        "conditions": [" ".join(text.split()) for text in clearance.conditions],
    }
    statement = state(workspace, vault, signer, case, "cleared", details, at, note=False)
    if vault is not None:
        approvals.add_clearance(vault, signer, case, statement, clearance.letter, at)
    return statement


def state(
    workspace: Workspace,
    vault: Vault | None,
    signer: Signer,
    case: str,
    fact: str,
    details: Mapping[str, Any],
    at: datetime,
    *,
    note: bool = True,
) -> dict[str, Any]:
    """Adds one signed statement to a sealed release, after every check, and remembers where the chain stands.

    Raises NotPermitted, StatementRefused, ReleaseAltered, NoSuchCase, and where a free text has to be checked
    ModelUnavailable and RulesError.
    """
    statements.refuse_misfit(fact, details)
    require(FACTS[fact].action, signer.role)
    opened = release.open_one(workspace, case)
    _refuse_senseless(opened, fact, details, today(at))
    _refuse_unfit_texts(vault, opened, fact, details)
    statement = statements.make(opened.subject, opened.chain, signer, fact, details, at)
    release.append_statement(workspace, opened, statement)
    seen.remember(workspace, opened.subject.workspace, [release.open_one(workspace, case).release])
    if vault is not None and note:
        approvals.note(vault, signer, "stated", case, {"fact": fact, "statement": digest(statement)}, at)
    return statement


def details(fact: str, given: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The details of a fact from what was given for it: "on", "condition", "reason", "missing"; None is not given.

    Dates of things that happened are `day` unless given; an agreed date of publication has to be given.
    """
    found = {name: value for name, value in given.items() if value is not None}
    if "on" in found:
        found["on"] = found["on"].isoformat()
    wanted = FACTS[fact].details if fact in FACTS else {}
    if "publish_on" in wanted and "on" in found:
        found["publish_on"] = found.pop("on")
    if "on" in wanted:
        found.setdefault("on", day.isoformat())
    if "reason" in found:
        found["reason"] = " ".join(str(found["reason"]).split())
    return found


def _refuse_senseless(opened: Opened, fact: str, details: Mapping[str, Any], day: date) -> None:
    """Raises StatementRefused for what cannot be true, or changes nothing."""
    now, signed_off = opened.release.facts, date.fromisoformat(opened.manifest["signed_off_on"])
    for name in ("on", "cleared_on"):
        told = date.fromisoformat(details[name]) if name in details else None
        if told and told > day:
            raise StatementRefused("The date is still to come.", "Record it when it has happened.")
        if told and told < signed_off:
            raise StatementRefused(
                "The date is before the report was signed off, so it must be about something else.",
                "Check the date, and that the letter is about this version.",
            )
    senseless = {
        "condition-met": not any(text.startswith(f"{details.get('condition')}. ") for text in now.open_conditions),
        "hold": now.held,
        "hold-lifted": not now.held,
    }
    if fact == "cleared" and now.open_conditions:
        raise StatementRefused(
            "Conditions of an earlier clearance of this version are still open (§4.31).",
            "When each is met, run `ssp record REF condition-met --condition N`; then record the new letter.",
        )
    if now.withdrawn_on:
        raise StatementRefused("This version was withdrawn.", "Correct the report and seal a new version.")
    if senseless.get(fact, False):
        raise StatementRefused("That is so already, or there is no such thing to settle.", "See `ssp status`.")


def _refuse_unfit_texts(vault: Vault | None, opened: Opened, fact: str, details: Mapping[str, Any]) -> None:
    from pipeline.rules import load as load_rules
    from pipeline.side_texts import texts_name_nobody

    texts = {name: details[name] for name in ("reason", "home_office_reference") if name in details}
    texts.update({f"condition {n}": text for n, text in enumerate(details.get("conditions", ()), start=1)})
    free = {name: text for name, text in texts.items() if not _is_plain(name, text)}
    if not free:
        return
    if vault is None:
        raise StatementRefused(
            "Without the vault a free text cannot be checked for names, so it cannot be made public.",
            f"Give one of these reasons: {', '.join(REASONS)}; or a reference in capitals and digits.",
        )
    try:
        case = load_case(vault, opened.release.case)
    except NoSuchCase:
        raise StatementRefused(
            "The vault does not hold this case, so the text cannot be checked for names.",
            f"Give one of these reasons: {', '.join(REASONS)}.",
        ) from None
    try:
        approval.sweep(case, {f"{name.replace(' ', '-')}.md": str(text).encode() for name, text in free.items()})
    except LeakFound:
        raise StatementRefused(
            "The text holds a name or number that is redacted in this case.", "Say it without naming anybody."
        ) from None
    if not texts_name_nobody(tuple(map(str, free.values())), load_rules(), tuple(case.facts.pseudonyms)):
        raise StatementRefused(
            "The text holds what would be redacted in a report: a name, a number, a place or an exact date.",
            f"Say it without; or give one of these reasons: {', '.join(REASONS)}.",
        )


def _is_plain(name: str, text: str) -> bool:
    """Whether a text is safe by its shape alone."""
    if name == "reason":
        return text in REASONS
    return name == "home_office_reference" and _PLAIN_REFERENCE.fullmatch(text) is not None
