"""Word documents that hold words which their pages do not show are refused; those that only look unusual are not."""

from __future__ import annotations

import io

import pytest
from docx import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from word_files import W, cell, level, numbered, numbering, paragraph, read, row, run, table

from pipeline.errors import FailedRedaction
from pipeline.extract import read_here
from pipeline.models import DocumentKind

_SECRET = "Ottoline"
_BLACK = '<w:highlight w:val="black"/>'
_WHITE = '<w:color w:val="FFFFFF"/>'
_FILL = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'


def _inside(look: str) -> str:
    return f"<w:p>{run('It was ')}{run(_SECRET, look)}{run(' who rang.')}</w:p>"


def _message(body: str, **more: str) -> str:
    with pytest.raises(FailedRedaction) as refusal:
        read(body, **more)  # type: ignore[arg-type]
    assert _SECRET not in str(refusal.value)
    assert refusal.value.remedy
    return refusal.value.message


@pytest.mark.parametrize(
    "look",
    [
        _BLACK,
        _BLACK + '<w:color w:val="000000"/>',
        _BLACK + '<w:color w:val="auto"/>',
        '<w:highlight w:val="darkBlue"/><w:color w:val="000000"/>',
        _FILL.format("000000"),
        _FILL.format("000000") + '<w:color w:val="111111"/>',
        '<w:shd w:val="solid" w:color="000000" w:fill="auto"/>',
        '<w:shd w:val="pct95" w:color="000000" w:fill="FFFFFF"/><w:color w:val="000000"/>',
        '<w:shd w:val="clear" w:themeFill="text1"/><w:color w:themeColor="text1"/>',
        _WHITE,
        '<w:color w:val="FDFDFD"/>',
        '<w:color w:themeColor="background1"/>',
        '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
        '<w:sz w:val="2"/>',
        '<w:sz w:val="4"/>',
        '<w:w w:val="1"/>',
        '<w:rStyle w:val="Gone"/>',
    ],
)
def test_words_that_are_not_seen(look: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="Gone"><w:name w:val="gone"/><w:rPr>{_WHITE}</w:rPr></w:style>'
    message = _message(paragraph("Before.") + _inside(look), styles=styles)
    assert "one piece of text" in message
    assert "the 2nd paragraph" in message


@pytest.mark.parametrize(
    "look",
    [
        _BLACK + _WHITE,
        _FILL.format("1F3864") + _WHITE,
        '<w:highlight w:val="yellow"/>',
        '<w:highlight w:val="yellow"/><w:color w:val="FF0000"/>',
        '<w:highlight w:val="none"/>',
        _FILL.format("auto"),
        _FILL.format("D9D9D9"),
        '<w:color w:val="808080"/>',
        '<w:color w:val="BFBFBF"/>',
        '<w:sz w:val="12"/>',
        '<w:w w:val="90"/>',
        _WHITE + '<w14:textOutline w14:w="9525"/>',
    ],
)
def test_words_that_are_seen(look: str) -> None:
    assert read(_inside(look)).blocks[0].text == "It was Ottoline who rang."


@pytest.mark.parametrize("blank", [" ", "_____", "[^"])
def test_blanks_are_no_words(blank: str) -> None:
    assert read(paragraph("Text.") + paragraph(blank, look=_BLACK)).blocks[0].text == "Text."


@pytest.mark.parametrize(
    ("properties", "look", "hidden"),
    [
        (_FILL.format("000000"), '<w:color w:val="000000"/>', True),
        (_FILL.format("000000"), "", False),
        (_FILL.format("000000"), _WHITE, False),
        ('<w:spacing w:line="20" w:lineRule="exact"/>', "", True),
        ('<w:spacing w:line="20" w:lineRule="auto"/>', "", False),
        ('<w:spacing w:line="240" w:lineRule="exact"/>', "", False),
    ],
)
def test_whole_paragraphs(properties: str, look: str, hidden: bool) -> None:
    body = paragraph(_SECRET, "", properties, look)
    if hidden:
        _message(body)
    else:
        assert read(body).blocks[0].text == _SECRET


def _styled(first: str, whole: str = "", band: str = "") -> str:
    parts = "".join(
        f'<w:tblStylePr w:type="{kind}">{inside}</w:tblStylePr>'
        for kind, inside in (("firstRow", first), ("band1Horz", band))
    )
    return f'<w:style w:type="table" w:styleId="Own"><w:name w:val="Own"/>{whole}{parts}</w:style>'


_DARK_CELL = f"<w:tcPr>{_FILL.format('4472C4')}</w:tcPr>"
_LIGHT_CELL = f"<w:tcPr>{_FILL.format('D9E2F3')}</w:tcPr>"
_WHITE_WORDS = f"<w:rPr><w:b/>{_WHITE}</w:rPr>"
_WHITE_CELL = _FILL.format("FFFFFF")
_BLACK_CELL = _FILL.format("000000")
_IN_WHITE, _IN_BLACK = (paragraph("a", look=f'<w:color w:val="{digits}"/>') for digits in ("FFFFFF", "000000"))
_LOOK = '<w:tblStyle w:val="Own"/><w:tblLook w:val="04A0"/>'
_NO_LOOK = '<w:tblStyle w:val="Own"/><w:tblLook w:val="0000"/>'


@pytest.mark.parametrize(
    ("style", "look", "first", "second", "hidden"),
    [
        pytest.param(_styled(_WHITE_WORDS + _DARK_CELL), _LOOK, "a", "b", False, id="a dark first row"),
        pytest.param(_styled(_WHITE_WORDS), _LOOK, "a", "b", False, id="a style's own fault"),
        pytest.param(_styled(_WHITE_WORDS), _LOOK, cell("a", properties=_WHITE_CELL), "b", True, id="made white"),
        pytest.param(_styled(_DARK_CELL), _LOOK, _IN_WHITE, "b", False, id="white by hand"),
        pytest.param(_styled(_DARK_CELL), _NO_LOOK, _IN_WHITE, "b", True, id="a look switched off"),
        pytest.param(_styled("", _DARK_CELL), _LOOK, "a", _IN_WHITE, False, id="all dark"),
        pytest.param(_styled("", _DARK_CELL, _LIGHT_CELL), _LOOK, "a", _IN_WHITE, False, id="bands"),
        pytest.param(_styled("", "", _DARK_CELL), _LOOK, _IN_WHITE, "b", True, id="not the band"),
        pytest.param("", "", cell(_IN_WHITE, properties=_FILL.format("1F3864")), "b", False,
                     id="a dark cell"),
        pytest.param("", "", cell(_IN_BLACK, properties=_BLACK_CELL),
                     "b", True, id="black words in a black cell"),
        pytest.param("", "", cell("a", properties=_BLACK_CELL), "b", False, id="automatic in a black cell"),
    ],
)  # fmt: skip
def test_words_in_tables(style: str, look: str, first: str, second: str, hidden: bool) -> None:
    body = table(row(first, "x"), row(second, "y"), row("c", "z"), properties=look)
    if hidden:
        assert "paragraph" in _message(body, styles=style)
    else:
        assert read(body, styles=style).blocks[0].rows[0][1] == "x"


def test_every_table_style_of_words_own_template_shows_its_words() -> None:
    word = WordDocument()
    names = [style.name for style in word.styles if style.type == WD_STYLE_TYPE.TABLE]
    for name in names:
        made = word.add_table(3, 3)
        made.style = name
        for line in made.rows:
            for place in line.cells:
                place.text = "Words"
    out = io.BytesIO()
    word.save(out)
    document = read_here(out.getvalue(), DocumentKind.OVERVIEW)
    assert len(document.blocks) == len(names) > 90


def test_the_refusal_names_the_paragraphs_by_their_numbers() -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")})}
    typed = f"<w:p>{run('7.3 It was ')}{run(_SECRET, _BLACK)}</w:p>"
    body = (
        numbered("The facts", 1, 0, "Heading1") + numbered("x", 1, 1) + numbered(_SECRET, 1, 1, look=_BLACK) + typed
    )
    message = _message(body, parts=lists)  # type: ignore[arg-type]
    assert "2 pieces" in message
    assert "paragraph 1.2 and paragraph 7.3" in message


def test_runs_that_belong_together_are_one_piece() -> None:
    body = f"<w:p>{run('Ottoline', _BLACK)}{run(' ', _BLACK)}{run('Radbourne', _BLACK)}{run(' rang.')}</w:p>"
    assert "one piece" in _message(body)


def test_notes_are_looked_at_too() -> None:
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{_inside(_BLACK)}</w:footnote></w:footnotes>'
    body = f'<w:p>{run("Text.")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert "the footnotes" in _message(body, parts={"footnotes": notes})  # type: ignore[arg-type]


def _shape(fill: str, height: int, width: int, inside: str = "", anchor: str = "behindDoc='0'") -> str:
    return (
        f"<w:r><w:drawing><wp:anchor {anchor}><wp:extent cx='{width * 12700}' cy='{height * 12700}'/><wp:wrapNone/>"
        f"<wp:docPr id='1' name='Rectangle 1'/><a:graphic><a:graphicData uri='x'><wps:wsp><wps:spPr>{fill}</wps:spPr>"
        f"{inside}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _solid(colour: str) -> str:
    return f"<a:solidFill><a:srgbClr val='{colour}'/></a:solidFill>"


def _box(look: str) -> str:
    return f"<wps:txbx><w:txbxContent>{paragraph('A title', look=look)}</w:txbxContent></wps:txbx>"


def _dark_shape() -> str:
    """The beginning of a second shape; `_shape` writes its end."""
    return f"<wps:wsp><wps:spPr>{_solid('1F3864')}</wps:spPr>"


_THEME_BLACK = "<a:solidFill><a:schemeClr val='tx1'/></a:solidFill>"
_VML_BAR = (
    "<w:r><w:pict><v:rect style='position:absolute;width:80pt;height:14pt;z-index:1' fillcolor='{}'/></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("drawn", "hidden"),
    [
        pytest.param(_shape(_solid("000000"), 14, 90), True, id="a black bar"),
        pytest.param(_shape(_THEME_BLACK, 14, 90), True, id="in the theme's black"),
        pytest.param(_shape(_solid("1F3864"), 14, 90), True, id="a dark blue bar"),
        pytest.param(_shape(_solid("404040"), 14, 90), True, id="a dark grey bar"),
        pytest.param(_shape(_solid("FFFFFF"), 14, 90), True, id="a white bar"),
        pytest.param(_shape(_solid("FFFFFF") + "<a:ln><a:noFill/></a:ln>", 14, 90), True, id="a white one"),
        pytest.param(_shape(_solid("FFFFFF") + "<a:ln w='9525'/>", 14, 90), False, id="a white frame"),
        pytest.param(_shape(_solid("1F3864"), 14, 90, anchor="behindDoc='1'"), False, id="dark blue behind the text"),
        pytest.param(_shape(_solid("000000"), 2, 400), False, id="a line"),
        pytest.param(_shape(_solid("000000"), 300, 400), False, id="a panel"),
        pytest.param(_shape(_solid("4472C4"), 14, 90), False, id="a blue bar"),
        pytest.param(_shape("<a:noFill/>", 14, 90), False, id="a frame"),
        pytest.param(_shape(_solid("000000"), 14, 90, anchor="behindDoc='1'"), False, id="behind the text"),
        pytest.param(_VML_BAR.format("black"), True, id="as old versions draw it"),
        pytest.param(_VML_BAR.format("navy"), True, id="navy as old versions draw it"),
        pytest.param(_VML_BAR.format("#4472C4"), False, id="blue as old versions draw it"),
        pytest.param(_shape(_solid("1F3864"), 40, 300, _box(_WHITE)), False, id="white words in a dark box"),
        pytest.param(_shape("<a:gradFill/>", 40, 300, _box(_WHITE)), False, id="white words in a shaded box"),
        pytest.param(_shape(_solid("FFFFFF"), 40, 300, _box(_WHITE)), True, id="white words in a white box"),
        pytest.param(_shape("<a:noFill/>", 40, 300, _box(_WHITE)), True, id="white words on the page"),
        pytest.param(_shape("<a:noFill/>", 40, 90, _box(_WHITE) + "</wps:wsp>" + _dark_shape()), False,
                     id="white words on a shape of their group"),
    ],
)  # fmt: skip
def test_drawn_things(drawn: str, hidden: bool) -> None:
    body = f"<w:p>{run('Text.')}{drawn}</w:p>"
    if hidden:
        _message(body)
    else:
        assert read(body).blocks[0].text == "Text."


def test_white_words_on_a_covers_picture_are_seen_and_on_the_next_page_they_are_not() -> None:
    cover = f"<w:p>{_shape('<a:blipFill/>', 800, 590, anchor=chr(10))}</w:p>" + paragraph(
        "Overview Report", look=_WHITE
    )
    assert read(cover + paragraph("Text.")).blocks[0].text == "Overview Report"
    _message(cover + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph(_SECRET, look=_WHITE))
