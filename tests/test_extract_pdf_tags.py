"""Tagged PDFs: roles, tables, notes, pictures and languages from the tags, and tags that cannot be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from drawn_pdf import Sheet, pdf

from pipeline.errors import ObjectLoop
from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, Document, DocumentKind, Foreign, Merged


@dataclass(frozen=True)
class Tag:
    """A structure element: its role, its words and child elements in order, and more entries of its dictionary."""

    role: str
    kids: tuple[Tag | str, ...] = ()
    more: str = ""


def tag(role: str, *kids: Tag | str, more: str = "") -> Tag:
    return Tag(role, kids, more)


_INLINE = {"Span", "Reference", "Lbl", "Figure"}


class _Tagged:
    """Draws the words of a tree from the top of a page down, inline elements on one line, and writes the tree."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.objects: list[str] = ["", ""]  # the root of the tree, the map of roles
        self.words = 0
        self.lines = 0
        self.line: list[str] = []

    def end_line(self) -> None:
        if self.line:
            y = 780 - 16 * self.lines
            self.sheet.operators.append(f"BT /F1 11 Tf 1 0 0 1 72 {y} Tm\n" + "\n".join(self.line) + "\nET")
            self.lines += 1
        self.line = []

    def element(self, element: Tag, parent: int) -> int:
        own = 10 + len(self.objects)
        self.objects.append("")
        kids = []
        if element.role not in _INLINE:
            self.end_line()
        for kid in element.kids:
            if isinstance(kid, Tag):
                kids.append(f"{self.element(kid, own)} 0 R")
            else:
                self.line.append(f"/P <</MCID {self.words}>> BDC ({kid}) Tj EMC")
                kids.append(str(self.words))
                self.words += 1
        if element.role not in _INLINE:
            self.end_line()
        more = f"/K [{' '.join(kids)}] /Pg PAGE {element.more}"
        self.objects[own - 10] = f"<< /S /{element.role} /P {parent} 0 R {more} >>"
        return own

    def file(self, tops: list[Tag], *, roles: str = "", catalogue: str = "", extra: Sheet | None = None) -> bytes:
        numbers = [self.element(top, 10) for top in tops]
        self.objects[0] = f"<< /Type /StructTreeRoot /K [{' '.join(f'{n} 0 R' for n in numbers)}] /RoleMap 11 0 R >>"
        self.objects[1] = f"<< {roles} >>"
        self.end_line()
        page = f"{10 + len(self.objects)} 0 R"
        objects = [text.replace("PAGE", page) for text in self.objects]
        if extra is not None:
            self.sheet.operators.extend(extra.operators)
        more = f"/StructTreeRoot 10 0 R /MarkInfo << /Marked true >> /Lang (en-GB) {catalogue}"
        return pdf([self.sheet], objects=objects, catalogue=more)


def _read(*tops: Tag, roles: str = "", extra: Sheet | None = None) -> Document:
    return read_here(_Tagged().file(list(tops), roles=roles, extra=extra), DocumentKind.OVERVIEW)


def _body(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number, b.text) for b in document.blocks]


PLAIN = tag("P", "1.1 The Panel met on five occasions and heard from each of the agencies.")
PLAIN_BODY = ("paragraph", 0, "1.1", "The Panel met on five occasions and heard from each of the agencies.")


def test_roles_go_through_the_map_of_roles() -> None:
    document = _read(
        tag("Chapter#20Head", "Overview Report"), tag("Body", "1.1 She was 41."), tag("Round", "1.2 He was 43."),
        roles="/Chapter#20Head /Mid /Mid /H2 /Body /P /Round /Trip /Trip /Round",
    )  # fmt: skip
    assert _body(document) == [
        ("heading", 2, "", "Overview Report"), ("paragraph", 0, "1.1", "She was 41."),
        ("paragraph", 0, "1.2", "He was 43."),
    ]  # fmt: skip


def test_roles_of_a_namespace_of_pdf_2() -> None:
    space = "/NS << /Type /Namespace /NS (urn:x) /RoleMapNS << /Top [/H1 << /NS (http://iso.org/pdf2/ssn) >>] >> >>"
    assert _body(_read(tag("Top", "Overview Report", more=space), PLAIN))[0] == ("heading", 1, "", "Overview Report")


