"""The stages in order: what the command line, the web page and the tests call, and nothing else.

Each stage reads what it needs from the vault or the releases, calls the plain functions that do the work, and writes
the result back together with its event. What needs no vault is in `public` and offered here too. Times are aware;
`Session.now` is the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import accept, approval, decide, gate, intake_report, release, seen
from pipeline import case as casework
from pipeline import pins as pinned
from pipeline.accept import Accepted
from pipeline.afterwards import Clearance
from pipeline.approval import Proposal
from pipeline.case import CaseFile
from pipeline.decide import Answer, Contexts
from pipeline.errors import (
    Blocked,
    NoSuchUser,
    SignOffMissing,
    WorkspaceError,
)
from pipeline.models import (
    Analysis,
    CaseFacts,
    Decision,
    Document,
    DocumentKind,
    Identity,
    JigsawWarning,
    Notice,
    Redacted,
)
from pipeline.public import (
    Progress,
    Published,
    Publishing,
    clear,
    details,
    fingerprint,
    publish,
    record,
    sign_in_without_vault,
    silent,
    status,
    status_as_json,
    users,
    utc_now,
    withdraw,
)
from pipeline.roles import require
from pipeline.side_texts import refuse_labels_that_name, refuse_reasons_that_name
from pipeline.vault import approvals, audit, cases, events, people, store
from pipeline.vault.cases import NewSource, StoredAnalysis
from pipeline.vault.keys import STANDARD_COST, KdfCost, Role, Signer
from pipeline.vault.store import Vault
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.rules import Rules
__all__ = [
    "Accepted",
    "Answer",
    "Clearance",
    "Progress",
    "Published",
    "Publishing",
    "Session",
    "SignedOff",
    "accepted_warnings",
    "add_user",
    "anonymise",
    "approve",
    "asked_again",
    "clear",
    "contexts",
    "details",
    "diff",
    "diff_documents",
    "fingerprint",
    "init",
    "intake",
    "kept_off_panel",
    "needs_introducer",
    "open_vault",
    "open_warnings",
    "panel",
    "propose",
    "publish",
    "read_decisions",
    "record",
    "refuse_unintroduced",
    "seal",
    "sign_in",
    "sign_in_without_vault",
    "silent",
    "status",
    "status_as_json",
    "take_decisions",
    "undecided",
    "users",
    "utc_now",
    "verify_audit",
    "warnings",
    "withdraw",
    "write_for_reading",
]


@dataclass(frozen=True, slots=True)
class Session:
    """An open vault and the person who signed in to it."""

    vault: Vault
    signer: Signer
    now: Callable[[], datetime] = utc_now

    @property
    def workspace(self) -> Workspace:
        return self.vault.workspace


# Setting up


def init(workspace: Workspace, passphrase: str, *, at: datetime | None = None, cost: KdfCost = STANDARD_COST) -> str:
    """Creates the workspace and its vault. Returns the fingerprint to compare on other machines.

    Raises WorkspaceError if there is one, WeakPassphrase.
    """
    if workspace.pins.exists():
        raise WorkspaceError("This workspace is in use already.", "Choose another folder.")
    vault = store.create(workspace, passphrase, cost)
    try:
        return people.start(vault, at or utc_now())
    finally:
        vault.close()


def open_vault(workspace: Workspace, passphrase: str) -> Vault:
    """Raises WorkspaceError, WrongPassphrase, VaultDamaged."""
    return store.open_vault(workspace, passphrase)


def sign_in(vault: Vault, name: str, passphrase: str, now: Callable[[], datetime] = utc_now) -> Session:
    """Raises NoSuchUser, WrongPassphrase."""
    return Session(vault, people.sign_in(vault, name, passphrase), now)


def add_user(
    vault: Vault,
    name: str,
    role: Role,
    passphrase: str,
    *,
    introducer: Signer | None = None,
    at: datetime | None = None,
    cost: KdfCost = STANDARD_COST,
) -> pinned.UserRecord:
    """Adds a user. After the first officer and the first chair it needs the signature of somebody who is a user.

    Raises NotPermitted, WorkspaceError, WeakPassphrase.
    """
    return people.add_user(vault, name, role, passphrase, introducer=introducer, at=at or utc_now(), cost=cost)


def needs_introducer(vault: Vault) -> bool:
    """Whether both founders are there, so that a new user needs another person's signature."""
    return not people.missing_founders(vault)


def refuse_unintroduced(vault: Vault, role: Role, introduced: bool) -> None:
    """As `add_user` would refuse, before anybody is asked for a passphrase. Raises NotPermitted."""
    people.refuse_unintroduced(vault, role, introduced)


