"""The list of the Panel's Chair and members (§4.28), as reports and officer make it, and what the officer is told.

The reports come first; the officer's case file adds members, takes off who is none, and corrects names and posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.models import CaseFacts, Document, DocumentKind, Layout, Notice, PanelMember, PanelSource, Slot, layout

FEWEST = 3  # members, the Chair among them, below which a reader is asked to look again
LISTED = 2  # members in a document from which it is a list, and not the title page's Chair
LONGEST = 100  # characters of a passage as it is shown
TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame cllr councillor rev revd lord lady baroness pc ps sgt dc ds di dci "
    "dsu dcs detective chief inspector superintendent sergeant constable obe mbe cbe qpm kc qc jp rn".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that makes somebody a member: the report, the nearest printed number or heading, and its words."""

    source: PanelSource
    where: str
    passage: str


def corrected(found: Sequence[PanelMember], facts: CaseFacts) -> tuple[PanelMember, ...]:
    """The members that the reports list, as the officer's case file corrects them, then those that it adds."""
    kept = [m for m in found if not any(same(m.name, name) for name in facts.not_panel)]
    added: list[PanelMember] = []
    for entry in facts.panel:
        at = _meant(kept, entry)
        if at is not None:
            kept[at] = _corrected(kept[at], entry)
        elif not entry.instead_of:
            added.append(entry)
    return (*kept, *added)


def without_effect(found: Sequence[PanelMember], facts: CaseFacts) -> int:
    """How many corrections fit nobody whom the reports list: a name to take off, or one to put in another's place."""
    kept = [m for m in found if not any(same(m.name, name) for name in facts.not_panel)]
    return sum(not any(same(m.name, name) for m in found) for name in facts.not_panel) + sum(
        bool(entry.instead_of) and _meant(kept, entry) is None for entry in facts.panel
    )


def _meant(members: Sequence[PanelMember], entry: PanelMember) -> int | None:
    """The number of the member whom an entry corrects: by the name as a report has it, else by the right one."""
    names = [name for name in (entry.instead_of, entry.name) if name]
    return next((n for name in names for n, m in enumerate(members) if same(m.name, name)), None)


def _corrected(member: PanelMember, entry: PanelMember) -> PanelMember:
    """A name changes only where the entry says instead of which; a post that is given says who is the Chair."""
    renamed = bool(entry.instead_of) and same(member.name, entry.instead_of)
    chair = entry.chair or bool(re.search(r"\bchair\b", entry.role.casefold())) if entry.role else None
    return replace(
        member,
        name=entry.name if renamed else member.name,
        role=entry.role or member.role,
        agency=entry.agency or member.agency,
        chair=member.chair or entry.chair if chair is None else chair,
        instead_of=member.name if renamed else "",
    )


def tokens_of(name: str) -> list[str]:
    """The words of a name in lower case, sorted, without titles; none where it is titles only."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name.casefold())
    return sorted(word for word in words if word not in TITLES)


def same(a: str, b: str) -> bool:
    """Whether two names are the same words, whatever the titles, capitals and order; titles alone are nobody's."""
    return tokens_of(a) == tokens_of(b) != []


def notices(panel: Sequence[PanelMember], documents: Sequence[Document], unmatched: int = 0) -> tuple[Notice, ...]:
    """What the officer should look at before the list of the Panel is relied on, in plain sentences without names.

    unmatched  corrections of the case file that fit nobody (`without_effect`)
    """
    chairs = sum(m.chair for m in panel)
    lists = _listed_in(panel)
    both = len(lists) > 1
    apart = len(set.symmetric_difference(*lists.values())) if both else 0
    spelt = sum(_spelt_differently(m, documents) for m in panel)
    told = (
        ("panel_no_chair", chairs == 0, "No Chair of the Review Panel was found in the reports."),
        (
            "panel_chairs",
            chairs if chairs > 1 else 0,
            f"{chairs} people are listed as the Chair of the Review Panel.",
        ),
        ("panel_few", len(panel) < FEWEST, f"Only {len(panel)} member(s) of the Review Panel were found."),
        ("panel_differs", apart, f"{apart} member(s) are listed in one of the two reports only."),
        ("panel_spelt", spelt, f"{spelt} member(s) are spelt in more than one way."),
        (
            "panel_unmatched",
            unmatched,
            f"{unmatched} correction(s) in the case file fit no member that the reports list.",
        ),
    )
    return tuple(Notice(code, int(count), message) for code, count, message in told if count)


def _listed_in(panel: Sequence[PanelMember]) -> dict[DocumentKind, set[int]]:
    """Report -> the numbers of the members that it lists; only reports that list some."""
    kinds = sorted({s.document for m in panel for s in m.sources})
    listed = {kind: {n for n, m in enumerate(panel) if any(s.document is kind for s in m.sources)} for kind in kinds}
    return {kind: members for kind, members in listed.items() if len(members) >= LISTED}


def _spelt_differently(member: PanelMember, documents: Sequence[Document]) -> bool:
    """Whether two places that list the member have as many words in full and not the same ones."""
    texts = {d.kind: layout(d).text for d in documents}
    forms = {tuple(tokens_of(texts[s.document][s.start : s.end])) for s in member.sources if s.document in texts}
    full = [form for form in forms if all(len(word) > 1 for word in form)]
    return len({len(form) for form in full}) < len(full)


def places(member: PanelMember, documents: Iterable[Document]) -> tuple[Place, ...]:
    """The passages that make somebody a member, one for each place; none for whom only the case file names."""
    read = {d.kind: (d, layout(d)) for d in documents}
    return tuple(_place(*read[source.document], source) for source in member.sources if source.document in read)


def _place(document: Document, made: Layout, source: PanelSource) -> Place:
    slot = next(s for s in made.slots if s.start <= source.start < s.end)
    row = document.blocks[slot.block].rows[slot.row] if slot.row >= 0 else ()
    passage = " | ".join(row) if row else made.text[slot.start : slot.end]
    return Place(source, _where(document, slot), passage if len(passage) <= LONGEST else f"{passage[:LONGEST]}…")


def _where(document: Document, slot: Slot) -> str:
    """The printed number of the paragraph, else the heading above it."""
    block = document.blocks[slot.block]
    if block.number:
        return block.number
    above = (b for b in reversed(document.blocks[: slot.block]) if b.kind.value == "heading")
    heading = next(above, None)
    return f"{heading.number} {heading.text}".strip() if heading else "title page"


def as_lines(panel: Sequence[PanelMember], documents: Sequence[Document]) -> tuple[str, ...]:
    """The list for the officer: a line a member, then a line for each passage that makes one of it."""
    lines: list[str] = []
    for member in panel:
        told = ", ".join(part for part in (member.role, member.agency) if part)
        mark = " (Chair)" if member.chair else ""
        lines.append(f"{member.name}{mark}{': ' if told else ''}{told}")
        shown = [f"    {p.source.document}, {p.where}: {p.passage}" for p in places(member, documents)]
        lines.extend(shown or ["    from the case file"])
    return tuple(lines)
