"""The independent verifier: one place that a name can hide in, one row."""

from __future__ import annotations

import ast
import gzip
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from redacted_reports import OVERVIEW, heading, item, note, para, release, table

from pipeline import readings, verify, verify_pdf
from pipeline.errors import DamagedFile
from pipeline.models import Document, DocumentKind, Foreign, Merged
from pipeline.render.markdown import as_markdown
from pipeline.render.pdf import as_pdf
from pipeline.verify import find_forms, find_in_tree

DAY = date(2020, 1, 1)
NAME = "Zofia Wiśniewska-Özgür"


def pdf(title: str = "T", *texts: str) -> bytes:
    blocks = (heading(1, "Heading"), *(para(text) for text in texts))
    return as_pdf(Document(DocumentKind.OVERVIEW, blocks), title, "running", "author", date(2020, 1, 1))


def pdf_with(**changes: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("T", "words")))
    if "outline" in changes:
        writer.add_outline_item(title=changes["outline"], page_number=0)
    if "note" in changes:
        from pypdf.annotations import Text

        writer.add_annotation(0, Text(rect=(0, 0, 9, 9), text=changes["note"]))
    if "attached" in changes:
        writer.add_attachment("a.txt", changes["attached"].encode())
    if "named" in changes:
        writer.add_attachment(changes["named"], b"x")
    if "property" in changes:
        writer.add_metadata({"/Subject": changes["property"]})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "then Zofia Wiśniewska-Özgür left",
        "ZOFIA WISNIEWSKA OZGUR",
        "zofia  wiśniewska–özgür",
        "Zofia\nWiśniewska-Özgür",
        "Zofia Wiśniew-\nska-Özgür",
        "Zofia Wi\u00adśniewska-Özgür’s mother",
        "Zofia Wis\u0301niewska\u2011O\u0308zgu\u0308r's",
        "(Zofia_Wisniewska_Ozgur)",
        "Zofia Wi&#347;niewska&#45;&Ouml;zg&uuml;r",
        "zofia%20wi%C5%9Bniewska-%C3%B6zg%C3%BCr",
        "Zofia **Wiśniewska**-Özgür",
        "Zofia <b>Wiśniewska</b>-Özgür",
        "#JusticeForZofiaWiśniewskaÖzgür",
        "zofiawisniewskaozgur",
        "Z o f i a  W i ś n i e w s k a - Ö z g ü r",
        "Zofi\u0430 Wiśni\u0435wska-Özgür",
        "Z0f1a W1śn13w5k4-Özgür",
        "𝐙𝐨𝐟𝐢𝐚 Ｗｉśｎｉｅｗｓｋａ-Özgür",
        "Zo\u2060fia Wiśnie\u200dwska-Öz\U000e0061gür",
        "Zofia Wiśniewska&amp;#45;Özgür",
        "Zo-fia Wiśniew·ska-Özgür",
    ],
)
def test_forms_are_found_however_they_are_written(text: str) -> None:
    assert find_forms({"overview.md": text.encode()}, [NAME])


@pytest.mark.parametrize(
    "text",
    [
        "S\u0430rah",
        "Ѕаrаһ",
        "S4rah",
        "5arah",
        "S@rah",
        "S-a-r-a-h",
        "S.A.R.A.H.",
        "s a r a h",
        "Sa-rah",
        "Sa**rah**",
        "Sa·rah",
        "Sa-\nrah",
        "#HelpSarahNow",
        "Sarah_1",
        "ꜱᴀʀᴀʜ",
        "ⓈⒶⓇⒶⒽ",
        "🅢🅐🅡🅐🅗",
        "🇸🇦🇷🇦🇭",
        "S\u20ddarah",
        "S\u0336a\u0336r\u0336a\u0336h\u0336",
        "Sa&amp;shy;rah",
        "\uff33\uff41rah",
    ],
)
def test_a_disguised_word_is_found(text: str) -> None:
    assert find_forms({"overview.md": f"then {text} left".encode()}, ["Sarah"])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("at 5am and 3rd", "Sam"),
        ("as if in a", "Asif"),
        ("Mr McAllister left", "Allister"),
        ("grades A B C D", "Abe"),
        ("the Анна house", "Anna"),
        ("to bias it", "Tobias"),
    ],
)
def test_what_only_resembles_a_form_is_no_hit(text: str, form: str) -> None:
    assert find_forms({"overview.md": text.encode()}, [form]) == ()


