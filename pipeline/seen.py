"""What this machine has accepted before: `seen.json`.

Version, length and head of each release's chain of statements, and which workspace this machine trusts. An older or
shorter chain than the one seen last is refused: somebody put an old copy back, perhaps one from before a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pipeline.atomic import write_atomically
from pipeline.canonical import canonical, parse
from pipeline.errors import PinsAltered, ReleaseAltered
from pipeline.models import Release
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one release stood. `published` is the version that the website holds, 0 for none."""

    version: int
    sequence: int
    head: str
    published: int = 0


def load(workspace: Workspace, fingerprint: str) -> Mapping[str, Mark]:
    """What was seen, by case. Raises PinsAltered if this machine trusts another workspace."""
    try:
        content = parse(workspace.seen.read_bytes())
        trusted = content["workspace"]
        marks = {
            case: Mark(int(m["version"]), int(m["sequence"]), str(m["head"]), int(m["published"]))
            for case, m in content["releases"].items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReleaseAltered(
            "seen.json cannot be read, so an old copy of a release could not be told from the newest.",
            "Restore it from a backup of this machine.",
        ) from None
    if trusted != fingerprint:
        raise PinsAltered(
            "pins.json belongs to another workspace than the one this machine has trusted so far.",
            "Compare its fingerprint with the one that `ssp init` printed.",
        )
    return marks


def is_first_use(workspace: Workspace) -> bool:
    """Whether this machine has not trusted any workspace yet."""
    return not workspace.seen.exists()


def refuse_rewound(seen: Mapping[str, Mark], found: Mapping[str, tuple[int, tuple[str, ...]]]) -> None:
    """Raises ReleaseAltered if a release is gone, of an older version, or its chain is shorter or another.

    found   case -> version and the hashes of its statements in order
    """
    for case, mark in seen.items():
        if case not in found:
            _rewound(case, "is missing, though it was here before")
        version, hashes = found[case]
        if version < mark.version:
            _rewound(case, "is an older version than the one seen last")
        if len(hashes) < mark.sequence:
            _rewound(case, "has a shorter chain of statements than the one seen last")
        if hashes[mark.sequence - 1] != mark.head:
            _rewound(case, "has another chain of statements than the one seen last")


def remember(
    workspace: Workspace, fingerprint: str, releases: Iterable[Release], published: Iterable[str] | None = None
) -> None:
    """Notes where releases stand now. `published` are the cases the website holds; None leaves that as it was."""
    marks = dict(load(workspace, fingerprint))
    live = None if published is None else set(published)
    for release in releases:
        before = marks[release.case].published if release.case in marks else 0
        on_site = before if live is None else (release.version if release.case in live else 0)
        marks[release.case] = Mark(release.version, release.facts.sequence, release.facts.head, on_site)
    content: dict[str, Any] = {
        "schema": 1,
        "workspace": fingerprint,
        "releases": {
            case: {"version": m.version, "sequence": m.sequence, "head": m.head, "published": m.published}
            for case, m in marks.items()
        },
    }
    write_atomically(workspace.seen, canonical(content) + b"\n")


def _rewound(case: str, why: str) -> NoReturn:
    raise ReleaseAltered(
        f"releases/{case} {why}.", "Nothing was published; copy the newest state of the release here."
    )
