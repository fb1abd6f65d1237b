"""The invented reports with everybody renamed, by seed: rules that only fit their names would show here."""

from __future__ import annotations

import pytest
from anonymised import printed, shortfalls
from gold import FIXTURES
from renamed import renamed

from pipeline import casefile
from pipeline.detect.engine import Engine
from pipeline.models import CaseFacts
from pipeline.rules import Rules

FLOORS = {"persons": 0.99, "words": 0.99, "lost": 0.02}
REPORTS = [
    ("d1-overview", 0),
    ("d1-overview", 1),
    ("d2-overview", 0),
    ("d2-overview", 4),
    ("d3-overview", 3),
    ("d4-overview", 1),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), REPORTS)
def test_renamed_reports_are_anonymised_as_well_as_the_originals(
    name: str, seed: int, rules: Rules, engine: Engine
) -> None:
    gold = renamed(name, seed)
    facts = casefile.read(FIXTURES / "d3.case.yml") if name.startswith("d3") else CaseFacts()
    assert shortfalls(gold, printed(gold["text"], rules, engine, facts), FLOORS) == []


@pytest.mark.parametrize(("name", "seed"), REPORTS)
def test_every_mention_stands_where_the_annotation_says(name: str, seed: int) -> None:
    gold = renamed(name, seed)
    assert all(gold["text"][m["start"] : m["end"]] == m["text"] for m in gold["mentions"])


def test_nobody_keeps_a_name() -> None:
    gold = renamed("d1-overview", 0)
    people = " ".join(m["text"] for m in gold["mentions"] if m["type"] in ("PERSON", "KEEP"))
    for name in ("Adaeze", "Okonjo", "OKONJO", "Ngọzi", "Nguyễn", "Price", "Ashworth", "Daisy", "Gosia"):
        assert name not in people


def test_a_name_that_two_people_share_is_still_shared() -> None:
    named = {p["id"]: p["name"].split()[-1] for p in renamed("d1-overview", 0)["meta"]["people"]}
    assert named["V"] == named["P"] == named["CH1"]
    assert named["S1"] == named["K2"]
    assert len(set(named.values())) > 30


def test_the_same_seed_gives_the_same_names_and_another_other_names() -> None:
    once, again, other = (renamed("d1-summary", seed)["text"] for seed in (3, 3, 4))
    assert once == again != other
