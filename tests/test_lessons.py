"""Lessons by theme, in the house styles of different reports, and the strict reading of themes.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
from redacted_reports import OVERVIEW, SUMMARY, heading, item, para

from pipeline.errors import RulesError
from pipeline.lessons import THEMES_FILE, extract, load_themes
from pipeline.models import Block, Document, DocumentKind, Lesson
from pipeline.sections import load_headings

THEMES = load_themes()
HEADINGS = load_headings()


def lessons_of(*documents: Document) -> tuple[Lesson, ...]:
    return extract(documents, THEMES, HEADINGS)


def found(*blocks: Block) -> list[tuple[str, str, str]]:
    lessons = lessons_of(Document(DocumentKind.OVERVIEW, blocks))
    return [(lesson.kind, lesson.number or lesson.text, lesson.theme) for lesson in lessons]


def test_sub_headings_give_the_theme() -> None:
    lessons = lessons_of(OVERVIEW)
    assert [(lesson.number, lesson.kind, lesson.theme) for lesson in lessons if lesson.number] == [
        ("4.1", "lesson", "interpreters-and-language"),
        ("4.2", "lesson", "coercive-control"),
        ("4.3", "good_practice", "other-lessons"),
    ]


def test_recommendations_are_the_items_and_not_the_sentence_before_them() -> None:
    lessons = [lesson for lesson in lessons_of(OVERVIEW) if lesson.kind == "recommendation"]
    assert [(lesson.theme, lesson.text[:16]) for lesson in lessons] == [
        ("interpreters-and-language", "Recommendation 1"),
        ("risk-assessment-and-marac", "Recommendation 2"),
    ]


def test_unnumbered_lessons_of_a_summary_have_anchors_of_their_own() -> None:
    lessons = lessons_of(SUMMARY)
    assert {lesson.anchor for lesson in lessons} == {"s-n-4", "s-n-5"}
    assert all(lesson.number == "" for lesson in lessons)


@pytest.mark.parametrize(
    "words",
    [
        "Lessons to be learnt",
        "Lessons Learned",
        "Lessons by theme",
        "9. Lessons",
        "Key learning",
        "LESSONS IDENTIFIED",
        "Section 5: What did we learn?",
        "J – Learning points",
        "Gwersi a ddysgwyd / Lessons learned",
        "Lessons for the Metropolitan Police Service",
    ],
)
def test_house_styles_of_the_heading(words: str) -> None:
    assert found(heading(1, words), para("Interpreters must be booked.", "9.1")) == [
        ("lesson", "9.1", "interpreters-and-language")
    ]


def test_a_section_ends_with_the_next_of_its_level() -> None:
    assert found(
        heading(1, "Lessons"), para("Tenancies matter.", "1"), heading(1, "Glossary"), para("Interpreters.", "2")
    ) == [("lesson", "1", "housing")]


def test_lessons_and_good_practice_in_one_section() -> None:
    blocks = (
        heading(1, "J. Lessons and good practice"),
        para("A landlord is a witness.", "J1"),
        para("The Panel wishes the following to be known for what they did.", "J2"),
        item("Officer 1 rang twice."),
        para("A school must be told.", "J3"),
    )
    assert [(kind, what) for kind, what, _ in found(*blocks)] == [
        ("lesson", "J1"),
        ("good_practice", "Officer 1 rang twice."),
        ("lesson", "J3"),
    ]


def test_action_plans_and_thanks_are_not_recommendations() -> None:
    assert not found(heading(1, "Recommendations"), para("The Panel is grateful to everyone.", "6.2"))
    assert not found(heading(1, "Appendix: progress on recommendations"), para("Work should go on.", "1"))


def test_an_action_plan_is_no_recommendation_wherever_it_stands() -> None:
    blocks = (
        heading(1, "Recommendations and action plan"),
        para("Recommendation 1: Interpreters should be booked."),
        para("Action: The service should be bought."),
        para("Lead agency: Housing"),
        para("Target date: May 2020"),
        heading(1, "Appendix C: Action plan"),
        heading(2, "Recommendation 2: Risk"),
        para("Police should assess risk.", "2"),
        item("To train all staff."),
    )
    assert [what for _, what, _ in found(*blocks)] == ["Recommendation 1: Interpreters should be booked."]


def test_what_other_reviews_said_is_no_lesson_of_this_one() -> None:
    for words in ("Lessons from previous reviews", "How the agencies' recommendations were followed up"):
        assert not found(heading(1, words), para("Interpreters should be booked.", "1"))


def test_recommendations_among_lessons_and_conclusions() -> None:
    lessons = (para("Staff must listen.", "1"), para("The Panel recommends that interpreters are booked.", "2"))
    kinds = [kind for kind, _, _ in found(heading(1, "Learning and recommendations"), *lessons)]
    assert kinds == ["lesson", "recommendation"]
    ends = (heading(1, "Conclusions and recommendations"), para("She died.", "0"), *lessons)
    assert [(kind, what) for kind, what, _ in found(*ends)] == [("recommendation", "1"), ("recommendation", "2")]
    listed = (
        para("The Panel recommends:"),
        item("more interpreters;"),
        para("Housing matters."),
        item("So does money."),
    )
    kinds = [kind for kind, _, _ in found(heading(1, "Lessons and recommendations"), *listed)]
    assert kinds == ["recommendation", "lesson"]


def test_a_paragraph_that_stands_as_a_heading() -> None:
    assert found(heading(1, "Findings"), para("Good practice"), para("Officer 1 rang twice about her tenancy.")) == [
        ("good_practice", "Officer 1 rang twice about her tenancy.", "housing")
    ]


def test_headings_of_one_size_with_numbers() -> None:
    blocks = (
        heading(1, "Lessons", "9"),
        heading(1, "Interpreters"),
        para("Book one.", "9.1"),
        heading(1, "Housing", "9.2"),
        para("Ask about it."),
        heading(1, "Thanks", "10"),
        para("Interpreters helped."),
    )
    assert found(*blocks) == [
        ("lesson", "9.1", "interpreters-and-language"),
        ("lesson", "Ask about it.", "housing"),
    ]


def test_a_paragraph_is_on_two_pages_at_most() -> None:
    text = "Risk, money, housing, alcohol, suicide, faith, training, children and interpreters should be looked at."
    assert len(found(heading(1, "Recommendations"), para(text, "1"))) == 2


def test_the_shipped_themes_are_valid() -> None:
    assert THEMES_FILE.name == "themes.yml"
    assert len({theme.slug for theme in THEMES}) == len(THEMES) >= 18


GOOD = """themes:
  - slug: other
    title: Other
    explains: Everything else.
    fallback: true
