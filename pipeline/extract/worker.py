"""Reading in a process of its own, so that no file can take the program's memory, time or life.

The bytes go in through a pipe and the Document comes back as JSON through another: nothing touches the disk, and
what the parsers print is thrown away, because it may quote the report.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline import errors
from pipeline.extract.sniff import SAVE_AGAIN, sniff
from pipeline.models import Document, DocumentKind
from pipeline.records import from_json, to_json

SECONDS = 120  # wall clock; a report of 60 pages takes about one
MEMORY = 3 * 2**30  # bytes of address space
_TOO_MUCH = "Reading the file takes more time or memory than a report needs."


def read(data: bytes, kind: DocumentKind) -> Document:
    """`reading.read_here` in a child process. Same errors; TooLarge or DamagedFile where it dies."""
    sniff(data)
    # No passphrase goes to the process that handles untrusted bytes.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SSP_")}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    command = [sys.executable, "-m", "pipeline.extract.worker", kind.value]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise errors.TooLarge(_TOO_MUCH, SAVE_AGAIN) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise errors.DamagedFile("The file cannot be read: the reader gave up on it.", SAVE_AGAIN) from None
    if "error" in answer:
        refusal = getattr(errors, answer["error"])
        raise refusal(answer["message"], answer["remedy"])
    return from_json(Document, answer["document"])


def _bound() -> None:
    try:
        import resource
    except ImportError:  # not on every system; the time limit holds there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, kind: DocumentKind) -> dict[str, Any]:
    from pipeline.extract.reading import read_here

    try:
        return {"document": to_json(read_here(data, kind))}
    except errors.SspError as error:
        return {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
    except MemoryError:
        return {"error": "TooLarge", "message": _TOO_MUCH, "remedy": SAVE_AGAIN}


def main() -> None:
    """Reads a file's bytes from standard input and writes the Document or the refusal to standard output."""
    _bound()
    answer = _answer(sys.stdin.buffer.read(), DocumentKind(sys.argv[1]))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
