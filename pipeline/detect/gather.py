"""Filling the register: who is in the case, from the Panel's list, full names, titles, single names and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import PARTICLES, Page
from pipeline.detect.people import Name, Votes, is_located
from pipeline.detect.roles import RoleReader
from pipeline.detect.words import Case, Word, fold
from pipeline.identities import Person, Register, initials_of, sex_of_titles
from pipeline.models import CaseFacts, PanelMember

ALIAS = re.compile(
    r"^(?P<gap>,? ?(?:who (?:is|was) )?(?:also |always |then |now |generally |usually |better )*"
    r"(?:(?:was |is |were )?known (?:to [\w' ]{1,30} )?as |called |nicknamed |aka |n[ée]e |born |formerly |or |\()"
    r"(?:born |n[ée]e |known (?:to [\w' ]{1,30} )?as |formerly |aka |also )?)['\"‘“(]{0,2}$"
)
INITIALS = re.compile(r"\b[A-Z](?:[.-]?[A-Z]){1,3}\b")
STATED = re.compile(
    r"(?P<letters>\b[A-Z](?:[.-]?[A-Z]){1,3}\b(?: (?:or|and|/) [A-Z](?:[.-]?[A-Z]){1,3}\b)?)"
    r" (?:is|are|means|refers to|stands for|=) (?=(?:Mr |Mrs |Ms |Miss |Dr )?[A-Z][\w-]+)"
)
QUOTED_ALIAS = re.compile(r"^,? ?\(?['\"‘“]$|^,? ?['\"‘“(]{1,2}$|^['\"’”],? ?(?:and |or )?['\"‘“]$")


def stated_initials(page: Page) -> Iterator[str]:
    """Initials of which the report says whose they are ("ASB is Akosua"), whatever else the letters stand for."""
    for match in STATED.finditer(page.text):
        if not page.claimed(match.end(), match.end() + 4):
            yield from INITIALS.findall(match.group("letters"))


def shown(name: Name) -> str:
    """A name as a label in the private zone shows it: capitals throughout are eased."""
    return " ".join(w.text.title() if w.case is Case.UPPER and len(w.text) > 2 else w.text for w in name.words)


@dataclass
class Gatherer:
    """Fills a register from the names found on all pages of a case."""

    pages: Sequence[Page]
    lexicon: Lexicon
    tally: Mapping[str, Votes]
    abbreviations: frozenset[str]
    reader: RoleReader
    register: Register

    def gather(self, found: Sequence[Name], members: Sequence[PanelMember], facts: CaseFacts) -> None:
        """Add the Panel and the agreed pseudonyms, then people by full name, title, single name and alias."""
        for member in members:
            person = self.register.add(self._name_words(member.name), member.name, member)
            if member.instead_of:
                person.absorb(self._name_words(member.instead_of))
        for pseudonym in facts.pseudonyms:
            self.register.add(tuple(fold(pseudonym).split()), pseudonym).pseudonym = True
        full = [n for n in found if n.strong and not n.single]
        for name in sorted(full, key=lambda n: (-sum(len(w.text) > 1 for w in n.words), -len(n.words))):
            person = self.register.match_full(name.tokens) or self.register.add(name.tokens, shown(name))
            if not person.keep or set(name.tokens) <= person.tokens:
                person.absorb(name.tokens)
        self._gather_titles(found)
        for name in full:
            if known := self.register.match_full(name.tokens):
                self.reader.read(self.pages[name.page], name, known)
                known.places.append((name.page, name.start))
                known.called[name.tokens[-1]] += 1
        self._gather_single_names(found)
        self._gather_aliases(found)
        self.register.merge_aliases()
        self._gather_stated_initials()
        for person in self.register.people:
            person.places.sort()

    def _name_words(self, name: str) -> tuple[str, ...]:
        words = [fold(w) for w in re.findall(r"[\w'’-]+", name)]
        own = [w for w in words if w not in self.lexicon.titles]
        return (*own[:1], *(w for w in own[1:-1] if w not in PARTICLES), *own[1:][-1:])

    def _gather_titles(self, found: Sequence[Name]) -> None:
        for name in found:
            known = self.register.holders(name.tokens[0]) or self.register.by_letters(name.tokens[0])
            if name.strong and name.single and not any(self._may_be(name, person) for person in known):
                person = self.register.add(name.tokens, shown(name))
                person.surnames.add(name.tokens[0])

    def _may_be(self, name: Name, person: Person) -> bool:
        """Whether a title fits whom it might mean: "Mr Voss" is not Nadia Voss."""
        sex = sex_of_titles(name.titles)
        return not sex or person.sex_told in ("", sex)

    def _gather_single_names(self, found: Sequence[Name]) -> None:
        """Single words that the models call people at least as often as places, and that nobody bears yet."""
        for name in found:
            if name.strong or not name.single:
                continue
            word = name.core[0]
            vote = self.tally.get(word.folded)
            if vote is None or is_located(vote) or self.register.holders(word.folded):
                continue
            # An English word that the text uses again and again as a name, inside sentences, is one ("Hope").
            used = self.lexicon.unknown(word) or (
                word.folded in self.lexicon.ambiguous
                and not self.lexicon.stays_alone(word)
                and vote.bare > 0
                and 3 * vote.person >= vote.bare
            )
            if used and vote.person and vote.person >= vote.place and word.text not in self.abbreviations:
                if word.case is Case.UPPER and len(word.text) <= 4:
                    continue
                person = self.register.add((word.folded,), shown(name))
                person.given.add(word.folded)

    def _gather_aliases(self, found: Sequence[Name]) -> None:
        """Nicknames and former names that the text introduces beside a full name, and initials."""
        for name in found:
            known = None if name.single else self.register.match_full(name.tokens)
            if known is None:
                holders = self.register.holders(name.tokens[0]) if name.single else []
                known = self.register.resolve(name, holders) if holders else None
            if known is None or known.keep:
                continue
            self._read_aliases(self.pages[name.page], name, known)

    def _read_aliases(self, page: Page, name: Name, person: Person) -> None:
        slot = page.layout.slots[name.words[0].slot]
        after = [w for w in page.words_in(name.end, min(slot.end, name.end + 90)) if w.start >= name.end]
        at, opened = name.end, False  # opened: a quoted nickname has begun with a title
        for word in after[:14]:
            gap = page.text[at : word.start]
            if not word.capital:
                continue
            introduced = ALIAS.match(gap) or QUOTED_ALIAS.match(gap) or (opened and gap == " ")
            if not introduced or (gap.endswith("(") and not self._may_be_alias(word, person)):
                break
            opened = False
            if word.folded in self.lexicon.titles and introduced and re.search(r"['\"‘“]$", gap):
                at = word.end  # "(‘Kweku’, ‘Uncle Kay’)"
                opened = True
                continue
            if word.folded in self.lexicon.titles or (self.lexicon.stays_alone(word) and word.case is not Case.UPPER):
                break
            others = [p for p in self.register.bearers(word.folded) if p is not person]
            if gap.strip() == "or" and any(len(p.full) > 1 for p in others):
                break  # "Niamh or Conor": two people
            if not any(p.keep for p in others):
                for other in others:
                    if len(other.full) == 1 and other.full[0] == word.folded:
                        self.register.merge(other, person)
                person.aliases.add(word.folded)
                if re.search(r"born|n[ée]e|formerly", gap):
                    person.surnames.add(word.folded)
                    person.tokens.add(word.folded)
            at = word.end

    def _may_be_alias(self, word: Word, person: Person) -> bool:
        """Whether a word alone in brackets is another name: "(AO)" of Adaeze Okonjo, never "(MPS)" or "(Housing)"."""
        if word.case is Case.UPPER and len(word.text) <= 4:
            return re.sub(r"[^a-z]", "", word.folded) in initials_of(person)
        return self.lexicon.unknown(word)

    def _gather_stated_initials(self) -> None:
        """Initials that the report itself explains ("ASB is Akosua"), whatever else the letters stand for."""
        for page in self.pages:
            for match in STATED.finditer(page.text):
                after = [w for w in page.words_in(match.end(), match.end() + 40) if w.start <= match.end() + 4]
                holders = [p for w in after for p in self.register.bearers(w.folded) if not p.keep]
                if holders:
                    holders[0].aliases.update(fold(i) for i in INITIALS.findall(match.group("letters")))
