"""Rendering what would be published, putting it before the approvers, and sealing it once two have signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline import release, statements
from pipeline.canonical import digest
from pipeline.case import CaseFile, valid_approvals
from pipeline.errors import AlreadySigned, Blocked, ChangedSinceSigning, LeakFound, NotIndependent
from pipeline.manifest import Provenance, approve, build, dependence, shortfalls
from pipeline.models import Action, PanelMember, Redacted, ReleaseMeta
from pipeline.pins import Pins
from pipeline.release import Opened
from pipeline.roles import require
from pipeline.statements import make
from pipeline.vault import approvals, events
from pipeline.vault.approvals import StoredApproval
from pipeline.vault.keys import Signer
from pipeline.vault.store import Vault


@dataclass(frozen=True, slots=True)
class Proposal:
    """Exactly what would be published, for an approver to look at and sign."""

    case: CaseFile
    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]
    redacted: tuple[Redacted, ...]

    @property
    def digest(self) -> str:
        return digest(self.manifest)

    @property
    def replaced(self) -> dict[str, int]:
        """How many places were replaced in each document."""
        return {str(r.document.kind): len(r.changes) for r in self.redacted}

    @property
    def kept(self) -> tuple[str, ...]:
        """Names that stay in print: the panel's, and those that somebody decided to keep."""
        from pipeline.decide import members

        if self.case.stored is None:
            return ()
        analysis = self.case.stored.analysis
        decided = {d.identity for d in self.case.decisions if d.action is Action.KEEP}
        names = [member.name for member in members(analysis, self.case.decisions)]
        return tuple(dict.fromkeys([*names, *(i.name for i in analysis.identities if i.key in decided)]))


def propose(case: CaseFile, pins: Pins) -> Proposal:
    """Renders every file of the release and looks for redacted forms in them. Raises LeakFound."""
    from pipeline.redact import redact
    from pipeline.render import render_release

    if case.stored is None:
        raise Blocked("The case has not been anonymised.", "Run `ssp anonymise`.")
    analysis = case.stored.analysis
    redacted = tuple(redact(document, analysis, case.decisions) for document in case.documents)
    signed_off_on = max(source.signed_off_on for source in case.sources)
    meta = ReleaseMeta(
        case.slug, case.reference, case.version, panel_in_print(case), signed_off_on, case.stored.rules_digest
    )
    files = render_release(meta, [r.document for r in redacted])
    about = Provenance(
        workspace=pins.fingerprint,
        case=case.slug,
        reference=case.reference,
        version=case.version,
        signed_off_on=signed_off_on.isoformat(),
        rules_digest=case.stored.rules_digest,
        preparers=case.preparers,
        log=case.content_head,
        waived=case.waived,
    )
    sweep(case, {**files, "labels.md": _side_texts(case).encode()})
    return Proposal(case, build(files, about), files, redacted)


def sweep(case: CaseFile, files: Mapping[str, bytes]) -> None:
    """Raises LeakFound if any form that is redacted in this case is in the files. Says where, never what."""
    from pipeline.verify import find_forms

    hits = find_forms(files, forbidden_forms(case), _left_in_print(case))
    if hits:
        places = sorted({f"{hit.file} ({hit.where})" for hit in hits})
        more = f" and {len(places) - 5} more place(s)" if len(places) > 5 else ""
        raise LeakFound(
            f"Something that is redacted is still to be found in {', '.join(places[:5])}{more}.",
            "Nothing was written. Look at those places with `ssp diff` and decide about them.",
        )


def forbidden_forms(case: CaseFile) -> tuple[str, ...]:
    """The vault's list of redacted forms of the case, as it stands.

    Made as if nobody had given a label: a form that stands in a label would otherwise count as kept text and so drop
    off the very list that the label is checked against.
    """
    from pipeline import redact

    if case.stored is None:
        return ()
    unlabelled = tuple(replace(decision, label="") for decision in case.decisions)
    return tuple(redact.forbidden_forms(case.documents, case.stored.analysis, unlabelled))


def _left_in_print(case: CaseFile) -> frozenset[str]:
    """Whole words that stay, which are no hits for what can be read into them. Raises RulesError."""
    from pipeline import rules
    from pipeline.left_in_print import words_left_in_print

    if case.stored is None:
        return frozenset()
    return words_left_in_print(case.documents, case.stored.analysis, case.decisions, rules.load().english)


