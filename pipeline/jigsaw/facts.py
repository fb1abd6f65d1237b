"""Facts that stay in print, and whom each is about.

A fact is about the person named last before it in its sentence; where nobody is, about whom the paragraph speaks of,
or whom the sentence names after it ("a widow of 69, Adult A"). In a table it is about whom the row names first.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.detect.words import fold
from pipeline.jigsaw.printed import Passage, Printed, Sentence, Who
from pipeline.jigsaw.rules import NAME, NUMBERS, WORD, FactRule, JigsawRules, words_of
from pipeline.models import BlockKind

CHILD = "a child's age"
GROWN_UP = 18
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|they|their)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:he|she|him|her|his|victim|deceased|perpetrator|offender|witness|woman|man|girl|boy|mother|father|son|daughter|"
    r"child|sister|brother|husband|wife|partner|widow|widower|grand\w+)\b",
    re.IGNORECASE,
)
_NOTHING = frozenset({"", "-", "–", "—", "as above", "n/a", "not known", "not recorded", "unknown"})
_LONGEST_CELL = 60
_HEADING = 6  # words beside the name
_NEAR = 40  # characters on each side in which `but_not` is looked for


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in print. `text` is quoted from what stays, `who` is None where the text does not tell."""

    kind: str
    weight: int
    text: str
    start: int
    end: int
    place: str
    block: int
    who: Who | None


@dataclass(frozen=True, slots=True)
class _Found:
    rule: FactRule
    kind: str
    weight: int
    start: int
    end: int
    headed: bool = False  # told by the heading of a column or row


