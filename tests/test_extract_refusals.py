"""What reading refuses, each with an error of its own, and that nothing of a refused file is kept or shown."""

from __future__ import annotations

import os
import re
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import bad_files
import office as world
import pytest
from bad_files import BAD, SECRETS, VARIANTS, WORDS, annotated, drawn, looking, made, stream, word
from click.testing import CliRunner
from drawn_pdf import Sheet, pdf
from office import REFERENCE, Office

from pipeline import cli, errors
from pipeline import extract as extraction
from pipeline.errors import DamagedFile, ManagementReview, TooLarge, UnreadableFile
from pipeline.extract import child, read, read_file, read_here, sniff, worker
from pipeline.models import Document, DocumentKind

KIND = DocumentKind.OVERVIEW
FIXTURES = Path(__file__).parent / "fixtures"
PAGE = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
EVERY = BAD | VARIANTS
SECONDS = 60  # of wall clock: no measure of speed, only a guard against a file that hangs on a busy machine
MEGABYTES = 600


def _family(error: type[errors.SspError] = UnreadableFile) -> Iterator[type[errors.SspError]]:
    for below in error.__subclasses__():
        yield below
        yield from _family(below)


@pytest.mark.parametrize("name", EVERY)
def test_refused_with_an_error_of_its_own(name: str) -> None:
    bad = EVERY[name]
    with pytest.raises(UnreadableFile) as caught:
        read_here(bad.make(), KIND)
    assert type(caught.value) is bad.error
    assert caught.value.remedy, "every refusal says what to do"
    assert not [word for word in SECRETS if word in str(caught.value)], "no refusal quotes the file"


def test_each_has_a_message_of_its_own() -> None:
    told: dict[str, list[str]] = {}
    for name, bad in BAD.items():
        with pytest.raises(UnreadableFile) as caught:
            read_here(bad.make(), KIND)
        told.setdefault(caught.value.message, []).append(name)
    assert [names for names in told.values() if len(names) > 1] == []


def test_every_refusal_of_a_file_has_a_file_that_meets_it_and_a_row_in_the_page() -> None:
    elsewhere = {errors.OcrNotInstalled, errors.OcrFailed, errors.ScannedPages}  # their own tests
    assert set(_family()) - {bad.error for bad in EVERY.values()} - elsewhere == set()
    codes = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE) for code in row.split(",")}
    assert {error.exit_code for error in _family()} - codes == set()


# Through the command line, and nothing stored


class Desk:
    """An office that reads files in earnest, and what lies in its folders."""

    def __init__(self, office: Office, temporary: Path) -> None:
        self.office, self.temporary = office, temporary
        self.path = temporary.parent / "report.pdf"

    def intake(self, path: Path | None = None, kind: str = "overview") -> tuple[int, str]:
        words = ["intake", str(path or self.path), "--case", REFERENCE, "--kind", kind]
        told = {
            "SSP_WORKSPACE": str(self.office.workspace.root),
            "SSP_PASSPHRASE": world.PASSPHRASE,
            "SSP_USER": "Olive",
            "SSP_USER_PASSPHRASE": world.passphrase_of("Olive"),
        }
        signed = ["--signed-off-by", "The Partnership", "--signed-off-on", "2026-03-31"]
        result = CliRunner().invoke(cli.ssp, [*words, *signed], env=told, catch_exceptions=False)
        return result.exit_code, result.output

    def content(self) -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for folder in (self.office.workspace.root, self.temporary)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    office = world.make(tmp_path, monkeypatch)
    monkeypatch.setattr(extraction, "read", worker.read)
    return Desk(office, temporary)


