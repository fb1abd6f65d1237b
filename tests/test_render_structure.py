"""What a report is made of stays in print, in Markdown and PDF: tables, pictures, notes, lists, other languages."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import markdown as python_markdown
import pypdf
import pytest
from lxml import html
from markdown_it import MarkdownIt
from redacted_reports import heading, item, note, para, quote, table

from pipeline.extract import read_here
from pipeline.language_tags import language_tag
from pipeline.models import Block, BlockKind, Document, DocumentKind, Foreign, Merged
from pipeline.render.grid import Cell, grid_of
from pipeline.render.markdown import as_markdown
from pipeline.render.pdf import as_pdf
from pipeline.render.shape import placeholder, shape

DAY = date(2020, 1, 1)
AGENCIES = replace(
    table(
        ("Agency", "Contacts", "", "Note"),
        ("", "Calls", "Visits", ""),
        ("Police", "3", "1", "Seen[^1]"),
        ("", "none", "", "a | <b> & b"),
        header_rows=2,
    ),
    merged=(Merged(0, 0, 2, 1), Merged(0, 1, 1, 2), Merged(0, 3, 2, 1), Merged(2, 0, 2, 1), Merged(3, 1, 1, 2)),
)


def report(*blocks: Block) -> Document:
    return Document(DocumentKind.OVERVIEW, (heading(1, "The review"), *blocks))


def markdown(*blocks: Block) -> str:
    return as_markdown(report(*blocks)).removeprefix("# The review\n\n")


def pdf(*blocks: Block) -> bytes:
    return as_pdf(report(*blocks), "Title", "Running", "Author", DAY)


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def read_back(*blocks: Block) -> tuple[Block, ...]:
    return read_here(pdf(*blocks), DocumentKind.OVERVIEW).blocks[1:]


# Tables


def spans(source: str) -> list[list[tuple[str, str | None, str | None, str]]]:
    root = html.fragment_fromstring(source, create_parent="div")
    return [[(c.tag, c.get("colspan"), c.get("rowspan"), c.text_content()) for c in row] for row in root.iter("tr")]


def test_every_reader_of_markdown_shows_the_same_merged_cells() -> None:
    source = markdown(AGENCIES)
    expected = [
        [("th", None, "2", "Agency"), ("th", "2", None, "Contacts"), ("th", None, "2", "Note")],
        [("th", None, None, "Calls"), ("th", None, None, "Visits")],
        [
            ("td", None, "2", "Police"),
            ("td", None, None, "3"),
            ("td", None, None, "1"),
            ("td", None, None, "Seen[^1]"),
        ],
        [("td", "2", None, "none"), ("td", None, None, "a | <b> & b")],
    ]
    assert spans(python_markdown.markdown(source, extensions=["tables", "attr_list"])) == expected
    assert spans(MarkdownIt("commonmark", {"html": True}).render(source)) == expected


@pytest.mark.parametrize(
    ("rows", "header_rows", "merged", "why"),
    [
        ((("A", "B"), ("c", "d")), 1, (Merged(0, 0, 1, 2),), "it would cover words"),
        ((("A", ""), ("c", "d")), 1, (Merged(0, 0, 1, 9), Merged(9, 9, 2, 2), Merged(0, 1, 1, 5)), "it leaves it"),
        ((("A", "B"), ("", "d")), 1, (Merged(0, 0, 2, 1),), "it crosses the header's edge"),
        ((("A", "", ""), ("", "", "")), 0, (Merged(0, 0, 2, 2), Merged(0, 1, 2, 2)), "two would cover one place"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_cell_covers_no_words_and_stays_in_its_table(
    rows: tuple[tuple[str, ...], ...], header_rows: int, merged: tuple[Merged, ...], why: str
) -> None:
    block = Block(BlockKind.TABLE, rows=rows, header_rows=header_rows, merged=merged)
    grid = grid_of(block)
    places = sum(cell.rows * cell.columns for row in (*grid.header, *grid.body) for cell in row)
    assert places == len(rows) * len(rows[0]), why
    shown = [cell.text for row in (*grid.header, *grid.body) for cell in row if cell.text]
    assert shown == [cell for row in rows for cell in row if cell]
    assert pdf(block).startswith(b"%PDF")


def test_a_column_heads_rows_where_the_corner_is_left_empty() -> None:
    months = grid_of(table(("", "May", "June"), ("Police", "1", "2"), ("GP", "0", "")))
    assert [row[0].heads for row in months.body] == ["row", "row"]
    assert months.header[0] == (Cell(""), Cell("May", heads="col"), Cell("June", heads="col"))
    for other in (
        table(("Agency", "May"), ("Police", "1")),
        table(("", "May"), ("Police", "1"), ("", "2")),
        table(("Police", "1"), ("GP", "2"), header_rows=0),
        table(("", ""), ("GP", "2")),
    ):
        assert not any(cell.heads == "row" for row in grid_of(other).body for cell in row)


def test_ordinary_tables_stay_pleasant_to_read() -> None:
    assert markdown(table(("Name", "Agency"), ("A", "B"))) == "| Name | Agency |\n| --- | --- |\n| A | B |\n"


def test_a_table_without_a_header_has_none() -> None:
    source = markdown(table(("Police", "1"), ("GP", "2"), header_rows=0))
    assert "<th" not in python_markdown.markdown(source, extensions=["tables"])
    assert "<th" not in MarkdownIt("commonmark", {"html": True}).render(source)


def test_a_long_table_whose_header_has_a_note_is_typeset() -> None:
    rows = [(f"row {n}", "x[^1]") for n in range(80)]
    text = text_of(pdf(table(("Name[^1]", "Agency"), *rows), note("1", "As told.")))
    assert all(f"row {n}" in text for n in range(80))
    assert text.count("As told.") == 1


# Pictures


@pytest.mark.parametrize("alternative", ["", "A plan of the flat, [not] <to> scale", "  two\nlines "])
def test_a_picture_is_a_sentence_that_says_what_is_missing(alternative: str) -> None:
    block = Block(BlockKind.PICTURE, alternative)
    words = placeholder(alternative)
    assert words == (f"[Picture: {' '.join(alternative.split())}]" if alternative else "[Picture not published]")
    root = html.fragment_fromstring(python_markdown.markdown(markdown(block)), create_parent="div")
    assert root.text_content() == words
    assert [e.tag for e in root] == ["p"]
    data = pdf(block)
    assert words.split() == [w for b in read_here(data, DocumentKind.OVERVIEW).blocks[1:] for w in b.text.split()]
    assert "/Figure" not in roles(data)


# Other languages


def languages(data: bytes) -> list[str]:
    text = b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return [part.split(b")")[0].decode() for part in text.split(b"/Lang(")[1:] if not part.startswith(b"en-GB")]


def test_words_in_another_language_are_marked_as_such() -> None:
    block = replace(
        para("She said “no me dejaron” (no me) and menina.", "1.1"),
        foreign=(Foreign("es", "no me dejaron"), Foreign("pt_br", "menina"), Foreign("sr-latn", "said")),
    )
    source = markdown(block)
    assert source.count("<span") == 3
    assert '“<span lang="es">no me dejaron</span>” (no me)' in source
    assert '<span lang="pt-BR">menina</span>.' in source
    assert '<span lang="sr-Latn">said</span>' in source
    assert languages(pdf(block)) == ["sr", "es", "pt-BR"] or languages(pdf(block)) == ["sr-Latn", "es", "pt-BR"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("nobody asked", "no"), ("asked no1", "no"), ("Ano", "no"), ("It was said", "así"), ("anything", "")],
)
def test_only_whole_words_that_are_still_there_are_marked(text: str, words: str) -> None:
    block = replace(para(text), foreign=(Foreign("es", words),))
    assert "<span" not in markdown(block)


@pytest.mark.parametrize(
    "tag", ["", "en", "en-US", 'es"><b>', "es onclick=1", "okonjo", "oko", "es-okonjo", "es\n", "x"]
)
def test_a_language_that_is_none_marks_nothing(tag: str) -> None:
    assert language_tag(tag) == ("es" if tag == "es\n" else "")
    if tag != "es\n":
        assert "<span" not in markdown(replace(para("así es"), foreign=(Foreign(tag, "así es"),)))
        assert languages(pdf(replace(para("así es"), foreign=(Foreign(tag, "así es"),)))) == []


def test_a_mark_within_foreign_words_is_a_mark_still() -> None:
    source = markdown(
        replace(para("as\u00ed[^1] es"), foreign=(Foreign("es", "así[^1] es"),)), note("1", "So it is.")
    )
    assert source.startswith('<span lang="es">así</span>[^1]<span lang="es"> es</span>')


# Notes


NOTED = (
    para("One.[^1] Two.[^2] One again.[^1]", "1.1"),
    table(("Who", "What"), ("A", "three[^3]")),
    note("1", "First."),
    note("2", "Second, see [^4]."),
    note("3", "Third."),
    note("4", "Called by a note."),
    note("5", "Called by nobody."),
)


def roles(data: bytes) -> list[str]:
    """The roles of a PDF's structure elements, in order."""
    found = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_notes_of_a_pdf_follow_the_text_and_lead_back_to_their_marks() -> None:
    data = pdf(*NOTED)
    links = [
        annotation.get_object()
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
        for annotation in page.get("/Annots", ())
    ]
    assert len(links) == 5 + 4, "one from each mark, and one back from each note that has a mark"
    assert all(text_of(data).count(b.text.split("[")[0]) == 1 for b in NOTED if b.kind is BlockKind.FOOTNOTE)


