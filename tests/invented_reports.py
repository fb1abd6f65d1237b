"""Small invented reports in three house styles, in which every person is named in many forms.

`report(seed)` is the same for the same seed. Names come from pools of unlike origin (`MANY`, by default `NAMES`); a
person's given name and surname occur in no other person's name and in no sentence of the templates.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from names_of_many import ORIGINS, POOLS, full_names

from pipeline.detect.words import fold

NAMES = {
    "West African": ["Adaeze Okonjo", "Kwame Mensah", "Folasade Adebayo", "Ikechukwu Nwosu", "Abena Boateng",
                     "Chukwuemeka Ezeani", "Oluwaseun Akinsanya", "Fatoumata Diallo"],
    "South Asian": ["Harpreet Sandhu", "Nasreen Chowdhury", "Suresh Venkatesan", "Tahmina Rahimi", "Gurdeep Bassi",
                    "Lakshmi Nair", "Imran Qureshi", "Shanthini Selvarajah"],
    "Turkish": ["Şebnem Yılmaz", "Çağlar Öztürk", "Zeynep Demirtaş", "Hüseyin Güneş", "Işıl Karabulut"],
    "Polish": ["Agnieszka Wójcik", "Łukasz Jędrzejewski", "Małgorzata Kowalczyk", "Zbigniew Szymański"],
    "Vietnamese": ["Hạnh Trần", "Tuấn Phạm", "Thảo Nguyễn", "Quyên Đặng"],
    "Latin American": ["Marisol Quintero", "Ximena Zúñiga", "Jhon Castaño", "Yolanda Echeverría"],
    "Irish": ["Siobhán O'Dwyer", "Pádraig Gallagher", "Aoife McLoughlin", "Fionnuala Keane"],
    "English words": ["Hope Fielding", "Grace Woodward", "Joy Underhill", "Amber Stonehouse", "Verity Marchbanks"],
}  # fmt: skip
MANY = {**{origin: full_names(POOLS[origin]) for origin in ORIGINS}, **NAMES}
PANEL = ["Helen Ashworth", "Colin Abara", "Ngozi Bello", "Davinder Gill", "Roisin Flaherty", "Martin Hallow",
         "Emine Kaplan", "Beatriz Alcantara"]  # fmt: skip
POSTS = [("Head of Housing", "Southwark Council"), ("Detective Superintendent", "Metropolitan Police"),
         ("Named Nurse", "King's College Hospital"), ("Head of Safeguarding", "Southwark Council")]  # fmt: skip
ROLES = ["neighbour", "friend", "colleague", "sister", "cousin"]


@dataclass(frozen=True)
class Someone:
    """A person of a report who must not be recognised."""

    name: str
    title: str
    role: str

    @property
    def given(self) -> str:
        return self.name.split()[0]

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


FORMS: dict[str, Callable[[Someone], str]] = {
    "full": lambda p: p.name,
    "title and surname": lambda p: f"{p.title} {p.surname}",
    "title and full": lambda p: f"{p.title} {p.name}",
    "first name": lambda p: p.given,
    "all capitals": lambda p: p.name.upper(),
    "surname, forename": lambda p: f"{p.surname.upper()}, {p.given}",
    "initial and surname": lambda p: f"{p.given[0]} {p.surname}",
    "possessive": lambda p: f"{p.name}'s sister",
    "possessive of the first name": lambda p: f"{p.given}’s sister",
    "diacritics lost": lambda p: plain(p.name),
    "decomposed": lambda p: unicodedata.normalize("NFD", p.name),
    "soft hyphen": lambda p: broken(p.name, "\u00ad"),
    "zero width space": lambda p: broken(p.name, "\u200b"),
    "zero width joiner": lambda p: broken(p.name, "\u200d"),
}
SENTENCES = [
    "On that day the police spoke to {} about the noise.",
    "{} rang the council twice and was told to wait.",
    "The nurse wrote that {} seemed afraid and tired.",
    "According to the notes, {} had been seen by the doctor.",
    "It was {} who asked for help at the hostel.",
    "Later {} told the officer that nothing had happened.",
]


def plain(name: str) -> str:
    """A name as typed on a keyboard without its letters: Şebnem as Sebnem, Łukasz as Lukasz."""
    return " ".join(part.capitalize() if "'" not in part else part for part in fold(name).split())


def broken(name: str, by: str) -> str:
    """A name with an invisible character inside each of its words."""
    return " ".join(part[:2] + by + part[2:] for part in name.split())


@dataclass(frozen=True)
class Report:
    """A report in Markdown, who is in it, and which sentence holds which form of whose name."""

    text: str
    people: tuple[Someone, ...]
    panel: tuple[str, ...]
    placed: tuple[tuple[str, str, str], ...]  # name, form, sentence


def report(
    seed: int,
    pools: Sequence[str] = tuple(NAMES),
    forms: Sequence[str] = tuple(FORMS),
    *,
    introduced: bool = True,
) -> Report:
    """A report of the house style that `seed` picks, about up to four people from different pools.

    introduced  each person is first named in full, with a role, in a sentence of their own
    """
    chance = random.Random(seed)  # noqa: S311
    drawn = [chance.choice(MANY[pool]) for pool in chance.sample(sorted(pools), min(4, len(pools)))]
    people = tuple(Someone(n, chance.choice(("Mr", "Ms", "Mrs", "Dr")), chance.choice(ROLES)) for n in drawn)
    panel = tuple(chance.sample(PANEL, 3))
    placed = []
    for form in forms:
        for person in people:
            sentence = chance.choice(SENTENCES).format(FORMS[form](person))
            placed.append((person.name, form, sentence))
    body = [_introduced(person) for person in people if introduced] + [
        sentence for _, _, sentence in _shuffled(placed, chance)
    ]
    body.insert(len(body) // 2, f"The Panel thanked {_titled(panel[0])} and {panel[1]} for their work.")
    text = (_tabled, _in_prose, _bulleted)[seed % 3](panel, body)
    return Report(text, people, panel, tuple(placed))


def _shuffled(items: list[tuple[str, str, str]], chance: random.Random) -> list[tuple[str, str, str]]:
    return chance.sample(items, len(items))


def _introduced(person: Someone) -> str:
    return f"The Panel heard from a {person.role}, {person.name}, who lived close by."


def _titled(member: str) -> str:
    return f"Dr {member.split()[-1]}"


def _tabled(panel: Sequence[str], body: Sequence[str]) -> str:
    rows = [f"| Dr {panel[0]} | Independent Chair | None |"]
    rows += [f"| {name} | {post} | {agency} |" for name, (post, agency) in zip(panel[1:], POSTS, strict=False)]
    numbered = [f"2.{n} {text}" for n, text in enumerate(body, start=1)]
    return "\n\n".join(
        ["# Overview Report", "## 1 Review Panel", "| Name | Role | Agency |\n|---|---|---|\n" + "\n".join(rows),
         "## 2 The facts", *numbered]
    )  # fmt: skip


def _in_prose(panel: Sequence[str], body: Sequence[str]) -> str:
    members = "; ".join(f"{n}, {post}, {agency}" for n, (post, agency) in zip(panel[1:], POSTS, strict=False))
    half = len(body) // 2
    return "\n\n".join(
        ["# Overview Report", "## The Review Panel",
         f"The Panel was chaired by Dr {panel[0]}. Its members were: {members}.",
         "## Police", *body[:half], "## Housing", *body[half:]]
    )  # fmt: skip


def _bulleted(panel: Sequence[str], body: Sequence[str]) -> str:
    items = [f"- Dr {panel[0]}, Independent Chair"]
    items += [f"- {name}, {post}, {agency}" for name, (post, agency) in zip(panel[1:], POSTS, strict=False)]
    lettered = [f"B{n} {text}" for n, text in enumerate(body, start=1)]
    return "\n\n".join(["# Joint Review", "## A Panel members", "\n".join(items), "## B Events", *lettered])
