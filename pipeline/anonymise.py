"""The anonymisation stage: all documents of a case, and what the officer knows of it, to one Analysis.

The layers stake claims in this order: identifiers, names that stay, the Panel, places and small organisations,
people (gathered over all documents, then propagated through them), single words that stay, and the sweep.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.detect import dates, panel, places, stays
from pipeline.detect.engine import Engine, Evidence
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import Claim, Page, page_of
from pipeline.detect.people import (
    Name,
    Votes,
    is_name_use,
    listings,
    names,
    sources_on,
    votes,
    PERSON_LABELS,
    PLACE_LABELS,
)
from pipeline.detect.roles import RoleReader
from pipeline.detect.sweep import sweep
from pipeline.detect.words import Case, Word, fold
from pipeline.identities import Person, Register, alike, initials_of, labels
from pipeline.models import (
    Action,
    Analysis,
    CaseFacts,
    Document,
    Finding,
    Identity,
    IdentityKind,
    PanelMember,
    layout,
)
from pipeline.rules import Rules

MODEL = ("SPACY_", "RAMPART_")
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


def analyse(documents: Sequence[Document], facts: CaseFacts, rules: Rules, engine: Engine | None = None) -> Analysis:
    """Everything that must go, may stay or needs a decision, in all documents of one case at once.

    Raises ModelUnavailable if a detection model cannot be loaded. `engine` saves loading the models again when many
    cases are analysed in one run.
    """
    engine = engine or Engine(rules)
    pages = []
    for document in documents:
        made = layout(document)
        pages.append(page_of(document, engine.evidence(made.text), made))
    return _Case(pages, facts, rules).analysis()


@dataclass
class _Mention:
    page: int
    start: int
    end: int
    person: int
    sources: tuple[str, ...]
    reason: str


@dataclass
class _Case:
    """The layers in order over one case's pages."""

    pages: list[Page]
    facts: CaseFacts
    rules: Rules
    lexicon: Lexicon = field(init=False)
    mentions: list[_Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lexicon = Lexicon.of(self.rules)
        self.register = Register(self.lexicon)

    def analysis(self) -> Analysis:
        self.claim_identifiers()
        cited: frozenset[str] = frozenset()
        for page in self.pages:
            stays.claim_phrases(page, self.rules)
            cited |= stays.claim_citations(page)
            stays.claim_agencies(page, self.rules)
        self.abbreviations = frozenset().union(*(stays.defined_abbreviations(p) for p in self.pages))
        short = frozenset().union(*(places.claim_places(p, self.rules) for p in self.pages))
        for page in self.pages:
            stays.claim_localities(page, self.rules)
        self.tally = votes(self.pages, self.lexicon)
        found = names(self.pages, self.lexicon)
        columns = tuple(fold(c) for c in self.rules.vocabulary["name_columns"])
        found = names(self.pages, self.lexicon, listings(self.pages, found, columns))
        members = self.find_panel(found)
        self.gather(found, members)
        self.claim_people(found)
        self.claim_turned()
        people = frozenset(t for p in self.register.people for t in p.tokens)
        for page in self.pages:
            stays.claim_cited_again(page, cited, people)
            places.claim_short_names(page, short - people)
        self.propagate()
        return self.assemble(members)

    # -- layers ------------------------------------------------------------------------------------------------

    def claim_identifiers(self) -> None:
        """Claim what the pattern rules found; of overlapping findings the longest wins."""
        for page in self.pages:
            found = [e for e in page.evidence if not e.type.startswith(MODEL)]
            for item in sorted(found, key=lambda e: (e.start - e.end, e.start)):
                text = page.text[item.start : item.end]
                if item.type == "CASEREF" and self.rules.own_reference.fullmatch(text):
                    page.claim(Claim(item.start, item.end, "STAY", ("list",), "the review's own reference"))
                    continue
                page.claim(self._identifier(page, item, text))

    def _identifier(self, page: Page, item: Evidence, text: str) -> Claim:
        if item.type not in ("DATE", "DOB"):
            return Claim(item.start, item.end, item.type, (item.source,), item.source.removeprefix("rule:"))
        word = page.words_in(item.start, item.end)
        cell = page.cells.get(word[0].slot) if word else None
        if item.type == "DOB" or (cell and cell.header in dates.BIRTH_HEADERS):
            return Claim(item.start, item.end, "DOB", (item.source,), "a date of birth")
        written = dates.find(text)
        label = written[0].month_year if written else ""
        before = page.text[max(0, item.start - 14) : item.start]
        if label and dates.WEEKDAY_BEFORE.search(before):
            label = f"in {label}"
        elif before.casefold().endswith("on "):
            label = f"a date in {label}" if label else "a date"
        return Claim(
            item.start, item.end, "DATE", (item.source,), "an exact date becomes month and year", label or "[date]"
        )

    def find_panel(self, found: Sequence[Name]) -> tuple[PanelMember, ...]:
        members = list(panel.find(self.pages, found, self.rules))
        for member in self.facts.panel:
            if not any(fold(member.name) == fold(m.name) for m in members):
                members.append(member)
        return tuple(members)

    def gather(self, found: Sequence[Name], members: Sequence[PanelMember]) -> None:
        """Fill the register: the Panel, agreed pseudonyms, full names, names with titles, single names, aliases."""
        for member in members:
            tokens = tuple(
                t for t in (fold(w) for w in re.findall(r"[\w'’-]+", member.name)) if t not in self.lexicon.titles
            )
            self.register.add(tokens, member.name, member)
        for pseudonym in self.facts.pseudonyms:
            person = self.register.add(tuple(fold(pseudonym).split()), pseudonym)
            person.pseudonym = True
        full = sorted((n for n in found if n.strong and len(n.words) > 1), key=lambda n: -len(n.words))
        for name in full:
            tokens = self._tokens(name)
            if len(tokens) > 1:
                person = self.register.match_full(tokens) or self.register.add(tokens, self._shown(name))
                if not person.keep or set(tokens) <= person.tokens:
                    person.absorb(tokens)
        self._gather_titles(found)
        self.reader = reader = RoleReader(self.rules)
        for name in found:
            if name.strong and len(name.words) > 1 and (known := self.register.match_full(self._tokens(name))):
                reader.read(self.pages[name.page], name, known)
                known.places.append((name.page, name.start))
                known.called[self._tokens(name)[-1]] += 1
        self._gather_single_names(found)
        self._gather_aliases(found)
        self._gather_stated_initials()
        for person in self.register.people:
            person.places.sort()

    def _tokens(self, name: Name) -> tuple[str, ...]:
        return name.tokens

    def _shown(self, name: Name) -> str:
        return " ".join(w.text.title() if w.case is Case.UPPER and len(w.text) > 2 else w.text for w in name.words)

    def _gather_titles(self, found: Sequence[Name]) -> None:
        for name in found:
            if name.strong and len(name.words) == 1 and not self.register.holders(name.tokens[0]):
                person = self.register.add(name.tokens, self._shown(name))
                person.surnames.add(name.tokens[0])

    def _gather_single_names(self, found: Sequence[Name]) -> None:
        """Single words that the models call people at least as often as places, and that nobody bears yet."""
        for name in found:
            if name.strong or len(name.words) != 1:
                continue
            word = name.words[0]
            vote = self.tally.get(word.folded)
            if vote is None or self.register.holders(word.folded):
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
                person = self.register.add((word.folded,), self._shown(name))
                person.given.add(word.folded)

    def _gather_aliases(self, found: Sequence[Name]) -> None:
        """Nicknames and former names that the text introduces beside a full name, and initials."""
        for name in found:
            known = self.register.match_full(self._tokens(name)) if len(name.words) > 1 else None
            if known is None:
                holders = self.register.holders(name.tokens[0]) if len(name.words) == 1 else []
                known = self.register.resolve(name, holders) if holders else None
            if known is None or known.keep:
                continue
            self._read_aliases(self.pages[name.page], name, known)

    def _read_aliases(self, page: Page, name: Name, person: Person) -> None:
        slot = page.layout.slots[name.words[0].slot]
        after = [w for w in page.words_in(name.end, min(slot.end, name.end + 90)) if w.start >= name.end]
        at = name.end
        for word in after[:14]:
            gap = page.text[at : word.start]
            if not word.capital:
                continue
            introduced = ALIAS.match(gap) or QUOTED_ALIAS.match(gap)
            if not introduced:
                break
            if word.folded in self.lexicon.titles or (self.lexicon.stays_alone(word) and word.case is not Case.UPPER):
                break
            others = [p for p in self.register.people if p.has(word.folded) and p is not person]
            if not any(p.keep for p in others):
                for other in others:
                    if len(other.full) == 1 and other.full[0] == word.folded:
                        self.register.people[other.number].tokens.clear()
                person.aliases.add(word.folded)
                if re.search(r"born|n[ée]e|formerly", gap):
                    person.surnames.add(word.folded)
                    person.tokens.add(word.folded)
            at = word.end

    def _gather_stated_initials(self) -> None:
        """Initials that the report itself explains ("ASB is Akosua"), whatever else the letters stand for."""
        for page in self.pages:
            for match in STATED.finditer(page.text):
                after = [w for w in page.words_in(match.end(), match.end() + 40) if w.start <= match.end() + 4]
                holders = [p for w in after for p in self.register.people if p.has(w.folded) and not p.keep]
                if holders:
                    holders[0].aliases.update(fold(i) for i in INITIALS.findall(match.group("letters")))

    def claim_people(self, found: Sequence[Name]) -> None:
        """Claim every name in the text that the register knows, in order of place."""
        for name in found:
            page = self.pages[name.page]
            person = self._who(name)
            if person is None:
                continue
            if len(name.words) == 1 and not name.titles and not self._single_is_name(page, name.words[0]):
                continue
            if person.panel and name.titles and len(name.words) == 1:
                person = self._not_the_member(page, name, person)
                # Two people of one surname: learn whom the titles meant so far.
            for title in name.titles:
                person.titles[title] += 1
            start, end = self._extended(page, name, person)
            self._mention(name.page, start, end, person, name.sources, "a name")

    def _not_the_member(self, page: Page, name: Name, member: Person) -> Person:
        """Somebody else with a Panel member's surname, where the words before say so ("a neighbour, Mrs ...")."""
        slot = page.layout.slots[name.words[0].slot]
        before = fold(page.text[max(slot.start, name.start - 60) : name.start])
        match = self.reader.before.search(before)
        own = fold(member.panel.role) if member.panel else ""
        ranked = any(t in self.lexicon.ranks for t in name.titles)
        officer = any(w in self.lexicon.ranks for w in f"{own} {fold(member.shown)}".split())
        if not (match and match.group("role") not in own) and not (ranked and not officer):
            return member
        same = [p for p in self.register.people if not p.keep and p.has(name.tokens[0])]
        person = same[0] if same else self.register.add(name.tokens, self._shown(name))
        person.surnames.add(name.tokens[0])
        self.reader.read(page, name, person)
        return person

    def _extended(self, page: Page, name: Name, person: Person) -> tuple[int, int]:
        """The name with further words of it on either side that trimming left off ("JOY" before "AKINSANYA")."""
        first, last = name.words[0], name.words[-1]
        if name.turned:
            return name.start, name.end
        at, start, end = page.words.index(first), name.start, name.end
        while not name.titles and at and self._belongs(page, page.words[at - 1], page.words[at], person):
            at -= 1
            start = page.words[at].start
        at = page.words.index(last)
        while at + 1 < len(page.words) and self._belongs(page, page.words[at + 1], page.words[at], person):
            at += 1
            end = page.words[at].end
        return start, end

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
        at = page.words.index(word)
        return is_name_use(page, at, self.tally.get(word.folded), self.lexicon)

    def _who(self, name: Name) -> Person | None:
        tokens = self._tokens(name)
        if len(tokens) > 1:
            if (known := self.register.match_full(tokens)) and (name.strong or known.has(tokens[0])):
                return known
            last = [p for p in self.register.people if p.has(tokens[-1])]
            if not (name.strong or last):
                return None
        token = tokens[-1] if name.titles or len(tokens) == 1 else tokens[0]
        holders = self.register.holders(token) or (self.register.holders(tokens[0]) if len(tokens) > 1 else [])
        if not holders:
            return None
        near = self._near_panel(name)
        single = Name(name.page, name.start, name.end, name.titles, name.words[-1:], False, name.sources, name.strong)
        return self.register.resolve(single if name.titles else name, holders, near)

    def _near_panel(self, name: Name) -> bool:
        """Whether the words just after or before the name speak of the Panel ("Ms Young, the Panel's adviser")."""
        page = self.pages[name.page]
        slot = page.layout.slots[name.words[0].slot]
        after = page.text[name.end : min(slot.end, name.end + 40)].split(". ")[0]
        before = page.text[max(slot.start, name.start - 40) : name.start].split(". ")[-1]
        return bool(re.search(r"\bPanel\b|\breview\b", after + " " + before))

    def _mention(
        self, page: int, start: int, end: int, person: Person, sources: tuple[str, ...], reason: str
    ) -> None:
        claimed = self.pages[page].claim(Claim(start, end, "PERSON", sources or ("propagated",), reason))
        if claimed:
            self.mentions.append(_Mention(page, start, end, person.number, sources or ("propagated",), reason))
            if (page, start) not in person.places:
                person.places.append((page, start))

    def claim_turned(self) -> None:
        """Claim "Surname, Forename" of somebody known, wherever it stands."""
        for number, page in enumerate(self.pages):
            for left, right in zip(page.words, page.words[1:], strict=False):
                if (
                    left.slot != right.slot
                    or page.between(left, right) != ", "
                    or not (left.capital and right.capital)
                ):
                    continue
                if not (page.free(left) and page.free(right)):
                    continue
                for person in self.register.people:
                    if (
                        left.folded in person.surnames
                        and right.folded in person.given
                        and left.folded != right.folded
                    ):
                        self._mention(number, left.start, right.end, person, (), "surname and forename")
                        break

    def propagate(self) -> None:
        """Claim what is left of people's names: lower case in messages, single words, initials, misspellings."""
        spelt: dict[str, list[Person]] = defaultdict(list)
        for person in self.register.people:
            for letters in initials_of(person):
                spelt[letters].append(person)
        for number, page in enumerate(self.pages):
            for at, word in enumerate(page.words):
                if not page.free(word) or word.case is Case.DIGIT:
                    continue
                person = self._left_over(page, number, at, word, spelt)
                if person is not None:
                    self._mention(number, word.start, word.end, person, (), "a form of a name found elsewhere")

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
        if (
            word.case is Case.UPPER
            and len(word.text) <= 5
            and any(word.folded in p.aliases for p in self.register.people)
        ):
            return self.register.resolve(name, [p for p in self.register.people if word.folded in p.aliases])
        if word.case is Case.LOWER and (self.lexicon.ordinary(word) or len(word.text) < 4):
            return None
        holders = [p for p in self.register.people if p.has(word.folded)]
        if not holders:
            if word.case is Case.LOWER or not self.lexicon.unknown(word) or len(word.text) < 3:
                return None
            holders = self.register.holders(word.folded)
            return self.register.resolve(name, holders) if holders else None
        if self.lexicon.ordinary(word) or self.lexicon.stays_alone(word):
            if word.case is Case.LOWER or not is_name_use(page, at, self.tally.get(word.folded), self.lexicon):
                return None
        return self.register.resolve(name, holders)

    # -- results -----------------------------------------------------------------------------------------------

    def assemble(self, members: Sequence[PanelMember]) -> Analysis:
        findings: list[Finding] = []
        groups: dict[str, _Group] = {}
        titles = labels(self.register.people, self.rules)
        for mention in self.mentions:
            person = self.register.people[mention.person]
            page = self.pages[mention.page]
            key = _key("person", " ".join(person.full) if person.full else person.shown)
            group = groups.setdefault(key, _Group(IdentityKind.PERSON, "PERSON", person=person))
            text = page.text[mention.start : mention.end]
            group.add(text)
            findings.append(
                Finding(
                    page.kind, mention.start, mention.end, "PERSON", text, key, mention.sources, reason=mention.reason
                )
            )
        lower = frozenset(w.folded for p in self.pages for w in p.words if w.case is Case.LOWER)
        for page in self.pages:
            for loose in list(sweep(page, self.tally, lower, self.abbreviations, self.lexicon)):
                page.claim(Claim(loose.start, loose.end, loose.type, ("sweep",), loose.reason, score=loose.risk / 3))
            for claim in page.claims:
                if claim.type in ("STAY", "PERSON"):
                    continue
                text = page.text[claim.start : claim.end]
                swept = claim.sources == ("sweep",)
                kind = IdentityKind.UNEXPLAINED if swept else IdentityKind.VALUE
                key = _key(kind.value, f"{claim.type}:{fold(text)}")
                group = groups.setdefault(
                    key,
                    _Group(
                        kind,
                        claim.type,
                        label=claim.replacement,
                        reason=claim.reason,
                        risk=round(claim.score * 3) if swept else 1,
                    ),
                )
                group.add(text)
                findings.append(
                    Finding(
                        page.kind,
                        claim.start,
                        claim.end,
                        claim.type,
                        text,
                        key,
                        claim.sources,
                        claim.score,
                        claim.replacement,
                        claim.reason,
                    )
                )
        identities = tuple(g.identity(k, titles, self.rules) for k, g in groups.items())
        findings.sort(key=lambda f: (f.document.value, f.start))
        return Analysis(tuple(findings), identities, tuple(members))


def _key(kind: str, text: str) -> str:
    return f"{kind}-{hashlib.sha256(f'{kind}:{text}'.encode()).hexdigest()[:10]}"


@dataclass
class _Group:
    """The findings of one identity while they are gathered."""

    kind: IdentityKind
    type: str
    person: Person | None = None
    label: str = ""
    reason: str = ""
    risk: int = 1
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        self.forms[text] += 1

    def identity(self, key: str, titles: dict[int, tuple[str, str]], rules: Rules) -> Identity:
        forms = tuple(sorted(self.forms, key=lambda f: (-len(f), f)))
        count = sum(self.forms.values())
        policy = rules.types[self.type]
        if self.person is None:
            return Identity(
                key,
                self.kind,
                self.type,
                forms[0],
                forms,
                "",
                Action.REDACT,
                self.label or policy.replacement,
                self.reason,
                policy.decide,
                self.risk if policy.decide else 0,
                count,
            )
        person = self.person
        if person.keep:
            reason = "agreed with the family" if person.pseudonym else "Chair or member of the Review Panel (§4.28)"
            role = "agreed pseudonym" if person.pseudonym else (person.panel.role if person.panel else "")
            return Identity(
                key,
                self.kind,
                self.type,
                person.shown,
                forms,
                role,
                Action.KEEP,
                person.shown,
                reason,
                True,
                1,
                count,
            )
        label, role = titles[person.number]
        return Identity(
            key,
            self.kind,
            self.type,
            person.shown,
            forms,
            role,
            Action.REDACT,
            label,
            "a person who is not on the Review Panel",
            True,
            1,
            count,
        )