# Intake


@dataclass(frozen=True, slots=True)
class SignedOff:
    """A file and its sign-off by the SSP: whose report, which of the two documents, who signed it off and when."""

    path: Path
    reference: str
    kind: DocumentKind
    signed_off_by: str
    signed_off_on: date


def intake(session: Session, report: SignedOff, progress: Progress = silent, *, ocr: bool = False) -> Document:
    """Takes a signed-off report into the vault (§4.28). Returns what was read, with notices for the officer.

    ocr  scanned pages are read by character recognition; what is stored is the file as it was given
    Raises NotPermitted, SignOffMissing, BadReference, AlreadyTakenIn, ManagementReview, UnreadableFile; then nothing
    is stored.
    """
    from pipeline.extract import read, read_file, read_with_ocr

    require("take in", session.signer.role)
    now = session.now()
    if not report.signed_off_by.strip():
        raise SignOffMissing("Nobody is named who signed the report off.", "Only signed-off reports are taken in.")
    if report.signed_off_on > gate.today(now):
        raise SignOffMissing("The date of the sign-off is still to come.", "Give the day on which it was signed off.")
    cases.slug_of(report.reference)
    data = read_file(report.path)
    cases.refuse_repeat(session.vault, data)
    progress("Reading the report")
    document = read_with_ocr(data, report.kind, session.workspace.root, progress) if ocr else read(data, report.kind)
    new = NewSource(report.kind, data, document, " ".join(report.signed_off_by.split()), report.signed_off_on)
    earlier = _taken_in_on(session.vault, report)
    cases.add_source(session.vault, session.signer, report.reference, new, now)
    told = intake_report.other_reference(document, report.reference)
    if earlier is not None:
        told = (Notice("replaces", 1, f"It replaces the one taken in on {earlier}."), *told)
    return replace(document, notices=(*told, *document.notices))


def _taken_in_on(vault: Vault, report: SignedOff) -> date | None:
    """The day on which the source that this report replaces was taken in; None if it is the first of its kind."""
    slug = cases.slug_of(report.reference)
    found = [source.event for source in cases.current_sources(vault, slug) if source.kind is report.kind]
    return next((gate.today(event.at) for event in events.of_case(vault, slug) if event.sequence in found), None)


# Anonymising and deciding


def anonymise(
    session: Session,
    reference: str,
    *,
    facts: CaseFacts | None = None,
    rules: Rules | None = None,
    progress: Progress = silent,
) -> tuple[Identity, ...]:
    """Analyses all documents of the case together and stores the result; decisions taken before are kept.

    facts   what the officer knows beforehand; None leaves what is on record
    Returns the identities that now need a decision.
    """
    from pipeline.anonymise import analyse

    require("anonymise", session.signer.role)
    case = casework.load(session.vault, reference)
    rules = rules or _rules()
    known = replace(facts, reference=case.reference) if facts else case.facts
    progress("Finding what must go")
    analysis = analyse(case.documents, replace(known, reference=case.reference), rules)
    stored = StoredAnalysis(analysis, rules.digest, tuple(source.id for source in case.sources))
    cases.store_analysis(session.vault, session.signer, case.slug, stored, session.now(), known)
    return undecided(session.vault, reference)


def panel(vault: Vault, reference: str) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """The list of the Panel, whose names stay (§4.28): lines for the officer, and what is odd about the list."""
    from pipeline import members

    case = _analysed(vault, reference)
    analysis = _analysis(case)
    listed = analysis.panel
    return members.as_lines(listed, case.documents), members.notices(listed, case.documents, analysis.unmatched)


def undecided(vault: Vault, reference: str) -> tuple[Identity, ...]:
    """What still needs a decision, the riskiest first. Raises NoSuchCase, Blocked before anonymising."""
    case = _analysed(vault, reference)
    return decide.undecided(_analysis(case), case.decisions)


def asked_again(vault: Vault, reference: str, which: str) -> tuple[Identity, Decision | None]:
    """The identity of that key or exact name, and the decision about it so far. Raises DecisionError, Blocked."""
    case = _analysed(vault, reference)
    identity = decide.named(_analysis(case), which)
    return identity, next((d for d in case.decisions if d.identity == identity.key), None)


def contexts(vault: Vault, reference: str, identity: Identity) -> Contexts:
    """Places where an identity stands, with the words around it: all of them where it is proposed to be kept."""
    case = _analysed(vault, reference)
    return decide.contexts(identity, _analysis(case), case.documents)


