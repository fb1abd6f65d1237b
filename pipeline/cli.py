"""The command line: `ssp` and `publish`. Options and output only; the stages are in `run`.

Heavy imports are inside the commands, so that `ssp --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import Blocked, SspError
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.approval import Proposal
    from pipeline.decide import Answer, Contexts
    from pipeline.models import Decision, Identity
    from pipeline.passphrases import Passphrases
    from pipeline.run import Session
    from pipeline.site_build import PublishReport
    from pipeline.vault.keys import Signer
    from pipeline.vault.store import Vault

ROLES = ("officer", "reviewer", "chair", "comms")
KINDS = ("overview", "summary")
RECORDED = ("condition-met", "publication-agreed", "family-told", "copies-given", "hold", "hold-lifted", "waiver")

_SHOWN = 20  # addresses of each kind in the account of a run
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_REPORT = click.Path(path_type=Path)  # what stands there is looked at when it is read, and refused with its own code
_OCR = click.option("--ocr", is_flag=True, help="Recognise the characters of scanned pages (OCRmyPDF, Tesseract).")


class _Day(click.ParamType[date]):
    """A day, written in one way only: 01/11/2024 means two days to two readers."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:  # there are ISO forms that nobody here writes: 20241101, weeks
            self.fail("Write dates as 2024-11-01.", param, ctx)
        return day


_DAY = _Day()


class _Command(click.Command):
    """A command whose refusals become one message and the exit code of the error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SspError as error:
            click.echo(f"{ctx.command_path}: {error}", err=True)
            if isinstance(error, Blocked):
                _show_blockers(error.blockers, err=True, but=error.message)
            ctx.exit(error.exit_code)


class _Group(click.Group):
    command_class = _Command


@dataclass(frozen=True, slots=True)
class _Office:
    """Where a command works, as whom, and where passphrases come from."""

    workspace: Workspace
    user: str | None
    passphrases: Passphrases

    @contextmanager
    def vault(self) -> Iterator[Vault]:
        from pipeline import run

        if not self.workspace.vault.exists():
            run.open_vault(self.workspace, "")  # says that there is none, before a passphrase is asked for
        vault = run.open_vault(self.workspace, self.passphrases.vault(self.workspace))
        try:
            yield vault
        finally:
            vault.close()

    @contextmanager
    def vault_if_any(self) -> Iterator[Vault | None]:
        """The vault, or None where there is none or its passphrase is not known here."""
        passphrase = self.passphrases.vault_if_known(self.workspace) if self.workspace.vault.exists() else ""
        if not passphrase:
            yield None
            return
        from pipeline import run

        vault = run.open_vault(self.workspace, passphrase)
        try:
            yield vault
        finally:
            vault.close()

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.vault() as vault:
            yield self.sign_in(vault)

    def sign_in(self, vault: Vault) -> Session:
        from pipeline import run

        user = self.named_user()
        return run.sign_in(vault, user, self.passphrases.user(user))

    def signer(self, vault: Vault | None) -> Signer:
        from pipeline import run

        if vault is not None:
            return self.sign_in(vault).signer
        user = self.named_user()
        return run.sign_in_without_vault(self.workspace, user, self.passphrases.user(user))

    def named_user(self) -> str:
        if not self.user:
            raise click.UsageError("Say who you are with --as USER (or SSP_USER).")
        return self.user


def _in_workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command `--workspace` and `--as`, and hands it the office."""

    @click.option(
        "--workspace", "folder", type=click.Path(file_okay=False, path_type=Path), envvar="SSP_WORKSPACE",
        default=Path("workspace"), show_default="./workspace", help="The workspace's folder (or SSP_WORKSPACE).",
    )  # fmt: skip
    @click.option("--as", "user", envvar="SSP_USER", help="Who you are: your user name (or SSP_USER).")
    def with_office(folder: Path, user: str | None, **rest: Any) -> Any:
        from pipeline.passphrases import Passphrases

        return command(_Office(Workspace(folder), user, Passphrases(os.environ, _asker())), **rest)

    with_office.__name__ = command.__name__
    with_office.__doc__ = command.__doc__
    with_office.__click_params__ = [  # type: ignore[attr-defined]
        *with_office.__click_params__,  # type: ignore[attr-defined]
        *getattr(command, "__click_params__", []),
    ]
    return with_office


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ssp-review-publisher")
def ssp() -> None:
    """Anonymise, approve and publish domestic homicide reviews.

    Every command and exit code is described in docs/commands.md.
    """


