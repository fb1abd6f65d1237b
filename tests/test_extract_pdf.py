"""PDFs drawn by hand: what the page shows is read, in order, and nothing else."""

from __future__ import annotations

import pytest
from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.models import BlockKind, Document, DocumentKind

LONG = [
    "1.1 The Panel met on five occasions and heard from each of the agencies that knew the",
    "family, and it thanks all those who took the time to write to it about what they saw and",
    "what they would do in another way.",
]
LONG_TEXT = (
    "The Panel met on five occasions and heard from each of the agencies that knew the family, and it thanks all "
    "those who took the time to write to it about what they saw and what they would do in another way."
)


def _read(*sheets: Sheet, **options: str) -> Document:
    return read_here(pdf(sheets, **options), DocumentKind.OVERVIEW)  # type: ignore[arg-type]


def _body(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.number, b.text) for b in document.blocks]


def _counts(document: Document) -> dict[str, int]:
    return {notice.code: notice.count for notice in document.notices}


def _left_out(document: Document) -> dict[str, dict[str, tuple[int, ...]]]:
    """What was left out, as printed, with its pages."""
    return {n.code: {item.text: item.pages for item in n.items} for n in document.notices}


def _page(number: int, *, of: int) -> Sheet:
    sheet = Sheet().text(250, 805, "OFFICIAL-SENSITIVE").text(72, 40, f"DHR/7    Page {number} of {of}")
    return sheet.text(72, 25, "Draft for the Panel only")


def test_headings_paragraphs_and_numbers() -> None:
    sheet = Sheet().text(72, 780, "Overview Report", size=20, bold=True)
    sheet.text(72, 740, "1. Introduction", size=14, bold=True)
    sheet.paragraph(72, 715, LONG).text(72, 660, "1.2 She was 41.")
    document = _read(sheet)
    assert _body(document) == [
        ("heading", "", "Overview Report"),
        ("heading", "1", "Introduction"),
        ("paragraph", "1.1", LONG_TEXT),
        ("paragraph", "1.2", "She was 41."),
    ]
    assert [b.level for b in document.blocks] == [1, 1, 0, 0]
    assert document.pages == 1


def test_running_headers_footers_and_page_numbers_go() -> None:
    sheets = [
        _page(n, of=4).paragraph(72, 700, [f"{n}.1 Words of page {n} that nobody has read."]) for n in range(1, 5)
    ]
    document = _read(*sheets)
    assert [b.number for b in document.blocks] == ["1.1", "2.1", "3.1", "4.1"]
    assert _left_out(document) == {
        "protective_marking": {"OFFICIAL-SENSITIVE": (1, 2, 3, 4)},
        "running_header_footer": {"DHR/7 Page # of 4": (1, 2, 3, 4), "Draft for the Panel only": (1, 2, 3, 4)},
    }
    assert [b.page for b in document.blocks] == [1, 2, 3, 4]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first, second = _page(1, of=2).paragraph(72, 120, LONG[:2]), _page(2, of=2).paragraph(72, 740, LONG[2:])
    assert _body(_read(first, second)) == [("paragraph", "1.1", LONG_TEXT)]


def test_text_that_is_drawn_out_of_order_is_read_from_the_top() -> None:
    sheet = Sheet().text(72, 600, "Third.").text(72, 700, "First.").text(72, 650, "Second.")
    assert [b.text for b in _read(sheet.paragraph(72, 500, LONG)).blocks][:3] == ["First.", "Second.", "Third."]


def test_words_broken_over_lines() -> None:
    sheet = Sheet().paragraph(
        72,
        700,
        [
            "The safeguarding partners wrote to the family at once and met them within the same safe-",
            "guarding week. Her mother-in-law and a neighbour, Ms Lindqvist-Barr, with the other Lindqvist-",
            "Barr brother, were asked what they knew, and all of them replied to the letter of the Chair.",
        ],
    )
    text = _read(sheet).blocks[0].text
    assert "same safeguarding week" in text, "the whole word stands elsewhere"
    assert "other Lindqvist-Barr brother" in text, "a hyphen in a name is never lost"


def test_lines_ended_on_purpose_stay_apart_and_wrapped_ones_do_not() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).paragraph(72, 640, ["From: the Chair", "Sent: 4 May", "Dear all"])
    assert [b.text for b in _read(sheet).blocks][1:] == ["From: the Chair", "Sent: 4 May", "Dear all"]


