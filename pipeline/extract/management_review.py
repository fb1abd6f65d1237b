"""Telling an individual management review (IMR) from an Overview Report that speaks of IMRs.

IMRs are never made publicly available (§4.20), so one may not even be taken in.
"""

from __future__ import annotations

import re

from pipeline.errors import ManagementReview
from pipeline.models import BlockKind, Document

_REVIEW = re.compile(
    r"\b(?:individual|internal|independent|agency) (?:agency )?management review(?! (?:authors?|panel))\b"
    r"|\bIMR\b(?!s| authors?)",
    re.I,
)
_REPORT = re.compile(r"\boverview report\b|\bexecutive summary\b", re.I)
_OPENING_BLOCKS = 12
_LONGEST_TITLE_LINE = 140  # characters; what is longer is a sentence about reviews, not a title


def refuse_management_review(document: Document) -> None:
    """Raises ManagementReview when the lines of the title page call the document an IMR before anything else."""
    for block in document.blocks[:_OPENING_BLOCKS]:
        if block.number or block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            return
        text = block.text
        if block.kind is BlockKind.PARAGRAPH and (len(text) > _LONGEST_TITLE_LINE or text.endswith(".")):
            continue
        review, report = _REVIEW.search(text), _REPORT.search(text)
        if review and (not report or review.start() < report.start()):
            raise ManagementReview(
                "This is an individual management review, which is never published (§4.20).",
                "Take in the Overview Report or the Executive Summary.",
            )
        if report:
            return
