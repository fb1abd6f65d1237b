"""The stages of the public zone: statements about sealed releases, publishing, looking. None of them needs a vault.

Where a vault is at hand it is given, so that the event is logged, the letter kept and free texts swept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import afterwards, gate, release, seen
from pipeline import case as casework
from pipeline import pins as pinned
from pipeline.action_plan import plan_counts
from pipeline.afterwards import Clearance
from pipeline.errors import Blocked, Busy, PinsAltered, ReleaseAltered, StatementRefused
from pipeline.gate import CaseState
from pipeline.models import Blocker, DocumentKind, Release
from pipeline.records import to_json
from pipeline.roles import require
from pipeline.statements import FACTS, refuse_misfit
from pipeline.vault import approvals, cases, people
from pipeline.vault.keys import Signer
from pipeline.vault.store import Vault
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.site_build import PublishReport

Progress = Callable[[str], None]


def utc_now() -> datetime:
    return datetime.now(UTC)


def silent(_: str) -> None:
    """Progress where nobody looks."""


def sign_in_without_vault(workspace: Workspace, name: str, passphrase: str) -> Signer:
    """Communications staff's own key from pins.json. Raises NoSuchUser, WrongPassphrase, PinsAltered."""
    return pinned.sign_in(pinned.load(workspace), name, passphrase)


def clear(
    workspace: Workspace,
    signer: Signer,
    reference: str,
    clearance: Clearance,
    *,
    vault: Vault | None = None,
    at: datetime | None = None,
) -> None:
    """Records the Home Office's clearance of the sealed version (§4.28 to §4.31)."""
    afterwards.clear(workspace, vault, signer, _slug(reference), clearance, at or utc_now())


def record(
    workspace: Workspace,
    signer: Signer,
    reference: str,
    fact: str,
    details: Mapping[str, Any],
    *,
    vault: Vault | None = None,
    at: datetime | None = None,
) -> None:
    """Records a fact about a sealed release as a signed statement; a waiver before sealing goes into the vault and so
    under the approvers' signatures. Raises StatementRefused, NotPermitted, ReleaseAltered."""
    slug = _slug(reference)
    if fact not in FACTS or FACTS[fact].action not in ("record", "waive"):
        able = [name for name, known in FACTS.items() if known.action in ("record", "waive")]
        raise StatementRefused("There is no such fact to record.", f"Facts are: {', '.join(able)}.")
    now = at or utc_now()
    if fact == "waiver" and vault is not None and not casework.load(vault, slug).sealed_is_current:
        refuse_misfit(fact, details)
        require("waive", signer.role)
        approvals.note(vault, signer, "waived", slug, details, now)
        return
    afterwards.state(workspace, vault, signer, slug, fact, details, now)


def withdraw(
    workspace: Workspace,
    signer: Signer,
    reference: str,
    reason: str,
    *,
    vault: Vault | None = None,
    at: datetime | None = None,
) -> None:
    """Withdraws a release for good and purges every built copy that holds its text. Needs no vault.

    If it is withdrawn already, it purges once more: an earlier run may have been cut short. If the release is no
    longer what was signed, nothing can be put on record, but the text is purged all the same before the error is
    raised.
    Raises NotPermitted, StatementRefused, NoSuchCase, ReleaseAltered.
    """
    from pipeline.site_build import purge

    slug = _slug(reference)
    require("withdraw", signer.role)
    try:
        if not release.open_one(workspace, slug).release.facts.withdrawn_on:
            details = {"reason": " ".join(reason.split())}
            afterwards.state(workspace, vault, signer, slug, "withdrawn", details, at or utc_now())
    except ReleaseAltered as altered:
        purge(workspace, slug)
        raise ReleaseAltered(
            f"{altered.message} The website's copies are purged, but the withdrawal is not on record.",
            "Copy the release again from where it was sealed, and withdraw it again.",
        ) from None
    purge(workspace, slug)
    opened = release.open_one(workspace, slug)
    seen.remember(workspace, opened.subject.workspace, [opened.release], published=())


@dataclass(frozen=True, slots=True)
class Published:
    """What a run of `publish` did. `left_out` says for each release that stays off the website why."""

    report: PublishReport
    published: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[Blocker, ...]], ...]
    fingerprint: str
    first_use: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """How to publish.

    fingerprint  if given, must be the workspace's; whoever gives it vouches for the releases where seen.json is lost
    greet        is told the workspace's fingerprint on first use, before anything is done
    """

    target: Path | None = None
    check: bool = False
    fingerprint: str = ""
    greet: Callable[[str], None] = silent


def publish(
    workspace: Workspace,
    how: Publishing | None = None,
    *,
    at: datetime | None = None,
    progress: Progress = silent,
) -> Published:
    """Verifies every release, leaves out those with blockers, builds the website and switches to it. Needs no vault.

    A statement that is made while the website is being built stops the run before the switch.
    Raises ReleaseAltered, PinsAltered, Blocked if nothing may be published and no website is served, BuildFailed,
    LeakFound, Busy; then nothing is changed.
    """
    from pipeline import site_build

    how = how or Publishing()
    first_use = seen.is_first_use(workspace)
    mark = pinned.load(workspace).fingerprint
    if how.fingerprint and "".join(how.fingerprint.split()).lower() != mark:
        raise PinsAltered("pins.json has another fingerprint than the one given.", "Ask who ran `ssp init` for it.")
    if first_use and not how.fingerprint and site_build.was_published(workspace, how.target):
        raise seen.forgotten()
    if first_use:
        how.greet(mark)
    if how.check:
        return _publish(workspace, how, mark, at, progress)
    with site_build.held(workspace, how.target):
        return _publish(workspace, how, mark, at, progress)


