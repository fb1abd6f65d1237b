"""One identity for all forms of a person's name, the right one where names are shared, and the labels."""

from __future__ import annotations

import pytest
from detect_pages import analysed, of, who

from pipeline.identities import alike
from pipeline.models import Action, Analysis, CaseFacts, DocumentKind
from pipeline.rules import Rules

PANEL = """# Overview Report

## Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Helen Ashworth | Independent Chair | None |
| Sarah Price | Head of Housing | Southwark Council |
| Linh Nguyen | Named Nurse | King's College Hospital |

## The facts

1.1 Adaeze Okonjo was killed by her husband, Emeka Okonjo.

"""
PEOPLE = ("Helen Ashworth", "Sarah Price", "Linh Nguyen", "Adaeze Okonjo", "Emeka Okonjo")
VICTIM, HUSBAND = "Adaeze Okonjo", "Emeka Okonjo"


def case(rules: Rules, text: str, *people: str, facts: CaseFacts | None = None) -> Analysis:
    return analysed(rules, f"{PANEL}1.2 {text}", people=(*PEOPLE, *people), facts=facts)[1]


FORMS = [
    ("He struck Adaeze then.", "Adaeze", VICTIM),
    ("He struck Adeaze then.", "Adeaze", VICTIM),
    ("He told Adaeze Okonojo so.", "Adaeze Okonojo", VICTIM),
    ("He told Adaeze Ngozi Okonjo so.", "Adaeze Ngozi Okonjo", VICTIM),
    ("He struck Ada then.", "Ada", VICTIM),
    ("He struck AO then.", "AO", VICTIM),
    ("He struck ADAEZE OKONJO then.", "ADAEZE OKONJO", VICTIM),
    ("He wrote of OKONJO, Adaeze then.", "OKONJO, Adaeze", VICTIM),
    ("He wrote that adaeze lied.", "adaeze", VICTIM),
    ("He struck Adaeze’s sister then.", "Adaeze", VICTIM),
    ("He struck Adaezë then.", "Adaezë", VICTIM),
    ("Mrs Okonjo left. Mrs Adaeze Okonjo left.", "Mrs Okonjo", VICTIM),
    ("Mr Okonjo left. Mr Emeka Okonjo left.", "Mr Okonjo", HUSBAND),
    ("Mrs Adaeze Okonjo and Mr Emeka Okonjo came. He was Mr Okonjo.", "Mr Okonjo", HUSBAND),
    ("He was with E Okonjo then.", "E Okonjo", HUSBAND),
    ("He told Adaeze/Emeka so.", "Emeka", HUSBAND),
]


@pytest.mark.parametrize(("text", "form", "person"), FORMS, ids=[f[0] for f in FORMS])
def test_forms_of_one_name(rules: Rules, text: str, form: str, person: str) -> None:
    analysis = case(rules, text, "Adaeze Okonojo", "Adaeze Ngozi Okonjo", "ADAEZE OKONJO", "Ada", "E Okonjo")
    expected = next(i.key for i in analysis.identities if person in i.forms)
    assert [f.identity for f in of(analysis, form)] == [expected]


ALIASES = [
    ("Adaeze Okonjo, known as Kiki, rang. Kiki cried.", "Kiki"),
    ("Adaeze Okonjo, also known as Kiki, rang. Kiki cried.", "Kiki"),
    ("Adaeze Okonjo (Kiki) rang. Kiki cried.", "Kiki"),
    ("Adaeze Okonjo, known to her family as 'Kiki', rang. Kiki cried.", "Kiki"),
    ("Adaeze Okonjo (née Ezeoke) rang. Ms Ezeoke cried.", "Ms Ezeoke"),
    ("Adaeze Okonjo, formerly Ezeoke, rang. Ms Ezeoke cried.", "Ms Ezeoke"),
]


@pytest.mark.parametrize(("text", "form"), ALIASES, ids=[a[0] for a in ALIASES])
def test_aliases_and_former_names(rules: Rules, text: str, form: str) -> None:
    assert set(who(case(rules, text, "Kiki"), form)) == {VICTIM}


def test_two_people_of_one_surname_are_told_apart_by_title(rules: Rules) -> None:
    text = "Mrs Adaeze Okonjo and Mr Emeka Okonjo came. Mr Okonjo left. Mrs Okonjo stayed. Mr Okonjo rang."
    analysis = case(rules, text)
    assert who(analysis, "Mr Okonjo") == [HUSBAND] * 2
    assert who(analysis, "Mrs Okonjo") == [VICTIM]


def test_an_officer_with_a_members_surname_is_somebody_else(rules: Rules) -> None:
    analysis = case(rules, "DC Price arrested him. Ms Price of the Panel asked why. DC Price did not answer.")
    assert [analysis.identity(f.identity).proposed for f in of(analysis, "DC Price")] == [Action.REDACT] * 2
    assert [analysis.identity(f.identity).proposed for f in of(analysis, "Ms Price")] == [Action.KEEP]
    assert analysis.identity(of(analysis, "DC Price")[0].identity).label == "Officer 1"


