"""A member of the Panel stays in every form, and somebody else of the same name goes."""

from __future__ import annotations

import re

import pytest
from detect_pages import analysed, who

from pipeline import anonymise, extract
from pipeline.detect.engine import Engine
from pipeline.models import CaseFacts, DocumentKind, layout
from pipeline.redact import redact
from pipeline.rules import Rules

BEGINNING = """# Overview Report into the death of Adaeze Nwosu

Independent Chair: Dr Helen Ashworth

## 1 The Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Helen Ashworth | Independent Chair | None |
| Nia O'Hara-Price | Head of Safeguarding | Southwark Council |
| DCI Colin Abara | Detective Chief Inspector | Metropolitan Police |
| Grace Okonjo | Operations Manager | Refuge |
| Martin Young | Housing Manager | Southwark Council |
| Trịnh Thị Mai | Named Nurse | NHS |
| J. Okafor | Named GP | NHS |

## 2 Background

2.1 Adaeze Nwosu was killed by her husband, Emeka Nwosu, on 3 March 2019. Their child is Tobi Nwosu.

"""
PEOPLE = (
    "Adaeze Nwosu", "Emeka Nwosu", "Tobi Nwosu", "Helen Ashworth", "Nia O'Hara-Price", "Colin Abara", "Grace Okonjo",
    "Martin Young", "Trịnh Thị Mai", "J. Okafor", "Ashworth", "Price", "Abara", "Young", "Okafor", "Trịnh", "Helen",
    "Colin", "Okonjo",
)  # fmt: skip
STAYS = (
    "The Panel thanks Dr Helen Ashworth.",
    "Dr Ashworth met the family.",
    "Dr Ashworth's report was agreed.",
    "Helen Ashworth, the Chair, met the family.",
    "H. Ashworth wrote to the family.",
    "Dr H Ashworth wrote to the family.",
    "HELEN ASHWORTH chaired each meeting.",
    "DR ASHWORTH chaired each meeting.",
    "Ashworth, Helen (Chair)",
    "The Panel noted Ashworth's view of it.",
    "Ms Price, of the Panel, declared an interest.",
    "Ms O'Hara-Price told the Panel that thresholds were high.",
    "Ms O'Hara Price told the Panel so.",
    "Nia O'Hara told the Panel that thresholds were high.",
    "Nia Price told the Panel that thresholds were high.",
    "DCI Abara told the Panel so.",
    "Mr Abara told the Panel so.",
    "Colin Abarra told the Panel so.",
    "Detective Chief Inspector Abara told the Panel so.",
    "Mr Young advised the Panel on housing.",
    "Mr Young, the Housing Manager, advised on it.",
    "DCI Abara attended the first two meetings and Mr Young the others.",
    "Martin Young's advice was taken.",
    "Ms Trịnh told the Panel so.",
    "Mai Trịnh told the Panel so.",
    "Trinh Thi Mai told the Panel so.",
    "Dr Okafor told the Panel so.",
    "J Okafor told the Panel so.",
    "Grace Okonjo of Refuge told the Panel so.",
    "Ms Okonjo of Refuge told the Panel so.",
    "Dr Ashworth is a retired nurse. Dr Ashworth is independent of every agency.",
    "Dr Ashworth was a social worker for ten years.",
    "In her report, Dr Ashworth noted that thresholds were high.",
    "Dr Okafor wrote to the family.",
    "The Chair was Dr Ashworth.",
)
GOES = (
    ("DC Price attended the flat and took a statement.", "Price"),
    ("A neighbour, Mrs Price, heard shouting.", "Price"),
    ("Mr Price, the caretaker, heard shouting.", "Price"),
    ("Mr Ashworth, the neighbour, heard shouting.", "Ashworth"),
    ("Mr Ashworth heard shouting from the flat above.", "Ashworth"),
    ("Mr Ashworth told the Panel that he heard shouting.", "Ashworth"),
    ("Grace Okonjo, aged 9, saw it.", "Grace Okonjo"),
    ("Grace Okonjo (9) saw it.", "Grace Okonjo"),
    ("Her daughter Grace Okonjo was at school.", "Grace Okonjo"),
    ("Mrs Young rang the police from her flat.", "Young"),
    ("PC Young attended that night.", "Young"),
    ("In 2004 Martin Young, her former partner, assaulted her.", "Martin Young"),
    ("Martin Young is her brother.", "Martin Young"),
    ("Her friend Colin said that he was afraid.", "Colin"),
    ("Helen and Colin were at school with her.", "Helen Colin"),
    ("Dr Abara, her GP, noted bruises.", "Abara"),
    ("Miss Trịnh, the teaching assistant, noticed bruises.", "Trịnh"),
    ("His uncle, J. Okafor, lent him money.", "Okafor"),
    ("Okafor was her solicitor, and wrote twice.", "Okafor"),
    ("In 1998 Ms Abara taught her at school.", "Abara"),
    ("Sgt Ashworth was first on scene.", "Ashworth"),
    ("He wrote: tell helen and abara that i will come.", "helen abara"),
    ("Okafor, the victim's cousin, told this review that she had been afraid.", "Okafor"),
    ("Okafor, who is her landlady, told the Panel that she owed rent.", "Okafor"),
    ("Abara, who is the perpetrator's brother, declined to speak to the Panel.", "Abara"),
    ("Abara, who is Emeka's brother, declined to speak to the Panel.", "Abara"),
    ("Ashworth was the perpetrator's uncle; he had no link to the Panel.", "Ashworth"),
    ("Okafor told this review that he had been afraid.", "Okafor"),
    ("Dr Ashworth, her GP, prescribed.", "Ashworth"),
    ("Dr Ashworth, her dentist, rang. Dr Ashworth rang again.", "Ashworth"),
    ("Her dentist, Dr Ashworth, rang.", "Ashworth"),
    ("Her GP was Dr Ashworth. Dr Ashworth's notes are thin.", "Ashworth"),
    ("The victim's landlord is Mr Abara. Mr Abara wanted rent.", "Abara"),
    ("A colleague from the nursery, Ms Price, drove her home.", "Price"),
    ("Ms Price (class teacher) rang. Mrs Price's son saw it.", "Price"),
    ("Mr Young's wife saw it.", "Young"),
    ("Mr Young, who lives next door, rang. Mr Young rang again.", "Young"),
    ("Mr Young rang. Mr Young, who lives next door, rang again.", "Young"),
    ("Pastor Young prayed. Imam Abara washed the body. Sister Okafor sang.", "Young Abara Okafor"),
    ("Her uncle, Martin Young, lent her money. Mr Young asked for it back.", "Martin Young"),
    ("Mr Young asked for it back. Her uncle, Martin Young, had lent it.", "Martin Young"),
    ("Miss Trịnh, aged 19, is his daughter. Miss Trịnh is at college.", "Trịnh"),
    ("Mr Ashworth, the perpetrator's father, and Mrs Ashworth live nearby.", "Ashworth"),
    ("Mrs Ashworth rang the police from her flat.", "Ashworth"),
)


