"""What the text says a person is: from a table of people, from the words beside a name, from what was done."""

from __future__ import annotations

import re

from pipeline.detect.page import Page
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.identities import Person, sex_of_titles
from pipeline.rules import Rules

VICTIM = re.compile(r"(?:\bdeath of|\bhomicide of|\bmurder of|\bkilling of)\s*$", re.IGNORECASE)
KILLED = re.compile(r"^(?:,[^,.]{0,60},|,)?\s+(?:was|had been) (?:killed|murdered|stabbed to death|found dead)")
CONVICTED = re.compile(
    r"^(?:,[^,.]{0,60},|,)?\s+(?:was|pleaded|has been|stood) (?:convicted|guilty|found guilty|sentenced|trial)"
)
KILLED_BY = re.compile(
    r"\b(?:killed|murdered|stabbed)\b[^.]{0,120}\bby (?:her|his|their) [\w\s-]{0,40}[, ]*$", re.IGNORECASE
)
BEFORE = 60
AFTER = 50


def _pattern(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


class RoleReader:
    """Reads roles and sexes; patterns are compiled once for a set of rules."""

    def __init__(self, rules: Rules) -> None:
        self.words = [fold(w) for role in rules.roles for w in role.words]
        # These stand before names as titles do, or say too little beside one.
        plain = [w for w in self.words if w not in ("offender", "defendant", "imr", "victim", "deceased", "police")]
        self.before = re.compile(rf"\b(?P<role>{_pattern(plain)})(?:'s)?[,:]? ?(?:\(|called |named )?['\"‘“]?$")
        self.after = re.compile(
            r"^,? ?\(?(?:(?:who (?:is|was) )?(?:an?|the|her|his|their|then|its) (?:[\w'’-]+ ){0,3}?)?"
            rf"(?P<role>{_pattern(plain)})\b(?!['’]s)"
        )
        self.anywhere = re.compile(rf"\b(?P<role>{_pattern(self.words)})\b")
        self.female = frozenset(fold(w) for w in rules.vocabulary["female_words"])
        self.male = frozenset(fold(w) for w in rules.vocabulary["male_words"])
        self.relation_columns = tuple(fold(c) for c in rules.vocabulary["relation_columns"])
        self.name_columns = tuple(fold(c) for c in rules.vocabulary["name_columns"])

    def read(self, page: Page, name: Name, person: Person) -> None:
        """Add to the person what this mention tells."""
        for title in name.titles:
            if title not in ("detective", "police"):
                person.titles[title] += 1
        if sex := sex_of_titles(name.titles):
            person.sex[sex] += 3
        if person.keep:
            return
        slot = page.layout.slots[name.words[0].slot]
        cell = page.cells.get(name.words[0].slot)
        if cell is not None and (cell.header in self.name_columns or (cell.column == 0 and len(name.words) > 1)):
            self._from_row(page, slot.block, slot.row, slot.column, person)
            return
        before = fold(page.text[max(slot.start, name.start - BEFORE) : name.start])
        after = fold(page.text[name.end : min(slot.end, name.end + AFTER)])
        if match := self.before.search(before):
            self._learn(person, match.group("role"), 2)
        if after.startswith((",", " (", "(")) and (match := self.after.search(re.split(r"[.;]| and ", after)[0])):
            self._learn(person, match.group("role"), 2)
        if VICTIM.search(before) or KILLED.search(after):
            person.roles.append("victim")
        if CONVICTED.search(after) or KILLED_BY.search(before):
            person.roles.append("perpetrator")

    def _from_row(self, page: Page, block: int, row: int, column: int, person: Person) -> None:
        table = page.document.blocks[block]
        headers = [fold(c) for c in table.rows[0]] if table.header_rows else []
        for n, text in enumerate(table.rows[row]):
            if n == column:
                continue
            header = headers[n] if headers else ""
            if any(header.startswith(c) for c in self.relation_columns) or (
                not headers and len(table.rows[row]) == 2
            ):
                for match in self.anywhere.finditer(fold(text)):
                    self._learn(person, match.group("role"), 4)

    def _learn(self, person: Person, word: str, weight: int) -> None:
        person.roles.extend([word] * weight)
        if word in self.female:
            person.sex["f"] += 2
        elif word in self.male:
            person.sex["m"] += 2
