"""Who chairs the review: from a title page's label, a signature, a sentence, or a section about the Chair."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.detect.page import Page
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.models import Block, BlockKind, Slot

_REVIEW = (
    r"(?:(?:domestic|homicide|abuse|related|death|dhr|dardr|joint|independent|overview|review|this|the) )*"
    r"(?:review panel|review|panel|dhr|dardr|report|overview report)"
)
_AUTHOR = r"(?: (?:and|&|/) (?:the )?(?:(?:lead|overview|report|independent) )*(?:author|writer))"
_AUTHOR_FIRST = r"(?:(?:(?:lead|overview|report|independent) )*author (?:and|&|/) )?"
OWN_POST = (
    rf"(?:the )?{_AUTHOR_FIRST}(?:(?:independent|panel|review|dhr|dardr) )*chair(?:man|woman|person)?{_AUTHOR}?"
    rf"(?: of (?:the |this )?{_REVIEW}|(?! of\b))"
)
_NOT_MORE = r"(?! (?:of|for|to) )"
# The post in full says of itself that it is this review's: "Independent Chair of the Review", "Panel Chair".
TELLING = re.compile(
    r"\b(?:independent|panel|review|dhr|dardr) chair|\bof (?:the |this )?(?:\w+ ){0,3}(?:review|panel|dhr|report)\b"
)

LABEL = re.compile(rf"^(?:signed(?: by)?[:,]? )?{OWN_POST}\s*(?::|\bis\b|\bwas\b|[–—-]|\n|)\s*$")
POST_ALONE = re.compile(rf"^\(?{OWN_POST}\)?[.:,]?$")
POST_AFTER = re.compile(
    rf"^(?: [A-Z]{{2,6}}\b)*,? ?(?:[–—-] |\()?(?P<post>{OWN_POST}){_NOT_MORE}(?:[).,;\n]|$| thank| would| and)"
)
CHAIRED_BY = re.compile(
    r"(?:\b(?:the|this) (?:\w+ ){0,3}review (?:was|is|has been) (?:independently )?|\bpanel\b"
    r"(?:(?!marac|meeting|conference)[^.]){0,40})[^.]{0,12}\b(?:chaired(?: and written)?|written) by $"
)
CHAIR_IS = re.compile(
    rf"\b(?:the |an )?(?:(?:independent|panel|review) )*chair{_AUTHOR}? (?:of|for) (?:the|this) {_REVIEW},?"
    r" (?:(?:is|was|has been) )?$"
    rf"|\b(?:the|our) independent chair{_AUTHOR}? (?:is|was) $"
)
BARE_CHAIR_IS = re.compile(r"\bthe chair(?:man|woman|person)? (?:is|was) $")
APPOINTED = re.compile(r"\b(?:appointed|commissioned|engaged|asked) $")
ACTS_AS = re.compile(
    r"^,? (?:(?:was|is|has been) )?(?:(?:appointed|commissioned|engaged|asked|acted) )?(?:as|to act as|to be|is|was)"
    rf" (?:the |an )?{OWN_POST}"
)
CHAIRED = re.compile(
    r"^,? (?:(?:was|has been) )?(?:(?:appointed|commissioned|asked) )?(?:to )?chair(?:ed|s)?"
    rf" (?:and (?:wrote|write|author\w*) )?(?:the|this) {_REVIEW}(?! (?:of|meeting|conference))"
)
TITLE_MATTER = 25  # blocks at the front in which "Chair: ..." is the review's, and
SIGNATURE = 8  # blocks at the end
SIGNED_WORDS = 14


def is_chair(page: Page, name: Name, in_section: bool, named: Collection[int] = ()) -> bool:
    """Whether the place where a full name stands says that it is the Chair's.

    in_section  it is about the Panel
    named       blocks in which a full name stands
    """
    if len(name.words) < 2:
        return False
    slot = page.layout.slots[name.words[0].slot]
    if slot.row >= 0:
        return _in_label_row(page, slot)
    front = in_section or _at_an_end(page, slot)
    return (
        _labelled(page, name, slot, front)
        or _signed(page, name, slot)
        or _beside_post(page, name, slot, front, named)
        or _told(page, name, slot, in_section)
        or _in_own_section(page, name, slot)
    )


def _before(page: Page, name: Name, slot: Slot) -> str:
    return fold(page.text[slot.start : name.start])


def _after(page: Page, name: Name, slot: Slot) -> str:
    return fold(page.text[name.end : slot.end])


def _at_an_end(page: Page, slot: Slot) -> bool:
    return slot.block < TITLE_MATTER or slot.block >= len(page.document.blocks) - SIGNATURE


def _in_label_row(page: Page, slot: Slot) -> bool:
    """A title page's table: "Independent Chair | Name"."""
    row = page.document.blocks[slot.block].rows[slot.row]
    return len(row) == 2 and slot.column == 1 and bool(POST_ALONE.match(fold(row[0]).strip()))


def _labelled(page: Page, name: Name, slot: Slot, front: bool) -> bool:
    """After "Independent Chair:"; a bare "Chair:" is the review's at the front, at the end and in the Panel's "
    "list."""
    before = _before(page, name, slot)
    found = LABEL.match(before)
    return bool(before.strip() and found and (TELLING.search(before) or front))


def _signed(page: Page, name: Name, slot: Slot) -> bool:
    """ "Name, Independent Chair of the Review" anywhere; "Name, Independent Chair" in a line that is no sentence."""
    found = POST_AFTER.match(_after(page, name, slot))
    if not found:
        return False
    text = page.text[slot.start : slot.end]
    line = len(text.split()) <= SIGNED_WORDS and not text.rstrip().endswith(".")
    return "of th" in found["post"] or (line and bool(TELLING.search(found["post"]) or "signed" in fold(text)))


def _beside_post(page: Page, name: Name, slot: Slot, front: bool, named: Collection[int]) -> bool:
    """The name alone on a line, its post alone on the next, or on the line before if that is no other name's."""
    if _before(page, name, slot).strip(" _.") or len(_after(page, name, slot).split()) > 3:
        return False
    blocks, at = page.document.blocks, slot.block
    if at + 1 < len(blocks) and _is_post(blocks[at + 1], front):
        return True
    return at > 0 and _is_post(blocks[at - 1], front) and at - 2 not in named


def _is_post(block: Block, front: bool) -> bool:
    text = fold(block.text).strip()
    return block.kind is not BlockKind.TABLE and bool(
        POST_ALONE.match(text) and (TELLING.search(text) or (front and block.kind is not BlockKind.HEADING))
    )


def _told(page: Page, name: Name, slot: Slot, in_section: bool) -> bool:
    """A sentence says so: "The review was chaired by ...", "... was appointed as Independent Chair"."""
    before, after = _before(page, name, slot), _after(page, name, slot)
    if CHAIRED_BY.search(before) or CHAIR_IS.search(before) or (in_section and BARE_CHAIR_IS.search(before)):
        return True
    says = ACTS_AS.match(after)
    if not (CHAIRED.match(after) or (says and TELLING.search(says.group()))):
        return False
    return bool(APPOINTED.search(before)) or _begins_sentence(before) or in_section


def _begins_sentence(before: str) -> bool:
    return not before.strip() or bool(re.search(r"[.:;] $", before))


def _in_own_section(page: Page, name: Name, slot: Slot) -> bool:
    """The first words of a section that is headed "Independent Chair" are the Chair's name."""
    if not slot.block or _before(page, name, slot).strip():
        return False
    above = page.document.blocks[slot.block - 1]
    return above.kind is BlockKind.HEADING and bool(POST_ALONE.match(fold(above.text).strip()))
