"""Claiming people: each name in the text to the person it means, then every form of a name that is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.detect.disguises import Known, disguised
from pipeline.detect.gather import shown
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.name_use import Uses
from pipeline.detect.page import Claim, Page
from pipeline.detect.panel_mentions import Membership
from pipeline.detect.people import Name, Votes
from pipeline.detect.roles import RoleReader
from pipeline.detect.words import Case, Word
from pipeline.identities import Person, Register, initials_of

COUPLE = re.compile(r"\b(?:Mr|Dr|Pastor|Chief) (?:and|&) $")
THE_COUPLE = "the couple"
ACCUSED = frozenset({"perpetrator", "offender", "defendant"})
ARRESTED = re.compile(
    r"\b(?:[Aa]rrest(?:ed|s)?(?: of)?|[Cc]harged|[Bb]ailed|[Dd]etained|[Cc]onvicted|[Ss]uspect|[Cc]onviction of) $"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named: page, [start, end), the person's number, who found it and why."""

    page: int
    start: int
    end: int
    person: int
    sources: tuple[str, ...]
    reason: str
    replacement: str = ""  # what is printed here instead of the person's label


def lower_case_words(pages: Sequence[Page]) -> frozenset[str]:
    """Folded words that the case writes in lower case somewhere."""
    return frozenset(w.folded for page in pages for w in page.words if w.case is Case.LOWER)


