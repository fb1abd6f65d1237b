"""Warnings: which are open, and acceptances checked before they are stored.

A warning is resolved when what it is about is no longer in print; else somebody accepts it, with a reason that
approvers are shown (§4.28). Messages say which entry is wrong by its number, never by its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn

from pipeline.errors import DecisionError
from pipeline.models import Acceptance, JigsawWarning

_FIELDS = {"warning", "reason"}
_LONGEST = 300
_FEWEST = 3  # words: "ok" is no reason


@dataclass(frozen=True, slots=True)
class Accepted:
    """One human's acceptance before it is stored: a warning's key and the reason."""

    warning: str
    reason: str


def with_reasons(warnings: Sequence[JigsawWarning], acceptances: Sequence[Acceptance]) -> tuple[JigsawWarning, ...]:
    """The warnings, each with the reason of its last acceptance; "" where nobody has accepted it."""
    reasons = {acceptance.warning: acceptance.reason for acceptance in acceptances}
    return tuple(replace(warning, accepted=reasons.get(warning.key, "")) for warning in warnings)


def still_open(warnings: Sequence[JigsawWarning]) -> tuple[JigsawWarning, ...]:
    return tuple(warning for warning in warnings if not warning.accepted)


def read(entries: Sequence[Any]) -> tuple[Accepted, ...]:
    """Acceptances from the list `warnings` of a file of decisions. Raises DecisionError naming the entry's number."""
    return tuple(_accepted(number, entry) for number, entry in enumerate(entries, start=1))


def check(accepted: Sequence[Accepted], warnings: Sequence[JigsawWarning]) -> None:
    """Raises DecisionError for a key that is not in the case, one that is given twice, and for what is no reason."""
    known = {warning.key for warning in warnings}
    seen: set[str] = set()
    for number, entry in enumerate(accepted, start=1):
        if entry.warning not in known:
            _wrong(number, "names a warning that is not in this case as it is decided now")
        if entry.warning in seen:
            _wrong(number, "accepts what an earlier entry accepts")
        if len(entry.reason.split()) < _FEWEST or len(entry.reason) > _LONGEST:
            _wrong(number, f"has a reason of fewer than {_FEWEST} words or more than {_LONGEST} characters")
        seen.add(entry.warning)


def sweep_reasons(accepted: Sequence[Accepted], forms: Sequence[str]) -> None:
    """Raises DecisionError if a reason holds a form that is redacted anywhere in the case."""
    from pipeline.verify import find_forms

    for number, entry in enumerate(accepted, start=1):
        if find_forms({"reason.md": entry.reason.encode()}, forms):
            _wrong(number, "has a reason that holds a name or number that is being redacted")


def as_acceptances(accepted: Sequence[Accepted], by: str, at: datetime) -> tuple[Acceptance, ...]:
    return tuple(Acceptance(entry.warning, entry.reason, by, at) for entry in accepted)


def template(waiting: Sequence[JigsawWarning]) -> str:
    """The open warnings as YAML to fill in; every reason is left open on purpose."""
    if not waiting:
        return ""
    lines = [
        "# Restricted: quotes the report. To accept a warning, write a reason of a few words that names nobody;",
        "# to leave it open, delete it.",
        "warnings:",
    ]
    for warning in waiting:
        lines.append(f"  # {warning.document}: {' '.join(warning.message.split())}")
        lines.append(f"  - warning: {warning.key}")
        lines.append("    reason:")
    return "\n".join(lines) + "\n"


def _accepted(number: int, entry: Any) -> Accepted:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        _wrong(number, "must have a warning and a reason, and nothing else")
    warning, reason = entry["warning"], entry["reason"]
    if not isinstance(warning, str) or not isinstance(reason, str):
        _wrong(number, "has a warning or a reason that is not text")
    return Accepted(warning, " ".join(reason.split()))


def _wrong(number: int, why: str) -> NoReturn:
    raise DecisionError(f"Warning {number} {why}.", "Correct that entry; none was stored.")
