"""The Chair and members of the Review Panel, whose names stay (§4.28): from tables, lists, prose, title page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.detect.page import Page
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.models import Block, BlockKind, PanelMember, Slot
from pipeline.rules import Rules

CHAIRED = re.compile(
    r"\b(?:[Cc]haired by|[Cc]hair(?: and (?:[Rr]eport )?[Aa]uthor)?(?: of (?:the )?(?:review|report|panel))?"
    r"\s*(?::|is|was|\|)"
    r"|[Rr]eport [Aa]uthor\s*(?::|is|was|\|)|[Aa]uthor(?: of (?:the|this) (?:overview )?report)?\s*:|written by)\s*$"
)
NOT_MEMBERS = re.compile(r"\b(?:not|nor|never|neither)\b[^.]{0,40}\bmembers?\b", re.IGNORECASE)
LISTED = re.compile(
    r"\bmembers?\b|\bpanel (?:was|comprised|consisted|included|consists|comprises)\b|\bchaired\b", re.IGNORECASE
)


CHAIRED_REVIEW = re.compile(
    r"(?:\b[Pp]anel\b(?:(?!MARAC|meeting|conference)[^.]){0,40}|\b[Tt]h(?:e|is) (?:\w+ ){0,3}[Rr]eview"
    r" (?:was|is|has been) (?:independently )?)[^.]{0,12}(?:chaired|written) by\s*$"
)
COMPRISED = re.compile(
    r"\b[Pp]anel (?:comprised|consisted of|comprises|consists of|was made up of|was composed of|included"
    r"|members were)\b"
)
HEADING_WORDS = frozenset(
    "the of and its to for on in a review reviews dhr domestic homicide panel member members membership composition "
    "chair chairs independent author authors participants representatives agencies agency who were was sat "
    "safeguarding adult serious case joint".split()
)
KIN = re.compile(
    r"\b(?:victim|perpetrator|deceased|mother|father|sister|brother|daughter|son|wife|husband|partner|aunt|uncle|cousin|"
    r"niece|nephew|neighbour|friend of|family member|child)\b"
)


def find(pages: Sequence[Page], names: Sequence[Name], rules: Rules) -> tuple[PanelMember, ...]:
    """Members in the order in which the reports list them; one entry a person."""
    members: dict[tuple[str, ...], PanelMember] = {}
    barred: set[str] = set()
    for number, page in enumerate(pages):
        own = [n for n in names if n.page == number]
        for name in own:
            if _chair_before(page, name) and len(name.words) > 1:
                _add(members, page, name, PanelMember("", "Independent Chair", "", chair=True))
        for first, last in _sections(page, rules):
            inside = [n for n in own if first <= page.layout.slots[n.words[0].slot].block < last]
            barred |= _said_not_to_be(page, inside)
            for name, member in _listed(page, inside, rules):
                _add(members, page, name, member)
    return tuple(m for tokens, m in members.items() if not (set(tokens[-1:]) & barred and not m.chair))


def _add(members: dict[tuple[str, ...], PanelMember], page: Page, name: Name, member: PanelMember) -> None:
    text = " ".join(w.text for w in name.words)
    shown = page.text[name.start : name.end] if not name.turned else text
    for tokens, known in members.items():
        if _same(name.tokens, tokens):
            members[tokens] = PanelMember(
                max(known.name, shown, key=len),
                known.role or member.role,
                known.agency or member.agency,
                known.chair or member.chair or "chair" in fold(member.role),
            )
            return
    members[name.tokens] = PanelMember(
        shown, member.role, member.agency, member.chair or bool(re.search(r"\bchair\b", fold(member.role)))
    )


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names are one person's: the same words, or initials for given names."""
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))


def _chair_before(page: Page, name: Name) -> bool:
    slot = page.layout.slots[name.words[0].slot]
    if slot.row >= 0 and slot.column > 0:
        row = page.document.blocks[slot.block].rows[slot.row]
        return slot.column == 1 and bool(re.search(r"\bchair\b|\breport author\b", fold(row[0]))) and len(row) == 2
    before = page.text[max(slot.start, name.start - 60) : name.start]
    if not CHAIRED.search(before):
        return False
    # "The MARAC ... chaired by" is another meeting, "the review of the plan" another review; a title page has labels.
    labelled = before.lstrip().startswith(("Independent", "Chair", "Report", "Author"))
    return labelled or bool(CHAIRED_REVIEW.search(page.text[max(slot.start, name.start - 90) : name.start]))