def test_a_heading_without_a_level_has_that_of_its_section() -> None:
    inner = tag("Sect", tag("H", "Health"), PLAIN)
    document = _read(tag("Sect", tag("H", "The facts"), inner), tag("Title", "Overview Report"))
    assert [b.level for b in document.blocks if b.kind is BlockKind.HEADING] == [1, 2, 1]


def test_lists_and_quotations() -> None:
    item = tag("LI", tag("Lbl", "(a) "), tag("LBody", tag("P", "first"), tag("P", "and more of it.")))
    nested = tag("L", tag("LI", tag("LBody", "\u2022 nested")))
    listed = tag("L", item, tag("LI", tag("LBody", "second", nested)))
    document = _read(PLAIN, listed, tag("BlockQuote", tag("P", "Mind yourselves.")))
    assert _body(document)[1:] == [
        ("list_item", 0, "(a)", "first"), ("paragraph", 0, "", "and more of it."), ("list_item", 0, "", "second"),
        ("list_item", 1, "", "nested"), ("quote", 0, "", "Mind yourselves."),
    ]  # fmt: skip


def test_a_numbered_paragraph_that_is_tagged_as_a_list_is_a_paragraph() -> None:
    document = _read(PLAIN, tag("L", tag("LI", tag("Lbl", "4.12 "), tag("LBody", "She was 41."))))
    assert _body(document)[1] == ("paragraph", 0, "4.12", "She was 41.")


def _row(*cells: Tag) -> Tag:
    return tag("TR", *cells)


def test_a_table_with_merged_cells_and_a_head() -> None:
    deep, wide = "/A << /O /Table /RowSpan 2 >>", "/A [<< /O /Table /ColSpan 2 >>]"
    head = tag("THead", _row(tag("TD", "Agency", more=deep), tag("TD", "Contact", more=wide)),
               _row(tag("TD", "When"), tag("TD", "What")))  # fmt: skip
    police = _row(tag("TD", "Police"), tag("TD", tag("P", "May"), tag("P", "June")), tag("TD", "Arrest"))
    listed = tag("L", *(tag("LI", tag("Lbl", "\u2022"), tag("LBody", words)) for words in ("One", "Two")))
    body = tag("TBody", police, _row(tag("TD"), tag("TD", "July"), tag("TD", listed)))
    table = tag("Table", tag("Caption", "Contacts before the death"), head, body)
    document = _read(PLAIN, table)
    caption, block = document.blocks[1:]
    assert caption.text == "Contacts before the death"
    assert block.rows == (
        ("Agency", "Contact", ""), ("", "When", "What"), ("Police", "May; June", "Arrest"), ("", "July", "One; Two"),
    )  # fmt: skip
    assert block.merged == (Merged(0, 0, 2, 1), Merged(0, 1, 1, 2))
    assert block.header_rows == 2


def test_notes_are_tied_to_their_marks_wherever_they_are_tagged() -> None:
    note = tag("Note", tag("Lbl", "1"), " Told by letter.")
    document = _read(tag("P", "She spoke of it.", tag("Reference", "1"), note, " Nobody asked."))
    assert _body(document) == [
        ("paragraph", 0, "", "She spoke of it.[^1] Nobody asked."), ("footnote", 0, "1", "Told by letter."),
    ]  # fmt: skip


def test_pictures_keep_their_alternative_text_and_what_is_printed_in_them() -> None:
    within = tag("P", "1.2 Before it", tag("Figure", more="/Alt (A map)"), " and after it.")
    document = _read(PLAIN, tag("Figure", "North", more="/Alt (A plan of the house)"), tag("Figure", "A box"), within)
    assert _body(document)[1:] == [
        ("picture", 0, "", "A plan of the house"), ("paragraph", 0, "", "North"), ("paragraph", 0, "", "A box"),
        ("paragraph", 0, "1.2", "Before it and after it."), ("picture", 0, "", "A map"),
    ]  # fmt: skip
    assert document.blocks[1].page == 1


def test_actual_text_stands_for_what_is_printed() -> None:
    assert _body(_read(PLAIN, tag("P", tag("Span", "O||icer", more="/ActualText (Officer)"), " came.")))[1][3] == (
        "Officer came."
    )


