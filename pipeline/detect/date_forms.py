"""The written forms of dates as regular expressions. What is made of them is in dates.py."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_MONTHS = "|".join(m[:3] for m in MONTHS)
MONTH = (
    r"(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    # A full stop belongs to a shortened month where the sentence goes on, and to the sentence elsewhere.
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![^\W\d_])(?:\.(?=,?\s*['’\d]|\s+(?-i:[a-z])))?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![^\W\d_]|\d)"
# Before a month without a gap: "04JUL18".
JOINED = r"(?<!\w)(?:0[1-9]|[12]\d|3[01])"
ONE_WEEKDAY = r"(?-i:(?=[A-Z]))(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
WEEKDAY = rf"(?:{ONE_WEEKDAY}(?:\s*(?:/|&|-|–|and|or)\s*{ONE_WEEKDAY})?,?\s+)?"
DAYS = rf"{DAY}(?:\s*(?:-|–|—|/|&|\bto\b|\band\b|\bor\b|\buntil\b|,)\s*(?:the\s+)?{WEEKDAY}{DAY}){{0,5}}"
# Two digits are a year only where a sentence could go on after one: "4 Jul 18 at", not "4 July 18 officers".
_SHORT_YEAR = (
    r"[0189]\d|2[0-9])(?=\s*(?:$|[,;)\]|\n–]|[.:](?!\d)|(?:at|and|to|until|when|where|he|she|they|the|police|was|"
    r"were|in|with|by|from|for|after|before|because|who|which|a|an|on|but|her|his|it|that)\b))"
)
YEAR = rf"(?P<y>(?:19|20)\d\d(?!\d)|['’‘]\s?\d\d(?!\d)|(?:{_SHORT_YEAR})"
_YEAR_AFTER = rf"(?:(?:,?\s+(?:of\s+|in\s+)?|\s?[./-])(?:{YEAR}))?"
_WEEKDAY_AFTER = rf"(?:,?\s*\({ONE_WEEKDAY}\))?"
PERIODS = "night|morning|afternoon|evening|early hours|small hours|weekend|week|day"
PERIOD = rf"(?:the\s+)?(?P<period>{PERIODS})\s+of\s+"
# "the 4 July meeting" keeps its article, "on the 4th of July" does not.
_THE = r"(?:(?:the|this)\s+(?=\d{1,2}\s?(?:st|nd|rd|th))|(?<=\bon )the\s+|(?<=\bby )the\s+|(?<=\bof )the\s+)?"
_ORDINAL = (
    "(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|"
    "fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    "eighteenth|nineteenth|twentieth|thirtieth"
)

WRITTEN = re.compile(
    rf"(?<![\w.,])(?<!\d[/-])(?:{PERIOD})?{WEEKDAY}{_THE}{WEEKDAY}{DAYS}(?:\s+(?:day\s+)?(?:of\s+)?|[./-]){MONTH}"
    rf"{_YEAR_AFTER}{_WEEKDAY_AFTER}",
    re.IGNORECASE,
)
COMPACT = re.compile(rf"{JOINED}{MONTH}(?P<y>(?:19|20)?\d\d)(?!\w)", re.IGNORECASE)
TURNED = re.compile(
    rf"(?:{PERIOD})?{WEEKDAY}\b{MONTH},?\s+(?:the\s+)?{DAYS}\b(?!\s*:|\d|%|\s+per\s+cent|\s+percent)"
    rf"(?:,?\s+(?:{YEAR}))?{_WEEKDAY_AFTER}",
    re.IGNORECASE,
)
SPELT = re.compile(
    rf"\b(?:{PERIOD})?{WEEKDAY}(?:the\s+)?(?:{_ORDINAL})\s+(?:(?:and|or|to)\s+(?:the\s+)?(?:{_ORDINAL})\s+)?(?:day\s+)?"
    rf"of\s+{MONTH}{_YEAR_AFTER}",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    rf"(?<![\d/.-])(?<!v)(?:{PERIOD})?{WEEKDAY}(?:the\s+)?(?:(?:0?[1-9]|[12]\d|3[01])\s?(?:-|–|&|/|and)\s?)?"
    r"(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>\s?[/.-]\s?)(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)"
    rf"(?![\d/-]|\.\d|,\d){_WEEKDAY_AFTER}"
)
ISO = re.compile(
    r"(?<![\d/-])(?P<y>(?:19|20)\d\d)(?P<sep>[/.-])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:T\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])"
)
# The American order, and days without a year: "on 3/5", "Fri 3/5".
AMERICAN = re.compile(r"(?<![\d/.-])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?P<y>(?:19|20)\d\d)(?![\d/-])")
SHORT = re.compile(
    r"\b(?:[Oo]n|[Ss]ince|[Dd]ated|[Bb]y|[Uu]ntil|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Nn]ight of)\s+(?:the\s+)?"
    r"(?P<day>(?!9/11\b)(?:0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2]))(?![\d/]|\.\d|\s+of\b|\s+(?:care|cover|support|"
    r"basis|helpline|line|service|response|access|supervision|majority|in favour))"
)
WEEKDAY_SHORT = re.compile(rf"\b{ONE_WEEKDAY},?\s+(?:the\s+)?\d{{1,2}}[/.](?P<m>0?[1-9]|1[0-2])\b(?![/.:]\d)")
_NTH = r"(?:[12]?(?:1st|2nd|3rd|[4-9]th)|1\dth|[23]0th|31st)"
_NTHS = rf"the\s+{_NTH}(?:(?:\s*[/&–-]\s*|\s+(?:and|or|to)\s+)(?:the\s+)?{_NTH})?"
_COUNTED = (
    r"floor|storey|party|century|occasion|attempt|visit|call|time|incident|edition|anniversary|birthday|appointment|"
    r"meeting|session|referral|child|pregnancy|week|month|year|grade|quarter|recommendation|review|report|homicide|"
    r"contact|assessment|person|paragraph|line|page|item|column|row|day|most|largest|highest|of\s+\d|percentile|defendant"
)
BARE_DAY = re.compile(
    rf"\b(?:(?:[Oo]n|[Oo]f|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]ince|[Bb]efore|[Aa]fter|[Tt]o)\s+)(?P<day>{_NTHS})\b"
    rf"(?!\s+(?:{_COUNTED})\b|\s+(?:of\s+)?(?:{_SHORT_MONTHS}))"
)
WEEKDAY_THE = re.compile(
    rf"\b(?P<day>{ONE_WEEKDAY},?\s+{_NTHS})\b(?!\s+(?:of\s+)?(?:{_SHORT_MONTHS})|\s+(?:{_COUNTED})\b)"
)
OF_THAT_MONTH = re.compile(
    r"\b(?P<day>(?:the\s+)?\d{1,2}(?:st|nd|rd|th)(?:\s+(?:and|or|to)\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th))*)"
    r"(?=\s+of\s+(?:that|the same|this|the) month)"
)
FEAST = re.compile(
    r"\b(?:Christmas (?:Day|Eve)|Boxing Day|New Year['’]s (?:Day|Eve)|Valentine['’]s Day|Mother['’]s Day|"
    r"Father['’]s Day|Easter (?:Sunday|Monday)|Good Friday|Halloween|Bonfire Night|May Day),?\s+"
    r"(?:of\s+|in\s+)?(?P<y>(?:19|20)\d\d)\b"
)
# "3.2.10" is a paragraph's number; a date with dots and a short year has two digits for both day and month.
SECTION = re.compile(r"(?!\d\d\.\d\d\.)\d{1,2}\.\d{1,2}\.\d\d")
REFERS = re.compile(
    r"(?:\b(?:paragraphs?|paras?\.?|sections?|see|at|and|to|in|version|recommendations?|item|figure|table)\s+|\n|^)$",
    re.IGNORECASE,
)
SORT_CODE = re.compile(r"sort ?code[^\n\d]{0,20}$", re.IGNORECASE)

_BIRTH = (
    r"\bborn\b(?:\s+on)?|\bd\.?\s?o\.?\s?b\b\.?|\b(?:date|day) of (?:his |her |their )?birth\b|\bbirth ?date\b|"
    r"\bbirthday\b|\bgave birth\b|\bgiving birth\b"
)
BIRTH = re.compile(rf"(?:(?:{_BIRTH})(?:[^.;|\n]{{0,20}}|[^|\n]{{0,4}}\|\s*)|(?<!\w)b\.?\s)$", re.IGNORECASE)
BIRTH_AFTER = re.compile(r"\s*\(\s*(?:d\.?o\.?b|date of birth)\.?\s*\)", re.IGNORECASE)
BIRTH_COLUMN = re.compile(r"\bbirth|\bd\.?o\.?b\b|\bborn\b", re.IGNORECASE)
# What is less than a date but still tells of a birth: "Date of birth: May 1981", "(b. 1981)".
_MONTH_YEAR = rf"(?:(?:{'|'.join(MONTHS)}|{_SHORT_MONTHS}|Sept)\.?\s+)?(?:19|20)\d\d"
BORN_IN = re.compile(
    rf"(?:(?<=\()b\.?\s+|\b(?:[Yy]ear|[Mm]onth) of birth\b[\s:|]*(?:was\s+|is\s+)?|"
    rf"\b(?:DOB|D\.O\.B\.?|[Dd]ate of birth)\b[\s:|]*)(?P<value>{_MONTH_YEAR})(?![\w/]|-\d)"
)
YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
MONTH_YEAR = re.compile(_MONTH_YEAR)
