"""Dates in every written form, and what is left of them: month and year in the narrative, nothing of a birth date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    # A full stop belongs to a shortened month where the sentence goes on, and to the sentence elsewhere.
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?:\.(?=,?\s*['’\d]|\s+(?-i:[a-z])))?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
WEEKDAY_BEFORE = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+$")
_YEAR = r"(?P<{0}>(?:19|20)\d\d|['’]\d\d)"
_DAYS = rf"{_DAY}(?:(?:\s*(?:-|–|/|&|to|and|or|,)\s*){_DAY})*"

WRITTEN = re.compile(
    rf"(?<![\w.,/])(?:the\s+)?{_DAYS}\s+(?:of\s+)?{_MONTH.format('m1')}(?:,?\s+{_YEAR.format('y1')})?",
    re.IGNORECASE,
)
TURNED = re.compile(
    rf"\b{_MONTH.format('m1')}\s+(?:the\s+)?{_DAYS}\b(?!\s*:|\d)(?:,?\s+{_YEAR.format('y1')})?",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)"
)
WEEKDAY_NUMERIC = re.compile(
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+\d{1,2}[/.](?P<m>0?[1-9]|1[0-2])\b(?![/.]\d)"
)
BARE_DAY = re.compile(
    r"\b(?:[Oo]n|[Oo]f|[Bb]y|[Uu]ntil|[Ff]rom)\s+(?P<day>the\s+(?:[12]?(?:1st|2nd|3rd|[4-9]th)|1[0-9]th|[23]0th|31st))\b(?!\s+(?:\w+(?:ary|ry|ch|il|ay|ne|ly|st|ber)|floor|storey|party)\b)"
)
ISO = re.compile(
    r"(?<![\d/-])(?P<y>(?:19|20)\d\d)(?P<sep>[/-])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])"
)
# the American order, and "on 3/5"
AMERICAN = re.compile(r"(?<![\d/.-])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?P<y>(?:19|20)\d\d)(?![\d/-])")
SHORT = re.compile(r"\b[Oo]n\s+(?P<day>(?:0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2]))(?![\d/])")
WEEKDAY_THE = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?P<day>the\s+\d{1,2}(?:st|nd|rd|th))\b(?!\s+(?:of\s+)?[A-Z])"
)
OF_THAT_MONTH = re.compile(
    r"\b(?P<day>(?:the\s+)?\d{1,2}(?:st|nd|rd|th)(?:\s+(?:and|or|to)\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th))*)"
    r"(?=\s+of\s+(?:that|the same|this|the) month)"
)
_ORDINAL = (
    "(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|"
    "fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    "eighteenth|nineteenth|twentieth|thirtieth"
)
SPELT = re.compile(rf"\b(?:the\s+)?(?:{_ORDINAL})\s+of\s+{_MONTH.format('m1')}(?:,?\s+{_YEAR.format('y1')})?", re.I)
FEAST = re.compile(
    r"\b(?:Christmas (?:Day|Eve)|Boxing Day|New Year['’]s (?:Day|Eve)|Valentine['’]s Day|Easter Sunday|Good Friday)"
    r",?\s+"
    r"(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"
)
# "3.2.10" is a paragraph's number; a date with dots and a short year has two digits for both day and month.
SECTION = re.compile(r"(?!\d\d\.\d\d\.)\d{1,2}\.\d{1,2}\.\d\d")
REFERS = re.compile(r"(?:\b(?:paragraphs?|paras?\.?|sections?|see|at|and|to|in)\s+|\n|^)$", re.IGNORECASE)
BIRTH = re.compile(
    r"(?:\bborn\b(?:\s+on)?|\bd\.?o\.?b\b\.?|\bdate of birth\b|\bbirthday\b)[^.;|\n]{0,20}$", re.IGNORECASE
)
BIRTH_HEADERS = ("born", "date of birth", "dob", "d.o.b", "birth")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as found: [start, end) and its month and year in words ("February 2019", "February")."""

    start: int
    end: int
    month_year: str


def _year(text: str | None) -> str:
    if not text:
        return ""
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return digits
    return ("20" if int(digits) < 50 else "19") + digits


def _month(name: str) -> str:
    return next(m for m in MONTHS if m.casefold().startswith(name.casefold()[:3]))


def find(text: str) -> list[Written]:
    """Every date that tells the day, in order; months and years alone are no dates."""
    found: list[Written] = []
    for pattern in (WRITTEN, TURNED, SPELT):
        for match in pattern.finditer(text):
            name = match.group("m1")
            # "may" and "march" are verbs as well: in lower case a month needs its year.
            if name[0].islower() and name in ("may", "march", "mar") and not match.group("y1"):
                continue
            label = f"{_month(name)} {_year(match.group('y1'))}".strip()
            found.append(Written(match.start(), match.end(), label))
    for pattern in (NUMERIC, ISO):
        for match in pattern.finditer(text):
            if SECTION.fullmatch(match.group()) and REFERS.search(text[max(0, match.start() - 14) : match.start()]):
                continue
            found.append(
                Written(match.start(), match.end(), f"{MONTHS[int(match.group('m')) - 1]} {_year(match.group('y'))}")
            )
    found += [Written(m.start(), m.end(), m.group("y")) for m in FEAST.finditer(text)]
    found += [Written(m.start(), m.end(), MONTHS[int(m.group("m")) - 1]) for m in WEEKDAY_NUMERIC.finditer(text)]
    found += [Written(m.start(), m.end(), m.group("y")) for m in AMERICAN.finditer(text)]
    found += [Written(*m.span("day"), MONTHS[int(m.group("m")) - 1]) for m in SHORT.finditer(text)]
    for pattern in (BARE_DAY, WEEKDAY_THE, OF_THAT_MONTH):
        found += [Written(*m.span("day"), "") for m in pattern.finditer(text)]
    found.sort(key=lambda d: (d.start, -d.end))
    apart: list[Written] = []
    for date in found:
        if not apart or date.start >= apart[-1].end:
            apart.append(date)
    return apart


def is_birth(text: str, start: int) -> bool:
    """Whether what stands before a date makes it a date of birth."""
    return bool(BIRTH.search(text[max(0, start - 40) : start]))


class DateRecogniser(EntityRecognizer):
    """Dates as a Presidio recogniser; DATE or DOB by what stands before them."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["DATE", "DOB"], name="rule:date", supported_language="en")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        return [
            RecognizerResult("DOB" if is_birth(text, date.start) else "DATE", date.start, date.end, 0.95)
            for date in find(text)
        ]
