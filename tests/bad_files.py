"""Files that must not be taken in, each built from a small whole one, and the error that each must meet.

The person and the words in them are invented; no refusal may repeat any of them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from docx import Document as WordDocument
from drawn_pdf import Sheet, as_file, pdf

from pipeline import errors

WORDS = ("The Panel met on five occasions and heard", "from every agency that knew Ottoline Quaverly.")
SECRETS = ("Ottoline", "Quaverly", "ottoline", "occasions", "agency")
GIGABYTE = 2**30
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Bad(NamedTuple):
    make: Callable[[], bytes]
    error: type[errors.UnreadableFile]


# Whole files


def word(*paragraphs: str, heading: str = "Overview Report") -> bytes:
    document = WordDocument()
    document.add_heading(heading, 1)
    for paragraph in paragraphs or WORDS:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def drawn(**options: object) -> bytes:
    return pdf([Sheet().paragraph(72, 700, WORDS)], **options)  # type: ignore[arg-type]


def made(
    *objects: str | bytes, page: str = "", catalogue: str = "", resources: str = "", content: bytes = b"",
    contents: str = "7 0 R", pages: str = "",
) -> bytes:  # fmt: skip
    """A PDF of one page (object 6), its content (7), and further objects from number 10 on."""
    drawing = "\n".join(Sheet().paragraph(72, 700, WORDS).operators).encode() + b"\n" + content
    parts: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        2: f"<< /Type /Pages {pages or '/Kids [6 0 R] /Count 1'} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        5: b"<< >>",
        6: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> {page} >>"
        ).encode(),
        7: stream(drawing),
    }
    parts |= {10 + i: o if isinstance(o, bytes) else o.encode("latin-1") for i, o in enumerate(objects)}
    return as_file(parts)


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


# Bombs


def zeros(size: int, wrapped: bool = True) -> bytes:
    """What deflates from `size` zero bytes, without ever having them: the same block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packer.compress(bytes(2**20))
    block = packer.flush(zlib.Z_FULL_FLUSH)
    if not block:
        raise AssertionError("nothing was packed")
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = block * (size // 2**20) + zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    check = (size % 65521) << 16 | 1  # Adler-32 of nothing but zeros
    return b"\x78\xda" + body + struct.pack(">I", check) if wrapped else body


def inflating(entries: str = "", size: int = 4 * GIGABYTE) -> bytes:
    return stream(zeros(size), f"/Filter /FlateDecode {entries}")


def _twice_packed() -> bytes:
    return stream(zlib.compress(zeros(4 * GIGABYTE)), "/Filter [/FlateDecode /FlateDecode]")


def _hexadecimal_and_packed() -> bytes:
    return stream(zeros(GIGABYTE).hex().encode() + b">", "/Filter [/ASCIIHexDecode /Fl#61teDecode]")


def _run_lengths() -> bytes:
    return stream(b"\x81 " * 2**20 + b"\x80", "/Filter /RunLengthDecode")


def _lzw() -> bytes:
    """Codes for ever longer runs of one letter: a few kilobytes for every eight megabytes."""
    bits = ""
    for turn in range(7):
        bits += f"{256:0{12 if turn else 9}b}{65:09b}"
        for code in range(258, 4096):
            bits += f"{code:0{min(12, (code + 1).bit_length())}b}"
    bits += "0" * (-len(bits) % 8)
    return stream(int(bits, 2).to_bytes(len(bits) // 8, "big"), "/Filter /LZWDecode")


def _with_xref_stream(data: bytes) -> bytes:
    """A PDF whose list of objects is itself a stream."""
    whole = made()
    start = whole.index(b"xref\n")
    entries = "/Type /XRef /W [1 4 2] /Size 20 /Root 1 0 R /Filter /FlateDecode"
    return whole[:start] + b"19 0 obj\n" + stream(data, entries) + f"\nendobj\nstartxref\n{start}\n%%EOF\n".encode()


def _forms_within_forms() -> bytes:
    """Twenty forms, each of which draws the next one ten times."""
    forms = [
        stream(b"/Next Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
               f"/Resources << /XObject << /Next {11 + i} 0 R >> >>")
        for i in range(15)
    ]  # fmt: skip
    last = stream(b"0 0 m", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return made(*forms, last, resources="/XObject << /First 10 0 R >>", content=b"/First Do")


def _picture(width: int, height: int) -> bytes:
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 1"
    return made(stream(b"\0", entries), resources="/XObject << /Big 10 0 R >>", content=b"/Big Do")


# Archives


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changes.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def retyped(old: str, new: str) -> bytes:
    types = part(word(), "[Content_Types].xml").replace(old.encode(), new.encode())
    return repacked(word(), {"[Content_Types].xml": types})


def archive(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


class Member(NamedTuple):
    """A part of an archive written by hand: what is packed, and what the directory says of it."""

    name: str
    packed: bytes
    size: int
    crc: int = 0


def by_hand(members: Sequence[Member], shared: bool = False) -> bytes:
    """An archive as its directory describes it; `shared`: all members but the first lie in the same place."""
    out, directory, place = bytearray(), bytearray(), 0
    for index, m in enumerate(members):
        name = m.name.encode()
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, m.crc, len(m.packed), m.size, len(name), 0)
        if not shared or index < 2:
            place = len(out)
            out += b"PK\x03\x04" + fields + name + m.packed
        directory += b"PK\x01\x02\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, place) + name
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def _types() -> Member:
    plain = part(word(), "[Content_Types].xml")
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member("[Content_Types].xml", packer.compress(plain) + packer.flush(), len(plain), zlib.crc32(plain))


def _zip_bomb(size: int, says: int) -> bytes:
    return by_hand([_types(), Member("word/document.xml", zeros(size, wrapped=False), says)])


def _many_media() -> bytes:
    packed = zeros(30 * 2**20, wrapped=False)
    return by_hand([_types(), *(Member(f"word/media/{i}.bmp", packed, 30 * 2**20) for i in range(50))])


def _overlapping() -> bytes:
    packed = zeros(4 * 2**20, wrapped=False)
    return by_hand([_types(), *(Member(f"word/media/{i}.bmp", packed, 4 * 2**20) for i in range(40))], shared=True)


def _many_parts(count: int) -> bytes:
    return by_hand([_types(), *(Member(f"word/{i}.bin", b"\3\0", 0) for i in range(count))])


def _bomb_within() -> bytes:
    inner = by_hand([Member("xl/media/1.bmp", zeros(GIGABYTE, wrapped=False), GIGABYTE)])
    return repacked(word(), {"word/embeddings/book.xlsx": inner})


def _archives_within_archives() -> bytes:
    inner = archive({"a.txt": b"Ottoline"})
    for depth in range(6):
        inner = archive({f"{depth}.zip": inner})
    return repacked(word(), {"word/embeddings/parts.zip": inner})


def _declaring(declaration: str, encoding: str = "utf-8", name: str = "word/document.xml") -> bytes:
    text = part(word(), name).decode()
    body = text.split("?>", 1)[1] if text.startswith("<?xml") else text
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    written = "utf-8" if encoding == "utf-7" else encoding
    return repacked(word(), {name: (head + declaration + body).encode(written)})


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


# OLE files: old Office documents, encrypted new ones, saved messages


def ole(*streams: str) -> bytes:
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return OLE + bytes(504) + directory + "Ottoline Quaverly".encode("utf-16-le") + bytes(2048)


# Protection, loops, pages


def encrypted(user: str, owner: str, algorithm: str = "AES-256") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn())))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _cut_content() -> bytes:
    whole = drawn()
    start = whole.index(b"stream\n") + 7
    return whole[: start + 40] + b"\0" * 20 + whole[start + 60 :]


def _earlier_list_is_itself() -> bytes:
    whole = made()
    return whole.replace(b"/Size", b"/Prev %d /Size" % whole.index(b"xref\n"))


def many_pages(count: int) -> bytes:
    resources = "/Resources << /Font << /F1 3 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R {resources} >>"
    kids = " ".join(f"{10 + i} 0 R" for i in range(count))
    return made(*[page] * count, pages=f"/Kids [{kids}] /Count {count}")


def _tree_of_pages() -> bytes:
    """Sixteen to the power of four pages, of which the file holds sixteen; each level says the next again."""
    kids = "/Kids [" + "{n} 0 R " * 16 + "]"
    nodes = [f"<< /Type /Pages {kids.format(n=11 + i)} /Count 65536 >>" for i in range(4)]
    return made(*nodes, "<< /Type /Page /MediaBox [0 0 9 9] >>", pages="/Kids [10 0 R] /Count 1")


def _calling_itself() -> bytes:
    resources = "/Resources << /XObject << /Self 10 0 R >> >>"
    form = stream(b"/Self Do", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}")
    return made(form, resources="/XObject << /Self 10 0 R >>", content=b"/Self Do")


# Annotations, actions, fields

BOX = "/Type /Annot /Rect [100 100 300 130]"
SAYS = "/Contents (Ask Ottoline Quaverly)"


def annotated(*annotations: str | bytes) -> bytes:
    return made(*annotations, page="/Annots [" + " ".join(f"{10 + i} 0 R" for i in range(len(annotations))) + "]")


def looking(subtype: str, drawing: bytes = b"BT /F1 9 Tf (Ottoline) Tj ET") -> bytes:
    """A page with one annotation that has a look of its own."""
    look = stream(drawing, "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 3 0 R >> >>")
    return made(f"<< {BOX} /Subtype /{subtype} /AP << /N 11 0 R >> >>", look, page="/Annots [10 0 R]")


def filled(entries: str) -> bytes:
    return made(f"<< {BOX} /Subtype /Widget /T (ottoline) {entries} >>", page="/Annots [10 0 R]",
                catalogue="/AcroForm << /Fields [10 0 R] >>")  # fmt: skip


FILE = ("<< /Type /Filespec /F (ottoline.txt) /EF << /F 11 0 R >> >>", stream(b"Ottoline", "/Type /EmbeddedFile"))
SCRIPT = "<< /S /JavaScript /JS (app.alert\\('Ottoline'\\)) >>"

BAD: dict[str, Bad] = {
    # what it is
    "zero bytes": Bad(lambda: b"", errors.EmptyFile),
    "nothing but zeros": Bad(lambda: b"\0" * 4096, errors.EmptyFile),
    "more than 60 MB": Bad(lambda: drawn() + bytes(61 * 2**20), errors.TooLarge),
    "plain text called a report": Bad(lambda: b"Ottoline Quaverly, as text." * 40, errors.NotPdfOrDocx),
    "rich text": Bad(lambda: b"{\\rtf1 Ottoline}", errors.NotPdfOrDocx),
    "a PNG": Bad(lambda: b"\x89PNG\r\n\x1a\n" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "a JPEG": Bad(lambda: b"\xff\xd8\xff\xe0" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "a TIFF": Bad(lambda: b"II*\0" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "a web page": Bad(lambda: b"<!doctype html><p>Ottoline", errors.NotPdfOrDocx),
    "an e-mail": Bad(lambda: b"From: o@example.org\r\nSubject: Ottoline\r\n\r\nHello", errors.NotPdfOrDocx),
    "a saved Outlook message": Bad(lambda: ole("__properties_version1.0", "WordDocument"), errors.NotPdfOrDocx),
    "an XML file": Bad(lambda: b"<?xml version='1.0'?><w>Ottoline</w>", errors.NotPdfOrDocx),
    "a WordPerfect file": Bad(lambda: b"\xffWPC" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "a program": Bad(lambda: b"MZ" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "bytes of no kind": Bad(lambda: bytes(range(1, 256)) * 9, errors.NotPdfOrDocx),
    "an archive": Bad(lambda: archive({"ottoline.txt": b"Ottoline"}), errors.NotPdfOrDocx),
    "an empty archive": Bad(lambda: archive({}), errors.NotPdfOrDocx),
    "a 7z archive": Bad(lambda: b"7z\xbc\xaf'\x1c" + b"\0\1" * 200, errors.NotPdfOrDocx),
    "an OpenDocument text": Bad(
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        errors.NotPdfOrDocx,
    ),
    "an e-book": Bad(lambda: archive({"mimetype": b"application/epub+zip"}), errors.NotPdfOrDocx),
    "a Pages document": Bad(lambda: archive({"Index/Document.iwa": b"Ottoline"}), errors.NotPdfOrDocx),
    "a spreadsheet": Bad(
        lambda: retyped("wordprocessingml.document.main", "spreadsheetml.sheet.main"), errors.NotPdfOrDocx
    ),
    "a presentation": Bad(
        lambda: retyped("wordprocessingml.document.main", "presentationml.presentation.main"), errors.NotPdfOrDocx
    ),
    "a Word template": Bad(
        lambda: retyped("wordprocessingml.document.main", "wordprocessingml.template.main"), errors.NotPdfOrDocx
    ),
    "an old spreadsheet": Bad(lambda: ole("Workbook"), errors.NotPdfOrDocx),
    "an old Office file": Bad(lambda: ole("CONTENTS"), errors.NotPdfOrDocx),
    "an old Word file": Bad(lambda: ole("1Table", "WordDocument"), errors.OldWordFile),
    "macros": Bad(
        lambda: retyped(_WORD_MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml"), errors.MacrosInFile
    ),
    # protected
    "a PDF with a password": Bad(lambda: encrypted("open sesame", "owner"), errors.EncryptedFile),
    "a PDF that may not be copied from": Bad(lambda: encrypted("", "owner"), errors.ProtectedPdf),
    "an encrypted Word file": Bad(lambda: ole("EncryptionInfo", "EncryptedPackage"), errors.ProtectedWordFile),
    # damaged
    "a Word file cut off": Bad(lambda: word()[:-400], errors.DamagedFile),
    "a Word file with broken XML": Bad(
        lambda: repacked(word(), {"word/document.xml": b"<w:document"}), errors.DamagedFile
    ),
    "a Word file with two parts of one name": Bad(
        lambda: by_hand([_types(), *[Member("word/document.xml", b"\3\0", 0)] * 2]), errors.DamagedFile
    ),
    "a PDF cut off": Bad(lambda: drawn()[:-300], errors.DamagedFile),
    "a PDF with a broken page": Bad(_cut_content, errors.DamagedFile),
    "a PDF that is only a header": Bad(lambda: b"%PDF-1.7\n%%EOF\n", errors.DamagedFile),
    # no text
    "a PDF without pages": Bad(lambda: pdf([]), errors.NoText),
    "an empty Word file": Bad(lambda: word("", heading=""), errors.NoText),
    # bombs
    "a Word file that unpacks to gigabytes": Bad(lambda: _zip_bomb(GIGABYTE, GIGABYTE), errors.ArchiveBomb),
    "a Word file with one huge part": Bad(lambda: _zip_bomb(50 * 2**20, 50 * 2**20), errors.ArchiveBomb),
    "a Word file that lies about a size": Bad(lambda: _zip_bomb(GIGABYTE, 2**20), errors.ArchiveBomb),
    "a Word file whose parts overlap": Bad(_overlapping, errors.ArchiveBomb),
    "a Word file of 5,000 parts": Bad(lambda: _many_parts(5_000), errors.ArchiveBomb),
    "a Word file of 60,000 parts": Bad(lambda: _many_parts(60_000), errors.ArchiveBomb),
    "a bomb within a Word file": Bad(_bomb_within, errors.ArchiveBomb),
    "archives within archives": Bad(_archives_within_archives, errors.ArchiveBomb),
    "XML entities": Bad(lambda: _declaring(LAUGHS), errors.EntityBomb),
    "an encoding that hides entities": Bad(
        lambda: _declaring(LAUGHS.replace("<!", "+ADwAIQ-"), "utf-7"), errors.EntityBomb
    ),
    "a page that inflates to gigabytes": Bad(
        lambda: made(inflating(), contents="10 0 R"), errors.StreamBomb
    ),
    "a stream packed five times over": Bad(
        lambda: made(stream(b"x", "/Filter [" + "/FlateDecode " * 5 + "]")), errors.StreamBomb
    ),
    "many large streams": Bad(lambda: made(*[inflating(size=39 * 2**20)] * 9), errors.StreamBomb),
    "a picture of a billion points": Bad(lambda: _picture(50_000, 50_000), errors.StreamBomb),
    "forms that draw each other many times": Bad(_forms_within_forms, errors.StreamBomb),
    "a picture drawn over and over": Bad(
        lambda: made(
            stream(b"\0", "/Type /XObject /Subtype /Image /Width 3000 /Height 3000 /BitsPerComponent 1"),
            resources="/XObject << /Big 10 0 R >>", content=b"/Big Do " * 2000,
        ),
        errors.StreamBomb,
    ),
    # loops
    "pages that lead back": Bad(
        lambda: made("<< /Type /Pages /Kids [2 0 R] /Count 1 >>", pages="/Kids [6 0 R 10 0 R] /Count 2"),
        errors.ObjectLoop,
    ),
    "bookmarks that lead back": Bad(
        lambda: made("<< /First 11 0 R >>", "<< /Title (Ottoline) /Next 11 0 R >>", catalogue="/Outlines 10 0 R"),
        errors.ObjectLoop,
    ),
    "names that lead back": Bad(
        lambda: made("<< /Kids [10 0 R] >>", catalogue="/Names << /EmbeddedFiles 10 0 R >>"), errors.ObjectLoop
    ),
    "tags that lead back": Bad(
        lambda: made("<< /Type /StructTreeRoot /K 11 0 R >>", "<< /S /P /K [11 0 R] >>",
                     catalogue="/StructTreeRoot 10 0 R"),
        errors.ObjectLoop,
    ),
    "a form that draws itself": Bad(_calling_itself, errors.ObjectLoop),
    "actions that lead back": Bad(
        lambda: made("<< /S /GoTo /Next 10 0 R >>", catalogue="/OpenAction 10 0 R"), errors.ObjectLoop
    ),
    "10,000 pages": Bad(lambda: many_pages(10_000), errors.TooManyPages),
    # other files, programs, forms
    "a portfolio": Bad(lambda: made(catalogue="/Collection << /View /D >>"), errors.Portfolio),
    "an embedded file": Bad(
        lambda: made(*FILE, catalogue="/Names << /EmbeddedFiles << /Names [(ottoline) 10 0 R] >> >>"),
        errors.AttachedFiles,
    ),
    "a file pinned to a page": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /FileAttachment {SAYS} >>"), errors.AttachedFiles
    ),
    "a file tied to the content": Bad(lambda: made(*FILE, catalogue="/AF [10 0 R]"), errors.AttachedFiles),
    "JavaScript among the names": Bad(
        lambda: made(catalogue=f"/Names << /JavaScript << /Names [(o) {SCRIPT}] >> >>"), errors.ActiveContent
    ),
    "JavaScript on opening": Bad(lambda: made(catalogue=f"/OpenAction {SCRIPT}"), errors.ActiveContent),
    "JavaScript on closing": Bad(lambda: made(catalogue=f"/AA << /WC {SCRIPT} >>"), errors.ActiveContent),
    "JavaScript on a page": Bad(lambda: made(page=f"/AA << /O {SCRIPT} >>"), errors.ActiveContent),
    "JavaScript in a link": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Link /A << /S /URI /URI (x) /Next [{SCRIPT}] >> >>"),
        errors.ActiveContent,
    ),
    "JavaScript in a bookmark": Bad(
        lambda: made("<< /First 11 0 R >>", f"<< /Title (Ottoline) /A {SCRIPT} >>", catalogue="/Outlines 10 0 R"),
        errors.ActiveContent,
    ),
    "JavaScript in a field": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Widget /FT /Sig /AA << /F {SCRIPT} >> >>"), errors.ActiveContent
    ),
    "a link that starts a program": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Link /A << /S /Launch /F (ottoline.exe) >> >>"), errors.ActiveContent
    ),
    "a link that sends a form": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Link /A << /S /SubmitForm /F (http://o) >> >>"), errors.ActiveContent
    ),
    "a film": Bad(lambda: annotated(f"<< {BOX} /Subtype /RichMedia >>"), errors.ActiveContent),
    "a form": Bad(lambda: filled("/FT /Tx /V (Ottoline)"), errors.FormInFile),
    "an XFA form": Bad(lambda: made(catalogue="/AcroForm << /Fields [] /XFA (Ottoline) >>"), errors.FormInFile),
    # text that is not part of the page
    "a text box over the page": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /FreeText {SAYS} >>"), errors.TextInAnnotations
    ),
    "a mark for redaction": Bad(lambda: annotated(f"<< {BOX} /Subtype /Redact >>"), errors.FailedRedaction),
}  # fmt: skip

# Other ways to the same refusal, with the same message.
VARIANTS: dict[str, Bad] = {
    "a web page in UTF-16": Bad(lambda: "<html><p>Ottoline".encode("utf-16"), errors.NotPdfOrDocx),
    "text in UTF-16": Bad(lambda: "Ottoline Quaverly".encode("utf-16"), errors.NotPdfOrDocx),
    "a PDF encrypted the old way": Bad(lambda: encrypted("sesame", "owner", "RC4-128"), errors.EncryptedFile),
    "a PDF protected the old way": Bad(lambda: encrypted("", "owner", "RC4-40"), errors.ProtectedPdf),
    "macros in a file called .docx": Bad(
        lambda: repacked(word(), {"word/vbaProject.bin": OLE + bytes(2000)}), errors.MacrosInFile
    ),
    "a Word file without its text": Bad(lambda: repacked(word(), {"word/document.xml": None}), errors.DamagedFile),
    "a Word file with broken styles": Bad(
        lambda: repacked(word(), {"word/styles.xml": b"<not closed"}), errors.DamagedFile
    ),
    "nothing but a marking": Bad(lambda: word("RESTRICTED", heading=""), errors.NoText),
    "pictures that unpack to gigabytes": Bad(_many_media, errors.ArchiveBomb),
    "a reference to a file outside": Bad(lambda: _declaring(OUTSIDE), errors.EntityBomb),
    "entities in UTF-16": Bad(lambda: _declaring(LAUGHS, "utf-16"), errors.EntityBomb),
    "entities after a long comment": Bad(
        lambda: _declaring(f"<!--{' ' * 9000}-->{LAUGHS}"), errors.EntityBomb
    ),
    "entities in the styles": Bad(lambda: _declaring(LAUGHS, name="word/styles.xml"), errors.EntityBomb),
    "entities in a relation": Bad(lambda: _declaring(LAUGHS, name="_rels/.rels"), errors.EntityBomb),
    "entities in a part that is read by nobody": Bad(
        lambda: repacked(word(), {"customXml/item9.bin": f"<?xml version='1.0'?>{LAUGHS}<x/>".encode()}),
        errors.EntityBomb,
    ),
    "a page packed twice": Bad(lambda: made(_twice_packed(), contents="10 0 R"), errors.StreamBomb),
    "a page in hexadecimal, packed": Bad(lambda: made(_hexadecimal_and_packed()), errors.StreamBomb),
    "a page of run lengths": Bad(lambda: made(_run_lengths()), errors.StreamBomb),
    "a page of LZW": Bad(lambda: made(_lzw()), errors.StreamBomb),
    "a filter that stands elsewhere": Bad(
        lambda: made(stream(zeros(GIGABYTE), "/Filter 11 0 R"), "[/FlateDecode]"), errors.StreamBomb
    ),
    "a font that inflates": Bad(lambda: made(inflating("/Length1 100")), errors.StreamBomb),
    "objects that inflate": Bad(lambda: made(inflating("/Type /ObjStm /N 1 /First 4")), errors.StreamBomb),
    "a list of objects that inflates": Bad(lambda: _with_xref_stream(zeros(GIGABYTE)), errors.StreamBomb),
    "a picture that inflates": Bad(
        lambda: made(inflating("/Type /XObject /Subtype /Image /Width 9 /Height 9")), errors.StreamBomb
    ),
    "a form that inflates": Bad(lambda: made(inflating("/Subtype /Form")), errors.StreamBomb),
    "links without end": Bad(
        lambda: made(f"<< {BOX} /Subtype /Link >>", page=f"/Annots [{'10 0 R ' * 20_001}]"), errors.TooLarge
    ),
    "a strip of a picture": Bad(lambda: _picture(3_000_000, 1), errors.StreamBomb),
    "an object that is itself": Bad(lambda: made("10 0 R", contents="10 0 R"), errors.DamagedFile),
    "a list of objects that leads back": Bad(_earlier_list_is_itself, errors.ObjectLoop),
    "pages that say each other again": Bad(_tree_of_pages, errors.ObjectLoop),
    "a tree of file names": Bad(
        lambda: made(*FILE, "<< /Kids [13 0 R] >>", "<< /Names [(o) 10 0 R] >>",
                     catalogue="/Names << /EmbeddedFiles 12 0 R >>"),
        errors.AttachedFiles,
    ),
    "a file tied to a page": Bad(lambda: made(*FILE, page="/AF [10 0 R]"), errors.AttachedFiles),
    "a file tied to a tag": Bad(
        lambda: made(*FILE, "<< /Type /StructTreeRoot /K << /S /P /AF [10 0 R] >> >>",
                     catalogue="/StructTreeRoot 12 0 R"),
        errors.AttachedFiles,
    ),
    "a link into another file": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Link /A << /S /GoToE >> >>"), errors.ActiveContent
    ),
    "data to bring in": Bad(lambda: made(catalogue="/OpenAction << /S /ImportData >>"), errors.ActiveContent),
    "a field on a page only": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Widget /FT /Ch /V (Ottoline) >>"), errors.FormInFile
    ),
    "a box to tick": Bad(lambda: filled("/FT /Btn /V /Yes"), errors.FormInFile),
    "a group of fields": Bad(
        lambda: made("<< /T (a) /Kids [11 0 R] >>", "<< /T (b) /FT /Tx /Parent 10 0 R /V (Ottoline) >>",
                     catalogue="/AcroForm << /Fields [10 0 R] >>"),
        errors.FormInFile,
    ),
    "a text box by its look": Bad(lambda: looking("FreeText"), errors.TextInAnnotations),
    "a stamp with words": Bad(lambda: looking("Stamp"), errors.TextInAnnotations),
    "a polygon with words": Bad(lambda: looking("Polygon"), errors.TextInAnnotations),
    "a watermark over the page": Bad(lambda: looking("Watermark"), errors.TextInAnnotations),
    "a line with a caption": Bad(
        lambda: annotated(f"<< {BOX} /Subtype /Line /Cap true {SAYS} >>"), errors.TextInAnnotations
    ),
}  # fmt: skip
