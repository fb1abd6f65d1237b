"""A report written by Word, printed from it, or typeset by the pipeline reads back as the same report."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trip import Print, documents, without_source, write_docx

from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, Document, DocumentKind
from pipeline.render.pdf import as_pdf
from pipeline.render.shape import placeholder

QUICK = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FEW = settings(QUICK, max_examples=12)


@given(documents(), st.booleans())
@QUICK
def test_a_word_document_reads_back_as_it_was(document: Document, automatic: bool) -> None:
    said = read_here(write_docx(document, automatic=automatic), DocumentKind.OVERVIEW)
    assert [without_source(block) for block in said.blocks] == list(document.blocks)


def a_few(may: Print) -> list[Document]:
    made: list[Document] = []

    @given(documents(may))
    @FEW
    def collect(document: Document) -> None:
        made.append(document)

    collect()
    return made


def printed(made: list[Document], folder: Path, *, tagged: bool) -> list[bytes]:
    """The documents as LibreOffice prints them, in one run of it."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: install it with `apt-get install libreoffice-writer-nogui`.")
    for n, document in enumerate(made):
        (folder / f"{n}.docx").write_bytes(write_docx(document))
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder), *sorted(map(str, folder.glob("*.docx")))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [(folder / f"{n}.pdf").read_bytes() for n in range(len(made))]


def read(data: bytes) -> list[Block]:
    return [without_source(block) for block in read_here(data, DocumentKind.OVERVIEW).blocks]


@pytest.mark.slow
def test_a_tagged_pdf_of_it_reads_back_as_it_was(tmp_path: Path) -> None:
    """But for quotations: LibreOffice tags them as paragraphs. Words of other alphabets are left out, because not
    every machine has their fonts."""
    made = a_few(Print(scripts=False, quotes=False))
    for document, data in zip(made, printed(made, tmp_path, tagged=True), strict=True):
        assert read(data) == list(document.blocks)


@pytest.mark.slow
def test_an_untagged_pdf_of_it_reads_back_as_it_was(tmp_path: Path) -> None:
    """But for what print alone cannot say: which language words are in, that a picture has an alternative text, a
    quotation that is set like a paragraph, a second header row that looks like the first, and that the title is one
    level above the sections."""
    made = a_few(Print(scripts=False, foreign=False, pictures=False, quotes=False, headers=1))
    for document, data in zip(made, printed(made, tmp_path, tagged=False), strict=True):
        expected = [replace(b, level=max(1, b.level - 1)) if _is_heading(b) else b for b in document.blocks]
        assert read(data) == expected


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING


@given(documents(Print(scripts=False)))
@settings(QUICK, max_examples=40)
def test_the_published_pdf_reads_back_as_it_was(document: Document) -> None:
    """But for a picture, which is a sentence in it, and languages, which stand beside the tags."""
    data = as_pdf(document, "Title", "Running", "Author", date(2020, 1, 1))
    assert [replace(b, foreign=()) for b in read(data)] == [as_published(b) for b in document.blocks]


def as_published(block: Block) -> Block:
    if block.kind is BlockKind.PICTURE:
        return Block(BlockKind.PARAGRAPH, placeholder(block.text))
    return replace(block, foreign=())
