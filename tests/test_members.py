"""The list of the Panel as the officer sees it, corrects it, and is told of what is odd about it."""

from __future__ import annotations

import pytest
from detect_pages import analysed, document

from pipeline.members import as_lines, corrected, notices
from pipeline.models import Action, Analysis, CaseFacts, DocumentKind, PanelMember, PanelSource, layout
from pipeline.redact import redact
from pipeline.rules import Rules

PEOPLE = ("Helen Ashworth", "Colin Abara", "Ngozi Bello", "Zeynep Demir", "Ngozi Bellow")
PANEL = """## 2 The Review Panel

- Helen Ashworth, Independent Chair
- Colin Abara, Head of Housing
- Ngozi Bello, Named Nurse, Refuge
"""
REPORT = f"# Report\n\n{PANEL}\n## 3 Facts\n\n3.1 Colin Abara rang. The Panel met Ngozi Bello."


def case(rules: Rules, facts: CaseFacts, *texts: str) -> Analysis:
    return analysed(rules, *(texts or (REPORT,)), people=PEOPLE, facts=facts)[1]


def told(rules: Rules, *texts: str, facts: CaseFacts | None = None) -> list[str]:
    documents, analysis = analysed(rules, *texts, people=PEOPLE, facts=facts)
    return [n.code for n in notices(analysis.panel, documents, analysis.unmatched)]


def test_who_is_taken_off_the_list_goes_and_waits_for_a_decision(rules: Rules) -> None:
    before, after = case(rules, CaseFacts()), case(rules, CaseFacts(not_panel=("Abara, Colin",)))
    assert "Colin Abara" in {m.name for m in before.panel}
    assert "Colin Abara" not in {m.name for m in after.panel}
    kept, gone = (next(i for i in a.identities if i.name == "Colin Abara") for a in (before, after))
    assert (kept.proposed, gone.proposed) == (Action.KEEP, Action.REDACT)
    assert gone.needs_decision
    assert kept.key != gone.key  # a decision to keep the member is no decision about this person


def test_who_is_taken_off_the_list_is_redacted(rules: Rules) -> None:
    (report,), analysis = analysed(rules, REPORT, people=PEOPLE, facts=CaseFacts(not_panel=("Colin Abara",)))
    text = "\n".join(b.text for b in redact(report, analysis, ()).document.blocks)
    assert "Abara" not in text
    assert "Ngozi Bello" in text


def test_post_and_agency_are_corrected_and_the_places_stay(rules: Rules) -> None:
    entry = PanelMember("Ngozi Bello", "Independent Chair", "A charity")
    member = next(m for m in case(rules, CaseFacts(panel=(entry,))).panel if m.name == "Ngozi Bello")
    assert (member.role, member.agency, member.chair) == ("Independent Chair", "A charity", True)
    assert member.sources


def test_a_corrected_name_is_printed_and_the_old_one_stays_in_the_text(rules: Rules) -> None:
    entry = PanelMember("Ngozi Belloh", instead_of="Ngozi Bello")
    analysis = case(rules, CaseFacts(panel=(entry,)))
    assert "Ngozi Belloh" in {m.name for m in analysis.panel}
    found = [analysis.identity(f.identity) for f in analysis.findings if f.text == "Ngozi Bello"]
    assert [i.proposed for i in found] == [Action.KEEP, Action.KEEP]


def test_who_the_reports_omit_is_added_once(rules: Rules) -> None:
    facts = CaseFacts(panel=(PanelMember("Zeynep Demir"), PanelMember("DR COLIN ABARA")))
    assert [m.name for m in case(rules, facts).panel] == [
        "Helen Ashworth", "Colin Abara", "Ngozi Bello", "Zeynep Demir",
    ]  # fmt: skip


def test_a_post_that_is_given_says_who_is_the_chair() -> None:
    found = (PanelMember("Colin Abara", "Chair", chair=True),)
    assert not corrected(found, CaseFacts(panel=(PanelMember("Colin Abara", "Adviser"),)))[0].chair
    assert corrected(found, CaseFacts(panel=(PanelMember("Colin Abara", agency="NHS"),)))[0].chair


