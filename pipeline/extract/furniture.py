"""Page furniture: what is printed on a report but is not the report."""

from __future__ import annotations

import re

# Government Security Classifications (2014) and the Government Protective Marking Scheme before it (§4.25).
_LEVELS = (
    r"NOT PROTECTIVELY MARKED|UNCLASSIFIED|PROTECT|RESTRICTED|(?:STRICTLY |PRIVATE (?:AND|&) )?CONFIDENTIAL|SECRET"
    r"|OFFICIAL(?:[ ]?[-–—:/][ ]?| )SENSITIVE|OFFICIAL"
)
_LEVEL = re.compile(rf"^(?:(?:GPMS|GSC|PROTECTIVE MARKING|CLASSIFICATION|MARKING)\s*[:–—-]\s*)?(?:{_LEVELS})")
_MARKING = re.compile(
    rf"{_LEVEL.pattern}"
    r"(?:$|\s*[:–—/(\[-].*"
    r"|\s+(?:PERSONAL|POLICY|STAFF|MEDICAL|INVESTIGATIONS?|WHEN COMPLETED?|DRAFT|UNTIL|NOT|FOR|GPMS|DOCUMENT"
    r"|INFORMATION)\b.*)"
)
# "RESTRICTED – until published": the marking in capitals, a dash, colon or bracket, and a few words.
_UNTIL = re.compile(rf"^(?:{_LEVELS})\s*[:–—/(\[-]\s*(?:[\w’'-]+[\s)\]]*){{1,4}}$")
_LONGEST_MARKING = 120  # characters
_EXACT_MARKING = re.compile(
    r"^(?:restricted|(?:strictly |private and )?confidential|official(?:[ –—-]*sensitive)?"
    r"|not protectively marked)\.?$",
    re.I,
)
_PAGE_NUMBER = re.compile(
    r"^(?:page|p\.?)?\s*[-–—|•]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—|•]?\s*(?:(?:of|/)\s*\d{1,4}|p ?a ?g ?e)?$", re.I
)
# What may follow a marking: "RESTRICTED – until published", "OFFICIAL-SENSITIVE: PERSONAL".
_HANDLING = frozenset(
    "until when not for personal policy staff medical investigation investigations complete completed draft gpms "
    "document information publication published only commercial private confidential access circulation distribution "
    "copy copied copying disclosure disclosed eyes handling limited sensitive version final to be in this form the "
    "and or of review report".split()
)


def is_marking(text: str) -> bool:
    """True for a line that is a protective marking; False for a sentence that speaks of one."""
    line = " ".join(text.split())
    if _EXACT_MARKING.match(line):
        return True
    if len(line) <= _LONGEST_MARKING and line == line.upper():
        return bool(_MARKING.match(line))
    return bool(_UNTIL.match(line))


def is_marking_alone(text: str) -> bool:
    """True for a line within a report that is a marking beyond doubt: the marking in capitals, and how to handle it.

    "PROTECT: making victims safer" may be the report's own words; at a page's edge they are not.
    """
    line = " ".join(text.split())
    if _EXACT_MARKING.match(line):
        return True
    level = _LEVEL.match(line)
    if level is None or len(line) > _LONGEST_MARKING:
        return False
    return set(re.findall(r"[a-z]+", line[level.end() :].casefold())) <= _HANDLING


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text.strip()))
