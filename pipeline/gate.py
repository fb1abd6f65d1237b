"""What stands before the next step of a case: the one place with rules about it.

The command line, the web page and `publish` show these blockers; none of them has rules of its own. Every blocker has
a code, a plain sentence, the protocol's paragraph and a remedy; all of them are in `BLOCKERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.action_plan import PlanCounts
from pipeline.manifest import APPROVALS_NEEDED
from pipeline.models import Blocker, DocumentKind, Release
from pipeline.vault.keys import Role

LONDON = ZoneInfo("Europe/London")

# code -> (plain sentence, paragraph of the protocol, remedy)
BLOCKERS: dict[str, tuple[str, str, str]] = {
    "not-anonymised": ("The case has not been anonymised.", "§4.24", "Run `ssp anonymise`."),
    "sources-changed": (
        "A report was taken in after the case was anonymised.",
        "§4.24",
        "Run `ssp anonymise` again; decisions are kept.",
    ),
    "rules-changed": (
        "The redaction rules, a model or the program changed after the case was anonymised.",
        "§4.24",
        "Run `ssp anonymise` again; decisions are kept.",
    ),
    "undecided": ("{count} finding(s) have no decision yet.", "§4.28", "Run `ssp decide`."),
    "unexplained": ("{count} unexplained word(s) or phrase(s) have no decision yet.", "§4.28", "Run `ssp decide`."),
    "warnings-open": (
        "{count} warning(s) about what stays in print are neither accepted with a reason nor resolved.",
        "§4.28",
        "Run `ssp decide`, or decide otherwise about what they name; `ssp diff` shows them.",
    ),
    "document-missing": (
        "The {missing} is missing; the overview report and the executive summary are published together.",
        "§4.29",
        "Take it in, or record why it is rightly missing with `ssp record REF waiver`.",
    ),
    "approval-void": (
        "{count} signature(s) are void, because something changed after they were given.",
        "§4.28",
        "Let the approvers look again and run `ssp approve`.",
    ),
    "approval-missing": (
        "{count} of 2 valid signatures have been given; two different people have to sign.",
        "§4.28",
        "Somebody who did not prepare the case runs `ssp approve`.",
    ),
    "chair-missing": ("Nobody with the role chair has signed.", "§4.26", "The Chair runs `ssp approve`."),
    "not-sealed": ("The approved release has not been sealed.", "§4.28", "Run `ssp seal`."),
    "withdrawn": (
        "The release was withdrawn on {date}.",
        "§4.28",
        "Correct the report, then anonymise, approve and seal the new version.",
    ),
    "held": ("Publication is held.", "§4.28", "When the reason has passed, run `ssp record REF hold-lifted`."),
    "not-cleared": (
        "The Home Office Quality Assurance Group's clearance of this version is not on record.",
        "§4.28",
        "When the letter has come, run `ssp clear`.",
    ),
    "clearance-ahead": ("The clearance is dated {date}, which is still to come.", "§4.28", "Wait for that date."),
    "condition-open": (
        "Condition {number} of the clearance is not met.",
        "§4.31",
        "When it is met, run `ssp record REF condition-met --condition {number}`.",
    ),
    "family-not-told": (
        "It is not on record that the family was told of the publication.",
        "§4.13",
        "Tell them through the advocate, then run `ssp record REF family-told`.",
    ),
    "no-publication-date": (
        "No date of publication is agreed.",
        "§4.25",
        "Run `ssp record REF publication-agreed --on DATE`.",
    ),
    "before-publication-date": (
        "The agreed date of publication is {date}; until then the report is Restricted.",
        "§4.25",
        "Wait for that date.",
    ),
}


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything about a case that a gate looks at. The vault's part is filled in by `case.state`.

    warnings   how many are open: neither accepted with a reason nor resolved
    approvals  role of each person whose signature over the present content is valid
    void       people whose last signature no longer counts
    release    the sealed release of the present content, if there is one
    published  the website holds this release
    plan       what the action plan in the case's reports says; None without a vault, or where they have none
    """

    case: str
    reference: str
    kinds: frozenset[DocumentKind] = frozenset()
    waived: str = ""
    analysed: bool = False
    sources_current: bool = False
    rules_current: bool = False
    undecided: int = 0
    unexplained: int = 0
    warnings: int = 0
    approvals: tuple[Role, ...] = ()
    void: int = 0
    release: Release | None = None
    published: bool = False
    plan: PlanCounts | None = None


