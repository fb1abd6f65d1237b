"""Texts through the whole stage with automatic decisions only: what `ssp preview` would print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gold import scorer

from pipeline import anonymise, extract
from pipeline.detect.engine import Engine
from pipeline.models import CaseFacts, Document, DocumentKind, layout
from pipeline.redact import redact
from pipeline.rules import Rules


def printed(source: str | bytes, rules: Rules, engine: Engine, facts: CaseFacts | None = None) -> str:
    """The anonymised text of Markdown, or of the bytes of a DOCX or PDF."""
    read: Callable[..., Document] = extract.read_text if isinstance(source, str) else extract.read_here
    document = read(source, DocumentKind.OVERVIEW)
    analysis = anonymise.analyse([document], facts or CaseFacts(), rules, engine)
    return layout(redact(document, analysis, ()).document).text


def shortfalls(gold: Mapping[str, Any], text: str, floors: Mapping[str, float]) -> list[str]:
    """Where an anonymised text falls short of the floors: one line for each, with what leaked or was lost.

    floors  least share of `persons` caught, of `words` surviving; most that may be `lost` of what must stay
    """
    result = scorer()(gold, text)
    caught = 1 - result["person_leaks"] / max(1, result["person_mentions"])
    wrong = []
    if caught < floors["persons"]:
        wrong.append(f"persons caught {caught:.4f}: " + "; ".join(m["text"] for m in result["_leaks"]))
    if result["keep_lost"]:
        wrong.append("panel lost: " + "; ".join(m["text"] for m in result["_lost"] if m["type"] == "KEEP"))
    if result["lost"] > floors["lost"] * result["stay"]:
        wrong.append("lost: " + "; ".join(m["text"] for m in result["_lost"]))
    if result["utility"] < floors["words"]:
        wrong.append(f"words surviving {result['utility']:.4f}")
    if result["stray"]:
        wrong.append("stray: " + "; ".join(result["stray"]))
    return wrong
