"""Hebrew and Arabic in a PDF come out in the order in which they are read, whichever way the file draws them."""

from __future__ import annotations

import pytest
from drawn_pdf import Sheet, pdf

from pipeline import extract
from pipeline.extract.pdf.page.leftwards import in_reading_order
from pipeline.extract.pdf.page.lines import lines_by_place, lines_in_order
from pipeline.extract.pdf.page.runs import Glyph
from pipeline.models import DocumentKind

COHEN = "\u05db\u05d4\u05df"
SARAH = "\u05e9\u05e8\u05d4"
AFRAID = "\u062e\u0627\u0626\u0641\u0629"
ALI = "\u0639\u0644\u064a"
ALPHABET = "".join(chr(0x5D0 + i) for i in range(27))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (f"the brother {COHEN[::-1]} said", f"the brother {COHEN} said"),
        (f"the brother {COHEN[::-1]} {SARAH[::-1]} said", f"the brother {SARAH} {COHEN} said"),
        (f"told {ALI[::-1]} 2019 {AFRAID[::-1]} then", f"told {AFRAID} 2019 {ALI} then"),
        (f"told ({ALI[::-1]}) {AFRAID[::-1]} then", f"told {AFRAID} ({ALI}) then"),
        (f"told {SARAH[::-1]} ({ALI[::-1]}) {AFRAID[::-1]} then", f"told {AFRAID} ({ALI}) {SARAH} then"),
        (f".{SARAH[::-1]} Keith Oduya {COHEN[::-1]}", f"{COHEN} Keith Oduya {SARAH}."),
        (f"{SARAH[::-1]} 14:30 {COHEN[::-1]}", f"{COHEN} 14:30 {SARAH}"),
        (f"{SARAH[::-1]}[^12] {COHEN[::-1]}", f"{COHEN} [^12]{SARAH}"),
        (f"1.2 She said {COHEN[::-1] * 9}", f"1.2 She said {COHEN * 9}"),
        ("nothing of the kind (at all)", "nothing of the kind (at all)"),
    ],
)
def test_what_is_printed_from_right_to_left_is_turned_round(printed: str, read: str) -> None:
    text, starts = in_reading_order(printed, [float(i) for i in range(len(printed))])

    assert text == read
    assert sorted(starts) == [float(i) for i in range(len(printed))]


def glyphs(printed: str, *, tag: int = -1) -> list[Glyph]:
    return [Glyph(c, 100 + 6.0 * i, 106 + 6.0 * i, 700, 11, False, tag, False, 0) for i, c in enumerate(printed)]


def test_letters_may_be_drawn_in_either_direction() -> None:
    line = glyphs(f"the brother {SARAH[::-1]} {COHEN[::-1]} said")
    leftwards = [*line[:12], *line[18:11:-1], *line[19:]]  # as it is read: the pen goes to the left

    for order in (line, leftwards):
        assert [found.text for found in lines_in_order(order)] == [f"the brother {COHEN} {SARAH} said"]
        assert [found.text for found in lines_by_place(order)] == [f"the brother {COHEN} {SARAH} said"]


def test_a_line_that_begins_at_its_right_end_is_one_line_in_a_tagged_element() -> None:
    line = glyphs(f"{SARAH[::-1]} Keith 2019 {COHEN[::-1]}")
    drawn = [*line[17:13:-1], *line[10:14], line[9], *line[4:9], *line[3::-1]]

    assert [found.text for found in lines_in_order(drawn)] == [f"{COHEN} Keith 2019 {SARAH}"]


def test_marks_stay_with_the_letter_that_carries_them() -> None:
    # Meem with damma, hah with fatha; the marks are raised, within their letters' boxes.
    letters = [
        ("\u0645", 112, 118, 700),
        ("\u064f", 113, 116, 702),
        ("\u062d", 106, 112, 700),
        ("\u064e", 107, 110, 702),
    ]
    line = [Glyph(c, x0, x1, y, 11, False, -1, False, 0) for c, x0, x1, y in letters]

    for order in (line, line[::-1], [line[1], line[0], line[3], line[2]]):
        assert [found.text for found in lines_by_place(order)] == ["\u0645\u064f\u062d\u064e"]


def with_hebrew(*sheets: Sheet) -> bytes:
    """Pages whose font F1 prints Hebrew for small letters."""
    pairs = "\n".join(f"<{0x61 + i:02x}> <{ord(c):04x}>" for i, c in enumerate(ALPHABET[:26]))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /H def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n26 beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 11 0 R >>"
    data = pdf(list(sheets), objects=[font, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"])
    return data.replace(b"/F1 3 0 R", b"/F1 10 0 R")


def in_small_letters(word: str) -> str:
    return "".join(chr(0x61 + ALPHABET.index(c)) for c in word)


@pytest.mark.parametrize("bold_before", ["The review heard from the brother", "THE CHAIR"])
def test_hebrew_within_english_is_read_from_its_right_end(bold_before: str) -> None:
    sheet = Sheet()
    for y in (700, 660):
        sheet.text(72, y, bold_before, bold=True)
        sheet.text(290, y, in_small_letters(SARAH[::-1]) + " " + in_small_letters(COHEN[::-1]))
        sheet.text(350, y, "and wrote it down in full.", bold=True)

    blocks = extract.read(with_hebrew(sheet), DocumentKind.OVERVIEW).blocks
    text = " ".join(" ".join([b.text, *(cell for row in b.rows for cell in row)]) for b in blocks)
    assert text.count(f"{COHEN} {SARAH}") == 2
    assert SARAH[::-1] not in text
