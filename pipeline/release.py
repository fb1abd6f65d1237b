"""Sealing releases, and opening them with everything proved.

    releases/<case>/manifest.json      canonical bytes, what was signed
                    signatures.json    the approvals
                    files/             exactly the files that the manifest names
                    statements/        0001.json, 0002.json, ...

Opening needs no vault: the pinned keys prove the signatures and statements, and `seen.json` holds where each chain
stood when this machine last accepted it, so that an older copy is refused.
"""

from __future__ import annotations

import re
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pipeline import statements
from pipeline.atomic import write_atomically, write_once
from pipeline.canonical import canonical, digest, parse, sha256
from pipeline.errors import NoSuchCase, ReleaseAltered
from pipeline.manifest import shortfalls
from pipeline.models import Release
from pipeline.pins import Pins
from pipeline.pins import load as load_pins
from pipeline.seen import load as load_seen
from pipeline.seen import refuse_rewound
from pipeline.statements import Subject
from pipeline.workspace import Workspace

_PARTS = {"manifest.json", "signatures.json", "files", "statements"}
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A release with the proofs that were checked."""

    release: Release
    manifest: Mapping[str, Any]
    approvals: tuple[Mapping[str, Any], ...]
    chain: tuple[Mapping[str, Any], ...]

    @property
    def subject(self) -> Subject:
        return subject_of(self.manifest)


def subject_of(manifest: Mapping[str, Any]) -> Subject:
    return Subject(manifest["workspace"], manifest["case"], manifest["version"], digest(manifest))


def open_releases(workspace: Workspace, *, anew: bool = False) -> tuple[Release, ...]:
    """Every sealed release, verified: files, manifest, signatures, statements, continuity.

    anew  somebody vouches that the releases are the newest, so that seen.json may be missing
    Raises ReleaseAltered naming the first file that is not what was signed, PinsAltered.
    """
    return tuple(opened.release for opened in open_all(workspace, anew=anew))


def open_all(workspace: Workspace, *, anew: bool = False) -> tuple[Opened, ...]:
    """As `open_releases`, with manifests, approvals and chains."""
    pins = load_pins(workspace)
    seen = load_seen(workspace, pins.fingerprint, anew=anew)
    found = tuple(_open(workspace, pins, case) for case in _cases(workspace))
    refuse_rewound(seen, dict(_standing(opened) for opened in found))
    return found


def open_one(workspace: Workspace, case: str) -> Opened:
    """One release, verified like all of them; another one that is altered does not matter here, so that it cannot
    stop a withdrawal. Raises NoSuchCase if it is not sealed here, ReleaseAltered."""
    if not is_here(workspace, case):
        raise NoSuchCase(
            "There is no sealed release of that case here.", "Seal it first, or copy it to this machine."
        )
    pins = load_pins(workspace)
    seen = {name: mark for name, mark in load_seen(workspace, pins.fingerprint).items() if name == case}
    opened = _open(workspace, pins, case)
    refuse_rewound(seen, dict([_standing(opened)]))
    return opened


def is_here(workspace: Workspace, case: str) -> bool:
    """Whether a sealed release of that case is here."""
    _put_back(workspace)
    return _CASE.fullmatch(case) is not None and (workspace.releases / case).exists()


def _put_back(workspace: Workspace) -> None:
    """Gives a release its name again that a run of `seal` had moved out of the way when it died."""
    if not any(workspace.releases.glob(".*.old.*")):
        return
    with _sealing(workspace):
        for old in sorted(workspace.releases.glob(".*.old.*")):
            place = workspace.releases / old.name[1:].partition(".")[0]
            if not place.exists():
                old.rename(place)


@contextmanager
def _sealing(workspace: Workspace) -> Iterator[None]:
    """Keeps others out while one release takes the place of another."""
    from filelock import FileLock

    with FileLock(workspace.releases / ".lock"):
        yield


def _standing(opened: Opened) -> tuple[str, tuple[int, tuple[str, ...]]]:
    hashes = tuple(digest(dict(statement)) for statement in opened.chain)
    return opened.release.case, (opened.release.version, hashes)


def seal(
    workspace: Workspace,
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes],
    approvals: Sequence[Mapping[str, Any]],
    chain: Sequence[Mapping[str, Any]],
) -> Path:
    """Writes a release aside and puts it in place by renaming; an earlier version gives way. Returns its folder."""
    workspace.releases.mkdir(mode=0o700, exist_ok=True)
    workspace.releases.chmod(0o700)
    aside = workspace.releases / f".{manifest['case']}.{secrets.token_hex(6)}"
    for folder in (aside, aside / "files", aside / "statements"):
        folder.mkdir(mode=0o700)
    for name, data in files.items():
        write_atomically(aside / "files" / name, data)
    write_atomically(aside / "manifest.json", canonical(manifest))
    signatures = {"schema": 1, "approvals": [dict(approval) for approval in approvals]}
    write_atomically(aside / "signatures.json", canonical(signatures))
    for number, statement in enumerate(chain, start=1):
        write_atomically(aside / "statements" / _statement_name(number), canonical(dict(statement)))
    place = workspace.releases / str(manifest["case"])
    old = workspace.releases / f".{manifest['case']}.old.{secrets.token_hex(6)}"
    with _sealing(workspace):
        if place.exists():
            place.rename(old)
        aside.rename(place)
    if old.exists():
        shutil.rmtree(old)
    return place


def append_statement(workspace: Workspace, opened: Opened, statement: Mapping[str, Any]) -> None:
    """Adds a signed statement to a release's chain. Raises ReleaseAltered if another took its number meanwhile."""
    name = _statement_name(len(opened.chain) + 1)
    path = workspace.releases / opened.release.case / "statements" / name
    try:
        write_once(path, canonical(dict(statement)), aside=workspace.releases)
    except FileExistsError:
        _altered(path, workspace, "was written by another run")


