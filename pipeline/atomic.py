"""Writing a file so that a reader sees the old one or the new one, never half of it. Public files only: the vault
writes its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replaces `path` by `data` in one rename."""
    aside = _written_aside(path, data, mode)
    aside.replace(path)
    _sync(path.parent)


def write_once(path: Path, data: bytes, *, aside: Path, mode: int = 0o600) -> None:
    """Creates `path` whole; raises FileExistsError rather than replace it. The temporary file lies in the folder
    `aside`, on the same file system."""
    temporary = _written_aside(aside / path.name, data, mode)
    try:
        path.hardlink_to(temporary)
    finally:
        temporary.unlink()
    _sync(path.parent)


def _written_aside(path: Path, data: bytes, mode: int) -> Path:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return aside


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