"""


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("themes: [", 1, "not valid YAML"),
        ("- a\n", 1, "one list called"),
        ("topics: []\n", 1, "one list called"),
        ("themes: []\n", 1, "must be a list"),
        (GOOD + "  - word\n", 6, "name: value"),
        (GOOD + "  - slug: a\n    titel: A\n", 7, "not a field"),
        (GOOD + "  - slug: a\n    slug: b\n", 7, "stands twice"),
        (GOOD + "  - slug: a\n    cues: housing\n", 7, "wrong kind"),
        (GOOD + "  - slug: a\n    title: A\n", 6, "needs a “explains”"),
        (GOOD + "  - slug: A b\n    title: A\n    explains: B\n    cues: [c]\n", 6, "lower-case"),
        (GOOD + "  - slug: a\n    title: A\n    explains: B\n    cues: [1]\n", 6, "quotation marks"),
        (GOOD + "  - slug: a\n    title: A\n    explains: B\n", 6, "without cues"),
        (GOOD + "  - slug: other\n    title: A\n    explains: B\n    cues: [c]\n", 6, "twice"),
        (GOOD.replace("    fallback: true\n", "    cues: [c]\n"), 2, "exactly one"),
    ],
)
def test_mistakes_in_the_file_are_named_with_their_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "themes.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_themes(path)
    assert f"themes.yml, line {line}:" in str(caught.value)
    assert reason in str(caught.value)


def test_a_missing_file_is_a_mistake_too(tmp_path: Path) -> None:
    with pytest.raises(RulesError):
        load_themes(tmp_path / "themes.yml")
