"""Words: where sentences start, how names are folded, how they are capitalised."""

from __future__ import annotations

import pytest
from detect_pages import document, page

from pipeline.detect.words import Case, case_of, cells_of, fold
from pipeline.models import layout

FOLDED = [
    ("Şebnem YILMAZ", "sebnem yilmaz"),
    ("Wałęsa", "walesa"),
    ("Đỗ Thị Hạnh", "do thi hanh"),
    ("Núñez", "nunez"),
    ("Nu\u0303nez", "nunez"),
    ("Adébáyọ̀", "adebayo"),
    ("Ó Súilleabháin", "o suilleabhain"),
    ("O’Brien", "o'brien"),
    ("Sørensen", "sorensen"),
    ("İbrahim", "ibrahim"),
    ("Işık", "isik"),
    ("Groß", "gross"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED, ids=[f[0] for f in FOLDED])
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(text.upper()) == fold(text)


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("hope", Case.LOWER),
        ("Hope", Case.TITLE),
        ("HOPE", Case.UPPER),
        ("O'Brien", Case.TITLE),
        ("O'BRIEN", Case.UPPER),
        ("McCarthy", Case.TITLE),
        ("deVere", Case.TITLE),
        ("A", Case.TITLE),
        ("Şen", Case.TITLE),
        ("ŞEN", Case.UPPER),
        ("12", Case.DIGIT),
        ("4th", Case.DIGIT),
        ("B12", Case.TITLE),
        ("A&E", Case.UPPER),
        ("Devane-Price", Case.TITLE),
    ],
)
def test_case(text: str, case: Case) -> None:
    assert case_of(text) is case


STARTS = [
    ("Hope rang.", True),
    ("She rang. Hope came.", True),
    ("She rang! Hope came.", True),
    ("Who rang? Hope rang.", True),
    ("It read: Hope rang.", True),
    ("She said “Hope rang.”", True),
    ("She said, 'Hope rang.'", True),
    ("She rang.” Hope came.", True),
    ("She rang.[^1] Hope came.\n\n[^1]: A note.", True),
    ("She rang – Hope came.", True),
    ("(Hope rang.)", True),
    ("- Hope rang", True),
    ("| Who |\n|---|\n| Hope rang |", True),
    ("1.1 Hope rang.", True),
    ("She and Hope rang.", False),
    ("She rang, Hope came.", False),
    ("She rang; Hope came.", False),
    ("Mr. Hope rang.", False),
    ("Dr. Hope rang.", False),
    ("A. Hope rang.", False),
    ("St. Hope rang.", False),
    ("She rang (Hope came).", False),
]


@pytest.mark.parametrize(("text", "first"), STARTS, ids=[s[0] for s in STARTS])
def test_sentence_starts(text: str, first: bool) -> None:
    word = next(w for w in page(text).words if w.text == "Hope")
    assert word.first is first


def test_headings_are_marked() -> None:
    words = page("# The Night in May\n\nThe night.").words
    assert [w.text for w in words if w.heading] == ["The", "Night", "in", "May"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Adaeze's", ["Adaeze"]),
        ("Adaeze’s", ["Adaeze"]),
        ("Devane-Price's", ["Devane-Price"]),
        ("O'Brien's", ["O'Brien"]),
        ("the Okonjos' home", ["the", "Okonjos", "home"]),
        ("Adaeze/Emeka", ["Adaeze", "Emeka"]),
        ("A.O. and A.O.", ["A.O", "and", "A.O"]),
        ("R&B", ["R&B"]),
        ("Đỗ Thị Hạnh.", ["Đỗ", "Thị", "Hạnh"]),
        ("name_with_bars", ["name", "with", "bars"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [w.text for w in page(text).words] == words


def test_offsets_are_those_of_the_layout() -> None:
    made = page("# Title\n\n1.1 Adaeze’s sister.\n\n| Who | What |\n|---|---|\n| Zeynep | sister |\n")
    assert all(made.text[w.start : w.end] == w.text for w in made.words)
    slots = made.layout.slots
    assert all(slots[w.slot].start <= w.start and w.end <= slots[w.slot].end for w in made.words)


def test_cells_know_header_and_row() -> None:
    made = document("| Person | Relationship |\n|---|---|\n| Zeynep | Her sister |")
    cells = cells_of(made, layout(made))
    assert [(c.header, c.column, c.row) for c in cells.values()] == [
        ("person", 0, ("Zeynep", "Her sister")),
        ("relationship", 1, ("Zeynep", "Her sister")),
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("saw S a r a h O k o n j o", ["saw", "sarah", "okonjo"]),
        ("saw S.A.R.A.H. and I_a_n", ["saw", "sarah", "and", "ian"]),
        ("saw S-a-r-a-h", ["saw", "sarah"]),
        ("grades A B C D", ["grades", "a", "b", "c", "d"]),
        ("by A.O. and e.g. this", ["by", "a.o", "and", "e.g", "this"]),
        ("Devane–Price came", ["devane-price", "came"]),
        ("Sarah² and Okonjo¹", ["sarah", "and", "okonjo"]),
        ("Ọkọ̀njọ সারা", ["okonjo", "সারা"]),
        ("it ended.Sarah left", ["it", "ended", "sarah", "left"]),
    ],
)
def test_a_word_spelt_out_is_folded_as_one(text: str, folded: list[str]) -> None:
    assert [w.folded for w in page(text).words] == folded