def read_decisions(vault: Vault, reference: str, path: Path) -> tuple[tuple[Answer, ...], tuple[Accepted, ...]]:
    """Answers from a YAML file, checked against the case, and the warnings to accept from the same file, which is
    opened once. Raises DecisionError naming the entry's number."""
    entries = decide.read_file(path)
    return decide.checked(entries.decisions, _analysis(_analysed(vault, reference))), accept.read(entries.warnings)


def warnings(vault: Vault, reference: str) -> tuple[JigsawWarning, ...]:
    """What a reviewer must look at in the case as it is decided now, with the reasons of what was accepted."""
    return casework.warnings(_analysed(vault, reference), _rules().digest)


def open_warnings(vault: Vault, reference: str) -> tuple[JigsawWarning, ...]:
    """The warnings that nobody has accepted yet."""
    return accept.still_open(warnings(vault, reference))


def take_decisions(
    session: Session, reference: str, answers: Sequence[Answer], accepted: Sequence[Accepted] = ()
) -> int:
    """Stores one decision for each answer and one acceptance for each warning. Returns how many items are undecided.

    accepted  warnings about the case as the answers leave it
    Raises NotPermitted, DecisionError; then none is stored.
    """
    from pipeline.redact import settled

    require("decide", session.signer.role)
    case = _analysed(session.vault, reference)
    analysis = _analysis(case)
    entries = [{"identity": a.identity, "action": str(a.action), "label": a.label} for a in answers]
    answers = decide.checked(entries, analysis)
    now = session.now()
    new = decide.as_decisions(answers, session.signer.key_id, now)
    after = replace(case, decisions=decide.effective(analysis, [*case.decisions, *new]))
    decide.sweep_labels(answers, approval.forbidden_forms(after))
    refuse_labels_that_name([answer.label for answer in answers], _rules, tuple(case.facts.pseudonyms))
    if accepted:
        accept.check(accepted, casework.warnings(after, _rules().digest))
        accept.sweep_reasons(accepted, approval.forbidden_forms(after))
        labels = [label for _, label in settled(analysis, after.decisions).values()]
        refuse_reasons_that_name([entry.reason for entry in accepted], _rules, [*labels, *case.facts.pseudonyms])
    if new:
        cases.add_decisions(session.vault, session.signer, case.slug, new, now)
    if accepted:
        taken = accept.as_acceptances(accepted, session.signer.key_id, now)
        cases.add_acceptances(session.vault, session.signer, case.slug, taken, now)
    return len(decide.undecided(analysis, after.decisions))


def diff_documents(vault: Vault, reference: str) -> tuple[Redacted, ...]:
    """Each document of the case as the decisions so far make it, with every change."""
    from pipeline.redact import redact

    case = _analysed(vault, reference)
    return tuple(redact(document, _analysis(case), case.decisions) for document in case.documents)


def diff(vault: Vault, reference: str, form: str = "terminal") -> str:
    """Every change in context, with the decisions so far: "terminal", "html" or "json".

    Holds names: it is Restricted (§4.25).
    """
    from pipeline.diff import as_html, as_json, as_terminal

    case = _analysed(vault, reference)
    show = {"terminal": as_terminal, "html": as_html, "json": as_json}[form]
    decided = replace(decide.settled(_analysis(case), case.decisions), warnings=warnings(vault, reference))
    return show(case.documents, diff_documents(vault, reference), decided, case.decisions)


# Approving and sealing


def propose(vault: Vault, reference: str, approver: str, progress: Progress = silent) -> Proposal:
    """Renders exactly what would be published, for this user (name or key id) to look at and sign.

    Raises Blocked, NoSuchUser, NotPermitted, NotIndependent, AlreadySigned, LeakFound, VaultDamaged.
    """
    pins, rules = people.pins(vault), _rules()
    case = casework.load(vault, reference)
    key = _key_of(vault, approver)
    approval.refuse_dependent(case, pins, key)
    _refuse_blocked(case, pins, rules, "approved")
    _refuse_sealed(case)
    approval.refuse_repeat(case, pins, key, rules.digest)
    verify_audit(vault)
    progress("Rendering every file of the release")
    return approval.propose(case, pins)


def kept_off_panel(proposal: Proposal) -> tuple[str, ...]:
    """People who stay in print by decision, though they are neither on the Panel nor an agreed pseudonym (§4.28)."""
    case = proposal.case
    return decide.kept_off_panel(_analysis(case), case.decisions, case.facts.pseudonyms)


