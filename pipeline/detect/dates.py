"""Dates in every written form, and what is left of them: month and year in the narrative, nothing of a birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pipeline.detect import date_forms as forms
from pipeline.detect.date_forms import MONTHS
from pipeline.detect.tables import header_above

BIRTH_HEADERS = ("born", "date of birth", "dob", "d.o.b", "birth")
TO = re.compile(r"\s*(?:-|–|—|/|&|\s(?:to|and|or|until|through)\s(?:the\s)?)\s*", re.IGNORECASE)
FIGURES = re.compile(r"\d{1,4}(\s?[/.-]\s?)\d{1,2}\1\d{1,4}|\b\d{1,2}/\d{1,2}$")
SEVERAL = re.compile(
    r"\d(?:\s?(?:st|nd|rd|th))?(?:\s+[A-Z][a-z]+)?(?:\s+\d{4})?\s*(?:-|–|—|/|&|,|\b(?:to|and|or|until)\b)\s*(?:the\s+)?(?:[A-Z][a-z]+,?\s+)?"
    r"\d{1,2}(?!\d)",
    re.IGNORECASE,
)
WEEKDAY = re.compile(rf"(?P<name>{forms.ONE_WEEKDAY}),?\s+(?!and\b|or\b|to\b|[-–&/])", re.IGNORECASE)
PERIOD = re.compile(forms.PERIOD, re.IGNORECASE)
BEFORE = re.compile(r"\b(on|between|from|commencing|beginning|ending|starting|of|w/c|w/e)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as found: [start, end) and its month and year in words ("February 2019", "February", "")."""

    start: int
    end: int
    month_year: str


def _year(text: str | None) -> str:
    if not text:
        return ""
    digits = text.lstrip("'’‘ ")
    if len(digits) == 4:
        return digits
    return ("20" if int(digits) < 50 else "19") + digits


def _month(name: str) -> str:
    return next(m for m in MONTHS if m.casefold().startswith(name.casefold()[:3]))


def find(text: str) -> list[Written]:
    """Every date that tells the day, in order; months and years alone are no dates.

    A weekday beside a date, and "the night of" before it, belong to it. Two days of one month with "to" or "and"
    between them are one date.
    """
    found = [*_in_words(text), *_in_figures(text), *_days_alone(text)]
    found.sort(key=lambda d: (d.start, -d.end))
    apart: list[Written] = []
    for date in found:
        if not apart or date.start >= apart[-1].end:
            apart.append(date)
    return _joined(text, apart)


