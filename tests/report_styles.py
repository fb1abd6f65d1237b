"""Small invented reports in eight house styles, each with gold annotations, about people named from many origins.

`styled(seed)` is the same for the same seed: `seed % 8` picks the style (report_styles.yml), the seed the people. A
template names a person as `{v:first}`: who (`CAST`, or `k0` the Chair and `k1` to `k5` the Panel), and in which form
(`FORMS`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from names_of_many import ORIGINS, POOLS, misspelt, plain

CAST = {  # key: pool of given names, role, whose surname it bears, title
    "v": ("women", "victim", None, "Ms"),
    "p": ("men", "perpetrator", None, "Mr"),
    "m": ("women", "mother of the victim", "v", "Mrs"),
    "b": ("men", "brother of the victim", "v", "Mr"),
    "c": ("women", "daughter", "p", "Miss"),
    "d": ("men", "son", "p", "Master"),
    "n": ("women", "neighbour", None, "Mrs"),
    "f": ("women", "friend", None, "Ms"),
    "g": ("men", "general practitioner", None, "Dr"),
    "s": ("women", "social worker", None, "Ms"),
    "o": ("men", "police officer", None, "PC"),
    "h": ("women", "housing officer", None, "Ms"),
}
PANEL = ("k0", "k1", "k2", "k3", "k4", "k5")
PETS = ("Mimi", "Zuzu", "Koko", "Bobo", "Nini", "Lolo", "Fifi", "Deedee")
DATA = yaml.safe_load((Path(__file__).parent / "report_styles.yml").read_text(encoding="utf-8"))
STYLES: Sequence[str] = tuple(DATA["styles"])
KINDS = {"# ": "heading", "- ": "bullet", "| ": "table", "+ ": "numbered"}
MARKED = re.compile("\x01(\\w+):(\\w*)\x02([^\x03]*)\x03")  # type, id, words


@dataclass(frozen=True)
class Person:
    """A name, with what its forms are made of."""

    key: str
    given: str
    surname: str
    title: str
    pet: str
    surname_first: bool

    @property
    def keep(self) -> bool:
        return self.key in PANEL

    @property
    def full(self) -> str:
        return f"{self.surname} {self.given}" if self.surname_first else f"{self.given} {self.surname}"

    @property
    def initials(self) -> str:
        words = re.findall(r"[^\W\d_]+", f"{self.given} {self.surname}")
        return "".join(w[0] for w in words if w[0].isupper())


FORMS: Mapping[str, Callable[[Person], str]] = {
    "full": lambda p: p.full,
    "first": lambda p: p.given,
    "last": lambda p: p.surname,
    "title": lambda p: f"{p.title} {p.surname}",
    "titled": lambda p: f"{p.title} {p.full}",
    "caps": lambda p: p.full.upper(),
    "firstcaps": lambda p: p.given.upper(),
    "lastcaps": lambda p: p.surname.upper(),
    "turned": lambda p: f"{p.surname.upper()}, {p.given}",
    "listed": lambda p: f"{p.surname}, {p.given}",
    "low": lambda p: p.given.lower(),
    "isur": lambda p: f"{p.given[0]} {p.surname}",
    "dotsur": lambda p: f"{p.given[0]}. {p.surname}",
    "suri": lambda p: f"{p.surname} {p.given[0]}",
    "ini": lambda p: p.initials,
    "dots": lambda p: ".".join(p.initials) + ".",
    "pet": lambda p: p.pet,
    "wrong": lambda p: misspelt(p.given),
    "wrongfull": lambda p: f"{misspelt(p.given)} {misspelt(p.surname)}",
    "plain": lambda p: plain(p.full),
}


@dataclass(frozen=True)
class Block:
    """One part of a report: heading, text, bullet or table; a table's rows are lines, its cells divided by " | "."""

    kind: str
    text: str


@dataclass(frozen=True)
class Styled:
    """A report, its people and, for the scorer, its gold annotations; `gold["text"]` is the Markdown."""

    style: str
    people: Mapping[str, Person]
    blocks: tuple[Block, ...]
    gold: Mapping[str, Any]


def styled(seed: int, *, letters: str = "utf-8", wordy: float = 0.3) -> Styled:
    """The report of style `seed % 8`.

    letters  an encoding in which all names can be written
    wordy    the share of names that are English words
    """
    people = _people(random.Random(f"style {seed}"), letters, wordy)  # noqa: S311
    style = STYLES[seed % len(STYLES)]
    marked = [Block(b.kind, _filled(b.text, people)) for b in _blocks(style)]
    bare = tuple(Block(b.kind, MARKED.sub(r"\3", b.text)) for b in marked)
    return Styled(style, people, bare, _gold(marked, people))