def accepted_warnings(proposal: Proposal) -> tuple[JigsawWarning, ...]:
    """The warnings about what would be published, each accepted with a reason: no other can come this far (§4.28)."""
    return casework.warnings(proposal.case, _rules().digest)


def write_for_reading(proposal: Proposal, folder: Path) -> None:
    """Writes what would be signed into a new or empty folder that only its owner can open (§4.25: Restricted).

    Raises WorkspaceError if something is in the folder, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise WorkspaceError("The folder for reading is not empty.", "Name another with --out.")
        folder.chmod(0o700)
        for name, data in proposal.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(data)
    except OSError:
        raise WorkspaceError("The folder for reading cannot be written.", "Name another with --out.") from None


def approve(session: Session, proposal: Proposal) -> None:
    """Signs a proposal. Raises as `propose`, and ChangedSinceSigning if the case changed while it was looked at."""
    pins, rules = people.pins(session.vault), _rules()
    case = casework.load(session.vault, proposal.case.slug)
    approval.refuse_dependent(case, pins, session.signer.key_id)
    _refuse_blocked(case, pins, rules, "approved")
    approval.refuse_repeat(case, pins, session.signer.key_id, rules.digest)
    approval.refuse_stale(proposal, case, rules.digest)
    approval.sign(session.vault, session.signer, proposal, session.now())


def seal(session: Session, reference: str, progress: Progress = silent) -> str:
    """Renders again, compares with what was signed, looks for redacted forms, and writes the release.

    Returns the case's slug. Raises NotPermitted, Blocked, ChangedSinceSigning, LeakFound, VaultDamaged.
    """
    require("seal", session.signer.role)
    vault, workspace = session.vault, session.workspace
    pins, rules = people.pins(vault), _rules()
    case = casework.load(vault, reference)
    _refuse_blocked(case, pins, rules, "sealed")
    _refuse_sealed(case)
    earlier = release.open_one(workspace, case.slug) if release.is_here(workspace, case.slug) else None
    verify_audit(vault)
    progress("Rendering again and comparing with what was signed")
    proposal = approval.propose(case, pins)
    approval.matching(proposal, pins)
    if earlier and not earlier.release.facts.withdrawn_on and earlier.release.manifest_digest != proposal.digest:
        raise Blocked(
            "An earlier version of this case is sealed and not withdrawn.",
            "Run `ssp withdraw` first, with the reason.",
        )
    approval.write_release(vault, session.signer, proposal, pins, session.now(), earlier)
    seen.remember(workspace, pins.fingerprint, [release.open_one(workspace, case.slug).release])
    return case.slug


def verify_audit(vault: Vault) -> audit.AuditReport:
    """Proves the event log and the vault's rows, against the heads that approvals and releases hold too.

    Raises VaultDamaged naming the event, ReleaseAltered.
    """
    signed: list[Mapping[str, Any]] = []
    for slug in cases.all_cases(vault):
        signed += [part for a in approvals.approvals(vault, slug) for part in (a.manifest, a.approval)]
    for opened in release.open_all(vault.workspace):
        signed += [opened.manifest, *opened.approvals]
    heads = [(int(record["log"]["sequence"]), str(record["log"]["hash"])) for record in signed]
    return audit.verify(vault, heads)


# Shared by the stages


def _rules() -> Rules:
    from pipeline.rules import load

    return load()


def _analysed(vault: Vault, reference: str) -> CaseFile:
    case = casework.load(vault, reference)
    if case.stored is None:
        raise Blocked("The case has not been anonymised.", "Run `ssp anonymise`.", (gate.blocker("not-anonymised"),))
    return case


def _analysis(case: CaseFile) -> Analysis:
    if case.stored is None:
        raise WorkspaceError("The case has no analysis.", "Run `ssp anonymise`.")
    return case.stored.analysis


def _key_of(vault: Vault, user: str) -> str:
    for name, known in people.users(vault):
        if user.casefold() == name.casefold() or user == known.key_id:
            return known.key_id
    raise NoSuchUser("There is no user of that name.", "See `ssp user list`.")


def _refuse_sealed(case: CaseFile) -> None:
    if case.sealed_is_current:
        raise Blocked("This version is sealed already.", "See `ssp status` for what comes next.")


def _refuse_blocked(case: CaseFile, pins: pinned.Pins, rules: Rules, step: str) -> None:
    found = gate.blockers_before(casework.state(case, pins, rules.digest), step, utc_now())
    if found:
        raise Blocked(f"The case cannot be {step} yet.", "Settle each point below first.", found)
