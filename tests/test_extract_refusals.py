"""What reading refuses, each with an error of its own, and that no file brings it down."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from drawn_pdf import Sheet, pdf

from pipeline.errors import (
    DamagedFile,
    EncryptedFile,
    ManagementReview,
    NoText,
    NotPdfOrDocx,
    TooLarge,
    UnreadableFile,
)
from pipeline.extract import read, read_here, sniff, worker
from pipeline.models import DocumentKind

KIND = DocumentKind.OVERVIEW
FIXTURES = Path(__file__).parent / "fixtures"
WORDS = ["The Panel met on five occasions and heard", "from every agency that knew the family."]


def _word(*paragraphs: str, heading: str = "Overview Report") -> bytes:
    document = WordDocument()
    document.add_heading(heading, 1)
    for paragraph in paragraphs or WORDS:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _drawn(**options: object) -> bytes:
    return pdf([Sheet().paragraph(72, 700, WORDS)], **options)  # type: ignore[arg-type]


def _repacked(data: bytes, changes: dict[str, bytes | None]) -> bytes:
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


def _encrypted_pdf(user: str, owner: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_drawn())))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(sniff.MAX_XML // 2**20 + 1):
                part.write(b" " * 2**20)
    return out.getvalue()


def _pdf_bomb() -> bytes:
    return pdf([Sheet(operators=["BT ET " * (8 * 2**20)])])


def _doctype() -> bytes:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    part = zipfile.ZipFile(io.BytesIO(_word())).read("word/document.xml").decode()
    return _repacked(_word(), {"word/document.xml": part.replace("?>", "?>" + entities, 1).encode()})


def _types(data: bytes, old: str, new: str) -> bytes:
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml").decode().replace(old, new)
    return _repacked(data, {"[Content_Types].xml": types.encode()})


def _cut_content() -> bytes:
    whole = _drawn()
    start = whole.index(b"stream\n") + 7
    return whole[: start + 40] + b"\0" * 20 + whole[start + 60 :]


REFUSED = {
    "zero bytes": (lambda: b"", DamagedFile),
    "nothing but zeros": (lambda: b"\0" * 4096, DamagedFile),
    "plain text called a report": (lambda: b"The report, as text." * 40, NotPdfOrDocx),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0\1" * 200, NotPdfOrDocx),
    "a web page": (lambda: b"<!doctype html><p>Report", NotPdfOrDocx),
    "an archive": (lambda: _repacked(_word(), {"[Content_Types].xml": None}), NotPdfOrDocx),
    "a spreadsheet": (
        lambda: _types(_word(), "wordprocessingml.document.main", "spreadsheetml.sheet.main"), NotPdfOrDocx,
    ),
    "a document with macros": (
        lambda: _types(
            _word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        NotPdfOrDocx,
    ),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, NotPdfOrDocx),
    "an encrypted Word file": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"),
        EncryptedFile,
    ),
    "a PDF with a password": (lambda: _encrypted_pdf("open sesame", "owner"), EncryptedFile),
    "a PDF that may not be copied from": (lambda: _encrypted_pdf("", "owner"), EncryptedFile),
    "a Word file cut off": (lambda: _word()[:-400], DamagedFile),
    "a Word file without its text": (lambda: _repacked(_word(), {"word/document.xml": None}), DamagedFile),
    "a Word file with broken XML": (lambda: _repacked(_word(), {"word/document.xml": b"<w:document"}), DamagedFile),
    "a Word file with broken footnotes": (
        lambda: _repacked(_word(), {"word/styles.xml": b"<not closed"}),
        DamagedFile,
    ),
    "a Word file with entities": (_doctype, DamagedFile),
    "a PDF cut off": (lambda: _drawn()[:-300], DamagedFile),
    "a PDF with a broken page": (_cut_content, DamagedFile),
    "a PDF that is only a header": (lambda: b"%PDF-1.7\n%%EOF\n", DamagedFile),
    "a PDF without pages": (lambda: pdf([]), NoText),
    "a scan": (lambda: pdf([Sheet().line(10, 10, 500, 500)] * 3), NoText),
    "a scan with guessed text under it": (
        lambda: pdf([Sheet().text(72, 700, "Guessed by a scanner, line after line", mode=3)] * 2),
        NoText,
    ),
    "an empty Word file": (lambda: _word("", heading=""), NoText),
    "a Word file with nothing but a marking": (lambda: _word("RESTRICTED", heading=""), NoText),
    "an archive bomb": (_bomb, TooLarge),
    "a PDF bomb": (_pdf_bomb, TooLarge),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_an_error_of_its_own(name: str) -> None:
    make, error = REFUSED[name]
    with pytest.raises(error) as caught:
        read_here(make(), KIND)
    assert type(caught.value) is error
    assert caught.value.remedy, "every refusal says what to do"
    assert "Panel met" not in str(caught.value), "no refusal quotes the file"


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff, "MAX_FILE", 100)
    with pytest.raises(TooLarge):
        read_here(_word(), KIND)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.extract.pdf_reader.MAX_PAGES", 2)
    with pytest.raises(TooLarge):
        read_here(pdf([Sheet().paragraph(72, 700, WORDS)] * 3), KIND)


@pytest.mark.parametrize(
    "title",
    [
        "Individual Management Review",
        "Individual Management Review (IMR) for the Domestic Homicide Review",
        "IMR: Housing Services",
        "Internal management review to inform the Overview Report",
    ],
)
@pytest.mark.parametrize("how", ["word", "pdf", "plain title line"])
def test_an_individual_management_review_is_refused(title: str, how: str) -> None:
    if how == "word":
        data = _word(heading=title)
    elif how == "pdf":
        data = pdf([Sheet().text(72, 760, title, size=20, bold=True).paragraph(72, 700, WORDS)])
    else:
        data = _word(title, *WORDS, heading="Domestic Homicide Review")
    with pytest.raises(ManagementReview):
        read_here(data, KIND)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Individual Management Reviews (IMRs) were received from five agencies.",),
        ("1.1 Introduction to the individual management review process", "The IMR was late."),
        ("IMR authors: four people", "The Panel read each IMR with care."),
    ],
)
def test_a_report_that_speaks_of_management_reviews_is_not_one(paragraphs: tuple[str, ...]) -> None:
    assert read_here(_word(*paragraphs, *WORDS), KIND).blocks


def test_reading_in_a_process_of_its_own_gives_the_same_document() -> None:
    data = (FIXTURES / "d4-overview.docx").read_bytes()
    assert read(data, KIND) == read_here(data, KIND)


@pytest.mark.parametrize("name", ["a scan", "a Word file with broken XML", "a PDF with a password", "zero bytes"])
def test_the_process_hands_the_refusal_over(name: str) -> None:
    make, error = REFUSED[name]
    with pytest.raises(error) as caught:
        read(make(), KIND)
    assert caught.value.remedy


def test_a_review_is_refused_across_the_process_too() -> None:
    with pytest.raises(ManagementReview):
        read(_word(heading="Individual Management Review"), KIND)


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS", 0.01)
    with pytest.raises(TooLarge):
        read(_word(), KIND)


def test_a_reader_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.sys, "executable", "/bin/false")
    with pytest.raises(DamagedFile):
        read(_word(), KIND)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_damaged_bytes_are_read_or_refused_but_never_crash(seed: int, ending: str) -> None:
    source = _word(*WORDS * 3) if ending == "docx" else _drawn(packed=bool(seed % 2))
    chance = random.Random(seed)  # noqa: S311  # a repeatable spoiling of bytes, no secret
    data = bytearray(source)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 5 == 0:
        del data[chance.randrange(len(data)) :]
    with contextlib.suppress(UnreadableFile):
        read_here(bytes(data), KIND)
