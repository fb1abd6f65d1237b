"""Word documents: pictures, text boxes, word art."""

from __future__ import annotations

import pytest
from word_files import SPACES, W, cell, counts, docx, items, paragraph, read, row, table

from pipeline.extract import read_here
from pipeline.models import BlockKind, DocumentKind

_DECORATIVE = '<a:extLst><a:ext uri="x"><adec:decorative val="1"/></a:ext></a:extLst>'
_PICTURE = "<pic:pic/>"


def _drawing(inside: str, alt: str = "", more: str = "", title: str = "", frame: str = "inline") -> str:
    described = f'descr="{alt}"' if alt else f'title="{title}"' if title else ""
    return (
        f'<w:r><w:drawing><wp:{frame}><wp:docPr id="1" name="Picture 1" {described}>{more}</wp:docPr>'
        f'<a:graphic><a:graphicData uri="x">{inside}</a:graphicData></a:graphic></wp:{frame}></w:drawing></w:r>'
    )


def _vml(inside: str, attributes: str = "") -> str:
    return f"<w:r><w:pict><v:shape {attributes}>{inside}</v:shape></w:pict></w:r>"


@pytest.mark.parametrize(
    ("drawn", "alt"),
    [
        (_drawing(_PICTURE, "A plan of the flat"), "A plan of the flat"),
        (_drawing(_PICTURE, title="A plan"), "A plan"),
        (_drawing(_PICTURE), ""),
        (_drawing(_PICTURE, "A plan of the flat\n\nDescription automatically generated"), "A plan of the flat"),
        (_drawing("<c:chart/>", "Calls by month"), "Calls by month"),
        (_drawing('<dgm:relIds xmlns:dgm="d"/>', "Who knew whom"), "Who knew whom"),
        (_drawing("<wps:wsp/>", "An arrow from A to B"), "An arrow from A to B"),
        (_vml("<v:imagedata/>", 'alt="A letter"'), "A letter"),
        (_vml("<v:imagedata/>"), ""),
        ("<w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>", ""),
    ],
)
def test_a_picture_stands_after_its_paragraph(drawn: str, alt: str) -> None:
    body = (
        "<w:p><w:r><w:t>Before </w:t></w:r>" + drawn + "<w:r><w:t>and after.</w:t></w:r></w:p>" + paragraph("Next.")
    )
    document = read(body)
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "Before and after."),
        (BlockKind.PICTURE, alt),
        (BlockKind.PARAGRAPH, "Next."),
    ]
    assert counts(document) == {"image": 1}


@pytest.mark.parametrize(
    "drawn", [_drawing(_PICTURE, "x", _DECORATIVE), _drawing("<wps:wsp/>"), _vml("", 'type="#line"')]
)
def test_decoration_is_counted_only(drawn: str) -> None:
    document = read(f"<w:p>{drawn}</w:p>" + paragraph("Text."))
    assert [b.text for b in document.blocks] == ["Text."]
    assert counts(document) == {"decoration": 1}


def test_a_rule_across_the_page_is_nothing() -> None:
    assert counts(read(f"<w:p>{_vml('', 'o:hr=' + chr(34) + 't' + chr(34))}</w:p>" + paragraph("Text."))) == {}


def test_a_picture_in_a_table_stands_after_it() -> None:
    inside = cell(f"<w:p>{_drawing(_PICTURE, 'A photograph')}</w:p>")
    blocks = read(table(row("a", "b"), row(inside, "c")) + paragraph("After.")).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TABLE, ""), (BlockKind.PICTURE, "A photograph"), (BlockKind.PARAGRAPH, "After."),
    ]  # fmt: skip
    assert blocks[0].rows == (("a", "b"), ("", "c"))


def _box(text: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx></wps:wsp>"


@pytest.mark.parametrize(
    ("drawn", "texts"),
    [
        (_drawing(_box(paragraph("In a box."))), ["In a box."]),
        (_drawing(_box(paragraph("One.")) + _box(paragraph("Two."))), ["One.", "Two."]),
        (_drawing(_box(f"<w:p>{_drawing(_box(paragraph('In.')))}</w:p>" + paragraph("Out."))), ["In.", "Out."]),
        ("<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
         + _drawing(_box(paragraph("New."))).removeprefix("<w:r>").removesuffix("</w:r>")
         + "</mc:Choice><mc:Fallback><w:t>Old.</w:t></mc:Fallback></mc:AlternateContent></w:r>", ["New."]),
        ("<w:r><mc:AlternateContent><mc:Choice Requires='unknown'><w:t>New.</w:t></mc:Choice>"
         "<mc:Fallback><w:t>Old.</w:t></mc:Fallback></mc:AlternateContent></w:r>", ["Old."]),
        (_vml(f"<v:textbox><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></v:textbox>"), ["In a box."]),
        (_vml('<v:textpath string="In memory"/>'), ["In memory"]),
    ],
)  # fmt: skip
def test_words_in_drawings_are_read_once(drawn: str, texts: list[str]) -> None:
    document = read(f"<w:p>{drawn}</w:p>" + paragraph("After."))
    assert [b.text for b in document.blocks] == [*texts, "After."]


def test_a_hidden_drawing_is_hidden_text() -> None:
    hidden = _drawing(_box(paragraph("Ottoline"))).replace('name="Picture 1"', 'name="x" hidden="1"')
    document = read(f"<w:p>{hidden}</w:p>" + paragraph("Text."))
    assert [b.text for b in document.blocks] == ["Text."]
    assert counts(document) == {"hidden_text": 1}


def _twice(text: str) -> str:
    """A text box as Word writes it, for new and for old versions."""
    old_box = f"<v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox>"
    drawn = (_drawing(_box(paragraph(text))), _vml(old_box))
    new, old = (run.removeprefix("<w:r>").removesuffix("</w:r>") for run in drawn)
    choice = f"<mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


def test_what_headers_show_is_listed() -> None:
    spaces = " ".join(f'xmlns:{p}="{uri}"' for p, uri in SPACES.items())
    art = _vml('<v:textpath string="DRAFT for Ottoline"/>', 'id="PowerPlusWaterMarkObject1"')
    lines = paragraph("RESTRICTED") + paragraph(_twice("SSP/DHR/9 and 4 others"))
    inside = lines + f"<w:p>{_drawing(_PICTURE, 'Our arms')}{art}</w:p>"
    parts = {"header": f'<w:hdr xmlns:w="{W}" {spaces}>{inside}</w:hdr>'}
    document = read_here(docx(paragraph("Text."), parts), DocumentKind.OVERVIEW)
    assert [b.text for b in document.blocks] == ["Text."]
    assert counts(document) == {
        "running_header_footer": 1, "protective_marking": 1, "decoration": 1, "watermark": 1,
    }  # fmt: skip
    assert items(document, "running_header_footer") == ["RESTRICTED SSP/DHR/9 and 4 others"]
    assert items(document, "watermark") == ["DRAFT for Ottoline"]
    assert items(document, "protective_marking") == ["RESTRICTED"]
