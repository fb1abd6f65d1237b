"""redaction_rules/jigsaw.yml read, checked and tried on its own examples.

Mistakes are errors at load that name file, line and reason, as in `pipeline.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.detect.words import fold
from pipeline.jigsaw.facts import find_in
from pipeline.jigsaw.rules import (
    CODES,
    NAME,
    NUMBERS,
    UNLESS,
    FactRule,
    JigsawRules,
    TextRule,
    Threshold,
    words_of,
)
from pipeline.rule_files import Row, Rows, check_keys, mistake, pattern, read_yaml, text, words

FILE = "jigsaw.yml"
_KEYS = ("thresholds", "common", "professionals", "facts", "countries", "texts", "shares", "introduces")
_TRIED = ("examples", "near_misses")
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS[1:])})"


def load(folder: Path) -> JigsawRules:
    """Read and check jigsaw.yml in a folder of rules. Raises RulesError that names file, line and reason."""
    path = folder / FILE
    row = read_yaml(path)
    check_keys(path, row, _KEYS)
    limits = row["thresholds"]
    check_keys(path, limits, ("paragraph", "document", "most"), line=row.at("thresholds"))
    read = _Reader(path, f"(?:{_any_of(path, row, 'countries')})")
    facts = tuple(read.fact(entry, line) for entry, line in _rows(path, row, "facts"))
    rules = JigsawRules(
        paragraph=_threshold(path, limits, "paragraph"),
        document=_threshold(path, limits, "document"),
        most=_number(path, limits, "most"),
        common=frozenset(map(fold, _words(path, row, "common"))),
        professionals=frozenset(map(fold, _words(path, row, "professionals"))),
        facts=facts,
        texts=tuple(read.told(entry, line) for entry, line in _rows(path, row, "texts")),
        shares=read.shares(row["shares"], row.at("shares")),
        introduces=re.compile(rf"(?<!\w)(?:{_any_of(path, row, 'introduces')})(?!\w)", re.IGNORECASE),
        phrases=_phrases(facts),
    )
    for rule, (entry, _) in zip(facts, _rows(path, row, "facts"), strict=True):
        _try(path, entry, lambda example, rule=rule: bool(find_in(example, rule, rules)))  # type: ignore[misc]
    return rules


@lru_cache(maxsize=4)
def load_for(digest: str) -> JigsawRules:
    """The product's own rules, read once for each digest that they have had. Raises RulesError."""
    from pipeline.rules import FOLDER

    return load(FOLDER)


class _Reader:
    """Rows of one file, with its words for countries."""

    def __init__(self, path: Path, countries: str) -> None:
        self.path, self.countries = path, countries

    def fact(self, row: Any, line: int) -> FactRule:
        check_keys(
            self.path, row, ("kind", "weight", *_TRIED), ("words", "patterns", "columns", "but_not"), line=line
        )
        listed = _words(self.path, row, "words")
        for at, given in zip(row["words"].lines if listed else (), listed, strict=True):
            if not words_of(given):
                raise mistake(self.path, at, f"{given!r} holds no word")
        return FactRule(
            kind=text(self.path, row.at("kind"), row["kind"]),
            weight=_number(self.path, row, "weight"),
            words=listed,
            patterns=self._patterns(row, "patterns"),
            columns=tuple(map(fold, _words(self.path, row, "columns"))),
            but_not=self._patterns(row, "but_not"),
        )

    def told(self, row: Any, line: int) -> TextRule:
        check_keys(self.path, row, ("code", "says", "patterns", *_TRIED), ("unless",), line=line)
        for key, known in (("code", CODES), ("unless", UNLESS)):
            if row.get(key, known[0]) not in known:
                raise mistake(self.path, row.at(key), f"{key!r} must be one of: {', '.join(filter(None, known))}")
        says = text(self.path, row.at("says"), row["says"])
        return self._tried(
            row, TextRule(row["code"], says, row.get("unless", ""), self._patterns(row, "patterns", "(?im)"))
        )

    def shares(self, row: Any, line: int) -> TextRule:
        check_keys(self.path, row, ("patterns", *_TRIED), line=line)
        return self._tried(row, TextRule("shared-name", "", "", self._patterns(row, "patterns", "(?im)")))

    def _tried(self, row: Row, rule: TextRule) -> TextRule:
        _try(self.path, row, lambda example: bool(rule.places(example)))
        return rule

    def _patterns(self, row: Row, key: str, prefix: str = "") -> tuple[re.Pattern[str], ...]:
        lines = row[key].lines if isinstance(row.get(key), Rows) else ()
        tried = [example for given in _TRIED for example in _words(self.path, row, given)]
        found = []
        for given, line in zip(_words(self.path, row, key), lines, strict=True):
            whole = given.replace("<name>", NAME).replace("<number>", _NUMBER).replace("<country>", self.countries)
            found.append(pattern(self.path, line, prefix + whole, tried))
        return tuple(found)


def _try(path: Path, row: Row, finds: Callable[[str], bool]) -> None:
    """A rule does in a report what it does on its examples, where NAME stands for a name."""
    for key, wanted in zip(_TRIED, (True, False), strict=True):
        if not _words(path, row, key):
            raise mistake(path, row.at(key), f"{key!r} is empty: every rule is tried on one at least")
        for line, example in zip(row[key].lines, row[key], strict=True):
            if finds(example.replace("NAME", NAME * 4)) is not wanted:
                seen = "finds nothing in this example" if wanted else "finds something in this near miss"
                raise mistake(path, line, f"the rule {seen}: {example!r}")


def _rows(path: Path, row: Row, key: str) -> Sequence[tuple[Any, int]]:
    held = row[key]
    if not isinstance(held, Rows):
        raise mistake(path, row.at(key), "a list of rules was expected")
    return list(zip(held, held.lines, strict=True))


def _words(path: Path, row: Row, key: str) -> tuple[str, ...]:
    return words(path, row.at(key), row[key]) if key in row else ()


def _any_of(path: Path, row: Row, key: str) -> str:
    """A list of words as a regular expression. An empty one would match everywhere, so it is refused."""
    listed = _words(path, row, key)
    if not listed:
        raise mistake(path, row.at(key), f"{key!r} is empty: one word at least was expected")
    return "|".join(map(re.escape, listed))


def _number(path: Path, row: Row, key: str) -> int:
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise mistake(path, row.at(key), "a number of 1 or more was expected")
    return value


def _threshold(path: Path, row: Row, key: str) -> Threshold:
    check_keys(path, row[key], ("kinds", "weight"), line=row.at(key))
    return Threshold(_number(path, row[key], "kinds"), _number(path, row[key], "weight"))


def _phrases(facts: Sequence[FactRule]) -> dict[str, tuple[tuple[tuple[str, ...], FactRule], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], FactRule]]] = {}
    for rule in facts:
        for phrase in rule.words:
            tokens = words_of(phrase)
            found.setdefault(tokens[0].lower(), []).append((tokens, rule))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
