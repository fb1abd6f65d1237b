"""Names in every disguise that a file, a keyboard or a writer can give them: they go, and no disguise is left."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from detect_pages import analysed, page
from drawn_pdf import Sheet, pdf

from pipeline import anonymise, extract
from pipeline.detect.disguises import Known, disguised
from pipeline.detect.engine import PIECE, Engine, pieces
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.lookalikes import latinised, skeleton
from pipeline.errors import NoText
from pipeline.identities import Register
from pipeline.models import CaseFacts, Document, DocumentKind, layout
from pipeline.redact import forbidden_forms, redact
from pipeline.rules import Rules
from pipeline.verify import find_forms

BEGINNING = """# Overview Report into the death of Sarah Okonjo

## 1 Background

1.1 Sarah Okonjo was killed by her husband, Wilhelm Okonjo, on 3 March 2019. Their children are Amara Okonjo and Grace
Devane-Price. Her friend Siobhan O'Sullivan and her aunt Fionnuala Fijałkowska spoke. Her uncle Şükrü İnce and her
teacher Æthelred Groß wrote. Hope Price was a neighbour, and Bola Obi another.

"""
NAMES = (
    "sarah okonjo wilhelm amara grace devane price siobhan sullivan fionnuala fijalkowska sukru ince aethelred hope "
    "bola"
).split()


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in text)


def bold(text: str) -> str:
    return "".join(chr(0x1D400 + ord(c) - 65 - (6 if c.islower() else 0)) if c.isalpha() else c for c in text)


WRITTEN = {
    **{
        f"U+{ord(c):04X} within": f"Sar{c}ah Okon{c}jo"
        for c in "\u00ad\u034f\u200b\u200d\u202e\u2060\ufe0f\U000e0061"
    },
    **{f"U+{ord(c):04X} between": f"Hope{c}Price" for c in "\t\u00a0\u2009\u202f\u2800\u3000\u3164\u200b"},
    **{f"apostrophe U+{ord(c):04X}": f"Siobhan O{c}Sullivan, and O{c}Sullivan{c}s house" for c in "'’ʼ′`´‘‛ʹ"},
    **{f"hyphen U+{ord(c):04X}": f"Grace Devane{c}Price and Devane{c}Price" for c in "-‐‑‒–—―−⁃﹘‧"},
    "Cyrillic a": "S\u0430r\u0430h",
    "Cyrillic throughout": "Ѕаѕһа Норе",
    "Greek o": "\u039fkοnjο",
    "Cherokee": "ᏚᎪRᎪH",
    "Lisu": "ꓢꓮꓣꓮꓧ",
    "full width": wide("Sarah Okonjo"),
    "mathematical": bold("Sarah Okonjo"),
    "small capitals": "ꜱᴀʀᴀʜ",
    "superscript letters": "ˢᵃʳᵃʰ",
    "circled": "Ⓢⓐⓡⓐⓗ 🅢🅐🅡🅐🅗 🇸🇦🇷🇦🇭 ⒮⒜⒭⒜⒣",
    "dotless i": "Sıobhan Wılhelm",
    "figures": "S4rah 0konjo 5arah Okonj0 W1lhelm Gr4ce B0la",
    "signs": "S@rah Sar@h",
    "I for l": "WiIheIm",
    "l for I": "lnce",
    "decomposed": "Fijałkowska Şu\u0308kru\u0308 I\u0307nce",
    "struck through": "S\u0336a\u0336r\u0336a\u0336h\u0336",
    "ringed": "S\u20dda\u20ddr\u20dda\u20ddh\u20dd",
    "piled marks": "S\u0301\u0316a\u0322r\u0350a\u034bh\u0329",
    "ligatures": "Fĳałkowska ﬁonnuala",
    "letters apart": "W i l h e l m S A R A H",
    "letters apart, two words": "S a r a h O k o n j o",
    "an English word's letters apart": "H o p e",
    "dots": "S.a.r.a.h S.A.R.A.H.",
    "hyphens": "S-a-r-a-h",
    "bars, stars, points": "S_a_r_a_h S*a*r*a*h S·a·r·a·h",
    "broken at a line's end": "Sarah Okon-\njo and Wil-\nhelm",
    "a hyphen left behind": "Okon-jo",
    "a line's end": "Sarah\nOkonjo, Hope\nPrice",
    "a forced line's end": "Grace  \nDevane-Price",
    "a space within": "Okon jo and Wilh elm",
    "slashes": "Sarah/Wilhelm Hope/Price",
    "low lines": "Sarah_Okonjo hope_price",
    "run together": "SarahOkonjo HopePrice sarahokonjo hopeprice",
    "hashtags": "#JusticeForAmara #justiceforamara #JusticeForHope",
    "emoji": "Sarah😀 Okonjo Hope😀Price 👩‍👧Amara",
    "a footnote's figure": "Sarah² Okonjo¹",
    "entities": "O&#39;Sullivan O&rsquo;Sullivan Sa&shy;rah &#83;arah O&amp;#39;Sullivan",
    "Markdown": "Sa**rah** **Sarah** *Okonjo* __Hope__ Price **H**ope",
    "tags": "Sa<b>rah</b> <em>Hope</em> Price",
    "escapes": "Sarah_x0020_Okonjo Sarah%20Okonjo Sarah\\_Okonjo",
    "misread UTF-8": "Oâ€™Sullivan FijaÅ‚kowska",
    "capitals": "ŞÜKRÜ İNCE FIJAŁKOWSKA ÆTHELRED GROẞ",
    "without accents": "Sukru Ince Fijalkowska AETHELRED",
    "brackets": "(Sarah) [Okonjo] {Amara} “Wilhelm” ‘Okonjo’ «Sarah» <Amara>",
    "signs between": "Hope&Grace Sarah+Wilhelm Sarah=Wilhelm Okonjo,Sarah",
    "figures after": "Sarah2019 Okonjo1",
    "stops": "sarah.okonjo Mr.Okonjo Sarah...Okonjo left.Sarah",
    "a quotation mark within": 'Sa"rah',
    "emphasis over a name": "![Sarah Okonjo at home](image.png)",
}
FOREIGN = {
    "Arabic": "سارة أوكونجو",
    "Bengali": "সারা ওকোঞ্জো",
    "Chinese": "陈伟去了商店，她说",
    "one Chinese letter": "陈",
    "Tamil": "சாரா ஒகோன்ஜோ",
    "Russian": "Сара Оконджо сказала, что она устала",
    "Greek": "Σάρα Οκόντζο είπε",
    "Hebrew": "שרה אוקונג׳ו",
    "Hindi": "सारा",
    "Thai": "สาระ",
    "Yoruba": "Ọkọ̀njọ Adébáyọ̀",
    "Hausa": "Ɗanjuma",
}
ROWS = {**WRITTEN, **FOREIGN}
PLACES = {
    "cell": "| Who | What |\n|---|---|\n| S\u0430rah | told |\n| W i l h e l m | told |",
    "heading": "## The account of S\u200barah and W\u0456lhelm",
    "footnote": "1.900 She wrote.[^1]\n\n[^1]: See S\u0430rah and S4rah Okon-jo.",
    "list": "- Sarah\u2060 Okonjo, told\n- HopePrice, told",
    "quotation": "> I am S.a.r.a.h and he is 0konjo",
}


def printed(document: Document, engine: Engine, rules: Rules) -> tuple[str, tuple[str, ...]]:
    """What is printed of a report on its own, and the forms that may stand nowhere in it."""
    analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
    text = layout(redact(document, analysis, ()).document).text
    return text, forbidden_forms([document], analysis, ())


def letters(text: str) -> str:
    """All that could be read as letters, run together: what a disguised name would show as."""
    plain = unicodedata.normalize("NFKD", latinised(unicodedata.normalize("NFKC", text)))
    squeezed = "".join(c for c in plain.casefold() if c.isalnum()).replace("ł", "l").replace("ı", "i")
    return skeleton(squeezed)


def left_in(text: str) -> list[str]:
    shape = letters(text.replace("withheld", ""))
    return [name for name in NAMES if skeleton(name) in shape]


@pytest.fixture(scope="module")
def report(engine: Engine, rules: Rules) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """Each written form's paragraph as printed, the whole text, and its forbidden forms, from one analysis."""
    body = "\n\n".join(f"1.{n} It was then {written} who came." for n, written in enumerate(ROWS.values(), start=100))
    text, forms = printed(
        extract.read_text(f"{BEGINNING}{body}\n\n" + "\n\n".join(PLACES.values()), DocumentKind.OVERVIEW),
        engine,
        rules,
    )
    found = re.split(r"^1\.(\d+) ", text.split("\n| ")[0], flags=re.MULTILINE)
    shown = dict(zip(found[1::2], found[2::2], strict=True))
    return {name: shown[str(n)] for n, name in enumerate(ROWS, start=100)}, text, forms


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITTEN)
def test_a_name_goes_in_every_disguise(form: str, report: tuple[dict[str, str], str, tuple[str, ...]]) -> None:
    assert left_in(report[0][form]) == []
    assert report[0][form].startswith("It was then ")


