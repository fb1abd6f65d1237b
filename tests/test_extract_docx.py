"""Word documents: what is printed is read, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as WordDocument
from word_files import RELATIONS, W, counts, docx, level, numbered, numbering, paragraph, seen

from pipeline.extract import read_here
from pipeline.extract.word.counts import count_as_printed
from pipeline.models import BlockKind, Document, DocumentKind, Merged, layout

_NUMBERING = numbering(
    {
        1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)"),
        2: level(0, "bullet", "•") + level(1, "bullet", "–"),
        3: level(0, "upperLetter", "%1") + level(1, "decimal", "%1%2"),
    },
    {
        1: (1, ""),
        2: (2, ""),
        3: (3, ""),
        4: (1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    },
)


def _paragraph(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    return paragraph(text, style, properties, run)


def _docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    return docx(body, {"numbering": _NUMBERING, **(parts or {})})


def _read(body: str, parts: dict[str, str] | None = None) -> Document:
    return read_here(_docx(body, parts), DocumentKind.OVERVIEW)


def test_automatic_numbers_are_read_as_printed() -> None:
    document = _read(
        numbered("Introduction", 1, 0, "Heading1")
        + numbered("The Panel met.", 1, 1)
        + numbered("It met again.", 1, 1)
        + numbered("once in May", 1, 2)
        + numbered("once in June", 1, 2)
        + numbered("Facts", 1, 0, "Heading1")
        + numbered("She rang.", 1, 1)
        + numbered("Background", 3, 0, "Heading2")
        + numbered("He moved.", 3, 1)
    )
    assert seen(document.blocks) == [
        ("heading", 1, "1", "Introduction"),
        ("paragraph", 0, "1.1", "The Panel met."),
        ("paragraph", 0, "1.2", "It met again."),
        ("list_item", 2, "(a)", "once in May"),
        ("list_item", 2, "(b)", "once in June"),
        ("heading", 1, "2", "Facts"),
        ("paragraph", 0, "2.1", "She rang."),
        ("heading", 2, "A", "Background"),
        ("paragraph", 0, "A1", "He moved."),
    ]


def test_a_list_that_starts_again_starts_again() -> None:
    document = _read(numbered("one", 1) + numbered("two", 1) + numbered("one again", 4))
    assert [b.number for b in document.blocks] == ["1", "2", "1"]
    assert all(b.ordered for b in document.blocks)


@pytest.mark.parametrize(
    ("printed", "kind", "seen", "number"),
    [
        ("Zbigniew %1", BlockKind.LIST_ITEM, "Zbigniew 1 He left.", ""),
        ("OKONJO %1.", BlockKind.LIST_ITEM, "OKONJO 1. He left.", ""),
        ("07700 90012%1", BlockKind.LIST_ITEM, "07700 900121 He left.", ""),
        ("–", BlockKind.LIST_ITEM, "He left.", ""),
        ("Recommendation %1", BlockKind.LIST_ITEM, "He left.", "Recommendation 1"),
    ],
)
def test_words_in_a_numbering_rule_become_text(printed: str, kind: BlockKind, seen: str, number: str) -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        f"{level(0, 'decimal', printed)}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    (block,) = _read(numbered("He left.", 1), {"numbering": numbering}).blocks
    assert (block.kind, block.text, block.number) == (kind, seen, number)


def test_bullets_nest_and_are_not_counted() -> None:
    document = _read(numbered("outer", 2) + numbered("inner", 2, 1) + numbered("outer", 2))
    assert [(b.level, b.ordered, b.number) for b in document.blocks] == [
        (0, False, ""),
        (1, False, ""),
        (0, False, ""),
    ]


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [(3, "decimal", "3"), (3, "lowerLetter", "c"), (28, "upperLetter", "BB"), (14, "lowerRoman", "xiv"),
     (49, "upperRoman", "XLIX"), (7, "decimalZero", "07")],
)  # fmt: skip
def test_words_number_formats(count: int, form: str, printed: str) -> None:
    assert count_as_printed(count, form) == printed


def test_typed_numbers_leave_the_text() -> None:
    document = _read(
        _paragraph("3.2 Health", "Heading2")
        + _paragraph("3.2.7 One such letter was hers.")
        + _paragraph("3.30 pm was the time.")
        + _paragraph("12.05.14 was the day.")
        + _paragraph("4.5 million people live there.")
        + _paragraph("B7 bus stops were near.")
    )
    assert [(b.number, b.text) for b in document.blocks] == [
        ("3.2", "Health"),
        ("3.2.7", "One such letter was hers."),
        ("", "3.30 pm was the time."),
        ("", "12.05.14 was the day."),
        ("", "4.5 million people live there."),
        ("", "B7 bus stops were near."),
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = _read(
        '<w:p><w:r><w:t xml:space="preserve">She saw </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>Ottoline</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>her friend</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
        '<w:p><w:moveFrom w:id="3" w:author="x"><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="4" w:author="x"><w:r><w:t>Moved here.</w:t></w:r></w:moveTo></w:p>'
    )
    assert [b.text for b in document.blocks] == ["She saw her friend.", "Moved here."]
    assert counts(document) == {"tracked_deletion": 2, "tracked_insertion": 2}


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    document = _read(
        '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
        '<w:r><w:t xml:space="preserve">The first half </w:t></w:r></w:p>' + _paragraph("and the second.")
    )
    assert [b.text for b in document.blocks] == ["The first half and the second."]


def test_a_deleted_row_is_left_out() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>{}" + cell + cell.format("y") + "</w:tr>"
    deleted = '<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>'
    document = _read(f"<w:tbl>{row.format('', 'stays')}{row.format(deleted, 'Ottoline')}</w:tbl>" + _paragraph("x"))
    assert document.blocks[0].rows == (("stays", "y"),)
    assert counts(document) == {"tracked_deletion": 1}


@pytest.mark.parametrize(
    "hidden",
    [
        _paragraph("Ottoline", run="<w:vanish/>"),
        _paragraph("Ottoline", "Secret"),
        "<w:p><w:r><w:rPr><w:rStyle w:val='SecretRun'/></w:rPr><w:t>Ottoline</w:t></w:r></w:p>",
    ],
    ids=["by itself", "by its paragraph's style", "by its own style"],
)
def test_hidden_text_is_not_read(hidden: str) -> None:
    blank = io.BytesIO()
    WordDocument().save(blank)
    styles = zipfile.ZipFile(blank).read("word/styles.xml").decode()
    secret = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="secret"/><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="SecretRun"><w:name w:val="sr"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    data = _docx(hidden + _paragraph("Shown.") + _paragraph("Shown too.", run='<w:vanish w:val="0"/>'))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            changed = styles.replace("</w:styles>", secret + "</w:styles>").encode()
            new.writestr(name, changed if name == "word/styles.xml" else old.read(name))
    document = read_here(out.getvalue(), DocumentKind.OVERVIEW)
    assert [b.text for b in document.blocks] == ["Shown.", "Shown too."]
    assert counts(document) == {"hidden_text": 1}


def test_field_codes_are_not_read_and_their_results_are() -> None:
    document = _read(
        '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>HYPERLINK &quot;http://ottoline.example&quot;</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>the letter</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    assert [b.text for b in document.blocks] == ["See the letter."]


def test_footnotes_are_tied_to_their_marks_in_the_order_of_the_text() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        "<w:footnote w:id='7'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Second.</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='9'><w:p><w:r><w:t>First.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>More.</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='11'><w:p><w:r><w:t>Ottoline.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = _read(
        "<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id='9'/></w:r><w:r><w:t>, two</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='7'/></w:r><w:del w:id='1' w:author='x'>"
        "<w:r><w:footnoteReference w:id='11'/></w:r></w:del></w:p>",
        {"footnotes": notes},
    )
    assert [(b.number, b.text) for b in document.blocks] == [
        ("", "One[^1], two[^2]"),
        ("1", "First. More."),
        ("2", "Second."),
    ]
    assert counts(document) == {"lost_footnote": 1, "tracked_deletion": 1}


def test_comments_are_counted_and_not_read() -> None:
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ottoline"><w:p/></w:comment></w:comments>'
    document = _read(
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>Text.</w:t></w:r><w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r></w:p>",
        {"comments": comments},
    )
    assert [b.text for b in document.blocks] == ["Text."]
    assert counts(document) == {"comment": 1}


def test_properties_are_counted_and_not_read() -> None:
    word = WordDocument()
    word.add_paragraph("Text.")
    word.core_properties.author = "Ottoline"
    word.core_properties.keywords = "Ottoline, Radbourne"
    out = io.BytesIO()
    word.save(out)
    document = read_here(out.getvalue(), DocumentKind.OVERVIEW)
    assert "Ottoline" not in repr(document)
    assert next(n.count for n in document.notices if n.code == "property") >= 2


def test_tables_with_headers_merged_cells_and_several_lines() -> None:
    def cell(*lines: str, properties: str = "") -> str:
        paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"

    table = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell("Name") + cell("Role") + cell("Agency") + "</w:tr>"
        "<w:tr>" + cell("DCI Thorne", "DI Broome") + cell("Police", properties='<w:gridSpan w:val="2"/>') + "</w:tr>"
        "<w:tr>" + cell("Rees", properties='<w:vMerge w:val="restart"/>') + cell("Nurse") + cell("Trust") + "</w:tr>"
        "<w:tr>" + cell("", properties="<w:vMerge/>") + cell("Lead") + cell("Trust") + "</w:tr></w:tbl>"
    )
    block = _read(table + _paragraph("After.")).blocks[0]
    assert block.header_rows == 1
    assert block.rows == (
        ("Name", "Role", "Agency"),
        ("DCI Thorne; DI Broome", "Police", ""),
        ("Rees", "Nurse", "Trust"),
        ("", "Lead", "Trust"),
    )
    assert block.merged == (Merged(1, 1, 1, 2), Merged(2, 0, 2, 1))


def test_a_box_of_one_cell_is_text() -> None:
    document = _read("<w:tbl><w:tr><w:tc>" + _paragraph("Boxed.") + "</w:tc></w:tr></w:tbl>" + _paragraph("After."))
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "Boxed."),
        (BlockKind.PARAGRAPH, "After."),
    ]


def test_a_text_box_is_read_once() -> None:
    box = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    inside = box.format(_paragraph("In a box."))
    document = _read(
        "<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='v'>"
        + inside.removeprefix("<w:r>").removesuffix("</w:r>")
        + "</mc:Choice><mc:Fallback>"
        + inside.removeprefix("<w:r>").removesuffix("</w:r>")
        + "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [b.text for b in document.blocks] == ["Before.", "In a box."]


def test_contents_lists_go_and_are_counted_once() -> None:
    typed = (
        _paragraph("Contents", "Heading1") + numbered("Introduction", 2) + _paragraph("The facts ........ 4")
        + _paragraph("Introduction", "Heading1") + _paragraph("Contents of the house were insured.")
    )  # fmt: skip
    document = _read(typed)
    assert [b.text for b in document.blocks] == ["Introduction", "Contents of the house were insured."]
    assert counts(document) == {"contents_list": 1}
    automatic = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent>" + _paragraph("Ottoline 3") + "</w:sdtContent></w:sdt>" + _paragraph("Body text here.")
    )
    document = _read(automatic)
    assert [b.text for b in document.blocks] == ["Body text here."]
    assert counts(document) == {"contents_list": 1}


@pytest.mark.parametrize(
    "marking",
    ["RESTRICTED", "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE: PERSONAL", "RESTRICTED: NOT TO BE PUBLISHED",
     "Restricted", "NOT PROTECTIVELY MARKED", "GPMS: CONFIDENTIAL", "Private and confidential"],
)  # fmt: skip
def test_protective_markings_are_furniture(marking: str) -> None:
    document = _read(_paragraph(marking) + _paragraph("Text."))
    assert [b.text for b in document.blocks] == ["Text."]
    assert counts(document) == {"protective_marking": 1}


@pytest.mark.parametrize(
    "sentence",
    ["This version is marked RESTRICTED and uses real names.", "Confidentiality", "Restricted access to the records",
     "OFFICIAL RECORDS OF THE COURT", "The official view differed."],
)  # fmt: skip
def test_a_sentence_that_speaks_of_a_marking_stays(sentence: str) -> None:
    assert _read(_paragraph(sentence)).blocks[0].text == sentence


def test_bold_lines_are_headings_only_where_no_styles_are() -> None:
    body = _paragraph("The facts", run="<w:b/>") + _paragraph("Text.") + _paragraph("Bold sentence.", run="<w:b/>")
    assert [b.kind for b in _read(body).blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    styled = _paragraph("One", "Heading1") + _paragraph("Two", "Heading1") + body
    assert [b.kind.value for b in _read(styled).blocks][2:] == ["paragraph"] * 3


def test_the_text_is_normalised() -> None:
    spoilt = "Ngo\u0323zi\u00a0Nwo\u00adsu\u200b, o\ufb03ce, mother\u2011in\u2011law, "
    document = _read(_paragraph(spoilt + "\u202eleft\u202c\u2003side, O’Hara"))
    assert document.blocks[0].text == "Ngọzi Nwosu, office, mother-in-law, left side, O’Hara"


def test_embedded_files_are_counted_and_not_read() -> None:
    data = _docx(_paragraph("Text."))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="e1" Type="{RELATIONS}/package" Target="embeddings/sheet.xlsx"/>'
                content = content.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            elif name == "[Content_Types].xml":
                content = content.replace(
                    b"</Types>", b'<Default Extension="xlsx" ContentType="application/octet-stream"/></Types>'
                )
            new.writestr(name, content)
        new.writestr("word/embeddings/sheet.xlsx", b"Ottoline Radbourne")
    document = read_here(out.getvalue(), DocumentKind.OVERVIEW)
    assert "Ottoline" not in layout(document).text
    assert counts(document) == {"attachment": 1}
