"""Names as they stand: chains cut at titles and trimmed, "Surname, Forename", and words that are names as well."""

from __future__ import annotations

import pytest
from detect_pages import page

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.people import Name, listings, names, votes
from pipeline.detect.words import fold
from pipeline.rules import Rules


@pytest.fixture(scope="module")
def lexicon(rules: Rules) -> Lexicon:
    return Lexicon.of(rules)


def found(rules: Rules, text: str, *people: str) -> list[Name]:
    lexicon = Lexicon.of(rules)
    pages = [page(text, people)]
    columns = tuple(fold(c) for c in rules.vocabulary["name_columns"])
    return names(pages, lexicon, listings(pages, names(pages, lexicon), columns, lexicon))


CUT = [
    ("then Mrs Adaeze Okonjo rang", "Adaeze Okonjo", [(("mrs",), "adaeze okonjo", True)]),
    ("then Mrs Okonjo rang", "", [(("mrs",), "okonjo", True)]),
    ("then Mrs. Okonjo rang", "", [(("mrs",), "okonjo", True)]),
    ("then Detective Constable Okonjo rang", "", [(("detective", "constable"), "okonjo", True)]),
    ("then DC Price rang", "", [(("dc",), "price", True)]),
    ("then Mr Kofi Bishop rang", "Kofi Bishop", [(("mr",), "kofi bishop", True)]),
    ("then Dr Goodness Bishop rang", "Goodness Bishop", [(("dr",), "goodness bishop", True)]),
    ("then Her Honour Judge Okonjo sat", "", [(("her", "honour", "judge"), "okonjo", True)]),
    ("then Adaeze Okonjo QC rang", "Adaeze Okonjo", [((), "adaeze okonjo", True)]),
    ("When Adaeze Okonjo rang", "Adaeze Okonjo", [((), "adaeze okonjo", True)]),
    ("then Independent Chair Dr Helen Ashworth rang", "Helen Ashworth", [(("dr",), "helen ashworth", True)]),
    ("then Mr Okonjo and Mrs Okonjo rang", "", [(("mr",), "okonjo", True), (("mrs",), "okonjo", True)]),
    ("then A. Okonjo rang", "A. Okonjo", [((), "a okonjo", True)]),
    ("then Đỗ Thị Hạnh rang", "Đỗ Thị Hạnh", [((), "do thi hanh", True)]),
]


@pytest.mark.parametrize(("text", "person", "cut"), CUT, ids=[c[0] for c in CUT])
def test_titles_and_names(rules: Rules, text: str, person: str, cut: list[tuple[tuple[str, ...], str, bool]]) -> None:
    assert [
        (n.titles, " ".join(n.tokens), n.strong) for n in found(rules, text, *([person] if person else []))
    ] == cut


def test_a_name_spans_its_titles(rules: Rules) -> None:
    text = "then Mrs Adaeze Okonjo's sister rang"
    [name] = found(rules, text, "Adaeze Okonjo")
    assert text[name.start : name.end] == "Mrs Adaeze Okonjo"


@pytest.mark.parametrize(
    "text",
    [
        "then the Community Safety Partnership met",
        "# The Night Before\n\nNothing.",
        "Nothing was said. Then They left.",
    ],
)
def test_no_strong_names(rules: Rules, text: str) -> None:
    assert [n.tokens for n in found(rules, text) if n.strong] == []


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        (
            "| Name | Age |\n|---|---|\n| Okonjo, Adaeze | 34 |\n| Demir, Zeynep | 30 |",
            ["adaeze okonjo", "zeynep demir"],
        ),
        ("- OKONJO, Adaeze (the victim)", ["adaeze okonjo"]),
        ("He wrote of OKONJO, Adaeze and left.", ["adaeze okonjo"]),
        ("From: Okonjo, Adaeze", ["adaeze okonjo"]),
        ("He told Okonjo, Demir and others.", []),
    ],
)
def test_surname_before_forename(rules: Rules, text: str, turned: list[str]) -> None:
    people = ("Okonjo", "Adaeze", "Demir", "Zeynep")
    assert [" ".join(n.tokens) for n in found(rules, text, *people) if n.turned] == turned


def test_in_a_column_of_names_ordinary_words_are_names(rules: Rules) -> None:
    text = "| Name | Relationship |\n|---|---|\n| Mark Hale | Brother |\n| Zeynep Demir | Friend |\n"
    assert "mark hale" in {" ".join(n.tokens) for n in found(rules, text, "Zeynep Demir") if n.strong}


def test_votes(lexicon: Lexicon) -> None:
    tally = votes([page("She told Hope. Hope left. Hope Demir left. No hope.", ("Hope",), ("Demir",))], lexicon)
    hope, demir = tally["hope"], tally["demir"]
    assert (hope.total, hope.person, hope.place, hope.bare, hope.given) == (3, 3, 0, 1, 3)
    assert (demir.total, demir.person, demir.place) == (1, 0, 1)
