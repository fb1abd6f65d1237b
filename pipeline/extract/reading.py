"""The steps from a file's bytes to a Document."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract.assemble import to_document
from pipeline.extract.breakage import refused
from pipeline.extract.management_review import refuse_management_review
from pipeline.extract.sniff import Format, sniff
from pipeline.models import Document, DocumentKind


def read_here(data: bytes, kind: DocumentKind, recognised: Path | None = None) -> Document:
    """A report's bytes (PDF or DOCX, told by content) as a Document.

    recognised  the folder with what character recognition read on the pages that are scans (`ocr`)
    Raises the family of UnreadableFile (not a report's format, encrypted, no text, damaged, too large) and
    ManagementReview. Nothing of the file is written anywhere.
    """
    if sniff(data) is Format.DOCX:
        from pipeline.extract.word import package as docx_package
        from pipeline.extract.word.reader import read_docx

        with refused("Word document"):
            docx_package.check(data)
            reading = read_docx(data)
    else:
        from pipeline.extract.pdf.reader import read_pdf

        reading = read_pdf(data, recognised)
    document = to_document(reading, kind, data)
    refuse_management_review(document)
    return document
