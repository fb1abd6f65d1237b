"""Dates in every written form become month and year; of a birth nothing stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from detect_pages import analysed

from pipeline.detect import dates
from pipeline.models import layout
from pipeline.redact import redact
from pipeline.rules import Rules

WRITTEN = [
    ("on 3 May 2018 she", "3 May 2018", "May 2018"),
    ("on 3rd May 2018", "3rd May 2018", "May 2018"),
    ("on the 3rd of May 2018", "the 3rd of May 2018", "May 2018"),
    ("3 May", "3 May", "May"),
    ("on 03 MAY 2018", "03 MAY 2018", "May 2018"),
    ("on 3 May, 2018", "3 May, 2018", "May 2018"),
    ("on May 3, 2018", "May 3, 2018", "May 2018"),
    ("on May the 3rd", "May the 3rd", "May"),
    ("on 3 Sept 2018", "3 Sept 2018", "September 2018"),
    ("on 3 Sep. 2018", "3 Sep. 2018", "September 2018"),
    ("on 5th Nov", "5th Nov", "November"),
    ("on 3 May '18", "3 May '18", "May 2018"),
    ("on 3 May ’97", "3 May ’97", "May 1997"),
    ("on 03/05/2018", "03/05/2018", "May 2018"),
    ("on 3-5-2018", "3-5-2018", "May 2018"),
    ("on 3.5.2018.", "3.5.2018", "May 2018"),
    ("sent 12.05.18", "12.05.18", "May 2018"),
    ("on 3/5/18 - 5/5/18", "3/5/18 - 5/5/18", "May 2018"),
    ("on 2018-05-03", "2018-05-03", "May 2018"),
    ("the night of 14/15 November 2013", "the night of 14/15 November 2013", "November 2013"),
    ("the night of 30 June/1 July 2018", "the night of 30 June", "June"),
    ("14 and 15 November 2013", "14 and 15 November 2013", "November 2013"),
    ("between 3 and 5 May 2018", "3 and 5 May 2018", "May 2018"),
    ("3–5 May 2018", "3–5 May 2018", "May 2018"),
    ("from 4th to 6th June 2019", "4th to 6th June 2019", "June 2019"),
    ("Tuesday 14/11", "Tuesday 14/11", "November"),
    ("on the 14th she", "the 14th", ""),
    ("on the 4th July", "the 4th July", "July"),
    ("the 4 July meeting", "4 July", "July"),
    ("on Wed 4 Jul 18.", "Wed 4 Jul 18", "July 2018"),
    ("on 4 July 18 at ten", "4 July 18", "July 2018"),
    ("on 4 July 18 officers", "4 July", "July"),
    ("on 4 July 18:30", "4 July", "July"),
    ("seen 04JUL18", "04JUL18", "July 2018"),
    ("seen 4-Jul-2018", "4-Jul-2018", "July 2018"),
    ("seen 04/Jul/18.", "04/Jul/18", "July 2018"),
    ("on 4 July 2018 (Wednesday)", "4 July 2018 (Wednesday)", "July 2018"),
    ("on Fri 6 and Sat 7 July", "Fri 6 and Sat 7 July", "July"),
    ("from 3 July to 7 July 2018", "3 July to 7 July 2018", "July 2018"),
    ("at 2018-07-04T14:30:00Z", "2018-07-04T14:30:00Z", "July 2018"),
    ("on 3-4/7/18", "3-4/7/18", "July 2018"),
    ("this 4th day of July 2018", "this 4th day of July 2018", "July 2018"),
    ("the twenty-first of May", "the twenty-first of May", "May"),
    ("on the 14th and 15th she", "the 14th and 15th", ""),
    ("on Thursday the 14th she", "Thursday the 14th", ""),
    ("On the 16th Grace", "the 16th", ""),
    ("since 4/7 she", "4/7", "July"),
    ("on Christmas Day 2016", "Christmas Day 2016", "2016"),
    ("New Year’s Eve 2015", "New Year’s Eve 2015", "2015"),
]


@pytest.mark.parametrize(("text", "span", "left"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_written_forms(text: str, span: str, left: str) -> None:
    found = dates.find(text)
    assert text[found[0].start : found[0].end] == span
    assert found[0].month_year == left


@pytest.mark.parametrize(
    "text",
    [
        "in May 2018",
        "in 2018",
        "from 2013/14 to 2018/19",
        "aged 34",
        "a woman of 34 and a boy of 5",
        "at 12.30",
        "at 10.15pm",
        "a ratio of 3/4",
        "12/13",
        "see paragraph 3.2.10",
        "section 4.1.18",
        "paragraphs 1.5.12 and 2.5.13",
        "the 1990s",
        "she may call, 10 may be enough",
        "they march 5 miles",
        "on the 3rd floor",
        "a 21st century law",
        "of the 21st century",
        "3 Mary Street",
        "32 May 2018",
        "version 1.2",
        "May Sefton, 34",
        "on 99/99/2018",
        "the 3rd party in the house",
        "on the 2nd floor",
        "help 24/7",
        "on 24/7 support",
        "4/7 of them",
        "since 9/11",
        "on 4/7 of the days",
        "version 1.2.18",
        "a score of 14/20",
        "in July 18 women died",
        "on the 4th occasion",
        "by the 5th call",
        "sort code 20-12-77",
        "on Sunday",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates.find(text) == []


def test_dates_do_not_overlap_and_keep_their_order() -> None:
    text = "On 3 May 2018, Friday 4/5, and on 2018-06-06 and the 7th of May."
    found = dates.find(text)
    assert [text[d.start : d.end] for d in found] == ["3 May 2018", "Friday 4/5", "2018-06-06", "the 7th of May"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "before",
    ["born ", "born on ", "DOB ", "D.O.B. ", "DOB: ", "date of birth: ", "Date of birth is ", "her birthday, "],
)
def test_births(before: str) -> None:
    assert dates.is_birth(f"{before}3 May 1984", len(before))


@pytest.mark.parametrize("before", ["on ", "born in Lagos. On ", "her birthday was spoilt; on ", "unborn child. On "])
def test_no_births(before: str) -> None:
    assert not dates.is_birth(f"{before}3 May 2018", len(before))


PRINTED = [
    ("She left on 3 May 2018.", "She left on a date in May 2018."),
    ("She left on Thursday 3 May 2018.", "She left on a Thursday in May 2018."),
    ("She left on 4/7/18.", "She left on a date in July 2018."),
    ("She left on 04-07-2018 at 14:30.", "She left on a date in July 2018 at 14:30."),
    ("It was the night of 3-4 July 2018.", "It was a night in July 2018."),
    ("On the night of 30 June/1 July 2018 he came.", "On a night in June/July 2018 he came."),
    ("On the evening of Saturday 7 July he came.", "On an evening in July he came."),
    ("In the early hours of 4 July 2018 he came.", "In the early hours of a date in July 2018 he came."),
    ("She left on 3 and 4 July 2018.", "She left on dates in July 2018."),
    ("She left on 3rd/4th July.", "She left on dates in July."),
    ("She left between 3 and 7 July 2018.", "She left between two dates in July 2018."),
    ("Between 3 July and 7 July 2018 she left.", "Between two dates in July 2018 she left."),
    ("She was away from 4 to 6 July 2018.", "She was away from one date to another in July 2018."),
    ("She was away from 30 June to 2 July 2018.", "She was away from June to July 2018."),
    ("Between 30 June and 2 July 2018 she left.", "Between June and July 2018 she left."),
    ("In the week commencing 2 July 2018 he came.", "In the week commencing a date in July 2018 he came."),
    ("At the 4 July 2018 meeting he spoke.", "At the July 2018 meeting he spoke."),
    ("On Sunday she left.", "On Sunday she left."),
    ("On Sunday, 1 July 2018, she left.", "On a Sunday in July 2018, she left."),
    ("She left on Thursday the 14th.", "She left on a Thursday."),
    ("He was born in 1981.", "He was born in 1981."),
    ("He was born in July 1981.", "He was born in July 1981."),
    ("She (b. 4/7/1981) left.", "She (b. [date of birth]) left."),
    ("She gave birth on 4 July 2018.", "She gave birth on [date of birth]."),
    ("The Act came into force in April 2011.", "The Act came into force in April 2011."),
    ("By 3 May 2018 she had left.", "By May 2018 she had left."),
    ("She left on the 14th.", "She left on a date."),
    ("She was born on 3 May 1984.", "She was born on [date of birth]."),
    ("In May 2018 she was 34.", "In May 2018 she was 34."),
]


@pytest.mark.parametrize(("text", "printed"), PRINTED, ids=[p[0] for p in PRINTED])
def test_what_is_printed(rules: Rules, text: str, printed: str) -> None:
    documents, analysis = analysed(rules, text)
    assert layout(redact(documents[0], analysis, ()).document).text.strip() == printed


def test_a_column_of_births(rules: Rules) -> None:
    text = "| Person | Date of birth | Left |\n|---|---|---|\n| The child | 3 May 2011 | 4 June 2018 |"
    documents, analysis = analysed(rules, text)
    assert redact(documents[0], analysis, ()).document.blocks[0].rows[1] == (
        "The child",
        "[date of birth]",
        "June 2018",
    )


def test_a_column_of_births_that_says_more_and_holds_less(rules: Rules) -> None:
    text = (
        "| Person | DOB / age |\n|---|---|\n| The victim | 4/7/1981 |\n| A child | July 2012 |\n| The other | 2014 |"
    )
    documents, analysis = analysed(rules, text)
    cells = [row[1] for row in redact(documents[0], analysis, ()).document.blocks[0].rows[1:]]
    assert cells == ["[date of birth]", "[date of birth]", "[year of birth]"]


def test_a_birth_beside_its_label_in_a_table(rules: Rules) -> None:
    documents, analysis = analysed(rules, "| What | When |\n|---|---|\n| Date of birth | 4 July 1981 |")
    assert redact(documents[0], analysis, ()).document.blocks[0].rows[1] == ("Date of birth", "[date of birth]")


def test_a_paragraphs_own_number_is_no_date(rules: Rules) -> None:
    text = "1.1 She asked for help.\n\n1.2 Nobody came, as paragraph 3.2.10 says."
    documents, analysis = analysed(rules, text)
    assert [b.number for b in documents[0].blocks] == ["1.1", "1.2"]
    assert analysis.findings == ()
