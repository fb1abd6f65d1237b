"""Findings -> people: one identity for all forms of a name, kept or redacted, with a role and a label.

Full names come first and are gathered into persons; single names ("Mr Okonjo", "Hope", "A. Demir", "KC") are then
given to the person that fits best: same name, a title that agrees, the sex that the text tells, and who was last
spoken of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from pipeline.detect.given_names import FEMALE, MALE
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.models import PanelMember
from pipeline.name_matching import NameIndex, Names, alike, short_of, sounds_like
from pipeline.rules import Rules

LETTERS = re.compile(r"[a-z](?:-[a-z])*")
KIN_TITLES = frozenset({"father", "sister", "brother", "mother"})
PANEL_LABEL = "Panel Member"
YOUNG = frozenset(
    "child children daughter son granddaughter grandson grandchild niece nephew stepson stepdaughter baby".split()
)


@dataclass(slots=True)
class Person:
    """One person while names are being gathered. Names are folded; `shown` holds them as written."""

    number: int
    full: tuple[str, ...]
    shown: str
    panel: PanelMember | None = None
    pseudonym: bool = False
    tokens: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    fulls: set[tuple[str, ...]] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)  # last words of the full names used for the person
    sex: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  # (page, offset) of mentions, in order

    @property
    def keep(self) -> bool:
        return self.panel is not None or self.pseudonym

    @property
    def sex_told(self) -> str:
        """What titles, words of kinship or else the forename tell: "f", "m", or "" where they tell nothing."""
        if self.sex:
            return self.sex.most_common(1)[0][0]
        forename = self.full[0] if len(self.full) > 1 else ""
        return "f" if forename in FEMALE else "m" if forename in MALE else ""

    @property
    def young(self) -> bool:
        """Whether the text calls the person somebody's child, who is seldom called by a title."""
        return any(role in YOUNG for role in self.roles)

    def absorb(self, tokens: tuple[str, ...]) -> None:
        """Learn another full form of the name."""
        self.tokens.update(tokens)
        for token in tokens:
            if "-" in token:
                self.tokens.update(token.split("-"))
        surname = any(full[-len(tokens) :] == tokens and len(full) > len(tokens) for full in self.fulls)
        self.fulls.add(tokens)
        if len(tokens) > 1:
            if not surname:  # "Ms Thapa Magar" of Sunita Thapa Magar
                self.given.add(tokens[0])
            self.surnames.add(tokens[-1])
            if len(tokens) > len(self.full):
                self.full = tokens

    def has(self, token: str) -> bool:
        return token in self.tokens or token in self.aliases

    def bears(self, token: str) -> bool:
        """Whether it is a name of the person's in full, not one half of a double name."""
        return (
            token in self.aliases
            or token in self.surnames
            or token in self.given
            or any(token in f for f in self.fulls)
        )