def facts_of(page: Printed, rules: JigsawRules) -> tuple[Fact, ...]:
    """Every fact of the document in order, with whom it is about."""
    kept: list[_Found] = []
    for item in sorted(_found(page, rules), key=lambda f: (f.start, f.start - f.end, -f.weight, f.kind)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(_attributed(page, kept))


def find_in(text: str, rule: FactRule, rules: JigsawRules) -> list[str]:
    """What one rule finds in a text: for trying a rule on its examples."""
    spans = [(start, end) for start, end, _ in _by_pattern(text, rule)]
    spans += [(start, end) for owner, start, end in _by_words(text, rules) if owner is rule]
    return [text[start:end] for start, end in spans if fold(text[start:end]) not in rules.common]


def _found(page: Printed, rules: JigsawRules) -> Iterator[_Found]:
    for rule in rules.facts:
        for match_start, match_end, age in _by_pattern(page.text, rule):
            if age is not None and age < GROWN_UP:
                yield _Found(rule, CHILD, 2, match_start, match_end)
            elif fold(page.text[match_start:match_end]) not in rules.common:
                yield _Found(rule, rule.kind, rule.weight, match_start, match_end)
    for rule, start, end in _by_words(page.text, rules):
        yield _Found(rule, rule.kind, rule.weight, start, end)
    yield from _by_column(page, rules)


def _by_pattern(text: str, rule: FactRule) -> Iterator[tuple[int, int, int | None]]:
    for pattern in rule.patterns:
        ages, quoted = "age" in pattern.groupindex, "fact" in pattern.groupindex
        for match in pattern.finditer(text):
            start, end = match.span("fact") if quoted else match.span()
            if NAME in text[start:end] or _excluded(text, start, end, rule):
                continue
            yield start, end, _number(match["age"]) if ages else None


def _by_words(text: str, rules: JigsawRules) -> Iterator[tuple[FactRule, int, int]]:
    """Listed words. One with a capital is found as it is written (or in capitals), another in any case."""
    tokens = [(m.group().replace("’", "'"), m.start(), m.end()) for m in WORD.finditer(text)]
    for index, (token, start, _) in enumerate(tokens):
        for phrase, rule in rules.phrases.get(_bare(token).lower(), ()) or rules.phrases.get(token.lower(), ()):
            last = index + len(phrase)
            if last > len(tokens):
                continue
            ahead = [t for t, _, _ in tokens[index:last]]
            end = tokens[last - 1][2]
            if not all(map(_same, phrase, ahead)) or "\n" in text[start:end]:
                continue
            if phrase[-1] != ahead[-1] and ahead[-1].endswith("'s"):
                end -= 2
            if not _excluded(text, start, end, rule) and fold(text[start:end]) not in rules.common:
                yield rule, start, end
                break


def _same(word: str, token: str) -> bool:
    for form in (token, _bare(token)):
        if form == word or (word.islower() and form.lower() == word) or (len(word) > 3 and form == word.upper()):
            return True
    return False


def _bare(token: str) -> str:
    return token[:-2] if token.endswith("'s") else token


def _excluded(text: str, start: int, end: int, rule: FactRule) -> bool:
    around = slice(max(0, start - _NEAR), end + _NEAR)
    return any(
        m.start() + around.start < end and m.end() + around.start > start
        for pattern in rule.but_not
        for m in pattern.finditer(text[around])
    )


def _by_column(page: Printed, rules: JigsawRules) -> Iterator[_Found]:
    """Whole cells under headings such as "Ethnicity" or "Age in February 2023", or beside them."""
    for passage in page.passages:
        if not passage.headers:
            continue
        text = page.text[passage.slot.start : passage.slot.end]
        cell = fold(text).strip()
        if cell in _NOTHING or cell in rules.common or NAME in text or len(text) > _LONGEST_CELL:
            continue
        for rule in rules.facts:
            if not any(h == c or h.startswith(f"{c} ") for h in passage.headers for c in rule.columns):
                continue
            age = int(cell) if cell.isdigit() and len(cell) < 4 else None
            child = rule.kind == "age" and age is not None and age < GROWN_UP
            kind, weight = (CHILD, 2) if child else (rule.kind, rule.weight)
            yield _Found(rule, kind, weight, passage.slot.start, passage.slot.end, headed=True)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS.index(text.lower())


def _attributed(page: Printed, found: Sequence[_Found]) -> Iterator[Fact]:
    left = deque(found)
    topic: Who | None = None
    for (block, row), group in groupby(page.passages, key=lambda p: (p.slot.block, p.slot.row)):
        passages = list(group)
        subject = _row_subject(passages) if row >= 0 else None
        spoken_of = topic
        for passage in passages:
            if passage.kind is BlockKind.HEADING:
                topic = _only_family(page.text, passage)
            for sentence in passage.sentences:
                while left and left[0].start < sentence.end:
                    item = left.popleft()
                    if item.start < sentence.start:
                        continue
                    who = subject if row >= 0 else _about(page.text, sentence, item, spoken_of)
                    if who.family if who else item.headed or _tells_of_somebody(page.text, sentence):
                        text = " ".join(page.text[item.start : item.end].split())
                        yield Fact(item.kind, item.weight, text, item.start, item.end, passage.place, block, who)
                spoken_of = next((m.who for m in sentence.mentions if m.who.family), spoken_of)


def _tells_of_somebody(text: str, sentence: Sentence) -> bool:
    return bool(_SOMEBODY.search(text, sentence.start, sentence.end))


def _row_subject(cells: Sequence[Passage]) -> Who | None:
    return next((m.who for cell in cells for s in cell.sentences for m in s.mentions), None)


def _only_family(text: str, heading: Passage) -> Who | None:
    """Whom a heading such as "Adult A" or "Adult A and her family" is about; a longer one is about something else."""
    people = {m.who for s in heading.sentences for m in s.mentions if m.who.family}
    words = sum(len(words_of(text[s.start : s.end].replace(NAME, " "))) for s in heading.sentences)
    return people.pop() if len(people) == 1 and words <= _HEADING else None


def _about(text: str, sentence: Sentence, item: _Found, spoken_of: Who | None) -> Who | None:
    before = [m for m in sentence.mentions if m.start < item.start]
    if before:
        nearest = before[-1].who
        if not nearest.professional:
            return nearest
        family = [m.who for m in before if m.who.family]
        return family[-1] if family else spoken_of or nearest
    after = [m for m in sentence.mentions if m.who.family]
    if after and (spoken_of is None or not _PRONOUN.search(text[sentence.start : after[0].start])):
        return after[0].who
    return spoken_of


def kinds(facts: Iterable[Fact]) -> dict[str, int]:
    """Each kind that there is, with the weight of its heaviest fact."""
    found: dict[str, int] = {}
    for fact in facts:
        found[fact.kind] = max(found.get(fact.kind, 0), fact.weight)
    return found
