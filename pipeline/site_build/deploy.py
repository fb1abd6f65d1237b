"""Where built sites lie, and how one takes the place of another.

    public/builds/<digest>/        a complete site that has passed its checks; <digest> is that of all its files
    public/builds/<digest>.json    which releases it holds, and its place in the order of publication
    public/current                 the link that is served

A build is made beside these and gets its name only when it is complete, and the link is switched by one rename: a run
that dies at any point leaves the old site whole. Earlier builds are kept for a way back, but none that holds a text
which is no longer published.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BuildFailed, Busy
from pipeline.models import Release

KEPT = 3
_WORK = ".work-"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder from which a website is served."""

    root: Path

    @property
    def builds(self) -> Path:
        return self.root / "builds"

    @property
    def current(self) -> Path:
        return self.root / "current"

    def served(self) -> Path | None:
        """The build that the link leads to."""
        target = self.current.resolve() if self.current.is_symlink() else None
        return target if target and target.is_dir() else None


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: its folder, its place in the order, and the manifest digest of each case that it holds."""

    folder: Path
    order: int
    releases: Mapping[str, str]


@contextmanager
def locked(place: Place, patience: float = 0) -> Iterator[None]:
    """Keeps two runs apart; the run that holds the lock may take it again. Clears away what a dead run has left.

    patience  seconds to wait for another run to end
    Raises Busy where another holds the lock all that time.
    """
    from filelock import FileLock, Timeout

    place.builds.mkdir(parents=True, exist_ok=True)
    lock = FileLock(place.root / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise Busy("Another run is publishing at this moment.", "Wait until it has ended and try again.") from error
    try:
        if lock.lock_counter == 1:
            for path in place.root.glob(f"{_WORK}*"):
                shutil.rmtree(path)
        yield
    finally:
        lock.release()


@contextmanager
def workplace(place: Place) -> Iterator[Path]:
    """A folder for one build, taken away afterwards whatever happens."""
    folder = place.root / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def digest(site: Path) -> str:
    """The digest of a site: of the names and contents of all its files."""
    total = hashlib.sha256()
    for name, one in file_digests(site).items():
        total.update(f"{name}\0{one}\n".encode())
    return total.hexdigest()[:24]


def file_digests(site: Path) -> dict[str, str]:
    names = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    return {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in names}


def builds(place: Place) -> list[Build]:
    """All finished builds, oldest first. A folder without a readable record counts as holding unknown texts."""
    found = []
    for folder in place.builds.iterdir() if place.builds.is_dir() else ():
        if not folder.is_dir():
            continue
        try:
            record = json.loads(_record(folder).read_text(encoding="utf-8"))
            found.append(Build(folder, int(record["order"]), dict(record["releases"])))
        except (OSError, ValueError, KeyError, TypeError):
            found.append(Build(folder, -1, {"": "unknown"}))
    return sorted(found, key=lambda build: build.order)


def served_releases(place: Place) -> Mapping[str, str]:
    """The manifest digest of each case that is served; a build without a record holds the case "" besides."""
    served = place.served()
    return next((build.releases for build in builds(place) if build.folder.resolve() == served), {})


def _record(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def install(place: Place, site: Path, releases: Sequence[Release]) -> Path:
    """Gives a checked site its name among the builds and makes it the one that is served."""
    name = digest(site)
    folder = place.builds / name
    order = 1 + max((build.order for build in builds(place)), default=0)
    for path in (site, *site.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if folder.exists() and digest(folder) != name:
        shutil.rmtree(folder)  # altered since it was built
    if not folder.exists():
        site.rename(folder)
    held = {release.case: release.manifest_digest for release in releases}
    _replace(_record(folder), json.dumps({"order": order, "releases": held}, indent=2, sort_keys=True) + "\n")
    switch(place, folder)
    return folder


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def switch(place: Place, folder: Path) -> None:
    """Points the link at another build in one step."""
    aside = place.root / ".current.new"
    aside.unlink(missing_ok=True)
    aside.symlink_to(folder.relative_to(place.root), target_is_directory=True)
    if place.current.exists() and not place.current.is_symlink():
        raise BuildFailed(f"{place.current} is in the way.", "It must be a link: move that folder away.")
    aside.replace(place.current)


def prune(place: Place, published: Mapping[str, str]) -> None:
    """Takes away old builds: all but the last few, and every one with a text that is not published any longer."""
    served = place.served()
    kept = 0
    for build in reversed(builds(place)):
        good = all(published.get(case) == manifest for case, manifest in build.releases.items())
        if build.folder.resolve() == served or (good and kept < KEPT):
            kept += 1
            continue
        remove(build.folder)


def remove(folder: Path) -> None:
    _record(folder).unlink(missing_ok=True)
    shutil.rmtree(folder)


# Other folders to which the site was published, so that a withdrawal reaches them too


def remember(home: Place, other: Place) -> None:
    known = set(targets(home)) | {other.root.resolve()}
    if other.root.resolve() != home.root.resolve():
        home.root.mkdir(parents=True, exist_ok=True)
        _replace(home.root / "targets.json", json.dumps(sorted(map(str, known)), indent=2) + "\n")


def targets(home: Place) -> list[Path]:
    path = home.root / "targets.json"
    if not path.exists():
        return []
    try:
        return [Path(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except ValueError as error:
        raise BuildFailed(
            f"{path} cannot be read.", "Write into it the folders to which the site was published."
        ) from error
