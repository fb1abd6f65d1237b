"""An office for tests: a workspace with four people, and one small invented case that can be taken to any step.

Detection, typesetting and the website have tests of their own, so they are replaced here by small stand-ins;
redaction and the verifier are the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import rules, run
from pipeline.members import without_effect
from pipeline.models import (
    Action,
    Analysis,
    Block,
    BlockKind,
    CaseFacts,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    PanelMember,
    Release,
    ReleaseMeta,
    layout,
)
from pipeline.site_build import PublishReport
from pipeline.vault.keys import KdfCost, Role
from pipeline.vault.store import Vault
from pipeline.workspace import Workspace

CHEAP = KdfCost(memory_power=5, passes=1, lanes=1)
PASSPHRASE = "four unrelated vault words"
REFERENCE = "SSP/DHR/2019/07"
SLUG = "ssp-dhr-2019-07"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PEOPLE = (("Olive", Role.OFFICER), ("Chandra", Role.CHAIR), ("Rhys", Role.REVIEWER), ("Connie", Role.COMMS))

# name -> (identity key, label, needs a decision, unexplained)
GOES = {
    "Tamsin Arkwright": ("person-01", "Adult A", True, False),
    "Dexter Pell": ("person-02", "Adult B", True, False),
    "07700 900123": ("value-01", "[phone number]", False, False),
    "Zorbleton": ("unexplained-01", "[place]", True, True),
}
TEXTS = {
    "overview": "Tamsin Arkwright was killed by Dexter Pell. He rang 07700 900123 from Zorbleton.",
    "summary": "Tamsin Arkwright lived with Dexter Pell.",
}


RULES = rules.load()


@dataclass(frozen=True)
class Rules:
    """The rules as they are, under another digest."""

    digest: str = "r" * 64

    def __getattr__(self, name: str) -> Any:
        return getattr(RULES, name)


@dataclass
class Office:
    """`clock` is the time that sessions see; `rules` can be exchanged; `built` are the website's runs;
    `meanwhile` is done once while the website is being built."""

    workspace: Workspace
    vault: Vault
    clock: datetime = NOW
    rules: Rules = field(default_factory=Rules)
    built: list[tuple[str, ...]] = field(default_factory=list)
    purged: list[str] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def now(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    def session(self, name: str) -> run.Session:
        return run.sign_in(self.vault, name, passphrase_of(name), self.now)

    def add(self, name: str, role: Role, by: str | None = None) -> None:
        introducer = self.session(by).signer if by else None
        run.add_user(self.vault, name, role, passphrase_of(name), introducer=introducer, at=self.now(), cost=CHEAP)

    def file(self, name: str, text: str) -> Path:
        path = self.workspace.root.parent / name
        path.write_text(text)
        return path

    def take_in(self, by: str = "Olive", kinds: Sequence[str] = ("overview", "summary"), extra: str = "") -> None:
        for kind in kinds:
            path = self.file(f"{kind}.docx", TEXTS[kind] + extra)
            signed = run.SignedOff(path, REFERENCE, DocumentKind(kind), "The Partnership", date(2026, 3, 31))
            run.intake(self.session(by), signed)

    def decide_all(self, by: str = "Olive") -> None:
        answers = [run.Answer(identity.key, Action.REDACT) for identity in run.undecided(self.vault, REFERENCE)]
        run.take_decisions(self.session(by), REFERENCE, answers)

    def approve(self, by: str) -> None:
        run.approve(self.session(by), run.propose(self.vault, REFERENCE, by))

    def clear(self, by: str = "Connie", publish_on: date | None = date(2026, 11, 1), **more: Any) -> None:
        clearance = run.Clearance("HO/2026/17", date(2026, 6, 1), b"Dear SSP", publish_on, **more)
        signer = self.session(by).signer
        run.clear(self.workspace, signer, REFERENCE, clearance, vault=self.vault, at=self.now())

    def record(self, fact: str, by: str = "Connie", vault: bool = True, **given: Any) -> None:
        details = run.details(fact, given, self.clock)
        signer = self.session(by).signer
        run.record(
            self.workspace, signer, REFERENCE, fact, details, vault=self.vault if vault else None, at=self.now()
        )

    def publish(self, **how: Any) -> run.Published:
        return run.publish(self.workspace, run.Publishing(**how), at=self.clock)

    def up_to(self, step: str) -> Office:
        """Takes the case to "taken in", "anonymised", "decided", "approved", "sealed", "cleared" or "ready"."""
        actions: dict[str, Callable[[], Any]] = {
            "taken in": self.take_in,
            "anonymised": lambda: run.anonymise(self.session("Olive"), REFERENCE),
            "decided": self.decide_all,
            "approved": lambda: (self.approve("Chandra"), self.approve("Rhys")),
            "sealed": lambda: run.seal(self.session("Olive"), REFERENCE),
            "cleared": self.clear,
            "ready": lambda: self.record("family-told"),
        }
        for name, act in actions.items():
            act()
            if name == step:
                break
        return self

    @property
    def folder(self) -> Path:
        return self.workspace.releases / SLUG


def passphrase_of(name: str) -> str:
    return f"{name} keeps four words"


def read(data: bytes, kind: DocumentKind) -> Document:
    heading = Block(BlockKind.HEADING, f"A review: {kind}", level=1)
    return Document(kind, (heading, Block(BlockKind.PARAGRAPH, data.decode(), number="1.1")))


def analyse(documents: Sequence[Document], facts: CaseFacts, rules: object) -> Analysis:
    findings, identities = [], []
    for name, (key, label, needs, unexplained) in GOES.items():
        count = 0
        for document in documents:
            text = layout(document).text
            at = text.find(name)
            if at >= 0:
                count += 1
                findings.append(Finding(document.kind, at, at + len(name), "PERSON", name, key, ("rule:test",)))
        if count:
            kind = IdentityKind.UNEXPLAINED if unexplained else IdentityKind.PERSON
            identities.append(
                Identity(key, kind, "PERSON", name, (name,), "", Action.REDACT, label, "test", needs, count=count)
            )
    chair = PanelMember("Imogen Vale", "Chair", chair=True)
    return Analysis(
        tuple(findings),
        tuple(identities),
        (chair, *facts.panel),
        unmatched=without_effect([chair], facts),
    )


def render_release(meta: ReleaseMeta, documents: Sequence[Document], themes: Path | None = None) -> dict[str, bytes]:
    info = {
        "schema": 1,
        "case": meta.case,
        "reference": meta.reference,
        "version": meta.version,
        "documents": [{"kind": document.kind.value} for document in documents],
        "panel": [{"name": member.name, "role": member.role, "agency": member.agency} for member in meta.panel],
    }
    files = {f"{document.kind}.md": layout(document).text.encode() for document in documents}
    return {**files, "release.json": json.dumps(info).encode()}


def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A workspace with Olive (officer), Chandra (chair), Rhys (reviewer) and Connie (comms), the last two introduced
    by Chandra."""
    import pipeline.anonymise
    import pipeline.extract
    import pipeline.render
    import pipeline.rules
    import pipeline.site_build

    workspace = Workspace(tmp_path / "workspace")
    run.init(workspace, PASSPHRASE, at=NOW, cost=CHEAP)
    office = Office(workspace, run.open_vault(workspace, PASSPHRASE))

    def build(
        place: Workspace,
        releases: Sequence[Release],
        *,
        target: Path | None = None,
        confirm: Callable[[], None],
        **_: object,
    ) -> PublishReport:
        if target is not None:
            place.public.mkdir(exist_ok=True)
            (place.public / "targets.json").write_text(json.dumps([str(target)]))
        while office.meanwhile:
            office.meanwhile.pop()()
        confirm()
        for name in ("current", "builds/a-site"):
            ((target or place.public) / name).mkdir(parents=True, exist_ok=True)
        office.built.append(tuple(release.case for release in releases))
        return PublishReport(True, place.public / "current", "0" * 64, 3, office.built[-1], added=("index.html",))

    monkeypatch.setattr(pipeline.extract, "read", read)
    monkeypatch.setattr(pipeline.anonymise, "analyse", analyse)
    monkeypatch.setattr(pipeline.render, "render_release", render_release)
    monkeypatch.setattr(pipeline.rules, "load", lambda folder=None: office.rules)
    monkeypatch.setattr(pipeline.site_build, "publish", build, raising=False)
    monkeypatch.setattr(pipeline.site_build, "purge", lambda place, case: office.purged.append(case), raising=False)
    for name, role in PEOPLE:
        office.add(name, role, by=None if role in (Role.OFFICER, Role.CHAIR) else "Chandra")
    return office


def rewrite(path: Path, change: Callable[[Any], Any]) -> None:
    """Changes a JSON file of a release and spells it canonically again, as somebody with skill would."""
    from pipeline.canonical import canonical

    path.write_bytes(canonical(change(json.loads(path.read_bytes()))))


def with_values(record: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    return {**record, **values}
