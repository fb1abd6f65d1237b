"""What the lists of names that stay do to texts as reports write them, and to people who bear such names.

The texts are in names_that_stay.yml. No model is loaded: those of the tests know exactly the people of each text.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from detect_pages import analysed, claims, page
from names_of_many import ORIGINS, POOLS

from pipeline import rules as rule_files
from pipeline.detect import stays
from pipeline.detect.given_names import FEMALE, MALE
from pipeline.detect.stays_where import WHERE
from pipeline.detect.words import fold
from pipeline.errors import RulesError
from pipeline.models import Action, layout
from pipeline.rule_files import _FastLines, _Lines
from pipeline.rules import WHERE as TITLES
from pipeline.rules import Rules

Case = Mapping[str, Any]
TEXTS: Mapping[str, list[Case]] = yaml.safe_load(
    (Path(__file__).parent / "names_that_stay.yml").read_text(encoding="utf-8")
)
START = "# Overview Report\n\n1.1 This review concerns the death of a resident of Southwark.\n\n"
MARK = "What follows is what the report says."


def printed(rules: Rules, case: Case) -> str:
    """The case's text as it would be printed, with dashes for what goes and for what waits for a decision."""
    who = [name.split(",")[0] for name in case.get("who", ())]
    heard = "".join(f"1.{n} The Panel heard from {name}.\n\n" for n, name in enumerate(case.get("who", ()), start=2))
    documents, analysis = analysed(
        rules,
        f"{START}{heard}{MARK}\n\n{case['say']}\n",
        people=[*who, *(w for name in who for w in name.split()), *case.get("marked", ())],
    )
    text = layout(documents[0]).text
    letters = list(text)
    for finding in analysis.findings:
        if analysis.identity(finding.identity).proposed is Action.REDACT:
            letters[finding.start : finding.end] = "-" * (finding.end - finding.start)
    return "".join(letters)[text.index(MARK) + len(MARK) :]


@pytest.mark.parametrize("group", TEXTS)
def test_names_stay_and_people_of_such_names_go(rules: Rules, group: str) -> None:
    wrong = []
    for case in TEXTS[group]:
        out = printed(rules, case)
        lost = [name for name in case.get("stay", ()) if name not in out]
        left = [name for name in case.get("gone", ()) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", out)]
        if lost or left:
            wrong.append((case["say"], f"lost {lost}", f"left {left}", out))
    assert wrong == []


def test_every_title_of_stays_where_is_known_to_the_code(rules: Rules) -> None:
    assert set(WHERE) == set(TITLES) == set(rules.stays_where.values())


CALENDAR = frozenset("april may june august march sunday easter".split())


def test_no_single_word_of_stays_is_a_name_that_tests_give_to_people(rules: Rules) -> None:
    words = {fold(n) for n in rules.stays if " " not in n and not n.isupper()}
    given = {fold(n) for o in ORIGINS for n in (*POOLS[o]["women"], *POOLS[o]["men"]) if " " not in n}
    assert words & (given | FEMALE | MALE) - CALENDAR == set()


def test_no_name_is_on_two_lists_or_kept_from_staying_by_its_capitals(rules: Rules) -> None:
    single = [n for n in rules.stays if " " not in n]
    mixed = {fold(n) for n in single if not n.isupper()}
    assert [n for n in single if n.isupper() and len(n) > 1 and fold(n) in mixed] == []
    assert set(rules.stays) & set(rules.stays_where) == set()
    assert set(rules.stays_where) & set(rules.goes) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("stays.yml", "  - Refuge\n", "  - Refuge\n  - Refuge\n", "'Refuge' is on a list already"),
        ("stays.yml", "  - Refuge\n", "  - Refuge\n  - Baker\n", "'Baker' is a name of people as well"),
        ("stays_where.yml", "  - Merlin\n", "  - Merlin\n  - Refuge\n", "'Refuge' is in stays.yml as well"),
        ("stays_where.yml", "as_a_thing:", "as_a_car:", "unknown key 'as_a_car'"),
        ("stays_where.yml", "  - Merlin\n", "  - Merlin\n  - 12\n", "quotation marks"),
    ],
)
def test_a_wrong_line_stops_the_program_and_is_named(
    tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    folder = Path(shutil.copytree(rule_files.FOLDER, tmp_path / "redaction_rules"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + new.count("\n") + (0 if new.endswith("\n") else 1)
    with pytest.raises(RulesError) as error:
        rule_files.load(folder)
    assert f"redaction_rules/{file}, line {line}: " in error.value.message
    assert reason in error.value.message


def test_every_listed_phrase_is_found_whole(rules: Rules) -> None:
    lost = []
    for name in (n for n in rules.stays if " " in n):
        made = page(f"She told the {name} then.")
        stays.claim_phrases(made, rules)
        if not any(name.rstrip("!").removesuffix("'s").rstrip("'") in claim for claim in claims(made, "STAY")):
            lost.append(name)
    assert lost == []


def test_both_readers_of_yaml_say_the_same(rules: Rules) -> None:
    for path in sorted(rule_files.FOLDER.glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        assert yaml.load(text, _FastLines) == yaml.load(text, _Lines)  # noqa: S506 - both are SafeLoaders
