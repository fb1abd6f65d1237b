"""Facts that stay in print, and whom each is about.

A fact is about the person named last before it in its sentence; where nobody is, about whom the paragraph speaks of,
or whom the sentence names after it ("a widow of 69, Adult A"). In a table it is about whom the row names first.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat

from pipeline.detect.words import fold
from pipeline.jigsaw.marks import wording
from pipeline.jigsaw.printed import Mention, Passage, Printed, Sentence, Who
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
_FOOTNOTES = "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡"  # what may stand behind a number in a cell
_NEAR = 40  # characters on each side in which `but_not` is looked for


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in print. `text` is quoted from what stays, `who` is None where the text does not tell.

    about  whom it is about, for keys: an identity, else a hash of the paragraph as it is printed
    """

    kind: str
    weight: int
    text: str
    start: int
    end: int
    place: str
    block: int
    who: Who | None
    about: str


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
            start, end = match.span("fact") if quoted and match["fact"] is not None else match.span()
            if start == end or NAME in text[start:end] or _excluded(text, start, end, rule):
                continue
            yield start, end, _number(match["age"] or "") if ages else None


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
            if not all(map(_same, phrase, ahead)) or "\n" in text[start:end] or NAME in text[start:end]:
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
            age = _number(cell.rstrip(_FOOTNOTES))
            child = rule.kind == "age" and age is not None and age < GROWN_UP
            kind, weight = (CHILD, 2) if child else (rule.kind, rule.weight)
            yield _Found(rule, kind, weight, passage.slot.start, passage.slot.end, headed=True)


def _number(text: str) -> int | None:
    """A number of up to three figures, or one of the words for numbers; None for anything else, "²" too."""
    if text.isdecimal() and len(text) < 4:
        return int(text)
    return NUMBERS.index(text.lower()) if text.lower() in NUMBERS else None


def _attributed(page: Printed, found: Sequence[_Found]) -> Iterator[Fact]:
    left = deque(found)
    unnamed = _Unnamed(page)
    topic: Who | None = None
    for (block, row), group in groupby(page.passages, key=lambda p: (p.slot.block, p.slot.row)):
        passages = list(group)
        subject = _row_subject(passages) if row >= 0 else None
        spoken_of = topic
        for passage in passages:
            if passage.kind is BlockKind.HEADING:
                topic = _only_family(page.text, passage)
            for sentence in passage.sentences:
                here = _taken(left, sentence)
                family = [m for m in sentence.mentions if m.who.family]
                told = zip(here, repeat(subject)) if row >= 0 else _of(page.text, sentence, family, here, spoken_of)
                somebody = bool(here) and _tells_of_somebody(page.text, sentence)
                for item, who in told:
                    if who.family if who else item.headed or somebody:
                        yield _fact(page, item, passage, who, who.identity if who else unnamed.in_block(block))
                spoken_of = family[0].who if family else spoken_of


def _taken(left: deque[_Found], sentence: Sentence) -> list[_Found]:
    """What lies in a sentence, taken off the front; what begins before it goes unread."""
    taken = []
    while left and left[0].start < sentence.end:
        item = left.popleft()
        if item.start >= sentence.start:
            taken.append(item)
    return taken


def _fact(page: Printed, item: _Found, passage: Passage, who: Who | None, about: str) -> Fact:
    text = " ".join(page.text[item.start : item.end].split())
    block = passage.slot.block
    return Fact(item.kind, item.weight, text, item.start, item.end, passage.place, block, who, about)


class _Unnamed:
    """What stands for somebody without a name: the words of the paragraph or table, and who else is named in it."""

    def __init__(self, page: Printed) -> None:
        self._page = page
        self._made: dict[int, str] = {}

    def in_block(self, block: int) -> str:
        if block not in self._made:
            own = self._page.in_block(block)
            words = wording(self._page.text[own[0].slot.start : own[-1].slot.end])
            others = (m.who.identity for passage in own for s in passage.sentences for m in s.mentions)
            self._made[block] = hashlib.sha256("\x1e".join((words, *others)).encode()).hexdigest()
        return self._made[block]


def _tells_of_somebody(text: str, sentence: Sentence) -> bool:
    return bool(_SOMEBODY.search(text, sentence.start, sentence.end))


def _row_subject(cells: Sequence[Passage]) -> Who | None:
    return next((m.who for cell in cells for s in cell.sentences for m in s.mentions), None)


def _only_family(text: str, heading: Passage) -> Who | None:
    """Whom a heading such as "Adult A" or "Adult A and her family" is about; a longer one is about something else."""
    people = {m.who for s in heading.sentences for m in s.mentions if m.who.family}
    words = sum(len(words_of(text[s.start : s.end].replace(NAME, " "))) for s in heading.sentences)
    return people.pop() if len(people) == 1 and words <= _HEADING else None


def _of(
    text: str, sentence: Sentence, family: Sequence[Mention], here: Sequence[_Found], spoken_of: Who | None
) -> Iterator[tuple[_Found, Who | None]]:
    """The facts of a sentence, each with whom it is about. `family` are those of its mentions that are family."""
    first = spoken_of  # of what stands before every name
    if here and family and (spoken_of is None or not _PRONOUN.search(text[sentence.start : family[0].start])):
        first = family[0].who
    for item in here:
        before = bisect_left(sentence.mentions, item.start, key=lambda m: m.start)
        if not before:
            yield item, first
            continue
        nearest = sentence.mentions[before - 1].who
        if nearest.professional:
            own = bisect_left(family, item.start, key=lambda m: m.start)
            nearest = family[own - 1].who if own else spoken_of or nearest
        yield item, nearest


def kinds(facts: Iterable[Fact]) -> dict[str, int]:
    """Each kind that there is, with the weight of its heaviest fact."""
    found: dict[str, int] = {}
    for fact in facts:
        found[fact.kind] = max(found.get(fact.kind, 0), fact.weight)
    return found
