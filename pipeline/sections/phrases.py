"""Phrases of sections.yml against the words of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.words import fold

_TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*'?|[#:;?&/,+|()-]")
SIGNS = frozenset("#:;?&/,+|()-")
_DASH = re.compile(r"[–—]")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a heading and the signs between them, folded: "Part B – Facts" is part, b, -, facts."""
    return tuple(_TOKEN.findall(fold(_DASH.sub(" - ", text.replace("’", "'")))))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word, longest first; each stands for something."""

    by_word: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    open_ended: tuple[tuple[tuple[str, ...], str], ...]  # those whose first word has an asterisk

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]]) -> Phrases:
        """From (phrase, what it stands for)."""
        fixed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        open_ended = []
        for phrase, name in named:
            words = tuple(w + "*" * star for w, star in map(_starred, phrase.split()))
            if words[0].endswith("*"):
                open_ended.append((words, name))
            else:
                fixed.setdefault(words[0], []).append((words, name))
        ordered = {word: tuple(sorted(found, key=_longest)) for word, found in fixed.items()}
        return cls(ordered, tuple(sorted(open_ended, key=_longest)))

    def at(self, words: Sequence[str], place: int) -> tuple[int, str] | None:
        """How many words the longest phrase at this place takes, and what it stands for."""
        found = [*self.by_word.get(words[place], ()), *self.open_ended]
        held = [(taken, name) for phrase, name in found if (taken := _taken(phrase, words, place))]
        return max(held, key=lambda h: h[0]) if held else None

    def anywhere(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases stands in these words."""
        return any(self.at(words, place) for place in range(len(words)))


def _starred(word: str) -> tuple[str, bool]:
    return fold(word.rstrip("*").replace("’", "'")), word.endswith("*")


def _longest(entry: tuple[tuple[str, ...], str]) -> int:
    return -len(entry[0])


def _taken(phrase: Sequence[str], words: Sequence[str], place: int) -> int:
    """How many words from this place a phrase takes, with commas between them; 0 where it does not stand here."""
    at = place
    for part in phrase:
        while at > place and at < len(words) and words[at] == ",":
            at += 1
        if at == len(words) or not (words[at].startswith(part[:-1]) if part.endswith("*") else words[at] == part):
            return 0
        at += 1
    return at - place
