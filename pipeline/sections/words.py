"""redaction_rules/sections.yml read and checked once into a frozen Headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RulesError
from pipeline.rule_files import Row, Rows, check_keys, flag, mistake, read_yaml, some_words, words
from pipeline.sections.heading import Naming, kinds_named
from pipeline.sections.kinds import SectionKind
from pipeline.sections.phrases import SIGNS, Phrases, tokens

FILE = Path(__file__).resolve().parents[2] / "redaction_rules" / "sections.yml"
COLUMNS = ("number", "recommendation", "action", "scope", "lead", "milestones", "target", "outcome")
_LISTS = ("around", "agencies", "follow", "done", "not_done")


@dataclass(frozen=True, slots=True)
class Headings:
    """The words by which sections, and what stands in an action plan, are known.

    columns  headers of an action plan's columns, and labels before its paragraphs: Phrases for COLUMNS
    done     how the outcome of an action that is done begins
    not_done words that leave it in doubt
    """

    naming: Naming
    columns: Phrases
    done: Phrases
    not_done: Phrases

    def named(self, heading: str) -> tuple[SectionKind, ...]:
        """The kinds of section that a heading begins, in its order; none where it only mentions one."""
        return kinds_named(heading, self.naming)[0]

    def is_label(self, line: str) -> bool:
        """Whether a line holds a section's name and nothing else, so that it can be a heading without its print."""
        kinds, whole = kinds_named(line, self.naming)
        return bool(kinds) and whole

    def column(self, header: str) -> str:
        """What a column of an action plan holds by its header: one of COLUMNS, or "" where the header is none."""
        for said in (header, re.sub(r"\(.*?\)", "", header)):
            words = [word for word in tokens(said) if word == "#" or word not in SIGNS]
            found = self.columns.at(words, 0) if words else None
            if found and found[0] == len(words):
                return found[1]
        return ""

    def says_done(self, outcome: str) -> bool:
        """Whether an action's outcome says that it is done; a doubt is none."""
        words = tokens(outcome)
        return bool(words and self.done.at(words, 0)) and not self.not_done.anywhere(words)


def load_headings(path: Path | None = None) -> Headings:
    """Read and check the file. Raises RulesError with file and line; every example is tried here first."""
    path = path or FILE
    row = read_yaml(path)
    check_keys(path, row, (*_LISTS, "sections", "action_plan"))
    lists = {key: some_words(path, row.at(key), row[key]) for key in _LISTS}
    rows = row["sections"]
    if not isinstance(rows, Rows):
        raise mistake(path, row.at("sections"), "a list of sections was expected")
    named: dict[SectionKind, Row] = {}
    for entry, line in zip(rows, rows.lines, strict=True):
        check_keys(
            path,
            entry,
            ("kind", "phrases", "examples", "near_misses"),
            ("unless", "alone", "whole", "asks"),
            line=line,
        )
        kind = _kind(path, entry)
        if kind in named:
            raise mistake(path, entry.at("kind"), "there is a section of this kind already")
        named[kind] = entry
    missing = [kind for kind in SectionKind if kind not in named]
    if missing:
        raise mistake(path, row.at("sections"), f"there is no section of kind {missing[0].value!r}")
    naming = Naming(
        phrases=_phrases(path, named),
        unless={k: Phrases.of((p, k) for p in _words(path, entry, "unless")) for k, entry in named.items()},
        alone={k: _tokens(_words(path, e, "alone")) for k, e in named.items() if "alone" in e},
        whole=frozenset(k for k, e in named.items() if flag(path, e.at("whole"), e.get("whole", False))),
        asks={k: tuple(tokens(p) for p in _words(path, e, "asks")) for k, e in named.items() if "asks" in e},
        around=_tokens(lists["around"]),
        agencies=_tokens(lists["agencies"]),
        follow=_tokens(lists["follow"]),
    )
    headings = Headings(
        naming,
        _columns(path, row["action_plan"], row.at("action_plan")),
        *(Phrases.of((phrase, key) for phrase in lists[key]) for key in ("done", "not_done")),
    )
    for kind, entry in named.items():
        _try_out(path, headings, kind, entry)
    return headings


def _kind(path: Path, entry: Row) -> SectionKind:
    if entry["kind"] not in set(SectionKind):
        raise mistake(path, entry.at("kind"), f"{entry['kind']!r} is no kind; the kinds are {', '.join(SectionKind)}")
    return SectionKind(entry["kind"])


def _words(path: Path, entry: Row, key: str) -> tuple[str, ...]:
    return some_words(path, entry.at(key), entry[key]) if key in entry else ()


def _phrases(path: Path, named: Mapping[SectionKind, Row]) -> Phrases:
    """All phrases of all kinds, none for two of them."""
    given: list[tuple[str, str]] = []
    for kind, entry in named.items():
        some_words(path, entry.at("phrases"), entry["phrases"])
        given += _distinct(path, entry["phrases"], kind.value, {phrase for phrase, _ in given})
    return Phrases.of(given)


def _distinct(path: Path, listed: Rows, name: str, taken: set[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for phrase, line in zip(listed, listed.lines, strict=True):
        if not tokens(phrase.replace("*", "")):
            raise mistake(path, line, "a phrase without a word would be found everywhere")
        if phrase in taken or any(phrase == other for other, _ in found):
            raise mistake(path, line, f"{phrase!r} is given twice")
        found.append((phrase, name))
    return found


def _columns(path: Path, row: Any, line: int) -> Phrases:
    check_keys(path, row, COLUMNS, line=line)
    given: list[tuple[str, str]] = []
    for name in COLUMNS:
        some_words(path, row.at(name), row[name])
        given += _distinct(path, row[name], name, {phrase for phrase, _ in given})
    return Phrases.of(given)


def _tokens(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(token for word in listed for token in tokens(word))


def _try_out(path: Path, headings: Headings, kind: SectionKind, entry: Row) -> None:
    for key, wanted in (("examples", True), ("near_misses", False)):
        for example, line in zip(words(path, entry.at(key), entry[key]), entry[key].lines, strict=True):
            found = headings.named(example) or headings.naming.asked(example)
            if (kind in found) is not wanted:
                raise _untrue(path, line, kind, wanted)


def _untrue(path: Path, line: int, kind: SectionKind, wanted: bool) -> RulesError:
    seen = "does not begin" if wanted else "begins"
    return mistake(path, line, f"this heading {seen} a section of kind {kind.value!r}")
