"""Signed-off reports as Documents: PDF and DOCX by their content, plain text and Markdown for a preview.

`read` works in a process of its own, bounded in time and memory, because a hostile or damaged file can bring any
parser down; `read_here` does the same in this process.
"""

from __future__ import annotations

from pipeline.extract.ocr.recognise import read_with_ocr
from pipeline.extract.plain import read_text
from pipeline.extract.reading import read_here
from pipeline.extract.source import read_file
from pipeline.extract.worker import read

__all__ = ["read", "read_file", "read_here", "read_text", "read_with_ocr"]
