"""Tables in PDFs without tags that have horizontal lines only, as LaTeX and style sheets for the web print them."""

from __future__ import annotations

from collections.abc import Sequence

from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, DocumentKind

AGENCIES = (
    ("Metropolitan Police", "Report", "Hallow, April"),
    ("London Borough of the River, its", "Report", "Rees, Anna"),
    ("Housing Solutions", "", ""),
    ("The Hospital and its Foundation", "Chronology", "Author not named at the Trust's"),
    ("Trust", "", "request"),
    ("Refuge", "Summary", "Vaughan, Idris"),
)
ROWS = (
    ("Organisation", "Kind", "Author"),
    ("Metropolitan Police", "Report", "Hallow, April"),
    ("London Borough of the River, its Housing Solutions", "Report", "Rees, Anna"),
    ("The Hospital and its Foundation Trust", "Chronology", "Author not named at the Trust's request"),
    ("Refuge", "Summary", "Vaughan, Idris"),
)
LEFTS = (72, 245, 360)
SENTENCE = "4.7 The members of the Panel met on five occasions and heard from each of the agencies that knew the"


def _blocks(*sheets: Sheet) -> list[Block]:
    return list(read_here(pdf(sheets), DocumentKind.OVERVIEW).blocks)


def _tables(*sheets: Sheet) -> list[Block]:
    return [block for block in _blocks(*sheets) if block.kind is BlockKind.TABLE]


def _across(sheet: Sheet, *heights: float) -> Sheet:
    for y in heights:
        sheet.line(70, y, 530, y)
    return sheet


def _row(sheet: Sheet, y: float, cells: Sequence[str], *, bold: bool = False) -> Sheet:
    for x, words in zip(LEFTS, cells, strict=True):
        if words:
            sheet.text(x, y, words, bold=bold)
    return sheet


def _framed(sheet: Sheet, top: float, lines: Sequence[Sequence[str]] = AGENCIES, *, end: bool = True) -> float:
    """A line above and under the header, one at the end, and nothing between rows; returns the last one's height."""
    _across(_row(sheet, top, ROWS[0]), top + 12, top - 6)
    for index, cells in enumerate(lines):
        _row(sheet, top - 18 - 13 * index, cells)
    foot = top - 24 - 13 * (len(lines) - 1)
    if end:
        _across(sheet, foot)
    return foot


def test_rows_set_without_space_between_them_are_told_by_their_words() -> None:
    sheet = Sheet().text(72, 700, SENTENCE)
    _framed(sheet, 660)
    (table,) = _tables(sheet)
    assert table.rows == ROWS
    assert table.header_rows == 1


def test_such_tables_on_every_page_are_no_columns_of_text() -> None:
    calls = [(f"Call number {call}", "Report", f"Officer {1000 + call}") for call in range(150)]
    sheets = [Sheet() for _ in range(3)]
    for number, sheet in enumerate(sheets):
        _framed(sheet, 780, calls[50 * number : 50 * number + 50], end=number == 2)
    (table,) = _tables(*sheets)
    assert table.rows == (ROWS[0], *calls)
    assert [page for _, page in table.turns] == [2, 3]


def test_a_sentence_between_two_tables_is_in_neither() -> None:
    sheet = Sheet().text(72, 760, SENTENCE)
    foot = _framed(sheet, 720)
    sheet.text(72, foot - 22, "4.8 The members of the Panel were as follows.")
    _framed(sheet, foot - 50)
    kinds = [(block.kind, block.rows) for block in _blocks(sheet)]
    assert kinds[1:] == [(BlockKind.TABLE, ROWS), (BlockKind.PARAGRAPH, ()), (BlockKind.TABLE, ROWS)]


def test_a_word_longer_than_its_cell_stays_whole_and_leaves_the_next_cell_alone() -> None:
    sheet = Sheet().text(72, 700, SENTENCE)
    long = "overview_report_of_the_review_final_version.docx"
    _framed(
        sheet, 660, (*AGENCIES, ("Council", "Report", "Rees, Anna"), (long, "", ""), ("Refuge", "Letter", "Marsh"))
    )
    (table,) = _tables(sheet)
    assert [row[0] for row in table.rows[-2:]] == [f"Council {long}", "Refuge"]
    assert {len(row) for row in table.rows} == {3}


def _ruled_rows(sheet: Sheet, top: float, rows: Sequence[Sequence[Sequence[str]]], *, open_end: bool = False) -> None:
    """A bold header and a line under every row, but for the last where the page cuts it."""
    _across(_row(sheet, top, ("Date", "Source", "Event"), bold=True), top - 6)
    y = top - 20
    for number, row in enumerate(rows):
        for cells in row:
            _row(sheet, y, cells)
            y -= 14
        if number + 1 < len(rows) or not open_end:
            _across(sheet, y + 8)
        y -= 6


def test_a_row_that_the_page_cuts_above_its_line_is_one_row() -> None:
    first, second = Sheet().text(72, 760, SENTENCE), Sheet()
    row = (("4 May 2016", "Police", "A neighbour heard"), ("", "", "them shout."))
    cut = (("6 May 2016", "Hospital", "She said that she fell"),)
    _ruled_rows(first, 130, [row, row, cut], open_end=True)
    _ruled_rows(second, 780, [(("", "", "on the stairs."),), row])
    (table,) = _tables(first, second)
    assert table.rows == (
        ("Date", "Source", "Event"),
        *[("4 May 2016", "Police", "A neighbour heard them shout.")] * 2,
        ("6 May 2016", "Hospital", "She said that she fell on the stairs."),
        ("4 May 2016", "Police", "A neighbour heard them shout."),
    )


def test_text_in_two_columns_between_lines_is_no_table() -> None:
    sheets = []
    for number in range(2):
        sheet = _across(Sheet(), 800, 60).text(72, 808, "Overview Report").text(480, 808, f"Page {number + 1}")
        for row in range(40):
            words = "the police came to the house and spoke to"
            sheet.text(72, 780 - 14 * row, words).text(320, 780 - 14 * row, f"her sister and {words[:27]}")
        sheets.append(sheet)
    blocks = _blocks(*sheets)
    assert [block for block in blocks if block.kind is BlockKind.TABLE] == []
    assert sum(block.text.count("house and spoke to the police") for block in blocks) > 70