@pytest.mark.slow
@pytest.mark.parametrize("form", FOREIGN)
def test_words_in_other_scripts_go_whole(form: str, report: tuple[dict[str, str], str, tuple[str, ...]]) -> None:
    assert re.fullmatch(r"It was then [\x00-\x7f，。]+ who came\.\s*", report[0][form])


@pytest.mark.slow
def test_no_disguise_is_left_in_any_place_and_the_verifier_agrees(
    report: tuple[dict[str, str], str, tuple[str, ...]],
) -> None:
    _, text, forms = report
    assert [line for line in text.splitlines() if left_in(line)] == []
    assert find_forms({"overview.md": text.encode()}, forms) == ()
    assert find_forms({"overview.md": (text + "\nthen S\u0430r\u0430h").encode()}, forms)


@pytest.mark.slow
def test_a_name_that_is_written_only_in_disguise_goes(engine: Engine, rules: Rules) -> None:
    lines = (
        "A friend, T\u0430m\u0430ra, came.", "Later K w a m e n a rang.", "Later Z.u.l.e.y.k.h.a rang.",
        "Later 0nyinye rang.", "Later Nko-\nsazana rang.", "Later ᴏʟᴜᴡᴀsᴇᴜɴ rang.",
    )  # fmt: skip
    body = "# Report\n\n" + "\n\n".join(f"1.{n} {line}" for n, line in enumerate(lines, start=1))
    text, _ = printed(extract.read_text(body, DocumentKind.OVERVIEW), engine, rules)
    shape = letters(text)
    hidden = ("tamara", "kwamena", "zuleykha", "onyinye", "nkosazana", "oluwaseun")
    assert [name for name in hidden if skeleton(name) in shape] == []


