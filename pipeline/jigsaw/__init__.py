"""Jigsaw warnings: what may single a family out though every name is gone, measured against the document alone.

Nothing here changes a report. Each warning is accepted with a reason or resolved before anybody can approve (§4.28);
one is resolved when what it is about is no longer in print.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.jigsaw.combinations import combinations
from pipeline.jigsaw.facts import facts_of
from pipeline.jigsaw.names import names
from pipeline.jigsaw.pictures import pictures
from pipeline.jigsaw.printed import printed
from pipeline.jigsaw.rules import JigsawRules
from pipeline.jigsaw.sentences import sentences
from pipeline.models import Analysis, CaseFacts, Decision, Document, JigsawWarning


def warnings(
    documents: Sequence[Document],
    facts: CaseFacts,
    analysis: Analysis,
    rules: JigsawRules,
    decisions: Sequence[Decision] = (),
) -> tuple[JigsawWarning, ...]:
    """What a reviewer must look at in the case as the decisions so far print it.

    Each warning lies at offsets of the source's Layout, has a key of its own, and quotes nothing that goes.
    """
    found: list[JigsawWarning] = []
    for document in documents:
        page = printed(document, analysis, decisions, rules)
        found += combinations(document.kind, facts_of(page, rules), rules)
        found += sentences(page, rules, bool(facts.pseudonyms))
        found += pictures(page)
    found += names(analysis, facts, decisions, rules)
    return tuple(found)


__all__ = ["JigsawRules", "warnings"]
