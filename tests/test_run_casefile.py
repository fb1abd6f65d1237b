"""Case files: what is read, and what is refused without quoting it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import casefile
from pipeline.errors import IntakeRefused
from pipeline.models import CaseFacts, PanelMember

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
    ],
)
def test_what_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeRefused) as refused:
        read(tmp_path, text)
    assert "Imogen" not in str(refused.value)
    with pytest.raises(IntakeRefused):
        casefile.read(tmp_path / "missing.yml")
