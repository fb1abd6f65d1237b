"""Signed-off reports as Documents: PDF and DOCX by their content, plain text and Markdown for a preview.

`read` works in a process of its own, bounded in time and memory, because a hostile or damaged file can bring any
parser down; `read_here` does the same in this process. Each is imported when it is first asked for: the process that
reads a file starts anew for every file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.extract.ocr.recognise import read_with_ocr
    from pipeline.extract.plain import read_text
    from pipeline.extract.reading import read_here
    from pipeline.extract.source import read_file
    from pipeline.extract.worker import read

__all__ = ["read", "read_file", "read_here", "read_text", "read_with_ocr"]

_PLACES = {
    "read": "worker",
    "read_file": "source",
    "read_here": "reading",
    "read_text": "plain",
    "read_with_ocr": "ocr.recognise",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