def _blocks(style: str) -> Iterator[Block]:
    """The parts of a style, from its sections, with names and marks still in them."""
    numbers = DATA["styles"][style]["numbers"]
    for at, section in enumerate(DATA["styles"][style]["sections"], start=1):
        lines = DATA["sections"][section].splitlines()
        rows = [line[2:] for line in lines if line.startswith("| ")]
        paragraph = 0
        for line in lines:
            kind = KINDS.get(line[:2], "text")
            text = line if kind == "text" else line[2:]
            if kind == "numbered":
                paragraph += 1
                yield Block("text", numbers.format(s=at, n=paragraph, letter=chr(64 + at)) + text)
            elif kind != "table":
                yield Block(kind, text)
            elif text == rows[0]:
                yield Block("table", "\n".join(rows))


def _people(chance: random.Random, letters: str, wordy: float) -> dict[str, Person]:
    """A name for everybody; no word of it is in anybody else's, but for the surnames of a family."""
    taken: set[str] = set()
    origins: dict[str, str] = {}
    made: dict[str, Person] = {}

    def drawn(origin: str, kind: str) -> str:
        for pool in ("words" if chance.random() < wordy else origin, origin, *chance.sample(ORIGINS, len(ORIGINS))):
            free = [n for n in POOLS[pool][kind] if _is_free(n, taken, letters)]
            if free:
                name: str = chance.choice(free)
                taken.update(re.findall(r"[^\W\d_]+", name.casefold()))
                return name
        raise AssertionError("The pools of names are too small.")

    panel = {k: (chance.choice(("women", "men")), "panel", None, "Ms") for k in PANEL}
    for key, (sex, _, like, told) in {**CAST, **panel}.items():
        origin = origins[key] = origins[like] if like else chance.choice(ORIGINS)
        given = drawn(origin, sex)
        surname = made[like].surname if like else drawn(origin, "surnames")
        if not like and chance.random() < 0.15 and surname.isalpha():
            surname = f"{surname}-{drawn(origin, 'surnames').split()[-1]}"
        title = "Dr" if key == "k0" else "Mr" if key in PANEL and sex == "men" else told
        pet = chance.choice(PETS) if key == "v" else ""
        made[key] = Person(key, given, surname, title, pet, "surname_first" in POOLS[origin])
    return made


def _is_free(name: str, taken: set[str], letters: str) -> bool:
    try:
        name.encode(letters)
    except UnicodeEncodeError:
        return False
    return not set(re.findall(r"[^\W\d_]+", name.casefold())) & taken


def _filled(text: str, people: Mapping[str, Person]) -> str:
    """The template with names in it, and marks (MARKED) around everything that is annotated."""

    def name(match: re.Match[str]) -> str:
        person = people[match[1]]
        return f"\x01{'KEEP' if person.keep else 'PERSON'}:{person.key}\x02{FORMS[match[2]](person)}\x03"

    text = re.sub(r"\[\[(.+?)\]\]", "\x01TRAP:\x02\\1\x03", text)
    text = re.sub(r"<(.+?)>", "\x01NEUTRAL:\x02\\1\x03", text)
    return re.sub(r"\{(\w+):(\w+)\}", name, text)


def _markdown(block: Block) -> str:
    if block.kind != "table":
        return {"heading": "## ", "bullet": "- "}.get(block.kind, "") + block.text
    first, *rows = (f"| {row} |" for row in block.text.splitlines())
    return "\n".join([first, "|" + "---|" * (first.count(" | ") + 1), *rows])


def _gold(marked: Sequence[Block], people: Mapping[str, Person]) -> Mapping[str, Any]:
    parts, before = ["# Overview Report\n"], ""
    for block in marked:
        parts.append(("" if block.kind == before == "bullet" else "\n") + _markdown(block) + "\n")
        before = block.kind
    source, text, at = "".join(parts), "", 0
    mentions = []
    for match in MARKED.finditer(source):
        text += source[at : match.start()]
        kind, who, words = match.groups()
        mentions.append(
            {"type": kind, "id": who or None, "text": words, "start": len(text), "end": len(text) + len(words)}
        )
        text, at = text + words, match.end()
    listed = [{"id": p.key, "name": p.full, "policy": "keep" if p.keep else "redact"} for p in people.values()]
    return {"text": text + source[at:], "mentions": mentions, "meta": {"people": listed}}