def panel_in_print(case: CaseFile) -> tuple[PanelMember, ...]:
    """The Chair and members as they will be published. Raises RulesError."""
    from pipeline import posts, rules

    if case.stored is None:
        return ()
    forms = set(forbidden_forms(case))
    return posts.panel_in_print(case.documents, case.stored.analysis, case.decisions, forms, rules.load())


def refuse_dependent(case: CaseFile, pins: Pins, key: str) -> None:
    """Raises NotPermitted for a role that may not approve, NotIndependent for preparers and whom they introduced."""
    why = dependence(case.preparers, key, pins)
    if why:
        raise NotIndependent(
            f"This user may not approve this case: {why}.", "Two people independent of its preparation have to sign."
        )
    require("approve", pins.users[key].role)


def refuse_repeat(case: CaseFile, pins: Pins, key: str, rules_digest: str) -> None:
    """Raises AlreadySigned if this user's signature over the present content is there."""
    if key in valid_approvals(case, pins, rules_digest):
        raise AlreadySigned("This user has signed this version already.", "Another person's signature is needed.")


def refuse_stale(proposal: Proposal, case: CaseFile, rules_digest: str) -> None:
    """Raises ChangedSinceSigning if the case is no longer as it was when the proposal was made."""
    sequence, mark = case.content_head
    now = ({"sequence": sequence, "hash": mark}, case.version, rules_digest)
    if now != tuple(proposal.manifest[name] for name in ("log", "version", "rules_digest")):
        raise ChangedSinceSigning("The case changed while it was being looked at.", "Run `ssp approve` again.")


def sign(vault: Vault, signer: Signer, proposal: Proposal, at: datetime) -> None:
    """Stores one person's approval of exactly what the proposal holds."""
    record = approve(proposal.manifest, signer, events.head(vault), at)
    approvals.add_approval(vault, signer, proposal.case.slug, StoredApproval(proposal.manifest, record), at)


def matching(proposal: Proposal, pins: Pins) -> tuple[Mapping[str, Any], ...]:
    """The signatures over exactly this proposal, one a person. Raises ChangedSinceSigning if they do not suffice."""
    exact = {
        str(a.approval["key_id"]): a.approval
        for a in proposal.case.approvals
        if digest(a.manifest) == proposal.digest
    }
    found = tuple(exact.values())
    if shortfalls(proposal.manifest, found, pins):
        raise ChangedSinceSigning(
            "What would be sealed is not, byte for byte, what two people signed; their signatures are void.",
            "Let the approvers look again and run `ssp approve`.",
        )
    return found


def write_release(
    vault: Vault, signer: Signer, proposal: Proposal, pins: Pins, at: datetime, earlier: Opened | None
) -> None:
    """Seals: the first statement says so, and the chain of an earlier version goes on."""
    signatures = matching(proposal, pins)
    wrong = release.verify_in_memory(proposal.manifest, proposal.files, signatures, pins)
    if wrong:
        raise ChangedSinceSigning(f"The release does not hold together: {wrong[0]}.", "Run `ssp approve` again.")
    chain: Sequence[Mapping[str, Any]] = earlier.chain if earlier else ()
    subject = release.subject_of(proposal.manifest)
    first = make(subject, chain, signer, "sealed", {}, at)
    if statements.first_break([*chain, first], subject, pins) is not None:
        raise ChangedSinceSigning("The chain of statements does not hold.", "Run `ssp audit verify`.")
    release.seal(vault.workspace, proposal.manifest, proposal.files, signatures, [*chain, first])
    details = {
        "version": proposal.manifest["version"],
        "manifest": proposal.digest,
        "content": proposal.case.content_head[1],
    }
    approvals.note(vault, signer, "sealed", proposal.case.slug, details, at)


def _side_texts(case: CaseFile) -> str:
    """What becomes public beside the documents: reference, folder name, replacement labels."""
    analysis = case.stored.analysis if case.stored else None
    identities = analysis.identities if analysis else ()
    labels = {i.label for i in identities if i.proposed is Action.REDACT} | {d.label for d in case.decisions}
    return "\n\n".join([case.reference, case.slug, *sorted(labels - {""})])
