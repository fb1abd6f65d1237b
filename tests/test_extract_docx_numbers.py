"""Word documents: numbers as the page shows them, and lists."""

from __future__ import annotations

import pytest
from word_files import level, numbered, numbering, paragraph, read, seen

from pipeline.extract.word.counts import count_as_printed
from pipeline.models import BlockKind

_LEGAL = level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
_THREE = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")


def _start(depth: int, at: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


@pytest.mark.parametrize(
    ("levels", "steps", "printed"),
    [
        pytest.param(_THREE, [0, 1, 2, 2, 1, 0, 1], ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"], id="levels"),
        pytest.param(_LEGAL, [0, 0, 1, 1], ["I", "II", "2.1", "2.2"], id="legal numbering"),
        pytest.param(level(0, "decimal", "%1", start=4), [0, 0], ["4", "5"], id="start value"),
        pytest.param(level(0, "lowerLetter", "(%1)"), [0] * 3, ["(a)", "(b)", "(c)"], id="letters"),
        pytest.param(level(0, "lowerRoman", "%1)"), [0] * 4, ["i)", "ii)", "iii)", "iv)"], id="roman"),
        pytest.param(level(0, "decimalZero", "%1"), [0] * 2, ["01", "02"], id="with a zero"),
        pytest.param(
            level(0, "decimal", "%1") + level(1, "decimal", "%1.%2", '<w:lvlRestart w:val="0"/>'),
            [0, 1, 0, 1], ["1", "1.1", "2", "2.2"], id="a level that never starts again",
        ),
        pytest.param(_THREE, [1, 0, 1], ["1.1", "2", "2.1"], id="a level that was passed over counts"),
        pytest.param(level(0, "decimal", "Recommendation %1"), [0], ["Recommendation 1"], id="words that count"),
        pytest.param(
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt '
            'w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
            '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>',
            [0, 0], ["001", "002"], id="a format of later versions",
        ),
    ],
)  # fmt: skip
def test_automatic_numbers(levels: str, steps: list[int], printed: list[str]) -> None:
    document = read("".join(numbered("Text.", 1, step) for step in steps), {"numbering": numbering({1: levels})})
    assert [block.number for block in document.blocks] == printed


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [(2, "ordinal", "2nd"), (11, "ordinal", "11th"), (21, "ordinalText", "Twenty-first"),
     (40, "cardinalText", "Forty"), (30, "ordinalText", "Thirtieth"), (5, "chicago", "**"),
     (4, "decimalEnclosedParen", "(4)"),
     (4, "numberInDash", "- 4 -"), (4, "none", ""), (4, "hebrew1", "4"), (200, "cardinalText", "200")],
)  # fmt: skip
def test_rare_formats(count: int, form: str, printed: str) -> None:
    assert count_as_printed(count, form) == printed


def test_lists_of_one_kind_share_their_count_until_one_starts_again() -> None:
    lists = numbering({1: level(0, "decimal", "%1.")}, {1: (1, ""), 2: (1, _start(0, 1)), 3: (1, _start(0, 7))})
    body = "".join(numbered("Text.", n) for n in (1, 1, 2, 2, 1, 3, 3, 1))
    assert [b.number for b in read(body, {"numbering": lists}).blocks] == ["1", "2", "1", "2", "3", "7", "8", "9"]


def test_a_level_of_its_own_takes_the_place_of_the_lists() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    lists = numbering({1: level(0, "decimal", "%1.")}, {1: (1, ""), 2: (1, own)})
    body = numbered("Text.", 1) + numbered("Text.", 2)
    assert [b.number for b in read(body, {"numbering": lists}).blocks] == ["1", "b)"]


def test_an_empty_numbered_paragraph_counts_and_a_hidden_one_does_not() -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "1.%1")})}
    hidden = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>'
    body = numbered("One.", 1) + numbered("", 1) + paragraph("x", "", hidden, "<w:vanish/>") + numbered("Three.", 1)
    assert [(b.number, b.text) for b in read(body, lists).blocks] == [("1.1", "One."), ("1.3", "Three.")]


