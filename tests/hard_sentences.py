"""Sentences that hide a name or only seem to, each put into a small invented report (data: hard_sentences.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

BEGINNING = """# Overview Report

## 1 Introduction

1.1 This review concerns the death of a resident of Southwark, Verónica Aldana, aged 41, who was killed by her
partner, Terrence Quayle, in November 2018.

1.2 The Review Panel was chaired by Dr Helen Ashworth. Its members were: Martin Abara, Head of Community Safety,
Southwark Council; and Ngozi Bello, Named Nurse, King's College Hospital.
"""


@dataclass(frozen=True)
class Case:
    """`gone` are words that may not be printed, `kept` phrases that must; `alone`: with nobody introduced, too."""

    group: str
    say: str
    who: tuple[str, ...]
    gone: tuple[str, ...]
    kept: tuple[str, ...]
    alone: bool


@cache
def cases(data: Path = Path(__file__).parent / "hard_sentences.yml") -> Sequence[Case]:
    groups = yaml.safe_load(data.read_text(encoding="utf-8"))
    return [_case(group, row) for group, rows in groups.items() for row in rows]


def _case(group: str, row: Mapping[str, Any]) -> Case:
    who, gone, kept = (tuple(row.get(key, ())) for key in ("who", "gone", "kept"))
    return Case(group, row["say"], who, gone, kept, row.get("alone", False))


def report(case: Case, *, introduced: bool) -> str:
    """A small report that ends with the case's sentence."""
    heard = [f"1.{n} The Panel heard from {who}.\n" for n, who in enumerate(case.who, start=3)] if introduced else []
    return "\n".join([BEGINNING, *heard, "## 2 The facts\n", "2.1 The police were called to the flat.\n",
                      f"2.2 {case.say}\n"])  # fmt: skip


def failures(case: Case, printed: str) -> list[str]:
    """What went wrong in the last paragraph of the anonymised text."""
    last = printed.strip().splitlines()[-1]
    wrong = [f"left: {w}" for w in case.gone if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", last)]
    return wrong + [f"lost: {phrase}" for phrase in case.kept if phrase not in last]