def listed_slots(pages: Sequence[Page], rules: Rules) -> frozenset[tuple[int, int]]:
    """(page, slot) of the list items and table cells of the Panel's sections, where a chain is a name, whole."""
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        for first, last in _sections(page, rules):
            for at, slot in enumerate(page.layout.slots):
                kind = page.document.blocks[slot.block].kind
                if first <= slot.block < last and kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
                    found.add((number, at))
    return frozenset(found)


def _sections(page: Page, rules: Rules) -> Iterator[tuple[int, int]]:
    """[first, last) block of each section whose heading is about the Panel's members; it ends at the next heading."""
    blocks = page.document.blocks
    phrases = [fold(p) for p in rules.vocabulary["panel_headings"]]
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and any(_about_panel(block, p) for p in phrases):
            later = (n for n in range(at + 1, len(blocks)) if blocks[n].kind is BlockKind.HEADING)
            yield at, next(later, len(blocks))
        elif block.kind is BlockKind.TABLE and _is_panel_table(blocks, at):
            yield at, min(at + 2, len(blocks))
        elif block.kind is BlockKind.PARAGRAPH and COMPRISED.search(block.text):
            yield at, at + 1
        elif block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= 6 and _is_label(block, phrases):
            later = (n for n in range(at + 1, len(blocks)) if not _is_member_line(blocks[n]))
            yield at, next(later, len(blocks))


def _is_label(block: Block, phrases: Sequence[str]) -> bool:
    """Whether a short paragraph stands as a heading does: "Panel members:"."""
    return not block.text.rstrip().endswith(".") and any(_about_panel(block, p) for p in phrases)


def _is_member_line(block: Block) -> bool:
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE) or (
        block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= 25 and not block.text.rstrip().endswith(".")
    )


def _about_panel(heading: Block, phrase: str) -> bool:
    """Whether a heading is the phrase, with no more than words of the trade around it ("The DHR Panel's members")."""
    text = fold(heading.text)
    if not re.search(rf"\b{re.escape(phrase)}\b", text):
        return False
    rest = re.sub(rf"\b{re.escape(phrase)}\b", " ", text, count=1).replace("'s", "")
    return all(word in HEADING_WORDS for word in re.findall(r"[a-z]+", rest))


def _is_panel_table(blocks: Sequence[Block], at: int) -> bool:
    """A table with names, roles and agencies that the lines just before call the Panel's."""
    block = blocks[at]
    if not block.header_rows:
        return False
    header = " ".join(fold(c) for c in block.rows[0])
    before = " ".join(fold(b.text) for b in blocks[max(0, at - 2) : at])
    columns = re.search(r"\bname\b|\bmember", header) and re.search(
        r"\brole|\bjob|\btitle|\bagency|\borganisation", header
    )
    return bool(
        columns and re.search(r"\bpanel\b", before + header) and not re.search(r"\bimr\b|\bauthors?\b", header)
    )


def _said_not_to_be(page: Page, names: Sequence[Name]) -> set[str]:
    """Surnames in a paragraph of the section that says whom it names is no member of the Panel."""
    barred = set()
    for name in names:
        slot = page.layout.slots[name.words[0].slot]
        if slot.row < 0 and NOT_MEMBERS.search(page.text[slot.start : slot.end]) and name.titles:
            barred.add(name.tokens[-1])
    return barred


