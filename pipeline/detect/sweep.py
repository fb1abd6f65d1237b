"""The sweep: a closed world. Whatever is left that is neither ordinary English, nor a name that stays, nor claimed by
another layer is unexplained, and nothing is published while it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.lexicon import CALENDAR, SOFT_TITLES, WEEKDAYS, Lexicon
from pipeline.detect.lookalikes import foreign
from pipeline.detect.name_use import ARTICLES, DAY_BEFORE, DOES_NOW, GROUPS, KIN, VAGUE, Place
from pipeline.detect.page import PARTICLES, Page
from pipeline.detect.patterns import PUBLIC_NUMBER
from pipeline.detect.people import PERSON_LABELS, PLACE_LABELS, Votes, is_located, sources_on
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
    r"^(?:\d{1,2}[.:]\d\d(?:am|pm|hrs|h)|\d{1,4}(?:st|nd|rd|th|s|am|pm|mg|ml|km|m|p|k|x)?|[A-Z]?\d{1,3}[a-z]?|[A-Z]{1,2}\d{1,3})$"
)


@dataclass(frozen=True, slots=True)
class Loose:
    """An unexplained span: where it is, what it seems to be, and how urgent it is (3 looks most like a name).

    sources  who found it: the sweep, or the models where they call it a place and the words before it do as well
    """

    start: int
    end: int
    type: str
    reason: str
    risk: int
    sources: tuple[str, ...] = ("sweep",)


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
        if run and (
            _goes_on(page, run[-1], word, lexicon)
            or (loose and (_beside(page, run[-1], word) or _turned(page, run[0], word, lexicon)))
            or (run[-1].capital and page.joins(at))
        ):
            run.append(word)
            continue
        if run:
            yield _span(page, run, tally)
        run = []
        if loose:
            run = [*_before(page, at, known_lower, lexicon), word] if word.capital else [word]
    if run:
        yield _span(page, run, tally)


def _beside(page: Page, last: Word, word: Word) -> bool:
    """Whether two unexplained neighbours are one thing: both in capitals, a foreign phrase, another script."""
    if word.slot != last.slot:
        return False
    if foreign(last.text) and foreign(word.text):
        return word.start - last.end <= 4 and not re.search(r"\w", page.between(last, word))
    if page.between(last, word) != " " or Case.DIGIT in (last.case, word.case):
        return False
    return last.capital is word.capital or (last.first and not word.capital) or last.folded in PARTICLES


def _turned(page: Page, surname: Word, forename: Word, lexicon: Lexicon) -> bool:
    """Whether two words stand as "Surname, Forename" at the start of a cell, a list item or an address line."""
    slot = page.layout.slots[surname.slot]
    start = page.text[max(slot.start, surname.start - 6) : surname.start]
    return (
        surname.slot == forename.slot
        and surname.capital
        and forename.capital
        and page.between(surname, forename) == ", "
        and (surname.start == slot.start or start.endswith((": ", "; ")))
        and all(lexicon.unknown(w) or w.folded in lexicon.may_be_names for w in (surname, forename))
    )


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


def _before(page: Page, at: int, known_lower: frozenset[str], lexicon: Lexicon) -> list[Word]:
    """Ordinary words in capitals just before an unexplained one that belong to its name ("Living Fountain")."""
    words: list[Word] = []
    while at and _leads(page, page.words[at - 1], page.words[at], known_lower, lexicon):
        at -= 1
        words.insert(0, page.words[at])
    if (
        not words
        and at
        and page.free(page.words[at - 1])
        and _turned(page, page.words[at - 1], page.words[at], lexicon)
    ):
        words = [page.words[at - 1]]
    return words


def _leads(page: Page, word: Word, last: Word, known_lower: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether an ordinary word begins the name that goes on with `last`: "Hyacinth Bartley", "JOY AKINSANYA"."""
    plain = word.folded in lexicon.trade and word.folded not in lexicon.ambiguous
    if plain or not page.free(word) or word.heading:
        return False
    if word.case is Case.UPPER and last.case is Case.UPPER:
        return word.folded in lexicon.ambiguous and word.slot == last.slot and page.between(word, last) == " "
    starts = word.first and word.folded in known_lower and word.folded not in lexicon.ambiguous
    return _goes_on(page, word, last, lexicon) and not starts


