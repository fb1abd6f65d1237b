"""Labels and free texts that become public beside the reports."""

from __future__ import annotations

import pytest

from pipeline.rules import Rules, load
from pipeline.side_texts import LabelWords, texts_name_nobody


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


@pytest.mark.parametrize(
    "label",
    [
        "Adult A", "Officer 2", "Faith Leader 1", "[place of worship]", "GP 2", "Relative 1", "Former Partner 1",
        "[public house]", "Report Author 1", "The victim", "Housing Officer 1", "Ms A", "Friend 3", "[NHS number]",
        "the victim's mother", "DC 4", "Marisol",
    ],
)  # fmt: skip
def test_what_makes_a_label(label: str, rules: Rules) -> None:
    assert LabelWords.of(rules, ["Marisol"]).name_nobody(label)


@pytest.mark.parametrize(
    "label",
    ["Chukwudi", "chukwudi", "Adult Okonjo", "Hope", "A O", "Officer 07911", "Peckham", "[Zorbleton]", "Marisol"],
)
def test_what_makes_no_label(label: str, rules: Rules) -> None:
    assert not LabelWords.of(rules).name_nobody(label)


@pytest.mark.slow
def test_free_texts_are_judged_by_the_models_and_rules(rules: Rules) -> None:
    fit = ("An appeal is pending.", "Correct the year in 4.2.", "The Home Office asked for it.")
    assert texts_name_nobody(fit, rules)
    for unfit in ("Because Chukwudi, her brother, objected", "call 07911 123456", "4.12 Okonjo", "on 14 March 2027"):
        assert not texts_name_nobody((*fit, unfit), rules)
    assert texts_name_nobody(("Marisol's family asked for it.",), rules, ["Marisol"])
