"""The texts of a PDF for the verifier: what its pages show, and every string of every object of it."""

from __future__ import annotations

import io
import itertools
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.readings import decoded


def pdf_texts(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    """(where, text, exact) of everything in a PDF. Raises DamagedFile where it cannot be read."""
    yield from _pages(name, data)
    yield from _objects(name, data)


def _pages(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name) from error
    texts = [text.replace("\r\n", "\n").replace("\ufffe", "-\n") for text in texts]
    for number, text in enumerate(texts, start=1):
        yield f"page {number}", text, True
    for number, (before, after) in enumerate(itertools.pairwise(texts), start=1):
        yield f"pages {number} and {number + 1}", before[-200:] + "\n" + after[:200], True


def _unreadable(name: str) -> DamagedFile:
    return DamagedFile(f"{name} cannot be read as a PDF and so cannot be verified.", "Make the file again.")


def _objects(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    """Every string of every object: properties, outline, alternative texts, named places, notes, XMP metadata."""
    import pypdf
    from pypdf.errors import PyPdfError
    from pypdf.generic import StreamObject

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        numbers = {n for table in reader.xref.values() for n in table} | set(reader.xref_objStm)
        for number in sorted(numbers):
            item = reader.get_object(number)
            for path, text in _strings(item):
                yield f"object {number}{path}", text, True
            if isinstance(item, StreamObject) and item.get("/Type") in ("/Metadata", "/EmbeddedFile"):
                yield f"object {number}, its metadata", _metadata(item.get_data()), True
        for page, inner in enumerate(reader.pages, start=1):
            yield f"page {page}", inner.extract_text(), True
    except (PyPdfError, ValueError, KeyError, zlib.error) as error:
        raise _unreadable(name) from error


# Words of the format itself, some of which are surnames. Only as names of PDF objects, never in strings.
_WORDS = frozenset(
    """Annot Annots Author BackgroundColor BaseFont BaselineShift Block BlockQuote Border BorderColor BorderStyle
    BorderThickness CapHeight Catalog Circle ColSpan ColorSpace Column Contents Count CreationDate Creator Datetime
    Decimal DescendantFonts Dest Direction DisplayDocTitle Document Encoding Filter First Flags FlateDecode Font
    FontDescriptor FontName Headers Identity ItalicAngle Keywords Kids Lang Last Layout LineHeight Link List
    ListNumbering MarkInfo Marked Metadata Names Next None Note Nums Ordering Outlines Page Pages Parent ParentTree
    ParentTreeNextKey Part Placement Prev Producer Range Rect Registry Resources RoleMap Root RowSpan Scope Size Solid
    Span Strong StructElem StructParent StructParents StructTreeRoot Subtype Supplement Suspects Table Tabs Terms Text
    Title Type ViewerPreferences""".split()
)
_WHERE_TO = re.compile(r"page \d{1,4}")  # what the typesetter calls a link to a place in the file
_OWN_FONT = re.compile(r"[A-Z]{6}\+NotoSans-(?:Regular|Bold|SemiBold|Italic)")


def _strings(item: Any) -> Iterator[tuple[str, str]]:
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

    if isinstance(item, DictionaryObject):
        for key, value in item.items():
            if key not in ("/CIDSystemInfo", "/Parent"):
                for path, text in _strings(value if not hasattr(value, "idnum") else None):
                    yield f" {key}{path}", text
            yield from _name(" a name", str(key)[1:])
    elif isinstance(item, ArrayObject):
        for value in item:
            yield from _strings(value if not hasattr(value, "idnum") else None)
    elif isinstance(item, TextStringObject):
        if not _WHERE_TO.fullmatch(item):
            yield "", str(item)
    elif isinstance(item, ByteStringObject):
        yield "", bytes(item).decode("utf-8", "replace")
        yield "", bytes(item).decode("utf-16", "replace")
    elif isinstance(item, NameObject):
        yield from _name("", str(item)[1:])
    elif isinstance(item, str):
        yield "", decoded(item)


def _name(where: str, name: str) -> Iterator[tuple[str, str]]:
    if name not in _WORDS and not _OWN_FONT.fullmatch(name):
        yield where, decoded(name)


def _metadata(data: bytes) -> str:
    return re.sub(r'\bxml:lang="(?:x-default|[a-z]{2}(?:-[A-Z]{2})?)"', "", data.decode("utf-8", "replace"))
