"""Word documents: headings by style, by outline level and by how they look; quotations."""

from __future__ import annotations

import pytest
from word_files import level, numbered, numbering, paragraph, read, seen

from pipeline.models import BlockKind

_BOLD = "<w:b/>"
_SENTENCE = "The Panel met on four occasions and heard from every agency that had known the family. "


def _style(key: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'


def _outline(value: int) -> str:
    return f'<w:outlineLvl w:val="{value}"/>'


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("heading 3", "", 3),
        ("Heading 2", "", 2),
        ("Überschrift 2", "", 2),
        ("Titre 1", "", 1),
        ("DHR Heading 2", "", 2),
        ("Report heading - level 3", "", 3),
        ("Sub-heading", "", 2),
        ("Section heading", "", 1),
        ("H2", "", 2),
        ("Anything", f"<w:pPr>{_outline(3)}</w:pPr>", 4),
        ("Mine", '<w:basedOn w:val="Heading2"/>', 2),
        ("heading 2", f"<w:pPr>{_outline(9)}</w:pPr>", 0),
        ("Mine", f'<w:basedOn w:val="Heading2"/><w:pPr>{_outline(9)}</w:pPr><w:rPr><w:b w:val="0"/></w:rPr>', 0),
        ("Caption of ours", '<w:basedOn w:val="Base"/>', 0),
        ("Table heading", "", 0),
        ("Running heading 1", "", 0),
    ],
)
def test_headings_by_style(name: str, more: str, expected: int) -> None:
    styles = _style("Own", name, more) + _style("Base", "Heading")
    block = read(paragraph("The facts", "Own") + paragraph("Text."), styles=styles).blocks[0]
    assert (block.kind is BlockKind.HEADING, block.level) == (expected > 0, expected)


def test_a_paragraphs_own_outline_level_counts() -> None:
    body = paragraph("The facts", "", _outline(1)) + paragraph("Not one", "Heading1", _outline(9))
    assert [(b.kind.value, b.level) for b in read(body).blocks] == [("heading", 2), ("paragraph", 0)]


def test_a_long_sentence_in_a_headings_style_is_a_numbered_paragraph() -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")})}
    body = numbered("The review", 1, 0, "Heading1") + numbered(_SENTENCE * 3, 1, 1, "Heading2")
    assert [(b.kind.value, b.number) for b in read(body, lists).blocks] == [("heading", "1"), ("paragraph", "1.1")]


def _bold(*lines: str) -> str:
    return "".join(paragraph(line, look=_BOLD) + paragraph(_SENTENCE) for line in lines)


def _headings(body: str) -> list[tuple[int, str, str]]:
    return [(b.level, b.number, b.text) for b in read(body).blocks if b.kind is BlockKind.HEADING]


def test_bold_lines_take_their_levels_from_their_numbers() -> None:
    body = _bold("Overview Report", "1. Introduction", "1.1 The Panel", "2. Facts", "2.1.1 Health", "Note")
    assert _headings(body) == [
        (1, "", "Overview Report"),
        (2, "1", "Introduction"),
        (3, "1.1", "The Panel"),
        (2, "2", "Facts"),
        (4, "2.1.1", "Health"),
        (2, "", "Note"),
    ]  # fmt: skip


def test_numbered_bold_lines_are_headings_beside_styles_and_other_bold_lines_are_not() -> None:
    body = (
        paragraph("1 Introduction", "Heading1") + paragraph(_SENTENCE) + paragraph("2 Facts", "Heading1")
        + _bold("2.1 Health", "An emphasis") + paragraph("3 Analysis", "Heading1")
    )  # fmt: skip
    assert _headings(body) == [
        (1, "1", "Introduction"),
        (1, "2", "Facts"),
        (2, "2.1", "Health"),
        (1, "3", "Analysis"),
    ]


def test_automatic_numbers_of_bold_lines_count_too() -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")})}
    body = (
        numbered("Introduction", 1, look=_BOLD) + numbered(_SENTENCE, 1, 1) + numbered("Facts", 1, look=_BOLD)
        + numbered("Health", 1, 1, look=_BOLD) + numbered(_SENTENCE, 1, 1)
    )  # fmt: skip
    assert [(b.kind.value, b.level, b.number) for b in read(body, lists).blocks] == [
        ("heading", 1, "1"), ("paragraph", 0, "1.1"), ("heading", 1, "2"), ("heading", 2, "2.1"),
        ("paragraph", 0, "2.2"),
    ]  # fmt: skip


def test_few_styles_and_many_bold_lines() -> None:
    styled = paragraph("Overview Report", "Heading1") + paragraph(_SENTENCE)
    headings = _headings(styled + _bold(*"ABCDEF") + paragraph("End", "Heading1"))
    assert [text for _, _, text in headings] == ["Overview Report", *"ABCDEF", "End"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("".join(paragraph(f"Line {n}", look=_BOLD) for n in range(5)), id="a passage in bold"),
        pytest.param(_bold("A bold sentence that ends."), id="a sentence"),
        pytest.param(_bold("bold " * 40), id="too long for a heading"),
        pytest.param(_bold("help@example.org"), id="an address"),
        pytest.param(paragraph("Figure 1: Calls", "Caption", look=_BOLD), id="a caption"),
        pytest.param("".join(numbered(f"Item {n}", 1, look=_BOLD) for n in range(5)), id="a list in bold"),
    ],
)
def test_bold_that_heads_nothing(body: str) -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "%1.")})}
    assert BlockKind.HEADING not in {b.kind for b in read(body + paragraph(_SENTENCE), lists).blocks}


def test_without_numbers_the_larger_print_stands_above() -> None:
    def line(text: str, size: int) -> str:
        return paragraph(text, look=f'{_BOLD}<w:sz w:val="{size}"/>') + paragraph(_SENTENCE)

    headings = _headings(line("Facts", 32) + line("Health", 26) + line("Analysis", 32))
    assert [depth for depth, _, _ in headings] == [2, 3, 2]


@pytest.mark.parametrize(
    ("style", "properties", "quoted"),
    [
        ("Quote", "", True),
        ("IntenseQuote", "", True),
        ("BlockText", "", True),
        ("Own", "", True),
        ("", '<w:ind w:left="720" w:right="720"/>', True),
        ("", '<w:ind w:start="720" w:end="720"/>', True),
        ("", '<w:ind w:left="720"/>', False),
        ("", '<w:ind w:left="720" w:right="720"/><w:jc w:val="center"/>', False),
    ],
)
def test_quotations(style: str, properties: str, quoted: bool) -> None:
    styles = _style("Own", "Family's words", '<w:basedOn w:val="Quote"/>') + _style("BlockText", "Block Text")
    body = paragraph(_SENTENCE) * 2 + paragraph("I was never asked.", style, properties)
    assert (read(body, styles=styles).blocks[-1].kind is BlockKind.QUOTE) is quoted


def test_a_report_that_is_set_in_throughout_is_no_quotation() -> None:
    body = paragraph(_SENTENCE, "", '<w:ind w:left="720" w:right="720"/>') * 3 + paragraph(_SENTENCE)
    assert {kind for kind, *_ in seen(read(body).blocks)} == {"paragraph"}
