"""The command line: the fixed commands, their exit codes, what they say, and what they never say."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import office as world
import pytest
from click.testing import CliRunner, Result
from office import REFERENCE, Office

from pipeline import cli, errors, statements
from pipeline.models import Block, BlockKind, Document, DocumentKind
from pipeline.vault.keys import Role

PAGE = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
SIGN_OFF = ["--signed-off-by", "The Partnership", "--signed-off-on", "2026-03-31"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch)


def ssp(office: Office, *words: str, user: str = "Olive", env: dict[str, str] | None = None) -> Result:
    told = {
        "SSP_WORKSPACE": str(office.workspace.root),
        "SSP_PASSPHRASE": world.PASSPHRASE,
        "SSP_USER": user,
        "SSP_USER_PASSPHRASE": world.passphrase_of(user),
        **(env or {}),
    }
    return CliRunner().invoke(cli.ssp, list(words), env=told, catch_exceptions=False)


def ok(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def every_command(group: click.Group = cli.ssp, path: str = "ssp") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_the_whole_line(office: Office) -> None:
    for kind in ("overview", "summary"):
        path = office.file(f"{kind}.docx", world.TEXTS[kind])
        ok(ssp(office, "intake", str(path), "--case", REFERENCE, "--kind", kind, *SIGN_OFF))
    assert "3 item(s) need a decision" in ok(ssp(office, "anonymise", REFERENCE))
    form = ok(ssp(office, "decide", REFERENCE))
    answers = office.file("decisions.yml", form.replace("action:", "action: redact"))
    assert "0 item(s) still undecided" in ok(ssp(office, "decide", REFERENCE, "--from", str(answers)))
    for user in ("Rhys", "Chandra"):
        shown = ok(ssp(office, "approve", REFERENCE, user=user))
        assert "Imogen Vale" in shown
        assert re.search(r"manifest [0-9a-f]{64}", shown)
        assert "overview: 4 place(s) replaced" in shown
    ok(ssp(office, "seal", REFERENCE))
    letter = office.file("letter.pdf", "Dear SSP")
    cleared = ["--reference", "HO/2026/17", "--date", "2026-06-01", "--letter", str(letter)]
    ok(ssp(office, "clear", REFERENCE, *cleared, "--publish-on", "2026-11-01", user="Connie"))
    ok(ssp(office, "record", REFERENCE, "family-told", user="Connie"))
    assert "Published: ssp-dhr-2019-07" in ok(ssp(office, "publish"))
    told = json.loads(ok(ssp(office, "status", "--json")))
    assert told["cases"][0]["step"] == "published"
    assert f"{REFERENCE}: published" in ok(ssp(office, "status", REFERENCE))
    assert "whole" in ok(ssp(office, "audit", "verify"))
    ok(ssp(office, "withdraw", REFERENCE, "--reason", "family-request", user="Connie"))
    assert "withdrawn" in ok(ssp(office, "status"))


def test_status_counts_the_action_plan_and_quotes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.take_in(kinds=["overview"])
    told = json.loads(ok(ssp(office, "status", "--json")))["cases"][0]
    assert told["action_plan"] is None
    assert "Action plan" not in ok(ssp(office, "status"))
    plan = (
        Block(BlockKind.HEADING, "Action plan", level=1),
        Block(
            BlockKind.TABLE, rows=(("Action", "Lead", "By when", "Status"), ("Ask Tamsin", "Pell", "May 2020", ""))
        ),
    )
    monkeypatch.setattr("pipeline.extract.read", lambda _, kind: Document(kind, plan))
    office.take_in(kinds=["summary"])
    told = json.loads(ok(ssp(office, "status", "--json")))["cases"][0]
    assert told["action_plan"] == {"actions": 1, "dated": 1, "done": 0}
    shown = ok(ssp(office, "status"))
    assert "  Action plan: 1 action, 1 with a date, 0 said to be done." in shown
    assert "Tamsin" not in shown


def test_setting_up(tmp_path: Path) -> None:
    run = CliRunner()
    env = {"SSP_WORKSPACE": str(tmp_path / "w"), "SSP_PASSPHRASE": world.PASSPHRASE}

    def add(name: str, role: str, **more: str) -> Result:
        return run.invoke(
            cli.ssp,
            ["user", "add", name, "--role", role],
            env={**env, "SSP_NEW_USER_PASSPHRASE": world.passphrase_of(name), **more},
        )

    made = run.invoke(cli.ssp, ["init"], env=env)
    assert re.search(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", ok(made))
    assert run.invoke(cli.ssp, ["init"], env=env).exit_code == 40
    assert add("Rhys", "reviewer").exit_code == 42
    ok(add("Olive", "officer"))
    ok(add("Chandra", "chair"))
    assert add("Rhys", "reviewer").exit_code == 42
    introduced = {"SSP_USER": "Chandra", "SSP_USER_PASSPHRASE": world.passphrase_of("Chandra")}
    assert add("Rhys", "reviewer", **{**introduced, "SSP_USER_PASSPHRASE": "not the right words"}).exit_code == 41
    ok(add("Rhys", "reviewer", **introduced))
    listed = ok(run.invoke(cli.ssp, ["user", "list"], env=env))
    assert re.search(r"key-[0-9a-f]{24}  reviewer  Rhys", listed)
    listed = ok(run.invoke(cli.ssp, ["user", "list"], env={**env, "SSP_PASSPHRASE": ""}))
    assert "reviewer" in listed
    assert "Rhys" not in listed


def test_exit_codes_of_refusals(office: Office, tmp_path: Path) -> None:
    path = str(office.file("overview.docx", world.TEXTS["overview"]))
    case = ["intake", path, "--case", REFERENCE, "--kind", "overview"]
    assert ssp(office, *case).exit_code == 23
    assert ssp(office, *case, "--signed-off-on", "2026-03-31").exit_code == 23
    assert ssp(office, *case, *SIGN_OFF, env={"SSP_PASSPHRASE": "not the right words"}).exit_code == 41
    assert ssp(office, *case, *SIGN_OFF, env={"SSP_USER_PASSPHRASE": "not the right words"}).exit_code == 41
    assert ssp(office, *case, *SIGN_OFF, env={"SSP_PASSPHRASE": ""}).exit_code == 46
    assert ssp(office, *case, *SIGN_OFF, user="Nobody").exit_code == 47
    assert ssp(office, *case, *SIGN_OFF, user="Rhys").exit_code == 42
    ok(ssp(office, *case, *SIGN_OFF))
    assert ssp(office, *case, *SIGN_OFF).exit_code == 22
    assert ssp(office, "anonymise", "SSP/DHR/1999/01").exit_code == 43
    assert ssp(office, "publish").exit_code == 50
    assert ssp(office, "status", env={"SSP_WORKSPACE": str(tmp_path / "none")}).exit_code == 40
    assert ssp(office, "audit", "verify", env={"SSP_WORKSPACE": str(tmp_path / "none")}).exit_code == 40
    assert ssp(office, "record", REFERENCE, "nonsense").exit_code == 2
    assert ssp(office, "intake").exit_code == 2


def test_a_shut_gate_lists_what_blocks(office: Office) -> None:
    office.up_to("sealed")
    refused = ssp(office, "publish")
    assert refused.exit_code == 50
    for sign in ("§4.28", "§4.13", "§4.25", "ssp clear"):
        assert sign in refused.output
    office.clear()
    assert "§4.13" in ssp(office, "publish").output


def test_an_altered_release_is_named(office: Office) -> None:
    office.up_to("ready")
    path = office.folder / "files" / "overview.md"
    path.write_bytes(path.read_bytes() + b" ")
    refused = ssp(office, "publish")
    assert refused.exit_code == 61
    assert "files/overview.md" in refused.output


def test_a_wrong_decision_does_not_quote_the_name(office: Office) -> None:
    office.up_to("anonymised")
    answers = office.file("decisions.yml", "decisions: [{name: Somebody Else, action: keep}]")
    refused = ssp(office, "decide", REFERENCE, "--from", str(answers))
    assert refused.exit_code == 32
    assert "Decision 1" in refused.output
    assert "Somebody" not in refused.output


def test_decide_one_by_one_on_a_terminal(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.up_to("anonymised")
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    env = {
        "SSP_WORKSPACE": str(office.workspace.root),
        "SSP_PASSPHRASE": world.PASSPHRASE,
        "SSP_USER": "Olive",
        "SSP_USER_PASSPHRASE": world.passphrase_of("Olive"),
    }
    result = CliRunner().invoke(cli.ssp, ["decide", REFERENCE], env=env, input="l\nThe victim\nk\nn\nk\ny\nq\n")
    assert "2 decision(s) stored; 1 item(s) still undecided." in ok(result)
    assert "»Tamsin Arkwright«" in result.output
    assert "2 of 3: Dexter Pell  (person), 2 place(s) in all" in result.output
    assert result.output.count("Proposed: redact. Keep it in print? [y/N]") == 2
    result = CliRunner().invoke(cli.ssp, ["decide", REFERENCE, "--again", "Dexter Pell"], env=env, input="r\n")
    assert "1 of 1: Dexter Pell" in ok(result)
    assert "Decided before: keep." in result.output
    assert "1 decision(s) stored; 1 item(s) still undecided." in result.output


def test_decide_says_when_nothing_is_left_and_finds_what_was_decided(office: Office) -> None:
    office.up_to("decided")
    assert ok(ssp(office, "decide", REFERENCE)) == "# Nothing is left to decide.\n"
    assert "identity: person-02" in ok(ssp(office, "decide", REFERENCE, "--again", "Dexter Pell"))
    refused = ssp(office, "decide", REFERENCE, "--again", "Somebody Else")
    assert refused.exit_code == 32
    assert "Somebody" not in refused.output


def test_before_anonymising_it_is_said_once(office: Office) -> None:
    office.up_to("taken in")
    for command in ("decide", "diff"):
        refused = ssp(office, command, REFERENCE)
        assert refused.exit_code == 50
        assert refused.output == f"ssp {command}: The case has not been anonymised. Run `ssp anonymise`.\n"


def test_an_approver_can_read_first_and_is_shown_who_stays(office: Office, tmp_path: Path) -> None:
    office.up_to("anonymised")
    taken = {"Tamsin Arkwright": "redact", "Zorbleton": "keep", "Dexter Pell": "keep"}
    answers = [{"name": name, "action": action} for name, action in taken.items()]
    ok(ssp(office, "decide", REFERENCE, "--from", str(office.file("decisions.yml", f"decisions: {answers}"))))
    folder = tmp_path / "read"
    shown = ok(ssp(office, "approve", REFERENCE, "--out", str(folder), user="Rhys"))
    assert "names that stay: Imogen Vale, Zorbleton\n" in shown
    assert "NOT ON THE PANEL:\n    ! Dexter Pell\n" in shown
    assert "Nothing is signed." in shown
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"overview.md", "summary.md", "release.json"}
    assert "0 of 2 valid signatures" in ok(ssp(office, "status", REFERENCE))
    assert ssp(office, "approve", REFERENCE, "--out", str(folder), user="Rhys").exit_code == 40


@pytest.mark.parametrize(("answer", "signed"), [("n", 0), ("y", 1)])
def test_on_a_terminal_an_approver_is_asked_before_signing(
    office: Office, monkeypatch: pytest.MonkeyPatch, answer: str, signed: int
) -> None:
    office.up_to("decided")
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    env = {
        "SSP_WORKSPACE": str(office.workspace.root),
        "SSP_PASSPHRASE": world.PASSPHRASE,
        "SSP_USER_PASSPHRASE": world.passphrase_of("Rhys"),
    }
    shown = ok(CliRunner().invoke(cli.ssp, ["approve", REFERENCE, "--as", "Rhys"], env=env, input=f"{answer}\n"))
    assert "Sign this? [y/N]" in shown
    assert f"{signed} of 2 valid signatures" in ok(ssp(office, "status", REFERENCE))


def test_a_hold_says_that_the_website_still_shows_the_report(office: Office) -> None:
    office.up_to("ready")
    unreasoned = ssp(office, "record", REFERENCE, "hold", user="Connie")
    assert unreasoned.exit_code == 54
    assert all(reason in unreasoned.output for reason in statements.REASONS)
    hold = ("record", REFERENCE, "hold", "--reason", "legal-advice")
    assert "website" not in ok(ssp(office, *hold, user="Connie"))
    ok(ssp(office, "record", REFERENCE, "hold-lifted", user="Connie"))
    ok(ssp(office, "publish"))
    assert "still shows it until `ssp publish` is run" in ok(ssp(office, *hold, user="Connie"))


@pytest.mark.parametrize("day", ["01/11/2024", "20241101", "2024-W44-5", "2024-13-01", "yesterday"])
def test_a_date_is_written_in_one_way(office: Office, day: str) -> None:
    refused = ssp(office, "record", REFERENCE, "family-told", "--on", day)
    assert refused.exit_code == 2
    assert refused.output.endswith("Write dates as 2024-11-01.\n")


def test_a_wrong_passphrase_is_told_in_one_sentence(office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    office.take_in()
    refused = ssp(office, "audit", "verify", env={"SSP_PASSPHRASE": "not the right words"})
    assert refused.exit_code == 41
    assert refused.stderr.count("\n") == 1
    assert capfd.readouterr() == ("", ""), "SQLCipher itself writes to stderr unless told not to"


def test_withdrawing_where_there_is_no_vault(office: Office) -> None:
    office.up_to("ready")
    office.vault.close()
    office.workspace.vault.unlink()
    assert ssp(office, "withdraw", REFERENCE, "--reason", "They asked.", user="Connie").exit_code == 54
    ok(ssp(office, "withdraw", REFERENCE, "--reason", "family-request", user="Connie", env={"SSP_PASSPHRASE": ""}))
    assert "withdrawn" in ok(ssp(office, "status"))


def test_the_preview_and_the_demo_get_what_was_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    calls: list[tuple[object, ...]] = []
    for name, act in (("preview", "run"), ("demo", "start"), ("serve", "forever")):
        module = types.ModuleType(f"pipeline.{name}")
        setattr(module, act, lambda *given: (calls.append(given), "Adult A lived here.")[1])
        monkeypatch.setitem(sys.modules, f"pipeline.{name}", module)
    path = office.file("overview.docx", "text")
    shown = ok(ssp(office, "preview", str(path), str(path), "--out-dir", str(office.workspace.root)))
    assert shown == "Adult A lived here.\n"
    ok(ssp(office, "demo", "--serve", "--port", "8123"))
    assert calls[0][:4] == ((path, path), None, None, office.workspace.root)
    assert calls[1][0] == office.workspace.root
    assert calls[2][:2] == ("Adult A lived here.", 8123)


def test_publish_is_the_same_as_ssp_publish() -> None:
    assert cli.ssp.commands["publish"] is cli.publish


def test_choices_are_those_of_the_models() -> None:
    assert set(cli.ROLES) == set(Role)
    assert set(cli.KINDS) == set(DocumentKind)
    assert set(cli.RECORDED) == {n for n, f in statements.FACTS.items() if f.action in ("record", "waive")}


def test_every_command_and_option_is_documented() -> None:
    for name, command in every_command():
        assert f"`{name}" in PAGE, name
        own = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}"))
        for option in command.params:
            if isinstance(option, click.Option) and option.opts[0] not in ("--workspace", "--as"):
                assert option.opts[0] in own, f"{name} {option.opts[0]}"
    documented = set(re.findall(r"^\| `(ssp [a-z]+(?: (?:add|list|verify))?)", PAGE, re.MULTILINE))
    assert documented == {name for name, _ in every_command()}


def test_every_command_takes_the_workspace_and_the_user() -> None:
    for name, command in every_command():
        options = {option.opts[0] for option in command.params}
        assert "--workspace" in options, name
        assert "--as" in options or name == "ssp demo", name


def test_every_exit_code_is_distinct_and_documented() -> None:
    kinds = [k for _, k in inspect.getmembers(errors, inspect.isclass) if issubclass(k, errors.SspError)]
    codes = {kind.exit_code: kind.__name__ for kind in kinds}
    assert len(codes) == len(kinds)
    documented = dict(re.findall(r"^\| (\d+) \| `(\w+)` \|", PAGE, re.MULTILINE))
    assert {int(code): name for code, name in documented.items()} == codes


def test_every_reason_and_fact_is_documented() -> None:
    for word in (*statements.REASONS, *cli.RECORDED):
        assert f"`{word}`" in PAGE, word


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, pipeline.cli; "
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'spacy', 'presidio_analyzer', 'rich', 'yaml', 'cryptography', 'sqlcipher3', 'numpy', 'pypdf', 'docx'}))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    quickest = 9.9
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from pipeline.cli import main; main()", "--help"], capture_output=True, check=True
        )
        quickest = min(quickest, time.perf_counter() - start)
    assert quickest < 0.2


def test_a_fault_in_the_program_shows_no_message() -> None:
    code = (
        "import sys, pipeline.cli as c, pipeline.run\n"
        "def fail(*a, **k): raise ValueError('Tamsin Arkwright')\n"
        "pipeline.run.publish = fail\n"
        "sys.argv = ['publish', '--check']\n"
        "c.publish_main()\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "ValueError" in found.stderr
    assert "Arkwright" not in found.stderr + found.stdout
