"""Scans: refused without --ocr, read with it, and nothing of them left lying about."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import office as world
import pytest
from click.testing import CliRunner
from drawn_pdf import Sheet, pdf
from gold import score
from office import REFERENCE, Office
from scans import Scanner, joined, paper, scanned

from pipeline import anonymise, errors, explain, redact, run
from pipeline.cli import ssp
from pipeline.detect import unsure_words
from pipeline.detect.engine import Engine
from pipeline.extract import read, read_with_ocr
from pipeline.extract.assemble import Reading
from pipeline.extract.ocr import ink as ocr_ink
from pipeline.extract.ocr import recognise as ocr
from pipeline.extract.ocr.doubts import Doubts, note
from pipeline.extract.ocr.ink import Box
from pipeline.extract.ocr.marks import Mark, Note, number
from pipeline.extract.ocr.pages import _Print, _refuse_illegible, _Sheet
from pipeline.extract.ocr.words import PrintedLine, Scan, Word, read_hocr
from pipeline.models import (
    Block,
    BlockKind,
    CaseFacts,
    Document,
    DocumentKind,
    IdentityKind,
    Notice,
    layout,
)
from pipeline.rules import Rules
from pipeline.vault import cases

KIND = DocumentKind.SUMMARY
HERE = Path(__file__).parent
SUMMARY = (HERE.parent / "examples" / "d1-summary.pdf").read_bytes()
OVERVIEW = (HERE / "fixtures" / "d2-overview.pdf").read_bytes()
ROUGH = Scanner(dpi=150, grain=25, askew=1.1)


# Without --ocr


def test_a_scanned_page_is_named_and_the_remedy_is_told() -> None:
    mixed = joined(SUMMARY, scanned(SUMMARY, Scanner(), [1, 2]))
    with pytest.raises(errors.ScannedPages, match="Pages 5 and 6") as caught:
        read(mixed, KIND)
    assert "--ocr" in caught.value.remedy
    with pytest.raises(errors.ScannedPages, match=r"Page 1 holds .* not trusted"):
        read(scanned(SUMMARY, Scanner(), [1], guessed="Tamsin Arkwright, as a scanner guessed"), KIND)


def test_a_report_without_scans_is_read_as_always_with_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    word = (HERE / "fixtures" / "d3-summary.docx").read_bytes()
    for data in (SUMMARY, word):
        assert read_with_ocr(data, KIND, tmp_path / "workspace") == read(data, KIND)
    assert not (tmp_path / "workspace").exists()


# The programs


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all programs that there are."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


ONE_PAGE = scanned(SUMMARY, Scanner(dpi=100), [0])


def test_where_the_programs_are_missing_it_says_how_to_get_them(tmp_path: Path, programs: Path) -> None:
    for present in ("nothing", "tesseract"):
        _program(programs, present, "exit 0")
        with pytest.raises(errors.OcrNotInstalled) as caught:
            read_with_ocr(ONE_PAGE, KIND, tmp_path)
        assert all(word in caught.value.remedy for word in ("apt install ocrmypdf", "brew", "Windows"))


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("exit 3", errors.OcrNotInstalled),
        ("exit 15", errors.OcrFailed),
        ("exit 0", errors.OcrFailed),
        ("for given; do target=$given; done; echo cut off > $target", errors.OcrFailed),
        ("while :; do :; done", errors.OcrFailed),
    ],
)
def test_programs_that_fail_are_a_refusal_and_leave_nothing(
    script: str, error: type[errors.SspError], tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.private_folder._MOUNTS", tmp_path / "no mounts")
    monkeypatch.setattr(ocr, "_SECONDS_A_PAGE", 1)
    _program(programs, "ocrmypdf", f"echo Words of the report; echo and more >&2; {script}")
    _program(programs, "tesseract", "exit 0")
    with pytest.raises(error) as caught:
        read_with_ocr(ONE_PAGE, KIND, tmp_path / "workspace")
    assert caught.value.remedy
    assert "Words" not in str(caught.value)
    assert not list((tmp_path / "workspace").iterdir())


def test_the_programs_get_a_private_place_and_no_secrets(
    tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.private_folder._MOUNTS", tmp_path / "no mounts")
    monkeypatch.setenv("SSP_PASSPHRASE", "four unrelated vault words")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    seen = tmp_path / "seen"
    _program(programs, "ocrmypdf", f"/usr/bin/env > {seen}; pwd >> {seen}; echo Words of the report >&2; exit 15")
    _program(programs, "tesseract", "exit 0")
    with pytest.raises(errors.OcrFailed):
        read_with_ocr(ONE_PAGE, KIND, tmp_path / "workspace")
    told = seen.read_text("utf-8")
    assert "vault words" not in told
    assert "proxy" not in told
    private = str(tmp_path / "workspace" / "ssp-private-")
    given = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    assert given["HOME"].startswith(private)
    assert given["TMPDIR"].startswith(private)
    assert told.splitlines()[-1].startswith(private)
    assert capfd.readouterr() == ("", ""), "what the programs print may quote the report"


# What they left


LINE = PrintedLine(Box(0, 0, 9, 9), (9.0, 0.0), 12.0, 0)
HOCR = """<div class='ocr_page' title='image "x; y.png"; bbox 0 0 2480 3508; ppageno 0; scan_res 300 300'>
<span class='ocr_line' title="bbox 300 100 900 150; baseline 0.001 -10; x_size 50; x_descenders 10">
<span class='ocrx_word' title='bbox 300 100 500 150; x_wconf 91'>Mrs &amp;</span>
<span class='ocrx_word' title='bbox 520 100 900 150; x_wconf 12'><strong>Devane</strong></span></span>
<span class='ocr_line' title="bbox 0 0 9 9; baseline 0 0"> </span></div>"""


def test_words_with_place_and_confidence() -> None:
    scan = read_hocr(HOCR)
    assert (scan.width, scan.height, scan.dpi) == (2480, 3508, 300)
    [line] = scan.lines
    assert [(w.text, w.confidence) for w in line.words] == [("Mrs &", 91), ("Devane", 12)]
    assert line.words[1].box == (520, 100, 900, 150)
    assert line.base(1300) == pytest.approx(141)
    with pytest.raises(ValueError, match="no page"):
        read_hocr("<html></html>")


def _ink(*boxes: Box) -> Any:
    ink = np.zeros((400, 600), dtype=bool)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = True
    return ink


def test_lines_are_told_from_print_and_pictures() -> None:
    line, side = Box(100, 50, 500, 53), Box(100, 50, 103, 300)
    print_feet = [Box(100 + 12 * n, 350 if n % 2 else 380, 110 + 12 * n, 390) for n in range(30)]
    bar = Box(300, 200, 560, 240)
    found = ocr_ink.rules(_ink(line, side, bar, *print_feet), 300)
    assert len(found) == 2
    assert all(
        abs(a - b) <= 2
        for box, drawn in zip(found, (line, side), strict=True)
        for a, b in zip(box, drawn, strict=True)
    )


@pytest.mark.parametrize(
    ("marks", "notes", "expected", "figures", "following"),
    [
        (["", ""], ["3", "4"], 1, ["3", "4"], 5),
        (["", "4"], ["", "4"], 1, ["3", "4"], 5),
        (["7"], [""], 1, ["1"], 2),
        (["", ""], ["", ""], 5, ["5", "6"], 7),
        (["1"], ["1"], 7, ["1"], 2),
        (["", ""], ["3"], 3, ["", ""], 4),
    ],
)
def test_marks_are_told_by_the_notes_at_the_foot(
    marks: list[str], notes: list[str], expected: int, figures: list[str], following: int
) -> None:
    made = [Mark(3, figure, ()) for figure in marks]
    assert number(made, [Note(figure, None) for figure in notes], expected) == following
    assert [mark.figure for mark in made] == figures


def test_doubtful_words_are_found_in_their_blocks() -> None:
    reading = Reading(
        [
            Block(BlockKind.PARAGRAPH, "Mrs Devane met Okonjo. Rnse said so.", page=1),
            Block(BlockKind.TABLE, rows=(("Name", "Rnse"),), page=2, turns=((1, 3),)),
            Block(BlockKind.PARAGRAPH, "Rnse again, on a page where it is read well.", page=4),
        ]
    )
    doubts = Doubts([0, 1, 2])
    for page, word in ((0, "Rnse"), (0, "Oko-"), (2, "Rnse"), (0, "—")):
        doubts.add(page, word)
    note(reading, doubts)
    assert [block.unsure for block in reading.blocks] == [("Okonjo.", "Rnse"), ("Rnse",), ()]
    assert reading.left_out["recognised_page"] == 3
    assert reading.left_out["unsure_word"] == 2
    assert reading.items["recognised_page"] == {"": [1, 2, 3]}


# Doubtful words are decided about


@pytest.mark.slow
def test_a_decision_is_asked_about_each_doubtful_word(rules: Rules, engine: Engine) -> None:
    text = "Mrs Rose Devane rang on 4 March 2011. The Metropolitan Police Service was called, and the door was open."
    unsure = ("Devane", "2011.", "Metropolitan", "door")
    plain = Document(DocumentKind.OVERVIEW, (Block(BlockKind.PARAGRAPH, text),))
    scan = Document(DocumentKind.OVERVIEW, (Block(BlockKind.PARAGRAPH, text, unsure=unsure),))
    before, after = (anonymise.analyse([d], CaseFacts(), rules, engine) for d in (plain, scan))
    asked = {form: identity for identity in after.identities if identity.needs_decision for form in identity.forms}
    assert {"4 March 2011", "Metropolitan", "door"} < asked.keys()
    assert not {form for i in before.identities if i.needs_decision for form in i.forms} & {"4 March 2011", "door"}
    assert asked["door"].kind is IdentityKind.UNEXPLAINED
    assert asked["door"].reason == unsure_words.REASON
    assert "with little confidence" in asked["4 March 2011"].reason
    person = next(i for i in after.identities if i.type == "PERSON")
    assert any("Devane" in form for form in person.forms), "a doubtful name stays the person's"
    kept = {finding.text.strip() for finding in after.kept}
    assert "Police Service" in kept, "the words beside a doubtful one stay"
    assert unsure_words.SOURCE in explain.LAYERS


# Real recognition


@pytest.mark.slow
def test_a_rough_scan_leaks_nobody(tmp_path: Path, rules: Rules, engine: Engine) -> None:
    document = read_with_ocr(scanned(SUMMARY, ROUGH, [0, 2]), KIND, tmp_path)
    analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
    text = layout(redact.redact(document, analysis, ()).document).text
    result = score("d1-summary", text)
    assert result["person_leaks"] == 0
    assert result["leaks"] == 0
    assert not result["stray"]
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_headings_numbers_and_lists_keep_their_shape(tmp_path: Path) -> None:
    document = read_with_ocr(scanned(SUMMARY, Scanner(), [0, 1]), KIND, tmp_path)
    headings = [(b.number, b.text) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert ("3", "The Review Panel members") in headings
    members = [b.text for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert len(members) == 12
    assert "Martin Price, Head of Community Safety, London Borough of Southwark" in members
    assert [b.number for b in document.blocks if b.kind is BlockKind.PARAGRAPH and b.number][:4] == [
        "1.1", "1.2", "1.3", "1.4",
    ]  # fmt: skip
    assert not any(b.text in ("RESTRICTED", "SSP/DHR/2019/02 Page 1 of 4") for b in document.blocks)
    [notice] = [n for n in document.notices if n.code == "recognised_page"]
    assert notice.count == 2
    assert notice.items[0].pages == (1, 2)


@pytest.mark.slow
def test_tables_footnotes_and_sideways_pages_come_out_whole(tmp_path: Path) -> None:
    """Pages with a ruled table, with footnotes, and one that lies on its side, beside pages that have text."""
    first, scan = pdf([Sheet().paragraph(72, 700, ["The Panel met on five occasions and heard from all."])]), []
    scan.append(scanned(OVERVIEW, Scanner(), [2]))
    scan.append(scanned(OVERVIEW, Scanner(turns=1), [8], guessed="Guessed by a scanner: Tamsin Arkwright"))
    document = read_with_ocr(joined(first, *scan), DocumentKind.OVERVIEW, tmp_path)
    assert document.blocks[0].text == "The Panel met on five occasions and heard from all."
    [table] = [b for b in document.blocks if b.kind is BlockKind.TABLE]
    assert table.rows[0] == ("Agency", "Author of IMR", "Received")
    assert ("Children's Social Care", "Bowyer, Wendy", "21 March 2013") in table.rows
    notes = {b.number: b.text for b in document.blocks if b.kind is BlockKind.FOOTNOTE}
    assert notes["3"].startswith("Feder, G. and others (2011)")
    assert "under IRIS.[^3]" in " ".join(b.text for b in document.blocks)
    assert "Tamsin" not in layout(document).text
    assert {b.page for b in document.blocks if b.kind is not BlockKind.FOOTNOTE} == {1, 2, 3}


@pytest.mark.slow
def test_a_photograph_is_asked_about_and_an_empty_back_is_nothing(tmp_path: Path) -> None:
    scan = joined(scanned(SUMMARY, Scanner(), [2]), paper(), paper((200, 300, 600, 800)))
    document = read_with_ocr(scan, KIND, tmp_path)
    assert [b.page for b in document.blocks if b.kind is BlockKind.PICTURE] == [3]
    assert "Coercive control" in layout(document).text


def _line(confidence: int) -> _Print:
    return _Print(LINE, 12.0, 1.0, None, [Word("Rnse", LINE.box, confidence)], [None])


def test_a_page_whose_words_are_guesses_is_named() -> None:
    sheets = [_Sheet(page, Scan(100, 100, 300.0), [], [_line(sure)], []) for page, sure in enumerate((90, 30, 20))]
    with pytest.raises(errors.OcrFailed, match="Pages 2, 3 are too faint"):
        _refuse_illegible(sheets)


def test_what_was_not_read_is_told_from_what_was() -> None:
    ink = _ink(Box(50, 50, 400, 60), Box(50, 150, 250, 350), Box(500, 300, 505, 305))
    read = [Box(48, 48, 402, 64)]
    [picture] = ocr_ink.unread(ink, read, 150)
    assert abs(picture.left - 50) < 20
    assert abs(picture.bottom - 350) < 20


# The commands


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch)


def test_intake_stores_the_file_as_given_and_records_the_recognition(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def recognise(data: bytes, kind: DocumentKind, within: Path, progress: Any) -> Document:
        asked.append(within)
        told = Notice("recognised_page", 4, "4 pages were read by character recognition.")
        return Document(kind, (Block(BlockKind.PARAGRAPH, "Words."),), notices=(told,))

    monkeypatch.setattr("pipeline.extract.read_with_ocr", recognise)
    path = office.file("scan.pdf", "A scan.")
    session = office.session("Olive")
    report = run.SignedOff(path, REFERENCE, KIND, "The Partnership", date(2026, 3, 31))
    run.intake(session, report, ocr=True)
    assert asked == [office.vault.workspace.root]
    [row] = office.vault.rows("SELECT data FROM sources")
    assert bytes(row[0]) == path.read_bytes()
    [source] = cases.current_sources(office.vault, cases.slug_of(REFERENCE))
    assert [notice.code for notice in source.document.notices] == ["recognised_page"]
    assert run.verify_audit(office.vault)


def test_preview_recognises_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    scan = tmp_path / "summary.pdf"
    scan.write_bytes(ONE_PAGE)
    runner = CliRunner()
    without = runner.invoke(ssp, ["preview", str(scan)])
    assert without.exit_code == errors.ScannedPages.exit_code
    assert "--ocr" in without.output
    with_ocr = runner.invoke(ssp, ["preview", str(scan), "--ocr"])
    assert with_ocr.exit_code == errors.OcrNotInstalled.exit_code
    assert "apt install ocrmypdf" in with_ocr.output
