"""`ssp demo`: the whole line on the invented reports in examples/, each gate shown shut before it opens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline import gate, run
from pipeline.canonical import canonical, sha256
from pipeline.errors import Blocked, DemoFailed, NotIndependent, ReleaseAltered, SspError, WorkspaceError
from pipeline.models import DocumentKind
from pipeline.vault.keys import Role
from pipeline.workspace import Workspace

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
REFERENCE = "SSP/DHR/2019/02"
SIGNED_OFF_ON = date(2020, 7, 17)
MARK = ".ssp-demo"  # in a folder that an earlier demonstration made, and that a new one may clear away
PASSPHRASE = "an invented passphrase"  # noqa: S105 - for invented people in an invented workspace
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Office:
    """The people of the demonstration, signed in."""

    workspace: Workspace
    officer: run.Session
    chair: run.Session
    reviewer: run.Session
    comms: run.Session


def start(folder: Path | None, echo: Echo, progress: run.Progress = run.silent) -> Path:
    """Run everything in a fresh workspace; returns the folder of the website.

    folder  the workspace; None for build/demo, which an earlier demonstration may have left
    Raises DemoFailed if a gate stands open that must be shut, and what the stages raise.
    """
    workspace = _fresh(folder or Path("build/demo"))
    with _office(workspace, echo) as office:
        _prepare(office, echo, progress)
        _approve_and_seal(office, echo, progress)
        _clear_and_publish(office, echo, progress)
        _tamper(office, echo)
        _prove(office, echo)
    site = workspace.public / "current"
    echo(f"\nThe website: {site / 'index.html'}")
    echo(f"To look at it in a browser: make serve. (The passphrases of the invented users are: {PASSPHRASE})")
    return site


def _fresh(folder: Path) -> Workspace:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise WorkspaceError("The folder for the demonstration is not empty.", "Name another with --workspace.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Made by `ssp demo`, and cleared away by the next one.\n", encoding="utf-8")
    return Workspace(folder)


@contextmanager
def _office(workspace: Workspace, echo: Echo) -> Iterator[_Office]:
    echo("1. A workspace, its vault and four people, each with a key of their own")
    mark = run.init(workspace, PASSPHRASE)
    echo(f"   fingerprint {mark}")
    vault = run.open_vault(workspace, PASSPHRASE)
    try:
        run.add_user(vault, "Officer", Role.OFFICER, PASSPHRASE)
        run.add_user(vault, "Chair", Role.CHAIR, PASSPHRASE)
        chair = run.sign_in(vault, "Chair", PASSPHRASE)
        run.add_user(vault, "Reviewer", Role.REVIEWER, PASSPHRASE, introducer=chair.signer)
        run.add_user(vault, "Communications", Role.COMMS, PASSPHRASE, introducer=chair.signer)
        officer, reviewer, comms = (
            run.sign_in(vault, name, PASSPHRASE) for name in ("Officer", "Reviewer", "Communications")
        )
        yield _Office(workspace, officer, chair, reviewer, comms)
    finally:
        vault.close()


def _prepare(office: _Office, echo: Echo, progress: run.Progress) -> None:
    echo("2. Two signed-off reports are taken in")
    for kind in DocumentKind:
        path = EXAMPLES / f"d1-{kind}.docx"
        report = run.SignedOff(path, REFERENCE, kind, "Safer Southwark Partnership", SIGNED_OFF_ON)
        document = run.intake(office.officer, report, progress)
        echo(f"   {path.name}: {len(document.blocks)} blocks; " + " ".join(n.message for n in document.notices))
    echo("3. Anonymised")
    waiting = run.anonymise(office.officer, REFERENCE, progress=progress)
    echo(f"   {len(waiting)} people and things to decide about")
    _refused("publishing before approval", Blocked, lambda: run.publish(office.workspace), echo)
    _refused(
        "approving before everything is decided",
        Blocked,
        lambda: run.propose(office.officer.vault, REFERENCE, "Chair"),
        echo,
    )
    echo("4. Decided, one by one (examples/decisions.yml)")
    answers, accepted = run.read_decisions(office.officer.vault, REFERENCE, EXAMPLES / "decisions.yml")
    left = run.take_decisions(office.officer, REFERENCE, answers)
    echo(f"   {len(answers)} decisions taken, {left} left")
    _refused(
        "approving before every warning is accepted or resolved",
        Blocked,
        lambda: run.propose(office.officer.vault, REFERENCE, "Chair"),
        echo,
    )
    run.take_decisions(office.officer, REFERENCE, (), accepted)
    echo(f"   {len(accepted)} warnings about what stays in print accepted, each for a reason")


def _approve_and_seal(office: _Office, echo: Echo, progress: run.Progress) -> None:
    vault = office.officer.vault
    echo("5. Approved by two people who did not prepare the case, over every file that will be published")
    _refused("approving one's own case", NotIndependent, lambda: run.propose(vault, REFERENCE, "Officer"), echo)
    for session, name in ((office.reviewer, "Reviewer"), (office.chair, "Chair")):
        proposal = run.propose(vault, REFERENCE, name, progress)
        run.approve(session, proposal)
        echo(f"   signed as {session.signer.role}: manifest {proposal.digest[:16]}…")
    echo("6. Sealed")
    run.seal(office.officer, REFERENCE, progress)


def _clear_and_publish(office: _Office, echo: Echo, progress: run.Progress) -> None:
    workspace, vault, comms = office.workspace, office.officer.vault, office.comms.signer
    today = gate.today(run.utc_now())
    echo("7. Cleared, the family told, the day come")
    _refused("publishing before clearance", Blocked, lambda: run.publish(workspace), echo)
    letter = (EXAMPLES / "home-office-letter.txt").read_bytes()
    clearance = run.Clearance("QA/2019/118", today - timedelta(days=7), letter, today + timedelta(days=14), ())
    run.clear(workspace, office.officer.signer, REFERENCE, clearance, vault=vault)
    _refused("publishing before the family is told", Blocked, lambda: run.publish(workspace), echo)
    told = run.details("family-told", {"on": today})
    run.record(workspace, office.officer.signer, REFERENCE, "family-told", told, vault=vault)
    _refused("publishing before the agreed date", Blocked, lambda: run.publish(workspace), echo)
    agreed = run.details("publication-agreed", {"on": today})
    run.record(workspace, comms, REFERENCE, "publication-agreed", agreed, vault=vault)
    echo("8. Published")
    done = run.publish(workspace, progress=progress)
    echo(f"   {done.report.pages} pages, each checked against its own signed text")


def _tamper(office: _Office, echo: Echo) -> None:
    echo("9. Nobody can change what was signed")
    workspace = office.workspace
    release = next(p for p in workspace.releases.iterdir() if p.is_dir())
    changed = release / "files" / "overview.md"
    manifest = release / "manifest.json"
    signed, listed = changed.read_bytes(), manifest.read_bytes()
    served = (workspace.public / "current").resolve()
    try:
        changed.write_bytes(signed[:-2] + bytes([signed[-2] ^ 1]) + signed[-1:])
        _refused("a file changed by one byte", ReleaseAltered, lambda: run.publish(workspace), echo)
        forged = json.loads(listed)
        forged["files"]["overview.md"]["sha256"] = sha256(changed.read_bytes())
        manifest.write_bytes(canonical(forged))
        _refused(
            "the same with its hash in the manifest changed", ReleaseAltered, lambda: run.publish(workspace), echo
        )
    finally:
        changed.write_bytes(signed)
        manifest.write_bytes(listed)
    if (workspace.public / "current").resolve() != served:
        raise DemoFailed("A refused run of publish switched the website.", "Report this as a fault of the program.")
    echo("   the website served before is still served")


def _prove(office: _Office, echo: Echo) -> None:
    from pipeline import approval, verify
    from pipeline import case as casework

    echo("10. Proved")
    report = run.verify_audit(office.officer.vault)
    echo(f"   event log whole: {report.events} events")
    forms = approval.forbidden_forms(casework.load(office.officer.vault, REFERENCE))
    site = (office.workspace.public / "current").resolve()
    hits = verify.find_in_tree(site, forms)
    if hits:
        raise DemoFailed("A redacted form stands in the website.", "Report this as a fault of the program.")
    files = sum(p.is_file() for p in site.rglob("*"))
    echo(f"   none of {len(forms)} redacted forms in any of the website's {files} files")


def _refused(what: str, error: type[SspError], act: Callable[[], object], echo: Echo) -> None:
    """Show that a gate is shut. Raises DemoFailed if it is not, or is shut for another reason."""
    try:
        act()
    except error as reason:
        echo(f"   refused: {what}. {reason.message}")
        if isinstance(reason, Blocked):
            for blocker in reason.blockers:
                echo(f"            - {getattr(blocker, 'message', '')} ({getattr(blocker, 'protocol', '')})")
        return
    raise DemoFailed(f"The gate stood open: {what}.", "Report this as a fault of the program.")