def _listed(page: Page, names: Sequence[Name], rules: Rules) -> Iterator[tuple[Name, PanelMember]]:
    no_members = [fold(p) for p in rules.vocabulary["not_members"]]
    for name in names:
        if len(name.words) < 2:
            continue
        slot = page.layout.slots[name.words[0].slot]
        block = page.document.blocks[slot.block]
        text = page.text[slot.start : slot.end]
        if block.kind is BlockKind.TABLE:
            row = block.rows[slot.row]
            others = [c for n, c in enumerate(row) if n != slot.column]
            if slot.row < block.header_rows or any(p in fold(c) for c in row for p in no_members):
                continue
            headers = [fold(c) for c in block.rows[0]] if block.header_rows else []
            name_columns = [n for n, h in enumerate(headers) if h in rules.vocabulary["name_columns"]]
            if KIN.search(fold(" ".join(others))) or page.text[name.end : name.end + 2] in ("'s", "’s"):
                continue
            if slot.column not in (name_columns or range(len(row))):
                continue
            if name_columns or name.start - slot.start < 2 or _one_of_several(page, name):
                yield name, _from_row(page, name, text, slot.column, others)
        elif block.kind is BlockKind.LIST_ITEM:
            if KIN.search(fold(text)):
                continue
            if name.start - slot.start <= 40 and not any(p in fold(text) for p in no_members):
                yield name, _from_line(text[name.end - slot.start :])
        elif block.kind is BlockKind.PARAGRAPH and (_in_prose(page, name, slot) or _is_line(page, name, slot)):
            yield name, _from_line(page.text[name.end : slot.end].split(";")[0])


def _is_line(page: Page, name: Name, slot: Slot) -> bool:
    """Whether a paragraph is one line of a list without bullets ("Maud Perrine, Named Nurse, Larch Trust")."""
    text = page.text[slot.start : slot.end]
    after = page.text[name.end : name.end + 3]
    separated = after[:1] in (",", ":", "\t") or after in (" – ", " - ", " — ") or after[:2] == " ("
    whole = len(text.split()) <= 25 and not text.rstrip().endswith(".")
    return name.start - slot.start <= 2 and separated and whole and not KIN.search(fold(text))


ITEM_BEFORE = re.compile(r"(?::|;|; and|;and|,|by|were|and|was|is|of|comprised|comprises|included) ?$")


def _in_prose(page: Page, name: Name, slot: Slot) -> bool:
    """Whether a paragraph lists a name as a member: after a word that says so, as an item, and as nobody's kin."""
    item = page.text[name.end : slot.end].split(";")[0][:80]
    before = page.text[max(slot.start, name.start - 12) : name.start]
    return (
        bool(LISTED.search(page.text[slot.start : name.start]))
        and not NOT_MEMBERS.search(_sentence(page, name, slot.start, slot.end))
        and not KIN.search(item)
        and bool(ITEM_BEFORE.search(before.rstrip() + " "))
        and _is_item(page, name)
    )


def _sentence(page: Page, name: Name, start: int, end: int) -> str:
    low = max(start, page.text.rfind(". ", start, name.start) + 1)
    high = page.text.find(". ", name.end, end)
    return page.text[low : high if high > 0 else end]


def _is_item(page: Page, name: Name) -> bool:
    """In prose a member's name is followed by a role ("Colin Abara, Detective ..."), not by what somebody did."""
    return page.text[name.end : name.end + 1] in (",", ";", "(", ".") or page.text[name.end : name.end + 2] in (
        " (",
        " –",
    )


def _one_of_several(page: Page, name: Name) -> bool:
    return bool(re.search(r"(?:^|[/;,]|\band) ?$", page.text[max(0, name.start - 5) : name.start]))


def _from_row(page: Page, name: Name, text: str, column: int, others: list[str]) -> PanelMember:
    rest = text[text.find(name.words[-1].text) + len(name.words[-1].text) :].strip(" ,;–-")
    if len(others) >= 2:
        return PanelMember("", others[0], others[-1])
    agency = others[0] if others else ""
    if re.search(r"\bchair\b|\bauthor\b", fold(agency)):
        return PanelMember("", agency, "")
    own_role = "" if re.match(r"(?:and|/)", rest) else rest
    return PanelMember("", own_role, agency)


def _from_line(rest: str) -> PanelMember:
    parts = [p.strip(" .;") for p in re.split(r",| [–—-] |\(|\)", rest.strip(" ,–—-(:")) if p.strip(" .;")]
    if not parts:
        return PanelMember("")
    return PanelMember("", parts[0], ", ".join(parts[1:]))