@pytest.mark.parametrize("actual", ["", "Nothing of the sort at all"])
def test_actual_text_never_takes_words_away(actual: str) -> None:
    words = "She told her sister of it"
    document = _read(PLAIN, tag("P", tag("Span", words, more=f"/ActualText ({actual})")))
    assert _body(document)[1][3] == words


def test_words_in_another_language_are_known() -> None:
    spanish = tag("Span", "Ay, mi casita", more="/Lang (es-CO)")
    document = _read(PLAIN, tag("P", "She said: ", spanish), tag("P", "and slept.", more="/Lang (en-US)"))
    assert [b.foreign for b in document.blocks] == [(), (Foreign("es-CO", "Ay, mi casita"),), ()]


def test_artifacts_are_left_out_and_listed() -> None:
    extra = Sheet()
    extra.operators.append("/Artifact <</Type /Pagination>> BDC")
    extra.text(72, 20, "Draft 4").operators.append("EMC")
    document = _read(PLAIN, extra=extra)
    assert _body(document) == [PLAIN_BODY]
    (notice,) = [n for n in document.notices if n.code == "running_header_footer"]
    assert [(item.text, item.pages) for item in notice.items] == [("Draft 4", (1,))]


LOST = {
    "no tag": Sheet().text(72, 300, "Her brother rang twice."),
    "no tag, near the foot": Sheet().text(72, 60, "Her brother rang twice."),
    "an artifact in the middle of the page": Sheet([
        "/Artifact BMC", *Sheet().text(72, 300, "Her brother rang twice.").operators, "EMC"]),
    "a number that no element has": Sheet([
        "/P <</MCID 77>> BDC", *Sheet().text(72, 300, "Her brother rang twice.").operators, "EMC"]),
}  # fmt: skip


@pytest.mark.parametrize("where", LOST)
def test_text_that_the_tags_miss_is_not_lost(where: str) -> None:
    texts = [b.text for b in _read(PLAIN, tag("P", "1.2 She was 41."), extra=LOST[where]).blocks]
    assert texts == [PLAIN_BODY[3], "She was 41.", "Her brother rang twice."]


def test_text_in_a_table_but_in_none_of_its_cells_is_not_lost() -> None:
    table = tag("Table", "Loose words", _row(tag("TD", "Police"), tag("TD", "Arrest"), tag("P", "Beside them")))
    text = repr(_read(PLAIN, table).blocks)
    assert all(words in text for words in ("Loose words", "Police", "Arrest", "Beside them"))


def test_tags_whose_order_the_page_belies_are_not_followed() -> None:
    sentences = [f"1.{n} Sentence {n} of the report, which is one of many." for n in range(1, 13)]
    file = _Tagged()
    tops = [tag("P", words) for words in sentences]
    shuffled = [tops[i] for i in (6, 1, 9, 3, 11, 0, 7, 2, 10, 4, 8, 5)]
    numbers = {id(top): n for n, top in enumerate(tops)}
    data = file.file(tops)
    right = b" ".join(b"%d 0 R" % (12 + numbers[id(top)]) for top in tops)
    wrong = b" ".join(b"%d 0 R" % (12 + numbers[id(top)]) for top in shuffled)
    assert right in data
    document = read_here(data.replace(right, wrong), DocumentKind.OVERVIEW)
    assert [b.number for b in document.blocks] == [f"1.{n}" for n in range(1, 13)]


def test_tags_that_lead_back_to_themselves_are_refused() -> None:
    data = _Tagged().file([tag("Sect", tag("Sect", PLAIN))])
    with pytest.raises(ObjectLoop):
        read_here(data.replace(b"/K [14 0 R]", b"/K [12 0 R]"), DocumentKind.OVERVIEW)


def test_tags_ten_thousand_deep_are_not_followed() -> None:
    deep = [f"<< /S /Sect /K [{13 + n} 0 R] >>" for n in range(10_000)]
    sheet = Sheet()
    sheet.operators.append("/P <</MCID 0>> BDC")
    sheet.text(72, 700, "1.1 She was 41.").operators.append("EMC")
    page = f"{10 + 3 + len(deep)} 0 R"
    objects = ["<< /Type /StructTreeRoot /K [12 0 R] >>", "<< >>", *deep, f"<< /S /P /K [0] /Pg {page} >>"]
    document = read_here(pdf([sheet], objects=objects, catalogue="/StructTreeRoot 10 0 R"), DocumentKind.OVERVIEW)
    assert [(b.number, b.text) for b in document.blocks] == [("1.1", "She was 41.")]


