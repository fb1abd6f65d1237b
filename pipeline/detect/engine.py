"""Presidio's analyzer with this project's recognisers, and nothing of its own defaults."""

from __future__ import annotations

from collections.abc import Sequence
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


class Engine:
    """All recognisers, loaded once for many documents. Raises ModelUnavailable if a model cannot be loaded."""

    def __init__(self, rules: Rules) -> None:
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

        from pipeline.detect import dates, patterns, rampart, spacy_model

        nlp = spacy_model.LineEngine()
        nlp.load()
        recognisers: list[Any] = [
            spacy_model.SpacyRecogniser(),
            rampart.RampartRecogniser(),
            dates.DateRecogniser(),
            *patterns.recognisers(rules),
        ]
        registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["en"])
        self._analyzer = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])

    def evidence(self, text: str) -> Sequence[Evidence]:
        """Everything that rules and models say of a text, sorted by place; spans may overlap and disagree."""
        results = self._analyzer.analyze(text=text, language="en", score_threshold=0.0)
        found = [
            Evidence(
                r.start,
                r.end,
                r.entity_type,
                str((r.recognition_metadata or {}).get("recognizer_name", "")),
                float(r.score),
            )
            for r in results
        ]
        # Presidio drops duplicates through a set, so its own order differs from run to run.
        return sorted(found, key=lambda e: (e.start, -e.end, e.type, e.source))
