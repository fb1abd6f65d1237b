"""What detection has claimed, as findings, and the identities that decide about them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.detect.claim_people import Claimer
from pipeline.detect.page import Page
from pipeline.detect.words import fold
from pipeline.identities import Person, Register, labels
from pipeline.models import Action, Analysis, Finding, Identity, IdentityKind, PanelMember
from pipeline.rules import Rules


def assemble(
    pages: Sequence[Page], claimer: Claimer, register: Register, members: tuple[PanelMember, ...], rules: Rules
) -> Analysis:
    """Claims and mentions as findings, and the identities that decide about them."""
    findings: list[Finding] = []
    groups: dict[str, _Group] = {}
    for mention in claimer.mentions:
        person = register.people[mention.person]
        page = pages[mention.page]
        known_by = " ".join(person.full) or person.shown
        # What was decided about a member holds no longer once the person is none, nor about somebody of that name.
        key = _key("person", f"{known_by} (panel)" if person.panel else known_by)
        text = page.text[mention.start : mention.end]
        groups.setdefault(key, _Group(IdentityKind.PERSON, "PERSON", person=person)).add(text)
        findings.append(
            Finding(
                page.kind, mention.start, mention.end, "PERSON", text, key, mention.sources, reason=mention.reason
            )
        )
    for page in pages:
        for claim in (c for c in page.claims if c.type not in ("STAY", "PERSON")):
            text = page.text[claim.start : claim.end]
            swept = claim.sources == ("sweep",)
            kind = IdentityKind.UNEXPLAINED if swept else IdentityKind.VALUE
            key = _key(kind.value, f"{claim.type}:{fold(text)}")
            risk = round(claim.score * 3) if swept else 1
            group = _Group(kind, claim.type, label=claim.replacement, reason=claim.reason, risk=risk)
            groups.setdefault(key, group).add(text)
            findings.append(
                Finding(
                    page.kind,
                    claim.start,
                    claim.end,
                    claim.type,
                    text,
                    key,
                    claim.sources,
                    claim.score,
                    claim.replacement,
                    claim.reason,
                )
            )
    given = labels(register.people, rules)
    identities = tuple(group.identity(key, given, rules) for key, group in groups.items())
    findings.sort(key=lambda f: (f.document.value, f.start))
    return Analysis(tuple(findings), identities, members)


def _key(kind: str, text: str) -> str:
    return f"{kind}-{hashlib.sha256(f'{kind}:{text}'.encode()).hexdigest()[:10]}"


@dataclass
class _Group:
    """The findings of one identity while they are gathered."""

    kind: IdentityKind
    type: str
    person: Person | None = None
    label: str = ""
    reason: str = ""
    risk: int = 1
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        self.forms[text] += 1

    def identity(self, key: str, given: Mapping[int, tuple[str, str]], rules: Rules) -> Identity:
        forms = tuple(sorted(self.forms, key=lambda f: (-len(f), f)))
        policy = rules.types[self.type]
        name, role, action, label, reason = forms[0], "", Action.REDACT, self.label or policy.replacement, self.reason
        if self.person is not None:
            name = self.person.shown
            label, role = given.get(self.person.number, (self.person.shown, ""))
            reason = "a person who is not on the Review Panel"
            if self.person.pseudonym:
                action, role, reason = Action.KEEP, "agreed pseudonym", "agreed with the family"
            elif self.person.panel is not None:
                action, role = Action.KEEP, self.person.panel.role
                reason = "Chair or member of the Review Panel (§4.28)"
        decide = policy.decide or self.kind is IdentityKind.UNEXPLAINED
        risk = self.risk if decide else 0
        count = sum(self.forms.values())
        return Identity(key, self.kind, self.type, name, forms, role, action, label, reason, decide, risk, count)
