"""When two names are one: misspellings, pet forms, spellings by ear; and an index of who may bear a name.

The index only proposes: it may name a person whom a closer look rules out, but leaves out nobody whom it would not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

ALIKE = 80.0  # rapidfuzz ratio from which two longer names are misspellings of one another
ALIKE_SHORT = 86.0
ALIKE_THROUGHOUT = 90.0  # from which even the first letter may differ


@lru_cache(maxsize=1 << 16)
def alike(a: str, b: str) -> bool:
    """Whether two names are misspellings or short forms of one another; short names must match exactly."""
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or (a[0] != b[0] and fuzz.ratio(a, b) < ALIKE_THROUGHOUT):
        return False
    if min(len(a), len(b)) <= 5 and OSA.distance(a, b, score_cutoff=1) > 1:
        return False  # "Bento" is not "Brent"
    return fuzz.ratio(a, b) >= (ALIKE if min(len(a), len(b)) > 4 else ALIKE_SHORT)


def sounds_like(a: str, b: str) -> bool:
    """Whether two names of five letters and more are spelt as they sound: Quaku of Kwaku, Acosua of Akosua."""
    return min(len(a), len(b)) > 4 and _sound(a) == _sound(b)


@lru_cache(maxsize=1 << 14)
def _sound(name: str) -> str:
    spelt = name.replace("qu", "kw").replace("ph", "f").replace("ck", "k").replace("ou", "u").replace("oo", "u")
    spelt = re.sub(r"c(?=[eiy])", "s", spelt)
    spelt = re.sub(r"c(?!h)", "k", spelt).replace("z", "s").replace("y", "i")
    return re.sub(r"(.)\1+", r"\1", spelt).removesuffix("h")


def short_of(a: str, b: str) -> bool:
    """Whether `a` is a pet form of `b`: Gracie of Grace, Ada of Adaeze, Rosie of Rose, Thandi of Thandeka."""
    if len(a) < 3 or len(b) < 3 or a == b:
        return False
    if b.startswith(a) and len(b) - len(a) <= 6:
        return True
    stem = re.sub(r"(?:ie|y|i|ey|a)$", "", a)
    return len(stem) >= 3 and b.startswith(stem) and len(a) <= len(b) + 2


class Names(set[str]):
    """A person's names of one kind; tells each name that is put in, so that an index misses none."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self._tell = tell

    def add(self, name: str) -> None:
        if name not in self:
            super().add(name)
            if self._tell:
                self._tell(name)

    def update(self, *others: Iterable[str]) -> None:
        for name in chain(*others):
            self.add(name)

    def __ior__(self, others: Iterable[str]) -> Names:  # type: ignore[override,misc]
        self.update(others)
        return self


class NameIndex:
    """Who may bear a name, by numbers of persons: by the name, its halves, its first letters and what is alike."""

    def __init__(self) -> None:
        self._bearers: defaultdict[str, set[int]] = defaultdict(set)
        self._by_letter: defaultdict[str, set[int]] = defaultdict(set)
        self._by_start: defaultdict[str, set[int]] = defaultdict(set)
        self._by_sound: defaultdict[str, set[int]] = defaultdict(set)
        self._by_length: defaultdict[tuple[str, int], list[str]] = defaultdict(list)  # (first letter, letters)
        self._by_three: defaultdict[str, list[str]] = defaultdict(list)  # any three letters in a row
        self._alike: dict[str, tuple[str, ...]] = {}  # answers, until a new name is learnt

    def learn(self, name: str, number: int) -> None:
        """Note that a person bears a name, and the halves of a double name."""
        for part in {name, *name.split("-")} - {""}:
            if part not in self._bearers:
                self._alike.clear()
                self._by_length[part[0], len(part)].append(part)
                for three in _threes(part):
                    self._by_three[three].append(part)
            self._bearers[part].add(number)
            self._by_letter[part[0]].add(number)
            self._by_start[part[:3]].add(number)
            self._by_sound[_sound(part)].add(number)

    def bearers(self, name: str) -> Iterable[int]:
        """Who bears a name, or a double name with this half."""
        return self._bearers.get(name, ())

    def with_letter(self, letter: str) -> Iterable[int]:
        """Who bears a name that begins with a letter."""
        return self._by_letter.get(letter, ())

    def with_start(self, name: str) -> Iterable[int]:
        """Who bears a name that begins as this one does: any of which it may be a pet form."""
        return self._by_start.get(name[:3], ())

    def sounding(self, name: str) -> Iterable[int]:
        """Who bears a name that sounds like this one."""
        return self._by_sound.get(_sound(name), ())

    def near(self, name: str) -> Iterator[int]:
        """Who bears a name that is this one or a misspelling of it."""
        if name not in self._alike:
            close = process.extract(
                name, list(self._possible(name)), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            )
            self._alike[name] = tuple(known for known, _, _ in close if alike(name, known))
        for known in self._alike[name]:
            yield from self._bearers[known]

    def _possible(self, name: str) -> set[str]:
        """Known names near enough in length and letters to be alike.

        A ratio of 80 allows lengths of 2:3 at most. With another first letter the ratio must be 90, which leaves so
        few differences that three letters in a row are always shared.
        """
        found = {name} if name in self._bearers else set()
        if len(name) < 4:
            return found
        for length in range(-(-2 * len(name) // 3), 3 * len(name) // 2 + 1):
            found.update(self._by_length.get((name[0], length), ()))
        for three in _threes(name):
            found.update(n for n in self._by_three.get(three, ()) if n[0] != name[0])
        return found


def _threes(name: str) -> set[str]:
    return {name[at : at + 3] for at in range(len(name) - 2)}
