"""Taking a report in again: what replaces what, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import office as world
import pytest
from office import REFERENCE, Office

from pipeline import errors, run
from pipeline.models import Document, DocumentKind


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return world.make(tmp_path, monkeypatch)


def take_in(office: Office, text: str, kind: str = "overview", reference: str = REFERENCE) -> Document:
    path = office.file("report.docx", text)
    report = run.SignedOff(path, reference, DocumentKind(kind), "The Partnership", date(2026, 3, 31))
    return run.intake(office.session("Olive"), report)


def test_what_replaces_an_earlier_report_says_so(office: Office) -> None:
    assert take_in(office, "The first.").notices == ()
    assert take_in(office, "The other document.", kind="summary").notices == ()
    assert [n.message for n in take_in(office, "The second.").notices] == [
        "It replaces the one taken in on 2026-11-24."
    ]


@pytest.mark.parametrize(("kind", "reference"), [("summary", REFERENCE), ("overview", "SSP/DHR/2020/01")])
def test_a_file_taken_in_by_mistake_can_be_taken_in_where_it_belongs(
    office: Office, kind: str, reference: str
) -> None:
    take_in(office, "Taken in by mistake.")
    with pytest.raises(errors.AlreadyTakenIn):
        take_in(office, "Taken in by mistake.", kind, reference)
    take_in(office, "The right one.")
    take_in(office, "Taken in by mistake.", kind, reference)
    assert run.verify_audit(office.vault)


def test_a_replaced_report_can_come_back_to_its_own_place(office: Office) -> None:
    for text in ("The first.", "The second.", "The first."):
        take_in(office, text)
    with pytest.raises(errors.AlreadyTakenIn):
        take_in(office, "The first.")
    assert run.verify_audit(office.vault)
