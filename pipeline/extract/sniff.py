"""What a file is, by its content: its name and extension say nothing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from pipeline.errors import DamagedFile, EncryptedFile, NotPdfOrDocx, TooLarge

MAX_FILE = 60 * 2**20  # bytes; the largest published reviews are under 15 MB
MAX_UNPACKED = 250 * 2**20  # bytes of a DOCX when unpacked
MAX_XML = 40 * 2**20  # bytes of one XML part
MAX_PARTS = 4000

SAVE_AGAIN = "Open it in the program that made it, save it again, and take in the new file."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"


def sniff(data: bytes) -> Format:
    """The format of a file's bytes.

    Raises NotPdfOrDocx, EncryptedFile (an encrypted Office file), DamagedFile (empty, truncated) or TooLarge.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise DamagedFile("The file is empty.", "Export or copy the report again.")
    if len(data) > MAX_FILE:
        raise TooLarge(
            f"The file is larger than {MAX_FILE // 2**20} MB.", "Save it with smaller pictures, or without."
        )
    if data.startswith(b"PK\x03\x04"):
        return _office_format(data)
    if data.startswith(b"PK\x05\x06"):
        raise NotPdfOrDocx("The file is an empty archive, not a report.", "Take in a Word document (.docx) or a PDF.")
    if data.startswith(_OLE):
        _refuse_ole(data)
    if re.search(rb"%PDF-\d\.\d", data[:1024]):
        if b"%%EOF" not in data[-2048:]:
            raise DamagedFile("The PDF is cut off before its end.", "Export or copy the report again.")
        return Format.PDF
    raise NotPdfOrDocx(
        "The file is neither a PDF nor a Word document (.docx), whatever its name says.",
        "Take in a Word document (.docx) or a PDF.",
    )


def _refuse_ole(data: bytes) -> None:
    # An encrypted .docx is an OLE container with these streams; an old .doc is one without them.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile("The Word document is protected by a password.", "Save a copy without the password.")
    raise NotPdfOrDocx("The file is in an old Office format.", "Save it as a Word document (.docx) or a PDF.")


def _office_format(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            names = {info.filename for info in archive.infolist()}
            if any(info.flag_bits & 0x1 for info in archive.infolist()):
                raise EncryptedFile("The file is an encrypted archive.", "Save a copy without the password.")
            if "[Content_Types].xml" not in names:
                raise NotPdfOrDocx("The file is an archive, not a report.", "Take in the report itself.")
            broken = archive.testzip()
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise DamagedFile("The Word document is damaged or cut off.", SAVE_AGAIN) from error
    if broken is not None:
        raise DamagedFile("A part of the Word document is damaged.", SAVE_AGAIN)
    if _WORD_MAIN not in types:
        raise NotPdfOrDocx(
            "The file is an Office file but not a plain Word document (.docx).",
            "Save it as a Word document (.docx) without macros, or as a PDF.",
        )
    return Format.DOCX


def _check_size(archive: zipfile.ZipFile) -> None:
    """Declared sizes bound what is ever unpacked: zipfile stops a member at its declared size."""
    infos = archive.infolist()
    xml = max((i.file_size for i in infos if i.filename.endswith((".xml", ".rels"))), default=0)
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_UNPACKED or xml > MAX_XML:
        raise TooLarge("The Word document unpacks to far more than a report needs.", SAVE_AGAIN)