def _publish(workspace: Workspace, how: Publishing, mark: str, at: datetime | None, progress: Progress) -> Published:
    """`publish`, with nobody else at the website."""
    from pipeline.site_build import publish as build

    first_use = seen.is_first_use(workspace)
    progress("Verifying releases")
    releases, fit, left_out = _judge(workspace, how, at)
    if not fit and not _serves_a_site(how.target or workspace.public):
        raise Blocked(
            "Nothing may be published yet."
            if releases
            else "No release is sealed here, so there is nothing to publish.",
            "Settle what stands in the way, and run `ssp publish` again." if releases else "Approve and seal a case.",
            tuple(b for _, found in left_out for b in found),
        )

    def confirm() -> None:
        if _judge(workspace, how, at) != (releases, fit, left_out):
            raise Busy(
                "A release changed while the website was being built; the old website is still served.",
                "Run `ssp publish` again.",
            )

    if first_use and not how.check:  # before there is a website, because a website without this record is refused
        seen.remember(workspace, mark, releases, anew=True)
    report = build(workspace, fit, target=how.target, check=how.check, progress=progress, confirm=confirm)
    if not how.check:
        seen.remember(workspace, mark, releases, published=[r.case for r in fit])
    return Published(report, tuple(r.case for r in fit), left_out, mark, first_use)


_Judged = tuple[tuple[Release, ...], tuple[Release, ...], tuple[tuple[str, tuple[Blocker, ...]], ...]]


def _judge(workspace: Workspace, how: Publishing, at: datetime | None) -> _Judged:
    """All releases as they are on disk now, those that may be published, and why the others may not."""
    releases = release.open_releases(workspace, anew=bool(how.fingerprint))
    day = gate.today(at or utc_now())
    judged = [(r, gate.publication_blockers(r, day)) for r in releases]
    fit = tuple(r for r, found in judged if not found)
    return releases, fit, tuple((r.case, found) for r, found in judged if found)


# Looking


def status(workspace: Workspace, vault: Vault | None = None, reference: str | None = None) -> tuple[CaseState, ...]:
    """Each case as the gates see it; without the vault, the sealed releases only. Raises NoSuchCase,
    ReleaseAltered."""
    from pipeline.rules import load as load_rules

    pins = people.pins(vault) if vault else pinned.load(workspace)
    opened = release.open_all(workspace)
    marks = seen.load(workspace, pins.fingerprint)
    if vault is None:
        wanted = [o for o in opened if reference is None or o.release.case == _slug(reference)]
        if reference is not None and not wanted:
            release.open_one(workspace, _slug(reference))
        return tuple(_released_state(o, marks) for o in wanted)
    slugs = cases.all_cases(vault) if reference is None else (cases.find_case(vault, reference)[0],)
    rules = load_rules()
    held = (casework.load(vault, slug) for slug in slugs)
    return tuple(
        replace(
            casework.state(case, pins, rules.digest, opened, marks), plan=plan_counts(case.documents, rules.headings)
        )
        for case in held
    )


def fingerprint(workspace: Workspace) -> str:
    """The fingerprint of the workspace that pins.json belongs to. Raises PinsAltered."""
    return pinned.load(workspace).fingerprint


def users(workspace: Workspace, vault: Vault | None = None) -> tuple[tuple[str, pinned.UserRecord], ...]:
    """Names and records of all users; without the vault the names are ""."""
    if vault is not None:
        return people.users(vault)
    return tuple(("", user) for user in pinned.load(workspace).users.values())


def details(fact: str, given: Mapping[str, Any], at: datetime | None = None) -> dict[str, Any]:
    """The details of a fact for `record`, from what was given ("on", "condition", "reason", "missing"; None: not)."""
    return afterwards.details(fact, given, gate.today(at or utc_now()))


def status_as_json(states: Sequence[CaseState], now: datetime) -> dict[str, Any]:
    """What `ssp status --json` prints: each case's step, the counts of its action plan, and its blockers."""
    return {
        "cases": [
            {
                "case": state.case,
                "reference": state.reference,
                "step": gate.step(state, now),
                "version": state.release.version if state.release else None,
                "action_plan": to_json(state.plan) if state.plan else None,
                "blockers": [to_json(found) for found in gate.blockers(state, now)],
            }
            for state in states
        ]
    }


def _slug(reference: str) -> str:
    return reference.strip().replace("/", "-").lower()


def _serves_a_site(place: Path) -> bool:
    return (place / "current").exists()


def _released_state(opened: release.Opened, marks: Mapping[str, seen.Mark]) -> CaseState:
    mark = marks.get(opened.release.case)
    kinds = frozenset(DocumentKind(document["kind"]) for document in opened.release.info["documents"])
    return CaseState(
        case=opened.release.case,
        reference=str(opened.manifest["reference"]),
        kinds=kinds,
        release=opened.release,
        published=mark is not None and mark.published == opened.release.version,
    )
