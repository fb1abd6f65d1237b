"""The invented reports with everybody in them named anew, by seed: their gold annotations move along.

`renamed(name, seed)` is the same for the same seed. Every word of a person's name becomes another word wherever a
mention of a person holds it, so that who shares a name in the report shares one afterwards; misspellings, pet forms,
initials and accounts are derived from the new names.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from gold import gold
from names_of_many import ORIGINS, POOLS, misspelt, plain

from pipeline.detect.words import fold

PETS = ("Mimi", "Zuzu", "Koko", "Bobo", "Nini", "Lolo", "Fifi", "Deedee", "Tata", "Bibi", "Jojo", "Nono")
MONTHS = ("april", "may", "june")
TITLES = frozenset(
    "dr pc ps dc ds dci di his honour judge hhj father fr professor chief pastor nurse sergeant qc mr mrs ms miss "
    "doña don detective inspector".split()
)
PARTICLES = frozenset(("thi", "van", "de", "la"))
# Given names of the corpus that are men's; all others are women's.
MEN = frozenset(
    "chukwuemeka bartholomew emeka kelechi augustine ikenna obinna bill will ezekiel tariq mark liam graham "
    "yusuf ali peter julian chidi martin anil william patrick paddy simon conor delroy declan sunil tomasz "
    "errol dean alan imran rupert andrew ruaridh minh khoa colin jonathan serkan deniz hernando jhon fredy "
    "oguzhan luis shahid daniel ignacio tadeusz marcus mehmet philip kwaku obeng sunday gift emmanuel kofi "
    "prince yaw opoku bright orhan thomas ebenezer olumide desmond rafael roland crispin anthony owen samuel "
    "gwilym iqbal".split()
)
PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass
class _Names:
    """Which word becomes which: keys are folded words of the report's names."""

    chance: random.Random
    taken: set[str]
    origin: dict[str, str] = field(default_factory=dict)  # of a surname
    words: dict[str, str] = field(default_factory=dict)
    wordy: float = 0.3

    def surname(self, word: str, origin: str, *, half: bool) -> None:
        if fold(word) not in self.words:
            self.words[fold(word)] = self._new(origin, "surnames", half=half)

    def given(self, word: str, origin: str, *, half: bool) -> None:
        if fold(word) not in self.words:
            self.words[fold(word)] = self._new(origin, "men" if fold(word) in MEN else "women", half=half)

    def _new(self, origin: str, kind: str, *, half: bool) -> str:
        """A name that no other word became: an English word, or of the origin, else of any. A half is one word."""
        first = "words" if self.chance.random() < self.wordy else origin
        for pool in (first, origin, *self.chance.sample(ORIGINS, len(ORIGINS))):
            free = [n for n in POOLS[pool][kind] if not _keys(n) & self.taken and (n.isalpha() or not half)]
            if free:
                new: str = self.chance.choice(free)
                self.taken |= _keys(new)
                return new
        raise AssertionError("The pools of names are too small.")


def _keys(name: str) -> set[str]:
    return {fold(part) for part in PART.findall(name)} - PARTICLES


@cache
def renamed(name: str, seed: int) -> Mapping[str, Any]:
    """The gold annotations of the report `name` with new names for everybody, its Panel too; `text` moves along.

    Pseudonyms agreed with the family stay.
    """
    source = gold(name)
    names = _names(source, random.Random(f"{name} {seed}"))  # noqa: S311
    by_id = {p["id"]: p["name"] for p in source["meta"]["people"]}
    text, mentions, at = [], [], 0
    length = 0
    for mention in sorted(source["mentions"], key=lambda m: (m["start"], m["end"])):
        if mention["start"] < at:
            continue
        between = source["text"][at : mention["start"]]
        new = _anew(mention, by_id, names)
        text += [between, new]
        start = length + len(between)
        length = start + len(new)
        mentions.append({**mention, "text": new, "start": start, "end": length})
        at = mention["end"]
    text.append(source["text"][at:])
    people = [{**p, "name": _renamed_name(p["name"], p["name"], names)} for p in source["meta"]["people"]]
    return {"text": "".join(text), "mentions": mentions, "meta": {**source["meta"], "people": people}}


def _anew(mention: Mapping[str, Any], by_id: Mapping[str, str], names: _Names) -> str:
    if mention["type"] in ("PERSON", "KEEP"):
        return _renamed_name(mention["text"], by_id[mention["id"]], names)
    if mention["type"] in ("EMAIL", "HANDLE", "URL"):
        return _account(mention["text"], names)
    return str(mention["text"])