def text_of(sentence: str) -> str:
    return f"{BEGINNING}2.2 {sentence}\n\n2.3 She rang the police in May 2018.\n"


def printed(rules: Rules, sentence: str) -> str:
    (document,), analysis = analysed(rules, text_of(sentence), people=PEOPLE)
    text = layout(redact(document, analysis, ()).document).text
    return text.split("2.2 ")[1].split("2.3 ")[0].strip()


@pytest.mark.parametrize("sentence", STAYS)
def test_a_member_stays_in_every_form(rules: Rules, sentence: str) -> None:
    assert printed(rules, sentence) == sentence


@pytest.mark.parametrize(("sentence", "gone"), GOES)
def test_somebody_else_of_that_name_goes(rules: Rules, sentence: str, gone: str) -> None:
    assert not set(gone.split()) & set(re.findall(r"[\w']+", printed(rules, sentence)))


def test_who_has_a_members_name_in_full_goes_everywhere_and_the_member_stays(rules: Rules) -> None:
    text = text_of(
        "Grace Okonjo went to school. Grace Okonjo, aged 9, saw it. The Panel thanks Grace Okonjo of Refuge."
    )
    _, analysis = analysed(rules, text, people=PEOPLE)
    named = [analysis.identity(f.identity) for f in analysis.findings if f.text == "Grace Okonjo"]
    assert [i.proposed.value for i in named] == ["keep", "redact", "redact", "keep"]
    assert len({i.key for i in named}) == 2
    assert all(i.needs_decision for i in named)