def test_notes_that_call_each_other_come_to_an_end() -> None:
    chain = [note(str(n), f"See [^{n + 1}], [^{n}] and [^1].") for n in range(1, 30)]
    data = pdf(para("Begin.[^1]"), *chain)
    assert text_of(data).count("See") == 29


# Lists


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        (("1", "2", "3"), ["", "", ""]),
        (("4", "5"), ["4.", "5."]),
        (("(a)", "(b)"), ["(a)", "(b)"]),
        (("i", "ii"), ["i.", "ii."]),
        (("1)", "2)"), ["1)", "2)"]),
        (("1", "3"), ["", "3."]),
        (("", ""), ["", ""]),
    ],
)
def test_items_keep_the_numbers_that_they_are_printed_with(numbers: tuple[str, ...], printed: list[str]) -> None:
    """A list that counts 1, 2, 3 is left to count by itself; any other number is text."""
    items = [item(f"text {n}", number=number, ordered=True) for n, number in enumerate(numbers)]
    root = html.fragment_fromstring(python_markdown.markdown(markdown(*items)), create_parent="div")
    texts = [" ".join((li.text_content()).split()) for li in root.iter("li")]
    assert texts == [f"{number} text {n}".strip() for n, number in enumerate(printed)]
    back = [b.number for b in read_back(*items)]
    assert back == [number or str(n + 1) for n, number in enumerate(numbers)]