def _explained(
    page: Page,
    word: Word,
    tally: Mapping[str, Votes],
    known_lower: frozenset[str],
    abbreviations: frozenset[str],
    lexicon: Lexicon,
) -> bool:
    if foreign(word.text) or _called(page, word, lexicon) or _calendar_as_name(page, word, lexicon):
        return False
    if word.case is Case.DIGIT:
        if POSTCODE_END.match(word.text):
            return False
        if AGED.match(word.text):
            return True
        return bool(PLAIN_CODE.match(word.text)) or _plain_number(word.text)
    if word.folded.rstrip(".") in SHORT_MONTHS and _dated(page, word):
        return True
    if word.text in abbreviations or word.text.rstrip("s") in abbreviations:
        return True
    if lexicon.stays_alone(word):
        return not (word.case is Case.TITLE and _is_kin(page, word))
    if word.case is Case.LOWER:
        return lexicon.ordinary(word)
    if word.folded.rstrip(".") in lexicon.titles or word.folded in lexicon.post_nominals:
        return True
    if len(word.text) == 1 or (PLAIN_CODE.match(word.text) and not word.text.isalpha()):
        return True
    if word.case is Case.UPPER and ROMAN.match(word.text) and _counts(page, word):
        return True
    if not lexicon.ordinary(word) or _initials(page, word):
        return False
    if word.folded in lexicon.ambiguous and (_in_plain_heading(page, word, lexicon) or _acts(page, word, lexicon)):
        return False
    if (
        word.case is Case.UPPER
        and word.folded in lexicon.ambiguous
        and word.folded not in known_lower
        and not word.heading
    ):
        return False
    if word.first or word.heading or word.case is Case.UPPER or page.layout.slots[word.slot].row >= 0:
        return True
    if word.folded in lexicon.trade or word.folded.removesuffix("s") in lexicon.trade or word.text.startswith("I'"):
        return True
    if word.folded in lexicon.ambiguous:
        return _counted_thing(page, word, lexicon)
    if _numbered(page, word):
        return True
    vote = tally.get(word.folded)
    return word.folded in known_lower and (vote is None or 2 * vote.person < vote.total)


def _is_kin(page: Page, word: Word) -> bool:
    """Whether a word that stays by itself is called somebody's kin: "Kenya, her niece", "her sister Hestia"."""
    place = Place.of(page, page.index_of(word))
    before = place.before
    gap = page.between(before, word) if before is not None else ""
    led = before is not None and before.folded in KIN and gap in (" ", ", ")
    return led or bool(KIN_AFTER.match(page.text, word.end))


def _dated(page: Page, word: Word) -> bool:
    """Whether a year follows a shortened month ("Jan 2021"), or a day stands before it."""
    place = Place.of(page, page.index_of(word))
    after = place.after
    year = after is not None and after.case is Case.DIGIT and after.start - word.end <= 3
    return year or (place.led_by is not None and place.led_by.case is Case.DIGIT)


def _numbered(page: Page, word: Word) -> bool:
    """Whether a number follows, so that the word counts something: "Band 3", "Tier 2"."""
    after = Place.of(page, page.index_of(word)).followed_by
    return after is not None and after.case is Case.DIGIT and len(after.text) <= 3