def test_half_a_double_name_is_the_members_only_where_nobody_else_bears_it(rules: Rules) -> None:
    text = text_of("A friend, Simon Price, rang. Ms Price came. Ms O'Hara-Price told the Panel so.")
    _, analysis = analysed(rules, text, people=(*PEOPLE, "Simon Price"))
    assert who(analysis, "Ms Price") == ["Price"]  # neither Simon nor, as it has to be decided, the member
    assert who(analysis, "Ms O'Hara-Price") == ["Nia O'Hara-Price"]


def test_a_name_in_full_with_nothing_beside_it_is_undecided_where_a_family_bears_the_surname(rules: Rules) -> None:
    text = text_of(
        "His brother, Desmond Young, was in prison. Martin Young had a caution for assault. Martin Young of "
        "Southwark Council wrote to him. The Panel thanks Martin Young."
    )
    _, analysis = analysed(rules, text, people=(*PEOPLE, "Desmond Young"))
    named = [analysis.identity(f.identity) for f in analysis.findings if f.text == "Martin Young"]
    assert [i.proposed.value for i in named] == ["keep", "redact", "keep", "keep"]
    assert all(i.needs_decision for i in named)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr Young observed that an assessment was due.",
        "Mr Young came to all six meetings.",
        "Martin Young, who is no relation, advised that it was late.",
        "Progress is reported by Martin Young to the partnership.",
        "Mr Young, the Housing Manager, wrote to the council.",
    ],
)
def test_a_member_at_work_stays_where_a_family_bears_the_surname(rules: Rules, sentence: str) -> None:
    text = text_of(f"His sister, Deborah Young, was in prison. {sentence}")
    (document,), analysis = analysed(rules, text, people=(*PEOPLE, "Deborah Young"))
    assert sentence in layout(redact(document, analysis, ()).document).text


def test_a_members_own_title_tells_the_member_from_a_namesake(rules: Rules) -> None:
    text = printed(rules, "Mr Ashworth, the neighbour, rang. Mr Ashworth rang again. Dr Ashworth met the family.")
    assert text.endswith("rang again. Dr Ashworth met the family.")
    assert "Mr Ashworth" not in text


@pytest.mark.slow
@pytest.mark.parametrize("sentences", [STAYS], ids=["all"])
def test_a_member_stays_with_the_real_models(rules: Rules, engine: Engine, sentences: tuple[str, ...]) -> None:
    lost = []
    for sentence in sentences[::3]:
        document = extract.read_text(text_of(sentence), DocumentKind.OVERVIEW)
        analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
        if sentence not in layout(redact(document, analysis, ()).document).text:
            lost.append(sentence)
    assert lost == []


@pytest.mark.slow
def test_somebody_else_goes_with_the_real_models(rules: Rules, engine: Engine) -> None:
    for sentence, gone in GOES[::3]:
        document = extract.read_text(text_of(sentence), DocumentKind.OVERVIEW)
        analysis = anonymise.analyse([document], CaseFacts(), rules, engine)
        after = layout(redact(document, analysis, ()).document).text.split("2.2 ")[1].split("2.3 ")[0]
        assert not set(gone.split()) & set(re.findall(r"[\w']+", after)), gone
