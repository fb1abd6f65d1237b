"""Tables in PDFs without tags: ruled, half ruled, shaded and set in columns; and what only looks like one."""

from __future__ import annotations

import time

import pytest
from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.extract.pdf.page.lines import line_of
from pipeline.extract.pdf.page.runs import Glyph
from pipeline.models import Block, BlockKind, Document, DocumentKind, Merged

LONG = [
    "1.1 The Panel met on five occasions and heard from each of the agencies that knew the",
    "family, and it thanks all those who took the time to write to it about what they saw and",
    "what they would do in another way.",
]
PANEL = (
    ("Name", "Role", "Agency"),
    ("Martin Hallow", "Head of Community Safety", "Council"),
    ("Anna Rees", "Adviser", "Refuge"),
    ("Idris Vaughan", "Named nurse", "Hospital"),
)


def _read(*sheets: Sheet) -> Document:
    return read_here(pdf(sheets), DocumentKind.OVERVIEW)


def _tables(*sheets: Sheet) -> list[Block]:
    return [block for block in _read(*sheets).blocks if block.kind is BlockKind.TABLE]


def _words(sheet: Sheet, *, top: float = 600, step: float = 24, bold: bool = True, left: float = 76) -> Sheet:
    """The panel's list in three columns, without lines."""
    for row, cells in enumerate(PANEL):
        for column, words in enumerate(cells):
            sheet.text(left + 170 * column, top - step * row, words, bold=bold and row == 0)
    return sheet


def _box(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, paint: str = "f") -> Sheet:
    sheet.operators.append(f"q 0.9 g {x0} {y0} {x1 - x0} {y1 - y0} re {paint} Q")
    return sheet


def _shaded_cells(sheet: Sheet, y: float) -> None:
    for column in range(3):
        _box(sheet, 70 + 170 * column, y - 8, 240 + 170 * column, y + 16)


def _across(sheet: Sheet, heights: list[float], *, thick: float = 0.0) -> Sheet:
    for y in heights:
        if thick:
            _box(sheet, 70, y - thick / 2, 580, y + thick / 2)
        else:
            sheet.line(70, y, 580, y)
    return sheet


def _grid(sheet: Sheet) -> Sheet:
    return sheet.grid([70, 240, 410, 580], [616, 592, 568, 544, 520])


def _double(sheet: Sheet) -> Sheet:
    sheet.grid([70, 240, 410, 580], [616, 592, 568, 544, 520])
    return sheet.grid([72.5, 242.5, 412.5, 582.5], [618.5, 594.5, 570.5, 546.5, 522.5])


def _dashed(sheet: Sheet) -> Sheet:
    sheet.operators.append("[3 2] 0 d")
    return _grid(sheet)


def _pieces(sheet: Sheet) -> Sheet:
    """Each cell draws its own four sides."""
    for row in range(4):
        for column in range(3):
            x, y = 70 + 170 * column, 592 - 24 * row
            sheet.operators.append(f"{x} {y} 170 24 re S")
    return sheet


def _thick(sheet: Sheet) -> Sheet:
    for x in (70, 240, 410, 580):
        _box(sheet, x - 2, 520, x + 2, 616)
    return _across(sheet, [616, 592, 568, 544, 520], thick=4)


def _upright(sheet: Sheet) -> Sheet:
    for x in (70, 240, 410, 580):
        sheet.line(x, 616, x, 520)
    return sheet


