"""PDFs without tags that are set in columns: what stands in a column, what goes across all of them."""

from __future__ import annotations

import pytest
import typst
from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.models import BlockKind, Document, DocumentKind

WORDS = (
    "The Panel found that nobody had asked her what she wanted, and that each agency knew a part of what had been",
    "Her sister told the Chair that she had spoken of the matter many times, to a nurse, a teacher and an officer",
    "No record shows that the worry was shared, although the policy of the time asked for a meeting within five days",
    "The officer who came that night wrote a careful note, which was never read by those who decided about the case",
)
PAGE = '#set page("a4")\n#set text(10pt, hyphenate: false)\n#set par(justify: true)\n'
LINES = (
    "She was seen by the nurse of the practice in March,",
    "who wrote to the council on the same day and heard",
    "nothing from it, then or in any of the later weeks.",
    "The letter was found in a drawer after her death, it",
    "had been opened by somebody who has left the office.",
)


def _typeset(source: str) -> Document:
    return read_here(
        bytes(typst.compile((PAGE + source).encode(), format="pdf", pdf_tags=False)), DocumentKind.OVERVIEW
    )


def _texts(document: Document) -> list[str]:
    return [b.text if b.kind is not BlockKind.TABLE else f"table of {len(b.rows)}" for b in document.blocks]


def _paragraphs(name: str, count: int) -> list[str]:
    """Paragraphs of different lengths, each with its number."""
    return [f"{name} {n}: {' and '.join(WORDS[(n + k) % 4] for k in range(1 + n * n % 3))}." for n in range(count)]


def _column(sheet: Sheet, x: float, top: float, lines: list[str]) -> None:
    for n, line in enumerate(lines):
        sheet.text(x, top - 12 * n, line, size=10)


def _read_drawn(sheet: Sheet) -> str:
    return " ".join(b.text for b in read_here(pdf([sheet]), DocumentKind.OVERVIEW).blocks)


@pytest.mark.parametrize("offset", [0.0, 3.0, 6.0], ids=["same height", "a little lower", "between the lines"])
@pytest.mark.parametrize(
    "long",
    [
        "and so the worry that she had told was never shared wi",  # into the gutter
        "and so the worry that she had told was never shared with a",  # over the right column
    ],
)
def test_a_line_that_sticks_out_of_its_column_does_not_cut_the_page(long: str, offset: float) -> None:
    left = [line for n in range(6) for line in (*LINES[: 3 + n % 2], long if n in (2, 4) else LINES[4])]
    right = [f"{n} {LINES[n % 5][:46]}" for n in range(len(left))]
    sheet = Sheet()
    _column(sheet, 51, 740, left)
    _column(sheet, 295, 740 - offset, right)
    assert _read_drawn(sheet) == " ".join([*left, *right])


def test_a_line_across_both_columns_still_cuts_the_page() -> None:
    across = "This line goes on from the left column to the right one at the usual spaces, as a title's words do."
    sheet = Sheet()
    for x in (51, 295):
        _column(sheet, x, 740, [f"above {x}", *LINES, *LINES])
    _column(sheet, 51, 580, [across])
    for x in (51, 295):
        _column(sheet, x, 540, [f"under {x}", *LINES, *LINES])
    text = _read_drawn(sheet)
    places = [text.index(words) for words in ("above 51", "above 295", across, "under 51", "under 295")]
    assert places == sorted(places)


def test_short_headings_between_balanced_columns() -> None:
    parts = [(f"Heading {n}", _paragraphs(name, 9)[n : n + 5]) for n, name in enumerate(("First", "Second", "Third"))]
    source = "\n".join(
        f"= {title}\n#block(height: 6cm, columns(2)[{(chr(10) * 2).join(texts)}])" for title, texts in parts
    )
    document = _typeset(source)
    assert _texts(document) == [text for title, texts in parts for text in (title, *texts)]
    assert [b.text for b in document.blocks if b.kind is BlockKind.HEADING] == [title for title, _ in parts]


def test_a_ruled_table_in_one_column_leaves_the_other_column_whole() -> None:
    before, after = _paragraphs("Before", 4), _paragraphs("After", 13)
    table = "#table(columns: 2, [Date], [Agency], [4 May], [Police], [9 May], [Housing])"
    source = "#set page(columns: 2)\n" + "\n\n".join([*before, table, *after])
    assert _texts(_typeset(source)) == [*before, "table of 3", *after]


def test_ruled_tables_beside_each_other_are_read_by_columns() -> None:
    rows = "".join(f"[{n} May], [Agency {n}]," for n in range(1, 7))
    text = "\n\n".join(_paragraphs("Told", 20))
    source = f"#set page(columns: 2)\n{text}\n#pagebreak()\n#table(columns: (1fr, 1fr), {rows})\n#colbreak()\n" + (
        f"#table(columns: (1fr, 1fr, 1fr), {rows.replace('May', 'June')})"
    )
    tables = [b for b in _typeset(source).blocks if b.kind is BlockKind.TABLE]
    assert [t.rows[0][0] for t in tables] == ["1 May", "1 June"]


def test_footnotes_under_each_column_stay_with_their_text() -> None:
    texts = _paragraphs("Noted", 24)
    noted = [f"{text}#footnote[Source {n}.]" if n in (2, 5, 9, 13) else text for n, text in enumerate(texts)]
    document = _typeset("#set page(columns: 2)\n" + "\n\n".join(noted))
    notes = [b.text for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert notes == ["Source 2.", "Source 5.", "Source 9.", "Source 13."]
    assert [b.text.split("[^")[0] for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == texts


def test_columns_of_unequal_width() -> None:
    wide, narrow = _paragraphs("Wide", 9), _paragraphs("Narrow", 4)
    source = (
        f"#grid(columns: (2fr, 1fr), column-gutter: 18pt, [{(chr(10) * 2).join(wide)}], "
        f"[{(chr(10) * 2).join(narrow)}])"
    )
    assert _texts(_typeset(source)) == [*wide, *narrow]


def test_a_table_without_lines_is_no_running_text_in_columns() -> None:
    rows = [(f"{n} May 2020", f"Agency {n}", f"{WORDS[n % 4][: 40 + 9 * (n % 5)]}.") for n in range(1, 12)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    text = "\n\n".join(_paragraphs("Told", 3))
    table = f"#table(columns: (1fr, 1fr, 1fr), stroke: none, inset: (x: 4pt, y: 1.6pt), {cells})"
    document = _typeset(f"{text}\n#set par(justify: false)\n{table}\n{text}")
    tables = [b.rows for b in document.blocks if b.kind is BlockKind.TABLE]
    assert [[row[0] for row in table if row[0]] for table in tables] == [[date for date, _, _ in rows]]
    assert [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == _paragraphs("Told", 3) * 2
