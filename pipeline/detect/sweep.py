"""The sweep: a closed world. Whatever is left that is neither ordinary English, nor a name that stays, nor claimed by
another layer is unexplained, and nothing is published while it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import Page
from pipeline.detect.people import PLACE_LABELS, Votes, sources_on
from pipeline.detect.words import Case, Word

ROMAN = re.compile(r"^[ivxlcdm]+$", re.IGNORECASE)
PLAIN_CODE = re.compile(
    r"^(?:\d{1,4}(?:st|nd|rd|th|s|am|pm|mg|ml|km|m|p|k|x)?|[A-Z]?\d{1,3}[a-z]?|[A-Z]{1,2}\d{1,3})$"
)


@dataclass(frozen=True, slots=True)
class Loose:
    """An unexplained span: where it is, what it seems to be, and how urgent it is (3 looks most like a name)."""

    start: int
    end: int
    type: str
    reason: str
    risk: int


def sweep(
    page: Page,
    tally: Mapping[str, Votes],
    known_lower: frozenset[str],
    abbreviations: frozenset[str],
    lexicon: Lexicon,
) -> Iterator[Loose]:
    """Unexplained spans of a page in order; neighbouring unexplained capitals are one span.

    known_lower    folded words that the case also writes in lower case inside sentences
    abbreviations  abbreviations that the reports explain themselves
    """
    run: list[Word] = []
    for word in page.words:
        loose = page.free(word) and not _explained(page, word, tally, known_lower, abbreviations, lexicon)
        if run and not (loose and word.slot == run[-1].slot and page.between(run[-1], word) == " " and word.capital):
            yield _span(page, run, lexicon)
            run = []
        if loose:
            if run and not run[-1].capital:
                yield _span(page, run, lexicon)
                run = []
            run.append(word)
    if run:
        yield _span(page, run, lexicon)


def _explained(
    page: Page,
    word: Word,
    tally: Mapping[str, Votes],
    known_lower: frozenset[str],
    abbreviations: frozenset[str],
    lexicon: Lexicon,
) -> bool:
    if word.case is Case.DIGIT:
        return bool(PLAIN_CODE.match(word.text)) or _plain_number(word.text)
    if word.text in abbreviations or word.text.rstrip("s") in abbreviations or lexicon.stays_alone(word):
        return True
    if word.case is Case.LOWER:
        return lexicon.ordinary(word)
    if word.folded.rstrip(".") in lexicon.titles or word.folded in lexicon.post_nominals:
        return True
    if len(word.text) == 1:
        return True
    if word.case is Case.UPPER and ROMAN.match(word.text):
        return True
    if not lexicon.ordinary(word):
        return False
    if word.first or word.heading or word.case is Case.UPPER or page.layout.slots[word.slot].row >= 0:
        return True
    if word.folded in lexicon.trade or word.folded.removesuffix("s") in lexicon.trade:
        return True
    vote = tally.get(word.folded)
    if word.folded in lexicon.ambiguous:
        return vote is None or vote.person + vote.place == 0
    return word.folded in known_lower and (vote is None or 2 * vote.person < vote.total)


def _plain_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return (len(digits) < 5 and not re.search(r"[A-Za-z]{2,}.*\d|\d.*[A-Za-z]{3,}", text)) or bool(
        re.fullmatch(r"[\d,.&-]+", text) and ("," in text or "." in text or "-" in text)
    )


def _span(page: Page, run: Sequence[Word], lexicon: Lexicon) -> Loose:
    place = any(sources_on(page, w, PLACE_LABELS) for w in run)
    start, end = run[0].start, run[-1].end
    if run[0].case is Case.DIGIT:
        return Loose(start, end, "UNEXPLAINED", "a number or code that no rule explains", 2)
    if run[0].case is Case.LOWER:
        return Loose(start, end, "UNEXPLAINED", "a word that is not in the lexicon", 1)
    if place:
        return Loose(
            start, end, "PLACE", "a model calls it a place, and it is not on the list of places that stay", 2
        )
    return Loose(start, end, "UNEXPLAINED", "a name that nothing explains", 3)
