"""Decisions from a file: each entry names one thing that is there, and a mistake is told by number only."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import office as world
import pytest
import yaml
from office import REFERENCE, Office

from pipeline import decide, errors, run
from pipeline.models import (
    Action,
    Analysis,
    CaseFacts,
    Decision,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    PanelMember,
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch).up_to("anonymised")


def take(office: Office, text: str) -> int:
    answers, _ = run.read_decisions(office.vault, REFERENCE, office.file("decisions.yml", text))
    return run.take_decisions(office.session("Olive"), REFERENCE, answers)


def test_by_name_and_by_identity(office: Office) -> None:
    left = take(
        office,
        """
decisions:
  - {name: Tamsin Arkwright, action: redact, label: The victim}
  - {identity: person-02, action: redact}
""",
    )
    assert left == 1
    text = run.diff_documents(office.vault, REFERENCE)[0].document.blocks[1].text
    assert text.startswith("The victim was killed by Adult B")


def test_a_pseudonym_agreed_with_the_family_is_a_label(office: Office) -> None:
    wanted = "decisions: [{identity: person-01, action: redact, label: Marisol}]"
    with pytest.raises(errors.DecisionError):
        take(office, wanted)
    run.anonymise(office.session("Olive"), REFERENCE, facts=CaseFacts(pseudonyms={"Marisol": "the victim"}))
    take(office, wanted)


def test_the_last_decision_counts(office: Office) -> None:
    take(office, "decisions: [{identity: person-01, action: keep}]")
    take(office, "decisions: [{identity: person-01, action: redact, label: Adult Z}]")
    assert run.diff_documents(office.vault, REFERENCE)[0].document.blocks[1].text.startswith("Adult Z")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("decisions: [{name: Nobody At All, action: keep}]", "1"),
        ("decisions: [{identity: person-01, action: keep}, {identity: person-99, action: keep}]", "2"),
        ("decisions: [{identity: person-01, action: keep}, {name: Tamsin Arkwright, action: redact}]", "2"),
        ("decisions: [{identity: person-01, action: erase}]", "1"),
        ("decisions: [{identity: person-01}]", "1"),
        ("decisions: [{action: keep}]", "1"),
        ("decisions: [{identity: person-01, name: Tamsin Arkwright, action: keep}]", "1"),
        ("decisions: [{identity: person-01, action: keep, why: because}]", "1"),
        ("decisions: [{identity: person-01, action: keep, label: Adult A}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: [x]}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: 'a<b>'}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: Mr Dexter Pell}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: Chukwudi}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: The Okonjo child}]", "1"),
        ("decisions: [{identity: person-01, action: redact, label: Hope}]", "1"),
        ("decisions: [Tamsin Arkwright]", "1"),
        ("decisions: [{identity: person-01, action: [keep]}]", "1"),
        ("decisions: [{identity: person-01, action: {keep: yes}}]", "1"),
        ("decisions: [{identity: [person-01], action: keep}]", "1"),
        ("decisions: [{identity: {person-01: x}, action: keep}]", "1"),
        ("decisions: [{name: [Tamsin Arkwright], action: keep}]", "1"),
    ],
)
def test_a_wrong_entry_is_told_by_number_and_nothing_is_stored(office: Office, text: str, number: str) -> None:
    before = run.undecided(office.vault, REFERENCE)
    with pytest.raises(errors.DecisionError) as refused:
        take(office, text)
    assert f"Decision {number} " in str(refused.value)
    for word in ("Arkwright", "Pell", "Nobody"):
        assert word not in str(refused.value)
    assert run.undecided(office.vault, REFERENCE) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "decisions: all",
        "decisions: 0",
        "warnings: {}",
        "decisions: []\nall: keep",
        "decisions: [",
        "\x00",
        "decisions: [{name: 2018-02-30, action: keep}]",
        "decisions: [{name: !!int x, action: keep}]",
        "decisions: " + "[" * 5000 + "]" * 5000,
    ],
)
def test_a_file_of_another_shape(office: Office, text: str) -> None:
    with pytest.raises(errors.DecisionError):
        take(office, text)


def test_a_list_that_is_left_empty_holds_nothing(office: Office) -> None:
    before = run.undecided(office.vault, REFERENCE)
    assert take(office, "decisions:\nwarnings:\n") == len(before)
    every = "# all entries deleted\nwarnings:\n"
    assert run.read_decisions(office.vault, REFERENCE, office.file("decisions.yml", every)) == ((), ())


def test_a_pipe_can_be_read_from(office: Office) -> None:
    text = b"""decisions: [{identity: person-01, action: redact, label: Adult Z}]