def _names(source: Mapping[str, Any], chance: random.Random) -> _Names:
    """New words for all words of the people's names in full."""
    around, at = [], 0
    for m in source["mentions"]:
        if m["type"] in ("PERSON", "KEEP"):
            around.append(source["text"][at : m["start"]])
            at = m["end"]
    around.append(source["text"][at:])
    taken = {fold(w) for w in re.findall(r"[^\W\d_]+", " ".join(around)) if w[0].isupper()} - set(MONTHS)
    names = _Names(chance, taken)
    for person in source["meta"]["people"]:
        words = [w for w in re.sub(r",? QC$", "", person["name"]).split() if fold(w).rstrip(".") not in TITLES]
        first = fold(words[0]) in ("nguyen", "pham", "dang", "trinh")
        family = words[:1] if first else words[-1:]
        given = words[1:] if first else words[:-1]
        far = ("Chinese", "Vietnamese") if first else tuple(o for o in ORIGINS if "surname_first" not in POOLS[o])
        origin = names.origin.setdefault(fold(family[0].split("-")[-1]), chance.choice(far))
        for part in family[0].split("-"):
            names.surname(part, origin, half="-" in family[0])
        for word in given:
            for part in word.split("-"):
                if fold(part) not in PARTICLES and len(part.rstrip(".")) > 1:
                    names.given(part, origin, half="-" in word)
    return names


def _renamed_name(form: str, full: str, names: _Names) -> str:
    """A form of a person's name, made of the new names as it was made of the old ones."""
    old = [part for part in PART.findall(full) if fold(part) in names.words]
    if _is_initials(form, old):
        letters = iter(_initials(form, old, names))
        return re.sub(r"\w", lambda _: next(letters), form)
    return PART.sub(lambda m: _word(m.group(), old, names), form)


def _word(word: str, old: Sequence[str], names: _Names) -> str:
    key = fold(word)
    if key in TITLES or key in PARTICLES:
        return word
    if key in names.words:
        return _like(word, names.words[key], lost=word.casefold() not in {o.casefold() for o in old})
    if key.endswith("s") and key[:-1] in names.words:
        return _like(word[:-1], names.words[key[:-1]]) + "s"
    if len(word) == 1:
        found = next((names.words[fold(o)] for o in old if fold(o).startswith(key)), word)
        return _initial(found)
    return _like(word, _derived(word, old, names))


def _derived(word: str, old: Sequence[str], names: _Names) -> str:
    """The pet form or misspelling of a new name for one of an old name; the same wherever it stands."""
    key = fold(word)
    if not old:
        return word
    nearest = max(old, key=lambda o: SequenceMatcher(None, fold(o), key).ratio())
    new = names.words[fold(nearest)]
    if fold(nearest).startswith(key[:-1]) and len(key) < len(nearest) and len(new) > 4:
        made = re.split(r"[ -]", new)[0][: max(4, min(len(new) - 2, len(key)))]
    elif SequenceMatcher(None, fold(nearest), key).ratio() >= 0.6 and len(new) > 4:
        made = misspelt(new)
    else:
        made = next(p for p in PETS if fold(p) not in names.taken)
    names.taken.add(fold(made))
    names.words[key] = made
    return made


def _like(old: str, new: str, *, lost: bool = False) -> str:
    """`new` in the case of `old`, without its accents where `old` has lost its own."""
    if lost:
        new = plain(new)
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.lower() if old.islower() else new


def _is_initials(form: str, old: Sequence[str]) -> bool:
    letters = re.sub(r"[.\-]", "", form).strip()
    return form.isupper() and letters.isalpha() and len(letters) <= 4 and not any(fold(form) == fold(o) for o in old)


def _initials(form: str, old: Sequence[str], names: _Names) -> str:
    """New letters for initials: each stands for the next of the person's words that begins with it."""
    left, made = list(old), ""
    for letter in re.findall(r"\w", form):
        at = next((i for i, o in enumerate(left) if fold(o).startswith(letter.lower())), None)
        made += letter if at is None else _initial(names.words[fold(left[at])])
        left = left if at is None else left[at + 1 :]
    return made


def _initial(name: str) -> str:
    return next((c for c in name if c.isupper()), name[0].upper())


def _account(text: str, names: _Names) -> str:
    keys = sorted((k for k in names.words if len(k) > 3), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, keys)), re.I) if keys else None
    if pattern is None:
        return text
    return pattern.sub(lambda m: re.sub(r"[^a-z]", "", fold(names.words[m.group().lower()])), text)
