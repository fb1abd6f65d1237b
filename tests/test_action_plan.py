"""Action plans in the forms that partnerships give them: tables of many kinds, labels and values, paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from redacted_reports import heading, item, para, table

from pipeline.action_plan import PlanCounts, PlannedAction, plan_counts, planned_actions
from pipeline.extract import read_here
from pipeline.models import Block, BlockKind, Document, DocumentKind, Merged
from pipeline.sections import load_headings

HEADINGS = load_headings()
FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).parents[1] / "examples"


def plan(*blocks: Block, title: str = "Action plan") -> tuple[PlannedAction, ...]:
    found = planned_actions(Document(DocumentKind.OVERVIEW, (heading(1, title), *blocks)), HEADINGS)
    assert found is not None
    return found


def told(actions: tuple[PlannedAction, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(a.recommendation, a.action, a.lead, a.target, a.outcome) for a in actions]


SMART = (
    "Recommendation", "Scope of recommendation i.e. local or national", "Action to take", "Lead agency",
    "Key milestones achieved in enacting recommendation", "Target date", "Date of completion and outcome",
)  # fmt: skip


def test_the_template_of_the_home_office() -> None:
    found = plan(
        table(
            SMART,
            ("1 Ask alone", "Local", "Write a policy", "Housing", "Draft", "June 2020", "Completed May 2020"),
            ("", "", "Train all staff", "Housing", "Half", "1/9/20", "Ongoing"),
            ("2 Book interpreters", "Local", "Buy the service", "Police", "", "", ""),
        )
    )
    assert told(found) == [
        ("1 Ask alone", "Write a policy", "Housing", "June 2020", "Completed May 2020"),
        ("1 Ask alone", "Train all staff", "Housing", "1/9/20", "Ongoing"),
        ("2 Book interpreters", "Buy the service", "Police", "", ""),
    ]
    assert [(a.dated, a.done, a.block) for a in found] == [(True, True, 1), (True, False, 1), (False, False, 1)]


def test_merged_cells_stand_for_all_rows_that_they_cover() -> None:
    rows = (
        ("Recommendation", "Action", "Milestone", "Lead", "By when"),
        ("1 Ask alone", "Write a policy", "Draft", "Housing", "May 2020"),
        ("", "", "Approval", "", ""),
        ("", "Train staff", "", "", ""),
    )
    merged = (Merged(1, 0, rows=3), Merged(1, 1, rows=2), Merged(1, 3, rows=3), Merged(1, 4, rows=3))
    found = plan(Block(BlockKind.TABLE, rows=rows, header_rows=1, merged=merged))
    assert told(found) == [
        ("1 Ask alone", "Write a policy", "Housing", "May 2020", ""),
        ("1 Ask alone", "Train staff", "Housing", "May 2020", ""),
    ]


def test_the_header_again_on_each_page_and_a_row_that_goes_on() -> None:
    head = ("Rec no", "Recommendation", "Action", "Responsible officer", "Timescale", "Progress")
    found = plan(
        table(head, ("1", "Ask alone", "Write a", "Head", "June", "Draft is"), head, ("", "", "", "", "2020", "out"),
              ("2", "Book", "Buy", "Head", "July 2020", "")),
    )  # fmt: skip
    assert told(found) == [
        ("1 Ask alone", "Write a", "Head", "June; 2020", "Draft is; out"),
        ("2 Book", "Buy", "Head", "July 2020", ""),
    ]


def test_a_table_that_goes_on_after_a_page_without_its_header() -> None:
    head = ("Recommendation", "Lead", "Target date")
    found = plan(table(head, ("Ask alone", "Housing", "June 2020")), table(("Book", "Police", "2021"), header_rows=0))
    assert [(a.action, a.target) for a in found] == [("Ask alone", "June 2020"), ("Book", "2021")]


def test_a_table_for_each_recommendation() -> None:
    head = ("Action", "Lead", "By when", "Outcome")
    found = plan(
        table(("Recommendation 1: Ask alone", "", "", ""), head, ("Write", "A", "May 2020", "Done"), header_rows=2),
        heading(2, "Recommendation 2: Book"),
        table(head, ("Buy", "B", "2021", "")),
    )
    assert told(found) == [
        ("Recommendation 1: Ask alone", "Write", "A", "May 2020", "Done"),
        ("Recommendation 2: Book", "Buy", "B", "2021", ""),
    ]


def test_tables_of_labels_and_values() -> None:
    found = plan(
        table(("Recommendation 1", "Ask alone"), ("Action", "Write"), ("Lead agency", "Housing"),
              ("Target date", "May 2020"), ("Status", "Complete"), header_rows=0),
        table(("Recommendation 2", "Book"), ("Action", "Buy"), ("Owner", "Police"), ("Action", "Pay"), header_rows=0),
    )  # fmt: skip
    assert [(a.action, a.lead, a.target, a.done) for a in found] == [
        ("Write", "Housing", "May 2020", True),
        ("Buy", "Police", "", False),
        ("Pay", "", "", False),
    ]
    assert [a.recommendation for a in found] == ["Recommendation 1: Ask alone", *["Recommendation 2: Book"] * 2]


def test_paragraphs_with_labels() -> None:
    found = plan(
        para("The Partnership keeps this plan."),
        para("Recommendation 1: Staff should ask alone.", "1"),
        para("Action: Write a policy. Lead: Housing. Target date: May 2020. Progress: Not yet started."),
        para("Recommendation 2: Staff should book."),
        para("Actions:"),
        item("Buy the service"),
        item("Tell all staff"),
        para("Lead officer: Head of Housing"),
    )
    assert told(found) == [
        ("Recommendation 1: Staff should ask alone.", "Write a policy.", "Housing.", "May 2020.", "Not yet started."),
        ("Recommendation 2: Staff should book.", "Buy the service", "", "", ""),
        ("Recommendation 2: Staff should book.", "Tell all staff", "Head of Housing", "", ""),
    ]


def test_numbered_paragraphs_without_labels() -> None:
    found = plan(para("The plan was agreed."), para("To write a policy by May 2020.", "1"), para("It met.", "2"))
    assert [a.action for a in found] == ["To write a policy by May 2020."]


def test_a_plan_under_the_recommendations_is_known_by_its_columns() -> None:
    head = ("Recommendation", "Lead", "Target date")
    assert len(plan(table(head, ("Ask", "A", "2020")), title="Recommendations")) == 1


@pytest.mark.parametrize(
    "rows",
    [
        (("Date", "Agency", "Event"), ("May 2018", "Police", "She rang")),
        (("Name", "Role", "Agency"), ("Imogen Vale", "Chair", "None")),
        (("Term", "Meaning"), ("DASH", "A form")),
    ],
)
def test_other_tables_are_no_plan(rows: tuple[tuple[str, ...], ...]) -> None:
    made = Document(DocumentKind.OVERVIEW, (heading(1, "What happened"), table(*rows)))
    assert planned_actions(made, HEADINGS) is None


@pytest.mark.parametrize(
    ("outcome", "done"),
    [
        ("Complete", True),
        ("COMPLETED: June 2020", True),
        ("In place", True),
        ("Done.", True),
        ("Implemented; audited in May", True),
        ("To be completed", False),
        ("Complete by June 2021", False),
        ("Completed in part", False),
        ("Completed; audit outstanding", False),
        ("Not done", False),
        ("Ongoing", False),
        ("Policy reissued; first audit complete", False),
        ("", False),
    ],
)
def test_what_counts_as_done(outcome: str, done: bool) -> None:
    (action,) = plan(table(("Action", "Lead", "Outcome"), ("Write", "A", outcome)))
    assert action.done is done


@pytest.mark.parametrize(
    ("target", "dated"),
    [
        ("May 2020", True),
        ("31/12/20", True),
        ("Q3 2021", True),
        ("1 Sept", True),
        ("TBC", False),
        ("Immediate", False),
    ],
)
def test_what_counts_as_a_date(target: str, dated: bool) -> None:
    (action,) = plan(table(("Action", "Lead", "By when"), ("Write", "A", target)))
    assert action.dated is dated


def test_counts() -> None:
    made = Document(
        DocumentKind.OVERVIEW,
        (
            heading(1, "Action plan"),
            table(("Action", "By when", "Status"), ("a", "May 2020", "Done"), ("b", "2021", ""), ("c", "", "")),
        ),
    )
    none = Document(DocumentKind.SUMMARY, (heading(1, "Lessons"), para("a")))
    unread = Document(DocumentKind.OVERVIEW, (heading(1, "Action plan"), para("It is kept by the Partnership.")))
    assert plan_counts((none, made), HEADINGS) == PlanCounts(3, 2, 1)
    assert str(plan_counts((made,), HEADINGS)) == "3 actions, 2 with a date, 1 said to be done"
    assert plan_counts((none,), HEADINGS) is None
    assert "cannot be told apart" in str(plan_counts((unread, none), HEADINGS))


@pytest.mark.parametrize(("name", "counts"), [("d1-overview", (9, 9, 1)), ("d3-overview", (7, 7, 0))])
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_development_reports(name: str, ending: str, counts: tuple[int, int, int]) -> None:
    folder = EXAMPLES if name.startswith("d1") else FIXTURES
    made = read_here((folder / f"{name}.{ending}").read_bytes(), DocumentKind.OVERVIEW)
    assert plan_counts((made,), HEADINGS) == PlanCounts(*counts)
    assert all(a.lead for a in planned_actions(made, HEADINGS) or ())
