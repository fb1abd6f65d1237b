"""The sweep: a closed world. Whatever is left that is neither ordinary English, nor a name that stays, nor claimed by
another layer is unexplained, and nothing is published while it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.lexicon import MONTHS, WEEKDAYS, Lexicon
from pipeline.detect.page import Page
from pipeline.detect.patterns import PUBLIC_NUMBER
from pipeline.detect.people import DAY_BEFORE, PLACE_LABELS, VAGUE, Votes, is_follower, sources_on
from pipeline.detect.words import Case, Word

ROMAN = re.compile(r"^(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})$", re.IGNORECASE)
COUNTED = frozenset(
    "part section appendix annex schedule chapter phase stage level volume article class type grade category step "
    "paragraph table figure form tier bipolar".split()
)
NUMBERS = re.compile(r"(?<![\w£$€.,/-])\d[\d]*(?:[ ./-]{1,2}\d+)+(?![\w%])")
PLAIN_NUMBERS = re.compile(
    r"(?:19|20)\d\d(?:[ ]?[-/][ ]?(?:19|20)?\d\d)?|\d{1,3}(?:\.\d{1,3}){1,4}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?"
)
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
    while (
        at
        and _goes_on(page, page.words[at - 1], page.words[at], lexicon)
        and (not page.words[at - 1].first or page.words[at - 1].folded in lexicon.ambiguous)
    ):
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
    if word.folded in NAME_MONTHS and word.case is Case.TITLE and _month_as_name(page, word):
        return False
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
    if word.case is Case.UPPER and ROMAN.match(word.text) and _counts(page, word):
        return True
    if not lexicon.ordinary(word) or _initials(page, word):
        return False
    if word.folded in lexicon.ambiguous and (_in_plain_heading(page, word, lexicon) or _acts(page, word, lexicon)):
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


def _counts(page: Page, word: Word) -> bool:
    """Whether letters that spell a numeral count something: "Part IV", "(ii)", "Charles II" does not come up."""
    at = page.index_of(word)
    before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
    if page.text[word.start - 1 : word.start] == "(" and page.text[word.end : word.end + 1] == ")":
        return True
    return before is not None and (before.folded in COUNTED or before.case is Case.DIGIT)


def _month_as_name(page: Page, word: Word) -> bool:
    """Whether "April" is somebody: inside a sentence, with nothing about it that speaks of a date."""
    at = page.index_of(word)
    near = [w for w in page.words[max(0, at - 2) : at + 3] if w.slot == word.slot and w is not word]
    if word.first or word.heading or page.layout.slots[word.slot].row >= 0:
        return False
    if any(w.folded in MONTHS | WEEKDAYS or w.case is Case.DIGIT for w in near):
        return False
    before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
    return before is not None and before.folded not in DAY_BEFORE | {"to", "and", "or", "for", "of", "s"}


def _in_plain_heading(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a capital stands inside a heading that is written as a sentence ("The account of Hope and Grace")."""
    if not word.heading or word.first or word.case is not Case.TITLE:
        return False
    slot = page.layout.slots[word.slot]
    return any(w.case is Case.LOWER and len(w.text) > 3 for w in page.words_in(slot.start, slot.end))


def _acts(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a sentence's first word, which may be a name, does what people do: "Rose left", "Mark hit her"."""
    if not word.first or word.heading or word.case is not Case.TITLE or page.layout.slots[word.slot].row >= 0:
        return False
    at = page.index_of(word) + 1
    after = page.words[at] if at < len(page.words) and page.words[at].slot == word.slot else None
    if after is None or page.between(word, after) != " ":
        return False
    if after.capital:
        return lexicon.unknown(after) and page.free(after)
    return is_follower(after, lexicon) and after.folded not in VAGUE


def loose_numbers(page: Page) -> Iterator[Loose]:
    """Runs of digit groups that add up to seven digits and more, and no rule explains: cards, handsets, accounts."""
    for slot in page.layout.slots:
        for match in NUMBERS.finditer(page.text, slot.start, slot.end):
            text = match.group()
            digits = re.sub(r"\D", "", text)
            years = all(len(group) == 4 and group[:2] in ("19", "20") for group in re.findall(r"\d+", text))
            plain = years or PUBLIC_NUMBER.match(digits) or PLAIN_NUMBERS.fullmatch(text)
            if len(digits) >= 7 and not plain:
                yield Loose(match.start(), match.end(), "UNEXPLAINED", "a number that no rule explains", 2)


NAME_MONTHS = frozenset({"april", "june", "may", "august"})
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DECIMAL = re.compile(r"\d{1,4}\.\d{1,3}(?:\.\d{1,3}){0,3}")
RANGE = re.compile(r"\d{1,4}-\d{1,4}")


def _plain_number(text: str) -> bool:
    """Whether a token of digits is a quantity: few digits, thousands, decimals and paragraphs, ranges."""
    if any(shape.fullmatch(text) for shape in (THOUSANDS, DECIMAL, RANGE)):
        return True
    digits = re.sub(r"\D", "", text)
    return len(digits) < 5 and not re.search(r"[A-Za-z]{2,}.*\d|\d.*[A-Za-z]{3,}|[-.&]", text)


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
