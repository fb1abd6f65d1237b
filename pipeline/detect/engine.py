"""Presidio's analyzer with this project's recognisers, and nothing of its own defaults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.rules import Rules


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one recogniser says of one span of a layout's text."""

    start: int
    end: int
    type: str
    source: str
    score: float


PIECE = 6_000  # characters


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces with the place of each, cut between blocks, and within a block only where it is very long.

    Presidio compares each result with every other to drop duplicates, and spaCy refuses a million characters at once:
    in pieces, time grows with the length of a report and not with its square.
    """
    at = 0
    while len(text) - at > 2 * PIECE:
        end = _cut(text, at + PIECE, at + 2 * PIECE)
        yield at, text[at:end]
        at = end
    yield at, text[at:]


def _cut(text: str, low: int, high: int) -> int:
    """Where to cut between two places: after a block, else a table's row, else a sentence, else a word."""
    if (block := text.find("\n\n", low, high)) >= 0:
        return block + 2
    for sign in ("\n", ". ", " "):
        if (found := text.rfind(sign, low, high)) >= 0:
            return found + len(sign)
    return high


class Engine:
    """All recognisers, loaded once for many documents. Raises ModelUnavailable if a model cannot be loaded."""

    def __init__(self, rules: Rules) -> None:
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

        from pipeline.detect import dates, patterns, rampart, spacy_model

        nlp = spacy_model.LineEngine()
        nlp.load()
        self._rampart = rampart.RampartRecogniser()
        recognisers: list[Any] = [
            spacy_model.SpacyRecogniser(),
            self._rampart,
            dates.DateRecogniser(),
            *patterns.recognisers(rules),
        ]
        registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["en"])
        self._analyzer = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])

    def evidence(self, text: str) -> Sequence[Evidence]:
        """Everything that rules and models say of a text, sorted by place; spans may overlap and disagree."""
        cut = list(pieces(text))
        with self._rampart.reading_ahead([piece for _, piece in cut]):
            found = [evidence for at, piece in cut for evidence in self._read(at, piece)]
        # Presidio drops duplicates through a set, so its own order differs from run to run.
        return sorted(found, key=lambda e: (e.start, -e.end, e.type, e.source))

    def _read(self, at: int, piece: str) -> list[Evidence]:
        return [
            Evidence(
                at + r.start,
                at + r.end,
                r.entity_type,
                str((r.recognition_metadata or {}).get("recognizer_name", "")),
                float(r.score),
            )
            for r in self._analyzer.analyze(text=piece, language="en", score_threshold=0.0)
        ]
