"""What this machine has accepted before: `seen.json`.

Version, length and head of each release's chain of statements, and which workspace this machine trusts. An older or
shorter chain than the one seen last is refused: somebody put an old copy back, perhaps one from before a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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


def load(workspace: Workspace, fingerprint: str, *, anew: bool = False) -> Mapping[str, Mark]:
    """What was seen, by case.

    anew  somebody vouches for the releases as they are, so that nothing need have been seen
    Raises PinsAltered if this machine trusts another workspace, ReleaseAltered if what was seen cannot be read or is
    missing where a website was built before.
    """
    try:
        content = parse(workspace.seen.read_bytes())
        trusted = content["workspace"]
        marks = {
            case: Mark(int(m["version"]), int(m["sequence"]), str(m["head"]), int(m["published"]))
            for case, m in content["releases"].items()
        }
    except FileNotFoundError:
        if not anew:
            _refuse_forgotten(workspace)
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


def _refuse_forgotten(workspace: Workspace) -> None:
    from pipeline.site_build import was_published

    if was_published(workspace):
        raise forgotten()


def forgotten() -> ReleaseAltered:
    """The refusal where a website was built before and seen.json is gone."""
    return ReleaseAltered(
        "seen.json is missing though a website was published here before, so an old copy of a release could not be "
        "told from the newest.",
        "Restore it from a backup of this machine. If there is none, compare the releases with where they were "
        "sealed, and run publish with --fingerprint.",
    )


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
    workspace: Workspace,
    fingerprint: str,
    releases: Iterable[Release],
    published: Iterable[str] | None = None,
    *,
    anew: bool = False,
) -> None:
    """Notes where releases stand now; a later state that another run has noted meanwhile is kept.

    published  the cases that the website holds; None leaves that as it was
    anew       as for `load`
    """
    from filelock import FileLock

    with FileLock(workspace.root / ".seen.lock"):
        marks = dict(load(workspace, fingerprint, anew=anew))
        live = None if published is None else set(published)
        for release in releases:
            now = Mark(release.version, release.facts.sequence, release.facts.head)
            before = marks.get(release.case, now)
            on_site = before.published if live is None else (release.version if release.case in live else 0)
            latest = max(now, before, key=lambda mark: (mark.version, mark.sequence))
            marks[release.case] = replace(latest, published=on_site)
        _write(workspace, fingerprint, marks)


def _write(workspace: Workspace, fingerprint: str, marks: Mapping[str, Mark]) -> None:
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
