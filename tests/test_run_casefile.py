"""Case files: what is read, and what is refused without quoting it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import office as world
import pytest

from pipeline import casefile, gate, run
from pipeline.errors import IntakeRefused
from pipeline.models import CaseFacts, PanelMember
from pipeline.vault import cases

FULL = """
reference: SSP/DHR/2019/02
pseudonyms:
  - {name: Marisol, person: the subject of the review}
  - {name: Emre}
panel:
  - {name: Imogen Vale, role: Chair, agency: Independent, chair: true}
"""


def read(tmp_path: Path, text: str) -> CaseFacts:
    path = tmp_path / "case.yml"
    path.write_text(text)
    return casefile.read(path)


def test_a_full_case_file(tmp_path: Path) -> None:
    assert read(tmp_path, FULL) == CaseFacts(
        "SSP/DHR/2019/02",
        {"Marisol": "the subject of the review", "Emre": ""},
        (PanelMember("Imogen Vale", "Chair", "Independent", True),),
    )
    assert read(tmp_path, "") == CaseFacts()


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "panel: Imogen Vale",
        "members: []",
        "panel: [{name: ''}]",
        "panel: [Imogen Vale]",
        "panel: [{name: Imogen Vale, chair: maybe}]",
        "pseudonyms: [{name: Marisol, why: x}]",
        "pseudonyms: [{person: the subject}]",
        "panel: [",
        "reference: 2018-02-30",
        "reference: !!int x",
        "panel: " + "[" * 5000 + "]" * 5000,
    ],
)
def test_what_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeRefused) as refused:
        read(tmp_path, text)
    assert "Imogen" not in str(refused.value)
    with pytest.raises(IntakeRefused):
        casefile.read(tmp_path / "missing.yml")


def test_corrections_of_the_panels_list(tmp_path: Path) -> None:
    text = "panel: [{name: Imogen Vayle, instead_of: Imogen Vale}]\nnot_panel: [Robin  Marsh]"
    assert read(tmp_path, text) == CaseFacts(
        panel=(PanelMember("Imogen Vayle", instead_of="Imogen Vale"),), not_panel=("Robin Marsh",)
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("panel: [Imogen Vale]", "an entry 1 under panel that is not written as {name: ...}"),
        ("panel: [{name: Imogen Vale}, {role: Chair}]", "an entry 2 under panel that has no name"),
        ("panel: [{name: Imogen Vale, post: Chair}]", "an entry 1 under panel that has fields other than agency"),
        (
            "panel: [{name: Imogen Vale, chair: 1}]",
            "an entry 1 under panel that says neither true nor false for chair",
        ),
        ("panel: [{name: Imogen Vale, role: [Chair]}]", "has something other than words for role"),
        ("panel: [{name: Imogen Vale, instead_of: 3}]", "an entry 1 under panel that has no name"),
        ("not_panel: Imogen Vale", "does not hold a list under not_panel"),
        ("not_panel: [{name: Imogen Vale}]", "an entry 1 under not_panel that has no name"),
        ("panel: [{name: Imogen Vale}]\nnot_panel: [imogen vale]", "has somebody under panel and under not_panel"),
        ("panel: [{name: Dr Imogen Vale}]\nnot_panel: [Imogen Vale]", "has somebody under panel and under not_panel"),
        ("panel: [{name: Imogen Vale}]\nnot_panel: ['Vale, Imogen']", "has somebody under panel and under not_panel"),
        ("panel: [{name: Imogen Vale}, {name: Cllr Imogen Vale}]", "has somebody twice under panel"),
        ("panel: [{name: Imogen Vale}, {name: Imogen Vale}]", "has somebody twice under panel"),
        ("members: []", "has fields other than reference, pseudonyms, panel and not_panel"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(IntakeRefused) as refused:
        read(tmp_path, text)
    assert why in str(refused.value)
    assert "vale" not in str(refused.value).casefold()


def test_corrections_are_kept_with_the_case_and_void_what_was_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = world.make(tmp_path, monkeypatch).up_to("approved")
    facts = CaseFacts(panel=(PanelMember("Quentin Lowe"),), not_panel=("Robin Marsh",))
    run.anonymise(office.session("Olive"), world.REFERENCE, facts=facts)
    case = world.SLUG
    assert cases.facts(office.vault, case) == replace(facts, reference=world.REFERENCE)
    run.anonymise(office.session("Olive"), world.REFERENCE)
    assert cases.facts(office.vault, case).not_panel == ("Robin Marsh",)
    lines, notices = run.panel(office.vault, world.REFERENCE)
    assert lines == ("Imogen Vale (Chair): Chair", "    from the case file", "Quentin Lowe", "    from the case file")
    assert [n.code for n in notices] == ["panel_few", "panel_unmatched"]
    (state,) = run.status(office.workspace, office.vault, world.REFERENCE)
    assert "approval-void" in {blocker.code for blocker in gate.blockers(state, office.now())}
