"""A child process that handles untrusted bytes: how it is bounded, and how what it answers is taken.

It may use so much memory and time and no more, write no file and, where the system keeps to such limits, start no
process and reach no network. It is told nothing of the parent's environment but where Python's modules are. What it
prints is thrown away, because it may quote the report; its answer is taken whole or not at all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import DamagedFile, TooLarge
from pipeline.extract.breakage import TOO_MUCH
from pipeline.extract.sniff import SAVE_AGAIN

MEMORY = 1536 * 2**20  # bytes of address space; 500 pages take a quarter of it, and a machine of 4 GB bears it
LONGEST_ANSWER = 128 * 2**20  # bytes; the JSON of a report of 800 pages is under 10 MB
OPEN_FILES = 64

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "TZ")
# A child that asked for too much time or memory is ended by these; on want of memory PDFium ends itself by others.
_TOO_MUCH_SIGNALS = {"SIGXCPU", "SIGKILL", "SIGPROF"}
_bound = False  # whether this process is such a child
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # Linux's flags of unshare(2)


def answer(task: Sequence[str], data: bytes, seconds: float) -> bytes:
    """What `python TASK` prints when it is given `data`, within so many seconds.

    Raises TooLarge where it takes too much time, memory or space to answer, DamagedFile where it dies.
    """
    # -B: no compiled modules are written; -P is not used, because the modules come from PYTHONPATH alone.
    child = subprocess.Popen(
        [sys.executable, "-B", *task],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), bufsize=0,
    )  # fmt: skip
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(seconds, end)
    feed = threading.Thread(target=_feed, args=(child, data), daemon=True)
    watch.start()
    feed.start()
    try:
        got = _taken(child)
        if got is None:  # it would wait for ever for somebody who listens
            child.kill()
        code = child.wait()
    finally:
        watch.cancel()
        child.kill()
        child.wait()
        feed.join()
        if child.stdout is not None:
            child.stdout.close()
    if late.is_set() or got is None or (code < 0 and _signal(-code) in _TOO_MUCH_SIGNALS):
        raise TooLarge(TOO_MUCH, SAVE_AGAIN)
    if code != 0:
        raise DamagedFile("The file cannot be read: the reader gave up on it.", SAVE_AGAIN)
    return got


def _environment() -> Mapping[str, str]:
    modules = [str(Path(__file__).parents[2]), *(str(Path(place).resolve()) for place in sys.path)]
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "PYTHONPATH": os.pathsep.join(modules),
        "PYTHONIOENCODING": "utf-8",
    }


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    if child.stdin is None:
        return
    try:
        with child.stdin:
            rest = memoryview(data)
            while rest:
                rest = rest[child.stdin.write(rest) or 0 :]
    except (OSError, ValueError):  # it died before it had read all; how it died says why
        return


def _taken(child: subprocess.Popen[bytes]) -> bytes | None:
    """All that the child prints; None where that is more than any report."""
    parts, size = [], 0
    while child.stdout is not None and (part := child.stdout.read(2**16)):
        size += len(part)
        if size > LONGEST_ANSWER:
            return None
        parts.append(part)
    return b"".join(parts)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""


def bound(seconds: float, *, may_write: bool = False) -> None:
    """Limits this process for good. On systems without these limits the time limit of `answer` holds still.

    may_write  for a task that writes into the private folder that it is given
    """
    try:
        import resource
    except ImportError:
        return
    global _bound
    _bound = True
    most = int(seconds) + 1
    limits = {
        "RLIMIT_AS": (MEMORY, MEMORY),
        "RLIMIT_CPU": (most, most + 1),  # at the first SIGXCPU ends it, at the second SIGKILL
        "RLIMIT_CORE": (0, 0),  # a core file would hold the report
        "RLIMIT_NOFILE": (OPEN_FILES, OPEN_FILES),
        "RLIMIT_NPROC": (0, 0),  # does not bind the superuser
    }
    if not may_write:
        limits["RLIMIT_FSIZE"] = (0, 0)
    for name, values in limits.items():
        number = getattr(resource, name, None)
        if number is not None:
            resource.setrlimit(number, _within(resource.getrlimit(number)[1], values))
    _leave_network()


def next_step(seconds: float) -> None:
    """Gives this process so much processor time until it asks again, or without end for 0; SIGPROF ends it.

    No Python code runs while PDFium draws a page, so nothing gentler stops it. Binds only a process that is bound.
    """
    timer = getattr(signal, "setitimer", None)
    if _bound and timer is not None:
        timer(signal.ITIMER_PROF, seconds)


def _within(hard: int, wanted: tuple[int, int]) -> tuple[int, int]:
    """The wanted limits, or the lower one that holds already: a limit cannot be raised."""
    if hard < 0:  # no limit
        return wanted
    return min(wanted[0], hard), min(wanted[1], hard)


def _leave_network() -> None:
    """Into a network of its own, in which there is nothing, where Linux lets a process do so."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(_NEW_NETWORK) != 0:
        unshare(_NEW_USER | _NEW_NETWORK)  # what needs no privilege; may be switched off, then there is only no need
