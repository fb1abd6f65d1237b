"""Generated reports through the whole stage, models and all: no form of a redacted person's name survives."""

from __future__ import annotations

import re

import pytest
from invented_reports import FORMS, NAMES, SENTENCES, Report, Someone, report
from names_of_many import ORIGINS

from pipeline import anonymise
from pipeline.detect.engine import Engine
from pipeline.detect.words import fold
from pipeline.extract import read_text
from pipeline.models import CaseFacts, DocumentKind, layout
from pipeline.redact import forbidden_forms, redact
from pipeline.rules import Rules

pytestmark = pytest.mark.slow

UNLIKE_ENGLISH = tuple(pool for pool in NAMES if pool != "English words")
CAPITALS = ("all capitals", "surname, forename")


def printed(made: Report, rules: Rules, engine: Engine) -> str:
    document = read_text(made.text, DocumentKind.OVERVIEW)
    analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
    return layout(redact(document, analysis, ()).document).text


def left_of(person: Someone, text: str) -> list[str]:
    """Lines in which a distinguishing word of the person's name is left, whatever its case and diacritics."""
    parts = {
        fold(part) for name in (person.given, person.surname) for part in (name, *name.split("'")) if len(part) > 2
    }
    return [line for line in text.splitlines() if parts & set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", fold(line)))]


def surviving(made: Report, text: str) -> dict[str, list[str]]:
    return {person.name: lines for person in made.people if (lines := left_of(person, text))}


@pytest.mark.parametrize("seed", range(18))
def test_no_form_of_a_name_survives(seed: int, rules: Rules, engine: Engine) -> None:
    made = report(seed, UNLIKE_ENGLISH)
    assert surviving(made, printed(made, rules, engine)) == {}


@pytest.mark.parametrize("first", range(0, len(ORIGINS), 4))
def test_no_form_of_a_name_of_any_origin_survives(first: int, rules: Rules, engine: Engine) -> None:
    made = report(first, ORIGINS[first : first + 4])
    assert surviving(made, printed(made, rules, engine)) == {}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_survives_that_is_the_only_one_in_the_report(form: str, rules: Rules, engine: Engine) -> None:
    for seed in range(6):
        made = report(seed, UNLIKE_ENGLISH, (form,), introduced=False)
        assert surviving(made, printed(made, rules, engine)) == {}


@pytest.mark.parametrize("seed", range(9))
def test_names_that_are_english_words_go_in_every_form_but_capitals(seed: int, rules: Rules, engine: Engine) -> None:
    made = report(seed, ("English words", "Polish"), tuple(f for f in FORMS if f not in CAPITALS))
    assert surviving(made, printed(made, rules, engine)) == {}


@pytest.mark.parametrize("seed", range(6))
def test_the_panel_and_the_report_stay(seed: int, rules: Rules, engine: Engine) -> None:
    made = report(seed, forms=("full", "title and surname", "first name"))
    text = printed(made, rules, engine)
    for member in made.panel:
        assert text.count(member) == made.text.count(member)
    assert f"The Panel thanked Dr {made.panel[0].split()[-1]} and {made.panel[1]} for their work." in text
    for line in SENTENCES:
        before, after = line.split("{}")
        used = [s for _, _, s in made.placed if s.startswith(before) and s.endswith(after)]
        assert len(re.findall(f"{re.escape(before)}.+{re.escape(after)}", text)) >= len(used)


def test_one_person_has_one_label_in_every_form(rules: Rules, engine: Engine) -> None:
    for seed in range(3):
        made = report(seed, UNLIKE_ENGLISH, ("full", "first name", "title and full", "possessive", "decomposed"))
        document = read_text(made.text, DocumentKind.OVERVIEW)
        analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
        for person in made.people:
            found = [f for f in analysis.findings if fold(person.given) in fold(f.text)]
            assert len(found) >= 5
            assert len({f.identity for f in found}) == 1, person.name


def test_what_is_redacted_is_on_the_list_of_forbidden_forms(rules: Rules, engine: Engine) -> None:
    for seed in range(3):
        made = report(seed, UNLIKE_ENGLISH, ("full", "first name"))
        document = read_text(made.text, DocumentKind.OVERVIEW)
        analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
        listed = forbidden_forms([document], analysis, ())
        for person in made.people:
            assert {person.name, person.given, person.surname} <= set(listed)
        for member in made.panel:
            assert not {member, *member.split()} & set(listed)


def test_the_same_report_gives_the_same_analysis(rules: Rules, engine: Engine) -> None:
    document = read_text(report(4).text, DocumentKind.OVERVIEW)
    first, second = (anonymise.analyse([document], CaseFacts(), rules, engine) for _ in range(2))
    assert first == second