@pytest.mark.slow
def test_a_word_file_and_a_pdf_with_odd_letters(engine: Engine, rules: Rules) -> None:
    import docx

    made = docx.Document()
    made.add_heading("Overview Report into the death of Sarah Okonjo", 1)
    for line in ("Sarah Okonjo was killed by Wilhelm Okonjo.", *list(WRITTEN.values())[:30]):
        made.add_paragraph(re.sub(r"[\x00-\x08]", "", line))
    made.add_table(rows=1, cols=2).rows[0].cells[0].text = "S\u0430rah\nOkonjo"
    out = io.BytesIO()
    made.save(out)
    text, _ = printed(extract.read_here(out.getvalue(), DocumentKind.OVERVIEW), engine, rules)
    assert left_in(text) == []
    sheets = [
        Sheet().text(72, 780, "Overview Report into the death of Sarah Okonjo", size=18).paragraph(
            72, 740, ["1.1 Sarah Okonjo was killed by her husband, Wilhelm Okonjo. Later Okon-",
                      "jo and S.A.R.A.H. and S4rah left, and W i l h e l m came to Grace Devane-",
                      "Price about it for an hour."]
        ),
        Sheet().text(72, 780, "1.2 Later SarahOkonjo and Okon-jo left."),
    ]  # fmt: skip
    text, _ = printed(extract.read_here(pdf(sheets), DocumentKind.OVERVIEW), engine, rules)
    assert "Later" in text
    assert left_in(text) == []


@pytest.mark.slow
@pytest.mark.parametrize("long", ["a", "Okonjo", "Later Sarah told Wilhelm Okonjo that he was late. ", "a-"])
def test_a_line_of_a_hundred_thousand_characters(long: str, engine: Engine, rules: Rules) -> None:
    body = f"{BEGINNING}1.2 {long * (100_000 // len(long))} Sarah left.\n"
    text, _ = printed(extract.read_text(body, DocumentKind.OVERVIEW), engine, rules)
    assert left_in(text) == []


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff\u200b\n"])
def test_an_empty_document_is_refused(text: str) -> None:
    with pytest.raises(NoText):
        extract.read_text(text, DocumentKind.OVERVIEW)


def test_a_document_without_words_has_no_findings(rules: Rules) -> None:
    _, analysis = analysed(rules, "---\n\n...\n")
    assert analysis.findings == ()


def test_pieces_of_a_long_text_are_cut_between_blocks_and_make_it_whole() -> None:
    for text in ("word " * 30_000, "A line.\n\n" * 20_000, "a" * 150_000, "short", ""):
        made = list(pieces(text))
        assert "".join(piece for _, piece in made) == text
        assert [at for at, _ in made] == [sum(len(p) for _, p in made[:n]) for n in range(len(made))]
        assert all(len(piece) <= 2 * PIECE for _, piece in made)
    assert all(piece.endswith("\n\n") for _, piece in pieces("A line.\n\n" * 20_000))


def register(rules: Rules, *names: str) -> tuple[Register, Lexicon]:
    lexicon = Lexicon.of(rules)
    people = Register(lexicon)
    for name in names:
        people.add(tuple(name.casefold().split()), name)
    return people, lexicon


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She saw S4rah and Okon-jo.", ["S4rah", "Okon-jo"]),
        ("She saw WiIheIm and lan.", ["WiIheIm", "lan"]),
        ("She saw SarahOkonjo and hopeprice.", ["SarahOkonjo", "hopeprice"]),
        ("She saw Sarah😀Okonjo.", ["Sarah😀Okonjo"]),
        ("She saw hope_price.", ["hope_price"]),
        ("She saw Oko njo.", ["Oko njo"]),
        ("She saw 0bi.", ["0bi"]),
        ("She saw H o p e.", ["H o p e"]),
        ("She saw it at 5am, in hope of a price, and Sarah came.", []),
        ("Ian and Sarah came, and Hope, Price and Obi.", []),
    ],
)
def test_a_disguise_is_known_by_the_name_behind_it(text: str, found: list[str], rules: Rules) -> None:
    people, lexicon = register(rules, "Sarah Okonjo", "Wilhelm Okonjo", "Hope Price", "Ian Obi", "Sam Obi")
    made = page(text)
    spans = [d.words for d in disguised(made, Known(people.people, lexicon))]
    assert [made.text[words[0].start : words[-1].end] for words in spans] == found
