"""Words that a PDF holds and does not show are a failed redaction; what only looks like one is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drawn_pdf import Sheet, pdf

from pipeline.errors import FailedRedaction
from pipeline.extract import read_here
from pipeline.extract.pdf.page.glyphs import Page, read_pages
from pipeline.models import Document, DocumentKind, layout

LONG = [
    "1.1 The Panel met on five occasions and heard from each of the agencies that knew the",
    "family, and it thanks all those who took the time to write to it about what they saw and",
    "what they would do in another way.",
]
NAME = "Ottoline Grey"
WHITE, BLACK = "1 1 1 rg", "0 0 0 rg"
BOX = "70 495 120 16 re f"
PICTURE = "q {0} 0 0 {1} {2} {3} cm BI /W 8 /H 8 /CS /G /BPC 8 ID {4} EI Q"
GREYS = "".join(chr(32 + 90 * (n % 2)) for n in range(64))


def _text(words: str, x: float = 72, y: float = 500, **look: float) -> str:
    return Sheet().text(x, y, words, **look).operators[0]  # type: ignore[arg-type]


def _picture(width: float, height: float, x: float, y: float) -> str:
    return PICTURE.format(width, height, x, y, GREYS)


def _sheet(*after: str, before: tuple[str, ...] = ()) -> Sheet:
    sheet = Sheet(operators=list(before)).paragraph(72, 700, LONG)
    sheet.operators.extend(after)
    return sheet


def _read(*sheets: Sheet, **options: object) -> Document:
    return read_here(pdf(sheets, **options), DocumentKind.OVERVIEW)  # type: ignore[arg-type]


def _pages(*sheets: Sheet) -> list[Page]:
    return read_pages(pdf(sheets), frozenset())


HIDDEN: dict[str, Callable[[], Sheet]] = {
    "white on white": lambda: _sheet(WHITE, _text(NAME), BLACK),
    "nearly white": lambda: _sheet("0.98 0.99 0.98 rg", _text(NAME), BLACK),
    "under a black box": lambda: _sheet(_text(NAME), BOX),
    "under a white box": lambda: _sheet(_text(NAME), WHITE, BOX, BLACK),
    "black on a black box": lambda: _sheet(BOX, _text(NAME)),
    "under a dark blue box": lambda: _sheet(_text(NAME), "0 0 0.4 rg", BOX, BLACK),
    "under a grey box": lambda: _sheet(_text(NAME), "0.4 g", BOX, "0 g"),
    "under a bar that leaves heads and feet": lambda: _sheet(_text(NAME), "70 499 120 6 re f"),
    "crossed out line by line": lambda: _sheet(_text(NAME), *(f"{x} 495 m {x} 511 l S" for x in range(70, 190))),
    "black on nearly black": lambda: _sheet("0.15 g", BOX, "0 g", _text(NAME)),
    "black on dark blue": lambda: _sheet("0 0 0.5 rg", BOX, BLACK, _text(NAME)),
    "one blue on another": lambda: _sheet("0 0 1 rg", BOX, "0 0 0.8 rg", _text(NAME), BLACK),
    "red on a red box": lambda: _sheet("1 0 0 rg", BOX, _text(NAME), BLACK),
    "one name in a line under a box": lambda: _sheet(_text(f"Seen by {NAME} there"), "112 495 80 16 re f"),
    "the end of a word under a box": lambda: _sheet(_text("Ottolinella"), "90 495 120 16 re f"),
    "under a thick stroke": lambda: _sheet(_text(NAME), "16 w 70 503 m 190 503 l S"),
    "under a picture": lambda: _sheet(_text(NAME), _picture(120, 16, 70, 495)),
    "cut off by a clipping path": lambda: _sheet("q 0 0 10 10 re W n", _text(NAME), "Q"),
    "drawn invisibly": lambda: _sheet(_text(NAME, mode=3)),
    "drawn as a clipping path": lambda: _sheet("q", _text(NAME, mode=7), "Q"),
    "drawn invisibly behind another name": lambda: _sheet(_text("Adult A and B"), _text(NAME, mode=3)),
    "white beneath black print": lambda: _sheet(before=(WHITE, _text(NAME, 72, 700), BLACK)),
    "too small to see": lambda: _sheet(_text(NAME, size=0.4)),
    "off the page": lambda: _sheet(_text(NAME, x=-300)),
    "white and sideways": lambda: _sheet(WHITE, Sheet().turned(NAME, x=300, y=300, matrix="0 1 -1 0").operators[0]),
    "two figures in white": lambda: _sheet(WHITE, _text("a 12 b"), BLACK),
    "invisible on an empty page": lambda: Sheet().text(72, 700, "Words that nobody sees at all", mode=3),
}


@pytest.mark.parametrize("placed", ["", "/Rotate 90", "/Rotate 180", "/CropBox [20 30 575 822]"])
@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_words_are_refused_and_the_page_is_named(name: str, placed: str) -> None:
    sheet = HIDDEN[name]()
    sheet.extra = placed
    with pytest.raises(FailedRedaction) as refusal:
        _read(_sheet(), sheet)
    assert str(refusal.value).startswith("Page 2 holds")
    assert "Ottoline" not in str(refusal.value)


def test_all_pages_are_named() -> None:
    hidden = HIDDEN["under a black box"]
    with pytest.raises(FailedRedaction, match=r"^Pages 1 and 3 hold"):
        _read(hidden(), _sheet(), hidden())
    with pytest.raises(FailedRedaction, match=r"^Pages 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more hold"):
        _read(*(hidden() for _ in range(12)))


def test_a_layer_that_is_switched_off_is_hidden() -> None:
    sheet = _sheet().layer("L1", Sheet().text(72, 500, NAME)).layer("L2", Sheet().text(72, 480, "Shown."))
    layers = {
        "objects": ["<< /Type /OCG /Name (Names) >>", "<< /Type /OCG /Name (Seen) >>"],
        "properties": "/L1 10 0 R /L2 11 0 R",
    }
    catalogue = "/OCProperties << /OCGs [10 0 R 11 0 R] /D << /ON [11 0 R] /OFF [{}] >> >>"
    with pytest.raises(FailedRedaction, match=r"^Page 1 holds"):
        _read(sheet, catalogue=catalogue.format("10 0 R"), **layers)
    assert NAME in layout(_read(sheet, catalogue=catalogue.format(""), **layers)).text


def test_a_box_that_is_only_laid_over_the_page_hides_too() -> None:
    sheet = _sheet(_text(NAME))
    sheet.extra = "/Annots [10 0 R]"
    box = "<< /Type /Annot /Subtype /Square /Rect [70 495 190 511] /F 4 /AP << /N 11 0 R >> >>"
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 120 16] /Length {} >>\nstream\n{}\nendstream"
    drawing = "0 g 0 0 120 16 re f"
    with pytest.raises(FailedRedaction):
        _read(sheet, objects=[box, form.format(len(drawing), drawing)])


SHOWN: dict[str, Callable[[], Sheet]] = {
    "white on a dark header": lambda: _sheet("0.1 0.2 0.4 rg 60 490 300 30 re f", WHITE, _text(NAME), BLACK),
    "black on a shaded cell": lambda: _sheet("0.8 g 60 490 300 30 re f 0 g", _text(NAME)),
    "highlighted in yellow": lambda: _sheet("1 1 0 rg", BOX, BLACK, _text(NAME)),
    "black on bright blue": lambda: _sheet("0 0 1 rg", BOX, BLACK, _text(NAME)),
    "grey on black": lambda: _sheet(BOX, "0.45 g", _text(NAME), "0 g"),
    "under a signature that hides its heads": lambda: _sheet(_text(NAME), _picture(120, 20, 70, 504)),
    "cut by a table's line": lambda: _sheet(_text(NAME), "2 w 95 490 m 95 515 l S 120 490 m 120 515 l S"),
    "struck through twice": lambda: _sheet(_text(NAME), "1 w 70 502 m 190 502 l S 70 504.5 m 190 504.5 l S"),
    "struck through": lambda: _sheet(_text(NAME), "1 w 70 503 m 190 503 l S"),
    "small and light": lambda: _sheet("0.75 g", _text(NAME, size=5), "0 g"),
    "as outlines": lambda: _sheet(_text(NAME, mode=1)),
    "drawn twice in one place": lambda: _sheet(_text(NAME), _text(NAME)),
    "drawn twice to look bold": lambda: _sheet(_text(NAME), _text(NAME, x=72.3)),
    "with a white shadow": lambda: _sheet(WHITE, _text(NAME, x=71.5), BLACK, _text(NAME)),
    "with an invisible copy": lambda: _sheet(_text(NAME), _text(NAME, y=500.4, mode=3)),
    "by a cell's lines": lambda: _sheet(_text(NAME)).grid([70, 143, 220], [510, 498, 480]),
    "over a light watermark": lambda: _sheet(_text(NAME), before=("0.9 g", _text("DRAFT", 60, 690, size=60), "0 g")),
    "within a frame of clipping": lambda: _sheet("q 60 480 300 60 re W n", _text(NAME), "Q"),
}


@pytest.mark.parametrize("placed", ["", "/Rotate 270", "/CropBox [20 30 575 822]"])
@pytest.mark.parametrize("name", SHOWN)
def test_what_a_reader_sees_is_read(name: str, placed: str) -> None:
    sheet = SHOWN[name]()
    sheet.extra = placed
    assert NAME in layout(_read(sheet)).text


def test_a_comments_sign_that_stands_on_a_word_hides_nothing() -> None:
    sheet = _sheet(_text(NAME))
    sheet.extra = "/Annots [10 0 R]"
    sign = "<< /Type /Annot /Subtype /Text /Rect [76 497 {0} {0}] /Contents (Check) >>"
    assert NAME in layout(_read(sheet, objects=[sign.format(512)])).text


def test_a_watermark_under_a_box_is_no_redaction() -> None:
    sheet = _sheet("0.8 g", _text("DRAFT", 72, 400, size=60), "0 g", "70 395 300 37 re f", _text(NAME))
    assert NAME in layout(_read(sheet)).text


def test_a_watermark_that_a_dark_cover_swallows_is_no_redaction_where_another_page_shows_it() -> None:
    def covered(word: str, x: float = 72) -> Sheet:
        return _sheet("0.1 g", "60 300 400 150 re f", _text(word, x, 400, size=60), "0 g")

    shown = _sheet("0.1 g", _text("DRAFT", 72, 400, size=60), "0 g", _text(NAME))
    assert NAME in layout(_read(covered("DRAFT"), shown)).text
    for sheets in ([covered("DRAFT")], [covered("MARIE"), shown], [covered("DRAFT", x=92), shown]):
        with pytest.raises(FailedRedaction, match=r"^Page 1 holds text that can be copied"):
            _read(*sheets)


def test_a_long_word_may_run_over_the_pages_edge() -> None:
    assert "a-report-of-2019.docx" in layout(_read(_sheet(_text("see a-report-of-2019.docx", x=510)))).text
    with pytest.raises(FailedRedaction, match=r"^Page 1 holds text beyond the page's edge"):
        _read(_sheet(_text("see a-report-of-2019.docx there", x=510)))
    with pytest.raises(FailedRedaction, match=r"^Page 1 holds"):
        _read(_sheet(_text("a-report-of-2019.docx", x=575)))


def test_a_letter_or_a_bullet_by_itself_is_no_redaction() -> None:
    assert _pages(_sheet(WHITE, _text("a  1  -  ..."), BLACK))[0].unseen == 0


def test_a_printers_mark_beyond_the_edge_of_every_page_is_none() -> None:
    sheets = [_sheet(_text(f"Report_v3.indd   {n}    12/03/2019", y=-20)) for n in range(4)]
    assert "indd" not in layout(_read(*sheets)).text
    with pytest.raises(FailedRedaction, match=r"^Page 2 holds"):
        _read(_sheet(), _sheet(_text("Report_v3.indd", y=-20)), _sheet())


@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        (Sheet(operators=[_picture(595, 842, 0, 0)]), True),
        (Sheet(operators=[_picture(595, 842, 0, 0), _text("Guessed by a scanner", mode=3)]), True),
        (Sheet(operators=[_text("Guessed by a scanner"), _picture(595, 842, 0, 0)]), True),
        (Sheet(operators=[_picture(595, 300, 0, 100), _picture(595, 300, 0, 400), _text("Received", 400)]), True),
        (Sheet(operators=[_picture(595, 842, 0, 0), _text("Page 4 of 17: a safety partnership", y=20)]), True),
        (_sheet(_picture(200, 100, 72, 300)), False),
        (_sheet(before=(_picture(595, 842, 0, 0), WHITE)), False),
        (Sheet(), False),
    ],
    ids=["a picture", "guessed text over it", "guessed text under it", "strips with a stamp", "with a page number",
         "a report's page with a picture", "a title page on a photograph", "a blank page"],
)  # fmt: skip
def test_scans_are_told_from_pages_with_pictures(scan: Sheet, expected: bool) -> None:
    page = _pages(scan)[0]
    assert page.scanned is expected
    assert page.unseen == 0
    assert page.blank is (not scan.operators)
    assert not (expected and page.runs)


def test_letters_that_are_drawn_as_shapes_are_a_picture_of_text() -> None:
    strokes = [f"{x} {y} m {x + 1} {y + 7} l S" for y in range(100, 700, 14) for x in range(72, 520, 5)]
    assert _pages(Sheet(operators=strokes))[0].scanned
    assert not _pages(Sheet().grid(range(72, 500, 40), range(700, 100, -20)))[0].scanned


def test_blank_pages_are_counted() -> None:
    counts = {notice.code: notice.count for notice in _read(_sheet(), Sheet(), _sheet(), Sheet()).notices}
    assert counts == {"blank_page": 2}


def test_white_print_on_a_dark_ground_is_read_and_black_on_black_is_not() -> None:
    import typst

    source = (
        "#table(columns: 2, fill: (_, y) => if y == 0 { navy } else { luma(230) }, "
        "text(white)[Name], text(white)[Role], [Martin Hallow], [Head of Safety])\n"
        '#highlight[Marked words.] #strike[Struck words.] #text(luma(190))[Pale words.]\n'
        "#place(center + horizon, rotate(-30deg, text(60pt, luma(225))[DRAFT]))\n"
        "#rect(fill: gradient.linear(navy, green))[#text(white)[On a gradient.]]\n"
        "The Panel met on five occasions and heard from each of the agencies that knew the family.\n"
    )  # fmt: skip
    text = layout(read_here(bytes(typst.compile(source.encode(), format="pdf")), DocumentKind.OVERVIEW)).text
    assert all(words in text for words in ("Name", "Martin Hallow", "Marked words.", "Pale words.", "On a gradient."))
    hidden = bytes(typst.compile(f"{source}#highlight(fill: black)[{NAME}]".encode(), format="pdf"))
    with pytest.raises(FailedRedaction):
        read_here(hidden, DocumentKind.OVERVIEW)


def test_words_under_letters_that_are_boxes_are_hidden() -> None:
    bars = '#place(dx: -2pt, dy: -3pt, text(16pt, font: "DejaVu Sans Mono")[' + "█" * 14 + "])"
    with pytest.raises(FailedRedaction):
        _read_set(f"#text(9pt)[{NAME}{bars}]", f"{bars}#text(9pt)[{NAME}]")
    assert NAME in layout(_read_set(f'#text(font: "DejaVu Sans Mono")[{"█" * 5}] {NAME}')).text


def _read_set(*paragraphs: str) -> Document:
    import typst

    source = "\n\n".join([" ".join(LONG), *paragraphs])
    return read_here(bytes(typst.compile(source.encode(), format="pdf")), DocumentKind.OVERVIEW)
