"""The parts of a Word document beside its text, and what is counted of them: comments, properties, embedded files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.extract.assemble import Reading
from pipeline.extract.word.xml import all_of

_STRICT = b"http://purl.oclc.org/ooxml/"
# Strict documents (ISO/IEC 29500) use other names for the same things.
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"http://purl.oclc.org/ooxml/officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"drawingml/2006/"),
)
_TELLING = {"creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category", "contentStatus",
            "Company", "Manager", "HyperlinkBase", "property"}  # fmt: skip
_EMBEDDED = re.compile(r"/word/(?:embeddings|activeX)/|/word/afchunk", re.IGNORECASE)


def open_package(data: bytes) -> Any:
    """The opened document (python-docx). Raises the errors of that library."""
    from docx import Document as open_docx

    return open_docx(io.BytesIO(_transitional(data)))


def _transitional(data: bytes) -> bytes:
    """A strict document with the names that Word's own format has."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _STRICT not in archive.read("_rels/.rels"):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for info in archive.infolist():
                content = archive.read(info)
                if info.filename.endswith((".xml", ".rels", ".vml")):
                    for strict, usual in STRICT_NAMES:
                        content = content.replace(strict, b"http://schemas.openxmlformats.org/" + usual)
                new.writestr(info.filename, content)
        return out.getvalue()


def related(part: Any, name: str) -> Iterator[Any]:
    """The root elements of related parts of one kind: "styles", "numbering", "footnotes", "header" ..."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] == name:
            yield root_of(relation.target_part)


def one_related(part: Any, name: str) -> Any:
    return next(related(part, name), None)


def root_of(part: Any) -> Any:
    from lxml import etree

    element = getattr(part, "element", None)
    if element is not None:
        return element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def count_parts(part: Any, reading: Reading, running_text: Callable[[Any], None]) -> None:
    """Counts what is never read; `running_text` is given the root of each header and footer."""
    reading.left_out["comment"] += sum(1 for root in related(part, "comments") for _ in all_of(root, "comment"))
    for kind in ("header", "footer"):
        for root in related(part, kind):
            running_text(root)
    for other in part.package.iter_parts():
        name = str(other.partname)
        if _EMBEDDED.match(name):
            reading.leave_out("attachment")
        elif re.match(r"/docProps/(core|app|custom)\.xml$", name):
            reading.left_out["property"] += _properties(root_of(other))
        elif re.match(r"/_xmlsignatures/sig\d*\.xml$", name):
            reading.leave_out("signature")


def _properties(root: Any) -> int:
    return sum(
        1
        for element in root.iter()
        if isinstance(element.tag, str)
        and element.tag.rsplit("}", 1)[-1] in _TELLING
        and "".join(element.itertext()).strip()
    )