@ssp.command()
@_in_workspace
def init(office: _Office) -> None:
    """Create a workspace with an empty vault and print its fingerprint."""
    from pipeline import run
    from pipeline.pins import readable

    mark = run.init(office.workspace, office.passphrases.vault(office.workspace, new=True))
    click.echo(f"Workspace {office.workspace.root} is ready. Its fingerprint, for comparing on publishing machines:")
    click.echo(readable(mark))
    click.echo("Next: `ssp user add NAME --role officer`, then `ssp user add NAME --role chair`.")


@ssp.group(cls=_Group)
def user() -> None:
    """Add and list users."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the user may do.")
@_in_workspace
def user_add(office: _Office, name: str, role: str) -> None:
    """Add a user, who chooses a passphrase of their own.

    The first officer and the first chair need nobody's signature; everybody else is introduced by --as USER.
    """
    from pipeline import run
    from pipeline.vault.keys import Role

    with office.vault() as vault:
        run.refuse_unintroduced(vault, Role(role), office.user is not None)
        introducer = office.sign_in(vault).signer if run.needs_introducer(vault) else None
        added = run.add_user(vault, name, Role(role), office.passphrases.new_user(name), introducer=introducer)
    click.echo(f"Added as {role}: {added.key_id}")


@user.command("list")
@_in_workspace
def user_list(office: _Office) -> None:
    """List users; without the vault, their keys and roles only."""
    from pipeline import run
    from pipeline.pins import readable

    with office.vault_if_any() as vault:
        for name, known in run.users(office.workspace, vault):
            click.echo(f"{known.key_id}  {known.role:<8}  {name}".rstrip())
    click.echo(f"Workspace {readable(run.fingerprint(office.workspace))}", err=True)


@ssp.command()
@click.argument("file", type=_REPORT)
@click.option("--case", "reference", required=True, help='The case reference, e.g. "SSP/DHR/2019/02".')
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Overview report or executive summary.")
@click.option("--signed-off-by", default="", help="Who signed the report off for the SSP.")
@click.option("--signed-off-on", type=_DAY, default=None, help="When, as 2026-03-31.")
@_OCR
@_in_workspace
def intake(
    office: _Office, file: Path, reference: str, kind: str, signed_off_by: str, signed_off_on: date | None, ocr: bool
) -> None:
    """Take a signed-off report into the vault."""
    from pipeline import intake_report, run
    from pipeline.errors import SignOffMissing
    from pipeline.models import DocumentKind

    if signed_off_on is None:
        raise SignOffMissing("The day of the sign-off is missing.", "Give it with --signed-off-on 2026-03-31.")
    report = run.SignedOff(file, reference, DocumentKind(kind), signed_off_by, signed_off_on)
    with office.session() as session, _progress() as progress:
        document = run.intake(session, report, progress, ocr=ocr)
    pages = f"{document.pages} pages, " if document.pages else ""
    click.echo(f"Taken in: {kind}, {pages}{len(document.blocks)} blocks.")
    for line in intake_report.lines(document):
        click.echo(line)


@ssp.command()
@click.argument("files", nargs=-1, required=True, type=_REPORT)
@click.option("--case-file", type=_FILE, help="What is known before: reference, agreed pseudonyms, panel.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the text here.")
@click.option("--out-dir", type=click.Path(file_okay=False, path_type=Path), help="Write one text a file here.")
@_OCR
@_in_workspace
def preview(
    office: _Office, files: tuple[Path, ...], case_file: Path | None, out: Path | None, out_dir: Path | None,
    ocr: bool,
) -> None:  # fmt: skip
    """Show the anonymised text of files (PDF, Word, plain or Markdown text), automatic decisions only.

    Needs no vault; what it shows is not fit for publication.
    """
    from pipeline.preview import run as show

    with _progress() as progress:
        text = show(files, case_file, out, out_dir, progress, _warn, office.workspace if ocr else None)
    if text:
        click.echo(text)


@ssp.command()
@click.argument("reference")
@click.option("--case-file", type=_FILE, help="Agreed pseudonyms; panel members added, corrected, taken off.")
@_in_workspace
def anonymise(office: _Office, reference: str, case_file: Path | None) -> None:
    """Find what must go in all documents of a case. Decisions taken before are kept."""
    from pipeline import casefile, run

    facts = casefile.read(case_file) if case_file else None
    with office.session() as session, _progress() as progress:
        waiting = run.anonymise(session, reference, facts=facts, progress=progress)
        members, notices = run.panel(session.vault, reference)
        warned = len(run.open_warnings(session.vault, reference))
    click.echo("The Review Panel, whose names stay; correct the list with --case-file:")
    for line in members:
        click.echo(f"  {line}")
    for notice in notices:
        click.echo(f"Note: {notice.message}")
    click.echo(f"Anonymised. {len(waiting)} item(s) need a decision: `ssp decide {reference}`.")
    if warned:
        click.echo(f"{warned} warning(s) about what stays in print: `ssp decide` asks about them afterwards.")


@ssp.command()
@click.argument("reference")
@click.option("--from", "answers_file", type=_FILE, help="Decisions as YAML, one entry an item.")
@click.option("--again", metavar="NAME-or-KEY", help="Ask once more about one item, decided or not.")
@_in_workspace
def decide(office: _Office, reference: str, answers_file: Path | None, again: str | None) -> None:
    """Decide about findings one by one: on a terminal, or from a file.

    Afterwards it asks about each warning. On a pipe without --from, print what is open as YAML to fill in.
    """
    from pipeline import accept, run
    from pipeline.decide import one_by_one, template

    if again and answers_file:
        raise click.UsageError("A file of decisions can change earlier ones too: leave out --again.")
    with office.vault() as vault:
        waiting, earlier = run.undecided(vault, reference), None
        warned = run.open_warnings(vault, reference)
        if again:
            identity, earlier = run.asked_again(vault, reference, again)
            waiting, warned = (identity,), ()
        if answers_file is None and not ((waiting or warned) and _on_terminal()):
            # Which warnings there are depends on the decisions, so they come last.
            click.echo(template(waiting) + ("" if waiting else accept.template(warned)), nl=False)
            return
        session = office.sign_in(vault)
        accepted: tuple[run.Accepted, ...] = ()
        if answers_file is not None:
            answers, accepted = run.read_decisions(vault, reference, answers_file)
        else:
            answers = one_by_one(
                waiting,
                lambda number, identity: _ask_about(
                    f"{number} of {len(waiting)}", identity, run.contexts(vault, reference, identity), earlier
                ),
            )
        left = run.take_decisions(session, reference, answers, accepted)
        agreed = len(accepted)
        if answers_file is None and not left and not again:
            agreed = _accept_warnings(session, reference)
        warned = run.open_warnings(vault, reference)
    click.echo(f"{len(answers)} decision(s) stored; {left} item(s) still undecided.")
    if agreed or warned:
        click.echo(f"{agreed} warning(s) accepted; {len(warned)} still open.")


@ssp.command()
@click.argument("reference")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "html", "json"]), default="terminal", show_default=True
)
@_in_workspace
def diff(office: _Office, reference: str, form: str) -> None:
    """Show every change in context. The output holds names: it is Restricted."""
    from pipeline import run

    with office.vault() as vault:
        click.echo(run.diff(vault, reference, form), nl=False)


@ssp.command()
@click.argument("reference")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files here; do not sign.")
@_in_workspace
def approve(office: _Office, reference: str, out: Path | None) -> None:
    """Render everything, show what would be published, and sign it with your passphrase.

    With --out, write the rendered files into a new folder for reading first, and sign nothing.
    """
    from pipeline import run

    with office.vault() as vault:
        with _progress() as progress:
            proposal = run.propose(vault, reference, office.named_user(), progress)
        _show_proposal(proposal)
        if out is not None:
            run.write_for_reading(proposal, out)
            click.echo(f"Written to {out} for reading. It is Restricted: delete it afterwards. Nothing is signed.")
            return
        if _on_terminal() and not click.confirm("Sign this?"):
            click.echo("Nothing is signed.")
            return
        run.approve(office.sign_in(vault), proposal)
    click.echo("Signed.")


@ssp.command()
@click.argument("reference")
@_in_workspace
def seal(office: _Office, reference: str) -> None:
    """Check and write the release that two people approved."""
    from pipeline import run

    with office.session() as session, _progress() as progress:
        slug = run.seal(session, reference, progress)
    click.echo(f"Sealed: {office.workspace.releases / slug}")


@ssp.command()
@click.argument("reference")
@click.option("--reference", "letter_reference", required=True, help="The Home Office's reference on the letter.")
@click.option("--date", "cleared_on", type=_DAY, required=True, help="The letter's date.")
@click.option("--letter", type=_FILE, required=True, help="The letter's file; it is kept in the vault.")
@click.option("--publish-on", type=_DAY, help="The agreed date of publication.")
@click.option("--condition", "conditions", multiple=True, help="A condition in the letter; repeat for each.")
@_in_workspace
def clear(
    office: _Office,
    reference: str,
    letter_reference: str,
    cleared_on: date,
    letter: Path,
    publish_on: date | None,
    conditions: tuple[str, ...],
) -> None:
    """Record the Home Office's clearance of the sealed version."""
    from pipeline import run

    clearance = run.Clearance(letter_reference, cleared_on, letter.read_bytes(), publish_on, conditions)
    with office.vault_if_any() as vault:
        run.clear(office.workspace, office.signer(vault), reference, clearance, vault=vault)
        if vault is None:
            click.echo("Note: without the vault the letter itself is not kept; file it.", err=True)
    click.echo("Clearance recorded.")


