"""Text and lines that a PDF draws within forms: scaled, turned, nested; and what the forms are marked as."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drawn_pdf import Sheet, pdf

from pipeline import extract
from pipeline.extract.pdf.page.glyphs import Page, read_pages
from pipeline.models import DocumentKind

LINES = [
    "1.2 Her neighbour Halina Kowalczyk telephoned the police twice in",
    "the evening and told them what she had heard through the wall,",
    "and Marek Okonjo the caretaker confirmed it on the next day.",
]
PARAGRAPH = " ".join(LINES).removeprefix("1.2 ")
FONTS = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /X2 11 0 R >> >>"


def form(drawing: Sequence[str], matrix: str = "1 0 0 1 0 0") -> str:
    content = "\n".join(drawing)
    head = f"/Type /XObject /Subtype /Form /BBox [-20000 -20000 20000 20000] /Matrix [{matrix}] {FONTS}"
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def with_form(
    drawing: Sequence[str], place: str, *objects: str, matrix: str = "1 0 0 1 0 0", mark: str = ""
) -> bytes:
    """A page with a form between two paragraphs; object 11, if there is one, is the form /X2."""
    page = Sheet().text(72, 770, "1.1 An ordinary paragraph of the report stands before the box on the page.")
    draw = f"q {place} cm /X1 Do Q"
    page.operators.append(f"{mark} BDC {draw} EMC" if mark else draw)
    page.text(72, 500, "1.3 After the box comes another ordinary paragraph of the report.")
    page.extra = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /X1 10 0 R >> >>"
    data = pdf([page], objects=[form(drawing, matrix), *objects])
    return data.replace(b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /Properties <<  >> >> /Res", b"/Res")


def paragraph(scale: float) -> list[str]:
    return Sheet().paragraph(0, 0, []).operators + [
        f"BT /F1 {11 / scale} Tf 1 0 0 1 0 {-14 * i / scale} Tm ({line}) Tj ET" for i, line in enumerate(LINES)
    ]


def first_page(data: bytes) -> Page:
    return read_pages(data, frozenset())[0]


@pytest.mark.parametrize("scale", [0.1, 0.24, 1.0, 20.0])
def test_text_in_a_scaled_form_is_read_in_its_size_on_the_page(scale: float) -> None:
    data = with_form(paragraph(scale), f"{scale} 0 0 {scale} 72 700")

    blocks = extract.read(data, DocumentKind.OVERVIEW).blocks
    assert " ".join(b.text for b in blocks[1:-1]) == PARAGRAPH
    assert {round(run.size, 1) for run in first_page(data).runs} == {11.0}


def test_forms_within_forms_multiply() -> None:
    data = with_form(["q 0.5 0 0 0.5 0 0 cm /X2 Do Q"], "4 0 0 4 72 700", form(paragraph(1.0), "0.5 0 0 0.5 0 0"))

    assert {round(run.size, 1) for run in first_page(data).runs} == {11.0}


def test_text_that_a_form_turns_is_read_upright_with_the_rest() -> None:
    lines = [f"BT /F1 11 Tf 0 -1 1 0 {-14 * i} 0 Tm ({line}) Tj ET" for i, line in enumerate(LINES)]

    page = first_page(with_form(lines, "0 1 -1 0 72 700"))
    assert not page.turned
    assert sum(run.text.count("Kowalczyk") for run in page.runs) == 1


@pytest.mark.parametrize("place", ["10 0 0 10 72 600", "0 10 -10 0 272 600"])
def test_lines_in_a_form_stand_where_the_page_shows_them(place: str) -> None:
    page = first_page(with_form(["0.05 w 0 0 m 20 0 l S", "0 5 m 20 5 l S", "0 0 m 0 5 l S"], place))

    edges = {(round(r.x0), round(r.y0), round(r.x1), round(r.y1)) for r in page.rules}
    if place.startswith("10"):
        assert edges == {(72, 600, 272, 600), (72, 650, 272, 650), (72, 600, 72, 650)}
    else:
        assert edges == {(272, 600, 272, 800), (222, 600, 222, 800), (222, 600, 272, 600)}


def test_text_is_marked_as_the_form_around_it_is() -> None:
    artifact = first_page(with_form(paragraph(1.0), "1 0 0 1 72 700", mark="/Artifact <<>>"))
    assert {run.artifact for run in artifact.runs if "Kowalczyk" in run.text} == {True}

    tagged = first_page(with_form(paragraph(1.0), "1 0 0 1 72 700", mark="/P <</MCID 7>>"))
    assert {run.tag for run in tagged.runs if "Kowalczyk" in run.text} == {7}


@pytest.mark.parametrize("gap", [1.0, 1.5, 1.9])
def test_a_hyphen_that_ends_a_line_stays_with_its_word(gap: float) -> None:
    sheet = Sheet().text(72, 700, "1.1 The review was told of it by Siob").text(246.5 + gap, 700, "-", size=11)
    sheet.text(72, 686, "han Brightwater, who had known her.").text(
        72, 640, "1.2 Siobhan Brightwater was her friend."
    )

    (first, *_) = extract.read(pdf([sheet]), DocumentKind.OVERVIEW).blocks
    assert "Siobhan Brightwater" in first.text