warnings: [{warning: warning-5f2c0a91d3b7, reason: The family wants it kept}]
"""
    there, here = os.pipe()
    os.write(here, text)
    os.close(here)
    try:
        answers, accepted = run.read_decisions(office.vault, REFERENCE, Path(f"/dev/fd/{there}"))
    finally:
        os.close(there)
    assert [a.identity for a in answers] == ["person-01"]
    assert [a.warning for a in accepted] == ["warning-5f2c0a91d3b7"]


def test_a_name_that_two_identities_have(office: Office) -> None:
    analysis = world.analyse(
        [world.read(b"Tamsin Arkwright", world.DocumentKind.OVERVIEW)], world.CaseFacts(), office.rules
    )
    twice = Analysis(analysis.findings, analysis.identities * 2, ())
    with pytest.raises(errors.DecisionError):
        decide.checked([{"name": "Tamsin Arkwright", "action": "keep"}], twice)


def test_the_template_leaves_every_action_open(office: Office) -> None:
    waiting = run.undecided(office.vault, REFERENCE)
    page = yaml.safe_load(decide.template(waiting))
    assert [entry["identity"] for entry in page["decisions"]] == [identity.key for identity in waiting]
    with pytest.raises(errors.DecisionError):
        take(office, decide.template(waiting))
    assert decide.template(()) == "# Nothing is left to decide.\n"


def test_contexts_show_where_it_stands(office: Office) -> None:
    identity = run.undecided(office.vault, REFERENCE)[0]
    places = run.contexts(office.vault, REFERENCE, identity)
    assert (len(places.shown), places.total) == (2, 2)
    assert f"»{identity.name}«" in places.shown[0]


def test_what_is_proposed_to_be_kept_is_shown_everywhere_shortest_form_first() -> None:
    text = "Robin Marsh came. " * 4 + "Robin left. " + "Robin Marsh came. "
    document = world.Document(DocumentKind.OVERVIEW, (world.Block(world.BlockKind.PARAGRAPH, text),))
    found = [
        Finding(DocumentKind.OVERVIEW, m.start(), m.end(), "PERSON", m[0], "person-1", ("rule:test",))
        for m in re.finditer("Robin Marsh|Robin", text)
    ]
    kept = Identity("person-1", IdentityKind.PERSON, "PERSON", "Robin Marsh", (), "", Action.KEEP, "", "test")
    places = decide.contexts(kept, Analysis(tuple(found), (kept,), ()), [document])
    assert (len(places.shown), places.total) == (6, 6)
    assert "»Robin« left" in places.shown[0]
    goes = replace(kept, proposed=Action.REDACT)
    places = decide.contexts(goes, Analysis(tuple(found), (goes,), ()), [document])
    assert (len(places.shown), places.total) == (3, 6)


def test_the_diff_shows_what_was_decided(office: Office) -> None:
    take(
        office,
        """
decisions:
  - {identity: person-01, action: redact, label: The victim}
  - {identity: person-02, action: keep}
""",
    )
    shown = {i["key"]: i for i in json.loads(run.diff(office.vault, REFERENCE, "json"))["identities"]}
    assert (shown["person-01"]["label"], shown["person-01"]["needs_decision"]) == ("The victim", False)
    assert (shown["person-02"]["proposed"], shown["person-02"]["needs_decision"]) == ("keep", False)
    assert shown["unexplained-01"]["needs_decision"] is True
    assert "To decide: 1 identity\n" in run.diff(office.vault, REFERENCE)
    page = run.diff(office.vault, REFERENCE, "html")
    assert (page.count("to decide"), page.count("<td>kept</td>")) == (1, 1)
    assert "becomes The victim" in page


def test_members_of_the_panel_and_agreed_pseudonyms_are_expected_to_stay() -> None:
    def person(key: str, name: str, *forms: str, kind: IdentityKind = IdentityKind.PERSON) -> Identity:
        return Identity(key, kind, "PERSON", name, (name, *forms), "", Action.REDACT, "Adult A", "test")

    identities = (
        replace(person("1", "Dr Imogen Vale", "Imogen Vale"), member=True),
        person("2", "Marisol"),
        person("3", "Robin Marsh"),
        person("4", "Zorbleton", kind=IdentityKind.UNEXPLAINED),
        person("5", "Dexter Pell"),
        person("6", "Imogen Vale"),  # only bears a member's name
    )
    actions = zip("123456", [*[Action.KEEP] * 4, Action.REDACT, Action.KEEP], strict=True)
    decisions = [Decision(key, action, "", "key-x", world.NOW) for key, action in actions]
    analysis = Analysis((), identities, (PanelMember("Imogen Vale"),))
    assert decide.kept_off_panel(analysis, decisions, ["Marisol"]) == ("Robin Marsh", "Imogen Vale")


def test_one_item_at_a_time_until_the_user_stops(office: Office) -> None:
    waiting = run.undecided(office.vault, REFERENCE)
    answers = iter([run.Answer(waiting[0].key, Action.KEEP), None])
    assert decide.one_by_one(waiting, lambda number, identity: next(answers)) == (
        run.Answer(waiting[0].key, Action.KEEP),
    )


def test_decisions_about_what_has_vanished_do_not_count(office: Office) -> None:
    office.decide_all()
    case = run.undecided(office.vault, REFERENCE)
    assert case == ()
    assert (
        decide.effective(
            Analysis((), (), ()),
            [decide.as_decisions([run.Answer("person-01", Action.KEEP)], "key-x", office.now())[0]],
        )
        == ()
    )


def test_before_anonymising_there_is_nothing_to_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = world.make(tmp_path / "other", monkeypatch).up_to("taken in")
    with pytest.raises(errors.Blocked):
        run.undecided(office.vault, REFERENCE)


@pytest.mark.parametrize("who", ["Chandra", "Connie"])
def test_who_may_not_decide(office: Office, who: str) -> None:
    with pytest.raises(errors.NotPermitted):
        office.decide_all(by=who)
