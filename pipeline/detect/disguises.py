"""Names that are known in the case and written so that no word of the text is the name.

"S4rah" and "Okon-jo" look like the name, "SarahOkonjo" and "sarah_okonjo" hold it whole, "Okon jo" holds it in two
pieces, and "Sarah😀Okonjo" sets its words apart by something that is no space. Each is a name because a name of the
case explains all of its letters; a likeness alone is not enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.lookalikes import is_quantity, skeleton
from pipeline.detect.page import Page
from pipeline.detect.words import Case, Word
from pipeline.identities import Person
from pipeline.models import BlockKind

SHORTEST, LONGEST = 3, 60  # letters: a shorter name looks like too much
APART = re.compile(r"[^\w.!?:;,()\[\]]{1,3}|[.,]|\*{0,3}[ _-]?\*{0,3}")
WITHIN = re.compile(r"[ ]?[-–—―’'\"“”*_·.][ ]?| ")


@dataclass(frozen=True, slots=True)
class Disguised:
    """Words of one page, in order, that name somebody together, and whom they may name."""

    words: tuple[Word, ...]
    people: tuple[Person, ...]


@dataclass
class Known:
    """The names of people who go, by their shape; of an English word the shape proves nothing."""

    people: Iterable[Person]
    lexicon: Lexicon
    written: set[str] = field(default_factory=set)  # names as they are, which are no disguise
    shapes: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[tuple[str, str], list[Person]] = field(default_factory=lambda: defaultdict(list))
    wholes: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in (p for p in self.people if not p.keep):
            for token in person.tokens | person.aliases:
                self.written.add(token)
                if len(skeleton(token)) >= SHORTEST:
                    self.shapes[skeleton(token)].append(person)
            for one, other in {(f[0], f[-1]) for f in person.fulls if len(f) > 1}:
                for pair in ((one, other), (other, one)):
                    self.pairs[pair].append(person)
                    self.wholes["".join(map(skeleton, pair))].append(person)

    def alone(self, word: Word) -> list[Person]:
        """Whom one word names in disguise: letters changed, a hyphen lost or added, two names in one word."""
        if len(word.text) < SHORTEST or is_quantity(word.folded):
            return []
        spelt = len(word.text) >= 2 * len(word.folded) - 1 and not word.heading
        plain = self.lexicon.is_english(word.folded) or self.lexicon.stays_alone(word) or word.folded in self.written
        if len(word.folded) > LONGEST or (plain and not spelt):
            return []
        shape = skeleton(word.folded)
        return self.wholes.get(shape) or self.shapes.get(shape) or []

    def together(self, left: Word, right: Word, gap: str) -> list[Person]:
        """Whom two neighbours name: a forename and a surname, or the pieces of one name."""
        if (left.capital and right.capital) or gap in ("_", ".", "/"):
            named = self.pairs.get((left.folded, right.folded), [])
            if named and gap not in (" ", ", ") and APART.fullmatch(gap):
                return named
        if not WITHIN.fullmatch(gap) or right.case is Case.DIGIT:
            return []
        plain = self.lexicon.is_english(left.folded) and self.lexicon.is_english(right.folded)
        shape = skeleton(left.folded) + skeleton(right.folded)
        if len(shape) < 5 or (plain and gap in (" ", ". ")):
            return []
        return self.shapes.get(shape, [])


def disguised(page: Page, known: Known) -> Iterator[Disguised]:
    """What on a page names somebody in disguise, in order; words that are claimed already are left out."""
    for word in page.words:
        if page.free(word) and (people := known.alone(word)):
            yield Disguised((word,), tuple(people))
    for left, right in pairwise(page.words):
        free = tuple(w for w in (left, right) if page.free(w))
        gap = _gap(page, left, right) if free else None
        if gap is not None and (people := known.together(left, right, gap)):
            yield Disguised(free, tuple(people))


def _gap(page: Page, left: Word, right: Word) -> str | None:
    """What stands between two words: of neighbouring paragraphs, whose line was broken, the last sign and a break."""
    if left.slot == right.slot:
        return page.between(left, right) if right.start - left.end <= 5 else None
    if right.slot != left.slot + 1 or not _is_broken_line(page, (left, right)):
        return None
    slots = page.layout.slots
    gap = page.text[left.end : slots[left.slot].end] + page.text[slots[right.slot].start : right.start]
    return gap if gap else "\u2028"


def _is_broken_line(page: Page, words: Sequence[Word]) -> bool:
    blocks = [page.document.blocks[page.layout.slots[w.slot].block] for w in words]
    return all(b.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM) for b in blocks) and not (
        blocks[1].number or blocks[1].kind is BlockKind.LIST_ITEM
    )
