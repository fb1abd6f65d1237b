"""The four development reports, from Word and from PDF, against their plain text."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, Document, DocumentKind, layout

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("d1-overview", "d1-summary", "d2-overview", "d3-overview", "d3-summary", "d4-overview")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# People whom only a comment, a tracked deletion or a document property names, in words that the text never has.
_NOT_PRINTED = "before it goes to print"


@cache
def _read(name: str, ending: str) -> Document:
    folder = EXAMPLES if name.startswith("d1") else FIXTURES
    kind = DocumentKind.SUMMARY if name.endswith("summary") else DocumentKind.OVERVIEW
    return read_here((folder / f"{name}.{ending}").read_bytes(), kind)


def _share_kept(gold: str, text: str) -> float:
    """Share of the words of `gold` that stand in `text` in the same order; a contents list may be left out."""
    contents = re.search(r"^#+ *contents *$.*?(?=^#)", gold, re.I | re.M | re.S)
    left_out = contents.span() if contents else (0, 0)
    source = [m for m in _WORD.finditer(gold) if not left_out[0] <= m.start() < left_out[1]]
    there = [m[0].casefold() for m in _WORD.finditer(text)]
    matcher = difflib.SequenceMatcher(None, [m[0].casefold() for m in source], there, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(source)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ending", "least"), [("docx", 0.995), ("pdf", 0.995)])
def test_words_survive_in_order(name: str, ending: str, least: float) -> None:
    gold = json.loads((FIXTURES / f"{name}.gold.json").read_text(encoding="utf-8"))["text"]
    assert _share_kept(gold, layout(_read(name, ending)).text) >= least


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_word_file_is_lost_or_made_up(name: str) -> None:
    """Every word but those of the marking and the contents list, in order; before them the file's own title."""
    gold = json.loads((FIXTURES / f"{name}.gold.json").read_text(encoding="utf-8"))["text"]
    gold = re.sub(r"^#+ *contents *$.*?(?=^#)", "", gold, flags=re.I | re.M | re.S)
    gold = re.sub(r"^RESTRICTED(?:: [A-Z ]+)?$", "", gold, flags=re.M)
    expected = [m[0].casefold() for m in _WORD.finditer(gold)]
    read = [m[0].casefold() for m in _WORD.finditer(layout(_read(name, "docx")).text)]
    title = [m[0].casefold() for m in _WORD.finditer(_read(name, "docx").title)]
    assert read == title + expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_nothing_comes_from_comments_deletions_properties_or_furniture(name: str, ending: str) -> None:
    document = _read(name, ending)
    text = layout(document).text
    assert _NOT_PRINTED not in text
    assert not re.search(r"Page \d+ of \d+", text)
    assert not re.search(r"^(RESTRICTED|OFFICIAL-SENSITIVE)", text, re.M)
    codes = {notice.code for notice in document.notices}
    assert {"property", "running_header_footer"} <= codes
    assert ending == "pdf" or {"comment", "tracked_deletion"} <= codes
    assert all(_plain(n.message) for n in document.notices)


def _plain(message: str) -> bool:
    return message.endswith(".") and message[0].isascii()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "part",
    [
        pytest.param(lambda b: (b.kind, b.number) if b.kind is BlockKind.HEADING else None, id="headings"),
        pytest.param(lambda b: (b.number, b.text) if b.kind is BlockKind.FOOTNOTE else None, id="footnotes"),
        pytest.param(lambda b: (b.level, b.text) if b.kind is BlockKind.LIST_ITEM else None, id="lists"),
        pytest.param(lambda b: b.number if b.kind is BlockKind.PARAGRAPH and b.number else None, id="numbers"),
    ],
)
def test_word_and_pdf_are_read_alike(name: str, part: Callable[[Block], object]) -> None:
    word = [part(block) for block in _read(name, "docx").blocks]
    printed = [part(block) for block in _read(name, "pdf").blocks]
    assert list(filter(None, printed)) == list(filter(None, word))


@pytest.mark.parametrize("name", NAMES)
def test_tagged_files_can_be_read_by_place_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file loses when the program that made it writes no tags: no words. Tables have a test of their own."""
    monkeypatch.setattr("pipeline.extract.pdf.tags.reader.is_complete", lambda tree, pages: False)
    folder = EXAMPLES if name.startswith("d1") else FIXTURES
    by_place = read_here((folder / f"{name}.pdf").read_bytes(), DocumentKind.OVERVIEW)
    gold = json.loads((FIXTURES / f"{name}.gold.json").read_text(encoding="utf-8"))["text"]
    assert _share_kept(gold, layout(by_place).text) >= 0.995


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_panel_table_of_d4_keeps_its_empty_cell(ending: str) -> None:
    tables = [b for b in _read("d4-overview", ending).blocks if b.kind is BlockKind.TABLE]
    assert ("", "Hope Lindqvist-Barr, Principal Social Worker") in tables[0].rows
    assert tables[0].header_rows == 0


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_footnote_marks_stand_where_they_are_printed(ending: str) -> None:
    document = _read("d2-overview", ending)
    marked = next(b for b in document.blocks if b.number == "3.2.7")
    assert marked.text.endswith("after her death.[^4]")
    notes = [b.number for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert notes == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_lines_that_were_ended_on_purpose_stay_lines(ending: str) -> None:
    texts = [b.text for b in _read("d4-overview", ending).blocks]
    start = texts.index("Person assessed: BOADI-LARBI, Akosua S.")
    assert texts[start + 1 : start + 4] == [
        "Date of birth: 23.04.78",
        "Social care record: AIS 0417736",
        "NHS number: 999 516 2047",
    ]


def test_an_overview_report_that_speaks_of_management_reviews_is_read() -> None:
    assert "Individual Management Reviews (IMRs)" in layout(_read("d2-overview", "docx")).text
