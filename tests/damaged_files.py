"""Files damaged at random, with their structure in mind: what a fuzzer feeds to the readers.

Damage is done to the parts (a PDF's objects, a Word file's XML) before they are put together again, so that it gets
past the outermost checks; sometimes it is done to the whole file.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from drawn_pdf import Sheet, as_file, pdf
from lxml import etree

_FOLDER = Path(__file__).parent
_EXAMPLES = _FOLDER.parent / "examples"

_TOKEN = re.compile(rb"/[^\s/<>\[\](){}%]+|\d+ \d+ R|-?\d+(?:\.\d+)?|<<|>>|\[|\]|\((?:[^()\\]|\\.)*\)|[A-Za-z*'\"]+")
_ODD = (
    b"null", b"true", b"-1", b"0", b"1", b"2147483648", b"99999999999999999999", b"-0.0", b"1e9", b".", b"()",
    b"(\xfe\xff\xd8\x00)", b"<>", b"<FFFE>", b"[]", b"<< >>", b"[ [ [ ] ] ]", b"1 0 R", b"2 0 R", b"6 0 R", b"10 0 R",
    b"77 0 R", b"0 0 R", b"/", b"/#00", b"/Kids", b"/Type", b"/Page", b"/Form", b"/Image", b"/Identity-H", b"Do",
    b"BT", b"ET", b"q", b"Q", b"cm", b"Tf", b"Tm", b"Tj", b"TJ", b"re", b"f", b"BDC", b"EMC", b"BI", b"ID", b"EI",
    b"Tr", b"Tz", b"0 0 0 0 0 0 cm", b"1e-30 0 0 1e30 0 0 Tm", b"nan", b"<<", b">>", b"stream", b"endstream",
    b"endobj", b"%",
)  # fmt: skip
_TEXTS = (
    "", " ", "\u200b", "\u202e", "[^1]", "[^99999999999999999999]", "1.", "99999999999999999999.1", "(iv)",
    "A" * 3000, "\ufffd", "\u0130", "RESTRICTED", "……… 4", "a\tb", "\u00ad", "&#x41;", "<b>", "|", "٣.٤",
)  # fmt: skip
_VALUES = (
    "", "0", "1", "-1", "99", "32767", "99999999999", "true", "false", "none", "decimal", "bullet", "restart",
    "continue", "rId1", "rId999", "%1.%2.%9", "%", "Heading1", "begin", "separate", "end", "footnote", "1.5", "x",
    "auto",
)  # fmt: skip


def damaged_pdf(chance: Random) -> bytes:
    """A small or a real PDF after a few accidents."""
    parts, root = chance.choice(_pdf_seeds())()
    parts = dict(parts)
    for _ in range(chance.randint(1, 6)):
        number = chance.choice(sorted(parts))
        parts[number] = chance.choice(_ON_OBJECTS)(parts[number], chance)
        if chance.random() < 0.1:
            parts[number] = parts[chance.choice(sorted(parts))]
        if chance.random() < 0.05 and len(parts) > 1 and number != root:
            del parts[number]
    return _spoilt(as_file(parts, root), chance)


def damaged_docx(chance: Random) -> bytes:
    """A small or a real Word file after a few accidents."""
    parts = dict(chance.choice(_docx_seeds())())
    for _ in range(chance.randint(1, 5)):
        name = chance.choice(_likely(parts, chance))
        parts[name] = chance.choice(_ON_XML)(parts[name], chance)
        if chance.random() < 0.05:
            parts[chance.choice(sorted(parts))] = parts[name]
        if chance.random() < 0.05:
            del parts[name]
        if chance.random() < 0.05:
            parts[chance.choice(["word/extra.xml", "word/comments.xml", "a/../b.xml", "\u202e"])] = parts.get(
                name, b""
            )
        if not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return _spoilt(out.getvalue(), chance)


def _likely(parts: dict[str, bytes], chance: Random) -> Sequence[str]:
    """Mostly the text itself, sometimes any part."""
    body = [name for name in parts if re.fullmatch(r"word/(document|styles|numbering|footnotes)\.xml", name)]
    return body if body and chance.random() < 0.8 else sorted(parts)


def _spoilt(data: bytes, chance: Random) -> bytes:
    """In one of six cases the whole is damaged too: bytes changed, a piece lost or doubled, the end cut off."""
    if chance.random() > 1 / 6 or not data:
        return data
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    start = chance.randrange(len(spoilt))
    end = min(len(spoilt), start + chance.randint(0, 200))
    if chance.random() < 0.3:
        del spoilt[start:end]
    elif chance.random() < 0.3:
        spoilt[start:start] = spoilt[start:end]
    elif chance.random() < 0.3:
        del spoilt[start:]
        spoilt += b"\n%%EOF\n"
    return bytes(spoilt)


# PDF


@functools.cache
def _pdf_seeds() -> Sequence[Callable[[], tuple[dict[int, bytes], int]]]:
    return (_drawn, _drawn, _drawn, _tagged, functools.partial(_real, "d1-summary.pdf"))


@functools.cache
def _drawn() -> tuple[dict[int, bytes], int]:
    """Two pages with a table, a list, notes, a picture, a form and a layer, nothing packed."""
    words = ["4.1 The Panel heard from every agency that knew", "the family, and met on five occa-", "sions in 2019."]
    first = Sheet().text(72, 780, "1. Introduction", size=16, bold=True).paragraph(72, 740, words)
    first.grid([72, 200, 400], [500, 520, 540]).text(75, 525, "Agency").text(205, 525, "Role").text(75, 505, "Police")
    first.marked(72, 600, "as the report says", "1", "and more").text(72, 80, "1 A note on it.", size=8)
    first.turned("DRAFT", x=300, y=300, matrix="0.7 0.7 -0.7 0.7", size=40)
    first.operators.append("q /Fm0 Do 100 0 0 50 72 300 cm /Im0 Do Q")
    first.layer("L1", Sheet().text(72, 400, "A layer of its own"))
    second = Sheet().paragraph(72, 740, ["• First of a list", "• Second of it", *words]).text(300, 20, "Page 2 of 2")
    data = pdf(
        [first, second], packed=False, properties="/L1 10 0 R", information="/Author (Ottoline)",
        objects=["<< /Type /OCG /Name (Layer) >>"],
        catalogue="/OCProperties << /OCGs [10 0 R] /D << /ON [10 0 R] >> >> /Lang (en-GB)",
    )  # fmt: skip
    parts = _parts(data)
    parts[20] = _stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 500 800] /Resources << /Font << /F1 3 0 R >> >>",
        b"BT /F1 11 Tf 72 200 Td (Words in a form) Tj ET",
    )
    parts[21] = _stream(
        b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\0\x80\xff\x10",
    )
    for number, part in parts.items():
        if b"/Type /Page " in part:
            parts[number] = part.replace(b"/Resources <<", b"/Resources << /XObject << /Fm0 20 0 R /Im0 21 0 R >>", 1)
    return parts, 1


@functools.cache
def _tagged() -> tuple[dict[int, bytes], int]:
    content = b"/H1 << /MCID 0 >> BDC BT /F1 16 Tf 72 780 Td (1 Introduction) Tj ET EMC\n" + b"\n".join(
        b"/P << /MCID %d >> BDC BT /F1 11 Tf 72 %d Td (The Panel met and heard the family %d.) Tj ET EMC"
        % (i, 760 - 20 * i, i)
        for i in range(1, 9)
    )
    roles = ("H1", "P", "LI", "TD", "TH", "TD", "TD", "Note", "BlockQuote")
    leaves = {
        40 + i: b"<< /Type /StructElem /S /%s /P 30 0 R /Pg 6 0 R /K %d >>" % (role.encode(), i)
        for i, role in enumerate(roles)
    }
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 30 0 R >>",
        2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        5: b"<< >>",
        6: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /StructParents 0 "
           b"/Resources << /Font << /F1 3 0 R >> >> >>",
        7: _stream(b"", content),
        30: b"<< /Type /StructTreeRoot /K 31 0 R /RoleMap << /Foo /P >> >>",
        31: b"<< /S /Document /P 30 0 R /K [40 0 R 41 0 R 32 0 R 33 0 R 47 0 R 48 0 R] >>",
        32: b"<< /S /L /P 31 0 R /K [42 0 R] >>",
        33: b"<< /S /Table /P 31 0 R /K [34 0 R 35 0 R] >>",
        34: b"<< /S /TR /P 33 0 R /K [44 0 R 43 0 R] >>",
        35: b"<< /S /TR /P 33 0 R /K [45 0 R 46 0 R] >>",
        **leaves,
    }, 1  # fmt: skip


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def _parts(data: bytes) -> dict[int, bytes]:
    """The objects of a PDF drawn by hand."""
    found = re.finditer(rb"(?<!\d)(\d+) 0 obj\n(.*?)\nendobj\n", data, re.DOTALL)
    return {int(m[1]): m[2] for m in found}


@functools.cache
def _real(name: str) -> tuple[dict[int, bytes], int]:
    """The objects of a report, their streams unpacked."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(_EXAMPLES / name))
    parts = {}
    for number, item in enumerate(writer._objects, start=1):
        if item is None:
            continue
        if item.get("/Filter") == "/FlateDecode" and "/Length1" not in item and "/Width" not in item:
            content = zlib.decompress(item._data)
            del item["/Filter"]
            item._data = content
        out = io.BytesIO()
        item.write_to_stream(out)
        parts[number] = out.getvalue()
    return parts, writer._root_object.indirect_reference.idnum


