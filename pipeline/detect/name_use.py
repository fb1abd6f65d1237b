"""Whether a word that is a name in the case, and something else as well, names somebody where it stands.

"Hope", "Will", "Price", "May" and "Sunday" go where they name a person and stay where they do not. What decides is
the place: the words on either side, what the models say, and how the case uses the word elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.detect.lexicon import CALENDAR, MONTHS, WEEKDAYS, Lexicon
from pipeline.detect.page import Page
from pipeline.detect.people import PERSON_LABELS, Votes, sources_on
from pipeline.detect.words import Case, Word
from pipeline.models import BlockKind

ARTICLES = frozenset("a an no any this every some".split())
# Before a month or a day of the week these make it a date.
DAY_BEFORE = frozenset(
    "on in every last next this that same each following until by late early mid of one a the all any since from "
    "during before after between other alternate palm easter good".split()
)
FIRM_BEFORE = frozenset("on in every last next each during since until by late early mid".split())
DAY_AFTER = frozenset(
    "morning afternoon evening night lunch lunchtime lunches service services school papers newspaper roast".split()
)
ONWARDS = frozenset("onwards onward until when last next this that of to".split())
# After a word that the case nowhere else uses as a name, these show nothing: "Faith was a source of strength".
VAGUE = frozenset(
    "was is had has does became and to then also would could should made gave began did does later never still "
    "now first who led came grew meant put let set kept held lost needed helped seemed remained required".split()
)
# What people do now: "Hope asks every day".
DOES_NOW = frozenset(
    "says asks wants works knows thinks feels tells goes comes needs likes loves remembers describes believes takes "
    "gives keeps speaks wishes hopes recalls stays attends lives".split()
)
# The same of somebody who is named in full, with words that say less: "Faith appears in six systems".
PRESENT = DOES_NOW | frozenset(
    "is has does can cannot may might must will appears states herself himself who whose always often sometimes "
    "usually".split()
)
# After these a word in small letters is somebody, in a message: "tell patience", "leave him grace".
ADDRESSED_AFTER = frozenset(
    "tell told ask asked bring fetch leave him her touch see saw get take call called ring rang text meet met and or "
    "to for from hi hey dear thanks sorry please love its".split()
)
NEVER_SMALL = frozenset("will may can might must in so an to do see more are as at on us it".split())
HOUSEHOLD = frozenset(
    "family families couple household brothers sisters twins children home house residence flat investigation "
    "case murder homicide trial killing".split()
)
KIN = frozenset(
    "daughter son sister brother mother father mum dad wife husband partner girlfriend boyfriend aunt auntie "
    "uncle niece nephew cousin gran nan grandson granddaughter baby friend".split()
)
# After a sentence's first word "Will", these make it a question or a command, not a name.
ASKED = frozenset(
    "you u he she it they we i anyone anybody someone somebody everyone everybody this that these those the there "
    "his her their our my your its a an be not".split()
)
# Before these an ordinary word says of what kind: "Black men", "Church groups", "Young people".
GROUPS = frozenset(
    "people persons women men woman man girls boys child children communities community groups group leaders "
    "members residents families organisations workers services schools friends neighbours colleagues relatives "
    "parents".split()
)
QUOTED = re.compile(r"(?:^|[\s(:])[\"“‘'](?P<inside>[^\"“”]{0,400})$")
YEAR = re.compile(r"(?:19|20)\d\d")
# After a word that the case often uses as a name these still make an ordinary word of it: "Hope of", "Mark the".
PLAIN_AFTER = frozenset("of the a an this these those your that for".split())
OFTEN = 3
OPENING, CLOSING = "'‘\"“", "'’\"”"


@dataclass(frozen=True, slots=True)
class Place:
    """A word where it stands: its neighbours in the same block and what touches it."""

    page: Page
    word: Word
    before: Word | None
    after: Word | None

    @classmethod
    def of(cls, page: Page, at: int) -> Place:
        word = page.words[at]
        before = page.words[at - 1] if at and page.words[at - 1].slot == word.slot else None
        after = page.words[at + 1] if at + 1 < len(page.words) and page.words[at + 1].slot == word.slot else None
        return cls(page, word, before, after)

    @property
    def led_by(self) -> Word | None:
        """The word before it with nothing but a space between."""
        return self.before if self.before is not None and self.page.between(self.before, self.word) == " " else None

    @property
    def followed_by(self) -> Word | None:
        """The word after it with nothing but a space between."""
        return self.after if self.after is not None and self.page.between(self.word, self.after) == " " else None

    @property
    def tail(self) -> str:
        """The characters just after it."""
        return self.page.text[self.word.end : self.word.end + 6]

    @property
    def possessive(self) -> bool:
        return self.tail[:2] in ("'s", "’s")

    @property
    def marks(self) -> tuple[str, ...]:
        """What the models call it, where that is a person."""
        return sources_on(self.page, self.word, PERSON_LABELS)

    @property
    def quoted_alone(self) -> bool:
        """Whether it stands by itself within quotation marks, or is a whole sentence (a signature)."""
        before = self.page.text[max(0, self.word.start - 1) : self.word.start]
        if before and before in OPENING and self.tail[:1] and self.tail[0] in CLOSING and not self.possessive:
            return True
        return self.word.first and self.tail[:2] in ('".', "”.", ".”", '."', "’.", ".’")

    @property
    def in_small_letters(self) -> bool:
        """Whether it stands in a quotation that begins with a small letter, as messages do."""
        slot = self.page.layout.slots[self.word.slot]
        before = self.page.text[slot.start : self.word.start]
        block = self.page.document.blocks[slot.block]
        quoted = before if block.kind is BlockKind.QUOTE else ""
        if opened := QUOTED.search(before):
            quoted = opened.group("inside") + self.word.text
        elif not quoted and before.strip() == "":
            return False
        first = next((c for c in quoted if c.isalpha()), "")
        return first.islower()

    @property
    def beside_person(self) -> bool:
        """Whether the next word in capitals is claimed as a person ("Olive and Ivy", "Faith, Mr Reid and")."""
        at = self.page.index_of(self.word) + 1
        near = (w for w in self.page.words[at : at + 3] if w.slot == self.word.slot and w.capital)
        other = next(near, None)
        claim = self.page.claim_on(other) if other is not None else None
        return claim is not None and claim.type == "PERSON"

    @property
    def fills_block(self) -> bool:
        slot = self.page.layout.slots[self.word.slot]
        return self.page.text[slot.start : slot.end].strip(" .:;,'\"()‘’“”") == self.word.text


@dataclass(frozen=True, slots=True)
class Uses:
    """What the case says of its words.

    tally      folded word -> what the models called it wherever it is capitalised
    lower      folded words that the case also writes in lower case
    forenames  folded forenames and nicknames of people in the case who go
    surnames   their folded surnames
    """

    lexicon: Lexicon
    tally: Mapping[str, Votes]
    lower: frozenset[str]
    forenames: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()

    def is_name(self, page: Page, at: int) -> bool:
        """Whether the word at this place in the page's words names the person who bears it."""
        place = Place.of(page, at)
        word = place.word
        if word.case is Case.LOWER:
            return self._is_name_in_small_letters(place)
        if word.folded in CALENDAR and self._is_date(place):
            return False
        led_by, followed_by = place.led_by, place.followed_by
        if led_by is not None and not place.possessive:
            if led_by.folded in ARTICLES:
                acts = followed_by is not None and self.lexicon.is_follower(followed_by)
                vague = followed_by is not None and followed_by.folded in VAGUE
                return len(place.marks) > 1 or (acts and not vague)
            if led_by.folded == "the":
                return followed_by is not None and followed_by.folded in HOUSEHOLD
        if word.folded in self.lexicon.trade and word.folded not in self.forenames | self.surnames:
            return len(place.marks) > 1 or (word.first and place.tail.startswith(", who "))
        if self._in_a_title(place):
            return False
        if word.case is Case.UPPER:
            acts = word.first and followed_by is not None and self._acts_in_capitals(followed_by)
            acts = acts or (word.folded in self.forenames - NEVER_SMALL and not word.heading)
            return bool(place.marks) or place.possessive or place.tail[:1] in (".", ",", ":", ";") or acts
        if followed_by is not None and followed_by.folded in GROUPS:
            return len(place.marks) > 1
        if not word.first and not word.heading:
            return True
        return self._starts_as_name(place)

    def _starts_as_name(self, place: Place) -> bool:
        """Whether a sentence's first word, or one of a heading, is a name and not an ordinary word."""
        word, followed_by = place.word, place.followed_by
        in_full = word.folded in self.forenames
        vote = self.tally.get(word.folded)
        used = vote.bare if vote else 0
        if word.folded in ("will", "may") and not place.possessive:
            asks = followed_by is not None and followed_by.folded in ASKED
            return not asks and (bool(used) or in_full or len(place.marks) > 1)
        # The case never writes it in lower case, so it is hardly the ordinary word ("Verity", "Amber").
        if (used or in_full) and word.folded not in self.lower and not word.heading:
            return True
        if place.quoted_alone or place.tail.startswith(", who"):
            return True
        follows = followed_by is not None and self.lexicon.is_follower(followed_by)
        if used >= OFTEN and not word.heading and (followed_by is None or followed_by.folded not in PLAIN_AFTER):
            return True
        joined = place.tail[:2] == ", " or place.tail[:5] == " and "
        if joined and not word.heading and place.beside_person:
            return True
        now = in_full and followed_by is not None and followed_by.folded in PRESENT
        if not used:
            told = (follows or now) and followed_by is not None and followed_by.folded not in VAGUE
            told = told or (in_full and place.possessive)
            return (len(place.marks) > 1 or (follows and bool(place.marks)) or told) and not word.heading
        return place.possessive or follows or now or bool(place.marks) or joined or place.fills_block

    def _is_name_in_small_letters(self, place: Place) -> bool:
        """A forename that is an English word, in lower case: where kin is named ("my daughter hope"), in a message in
        small letters ("tell patience to mind"), and a month that is no date."""
        if place.word.folded not in self.forenames:
            return False
        if place.led_by is not None and place.led_by.folded in KIN:
            return True
        if place.in_small_letters and place.word.folded not in NEVER_SMALL:
            return place.led_by is None or place.led_by.folded in ADDRESSED_AFTER
        return place.word.folded in CALENDAR - {"may", "march"} and not self._is_date(place)

    def _acts_in_capitals(self, word: Word) -> bool:
        """Whether a word in capitals throughout is a verb: "LONG DECLINES STATEMENT", "BANKS HAS LEFT"."""
        past = word.folded in self.lexicon.followers | self.lexicon.past or word.folded.endswith("ed")
        return word.case is Case.UPPER and (past or word.folded.endswith("s"))

    def _in_a_title(self, place: Place) -> bool:
        """Whether a word belongs to a name of something else: "Youth Justice Service", "Bill of Rights"."""
        after = place.followed_by
        if after is None or len(place.marks) > 1:
            return False
        if after.folded == "of":
            at = place.page.index_of(after) + 1
            thing = place.page.words[at] if at < len(place.page.words) else None
            return thing is not None and thing.capital and not self.lexicon.unknown(thing)
        trade = after.folded in self.lexicon.trade and after.folded not in self.lexicon.surnames
        return after.capital and (trade or self.lexicon.stays_alone(after)) and after.case is place.word.case

    def _is_date(self, place: Place) -> bool:
        """Whether a month or a day of the week is one: "in May", "9 May", "on Sunday", "Monday to Friday"."""
        word, before, after = place.word, place.before, place.followed_by
        if after is not None and after.folded in ("herself", "himself"):
            return False
        if after is not None and (
            after.case is Case.DIGIT or (after.folded in DAY_AFTER and word.folded in WEEKDAYS)
        ):
            return True
        if word.folded not in CALENDAR or (word.folded.endswith("s") and word.folded.removesuffix("s") in WEEKDAYS):
            return True
        if after is not None and after.folded in ("to", "and", "or") and _calendar_beyond(place, after, 1):
            return True
        if before is None:
            return False
        gap = place.page.between(before, word)
        if before.case is Case.DIGIT and gap in (" ", " '", ", "):
            return not (word.first or YEAR.fullmatch(before.text))  # "1.2 May was", "On 4 June 2014 May saw"
        if before.folded in ("to", "and", "or") and gap == " " and _calendar_beyond(place, before, -1):
            return True
        if gap != " " or before.folded not in DAY_BEFORE:
            return False
        if place.possessive and after is not None and after.folded not in DAY_AFTER:
            return before.folded not in FIRM_BEFORE | {"of", "from", "before", "after"}
        if before.folded in FIRM_BEFORE:
            return True
        if before.folded in ("that", "this") and after is not None and self.lexicon.is_follower(after):
            return after.folded in VAGUE
        open_end = before.folded in ("of", "from", "before", "after", "between") and word.folded in MONTHS
        named = word.folded in self.forenames and (after is None or after.folded not in ONWARDS)
        return not (open_end and named)


def _calendar_beyond(place: Place, joint: Word, step: int) -> bool:
    """Whether another month or day of the week stands on the other side of "and" or "to"."""
    at = place.page.index_of(joint) + step
    if not 0 <= at < len(place.page.words):
        return False
    beyond = place.page.words[at]
    return beyond.slot == joint.slot and beyond.folded in CALENDAR
