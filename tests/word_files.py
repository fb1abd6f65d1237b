"""Word documents written part by part, so that a test says exactly what is in the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache

from docx import Document as WordDocument

from pipeline.extract import read_here
from pipeline.models import Block, Document, DocumentKind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "unknown": "http://example.org/unknown",
}


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, style: str = "", properties: str = "", look: str = "") -> str:
    """`text` may be runs; `look` is for the properties of a run of plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = text if text.startswith("<") else run(text, look)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def numbered(text: str, number: int | str, level: int = 0, style: str = "", look: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, style, listed, look)


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """One level of a list; `more` is further elements, such as w:isLgl."""
    begin = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{begin}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(lists: Mapping[int, str], numbers: Mapping[int, tuple[int, str]] | None = None) -> str:
    """w:numbering: abstract lists by id (their levels), and numIds as (abstract id, overrides); each list is a numId
    of its own where nothing is said."""
    known = numbers or {key: (key, "") for key in lists}
    return (
        f'<w:numbering xmlns:w="{W}" xmlns:mc="{SPACES["mc"]}" xmlns:w14="{SPACES["w14"]}">'
        + "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in lists.items())
        + "".join(
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
            for key, (abstract, overrides) in known.items()
        )
        + "</w:numbering>"
    )


def cell(*lines: str, properties: str = "") -> str:
    inside = "".join(line if line.startswith("<w:") else paragraph(line) for line in lines)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(_as_cell, cells))}</w:tr>"


def _as_cell(content: str) -> str:
    return content if content.startswith(("<w:tc>", "<w:sdt>")) else cell(content)


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


@cache
def _template() -> bytes:
    blank = io.BytesIO()
    WordDocument().save(blank)
    return blank.getvalue()


def docx(body: str, parts: Mapping[str, str] | None = None, styles: str = "", language: str = "en-US") -> bytes:
    """A document of Word's standard template with this body.

    parts     "footnotes", "numbering", "header" and such -> their XML
    styles    w:style elements to add, or to put in the place of the template's
    language  of the template
    """
    parts = dict(parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_template())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = _document(content, body)
            elif name == "word/styles.xml":
                for style in re.findall(r'w:styleId="(\w+)"', styles):
                    content = re.sub(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', "", content, flags=re.S)
                content = content.replace('w:lang w:val="en-US"', f'w:lang w:val="{language}"')
                content = content.replace("</w:styles>", styles + "</w:styles>")
            elif name == "word/_rels/document.xml.rels":
                extra = "".join(
                    f'<Relationship Id="x{part}" Type="{RELATIONS}/{part}" Target="x{part}.xml"/>' for part in parts
                )
                for part in parts:
                    content = re.sub(rf'<Relationship [^>]*/{part}"[^>]*/>', "", content)
                content = content.replace("</Relationships>", extra + "</Relationships>")
            elif name == "[Content_Types].xml":
                main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
                extra = "".join(
                    f'<Override PartName="/word/x{part}.xml" ContentType="{main}.{part}+xml"/>' for part in parts
                )
                content = content.replace("</Types>", extra + "</Types>")
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        for part, content in parts.items():
            new.writestr(f"word/x{part}.xml", content)
    return out.getvalue()


def _document(template: str, body: str) -> str:
    head = re.search(r"<w:document[^>]*>", template)
    assert head
    more = "".join(f' xmlns:{p}="{uri}"' for p, uri in SPACES.items() if f"xmlns:{p}=" not in head[0])
    opened = head[0][:-1] + more + ">"
    return f"<?xml version='1.0' encoding='UTF-8'?>{opened}<w:body>{body}<w:sectPr/></w:body></w:document>"


def read(body: str, parts: Mapping[str, str] | None = None, styles: str = "") -> Document:
    return read_here(docx(body, parts, styles), DocumentKind.OVERVIEW)


def counts(document: Document) -> dict[str, int]:
    return {notice.code: notice.count for notice in document.notices if notice.code != "property"}


def items(document: Document, code: str) -> list[str]:
    return [item.text for notice in document.notices if notice.code == code for item in notice.items]


def seen(blocks: Sequence[Block]) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number, b.text) for b in blocks]
