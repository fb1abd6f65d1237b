"""Word documents: fields, content controls, signs, tracked moves, notes, words in other languages."""

from __future__ import annotations

import pytest
from word_files import W, counts, docx, items, paragraph, read, run, table

from pipeline.errors import DamagedFile
from pipeline.extract import read_here
from pipeline.models import BlockKind, DocumentKind, Foreign


def _mark(kind: str, data: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def _field(code: str, result: str) -> str:
    return f"{_mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{_mark('separate')}{result}{_mark('end')}"


def _form(data: str) -> str:
    return f"{_mark('begin', f'<w:ffData>{data}</w:ffData>')}<w:r><w:instrText>FORM</w:instrText></w:r>{_mark('end')}"


_CHECKED = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
_LIST = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>'


@pytest.mark.parametrize(
    ("inside", "text", "fields"),
    [
        (_field("REF _x \\r", run("paragraph 4.12")), "paragraph 4.12", 1),
        (_field("IF 1 = 1", run("both ") + _field("REF x", run("nested"))), "both nested", 2),
        (_mark("begin") + run("IF ") + _field("REF Ottoline", run("Ottoline")) + _mark("separate") + run("shown")
         + _mark("end"), "shown", 1),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>3 May</w:t></w:r></w:fldSimple>', "3 May", 1),
        (_form(_CHECKED), "☒", 1),
        (_form("<w:checkBox><w:default w:val='0'/></w:checkBox>"), "☐", 1),
        (_form(_LIST), "Yes", 1),
        (_mark("begin") + "<w:r><w:instrText>XE Ottoline</w:instrText></w:r>" + _mark("end"), "", 0),
        ('<w:hyperlink><w:r><w:t>the letter</w:t></w:r></w:hyperlink>', "the letter", 0),
    ],
)  # fmt: skip
def test_fields_show_their_results(inside: str, text: str, fields: int) -> None:
    document = read(f"<w:p>{run('See ')}{inside}{run('.')}</w:p>")
    assert document.blocks[0].text == f"See {text}."
    assert counts(document).get("field", 0) == fields


def test_a_field_goes_on_over_paragraphs_and_tables() -> None:
    body = (
        f"<w:p>{_mark('begin')}<w:r><w:instrText>IF</w:instrText></w:r>{_mark('separate')}{run('One.')}</w:p>"
        + table("<w:tr><w:tc>" + paragraph("a") + "</w:tc><w:tc>" + paragraph("b") + "</w:tc></w:tr>")
        + f"<w:p>{run('Two.')}{_mark('end')}{run(' Three.')}</w:p>"
    )
    assert [b.text or b.rows for b in read(body).blocks] == ["One.", (("a", "b"),), "Two. Three."]


def test_a_field_that_never_shows_its_text_is_refused() -> None:
    body = f"<w:p>{_mark('begin')}</w:p>" + paragraph("All of the report.")
    with pytest.raises(DamagedFile, match="never ends"):
        read(body)


def test_a_contents_field_without_styles_is_a_contents_list() -> None:
    body = (
        paragraph("Contents")
        + f"<w:p>{_mark('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{_mark('separate')}"
        + f"{run('Facts 3')}</w:p>"
        + paragraph("Ottoline 4")
        + f"<w:p>{_mark('end')}</w:p>"
        + paragraph("Facts", "Heading1")
    )
    document = read(body)
    assert [b.text for b in document.blocks] == ["Facts"]
    assert counts(document) == {"contents_list": 1}


def test_a_contents_list_within_a_larger_control_takes_nothing_else_with_it() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    inner = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Facts 3')}</w:sdtContent></w:sdt>"
    document = read(f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}{paragraph('All of the report.')}</w:sdtContent></w:sdt>")
    assert [b.text for b in document.blocks] == ["All of the report."]


def test_a_page_number_in_the_text_is_furniture() -> None:
    document = read(f"<w:p>{run('Page ')}{_field('PAGE', run('3'))}</w:p>" + paragraph("Text."))
    assert [b.text for b in document.blocks] == ["Text."]
    assert items(document, "running_header_footer") == ["Page 3"]


@pytest.mark.parametrize(
    ("control", "text"),
    [
        ("<w:sdtPr/>", "See the choice."),
        ("<w:sdtPr><w:showingPlcHdr/></w:sdtPr>", "See ."),
        ('<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>', "See the choice."),
        ("<w:sdtPr><w14:checkbox/></w:sdtPr>", "See the choice."),
    ],
)
def test_content_controls(control: str, text: str) -> None:
    inside = f"<w:sdt>{control}<w:sdtContent>{run('the choice')}</w:sdtContent></w:sdt>"
    document = read(f"<w:p>{run('See ')}{inside}{run('.')}</w:p>")
    assert document.blocks[0].text == text
    assert counts(document).get("form_field", 0) == (text == "See .")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:sym w:font="Symbol" w:char="F061"/>', "α"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Calibri" w:char="00E9"/>', "é"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fc</w:t>', "✓"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\u00fc</w:t>', "✓"),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>a = 3</w:t>', "α = 3"),
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a b"),
        ("<w:t>so</w:t><w:noBreakHyphen/><w:t>called</w:t>", "so-called"),
        ("<w:t>re</w:t><w:softHyphen/><w:t>port</w:t>", "report"),
        ("<w:ruby><w:rt><w:r><w:t>b</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby>",
         "a (b)"),
    ],
)  # fmt: skip
def test_signs(inside: str, text: str) -> None:
    assert read(f"<w:p><w:r>{inside}</w:r></w:p>").blocks[0].text == text


