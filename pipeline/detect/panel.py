"""The Chair and members of the Review Panel, whose names stay (§4.28), as the reports of a case list them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from pipeline.detect.page import Page
from pipeline.detect.panel_chair import is_chair
from pipeline.detect.panel_lists import NOT_A_MEMBER, Reader
from pipeline.detect.panel_sections import Section, sections
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.models import BlockKind, PanelMember, PanelSource
from pipeline.rules import Rules

ALIKE = 85.0  # rapidfuzz ratio from which a name in one report is the same name in the other, misspelt
CHAIR = PanelMember("", "Independent Chair", "", chair=True)


@dataclass
class _List:
    """Members in the order in which the reports list them; one entry a person."""

    entries: dict[tuple[str, ...], PanelMember] = field(default_factory=dict)

    def add(self, page: Page, name: Name, member: PanelMember) -> None:
        shown = page.text[name.start : name.end] if not name.turned else " ".join(w.text for w in name.words)
        said = replace(member, name=shown, sources=(PanelSource(page.kind, name.start, name.end),))
        key = next((tokens for tokens in self.entries if _same(name.tokens, tokens)), None)
        self.entries[key or name.tokens] = _merged(self.entries[key], said) if key else said


def find(pages: Sequence[Page], names: Sequence[Name], rules: Rules) -> tuple[PanelMember, ...]:
    """Members in the order in which the reports list them, one entry a person, with the places that say so."""
    found = _List()
    barred: set[str] = set()
    others = _others(rules)
    for number, page in enumerate(pages):
        own = [n for n in names if n.page == number]
        about = list(sections(page, rules))
        starts = [n.start for n in own if n.strong and len(n.words) > 1]
        barred |= _said_not_to_be(page, own, about)
        for name, member in _on_page(Reader(page, others, starts), own, about):
            found.add(page, name, member)
    return tuple(m for tokens, m in found.entries.items() if m.chair or tokens[-1] not in barred)


def listed_slots(pages: Sequence[Page], rules: Rules) -> frozenset[tuple[int, int]]:
    """(page, slot) of the list items and table cells of the Panel's sections, where a chain is a name, whole."""
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        listed = {n for section in sections(page, rules) for n in range(section.first, section.last)}
        for at, slot in enumerate(page.layout.slots):
            if slot.block in listed and page.document.blocks[slot.block].kind in (
                BlockKind.LIST_ITEM,
                BlockKind.TABLE,
            ):
                found.add((number, at))
    return frozenset(found)


def _others(rules: Rules) -> re.Pattern[str]:
    """The posts that make nobody a member, as whole words."""
    words = "|".join(re.escape(fold(p)) for p in rules.vocabulary["not_members"])
    return re.compile(rf"\b(?:{words})\b")


def _on_page(reader: Reader, names: Sequence[Name], about: Sequence[Section]) -> Iterator[tuple[Name, PanelMember]]:
    """Every name on a page whose place makes it the Chair's or a member's."""
    page = reader.page
    yield from reader.split_names(n for s in about for n in range(s.first, s.last) if s.counts(n))
    named = {page.layout.slots[n.words[0].slot].block for n in names if n.strong and len(n.words) > 1}
    for name in names:
        block = page.layout.slots[name.words[0].slot].block
        around = [s for s in about if s.first <= block < s.last]
        member = reader.member(name) if any(s.counts(block) for s in around) else None
        if is_chair(page, name, bool(around), named):
            yield name, replace(member or CHAIR, role=(member.role if member else "") or CHAIR.role, chair=True)
        elif member is not None:
            yield name, member


def _merged(known: PanelMember, said: PanelMember) -> PanelMember:
    """Two places that speak of one member: the fullest name, the first post and agency that are told."""
    told = known if known.role or known.agency or known.chair else said
    role = known.role if not (known.role == CHAIR.role and said.role) else said.role
    return PanelMember(
        max(known.name, said.name, key=_fullness),
        role or said.role,
        told.agency or known.agency or said.agency,
        known.chair or said.chair,
        known.sources + said.sources,
    )


def _fullness(name: str) -> tuple[int, int]:
    """How much a form of a name tells: "Afia Fox" more than "Ms A. Fox"."""
    return sum(len(word) > 2 for word in re.findall(r"[\w'’-]+", name)), len(name)


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names are one person's: the same words, initials for given names, or one misspelt."""
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] == b[-1] and a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0])):
        return True
    return len(a) == len(b) and a[0] == b[0] and min(len(a[-1]), len(b[-1])) > 4 and _alike(a[-1], b[-1])


def _alike(a: str, b: str) -> bool:
    return fuzz.ratio(a, b) >= ALIKE


def _said_not_to_be(page: Page, names: Sequence[Name], about: Sequence[Section]) -> set[str]:
    """Surnames in a paragraph of a section that says whom it names is no member of the Panel."""
    barred = set()
    for name in names:
        slot = page.layout.slots[name.words[0].slot]
        inside = any(s.first <= slot.block < s.last for s in about)
        if inside and slot.row < 0 and name.titles and NOT_A_MEMBER.search(page.text[slot.start : slot.end]):
            barred.add(name.tokens[-1])
    return barred
