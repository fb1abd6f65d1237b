"""Files of redaction_rules/ as data that remembers its lines, and the error for a mistake in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RulesError
from pipeline.plain_yaml import Checked, FastChecked, parse

TRIED = "a b, (c) 1.2"  # what a pattern that can match no character would match somewhere


class Row(dict[str, Any]):
    """A mapping of a file. `line` is where it starts, `lines` where each of its keys does, all from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """The line of a key; that of the whole where the key is missing."""
        return self.lines.get(key, self.line)


class Rows(list[Any]):
    """A list of a file. `line` is where it starts, `lines` where each of its items does, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


class _Lines(Checked):
    """A loader that makes Row and Rows, and takes no key twice."""


class _FastLines(FastChecked):
    """The same on libyaml. What it refuses is read again by _Lines, for the message."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Row:
    loader.flatten_mapping(node)
    row = Row(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, str):
            raise yaml.MarkedYAMLError(
                problem="a key that is no word (put it in quotation marks)", problem_mark=key_node.start_mark
            )
        if key in row:
            raise yaml.MarkedYAMLError(problem=f"key {key!r} is given twice", problem_mark=key_node.start_mark)
        row[key] = loader.construct_object(value_node, deep=True)
        row.lines[key] = key_node.start_mark.line + 1
    return row


def _sequence(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> Rows:
    rows = Rows(node.start_mark.line + 1)
    for item in node.value:
        rows.append(loader.construct_object(item, deep=True))
        rows.lines.append(item.start_mark.line + 1)
    return rows


for _loader in (_Lines, _FastLines):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _sequence)


def read_yaml(path: Path) -> Any:
    """One file of rules as Row, Rows and plain values. Raises RulesError with file and line."""
    try:
        content = path.read_text(encoding="utf-8")
        try:
            return parse(content, _FastLines)
        except yaml.YAMLError:
            return parse(content, _Lines)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        raise mistake(path, mark.line + 1 if mark else 1, reason.problem or "not valid YAML") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as reason:
        raise mistake(path, 1, f"cannot be read ({type(reason).__name__})") from None


def mistake(path: Path, line: int, reason: str) -> RulesError:
    """The error for a mistake in a file of rules."""
    return RulesError(
        f"{path.parent.name}/{path.name}, line {line}: {reason}.", "Correct the line and run the command again."
    )


def check_keys(path: Path, row: Any, required: Iterable[str], optional: Iterable[str] = (), *, line: int = 1) -> None:
    """Raise RulesError if a row is none, lacks a required key or has one that nobody reads.

    `line` is named for what is no row and so has no line of its own.
    """
    known = (*required, *optional)
    if not isinstance(row, Row):
        raise mistake(path, line, f"keys with values were expected ({', '.join(known)})")
    for key in row:
        if key not in known:
            raise mistake(path, row.at(key), f"unknown key {key!r}; the keys are {', '.join(known)}")
    for key in required:
        if key not in row:
            raise mistake(path, row.line, f"key {key!r} is missing")


def words(path: Path, line: int, value: Any) -> tuple[str, ...]:
    """A list of words. Raises RulesError with the line of the first that is none, else `line`."""
    if isinstance(value, Rows):
        for at, item in zip(value.lines, value, strict=True):
            if not isinstance(item, str) or not item:
                raise mistake(
                    path, at, "a list of words was expected (put words such as No or 12 in quotation marks)"
                )
        return tuple(value)
    raise mistake(path, line, "a list of words was expected: [one, another], or a line for each after a hyphen")


def some_words(path: Path, line: int, value: Any) -> tuple[str, ...]:
    """A list of words that is not empty: a regular expression of no words matches everywhere. Raises RulesError."""
    found = words(path, line, value)
    if not found:
        raise mistake(path, line, "the list is empty: one word at least was expected")
    return found


def text(path: Path, line: int, value: Any) -> str:
    """A word or words. Raises RulesError."""
    if not isinstance(value, str) or not value:
        raise mistake(path, line, "words were expected (put words such as No or 12 in quotation marks)")
    return value


def flag(path: Path, line: int, value: Any) -> bool:
    """True or false. Raises RulesError."""
    if not isinstance(value, bool):
        raise mistake(path, line, "true or false was expected")
    return value


def pattern(path: Path, line: int, value: Any, tried: Iterable[str] = ()) -> re.Pattern[str]:
    """A regular expression that matches no empty text, be it in what it is `tried` on. Raises RulesError."""
    try:
        made = re.compile(text(path, line, value))
    except re.error as reason:
        raise mistake(path, line, f"not a regular expression: {reason.msg} at character {reason.pos}") from None
    except (OverflowError, RecursionError):
        raise mistake(
            path, line, "not a regular expression: a number in it is too large, or it is nested too deeply"
        ) from None
    if any(not match.group() for example in ("", TRIED, *tried) for match in made.finditer(example)):
        raise mistake(path, line, "a regular expression that matches nothing at all would match everywhere")
    return made