def test_a_sign_that_nobody_knows_is_counted() -> None:
    body = f'<w:p>{run("a")}<w:r><w:sym w:font="Wingdings" w:char="F023"/></w:r></w:p>'
    assert counts(read(body)) == {"unreadable_character": 1}


@pytest.mark.parametrize("name", ["smartTag", "customXml", "dir", "bdo", "hyperlink", "ins"])
def test_wrappers_of_words(name: str) -> None:
    assert read(f"<w:p><w:{name}>{run('Words.')}</w:{name}></w:p>").blocks[0].text == "Words."


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "1/2"),
        ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "x^2"),
        ("<m:r><m:t>a+b</m:t></m:r><w:del><m:r><m:t>c</m:t></m:r></w:del>", "a+b"),
    ],
)
def test_formulas(formula: str, text: str) -> None:
    assert read(f"<w:p><m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara></w:p>").blocks[0].text == text


def test_a_moved_paragraph_is_read_where_it_went() -> None:
    def ended(kind: str) -> str:
        return f'<w:pPr><w:rPr><w:{kind} w:id="1" w:author="x"/></w:rPr></w:pPr>'

    words = run("It was moved.")
    document = read(
        f"<w:p>{ended('moveFrom')}<w:moveFrom w:id='2' w:author='x'>{words}</w:moveFrom></w:p>"
        + paragraph("It stayed.")
        + f"<w:p>{ended('moveTo')}<w:moveTo w:id='3' w:author='x'>{words}</w:moveTo></w:p>"
    )
    assert [b.text for b in document.blocks] == ["It stayed.", "It was moved."]
    assert counts(document) == {"tracked_deletion": 1, "tracked_insertion": 1}


def test_a_change_of_look_is_no_change() -> None:
    changed = '<w:b/><w:rPrChange w:id="1" w:author="x"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    body = (
        f'<w:p><w:pPr><w:pPrChange w:id="2" w:author="x"><w:pPr/></w:pPrChange></w:pPr>{run("Words.", changed)}</w:p>'
    )
    document = read(paragraph("x") + body)
    assert document.blocks[1].text == "Words."
    assert counts(document) == {}


def test_a_deleted_end_joins_nothing_beyond_its_cell() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    cells = "".join(f"<w:tc>{paragraph(text, '', gone)}</w:tc>" for text in ("a", "b"))
    document = read(table(f"<w:tr>{cells}</w:tr>") + paragraph("After."))
    assert [b.text or b.rows for b in document.blocks] == [(("a", "b"),), "After."]


def test_hidden_pieces_are_counted_as_the_reader_would_count_them() -> None:
    hidden = "<w:vanish/>"
    body = f"<w:p>{run('a')}{run('x', hidden)}{run(' ', hidden)}{run('y', hidden)}{run('b')}{run('z', hidden)}</w:p>"
    document = read(body + paragraph("t", look="<w:webHidden/>"))
    assert [b.text for b in document.blocks] == ["ab"]
    assert counts(document) == {"hidden_text": 3}