def test_bullets_beside_counted_items_are_not_counted() -> None:
    blocks = (
        item("outer"),
        item("bullet", level=1),
        item("one", level=1, number="1", ordered=True),
        item("two", level=1, ordered=True),
        item("outer too"),
    )
    source = markdown(*blocks)
    assert '    - <span class="number">1.</span> one\n    - <span class="number">2.</span> two\n' in source
    assert "<ol" not in python_markdown.markdown(source)


# All of it


def test_what_is_typeset_reads_back_as_it_was() -> None:
    blocks = (
        heading(2, "Introduction", "1"),
        para("The Panel met five times, and heard from Adult A’s sister – “always late”.", "1.1"),
        heading(3, "What was asked", "1.1"),
        item("who knew;", number="4", ordered=True),
        item("what they did:", number="5", ordered=True),
        item("at once", level=1, number="(a)", ordered=True),
        item("later", level=1, number="(b)", ordered=True),
        heading(2, "What was heard", "2"),
        item("bullet"),
        item("deeper", level=1),
        quote("He counted the money. I counted the days."),
        table(("Who", "When"), ("Police", "May 2016"), ("GP", "")),
        table(("Police", "Call"), ("GP", "Visit"), header_rows=0),
        para("The end.[^1]", "2.1"),
        note("1", "Said in 2016."),
    )
    kept = ("kind", "text", "level", "number", "ordered", "rows", "header_rows")
    said = [{name: getattr(block, name) for name in kept} for block in read_back(*blocks)]
    assert said == [{name: getattr(block, name) for name in kept} for block in blocks]


def test_headings_go_down_one_level_at_a_time_whatever_the_source_has() -> None:
    document = report(heading(4, "a"), heading(6, "b"), heading(2, "c"))
    assert [s.block.level for s in shape(document)] == [1, 2, 3, 2]