@ssp.command()
@click.argument("reference")
@click.argument("fact", type=click.Choice(RECORDED))
@click.option("--on", type=_DAY, help="The day; today if left out. For publication-agreed: the agreed day.")
@click.option("--condition", type=int, help="For condition-met: the condition's number.")
@click.option("--reason", help="For hold and waiver: why.")
@click.option("--missing", type=click.Choice(KINDS), help="For waiver: which document is rightly missing.")
@_in_workspace
def record(office: _Office, reference: str, fact: str, **given: Any) -> None:
    """Record a fact about a case as a signed statement."""
    from pipeline import run

    _refuse_unreasoned(fact, given["reason"])
    details = run.details(fact, given)
    with office.vault_if_any() as vault:
        run.record(office.workspace, office.signer(vault), reference, fact, details, vault=vault)
        click.echo("Recorded.")
        if fact == "hold" and any(state.published for state in run.status(office.workspace, vault, reference)):
            click.echo("The website still shows it until `ssp publish` is run.")


@ssp.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why; without the vault, one of the list in docs/commands.md.")
@_in_workspace
def withdraw(office: _Office, reference: str, reason: str) -> None:
    """Withdraw a release at once and purge every built copy of its text. Needs no vault."""
    from pipeline import run

    with office.vault_if_any() as vault:
        run.withdraw(office.workspace, office.signer(vault), reference, reason, vault=vault)
    click.echo("Withdrawn; built copies that held the text are purged.")