def test_nothing_is_odd_about_a_whole_panel(rules: Rules) -> None:
    assert told(rules, REPORT) == []
    assert told(rules, REPORT, f"# Summary\n\n{PANEL}") == []
    assert told(rules, REPORT, "# Summary\n\nIndependent Chair: Helen Ashworth\n\nShe rang.") == []


def test_the_officer_is_told_of_what_is_odd(rules: Rules) -> None:
    assert told(rules, "# Report\n\nShe rang.") == ["panel_no_chair", "panel_few"]
    no_chair = REPORT.replace("Independent Chair", "Adviser")
    assert told(rules, no_chair) == ["panel_no_chair"]
    assert told(rules, REPORT.replace("Head of Housing", "Co-Chair")) == ["panel_chairs"]
    other = PANEL.replace("Colin Abara", "Zeynep Demir")
    assert told(rules, REPORT, f"# Summary\n\n{other}") == ["panel_differs"]
    misspelt = PANEL.replace("Ngozi Bello", "Ngozi Bellow")
    assert told(rules, REPORT, f"# Summary\n\n{misspelt}") == ["panel_spelt"]


def test_a_correction_that_fits_nobody_is_told(rules: Rules) -> None:
    assert told(rules, REPORT, facts=CaseFacts(not_panel=("Zeynep Demir",))) == ["panel_unmatched"]
    wrong = CaseFacts(panel=(PanelMember("Zeynep Demir", instead_of="Zeynep Dimer"),))
    assert told(rules, REPORT, facts=wrong) == ["panel_unmatched"]
    assert told(rules, REPORT, facts=CaseFacts(not_panel=("Colin Abara",))) == ["panel_few"]


@pytest.mark.parametrize("entry", ["Abara", "Colin", "Mr", "Colin A Abara", "Housing"])
def test_an_entry_that_takes_nobody_off_is_told_though_its_words_stand_in_the_report(
    rules: Rules, entry: str
) -> None:
    documents, analysis = analysed(rules, REPORT, people=PEOPLE, facts=CaseFacts(not_panel=(entry,)))
    assert "Colin Abara" in {m.name for m in analysis.panel}
    assert [n.code for n in notices(analysis.panel, documents, analysis.unmatched)] == ["panel_unmatched"]


def test_a_correction_of_a_name_that_is_not_listed_adds_nobody(rules: Rules) -> None:
    wrong = CaseFacts(panel=(PanelMember("Ngozi Belloh", instead_of="Ngozi Bell"),))
    analysis = case(rules, wrong)
    assert [m.name for m in analysis.panel] == ["Helen Ashworth", "Colin Abara", "Ngozi Bello"]
    assert analysis.unmatched == 1


def test_a_correction_falls_back_on_the_right_name(rules: Rules) -> None:
    entry = PanelMember("Dr Ngozi Bello", "Lead Nurse", instead_of="Ngozi Bell")
    analysis = case(rules, CaseFacts(panel=(entry,)))
    member = next(m for m in analysis.panel if m.name == "Ngozi Bello")
    assert (len(analysis.panel), member.role, member.instead_of) == (3, "Lead Nurse", "")
    assert analysis.unmatched == 0


def test_notices_name_nobody(rules: Rules) -> None:
    documents, analysis = analysed(rules, "# Report\n\nChair: Helen Ashworth", people=PEOPLE)
    for notice in notices(analysis.panel, documents, 1):
        assert not {"Helen", "Ashworth", "Zeynep", "Demir"} & set(notice.message.split())


def test_the_list_shows_the_passage_that_makes_each_a_member() -> None:
    text = document(REPORT)
    at = layout(text).text.index("Colin Abara")
    member = PanelMember("Colin Abara", "Head of Housing", sources=(PanelSource(DocumentKind.OVERVIEW, at, at + 11),))
    assert as_lines([member, PanelMember("Zeynep Demir", chair=True)], [text]) == (
        "Colin Abara: Head of Housing",
        "    overview, 2 The Review Panel: Colin Abara, Head of Housing",
        "Zeynep Demir (Chair)",
        "    from the case file",
    )
