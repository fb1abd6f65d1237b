"""Labels and agreed pseudonyms that tell, or confuse, who somebody is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.detect.words import fold
from pipeline.jigsaw.marks import key
from pipeline.jigsaw.printed import Who, people_of
from pipeline.jigsaw.rules import JigsawRules
from pipeline.models import Analysis, CaseFacts, Decision, DocumentKind, Identity, JigsawWarning

_LETTERS = re.compile(r"[^\W\d_]+")
_ONE_LETTER = re.compile(r"\b[A-Z]\b")


def names(
    analysis: Analysis, facts: CaseFacts, decisions: Sequence[Decision], rules: JigsawRules
) -> list[JigsawWarning]:
    """Warnings about labels and pseudonyms of the whole case; each is placed where the person first stands."""
    people = people_of(analysis, decisions, rules)
    known = {i.key: i for i in analysis.identities if i.key in people}
    return [
        *_pseudonyms(analysis, facts, people, known),
        *_same_label(analysis, decisions, people, known),
        *_initials(analysis, decisions, people, known),
    ]


def _pseudonyms(
    analysis: Analysis, facts: CaseFacts, people: Mapping[str, Who], known: Mapping[str, Identity]
) -> list[JigsawWarning]:
    found = []
    goes = [i for k, i in known.items() if not people[k].stays]
    for number, (name, stands_for) in enumerate(facts.pseudonyms.items(), start=1):
        own = _tokens([name])
        bearers = [i for i in goes if own & _tokens(i.forms)]
        same = _of_role(goes, stands_for)
        alike = [i for i in same if own and _initial(i) == fold(name)[:1] and i not in bearers]
        for people_meant, why in (
            (bearers, "is also a name of somebody in the case"),
            (alike, "begins with the same letter as the real name"),
        ):
            if people_meant:
                # By its number: the officer's words for whom it stands may name somebody, and are in no report.
                message = f"Agreed pseudonym {number} of the case file {why}."
                parts = (name, why, *sorted(i.key for i in people_meant))
                found.append(_warning("pseudonym", analysis, people_meant[0], message, parts))
    return found


def _of_role(goes: Sequence[Identity], stands_for: str) -> list[Identity]:
    """The one person who goes and has a role that the words for a pseudonym name; none where it is not one."""
    words = fold(stands_for)
    if "subject" in words or "deceased" in words:
        words += " victim"
    found = [i for i in goes if i.role and re.search(rf"\b{re.escape(fold(i.role))}\b", words)]
    return found if len(found) == 1 else []


def _same_label(
    analysis: Analysis, decisions: Sequence[Decision], people: Mapping[str, Who], known: Mapping[str, Identity]
) -> list[JigsawWarning]:
    """People who were found apart and have one label, because somebody typed it."""
    typed = {d.identity for d in decisions if d.label and d.identity in known and d.label != known[d.identity].label}
    by_label: dict[str, list[str]] = {}
    for person, who in people.items():
        if not who.stays:
            by_label.setdefault(who.name, []).append(person)
    found = []
    for label, members in by_label.items():
        if len(members) < 2 or typed.isdisjoint(members):
            continue
        message = (
            f"{len(members)} people who were found apart have the same label, {label}. "
            "If they are different people, give each a label of their own."
        )
        found.append(_warning("same-label", analysis, known[members[1]], message, (label, *sorted(members))))
    return found


def _initials(
    analysis: Analysis, decisions: Sequence[Decision], people: Mapping[str, Who], known: Mapping[str, Identity]
) -> list[JigsawWarning]:
    """A letter in a label that somebody typed, where it is that person's initial. Proposed letters only count."""
    labels = {d.identity: d.label for d in decisions}
    found = []
    for person, who in people.items():
        identity, label = known[person], labels.get(person, "")
        if who.stays or not label or label == identity.label:
            continue
        letters = {letter.lower() for letter in _ONE_LETTER.findall(label)}
        letters -= {letter.lower() for letter in _ONE_LETTER.findall(identity.label)}
        if letters & {token[:1] for token in _tokens(identity.forms)} and identity.role not in (
            "victim",
            "perpetrator",
        ):
            message = f"The letter in the label {label} is an initial of the person whom it stands for."
            found.append(_warning("initial", analysis, identity, message, (label, person)))
    return found


def _initial(identity: Identity) -> str:
    words = [w for w in _LETTERS.findall(fold(identity.name)) if len(w) > 2]
    return words[0][:1] if words else ""


def _tokens(forms: Sequence[str]) -> set[str]:
    return {word for form in forms for word in _LETTERS.findall(fold(form)) if len(word) > 2}


def _warning(
    code: str, analysis: Analysis, identity: Identity, message: str, parts: tuple[str, ...]
) -> JigsawWarning:
    place = next((f for f in analysis.findings if f.identity == identity.key), None)
    document = place.document if place else DocumentKind.OVERVIEW
    start, end = (place.start, place.end) if place else (0, 0)
    # Keyed by case, not by document: it is one warning, wherever the person first stands.
    return JigsawWarning(code, document, start, end, message, key(code, DocumentKind.OVERVIEW, *parts))
