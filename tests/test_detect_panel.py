"""The Panel's Chair and members, wherever and however a report lists them, and nobody else."""

from __future__ import annotations

import panel_layouts
import pytest
from detect_pages import page
from panel_layouts import Layout

from pipeline.anonymise import claim_what_stays, names_on
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.panel import find
from pipeline.detect.people import listings, names
from pipeline.detect.words import fold
from pipeline.members import corrected
from pipeline.models import CaseFacts, PanelMember
from pipeline.rules import Rules

PEOPLE = (
    "Helen Ashworth", "Colin Abara", "Ngozi Bello", "Zeynep Demir", "Linh Nguyen", "Agnieszka Nowak", "Femi Balogun",
    "Siobhan Keane",
)  # fmt: skip


def members(rules: Rules, *texts: str, facts: CaseFacts | None = None) -> tuple[PanelMember, ...]:
    lexicon = Lexicon.of(rules)
    pages = [page(text, PEOPLE) for text in texts]
    columns = tuple(fold(c) for c in rules.vocabulary["name_columns"])
    found = names(pages, lexicon, listings(pages, names(pages, lexicon), columns, lexicon))
    return corrected(find(pages, found, rules), facts or CaseFacts())


def listed(rules: Rules, *texts: str) -> list[str]:
    return [m.name for m in members(rules, *texts)]


def ids(layout: Layout) -> str:
    return layout.name


@pytest.mark.parametrize("layout", panel_layouts.ALL, ids=ids)
def test_a_panel_in_any_layout(rules: Rules, layout: Layout) -> None:
    lexicon = Lexicon.of(rules)
    pages = [page(f"# Overview Report\n\n{layout.text}\n## Findings\n\nShe rang.", layout.people)]
    claim_what_stays(pages, lexicon, rules)
    found = find(pages, names_on(pages, lexicon, rules), rules)
    assert {m.name for m in found} == layout.listed
    assert {m.name for m in found if m.chair} == layout.chairs


def test_who_only_wrote_the_report_is_no_chair(rules: Rules) -> None:
    assert listed(rules, "# Overview Report\n\nReport Author: Dr Helen Ashworth\n\n## The facts\n\nShe rang.") == []


def test_each_member_has_the_places_that_say_so(rules: Rules) -> None:
    text = (
        "# Report\n\nIndependent Chair: Helen Ashworth\n\n## Review Panel\n\n- Helen Ashworth, Chair\n- Colin Abara"
    )
    chair, member = members(rules, text)
    made = page(text, PEOPLE).text
    assert [made[s.start : s.end] for s in chair.sources] == ["Helen Ashworth", "Helen Ashworth"]
    assert [made[s.start : s.end] for s in member.sources] == ["Colin Abara"]


def test_a_table_under_a_heading(rules: Rules) -> None:
    text = """## The Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Helen Ashworth | Independent Chair | None |
| Colin Abara | Detective Superintendent | Metropolitan Police |
| Ngozi Bello | Head of Safeguarding | Southwark Council |
"""
    assert members(rules, text) == (
        PanelMember("Dr Helen Ashworth", "Independent Chair", "None", chair=True),
        PanelMember("Colin Abara", "Detective Superintendent", "Metropolitan Police"),
        PanelMember("Ngozi Bello", "Head of Safeguarding", "Southwark Council"),
    )


def test_a_table_that_the_line_before_calls_the_panels(rules: Rules) -> None:
    text = """## Background

The members of the Panel were:

| Member | Job title | Organisation |
|---|---|---|
| Colin Abara | Head of Housing | Southwark Council |
"""
    assert listed(rules, text) == ["Colin Abara"]


def test_two_members_in_one_cell(rules: Rules) -> None:
    text = """## Review Panel

| Agency | Members |
|---|---|
| Southwark Council | Colin Abara / Ngozi Bello |
| Metropolitan Police | Zeynep Demir and Linh Nguyen |
"""
    found = members(rules, text)
    assert {m.name for m in found} == {"Colin Abara", "Ngozi Bello", "Zeynep Demir", "Linh Nguyen"}
    assert {m.name: m.agency for m in found}["Linh Nguyen"] == "Metropolitan Police"


