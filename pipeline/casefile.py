"""A case file: what an officer knows before the run, as YAML. It replaces the one that was given before.

reference: SSP/DHR/2019/02
pseudonyms:                 # agreed with the family: these stay
  - {name: Marisol, person: the subject of the review}
panel:                      # members that the reports omit, and corrections of those that they list
  - {name: A. Member, role: Head of Service, agency: A council, chair: false}
  - {name: A. N. Member, instead_of: A. M. Ember}
not_panel: [A. Nother]      # whom the reports seem to list, and who is no member
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pipeline.errors import IntakeRefused
from pipeline.members import tokens_of
from pipeline.models import CaseFacts, PanelMember

T = TypeVar("T")
FIELDS = ("reference", "pseudonyms", "panel", "not_panel")


class _Misfit(Exception):
    """Why an entry cannot be taken, in words that follow "has an entry N under FIELD that"; quotes nothing."""


def read(path: Path) -> CaseFacts:
    """The facts in a case file. Raises IntakeRefused for what is not there, not YAML, or holds unknown fields."""
    content = _yaml(path)
    if content is None:
        return CaseFacts()
    if not isinstance(content, dict) or set(content) - set(FIELDS):
        _wrong(f"has fields other than {', '.join(FIELDS[:-1])} and {FIELDS[-1]}")
    panel = tuple(_each(content, "panel", _member))
    not_panel = tuple(_each(content, "not_panel", _text))
    _refuse_contradiction(panel, not_panel)
    return CaseFacts(
        reference=str(content.get("reference") or ""),
        pseudonyms=dict(_each(content, "pseudonyms", _pseudonym)),
        panel=panel,
        not_panel=not_panel,
    )


def _yaml(path: Path) -> Any:
    import yaml

    from pipeline.plain_yaml import parse

    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError:
        _wrong("cannot be opened")
    except (UnicodeDecodeError, yaml.YAMLError):
        _wrong("is not YAML")


def _each(content: dict[str, Any], field: str, read_entry: Callable[[Any], T]) -> list[T]:
    entries = content.get(field) or []
    if not isinstance(entries, list):
        _wrong(f"does not hold a list under {field}")
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(read_entry(entry))
        except _Misfit as why:
            _wrong(f"has an entry {number} under {field} that {why}")
    return found


def _fields(entry: Any, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise _Misfit("is not written as {name: ...}")
    if set(entry) - known:
        raise _Misfit(f"has fields other than {', '.join(sorted(known))}")
    return entry


def _pseudonym(entry: Any) -> tuple[str, str]:
    fields = _fields(entry, {"name", "person"})
    return _text(fields.get("name")), _words(fields, "person")


def _member(entry: Any) -> PanelMember:
    fields = _fields(entry, {"name", "role", "agency", "chair", "instead_of"})
    if not isinstance(fields.get("chair", False), bool):
        raise _Misfit("says neither true nor false for chair")
    return PanelMember(
        _text(fields.get("name")),
        _words(fields, "role"),
        _words(fields, "agency"),
        bool(fields.get("chair", False)),
        instead_of=_text(fields["instead_of"]) if "instead_of" in fields else "",
    )


def _words(fields: Mapping[str, Any], field: str) -> str:
    value = fields.get(field) or ""
    if not isinstance(value, str):
        raise _Misfit(f"has something other than words for {field}")
    return " ".join(value.split())


def _text(value: Any) -> str:
    if not isinstance(value, str) or not any(c.isalpha() for c in value):
        raise _Misfit("has no name")
    return " ".join(value.split())


def _refuse_contradiction(panel: tuple[PanelMember, ...], not_panel: tuple[str, ...]) -> None:
    """Raises IntakeRefused where one person, whatever the titles, is given twice, or as a member and as none."""
    given = [
        words for member in panel for words in {_words_of(name) for name in (member.name, member.instead_of)} if words
    ]
    if set(given) & {_words_of(name) for name in not_panel}:
        _wrong("has somebody under panel and under not_panel")
    if len(set(given)) < len(given):
        _wrong("has somebody twice under panel")


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(tokens_of(name))


def _wrong(why: str) -> NoReturn:
    raise IntakeRefused(f"The case file {why}.", "Write it as docs/commands.md shows.")
