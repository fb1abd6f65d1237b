"""What detection has claimed, as findings, and the identities that decide about them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.detect import unsure_words
from pipeline.detect.claim_people import Claimer
from pipeline.detect.page import Page
from pipeline.detect.words import fold
from pipeline.explain import AGREED, CHECKS
from pipeline.identities import Person, Register, labels
from pipeline.models import Action, Analysis, Finding, Identity, IdentityKind, PanelMember
from pipeline.rules import STAYS, Rules


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
        found = Finding(page.kind, mention.start, mention.end, "PERSON", text, key, mention.sources)
        findings.append(replace(found, reason=mention.reason, replacement=mention.replacement))
    checked = {f"rule:{rule.name}": CHECKS.get(rule.check, "") for rule in rules.identifiers}
    for page in pages:
        for claim in (c for c in page.claims if c.type not in (STAYS, "PERSON")):
            text = page.text[claim.start : claim.end]
            swept = claim.sources in (("sweep",), (unsure_words.SOURCE,))
            kind = IdentityKind.UNEXPLAINED if swept else IdentityKind.VALUE
            key = _key(kind.value, fold(text) if swept else f"{claim.type}:{fold(text)}")
            risk = round(claim.score * 3) if swept else 1
            reason = f"{claim.reason}, {note}" if (note := checked.get(claim.sources[0])) else claim.reason
            group = _Group(kind, claim.type, label=claim.replacement, reason=reason, risk=risk)
            groups.setdefault(key, group).add(text)
            found = Finding(page.kind, claim.start, claim.end, claim.type, text, key, claim.sources, claim.score)
            findings.append(replace(found, replacement=claim.replacement, reason=reason))
    given = labels(register.people, rules)
    identities = tuple(group.identity(key, given, rules) for key, group in groups.items())
    kept = [finding for page in pages for finding in _kept(page, claimer, rules)]
    return Analysis(_in_order(findings), identities, members, kept=_in_order(kept))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.document.value, f.start)))


def _kept(page: Page, claimer: Claimer, rules: Rules) -> Iterator[Finding]:
    """What stays on a page whatever is decided: claims to that effect, listed words, explained abbreviations."""

    def kept(start: int, end: int, sources: tuple[str, ...], reason: str) -> Finding:
        text = page.text[start:end]
        return Finding(page.kind, start, end, STAYS, text, "", sources, reason=reason, action=Action.KEEP)

    for claim in page.claims:
        if claim.type == STAYS:
            yield kept(claim.start, claim.end, claim.sources, claim.reason)
    lists = {fold(name): title for name, title in rules.stays.items() if " " not in name}
    for word in page.words:
        if not word.capital or not page.free(word):
            continue
        if claimer.lexicon.stays_alone(word):
            plain = word.folded.removesuffix("s")
            title = lists.get(word.folded) or lists.get(plain) or lists.get(f"{word.folded}'s")
            source = f"list:{title}" if title else "medicine"
            reason = "on a list of names that stay" if title else "a medicine by the ending of its name"
            yield kept(word.start, word.end, (source,), reason)
        elif claimer.abbreviations & {word.text, word.text.rstrip("s")}:
            yield kept(word.start, word.end, ("abbreviation",), "an abbreviation that the report explains")


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
            label, role = given[self.person.number]
            reason = "a person who is not on the Review Panel"
            if self.person.pseudonym:
                action, role, reason = Action.KEEP, AGREED, "agreed with the family"
            elif self.person.panel is not None:
                action, role = Action.KEEP, self.person.panel.role
                reason = "Chair or member of the Review Panel (§4.28)"
        agreed = self.person is not None and self.person.pseudonym  # the officer recorded what the family agreed
        decide = (policy.decide or self.kind is IdentityKind.UNEXPLAINED) and not agreed
        risk = self.risk if decide else 0
        count = sum(self.forms.values())
        member = self.person is not None and self.person.panel is not None
        return Identity(
            key, self.kind, self.type, name, forms, role, action, label, reason, decide, risk, count, member
        )