def test_a_hidden_mark_runs_two_paragraphs_together_and_a_style_separator_does_not() -> None:
    hidden = paragraph("One ", "", "<w:rPr><w:vanish/></w:rPr>") + paragraph("two.")
    parted = paragraph("Facts", "Heading1", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + paragraph("She left.")
    assert [b.text for b in read(hidden + parted).blocks] == ["One two.", "Facts", "She left."]


def test_a_large_initial_belongs_to_its_word() -> None:
    body = paragraph("T", "", '<w:framePr w:dropCap="drop"/>') + paragraph("he Panel met.")
    assert [b.text for b in read(body).blocks] == ["The Panel met."]


def _notes(kind: str, *notes: tuple[int, str]) -> str:
    inside = "".join(f'<w:{kind} w:id="{key}">{content}</w:{kind}>' for key, content in notes)
    return f'<w:{kind}s xmlns:w="{W}">{inside}</w:{kind}s>'


def _called(kind: str, more: str = "", mark: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="1" {more}/>{mark}</w:r>'


def test_footnotes_and_endnotes_count_together() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("End", "x"))
    parts = {
        "footnotes": _notes("footnote", (1, paragraph("Foot."))),
        "endnotes": _notes("endnote", (1, table(f"<w:tr>{cells}</w:tr>"))),
    }
    body = f"<w:p>{run('a')}{_called('endnote')}{run(' b')}{_called('footnote')}</w:p>"
    assert [(b.number, b.text) for b in read(body, parts).blocks] == [
        ("", "a[^1] b[^2]"),
        ("1", "End x"),
        ("2", "Foot."),
    ]


def test_a_notes_own_sign_is_its_number() -> None:
    parts = {"footnotes": _notes("footnote", (1, paragraph("* Foot.")))}
    own = _called("footnote", 'w:customMarkFollows="1"', "<w:t>*</w:t>")
    blocks = read(f"<w:p>{run('a')}{own}{run(' b')}</w:p>", parts).blocks
    assert [(b.number, b.text) for b in blocks] == [("", "a[^1] b"), ("1", "Foot.")]


@pytest.mark.parametrize("name", ["altChunk", "subDoc"])
def test_text_that_stands_in_another_file_is_refused(name: str) -> None:
    with pytest.raises(DamagedFile, match="another file"):
        read(paragraph("Text.") + f"<w:{name}/>")


def _in(tag: str, words: str, more: str = "") -> str:
    return run(words, f'{more}<w:lang w:val="{tag}" w:bidi="{tag}" w:eastAsia="{tag}"/>')


@pytest.mark.parametrize(
    ("runs", "foreign"),
    [
        (run("He wrote ") + _in("es-CO", "no voy a volver") + run("."), [Foreign("es-CO", "no voy a volver")]),
        (_in("tr-TR", "anne") + run(" ") + _in("tr-TR", "ve baba"), [Foreign("tr-TR", "anne ve baba")]),
        (_in("tr", "anne") + run(", then ") + _in("tr", "baba"), [Foreign("tr", "anne"), Foreign("tr", "baba")]),
        (_in("en-US", "color"), []),
        (_in("fr-FR", "14"), []),
        (_in("fr-FR", "a"), []),
        (_in("x-none", "words"), []),
        (_in("ar-SA", "كلمة طيبة", "<w:rtl/>"), [Foreign("ar-SA", "كلمة طيبة")]),
        (_in("ja-JP", "言葉"), [Foreign("ja-JP", "言葉")]),
    ],
)  # fmt: skip
def test_words_in_other_languages(runs: str, foreign: list[Foreign]) -> None:
    assert list(read(f"<w:p>{runs}</w:p>" + paragraph("Text.")).blocks[0].foreign) == foreign


def test_a_templates_language_marks_nothing() -> None:
    data = docx(f"<w:p>{run('Plain words, ')}{_in('es', 'dos cosas')}</w:p>", language="de-DE")
    assert read_here(data, DocumentKind.OVERVIEW).blocks[0].foreign == (Foreign("es", "dos cosas"),)


def test_a_style_may_say_the_language() -> None:
    german = '<w:rPr><w:lang w:val="de-DE"/></w:rPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>{german}</w:style>'
    assert read(paragraph("Zwei Dinge.", "Own"), styles=styles).blocks[0].foreign == (
        Foreign("de-DE", "Zwei Dinge."),
    )


def test_foreign_words_stay_with_their_line_and_their_cell() -> None:
    body = f"<w:p>{run('One')}<w:r><w:br/></w:r>{_in('es', 'dos cosas')}</w:p>"
    blocks = read(
        body + table(f"<w:tr><w:tc><w:p>{_in('es', 'dos')}</w:p></w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>")
    ).blocks
    assert [(b.kind, b.foreign) for b in blocks] == [
        (BlockKind.PARAGRAPH, ()),
        (BlockKind.PARAGRAPH, (Foreign("es", "dos cosas"),)),
        (BlockKind.TABLE, (Foreign("es", "dos"),)),
    ]


def test_a_note_that_the_text_calls_and_the_file_does_not_hold_is_a_damaged_file() -> None:
    call = '<w:p><w:r><w:t>She wrote.</w:t><w:footnoteReference w:id="7"/></w:r></w:p>'
    for parts in ({}, {"footnotes": _notes("footnote", (1, paragraph("Another.")))}):
        with pytest.raises(DamagedFile):
            read(call, parts)
