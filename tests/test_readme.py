"""The README's promises that can be checked without running them: targets, pages, commands and options that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", README)) - {"that"}
    assert {"demo", "test", "serve", "check"} <= named
    assert named <= targets


def test_ci_runs_the_readmes_test_command() -> None:
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.search(r"^make check$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).is_file()


def test_every_command_shown_is_one() -> None:
    commands = re.findall(r"^(?:\.venv/bin/)?ssp ([a-z]+)(.*)$", README, re.MULTILINE)
    assert len(commands) > 15
    for name, rest in commands:
        command = cli.ssp.commands[name]
        if name in ("user", "audit"):
            command = command.commands[rest.split()[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(--[a-z-]+)", rest)) <= known, name


def test_the_lock_names_no_index_and_leaves_out_what_the_models_package_does_not_need() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^arcjet==", lock, re.MULTILINE)
    entries = re.findall(r"^[a-z0-9][\w.-]*==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(entries) > 100
    assert all("--hash=sha256:" in entry for entry in entries)