LINES = {
    "grid": _grid,
    "double": _double,
    "dashed": _dashed,
    "each cell by itself": _pieces,
    "thick boxes": _thick,
    "between all rows": lambda sheet: _across(sheet, [616, 592, 568, 544, 520]),
    "under the header": lambda sheet: _across(sheet, [592]),
    "above, under the header, below": lambda sheet: _across(sheet, [616, 592, 520]),
    "around": lambda sheet: _box(sheet, 70, 520, 580, 616, paint="S"),
    "a shaded header": lambda sheet: (_shaded_cells(sheet, 600), sheet)[1],
    "every other row shaded": lambda sheet: (_shaded_cells(sheet, 600), _shaded_cells(sheet, 552), sheet)[2],
    "stripes": lambda sheet: _box(_box(sheet, 70, 568, 580, 592), 70, 520, 580, 544),
    "only upright": lambda sheet: _upright(sheet),
    "none": lambda sheet: sheet,
}


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("step", [24, 24.001])
def test_a_table_is_the_same_whatever_its_lines(lines: str, step: float) -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    LINES[lines](sheet)
    document = _read(_words(sheet, step=step).text(72, 470, "1.2 After the table."))
    assert [b.kind.value for b in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.blocks[1].rows == PANEL
    assert document.blocks[1].header_rows == 1
    assert document.blocks[1].merged == ()


def test_merged_cells_are_told_from_lines_that_are_not_there() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    for y in (616, 592, 520):
        sheet.line(70, y, 400, y)
    sheet.line(180, 568, 400, 568).line(180, 544, 290, 544)
    for x, top, foot in ((70, 616, 520), (400, 616, 520), (180, 592, 520), (290, 592, 520)):
        sheet.line(x, top, x, foot)
    sheet.text(76, 600, "Contact with the agencies before the death", bold=True)
    sheet.text(76, 574, "Police").text(186, 574, "May 2016").text(296, 574, "Arrest")
    sheet.text(186, 550, "June 2016").text(296, 550, "Letters, which were").text(186, 526, "July 2016")
    sheet.text(296, 536, "not answered")
    (table,) = _tables(sheet)
    assert table.rows == (
        ("Contact with the agencies before the death", "", ""),
        ("Police", "May 2016", "Arrest"),
        ("", "June 2016", "Letters, which were not answered"),
        ("", "July 2016", ""),
    )
    assert table.merged == (Merged(0, 0, 1, 3), Merged(1, 0, 3, 1), Merged(2, 2, 2, 1))
    assert table.header_rows == 1


def test_an_underlined_word_does_not_cut_its_row() -> None:
    sheet = _words(_grid(Sheet().paragraph(72, 700, LONG)))
    (table,) = _tables(sheet.line(246, 574, 300, 574))
    assert table.rows == PANEL


def test_a_word_too_long_for_its_cell_stays_whole() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid([70, 130, 240, 400], [616, 592, 568])
    for x, y, words in ((74, 600, "Version"), (134, 600, "File"), (244, 600, "Sent to"),
                        (74, 576, "5"), (134, 576, "Overview_Report_v5.docx"), (244, 576, "Panel")):  # fmt: skip
        sheet.text(x, y, words)
    (table,) = _tables(sheet)
    assert table.rows[1] == ("5", "Overview_Report_v5.docx", "Panel")


def test_paragraphs_and_bullets_of_a_cell_stay_apart() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid([70, 200, 480], [616, 540])
    sheet.text(76, 600, "Actions").text(206, 600, "Train the staff.").text(206, 586, "\u2022 Write to the family")
    sheet.text(206, 572, "\u2022 Audit the files").text(206, 558, "By whom")
    (table,) = _tables(sheet)
    assert table.rows == (("Actions", "Train the staff. Write to the family; Audit the files; By whom"),)


def test_a_table_within_a_cell_is_that_cells_text() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid([70, 200, 480], [616, 592, 500])
    sheet.text(76, 600, "Agency").text(206, 600, "Contact").text(76, 574, "Police")
    sheet.grid([210, 300, 390], [584, 560, 536])
    sheet.text(216, 568, "May").text(306, 568, "Arrest").text(216, 544, "June").text(306, 544, "Letter")
    (table,) = _tables(sheet)
    assert table.rows == (("Agency", "Contact"), ("Police", "May Arrest; June Letter"))


def test_tables_side_by_side_are_two() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    for left in (70, 330):
        sheet.grid([left, left + 100, left + 200], [616, 592, 568])
        sheet.text(left + 4, 600, "Term").text(left + 104, 600, "Meaning")
        sheet.text(left + 4, 576, f"T{left}").text(left + 104, 576, "A word")
    assert [t.rows for t in _tables(sheet)] == [
        (("Term", "Meaning"), (f"T{left}", "A word")) for left in (70, 330)
    ]  # fmt: skip


def test_a_box_around_a_paragraph_is_no_table() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    _box(sheet, 66, 600, 540, 660, paint="S").text(72, 640, "1.2 She was 41, and lived near her sister.")
    assert [b.kind for b in _read(sheet).blocks] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def _chronology(pages: int, *, ruled: bool) -> list[Sheet]:
    sheets = []
    for page in range(pages):
        sheet = Sheet()
        heights = [700.0 - 35 * row for row in range(17)]
        if ruled:
            sheet.grid([70, 160, 260, 506], [*(y + 16 for y in heights), heights[-1] - 18])
        for x, words in ((74, "Date"), (164, "Source"), (264, "Event")):
            sheet.text(x, 700, words, bold=True)
        for row, y in enumerate(heights[1:]):
            day = page * 16 + row
            sheet.text(74, y, f"{day % 28 + 1:02}/{day % 12 + 1:02}/{2000 + day % 20}").text(164, y, "Police")
            sheet.text(264, y, f"Call number {day} by a neighbour, who heard them").text(264, y - 13, "shout again.")
        sheets.append(sheet)
    return sheets


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_over_pages_is_one_with_its_header_once(ruled: bool) -> None:
    (table,) = _tables(*_chronology(3, ruled=ruled))
    assert len(table.rows) == 1 + 3 * 16
    assert table.header_rows == 1
    assert table.rows[17] == ("17/05/2016", "Police", "Call number 16 by a neighbour, who heard them shout again.")
    assert table.turns == ((17, 2), (33, 3))
    assert [table.page_at(row) for row in (0, 16, 17, 48)] == [1, 1, 2, 3]


def test_a_chronology_of_five_hundred_pages_is_read_in_time() -> None:
    data = pdf(_chronology(500, ruled=False))
    start = time.process_time()
    document = read_here(data, DocumentKind.OVERVIEW)
    assert time.process_time() - start < 60
    (table,) = [b for b in document.blocks if b.kind is BlockKind.TABLE]
    assert len(table.rows) == 1 + 500 * 16


def test_a_row_that_a_pages_end_cuts_is_one_row() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([70, 160, 380], [120, 96])
    first.line(70, 60, 70, 96).line(160, 60, 160, 96).line(380, 60, 380, 96)
    first.text(74, 104, "Date").text(164, 104, "Event").text(74, 84, "May 2016")
    first.paragraph(164, 84, ["A neighbour told the police that she had", "heard them both shout in the night, and"])
    second = Sheet().grid([70, 160, 380], [780, 756, 730])
    second.text(74, 764, "Date").text(164, 764, "Event").text(164, 740, "the officers came.")
    (table,) = _tables(first, second)
    assert table.rows == (
        ("Date", "Event"),
        (
            "May 2016",
            "A neighbour told the police that she had heard them both shout in the night, and the officers came.",
        ),
    )


def test_other_columns_on_the_next_page_are_another_table() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([70, 160, 400], [120, 96, 72])
    first.text(74, 104, "Date").text(164, 104, "Event").text(74, 80, "May 2016").text(164, 80, "Arrest")
    second = Sheet().grid([70, 250, 400], [780, 756, 732])
    second.text(74, 764, "Term").text(254, 764, "Meaning").text(74, 740, "CAD").text(254, 740, "Log")
    assert [t.rows[0] for t in _tables(first, second)] == [("Date", "Event"), ("Term", "Meaning")]


def test_the_same_columns_with_a_header_of_their_own_are_another_table() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([70, 160, 400], [120, 96, 72])
    first.text(74, 104, "Date", bold=True).text(164, 104, "Event", bold=True)
    first.text(74, 80, "May 2016").text(164, 80, "Arrest")
    second = Sheet().grid([70, 160, 400], [780, 756, 732])
    second.text(74, 764, "Term", bold=True).text(164, 764, "Meaning", bold=True)
    second.text(74, 740, "CAD").text(164, 740, "Log")
    assert [t.rows[0] for t in _tables(first, second)] == [("Date", "Event"), ("Term", "Meaning")]


def test_cells_set_in_the_middle_of_their_row() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    sheet.text(76, 600, "Agency", bold=True).text(246, 600, "What it knew", bold=True)
    y = 576
    known = {
        "Police": ["Two calls by neighbours,", "and one by herself, of which", "no record was kept"],
        "Hospital": ["One injury"],
        "School": ["Late on most days, and always", "hungry"],
    }
    for agency, lines in known.items():
        sheet.paragraph(246, y, lines).text(76, y - 7 * (len(lines) - 1), agency)
        y -= 14 * len(lines) + 8
    (table,) = _tables(sheet)
    assert table.rows == (
        ("Agency", "What it knew"),
        ("Police", "Two calls by neighbours, and one by herself, of which no record was kept"),
        ("Hospital", "One injury"),
        ("School", "Late on most days, and always hungry"),
    )


def test_figures_set_to_the_right_stay_in_their_column() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    for row, (year, calls, arrests) in enumerate(
        (("Year", "Calls", "Arrests"), ("2014", "9", "1"), ("2015", "118", "20"))
    ):
        y = 600 - 20 * row
        sheet.text(76, y, year).text(250 - 6 * len(calls), y, calls).text(400 - 6 * len(arrests), y, arrests)
    (table,) = _tables(sheet)
    assert table.rows == (("Year", "Calls", "Arrests"), ("2014", "9", "1"), ("2015", "118", "20"))
    assert table.header_rows == 1


NO_TABLES = {
    "an e-mail's head": [("From:", "the Chair"), ("To:", "all members of the Panel"), ("Sent:", "4 May 2016"),
                         ("Subject:", "the next meeting")],
    "two who sign": [("Helen Marsh", "Idris Vaughan"), ("Chair", "Author")],
    "hanging numbers": [("1.2", "She was 41."), ("1.3", "He was 43."), ("1.4", "They had one child.")],
    "letters": [("(a)", "What was known?"), ("(b)", "What was done?"), ("(c)", "What was learned?")],
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_TABLES)
def test_what_only_looks_like_a_table_is_none(kind: str) -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    for row, (left, right) in enumerate(NO_TABLES[kind]):
        sheet.text(72, 640 - 14 * row, left).text(220 if " " in left or ":" in left else 110, 640 - 14 * row, right)
    document = _read(sheet)
    assert [b for b in document.blocks if b.kind is BlockKind.TABLE] == []
    text = " ".join(f"{b.number} {b.text}" for b in document.blocks)
    assert all(right in text for _, right in NO_TABLES[kind])


def test_text_in_two_columns_is_no_table() -> None:
    sheet = Sheet().text(72, 780, "Overview Report", size=20, bold=True)
    words = "the police came to the house and spoke to"
    for row in range(20):
        sheet.text(72, 740 - 14 * row, f"{words}").text(320, 740 - 14 * row, f"her sister and {words[:27]}")
    document = _read(sheet)
    assert [b for b in document.blocks if b.kind is BlockKind.TABLE] == []
    assert sum(b.text.count("the house and spoke") for b in document.blocks) == 20


def _table(sheet: Sheet) -> Sheet:
    sheet.grid([70, 170, 300, 420], [600, 580, 550, 530])
    for x, y, words in (
        (74, 586, "Name"), (174, 586, "Role"), (304, 586, "Agency"),
        (74, 568, "Martin Hallow"), (174, 568, "Head of Community"), (174, 555, "Safety and Housing"),
        (304, 568, "Council"),
        (174, 536, "Adviser"), (304, 536, "Refuge"),
    ):  # fmt: skip
        sheet.text(x, y, words, bold=y == 586)
    return sheet


def test_a_ruled_table_keeps_rows_columns_and_empty_cells() -> None:
    document = _read(_table(Sheet().paragraph(72, 700, LONG)).text(72, 480, "1.2 After the table."))
    table = document.blocks[1]
    assert table.rows == (
        ("Name", "Role", "Agency"),
        ("Martin Hallow", "Head of Community Safety and Housing", "Council"),
        ("", "Adviser", "Refuge"),
    )
    assert table.header_rows == 1
    assert document.blocks[2].number == "1.2"


def test_a_table_without_lines_is_a_table() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    for x, y, words in (
        (190, 654, "Relationship with"),
        (72, 640, "Name"), (190, 640, "the victim"), (330, 640, "Agency"),
        (72, 618, "Martin Hallow"), (190, 618, "Head of Community"), (330, 618, "Council"), (190, 604, "Safety"),
        (72, 582, "Anna Rees"), (330, 582, "Refuge"),
    ):  # fmt: skip
        sheet.text(x, y, words)
    document = _read(sheet.text(72, 540, "1.2 After the table."))
    assert [b.kind.value for b in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.blocks[1].rows == (
        ("Name", "Relationship with the victim", "Agency"),
        ("Martin Hallow", "Head of Community Safety", "Council"),
        ("Anna Rees", "", "Refuge"),
    )


def test_hanging_numbers_and_bullets_are_no_table() -> None:
    sheet = Sheet()
    for index, line in enumerate(LONG):
        sheet.text(110, 700 - 14 * index, line.removeprefix("1.1 "))
    sheet.text(72, 700, "1.1").text(72, 640, "1.2").text(110, 640, "She was 41.")
    sheet.text(80, 610, "•").text(110, 610, "one").text(80, 596, "•").text(110, 596, "two")
    assert [(b.kind.value, b.number) for b in _read(sheet).blocks] == [
        ("paragraph", "1.1"), ("paragraph", "1.2"), ("list_item", ""), ("list_item", ""),
    ]  # fmt: skip


def test_a_table_that_goes_on_over_the_page_is_one_table() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([70, 170, 300], [150, 130, 100])
    first.text(74, 136, "Name", bold=True).text(174, 136, "Role", bold=True)
    first.text(74, 118, "Boadi-Larbi,").text(174, 118, "Sister").text(74, 105, "Patience")
    second = Sheet().grid([70, 170, 300], [780, 760, 740, 710]).text(74, 765, "Name", bold=True)
    second.text(174, 765, "Role", bold=True).text(74, 745, "Efua").text(174, 745, "Cousin of the victim")
    second.text(74, 726, "Kwame").text(174, 726, "Uncle").text(72, 600, "1.2 After it.")
    tables = [b for b in _read(first, second).blocks if b.kind is BlockKind.TABLE]
    assert len(tables) == 1
    assert tables[0].rows == (
        ("Name", "Role"), ("Boadi-Larbi, Patience", "Sister"), ("Efua", "Cousin of the victim"), ("Kwame", "Uncle"),
    )  # fmt: skip


def test_a_row_that_the_page_cuts_is_one_row() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([70, 135, 300], [150, 130])
    first.line(70, 130, 70, 100).line(135, 130, 135, 100).line(300, 130, 300, 100)
    first.text(74, 136, "Name", bold=True).text(139, 136, "Role", bold=True)
    first.text(74, 118, "Nyarko-").text(139, 118, "Aunt").text(74, 105, "Amponsah,")
    second = Sheet().line(70, 780, 70, 750).line(135, 780, 135, 750).line(300, 780, 300, 750).line(70, 750, 300, 750)
    second.text(74, 765, "Patience").text(72, 600, "1.2 After it.")
    tables = [b for b in _read(first, second).blocks if b.kind is BlockKind.TABLE]
    assert [t.rows for t in tables] == [(("Name", "Role"), ("Nyarko-Amponsah, Patience", "Aunt"))]


def test_justified_lines_that_were_ended_on_purpose_are_no_table() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    mail = [
        "From: Hope, Annette",
        "Sent: 14 October 2014 16:22",
        "To: Desmond Will at Kestrel",
        "Cc: Rudge and Muldoon",
    ]
    for row, line in enumerate(mail):
        words = line.split()
        width = [6 * len(word) for word in words]
        gap = (460 - sum(width)) / (len(words) - 1)
        x = 72.0
        for word, wide in zip(words, width, strict=True):
            sheet.text(x, 640 - 14 * row, word)
            x += wide + gap
    document = _read(sheet)
    assert [b for b in document.blocks if b.kind is BlockKind.TABLE] == []
    text = " ".join(b.text for b in document.blocks)
    assert all(line in text for line in mail)


def test_words_in_columns_of_one_width_are_a_table() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    rows = [
        ("Alpha", "Bravo", "Delta"),
        ("Hotel", "India", "Lima"),
        ("Oscar", "Papa", "Romeo"),
        ("Tango", "Union", "Zulu"),
    ]
    for row, cells in enumerate(rows):
        for column, word in enumerate(cells):
            sheet.text(72 + 150 * column, 640 - 14 * row, word)
    (table,) = _tables(sheet)
    assert table.rows == tuple(rows)


def test_thin_letters_that_tell_their_ink_only_stay_together() -> None:
    places = [("(", 110.4, 113.5), ("i", 114.4, 115.4), ("i", 117.1, 118.1), (")", 119.0, 122.1), (" ", 122.1, 125.0)]
    places += [(char, 129.0 + 6 * at, 135.0 + 6 * at) for at, char in enumerate("They")]
    glyphs = [Glyph(char, x0, x1, 656.0, 10.5, False, -1, False, 0) for char, x0, x1 in places]
    line = line_of(glyphs)
    assert line is not None
    assert line.text == "(ii) They"