_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="SubClause"><w:name w:val="Sub clause"/><w:basedOn w:val="Clause"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn w:val="Clause"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Linked"><w:name w:val="Linked"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def test_numbers_through_styles() -> None:
    levels = (
        level(0, "decimal", "%1.")
        + level(1, "decimal", "%1.%2")
        + level(2, "decimal", "%1.%2.%3", '<w:pStyle w:val="Linked"/>')
    )
    body = (
        paragraph("A clause.", "Clause") + paragraph("Below it.", "SubClause") + paragraph("Linked.", "Linked")
        + paragraph("Without.", "Plain") + numbered("Switched off.", 0, style="SubClause")
        + paragraph("Below it again.", "SubClause")
    )  # fmt: skip
    blocks = read(body, {"numbering": numbering({1: levels})}, _STYLES).blocks
    assert [b.number for b in blocks] == ["1", "1.1", "1.1.1", "", "", "1.2"]


def test_a_list_may_be_a_style_of_its_own() -> None:
    style = (
        '<w:style w:type="numbering" w:styleId="Report"><w:name w:val="Report"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = numbering(
        {1: f'<w:styleLink w:val="Report"/>{level(0, "decimal", "7.%1")}', 2: '<w:numStyleLink w:val="Report"/>'}
    )
    body = numbered("Text.", 2) + numbered("Text.", 1)
    assert [b.number for b in read(body, {"numbering": lists}, style).blocks] == ["7.1", "7.2"]


def test_lists_nest_by_level_by_style_and_by_where_they_stand() -> None:
    def at(left: int, text: str, number: int) -> str:
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr><w:ind w:left="{left}"/>'
        return paragraph(text, "", listed)

    lists = {"numbering": numbering({1: level(0, "decimal", "%1."), 2: level(0, "bullet", "•")})}
    body = at(360, "one", 1) + at(720, "below", 2) + at(720, "below", 2) + at(360, "two", 1) + paragraph("Text.")
    assert [(b.level, b.number) for b in read(body, lists).blocks] == [(0, "1"), (1, ""), (1, ""), (0, "2"), (0, "")]
    styled = paragraph("one", "ListBullet") + paragraph("below", "ListBullet2") + paragraph("two", "ListBullet")
    assert [b.level for b in read(styled).blocks] == [0, 1, 0]


def test_a_paragraph_between_items_belongs_to_no_number() -> None:
    lists = {"numbering": numbering({1: level(0, "decimal", "%1.")})}
    body = numbered("one", 1) + paragraph("It goes on.", "ListContinue") + numbered("two", 1)
    assert seen(read(body, lists).blocks) == [
        ("list_item", 0, "1", "one"),
        ("paragraph", 0, "", "It goes on."),
        ("list_item", 0, "2", "two"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["•\tone", "• two"], [("", "one"), ("", "two")]),
        (["–\tone"], [("", "one")]),
        (["– she said"], None),
        (["1.\tone"], [("1", "one")]),
        (["1. one", "2. two"], [("1", "one"), ("2", "two")]),
        (["(a) one", "(b) two"], [("(a)", "one"), ("(b)", "two")]),
        (["i. one", "ii. two"], [("i", "one"), ("ii", "two")]),
        (["1. one"], None),
        (["a. one", "c. three"], None),
    ],
)
def test_typed_bullets_and_counts(lines: list[str], expected: list[tuple[str, str]] | None) -> None:
    blocks = read("".join(map(paragraph, lines)) + paragraph("Text.")).blocks[:-1]
    if expected is None:
        assert {b.kind for b in blocks} == {BlockKind.PARAGRAPH}
    else:
        assert [(b.kind, b.number, b.text) for b in blocks] == [(BlockKind.LIST_ITEM, *pair) for pair in expected]
