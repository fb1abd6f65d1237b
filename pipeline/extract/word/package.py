"""Whether an archive is a Word document that is safe to unpack: told from its directory and its headers first.

Nothing is unpacked that the directory does not own up to, and never more than a limit.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from zipfile import ZipInfo

from pipeline.errors import ArchiveBomb, DamagedFile, EntityBomb, MacrosInFile, NotPdfOrDocx, ProtectedWordFile
from pipeline.extract.sniff import EXPORT, SAVE_AGAIN, TAKE_IN

MAX_UNPACKED = 250 * 2**20  # bytes of a DOCX when unpacked
MAX_XML = 40 * 2**20  # bytes of one XML part
MAX_PARTS = 4000
MAX_NESTED = 2  # archives within archives within the document: a workbook with a picture library

_TYPES = "[Content_Types].xml"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BREAKAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
             struct.error, LookupError)  # fmt: skip
# what the content types or the "mimetype" part of an archive say -> what the file is, what to do
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("wordprocessingml.template", "a Word template (.dotx)", EXPORT),
    ("spreadsheetml", "a spreadsheet (.xlsx)", TAKE_IN),
    ("ms-excel", "a spreadsheet (.xlsx)", TAKE_IN),
    ("presentationml", "a presentation (.pptx)", TAKE_IN),
    ("ms-powerpoint", "a presentation (.pptx)", TAKE_IN),
    ("opendocument.text", "an OpenDocument text (.odt)", EXPORT),
    ("opendocument", "an OpenDocument file", EXPORT),
    ("epub", "an e-book (.epub)", EXPORT),
)
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]*)", re.IGNORECASE)
# The standard knows the first two (ECMA-376 part 2, 8.1.4); in the others a "<" is a "<" too.
_ENCODINGS = {b"utf-8", b"utf-16", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}


def check(data: bytes) -> None:
    """That the bytes of a zip archive are a Word document without macros, password, bomb or entities.

    Raises NotPdfOrDocx, MacrosInFile, ProtectedWordFile, ArchiveBomb, EntityBomb, DamagedFile.
    """
    if data.count(b"PK\x01\x02") > 2 * MAX_PARTS:  # before the directory is read into memory
        raise ArchiveBomb("The archive lists far more parts than a Word document has.", SAVE_AGAIN)
    try:
        infos = _directory(data)
        _check_directory(data, infos)
        _refuse_other_kinds(data, infos)
        _check_parts(data, infos)
    except _BREAKAGE as error:
        raise DamagedFile("The Word document is damaged or cut off.", SAVE_AGAIN) from error


def _directory(data: bytes) -> list[ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.infolist()


def _check_directory(data: bytes, infos: Sequence[ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise ArchiveBomb("The Word document has far more parts than a report needs.", SAVE_AGAIN)
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ArchiveBomb("The Word document unpacks to far more than a report needs.", SAVE_AGAIN)
    if any(info.file_size > MAX_XML for info in infos if _is_xml_name(info.filename)):
        raise ArchiveBomb("A part of the Word document unpacks to far more than a report needs.", SAVE_AGAIN)
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise ArchiveBomb("Parts of the Word document overlap, as they never do by accident.", SAVE_AGAIN)
        end = _start(data, info) + info.compress_size
    if len({info.filename.casefold() for info in infos}) < len(infos):
        # Which of the two is read depends on the program.
        raise DamagedFile("The Word document has two parts of one name.", SAVE_AGAIN)


def _start(data: bytes, info: ZipInfo) -> int:
    """Where the packed bytes of a part begin, after its own header."""
    if data[info.header_offset : info.header_offset + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no header")
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    return int(info.header_offset + 30 + name + extra)


def _refuse_other_kinds(data: bytes, infos: Sequence[ZipInfo]) -> None:
    by_name = {info.filename: info for info in infos}
    if any(info.flag_bits & 0x1 for info in infos):
        raise ProtectedWordFile("The file is an archive with a password.", "Take in a copy without a password.")
    told_by = by_name.get(_TYPES) or by_name.get("mimetype")
    said = unpacked(data, told_by).decode("utf-8", "replace") if told_by else ""
    macros = any(re.search(r"vba(?:Project|Data)", name, re.IGNORECASE) for name in by_name)
    if "wordprocessingml" in said or "ms-word" in said:
        if macros or "macroEnabled" in said or "vbaProject" in said:
            raise MacrosInFile(
                "The Word document carries macros, which are programs.",
                "Save it as a Word document without macros (.docx), and take that in.",
            )
        if _WORD_MAIN in said:
            return
    for sign, what, remedy in _KINDS:
        if sign in said:
            raise NotPdfOrDocx(f"The file is {what}, whatever its name says.", remedy)
    if any(name.endswith(".iwa") for name in by_name):
        raise NotPdfOrDocx("The file is a Pages, Numbers or Keynote document, whatever its name says.", EXPORT)
    _check_nested(data, infos, 0)
    raise NotPdfOrDocx("The file is an archive with files in it, not a report.", TAKE_IN)


def _check_parts(data: bytes, infos: Sequence[ZipInfo]) -> None:
    """Every part unpacks whole, to the size and the checksum that the directory gives, and declares no entities."""
    for info in infos:
        content = unpacked(data, info)
        if zlib.crc32(content) != info.CRC:
            raise DamagedFile("A part of the Word document is damaged.", SAVE_AGAIN)
        if content.startswith(b"PK\x03\x04"):
            _check_nested(content, _directory(content), 1)
        elif _is_xml_name(info.filename) or _looks_like_xml(content):
            _refuse_entities(content)


def unpacked(data: bytes, info: ZipInfo) -> bytes:
    """A part's bytes. Raises ArchiveBomb where it holds more than the directory says, DamagedFile where less."""
    start = _start(data, info)
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        content, more = packed, len(packed) > info.file_size
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacker.decompress(packed, info.file_size + 1)
        more = len(content) > info.file_size
    else:
        raise DamagedFile("The Word document is packed in a way that Word never uses.", SAVE_AGAIN)
    if more:
        raise ArchiveBomb("A part of the Word document is larger than the document says.", SAVE_AGAIN)
    if len(content) < info.file_size:
        raise DamagedFile("A part of the Word document is cut off.", SAVE_AGAIN)
    return content


