"""redaction_rules/ read and checked once into a frozen Rules.

Every mistake is an error at load that names the file, the line and the reason: a rule that is silently skipped is a
leak.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RulesError

FOLDER = Path(__file__).resolve().parents[1] / "redaction_rules"
CHECKS = ("", "nhs", "phone")


@dataclass(frozen=True, slots=True)
class IdentifierRule:
    """One row of identifiers.yml: a pattern for numbers and codes of one type."""

    name: str
    type: str
    pattern: re.Pattern[str]
    context: tuple[str, ...]
    check: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypePolicy:
    """What is printed instead of a finding of one type, and whether a human must decide on each value."""

    replacement: str
    decide: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of small organisation or place, known by its last words."""

    name: str
    words: tuple[str, ...]
    replacement: str


@dataclass(frozen=True, slots=True)
class Role:
    """A label for people whose role is one of `words`; `single` labels are given to one person only, uncounted."""

    label: str
    words: tuple[str, ...]
    single: bool


@dataclass(frozen=True)
class Rules:
    """Everything in redaction_rules/. `digest` is the SHA-256 of all its files."""

    digest: str
    identifiers: tuple[IdentifierRule, ...]
    types: Mapping[str, TypePolicy]
    kinds: tuple[Kind, ...]
    roles: tuple[Role, ...]
    default_role: str
    own_reference: re.Pattern[str]
    name_followers: frozenset[str]
    stays: Mapping[str, str]  # name that stays -> the list it is in
    goes: Mapping[str, str]  # place that goes whole -> the list it is in
    vocabulary: Mapping[str, tuple[str, ...]]
    english: frozenset[str]  # ordinary words, lower case
    proper: frozenset[str]  # words that dictionaries write with a capital, in lower case here

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Ordinary words that are names as well: hope, will, grace, price."""
        return self.english & self.proper


class _Lines(yaml.SafeLoader):
    """A loader that remembers on which line each mapping starts."""


def _mapping(loader: _Lines, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    seen: dict[str, Any] = {"__line__": node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"key {key!r} is given twice", problem_mark=key_node.start_mark)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Lines.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """One file of rules; every mapping in it has its line under "__line__". Raises RulesError with file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Lines)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as reason:
        line = reason.problem_mark.line + 1 if reason.problem_mark else 1
        raise mistake(path, line, reason.problem or "not valid YAML") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as reason:
        raise mistake(path, 1, f"cannot be read ({type(reason).__name__})") from None


def mistake(path: Path, line: int, reason: str) -> RulesError:
    """The error for a mistake in a file of rules."""
    return RulesError(
        f"{path.parent.name}/{path.name}, line {line}: {reason}.", "Correct the line and run the command again."
    )


def check_keys(path: Path, row: Mapping[str, Any], required: Iterable[str], optional: Iterable[str] = ()) -> None:
    """Raise RulesError if a row lacks a required key or has one that nobody reads."""
    required, optional = set(required), set(optional)
    line = int(row.get("__line__", 1))
    for key in row:
        if key != "__line__" and key not in required | optional:
            raise mistake(path, line, f"unknown key {key!r}")
    for key in sorted(required - set(row)):
        raise mistake(path, line, f"key {key!r} is missing")


def _strings(path: Path, line: int, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise mistake(path, line, "a list of words was expected (put words such as No or 12 in quotation marks)")
    return tuple(value)


def _pattern(path: Path, line: int, text: Any) -> re.Pattern[str]:
    try:
        return re.compile(str(text))
    except re.error as reason:
        raise mistake(path, line, f"not a regular expression: {reason}") from None


def _identifiers(path: Path, types: Mapping[str, TypePolicy]) -> tuple[IdentifierRule, ...]:
    rows = read_yaml(path)
    if not isinstance(rows, list):
        raise mistake(path, 1, "a list of rules was expected")
    found = []
    for row in rows:
        check_keys(path, row, ("name", "type", "pattern", "examples", "near_misses"), ("context", "check"))
        line = row["__line__"]
        if row["type"] not in types:
            raise mistake(path, line, f"type {row['type']!r} has no line in policy.yml")
        if row.get("check", "") not in CHECKS:
            raise mistake(path, line, f"check {row['check']!r} is not known")
        found.append(
            IdentifierRule(
                name=row["name"],
                type=row["type"],
                pattern=_pattern(path, line, row["pattern"]),
                context=tuple(w.casefold() for w in _strings(path, line, row.get("context", []))),
                check=row.get("check", ""),
                examples=_strings(path, line, row["examples"]),
                near_misses=_strings(path, line, row["near_misses"]),
            )
        )
    return tuple(found)


def _policy(path: Path) -> dict[str, Any]:
    row = read_yaml(path)
    check_keys(path, row, ("types", "own_reference", "kinds", "roles", "default_role", "name_is_followed_by"))
    types = {}
    for name, entry in row["types"].items():
        if name != "__line__":
            check_keys(path, entry, ("replacement", "decide"))
            types[name] = TypePolicy(entry["replacement"], bool(entry["decide"]))
    kinds = []
    for name, entry in row["kinds"].items():
        if name != "__line__":
            check_keys(path, entry, ("words", "replacement"))
            kinds.append(Kind(name, _strings(path, entry["__line__"], entry["words"]), entry["replacement"]))
    roles = []
    for entry in row["roles"]:
        check_keys(path, entry, ("label", "words"), ("single",))
        roles.append(
            Role(entry["label"], _strings(path, entry["__line__"], entry["words"]), bool(entry.get("single")))
        )
    return {
        "types": types,
        "kinds": tuple(kinds),
        "roles": tuple(roles),
        "default_role": str(row["default_role"]),
        "own_reference": _pattern(path, row["__line__"], row["own_reference"]),
        "name_followers": frozenset(_strings(path, row["__line__"], row["name_is_followed_by"])),
    }


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    row = read_yaml(path)
    if not isinstance(row, dict):
        raise mistake(path, 1, "lists with a name each were expected")
    line = row["__line__"]
    return {key: _strings(path, line, value) for key, value in row.items() if key != "__line__"}


def _by_name(path: Path) -> dict[str, str]:
    return {name: title.replace("_", " ") for title, names in _lists(path).items() for name in names}


def _words(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except OSError:
        raise mistake(path, 1, "the lexicon is missing") from None


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file in a folder of rules."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load(folder: Path | None = None) -> Rules:
    """Read and check a folder of rules. Raises RulesError that names file, line and reason."""
    folder = folder or FOLDER
    if not folder.is_dir():
        raise RulesError("The folder redaction_rules is missing.", "Run the command from a complete checkout.")
    policy = _policy(folder / "policy.yml")
    lower: Callable[[str], str] = str.lower
    return Rules(
        digest=digest_of(folder),
        identifiers=_identifiers(folder / "identifiers.yml", policy["types"]),
        stays=_by_name(folder / "stays.yml"),
        goes=_by_name(folder / "goes.yml"),
        vocabulary=_lists(folder / "vocabulary.yml"),
        english=_words(folder / "lexicon" / "english.txt"),
        proper=frozenset(map(lower, _words(folder / "lexicon" / "names.txt"))),
        **policy,
    )
