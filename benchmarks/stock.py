"""Stock Presidio, for comparison: its analyzer and anonymizer with their own defaults, and the spaCy model here."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pipeline.detect.spacy_model import PACKAGE


def analyzer() -> Any:
    """Presidio's AnalyzerEngine as it comes, but for the model's name, and offline.

    The e-mail recogniser asks for a list of domain endings on the internet; where it cannot have it, it takes the
    one in the package, and so it is told to here.
    """
    import presidio_analyzer
    import tldextract
    import yaml
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    vars(tldextract)["extract"] = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    defaults = Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml"
    settings = yaml.safe_load(defaults.read_text(encoding="utf-8"))
    settings["models"] = [{"lang_code": "en", "model_name": PACKAGE}]
    engine = NlpEngineProvider(nlp_configuration=settings).create_engine()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def anonymised(engine: Any, text: str) -> str:
    """A text with everything replaced that stock Presidio finds."""
    from presidio_anonymizer import AnonymizerEngine

    anonymizer: Any = AnonymizerEngine()  # type: ignore[no-untyped-call]
    return str(anonymizer.anonymize(text, engine.analyze(text=text, language="en")).text)