def _called(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a title, a rank or an initial stands before a word that may be a name: "PC YOUNG", "P. March"."""
    if not word.capital or word.folded in ("may", "will"):
        return False
    if word.folded not in lexicon.may_be_names:
        return False
    at = page.index_of(word)
    before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
    if before is None or not before.capital:
        return False
    gap = page.between(before, word)
    if len(before.text) == 1 and before.folded not in ("i", "a"):
        return gap in (" ", ". ", ".")
    title = before.folded in lexicon.titles and (before.folded not in SOFT_TITLES or before.folded in lexicon.ranks)
    return title and gap in (" ", ". ")


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


def _counted_thing(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a word that may be a name is a thing of which there are many: "a Grace period", "made a Will"."""
    at = page.index_of(word)
    before = page.words[at - 1] if at else None
    after = page.words[at + 1] if at + 1 < len(page.words) else None
    if (
        before is None
        or before.slot != word.slot
        or before.folded not in ARTICLES
        or page.between(before, word) != " "
    ):
        return False
    close = after is not None and after.slot == word.slot and page.between(word, after) == " "
    if not close or after is None:
        return page.text[word.end : word.end + 1] not in ("'", "’")
    return not after.capital and not lexicon.is_follower(after)


def _calendar_as_name(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether "April" or "Sunday" is somebody: nothing about it speaks of a date, or it does what people do."""
    if word.folded not in NAME_MONTHS | WEEKDAYS or word.case is not Case.TITLE:
        return False
    at = page.index_of(word)
    start = page.layout.slots[word.slot].start  # a number there is the paragraph's
    near = [w for w in page.words[max(0, at - 2) : at + 3] if w.slot == word.slot and w is not word]
    if any(w.folded in CALENDAR or (w.case is Case.DIGIT and w.start > start) for w in near):
        return False
    if word.first or word.heading or page.layout.slots[word.slot].row >= 0:
        return _acts(page, word, lexicon)
    place = Place.of(page, at)
    if (
        word.folded in WEEKDAYS
    ):  # "be there Sunday?" is a day, "their daughter, Sunday, who" and "with Sunday" are not
        named = place.led_by is not None and place.led_by.folded in KIN | {"with", "see", "told"}
        apart = page.text[word.start - 2 : word.start] == ", " and place.tail[:1] == ","
        return named or apart
    before = place.before
    return before is not None and before.folded not in DAY_BEFORE | {"to", "and", "or", "for", "of", "s"}


def _in_plain_heading(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a capital stands inside a heading that is written as a sentence ("The account of Hope and Grace")."""
    if not word.heading or word.first or word.case is not Case.TITLE:
        return False
    slot = page.layout.slots[word.slot]
    return any(w.case is Case.LOWER and len(w.text) > 3 for w in page.words_in(slot.start, slot.end))


def _acts(page: Page, word: Word, lexicon: Lexicon) -> bool:
    """Whether a sentence's first word, which may be a name, does what people do or is addressed as they are:
    "Rose left", "Mark hit her", "Olive and Ivy were", "Destiny's teacher", "Faith, I cannot"."""
    place = Place.of(page, page.index_of(word))
    after = place.after
    if place.before is not None and place.before.first and place.before.folded == "a" and word.case is Case.TITLE:
        return after is not None and lexicon.is_follower(after) and after.folded not in VAGUE  # "A Young rang"
    if not word.first or word.heading or word.case is not Case.TITLE:
        return False
    if word.folded in GROUPS:
        return False
    if place.possessive or (place.quoted_alone and place.before is not None and place.before.case is Case.LOWER):
        return True
    if after is None:
        return False
    gap = page.between(word, after)
    if KIN_AFTER.match(page.text, word.end):
        return True
    if gap == ", ":
        return after.folded in ADDRESSED or (after.capital and _may_be_name(after, lexicon))
    if gap != " ":
        return False
    if after.capital:
        return lexicon.unknown(after) and page.free(after)
    if after.folded == "and":
        at = page.index_of(after) + 1
        other = page.words[at] if at < len(page.words) and page.words[at].slot == word.slot else None
        return other is not None and other.capital and _may_be_name(other, lexicon)
    return (lexicon.is_follower(after) or after.folded in DOES_NOW) and after.folded not in VAGUE


def _may_be_name(word: Word, lexicon: Lexicon) -> bool:
    return lexicon.unknown(word) or word.folded in lexicon.ambiguous


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


ADDRESSED = frozenset("i you we please can could will if it he she thank thanks sorry my when why what".split())
KIN_AFTER = re.compile(
    r", (?:(?:his|her|their|my|the (?:victim|perpetrator|deceased)['’]s) (?:\w+ )?|an? |)"
    rf"(?:{'|'.join(sorted(KIN))}|mother-in-law|father-in-law|landlord|landlady|neighbour)\b|, (?:aged|who is) "
)
SHORT_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
LOCATIVE = frozenset("in at from near outside of".split())
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


def _span(page: Page, run: Sequence[Word], tally: Mapping[str, Votes]) -> Loose:
    place = any(sources_on(page, w, PLACE_LABELS) for w in run)
    start, end = run[0].start, run[-1].end
    if run[0].case is Case.DIGIT:
        return Loose(start, end, "UNEXPLAINED", "a number or code that no rule explains", 2)
    if foreign(run[0].text):
        return Loose(start, end, "UNEXPLAINED", "words in another script, which nothing can explain", 2)
    if run[0].case is Case.LOWER:
        return Loose(start, end, "UNEXPLAINED", "a word that is not in the lexicon", 1)
    if len(run) == 1 and is_located(tally.get(run[0].folded)):
        return Loose(start, end, "PLACE", "it stands only where places do", 2, ("form",))
    if place:
        reason = "a model calls it a place, and it is not on the list of places that stay"
        return Loose(start, end, "PLACE", reason, 2, _placed(page, run) or ("sweep",))
    return Loose(start, end, "UNEXPLAINED", "a name that nothing explains", 3)


def _placed(page: Page, run: Sequence[Word]) -> tuple[str, ...]:
    """The models that call a span a place, where that settles it: both do, or one and "in" or "near" before it."""
    marks = [sources_on(page, word, PLACE_LABELS) for word in run]
    if any(sources_on(page, word, PERSON_LABELS) for word in run) or not all(marks):
        return ()
    found = tuple(sorted({mark for each in marks for mark in each}))
    at = page.index_of(run[0])
    before = page.words[at - 1] if at and page.words[at - 1].slot == run[0].slot else None
    led = before is not None and before.folded in LOCATIVE and page.between(before, run[0]) == " "
    return found if led or len({mark.split("_")[0] for mark in found}) > 1 else ()
