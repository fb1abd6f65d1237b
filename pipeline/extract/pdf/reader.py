"""A PDF as blocks: its structure and safety by pypdf, its text by PDFium."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.detect.lookalikes import mixed
from pipeline.errors import DamagedFile, NoText
from pipeline.extract.assemble import Reading
from pipeline.extract.breakage import refused
from pipeline.extract.normalise import unreadable_share
from pipeline.extract.ocr.doubts import note
from pipeline.extract.ocr.pages import take_recognised
from pipeline.extract.ocr.scans import refuse_scans
from pipeline.extract.pdf.layout.watermarks import take_watermarks
from pipeline.extract.pdf.note_marks import tied
from pipeline.extract.pdf.page.glyphs import Page, read_pages
from pipeline.extract.pdf.page.runs import text_of
from pipeline.extract.pdf.safety import security as pdf_security
from pipeline.extract.pdf.safety import streams as pdf_streams
from pipeline.extract.pdf.safety.hidden import refuse_hidden
from pipeline.extract.pdf.safety.objects import dictionary, items
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.models import BlockKind

_LEAST_LETTERS_A_PAGE = 8  # fewer on average is a scan with a stamp on it
_MOST_UNREADABLE = 0.02
_SOURCE = "Take in the original Word file, or a PDF exported from it."


def read_pdf(data: bytes, recognised: Path | None = None) -> Reading:
    """Blocks of a PDF.

    recognised  the folder with what character recognition read on the pages that are scans
    Raises the family of UnreadableFile.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings may quote the file
    with refused("PDF"):
        pdf_streams.check(data)
        reader = pdf_security.open_pdf(data)
        beside = pdf_security.check(reader)
        left_out = beside.left_out
        pages = read_pages(data, _hidden_layers(reader))
        if len(pages) != len(reader.pages):
            raise DamagedFile("The PDF is damaged: its pages cannot be counted.", SAVE_AGAIN)
    doubts = take_recognised(pages, recognised) if recognised else None
    refuse_scans(pages)
    refuse_hidden(pages)
    watermarks = take_watermarks(pages)
    reading = _read(reader, pages)
    left_out["hidden_text"] += sum(page.hidden > 0 for page in pages)
    shown = sum(block.kind is BlockKind.PICTURE for block in reading.blocks)
    left_out["image"] += shown
    left_out["decoration"] += max(0, sum(len(page.pictures) for page in pages) - shown)
    reading.left_out.update(left_out)
    for page in (page for page in pages if page.blank):
        reading.leave_out("blank_page", f"page {page.index + 1}", page.index + 1)
    for watermark in watermarks:
        reading.leave_out("watermark", watermark.text, watermark.page)
    for page in pages:
        for word in mixed(text_of(page.runs)):
            reading.leave_out("lookalike", word, page.index + 1)
    if beside.comments:
        reading.items["comment"] = {"": beside.comments}
    reading.pages = len(pages)
    reading.blocks = tied(reading.blocks)
    if doubts is not None:
        note(reading, doubts)
    return reading


def _hidden_layers(reader: Any) -> frozenset[str]:
    """Names of the layers that are switched off when the file is opened."""
    layers = dictionary(dictionary(reader.trailer, "/Root"), "/OCProperties")
    settings = dictionary(layers, "/D")
    everything = list(_dictionaries(layers, "/OCGs"))
    off = everything if settings.get("/BaseState") == "/OFF" else list(_dictionaries(settings, "/OFF"))
    on = {str(layer.get("/Name")) for layer in _dictionaries(settings, "/ON")} if off is everything else set()
    return frozenset(str(layer.get("/Name")) for layer in off) - on


def _dictionaries(holder: Any, key: str) -> Iterable[Any]:
    return (item for item in items(holder, key) if isinstance(item, dict))


def _read(reader: Any, pages: Sequence[Page]) -> Reading:
    from pipeline.extract.pdf.layout.reader import read_layout
    from pipeline.extract.pdf.tags.reader import is_complete, read_tagged
    from pipeline.extract.pdf.tags.structure import read_tree

    text = "".join(run.text for page in pages for run in page.runs)
    if sum(c.isalnum() for c in text) < _LEAST_LETTERS_A_PAGE * len(pages):
        hidden = any(page.hidden for page in pages)
        raise NoText(
            "The PDF has no text that its pages show: it is a scan"
            + (", and what a scanner's software guessed is not trusted." if hidden else "."),
            _SOURCE,
        )
    share = unreadable_share(text)
    if share > _MOST_UNREADABLE:
        raise NoText("The letters of the PDF have no meaning that a program can read.", _SOURCE)
    with refused("PDF"):
        tree = read_tree(reader)
    tagged = tree is not None and is_complete(tree, pages)
    reading = read_tagged(tree, pages) if tagged and tree is not None else read_layout(pages)
    reading.left_out["unreadable_character"] += round(share * sum(not c.isspace() for c in text))
    return reading