def test_a_refused_file_has_its_exit_code_and_leaves_no_trace(desk: Desk) -> None:
    """One desk for all files, because nothing that is refused changes it."""
    before, largest = desk.content(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for name, bad in BAD.items():
        desk.path.write_bytes(bad.make())
        start = time.monotonic()
        code, output = desk.intake()
        assert (name, code) == (name, bad.error.exit_code), output
        assert time.monotonic() - start < SECONDS, name
        assert not [word for word in SECRETS if word in output], name
        assert desk.content() == before, f"{name}: something was written"
    # The largest child process so far, in kilobytes on Linux; other tests may have had larger ones before.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(largest, MEGABYTES * 1024)


def test_a_whole_file_is_taken_in_at_the_same_desk(desk: Desk) -> None:
    before = desk.content()
    desk.path.write_bytes(drawn())
    code, output = desk.intake()
    assert code == 0, output
    assert desk.content() != before


# Whatever stands under the name


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "zero.pdf").symlink_to("/dev/zero")
    (tmp_path / "round.pdf").symlink_to(tmp_path / "round.pdf")
    (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "absent.pdf")
    places = [tmp_path / name for name in ("pipe.pdf", "folder.pdf", "zero.pdf", "round.pdf", "nowhere.pdf", "none")]
    for place in [*places, Path("/dev/zero"), Path("/dev/tty"), tmp_path / ("n" * 5000), tmp_path / "with\0zero"]:
        start = time.monotonic()
        with pytest.raises(UnreadableFile) as caught:
            read_file(place)
        assert type(caught.value) is UnreadableFile
        assert caught.value.remedy
        assert time.monotonic() - start < SECONDS, place
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["bell\a and \x1b[31mred.pdf", "over\nlines.pdf", "\u202efdp.exe", "n" * 240 + ".pdf", "no ending", ".pdf",
     "report.exe", "-rf.pdf", "caf\N{COMBINING ACUTE ACCENT}e \N{PILE OF POO}.pdf"],
)  # fmt: skip
def test_a_file_is_read_whatever_its_name(desk: Desk, name: str) -> None:
    path = desk.temporary.parent / name
    path.write_bytes(drawn())
    code, output = desk.intake(path)
    assert code == 0, output
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", output)
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    code, output = desk.intake(path)
    assert code == errors.NotPdfOrDocx.exit_code
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", output)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"content")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    assert read_file(tmp_path / "b.pdf") == b"content"


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(2**40)  # a terabyte with nothing in it
    with pytest.raises(TooLarge):
        read_file(path)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn())
    real = os.fstat

    def grown(number: int) -> os.stat_result:
        found = real(number)
        with path.open("ab") as file:
            file.write(b"more")
        return found

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(UnreadableFile, match="changed while it was read"):
        read_file(path)


# What a PDF may hold beside its pages


def notices(document: Document) -> dict[str, int]:
    return {notice.code: notice.count for notice in document.notices}


def test_comments_are_left_out_and_counted_with_their_pages() -> None:
    box = "/Type /Annot /Rect [10 10 30 30]"
    kinds = ("Text", "Highlight", "Underline", "StrikeOut", "Popup", "Square", "Link")
    annotations = [f"<< {box} /Subtype /{kind} /Contents (Ask Ottoline) >>" for kind in kinds]
    sheets = [Sheet().paragraph(72, 700, WORDS) for _ in range(3)]
    sheets[1].extra = "/Annots [" + " ".join(f"{10 + i} 0 R" for i in range(len(kinds))) + "]"
    sheets[2].extra = "/Annots [10 0 R]"
    document = read_here(pdf(sheets, objects=annotations), KIND)
    (notice,) = (n for n in document.notices if n.code == "comment")
    assert notice.count == 6
    assert [item.pages for item in notice.items] == [(2, 3)]
    assert "Ask" not in repr(document)


