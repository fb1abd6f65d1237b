"""Words that character recognition read with little confidence: somebody decides about each.

A misread name is no name to the other layers, and a misread figure makes another date; so what nothing else asks
about is unexplained, and what policy would settle alone, or keep, is asked about too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.detect.page import Claim, Page
from pipeline.models import Analysis

SOURCE = "scan"
REASON = "Read with little confidence from a scan"
_RISK = 2 / 3
_EDGES = re.compile(r"^[^\w@]+|(?:[’']s)?[^\w]+$|[’']s$")


def claim_unsure(pages: Sequence[Page]) -> None:
    """Claim the doubtful words that no other layer has claimed, or that are claimed to stay; the words beside them
    in such a claim stay."""
    for page in pages:
        for start, end in _places(page):
            for claim in [c for c in page.claims if c.start < end and start < c.end and c.type == "STAY"]:
                page.claims.remove(claim)
                for part in (replace(claim, end=start), replace(claim, start=end)):
                    if part.start < part.end:
                        page.claim(part)
            page.claim(Claim(start, end, "UNEXPLAINED", (SOURCE,), REASON, score=_RISK))


def asked_about(analysis: Analysis, pages: Sequence[Page]) -> Analysis:
    """The analysis with a decision needed about whatever holds a doubtful word."""
    places = {page.kind: list(_places(page)) for page in pages}
    doubtful = {
        finding.identity
        for finding in analysis.findings
        if any(start < finding.end and finding.start < end for start, end in places[finding.document])
    }
    if not doubtful:
        return analysis
    identities = tuple(
        replace(i, needs_decision=True, risk=max(i.risk, 1), reason=f"{i.reason}; {REASON[0].lower()}{REASON[1:]}")
        if i.key in doubtful and not i.needs_decision
        else i
        for i in analysis.identities
    )
    return replace(analysis, identities=identities)


def _places(page: Page) -> Iterator[tuple[int, int]]:
    """Where the doubtful words of a page's blocks stand, without the signs around them."""
    for slot in page.layout.slots:
        text = page.text[slot.start : slot.end]
        for word in page.document.blocks[slot.block].unsure:
            bare = _EDGES.sub("", word.split("[^")[0]) or word
            inside = word.find(bare)
            for found in re.finditer(rf"(?<!\S){re.escape(word)}(?!\S)", text):
                start = slot.start + found.start() + inside
                yield start, start + len(bare)
