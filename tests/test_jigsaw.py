"""Warnings about what may single a family out though every name is gone, each on an invented page of its own."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import anonymise, casefile, jigsaw, preview
from pipeline import rules as rule_files
from pipeline.detect.engine import Engine
from pipeline.errors import RulesError
from pipeline.extract import read_text
from pipeline.jigsaw import loading
from pipeline.jigsaw.rules import CODES, Threshold
from pipeline.models import (
    Action,
    Analysis,
    CaseFacts,
    Decision,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    JigsawWarning,
    PanelMember,
    layout,
)
from pipeline.rules import Rules

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KIND = IdentityKind.PERSON
# who is in every page: name as written -> (label, role, stays)
PEOPLE: Mapping[str, tuple[str, str, bool]] = {
    "Jane Smith": ("Adult A", "victim", False),
    "Tom Bell": ("Adult B", "perpetrator", False),
    "Lily": ("Child 1", "daughter", False),
    "PC Reed": ("Officer 1", "officer", False),
    "Olu Hart": ("Person 1", "", False),
    "Dr Vale": ("Dr Vale", "Chair", True),
}
TELLING = "Jane Smith, a 37-year-old Nigerian woman, worked as a bell-ringer."


def case(text: str, people: Mapping[str, tuple[str, str, bool]] = PEOPLE) -> tuple[Document, Analysis]:
    """A page in which these people are found wherever their names stand; "Acton" goes as a place."""
    document = read_text(text, DocumentKind.OVERVIEW)
    made = layout(document).text
    findings, identities = [], []
    for number, (name, (label, role, stays)) in enumerate(people.items()):
        places = [m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", made)]
        key = f"person-{number:02}"
        findings += [Finding(document.kind, *span, "PERSON", name, key, ("test",)) for span in places]
        action = Action.KEEP if stays else Action.REDACT
        member = role == "Chair"
        identities.append(Identity(key, KIND, "PERSON", name, (name,), role, action, label, "test", member=member))
    for match in re.finditer("Acton", made):
        findings.append(Finding(document.kind, *match.span(), "PLACE", "Acton", "value-01", ("test",)))
    place = Identity(
        "value-01", IdentityKind.VALUE, "PLACE", "Acton", ("Acton",), "", Action.REDACT, "[place]", "test"
    )
    findings.sort(key=lambda f: f.start)
    members = tuple(PanelMember(name) for name, (_, role, _) in people.items() if role == "Chair")
    return document, Analysis(tuple(findings), (*identities, place), members)


def warned(
    rules: Rules, text: str, *codes: str, facts: CaseFacts | None = None, decisions: Sequence[Decision] = ()
) -> list[JigsawWarning]:
    """The warnings of these codes (of all, where none is named) about a page."""
    document, analysis = case(text)
    found = jigsaw.warnings([document], facts or CaseFacts(), analysis, rules.jigsaw, decisions)
    return [w for w in found if not codes or w.code in codes]


def decided(identity: str, action: Action = Action.REDACT, label: str = "") -> Decision:
    return Decision(identity, action, label, "key", NOW)


# Combinations


def test_three_kinds_of_fact_about_one_person_are_a_warning(rules: Rules) -> None:
    (warning,) = warned(rules, TELLING)
    assert warning.code == "jigsaw"
    assert warning.message == (
        "About Adult A these facts stay in print: occupation (bell-ringer, in the beginning); origin or language "
        "(Nigerian, in the beginning); age (37-year-old, in the beginning). Together they may single the family out."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith was 37 years old. She died in May 2019.",
        "Jane Smith was a Nigerian woman. She was Nigerian, of Nigerian heritage.",
        "Jane Smith was a White British woman of 37 who lived in Southwark and was a cleaner.",
        "Jane Smith was 37 years old. Tom Bell worked as a porter. Lily went to Mass.",
        "The Panel thanks everybody.\n\nIt met Jane Smith's friends at the mosque.",
    ],
)
def test_few_facts_or_common_ones_or_facts_about_several_people_are_none(rules: Rules, text: str) -> None:
    assert warned(rules, text) == []


def test_facts_about_somebody_without_a_name_are_a_warning_where_they_stand_together(rules: Rules) -> None:
    (warning,) = warned(rules, "1.1 The witness was a 37-year-old Nigerian bell-ringer.")
    assert "About somebody in 1.1" in warning.message


def test_facts_about_nobody_are_none(rules: Rules) -> None:
    assert (
        warned(rules, "1.1 There are services for deaf people, for Muslim and for Irish families, and for twins.")
        == []
    )


def test_facts_are_linked_by_the_label_through_the_whole_document(rules: Rules) -> None:
    text = "# A report\n\n1.1 Jane Smith was 37 years old.\n\n1.2 Tom Bell was late.\n\n1.3 Jane Smith was Nigerian."
    assert warned(rules, text) == []
    text += "\n\n1.4 PC Reed spoke to Jane Smith. She was a bell-ringer."
    (warning,) = warned(rules, text)
    assert "bell-ringer, in 1.4" in warning.message
    assert "Nigerian, in 1.3" in warning.message


def test_two_names_under_one_label_are_one_person_to_a_reader(rules: Rules) -> None:
    text = "Jane Smith was a 37-year-old woman. Olu Hart was a Nigerian bell-ringer."
    assert warned(rules, text, "jigsaw") == []
    (warning,) = warned(rules, text, "jigsaw", decisions=[decided("person-04", label="Adult A")])
    assert warning.message.startswith("About Adult A")


def test_a_fact_that_goes_is_no_fact(rules: Rules) -> None:
    text = "Jane Smith was a 37-year-old woman of Irish heritage who lived in Acton."
    assert warned(rules, text) == []
    (warning,) = warned(rules, text, decisions=[decided("value-01", Action.KEEP)])
    assert "place (Acton" in warning.message


def test_facts_about_the_panel_and_professionals_are_none(rules: Rules) -> None:
    assert warned(rules, "Dr Vale, a 61-year-old Nigerian, was a bell-ringer.") == []
    assert warned(rules, "PC Reed, a 61-year-old Nigerian, was a bell-ringer.") == []


def test_a_professional_takes_no_fact_from_the_family(rules: Rules) -> None:
    (warning,) = warned(rules, "Jane Smith told PC Reed that she was a Nigerian bell-ringer aged 37.")
    assert warning.message.startswith("About Adult A")


def test_a_row_of_a_table_is_about_whom_it_names(rules: Rules) -> None:
    table = (
        "# Family\n\n| Name | Age in May 2019 | Ethnicity | Occupation |\n|---|---|---|---|\n"
        "| Jane Smith | 37 | Black African, Nigerian | Bell-ringer |\n| Tom Bell | 41 | White British | - |\n"
    )
    (warning,) = warned(rules, table)
    assert "About Adult A" in warning.message
    assert "age (37" in warning.message
    assert "Black African, Nigerian" in warning.message


def test_a_name_that_stays_by_agreement_is_warned_about_too(rules: Rules) -> None:
    document, analysis = case(TELLING, {"Jane Smith": ("Jane Smith", "agreed pseudonym", True)})
    (warning,) = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)
    assert warning.message.startswith("About Jane Smith")


def test_beyond_the_most_telling_people_are_put_together(rules: Rules) -> None:
    names = ["Ann Abel", "Ben Best", "Cat Cole", "Dan Dean", "Eve East", "Fay Ford", "Gil Gray"]
    people = {name: (f"Relative {n}", "", False) for n, name in enumerate(names, start=1)}
    text = "\n\n".join(f"{name}, a {30 + n}-year-old Nigerian, was a bell-ringer." for n, name in enumerate(names))
    document, analysis = case(text, people)
    found = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)
    assert len(found) == rules.jigsaw.most + 1
    assert all(label in " ".join(w.message for w in found) for label, _, _ in people.values())
    assert len({w.key for w in found}) == len(found)


def test_a_warning_lies_where_its_facts_are_in_the_source(rules: Rules) -> None:
    text = f"# A report\n\n1.1 Tom Bell was late.\n\n1.2 {TELLING}"
    document, _ = case(text)
    (warning,) = warned(rules, text)
    source = layout(document).text[warning.start : warning.end]
    assert source == "37-year-old Nigerian woman, worked as a bell-ringer"


def test_no_message_quotes_a_name_that_goes(rules: Rules) -> None:
    text = (
        f"{TELLING} Jane Smith (born Jane Smith) was seen. Olu Hart shares a surname with Dr Vale. "
        "The press coverage named Jane Smith. This version uses real names. Lily is 9. Lily was then aged five."
    )
    found = warned(rules, text)
    assert {w.code for w in found} == {"jigsaw", "children", "untrue", "press", "strange", "shared-name"}
    for warning in found:
        assert not any(name in warning.message for name, (_, _, stays) in PEOPLE.items() if not stays)


def test_a_key_outlives_changes_elsewhere_and_other_labels_but_no_new_fact(rules: Rules) -> None:
    (before,) = warned(rules, TELLING)
    (longer,) = warned(rules, f"# A heading\n\nSomething else was written.\n\n{TELLING}")
    (other,) = warned(rules, TELLING, decisions=[decided("person-00", label="Mother 1")])
    assert before.key == longer.key == other.key
    (added,) = warned(rules, TELLING + " She was a widow.")
    assert added.key != before.key
    assert re.fullmatch(r"warning-[0-9a-f]{12}", before.key)


def test_the_same_facts_of_two_people_are_two_warnings(rules: Rules) -> None:
    text = f"{TELLING}\n\n{TELLING.replace('Jane Smith', 'Olu Hart')}"
    keys = [w.key for w in warned(rules, text)]
    assert len(keys) == len(set(keys)) == 2


def accepted(before: Sequence[JigsawWarning], after: Sequence[JigsawWarning]) -> bool:
    """Whether an acceptance of each warning before would leave none open after."""
    return {w.key for w in after} <= {w.key for w in before}


def test_an_acceptance_never_passes_to_another_person_of_whom_the_same_is_told(rules: Rules) -> None:
    text = f"1.1 {TELLING}\n\n1.2 {TELLING.replace('Jane Smith', 'Tom Bell')}"
    first, second = warned(rules, text)
    assert warned(rules, text, decisions=[decided("person-00", label="Officer 2")]) == [second]
    assert warned(rules, text, decisions=[decided("person-01", label="Officer 2")]) == [first]


def test_what_is_told_of_two_people_is_not_accepted_when_they_change_places(rules: Rules) -> None:
    people = {name: (f"Relative {n}", "", False) for n, name in enumerate(["Ann Abel", "Ben Best", "Cat Cole"])}

    def summed_up(first: str, second: str) -> JigsawWarning:
        rest = replace(rules.jigsaw, most=1)
        told = f"Ann Abel, a 30-year-old Nigerian, was a deaf bell-ringer.\n\n{first} was a 31-year-old Irish porter."
        told += f" She went to Mass.\n\n{second} was a 32-year-old Polish organist."
        document, analysis = case(told, people)
        return jigsaw.warnings([document], CaseFacts(), analysis, rest)[-1]

    one, other = summed_up("Ben Best", "Cat Cole"), summed_up("Cat Cole", "Ben Best")
    assert one.message.startswith("Several kinds of fact")
    assert one.key != other.key


def test_facts_about_somebody_without_a_name_are_accepted_in_that_paragraph_only(rules: Rules) -> None:
    text = "1.1 The witness was a 37-year-old Nigerian bell-ringer."
    before = warned(rules, text, "jigsaw")
    again = warned(rules, f"1.0 Something else was written.\n\n{text}", "jigsaw")
    other = warned(rules, text.replace("The witness", "Her own brother"), "jigsaw")
    assert len(before) == len(other) == 1
    assert accepted(before, again)
    assert not accepted(before, other)


def test_every_warning_has_a_key_of_its_own_though_a_paragraph_stands_twice(rules: Rules) -> None:
    line = "The witness was a 37-year-old Nigerian bell-ringer. This version uses real names."
    found = warned(rules, f"1.1 {line}\n\n1.2 {line}\n\n1.3 {TELLING}\n\n1.4 {TELLING}")
    assert len({w.key for w in found}) == len(found)
    assert "1.1 and 1.2" in found[0].message + found[1].message


def test_every_fact_that_is_accepted_is_shown(rules: Rules) -> None:
    rare = "Nigerian Irish Polish Kurdish Somali Turkish Tamil Korean Welsh".split()
    text = "# A\n\n" + "\n\n".join(f"1.{n} Jane Smith was {word}." for n, word in enumerate(rare, start=1))
    (warning,) = warned(rules, f"{text}\n\n1.10 {TELLING}")
    assert [word for word in rare if word not in warning.message] == []
    assert "1.8, 1.9 and 1.10" in warning.message


def test_every_fact_of_those_put_together_is_shown(rules: Rules) -> None:
    names = ["Ann Abel", "Ben Best", "Cat Cole", "Dan Dean", "Eve East", "Fay Ford"]
    people = {name: (f"Relative {n}", "", False) for n, name in enumerate(names, start=1)}
    text = "\n\n".join(f"1.{n} {name}, aged {30 + n}, was a Nigerian organist." for n, name in enumerate(names))
    document, analysis = case(text, people)
    last = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)[-1]
    assert (
        "About Relative 5: occupation (organist, in 1.4); origin or language (Nigerian, in 1.4); age" in last.message
    )
    assert "About Relative 6" in last.message
    assert "aged 35" in last.message


# The Panel


def test_somebody_kept_who_bears_a_members_name_is_no_member(rules: Rules) -> None:
    document, analysis = case(
        "Dr Vale met the Panel.\n\nLily, a 9-year-old Nigerian girl, was deaf. Her brother was then aged five."
    )
    namesake = replace(analysis.identity("person-02"), name="Dr Vale", forms=("Dr Vale",))
    changed = tuple(namesake if i.key == namesake.key else i for i in analysis.identities)
    analysis = replace(analysis, identities=changed)
    kept = [decided("person-02", Action.KEEP)]
    found = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw, kept)
    assert {w.code for w in found} == {"jigsaw", "children"}


def test_a_member_is_known_by_the_proposal_however_the_panel_list_writes_the_name(rules: Rules) -> None:
    document, analysis = case("Dr Vale, a 61-year-old Nigerian, was a bell-ringer.")
    analysis = replace(analysis, panel=(PanelMember("Doctor A. Vale"),))
    assert jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw) == ()


# Children


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Lily is 9. Her brother was then aged five.", True),
        ("Lily was in Year 4. Lily was nine years old.", True),
        ("Lily was nine years old. Jane Smith had two daughters.", True),
        ("Lily was a girl aged 4. Her brother was a boy aged 4. Another child, a girl aged 4, lived there.", True),
        ("Lily was nine years old.", False),
        ("The programme is for children aged 5 to 11.", False),
        ("Jane Smith had two daughters.", False),
    ],
)
def test_exact_ages_of_children(rules: Rules, text: str, warns: bool) -> None:
    assert [w.code for w in warned(rules, text)] == (["children"] if warns else [])


# Sentences


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("This version uses real names.", "untrue"),
        ("It is marked RESTRICTED.", "untrue"),
        ("It is not to be copied or published in this form.", "untrue"),
        ("The pseudonyms were chosen by her sister.", "untrue"),
        ("Figure 1: Jane Smith with her mother", "untrue"),
        ("The trial was reported in the local press.", "press"),
        ("Jane Smith (born Jane Smith) was seen.", "strange"),
        ("Jane Smith, known to everyone as Jane Smith, was seen.", "strange"),
        ("Records call Jane Smith 'Jane Smith'.", "strange"),
        ("Jane Smith was Tom Bell's wife, formerly of London.", ""),
        ("Jane Smith saw Tom Bell. Jane Smith left.", ""),
        ("Olu Hart shares a surname with Dr Vale.", "shared-name"),
        ("Dr Vale, who is no relation, spoke to Olu Hart.", "shared-name"),
        ("Dr Vale confirmed that she is not related to anyone in this report.", "shared-name"),
        ("Jane Smith was not related to Olu Hart.", ""),
        ("Nobody on the Panel is related to the family.", ""),
    ],
)
def test_sentences_that_need_a_look(rules: Rules, text: str, code: str) -> None:
    assert [w.code for w in warned(rules, f"# A report\n\n2.1 {text}")] == ([code] if code else [])


def test_names_that_the_family_chose_are_true_where_they_stay(rules: Rules) -> None:
    text = "The pseudonyms were chosen by her sister."
    assert warned(rules, text, facts=CaseFacts(pseudonyms={"Mirela": ""})) == []


def test_sentences_of_one_sort_are_one_warning_with_every_place(rules: Rules) -> None:
    text = "# A\n\n1.1 This version uses real names.\n\n1.2 It is marked RESTRICTED.\n\n1.3 It is marked RESTRICTED."
    (warning,) = warned(rules, text)
    assert "(1.1)" in warning.message
    assert "(1.2 and 1.3)" in warning.message


@pytest.mark.parametrize(
    ("once", "then"),
    [
        ("It was covered by BBC London.", "It was covered by BBC Crimewatch, Series 9 (THE BELL RINGER OF PECKHAM)."),
        ("It was covered by BBC London.", "It was covered by BBC London on 4 May 2019."),
        ("It was covered by BBC London.", "It was covered by BBC London.\n\n1.2 It was covered by BBC London."),
        ("Jane Smith (born Jane Smith) was seen.", "Lily (born Lily) was seen."),
        ("Olu Hart shares a surname with Dr Vale.", "Tom Bell shares a surname with Dr Vale."),
        ("It is marked RESTRICTED.", "It is marked OFFICIAL-SENSITIVE."),
    ],
)
def test_a_sentence_is_accepted_in_its_own_words_only(rules: Rules, once: str, then: str) -> None:
    before, after = warned(rules, f"1.1 {once}"), warned(rules, f"1.1 {then}")
    assert [w.code for w in before] == [w.code for w in after]
    assert not accepted(before, after)
    assert accepted(before, warned(rules, f"1.0 Nothing else.\n\n1.1 {once}"))


def test_a_sentence_is_accepted_for_what_was_wrong_with_it(rules: Rules) -> None:
    other = tuple(replace(rule, says="something else") for rule in rules.jigsaw.texts)
    document, analysis = case("This version uses real names.")
    (one,) = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)
    (two,) = jigsaw.warnings([document], CaseFacts(), analysis, replace(rules.jigsaw, texts=other))
    assert one.key != two.key


# Tables


@pytest.mark.parametrize(
    ("cell", "code"),
    [("37²", "jigsaw"), ("²", "jigsaw"), ("①", "jigsaw"), ("9²", "children"), ("nine", "children")],
)
def test_a_mark_in_a_cell_of_ages_stops_nothing(rules: Rules, cell: str, code: str) -> None:
    table = (
        f"| Name | Age | Ethnicity | Occupation |\n|---|---|---|---|\n| Jane Smith | {cell} | Nigerian | Organist |"
    )
    found = warned(rules, f"{table}\n\nJane Smith had two daughters.", code)
    assert [cell in w.message for w in found] == [True]


# Labels and pseudonyms


def test_a_pseudonym_that_is_a_name_in_the_case(rules: Rules) -> None:
    facts = CaseFacts(pseudonyms={"Lily": "the subject of the review", "Mirela": "her sister"})
    document, analysis = case("Lily saw Jane Smith.")
    (warning,) = jigsaw.warnings([document], facts, analysis, rules.jigsaw)
    assert warning.code == "pseudonym"
    assert warning.message == ("Agreed pseudonym 1 of the case file is also a name of somebody in the case.")


def test_an_officers_own_words_for_a_pseudonym_are_not_quoted(rules: Rules) -> None:
    facts = CaseFacts(pseudonyms={"Lily": "Marjory Smith, the subject of the review", "Jasmine": "the victim, Jane"})
    found = warned(rules, "Lily saw Jane Smith.", "pseudonym", facts=facts)
    assert len(found) == 2
    assert not re.search("Marjory|Jane", " ".join(w.message for w in found))


def test_a_pseudonym_is_accepted_for_the_people_whose_name_it_is(rules: Rules) -> None:
    facts = CaseFacts(pseudonyms={"Bell": ""})
    people = {"Tom Bell": ("Adult B", "", False), "Ann Bell": ("Relative 1", "", False)}
    keys = set()
    for text in ("Tom Bell left.", "Ann Bell left.", "Tom Bell and Ann Bell left."):
        document, analysis = case(text, people)
        here = {f.identity for f in analysis.findings}
        analysis = replace(analysis, identities=tuple(i for i in analysis.identities if i.key in here))
        (warning,) = jigsaw.warnings([document], facts, analysis, rules.jigsaw)
        keys.add(warning.key)
    assert len(keys) == 3


def test_a_pseudonym_with_the_first_letter_of_the_real_name(rules: Rules) -> None:
    text = "Jane Smith saw Lily."
    (warning,) = warned(rules, text, facts=CaseFacts(pseudonyms={"Jasmine": "the subject of the review"}))
    assert "begins with the same letter" in warning.message
    assert warned(rules, text, facts=CaseFacts(pseudonyms={"Mirela": "the subject of the review"})) == []


def test_one_label_for_two_people_only_where_somebody_typed_it(rules: Rules) -> None:
    text = "Jane Smith saw Olu Hart."
    (warning,) = warned(rules, text, decisions=[decided("person-04", label="Adult A")])
    assert warning.code == "same-label"
    assert "2 people" in warning.message
    assert warned(rules, text, decisions=[decided("person-04", label="Neighbour 3"), decided("person-00")]) == []


def test_a_typed_letter_that_is_an_initial(rules: Rules) -> None:
    text = "Olu Hart saw Jane Smith."
    (warning,) = warned(rules, text, decisions=[decided("person-04", label="Witness H")])
    assert warning.code == "initial"
    assert warned(rules, text, decisions=[decided("person-04", label="Witness B")]) == []
    assert warned(rules, text, decisions=[decided("person-00", label="Adult S")]) == []


# Rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rule_files.FOLDER, tmp_path / "redaction_rules"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  most: 4", "  most: none", "a number of 1 or more was expected"),
        ("  most: 4", "  least: 4", "unknown key 'least'"),
        ("paragraph: {kinds: 3, weight: 4}", "paragraph: {kinds: 3}", "key 'weight' is missing"),
        ("words: [twin, twins", "words: [No, twins", "a list of words was expected"),
        ('examples: ["the twins were asleep"', 'examples: ["the cats were asleep"', "finds nothing in this example"),
        ('near_misses: ["twin-track approach"', 'near_misses: ["twin"', "finds something in this near miss"),
        ('near_misses: ["twin-track approach", "the only childcare"]', "near_misses: []", "is empty"),
        ("  - code: press", "  - code: other", "'code' must be one of"),
        ("\\\\bno relation\\\\b", "\\\\bno (relation\\\\b", "not a regular expression"),
        ("    unless: pseudonyms", "    unless: never", "'unless' must be one of"),
        ("words: [twin, twins", "words: ['--', twins", "'--' holds no word"),
        ("words: [twin, twins", "words: [' ', twins", "' ' holds no word"),
    ],
)
def test_a_mistake_is_an_error_with_file_and_line(folder: Path, old: str, new: str, reason: str) -> None:
    path = folder / "jigsaw.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as error:
        loading.load(folder)
    assert re.search(r"redaction_rules/jigsaw\.yml, line \d+: ", error.value.message)
    assert reason in error.value.message


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"aged (?P<age>\w+)", "Jane Smith was aged thirtyish."),
        (r"aged(?: (?P<age>\d+))?", "Jane Smith was aged."),
        (r"aged(?: (?P<fact>\d+))?", "Jane Smith was aged."),
    ],
)
def test_a_pattern_whose_group_holds_no_number_is_a_fact_like_another(
    folder: Path, rules: Rules, pattern: str, text: str
) -> None:
    path = folder / "jigsaw.yml"
    row = f"{{kind: new, weight: 9, patterns: ['{pattern}'], examples: [aged 37], near_misses: [old]}}"
    path.write_text(path.read_text(encoding="utf-8").replace("facts:\n", f"facts:\n  - {row}\n", 1), encoding="utf-8")
    one = Threshold(1, 1)
    read = replace(loading.load(folder), paragraph=one, document=one)
    document, analysis = case(text)
    (warning,) = jigsaw.warnings([document], CaseFacts(), analysis, read)
    assert f"new ({text.removeprefix('Jane Smith was ').rstrip('.')}, in the beginning)" in warning.message


@pytest.mark.parametrize("pattern", [r"\b", "(?=aged)", "(?<=old)"])
def test_a_pattern_that_matches_an_empty_text_in_its_examples_is_a_mistake(folder: Path, pattern: str) -> None:
    path = folder / "jigsaw.yml"
    row = f"{{kind: new, weight: 9, patterns: ['{pattern}'], examples: [aged 37], near_misses: [old]}}"
    path.write_text(path.read_text(encoding="utf-8").replace("facts:\n", f"facts:\n  - {row}\n", 1), encoding="utf-8")
    with pytest.raises(RulesError, match="would match everywhere"):
        loading.load(folder)


@pytest.mark.parametrize("key", ["introduces", "countries"])
def test_an_empty_list_of_which_a_pattern_is_made_is_a_mistake(folder: Path, key: str) -> None:
    path = folder / "jigsaw.yml"
    text = path.read_text(encoding="utf-8")
    emptied = re.sub(rf"^{key}: \[[^\]]*\]", f"{key}: []", text, flags=re.MULTILINE)
    assert emptied != text
    path.write_text(emptied, encoding="utf-8")
    with pytest.raises(RulesError, match=f"'{key}' is empty"):
        loading.load(folder)


def test_every_rule_is_tried_whenever_the_rules_are_read(rules: Rules) -> None:
    kinds = {rule.kind for rule in rules.jigsaw.facts}
    assert {"age", "occupation", "faith", "school", "illness or disability", "way of killing"} <= kinds
    page = (Path(__file__).parent.parent / "docs" / "warnings.md").read_text(encoding="utf-8")
    page = " ".join(page.split())
    assert [kind for kind in kinds if kind not in page] == []
    assert all(f"`{code}`" in page for code in ("jigsaw", "children", *CODES, "strange", "shared-name"))


# Reports


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "codes", "telling"),
    [
        (("examples/d1-overview.docx", "examples/d1-summary.docx"),
         {"jigsaw", "children", "untrue", "press", "strange", "shared-name"}, ["Nigerian", "37", "care home"]),
        (("tests/fixtures/d2-overview.docx",),
         {"jigsaw", "children", "untrue", "press", "strange", "shared-name"}, ["Irish", "Mass", "69", "widow"]),
        (("tests/fixtures/d3-overview.docx", "tests/fixtures/d3-summary.docx"),
         {"jigsaw", "children", "shared-name"}, ["Colombian", "33", "student visa", "Year 4"]),
        (("tests/fixtures/d4-overview.docx",),
         {"jigsaw", "children", "press", "strange"}, ["Ghanaian", "learning disability", "36"]),
    ],
)  # fmt: skip
def test_reports_get_a_handful_of_warnings_with_the_combination_that_matters(
    names: tuple[str, ...], codes: set[str], telling: list[str], rules: Rules, engine: Engine
) -> None:
    root = Path(__file__).parent.parent
    documents = [preview.read(root / name) for name in names]
    facts = casefile.read(root / "tests/fixtures/d3.case.yml") if "d3" in names[0] else CaseFacts()
    analysis = anonymise.analyse(documents, facts, rules, engine)
    found = analysis.warnings
    assert codes <= {w.code for w in found}
    assert all(sum(w.document is d.kind for w in found) <= 9 for d in documents)
    told = " ".join(w.message for w in found)
    assert [fact for fact in telling if fact not in told] == []
    gone = [
        f.text for f in analysis.findings if f.type == "PERSON" and analysis.identity(f.identity).proposed == "redact"
    ]
    assert [name for name in set(gone) if " " in name and name in told] == []


@pytest.mark.slow
def test_warnings_take_no_time_beside_the_models(rules: Rules) -> None:
    page = "\n\n".join(f"1.{n} {TELLING} Tom Bell was told that Lily was nine years old." for n in range(1, 350))
    document, analysis = case(page)
    started = time.process_time()
    jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)
    assert len(page.split()) > 6000
    assert time.process_time() - started < 0.5


@pytest.mark.slow
def test_one_sentence_with_thousands_of_names_and_facts_takes_no_time(rules: Rules) -> None:
    document, analysis = case(
        "Then " + "PC Reed and Jane Smith and the Nigerian, the widow and the bell-ringer, " * 12000
    )
    started = time.process_time()
    (warning,) = jigsaw.warnings([document], CaseFacts(), analysis, rules.jigsaw)
    assert warning.message.startswith("About Adult A")
    assert time.process_time() - started < 6


def test_the_stage_fills_in_warnings(rules: Rules) -> None:
    from detect_pages import analysed

    text = "Jane Smith, a 37-year-old Nigerian woman, worked as a bell-ringer. Jane Smith was the victim."
    documents, analysis = analysed(rules, text, people=["Jane Smith"])
    assert analysis.warnings == jigsaw.warnings(documents, CaseFacts(), analysis, rules.jigsaw)
    assert [w.code for w in analysis.warnings] == ["jigsaw"]
    assert "Jane" not in replace(analysis.warnings[0]).message


# Pictures


def test_pictures_are_one_warning_that_says_what_is_printed_instead(rules: Rules) -> None:
    text = "1.1 He drew.\n\n![A plan of the flat, by Tom Bell](plan.png)\n\n![](logo.png)\n\n2.1 He left.\n"
    (warning,) = warned(rules, text, "picture")
    assert "“A plan of the flat, by …”" in warning.message
    assert "1 more has none" in warning.message
    assert "Tom Bell" not in warning.message
    (again,) = warned(rules, text.replace("2.1 He left.", "2.1 He went away."), "picture")
    assert again.key == warning.key, "words elsewhere change nothing"
    (other,) = warned(rules, text.replace("A plan", "A photograph"), "picture")
    assert other.key != warning.key
    (one,) = warned(rules, "1.1 He drew.\n\n![](plan.png)\n", "picture")
    assert "It has no description." in one.message
    assert warned(rules, "1.1 He drew a picture.\n", "picture") == []