def test_a_paragraph_over_two_pages_knows_where_the_page_turns() -> None:
    first, second = Sheet(), Sheet()
    for sheet, words in ((first, "1.1 The Panel met on five occasions and"), (second, "heard from the agencies.")):
        sheet.operators.append("/P <</MCID 0>> BDC")
        sheet.text(72, 700, words).operators.append("EMC")
    objects = [
        "<< /Type /StructTreeRoot /K [11 0 R] >>",
        "<< /S /P /K [<< /Type /MCR /Pg 12 0 R /MCID 0 >> << /Type /MCR /Pg 14 0 R /MCID 0 >>] >>",
    ]
    document = read_here(pdf([first, second], objects=objects, catalogue="/StructTreeRoot 10 0 R"),
                         DocumentKind.OVERVIEW)  # fmt: skip
    (block,) = document.blocks
    assert block.text == "The Panel met on five occasions and heard from the agencies."
    assert block.turns == ((36, 2),)


def test_a_tagged_file_is_read_by_its_tags() -> None:
    import typst

    source = (
        '#set document(title: "t")\n#set page(header: [RESTRICTED], footer: context counter(page).display())\n'
        "= Overview Report\n== 1 Introduction\n1.1 She spoke of it.#footnote[Told by letter.] Nobody asked.\n\n"
        "- first\n  - nested\n- second\n\n+ counted\n\n#quote(block: true)[Mind yourselves.]\n\n"
        '#table(columns: 2, table.header([Name], [Role]), [Martin Hallow], [Head of Safety], [], [Adviser])\n'
    )  # fmt: skip
    data = typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"])
    document = read_here(bytes(data), DocumentKind.OVERVIEW)
    kinds = {b.kind for b in document.blocks}
    assert kinds == set(BlockKind) - {BlockKind.PICTURE}
    by_kind: dict[BlockKind, list[Block]] = {k: [b for b in document.blocks if b.kind is k] for k in kinds}
    assert [(b.level, b.number, b.text) for b in by_kind[BlockKind.HEADING]] == [
        (1, "", "Overview Report"), (2, "1", "Introduction"),
    ]  # fmt: skip
    assert by_kind[BlockKind.PARAGRAPH][0].text == "She spoke of it.[^1] Nobody asked."
    assert [(b.level, b.text) for b in by_kind[BlockKind.LIST_ITEM]] == [
        (0, "first"), (1, "nested"), (0, "second"), (0, "counted"),
    ]  # fmt: skip
    assert by_kind[BlockKind.LIST_ITEM][-1].ordered
    assert by_kind[BlockKind.QUOTE][0].text == "Mind yourselves."
    assert by_kind[BlockKind.TABLE][0].rows == (
        ("Name", "Role"),
        ("Martin Hallow", "Head of Safety"),
        ("", "Adviser"),
    )
    assert by_kind[BlockKind.TABLE][0].header_rows == 1
    assert [(b.number, b.text) for b in by_kind[BlockKind.FOOTNOTE]] == [("1", "Told by letter.")]


def _typeset(source: str) -> list[Block]:
    import typst

    head = '#set document(title: "t")\n#set page(paper: "a4")\n#set text(size: 11pt)\n'
    data = typst.compile((head + source).encode(), format="pdf", pdf_standards=["ua-1"])
    return list(read_here(bytes(data), DocumentKind.OVERVIEW).blocks)


_LONG = (
    "The Panel heard that she had asked for help on five occasions in the year before her death, that nobody had "
    "written down what she said, and that the people who knew of it thought that somebody else would act upon it."
)
_WIDE = f"{_LONG} {_LONG}"


@pytest.mark.parametrize("look", ["#set par(justify: false)", "#set par(justify: true)"])
def test_paragraphs_of_narrow_columns_are_whole(look: str) -> None:
    across = f"{look}\n= Overview Report\n{_WIDE}\n\n"
    columns = "\n\n".join(_LONG for _ in range(8))
    assert [b.text for b in _typeset(f"{across}#columns(2)[\n{columns}\n]")][1:] == [_WIDE, *[_LONG] * 8]


