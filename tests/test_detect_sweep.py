"""The sweep: whatever nothing explains comes back, and ordinary report English does not."""

from __future__ import annotations

import pytest
from detect_pages import analysed

from pipeline.models import Action, IdentityKind
from pipeline.rules import Rules


def unexplained(rules: Rules, text: str) -> list[str]:
    _, analysis = analysed(rules, text)
    return [f.text for f in analysis.findings if f.sources == ("sweep",)]


LOOSE = [
    ("She told Adaeze everything.", ["Adaeze"]),
    ("She told Adaeze and Okonjo.", ["Adaeze", "Okonjo"]),
    ("Adaeze knew.", ["Adaeze"]),
    ("ADAEZE KNEW.", ["ADAEZE"]),
    ("# Adaeze\n\nShe rang.", ["Adaeze"]),
    ("| Note | What |\n|---|---|\n| Adaeze | friend |", ["Adaeze"]),
    ("- Adaeze", ["Adaeze"]),
    ("> Adaeze is kind.", ["Adaeze"]),
    ("She rang.[^1]\n\n[^1]: Adaeze told the Panel.", ["Adaeze"]),
    ("she told adaeze everything.", ["adaeze"]),
    ("They met at Bargeman's Rest.", ["Bargeman's Rest"]),
    ("They met in the Copper Kettle.", ["Copper Kettle"]),
    ("The XQZ met.", ["XQZ"]),
    ("The number 44718x9 was on it.", ["44718x9"]),
    ("She took zzorblatide daily.", ["zzorblatide"]),
]


@pytest.mark.parametrize(("text", "loose"), LOOSE, ids=[u[0] for u in LOOSE])
def test_what_nothing_explains(rules: Rules, text: str, loose: list[str]) -> None:
    assert unexplained(rules, text) == loose


@pytest.mark.parametrize(
    "text",
    [
        "The Panel met four times. It heard from the family.",
        "The MARAC and the IDVA were told. The Quality Action Group (QAG) met; the QAG did nothing.",
        "In May 2018 she was 34; the cost was £12,000 in 2018/19, or 4.5%.",
        "The Care Act 2014 applies, and so does Clare's Law.",
        "She took sertraline and Diazepam.",
        "# Terms of Reference\n\n1.1 Nothing was known.\n\n(a) She rang.\n\n1.2 She wrote.",
        "Southwark Council, the Home Office and the Metropolitan Police were asked. A Nigerian woman rang.",
        "Chapter IV and Appendix B say so.",
        "Mr and Mrs were asked. The Doctor came.",
    ],
)
def test_ordinary_report_english_is_explained(rules: Rules, text: str) -> None:
    assert unexplained(rules, text) == []


def test_what_is_unexplained_somewhere_is_so_at_a_sentences_start(rules: Rules) -> None:
    text = "Copper rang. She told Copper everything."
    assert unexplained(rules, text) == ["Copper", "Copper"]


def test_what_is_unexplained_goes_unless_somebody_decides(rules: Rules) -> None:
    _, analysis = analysed(rules, "She told Adaeze everything. Adaeze knew.")
    [identity] = analysis.identities
    assert (identity.kind, identity.proposed, identity.needs_decision) == (
        IdentityKind.UNEXPLAINED,
        Action.REDACT,
        True,
    )
    assert (identity.label, identity.count, identity.risk) == ("[withheld]", 2, 3)


def test_one_item_is_one_decision_in_all_documents(rules: Rules) -> None:
    _, analysis = analysed(rules, "She told Adaeze.", "They told Adaeze.")
    assert len(analysis.identities) == 1
    assert [f.document.value for f in analysis.findings] == ["overview", "summary"]
