"""The private folder: in memory where there is a place, shut to others, and gone afterwards whatever happens."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import private_folder as folders
from pipeline.errors import WorkspaceError
from pipeline.private_folder import private_folder


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace on a machine without a place in memory."""
    monkeypatch.setattr(folders, "_MOUNTS", tmp_path / "no mounts here")
    return tmp_path / "workspace"


def _left(place: Path) -> list[Path]:
    return list(place.glob("ssp-private-*"))


def test_nobody_else_may_look_into_it(on_disk: Path) -> None:
    with private_folder(on_disk, 0) as folder:
        assert folder.parent == on_disk
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_is_in_memory_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, mounts = tmp_path / "memory", tmp_path / "mounts"
    memory.mkdir()
    mounts.write_text(f"disk / ext4 rw 0 0\nmemory {memory} tmpfs rw 0 0\n", "utf-8")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    with private_folder(tmp_path / "workspace", 1) as folder:
        assert folder.parent == memory
    with private_folder(tmp_path / "workspace", 2**60) as folder:
        assert folder.parent == tmp_path / "workspace", "no room in memory"


@pytest.mark.parametrize("end", [None, ValueError, KeyboardInterrupt, SystemExit])
def test_it_goes_with_all_that_is_in_it(on_disk: Path, end: type[BaseException] | None) -> None:
    outside = on_disk.parent / "outside.txt"
    outside.write_text("stays", "utf-8")

    def work() -> None:
        with private_folder(on_disk, 0) as folder:
            (folder / "deep" / "er").mkdir(parents=True)
            (folder / "deep" / "er" / "page.txt").write_text("Words of the report", "utf-8")
            (folder / "link").symlink_to(outside)
            (folder / "places").symlink_to(on_disk.parent)
            if end is not None:
                raise end

    if end is None:
        work()
    else:
        with pytest.raises(end):
            work()
    assert not _left(on_disk)
    assert outside.read_text("utf-8") == "stays"


def test_files_on_a_disk_are_written_over(on_disk: Path) -> None:
    with private_folder(on_disk, 0) as folder:
        (folder / "page.txt").write_text("Words of the report", "utf-8")
        os.link(folder / "page.txt", on_disk / "same file.txt")  # the same bytes under a second name
    assert (on_disk / "same file.txt").read_bytes() == bytes(len("Words of the report"))


_PROGRAM = """
import sys, time
from pathlib import Path
from pipeline import private_folder as folders
folders._MOUNTS = Path("/no mounts here")
with folders.private_folder(Path(sys.argv[1]), 0) as folder:
    (folder / "page.txt").write_text("Words of the report", "utf-8")
    print("ready", flush=True)
    time.sleep(60)
"""


def _stopped(workspace: Path, number: int) -> None:
    """A run that is stopped by a signal while it works."""
    program = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(workspace)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"ready\n"
    program.send_signal(number)
    program.wait(30)
    program.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_that_is_told_to_stop_wipes_first(on_disk: Path, number: int) -> None:
    _stopped(on_disk, number)
    assert not _left(on_disk)


def test_what_a_killed_run_left_is_wiped_at_the_next_start_and_nothing_else(on_disk: Path) -> None:
    _stopped(on_disk, signal.SIGKILL)
    assert _left(on_disk), "nobody can clean up after that"
    (on_disk / "vault.db").write_bytes(b"stays")
    with private_folder(on_disk, 0) as first:
        assert _left(on_disk) == [first]
        with private_folder(on_disk, 0) as second:
            assert set(_left(on_disk)) == {first, second}, "a run that lives keeps its folder"
    assert [path.name for path in on_disk.iterdir()] == ["vault.db"]


def test_signals_are_handled_as_before_afterwards(on_disk: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with private_folder(on_disk, 0):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_folder_that_cannot_be_made_or_wiped_is_said(on_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk.write_text("a file where the workspace should be", "utf-8")
    with pytest.raises(WorkspaceError) as made, private_folder(on_disk, 0):
        pass
    assert made.value.remedy
    on_disk.unlink()

    def fails(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(folders, "wipe", fails)
    with pytest.raises(WorkspaceError, match="could not be wiped"), private_folder(on_disk, 0):
        time.sleep(0)
