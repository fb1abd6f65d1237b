"""Research that is cited. A name with a year in brackets is as often a child with a year of birth as an author, so
only what is written as a reference counts by itself: initials, or a note that gives them. A bare "Name (year)" needs
a word of research before it or a reference of that name elsewhere, and yields to anybody in the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.detect.page import Claim, Page
from pipeline.detect.words import Word, fold
from pipeline.models import BlockKind, Slot

_CAP = r"(?<![^\W_])[^\W\d_a-z][\w'’-]{0,60}"  # bounded, or a line of one long word takes minutes
_MORE = r"(?:,? (?:et al\.?|and others|and colleagues))?"
# "Stark, E.", "Monckton Smith, J."
AUTHOR = re.compile(rf"(?P<name>{_CAP}(?: {_CAP})?), (?P<initial>[A-Z])\.(?: ?[A-Z]\.)*")
_AUTHOR = re.sub(r"\?P<\w+>", "?:", AUTHOR.pattern)
# "Stark, E. (2007)", "A, J., B, A. and C, F. (2014)"
REFERENCE = re.compile(rf"{_AUTHOR}(?:(?:, | and |, and | & |; ){_AUTHOR})*{_MORE},? (?:\((?:19|20)\d\d[a-z]?\))")
# "Stark (2007)", "Dobash and Dobash (1979)", "Feder et al. (2011)"
BARE = re.compile(
    rf"\b(?P<authors>{_CAP}(?: {_CAP})?(?:(?:,? (?:and|&) |, ){_CAP}(?: {_CAP})?)*){_MORE},? \((?:19|20)\d\d[a-z]?\)"
)
# "the typology of Johnson[^7]"
NOTED = re.compile(rf"(?P<author>{_CAP}(?: {_CAP})?)['’\"”]?\[\^(?P<note>\w+)\]")
TITLE = re.compile(r"[ ,.:]*(?P<title>['‘\"“][^'’\"”\n]{8,200}['’\"”](?:, [^.\n]{4,80})?)")
PLAIN_TITLE = re.compile(r"[ ,.:]*(?P<title>[A-Z][^.;\n]{6,240})")
# What follows a title in a reference: publisher and place, journal and pages.
PUBLISHED = re.compile(
    r"[ .,]*(?P<where>(?:[A-Z][\w'’&.-]*(?:,? (?:of |and |the |for |& )?[A-Z][\w'’&.-]*){0,4}: [A-Z][^.;\n]{2,70}"
    r"|[^.;\n]{0,60}\b(?:University|Press|Publish\w+|Journal|Books|Review|Quarterly|Lancet|BMJ|Routledge|Sage|Springer)\b"
    r"[^.;\n]{0,80}"
    r"|[A-Z][^.;\n]{3,90}, (?:vol\.? ?)?\d{1,4}(?: ?\(\d{1,3}\))?(?:[,:] ?(?:pp?\.?|pages?)? ?[\d –-]+(?:to \d+)?)?))"
)
CUE = re.compile(
    r"\b(?:research|researchers?|stud(?:y|ies)|literature|typolog\w+|theor\w+|academics?|authors?|scholars?|published|"
    r"findings of|works? (?:of|by)|timeline|according to|described by|cited|evidence from|model of|see|cf\.?"
    r"|e\.g\.)\b[^.]*$",
    re.IGNORECASE,
)
KIN = re.compile(
    r"\b(?:child(?:ren)?|sons?|daughters?|brothers?|sisters?|mother|father|parents?|husband|wife|partner|nieces?|"
    r"nephews?|cousins?|aunt|uncle|siblings?|born|aged|family|couple|exhibits?)\b[^.]*$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"\b[A-Z]\.")
# What begins a sentence about a person rather than a title: "Obi, K. (2009). Her son was at home."
NO_TITLE = re.compile(
    r"(?:He|She|They|His|Her|Their|Both|And|Exhibits?|The (?:child|children|family|victim|perpetrator|couple))\b"
    rf"|{_AUTHOR}|[^.]*\b(?:rang|said|told|was born|lives?|lived|came|went|hit)\b"
)
NO_AUTHOR = frozenset(
    "the a an in on as and of for from by with to he she they his her see under cf january february march april may "
    "june july august september october november december".split()
)


def claim_citations(pages: Sequence[Page]) -> frozenset[str]:
    """Claim references, then bare citations; returns the cited surnames, folded, for `claim_cited_again`."""
    cited: set[str] = set()
    for page in pages:
        cited.update(_claim_references(page))
    for page in pages:
        cited.update(_claim_references(page, frozenset(cited)))
    for page in pages:
        cited.update(_claim_noted(page))
        cited.update(_claim_bare(page, frozenset(cited)))
    return frozenset(cited)


def _claim_references(page: Page, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Claim what is written as a reference and is one: a child may be listed so too, with a year of birth.

    It is one in a note or a list of references, with a title after it, with a word of research before it, or where
    all its authors are `known` from another; never after a word of kinship.
    """
    for match in REFERENCE.finditer(page.text):
        slot = next((s for s in page.layout.slots if s.start <= match.start() and match.end() <= s.end), None)
        if slot is None or page.claimed(*match.span()):
            continue
        begin = next((w.start for w in _without_start(page.words_in(*match.span()))), match.start())
        before = INITIAL.sub(" ", page.text[max(slot.start, begin - 120) : begin])
        names = [fold(a.group("name")) for a in AUTHOR.finditer(match.group())]
        if KIN.search(before) or not (
            _cited_here(page, slot, match) or CUE.search(before) or all(name in known for name in names)
        ):
            continue
        for author in AUTHOR.finditer(match.group()):
            start = match.start() + author.start()
            words = _without_start(page.words_in(start, match.start() + author.end()))
            if words and page.claim(
                Claim(words[0].start, match.start() + author.end(), "STAY", ("reference",), "a reference")
            ):
                yield fold(page.text[words[0].start : start + author.end("name") - author.start()])
        _claim_title(page, match.end())


