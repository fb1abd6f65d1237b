"""Word documents of other programs and of the strict form of the standard are read as Word's own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from word_files import W, cell, docx, level, numbered, numbering, paragraph, row, run, table

from pipeline.extract import read_here
from pipeline.extract.word.parts import STRICT_NAMES
from pipeline.models import Block, BlockKind, Document, DocumentKind

FIXTURES = Path(__file__).parent / "fixtures"
# What LibreOffice 7.4 made of `an_odd_report`: it renames styles, renumbers lists and writes its own table marks.
LIBREOFFICE = FIXTURES / "written-by-libreoffice.docx"


def _wide(text: str, width: int = 3000, properties: str = "") -> str:
    return cell(text, properties=f'<w:tcW w:w="{width}" w:type="dxa"/>{properties}')


def an_odd_report() -> bytes:
    """An invented report with a little of everything."""
    listed = numbering({
        1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)"),
        2: level(0, "bullet", "•", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>')
        + level(1, "bullet", "–", '<w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr>'),
    })  # fmt: skip
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Kept by the housing association.")}</w:footnote></w:footnotes>'
    )
    spanish = run("no voy a volver", '<w:lang w:val="es-ES"/>')
    tracked = (
        f"<w:ins w:id='1' w:author='x'>{run(' twice')}</w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText> once</w:delText></w:r></w:del>"
    )
    letter = f"{run('She wrote ')}{spanish}{run(' in a letter')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('.')}"
    body = (
        paragraph("Overview Report", "Title")
        + numbered("Introduction", 1, 0, "Heading1")
        + numbered("The Panel met four times.", 1, 1)
        + numbered(f"{run('She rang')}{tracked}{run('.')}", 1, 1)
        + numbered("in May", 1, 2)
        + numbered("in June", 1, 2)
        + paragraph(letter)
        + numbered("Facts", 1, 0, "Heading1")
        + paragraph("I was never asked.", "Quote")
        + numbered("outer", 2) + numbered("inner", 2, 1) + numbered("outer again", 2)
        + table(
            '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>',
            row(_wide("Name"), _wide("Role"), _wide("Agency"), properties="<w:tblHeader/>"),
            row(_wide("Chair", 6000, '<w:gridSpan w:val="2"/>'), _wide("None")),
            row(_wide("Health", 3000, '<w:vMerge w:val="restart"/>'), _wide("Nurse"), _wide("Trust")),
            row(_wide("", 3000, "<w:vMerge/>"), _wide("Lead"), _wide("Trust")),
        )
        + paragraph(f"{run('Seen. ')}{run('Ottoline', '<w:vanish/>')}{run('Shown.')}")
    )  # fmt: skip
    return docx(body, {"numbering": listed, "footnotes": notes}, language="en-GB")


def _read(data: bytes) -> Document:
    return read_here(data, DocumentKind.OVERVIEW)


def _seen(document: Document) -> list[Block]:
    return list(document.blocks)


def test_what_libreoffice_writes_is_the_same_report() -> None:
    ours, theirs = _read(an_odd_report()), _read(LIBREOFFICE.read_bytes())
    assert _seen(theirs) == _seen(ours)
    assert [b.kind for b in ours.blocks].count(BlockKind.LIST_ITEM) == 5
    assert {n.code for n in theirs.notices} >= {"hidden_text", "tracked_deletion", "tracked_insertion"}


@pytest.mark.parametrize("name", ["d3-summary.docx", "d4-overview.docx"])
def test_the_strict_form_of_the_standard_is_read_alike(name: str) -> None:
    usual = (FIXTURES / name).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            for strict, transitional in STRICT_NAMES:
                content = content.replace(b"http://schemas.openxmlformats.org/" + transitional, strict)
            new.writestr(part, content)
    assert b"purl.oclc.org" in out.getvalue()
    assert _read(out.getvalue()).blocks == _read(usual).blocks
    assert _read(out.getvalue()).notices == _read(usual).notices
