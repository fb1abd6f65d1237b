"""The text of table cells in PDFs without tags: wrapped lines, broken words, paragraphs, rows over a page's end."""

from __future__ import annotations

import pytest
from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.models import BlockKind, DocumentKind

LONG = [
    "1.1 The Panel met on five occasions and heard from each of the agencies that knew the",
    "family, and it thanks all those who took the time to write to it about what they saw and",
    "what they would do in another way.",
]
WIDE = 5.5  # points that a letter of the sample takes on average
XS = [70.0, 150.0, 252.0]


def _rows(*sheets: Sheet) -> list[tuple[str, ...]]:
    document = read_here(pdf(sheets), DocumentKind.OVERVIEW)
    return [row for block in document.blocks if block.kind is BlockKind.TABLE for row in block.rows]


def _justified(sheet: Sheet, y: float, lines: list[str], *, last: bool = True) -> Sheet:
    """Lines in the second column, stretched to its edge but for the last one."""
    for index, line in enumerate(lines):
        words = line.split()
        x, wide = XS[1] + 5, [WIDE * len(word) for word in words]
        stretched = len(words) > 1 and not (last and index == len(lines) - 1)
        gap = (XS[2] - XS[1] - 10 - sum(wide)) / (len(words) - 1) if stretched else 3.1
        for word, width in zip(words, wide, strict=True):
            sheet.text(x, y - 14 * index, word)
            x += width + gap
    return sheet


EVENT = ["On 12 July", "2017 the Officer", "then held", "a talk with Fla-", "vian Harrowgate", "at the school."]


def test_stretched_lines_of_one_paragraph_run_on() -> None:
    sheet = Sheet().paragraph(72, 700, ["1.0 Flavian was known to the school.", *LONG])
    sheet.grid(XS, [616, 592, 490]).text(75, 600, "Date").text(155, 600, "Event").text(75, 576, "July")
    assert _rows(_justified(sheet, 576, EVENT))[1] == (
        "July",
        "On 12 July 2017 the Officer then held a talk with Flavian Harrowgate at the school.",
    )


def test_people_on_stretched_lines_of_their_own_stay_two() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid(XS, [616, 592, 540]).text(75, 600, "Role").text(155, 600, "Who")
    _justified(sheet.text(75, 576, "Sisters"), 576, ["Ada Holt", "Mia Holt"], last=False)
    assert _rows(sheet)[1] == ("Sisters", "Ada Holt; Mia Holt")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("knife", 576), ("hammer", 562)], "knife; hammer"),
        ([("The nurse saw her in", 576), ("March. She was well.", 562)], "The nurse saw her in March. She was well."),
        ([("She rang the nurse at", 576), ("the school", 562), ("He rang the police on", 540)],
         "She rang the nurse at the school; He rang the police on"),
    ],
)  # fmt: skip
def test_only_what_begins_anew_is_set_apart(lines: list[tuple[str, float]], expected: str) -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid([70, 150, 272], [616, 592, 500])
    sheet.text(75, 600, "Date").text(155, 600, "Event").text(75, 576, "May")
    for words, y in lines:
        sheet.text(155, y, words)
    assert _rows(sheet)[1] == ("May", expected)


def test_a_row_that_a_page_cuts_within_a_word_is_one_row() -> None:
    first = Sheet().paragraph(72, 700, LONG).grid([*XS, 380], [140, 116, 60])
    first.text(75, 124, "Date").text(155, 124, "Event").text(257, 124, "Comment").text(75, 102, "May")
    first.paragraph(155, 102, ["She rang the nurse", "and the school re-"]).paragraph(
        257, 102, ["It was not so when we", "asked, and nothing at", "all of it was ever"]
    )
    second = (
        Sheet().grid([*XS, 380], [780, 730, 700]).text(155, 764, "ported it at once.").text(257, 764, "seen by her.")
    )
    second.text(75, 712, "June").text(155, 712, "He left.").text(257, 712, "None.")
    again = Sheet().paragraph(72, 700, ["1.2 It was reported to the police by the school and by the nurse in May."])
    assert _rows(first, second, again)[1:] == [
        (
            "May",
            "She rang the nurse and the school reported it at once.",
            "It was not so when we asked, and nothing at all of it was ever seen by her.",
        ),
        ("June", "He left.", "None."),
    ]


def test_a_symbol_in_a_cell_is_tied_to_its_note() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).grid([70, 150, 380], [616, 592, 568, 544])
    sheet.text(75, 600, "Date").text(155, 600, "Event").text(75, 576, "May").text(
        155, 576, "She rang the nurse\u2020"
    )
    sheet.text(75, 552, "June").text(155, 552, "She rang again.\u2020").paragraph(72, 500, LONG)
    sheet.text(72, 90, "\u2020 As told by the school.", size=8)
    document = read_here(pdf([sheet]), DocumentKind.OVERVIEW)
    assert [b.rows[1:] for b in document.blocks if b.rows] == [
        (("May", "She rang the nurse[^1]"), ("June", "She rang again.\u2020")),
    ]
    notes = [(b.number, b.text) for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert notes == [("1", "As told by the school.")]
