"""Names that stay: lists, agencies by form, Acts, abbreviations that the report explains."""

from __future__ import annotations

import pytest
from detect_pages import claims, page

from pipeline.detect import stays
from pipeline.detect.lexicon import Lexicon, is_medicine
from pipeline.models import PanelMember
from pipeline.rules import Rules


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("Under Clare's Law she asked.", ["Clare's Law"]),
        ("Under Clare’s Law she asked.", ["Clare’s Law"]),
        ("THE HOME OFFICE was told.", ["HOME OFFICE"]),
        ("She went to Guy's and St Thomas' NHS Foundation Trust.", ["Guy's and St Thomas' NHS Foundation Trust"]),
        ("South London and Maudsley NHS Foundation Trust wrote.", ["South London and Maudsley NHS Foundation Trust"]),
        ("The Safer Southwark Partnership wrote.", ["Safer Southwark Partnership"]),
        ("They went home. Office hours are short.", []),
        ("the home office of his firm", []),
        ("Clare has a law degree.", []),
    ],
)
def test_listed_phrases(rules: Rules, text: str, stay: list[str]) -> None:
    made = page(text)
    stays.claim_phrases(made, rules)
    assert claims(made, "STAY") == stay


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("They told Larchshire County Council then.", ["Larchshire County Council"]),
        ("In Larchshire Police files it is.", ["Larchshire Police"]),
        ("The London Borough of Larch wrote.", ["London Borough of Larch"]),
        ("The Care Act 2014 applies.", ["Care Act 2014"]),
        ("Section 9 of the Domestic Violence, Crime and Victims Act 2004 applies.",
         ["Domestic Violence, Crime and Victims Act 2004"]),
        ("The Mental Capacity Act applies.", ["Mental Capacity Act"]),
        ("She told the police and the council.", []),
        ("In the act she fell.", []),
        ("Her sister Ngozi Eze of Larchshire Council wrote.", ["Larchshire Council"]),
        ("Adaeze's Care Act 2014 assessment came.", ["Care Act 2014"]),
        ("In respect of Tobi, Ada, and Chidi, Care Act 2014 duties apply.", ["Care Act 2014"]),
        ("London Borough of Southwark and Emeka Obi answered.", ["London Borough of Southwark"]),
        ("Carers (Equal Opportunities) Act 2004 applies.", ["Carers (Equal Opportunities) Act 2004"]),
    ],
)  # fmt: skip
def test_agencies_and_acts_by_form(rules: Rules, text: str, stay: list[str]) -> None:
    made = page(text)
    stays.claim_agencies(made, Lexicon.of(rules), rules)
    assert claims(made, "STAY") == stay


def test_a_person_before_an_ending_is_left_to_the_people(rules: Rules) -> None:
    made = page("The Adaeze Obi Hospital wrote.", ("Adaeze", "Obi"))
    stays.claim_agencies(made, Lexicon.of(rules), rules)
    assert claims(made, "STAY") == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("the Larchwood Tenants Federation (LTF) wrote", {"LTF"}),
        ("a Joint Action Meeting (the JAM) met", {"JAM"}),
        ("the Larchwood Tenants Federation ('LTF') wrote", {"LTF"}),
        ("her friend (LTF) wrote", set()),
        ("| Term | Meaning |\n|---|---|\n| QZB | A board |", {"QZB"}),
        ("| Name | Meaning |\n|---|---|\n| QZB | A board |", set()),
    ],
)
def test_abbreviations_that_the_report_explains(text: str, known: set[str]) -> None:
    assert stays.defined_abbreviations(page(text)) == known


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("They lived in Peckham.", ["Peckham"]),
        ("They lived in PECKHAM RYE.", ["PECKHAM RYE"]),
        ("A bow and an oval.", []),
        ("They lived in Southwark.", []),
    ],
)
def test_localities_go(rules: Rules, text: str, goes: list[str]) -> None:
    made = page(text)
    stays.claim_localities(made, rules)
    assert claims(made, "PLACE") == goes


def test_the_panels_agencies_and_posts_stay_but_a_school_goes(rules: Rules) -> None:
    made = page("Larchwood Tenants Federation wrote, and Larchwood Primary School did not.")
    members = (
        PanelMember("Colin Abara", "Head", "Larchwood Tenants Federation"),
        PanelMember("Ngozi Bello", "Head", "Larchwood Primary School"),
    )
    stays.claim_panel_words([made], members, rules)
    assert claims(made, "STAY") == ["Larchwood Tenants Federation"]


@pytest.mark.parametrize(("text", "medicine"), [("Sertraline", True), ("diazepam", True), ("Mariscal", False)])
def test_medicines(text: str, medicine: bool) -> None:
    assert is_medicine(page(text).words[0]) is medicine
