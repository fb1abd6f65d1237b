"""Reading in a process of its own, so that no file can take the program's memory, time or life.

The bytes go in through a pipe and the Document comes back as JSON through another: nothing touches the disk (but for
the pictures of scanned pages, in a private folder), and what the parsers print is thrown away, because it may quote
the report.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline import errors
from pipeline.extract import child
from pipeline.extract.breakage import TOO_MUCH
from pipeline.extract.sniff import SAVE_AGAIN, refuse_empty_or_huge
from pipeline.models import Document, DocumentKind
from pipeline.records import from_json, to_json

SECONDS = 120  # wall clock; a report of 60 pages takes about one


def read(data: bytes, kind: DocumentKind, recognised: Path | None = None, more: int = 0) -> Document:
    """`reading.read_here` in a child process. Same errors; TooLarge or DamagedFile where it dies.

    recognised  the folder with what character recognition read
    more        seconds that this takes beyond those that a report needs
    """
    refuse_empty_or_huge(data)
    return from_json(Document, ask(data, "read", kind.value, *([str(recognised)] if recognised else []), more=more))


def ask(data: bytes, *task: str, more: int = 0) -> Any:
    """What a child process answers to a task ("read", "scans" or "pictures", and its arguments) about a file.

    Raises what the task raises; TooLarge or DamagedFile where the process dies.
    """
    seconds = SECONDS + more
    printed = child.answer(["-m", "pipeline.extract.worker", str(seconds), *task], data, seconds)
    try:
        answer = json.loads(printed)
    except ValueError:
        raise errors.DamagedFile("The file cannot be read: the reader gave up on it.", SAVE_AGAIN) from None
    if "error" in answer:
        refusal = getattr(errors, answer["error"])
        raise refusal(answer["message"], answer["remedy"])  # one of SspError's, with words of ours
    return answer["answer"]


def _read(data: bytes, kind: str, recognised: str = "") -> Any:
    from pipeline.extract.reading import read_here

    return to_json(read_here(data, DocumentKind(kind), Path(recognised) if recognised else None))


def _scans(data: bytes) -> Any:
    from pipeline.extract.ocr.scans import scanned_pages

    return scanned_pages(data)


def _pictures(data: bytes, target: str, *pages: str) -> Any:
    from pipeline.extract.ocr.scans import pictures

    return pictures(data, [int(page) for page in pages], Path(target))


_TASKS: Mapping[str, Callable[..., Any]] = {"read": _read, "scans": _scans, "pictures": _pictures}


def _answer(data: bytes, task: str, *arguments: str) -> dict[str, Any]:
    try:
        return {"answer": _TASKS[task](data, *arguments)}
    except errors.SspError as error:
        return {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
    except MemoryError:
        return {"error": "TooLarge", "message": TOO_MUCH, "remedy": SAVE_AGAIN}


def main() -> None:
    """Reads a file's bytes from standard input and writes the answer or the refusal to standard output."""
    seconds, *task = sys.argv[1:]
    child.bound(float(seconds), may_write=task[0] == "pictures")
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), *task)))


if __name__ == "__main__":
    main()
