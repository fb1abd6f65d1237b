"""Sentences that once hid a name or a number from every layer, with the real models; and panels that were misread."""

from __future__ import annotations

import re

import pytest

from pipeline import anonymise, extract
from pipeline.detect.engine import Engine
from pipeline.models import Analysis, CaseFacts, Document, DocumentKind, layout
from pipeline.redact import redact
from pipeline.rules import Rules

pytestmark = pytest.mark.slow

BEGINNING = """# Overview Report into the death of Adaeze Okonjo

## 1 Background

1.1 Adaeze Okonjo was killed by her husband, Emeka Okonjo, on 3 March 2019. Their child is Tobi Okonjo.

"""


def analysed(text: str, engine: Engine, rules: Rules) -> tuple[Document, Analysis]:
    document = extract.read_text(text + "\n", DocumentKind.OVERVIEW)
    return document, anonymise.analyse([document], CaseFacts(), rules, engine)


def printed(text: str, engine: Engine, rules: Rules) -> str:
    document, analysis = analysed(text, engine, rules)
    return layout(redact(document, analysis, ()).document).text


@pytest.mark.parametrize(
    ("sentence", "gone"),
    [
        ("As described by Stark (2007). Emeka Okonjo took the telephone of Tobi Okonjo away.", "Emeka Okonjo Tobi"),
        ("Monckton Smith (2021): Adaeze Okonjo was at step six when Emeka came.", "Adaeze Okonjo Emeka"),
        ("She had two children, Tobi (2011) and Ifeoma (2014).", "Tobi Ifeoma"),
        ("Her brother, Chukwudi (1979), spoke.", "Chukwudi"),
        ("Her sister Ngozi Eze of Camden Council wrote.", "Ngozi Eze"),
        ("Emeka Okonjo's Care Act 2014 assessment came.", "Emeka Okonjo"),
        ("Chidi's Mental Health Act 1983 detention was noted.", "Chidi"),
        ("In respect of Tobi, Ada, and Chidi, Care Act 2014 duties applied.", "Tobi Ada Chidi"),
        ("London Borough of Southwark and Emeka Okonjo answered.", "Emeka Okonjo"),
        ("The Adaeze Okonjo Hospital was named in the Kwame Mensah Act.", "Adaeze Okonjo Kwame Mensah"),
        ("He kept the cards 4111 1111 1111 1111 and 35 2099 0017 6148.", "4111 2099 0017 6148"),
        ("The local number was 7946 0123, and 943 476 5910 another.", "7946 0123 943 476 5910"),
        ("See 4471-22-908, 35-209900-176148-1 and 07700.900.123.", "4471 908 209900 07700 900"),
        ("The reference was 12-3456-78 then.", "3456"),
        ("PC 4471 came. Her PIN was 4417.", "4471 4417"),
        ("It was on 2019/03/14 or 14 mar 2019, Tuesday the 5th.", "14 5th"),
        ("It was on 3/5, the third of May, or between May 3 and 5.", "third 3 5"),
        ("LIV is in the kitchen. MIMI came. VIC and LIV went.", "LIV MIMI VIC"),
        ("Hope said that she was afraid. Rose left school. Joy cried. Mark hit her.", "Hope Rose Joy Mark"),
        ("She told Mr Bishop. Mr Judge came.", "Bishop Judge"),
        ("A friend, Rose Field, came. Later ROSE FIELD left.", "Field FIELD"),
        ("Ray Power rang. Amber Stonehouse rang.", "Ray Power Amber Stonehouse"),
        ("She told Iris. She told April.", "Iris April"),
        ("Maria de la Cruz was a friend.", "Maria Cruz"),
        ("| Name | Relationship |\n|---|---|\n| Hope | Sister |\n| Mark | Brother |", "Hope Mark"),
        ("| Forename | Surname |\n|---|---|\n| Hope | Price |\n| Mark | Hill |", "Hope Price Mark Hill"),
    ],
)
def test_nothing_hides_a_name_or_a_number(sentence: str, gone: str, engine: Engine, rules: Rules) -> None:
    text = printed(BEGINNING + ("" if sentence.startswith("|") else "1.2 ") + sentence, engine, rules)
    added = text.split("Their child is")[1]
    assert set(re.findall(r"[\w']+", added)) & set(gone.split()) == set()