@dataclass
class Claimer:
    """Stakes claims for people on all pages of a case; `mentions` gathers them."""

    pages: Sequence[Page]
    lexicon: Lexicon
    tally: Mapping[str, Votes]
    abbreviations: frozenset[str]
    reader: RoleReader
    register: Register
    mentions: list[Mention] = field(default_factory=list)
    lower: frozenset[str] = field(init=False)
    uses: Uses = field(init=False)
    membership: Membership = field(init=False)

    def __post_init__(self) -> None:
        self.lower = lower_case_words(self.pages)
        self.uses = self._uses()
        self.membership = Membership(self.pages, self.lexicon, self.reader, self.register)

    def _uses(self) -> Uses:
        going = [p for p in self.register.people if not p.keep]
        forenames = frozenset(name for p in going for name in p.given | p.aliases)
        surnames = frozenset(name for p in going if len(p.full) > 1 for name in p.surnames)
        return Uses(self.lexicon, self.tally, self.lower, forenames, surnames)

    def claim_people(self, found: Sequence[Name]) -> None:
        """Claim every name in the text that the register knows, in order of place."""
        self._part_namesakes(found)
        self.uses = self._uses()  # with those who only bear a member's name
        self.claim_in_full(only_panel=True)
        for name in found:
            page = self.pages[name.page]
            someone = self._who(name)
            if someone is None or (not name.titles and all(len(w.text) == 1 for w in name.words)):
                continue
            person = someone
            if name.single and not name.titles and not name.strong and not self._single_is_name(page, name.core[0]):
                continue
            start, end = self._extended(page, name, person)
            if person.panel and not self.membership.is_members(self._whole(page, name, start, end), person):
                person = self._somebody_else(name)
            # Two people of one surname: learn whom the titles meant so far.
            for title in name.titles:
                person.titles[title] += 1
            form = ("form",) if name.titles or name.strong else ()
            slot = page.layout.slots[name.words[0].slot]
            couple = (
                COUPLE.search(page.text, max(slot.start, start - 8), start)
                if name.titles and not person.keep
                else None
            )
            if couple is not None:
                start = couple.start()
            said = THE_COUPLE if couple is not None else ""
            self._mention(name.page, start, end, person, name.sources or form, "a name", said)

    def _part_namesakes(self, found: Sequence[Name]) -> None:
        """Tell apart, before anything is claimed, who has a Panel member's name and is somebody else."""
        for name in found:
            known = self.register.match_full(name.tokens) if name.strong and not name.single else None
            known = self._who(name) if name.single and name.titles else known
            if known is not None and known.panel and not self.membership.is_members(name, known):
                self._somebody_else(name)

    def _whole(self, page: Page, name: Name, start: int, end: int) -> Name:
        """The name with the words that were joined to it."""
        return (
            name if (start, end) == (name.start, name.end) else replace(name, words=tuple(page.words_in(start, end)))
        )

    def _somebody_else(self, name: Name) -> Person:
        """Whoever bears a Panel member's name and is not the member."""
        tokens = name.tokens
        bearers = [p for p in self.register.bearers(tokens[0]) if not p.keep]
        same = [p for p in bearers if tokens in p.fulls] or (bearers if len(tokens) == 1 else [])
        person = self.register.resolve(name, same) if same else self.register.add(tokens, shown(name))
        if len(tokens) == 1:
            (person.surnames if name.titles else person.given).add(tokens[0])
        self.reader.read(self.pages[name.page], name, person)
        return person

    def _extended(self, page: Page, name: Name, person: Person) -> tuple[int, int]:
        """The name with further words of it on either side that trimming left off ("JOY" before "AKINSANYA")."""
        first, last = name.words[0], name.words[-1]
        if name.turned:
            return name.start, name.end
        at, start, end = page.index_of(first), name.start, name.end
        while not name.titles and at and self._belongs(page, page.words[at - 1], page.words[at], person):
            at -= 1
            start = page.words[at].start
        at = page.index_of(last)
        while at + 1 < len(page.words) and self._belongs(page, page.words[at + 1], page.words[at], person):
            at += 1
            end = page.words[at].end
        if name.single and not name.titles and self._turns(page, at, person):
            at, end = at + 1, page.words[at + 1].end
            while at + 1 < len(page.words) and self._belongs(page, page.words[at + 1], page.words[at], person):
                at, end = at + 1, page.words[at + 1].end
        after = page.words[at + 1] if at + 1 < len(page.words) else last
        if self._surname_initial(page, page.words[at], after, person):
            return start, after.end + 1
        if after.folded in self.lexicon.post_nominals and page.text[end : after.start] in (" ", ", "):
            end = after.end
        return start, end

    def _turns(self, page: Page, at: int, person: Person) -> bool:
        """Whether the person's forename follows the surname after a comma ("AL-HASHIMI, LUCKY ART")."""
        word, after = page.words[at], page.words[at + 1] if at + 1 < len(page.words) else None
        return (
            after is not None
            and after.slot == word.slot
            and after.case is word.case
            and page.free(after)
            and page.between(word, after) == ", "
            and word.folded in person.surnames
            and after.folded in person.given
            and word.folded not in person.given
        )

    def _surname_initial(self, page: Page, last: Word, after: Word, person: Person) -> bool:
        """Whether the initial of a surname follows ("Hope O.")."""
        return (
            len(after.text) == 1
            and after.slot == last.slot
            and page.between(last, after) == " "
            and page.text[after.end : after.end + 1] == "."
            and any(surname.startswith(after.folded) for surname in person.surnames)
        )

    def _belongs(self, page: Page, word: Word, beside: Word, person: Person) -> bool:
        low, high = sorted((word, beside), key=lambda w: w.start)
        return (
            word.slot == beside.slot
            and word.capital
            and page.free(word)
            and page.between(low, high) == " "
            and person.has(word.folded)
            and not (word.first and word.folded in ("will", "may"))
        )

    def _single_is_name(self, page: Page, word: Word) -> bool:
        if self.lexicon.unknown(word):
            return True
        return self.uses.is_name(page, page.index_of(word))

    def _who(self, name: Name) -> Person | None:
        tokens = name.tokens
        if len(tokens) > 1:
            known = self.register.match_full(tokens)
            if known and (name.strong or known.has(tokens[0]) or len(tokens[0]) == 1):
                return known
            if not (name.strong or self.register.bearers(tokens[-1])):
                return None
        token = tokens[-1] if name.titles or len(tokens) == 1 else tokens[0]
        holders = self.register.holders(token) or (self.register.holders(tokens[0]) if len(tokens) > 1 else [])
        if name.titles and not holders:
            holders = self.register.by_letters(token)
        if not holders:
            return None
        if accused := self._accused(name, holders):
            holders = accused
        near = self._near_panel(name)
        single = Name(name.page, name.start, name.end, name.titles, name.words[-1:], False, name.sources, name.strong)
        return self.register.resolve(single if name.titles else name, holders, near)

    def _accused(self, name: Name, holders: Sequence[Person]) -> list[Person]:
        """Of those who bear a surname the perpetrators, where somebody is arrested, charged or the like."""
        page = self.pages[name.page]
        slot = page.layout.slots[name.words[0].slot]
        if name.titles or not ARRESTED.search(page.text, max(slot.start, name.start - 30), name.start):
            return []
        return [p for p in holders if not p.keep and ACCUSED & set(p.roles)]

    def _near_panel(self, name: Name) -> bool:
        """Whether the words just after or before the name speak of the Panel ("Ms Young, the Panel's adviser")."""
        page = self.pages[name.page]
        slot = page.layout.slots[name.words[0].slot]
        after = page.text[name.end : min(slot.end, name.end + 40)].split(". ")[0]
        before = page.text[max(slot.start, name.start - 40) : name.start].split(". ")[-1]
        return bool(re.search(r"\bPanel\b|\breview\b", after + " " + before))

    def _mention(
        self, page: int, start: int, end: int, person: Person, sources: tuple[str, ...], reason: str, said: str = ""
    ) -> None:
        claimed = self.pages[page].claim(Claim(start, end, "PERSON", sources or ("propagated",), reason))
        if claimed:
            self.mentions.append(Mention(page, start, end, person.number, sources or ("propagated",), reason, said))
            if (page, start) not in person.places:
                person.places.append((page, start))

    def claim_in_full(self, *, only_panel: bool = False) -> None:
        """Claim "Surname, Forename" and "FORENAME SURNAME" of somebody known, wherever they stand."""
        known = len(self.register.people)
        for number, page in enumerate(self.pages):
            for left, right in zip(page.words, page.words[1:], strict=False):
                if left.slot != right.slot or not (left.capital and right.capital):
                    continue
                gap = page.between(left, right)
                if gap not in (", ", " ") or not (page.free(left) and page.free(right)):
                    continue
                first, last = (left, right) if gap == " " else (right, left)
                for person in self.register.bearers(first.folded):
                    if person.number >= known or not (person.panel or not only_panel):
                        continue
                    named = first.folded in person.given and last.folded in person.surnames
                    if named and first.folded != last.folded:
                        name = Name(number, left.start, right.end, (), (first, last), gap == ", ", (), True)
                        if person.panel and not self.membership.is_members(name, person):
                            person = self._somebody_else(name)
                        self._mention(number, left.start, right.end, person, (), "forename and surname")
                        break

    def propagate(self) -> None:
        """Claim what is left of people's names: disguised, lower case in messages, single, initials, misspelt."""
        self._claim_disguised()
        spelt: dict[str, list[Person]] = defaultdict(list)
        for person in self.register.people:
            for letters in initials_of(person):
                spelt[letters].append(person)
        for number, page in enumerate(self.pages):
            for at, word in enumerate(page.words):
                if not page.free(word) or word.case is Case.DIGIT or len(word.text) == 1:
                    continue
                holder = self._left_over(page, number, at, word, spelt)
                if holder is not None:
                    name = Name(number, word.start, word.end, (), (word,), False, (), False)
                    if holder.panel and holder.has(word.folded) and not self.membership.is_members(name, holder):
                        holder = self._somebody_else(name)
                    self._mention(number, word.start, word.end, holder, (), "a form of a name found elsewhere")

    def _claim_disguised(self) -> None:
        known = Known(self.register.people, self.lexicon)
        for number, page in enumerate(self.pages):
            for found in list(disguised(page, known)):
                words = found.words
                whole = len(words) > 1 and words[0].slot == words[-1].slot
                spans = [words] if whole else [(word,) for word in words]
                name = Name(number, words[0].start, words[0].end, (), words[-1:], False, (), False)
                person = self.register.resolve(name, found.people)
                for span in spans:
                    self._mention(number, span[0].start, span[-1].end, person, (), "a name in disguise")

    def _left_over(
        self, page: Page, number: int, at: int, word: Word, spelt: dict[str, list[Person]]
    ) -> Person | None:
        name = Name(number, word.start, word.end, (), (word,), False, (), False)
        letters = re.sub(r"[^a-z]", "", word.folded)
        if (
            word.case is Case.UPPER
            and 2 <= len(letters) <= 4
            and letters in spelt
            and not self.lexicon.stays_alone(word)
            and word.text not in self.abbreviations
            and (not self.lexicon.is_english(letters) or not word.heading)
        ):
            return self.register.resolve(name, [p for p in spelt[letters] if not p.keep] or spelt[letters])
        holders = self.register.bearers(word.folded)
        called = [p for p in holders if word.folded in p.aliases]
        if called and word.case is Case.UPPER and len(word.text) <= 5:
            return self.register.resolve(name, called)
        if word.case is Case.LOWER and len(word.text) < 3:
            return None
        if not holders:
            return self._misspelt(page, at, word, name)
        if word.case is Case.LOWER and len(word.text) < 4:
            holders = [p for p in holders if word.folded in p.given | p.aliases]
        doubtful = self.lexicon.ordinary(word) or self.lexicon.stays_alone(word)
        if not holders or (doubtful and not self.uses.is_name(page, at)):
            return None
        return self.register.resolve(name, holders)

    def _misspelt(self, page: Page, at: int, word: Word, name: Name) -> Person | None:
        """Whom a word means that is a misspelling or a pet form of a name, and no part of another name."""
        if word.case is Case.LOWER or not self.lexicon.unknown(word) or len(word.text) < 3:
            return None
        beside = [w for w in (*page.words[max(0, at - 1) : at], *page.words[at + 1 : at + 2]) if w.slot == word.slot]
        for other in beside:
            low, high = sorted((word, other), key=lambda w: w.start)
            if other.capital and page.between(low, high) == " " and page.free(other) and self.lexicon.unknown(other):
                return None
        holders = self.register.holders(word.folded)
        return self.register.resolve(name, holders) if holders else None
