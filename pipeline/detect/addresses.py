"""What belongs to an address beside the name of its street or building: flats, floors, blocks, numbers, the name of a
house, an outward postcode; and homes that are told by such words alone ("Room 7").

The names themselves are found by places.py.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.detect.page import Claim, Page

_DESIGNATION = r"(?:\d{1,4}(?:\s?[/–-]\s?\d{1,3})?[A-Za-z]?|[A-K]\d{0,3})"
_UNIT = (
    r"(?:[Ff]lat|FLAT|[Aa]partment|[Aa]pt\.?|[Rr]oom|ROOM|[Uu]nit|[Ss]tudio|[Pp]lot|[Bb]edsit|[Mm]aisonette|[Bb]lock|"
    rf"BLOCK|[Tt]ower|[Dd]oor)\s+(?:(?:no\.?|number)\s*)?{_DESIGNATION}(?!\w)"
)
_FLOOR = (
    r"(?:[Gg]round|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Tt]op|[Ll]ower|[Uu]pper|[Bb]asement|[Gg]arden|\d{1,2}(?:st|nd|rd|th))"
    r"(?:[ -](?:[Gg]round\s)?[Ff]loor)?(?:\s+(?:[Ff]lat|[Ff]ront|[Rr]ear|[Mm]aisonette|[Ss]tudio))"
    r"|(?:[Gg]round|[Ff]irst|[Ss]econd|[Tt]hird|[Tt]op|\d{1,2}(?:st|nd|rd|th))[ -][Ff]loor"
)
_NUMBER = r"\d{1,4}[A-Za-z]?(?:\s?[–/-]\s?\d{1,4}[A-Za-z]?)?"
BEFORE_NAME = re.compile(
    rf"(?<!\w)(?:(?:{_UNIT}|{_NUMBER}),?\s+(?:(?:of|at|on|in)\s+)?(?:the\s+)?|(?:{_FLOOR}),?\s+(?:at\s+)?)+$"
)
NUMBER_BEFORE = re.compile(  # "12-" of "12-14 Larch Road", "Apt. " of "Apt. 4B, Larch Tower"
    r"(?<![\w/-])(?:\d{1,4}[A-Za-z]?\s?(?:[–/-]|&|and)\s?|(?:[Ff]lat|[Aa]pt\.?|[Rr]oom|[Uu]nit|[Bb]edsit|[Bb]lock)\s+(?:no\.?\s*)?)$"
)
YEAR_FIRST = re.compile(r"(?:19|20)\d\d,?\s+")
SINCE = re.compile(r"\b(?:in|since|by|from|until|during|of|and|to)\s+$", re.IGNORECASE)
HOUSE_NAME = re.compile(
    r"\b(?:at|of|to|from|in)\s+[\"“‘']?(?P<value>(?:[A-Z][\w’'-]+\s){0,2}[A-Z][\w’'-]+)[\"”’']?,\s+$"
)
LETTER_AFTER = re.compile(r"\s?[/–-]\s?\d{1,3}[A-Za-z]?(?!\w)|[A-Za-z](?!\w)")
OUTWARD = re.compile(
    r"(?:,\s*|\s+)(?:London(?:,\s*|\s+))?(?P<value>[A-PR-UWYZ][A-HK-Y]?\d{1,2}[A-HJKPSTUW]?)(?!\w|[ -]?\d[A-Z]{2})"
)
_OFFICIAL = (
    "court meeting interview class committee conference consulting treatment waiting control incident hearing "
    "training operating seminar"
).split()
_NO_HOME = "".join(rf"(?<!(?i:{word}) )" for word in _OFFICIAL)
HOME = re.compile(
    rf"{_NO_HOME}\b(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Rr]oom|[Bb]edsit|[Mm]aisonette|[Bb]lock)\s+(?:(?:no\.?|number)\s*)?"
    r"(?:\d{1,4}(?:/\d{1,3})?[A-Za-z]?|(?<=[Bb]lock )[A-K](?![a-z’'])|(?<=Flat )[A-HJK](?![a-z’']))(?!\w)"
    r"(?!\s+(?:years|months|weeks|days|people|minutes|hours|per)\b)"
)
SHORTENED = re.compile(
    rf"(?<![\w./-]){_NUMBER},?\s(?:[A-Z][\w’']+\s){{1,3}}(?:Ln|Cl|Cres|Gdns|Sq|Terr|Ave|Blvd|Pde|Gro|Bldgs|Ct|Crt)\b\.?"
    r"|\b[Pp]\.?\s?[Oo]\.?\s[Bb]ox\s\d{1,6}\b"
)
NAMED = ("rule:street", "rule:building", "rule:address")


def complete_addresses(page: Page) -> None:
    """Widen the claims of streets and buildings over what belongs to them; claim homes that nothing else names."""
    for claim in [c for c in page.claims if _is_address(c)]:
        if claim in page.claims and not _cut_year(page, claim):
            _widen(page, claim)
    for pattern in (SHORTENED, HOME):
        for match in pattern.finditer(page.text):
            reason = "the number of a home"
            page.claim(Claim(match.start(), match.end(), "ADDRESS", ("rule:address",), reason, "[address]"))
    for claim in [c for c in page.claims if _is_address(c) or c.type == "PLACE"]:
        _claim_outward(page, claim)


def _is_address(claim: Claim) -> bool:
    return claim.type in ("ADDRESS", "PLACE") and any(s in NAMED for s in claim.sources)


def _cut_year(page: Page, claim: Claim) -> bool:
    """Take off a year that was taken for a house's number ("In 2018 Larch Road was closed"); says whether it was."""
    year = YEAR_FIRST.match(page.text, claim.start)
    if not year or not SINCE.search(page.text[max(0, claim.start - 8) : claim.start]):
        return False
    label = "[street]" if "rule:street" in claim.sources else claim.replacement
    page.claims.remove(claim)
    page.claim(replace(claim, start=year.end(), type="PLACE", replacement=label))
    return True


def _widen(page: Page, claim: Claim) -> None:
    slot = next(s for s in page.layout.slots if s.start <= claim.start <= s.end)
    start, end = claim.start, claim.end
    before = page.text[max(slot.start, start - 90) : start]
    match = HOUSE_NAME.search(before) if "rule:street" in claim.sources else None
    if match and not page.claimed(start - len(before) + match.start("value"), start):
        start -= len(before) - match.start("value")
    elif found := (NUMBER_BEFORE.search(before) if page.text[start].isdigit() else None) or BEFORE_NAME.search(
        before
    ):
        start -= len(before) - found.start()
    if "rule:address" in claim.sources and (after := LETTER_AFTER.match(page.text, end, slot.end)):
        end = after.end()
    swallowed = [c for c in page.claims if c is not claim and c.start < end and c.end > start]
    if (start, end) == (claim.start, claim.end) or not all(c.type in ("ADDRESS", "PLACE") for c in swallowed):
        return
    for part in (claim, *swallowed):
        page.claims.remove(part)
    start, end = min(start, *(c.start for c in (claim, *swallowed))), max(end, *(c.end for c in (claim, *swallowed)))
    page.claim(replace(claim, start=start, end=end, type="ADDRESS", reason="an address", replacement="[address]"))


def _claim_outward(page: Page, claim: Claim) -> None:
    """Claim "SE15" after an address, a street or a quarter; elsewhere it names a district as large as a borough."""
    if match := OUTWARD.match(page.text, claim.end):
        start, end = match.span("value")
        page.claim(Claim(start, end, "POSTCODE", ("rule:address",), "the first half of a postcode", "[postcode]"))
