"""Whether a mention means the Panel's member whose name it has, or somebody else of that name.

A member stays in every form (§4.28), somebody else goes. What is said beside the name decides: a rank that the member
does not hold, a relation to the family, an age, a title of the other sex. Where it is not the member, it becomes an
identity of its own, which is proposed to go and waits for a person's decision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.detect.given_names import FEMALE, MALE
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import Page
from pipeline.detect.panel_lists import SENTENCE
from pipeline.detect.people import Name
from pipeline.detect.roles import RoleReader
from pipeline.detect.words import fold
from pipeline.identities import Person, Register, sex_of_titles
from pipeline.models import Slot

PANEL_TALK = re.compile(
    r"\bpanel\b|\b(?:the|this|domestic homicide|dhr) review\b|\bimrs?\b|\b(?:the|this|independent|panel) chair\b"
    r"|\b(?:terms of reference|overview report|this report|the report)\b"
)
AGED = re.compile(r"^,? (?:\(?(?:then |now )?aged? \d|\(\d{1,2}\)|(?:then |now )?\d{1,2}(?:,| years? old))")
OWN_RELATION = re.compile(r"^,? (?:who )?(?:is|was) (?:her|his|their|the (?:victim|perpetrator|deceased)'s) ")
BESIDE = re.compile(r"^(?:, | \()(?:the|an?|her|his|their|then) (?P<what>[^,.;()]{3,60})(?:[,.;()]|$)")
PANEL_POST = re.compile(
    r"^(?:, (?:as )?| \(|,? (?:who )?(?:is|was) )(?:the |our |this |its )?(?:\w+ ){0,2}(?:chair|panel)\b"
)
RELATION_BEFORE = r"\b(?:her|his|their|an?|another|the (?:victim|perpetrator|deceased)'s) (?:[\w-]+ ){0,2}"
COMMON = frozenset("of the and for in on at to with a an who from".split())


@dataclass(frozen=True)
class Membership:
    """Answers, for the pages of a case, which mentions of a member's name are the member's."""

    pages: Sequence[Page]
    lexicon: Lexicon
    reader: RoleReader
    register: Register

    def is_members(self, name: Name, member: Person) -> bool:
        """Whether this place means the member."""
        if self._is_listing(name, member):
            return True
        titles = name.titles or self._titles_before(name)
        if name.single and not titles:
            return self._is_surname_in_panel_talk(name, member)
        if self._told_otherwise(name, titles, member):
            return False
        return name.single or self._panel_talk(name) or not self._namesakes(name, member)

    def _told_otherwise(self, name: Name, titles: Sequence[str], member: Person) -> bool:
        return (
            self._holds_no_such_rank(titles, member)
            or self._is_of_other_sex(name, titles, member)
            or self._relation_before(name, member)
            or self._told_after(name, member)
        )

    # What stands around the name

    def _before(self, name: Name) -> str:
        page, slot = self._place(name)
        return fold(page.text[max(slot.start, name.start - 60) : name.start])

    def _after(self, name: Name) -> str:
        page, slot = self._place(name)
        return fold(page.text[name.end : min(slot.end, name.end + 80)])

    def _place(self, name: Name) -> tuple[Page, Slot]:
        page = self.pages[name.page]
        return page, page.layout.slots[name.words[0].slot]

    def _panel_talk(self, name: Name) -> bool:
        """Whether the sentence speaks of the Panel or of the review."""
        page, slot = self._place(name)
        low = max((m.end() for m in SENTENCE.finditer(page.text, slot.start, name.start)), default=slot.start)
        end = SENTENCE.search(page.text, name.end, slot.end)
        return bool(PANEL_TALK.search(fold(page.text[low : end.start() if end else slot.end])))

    def _titles_before(self, name: Name) -> tuple[str, ...]:
        """Titles that another layer has claimed: a post of the Panel's just before a surname."""
        page = self.pages[name.page]
        at, found = page.index_of(name.words[0]), []
        while at and page.between(page.words[at - 1], page.words[at]) == " ":
            at -= 1
            if not page.words[at].capital or page.words[at].folded not in self.lexicon.titles:
                break
            found.append(page.words[at].folded)
        return tuple(reversed(found))

    # What they say

    def _is_listing(self, name: Name, member: Person) -> bool:
        page = self.pages[name.page]
        sources = member.panel.sources if member.panel else ()
        return any(s.document is page.kind and s.start <= name.start and name.end <= s.end for s in sources)

    def _is_surname_in_panel_talk(self, name: Name, member: Person) -> bool:
        """ "Abara's view was that the Panel ...": a surname nobody else bears; a forename alone is no member's."""
        token = name.tokens[0]
        alone = not any(p.has(token) for p in self.register.people if not p.keep)
        return token in member.surnames and token not in member.given and alone and self._panel_talk(name)

    def _holds_no_such_rank(self, titles: Sequence[str], member: Person) -> bool:
        own = self._own(member)
        officer = any(word in self.lexicon.ranks for word in own)
        ranked = any(t in self.lexicon.ranks for t in titles)
        return (ranked and not officer) or ("dr" in titles and officer and "dr" not in own)

    def _is_of_other_sex(self, name: Name, titles: Sequence[str], member: Person) -> bool:
        told, own = sex_of_titles(titles), self._sex(member)
        return bool(told and own and told != own) and not PANEL_POST.match(self._after(name))

    def _sex(self, member: Person) -> str:
        if titled := sex_of_titles(re.findall(r"\w+", fold(member.shown))):
            return titled
        first = member.full[0] if member.full else ""
        return "f" if first in FEMALE else "m" if first in MALE else ""

    def _relation_before(self, name: Name, member: Person) -> bool:
        """ "A neighbour, Mrs Price"; before a name in full only with a word that makes it a relation: "her uncle"."""
        before = self._before(name)
        found = self.reader.before.search(before)
        if found is None or found["role"] in " ".join(self._own(member)):
            return False
        own = rf"{RELATION_BEFORE}{re.escape(found['role'])}\b"
        return name.single or bool(re.search(own, before))

    def _told_after(self, name: Name, member: Person) -> bool:
        """ "Grace Okonjo, aged 9", "Mr Ashworth, the neighbour", "Martin Young, her former partner"."""
        after = self._after(name)
        if AGED.match(after) or OWN_RELATION.match(after):
            return True
        if PANEL_POST.match(after):
            return False
        beside = BESIDE.match(after)
        if beside is None:
            return False
        own = set(self._own(member)) - COMMON
        strange = not own & set(re.findall(r"[\w-]+", beside["what"]))
        return strange and (bool(self.reader.after.match(beside.group())) or not self._panel_talk(name))

    def _own(self, member: Person) -> list[str]:
        """The words of the member's post, agency and title."""
        panel = member.panel
        return re.findall(r"[\w-]+", fold(f"{panel.role} {panel.agency} {member.shown}")) if panel else []

    def _namesakes(self, name: Name, member: Person) -> bool:
        """Whether somebody else in the case has this very name in full."""
        return any(name.tokens in p.fulls for p in self.register.people if not p.keep and p is not member)