def test_bullets(rules: Rules) -> None:
    text = """## Panel members

- Dr Helen Ashworth, Independent Chair
- Colin Abara, Head of Housing, Southwark Council
- Ngozi Bello – Named Nurse – King's College Hospital
"""
    found = members(rules, text)
    assert [(m.name, m.role, m.agency) for m in found] == [
        ("Dr Helen Ashworth", "Independent Chair", ""),
        ("Colin Abara", "Head of Housing", "Southwark Council"),
        ("Ngozi Bello", "Named Nurse", "King's College Hospital"),
    ]
    assert [m.chair for m in found] == [True, False, False]


def test_prose(rules: Rules) -> None:
    text = """## The Panel

The members of the Panel were: Colin Abara, Detective Superintendent; Ngozi Bello, Head of Safeguarding; and Zeynep
Demir, Named Nurse.

The Panel met four times. Linh Nguyen, a friend, spoke to it.
"""
    assert listed(rules, text) == ["Colin Abara", "Ngozi Bello", "Zeynep Demir"]


@pytest.mark.parametrize(
    "line",
    [
        "Independent Chair: Dr Helen Ashworth",
        "Chair and Author: Dr Helen Ashworth",
        "The review was chaired by Dr Helen Ashworth.",
        "The Review Panel, chaired by Dr Helen Ashworth, met twice.",
        "| Independent Chair | Dr Helen Ashworth |\n|---|---|\n| Date | May 2018 |",
    ],
)
def test_a_chair_on_the_title_page_or_in_the_text(rules: Rules, line: str) -> None:
    found = members(rules, f"# Overview Report\n\n{line}\n\n## The facts\n\nShe rang.")
    assert [(m.name, m.chair) for m in found] == [("Dr Helen Ashworth", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The MARAC, chaired by Dr Femi Balogun, met in May.",
        "The strategy meeting was chaired by Femi Balogun.",
        "A case conference chaired by Femi Balogun reviewed the plan.",
        "The letter was written by Femi Balogun.",
        "## The facts\n\n- Femi Balogun, a neighbour\n- Linh Nguyen, a friend",
        "## The family\n\n| Name | Relationship |\n|---|---|\n| Femi Balogun | Brother |",
        "## IMR authors\n\n| Name | Role | Agency |\n|---|---|---|\n| Femi Balogun | Author | Southwark Council |",
        "## Recommendations for the Review Panel\n\n- Femi Balogun should be told",
    ],
)
def test_nobody(rules: Rules, text: str) -> None:
    assert listed(rules, f"# Overview Report\n\n{text}") == []


def test_who_takes_the_minutes_is_no_member(rules: Rules) -> None:
    text = """## Review Panel

| Name | Role | Agency |
|---|---|---|
| Colin Abara | Head of Housing | Southwark Council |
| Linh Nguyen | Minutes | Southwark Council |
"""
    assert listed(rules, text) == ["Colin Abara"]


def test_who_is_said_not_to_be_a_member_is_none(rules: Rules) -> None:
    text = """## Review Panel

- Colin Abara, Head of Housing
- Zeynep Demir, adviser

Ms Demir advised and is not a member of the Panel.
"""
    assert listed(rules, text) == ["Colin Abara"]


def test_overview_and_summary_list_one_person_once(rules: Rules) -> None:
    overview = "## Review Panel\n\n- Dr Helen Ashworth, Independent Chair\n- Colin Abara, Head of Housing"
    summary = "## Review Panel\n\n- H. Ashworth, Chair\n- Abara, Colin, Head of Housing\n- Ngozi Bello, Named Nurse"
    assert listed(rules, overview, summary) == ["Dr Helen Ashworth", "Colin Abara", "Ngozi Bello"]


def test_members_whom_only_the_officer_knows(rules: Rules) -> None:
    text = "## Review Panel\n\n- Colin Abara, Head of Housing"
    facts = CaseFacts(panel=(PanelMember("Siobhan Keane", "Adviser", "A charity"), PanelMember("COLIN ABARA")))
    assert [m.name for m in members(rules, text, facts=facts)] == ["Colin Abara", "Siobhan Keane"]