@pytest.mark.parametrize(
    "kept",
    [
        "Research by Stark (2007) and Johnson (2008) shows it.",
        "under section 9 of the Domestic Violence, Crime and Victims Act 2004",
        "Guy's and St Thomas' NHS Foundation Trust, Oxleas NHS Foundation Trust and Camden Council replied.",
        "The helpline is 0808 2000 247.",
        "It cost 1,250 pounds between 2013 and 2014, at 4.5 per cent.",
    ],
)
def test_and_nothing_needless_goes(kept: str, engine: Engine, rules: Rules) -> None:
    assert kept in printed(f"{BEGINNING}1.2 {kept}", engine, rules)


MEMBERS = [
    (
        "## 1 Introduction\n\n1.1 The Review Panel comprised Helen Ashworth (Independent Chair), Martin Obi (Head of "
        "Community Safety) and Joan O'Hara-Price (Refuge).",
        {"Helen Ashworth", "Martin Obi", "Joan O'Hara-Price"},
    ),
    ("## Panel\n\n- Grace Joy, Probation\n- April May, NHS\n- Helen Price, Independent Chair",
     {"Grace Joy", "April May", "Helen Price"}),
    ("Panel members:\n\nInes Calloway, Independent Chair\n\nMaud Perrine, Named Nurse, Larch Trust\n\n## Background",
     {"Ines Calloway", "Maud Perrine"}),
    ("# Report of the Domestic Homicide Review Panel\n\n## Background\n\n- Ngozi Eze, sister\n- Bola Ade, nephew",
     set()),
    ("## What the family told the Panel\n\n- Ngozi Eze, a teacher\n- Bola Ade, a nurse", set()),
    ("## The Review Panel\n\n1.1 The panel was assisted by family members: Ngozi Eze, sister of the victim.", set()),
    ("## 2 Method\n\n2.1 The MARAC meeting was chaired by Sipho Dube. The review of the plan was chaired by "
     "Bola Ade.", set()),
    ("## Review Panel\n\n| Name | Role | Agency |\n|---|---|---|\n| Helen Ashworth | Chair | Independent |\n"
     "| Martin Obi | Adaeze Okonjo's Social Worker | Southwark Council |", {"Helen Ashworth", "Martin Obi"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "members"), MEMBERS)
def test_the_panel_and_nobody_else(text: str, members: set[str], engine: Engine, rules: Rules) -> None:
    _, analysis = analysed(f"# Overview Report\n\n{text}", engine, rules)
    assert {m.name for m in analysis.panel} == members


def test_a_forename_alone_is_no_member(engine: Engine, rules: Rules) -> None:
    text = "## Review Panel\n\n- Helen Price, Independent Chair\n\n## 2\n\n2.1 Helen, his daughter aged 6, saw it."
    assert "Helen, his" not in printed(f"# Overview Report\n\n{text}", engine, rules)


def test_a_member_in_full_at_the_start_of_a_sentence_stays(engine: Engine, rules: Rules) -> None:
    text = "## Review Panel\n\n- Hamish Swan, Independent Chair\n\n## 2\n\n2.1 Hamish Swan drew attention to it."
    assert "2.1 Hamish Swan drew" in printed(f"# Overview Report\n\n{text}", engine, rules)


def test_a_surname_and_a_forename_that_are_words_in_a_column_of_people(engine: Engine, rules: Rules) -> None:
    rows = "| Health | Swan, Charity | 2013 |\n| Police | Obi, Ngozi | 2013 |\n| Housing | Eze, Bola | 2013 |"
    text = printed(f"# Overview Report\n\n| Agency | Author | Received |\n|---|---|---|\n{rows}", engine, rules)
    assert not {"Swan", "Charity", "Obi", "Ngozi", "Eze", "Bola"} & set(re.findall(r"\w+", text))