def test_lists() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    sheet.text(80, 640, "•").text(
        95, 640, "What did each agency know of the family, and when did each agency come to"
    )
    sheet.text(95, 626, "know of it?")
    sheet.text(110, 612, "–").text(125, 612, "What did the school know?")
    sheet.text(80, 598, "1.").text(95, 598, "Counted.").text(80, 584, "(b)").text(98, 584, "Lettered.")
    items = [b for b in _read(sheet).blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(b.number, b.ordered, b.text) for b in items] == [
        ("", False, "What did each agency know of the family, and when did each agency come to know of it?"),
        ("", False, "What did the school know?"),
        ("1", True, "Counted."),
        ("(b)", True, "Lettered."),
    ]
    assert items[0].level < items[1].level


def test_footnotes_are_tied_to_raised_figures() -> None:
    sheet = Sheet().paragraph(72, 700, LONG).marked(72, 640, "1.2 The scheme was new.", "1", " It was a pilot.")
    sheet.marked(72, 610, "1.3 A room of 12 m", "2", " was found.")
    sheet.line(72, 130, 200, 130).text(72, 121, "1", size=6).text(
        78, 117, "Stark, E. (2007) Coercive Control.", size=9
    )
    sheet.text(72, 106, "Oxford.", size=9)
    document = _read(sheet)
    assert [(b.kind.value, b.number) for b in document.blocks] == [
        ("paragraph", "1.1"), ("paragraph", "1.2"), ("paragraph", "1.3"), ("footnote", "1"),
    ]  # fmt: skip
    assert document.blocks[1].text == "The scheme was new.[^1] It was a pilot."
    assert document.blocks[2].text == "A room of 12 m2 was found.", "a raised figure without a note is a figure"
    assert document.blocks[3].text == "Stark, E. (2007) Coercive Control. Oxford."


def test_footnotes_that_start_again_on_each_page_are_numbered_through() -> None:
    def sheet(section: int) -> Sheet:
        page = Sheet().paragraph(72, 700, LONG).marked(72, 640, f"{section}.1 A claim.", "1", "")
        return page.text(72, 121, "1", size=6).text(78, 117, f"Source of page {section}.", size=9)

    document = _read(sheet(1), sheet(2))
    assert [b.text for b in document.blocks if b.text != LONG_TEXT] == [
        "A claim.[^1]", "A claim.[^2]", "Source of page 1.", "Source of page 2.",
    ]  # fmt: skip
    assert [b.number for b in document.blocks] == ["1.1", "1.1", "1.1", "2.1", "1", "2"]


def test_properties_and_comments_are_counted_and_not_read() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    sheet.extra = "/Annots [10 0 R 11 0 R]"
    document = _read(
        sheet,
        objects=[  # type: ignore[arg-type]
            "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (Ask Ottoline) >>",
            "<< /Type /Annot /Subtype /Link /Rect [10 10 30 30] >>",
        ],
        information="/Author (Ottoline) /Producer (x)",
    )
    assert "Ottoline" not in repr(document)
    assert _counts(document) == {"comment": 1, "property": 1}


def test_a_watermark_is_left_out() -> None:
    sheet = Sheet().paragraph(72, 700, LONG)
    sheet.turned("DRAFT", x=200, y=300, matrix="0.7 0.7 -0.7 0.7", size=60)
    document = _read(sheet)
    assert _body(document) == [("paragraph", "1.1", LONG_TEXT)]
    assert _left_out(document) == {"watermark": {"DRAFT": (1,)}}


@pytest.mark.parametrize(
    ("matrix", "places"), [("0 1 -1 0", [(100, 90), (114, 90)]), ("0 -1 1 0", [(114, 700), (100, 700)])]
)
def test_a_page_that_runs_sideways_is_read_upright(matrix: str, places: list[tuple[int, int]]) -> None:
    sheet = Sheet()
    for words, (x, y) in zip(
        ("10.1 Publish the interpreting standard", "with the briefing for each agency."), places, strict=True
    ):
        sheet.turned(words, x=x, y=y, matrix=matrix)
    text = " ".join(b.text for b in _read(sheet).blocks)
    assert text == "Publish the interpreting standard with the briefing for each agency."


def test_a_contents_list_with_dots_goes() -> None:
    sheet = Sheet().text(72, 780, "Contents", size=16, bold=True)
    sheet.text(72, 750, "Introduction ........................ 2").text(
        72, 735, "The facts ............................. 3"
    )
    sheet.text(72, 700, "Introduction", size=16, bold=True).paragraph(72, 670, LONG)
    document = _read(sheet)
    assert [b.text for b in document.blocks] == ["Introduction", LONG_TEXT]
    assert _counts(document)["contents_list"] == 1


def test_an_indented_quotation() -> None:
    quoted = [
        "Please do not let her become a file number. She was funny, and stubborn, and she",
        "sang in the kitchen, and everybody who lived with her remembers that.",
    ]
    sheet = Sheet().paragraph(72, 700, LONG).paragraph(100, 640, quoted).text(72, 590, "1.2 After it.")
    assert [b.kind for b in _read(sheet).blocks] == [BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.PARAGRAPH]
