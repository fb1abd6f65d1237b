"""Reports in other house styles, with other names: nobody is left, and nothing that must stay is lost."""

from __future__ import annotations

import pytest
from anonymised import printed, shortfalls
from report_files import docx, drawn
from report_styles import FORMS, STYLES, Styled, styled

from pipeline.detect.engine import Engine
from pipeline.rules import Rules

FLOORS = {"persons": 1.0, "words": 0.98, "lost": 0.0}
# Names of many origins, none of them an English word.
NAMES_ONLY = 0.0


@pytest.mark.slow
@pytest.mark.parametrize("seed", list(range(8)))  # one of each style
def test_people_of_every_origin_go_in_every_style(seed: int, rules: Rules, engine: Engine) -> None:
    made = styled(seed, wordy=NAMES_ONLY)
    assert shortfalls(made.gold, printed(made.gold["text"], rules, engine), FLOORS) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 6, 13, 23])
def test_people_whose_names_are_often_words_go_in_every_style(seed: int, rules: Rules, engine: Engine) -> None:
    made = styled(seed)
    assert shortfalls(made.gold, printed(made.gold["text"], rules, engine), FLOORS) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_word_documents_in_every_style(seed: int, rules: Rules, engine: Engine) -> None:
    made = styled(seed, wordy=NAMES_ONLY)
    assert shortfalls(made.gold, printed(docx(made), rules, engine), FLOORS) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 4, 6, 7])
def test_drawn_pdfs_in_every_style(seed: int, rules: Rules, engine: Engine) -> None:
    made = styled(seed, wordy=NAMES_ONLY, letters="cp1252")
    assert shortfalls(made.gold, printed(drawn(made), rules, engine), FLOORS) == []


@pytest.fixture(scope="module")
def all_styles() -> list[Styled]:
    return [styled(seed) for seed in range(len(STYLES))]


def test_every_mention_stands_where_the_annotation_says(all_styles: list[Styled]) -> None:
    for made in all_styles:
        text = made.gold["text"]
        assert all(text[m["start"] : m["end"]] == m["text"] for m in made.gold["mentions"])
        assert not {"{", "}", "[[", "\x01", "\x02", "\x03"} & set(text)


def test_every_form_of_a_name_is_in_some_style(all_styles: list[Styled]) -> None:
    for form, of in FORMS.items():
        assert any(
            m["text"] == of(made.people[m["id"]]) for made in all_styles for m in made.gold["mentions"] if m["id"]
        ), form


def test_an_unchanged_report_falls_short() -> None:
    made = styled(0)
    assert shortfalls(made.gold, made.gold["text"], FLOORS)
    assert shortfalls(made.gold, "", FLOORS)
