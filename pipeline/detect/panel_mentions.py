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
from pipeline.detect.panel_relations import (
    COMMON,
    PANEL_POST,
    PEOPLE_OF_THE_CASE,
    PERSONAL,
    related_after,
    related_before,
)
from pipeline.detect.people import Name
from pipeline.detect.roles import RoleReader
from pipeline.detect.words import fold
from pipeline.identities import Person, Register, sex_of_titles
from pipeline.models import Slot

PANEL_ONLY = re.compile(r"\bpanel\b|\bimrs?\b|\b(?:independent|panel) chair\b|\bterms of reference\b")
PANEL_TALK = re.compile(
    rf"{PANEL_ONLY.pattern}|\b(?:the|this|domestic homicide|dhr) review\b|\b(?:the|this) chair\b"
    r"|\b(?:overview report|this report|the report)\b"
)
# What a member does, where a family of the same surname is in the case: no proof that it is not the member.
REVIEW_WORK = re.compile(
    r"(?<!\bher )(?<!\bhis )(?<!\btheir )"
    r"\b(?:two|three|four|five|six|seven|eight|all|each|every|both|first|second|third|last|final) meetings?\b"
    r"|\bthe partnership\b|\brecommendations?\b|\baction plan\b|\bno relation\b|\bconflicts? of interest\b"
)
MEMBERS_VERB = re.compile(
    r"^(?:,[^,.;]{0,40},)? (?:observed|advised|commented|considered|cautioned|stressed|declared|reminded \w+) that\b"
)
OF = re.compile(r"^(?:,| \(| of| from| for| at| [–—-])[^.;]{2,60}")
# Titles of faith and kinship, which only a member of some faith's body holds.
FAITH_TITLES = frozenset(
    "pastor imam rabbi sheikh bishop rev revd reverend father fr sister brother auntie aunt uncle nana".split()
)
FAITHS = re.compile(
    r"faith|church|mosque|islam|muslim|christ|jew|synagogue|temple|dioces|cathedral|chapl|parish|relig"
)
MEDICAL = re.compile(
    r"\b(?:dr|doctor|gp|medic\w*|clinic\w*|\w*iatri\w*|psycholog\w*|consultant|academic|univers\w*)\b"
)
COURTESY = frozenset({"mr", "mrs", "ms", "miss", "mx"})
DOCTORS = frozenset({"dr", "doctor", "prof", "professor"})


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
        if self._told_otherwise(name, titles, member):
            return False
        if name.single and not titles:
            return self._is_surname_in_panel_talk(name, member)
        if self._talk(name, PANEL_TALK) or self._talk(name, REVIEW_WORK) or self._post_after(name, member):
            return True
        others = self._others_with_surname(name)
        if any(self._marks(t) and self._holds(t, member) and not any(p.titles[t] for p in others) for t in titles):
            return True
        return not others and not self._titled_otherwise(titles, member)

    def _told_otherwise(self, name: Name, titles: Sequence[str], member: Person) -> bool:
        own, talk, after = self._own(member), self._talk(name, PANEL_TALK), self._after(name)
        return (
            self._holds_no_such_rank(titles, member)
            or self._is_of_other_sex(name, titles, member)
            or related_before(self._before(name), after, own, self.reader, talk, name.single)
            or related_after(after, own, self.reader, self._in_case, talk)
        )

    # What stands around the name

    def _before(self, name: Name) -> str:
        page, slot = self._place(name)
        return fold(page.text[max(slot.start, name.start - 100) : name.start])

    def _after(self, name: Name) -> str:
        page, slot = self._place(name)
        return fold(page.text[name.end : min(slot.end, name.end + 80)])

    def _place(self, name: Name) -> tuple[Page, Slot]:
        page = self.pages[name.page]
        return page, page.layout.slots[name.words[0].slot]

    def _talk(self, name: Name, talk: re.Pattern[str]) -> bool:
        """Whether the sentence speaks of the Panel or of the review."""
        page, slot = self._place(name)
        low = max((m.end() for m in SENTENCE.finditer(page.text, slot.start, name.start)), default=slot.start)
        end = SENTENCE.search(page.text, name.end, slot.end)
        return bool(talk.search(fold(page.text[low : end.start() if end else slot.end])))

    def _post_after(self, name: Name, member: Person) -> bool:
        """Whether the member's post or agency stands beside the name, or in its table's row."""
        page, slot = self._place(name)
        after, own = self._after(name), set(self._own(member)) - COMMON - set(name.tokens)
        if PANEL_POST.match(after) or MEMBERS_VERB.match(after) or self._is_charged(name):
            return True
        said = OF.match(after)
        row = page.document.blocks[slot.block].rows[slot.row] if slot.row >= 0 else ()
        told = f"{said.group() if said else ''} {fold(' '.join(row))}"
        return bool((own - member.tokens) & set(re.findall(r"[\w-]+", told)))

    def _is_charged(self, name: Name) -> bool:
        """Whether a name in full fills a cell of a row about no relation: who answers for an action."""
        page, slot = self._place(name)
        if (
            slot.row < 0
            or name.single
            or page.text[slot.start : slot.end].strip() != page.text[name.start : name.end]
        ):
            return False
        block = page.document.blocks[slot.block]
        header = block.rows[0] if block.header_rows else ()
        told = fold(" | ".join((*block.rows[slot.row], *header)))
        relations = any(fold(c).startswith(self.reader.relation_columns) for c in header)
        return len(block.rows[slot.row]) > 2 and not relations and not PERSONAL.search(told)

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
        alone = all(p.keep for p in self.register.bearers(token))
        return token in member.surnames and token not in member.given and alone and self._talk(name, PANEL_ONLY)

    def _holds_no_such_rank(self, titles: Sequence[str], member: Person) -> bool:
        """A rank, a title of faith or one of kinship that nothing in the member's post accounts for."""
        own = self._own(member)
        officer = any(word in self.lexicon.ranks for word in own)
        ranked = any(t in self.lexicon.ranks for t in titles)
        strange = [t for t in titles if t in FAITH_TITLES and t not in own]
        if strange and not FAITHS.search(" ".join(own)):
            return True
        return (ranked and not officer) or ("dr" in titles and officer and "dr" not in own)

    def _marks(self, title: str) -> bool:
        """Whether a title tells people of one surname apart better than "Mr" does."""
        return title in DOCTORS or title in self.lexicon.ranks

    def _holds(self, title: str, member: Person) -> bool:
        return title in self._own(member) or member.titles[title] > 0

    def _titled_otherwise(self, titles: Sequence[str], member: Person) -> bool:
        """Whether a title is another than the member's, where nothing speaks of the Panel: "Mrs" of a "Dr"."""
        shown = {t for t in self._own(member) if t in DOCTORS or t in COURTESY}
        for title in titles:
            if title in shown or title in self.lexicon.ranks or not member.panel:
                continue
            if title in COURTESY:
                return bool(shown)
            chair_or_doctor = member.panel.chair or MEDICAL.search(" ".join(self._own(member)))
            if title not in DOCTORS or not (chair_or_doctor or self._holds(title, member)):
                return True
        return False

    def _is_of_other_sex(self, name: Name, titles: Sequence[str], member: Person) -> bool:
        told, own = sex_of_titles(titles), self._sex(member)
        return bool(told and own and told != own) and not PANEL_POST.match(self._after(name))

    def _sex(self, member: Person) -> str:
        if titled := sex_of_titles(re.findall(r"\w+", fold(member.shown))):
            return titled
        first = member.full[0] if member.full else ""
        return "f" if first in FEMALE else "m" if first in MALE else ""

    def _own(self, member: Person) -> list[str]:
        """The words of the member's post, agency and title."""
        panel = member.panel
        return re.findall(r"[\w-]+", fold(f"{panel.role} {panel.agency} {member.shown}")) if panel else []

    def _others_with_surname(self, name: Name) -> list[Person]:
        """Those who go and bear the surname; for a name in full, of those only who have one in full as well."""
        token = name.tokens[-1]
        return [
            p
            for p in self.register.bearers(token)
            if not p.keep and (token in p.surnames or p.full == (token,)) and (name.single or len(p.full) > 1)
        ]

    def _in_case(self, word: str) -> bool:
        """Whether a word is of the family, or names somebody who goes."""
        return word in PEOPLE_OF_THE_CASE or not all(p.keep for p in self.register.bearers(word))
