"""A PDF as blocks: its structure and safety by pypdf, its text by PDFium."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import DamagedFile, EncryptedFile, NoText, TooLarge
from pipeline.extract.assemble import Reading, marks_in
from pipeline.extract.normalise import unreadable_share
from pipeline.extract.pdf_glyphs import MAX_PAGES, Page, read_pages
from pipeline.extract.pdf_hidden import refuse_hidden
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.models import Block, BlockKind

_MAX_CONTENT = 40 * 2**20  # bytes of one page's content when unpacked
_MAX_TOTAL = 300 * 2**20
_LEAST_LETTERS_A_PAGE = 8  # fewer on average is a scan with a stamp on it
_MOST_UNREADABLE = 0.02
_NOTE = re.compile(r"\[\^(\d{1,3})\]\s*")
_SOURCE = "Take in the original Word file, or a PDF exported from it."


def read_pdf(data: bytes) -> Reading:
    """Blocks of a PDF.

    Raises EncryptedFile, DamagedFile, NoText (a scan, or letters without meaning) or TooLarge.
    """
    import pypdfium2 as pdfium
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings may quote the file
    try:
        reader = _open(data)
        _check_content(reader)
        left_out = _count(reader)
        pages = read_pages(data, _hidden_layers(reader))
        if len(pages) != len(reader.pages):
            raise DamagedFile("The PDF is damaged: its pages cannot be counted.", SAVE_AGAIN)
        refuse_hidden(pages)
        reading = _read(reader, pages)
    except (
        PyPdfError, pdfium.PdfiumError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
        RecursionError, OverflowError, zlib.error, NotImplementedError,
    ) as error:  # fmt: skip
        raise DamagedFile("The PDF is damaged: its structure cannot be read.", SAVE_AGAIN) from error
    left_out["hidden_text"] += sum(page.hidden > 0 for page in pages)
    left_out["running_header_footer"] += any(page.turned for page in pages)
    left_out["blank_page"] += sum(page.blank for page in pages)
    left_out["image"] += sum(len(page.pictures) for page in pages)
    reading.left_out.update(left_out)
    reading.pages = len(pages)
    reading.blocks = _tied(reading)
    return reading


def _open(data: bytes) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise EncryptedFile(
            "The PDF is encrypted or protected by a password.", "Save a copy without protection, and take that in."
        )
    count = len(reader.pages)
    if not count:
        raise NoText("The PDF has no pages.", _SOURCE)
    if count > MAX_PAGES:
        raise TooLarge(f"The PDF has more than {MAX_PAGES} pages.", "Take in the report without its annexes.")
    return reader


def _check_content(reader: Any) -> None:
    """Every page's content unpacks whole and within bounds; the libraries themselves pass over what is broken."""
    total = 0
    for page in reader.pages:
        contents = page.get("/Contents")
        contents = contents.get_object() if contents is not None else []
        for item in contents if isinstance(contents, list) else [contents]:
            stream = item.get_object()
            filters = stream.get("/Filter", [])
            filters = filters if isinstance(filters, list) else [filters]
            if filters == ["/FlateDecode"]:
                total += _unpacked_size(stream._data)
            else:
                total += len(stream.get_data())
            if total > _MAX_TOTAL:
                raise TooLarge("The PDF unpacks to far more than a report needs.", SAVE_AGAIN)


def _unpacked_size(packed: bytes) -> int:
    unpacker = zlib.decompressobj()
    size = 0
    rest = packed
    while rest and not unpacker.eof:
        size += len(unpacker.decompress(rest, 2**20))
        rest = unpacker.unconsumed_tail
        if size > _MAX_CONTENT:
            raise TooLarge("A page of the PDF unpacks to far more than a page needs.", SAVE_AGAIN)
    if not unpacker.eof:
        raise DamagedFile("The PDF is damaged: the content of a page is cut off.", SAVE_AGAIN)
    return size


def _count(reader: Any) -> Counter[str]:
    """What the file carries beside its pages."""
    left_out: Counter[str] = Counter()
    catalogue = reader.trailer["/Root"]
    made_by = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}
    information = reader.trailer.get("/Info")
    information = information.get_object() if information is not None else {}
    left_out["property"] += sum(1 for key, value in information.items() if key not in made_by and str(value).strip())
    left_out["property"] += "/Metadata" in catalogue
    names = catalogue.get("/Names")
    names = names.get_object() if names is not None else {}
    left_out["attachment"] += _count_names(names.get("/EmbeddedFiles"), 0)
    kinds: Counter[str] = Counter()
    for page in reader.pages:
        for annotation in _objects(page.get("/Annots")):
            kinds[str(annotation.get("/Subtype"))] += 1
    left_out["attachment"] += kinds["/FileAttachment"]
    left_out["form_field"] += kinds["/Widget"]
    ignored = {"/Link", "/Widget", "/FileAttachment", "/Popup", "/PrinterMark", "/TrapNet"}
    left_out["comment"] += sum(count for kind, count in kinds.items() if kind not in ignored)
    return left_out


