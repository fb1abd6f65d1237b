"""Names of many origins for invented people (names_of_many.yml), and what is done to names in records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.detect.words import fold

POOLS: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "names_of_many.yml").read_text(encoding="utf-8")
)
ORIGINS = tuple(origin for origin in POOLS if origin != "words")
_SWAP = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o"}


def full_names(pool: Mapping[str, Any]) -> list[str]:
    """Full names of one origin: its given names in turn with its surnames, in the order in which they are written."""
    given = [name for pair in zip(pool["women"], pool["men"], strict=False) for name in pair]
    pairs = zip(given, pool["surnames"] * 2, strict=False)
    return [f"{last} {first}" if pool.get("surname_first") else f"{first} {last}" for first, last in pairs]


def misspelt(name: str) -> str:
    """A name as a call handler might write it: one vowel for another, or a letter twice."""
    for at in range(len(name) - 2, 0, -1):
        if name[at] in _SWAP:
            return name[:at] + _SWAP[name[at]] + name[at + 1 :]
    return name[:2] + name[1] + name[2:]


def plain(name: str) -> str:
    """A name as typed on a keyboard without its letters: Şule as Sule; capitals stay."""
    return "".join(_plain(letter) for letter in name)


def _plain(letter: str) -> str:
    bare = fold(letter) if not letter.isascii() else letter
    return bare.upper() if letter.isupper() else bare
