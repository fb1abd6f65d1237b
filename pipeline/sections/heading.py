"""What a heading says that its section is about, and whether it says so or only mentions the word.

A heading is read from the left. Words of the trade and agencies' names may stand before a phrase; after it, words
that say whose or what about ("for the police"), and another phrase after "and". Any other word makes it a heading
about something else: "How the recommendations were followed up".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.detect.words import fold
from pipeline.sections.kinds import SectionKind
from pipeline.sections.phrases import Phrases, tokens

_SHORT = 3  # words before "and" that name nothing
_AND = frozenset(("and", "&", "/", ",", "+", "plus"))
_APART = frozenset(":;|()-?")
_COUNT = r"(?:[a-z]{0,2}\.?\d[\d.]*[a-z]?|\(?(?:[ivxl]+|[a-z])[.):])"
_ORDINAL = r"(?:\d+|[ivxl]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NUMBER = re.compile(
    rf"^(?:(?:section|part|chapter|stage)\s+{_ORDINAL}\b[\s.:)–—-]*|{_COUNT}[\s.:)–—-]+|(?:[a-z]|[ivx]+)\s+)"
)
_CODE = re.compile(r"[a-z]{0,2}\.?\d[\d.]*[a-z]?|[a-z]|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten")


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of sections.yml; its head says what each list is for."""

    phrases: Phrases
    unless: Mapping[SectionKind, Phrases]
    alone: Mapping[SectionKind, frozenset[str]]
    whole: frozenset[SectionKind]
    asks: Mapping[SectionKind, tuple[tuple[str, ...], ...]]
    around: frozenset[str]
    agencies: frozenset[str]
    follow: frozenset[str]

    def asked(self, heading: str) -> tuple[SectionKind, ...]:
        """The kind of section that answers a heading which is a question and names none."""
        if not heading.rstrip().endswith("?"):
            return ()
        words = tokens(_bare(heading))
        return tuple(k for k, starts in self.asks.items() if any(words[: len(s)] == s for s in starts))


@dataclass(slots=True)
class _Read:
    """How far one part of a heading has been read.

    whole  all of it is phrases and words of the trade
    """

    kinds: list[SectionKind]
    whole: bool = True


def kinds_named(heading: str, naming: Naming) -> tuple[tuple[SectionKind, ...], bool]:
    """The kinds of section that a heading begins, and whether it says nothing else."""
    words = tokens(_bare(heading))
    read = [_read_part(part, naming) for part in _parts(words)]
    whole = all(r.whole for r in read)
    kinds = list(dict.fromkeys(kind for r in read for kind in r.kinds))
    kinds = [k for k in kinds if _is_alone(k, words, naming) and not naming.unless[k].anywhere(words)]
    if len(kinds) > 1 and SectionKind.APPENDIX in kinds:
        kinds.remove(SectionKind.APPENDIX)  # "Appendix A: Action plan"
    return tuple(kinds), whole


def _is_alone(kind: SectionKind, words: Sequence[str], naming: Naming) -> bool:
    """Whether no word stands in a heading that must not, where its kind has a list of those that may."""
    if kind not in naming.alone:
        return True
    strict = replace(naming, around=naming.alone[kind], agencies=frozenset())
    return all(_read(part, strict).whole for part in _parts(words))


def _bare(heading: str) -> str:
    """A heading without the number before it."""
    folded = " ".join(heading.split())
    match = _NUMBER.match(fold(folded))
    return folded[match.end() :] if match and match.end() < len(folded) else folded


def _parts(words: Sequence[str]) -> list[list[str]]:
    """The words between signs that set parts of a heading apart: "Housing: lessons"."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _APART:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _read_part(words: Sequence[str], naming: Naming) -> _Read:
    """A part; where it names nothing, what stands after "and" and a few words: "Reflections and recommendations"."""
    read = _read(words, naming)
    if read.kinds or read.whole:
        return read
    joints = [n for n, word in enumerate(words) if word in _AND]
    if not joints or joints[-1] > _SHORT:
        return _Read([], whole=False)
    read = _read(words[joints[-1] + 1 :], naming)
    return _Read(read.kinds if read.whole else [], whole=False)


def _read(words: Sequence[str], naming: Naming) -> _Read:
    read = _Read([])
    at = 0
    joined = True  # a phrase here is one more, not the head of the one before it ("Panel recommendations")
    free = False  # what stands here says whose or what about
    while at < len(words):
        word, found = words[at], naming.phrases.at(words, at)
        at += found[0] if found else 1
        if found and free and not joined:
            read.whole = read.whole and found[1] == read.kinds[-1]  # "Membership of the Review Panel"
        elif found:
            if not joined:
                read.kinds.pop()
            read.kinds.append(SectionKind(found[1]))
            joined = free = False
        elif word in _AND or (read.kinds == [SectionKind.APPENDIX] and _CODE.fullmatch(word)):
            joined = True  # "Lessons and good practice", "Annex B Action plan"
        elif read.kinds and not joined and word in naming.follow:
            free = True
        elif word in naming.around:
            continue
        elif word in naming.agencies or (not read.kinds and word.endswith(("'s", "'"))):
            read.whole = False
            if read.kinds and not (free or joined):
                return _Read([], whole=False)
        else:
            read.whole = False
            # "Recommendation 3 ...", "Lessons for Larchshire", "Lessons and next steps"
            known = bool(read.kinds) and (free or joined or bool(_CODE.fullmatch(word)))
            return read if known else _Read([], whole=False)
    return read