def verify_in_memory(
    manifest: Mapping[str, Any], files: Mapping[str, bytes], approvals: Sequence[Mapping[str, Any]], pins: Pins
) -> tuple[str, ...]:
    """What is wrong with a release before it is written; empty if nothing is."""
    told = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    if told != {name: sha256(data) for name, data in files.items()}:
        return ("the files are not those of the manifest",)
    return shortfalls(manifest, approvals, pins)


def _cases(workspace: Workspace) -> list[str]:
    if not workspace.releases.is_dir():
        return []
    _put_back(workspace)
    # What begins with a point is a copy that a stopped run left aside; it is never read.
    names = sorted(path.name for path in workspace.releases.iterdir() if not path.name.startswith("."))
    for name in names:
        if not _CASE.fullmatch(name):
            _altered(workspace.releases / name, workspace, "does not belong here")
    return names


def _open(workspace: Workspace, pins: Pins, case: str) -> Opened:
    folder = workspace.releases / case
    _exactly(workspace, folder, _PARTS)
    manifest = _read_json(workspace, folder / "manifest.json")
    approvals = _approvals(workspace, folder, manifest, pins, case)
    files = _files(workspace, folder, manifest)
    subject = subject_of(manifest)
    chain = _chain(workspace, folder, subject, pins)
    info_path = folder / "files" / "release.json"
    try:
        info = parse(files["release.json"])
        told = (info["case"], info["reference"], info["version"], bool(info["documents"]))
    except (KeyError, ValueError, TypeError):
        _altered(info_path, workspace, "cannot be read")
    if told != (case, manifest["reference"], manifest["version"], True):
        _altered(info_path, workspace, "speaks of another release than the manifest")
    facts = statements.facts(chain, subject, waived=bool(manifest["waived"]))
    release = Release(case, manifest["version"], files, subject.manifest, info, facts)
    return Opened(release, manifest, approvals, chain)


def _approvals(
    workspace: Workspace, folder: Path, manifest: Any, pins: Pins, case: str
) -> tuple[Mapping[str, Any], ...]:
    """The approvals, and with them the proof that the manifest is the one that was signed."""
    path = folder / "signatures.json"
    try:
        approvals = tuple(dict(approval) for approval in _read_json(workspace, path)["approvals"])
        wrong = shortfalls(manifest, approvals, pins)
        right_place = manifest["case"] == case and manifest["schema"] == 1
    except (KeyError, TypeError, ValueError, AttributeError):
        _altered(path, workspace, "does not fit the manifest")
    if wrong or not right_place:
        why = wrong[0] if wrong else "the manifest is another case's"
        _altered(folder / "manifest.json", workspace, f"is not what two people approved ({why})")
    return approvals


def _files(workspace: Workspace, folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    told: Mapping[str, Any] = manifest["files"]
    _exactly(workspace, folder / "files", set(told))
    files: dict[str, bytes] = {}
    for name, entry in sorted(told.items()):
        path = folder / "files" / name
        data = _read(workspace, path)
        if not _FILE_NAME.fullmatch(name) or sha256(data) != entry["sha256"] or len(data) != entry["bytes"]:
            _altered(path, workspace, "is not what was signed")
        files[name] = data
    return files


def _chain(workspace: Workspace, folder: Path, subject: Subject, pins: Pins) -> tuple[Mapping[str, Any], ...]:
    place = folder / "statements"
    count = len(list(place.iterdir())) if place.is_dir() else 0
    names = [_statement_name(number) for number in range(1, count + 1)]
    _exactly(workspace, place, set(names))
    chain = tuple(_read_json(workspace, place / name) for name in names)
    if not chain:
        _altered(place / _statement_name(1), workspace, "is missing")
    broken = statements.first_break(chain, subject, pins)
    if broken is not None:
        _altered(place / _statement_name(broken), workspace, "does not follow in the chain of signed statements")
    if not any(s["fact"] == "sealed" and s["version"] == subject.version for s in chain):
        _altered(place, workspace, "does not say that this version was sealed")
    return chain


def _statement_name(number: int) -> str:
    return f"{number:04d}.json"


def _exactly(workspace: Workspace, folder: Path, names: set[str]) -> None:
    """Raises ReleaseAltered unless the folder holds these names and no others."""
    if folder.is_symlink() or not folder.is_dir():
        _altered(folder, workspace, "is missing, or is not a folder")
    found = {path.name for path in folder.iterdir()}
    for name in sorted(found ^ names):
        _altered(folder / name, workspace, "does not belong here" if name in found else "is missing")


def _read(workspace: Workspace, path: Path) -> bytes:
    if not stat.S_ISREG(path.lstat().st_mode):
        _altered(path, workspace, "is not a plain file")
    return path.read_bytes()


def _read_json(workspace: Workspace, path: Path) -> Any:
    """A JSON file in its canonical spelling, so that one meaning has one set of bytes."""
    data = _read(workspace, path)
    try:
        value = parse(data)
        if not isinstance(value, dict) or canonical(value) != data:
            raise ValueError("not canonical")
    except ValueError:
        _altered(path, workspace, "is not what was written")
    return value


def _altered(path: Path, workspace: Workspace, why: str) -> NoReturn:
    raise ReleaseAltered(
        f"{path.relative_to(workspace.root)} {why}.",
        "Nothing was published; copy the release again from where it was sealed.",
    )