def _check_nested(data: bytes, infos: Sequence[ZipInfo], depth: int) -> None:
    """Archives within the archive, by what they say of themselves.

    They are never read here, but the officer's next program may unpack them.
    """
    if sum(info.file_size for info in infos) > MAX_UNPACKED or len(infos) > MAX_PARTS:
        raise ArchiveBomb("A file in the file unpacks to far more than a report needs.", SAVE_AGAIN)
    for info in infos:
        if not info.filename.casefold().endswith((".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm")):
            continue
        if depth == MAX_NESTED:
            raise ArchiveBomb("The file holds archives within archives within archives.", SAVE_AGAIN)
        content = unpacked(data, info)
        if content.startswith(b"PK\x03\x04"):
            _check_nested(content, _directory(content), depth + 1)


def _is_xml_name(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml"))


def _looks_like_xml(content: bytes) -> bool:
    return content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def _refuse_entities(content: bytes) -> None:
    """A document type is where entity bombs and references to outside files live; Word writes none.

    Without its zero bytes UTF-16 and UTF-32 of either order read as ASCII. An encoding in which "<" may be written
    otherwise is refused too.
    """
    plain = content.replace(b"\0", b"")
    if _DECLARED.search(plain):
        raise EntityBomb("The Word document declares entities, which no Word document needs.", SAVE_AGAIN)
    said = _ENCODING.search(plain[:512])
    if said and said[1].lower() not in _ENCODINGS:
        raise EntityBomb("A part of the Word document is in an encoding that Word never writes.", SAVE_AGAIN)
    if plain.strip() and not _looks_like_xml(plain):
        raise DamagedFile("A part of the Word document is not what it is said to be.", SAVE_AGAIN)