class Register:
    """Everybody in the case. Persons are added from full names; `resolve` finds who a single name means.

    An index follows each name that a person is given, so that only those are looked at whom a name may mean.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.people: list[Person] = []
        self.lexicon = lexicon
        self._index = NameIndex()

    def add(self, tokens: tuple[str, ...], shown: str, panel: PanelMember | None = None) -> Person:
        number = len(self.people)
        person = Person(number, tokens, shown, panel)
        learn = partial(self._index.learn, number=number)
        person.tokens, person.given, person.surnames, person.aliases = (Names(learn) for _ in range(4))
        person.absorb(tokens)
        if len(tokens) == 1:
            person.tokens.add(tokens[0])
        self.people.append(person)
        return person

    def _listed(self, numbers: Iterable[int]) -> list[Person]:
        """The persons of these numbers, each once, in the order in which they were added."""
        return [self.people[number] for number in sorted(set(numbers))]

    def bearers(self, token: str) -> list[Person]:
        """Everybody with exactly this name, a nickname or one half of a double name included."""
        return [p for p in self._listed(self._index.bearers(token)) if p.has(token)]

    def merge_aliases(self) -> None:
        """Make one person of two where one's forename is the other's alias: "Emeka Okonjo", known as Emeka."""
        for person in (p for p in self.people if not p.keep):
            other = self._next_called(person, -1)
            while other is not None:
                self.merge(other, person)
                other = self._next_called(person, other.number)

    def _next_called(self, person: Person, after: int) -> Person | None:
        """The next in order who has the person's surname and whose forename is an alias of the person's."""
        found = (
            other.number
            for alias in person.aliases
            for other in self.bearers(alias)
            if other.number > after and other is not person and not other.keep and len(other.full) > 1
            if other.full[0] in person.aliases and other.full[-1] in person.surnames
        )
        number = min(found, default=None)
        return None if number is None else self.people[number]

    def merge(self, one: Person, into: Person) -> None:
        """Give all that is known of one person to another; the first bears no name from then on."""
        for full in one.fulls:
            into.absorb(full)
        into.aliases |= one.aliases
        into.titles += one.titles
        into.sex += one.sex
        into.called += one.called
        into.roles += one.roles
        into.places = sorted(into.places + one.places)
        one.full, one.fulls = (), set()
        for names in (one.tokens, one.aliases, one.given, one.surnames):
            names.clear()

    def match_full(self, tokens: tuple[str, ...]) -> Person | None:
        """The person with this full name, in whole or in part, exactly or misspelt; None if there is none."""
        best: tuple[float, Person] | None = None
        for person in self._listed(self._who_may_be(tokens)):
            if (score := _full_score(tokens, person)) and (best is None or score > best[0]):
                best = (score, person)
        return best[1] if best else None

    def _who_may_be(self, tokens: tuple[str, ...]) -> Iterator[int]:
        """Who shares a word with a full name or has one like its first; of initials alone, who has all letters."""
        parts = [t for t in tokens if len(t) > 1]
        for token in tokens:
            for part in (token, *token.split("-")):
                yield from self._index.bearers(part)
        if parts:
            yield from self._index.near(parts[0])
        elif tokens:
            yield from set.intersection(*(set(self._index.with_letter(t)) for t in tokens))

    def holders(self, token: str) -> list[Person]:
        """Everybody with this name, exactly, else by a misspelling or pet form of it."""
        bearers = self._listed(self._index.bearers(token))
        exact = [p for p in bearers if p.has(token) and (not p.keep or p.bears(token))]
        if exact:
            return exact
        if token.endswith("s") and (
            family := [p for p in self.bearers(token[:-1]) if token[:-1] in p.surnames and not p.keep]
        ):
            return family  # "the Devanes"
        halves = [p for p in bearers if p.panel and any(token in s.split("-") for s in p.surnames)]
        if len(halves) == 1:
            return halves  # "Ms Price" of Nia O'Hara-Price, where there is no other Price
        if self.lexicon.is_english(token) and token not in self.lexicon.ambiguous:
            return []
        near = [
            p
            for p in self._listed(chain(self._index.near(token), self._index.sounding(token)))
            if not p.keep and any(alike(token, t) or sounds_like(token, t) for t in p.tokens if len(t) > 3)
        ]
        longer = near or self._listed(self._index.with_start(token))
        return near or [p for p in longer if not p.keep and any(short_of(token, g) for g in p.given)]

    def by_letters(self, token: str) -> list[Person]:
        """Everybody whose surname the letters stand for: "Mr T" for Tandoh, "Mr N-A" for Nyarko-Amponsah."""
        if not LETTERS.fullmatch(token):
            return []
        parts = token.split("-")

        def stands_for(surname: str) -> bool:
            own = surname.split("-")
            return len(own) == len(parts) and all(o.startswith(p) for o, p in zip(own, parts, strict=True))

        lettered = self._listed(self._index.with_letter(token[0]))
        return [p for p in lettered if not p.keep and any(stands_for(s) for s in p.surnames if len(s) > 2)]

    def resolve(self, name: Name, holders: Sequence[Person], near_panel: bool = False) -> Person:
        """Who a single name means, of those who bear it. `near_panel`: the sentence speaks of the Panel."""
        return max(holders, key=lambda p: self._fit(name, p) + (3 if near_panel and p.panel else 0))

    def _fit(self, name: Name, person: Person) -> float:
        """How well a single name fits a person; only the order of the figures means anything."""
        token = name.tokens[-1]
        score = 0.0 if person.bears(token) else -4.0
        titled = [t for t in name.titles if t not in ("detective", "police")]
        if titled:
            score += 3 if token in person.surnames or not person.given else 1
            ranked = any(t in self.lexicon.ranks for t in titled)
            is_officer = any(t in self.lexicon.ranks for t in person.titles) or bool(
                person.panel and any(w in self.lexicon.ranks for w in fold(person.panel.role).split())
            )
            if ranked:
                score += 3 if is_officer else -3
            score += 2 if any(t in person.titles for t in titled) else 0
            if "dr" in titled and person.titles and "dr" not in person.titles:
                score -= 2
            sex = sex_of_titles(titled)
            if sex and person.sex_told:
                score += 1.5 if person.sex_told == sex else -6
            named = sum(person.called.values())
            score += 1.5 * person.called[token] / named if named else 0
        else:
            score += 3 if token in person.given or token in person.aliases else 1
            if person.panel:
                score -= 2.5
        if titled and person.young and not any(t in person.titles for t in titled):
            score -= 3
        before = [p for p in person.places if p[0] == name.page and p[1] <= name.start]
        if before:
            score += 1 / (1 + (name.start - before[-1][1]) / 1500)
        return score + min(len(person.places), 40) / 80


_FEMALE = frozenset("mrs ms miss dame lady sister madam dona senora auntie aunt baroness her".split())
_MALE = frozenset("mr sir father fr brother pastor imam lord don senor uncle his".split())


def sex_of_titles(titles: Iterable[str]) -> str:
    for title in titles:
        if title in _FEMALE:
            return "f"
        if title in _MALE:
            return "m"
    return ""


def _full_score(tokens: tuple[str, ...], person: Person) -> float:
    if len(tokens) < 2 or len(person.full) < 2:
        return 0
    parts = [t for t in tokens if len(t) > 1]
    initials = [t for t in tokens if len(t) == 1]
    own = person.tokens
    exact = sum(t in own or ("-" in t and all(h in own for h in t.split("-"))) for t in parts)
    if not (exact or initials or tokens[0] in person.given or tokens[-1] in person.surnames) and not alike(
        parts[0], person.full[0]
    ):
        return 0  # what most pairs come to, found out first
    if initials and not all(any(o.startswith(i) for o in own) for i in initials):
        return 0
    if exact == len(parts) and (len(parts) > 1 or initials):
        if len(parts) == 1 and parts[0] not in person.surnames | person.given:
            return 0
        return 3 + exact - 0.1 * abs(len(tokens) - len(person.full))
    if len(parts) == 1 and initials and any(alike(parts[0], g) for g in own if len(g) > 3):
        return 1  # "Serwa B." of Serwaa Boadi
    if len(parts) >= 2 and not initials and any(alike("-".join(parts), s) for s in person.surnames if "-" in s):
        return 1  # "Boadi Labi" of Boadi-Larbi
    shares_ends = tokens[0] in person.given and tokens[-1] in person.surnames
    if shares_ends:
        return 3
    if len(parts) >= 2 and tokens[0] in own and tokens[-1] in own and set(person.full) <= set(tokens):
        return 3
    if set(person.full) <= set(tokens):
        return 2.5
    near = [any(alike(t, o) for o in own) for t in parts]
    if len(parts) >= 2 and all(near) and exact >= len(parts) - 1 and alike(parts[0], person.full[0]):
        return 1.5
    if len(parts) >= 2 and all(near) and alike(parts[0], person.full[0]) and alike(parts[-1], person.full[-1]):
        return 1
    if len(parts) >= 2 and tokens[-1] in person.surnames and any(short_of(tokens[0], g) for g in person.given):
        return 1
    return 0


def initials_of(person: Person) -> set[str]:
    """Initials by which a report may call a person: AO, A.O., GDP for Grace Devane-Price; middle names optional."""
    return {spelt for full in person.fulls if len(full) > 1 for spelt in _initials(full)}


def _initials(full: tuple[str, ...]) -> set[str]:
    letters = "".join(t[0] for t in full)
    hyphened = "".join(part[0] for t in full for part in t.split("-") if part)
    ends = full[0][0] + full[-1][0]
    ends_hyphened = full[0][0] + "".join(part[0] for part in full[-1].split("-") if part)
    return {letters, hyphened, ends, ends_hyphened}


def labels(people: Sequence[Person], rules: Rules) -> Mapping[int, tuple[str, str]]:
    """Person's number -> (label, role). Single labels go to the person most spoken of who has the role.

    Whoever is proposed to stay has a label too, for the day that a reviewer decides otherwise.
    """
    given: dict[int, tuple[str, str]] = {}
    counts: Counter[str] = Counter()
    ordered = sorted((p for p in people if not p.keep), key=lambda p: p.places[0] if p.places else (9, 0))
    for role in (r for r in rules.roles if r.single):
        holders = [p for p in ordered if p.number not in given and any(r in role.words for r in p.roles)]
        if holders:
            best = max(holders, key=lambda p: (sum(r in role.words for r in p.roles), len(p.places)))
            given[best.number] = (role.label, role.words[0])
    for person in ordered:
        if person.number in given:
            continue
        label, word = _role_of(person, rules)
        counts[label] += 1
        given[person.number] = (f"{label} {counts[label]}", word)
    for person in (p for p in people if p.keep):
        label = PANEL_LABEL if person.panel else rules.default_role
        counts[label] += 1
        given[person.number] = (f"{label} {counts[label]}", "")
    return given


def _role_of(person: Person, rules: Rules) -> tuple[str, str]:
    """The label and the word for it: the role most often told of the person; titles and ranks first."""
    words: Counter[str] = Counter()
    for title in person.titles:
        # "Father Declan" is a priest; whom the text calls somebody's father is a relative.
        words[f"title {title}" if title in KIN_TITLES else title] += 3
    for word in person.roles:
        words[word] += 1
    best: tuple[int, int, str, str] | None = None
    for rank, role in enumerate(r for r in rules.roles if not r.single):
        weight = sum(n for w, n in words.items() if w in role.words)
        if weight and (best is None or weight > best[0]):
            hit = next(w for w in words if w in role.words)
            best = (weight, rank, role.label, hit)
    return (best[2], best[3]) if best else (rules.default_role, "")
