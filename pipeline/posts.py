"""Posts and agencies of the Chair and members as they will be published.

Their names stay (§4.28). What they are called besides comes out of the reports, so what is redacted there, and what a
rule would find in it, goes here too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.models import Action, Analysis, Decision, Document, PanelMember, layout
from pipeline.rules import Rules


def panel_in_print(
    documents: Sequence[Document],
    analysis: Analysis,
    decisions: Sequence[Decision],
    forms: Collection[str],
    rules: Rules,
) -> tuple[PanelMember, ...]:
    """The members whose names stay, posts and agencies redacted. `forms` is the case's list of redacted forms."""
    from pipeline.decide import members
    from pipeline.redact import settled

    state = settled(analysis, decisions)
    listed = {f.text: state[f.identity][1] for f in analysis.findings if f.text in forms}

    def redacted(text: str) -> str:
        return without_identifiers(_replaced(text, {**listed, **_in_place(text, documents, analysis, state)}), rules)

    return tuple(replace(m, role=redacted(m.role), agency=redacted(m.agency)) for m in members(analysis, decisions))


def without_identifiers(text: str, rules: Rules) -> str:
    """A text without the dates and numbers that rules find."""
    from pipeline.detect import dates
    from pipeline.detect.patterns import recognisers

    for date in reversed(dates.find(text)):
        text = text[: date.start] + (date.month_year or "[date]") + text[date.end :]
    for recogniser in (r for r in recognisers(rules) if r.rule.type in rules.types):  # not those that stay
        for found in sorted(recogniser.analyze(text, [recogniser.rule.type]), key=lambda f: -f.start):
            text = text[: found.start] + rules.types[recogniser.rule.type].replacement + text[found.end :]
    return text


def _in_place(
    text: str, documents: Sequence[Document], analysis: Analysis, state: Mapping[str, tuple[Action, str]]
) -> dict[str, str]:
    """What is redacted within this text wherever it stands in the reports, and what it becomes there."""
    found: dict[str, str] = {}
    for document in documents:
        here = layout(document).text
        places = [match.span() for match in re.finditer(re.escape(text), here)] if text else []
        for finding in analysis.findings:
            action, label = state[finding.identity]
            inside = finding.document is document.kind and any(
                s <= finding.start and finding.end <= e for s, e in places
            )
            if inside and (finding.action or action) is Action.REDACT:
                found[finding.text] = finding.replacement or label
    return found


def _replaced(text: str, labels: Mapping[str, str]) -> str:
    """Each form replaced by its label in one pass, the longest first, so that a label is never searched itself."""
    forms = sorted(filter(None, labels), key=len, reverse=True)
    if not forms:
        return text
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)"
    return re.sub(pattern, lambda match: labels[match.group()], text)