def _count_names(tree: Any, depth: int) -> int:
    if tree is None or depth > 20:
        return 0
    node = tree.get_object()
    own = len(node.get("/Names", [])) // 2
    return own + sum(_count_names(kid, depth + 1) for kid in node.get("/Kids", []))


def _objects(value: Any) -> Iterable[Any]:
    if value is None:
        return
    for item in value.get_object():
        found = item.get_object()
        if isinstance(found, dict):
            yield found


def _hidden_layers(reader: Any) -> frozenset[str]:
    """Names of the layers that are switched off when the file is opened."""
    layers = reader.trailer["/Root"].get("/OCProperties")
    if layers is None:
        return frozenset()
    settings = layers.get_object().get("/D")
    settings = settings.get_object() if settings is not None else {}
    everything = list(_objects(layers.get_object().get("/OCGs")))
    off = everything if settings.get("/BaseState") == "/OFF" else list(_objects(settings.get("/OFF")))
    on = {str(layer.get("/Name")) for layer in _objects(settings.get("/ON"))} if off is everything else set()
    return frozenset(str(layer.get("/Name")) for layer in off) - on


def _read(reader: Any, pages: Sequence[Page]) -> Reading:
    from pipeline.extract.pdf_layout import read_layout
    from pipeline.extract.pdf_structure import read_tree
    from pipeline.extract.pdf_tags import is_complete, read_tagged

    text = "".join(g.char for page in pages for g in page.glyphs)
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
    tree = read_tree(reader)
    tagged = tree is not None and is_complete(tree, pages)
    reading = read_tagged(tree, pages) if tagged and tree is not None else read_layout(pages)
    reading.left_out["unreadable_character"] += round(share * sum(not c.isspace() for c in text))
    return reading


def _tied(reading: Reading) -> list[Block]:
    """Footnotes tied to their marks: a raised figure without a note is a figure again; each note is read once.

    Where each page starts again at 1, notes are numbered through in the order in which they stand.
    """
    blocks = _notes_without_tag(reading.blocks)
    notes = [b for b in blocks if b.kind is BlockKind.FOOTNOTE]
    body = [b for b in blocks if b.kind is not BlockKind.FOOTNOTE]
    numbers = [n.number for n in notes]
    if len(set(numbers)) < len(numbers):
        return _renumbered(body, notes)
    known = set(numbers)
    called = set(marks_in(body))
    plain = [
        replace(
            b, text=_unmarked(b.text, known), rows=tuple(tuple(_unmarked(c, known) for c in row) for row in b.rows)
        )
        for b in body
    ]
    lost = [
        replace(n, kind=BlockKind.PARAGRAPH, text=f"{n.number} {n.text}", number="")
        for n in notes
        if n.number not in called
    ]
    return [*plain, *lost, *(n for n in notes if n.number in called)]


def _notes_without_tag(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that begin with the raised figure of a mark made before them are footnotes, whatever their tag."""
    called: set[str] = set()
    result = []
    for block in blocks:
        found = _NOTE.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if found and found[1] in called:
            result.append(replace(block, kind=BlockKind.FOOTNOTE, text=block.text[found.end() :], number=found[1]))
        else:
            called.update(marks_in([block]))
            result.append(block)
    return result


def _unmarked(text: str, known: set[str]) -> str:
    return re.sub(r"\[\^(\d+)\]", lambda m: m[0] if m[1] in known else m[1], text)


def _renumbered(body: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    waiting = list(enumerate(notes, 1))
    number: dict[int, int] = {}

    def take(page: int | None, mark: str) -> str:
        for index, (place, note) in enumerate(waiting):
            if note.number == mark and (page is None or note.page is None or abs(note.page - page) <= 1):
                del waiting[index]
                number[place] = len(number) + 1
                return f"[^{number[place]}]"
        return mark

    def again(text: str, page: int | None) -> str:
        return re.sub(r"\[\^(\d+)\]", lambda m: take(page, m[1]), text)

    tied = [
        replace(b, text=again(b.text, b.page), rows=tuple(tuple(again(c, b.page) for c in row) for row in b.rows))
        for b in body
    ]
    found = [replace(note, number=str(number[place])) for place, note in enumerate(notes, 1) if place in number]
    lost = [replace(n, kind=BlockKind.PARAGRAPH, text=f"{n.number} {n.text}", number="") for _, n in waiting]
    return [*tied, *lost, *found]
