"""A case file: what an officer knows before the run, as YAML.

reference: SSP/DHR/2019/02
pseudonyms:                 # agreed with the family: these stay
  - {name: Marisol, person: the subject of the review}
panel:                      # members that the reports omit
  - {name: A. Member, role: Head of Service, agency: A council, chair: false}
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pipeline.errors import IntakeRefused
from pipeline.models import CaseFacts, PanelMember

T = TypeVar("T")


def read(path: Path) -> CaseFacts:
    """The facts in a case file. Raises IntakeRefused for what is not there, not YAML, or holds unknown fields."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        _wrong("cannot be opened")
    except (UnicodeDecodeError, yaml.YAMLError):
        _wrong("is not YAML")
    if content is None:
        return CaseFacts()
    if not isinstance(content, dict) or set(content) - {"reference", "pseudonyms", "panel"}:
        _wrong("has fields other than reference, pseudonyms and panel")
    pseudonyms = _each(content, "pseudonyms", _pseudonym)
    return CaseFacts(
        reference=str(content.get("reference") or ""),
        pseudonyms=dict(pseudonyms),
        panel=tuple(_each(content, "panel", _member)),
    )


def _each(content: dict[str, Any], field: str, read_entry: Callable[[dict[str, Any]], T]) -> list[T]:
    entries = content.get(field) or []
    if not isinstance(entries, list):
        _wrong(f"does not hold a list under {field}")
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(read_entry(entry))
        except (TypeError, ValueError, KeyError):
            _wrong(f"has a misfitting entry {number} under {field}")
    return found


def _pseudonym(entry: dict[str, Any]) -> tuple[str, str]:
    if set(entry) - {"name", "person"}:
        raise ValueError("unknown field")
    return _text(entry["name"]), str(entry.get("person") or "")


def _member(entry: dict[str, Any]) -> PanelMember:
    if set(entry) - {"name", "role", "agency", "chair"} or not isinstance(entry.get("chair", False), bool):
        raise ValueError("unknown field")
    return PanelMember(
        _text(entry["name"]),
        str(entry.get("role") or ""),
        str(entry.get("agency") or ""),
        bool(entry.get("chair", False)),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("not a name")
    return value.strip()


def _wrong(why: str) -> NoReturn:
    raise IntakeRefused(f"The case file {why}.", "Write it as docs/commands.md shows.")
