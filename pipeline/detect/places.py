"""Addresses, places and small organisations, known by the last word of their names (policy.yml, kinds)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.given_names import FEMALE, MALE
from pipeline.detect.lexicon import single_stays
from pipeline.detect.page import ABBREVIATED, Claim, Page
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
# What stands after a member of a panel, and before a place.
PERSON_AFTER = re.compile(
    r" \([A-Z]|,? [–—-] [A-Z]|, (?:the |an? )?(?:Head|Service|Senior|Named|Independent|Deputy|Area)\b"
)
DOES = re.compile(
    r" (?:rang|said|told|came|left|wept|went|wrote|saw|heard|spoke|gave|took|asked|called|phoned|texted|met|hit|felt|"
    r"thought|knew|cried|lied)\b|['’]s (?:mother|father|sister|brother|son|daughter|wife|husband|partner|children|"
    r"aunt|uncle|cousin|family|friend)\b"
)
PLACE_BEFORE = re.compile(
    r"\b(?:at|in|of|on|from|to|near|along|into|outside|live[ds]? at|\d+[A-Za-z]?,?) (?:the )?$", re.IGNORECASE
)
OUR_LADY = re.compile(r"\bOur Lady of (?:the )?[^\W\d_a-z]\w+")
FUNCTION = frozenset(
    """the a an at in on of to from for by with and but or if as when while after before since until during under over
    she he they it her his their our its my your this that these those all each every no not there then where who
    staff following flat both also although because""".split()
)
ADDRESS_KINDS = ("street", "building")
SMALL_LETTERS = ("school", "nursery", "gp_practice", "place_of_worship")
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


@dataclass(frozen=True, slots=True)
class _Named:
    """A phrase that ends as places or organisations do: the words before its ending, the ending, its kind."""

    name: tuple[Word, ...]
    first_ending: Word
    last: Word
    kind: Kind

    @property
    def folded(self) -> tuple[str, ...]:
        return (*(w.folded for w in self.name), self.first_ending.folded)


def claim_places(pages: Sequence[Page], rules: Rules) -> dict[str, str]:
    """Claim named places and organisations; returns the folded first words by which the texts may call
    them again, with what is printed instead."""
    for page in pages:
        _claim_address_cells(page)
    endings = _endings(rules.kinds)
    short: dict[str, str] = {}
    # Organisations first: "Hampton Road Adult College" is no road.
    for addresses in (False, True):
        found = [(page, named) for page in pages for named in _named(page, endings, addresses, rules)]
        # "Jamal Hill" is a person everywhere if the text shows it to be one somewhere.
        people = {named.folded for page, named in found if _is_person(page, named, rules)}
        for page, named in found:
            if named.folded in people:
                continue
            _claim(page, named)
            if named.kind.name not in ADDRESS_KINDS and named.name[0].folded not in rules.english:
                short[named.name[0].folded] = named.kind.replacement
    for page in pages:
        for pattern in (BARE_NUMBER, LONE_FLAT):
            for match in pattern.finditer(page.text):
                start, end = match.span("value")
                page.claim(Claim(start, end, "ADDRESS", ("rule:address",), "the number of a home", "[address]"))
        for match in OUR_LADY.finditer(page.text):
            source, label = ("rule:place_of_worship",), "[place of worship]"
            page.claim(Claim(match.start(), match.end(), "ORGSMALL", source, "a parish", label))
    return short


def _claim_address_cells(page: Page) -> None:
    """Claim the cells of a column of addresses, whole."""
    for number, cell in page.cells.items():
        slot = page.layout.slots[number]
        text = page.text[slot.start : slot.end]
        capital = any(w.capital for w in page.words_in(slot.start, slot.end))
        if "address" in cell.header.split() and capital and "@" not in text and not NO_ADDRESS.match(text):
            page.claim(Claim(slot.start, slot.end, "ADDRESS", ("rule:address",), "an address", "[address]"))


def _named(
    page: Page, endings: Mapping[str, list[tuple[tuple[str, ...], Kind]]], addresses: bool, rules: Rules
) -> Iterator[_Named]:
    general = GENERIC | single_stays(rules) | {fold(w) for w in rules.vocabulary["trade_capitals"]}
    for at, word in enumerate(page.words):
        small = not word.capital and word.text != "estate"
        for parts, kind in endings.get(word.folded, ()):
            if (kind.name in ADDRESS_KINDS) is not addresses or (small and kind.name not in SMALL_LETTERS):
                continue
            run = page.words[at : at + len(parts)]
            if tuple(w.folded for w in run) == parts and run[-1].slot == word.slot:
                if not small and _ends_later(page, run[-1], endings):
                    break
                name = _name_before(page, at, general, rules)
                if name and not small:
                    yield _Named(tuple(name), word, run[-1], kind)
                elif name and not any(w.first for w in name):
                    yield _Named(tuple(name), word, name[-1], kind)  # "Living Fountain church": "church" stays
                break


def _ends_later(page: Page, last: Word, endings: Mapping[str, object]) -> bool:
    """Whether the name goes on to another ending: "Holmcroft Primary" of "Holmcroft Primary School"."""
    at = page.index_of(last) + 1
    after = page.words[at] if at < len(page.words) else None
    return (
        after is not None
        and after.capital
        and after.folded in endings
        and after.slot == last.slot
        and page.between(last, after) == " "
    )


def _is_person(page: Page, named: _Named, rules: Rules) -> bool:
    """Whether "Tyrone Green" is a person after all: a title before it, a column of names, or what the models say."""
    name, last = named.name, named.first_ending
    cell, slot = page.cells.get(last.slot), page.layout.slots[last.slot]
    if cell is not None and cell.header in rules.vocabulary["name_columns"] and len(name) <= 2:
        return bool(page.text[slot.start : slot.end].strip() == page.text[name[0].start : named.last.end])
    if len(name) > 2:
        return False
    if last.folded not in rules.proper and last.folded not in {fold(w) for w in rules.vocabulary["word_surnames"]}:
        return False
    titles = {fold(t) for key in ("titles", "ranks") for t in rules.vocabulary[key]}
    at = page.index_of(name[0])
    before = page.words[at - 1] if at else None
    if before is not None and before.slot == last.slot and before.folded in titles and before.capital:
        return True
    slot_start = page.layout.slots[last.slot].start
    stands_as_person = PERSON_AFTER.match(page.text, named.last.end) and not PLACE_BEFORE.search(
        page.text, max(slot_start, name[0].start - 16), name[0].start
    )
    if stands_as_person and name[0].folded not in rules.english:
        return True
    led = PLACE_BEFORE.search(page.text[max(slot_start, name[0].start - 16) : name[0].start])
    acts = DOES.match(page.text, named.last.end)
    if not led and (name[0].folded in FEMALE | MALE or (acts and name[0].folded not in rules.english)):
        return True  # "Mia Grove rang"
    on_last = {e.type for e in page.evidence_on(last.start, last.end)}
    on_first = {e.type for e in page.evidence_on(name[0].start, name[0].end)}
    together = any(
        e.type == "SPACY_PERSON" and e.start <= name[0].start and e.end >= last.end
        for e in page.evidence_on(name[0].start, last.end)
    )
    given = "RAMPART_GIVEN_NAME" in on_first
    return (together and given) or (given and "RAMPART_SURNAME" in on_last)


def _endings(kinds: tuple[Kind, ...]) -> Mapping[str, list[tuple[tuple[str, ...], Kind]]]:
    index: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind in kinds:
        for words in kind.words:
            parts = tuple(fold(p) for p in words.split())
            index.setdefault(parts[0], []).append((parts, kind))
    for options in index.values():
        options.sort(key=lambda o: len(o[0]), reverse=True)
    return index


def _name_before(page: Page, at: int, general: frozenset[str], rules: Rules) -> list[Word]:
    """The capitals before an ending that are part of the name; [] where only general words stand there."""
    last = page.words[at]
    titles = {fold(t) for t in rules.vocabulary["titles"]} - {"our"}
    endings = {fold(w).split()[-1] for kind in rules.kinds for w in kind.words}
    name: list[Word] = []
    edge = last
    n = at - 1
    while n >= 0 and len(name) < 6:
        word = page.words[n]
        gap = page.between(word, edge)
        abbreviated = gap == ". " and (word.folded in ABBREVIATED or len(word.text) == 1)
        if word.slot != last.slot or not (abbreviated or gap in (" ", "' ", "’ ", "'s ", "’s ", "\u00a0", " & ")):
            break
        if word.capital and page.free(word):
            name.insert(0, word)
        elif (
            not (word.folded in INSIDE and n and page.words[n - 1].capital and page.words[n - 1].slot == last.slot)
            or page.between(page.words[n - 1], word) != " "
            or not page.free(page.words[n - 1])
        ):
            break
        elif _is_person_of(page, n - 1, titles):
            break  # "Pastor Brown of Living Fountain Assembly", "Dr Ranjit Sehmi of Larkrise Surgery"
        elif word.folded == "and" and n > 1 and _two_capitals(page, n - 1):
            break  # "Ivy Hoxha and Tolga Street": two people, or two places
        elif word.folded in ("and", "&") and page.words[n - 1].folded in endings:
            break  # "Holmcroft Primary School and Ravensmead Academy": two of them
        edge = word
        n -= 1
    while name and (name[0].folded in FUNCTION or name[0].folded in titles - {"lord", "lady", "father"}):
        name.pop(0)
    if all(w.folded in general or w.folded.removesuffix("s") in general for w in name):
        return []
    return name


def _is_person_of(page: Page, at: int, titles: Collection[str]) -> bool:
    """Whether the capitals that end with this word are a person: a title before them, or what a model says."""
    last = page.words[at]
    run = [last]
    while at and page.words[at - 1].slot == last.slot and page.words[at - 1].capital:
        if page.between(page.words[at - 1], page.words[at]) not in (" ", ". "):
            break
        at -= 1
        run.insert(0, page.words[at])
    if len(run) > 1 and any(w.folded.rstrip(".") in titles for w in run[:-1]):
        return True
    whole = (e for e in page.evidence_on(run[0].start, last.end) if e.type == "SPACY_PERSON")
    return len(run) > 1 and any(e.start <= run[-2].start and e.end >= last.end for e in whole)


def _two_capitals(page: Page, at: int) -> bool:
    """Whether the word before this one is a capital of the same name."""
    before, word = page.words[at - 1], page.words[at]
    return (
        before.slot == word.slot
        and before.capital
        and before.folded not in FUNCTION
        and page.between(before, word) == " "
    )


def _claim(page: Page, named: _Named) -> None:
    """Claim one name, with the flat and number before it."""
    kind, last = named.kind, named.last
    start, end = named.name[0].start, last.end
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


def claim_short_names(page: Page, short: Mapping[str, str]) -> None:
    """Claim an organisation named again by its first word only ("Holmcroft"); `short` has the replacements."""
    for word in page.words:
        label = short.get(word.folded)
        if label and word.case is not Case.LOWER and page.free(word):
            page.claim(Claim(word.start, word.end, "ORGSMALL", ("propagated",), "a small organisation", label))


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
