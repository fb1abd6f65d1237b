"""Addresses, places and small organisations by the form of their names."""

from __future__ import annotations

import pytest
from detect_pages import claims, page

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.places import claim_places, claim_short_names, join_addresses
from pipeline.detect.stays import claim_agencies, claim_localities, claim_phrases
from pipeline.rules import Rules


def found(rules: Rules, text: str, people: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    made = page(text, people)
    claim_phrases(made, rules)
    claim_agencies(made, Lexicon.of(rules), rules)
    claim_places([made], rules)
    claim_localities(made, rules)
    join_addresses(made)
    return [(made.text[c.start : c.end], c.type, c.replacement) for c in made.claims if c.type != "STAY"]


@pytest.mark.parametrize(
    ("text", "span", "type_", "printed"),
    [
        ("She lived at 14 Larch Road then.", "14 Larch Road", "ADDRESS", "[address]"),
        ("She lived at Flat 3, 14 Larch Road then.", "Flat 3, 14 Larch Road", "ADDRESS", "[address]"),
        (
            "She lived at 27 Larch House, Bexcombe Estate, Peckham.",
            "27 Larch House, Bexcombe Estate, Peckham",
            "ADDRESS",
            "[address]",
        ),
        ("He was seen on Larch Road.", "Larch Road", "PLACE", "[street]"),
        ("He was seen on Old Mill Lane.", "Old Mill Lane", "PLACE", "[street]"),
        ("She lived in Larch House.", "Larch House", "PLACE", "[address]"),
        ("She moved from no. 12 to another flat.", "no. 12", "ADDRESS", "[address]"),
        ("She moved to Flat 9 then.", "Flat 9", "ADDRESS", "[address]"),
        ("He went to Larchwood Primary School then.", "Larchwood Primary School", "ORGSMALL", "[school]"),
        ("He went to St Ethelwold's Primary School then.", "St Ethelwold's Primary School", "ORGSMALL", "[school]"),
        ("She rang Larch Lane Surgery.", "Larch Lane Surgery", "ORGSMALL", "[GP practice]"),
        ("She rang the Larchwood Medical Centre.", "Larchwood Medical Centre", "ORGSMALL", "[GP practice]"),
        ("They prayed at Living Fountain Assembly.", "Living Fountain Assembly", "ORGSMALL", "[place of worship]"),
        ("They prayed at Our Lady of the Larches then.", "Our Lady of the Larches", "ORGSMALL", "[place of worship]"),
        ("He drank in the Bargeman Arms.", "Bargeman Arms", "ORGSMALL", "[venue]"),
        ("She worked for Larchwood Cleaning.", "Larchwood Cleaning", "ORGSMALL", "[organisation]"),
        ("She slept in Larchwood Park.", "Larchwood Park", "PLACE", "[place]"),
        ("They lived in Peckham then.", "Peckham", "PLACE", "[place]"),
        ("They lived in Elephant and Castle then.", "Elephant and Castle", "PLACE", "[place]"),
    ],
)
def test_what_goes(rules: Rules, text: str, span: str, type_: str, printed: str) -> None:
    assert found(rules, text) == [(span, type_, printed)]


@pytest.mark.parametrize(
    "text",
    [
        "The primary school and the GP surgery were asked.",
        "She rang the police station from the road.",
        "Southwark Council and the Crown Court were told.",
        "The Family Court sat.",
        "She went to King's College Hospital.",
        "The Gaia Centre helped.",
        "A place of safety was found.",
        "In practice she rang the Health Centre.",
    ],
)
def test_what_stays(rules: Rules, text: str) -> None:
    assert found(rules, text) == []


def test_two_schools_are_two(rules: Rules) -> None:
    text = "They went to Holmcroft Primary School and Ravensmead Academy."
    assert [f[0] for f in found(rules, text)] == ["Holmcroft Primary School", "Ravensmead Academy"]


@pytest.mark.parametrize("text", ["She met Jamal Hill there.", "Mr Jamal Hill came.", "He told Jamal Hill."])
def test_a_person_whose_surname_is_a_kind_of_street(rules: Rules, text: str) -> None:
    assert found(rules, text, ("Jamal Hill",)) == []


def test_a_person_somewhere_is_a_person_everywhere(rules: Rules) -> None:
    made = page("Mr Jamal Hill came.\n\nAt night Jamal Hill left.")
    claim_places([made], rules)
    assert claims(made) == []


def test_a_name_does_not_reach_over_a_full_stop(rules: Rules) -> None:
    text = "She lived in Larch House. St. Ethelwold's Primary School was told."
    assert [f[0] for f in found(rules, text)] == ["Larch House", "St. Ethelwold's Primary School"]


def test_a_person_of_a_place(rules: Rules) -> None:
    text = "She told Pastor Brown of Living Fountain Assembly."
    assert [f[0] for f in found(rules, text)] == ["Living Fountain Assembly"]


def test_a_column_of_addresses(rules: Rules) -> None:
    text = "| Person | Address |\n|---|---|\n| The victim | Larch Hse, Peckham |\n| The mother | As above |"
    assert [f[0] for f in found(rules, text)] == ["Larch Hse, Peckham"]


def test_an_organisation_called_by_its_first_word(rules: Rules) -> None:
    made = page("He went to Holmcroft Primary School. Holmcroft told nobody; holmcroft is no word.")
    claim_short_names(made, claim_places([made], rules))
    assert claims(made) == ["Holmcroft Primary School", "Holmcroft"]


def test_a_place_in_lower_case_words_stays_words(rules: Rules) -> None:
    assert found(rules, "They went to Larchwood school.") == [("Larchwood", "ORGSMALL", "[school]")]
