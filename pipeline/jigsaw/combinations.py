"""Facts of different kinds that stand together about one person, or about the children of a family, as warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.detect.words import fold
from pipeline.jigsaw.facts import CHILD, Fact, kinds
from pipeline.jigsaw.marks import key, listed, places
from pipeline.jigsaw.rules import JigsawRules
from pipeline.models import DocumentKind, JigsawWarning

_CHILDREN = (CHILD, "a baby's age", "school")
_REMEDY = "Together they may single the family out."


@dataclass(frozen=True, slots=True)
class _Person:
    """One person's facts in one document. `densest` are those of the paragraph that holds most kinds."""

    name: str
    facts: tuple[Fact, ...]
    densest: tuple[Fact, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        return sum(kinds(self.facts).values()), len(kinds(self.densest)), len(self.facts)


def combinations(kind: DocumentKind, facts: Sequence[Fact], rules: JigsawRules) -> list[JigsawWarning]:
    """A warning for each person about whom enough is told, the most telling first; what is beyond `most` in one."""
    people = [p for p in _people(facts) if _enough(p, rules)]
    people.sort(key=lambda p: (*(-n for n in p.rank), p.facts[0].start))
    most = rules.most + 1 if len(people) == rules.most + 1 else rules.most  # one alone needs no summary
    first, rest = people[:most], people[most:]
    found = [_about_one(kind, person) for person in first]
    if rest:
        found.append(_about_several(kind, rest))
    return [*found, *_children(kind, facts)]


def _people(facts: Sequence[Fact]) -> list[_Person]:
    """By the name that print gives them; facts about nobody in particular are taken paragraph by paragraph."""
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        name = fact.who.name if fact.who else f"\0{fact.about}"
        by_name.setdefault(name, []).append(fact)
    found = []
    for name, own in by_name.items():
        blocks = [tuple(group) for _, group in groupby(own, key=lambda f: f.block)]
        densest = max(blocks, key=lambda block: (len(kinds(block)), sum(kinds(block).values())))
        found.append(_Person("" if name.startswith("\0") else name, tuple(own), densest))
    return found


def _enough(person: _Person, rules: JigsawRules) -> bool:
    return any(
        len(kinds(facts)) >= limit.kinds and sum(kinds(facts).values()) >= limit.weight
        for facts, limit in ((person.densest, rules.paragraph), (person.facts, rules.document))
    )


def _about_one(kind: DocumentKind, person: _Person) -> JigsawWarning:
    who = f"About {person.name}" if person.name else f"About somebody in {person.facts[0].place}"
    message = f"{who} these facts stay in print: {_told(person.facts)}. {_REMEDY}"
    span = person.densest
    return JigsawWarning(
        "jigsaw", kind, span[0].start, span[-1].end, message, key("jigsaw", kind, *_parts(person.facts))
    )


def _about_several(kind: DocumentKind, people: Sequence[_Person]) -> JigsawWarning:
    told = ". ".join(f"About {p.name or f'somebody in {p.facts[0].place}'}: {_told(p.facts)}" for p in people)
    facts = [fact for person in people for fact in person.facts]
    message = f"Several kinds of fact stay in print about each of {len(people)} more people. {told}. {_REMEDY}"
    first = people[0].densest
    return JigsawWarning(
        "jigsaw", kind, first[0].start, first[-1].end, message, key("jigsaw", kind, "more", *_parts(facts))
    )


def _children(kind: DocumentKind, facts: Sequence[Fact]) -> list[JigsawWarning]:
    """Exact ages and school years of children, told at two places or more or together with how many there are."""
    own = [f for f in facts if f.kind in _CHILDREN]
    siblings = [f for f in facts if f.kind == "children or siblings" and " of " not in f.text]
    people = {f.who.name for f in own if f.who}
    # Places, not ages: three children may all be four.
    if len(own) < 2 and not (own and siblings):
        return []
    everything = sorted([*own, *siblings], key=lambda f: f.start)
    whose = f" ({listed(sorted(people))})" if people else ""
    message = (
        f"What is told of children{whose} stays exact in print: {_told(everything)}. "
        "Ages, school years and numbers of children single a family out more than most facts."
    )
    return [
        JigsawWarning("children", kind, own[0].start, own[0].end, message, key("children", kind, *_parts(everything)))
    ]


def _told(facts: Iterable[Fact]) -> str:
    """'age (37, in 1.1), faith (Mass, choir, in 11.3 and 12.2)', the heaviest kinds first."""
    ordered = sorted(facts, key=lambda f: (-f.weight, f.kind, f.start))
    parts = []
    by_kind: dict[str, list[Fact]] = {}
    for fact in ordered:
        by_kind.setdefault(fact.kind, []).append(fact)
    for kind, group in by_kind.items():
        texts = list(dict.fromkeys(f.text for f in sorted(group, key=lambda f: f.start)))
        parts.append(f"{kind} ({', '.join(texts)}, in {places(f.place for f in group)})")
    return "; ".join(parts)


def _parts(facts: Iterable[Fact]) -> list[str]:
    """Each fact with whom it is about, so that an acceptance never passes to somebody else; repeats count."""
    return sorted(f"{f.about}:{f.kind}:{fold(f.text)}" for f in facts)
