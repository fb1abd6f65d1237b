"""PDFs without tags in many looks: columns, headings, lists, notes, furniture, pictures, set by typst or drawn."""

from __future__ import annotations

from functools import cache

import pytest
import typst
from drawn_pdf import Sheet, pdf

from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, Document, DocumentKind

WORDS = (
    "The Panel found that nobody had asked her what she wanted, and that each agency knew a part of what had been",
    "Her sister told the Chair that she had spoken of the matter many times, to a nurse, a teacher and an officer",
    "No record shows that the worry was shared, although the policy of the time asked for a meeting within five days",
    "The officer who came that night wrote a careful note, which was never read by those who decided about the case",
)
SMALL = '#set text(10pt, hyphenate: false)\n#set par(justify: true)\n'  # fmt: skip


@cache
def _typeset(source: str) -> Document:
    return read_here(bytes(typst.compile(source.encode(), format="pdf", pdf_tags=False)), DocumentKind.OVERVIEW)


def _drawn(*sheets: Sheet) -> Document:
    return read_here(pdf(sheets), DocumentKind.OVERVIEW)


def _of(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def _left_out(document: Document, code: str) -> dict[str, tuple[int, ...]]:
    return {item.text: item.pages for notice in document.notices if notice.code == code for item in notice.items}


def _paragraphs(count: int, sentences: int = 3) -> list[str]:
    """Paragraphs of different lengths, each with its number in its words, so that a lost or moved one is seen."""
    return [
        " ".join(
            f"At {'bcdfghjkmnp'[: 1 + (n * 7 + k) % 11]} {n}, {WORDS[(n + k) % len(WORDS)]} ({n}.{k})."
            for k in range(1 + (n * n * n // 5 + n // 3) % (sentences + 1))
        )
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("justified", ["true", "false"])
def test_columns_are_read_one_after_the_other(columns: int, justified: str) -> None:
    paper = "a4" if columns == 2 else "a3"
    texts = _paragraphs(44)
    source = f'#set page("{paper}", columns: {columns})\n#set text(10pt)\n#set par(justify: {justified})\n'
    document = _typeset(source + "\n\n".join(texts))
    assert document.pages is not None
    assert document.pages > 1
    assert [b.text for b in _of(document, BlockKind.PARAGRAPH)] == texts


def test_headings_and_tables_across_columns_keep_their_place() -> None:
    before, after = _paragraphs(9)[:4], _paragraphs(9)[4:]
    source = (
        '#set page("a4")\n#set text(10pt)\n= Overview Report\nThis sentence stands across the whole width of the '
        "page, above both of the columns, and it is long enough to cross them.\n#block(height: 5.1cm, columns(2)["
        + "\n\n".join(before)
        + "])\n#table(columns: 3 * (1fr,), [Name], [Role], [Agency], [Martin Hallow], [Head of Safety], [Police])\n"
        "#columns(2)[" + "\n\n".join(after) + "]"
    )
    document = _typeset(source)
    kinds = [b.kind for b in document.blocks]
    assert kinds.index(BlockKind.TABLE) == 2 + len(before)
    assert [b.text for b in _of(document, BlockKind.PARAGRAPH)][1:] == [*before, *after]
    assert _of(document, BlockKind.TABLE)[0].rows[1] == ("Martin Hallow", "Head of Safety", "Police")


def test_a_table_of_two_columns_of_sentences_is_no_running_text() -> None:
    rows = [(f"{WORDS[n % 4]}.", f"{WORDS[(n + 1) % 4]}, and {WORDS[(n + 2) % 4].lower()}.") for n in range(5)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    source = f'#set page("a4")\n#set text(10pt)\n#table(columns: (1fr, 1fr), stroke: none, row-gutter: 8pt, {cells})'
    tables = _of(_typeset(source), BlockKind.TABLE)
    assert [t.rows for t in tables] == [tuple(rows)]


def test_a_paragraph_goes_on_over_columns_and_pages_and_knows_where() -> None:
    texts = _paragraphs(60)
    document = _typeset('#set page("a5", columns: 2, footer: [Draft for the Panel])\n' + SMALL + "\n\n".join(texts))
    turned = [b for b in document.blocks if b.turns]
    assert turned
    for block in turned:
        for at, page in block.turns:
            assert block.page is not None
            assert block.page < page
            assert block.page_at(at) == page
            assert at == 0 or not block.text[at - 1].isspace() or block.text[at].strip()
    assert "Draft" not in " ".join(b.text for b in document.blocks)


def test_a_name_that_a_page_cuts_is_whole() -> None:
    told = ["1.1 She was seen by the nurse, and by the doctor of the practice, and by Ngozi Eliza-"]
    first = Sheet().paragraph(72, 700, told)
    first.text(72, 60, "OFFICIAL-SENSITIVE").text(72, 40, "Page 1 of 2")
    first.text(72, 800, "Overview Report")
    second = Sheet().text(72, 800, "Overview Report").paragraph(72, 740, ["beth Okafor, who wrote it down."])
    second.paragraph(72, 700, ["1.2 Ngozi Elizabeth Okafor was not asked again by anyone of the other agencies."])
    second.text(72, 60, "OFFICIAL-SENSITIVE").text(72, 40, "Page 2 of 2")
    block = _drawn(first, second).blocks[0]
    assert block.text.endswith("Ngozi Elizabeth Okafor, who wrote it down.")
    assert block.turns == ((block.text.index("beth Okafor"), 2),)


@pytest.mark.parametrize(
    ("header", "footer", "listed"),
    [
        ("context [Chapter #counter(page).display()]", "context [\\- #counter(page).display() \\-]", {"- # -"}),
        ("[Left #h(1fr) Right]", "context counter(page).display(\"i\")", {"Left Right", "#"}),
        ("context if calc.odd(here().page()) [Odd] else [Even side]", "[3 | P a g e]", {"Odd", "Even side"}),
        ("[RESTRICTED – until published \\ Second line]", "context [Page #counter(page).display() of 40]",
         {"Second line", "Page # of 40"}),
    ],
)  # fmt: skip
def test_running_headers_and_footers_in_any_form_go_and_are_listed(
    header: str, footer: str, listed: set[str]
) -> None:
    texts = _paragraphs(60)
    source = f'#set page("a4", header: {header}, footer: {footer})\n' + SMALL + "\n\n".join(texts)
    document = _typeset(source)
    assert [b.text for b in document.blocks] == texts
    found = {**_left_out(document, "running_header_footer"), **_left_out(document, "protective_marking")}
    assert {text.lstrip("•").strip() for text in found} >= {text.strip() for text in listed}
    assert all(pages for pages in found.values())


OPENINGS = [
    ("= Appendix {n}", "Appendix {n}", 2), ("= Appendix {n}", "Appendix {n}", 5), ("Recommendation {n}", "", 6),
    ("*Theme {n}*", "Theme {n}", 4), ("Contact with Anytown Police", "", 8), ("#v(14pt)\n== Contact", "Contact", 4),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "heading", "count"), OPENINGS)
@pytest.mark.parametrize("page", ["", ', numbering: "1"', ", header: [Joint review]"])
def test_what_opens_or_ends_page_after_page_stays(opening: str, heading: str, count: int, page: str) -> None:
    parts = [
        f"{opening.format(n=n)}\n\n{WORDS[n % 4]} ({n}).\n\n{WORDS[(n + 1) % 4]}.\n#v(1fr)\nLead: the Police"
        for n in range(1, count + 1)
    ]
    source = f'#set page("a4"{page})\n#set text(11pt)\n= Overview Report\n' + "\n#pagebreak()\n".join(
        [f"{WORDS[0]}.", *parts, "End."]
    )
    document = _typeset(source)
    words = [b.text if not b.number else f"{b.text} {b.number}" for b in document.blocks]
    text = " ".join(words)
    assert words[0] == "Overview Report"
    assert text.count("Lead: the Police") == count
    for n in range(1, count + 1):
        assert text.count(f"({n}).") == 1
        assert (heading or opening).format(n=n) in text
    assert text.endswith("End.")
    assert "Joint review" not in text
    assert set(_left_out(document, "running_header_footer")) <= {"#", "Joint review"}


def test_a_header_with_the_chapters_name_goes() -> None:
    source = (
        '#set page("a5", margin: 2cm, header: context { let above = query(selector(heading).before(here()))\n'
        "if above.len() > 0 [Anytown #h(1fr) #above.last().body] })\n" + SMALL
    )
    texts = [_paragraphs(16), _paragraphs(20)]
    document = _typeset(source + "= Background\n" + "\n\n".join(texts[0]) + "\n= Analysis\n" + "\n\n".join(texts[1]))
    assert [b.text for b in _of(document, BlockKind.PARAGRAPH)] == [*texts[0], *texts[1]]
    assert {"Anytown Background", "Anytown Analysis"} == set(_left_out(document, "running_header_footer"))


def test_a_note_mark_alone_on_a_line_is_no_page_number() -> None:
    sheets = [
        Sheet().text(280, 40, f"Page {page} of 3").paragraph(72, 700, [f"{page}.1 {WORDS[0][:70]}", WORDS[1][:50]])
        for page in (1, 2, 3)
    ]
    sheets[1].text(300, 760, "9", size=9)
    document = _drawn(*sheets)
    assert "9" in [b.text for b in document.blocks]
    assert _left_out(document, "running_header_footer") == {"Page # of 3": (1, 2, 3)}


def test_footnotes_whose_figures_hang_are_notes_and_no_table() -> None:
    sheets = []
    for page in (1, 2):
        sheet = Sheet().marked(72, 700, f"{page}.1 They met", str(2 * page - 1), " and it was")
        sheet.marked(72, 686, "decided", str(2 * page), " that nobody had")
        for n, y in ((2 * page - 1, 120), (2 * page, 86)):
            sheet.text(72, y + 3, str(n), size=5).text(89, y, f"See the letter of {n} May, which was", size=9)
            sheet.text(89, y - 11, "read by the Panel at its meeting.", size=9)
        sheets.append(sheet)
    document = _drawn(*sheets)
    assert not _of(document, BlockKind.TABLE)
    assert [(b.number, b.text) for b in _of(document, BlockKind.FOOTNOTE)] == [
        (str(n), f"See the letter of {n} May, which was read by the Panel at its meeting.") for n in (1, 2, 3, 4)
    ]
    assert document.blocks[0].text == "They met[^1] and it was decided[^2] that nobody had"


def test_a_heading_that_each_page_repeats_in_the_text_stays() -> None:
    sheets = []
    for page in range(1, 5):
        sheet = Sheet().text(72, 805, "Joint review", size=9).text(72, 760, "Findings", size=14, bold=True)
        sheets.append(sheet.paragraph(72, 730, [f"{page}.1 {WORDS[0][:80]}", f"{WORDS[1][:60]} on page {page}."]))
    sheets.append(Sheet().text(72, 805, "Joint review", size=9).paragraph(72, 760, [WORDS[2][:80], WORDS[3][:60]]))
    document = _drawn(*sheets)
    assert [b.text for b in _of(document, BlockKind.HEADING)] == ["Findings"] * 4
    assert _left_out(document, "running_header_footer") == {"Joint review": (1, 2, 3, 4, 5)}


def test_restricted_in_a_sentence_stays() -> None:
    sheet = Sheet().paragraph(
        72, 700, ["1.1 RESTRICTED – until published was the marking on each of the letters sent."]
    )
    sheet.text(72, 640, "RESTRICTED – until published").text(72, 600, "1.2 The file was OFFICIAL.")
    assert [b.text for b in _drawn(sheet).blocks] == [
        "RESTRICTED – until published was the marking on each of the letters sent.", "The file was OFFICIAL.",
    ]  # fmt: skip


@pytest.mark.parametrize("leader", [" #box(width: 1fr, repeat[.]) ", " #h(1fr) "])
def test_contents_lists_go_with_and_without_dots(leader: str) -> None:
    titles = [f"Part {n} of the story" for n in "abcdefgh"]
    entries = " \\\n".join(f"{title}{leader}{n + 2}" for n, title in enumerate(titles))
    tables = f"Table 1: People{leader}3 \\\nTable 2: Agencies{leader}4"
    body = "\n\n".join(f"== {title}\n{text}" for title, text in zip(titles, _paragraphs(8), strict=True))
    source = SMALL + f"= Review\n== Contents\n{entries}\n\n== List of tables\n{tables}\n\n#pagebreak()\n{body}"
    document = _typeset(source)
    assert [b.text for b in _of(document, BlockKind.HEADING)] == ["Review", *titles]
    assert [b.text for b in _of(document, BlockKind.PARAGRAPH)] == _paragraphs(8)
    left_out = _left_out(document, "contents_list")
    assert left_out["Contents"] == (1,)
    assert any("Part h of the story" in line for line in left_out), "each line that went is shown"


def test_heading_levels_follow_the_numbers() -> None:
    heads = [("3", "Analysis"), ("3.1", "Health"), ("3.1.1", "The surgery"), ("3.2", "Police"), ("4", "Lessons")]
    source = SMALL + "#show heading: set text(12pt)\n" + "\n".join(
        f"= {number} {text}\n{WORDS[n % 4]}." for n, (number, text) in enumerate(heads)
    )  # fmt: skip
    found = _of(_typeset(source), BlockKind.HEADING)
    assert [(b.level, b.number, b.text) for b in found] == [
        (1, "3", "Analysis"), (2, "3.1", "Health"), (3, "3.1.1", "The surgery"), (2, "3.2", "Police"),
        (1, "4", "Lessons"),
    ]  # fmt: skip


def test_bold_words_that_begin_a_paragraph_are_no_heading() -> None:
    source = SMALL + (
        f"= Findings\n*Immigration status.* {WORDS[0]}.\n\n*{WORDS[1]}, and nobody at all had thought of asking "
        f"her about it* before {WORDS[2].lower()}.\n\n*Recommendation 1: {WORDS[3]}.*\n"
    )
    document = _typeset(source)
    assert [b.text for b in _of(document, BlockKind.HEADING)] == ["Findings"]
    assert [b.text[:12] for b in _of(document, BlockKind.PARAGRAPH)] == [
        "Immigration ",
        "Her sister t",
        "Recommendati",
    ]


def test_a_heading_over_two_lines_and_headings_in_capitals() -> None:
    long = "How the agencies of the borough answered when she and her sister asked them for help in that year"
    source = SMALL + f"= {long}\n{WORDS[0]}.\n\n" + "\n\n".join(
        f"#v(6pt)\n{name}\n\n{WORDS[n]}." for n, name in enumerate(("BACKGROUND", "THE FAMILY", "WHAT WAS KNOWN"))
    )  # fmt: skip
    found = _of(
        _typeset(source.replace("#set text(10pt", "#set page(width: 12cm)\n#set text(10pt")), BlockKind.HEADING
    )
    assert [b.text for b in found] == [long, "BACKGROUND", "THE FAMILY", "WHAT WAS KNOWN"]
    assert found[0].level <= found[1].level


def test_nested_lists_with_drawn_bullets_and_letters() -> None:
    sheet = Sheet().paragraph(72, 700, ["1.1 " + WORDS[0][:76], WORDS[1][:60] + "."])
    for x, y, words in ((90, 650, "first"), (108, 636, "nested"), (90, 622, "second")):
        sheet.operators.append(f"{x} {y + 2} 3.5 3.5 re f")
        sheet.text(x + 14, y, words)
    sheet.text(90, 594, "(a)").text(110, 594, "lettered").text(90, 580, "(b)").text(110, 580, "and on")
    items = _of(_drawn(sheet), BlockKind.LIST_ITEM)
    assert [(b.level, b.number, b.text) for b in items] == [
        (0, "", "first"), (1, "", "nested"), (0, "", "second"), (0, "(a)", "lettered"), (0, "(b)", "and on"),
    ]  # fmt: skip


def test_a_quotation_that_is_set_in_on_both_sides() -> None:
    around = "\n\n".join(_paragraphs(8))
    source = SMALL + f"{around}\n\n{WORDS[0]}.\n\n#pad(x: 2cm)[{WORDS[1]}. {WORDS[2]}. {WORDS[3]}.]\n\n{WORDS[2]}."
    assert [(b.kind, b.text[:9]) for b in _typeset(source).blocks[8:]] == [
        (BlockKind.PARAGRAPH, "The Panel"), (BlockKind.QUOTE, "Her siste"), (BlockKind.PARAGRAPH, "No record"),
    ]  # fmt: skip


@pytest.mark.parametrize("font", ["Libertinus Serif", "New Computer Modern"])
def test_footnotes_in_text_tables_and_headings(font: str) -> None:
    notes = "\n\n".join(
        f"{text} Last.#footnote[Source {n} of the report.]" for n, text in enumerate(_paragraphs(14), 1)
    )
    source = f'#set text(10pt, font: "{font}")\n= Review\n{notes}\n\nA flat of 40 m#super[2], the 1#super[st] one.'
    document = _typeset(source)
    found = _of(document, BlockKind.FOOTNOTE)
    assert [(b.number, b.text) for b in found] == [(str(n), f"Source {n} of the report.") for n in range(1, 15)]
    marked = [b.text for b in _of(document, BlockKind.PARAGRAPH)]
    assert [text.endswith(f"Last.[^{n}]") for n, text in enumerate(marked[:14], 1)] == [True] * 14
    assert marked[14] == "A flat of 40 m2, the 1st one."


def test_symbols_mark_notes() -> None:
    body = ["1.1 The letter* was read by the Panel at its first meeting and at its second.", "They saw it** too."]
    sheet = Sheet().paragraph(72, 700, body)
    sheet.text(72, 110, "* Dated in May.", size=8).text(72, 98, "** Through their advocate.", size=8)
    document = _drawn(sheet)
    assert document.blocks[0].text.count("[^1]") == document.blocks[0].text.count("[^2]") == 1
    assert [(b.number, b.text) for b in _of(document, BlockKind.FOOTNOTE)] == [
        ("1", "Dated in May."), ("2", "Through their advocate."),
    ]  # fmt: skip


def test_endnotes_end_before_the_next_heading() -> None:
    sheet = Sheet().paragraph(72, 760, ["1.1 " + WORDS[0][:76], WORDS[1][:60] + "."])
    sheet.marked(72, 720, "1.2 The scheme was new.", "1", " It was a pilot.").marked(
        72, 700, "1.3 It ended.", "2", ""
    )
    sheet.text(72, 660, "Notes", size=14, bold=True)
    sheet.marked(72, 640, "", "1", " Stark, E. (2007).").marked(72, 626, "", "2", " Told by letter.")
    sheet.text(72, 590, "2 Lessons", size=14, bold=True).text(72, 570, "2.1 After the notes.")
    document = _drawn(sheet)
    assert [b.text for b in _of(document, BlockKind.FOOTNOTE)] == ["Stark, E. (2007).", "Told by letter."]
    assert document.blocks[-3].text == "After the notes."


def test_watermarks_go_and_turned_words_of_a_table_stay() -> None:
    sheets = []
    for page in (1, 2):
        sheet = Sheet().paragraph(72, 700, [f"{page}.1 {WORDS[0][:70]}", WORDS[1][:60] + "."])
        sheet.turned("DRAFT 2", x=200, y=300, matrix="0.7 0.7 -0.7 0.7", size=60)
        sheets.append(sheet.text(150, 690, "CONFIDENTIAL", size=48))
    sheets[0].grid([70, 110, 300], [500, 420, 400]).text(114, 440, "Agency").text(74, 406, "3").text(
        114, 406, "Police"
    )
    sheets[0].turned("Contacts", x=94, y=424, matrix="0 1 -1 0")
    document = _drawn(*sheets)
    assert _left_out(document, "watermark") == {"DRAFT 2": (1, 2), "CONFIDENTIAL": (1, 2)}
    assert _of(document, BlockKind.TABLE)[0].rows == (("Contacts", "Agency"), ("3", "Police"))


def test_pictures_in_the_text_stand_where_they_are_and_logos_do_not() -> None:
    look = "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    dot = f"<< /Type /XObject /Subtype /Image {look} >>\nstream\n\x80\nendstream"
    sheets = []
    for page in range(1, 5):
        sheet = Sheet().paragraph(72, 700, [f"{page}.1 {WORDS[0][:70]}", WORDS[1][:60] + "."])
        sheet.operators.append("q 60 0 0 60 480 760 cm /Logo Do Q q 8 0 0 8 40 640 cm /Logo Do Q")
        if page == 2:
            sheet.operators.append("q 200 0 0 120 72 500 cm /Logo Do Q")
        sheets.append(sheet.text(72, 450, f"{page}.2 After it."))
    document = read_here(pdf(sheets, objects=[dot], properties=">> /XObject << /Logo 10 0 R"), DocumentKind.OVERVIEW)
    kinds = [(b.kind.value, b.number, b.page) for b in document.blocks]
    assert kinds[2:5] == [("paragraph", "2.1", 2), ("picture", "", 2), ("paragraph", "2.2", 2)]
    assert len(_of(document, BlockKind.PICTURE)) == 1
    assert {n.code: n.count for n in document.notices} == {"image": 1, "decoration": 8}


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "iii", "Page 3", "Page 3 of 40", "p. 3", "3 / 40", "3 | P a g e", "| 3 |"]
)
def test_a_page_number_in_any_form_goes_from_a_single_page(number: str) -> None:
    sheet = Sheet().paragraph(72, 700, ["1.1 " + WORDS[0][:76], WORDS[1][:60] + "."]).text(280, 40, number)
    document = _drawn(sheet)
    assert len(document.blocks) == 1
    assert list(_left_out(document, "running_header_footer").values()) == [(1,)]
