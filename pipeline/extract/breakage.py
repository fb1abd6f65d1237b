"""The one place where what a parser stumbles over becomes a refusal.

Parsers for damaged and hostile files fail in more ways than can be listed. Whatever way it is, nothing was read and
nothing is stored; the cause stays with the refusal, so that tests can tell a broken file from a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import DamagedFile, ObjectLoop, SspError, TooLarge
from pipeline.extract.sniff import SAVE_AGAIN

TOO_MUCH = "Reading the file takes more time or memory than a report needs."


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Raises TooLarge for want of memory, ObjectLoop for endless depth, DamagedFile for all else but refusals.

    what  "PDF" or "Word document", for the message
    """
    try:
        yield
    except SspError:
        raise
    except MemoryError as error:
        raise TooLarge(TOO_MUCH, SAVE_AGAIN) from error
    except RecursionError as error:
        raise ObjectLoop(f"The {what} is damaged: parts of it lie in each other without end.", SAVE_AGAIN) from error
    except Exception as error:  # parsers raise whatever a broken file makes of them; the cause stays for the tests
        raise DamagedFile(f"The {what} is damaged: its structure cannot be read.", SAVE_AGAIN) from error
