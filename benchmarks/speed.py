"""`make bench-speed`: how long a preview takes beside the two bare models and stock Presidio, in one process.

First each bare model's fastest setting is looked for (batches, threads). Then, after warm-up, the four are timed in
turns, so that whatever else the machine does falls on all of them; medians are printed. Ends with an error if the
preview takes more than LIMIT times what the two models take.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import stock
from benchmarks.reports import document
from pipeline import preview
from pipeline.detect import rampart, spacy_model
from pipeline.models import layout
from tests.gold import source

REPORT, ENDING = "d2-overview", "docx"
LIMIT = 1.5
TRIALS, ROUNDS = 2, 7
SPACY_BATCHES = (16, 64, 256)
RAMPART_BATCHES = (4, 8, 16)


def main() -> int:
    """Measures and prints; returns 1 if the limit is passed."""
    text = layout(document(REPORT, ENDING)).text
    spacy_name, spacy = _fastest("spaCy", _spacy_settings(text))
    rampart_name, bare_rampart = _fastest("Rampart", _rampart_settings(text))
    analyzer = stock.analyzer()
    runs: dict[str, Callable[[], object]] = {
        f"spaCy, {spacy_name}": spacy,
        f"Rampart, {rampart_name}": bare_rampart,
        "preview": lambda: preview.run([source(REPORT, ENDING)]),
        "stock Presidio, analyze": lambda: analyzer.analyze(text=text, language="en"),
    }
    times = _in_turns(runs)
    one, other, whole, _ = times.values()
    print(
        f"\n{REPORT} from {ENDING.upper()}, {len(text.split())} words, {os.cpu_count()} processors, {ROUNDS} rounds"
    )
    for name, taken in times.items():
        print(f"{median(taken):8.3f} s  (least {min(taken):.3f}, most {max(taken):.3f})  {name}")
    ratio = median(w / (a + b) for a, b, w in zip(one, other, whole, strict=True))
    print(f"{ratio:8.2f}    preview against the two models, median of the rounds; {LIMIT} at most wanted")
    return 1 if ratio > LIMIT else 0


def _in_turns(runs: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds that each takes in each round, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            taken = _timed(run)
            if number:
                times[name].append(taken)
    return times


def _timed(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _fastest(model: str, settings: Mapping[str, Callable[[], object]]) -> tuple[str, Callable[[], object]]:
    """The setting with the least time of a few trials, in turns."""
    best = dict.fromkeys(settings, float("inf"))
    for run in settings.values():
        run()
    for _ in range(TRIALS):
        for name, run in settings.items():
            best[name] = min(best[name], _timed(run))
    for name, seconds in best.items():
        print(f"{seconds:8.3f} s  {model}, {name}")
    name = min(best, key=lambda n: best[n])
    return name, settings[name]


def _spacy_settings(text: str) -> dict[str, Callable[[], object]]:
    """spaCy's ner over the lines of the text in batches, and over the whole text at once."""
    nlp = spacy_model.load()
    lines = re.findall(r"[^\n]+", text)

    def in_batches(size: int) -> Callable[[], object]:
        return lambda: [doc.ents for doc in nlp.pipe(lines, batch_size=size)]

    return {"whole text": lambda: nlp(text).ents, **{f"batches of {n} lines": in_batches(n) for n in SPACY_BATCHES}}


def _rampart_settings(text: str) -> dict[str, Callable[[], object]]:
    """Rampart over the windows of the text, those of like length together, by threads and batches."""
    known = rampart.load()
    pieces = [text[start:end] for start, end in rampart.windows(text)]
    encodings = known.tokenizer.encode_batch(pieces)
    ordered = sorted((e.ids for e in encodings), key=len)
    most = rampart.THREADS
    settings: dict[str, Callable[[], object]] = {}
    for size in RAMPART_BATCHES:
        batches = [ordered[at : at + size] for at in range(0, len(ordered), size)]
        for threads in sorted({1, most}):
            run = _rampart_run(rampart.session(threads), known, pieces, batches, 1)
            settings[f"batches of {size} windows, {threads} thread(s)"] = run
        beside = _rampart_run(known.session, known, pieces, batches, most)
        settings[f"batches of {size} windows, {most} batches at once"] = beside
    return settings


def _rampart_run(
    session: Any, known: rampart.Model, pieces: Sequence[str], batches: Sequence[Sequence[Sequence[int]]], beside: int
) -> Callable[[], object]:
    def one(batch: Sequence[Sequence[int]]) -> object:
        return session.run(None, rampart.feed(batch))

    def run() -> object:
        known.tokenizer.encode_batch(list(pieces))
        with ThreadPoolExecutor(beside) as pool:
            return list(pool.map(one, batches))

    return run


if __name__ == "__main__":
    sys.exit(main())
