"""A folder for work that other programs do on a report: private, in memory where there is such a place, wiped after.

It has mode 0700 and lies on tmpfs (XDG_RUNTIME_DIR, /dev/shm) where there is enough of it, otherwise in the folder
that the caller names. It goes with everything in it however the work ends: done, refused, interrupted or told to
stop. One that a killed run left behind is wiped when the next one begins.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from pipeline.errors import WorkspaceError

_NAME = "ssp-private-"
_MOUNTS = Path("/proc/self/mounts")
_IN_MEMORY = {"tmpfs", "ramfs"}
_ENDS = ("SIGTERM", "SIGHUP")


@contextmanager
def private_folder(within: Path, needed: int) -> Iterator[Path]:
    """A new private folder, which is wiped at the end.

    within  where it lies if there is no tmpfs with `needed` bytes free
    Raises WorkspaceError where no folder can be made, or where one cannot be wiped: it names the folder.
    """
    within = within.absolute()
    places = [*_memory(), within]
    _wipe_left_behind(places)
    place = next((p for p in places[:-1] if _free(p) >= needed), within)
    with ExitStack() as undo:
        # Before there is a folder, so that no signal can come between its making and its wiping.
        _end_by_exception(undo)
        folder, lock = _made(place)
        undo.callback(_wiped_for_good, folder, lock)
        yield folder


def _made(place: Path) -> tuple[Path, int]:
    """A new folder and the lock on it, which lasts as long as this process."""
    while True:
        try:
            place.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_NAME, dir=place))
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            raise WorkspaceError(
                "No private folder can be made for reading the scan.", "Check that you may write to the workspace."
            ) from None
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():  # a run that begins now may have taken it for one left behind
            return folder, lock
        os.close(lock)


def _memory() -> list[Path]:
    """Folders that are kept in memory and not on a disk."""
    try:
        mounts = [line.split()[1:3] for line in _MOUNTS.read_text("utf-8").splitlines()]
    except OSError:  # not on every system
        return []
    kinds = {Path(point): kind for point, kind in mounts}
    found = []
    for name in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108  a private folder is made in it
        path = Path(name).resolve()
        mount = next((parent for parent in (path, *path.parents) if parent in kinds), None)
        if name and mount is not None and kinds[mount] in _IN_MEMORY and os.access(path, os.W_OK | os.X_OK):
            found.append(path)
    return found


def _free(place: Path) -> int:
    return shutil.disk_usage(place).free


def _end_by_exception(undo: ExitStack) -> None:
    """Lets a signal that would end the program end it through its own clean-up."""
    if threading.current_thread() is not threading.main_thread():
        return

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for name in _ENDS:
        before = signal.signal(getattr(signal, name), leave)
        undo.callback(signal.signal, getattr(signal, name), before)


def _wipe_left_behind(places: list[Path]) -> None:
    """Wipes the folders of this user's runs that no longer live: nobody holds the lock on them."""
    for place in places:
        for folder in sorted(place.glob(f"{_NAME}*")):
            try:
                found = folder.lstat()
                if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
                    continue
                lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            except FileNotFoundError:
                continue  # its own run has just wiped it
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
            else:
                _wiped_for_good(folder, lock)


def _wiped_for_good(folder: Path, lock: int) -> None:
    """Wipes a folder; a second signal waits until that is done."""
    held = {signal.SIGINT, *(getattr(signal, name) for name in _ENDS)}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        wipe(folder)
    except OSError:
        raise WorkspaceError(
            f"The private folder {folder} could not be wiped.", "Delete it: it holds pages of the report."
        ) from None
    finally:
        os.close(lock)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wipe(folder: Path) -> None:
    """Removes a folder and what is in it; on a disk each file is written over first. Raises OSError."""
    on_disk = not any(folder.is_relative_to(place) for place in _memory())
    for top, folders, files in os.walk(folder, topdown=False):
        for name in files:
            path = Path(top, name)
            if on_disk and not path.is_symlink() and path.is_file():
                _write_over(path)
            path.unlink()
        for name in folders:
            path = Path(top, name)
            if path.is_symlink():
                path.unlink()
            else:
                path.rmdir()
    folder.rmdir()


def _write_over(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 2**20))) or left
        os.fsync(file.fileno())