def blockers(state: CaseState, now: datetime) -> tuple[Blocker, ...]:
    """What blocks the next step of the case at this moment (an aware time). Empty: it can be, or is, published."""
    if state.release is not None:  # the steps before are proved by its signatures, whether or not a vault is at hand
        return publication_blockers(state.release, today(now))
    found = next((found for _, found in _phases(state, now) if found), ())
    if state.void and all(known.code != "approval-void" for known in found):
        return (*found, blocker("approval-void", count=state.void))
    return found


def blockers_before(state: CaseState, step: str, now: datetime) -> tuple[Blocker, ...]:
    """Everything that stands before a step ("approved", "sealed", "published"), of whatever earlier step it is."""
    collected: list[Blocker] = []
    for name, found in _phases(state, now):
        if name == step:
            break
        collected.extend(found)
    return tuple(collected)


def step(state: CaseState, now: datetime) -> str:
    """The last step that is done, in the words of the life of a case."""
    if state.release is not None:
        facts = state.release.facts
        if facts.withdrawn_on:
            return "withdrawn"
        if state.published:
            return "published"
        return "cleared" if facts.cleared_on and not facts.open_conditions else "sealed"
    done = "taken in"
    for name, found in _phases(state, now):
        if found:
            return done
        done = name
    return done


def publication_blockers(release: Release, today: date) -> tuple[Blocker, ...]:
    """What keeps a sealed release off the website on this day (London's). Needs no vault."""
    facts = release.facts
    found: list[Blocker] = []
    if facts.withdrawn_on:
        return (blocker("withdrawn", date=_plain(facts.withdrawn_on)),)
    if facts.held:
        found.append(blocker("held"))
    if facts.cleared_on is None:
        found.append(blocker("not-cleared"))
    elif facts.cleared_on > today:
        found.append(blocker("clearance-ahead", date=_plain(facts.cleared_on)))
    found += [blocker("condition-open", number=text.partition(".")[0]) for text in facts.open_conditions]
    if facts.family_told_on is None or facts.family_told_on > today:
        found.append(blocker("family-not-told"))
    if facts.publish_on is None:
        found.append(blocker("no-publication-date"))
    elif facts.publish_on > today:
        found.append(blocker("before-publication-date", date=_plain(facts.publish_on)))
    present = {str(document["kind"]) for document in release.info["documents"]}
    if not facts.overview_or_summary_waived:
        found += [
            blocker("document-missing", missing=title) for kind, title in _TITLES.items() if kind not in present
        ]
    return tuple(found)


def today(now: datetime) -> date:
    """The day in London."""
    return now.astimezone(LONDON).date()


def blocker(code: str, **values: object) -> Blocker:
    message, protocol, remedy = BLOCKERS[code]
    return Blocker(code, message.format(**values), protocol, remedy.format(**values))


_TITLES = {DocumentKind.OVERVIEW: "overview report", DocumentKind.SUMMARY: "executive summary"}


def _phases(state: CaseState, now: datetime) -> tuple[tuple[str, tuple[Blocker, ...]], ...]:
    """Each step after intake with what stands before it."""
    table: tuple[tuple[str, Callable[[CaseState], tuple[Blocker, ...]]], ...] = (
        ("anonymised", _before_anonymised),
        ("decided", _before_decided),
        ("approved", _before_approved),
        ("sealed", lambda case: () if case.release else (blocker("not-sealed"),)),
        ("published", lambda case: publication_blockers(case.release, today(now)) if case.release else ()),
    )
    return tuple((name, rule(state)) for name, rule in table)


def _before_anonymised(state: CaseState) -> tuple[Blocker, ...]:
    if not state.analysed:
        return (blocker("not-anonymised"),)
    found = []
    if not state.sources_current:
        found.append(blocker("sources-changed"))
    if not state.rules_current:
        found.append(blocker("rules-changed"))
    return tuple(found)


def _before_decided(state: CaseState) -> tuple[Blocker, ...]:
    found = []
    if state.undecided:
        found.append(blocker("undecided", count=state.undecided))
    if state.unexplained:
        found.append(blocker("unexplained", count=state.unexplained))
    if state.warnings:
        found.append(blocker("warnings-open", count=state.warnings))
    missing = [kind for kind in _TITLES if kind not in state.kinds and state.waived != kind]
    found += [blocker("document-missing", missing=_TITLES[kind]) for kind in missing]
    return tuple(found)


def _before_approved(state: CaseState) -> tuple[Blocker, ...]:
    found = []
    if state.void:
        found.append(blocker("approval-void", count=state.void))
    if len(state.approvals) < APPROVALS_NEEDED:
        found.append(blocker("approval-missing", count=len(state.approvals)))
    if Role.CHAIR not in state.approvals:
        found.append(blocker("chair-missing"))
    return tuple(found)


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