def _cited_here(page: Page, slot: Slot, match: re.Match[str]) -> bool:
    """Whether a reference stands in a note, or the title of a work follows it."""
    if page.document.blocks[slot.block].kind is BlockKind.FOOTNOTE or TITLE.match(page.text, match.end(), slot.end):
        return True
    title = PLAIN_TITLE.match(page.text, match.end(), slot.end)
    return title is not None and len(title["title"].split()) > 1 and NO_TITLE.match(title["title"]) is None


def _claim_noted(page: Page) -> Iterator[str]:
    """Authors whose note gives their initials."""
    notes = {b.number: b.text for b in page.document.blocks if b.kind is BlockKind.FOOTNOTE}
    for match in NOTED.finditer(page.text):
        author = AUTHOR.match(notes.get(match.group("note"), ""))
        if author and fold(author.group("name")) == fold(match.group("author")):
            page.claim(Claim(*match.span("author"), "STAY", ("reference",), "an author whom a note names"))
            yield fold(match.group("author"))


def _claim_bare(page: Page, referenced: frozenset[str]) -> Iterator[str]:
    for match in BARE.finditer(page.text):
        words = _without_start([w for w in page.words_in(*match.span("authors")) if w.capital and len(w.text) > 1])
        if not words or len({w.slot for w in words}) != 1:
            continue
        text = page.text[words[0].start : match.end("authors")]
        authors = [fold(part.strip(" .")) for part in re.split(r",| and |&", text)]
        slot = page.layout.slots[words[0].slot]
        before = page.text[max(slot.start, words[0].start - 90) : words[0].start]
        if KIN.search(before) or not (CUE.search(before) or any(a in referenced for a in authors)):
            continue
        if page.claim(Claim(words[0].start, match.end(), "STAY", ("citation",), "research that is cited")):
            yield from (a for a in authors if len(a) > 2)
            _claim_title(page, match.end())


def _without_start(words: Sequence[Word]) -> list[Word]:
    """Leave off what is no author: "As", "In", "See"."""
    words = list(words)
    while words and words[0].folded in NO_AUTHOR:
        words.pop(0)
    return words


def _claim_title(page: Page, at: int) -> None:
    """The title of a work after its year, in quotation marks or plain in a reference, and where it was published."""
    slot = next((s for s in page.layout.slots if s.start <= at <= s.end), None)
    if slot is None:
        return
    title = TITLE.match(page.text, at, slot.end)
    if title is None and _in_references(page, slot, at):
        title = PLAIN_TITLE.match(page.text, at, slot.end)
    if title is None:
        return
    page.claim(Claim(*title.span("title"), "STAY", ("citation",), "the title of a work that is cited"))
    where = PUBLISHED.match(page.text, title.end(), slot.end)
    if where:
        page.claim(Claim(*where.span("where"), "STAY", ("citation",), "where a work that is cited was published"))


def _in_references(page: Page, slot: Slot, at: int) -> bool:
    """Whether a reference stands in a note or begins its block, as in a list of references."""
    block = page.document.blocks[slot.block]
    return block.kind is BlockKind.FOOTNOTE or bool(REFERENCE.match(page.text, slot.start, at + 1))


def claim_cited_again(page: Page, cited: frozenset[str], people: frozenset[str]) -> None:
    """Claim later mentions of a cited author by surname alone ("Monckton Smith's timeline").

    `people` are the folded names of people in the case: a name that is both needs a decision and is left alone.
    """
    for name in cited:
        parts = tuple(name.split())
        if any(p in people for p in parts):
            continue
        for at in range(len(page.words)):
            run = page.words[at : at + len(parts)]
            if tuple(w.folded for w in run) == parts and all(w.capital for w in run) and run[0].slot == run[-1].slot:
                page.claim(Claim(run[0].start, run[-1].end, "STAY", ("citation",), "an author who is cited"))