@pytest.mark.parametrize(
    ("text", "form", "stays"),
    [
        ("sent through PayPal; a PayPal's worth, non-PayPal", "Pal", "PayPal"),
        ("sold on eBay", "Bay", "eBay"),
        ("an eInkPal", "Pal", "eInkPal"),
        ("LeeAnne Cole chaired", "Lee", "LeeAnne"),
        ("at the co-op, (**co-op**) or co-\nop.", "Coop", "co-op"),
        ("Mary-Ann asked", "Maryann", "Mary-Ann"),
        ("Annmarie asked", "Ann Marie", "Annmarie"),
        ("took B3nAct for it", "Benact", "B3nAct"),
    ],
)
def test_a_word_that_stays_is_not_taken_apart_or_put_together(text: str, form: str, stays: str) -> None:
    files = {"overview.md": text.encode(), "overview.pdf": pdf("T", text)}
    assert find_forms(files, [form])
    assert find_forms(files, [form], [stays]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "then SarahOkonjo left",
        "then sarah_okonjo left",
        "#JusticeForSarah",
        "PayPalSarah",
        "Sarah_PayPal",
        "SarahPayPal and PayPal",
        "PayPal-Sarah",
        "PaySarah",
        "PayPal Sarah",
        "RoseMary Wood",
        "Rose-mary Wood",
        "Sa-rah",
        "S4rah",
        "S a r a h",
        "co-op-Sarah",
    ],
)
def test_words_that_stay_hide_nothing_beside_them(text: str) -> None:
    stays = ["PayPal", "Rosemary", "Rose", "co-op", "Okonjo", "Sa", "rah", "Justice"]
    assert find_forms({"overview.md": text.encode()}, ["Sarah", "Rose", "Mary", "Rosemary"], stays)


def test_a_form_that_is_spelt_plainly_is_found_even_if_it_is_said_to_stay() -> None:
    assert find_forms({"overview.md": b"then Sarah left"}, ["Sarah"], ["Sarah"])


def test_program_code_is_read_as_it_stands() -> None:
    assert find_forms({"a.js": b"element.setMaxAge(v4l)"}, ["Max", "Val"]) == ()
    assert find_forms({"a.js": b"// by Max"}, ["Max"])


@pytest.mark.parametrize("text", ["07700 900417", "07700900417", "(07700) 900-417", "07700.900.417", "077009 00417"])
def test_numbers_are_found_in_any_spacing(text: str) -> None:
    assert find_forms({"a.md": f"call {text} now".encode()}, ["07700 900417"])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Priceless hopes", "Price"),
        ("the mark of it", "Marks"),
        ("call 107700 900417", "07700 900417"),
        ("Zofia left. Wiśniewska stayed.", "Wiśniewska Zofia"),
        ("nothing here", ""),
        ("nothing here", "--"),
    ],
)
def test_parts_of_words_and_other_orders_are_not_hits(text: str, form: str) -> None:
    assert find_forms({"a.md": text.encode()}, [form]) == ()


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("overview.pdf", pdf("T", f"about {NAME}."), "page 1"),
        ("overview.pdf", pdf(NAME, "words"), "metadata"),
        ("overview.pdf", pdf_with(outline=NAME), "/Title"),
        ("overview.pdf", pdf_with(note=NAME), "/Contents"),
        ("overview.pdf", pdf_with(attached=NAME), "metadata"),
        ("overview.pdf", pdf_with(named=NAME), "object"),
        ("overview.pdf", pdf_with(property=NAME), "/Subject"),
        ("release.json", json.dumps({"lessons": [{"text": NAME}]}).encode(), "/lessons/0/text"),
        ("release.json", json.dumps({NAME: 1}).encode(), "a name under /"),
        ("index.html", "<p>Zofia <em>Wiśniewska</em>-Özgür".encode(), "its text"),
        ("index.html", f'<p title="{NAME}">x</p>'.encode(), "attribute title of p, line 1"),
        ("index.html", b'<a href="/zofia-wisniewska-ozgur/">x</a>', "attribute href of a, line 1"),
        ("index.html", f"<!-- {NAME} -->".encode(), "a comment, line 1"),
        ("sitemap.xml", f"<url><loc>{NAME}</loc></url>".encode(), "its text"),
        ("x.pf_fragment", gzip.compress(b"pagefind_dcd" + json.dumps({"content": NAME}).encode()), "/content"),
        ("x.pf_index", gzip.compress(b"pagefind_dcd\x81zofia wi\xc5\x9bniewska ozgur\x00"), "its packed bytes"),
        ("photo.jpg", b"\xff\xd8\xff Exif " + NAME.encode() + b"\x00\x01", "its bytes"),
        ("photo.png", NAME.encode("utf-16-le"), "its bytes"),
        ("zofia-wisniewska-ozgur.md", b"x", "its name"),
        ("reviews/Zofia%20Wisniewska%20Ozgur/index.html", b"x", "its name"),
    ],
)
def test_every_place_is_looked_into(name: str, data: bytes, where: str) -> None:
    hits = find_forms({name: data, "other.md": b"nothing"}, ["somebody else", NAME])
    assert {hit.file for hit in hits} == {name}
    assert any(where in hit.where for hit in hits), hits