def _swap_token(part: bytes, chance: Random) -> bytes:
    """One token becomes another, one of the same part or an odd one."""
    tokens = list(_TOKEN.finditer(part[:20_000]))
    if not tokens:
        return part
    token = chance.choice(tokens)
    other = chance.choice(tokens)[0] if chance.random() < 0.5 else chance.choice(_ODD)
    return part[: token.start()] + other + part[token.end() :]


def _drop_token(part: bytes, chance: Random) -> bytes:
    tokens = list(_TOKEN.finditer(part[:20_000]))
    if not tokens:
        return part
    token = chance.choice(tokens)
    return part[: token.start()] + part[token.end() :]


def _double_stretch(part: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(part) + 1)
    end = min(len(part), start + chance.randint(1, 120))
    place = chance.randrange(len(part) + 1)
    return part[:place] + part[start:end] * chance.choice([1, 1, 2, 50]) + part[place:]


def _change_bytes(part: bytes, chance: Random) -> bytes:
    changed = bytearray(part)
    for _ in range(min(len(changed), chance.randint(1, 4))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(part: bytes, chance: Random) -> bytes:
    return part[: chance.randrange(len(part) + 1)]


_ON_OBJECTS = (_swap_token, _swap_token, _swap_token, _drop_token, _double_stretch, _change_bytes, _cut)


# DOCX


@functools.cache
def _docx_seeds() -> Sequence[Callable[[], dict[str, bytes]]]:
    files = (_EXAMPLES / "d1-summary.docx", _FOLDER / "fixtures" / "d3-summary.docx")
    return tuple(functools.partial(_unzipped, path) for path in files)


@functools.cache
def _unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _on_tree(change: Callable[[list[etree._Element], Random], None]) -> Callable[[bytes, Random], bytes]:
    def changed(part: bytes, chance: Random) -> bytes:
        try:
            root = etree.fromstring(part)
        except etree.XMLSyntaxError:
            return _change_bytes(part, chance) if part else part
        elements = [element for element in root.iter() if isinstance(element.tag, str) and element is not root]
        if elements:
            change(elements, chance)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return changed


@_on_tree
def _remove_element(elements: list[etree._Element], chance: Random) -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


@_on_tree
def _move_element(elements: list[etree._Element], chance: Random) -> None:
    element, into = chance.choice(elements), chance.choice(elements)
    if element is not into and element not in into.iterancestors():
        into.insert(chance.randint(0, len(into)), element)


@_on_tree
def _copy_element(elements: list[etree._Element], chance: Random) -> None:
    text = etree.tostring(chance.choice(elements))
    if len(text) < 20_000:
        into = chance.choice(elements)
        for _ in range(chance.choice([1, 1, 3, 30])):
            into.insert(chance.randint(0, len(into)), etree.fromstring(text))


@_on_tree
def _nest_element(elements: list[etree._Element], chance: Random) -> None:
    element = chance.choice(elements)
    for _ in range(chance.choice([1, 5, 100])):
        inner = etree.SubElement(element, element.tag, dict(element.attrib))
        element = inner


@_on_tree
def _change_attribute(elements: list[etree._Element], chance: Random) -> None:
    holders = [element for element in elements if element.attrib]
    if not holders:
        return
    element = chance.choice(holders)
    name = chance.choice(sorted(element.attrib))
    if chance.random() < 0.2:
        del element.attrib[name]
    else:
        element.attrib[name] = chance.choice(_VALUES)


@_on_tree
def _change_tag(elements: list[etree._Element], chance: Random) -> None:
    chance.choice(elements).tag = chance.choice(elements).tag


@_on_tree
def _change_text(elements: list[etree._Element], chance: Random) -> None:
    holders = [element for element in elements if element.text and element.text.strip()]
    if holders:
        chance.choice(holders).text = chance.choice(_TEXTS)


_ON_XML = (_remove_element, _move_element, _copy_element, _nest_element, _change_attribute, _change_attribute,
           _change_tag, _change_text, _change_bytes)  # fmt: skip
