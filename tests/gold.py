"""The invented reports with their gold annotations, and the scorer, as tests use them."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
GO = frozenset("ADDRESS POSTCODE DOB PHONE EMAIL NHS NINO CASEREF VEHICLE PASSPORT BANK COLLAR HANDLE URL".split())


@cache
def gold(name: str) -> Mapping[str, Any]:
    """Gold annotations of a report: `text`, `mentions`, `meta`."""
    return json.loads((FIXTURES / f"{name}.gold.json").read_text(encoding="utf-8"))


@cache
def scorer() -> Callable[[Mapping[str, Any], str], dict[str, Any]]:
    """score(gold, text) of tests/fixtures/score.py."""
    spec = importlib.util.spec_from_file_location("score", FIXTURES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score


def score(name: str, text: str) -> dict[str, Any]:
    return scorer()(gold(name), text)


def source(name: str, ending: str) -> Path:
    """The report's file: d1 lies in examples/, the others in tests/fixtures/."""
    return (EXAMPLES if name.startswith("d1") else FIXTURES) / f"{name}.{ending}"


def full_names(name: str) -> set[str]:
    """Names of two words and more of everybody who must go."""
    found = {p["name"] for p in gold(name)["meta"]["people"] if p["policy"] == "redact"}
    titles = r"^(?:(?:Dr|PC|PS|DC|DS|DCI|HHJ|His Honour Judge|Father|Professor) )+|,? QC$"
    return {bare for n in found if " " in (bare := re.sub(titles, "", n))}


def values(name: str) -> set[str]:
    """Every number, address and the like that must go, of six characters and more."""
    return {m["text"] for m in gold(name)["mentions"] if m["type"] in GO and len(m["text"]) >= 6}


def panel(name: str) -> set[str]:
    """Names of the Chair and members, which stay."""
    titles = r"^(?:(?:Dr|DCI|DI) )+"
    return {re.sub(titles, "", p["name"]) for p in gold(name)["meta"]["people"] if p["policy"] == "keep"}


def word_spans(name: str, text: str) -> list[tuple[Mapping[str, Any], int, int]]:
    """Each gold mention with [start, end) of its words in another text of the same report, aligned word by word."""
    word = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
    source = [(m.group().casefold(), m.start(), m.end()) for m in word.finditer(gold(name)["text"])]
    target = [(m.group().casefold(), m.start(), m.end()) for m in word.finditer(text)]
    matcher = SequenceMatcher(None, [w for w, *_ in source], [w for w, *_ in target], autojunk=False)
    there = {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}
    spans = []
    for mention in gold(name)["mentions"]:
        inside = [i for i, (_, start, end) in enumerate(source) if start < mention["end"] and end > mention["start"]]
        at = [there[i] for i in inside if i in there]
        if at:
            spans.append((mention, target[at[0]][1], target[at[-1]][2]))
    return spans