def test_hits_never_quote() -> None:
    hits = find_forms({"a.json": json.dumps({NAME: {NAME: NAME}}).encode()}, [NAME])
    assert hits
    assert not any("fia" in hit.where.casefold() for hit in hits)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7 broken"),
        ("a.pdf", b"no pdf at all"),
        ("a.json", b"{"),
        ("a.md", b"\xff\xfe\xfa"),
        ("a.gz", b"\x1f\x8bbroken"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(DamagedFile):
        find_forms({name: data}, [NAME])


@pytest.mark.parametrize("name", ["Lang", "Span", "Page", "Root", "Strong", "Link", "Parent", "Bold", "Row", "Col"])
def test_somebody_called_like_a_word_of_the_format_is_not_found_in_it(name: str) -> None:
    said = Foreign("es", "así es")
    merged = table(("Who", "When", ""), ("A", "so", "it was"), header_rows=2)
    blocks = (
        heading(1, "The review"),
        replace(para("He said así es.[^1]", "1.1"), foreign=(said,)),
        replace(merged, merged=(Merged(0, 1, 1, 2),)),
        item("it was", number="(a)", ordered=True),
        note("1", "More of it."),
    )
    document = Document(DocumentKind.OVERVIEW, blocks)
    files = {"overview.md": as_markdown(document).encode(), "overview.pdf": as_pdf(document, "T", "R", "A", DAY)}
    assert b"<span lang=" in files["overview.md"]
    assert find_forms(files, [name]) == ()
    named = replace(document, blocks=(*blocks, para(f"{name} left.")))
    files = {"overview.md": as_markdown(named).encode(), "overview.pdf": as_pdf(named, "T", "R", "A", DAY)}
    assert {hit.file for hit in find_forms(files, [name])} == {"overview.md", "overview.pdf"}


@pytest.mark.parametrize("tag", ['<span lang="okonjo">', "<table okonjo>", '<td class="okonjo">', "<okonjo>"])
def test_a_tag_that_is_not_one_of_the_renderers_is_read(tag: str) -> None:
    assert find_forms({"overview.md": f"so {tag}it was".encode()}, ["Okonjo"])


def test_a_clean_release_has_no_hits_and_a_tree_is_read_whole(tmp_path: Path) -> None:
    files = release().files
    assert find_forms(files, [NAME, "07700 900417"]) == ()
    assert {hit.file for hit in find_forms(files, ["Adult B"])} == {"overview.md", "overview.pdf"}
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(NAME, encoding="utf-8")
    assert {hit.file for hit in find_in_tree(tmp_path, [NAME])} == {"deep/a.txt"}


def test_it_shares_no_code_with_detection() -> None:
    own = {"pipeline.verify", "pipeline.verify_pdf", "pipeline.readings"}
    for module in (verify, verify_pdf, readings):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        assert {name for name in imported if name and name.startswith("pipeline")} <= {"pipeline.errors", *own}
    assert OVERVIEW.title == "Domestic Homicide Review"
