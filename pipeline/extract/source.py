"""A file's bytes, whatever stands under its name: only a regular file is read, and never more than the limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipeline.errors import TooLarge, UnreadableFile
from pipeline.extract.sniff import MAX_FILE

_CHECK = "Check the path and that you may read it."


def read_file(path: Path) -> bytes:
    """The bytes of a regular file, or of the one that a link leads to.

    Raises UnreadableFile for what is no file (a folder, a device, a pipe), cannot be opened, or changes while it is
    read; TooLarge. No message has the path: a file's name may name a person.
    """
    try:
        # Without waiting: a pipe that nobody writes to would be waited for without end.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        raise UnreadableFile("The file cannot be opened.", _CHECK) from None
    try:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableFile("There is no file there, but a folder, a device or a pipe.", _CHECK)
        with os.fdopen(number, "rb", closefd=False) as file:
            data = file.read(MAX_FILE + 1)
        after = os.fstat(number)
    except OSError:
        raise UnreadableFile("The file cannot be read to its end.", _CHECK) from None
    finally:
        os.close(number)
    if len(data) > MAX_FILE:
        raise TooLarge(
            f"The file is larger than {MAX_FILE // 2**20} MB.", "Save it with smaller pictures, or without."
        )
    if (len(data), after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        raise UnreadableFile("The file changed while it was read.", "Wait until it is saved whole, and try again.")
    return data
