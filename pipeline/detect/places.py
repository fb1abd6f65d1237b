"""Addresses, places and small organisations, known by the last word of their names (policy.yml, kinds)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.detect.page import Claim, Page
from pipeline.detect.words import Case, Word, fold
from pipeline.rules import Kind, Rules

INSIDE = frozenset({"of", "the", "and", "de", "la", "du", "le", "on", "in", "upon", "our", "&", "for"})
NUMBER = re.compile(
    r"(?:\b(?:Flat|Apartment|Apt|Room|Unit|Studio|Plot)\s+\d{1,4}[A-Za-z]?,?\s+(?:\d{1,4}[A-Za-z]?,?\s+)?"
    r"|\b(?:(?:[Nn]o\.?|number)\s+)?\d{1,4}[A-Za-z]?,?\s+)$"
)
BARE_NUMBER = re.compile(r"\b(?:at|from|of|to|outside)\s+(?P<value>(?:no\.|No\.|number)\s*\d{1,4}[A-Z]?)\b")
LONE_FLAT = re.compile(r"\b(?P<value>(?:Flat|Apartment)\s+\d{1,4}[A-Z]?)\b")
NO_ADDRESS = re.compile(r"\s*(?:as above|not |unknown|same|none|-|n/a)", re.IGNORECASE)
OUR_LADY = re.compile(r"\bOur Lady of (?:the )?[^\W\d_a-z]\w+")
FUNCTION = frozenset(
    """the a an at in on of to from for by with and but or if as when while after before since until during under over
    she he they it her his their our its my your this that these those all each every no not there then where who
    staff following flat both also although because""".split()
)
ADDRESS_KINDS = ("street", "building")
GENERIC = frozenset(
    """
    primary secondary infant junior school academy nursery surgery practice medical health centre care home
    homes community children children's adult adults family families day road street house court estate local
    national general girls boys catholic church trust group services service support housing social mental
    clinical review panel crown magistrates high supported living independent specialist homicide domestic
    police station city county borough town village the a an approved joint action parish green park place
    square library common market hospital ward team unit department office her his their this that north south
    east west central advocacy project women women's men's young people safeguarding
    """.split()
)


def claim_places(page: Page, rules: Rules) -> frozenset[str]:
    """Claim named places and organisations; returns folded first words by which the text may call them again."""
    endings = _endings(rules.kinds)
    for number, cell in page.cells.items():
        slot = page.layout.slots[number]
        text = page.text[slot.start : slot.end]
        if (
            "address" in cell.header.split()
            and "@" not in text
            and any(w.capital for w in page.words_in(slot.start, slot.end))
            and not NO_ADDRESS.match(text)
        ):
            page.claim(Claim(slot.start, slot.end, "ADDRESS", ("rule:address",), "an address", "[address]"))
    short: set[str] = set()
    # Organisations first: "Hampton Road Adult College" is no road.
    for addresses in (False, True):
        short |= _claim_kinds(page, endings, addresses, rules)
    for pattern in (BARE_NUMBER, LONE_FLAT):
        for match in pattern.finditer(page.text):
            page.claim(Claim(*match.span("value"), "ADDRESS", ("rule:address",), "the number of a home", "[address]"))
    for match in OUR_LADY.finditer(page.text):
        page.claim(
            Claim(
                match.start(), match.end(), "ORGSMALL", ("rule:place of worship",), "a parish", "[place of worship]"
            )
        )
    return frozenset(short)


def _claim_kinds(
    page: Page, endings: Mapping[str, list[tuple[tuple[str, ...], Kind]]], addresses: bool, rules: Rules
) -> set[str]:
    short: set[str] = set()
    for at, word in enumerate(page.words):
        if not word.capital and word.text not in ("estate",):
            continue
        for parts, kind in endings.get(word.folded, ()):
            if (kind.name in ADDRESS_KINDS) is not addresses:
                continue
            run = page.words[at : at + len(parts)]
            if tuple(w.folded for w in run) == parts and run[-1].slot == word.slot and (word.capital or at):
                name = _name_before(page, at, rules)
                if name and page.words[at - 1].end <= word.start:
                    _claim(page, name, run[-1], kind)
                    if kind.name not in ADDRESS_KINDS and name[0].folded not in rules.english:
                        short.add(name[0].folded)
                break
    return short


def _endings(kinds: tuple[Kind, ...]) -> Mapping[str, list[tuple[tuple[str, ...], Kind]]]:
    index: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind in kinds:
        for words in kind.words:
            parts = tuple(fold(p) for p in words.split())
            index.setdefault(parts[0], []).append((parts, kind))
    for options in index.values():
        options.sort(key=lambda o: len(o[0]), reverse=True)
    return index


def _name_before(page: Page, at: int, rules: Rules) -> list[Word]:
    """The capitals before an ending that are part of the name; [] where only general words stand there."""
    last = page.words[at]
    titles = {fold(t) for t in rules.vocabulary["titles"]} - {"our"}
    name: list[Word] = []
    edge = last
    n = at - 1
    while n >= 0 and len(name) < 6:
        word = page.words[n]
        gap = page.between(word, edge)
        if word.slot != last.slot or gap not in (" ", "' ", "’ ", "'s ", "’s ", "\u00a0", " & ", ". "):
            break
        if word.capital and page.free(word):
            name.insert(0, word)
        elif (
            not (word.folded in INSIDE and n and page.words[n - 1].capital and page.words[n - 1].slot == last.slot)
            or page.between(page.words[n - 1], word) != " "
            or not page.free(page.words[n - 1])
        ):
            break
        elif n > 1 and page.words[n - 2].folded in titles:
            break  # "Pastor Brown of Living Fountain Assembly": a person of a place
        edge = word
        n -= 1
    while name and (name[0].folded in FUNCTION or name[0].folded in titles - {"lord", "lady", "father"}):
        name.pop(0)
    if all(w.folded in GENERIC or w.folded.removesuffix("'s") in GENERIC for w in name):
        return []
    return name


def _claim(page: Page, name: list[Word], last: Word, kind: Kind) -> None:
    """Claim one name, with the flat and number before it and the further parts of an address after it."""
    start, end = name[0].start, last.end
    if kind.name in ADDRESS_KINDS:
        before = page.text[max(page.layout.slots[last.slot].start, start - 40) : start]
        numbered = False
        if match := NUMBER.search(before):
            start -= len(before) - match.start()
            numbered = True
        type_, label = ("ADDRESS", "[address]") if numbered else ("PLACE", kind.replacement)
        page.claim(Claim(start, end, type_, (f"rule:{kind.name}",), "an address", label))
    elif kind.name == "park":
        page.claim(
            Claim(start, end, "PLACE", (f"rule:{kind.name}",), "a place smaller than a borough", kind.replacement)
        )
    else:
        page.claim(Claim(start, end, "ORGSMALL", (f"rule:{kind.name}",), "a small organisation", kind.replacement))


def claim_short_names(page: Page, short: frozenset[str]) -> None:
    """Claim an organisation named again by its first word only ("Holmcroft")."""
    for word in page.words:
        if word.folded in short and word.case is not Case.LOWER and page.free(word):
            page.claim(
                Claim(word.start, word.end, "ORGSMALL", ("propagated",), "a small organisation", "[organisation]")
            )


def join_addresses(page: Page) -> None:
    """Make one address of parts with only a comma between them: "27 Larch House, Bexcombe Estate, Peckham"."""
    joined: list[Claim] = []
    for claim in page.claims:
        last = joined[-1] if joined else None
        if (
            last
            and {last.type, claim.type} <= {"ADDRESS", "PLACE", "POSTCODE"}
            and "ADDRESS" in (last.type, claim.type)
            and page.text[last.end : claim.start] in (", ", " ")
        ):
            sources = tuple(dict.fromkeys((*last.sources, *claim.sources)))
            joined[-1] = Claim(last.start, claim.end, "ADDRESS", sources, "an address", "[address]")
        else:
            joined.append(claim)
    page.claims[:] = joined
