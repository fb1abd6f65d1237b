"""Word documents: tables cell by cell."""

from __future__ import annotations

import pytest
from word_files import cell, counts, paragraph, read, row, table

from pipeline.models import Block, BlockKind, Merged

_ACROSS = '<w:gridSpan w:val="2"/>'
_DOWN = '<w:vMerge w:val="restart"/>'
_GOES_ON = "<w:vMerge/>"
_PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"


def _table(*rows: str, properties: str = "", styles: str = "") -> Block:
    return next(
        b for b in read(table(*rows, properties=properties) + paragraph("After."), styles=styles).blocks if b.rows
    )


@pytest.mark.parametrize(
    ("rows", "expected", "merged"),
    [
        pytest.param(
            [row(cell("a", properties=_ACROSS), "b"), row("c", "d", "e")],
            (("a", "", "b"), ("c", "d", "e")), (Merged(0, 0, 1, 2),), id="across",
        ),
        pytest.param(
            [row(cell("a", properties=_DOWN), "b"), row(cell("", properties=_GOES_ON), "c"),
             row(cell("", properties=_GOES_ON), "d")],
            (("a", "b"), ("", "c"), ("", "d")), (Merged(0, 0, 3, 1),), id="down",
        ),
        pytest.param(
            [row(cell("a", properties=_ACROSS + _DOWN), "b"), row(cell("", properties=_ACROSS + _GOES_ON), "c")],
            (("a", "", "b"), ("", "", "c")), (Merged(0, 0, 2, 2),), id="both ways",
        ),
        pytest.param(
            [row(cell("a", properties=_DOWN), "b"), row(cell("c", properties=_DOWN), "d"),
             row(cell("", properties=_GOES_ON), "e")],
            (("a", "b"), ("c", "d"), ("", "e")), (Merged(1, 0, 2, 1),), id="one after another",
        ),
        pytest.param(
            [row("a", "b"), row(cell("c", properties=_GOES_ON), "d"), row("e", cell("f", properties=_GOES_ON))],
            (("a", "b"), ("c", "d"), ("e", "f")), (), id="going on with a plain cell",
        ),
        pytest.param(
            [row("a", "b", "c"), row("d", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')],
            (("a", "b", "c"), ("", "d", "")), (), id="a row set in",
        ),
        pytest.param(
            [row(cell("a", properties='<w:hMerge w:val="restart"/>'), cell("", properties="<w:hMerge/>"), "b"),
             row("c", "d", "e")],
            (("a", "", "b"), ("c", "d", "e")), (Merged(0, 0, 1, 2),), id="as old versions merge",
        ),
        pytest.param([row("a", "b"), row("c")], (("a", "b"), ("c", "")), (), id="a short row"),
    ],
)  # fmt: skip
def test_merged_cells(rows: list[str], expected: tuple[tuple[str, ...], ...], merged: tuple[Merged, ...]) -> None:
    block = _table(*rows)
    assert (block.rows, block.merged) == (expected, merged)


def test_words_under_a_merged_cell_are_not_shown_and_counted() -> None:
    document = read(
        table(row(cell("a", properties=_DOWN), "b"), row(cell("Ottoline", properties=_GOES_ON), "c"))
        + paragraph("After.")
    )
    assert document.blocks[0].rows == (("a", "b"), ("", "c"))
    assert counts(document) == {"hidden_text": 1}


def _table_style(first: str, based: str = "") -> str:
    return (
        f'<w:style w:type="table" w:styleId="Own"><w:name w:val="Own"/>{based}'
        f'<w:tblStylePr w:type="firstRow">{first}</w:tblStylePr></w:style>'
    )


_LOOKS = '<w:tblStyle w:val="Own"/><w:tblLook w:val="{}"/>'
_SHADED = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'


@pytest.mark.parametrize(
    ("rows", "properties", "style", "expected"),
    [
        ([row("a", "b", properties="<w:tblHeader/>"), row("c", "d")], "", "", 1),
        ([row("a", "b", properties="<w:tblHeader/>")] * 2 + [row("c", "d")], "", "", 2),
        ([row("a", "b"), row("c", "d", properties="<w:tblHeader/>")], "", "", 0),
        ([row("a", "b", properties='<w:tblHeader w:val="0"/>'), row("c", "d")], "", "", 0),
        ([row(cell(paragraph("a", look="<w:b/>")), cell(paragraph("b", look="<w:b/>"))), row("c", "d")], "", "", 1),
        ([row(cell(paragraph("a", look="<w:b/>")), "b"), row("c", "d")], "", "", 0),
        ([row("a", "b"), row("c", "d")], _LOOKS.format("0020"), "<w:rPr><w:b/></w:rPr>", 1),
        ([row("a", "b"), row("c", "d")], _LOOKS.format("0020"), _SHADED, 1),
        ([row("a", "b"), row("c", "d")], _LOOKS.format("0000"), _SHADED, 0),
        ([row("a", "b"), row("c", "d")], _LOOKS.format("0020"), "", 0),
        ([row("a", "b"), row("c", "d")], '<w:tblStyle w:val="TableGrid"/><w:tblLook w:val="04A0"/>', "", 0),
    ],
)
def test_header_rows(rows: list[str], properties: str, style: str, expected: int) -> None:
    assert _table(*rows, properties=properties, styles=_table_style(style)).header_rows == expected


def test_tables_in_cells_lose_no_words() -> None:
    inner = table(row("c", "d"), row(cell("e", properties=_ACROSS)))
    assert _table(row("a", "b"), row(cell("x", inner, "y"), "f")).rows == (("a", "b"), ("x; c; d; e; y", "f"))


def test_a_frame_of_one_cell_keeps_what_is_in_it() -> None:
    inside = paragraph("The facts", "Heading1") + paragraph("Text.") + table(row("a", "b"), row("c", "d"))
    blocks = read(table(f"<w:tr><w:tc>{inside}<w:p/></w:tc></w:tr>") + paragraph("After.")).blocks
    assert [b.kind for b in blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH,
    ]  # fmt: skip


def test_a_table_in_a_text_box_is_a_table() -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + table(row("a", "b"), row("c", "d"))
        + "<w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert [b.rows for b in read(f"<w:p>{box}</w:p>" + paragraph("After.")).blocks] == [(("a", "b"), ("c", "d")), ()]


def test_tracked_rows_and_cells() -> None:
    def tracked(kind: str) -> str:
        return f'<w:{kind} w:id="1" w:author="x"/>'

    document = read(
        table(
            row("a", "b"),
            row("Ottoline", "x", properties=tracked("del")),
            row("c", "d", properties=tracked("ins")),
            row("e", cell("Radbourne", properties=tracked("cellDel")), cell("f", properties=tracked("cellIns"))),
        )
        + paragraph("After.")
    )
    assert document.blocks[0].rows == (("a", "b"), ("c", "d"), ("e", "f"))
    assert counts(document) == {"tracked_deletion": 2, "tracked_insertion": 2}


def test_a_deleted_row_leaves_a_merged_cell_shorter() -> None:
    gone = '<w:del w:id="1" w:author="x"/>'
    block = _table(
        row(cell("a", properties=_DOWN), "b"),
        row(cell("", properties=_GOES_ON), "c", properties=gone),
        row(cell("", properties=_GOES_ON), "d"),
    )
    assert (block.rows, block.merged) == ((("a", "b"), ("", "d")), (Merged(0, 0, 2, 1),))


def test_hidden_rows_are_counted() -> None:
    document = read(table(row("a", "b"), row("Ottoline", "x", properties="<w:hidden/>")) + paragraph("After."))
    assert "Ottoline" not in repr(document.blocks)
    assert counts(document) == {"hidden_text": 1}


def test_content_controls_around_rows_and_cells() -> None:
    in_control = f"<w:sdt><w:sdtPr/><w:sdtContent>{row('c', 'd')}</w:sdtContent></w:sdt>"
    asked = f"<w:sdt>{_PLACEHOLDER}<w:sdtContent>{cell('Click here')}</w:sdtContent></w:sdt>"
    document = read(table(row("a", "b"), in_control, row("e", asked)) + paragraph("After."))
    assert document.blocks[0].rows == (("a", "b"), ("c", "d"), ("e", ""))
    assert counts(document) == {"form_field": 1}


def test_numbers_lists_and_notes_in_cells_keep_their_order() -> None:
    first, second = (
        paragraph(f'<w:r><w:t>{word}</w:t></w:r><w:r><w:footnoteReference w:id="{n}"/></w:r>')
        for n, word in ((5, "one"), (3, "two"))
    )
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = f'<w:footnotes xmlns:w="{space}">{note.format(3, "Third.")}{note.format(5, "Fifth.")}</w:footnotes>'
    blocks = read(table(row(cell(first), cell(second)), row("a", "b")), {"footnotes": notes}).blocks
    assert blocks[0].rows[0] == ("one[^1]", "two[^2]")
    assert [(b.number, b.text) for b in blocks[1:]] == [("1", "Fifth."), ("2", "Third.")]
