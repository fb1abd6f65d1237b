"""Presidio pattern recognisers from redaction_rules/identifiers.yml."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pipeline.detect.checks import PUBLIC_NUMBER, nhs_number, telephone_number
from pipeline.detect.matching import spans
from pipeline.rules import IdentifierRule, Rules

__all__ = ["PUBLIC_NUMBER", "RuleRecogniser", "nhs_number", "recognisers", "telephone_number"]

SCORE = 0.9


class RuleRecogniser(PatternRecognizer):
    """One row of identifiers.yml as a Presidio recogniser; results carry the rule's name."""

    def __init__(self, rule: IdentifierRule) -> None:
        self.rule = rule
        super().__init__(
            supported_entity=rule.type,
            name=f"rule:{rule.name}",
            patterns=[Pattern(rule.name, rule.pattern.pattern, SCORE)],
            supported_language="en",
            global_regex_flags=0,
        )

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """What the rule finds, exactly as its examples were tried when the rules were loaded."""
        return [RecognizerResult(self.rule.type, start, end, SCORE) for start, end in spans(self.rule, text)]


def recognisers(rules: Rules) -> list[RuleRecogniser]:
    """A recogniser for each row of identifiers.yml."""
    return [RuleRecogniser(rule) for rule in rules.identifiers]
