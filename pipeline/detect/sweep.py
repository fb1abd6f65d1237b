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
AGED = re.compile(r"^\d{1,3}-(?:year|month|week|day|bed|hour|page|minute|point|storey|acre)s?(?:-old)?s?$")
POSTCODE_END = re.compile(r"^\d(?!AM|PM|ST|ND|RD|TH)[A-Z]{2}$")
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
    for at, word in enumerate(page.words):
        loose = page.free(word) and not _explained(page, word, tally, known_lower, abbreviations, lexicon)
        if run and (_goes_on(page, run[-1], word, lexicon) or (loose and _beside(page, run[-1], word))):
            run.append(word)
            continue
        if run:
            yield _span(page, run)
        run = []
        if loose:
            run = [*_before(page, at, lexicon), word] if word.capital else [word]
    if run:
        yield _span(page, run)


def _beside(page: Page, last: Word, word: Word) -> bool:
    return last.capital and word.capital and word.slot == last.slot and page.between(last, word) == " "


def _goes_on(page: Page, last: Word, word: Word, lexicon: Lexicon) -> bool:
    """Whether an ordinary word in capitals belongs to the unexplained name before it ("Bargeman's Rest")."""
    return (
        last.capital
        and word.case is Case.TITLE
        and not word.first
        and not word.heading
        and page.free(word)
        and word.slot == last.slot
        and page.between(last, word) in (" ", "'s ", "’s ")
        and word.folded not in lexicon.trade
        and not lexicon.stays_alone(word)
    )


def _before(page: Page, at: int, lexicon: Lexicon) -> list[Word]:
    """Ordinary words in capitals just before an unexplained one that belong to its name ("Living Fountain")."""
    words: list[Word] = []
    while at and _goes_on(page, page.words[at - 1], page.words[at], lexicon) and not page.words[at - 1].first:
        at -= 1
        if page.words[at].folded in lexicon.trade or not page.free(page.words[at]) or page.words[at].heading:
            break
        words.insert(0, page.words[at])
    return words


def _explained(
    page: Page,
    word: Word,
    tally: Mapping[str, Votes],
    known_lower: frozenset[str],
    abbreviations: frozenset[str],
    lexicon: Lexicon,
) -> bool:
    if word.case is Case.DIGIT:
        if POSTCODE_END.match(word.text):
            return False
        if AGED.match(word.text):
            return True
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
    if not lexicon.ordinary(word) or _initials(page, word):
        return False
    if word.first or word.heading or word.case is Case.UPPER or page.layout.slots[word.slot].row >= 0:
        return True
    if word.folded in lexicon.trade or word.folded.removesuffix("s") in lexicon.trade:
        return True
    if word.folded in lexicon.ambiguous:
        return False
    vote = tally.get(word.folded)
    return word.folded in known_lower and (vote is None or 2 * vote.person < vote.total)


def _initials(page: Page, word: Word) -> bool:
    """Whether a word is a few capitals among words that are not: initials, even where the letters spell a word."""
    if word.case is not Case.UPPER or len(word.text) > 4:
        return False
    at = page.index_of(word)
    near = [w for w in (*page.words[max(0, at - 1) : at], *page.words[at + 1 : at + 2]) if w.slot == word.slot]
    return not any(w.case is Case.UPPER and len(w.text) > 1 for w in near)


def _plain_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return (len(digits) < 5 and not re.search(r"[A-Za-z]{2,}.*\d|\d.*[A-Za-z]{3,}", text)) or bool(
        re.fullmatch(r"[\d,.&-]+", text) and ("," in text or "." in text or "-" in text)
    )


def _span(page: Page, run: Sequence[Word]) -> Loose:
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
