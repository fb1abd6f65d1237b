"""A case as the vault holds it, and its state as the gates see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline import accept, decide, jigsaw
from pipeline.gate import CaseState
from pipeline.manifest import approval_holds
from pipeline.models import Acceptance, CaseFacts, Decision, Document, JigsawWarning
from pipeline.pins import Pins
from pipeline.release import Opened
from pipeline.seen import Mark
from pipeline.vault import approvals, cases, events
from pipeline.vault.approvals import StoredApproval
from pipeline.vault.cases import Source, StoredAnalysis
from pipeline.vault.keys import Role
from pipeline.vault.store import Vault


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that the vault holds on one case. `decisions` are those that count, about identities there are."""

    slug: str
    reference: str
    facts: CaseFacts
    sources: tuple[Source, ...]
    stored: StoredAnalysis | None
    decisions: tuple[Decision, ...]
    approvals: tuple[StoredApproval, ...]
    events: tuple[events.Event, ...]
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(source.document for source in self.sources)

    @property
    def preparers(self) -> tuple[str, ...]:
        """Key ids of everybody who took in, anonymised or decided, ever."""
        return tuple(sorted({event.actor for event in self.events if event.kind in events.PREPARING}))

    @property
    def content_head(self) -> tuple[int, str]:
        """The last event after which earlier signatures are void."""
        last = [event for event in self.events if event.kind in events.CONTENT][-1]
        return last.sequence, last.hash

    @property
    def waived(self) -> str:
        """The kind of document that is rightly missing, as recorded before sealing."""
        found = [str(event.details["missing"]) for event in self.events if event.kind == "waived"]
        return found[-1] if found else ""

    @property
    def last_sealed(self) -> Mapping[str, object] | None:
        """Version, manifest digest and content of the last sealing."""
        found = [event.details for event in self.events if event.kind == "sealed"]
        return found[-1] if found else None

    @property
    def sealed_is_current(self) -> bool:
        return self.last_sealed is not None and self.last_sealed["content"] == self.content_head[1]

    @property
    def version(self) -> int:
        """The version that is sealed, if nothing changed since; otherwise the one being prepared."""
        before = int(str(self.last_sealed["version"])) if self.last_sealed else 0
        return before if self.sealed_is_current else before + 1


def load(vault: Vault, reference: str) -> CaseFile:
    """A case by its reference or slug. Raises NoSuchCase."""
    slug, known_as = cases.find_case(vault, reference)
    stored = cases.stored_analysis(vault, slug)
    taken = cases.decisions(vault, slug)
    return CaseFile(
        slug,
        known_as,
        cases.facts(vault, slug),
        cases.current_sources(vault, slug),
        stored,
        decide.effective(stored.analysis, taken) if stored else (),
        approvals.approvals(vault, slug),
        events.of_case(vault, slug),
        cases.acceptances(vault, slug),
    )


def warnings(case: CaseFile, rules_digest: str) -> tuple[JigsawWarning, ...]:
    """Every warning about the case as it is decided now, each with the reason if somebody accepted it."""
    from pipeline.jigsaw.loading import load_for

    if case.stored is None:
        return ()
    rules = load_for(rules_digest)
    found = jigsaw.warnings(case.documents, case.facts, case.stored.analysis, rules, case.decisions)
    return accept.with_reasons(found, case.acceptances)


def state(
    case: CaseFile,
    pins: Pins,
    rules_digest: str,
    opened: Iterable[Opened] = (),
    seen: Mapping[str, Mark] | None = None,
) -> CaseState:
    """What the gates look at. `opened` are the releases here; `seen` says which of them the website holds."""
    waiting = decide.undecided(case.stored.analysis, case.decisions) if case.stored else ()
    undecided, unexplained = decide.counts(waiting)
    release = next(
        (
            o.release
            for o in opened
            if o.release.case == case.slug and o.release.version == case.version and case.sealed_is_current
        ),
        None,
    )
    mark = (seen or {}).get(case.slug)
    valid = valid_approvals(case, pins, rules_digest)
    waiting_warnings = () if release else accept.still_open(warnings(case, rules_digest))
    signed = {str(a.approval["key_id"]) for a in case.approvals if a.manifest["version"] == case.version}
    return CaseState(
        case=case.slug,
        reference=case.reference,
        kinds=frozenset(source.kind for source in case.sources),
        waived=case.waived,
        analysed=case.stored is not None,
        sources_current=case.stored is not None
        and set(case.stored.sources) == {source.id for source in case.sources},
        rules_current=case.stored is not None and case.stored.rules_digest == rules_digest,
        undecided=undecided,
        unexplained=unexplained,
        warnings=len(waiting_warnings),
        approvals=tuple(Role(a.approval["role"]) for a in valid.values()),
        void=len(signed - set(valid)),
        release=release,
        published=release is not None and mark is not None and mark.published == release.version,
    )


def valid_approvals(case: CaseFile, pins: Pins, rules_digest: str) -> dict[str, StoredApproval]:
    """The signatures over the content as it is now, the last of each person. Files are compared when sealing."""
    sequence, mark = case.content_head
    return {
        str(a.approval["key_id"]): a
        for a in case.approvals
        if a.manifest["log"] == {"sequence": sequence, "hash": mark}
        and a.manifest["version"] == case.version
        and a.manifest["rules_digest"] == rules_digest
        and approval_holds(a.manifest, a.approval, pins)
    }
