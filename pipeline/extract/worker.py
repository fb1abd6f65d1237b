"""Reading in a process of its own, so that no file can take the program's memory, time or life.

The bytes go in through a pipe and the Document comes back as JSON through another: nothing touches the disk, and what the parsers print is thrown away, because it may quote
the report.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pipeline import errors
from pipeline.extract import child
from pipeline.extract.breakage import TOO_MUCH
from pipeline.extract.sniff import SAVE_AGAIN, refuse_empty_or_huge
from pipeline.models import Document, DocumentKind
from pipeline.records import from_json, to_json

SECONDS = 120  # wall clock; a report of 60 pages takes about one


def read(data: bytes, kind: DocumentKind) -> Document:
    """`reading.read_here` in a child process. Same errors; TooLarge or DamagedFile where it dies."""
    refuse_empty_or_huge(data)
    printed = child.answer(["-m", "pipeline.extract.worker", str(SECONDS), kind.value], data, SECONDS)
    try:
        answer = json.loads(printed)
    except ValueError:
        raise errors.DamagedFile("The file cannot be read: the reader gave up on it.", SAVE_AGAIN) from None
    if "error" in answer:
        refusal = getattr(errors, answer["error"])
        raise refusal(answer["message"], answer["remedy"])  # one of SspError's, with words of ours
    return from_json(Document, answer["document"])


def _answer(data: bytes, kind: DocumentKind) -> dict[str, Any]:
    from pipeline.extract.reading import read_here

    try:
        return {"document": to_json(read_here(data, kind))}
    except errors.SspError as error:
        return {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
    except MemoryError:
        return {"error": "TooLarge", "message": TOO_MUCH, "remedy": SAVE_AGAIN}


def main() -> None:
    """Reads a file's bytes from standard input and writes the Document or the refusal to standard output."""
    child.bound(float(sys.argv[1]))
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), DocumentKind(sys.argv[2]))))


if __name__ == "__main__":
    main()
