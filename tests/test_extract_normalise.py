"""One spelling for every character: what is put right at reading, and what keeps its letters."""

from __future__ import annotations

import time

import pytest

from pipeline.extract import read_here, read_text
from pipeline.extract.normalise import clean, join_lines, mend_breaks, unreadable_share
from pipeline.models import DocumentKind, LeftOut

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2063\u2066\u2069\ufe00\ufe0f"
    "\ufeff\ufff9\U000e0061\U000e0100\u0336\u20dd"
)
SPACES = "\t\u00a0\u2002\u2009\u202f\u205f\u2800\u3000\u3164"
APOSTROPHES = "’ʼ′`´‘‛ʹʻˈꞌ‵"
HYPHENS = "-‐‑‒−⁃﹘﹣－‧"


@pytest.mark.parametrize("sign", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_what_shows_as_nothing_goes(sign: str) -> None:
    assert clean(f"S{sign}ar{sign}ah") == "Sarah"


@pytest.mark.parametrize("sign", SPACES, ids=lambda c: f"U+{ord(c):04X}")
def test_every_space_is_one_space(sign: str) -> None:
    assert clean(f"Sarah{sign}Okonjo") == "Sarah Okonjo"


@pytest.mark.parametrize("sign", APOSTROPHES, ids=lambda c: f"U+{ord(c):04X}")
def test_every_apostrophe_within_a_word_is_one(sign: str) -> None:
    assert clean(f"O{sign}Sullivan{sign}s") == "O’Sullivan’s"


@pytest.mark.parametrize("sign", HYPHENS, ids=lambda c: f"U+{ord(c):04X}")
def test_every_hyphen_within_a_word_is_one(sign: str) -> None:
    assert clean(f"Devane{sign}Price") == "Devane-Price"


PLAIN = [
    ("Sa\u0301ra", "Sára"),
    ("ﬁnn ﬂann oﬃce", "finn flann office"),
    ("Ĳsbrand ĳ ǆ", "IJsbrand ij dž"),
    ("Ｓａｒａｈ ０７", "Sarah 07"),
    ("𝐒𝖆𝓇𝕒𝚑", "Sarah"),
    ("ˢᵃʳᵃʰ", "sarah"),
    ("ꜱᴀʀᴀʜ", "SARAH"),
    ("Ⓢⓐⓡⓐⓗ ⒮⒜", "Sarah sa"),
    ("🅢🅐🅡🅐🅗 🆂🅰🆁🅰🅷 🇸🇦🇷🇦🇭", "SARAH SARAH SARAH"),
    ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
    ("S\u0430r\u0430h", "Sarah"),
    ("\u039fkοnjο W\u0456lhelm", "Okonjo Wilhelm"),
    ("ᏚᎪRᎪH", "SARAH"),
    ("O&#39;Sullivan O&amp;#39;Sullivan Sa&shy;rah &#83;arah", "O'Sullivan O'Sullivan Sarah Sarah"),
    ("Sarah_x0020_Okonjo, Sar\\u0061h", "Sarah Okonjo, Sarah"),
    ("Sa<b>rah</b><br/>Okonjo", "Sarah Okonjo"),
    ("Sa**rah** **H**ope Sa*rah*", "Sarah Hope Sarah"),
    ('Sa<span class="x" data-n=\'1\'>rah</span><br clear="all" />Okonjo', "Sarah Okonjo"),
    ("Sa<B>r<FONT size=3>a</FONT>h</B><BR>Okonjo<P CLASS='x'>left", "Sarah Okonjo left"),
    ("Oâ€™Sullivan, FijaÅ‚kowska, Ã‰mile", "O’Sullivan, Fijałkowska, Émile"),
]


@pytest.mark.parametrize(("written", "plain"), PLAIN)
def test_a_letter_in_another_dress_is_the_letter(written: str, plain: str) -> None:
    assert clean(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Анна сказала",
        "Σάρα Οκόντζο",
        "سارة",
        "সারা",
        "சாரா",
        "陈伟",
        "β-blocker",
        "Ọkọ̀njọ",
        "Şükrü İnce",
        "‘FIANCÉ’ she said, “LÀ”",
        "the f**k you c**t said",
        "m² and H₂O, ½ of it, 10′ 6″, ™",
        "*sigh* 2*3*4 a_b_c",
        "AT&T, R&D; 3 < 4 > 2",
        "she – Sarah—left",
        "<sarah@example.org>",
        "She said <S Okonjo> came",
        "x <Li Wei> y, <li wei>, <b Okonjo>, <s okonjo/>",
        "From: <P Smith@example.org>, <p smith@example.org>",
        "<S>, <Li>, <U> and <P>",
    ],
)
def test_what_readers_see_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Okon-\njo left.\nOkonjo came.", "Okonjo\nleft.\nOkonjo came."),
        ("Okon-\njo left.", "Okon-jo\nleft."),
        ("mother-in-\nlaw, she", "mother-in-law,\nshe"),
        ("OKON-\nJO", "OKON-JO\n"),
        ("a list -\nand so", "a list -\nand so"),
        ("2013-\n2014", "2013-\n2014"),
        ("govern\u00ad\nment body", "government\nbody"),
        ("Okon\u00ad\nJo left", "OkonJo\nleft"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole(text: str, mended: str) -> None:
    assert mend_breaks(text) == mended


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a-",
        "&",
        "<b ",
        '<b a="',
        "<b x='1' ",
        "*a",
        "a*",
        "a_",
        "\u200b",
        "O`",
        "陈",
        "S\u0430",
        "Ã",
        "a-\n",
        "\\u00",
    ],
)
def test_a_very_long_line_is_read_at_once(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.monotonic()
    clean(mend_breaks(text))
    assert time.monotonic() - began < 3


def test_words_that_mix_scripts_are_put_right_and_shown_to_the_officer() -> None:
    text = "S\u0430rah rang P\u0435ter. Анна wrote. S\u0430rah wept. The \u03b1 was 0.9.\n"
    document = read_text(text, DocumentKind.OVERVIEW)
    assert document.blocks[0].text.startswith("Sarah rang Peter. Анна wrote. Sarah wept.")
    (notice,) = document.notices
    assert (notice.code, notice.count) == ("lookalike", 2)
    assert [item.text for item in notice.items] == ["S\u0430rah", "P\u0435ter"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["as in MARAC/", "SK/14/0886 of June"], "as in MARAC/SK/14/0886 of June"),
        (["see www.our-page.", "example/kosi, which"], "see www.our-page.example/kosi, which"),
        (["see www.our-page.example.", "The Panel"], "see www.our-page.example. The Panel"),
        (["the Trust /", "the Council"], "the Trust / the Council"),
    ],
)
def test_references_and_addresses_broken_over_lines_are_whole(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


@pytest.mark.parametrize("tagged", [True, False])
def test_a_pdf_shows_them_with_their_page(tagged: bool) -> None:
    import typst

    source = "= Overview Report\n1.1 She rang.\n#pagebreak()\n1.2 S\u0430rah rang again, and Анна wept.\n"
    data = typst.compile(source.encode(), format="pdf", pdf_tags=tagged)
    document = read_here(bytes(data), DocumentKind.OVERVIEW)
    assert document.blocks[-1].text == "Sarah rang again, and Анна wept."
    (notice,) = (n for n in document.notices if n.code == "lookalike")
    assert notice.items == (LeftOut("S\u0430rah", (2,)),)


def test_bullets_of_symbol_fonts_are_no_unreadable_letters() -> None:
    assert unreadable_share("\uf0b7 She rang. \uf0a7 He wrote.") == 0
    assert unreadable_share("\ue123\ue124 She") > 0.3