def test_a_neighbour_with_a_members_surname_is_somebody_else(rules: Rules) -> None:
    analysis = case(rules, "She told a neighbour, Mrs Nguyen, so. The Panel asked Linh Nguyen.")
    assert [analysis.identity(f.identity).proposed for f in of(analysis, "Mrs Nguyen")] == [Action.REDACT]
    assert analysis.identity(of(analysis, "Mrs Nguyen")[0].identity).label == "Neighbour 1"
    assert all(analysis.identity(f.identity).proposed is Action.KEEP for f in of(analysis, "Linh Nguyen"))


def test_a_child_is_not_mrs(rules: Rules) -> None:
    text = "Her daughter, Chioma Okonjo, was five. Mrs Okonjo rang the school about Chioma."
    analysis = case(rules, text, "Chioma Okonjo", "Chioma")
    assert who(analysis, "Mrs Okonjo") == [VICTIM]
    assert analysis.identity(of(analysis, "Chioma")[0].identity).label == "Child 1"


def test_members_stay_in_every_form(rules: Rules) -> None:
    text = (
        "Linh Nguyen asked. Ms Nguyen of the Panel asked. Sarah Price asked. Dr Ashworth asked. Helen Ashworth wrote."
    )
    analysis = case(rules, text)
    for form in ("Linh Nguyen", "Ms Nguyen", "Sarah Price", "Dr Ashworth", "Helen Ashworth"):
        assert of(analysis, form)
        assert all(analysis.identity(f.identity).proposed is Action.KEEP for f in of(analysis, form)), form


def test_an_agreed_pseudonym_stays_and_the_name_behind_it_goes(rules: Rules) -> None:
    text = "Marisol (not her name) rang. Adaeze rang. Marisol’s sister came."
    analysis = case(rules, text, "Marisol", facts=CaseFacts(pseudonyms={"Marisol": "the victim"}))
    assert {analysis.identity(f.identity).proposed for f in of(analysis, "Marisol")} == {Action.KEEP}
    assert {analysis.identity(f.identity).proposed for f in of(analysis, "Adaeze")} == {Action.REDACT}


def test_labels_by_role(rules: Rules) -> None:
    text = (
        "A neighbour, Zeynep Demir, rang. Her friend, Marta Nowak, rang. Her son, Chidi Okonjo, was five and her "
        "daughter, Chioma Okonjo, was two. PC Kofi Mensah came. Ewa Lis left."
    )
    people = ("Zeynep Demir", "Marta Nowak", "Chidi Okonjo", "Chioma Okonjo", "Kofi Mensah", "Ewa Lis")
    analysis = case(rules, text, *people)
    labels = {i.name: (i.label, i.role) for i in analysis.identities if i.proposed is Action.REDACT}
    assert labels == {
        VICTIM: ("Adult A", "victim"),
        HUSBAND: ("Adult B", "perpetrator"),
        "Zeynep Demir": ("Neighbour 1", "neighbour"),
        "Marta Nowak": ("Friend 1", "friend"),
        "Chidi Okonjo": ("Child 1", "son"),
        "Chioma Okonjo": ("Child 2", "daughter"),
        "Kofi Mensah": ("Officer 1", "pc"),
        "Ewa Lis": ("Person 1", ""),
    }


def test_roles_from_a_table_of_people(rules: Rules) -> None:
    table = "| Name | Relationship |\n|---|---|\n| Zeynep Demir | Neighbour |\n| Marta Nowak | Social worker |"
    analysis = case(rules, f"These are they.\n\n{table}", "Zeynep Demir", "Marta Nowak")
    labels = {i.name: i.label for i in analysis.identities}
    assert (labels["Zeynep Demir"], labels["Marta Nowak"]) == ("Neighbour 1", "Social Worker 1")


def test_one_label_in_all_documents(rules: Rules) -> None:
    people = (*PEOPLE, "Zeynep Demir", "Marta Nowak")
    summary = "# Executive Summary\n\nMarta Nowak rang. Zeynep Demir rang."
    _, analysis = analysed(rules, f"{PANEL}1.2 Zeynep Demir rang.", summary, people=people)
    demir = next(i for i in analysis.identities if i.name == "Zeynep Demir")
    assert (demir.label, demir.count) == ("Person 1", 2)
    assert {f.document for f in analysis.findings if f.identity == demir.key} == set(DocumentKind)


def test_keys_are_stable_and_say_nothing_of_the_person(rules: Rules) -> None:
    first, again = case(rules, "Adaeze rang."), case(rules, "Adaeze rang. Nobody came.")
    assert {i.key for i in first.identities} == {i.key for i in again.identities}
    assert not [i.key for i in first.identities if "okonjo" in i.key or "adaeze" in i.key]
    assert len({i.key for i in first.identities}) == len(first.identities)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("adaeze", "adeaze", True),
        ("okonjo", "okonojo", True),
        ("kowalski", "kowalsky", True),
        ("nguyen", "nguyan", True),
        ("demir", "demiri", True),
        ("ali", "eli", False),
        ("price", "brice", False),
        ("okonjo", "mensah", False),
        ("amir", "emir", False),
    ],
)
def test_misspellings(a: str, b: str, same: bool) -> None:
    assert alike(a, b) is same
    assert alike(b, a) is same
