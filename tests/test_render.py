"""Rendering: words stay words, the same input gives the same bytes, and the PDF is an accessible one."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date

import markdown as python_markdown
import pypdf
import pypdfium2
import pytest
from lxml import html
from redacted_reports import HOSTILE, OVERVIEW, PANEL, SUMMARY, TRAPS, heading, item, meta, note, para

from pipeline.errors import RenderFailed
from pipeline.models import Block, BlockKind, Document, DocumentKind
from pipeline.render import render_release
from pipeline.render.markdown import as_markdown, escape
from pipeline.render.pdf import as_pdf
from pipeline.render.shape import NOTE_MARK, anchors, display_title, shape
from pipeline.site_build.words import plain_text, tokens, visible


def words_of(document: Document) -> list[str]:
    """The words of a document in the order of print, straight from its blocks."""
    out: list[str] = []
    for shaped in shape(document):
        block = shaped.block
        number = "" if shaped.count else shaped.printed_number
        cells = [cell for row in block.rows for cell in row]
        out.extend(tokens(NOTE_MARK.sub(r" \1 ", " ".join([number, block.text, *cells]))))
    return out


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("document", [OVERVIEW, SUMMARY, HOSTILE], ids=["overview", "summary", "hostile"])
def test_markdown_says_the_words_of_the_document_and_nothing_else(document: Document) -> None:
    assert tokens(plain_text(as_markdown(document))) == words_of(document)


@pytest.mark.parametrize("document", [OVERVIEW, HOSTILE], ids=["overview", "hostile"])
def test_two_readers_of_markdown_agree(document: Document) -> None:
    # Notes are left out: Python-Markdown without its extension prints their marks.
    bare = Document(document.kind, tuple(b for b in document.blocks if b.kind is not BlockKind.FOOTNOTE))
    source = NOTE_MARK.sub(" ", as_markdown(bare))
    built = python_markdown.markdown(source, extensions=["tables", "attr_list", "footnotes", "toc"])
    root = html.fragment_fromstring(built, create_parent="div")
    assert tokens(visible(root)) == tokens(plain_text(source))
    assert {e.tag for e in root.iter() if isinstance(e.tag, str)} <= set(
        "div h1 h2 h3 h4 p a ul ol li blockquote table thead tbody tr th td br span".split()
    )


@pytest.mark.parametrize("text", TRAPS)
def test_no_text_becomes_markup(text: str) -> None:
    document = Document(DocumentKind.OVERVIEW, (heading(1, "Title"), para(text)))
    root = html.fragment_fromstring(
        python_markdown.markdown(as_markdown(document), extensions=["extra", "toc", "admonition", "meta"]),
        create_parent="div",
    )
    assert {e.tag for e in root.iter() if isinstance(e.tag, str)} <= {"div", "h1", "p", "br"}
    assert not any(set(e.attrib) - {"id"} for e in root.iter())


def test_escaping_leaves_ordinary_prose_readable() -> None:
    prose = "At 10:30 the officer (who knew her) said: 'Go to No. 5, now!' - and rang off. It cost £5; 40% of it."
    assert escape(prose) == prose


def test_every_numbered_paragraph_has_its_anchor_once() -> None:
    source = as_markdown(OVERVIEW)
    ids = re.findall(r'id="([^"]+)"', source)
    assert len(ids) == len(set(ids))
    assert {"p-1-1", "p-3-2", "p-4-1", "p-5-1"} <= set(ids)
    assert all(i.startswith("s-") for i in re.findall(r'id="([^"]+)"', as_markdown(SUMMARY)))


def test_a_number_printed_twice_gets_two_anchors() -> None:
    document = Document(DocumentKind.OVERVIEW, (para("one", "A1"), para("two", "A1")))
    assert anchors(document) == ("p-a1", "p-a1-2")


def test_heading_levels_have_no_gaps() -> None:
    levels = [heading(n, f"H{n}") for n in (3, 6, 2, 5, 1, 4)]
    shaped = shape(Document(DocumentKind.OVERVIEW, tuple(levels)))
    assert [s.block.level for s in shaped] == [1, 2, 2, 3, 1, 2]


def test_counted_lists_keep_their_printed_numbers() -> None:
    items = (
        item("a", number="1.", ordered=True),
        item("b", number="2.", ordered=True),
        item("c", number="(c)", ordered=True),
        item("d", number="7.", ordered=True),
    )
    source = as_markdown(Document(DocumentKind.OVERVIEW, items))
    assert source == (
        '1. a\n2. b\n\n<!-- -->\n\n- <span class="number">(c)</span> c\n- <span class="number">7.</span> d\n'
    )


def test_control_and_direction_characters_do_not_survive() -> None:
    source = as_markdown(Document(DocumentKind.OVERVIEW, (para("a\u202eb\u0000c\u200bd\u2028e"),)))
    assert not [c for c in source if unicodedata.category(c) in ("Cc", "Cf", "Zl") and c != "\n"]


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        (["Domestic Homicide Review", "Overview Report into the death of Adult A"], "The death of Adult A"),
        (
            ["Domestic Abuse Related Death Review", "Executive Summary: the death of M in 2023"],
            "The death of M in 2023",
        ),
        (["Safer Southwark Partnership", "Domestic Homicide Review: Overview Report"], "Domestic Homicide Review"),
    ],
)
def test_title_for_readers(headings: list[str], title: str) -> None:
    document = Document(DocumentKind.OVERVIEW, (*(heading(1, h) for h in headings), para("text")))
    assert display_title(document) == title


def test_release_files_and_their_index() -> None:
    files = render_release(meta(), [SUMMARY, OVERVIEW])
    assert set(files) == {"overview.md", "overview.pdf", "summary.md", "summary.pdf", "release.json"}
    info = json.loads(files["release.json"])
    assert info["title"] == "The death of Adult A"
    assert [d["kind"] for d in info["documents"]] == ["overview", "summary"]
    assert [m["name"] for m in info["panel"]] == [m.name for m in PANEL]
    for lesson in info["lessons"]:
        source = files[f"{lesson['document']}.md"].decode()
        assert f'id="{lesson["anchor"]}"' in source


@pytest.mark.parametrize("number", ["Zbigniew 4", "OKONJO 5", "07700 900123"])
@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE])
def test_a_number_that_is_none_is_refused_without_a_quotation(kind: BlockKind, number: str) -> None:
    document = replace(OVERVIEW, blocks=(*OVERVIEW.blocks, Block(kind, "He left.", level=2, number=number)))
    with pytest.raises(RenderFailed) as refused:
        render_release(meta(), (document,))
    assert number not in str(refused.value)


def test_same_input_gives_the_same_bytes() -> None:
    first = render_release(meta(), [OVERVIEW, SUMMARY])
    assert first == render_release(meta(), [SUMMARY, OVERVIEW])
    other = render_release(replace(meta(), signed_off_on=date(2020, 7, 18)), [OVERVIEW, SUMMARY])
    assert first["overview.md"] == other["overview.md"]
    assert first["overview.pdf"] != other["overview.pdf"]


@pytest.mark.parametrize("document", [OVERVIEW, SUMMARY, HOSTILE], ids=["overview", "summary", "hostile"])
def test_pdf_says_the_words_in_order(document: Document) -> None:
    data = as_pdf(document, "Title", "Running", "Author", date(2020, 7, 17))
    letters = re.sub(r"[\s\ufffe\u00ad]+", "", unicodedata.normalize("NFC", pdf_text(data)))
    at = 0
    for word in words_of(document):
        found = letters.find(word, at)
        assert found >= 0, f"{word!r} is missing or out of order"
        at = found + len(word)


def test_pdf_is_accessible_and_says_when_and_what_it_is() -> None:
    data = render_release(meta(), [OVERVIEW])["overview.pdf"]
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Overview Report: The death of Adult A"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20200717")
    titles: list[str] = []

    def walk(entries: list) -> None:  # type: ignore[type-arg]
        for entry in entries:
            walk(entry) if isinstance(entry, list) else titles.append(str(entry.title))

    walk(reader.outline)
    assert "4 Lessons to be learnt" in titles
    assert len(titles) == sum(b.kind is BlockKind.HEADING for b in OVERVIEW.blocks)


def test_pdf_carries_its_own_fonts_with_every_diacritic() -> None:
    text = "Nguyễn Thị Ọdịnma Şahin ğ ı İ Łódź ż ș ț ạ ữ ẹ ṣ ń ṅ ụ œ Ðð Ωμέγα Дмитрий – “ ” ’ … £ € ½ ✓"
    data = as_pdf(Document(DocumentKind.OVERVIEW, (para(text),)), "T", "R", "A", date(2020, 1, 1))
    assert unicodedata.normalize("NFC", text).replace(" ", "") in re.sub(r"\s", "", pdf_text(data))
    fonts = {
        str(value["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
        for value in (f.get_object() for f in page["/Resources"]["/Font"].values())
    }
    assert any("NotoSans" in font for font in fonts)


def test_what_no_font_can_show_is_refused_without_a_quotation() -> None:
    document = Document(DocumentKind.OVERVIEW, (para("before \U00012000 after"),))
    with pytest.raises(RenderFailed) as caught:
        as_pdf(document, "T", "R", "A", date(2020, 1, 1))
    assert "\U00012000" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (para(""),),
        (Block(BlockKind.TABLE, rows=()),),
        (Block(BlockKind.TABLE, rows=(("a",), ("b",)), header_rows=2),),
        (Block(BlockKind.TABLE, rows=(("", ""),), header_rows=0),),
        (item("only", level=4),),
        (note("1", "unmarked"), note("1", "twice")),
        (para("marks [^1][^1][^2]"), note("1", "noted [^1]")),
    ],
)
def test_odd_documents_are_rendered_all_the_same(blocks: tuple[Block, ...]) -> None:
    document = Document(DocumentKind.SUMMARY, blocks)
    assert render_release(meta(), [document])["summary.pdf"].startswith(b"%PDF")
