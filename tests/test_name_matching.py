"""A register of thousands: only those are looked at whom a name may mean, and the answers are as if all were."""

from __future__ import annotations

import random

import pytest

from pipeline import identities
from pipeline.detect.lexicon import Lexicon
from pipeline.identities import Person, Register
from pipeline.name_matching import Names, alike, short_of, sounds_like
from pipeline.rules import Rules

SYLLABLES = "ba ko di ra mu ne la shi to ve wen zu ari ola fem ye kwa ntu bri gor".split()


def invented(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 3, 3, 4))))


def misspelt(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return chance.choice((name[:at] + name[at + 1 :], name[:at] + "a" + name[at:], name[:at] + name[at:][1::-1]))


def registered(rules: Rules, count: int, chance: random.Random) -> Register:
    register = Register(Lexicon.of(rules))
    for _ in range(count):
        tokens = (invented(chance), invented(chance))
        register.add(tokens, " ".join(tokens))
    return register


def test_two_thousand_people_are_matched_without_looking_at_all_of_them(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)  # noqa: S311
    register = registered(rules, 2000, chance)
    looked_at = []
    score = identities._full_score

    def counted(tokens: tuple[str, ...], person: Person) -> float:
        looked_at.append(person.number)
        return score(tokens, person)

    monkeypatch.setattr(identities, "_full_score", counted)
    for person in register.people:
        assert register.match_full(person.full) is not None
    assert len(looked_at) / len(register.people) < 60


def test_who_is_matched_is_the_same_as_if_everybody_were_looked_at(rules: Rules) -> None:
    chance = random.Random(2)  # noqa: S311
    register = registered(rules, 120, chance)
    for person in chance.sample(register.people, 40):
        person.aliases.add(invented(chance))
        person.absorb((invented(chance), f"{person.full[-1]}-{invented(chance)}"))
    known = [token for person in register.people for token in sorted(person.tokens)]
    for _ in range(400):
        token = chance.choice(known)
        token = chance.choice((token, misspelt(token, chance), token[:4], token[:1])) or "a"
        tokens = (token, chance.choice((chance.choice(known), misspelt(chance.choice(known), chance))) or "a")
        scores = [identities._full_score(tokens, person) for person in register.people]
        first = register.people[scores.index(max(scores))] if max(scores) else None
        assert register.match_full(tokens) is first, tokens
        bearers = [p for p in register.people if p.has(token)]
        near = [
            p
            for p in register.people
            if any(alike(token, t) or sounds_like(token, t) for t in p.tokens if len(t) > 3)
        ] or [p for p in register.people if any(short_of(token, g) for g in p.given)]
        assert register.bearers(token) == bearers
        if not bearers and not register.lexicon.is_english(token) and not token.endswith("s"):
            assert register.holders(token) == near, token


def test_a_name_put_in_by_any_way_is_found(rules: Rules) -> None:
    register = Register(Lexicon.of(rules))
    person = register.add(("adaeze", "okonjo"), "Adaeze Okonjo")
    person.aliases.add("kiki")
    person.aliases |= {"zuzu"}
    person.tokens.update(("ngozi",), ("ezeoke-price",))
    assert [register.bearers(name) for name in ("kiki", "zuzu", "ngozi", "ezeoke-price")] == [[person]] * 4
    other = register.add(("emeka", "okonjo"), "Emeka Okonjo")
    register.merge(person, other)
    assert register.bearers("kiki") == register.bearers("adaeze") == [other]
    assert register.match_full(("adaeze", "okonjo")) is other


def test_names_tell_only_what_is_new() -> None:
    told: list[str] = []
    names = Names(told.append)
    names.add("hope")
    names.add("hope")
    names |= {"hope", "price"}
    assert told == ["hope", "price"]
    assert names == {"hope", "price"}
