"""What a file is, by its content: its name and extension say nothing."""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.errors import DamagedFile, EmptyFile, NotPdfOrDocx, OldWordFile, ProtectedWordFile, TooLarge

MAX_FILE = 60 * 2**20  # bytes; the largest published reviews are under 15 MB

SAVE_AGAIN = "Open it in the program that made it, save it again, and take in the new file."
EXPORT = "Open it in the program that made it, save it as a Word document (.docx) or a PDF, and take that in."
TAKE_IN = "Take in the report itself, as a Word document (.docx) or a PDF."
COPY_AGAIN = "Export or copy the report again."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = "Take in the report with its text; of a picture nothing can be read."
# first bytes -> what the file is, what to do
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a rich text file (.rtf)", EXPORT),
    (b"\x89PNG\r\n", "a picture (PNG)", _PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (b"GIF8", "a picture (GIF)", _PICTURE),
    (b"II*\0", "a picture (TIFF)", _PICTURE),
    (b"MM\0*", "a picture (TIFF)", _PICTURE),
    (b"BM", "a picture (bitmap)", _PICTURE),
    (b"RIFF", "a picture, sound or film", _PICTURE),
    (b"\xffWPC", "a WordPerfect document", EXPORT),
    (b"AT&TFORM", "a scan in the DjVu format", _PICTURE),
    (b"%!PS", "a PostScript file", EXPORT),
    (b"7z\xbc\xaf'\x1c", "an archive (7z)", TAKE_IN),
    (b"Rar!", "an archive (RAR)", TAKE_IN),
    (b"\x1f\x8b", "an archive (gzip)", TAKE_IN),
    (b"BZh", "an archive (bzip2)", TAKE_IN),
    (b"MZ", "a program", TAKE_IN),
    (b"\x7fELF", "a program", TAKE_IN),
)
# names of streams in an OLE file -> what the file is; the order matters, because one may hold another
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("__properties_version1.0", "an e-mail (.msg)", "Save the attached report, and take that in."),
    ("PowerPoint Document", "an old presentation (.ppt)", TAKE_IN),
    ("Workbook", "an old spreadsheet (.xls)", TAKE_IN),
    ("Book", "an old spreadsheet (.xls)", TAKE_IN),
)
_MAIL = re.compile(
    rb"(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|Subject|X-[\w-]+): ?\S",
    re.IGNORECASE,
)
_BLANK = b"\0 \r\n\t"


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"


def refuse_empty_or_huge(data: bytes) -> None:
    """What can be told without looking inside. Raises EmptyFile, TooLarge."""
    if len(data) > MAX_FILE:
        raise TooLarge(
            f"The file is larger than {MAX_FILE // 2**20} MB.", "Save it with smaller pictures, or without."
        )
    if not data:
        raise EmptyFile("The file is empty.", COPY_AGAIN)
    if not data.strip(_BLANK):
        raise EmptyFile("The file holds nothing but blanks or zeros.", COPY_AGAIN)


def sniff(data: bytes) -> Format:
    """The format of a file's bytes. A DOCX has still to pass `docx_package.check`, a PDF `pdf_streams.check`.

    Raises EmptyFile, TooLarge, DamagedFile (cut off), ProtectedWordFile, OldWordFile and NotPdfOrDocx, whose message
    says what the file is.
    """
    refuse_empty_or_huge(data)
    if data.startswith(b"PK\x03\x04"):
        return Format.DOCX
    if data.startswith(b"PK\x05\x06"):
        raise NotPdfOrDocx("The file is an empty archive.", TAKE_IN)
    if data.startswith(_OLE):
        _refuse_ole(data)
    if re.search(rb"%PDF-\d\.\d", data[:1024]):
        if b"%%EOF" not in data[-2048:]:
            raise DamagedFile("The PDF is cut off before its end.", COPY_AGAIN)
        return Format.PDF
    what, remedy = _other(data)
    raise NotPdfOrDocx(f"The file is {what}, whatever its name says.", remedy)


def _refuse_ole(data: bytes) -> None:
    """Old Office files and encrypted new ones are OLE files, told apart by the streams in them."""
    if _has_stream(data, "EncryptedPackage"):
        raise ProtectedWordFile(
            "The Word document is protected by a password.",
            "Remove the password in Word (File, Info, Protect Document), and take that copy in.",
        )
    for name, what, remedy in _STREAMS:
        if _has_stream(data, name):
            raise NotPdfOrDocx(f"The file is {what}, whatever its name says.", remedy)
    if _has_stream(data, "WordDocument"):
        raise OldWordFile(
            "The file is an old Word document (.doc).", "Open it in Word, save it as .docx, and take that in."
        )
    raise NotPdfOrDocx("The file is in an old Office format.", EXPORT)


def _has_stream(data: bytes, name: str) -> bool:
    """Whether the directory of an OLE file has an entry of this name; entries lie at every 128th byte."""
    sought = name.encode("utf-16-le") + b"\0\0"
    place = data.find(sought, 512)
    while place != -1:
        if place % 128 == 0:
            return True
        place = data.find(sought, place + 1)
    return False


def _other(data: bytes) -> tuple[str, str]:
    """(what a file that is neither PDF nor Office is, what to do)."""
    for beginning, what, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            return what, remedy
    if data[4:8] == b"ftyp":
        return "a picture, sound or film", _PICTURE
    text = data[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip().lower()
    if b"<svg" in text:
        return "a picture (SVG)", _PICTURE
    if text.startswith((b"<!doctype html", b"<html")) or (text.startswith(b"<") and b"<html" in text):
        return "a web page", EXPORT
    if text.startswith(b"<?xml"):
        return "an XML file", EXPORT
    if _MAIL.match(text) and len(_MAIL.findall(text)) > 1:
        return "an e-mail", "Save the attached report, and take that in."
    if _is_text(data[:65536]):
        return "plain text", EXPORT
    return "neither a PDF nor a Word document (.docx)", TAKE_IN


def _is_text(start: bytes) -> bool:
    """No control characters but those that set text out, once UTF-16 is taken for what it is."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", start)
