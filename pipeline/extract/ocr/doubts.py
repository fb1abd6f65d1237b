"""Words that character recognition read with little confidence, found again in the blocks made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.assemble import Reading
from pipeline.extract.normalise import clean
from pipeline.models import Block


@dataclass(slots=True)
class Doubts:
    """What was recognised: the pages, from 0, and on each the words that are doubtful."""

    pages: list[int] = field(default_factory=list)
    words: dict[int, set[str]] = field(default_factory=dict)

    def add(self, page: int, word: str) -> None:
        text = clean(word)
        if any(c.isalnum() for c in text):
            self.words.setdefault(page, set()).add(text)


def note(reading: Reading, doubts: Doubts) -> None:
    """Puts the doubtful words into the reading's blocks, and tells of them and of the recognised pages."""
    reading.blocks = [replace(block, unsure=_in(block, doubts)) for block in reading.blocks]
    reading.left_out["recognised_page"] = len(doubts.pages)
    reading.items["recognised_page"] = {"": [page + 1 for page in doubts.pages]}
    for block in reading.blocks:
        for word in block.unsure:
            reading.leave_out("unsure_word", word, block.page)


def _in(block: Block, doubts: Doubts) -> tuple[str, ...]:
    """The words of a block that stand, or whose part before or after a line's end stands, among the doubtful ones.

    A word that is doubtful in one place of a page counts so in all blocks of the page.
    """
    words = {word for page in _pages(block) for word in doubts.words.get(page - 1, ())}
    if not words:
        return ()
    heads = tuple(word[:-1] for word in words if word.endswith("-") and len(word) > 2)
    found = {token: None for token in _tokens(block) if token in words or (heads and token.startswith(heads))}
    found |= {token: None for token in _tokens(block) if any(_holds(token, word) for word in words)}
    return tuple(found)


def _holds(token: str, word: str) -> bool:
    """Whether a word is the rest of one that a line's end or a mark broke: "Oko-", "njo"."""
    return len(word) > 3 and word != token and (token.endswith(word) or token.startswith((f"{word}[", f"{word}-")))


def _tokens(block: Block) -> Iterable[str]:
    return (token for text in (block.text, *(c for row in block.rows for c in row)) for token in text.split())


def _pages(block: Block) -> Sequence[int]:
    if block.page is None:
        return ()
    return sorted({block.page, *(page for _, page in block.turns)})