@pytest.mark.parametrize("box", ["inset: 4pt", "inset: 4pt, stroke: 1pt", ""])
def test_the_paragraph_of_a_side_box_is_whole(box: str) -> None:
    source = f"= Overview Report\n{_WIDE}\n\n#block(width: 6cm, {box})[{_LONG}]\n\n{_WIDE}"
    assert [b.text for b in _typeset(source)][1:] == [_WIDE, _LONG, _WIDE]


def test_a_short_paragraph_beside_other_text_is_whole() -> None:
    short = "The Chair wrote to her family in May, and they answered her in June of that year."
    source = f"= Overview Report\n{_WIDE}\n\n#columns(2)[\n{short}\n\n{short}\n#colbreak()\n{_LONG}\n]"
    assert [b.text for b in _typeset(source)][1:] == [_WIDE, short, short, _LONG]


@pytest.mark.parametrize("indent", ["0cm", "2cm"])
def test_lines_of_a_tagged_paragraph_that_were_ended_on_purpose_stay_lines(indent: str) -> None:
    lines = ["Community Safety Partnership", "Bexcombe House", "14 Larch Road", "Anytown AB1 2CD"]
    address = f"#pad(left: {indent})[{' #linebreak() '.join(lines)}]"
    assert [b.text for b in _typeset(f"= Overview Report\n{_WIDE}\n\n{address}\n\n{_WIDE}")][1:] == [
        _WIDE, *lines, _WIDE,
    ]  # fmt: skip


def _placed(structure: str, *lines: tuple[int, int, str]) -> list[Block]:
    """Reads a page with lines at (x, y), the nth of them marked content n; PAGE stands for its number."""
    sheet = Sheet()
    for number, (x, y, words) in enumerate(lines):
        sheet.operators.append(f"/P <</MCID {number}>> BDC")
        sheet.text(x, y, words).operators.append("EMC")
    objects = ["<< /Type /StructTreeRoot /K [11 0 R] >>", f"<< /S /Document /K [{structure}] /Pg 12 0 R >>"]
    return list(read_here(pdf([sheet], objects=objects, catalogue="/StructTreeRoot 10 0 R"),
                          DocumentKind.OVERVIEW).blocks)  # fmt: skip


def _items(*numbers: int) -> str:
    return " ".join(f"<< /S /LI /K [<< /S /LBody /K [<< /S /P /K [{number}] >>] >>] >>" for number in numbers)


def test_nested_lists_that_are_tagged_as_if_they_followed_each_other() -> None:
    flat = " ".join(f"<< /S /L /K [{_items(*numbers)}] >>" for numbers in ((0,), (1, 2), (3,), (4,)))
    blocks = _placed(
        f"{flat} << /S /P /K [5] >> << /S /L /K [{_items(6)}] >>",
        (90, 700, "9. first"), (108, 684, "a) inner"), (108, 668, "b) inner too"), (126, 652, "\u2022 inmost"),
        (84, 636, "10. second"), (72, 620, "1.1 The Panel met on five occasions."),
        (120, 604, "\u2022 of another list"),
    )  # fmt: skip
    assert [(b.level, b.number, b.text) for b in blocks] == [
        (0, "9", "first"), (1, "a)", "inner"), (1, "b)", "inner too"), (2, "", "inmost"), (0, "10", "second"),
        (0, "1.1", "The Panel met on five occasions."), (0, "", "of another list"),
    ]  # fmt: skip


def test_bullets_in_cells_are_no_words() -> None:
    cell = f"<< /S /TD /K [<< /S /P /K [0] >> << /S /L /K [{_items(1, 2)}] >>] >>"
    (table,) = _placed(
        f"<< /S /Table /K [<< /S /TR /K [{cell} << /S /TD /K [<< /S /P /K [3] >>] >>] >>] >>",
        (72, 700, "Agreed:"), (80, 684, "\u2022 to meet"), (80, 668, "\u2022 to write"), (300, 700, "- none"),
    )  # fmt: skip
    assert table.rows == (("Agreed: to meet; to write", "- none"),)
