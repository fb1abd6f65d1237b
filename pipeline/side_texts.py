"""Texts that become public beside the reports: replacement labels, and free texts in statements.

The list of a case's redacted forms does not hold a name that no report of the case has, so these texts are judged by
what they are themselves: a label by its words, a free text by the whole anonymisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import DecisionError
from pipeline.models import Action, Block, BlockKind, CaseFacts, Document, DocumentKind

if TYPE_CHECKING:
    from pipeline.detect.lexicon import Lexicon
    from pipeline.rules import Rules

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NUMBER = re.compile(r"\d{1,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def refuse_labels_that_name(
    labels: Sequence[str], rules: Callable[[], Rules], pseudonyms: Collection[str] = ()
) -> None:
    """Raises DecisionError, by the number of the decision, where a label ("" for none) may name somebody.

    rules  loads the rules; called only where there is a label
    """
    if not any(labels):
        return
    words = LabelWords.of(rules(), pseudonyms)
    for number, label in enumerate(labels, start=1):
        if label and not words.name_nobody(label):
            raise DecisionError(
                f"Decision {number} has a label that may name somebody.",
                'Ordinary words, a letter or a short number make a label: "Adult A", "Officer 2", "[school]".',
            )


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The words that a label may be made of: `known` ones with a capital too."""

    lexicon: Lexicon
    known: frozenset[str]

    @classmethod
    def of(cls, rules: Rules, pseudonyms: Collection[str] = ()) -> LabelWords:
        """`pseudonyms` are names agreed with the family, whose words may stand in a label."""
        from pipeline.detect.lexicon import Lexicon
        from pipeline.detect.words import fold

        lexicon = Lexicon.of(rules)
        phrases = (*_policy_words(rules), *pseudonyms)
        return cls(lexicon, lexicon.titles | {fold(word) for phrase in phrases for word in _WORD.findall(phrase)})

    def name_nobody(self, label: str) -> bool:
        """Whether every word of a label is ordinary, a role's, a short number or one capital letter: "Officer 2".

        A word that is a name as well ("Hope") is ordinary in lower case only, or where a role or the policy has it.
        """
        words = _WORD.findall(label)
        letters = [word for word in words if len(word) == 1 and word.isupper()]
        rest = [word for word in words if word not in letters]
        return len(letters) <= 1 and all(map(self._ordinary, rest))  # two letters are somebody's initials

    def name_nobody_in(self, sentence: str) -> bool:
        """Whether every word of a sentence is ordinary; its first may have a capital, if it is no name as well."""
        from pipeline.detect.words import fold

        words = _WORD.findall(sentence)
        starts = bool(words) and fold(words[0]) not in self.lexicon.ambiguous
        ordinary = [words[0].lower(), *words[1:]] if starts else words
        return all(word in ("a", "I") or _YEAR.fullmatch(word) or self._ordinary(word) for word in ordinary)

    def _ordinary(self, word: str) -> bool:
        from pipeline.detect.words import fold

        folded = fold(re.sub(r"['’]s$", "", word))
        if _NUMBER.fullmatch(word) or folded in self.known:
            return True
        english = self.lexicon.is_english(folded, affixes=word.islower())
        return english and (word.islower() or folded not in self.lexicon.ambiguous)


def refuse_reasons_that_name(
    reasons: Sequence[str], rules: Callable[[], Rules], printed: Collection[str] = ()
) -> None:
    """Raises DecisionError, by the number of the warning, where the reason for accepting it may name somebody.

    rules    loads the rules; called only where there is a reason
    printed  labels and agreed pseudonyms of the case, which may stand in a reason as they are
    """
    if not reasons:
        return
    known = rules()
    words = LabelWords.of(known)
    phrases = sorted({*printed, *known.stays} - {""}, key=lambda phrase: (-len(phrase), phrase))
    for number, reason in enumerate(reasons, start=1):
        for phrase in phrases:
            if phrase in reason:
                reason = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", reason)
        if not all(words.name_nobody_in(sentence) for sentence in re.split(r"(?<=[.!?:])\s+", reason)):
            raise DecisionError(
                f"Warning {number} is accepted for a reason that may name somebody.",
                "Ordinary words, numbers of paragraphs and the labels in print make a reason.",
            )


def _policy_words(rules: Rules) -> Iterable[str]:
    yield rules.default_role
    for role in rules.roles:
        yield from (role.label, *role.words)
    yield from (policy.replacement for policy in rules.types.values())
    yield from (kind.replacement for kind in rules.kinds)


def texts_name_nobody(texts: Sequence[str], rules: Rules, pseudonyms: Collection[str] = ()) -> bool:
    """Whether the anonymisation would leave every one of these texts as it is, and asks nobody about it.

    Raises ModelUnavailable if a detection model cannot be loaded.
    """
    from pipeline.anonymise import analyse

    # One paragraph each, and no markup read: everything stands where detection looks.
    blocks = tuple(Block(BlockKind.PARAGRAPH, " ".join(text.split())) for text in texts)
    facts = CaseFacts(pseudonyms=dict.fromkeys(pseudonyms, ""))
    analysis = analyse([Document(DocumentKind.OVERVIEW, blocks)], facts, rules)
    agreed = {i.key for i in analysis.identities if i.proposed is Action.KEEP and i.name in set(pseudonyms)}
    return all(finding.identity in agreed for finding in analysis.findings)
