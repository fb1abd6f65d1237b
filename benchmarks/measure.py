"""One report anonymised and scored; the numbers that are asked for; and those that were reached before."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reports import CASES, REPORTS, REVIEWS, document, facts_of
from pipeline import anonymise, redact
from pipeline.detect.engine import Engine, Evidence
from pipeline.models import Analysis, Document, DocumentKind, layout
from pipeline.rules import Rules
from tests.gold import gold, score

FLOORS = Path(__file__).with_name("floors.json")
# What may not fall below, and what may not rise above, in any report from any source.
AT_LEAST = {"persons": 0.99, "all": 0.98, "words": 0.99}
AT_MOST = {"panel_lost": 0, "other_lost": 0.02, "strays": 0, "decisions": 120}
TARGETS: Mapping[str, float] = {**AT_LEAST, **AT_MOST}
SAID = {
    "persons": "mentions of people caught",
    "all": "everything that must go caught",
    "words": "ordinary words surviving",
    "panel_lost": "names of the Panel lost",
    "other_lost": "share of what else must stay that is lost",
    "strays": "full names or numbers left somewhere",
    "decisions": "decisions per 10,000 words",
}
PEOPLE, DATES, PLACES = ("PERSON",), ("DATE", "DOB"), ("ADDRESS", "POSTCODE", "PLACE", "ORGSMALL")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Result:
    """What the scorer says of one report from one source, by one tool; `decisions` is per 10,000 words, if any."""

    report: str
    source: str
    tool: str
    score: Mapping[str, Any]
    decisions: float | None = None

    def recall(self, types: Sequence[str]) -> float:
        """Share of the mentions of these types that is gone; 1 where there is none."""
        total = sum(self.score["type_totals"].get(t, 0) for t in types)
        return 1 - sum(self.score["leak_types"].get(t, 0) for t in types) / total if total else 1.0

    @property
    def identifiers(self) -> float:
        """As `recall`, of every type that is in no other group and must go."""
        grouped = {*PEOPLE, *DATES, *PLACES, "KEEP", "TRAP", "NEUTRAL"}
        return self.recall([t for t in self.score["type_totals"] if t not in grouped])

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers that have a target, by the target's name."""
        others = self.score["stay"] - self.score["keep"]
        found = {
            "persons": self.recall(PEOPLE),
            "all": self.score["recall"],
            "words": self.score["utility"],
            "panel_lost": self.score["keep_lost"],
            "other_lost": (self.score["lost"] - self.score["keep_lost"]) / others if others else 0.0,
            "strays": len(self.score["stray"]),
        }
        return found if self.decisions is None else {**found, "decisions": self.decisions}


class Remembering:
    """An engine that looks at each text once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, Sequence[Evidence]] = {}

    def evidence(self, text: str) -> Sequence[Evidence]:
        if text not in self._known:
            self._known[text] = self._engine.evidence(text)
        return self._known[text]


def pipeline_results(rules: Rules, engine: Engine, source: str) -> Iterator[Result]:
    """Every report from one kind of source ("docx", "pdf" or "text"), with automatic decisions only."""
    once: Any = Remembering(engine)
    documents = {name: document(name, source) for name in REPORTS}
    for names, case_file in CASES:
        facts = facts_of(case_file)
        analysis = anonymise.analyse(_all(documents, names), facts, rules, once)
        for name in names:
            whole = REVIEWS.get(name, (name,))
            asked = analysis if name not in REVIEWS else anonymise.analyse(_all(documents, whole), facts, rules, once)
            rate = decisions(asked, {documents[n].kind: n for n in whole})
            text = layout(redact.redact(documents[name], analysis, ()).document).text
            yield Result(name, source, "this pipeline", score(name, text), rate)


def _all(documents: Mapping[str, Document], names: Sequence[str]) -> list[Document]:
    return [documents[name] for name in names]


def decisions(analysis: Analysis, names: Mapping[DocumentKind, str]) -> float:
    """Decisions per 10,000 words: identities that need one and stand in these documents, against the gold's words."""
    here = {f.identity for f in analysis.findings if f.document in names}
    needed = sum(i.needs_decision and i.key in here for i in analysis.identities)
    return 10_000 * needed / sum(len(_WORD.findall(gold(name)["text"])) for name in names.values())


def floors() -> dict[str, dict[str, float]]:
    """The numbers reached before, by "report source". Raises OSError or ValueError if they cannot be read."""
    found: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def shortfalls(result: Result, reached: Mapping[str, float]) -> list[str]:
    """Each number of a result that misses its target, or the number reached before, in words."""
    found = []
    for name, value in result.numbers.items():
        bounds = [TARGETS[name], *([reached[name]] if name in reached else [])]
        bound = max(bounds) if name in AT_LEAST else min(bounds)
        if value < bound if name in AT_LEAST else value > bound:
            side = "at least" if name in AT_LEAST else "at most"
            found.append(f"{result.report} ({result.source}): {SAID[name]} {value:.4g}, {side} {bound:.4g} wanted")
    return found


def tightened(reached: Mapping[str, Mapping[str, float]], results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """The numbers reached before with those of `results` where they are better, rounded to the safe side."""
    after = {key: dict(numbers) for key, numbers in reached.items()}
    for result in results:
        own = after.setdefault(f"{result.report} {result.source}", {})
        for name, value in result.numbers.items():
            if name in AT_LEAST:
                own[name] = max(own.get(name, 0.0), math.floor(value * 10_000) / 10_000)
            else:
                own[name] = min(own.get(name, math.inf), math.ceil(value * 10_000) / 10_000)
    return after
