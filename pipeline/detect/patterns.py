"""Presidio pattern recognisers from redaction_rules/identifiers.yml."""

from __future__ import annotations

import re

import phonenumbers
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pipeline.rules import IdentifierRule, Rules

BEFORE, AFTER = 60, 30  # characters in which a context word must stand
# Lines that belong to the public: freephone helplines and short codes name nobody.
PUBLIC_NUMBER = re.compile(r"(?:0800|0808|0300|0303|0345|116|101|111|999)")


def nhs_number(text: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (modulus 11, NHS Data Dictionary)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def telephone_number(text: str) -> bool:
    """Whether it could be somebody's telephone number: possible in its country, and not a public helpline."""
    if PUBLIC_NUMBER.match(re.sub(r"\D", "", text)):
        return False
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


CHECKS = {"nhs": nhs_number, "phone": telephone_number}


class RuleRecogniser(PatternRecognizer):
    """One row of identifiers.yml as a Presidio recogniser; results carry the rule's name."""

    def __init__(self, rule: IdentifierRule) -> None:
        self.rule = rule
        super().__init__(
            supported_entity=rule.type,
            name=f"rule:{rule.name}",
            patterns=[Pattern(rule.name, rule.pattern.pattern, 0.9)],
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
        kept = []
        for result in super().analyze(text, entities, nlp_artifacts, regex_flags):
            if not self._in_context(text, result.start, result.end):
                continue
            match = self.rule.pattern.match(text, result.start)
            if match and "value" in self.rule.pattern.groupindex:
                result.start, result.end = match.span("value")
            check = CHECKS.get(self.rule.check)
            if check is None or check(text[result.start : result.end]):
                kept.append(result)
        return kept

    def _in_context(self, text: str, start: int, end: int) -> bool:
        if not self.rule.context:
            return True
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        before = text[max(line_start, start - BEFORE) : start].casefold()
        after = text[end : min(line_end if line_end >= 0 else len(text), end + AFTER)].casefold()
        return any(word in before or word in after for word in self.rule.context)


def recognisers(rules: Rules) -> list[RuleRecogniser]:
    """A recogniser for each row of identifiers.yml."""
    return [RuleRecogniser(rule) for rule in rules.identifiers]
