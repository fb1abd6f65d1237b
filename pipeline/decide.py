"""Decisions: which still have to be taken, and answers checked before they are.

An answer names one identity, by key or by its exact name. Nothing here accepts findings in bulk. Messages say which
entry is wrong by its number, never by its text, because the text is a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import DecisionError
from pipeline.models import Action, Analysis, Decision, Document, Identity, IdentityKind, PanelMember, layout

_FIELDS = {"identity", "name", "action", "label"}
_PARTS = {"decisions", "warnings"}
_LABEL = re.compile(r"[^\W_](?:[\w '’.,/-]{0,58}[\w.])?|\[[\w '’.,/-]{1,58}\]")
_CONTEXT = 60  # characters on each side of a place
_SOME = 3  # places shown of what is proposed to be redacted


@dataclass(frozen=True, slots=True)
class Answer:
    """One human's answer: an identity's key, what becomes of it, another label if wanted ("" keeps the proposed)."""

    identity: str
    action: Action
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What a file of decisions holds, not yet checked: `decisions: [{identity|name, action, label}]`, `warnings`."""

    decisions: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Contexts:
    """Places where an identity stands, with the words around it; `total` counts those that are not shown too."""

    shown: tuple[str, ...]
    total: int


def effective(analysis: Analysis, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The last decision about each identity that there is now, in the order of the identities."""
    last = {decision.identity: decision for decision in decisions}
    return tuple(last[identity.key] for identity in analysis.identities if identity.key in last)


def undecided(analysis: Analysis, decisions: Sequence[Decision]) -> tuple[Identity, ...]:
    """The identities that need a decision and have none, the riskiest first."""
    decided = {decision.identity for decision in decisions}
    waiting = [i for i in analysis.identities if i.needs_decision and i.key not in decided]
    return tuple(sorted(waiting, key=lambda identity: -identity.risk))


def settled(analysis: Analysis, decisions: Sequence[Decision]) -> Analysis:
    """The analysis with what was decided in the place of what was proposed; what is decided waits no more."""
    last = {decision.identity: decision for decision in decisions}

    def as_decided(identity: Identity) -> Identity:
        decision = last.get(identity.key)
        if decision is None:
            return identity
        label = decision.label or identity.label
        return replace(identity, proposed=decision.action, label=label, needs_decision=False)

    identities = tuple(as_decided(identity) for identity in analysis.identities)
    return replace(analysis, identities=identities, panel=members(analysis, decisions))


def named(analysis: Analysis, which: str) -> Identity:
    """The one identity of that key or exact name, decided or not. Raises DecisionError, which does not quote it."""
    wanted = " ".join(which.split())
    found = [identity for identity in analysis.identities if wanted in (identity.key, identity.name)]
    if not found:
        raise DecisionError(
            "No finding of this case has that name or key.", "Write it as `ssp diff --format json` does."
        )
    if len(found) > 1:
        raise DecisionError("Several findings of this case have that name.", "Give the identity's key instead.")
    return found[0]


def members(analysis: Analysis, decisions: Sequence[Decision]) -> tuple[PanelMember, ...]:
    """The Chair and members whose names stay in print: those whom nobody decided to redact."""
    redacted = {decision.identity for decision in effective(analysis, decisions) if decision.action is Action.REDACT}
    gone = {identity.name for identity in analysis.identities if identity.member and identity.key in redacted}
    return tuple(member for member in analysis.panel if member.name not in gone)


def kept_off_panel(
    analysis: Analysis, decisions: Sequence[Decision], pseudonyms: Iterable[str] = ()
) -> tuple[str, ...]:
    """People whom somebody decided to keep in print though they are neither on the Panel nor an agreed pseudonym.

    Only the Chair's and members' names stay by rule (§4.28), so approvers are shown every other one; who only bears a
    member's name is one of them.
    """
    kept = {decision.identity for decision in effective(analysis, decisions) if decision.action is Action.KEEP}
    agreed = {name.casefold() for name in pseudonyms}
    return tuple(
        identity.name
        for identity in analysis.identities
        if identity.key in kept
        and identity.kind is IdentityKind.PERSON
        and identity.name.casefold() not in agreed
        and not identity.member
    )


def counts(waiting: Sequence[Identity]) -> tuple[int, int]:
    """How many findings and how many unexplained items wait for a decision."""
    unexplained = sum(identity.kind is IdentityKind.UNEXPLAINED for identity in waiting)
    return len(waiting) - unexplained, unexplained


def read_file(path: Path) -> Entries:
    """A file of decisions, which is opened once: it may be a pipe. A list that is left empty holds nothing.

    Raises DecisionError for what is not there, is not YAML or has another shape.
    """
    import yaml

    from pipeline.plain_yaml import parse

    try:
        content = parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DecisionError("The file of decisions is not there.", "Check its path.") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise DecisionError("The file of decisions cannot be read as YAML.", "Check its spelling.") from None
    parts = (
        {name: [] if held is None else held for name, held in content.items()} if isinstance(content, dict) else {}
    )
    if not parts or set(parts) - _PARTS or not all(isinstance(held, list) for held in parts.values()):
        raise DecisionError(
            "The file of decisions has another shape than expected.",
            "It holds one list under `decisions:`, one under `warnings:`, or both.",
        )
    return Entries(tuple(parts.get("decisions", ())), tuple(parts.get("warnings", ())))


def checked(entries: Sequence[Any], analysis: Analysis) -> tuple[Answer, ...]:
    """Answers from plain entries. Raises DecisionError for an unknown field, name, key or action, and for repeats."""
    answers: list[Answer] = []
    for number, entry in enumerate(entries, start=1):
        answer = _answer(number, entry, analysis)
        if any(answer.identity == earlier.identity for earlier in answers):
            _wrong(number, "decides what an earlier entry decides")
        answers.append(answer)
    return tuple(answers)


def sweep_labels(answers: Sequence[Answer], forms: Sequence[str]) -> None:
    """Raises DecisionError if a label holds a form that is redacted anywhere in the case."""
    from pipeline.verify import find_forms

    for number, answer in enumerate(answers, start=1):
        if answer.label and find_forms({"label.md": answer.label.encode()}, forms):
            _wrong(number, "has a label that holds a name or number that is being redacted")


def as_decisions(answers: Sequence[Answer], by: str, at: datetime) -> tuple[Decision, ...]:
    return tuple(Decision(answer.identity, answer.action, answer.label, by, at) for answer in answers)


def template(waiting: Sequence[Identity]) -> str:
    """The undecided items as YAML to fill in: every action is left open on purpose. Holds names: it is Restricted."""
    if not waiting:
        return "# Nothing is left to decide.\n"
    lines = [
        "# Restricted: holds names. Fill in each action, keep or redact; a label may be added to what is redacted.",
        "decisions:",
    ]
    for identity in waiting:
        shown = (identity.name, identity.type, identity.role, f"proposed: {identity.proposed} as {identity.label}")
        lines.append("  # " + ", ".join(" ".join(part.split()) for part in shown if part))
        lines.append(f"  - identity: {identity.key}")
        lines.append("    action:")
    return "\n".join(lines) + "\n"


def contexts(identity: Identity, analysis: Analysis, documents: Sequence[Document]) -> Contexts:
    """Places where the identity stands, with the words around it.

    What is proposed to be kept is shown at all its places, the shortest forms first: a forename or a surname alone
    may be somebody else, who would stay in print. Of the rest the first few do.
    """
    texts = {document.kind: layout(document).text for document in documents}
    places = [f for f in analysis.findings if f.identity == identity.key and f.document in texts]
    total = len(places)
    if identity.proposed is Action.KEEP:
        places.sort(key=lambda finding: len(finding.text))
    else:
        places = places[:_SOME]
    shown = []
    for place in places:
        text = texts[place.document]
        before, after = text[max(0, place.start - _CONTEXT) : place.start], text[place.end : place.end + _CONTEXT]
        shown.append(" ".join(f"{before}»{text[place.start : place.end]}«{after}".split()))
    return Contexts(tuple(shown), total)


def one_by_one(
    waiting: Sequence[Identity],
    ask: Callable[[int, Identity], Answer | None],
) -> tuple[Answer, ...]:
    """Asks about one item at a time, counted from 1, until all are answered or `ask` returns None."""
    answers: list[Answer] = []
    for number, identity in enumerate(waiting, start=1):
        answer = ask(number, identity)
        if answer is None:
            break
        answers.append(answer)
    return tuple(answers)


def refuse_label(number: int, label: str) -> None:
    """Raises DecisionError unless the label is a short plain phrase, or one in square brackets."""
    if label and not _LABEL.fullmatch(label):
        _wrong(number, "has a label that is not a short plain phrase")


def _answer(number: int, entry: Any, analysis: Analysis) -> Answer:
    if not isinstance(entry, dict) or set(entry) - _FIELDS:
        _wrong(number, "has fields other than identity, name, action and label")
    if ("identity" in entry) == ("name" in entry):
        _wrong(number, "must have either an identity or a name")
    action = entry.get("action")
    if not isinstance(action, str) or action not in set(Action):
        _wrong(number, "has no action that there is; it is either keep or redact")
    label = entry.get("label") or ""
    if not isinstance(label, str):
        _wrong(number, "has a label that is not text")
    refuse_label(number, label)
    if label and action == Action.KEEP:
        _wrong(number, "has a label, though what is kept keeps its words")
    key = _key(number, entry, analysis)
    if action == Action.REDACT and not (label or analysis.identity(key).label):
        _wrong(number, "redacts something that has no label yet, and gives none")
    return Answer(key, Action(action), label)


def _key(number: int, entry: Mapping[str, Any], analysis: Analysis) -> str:
    if "identity" in entry:
        if str(entry["identity"]) not in {identity.key for identity in analysis.identities}:
            _wrong(number, "names an identity that is not in this case")
        return str(entry["identity"])
    named = [identity.key for identity in analysis.identities if identity.name == str(entry["name"])]
    if not named:
        _wrong(number, "has a name that no finding of this case has")
    if Counter(named).total() > 1:
        _wrong(number, "has a name that several findings have; give the identity's key")
    return named[0]


def _wrong(number: int, why: str) -> NoReturn:
    raise DecisionError(f"Decision {number} {why}.", "Correct that entry; none was stored.")
