"""Sentences that anonymisation makes untrue or strange, that give a name away, or that lead to the press."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.jigsaw.marks import key, listed, places, wording
from pipeline.jigsaw.printed import Passage, Printed, Sentence
from pipeline.jigsaw.rules import JigsawRules, TextRule
from pipeline.models import JigsawWarning

_BETWEEN = 60  # characters between two forms of one name that a sentence introduces
_Hit = tuple[Passage, Sentence, TextRule]


def sentences(page: Printed, rules: JigsawRules, pseudonyms: bool) -> list[JigsawWarning]:
    """One warning of each code for the document. `pseudonyms` tells that names were agreed with the family."""
    hits = _matching(page, rules.texts, pseudonyms)
    return [
        *_told(page, hits, "untrue", "Once names are replaced that is untrue or strange."),
        *_told(page, hits, "press", ""),
        *_strange(page, rules),
        *_shared(page, rules),
    ]


def _matching(page: Printed, texts: Sequence[TextRule], pseudonyms: bool) -> list[_Hit]:
    hits = {}
    for number, rule in enumerate(texts):
        for place in () if rule.unless and pseudonyms else rule.places(page.text):
            passage, sentence = page.at(place)
            hits[sentence.start, number] = (passage, sentence, rule)
    return [hits[mark] for mark in sorted(hits)]


def _told(page: Printed, hits: Sequence[_Hit], code: str, ends: str) -> list[JigsawWarning]:
    own = [hit for hit in hits if hit[2].code == code]
    if not own:
        return []
    told: dict[str, list[str]] = {}
    for passage, _, rule in own:
        told.setdefault(rule.says, []).append(passage.place)
    what = "; ".join(f"{says} ({places(found)})" for says, found in told.items())
    found = [(sentence, rule.says) for _, sentence, rule in own]
    return [_warning(page, code, found, f"The report says {what}. {ends}".rstrip())]


def _strange(page: Printed, rules: JigsawRules) -> list[JigsawWarning]:
    """Where a sentence introduces another form of a name and both have become one label: "Adult A (born Adult A)"."""
    found = [(p, s) for p in page.passages for s in p.sentences if _says_twice(page.text, s, rules)]
    if not found:
        return []
    where = places(passage.place for passage, _ in found)
    message = f"Where the text introduces another form of a name, the same label now stands twice, in {where}."
    return [_warning(page, "strange", [(sentence, "") for _, sentence in found], message)]


def _says_twice(text: str, sentence: Sentence, rules: JigsawRules) -> bool:
    for one, two in zip(sentence.mentions, sentence.mentions[1:], strict=False):
        between = text[one.end : two.start]
        if one.who.stays or one.who.name != two.who.name or len(between) > _BETWEEN:
            continue
        if rules.introduces.search(between) or re.fullmatch(r"\s*\(?[\"'‘“(]+", between):
            return True
    return False


def _shared(page: Printed, rules: JigsawRules) -> list[JigsawWarning]:
    """Where the text says that a name that stays is, or is not, that of somebody who goes."""
    found: list[tuple[Passage, Sentence]] = []
    names: dict[str, None] = {}
    for passage, sentence, _ in _matching(page, (rules.shares,), pseudonyms=False):
        staying = [m.who.name for m in sentence.mentions if m.who.stays]
        if sentence.mentions:
            found.append((passage, sentence))
            names.update(dict.fromkeys(staying))
    if not names:
        return []
    message = (
        f"The text compares the name of {listed(list(names))} with that of somebody who goes, or says that they are "
        f"no relation, in {places(passage.place for passage, _ in found)}. That gives the name away."
    )
    return [_warning(page, "shared-name", [(sentence, "") for _, sentence in found], message)]


def _warning(page: Printed, code: str, found: Sequence[tuple[Sentence, str]], message: str) -> JigsawWarning:
    """One warning about sentences, each with what is said to be wrong with it.

    Everything that print shows of a sentence makes the key, and who is named in it: what was accepted once is
    accepted in those words only, and as often as it stood there.
    """
    parts = sorted(
        "\x1e".join(
            (
                says,
                wording(page.text[sentence.start : sentence.end]),
                *(f"{m.who.identity}:{m.who.name}" for m in sentence.mentions),
            )
        )
        for sentence, says in found
    )
    first, _ = found[0]
    return JigsawWarning(code, page.kind, first.start, first.end, message, key(code, page.kind, *parts))