def _in_words(text: str) -> Iterator[Written]:
    for pattern in (forms.WRITTEN, forms.TURNED, forms.SPELT, forms.COMPACT):
        for match in pattern.finditer(text):
            name, year = match.group("m"), match.group("y")
            # "may" and "march" are verbs as well: in lower case a month needs its year.
            if name[0].islower() and name in ("may", "march", "mar") and not year:
                continue
            if pattern is forms.TURNED and not year and _counts(text, match):
                continue
            yield Written(match.start(), match.end(), f"{_month(name)} {_year(year)}".strip())
    for match in forms.FEAST.finditer(text):
        yield Written(match.start(), match.end(), match.group("y"))


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether "July 18" is a month and then a count: "in July 18 women died"."""
    return text[max(0, match.start() - 3) : match.start()].casefold() == "in " and match.group()[-1].isdigit()


def _in_figures(text: str) -> Iterator[Written]:
    for pattern in (forms.NUMERIC, forms.ISO):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 30) : match.start()]
            if forms.SECTION.fullmatch(match.group()) and forms.REFERS.search(before[-18:]):
                continue
            if forms.SORT_CODE.search(before):
                continue
            label = f"{MONTHS[int(match.group('m')) - 1]} {_year(match.group('y'))}"
            yield Written(match.start(), match.end(), label)
    for match in forms.AMERICAN.finditer(text):
        yield Written(match.start(), match.end(), match.group("y"))
    for match in forms.WEEKDAY_SHORT.finditer(text):
        yield Written(match.start(), match.end(), MONTHS[int(match.group("m")) - 1])
    for match in forms.SHORT.finditer(text):
        yield Written(*match.span("day"), MONTHS[int(match.group("m")) - 1])


def _days_alone(text: str) -> Iterator[Written]:
    for pattern in (forms.BARE_DAY, forms.WEEKDAY_THE, forms.OF_THAT_MONTH):
        for match in pattern.finditer(text):
            yield Written(*match.span("day"), "")


def _joined(text: str, dates: list[Written]) -> list[Written]:
    """Two days of one month as one: "3 July to 7 July 2018" would leave "July to July 2018"."""
    joined: list[Written] = []
    for date in dates:
        last = joined[-1] if joined else None
        if last and last.month_year and TO.fullmatch(text[last.end : date.start]):
            month, _, year = last.month_year.partition(" ")
            other, _, its_year = date.month_year.partition(" ")
            if month == other and (not year or not its_year or year == its_year):
                joined[-1] = Written(last.start, date.end, f"{month} {its_year or year}".strip())
                continue
        joined.append(date)
    return joined


def births(text: str) -> list[tuple[int, int]]:
    """Months and years without a day in a column or field of dates of birth; elsewhere they stay."""
    found = [match.span("value") for match in forms.BORN_IN.finditer(text)]
    for match in forms.MONTH_YEAR.finditer(text):
        alone = text[: match.start()].endswith("| ") and text.startswith(" |", match.end())
        if alone and forms.BIRTH_COLUMN.search(header_above(text, match.start())):
            found.append(match.span())
    return found


def printed(text: str, start: int, end: int) -> str:
    """What is printed instead of the date at [start, end), so that the sentence still reads: "a date in July 2018"
    after "on", "a night in July 2018" for "the night of 3-4 July 2018"."""
    span = text[start:end]
    if forms.MONTH_YEAR.fullmatch(span):
        return "[year of birth]" if forms.YEAR_ONLY.fullmatch(span) else "[date of birth]"
    written = find(span)
    month_year = written[0].month_year if written else ""
    in_month = f" in {month_year}" if month_year else ""
    if match := PERIOD.match(span):
        return _of_period(match.group("period").casefold(), in_month)
    several = bool(SEVERAL.search(FIGURES.sub("1", span)))  # "4/7/18" is one day
    before = BEFORE.search(text[max(0, start - 14) : start])
    word = before.group(1).casefold() if before else ""
    weekday = WEEKDAY.match(span)
    if weekday and not several:
        name = next(d for d in forms.WEEKDAYS if d.startswith(weekday.group("name")[:3].title()))
        return f"{'a ' if word else ''}{name}{in_month}"
    if several and word == "between":
        return f"two dates{in_month}"
    if several and word == "from":
        return f"one date to another{in_month}"
    if several and word == "on":
        return f"dates{in_month}"
    if word in ("on", "commencing", "beginning", "ending", "starting", "w/c", "w/e"):
        return f"a date{in_month}"
    return month_year or ("a date" if word else "[date]")


def _of_period(period: str, in_month: str) -> str:
    if period.endswith("hours"):
        return f"the {period} of a date{in_month}"
    article = "an" if period[0] in "ae" else "a"
    return f"{article} {period}{in_month}"


def is_birth(text: str, start: int, end: int = -1) -> bool:
    """Whether what stands before a date (after it, at the head of its column) makes it a date of birth."""
    if forms.BIRTH.search(text[max(0, start - 40) : start]):
        return True
    if end >= 0 and forms.BIRTH_AFTER.match(text, end):
        return True
    return bool(forms.BIRTH_COLUMN.search(header_above(text, start)))


class DateRecogniser(EntityRecognizer):
    """Dates as a Presidio recogniser; DATE or DOB by what stands around them."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["DATE", "DOB"], name="rule:date", supported_language="en")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        dates = [
            RecognizerResult("DOB" if is_birth(text, date.start, date.end) else "DATE", date.start, date.end, 0.95)
            for date in find(text)
        ]
        return dates + [RecognizerResult("DATE", start, end, 0.95) for start, end in births(text)]
