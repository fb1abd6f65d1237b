"""Sections by their headings: schemes of many hands, what only mentions a word, a strict reading of sections.yml."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import report_files
from redacted_reports import heading, item, note, para
from report_styles import styled

from pipeline.errors import RulesError
from pipeline.extract import read_here, read_text
from pipeline.models import Block, Document, DocumentKind
from pipeline.sections import SectionKind, load_headings, sections_of
from pipeline.sections.words import FILE

HEADINGS = load_headings()
FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).parents[1] / "examples"

# A line a heading, indented by its level; after "=", the kinds of section that it begins.
SCHEMES = {
    "the template of 2016": """
        1. Preface = introduction
        2. Timescales = methodology
        3. Confidentiality = confidentiality
        4. Terms of Reference = terms_of_reference
        5. Methodology = methodology
        6. Involvement of Family, Friends, Work Colleagues, Neighbours and Wider Community = family
        7. Contributors to the Review = contributors
        8. The Review Panel Members = panel
        9. Author of the Overview Report = author
        10. Parallel Reviews = parallel_reviews
        11. Equality and Diversity = equality
        12. Dissemination = distribution
        13. Background Information (The Facts) = chronology
        14. Chronology = chronology
        15. Overview =
        16. Analysis = analysis
        17. Conclusions = conclusions
        18. Lessons to be Learned = lessons
        19. Recommendations = recommendations
        Appendix 1: Action Plan = action_plan
        Appendix 2: Home Office Quality Assurance Letter = letter
    """,
    "capitals of 2012, all of one size": """
        PART 1 INTRODUCTION = introduction
        PURPOSE OF THE REVIEW = terms_of_reference
        MEMBERSHIP OF THE DHR PANEL = panel
        PART 2 THE FACTS = chronology
        PART 3 ANALYSIS OF AGENCY INVOLVEMENT = analysis
        PART 4 LESSONS LEARNED = lessons
        PART 5 CONCLUSIONS AND RECOMMENDATIONS = conclusions, recommendations
        ANNEX A COMBINED CHRONOLOGY = chronology
        ANNEX B ACTION PLANS = action_plan
    """,
    "the style of 2024": """
        Domestic Abuse Related Death Review =
        1 A tribute from her family = family
        2 Glossary of terms = glossary
        3 The review process = methodology
          Who was on the panel? = panel
          Key lines of enquiry = terms_of_reference
        4 Key people = people
        5 Background and chronology = chronology
        6 Analysis by key line of enquiry = analysis
          KLOE 1: coercive control = analysis
          KLOE 2: housing = analysis
        7 Good practice = good_practice
        8 Learning by theme = lessons
          Interpreters =
        9 National recommendations = recommendations
        10 Multi-agency and single-agency recommendations = recommendations
        Appendix A SMART action plan = action_plan
    """,
    "questions": """
        Why was this review held? = analysis
        Who was Adult A? =
        What happened? = chronology
        Was Adult A recognised as a victim? = analysis
        Could her death have been prevented? = analysis
        What went well? = good_practice
        What did we learn? = lessons
        What will change? =
    """,
    "letters, a joint review of adults": """
        A. Background to the review = chronology
        B. Terms of reference and the Review Panel = terms_of_reference, panel
        C. Those involved = people
        D. Narrative chronology = chronology
          D.1 Key episode 1: the first referral = chronology
        E. Findings = analysis
          Finding 1: appointees = analysis
          Finding 2: weekends = analysis
        F. Learning points = lessons
        G. Findings and recommendations = analysis, recommendations
        H. Bibliography = references
    """,
    "sections with a colon": """
        Section One: Introduction = introduction
          The circumstances that led to this review =
          Parallel processes = parallel_reviews
        Section Two: The Facts = chronology
          The family = people
          Family background = chronology
        Section Three: Agency Involvement = chronology
        Section Four: Thematic Analysis = analysis
          Equality and diversity = equality
        Section Five: Lessons Learnt and Good Practice = lessons, good_practice
          Lessons = lessons
          Good practice = good_practice
        Section Six: Recommendations = recommendations
          Home Office =
          Recommendation 2: Housing = recommendations
    """,
    "parts with dashes": """
        Part A – Setting up the review =
          A1 – Scope and purpose = terms_of_reference
          A2 – Composition of the Panel = panel
          A3 – Individual Management Reviews = contributors
        Part B – What we know happened = chronology
        Part C – What each agency knew = chronology
        Part D – Key findings = analysis
        Part E – Learning = lessons
          Police learning = lessons
          Housing: learning = lessons
        Part F – The Panel's recommendations = recommendations
        Part G – Improvement plan = action_plan
          Recommendation 1 =
          Recommendation 2 =
    """,
    "Welsh and English": """
        1. Cyflwyniad / Introduction = introduction
        2. Cylch Gorchwyl / Terms of Reference = terms_of_reference
        3. Aelodaeth y Panel / Panel Membership = panel
        4. Cronoleg / Chronology = chronology
        5. Dadansoddiad / Analysis = analysis
        6. Gwersi a Ddysgwyd / Lessons Learned = lessons
        7. Arfer Da / Good Practice = good_practice
        8. Argymhellion / Recommendations = recommendations
        9. Cynllun Gweithredu / Action Plan = action_plan
    """,
    "a summary": """
        The review process = methodology
        Contributors to the review = contributors
        The Review Panel members = panel
        Summary chronology = chronology
        Key issues arising from the review = analysis
        Conclusions = conclusions
        Lessons to be learned = lessons
        Recommendations from the review = recommendations
    """,
    "agency by agency": """
        (i) Confidentiality and anonymisation = confidentiality
        (ii) Family involvement = family
        (iii) Timeline of events = chronology
        (iv) Metropolitan Police Service =
          Chronology = chronology
          Analysis = analysis
          Effective practice = good_practice
          Lessons for the Metropolitan Police Service = lessons
          Metropolitan Police recommendations = recommendations
        (v) Overall conclusions = conclusions
        (vi) Overview recommendations = recommendations
        (vii) Progress on recommendations = action_plan
          Lessons from the pilot =
        (viii) Distribution list = distribution
    """,
    "headings that only mention": """
        1. How the agencies' recommendations were followed up =
        2. The panel's concerns about his alibi =
        3. Lessons from previous reviews =
        4. Recommendations for the Review Panel = recommendations
        5. The MARAC panel =
        6. Learning disability services =
        7. Departures from good practice =
        8. Action taken by the police =
        9. Piano lessons =
        10. Cell site analysis =
        11. Her care plan =
    """,
}


def scheme(text: str) -> list[tuple[int, str, list[str]]]:
    """(level, heading, kinds) for each line of a scheme."""
    found = []
    for line in text.strip("\n").splitlines():
        if line.strip():
            words, _, kinds = line.strip().rpartition("=")
            level = 1 + (len(line) - len(line.lstrip()) - 8) // 2
            found.append((level, words.strip(), [k.strip() for k in kinds.split(",") if k.strip()]))
    return found


def document(*blocks: Block) -> Document:
    return Document(DocumentKind.OVERVIEW, blocks)


def named(made: Document) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for section in sections_of(made, HEADINGS):
        found.setdefault(section.first, []).append(section.kind.value)
    return found


def spans(*blocks: Block) -> list[tuple[str, int, int]]:
    return [(s.kind.value, s.first, s.last) for s in sections_of(document(*blocks), HEADINGS)]


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_of_headings(name: str) -> None:
    lines = scheme(SCHEMES[name])
    made = document(*(b for level, words, _ in lines for b in (heading(level, words), para("She rang."))))
    found = named(made)
    assert {words: found.get(2 * n, []) for n, (_, words, _) in enumerate(lines)} == {
        words: kinds for _, words, kinds in lines
    }


def test_a_number_may_stand_apart_from_its_heading() -> None:
    made = document(heading(1, "Action plan", "Appendix A"), heading(1, "Interpreters", "Recommendation 1"))
    assert named(made) == {0: ["action_plan"]}
    assert named(document(heading(1, "Interpreters", "Lesson 3"))) == {0: ["lessons"]}


def test_headings_under_a_section_belong_to_it_until_the_next_of_its_level() -> None:
    blocks = (
        heading(1, "Lessons"), para("a"), heading(2, "Interpreters"), para("b"), heading(2, "Good practice"),
        para("c"), heading(2, "Risk"), para("d"), heading(1, "The garden"), para("e"), note("1", "f"),
    )  # fmt: skip
    assert spans(*blocks) == [("lessons", 0, 8), ("good_practice", 4, 6)]


def test_numbers_tell_what_stands_under_what_where_all_headings_are_of_one_size() -> None:
    blocks = [
        heading(1, "Lessons", "5"), heading(1, "Interpreters", "5.1"), heading(1, "Risk"),
        heading(1, "Recommendations", "6"), heading(1, "National", "6.1"), heading(1, "Thanks"),
    ]  # fmt: skip
    assert spans(*blocks) == [("lessons", 0, 3), ("recommendations", 3, 5)]


def test_what_stands_in_an_action_plan_is_nothing_else() -> None:
    blocks = (heading(1, "Action plan"), heading(2, "Recommendations"), para("a"), heading(2, "Lessons"), para("b"))
    assert spans(*blocks) == [("action_plan", 0, 5)]
    flat = (heading(1, "Action plan"), heading(1, "Recommendation 1"), para("a"), heading(1, "Glossary"), para("b"))
    assert spans(*flat) == [("action_plan", 0, 3), ("glossary", 3, 5)]


def test_a_panel_within_the_terms_of_reference_is_found() -> None:
    blocks = (heading(1, "Terms of reference"), heading(2, "Timescale"), heading(2, "Panel membership"), para("a"))
    assert spans(*blocks) == [("terms_of_reference", 0, 4), ("methodology", 1, 2), ("panel", 2, 4)]


def test_a_title_is_no_section() -> None:
    parts = tuple(heading(2, words) for words in ("Background", "Analysis", "Conclusions", "Recommendations"))
    for words in ("Learning from the death of Adult A", "Overview Report and Action Plan"):
        made = document(heading(1, words), para("May 2019"), *parts)
        assert named(made) == {2: ["chronology"], 3: ["analysis"], 4: ["conclusions"], 5: ["recommendations"]}
    assert spans(heading(1, "Learning from her death"), heading(2, "Housing"), para("a")) == [("lessons", 0, 3)]


def test_a_paragraph_that_stands_as_a_heading_ends_with_the_next_such() -> None:
    blocks = (para("Good practice"), para("She was asked alone."), para("Risk assessment"), para("It was low."))
    assert spans(heading(1, "Findings"), *blocks) == [("analysis", 0, 5), ("good_practice", 1, 3)]
    listed = (para("Recommendations:"), item("To ask."), item("To tell."), para("They agreed."))
    assert spans(heading(1, "Findings"), *listed) == [("analysis", 0, 5), ("recommendations", 1, 4)]


def test_lines_of_a_text_without_headings() -> None:
    lines = (
        "What happened",
        "She rang.",
        "LESSONS LEARNED",
        "A door is no plan.",
        "Recommendations:",
        "- To ask.",
        "End.",
    )
    made = read_text("\n\n".join(lines), DocumentKind.OVERVIEW)
    assert [(s.kind.value, s.first, s.last) for s in sections_of(made, HEADINGS)] == [
        ("chronology", 0, 2), ("lessons", 2, 4), ("recommendations", 4, 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The panel met.",
        "lessons",
        "Recommendations were made to them",
        "The analysis, the facts and her sister's view",
    ],
)
def test_a_sentence_is_no_heading(text: str) -> None:
    assert spans(para(text), para("a")) == []


def test_a_list_item_is_no_heading() -> None:
    assert spans(heading(1, "Contents"), item("Lessons"), item("Recommendations")) == []


def test_notes_at_the_end_belong_to_no_section() -> None:
    assert spans(heading(1, "Lessons"), para("a"), note("1", "b"), note("2", "c")) == [("lessons", 0, 2)]


CORPUS = {
    "d1-overview": "panel terms_of_reference chronology analysis lessons recommendations action_plan",
    "d1-summary": "panel terms_of_reference chronology analysis lessons recommendations",
    "d2-overview": "panel terms_of_reference chronology analysis lessons good_practice recommendations",
    "d3-overview": "chronology analysis good_practice lessons recommendations action_plan letter",
    "d3-summary": "panel chronology analysis good_practice lessons recommendations",
    "d4-overview": "panel terms_of_reference chronology analysis lessons good_practice recommendations",
}


@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("name", CORPUS)
def test_the_development_reports(name: str, ending: str) -> None:
    folder = EXAMPLES if name.startswith("d1") else FIXTURES
    made = read_here((folder / f"{name}.{ending}").read_bytes(), DocumentKind.OVERVIEW)
    assert set(CORPUS[name].split()) <= {s.kind.value for s in sections_of(made, HEADINGS)}


@pytest.mark.parametrize("write", [report_files.docx, report_files.drawn])
@pytest.mark.parametrize("seed", range(8))
def test_house_styles(seed: int, write: Callable[..., bytes]) -> None:
    style = styled(seed, letters="cp1252")
    found = {s.kind for s in sections_of(read_here(write(style), DocumentKind.OVERVIEW), HEADINGS)}
    said = {k for b in style.blocks if b.kind == "heading" for k in HEADINGS.named(b.text)}
    assert found == said
    assert {SectionKind.LESSONS, SectionKind.CHRONOLOGY} <= found


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def line_of(words: str) -> int:
    return next(n for n, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1) if words in line)


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (lambda _: "sections: [", 1, ""),
        (lambda _: "- a\n", 1, "keys with values"),
        (swap("around:", "round:"), line_of("around: ["), "unknown key 'round'"),
        (swap("  - kind: panel", "  - kind: panels"), line_of("- kind: panel"), "is no kind"),
        (swap("  - kind: analysis", "  - kind: panel"), line_of("- kind: analysis"), "already"),
        (swap("    whole: true", "    whole: often"), line_of("whole: true"), "true or false"),
        (swap("    phrases: [glossary,", "    phrases: [lesson*, glossary,"), line_of("phrases: [glossary"), "twice"),
        (swap("phrases: [glossary,", 'phrases: ["*", glossary,'), line_of("phrases: [glossary"), "without a word"),
        (swap('"What went well?"', '"What went wrong?"'), line_of('"What went well?"'), "does not begin"),
        (swap('"The practice nurse"', '"Good practice"'), line_of('"The practice nurse"'), "begins a section"),
        (swap("  lead: [lead*,", "  leads: [lead*,"), line_of("  lead: ["), "unknown key 'leads'"),
        (swap("  lead: [lead*,", "  lead: [action*, lead*,"), line_of("  lead: ["), "twice"),
        (lambda text: re.sub(r"\ndone: \[[^]]*\]", "\ndone: []", text), line_of("done: [complete"), "empty"),
    ],
)  # fmt: skip
def test_mistakes_in_the_file_are_named_with_their_line(
    tmp_path: Path, change: Callable[[str], str], line: int, reason: str
) -> None:
    path = Path(shutil.copy(FILE, tmp_path / "sections.yml"))
    path.write_text(change(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_headings(path)
    told = re.search(r"sections\.yml, line (\d+): (.*)", str(caught.value))
    assert told
    assert reason in told[2]
    assert line in (0, int(told[1]))


def test_a_kind_without_words_is_a_mistake(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "sections.yml"
    path.write_text(re.sub(r"  - kind: glossary\n(?:    .*\n)+", "", text), encoding="utf-8")
    with pytest.raises(RulesError, match="no section of kind 'glossary'"):
        load_headings(path)