def test_a_signature_is_counted() -> None:
    signature = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /V << /Type /Sig >> /Rect [10 10 30 30] >>"
    data = made(signature, page="/Annots [10 0 R]", catalogue="/AcroForm << /Fields [10 0 R] /SigFlags 3 >>")
    assert notices(read_here(data, KIND))["signature"] == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: looking("Stamp", b"0 0 100 20 re f"),
        lambda: looking("Highlight", b"0 0 100 20 re f"),
        lambda: annotated("<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents ( ) >>"),
        lambda: annotated("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://o.org) >> >>"),
        lambda: made(catalogue="/OpenAction [6 0 R /Fit]"),
        lambda: made(catalogue="/OpenAction << /S /GoTo /D [6 0 R /Fit] >>"),
        lambda: made(catalogue="/AcroForm << /Fields [] >> /Names << /EmbeddedFiles << /Names [] >> >>"),
        lambda: made(catalogue="/AF []"),
        lambda: made("<< /Type /Pages /Kids [6 0 R] /Count 1 >>", pages="/Kids [10 0 R] /Count 1"),
        lambda: made("<< /First 11 0 R /Last 12 0 R >>", "<< /Title (a) /Next 12 0 R /Parent 10 0 R >>",
                     "<< /Title (b) /Prev 11 0 R /Parent 10 0 R >>", catalogue="/Outlines 10 0 R"),
        # A list of drawings that all drawings share names each of them, but none draws itself.
        lambda: made(stream(b"0 0 m", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 11 0 R"),
                     "<< /XObject << /A 10 0 R >> >>", resources="/XObject << /A 10 0 R >>", content=b"/A Do"),
        lambda: made(bad_files.inflating(size=30 * 2**20)),
        lambda: bad_files.repacked(word(), {"word/embeddings/book.xlsx": bad_files.archive({"xl/a.xml": b"<a/>"})}),
        lambda: bad_files.repacked(word(), {"word/media/drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}),
        lambda: bad_files.many_pages(300),
    ],
)  # fmt: skip
def test_what_harms_nobody_is_read(make: object) -> None:
    assert "Panel met" in repr(read_here(make(), KIND).blocks)  # type: ignore[operator]


def test_a_small_part_of_a_large_report_is_enough_for_a_refusal() -> None:
    """The page that is broken, or that has text laid over it, may be the last one."""
    sheets = [Sheet().paragraph(72, 700, WORDS) for _ in range(40)]
    sheets[-1].extra = "/Annots [10 0 R]"
    box = "<< /Type /Annot /Subtype /FreeText /Rect [0 0 90 90] /Contents (Ottoline) >>"
    with pytest.raises(errors.TextInAnnotations, match="Page 40 "):
        read_here(pdf(sheets, objects=[box]), KIND)


# Individual management reviews


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
        data = word(heading=title)
    elif how == "pdf":
        data = pdf([Sheet().text(72, 760, title, size=14, bold=True).paragraph(72, 700, WORDS)])
    else:
        data = word(title, *WORDS, heading="Domestic Homicide Review")
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
    assert read_here(word(*paragraphs, *WORDS), KIND).blocks


# The process of its own


def test_reading_in_a_process_of_its_own_gives_the_same_document() -> None:
    data = (FIXTURES / "d4-overview.docx").read_bytes()
    assert read(data, KIND) == read_here(data, KIND)


def test_a_review_is_refused_across_the_process_too() -> None:
    with pytest.raises(ManagementReview):
        read(word(heading="Individual Management Review"), KIND)


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS", 0.01)
    with pytest.raises(TooLarge):
        read(word(), KIND)


def test_a_step_that_takes_too_long_ends_the_reader() -> None:
    script = "from pipeline.extract.child import bound, next_step; bound(600); next_step({}); {}"
    with pytest.raises(TooLarge):
        child.answer(["-c", script.format(0.1, "[None for _ in iter(int, 1)]")], b"", SECONDS)
    assert child.answer(["-c", script.format(0.1, "next_step(0); print(sum(range(10**7)) > 0)")], b"", SECONDS)


def test_a_page_that_takes_for_ever_to_draw_is_refused() -> None:
    tile = stream(b"0 0 1 1 re f", "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                  "/XStep 0.02 /YStep 0.02 /Resources << >>")  # fmt: skip
    start = time.monotonic()
    with pytest.raises(TooLarge):
        read(made(tile, resources="/Pattern << /P 10 0 R >>", content=b"/Pattern cs /P scn 0 0 595 842 re f"), KIND)
    assert time.monotonic() - start < SECONDS


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff, "MAX_FILE", 100)
    with pytest.raises(TooLarge):
        read_here(word(), KIND)


_BOUND = "import os, signal, sys; from pipeline.extract.child import bound; bound(1); sys.stdin.buffer.read(); "


@pytest.mark.parametrize(
    ("does", "error"),
    [
        ("raise ValueError('Ottoline')", DamagedFile),
        ("sys.exit(3)", DamagedFile),
        ("os.kill(os.getpid(), signal.SIGSEGV)", DamagedFile),
        ("os.kill(os.getpid(), signal.SIGABRT)", DamagedFile),
        ("os.kill(os.getpid(), signal.SIGKILL)", TooLarge),  # as the system does when memory runs out
        ("[None for _ in iter(int, 1)]", TooLarge),  # until its processor time is over
        ("bytearray(4 * 2**30)", DamagedFile),
        ("sys.stdout.write('Ottoline ' * 2**20 * 20)", TooLarge),
    ],
)
def test_a_reader_that_dies_is_a_refusal(does: str, error: type[UnreadableFile]) -> None:
    with pytest.raises(UnreadableFile) as caught:
        child.answer(["-c", f"{_BOUND}print('Ottoline', flush=True); {does}"], b"x" * 2**20, 20)
    assert type(caught.value) is error
    assert "Ottoline" not in str(caught.value)


def test_a_reader_that_does_not_listen_is_a_refusal() -> None:
    with pytest.raises(DamagedFile):
        child.answer(["-c", "import os; os._exit(1)"], b"x" * 30 * 2**20, 20)
    assert threading.active_count() == 1 or all(not t.name.endswith("(_feed)") for t in threading.enumerate())


@pytest.mark.parametrize(
    "does",
    [
        "__import__('pathlib').Path(sys.argv[1], 'written').write_text('Ottoline')",
        "[open(__import__('os').devnull) for _ in range(100)]",
        "__import__('socket').create_connection(('127.0.0.1', int(sys.argv[2])), 2)",
    ],
)
def test_the_reader_can_do_nothing_but_answer(does: str, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        script = f"{_BOUND}\ntry:\n {does}\nexcept OSError: print('no', end='')"
        answer = child.answer(["-c", script, str(tmp_path), str(server.getsockname()[1])], b"", 20)
    assert answer == b"no"
    assert (tmp_path / "written").exists() is False or (tmp_path / "written").read_bytes() == b""


def test_the_reader_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSP_PASSPHRASE", "SSP_USER_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "secret")
    told = child.answer(["-c", "import os; print(dict(os.environ))"], b"", 20)
    assert b"secret" not in told