@click.command(cls=_Command)
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="Where the website goes.")
@click.option("--check", is_flag=True, help="Say what would change and change nothing.")
@click.option("--fingerprint", default="", help="The workspace's fingerprint, to compare with pins.json.")
@_in_workspace
def publish(office: _Office, target: Path | None, check: bool, fingerprint: str) -> None:
    """Publish every release that nothing blocks. Needs no vault."""
    from pipeline import run
    from pipeline.pins import readable

    def greet(mark: str) -> None:
        click.echo(f"First use here; compare with what `ssp init` printed: {readable(mark)}", err=True)

    with _progress() as progress:
        done = run.publish(office.workspace, run.Publishing(target, check, fingerprint, greet), progress=progress)
    click.echo(f"{'Would publish' if check else 'Published'}: {', '.join(done.published) or 'no report'}")
    for line in _report_lines(done.report):
        click.echo(line)
    for case, found in done.left_out:
        click.echo(f"Left out: {case}")
        _show_blockers(found)


ssp.add_command(publish)


@ssp.command()
@click.argument("reference", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_in_workspace
def status(office: _Office, reference: str | None, as_json: bool) -> None:
    """Show each case's step, its action plan and everything that blocks the next one."""
    import json

    from pipeline import gate, run

    now = run.utc_now()
    with office.vault_if_any() as vault:
        states = run.status(office.workspace, vault, reference)
    if as_json:
        click.echo(json.dumps(run.status_as_json(states, now), indent=2, ensure_ascii=False))
        return
    if not states:
        click.echo("No case here yet." if vault is not None else "No sealed release here.")
    for state in states:
        click.echo(f"{state.reference}: {gate.step(state, now)}")
        if state.plan:
            click.echo(f"  Action plan: {state.plan}.")
        _show_blockers(gate.blockers(state, now))


@ssp.group(cls=_Group)
def audit() -> None:
    """Prove the event log."""


@audit.command("verify")
@_in_workspace
def audit_verify(office: _Office) -> None:
    """Prove the event log and the vault whole."""
    from pipeline import run

    with office.vault() as vault:
        report = run.verify_audit(vault)
    click.echo(f"{report.events} events, whole; {report.witnesses} heads kept elsewhere agree. Head {report.head}")


@ssp.command()
@click.option("--serve", is_flag=True, help="Serve the website on the loopback address afterwards.")
@click.option("--port", type=int, default=8000, show_default=True)
@click.option(
    "--workspace", "folder", type=click.Path(path_type=Path), envvar="SSP_WORKSPACE", help="A fresh folder."
)
def demo(folder: Path | None, serve: bool, port: int) -> None:
    """Run the whole line on the invented reports in examples/."""
    from pipeline.demo import start

    with _progress() as progress:
        site = start(folder, click.echo, progress)
    if serve:
        from pipeline.serve import forever

        forever(site, port, click.echo)


def _show_proposal(proposal: Proposal) -> None:
    """What an approver would sign. People who stay by decision, not as members of the Panel, stand out."""
    from pipeline import run

    click.echo(f"Version {proposal.manifest['version']} of {proposal.manifest['reference']}. You sign:")
    for name, entry in sorted(proposal.manifest["files"].items()):
        click.echo(f"  {name}  {entry['bytes']} bytes  {entry['sha256'][:16]}")
    for kind, count in proposal.replaced.items():
        click.echo(f"  {kind}: {count} place(s) replaced")
    others = run.kept_off_panel(proposal)
    click.echo(f"  names that stay: {', '.join(name for name in proposal.kept if name not in others) or 'none'}")
    if others:
        click.echo("  PEOPLE WHO STAY BY DECISION AND ARE NOT ON THE PANEL:")
    for name in others:
        click.echo(f"    ! {name}")
    for warning in run.accepted_warnings(proposal):
        click.echo(f"  warning, {warning.document}: {warning.message}")
        click.echo(f"    accepted: {warning.accepted}")
    click.echo(f"  manifest {proposal.digest}")


def _accept_warnings(session: Session, reference: str) -> int:
    """Asks about the open warnings one by one; each acceptance is stored at once. Returns how many there were."""
    from pipeline import run
    from pipeline.errors import DecisionError

    waiting, agreed = list(run.open_warnings(session.vault, reference)), 0
    while waiting:
        warning = waiting[0]
        click.echo(f"\nWarning, {warning.document}, {len(waiting)} left: {warning.message}")
        choice = click.prompt("  [a]ccept with a reason, [l]eave open, [q]uit", type=click.Choice("alq"))
        if choice == "q":
            break
        if choice == "a":
            reason = click.prompt("  Reason, in a few words that name nobody")
            try:
                run.take_decisions(session, reference, (), (run.Accepted(warning.key, reason),))
            except DecisionError as error:
                click.echo(f"  {error}")
                continue
            agreed += 1
        waiting.pop(0)
    return agreed


def _warn(count: int) -> None:
    click.echo(
        f"{count} warning(s) about what stays in print; `ssp diff` shows them once the case is taken in.", err=True
    )


def _ask_about(which: str, identity: Identity, places: Contexts, earlier: Decision | None) -> Answer | None:
    """One item on the terminal; None to stop."""
    from pipeline.decide import Answer
    from pipeline.models import Action

    about = ", ".join(part for part in (identity.type.lower(), identity.role) if part)
    click.echo(f"\n{which}: {identity.name}  ({about}), {places.total} place(s) in all")
    for place in places.shown:
        click.echo(f"    … {place} …")
    if len(places.shown) < places.total:
        click.echo(f"    and {places.total - len(places.shown)} more: see `ssp diff`")
    becomes = f" as {identity.label}" if identity.proposed is Action.REDACT and identity.label else ""
    click.echo(f"  Proposed: {identity.proposed}{becomes}. {identity.reason}")
    if earlier is not None:
        click.echo(f"  Decided before: {earlier.action}{f' as {earlier.label}' if earlier.label else ''}.")
    while True:
        choice = click.prompt("  [k]eep, [r]edact, redact with another [l]abel, [q]uit", type=click.Choice("krlq"))
        if choice == "q":
            return None
        action = Action.KEEP if choice == "k" else Action.REDACT
        question = "Keep it in print?" if action is Action.KEEP else "Redact it?"
        if action is identity.proposed or click.confirm(f"  Proposed: {identity.proposed}. {question}"):
            return Answer(identity.key, action, click.prompt("  Label") if choice == "l" else "")


def _refuse_unreasoned(fact: str, reason: str | None) -> None:
    """Raises StatementRefused for a fact whose reason is missing, with the reasons that can be given."""
    from pipeline.errors import StatementRefused
    from pipeline.statements import FACTS, REASONS

    if "reason" in FACTS[fact].details and not (reason or "").strip():
        raise StatementRefused(
            f"The reason for the {fact} is missing.",
            f"Give it with --reason: {', '.join(REASONS)}; or, with the vault at hand, a sentence that names nobody.",
        )


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asker() -> Callable[[str, bool], str] | None:
    """Asks for a passphrase on the terminal; None on a pipe. An empty answer is let through: it opens nothing."""
    if not sys.stdin.isatty():
        return None
    return lambda question, twice: str(
        click.prompt(question, hide_input=True, confirmation_prompt=twice, default="", show_default=False, err=True)
    )


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that moves while work goes on, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Working") as spinner:
        yield lambda text: spinner.update(text)


def _show_blockers(blockers: Sequence[Any], err: bool = False, but: str = "") -> None:
    """The list of what blocks, without the sentence that was said already."""
    for found in blockers:
        if found.message != but:
            click.echo(f"  - {found.message} ({found.protocol}) {found.remedy}", err=err)


def _report_lines(report: PublishReport) -> list[str]:
    """What the run changed, or with --check would change, address by address."""
    lines = [f"{report.pages} pages" + (f" in {report.folder}" if report.switched else "")]
    for verb, names in (("new", report.added), ("changed", report.changed), ("gone", report.removed)):
        lines += [f"  {verb}: {name}" for name in names[:_SHOWN]]
        if len(names) > _SHOWN:
            lines.append(f"  {verb}: and {len(names) - _SHOWN} more")
    return lines


def _quiet_fault(kind: type[BaseException], _fault: BaseException, trace: TracebackType | None) -> None:
    """A fault in the program, without its message: that could quote a report."""
    place = "unknown place"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    click.echo(
        f"ssp: a fault in the program ({kind.__name__} at {place}). Nothing more is shown, for safety.", err=True
    )


def main() -> None:
    """Entry point of `ssp`."""
    sys.excepthook = _quiet_fault
    ssp(prog_name="ssp")


def publish_main() -> None:
    """Entry point of `publish`: the same as `ssp publish`."""
    sys.excepthook = _quiet_fault
    publish(prog_name="publish")
