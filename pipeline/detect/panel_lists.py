"""Members of the Review Panel in a table's row, an item or line of a list, or a sentence; with post and agency."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.detect.page import Page
from pipeline.detect.panel_tables import Column, Shape, shape_of
from pipeline.detect.people import Name
from pipeline.detect.words import fold
from pipeline.models import Block, BlockKind, PanelMember, Slot

CHAIR = re.compile(r"\bchair(?:s|man|woman|person)?\b(?! of (?!(?:the |this )?(?:\w+ ){0,2}(?:review|panel|dhr)))")
NO_CHAIR = re.compile(r"\b(?:vice|deputy|former)[ -]chair|\bassistant to the\b|\bchair's\b")

_KIN = (
    "mother|father|sister|brother|daughter|son|wife|husband|aunt|uncle|cousin|niece|nephew|neighbour|friend|"
    "family member"
)
_OWN = r"\b(?:her|his|their|victim's|perpetrator's|deceased's) (?:[\w-]+ )?"
RELATIVE = re.compile(
    rf"(?:^|[,(–—-] ?|\b(?:a|an|the|adult|older|younger|eldest) )(?:{_KIN})(?:-in-law)?"
    r"(?:'s\b| of\b| to\b|,|\)|;|\.|$| and (?!bab))"
    rf"|{_OWN}(?:{_KIN}|child|partner)\b"
    r"|\b(?:former|ex)[ -](?:partner|wife|husband|girlfriend|boyfriend)\b"
    r"|(?:^|[,(–—-] ?|\bthe )(?:victim|perpetrator|deceased)(?:,|\)|;|\.|$)|\b(?:of|to) the (?:victim|"
    r"perpetrator|deceased)\b"
)
ROLE = re.compile(
    r"\b(?:chair\w*|head|\w*manager|officer|director|nurse|lead|leader|inspector|superintendent|constable|"
    r"sergeant|commander|"
    r"consultant|gp|doctor|advis[eo]r|worker|practitioner|coordinator|co-ordinator|psychiatrist|psychologist|"
    r"member|author|"
    r"midwife|chief|deputy|assistant|principal|secretary|specialist|solicitor|councillor|advocate|idva|"
    r"representative|"
    r"executive|president|trustee|analyst|supervisor|governor|commissioner)\b"
)
# What stands between an item's beginning, or the last separator, and a member's name.
SEPARATED = re.compile(
    r"(?:^|[:;/&,(|\n]|\s[–—-]|\b(?:and|then|by|from|was|were|is|as|of|comprised|comprises|included)) ?$"
)
SIGNED = re.compile(r"^(?:signed|signature|name)(?: by)?\b[:. …_-]*", re.IGNORECASE)
FIRST = 2  # characters before a name at the start of an item or cell: a bracket, a quotation mark
BEFORE = 40  # characters of a post that may stand before a name without a separator: "Detective Inspector ..."

# A line or paragraph that names the Panel, and then lists it: "Panel: ...", "1.2 The Review Team: Chair - ...".
PANEL_COLON = (
    r"^(?:[\d.()]+\s+)?(?:the )?(?:(?:independent|domestic|homicide|dhr|dardr|overview|joint|review) )*"
    r"(?:panel|review (?:team|group))(?:'s)?(?: members?(?:hip)?| composition)?(?: \([^)]*\))?"
    r"(?: ?:| [–—-]) ?(?=\w|$)"
)
LISTING = re.compile(
    r"\b(?:other |core |full )?members(?: of the (?:\w+ ){0,2}panel)?(?: [\w ,]{0,40})? (?:were|are|included|"
    r"comprised|was)\b"
    r"|\bpanel (?:\w+ )?(?:comprised|consisted|comprises|consists|comprising|consisting|made up|composed|"
    r"constituted|included|"
    r"includes|members were|membership was)\b|\bcomprised\b|\bpanel (?:were|was) represented\b|"
    r"\brepresented (?:as follows|by)\b"
    r"|\bmembers? of the panel:|\bpanel members?:|^members:"
    rf"|{PANEL_COLON}"
)
SAT = re.compile(
    r"^[^.]{0,120}?\b(?:was|were|is|are) (?:also |both |all )*(?:an? |"
    r"the )?(?:\w+ )?members? of the (?:review )?panel\b"
    r"|^[^.]{0,120}?\b(?:sat|represented\b[^.]{0,60}) on the (?:review )?panel\b"
)
ENDS_LISTING = re.compile(
    r"\b(?:(?:supported|assisted|advised|serviced|helped|observed) by|in attendance|minutes|thank\w*|"
    r"interview\w*|spoke|told|"
    r"wish\w*|consult\w+ (?:with|by)|on behalf of|met with|death of|review of)\b|\b(?:not|nor|never|neither)\b"
)
FRAGMENT_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|met|spoke|told|gave|attended|took|wrote|said)\b")
POST_BEFORE = re.compile(
    r"\b(?:\w+ )?chair(?:man|woman|person)?(?: of (?:the|this) [\w ]{3,30})?(?:, ?| ?: ?| [–—-] ?)$"
)
# "Police - DI Aziz": what stands before the name since the last separator, and a dash or a colon.
LABEL_BEFORE = re.compile(r"(?:^|[;:,.] )(?P<label>[^;:,.]{2,50}?)(?: ?:| [–—-]) ?$")
ITEM_AFTER = re.compile(r"^(?:[,;(.:]| \(| [–—-]|$| (?:of|from|for|representing|who|and|until|replaced|as)\b)")
NOT_A_MEMBER = re.compile(
    r"\b(?:not|nor|never|neither|none)\b[^.]{0,40}\b(?:members? of (?:it\b|the (?:\w+ )?panel\b)|panel members?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reader:
    """Reads members off one page; `others` are the words of posts that make nobody a member ("minutes")."""

    page: Page
    others: re.Pattern[str]
    starts: Sequence[int] = ()  # where the page's full names start, in order

    def member(self, name: Name) -> PanelMember | None:
        """Post, agency, and whether Chair, as told where a name stands in the Panel's section; None for no member."""
        slot = self.page.layout.slots[name.words[0].slot]
        block = self.page.document.blocks[slot.block]
        if len(name.words) < 2:
            return None
        if slot.row >= 0:
            return self._in_row(name, slot, block)
        text = self.page.text[slot.start : slot.end]
        before, after = self._around(name, slot)
        if block.kind is BlockKind.LIST_ITEM:
            return self._in_item(text, before, after)
        if block.kind is BlockKind.PARAGRAPH:
            if self._is_line(text, before, after):
                return self._in_item(text, before, after)
            return self._in_prose(name, slot)
        return None

    def _around(self, name: Name, slot: Slot) -> tuple[str, str]:
        """What a slot holds before a name, and after it up to the next name."""
        before = SIGNED.sub("", self.page.text[slot.start : name.start])
        return before, self.page.text[name.end : self._next(name, slot.end)]

    def _next(self, name: Name, end: int) -> int:
        at = bisect_left(self.starts, name.end)
        return min(end, self.starts[at]) if at < len(self.starts) else end

    # Tables

    def _in_row(self, name: Name, slot: Slot, block: Block) -> PanelMember | None:
        shape, row = shape_of(block), block.rows[slot.row]
        before, after = self._around(name, slot)
        others = [cell for n, cell in enumerate(row) if n != slot.column]
        if not _is_name_cell(shape, slot, before):
            return None
        if _is_possessive(after) or RELATIVE.search(fold(" | ".join(others))) or self._serves(row):
            return None
        beside = _read(before, after)
        told = _told_in_row(shape, row, slot.column, others, beside)
        role, agency = told.role or beside.role, told.agency or beside.agency
        return _member(role, agency, also=f"{beside.role} {' '.join(name.titles)}")

    def _serves(self, row: Sequence[str]) -> bool:
        """Whether a row is of somebody who serves the Panel, observes it, or wrote for an agency."""
        return any(self.others.search(fold(cell)) for cell in row)

    def split_names(self, blocks: Iterable[int]) -> Iterator[tuple[Name, PanelMember]]:
        """Members whose forename and surname stand in columns of their own, in these blocks."""
        wanted = {n for n in blocks if self.page.document.blocks[n].kind is BlockKind.TABLE}
        shapes = {n: shape_of(self.page.document.blocks[n]) for n in wanted}
        cells: dict[tuple[int, int], dict[Column, Slot]] = {}
        for slot in self.page.layout.slots:
            shape = shapes.get(slot.block)
            if shape and shape.has(Column.FORENAME) and shape.has(Column.SURNAME) and slot.row >= shape.header_rows:
                cells.setdefault((slot.block, slot.row), {})[shape.columns[slot.column]] = slot
        for (block, at), parts in cells.items():
            row, shape = self.page.document.blocks[block].rows[at], shapes[block]
            words = [self.page.words_in(parts[c].start, parts[c].end) for c in (Column.FORENAME, Column.SURNAME)]
            if all(words) and all(w.capital for part in words for w in part) and not self._serves(row):
                both = (*words[0], *words[1])
                start, end = min(w.start for w in both), max(w.end for w in both)
                name = Name(0, start, end, (), both, True, (), True)
                yield name, _member(shape.cell(row, Column.ROLE), shape.cell(row, Column.AGENCY))

    # Items and lines

    def _in_item(self, text: str, before: str, after: str) -> PanelMember | None:
        if RELATIVE.search(fold(text)) or self.others.search(fold(text)) or NOT_A_MEMBER.search(text):
            return None
        if not (_begins(before) or SEPARATED.search(before) or self._after_post(before)):
            return None
        if not ITEM_AFTER.search(after):
            return None
        said = _read(before, after)
        return _member(said.role, said.agency, also=before if self._after_post(before) else "")

    def _after_post(self, before: str) -> bool:
        """Whether nothing but a post in capitals stands before the name: "Independent Chair Dr ..."."""
        return len(before) <= BEFORE and all(word[0].isupper() or len(word) < 4 for word in before.split())

    def _is_line(self, text: str, before: str, after: str) -> bool:
        """Whether a paragraph is one line of a list without bullets ("Maud Perrine, Named Nurse, Larch Trust")."""
        whole = len(text.split()) <= 25 and not text.rstrip().endswith(".")
        separated = bool(re.match(r"(?:[,:\t(]| [–—-] | \(|$)", after))
        return whole and separated and (_begins(before) or bool(re.search(r"(?::|[–—-]) ?$", before)))

    # Prose

    def _in_prose(self, name: Name, slot: Slot) -> PanelMember | None:
        sentence, before, after, told = self._sentences(name, slot)
        item = fold(re.split(r"[;.]", after)[0][:80])
        if (
            NOT_A_MEMBER.search(sentence)
            or RELATIVE.search(item)
            or self.others.search(item)
            or _is_possessive(after)
        ):
            return None
        if SAT.search(fold(after)) and not ENDS_LISTING.search(fold(before)):
            return _member("", "")
        continues = _is_fragment(sentence, before) and LISTING.search(fold(told))
        if not (continues or _is_listing_still(fold(before))):
            return None
        if not (SEPARATED.search(before) and ITEM_AFTER.search(after)):
            return None
        own = self.page.text[name.end : self._next(name, slot.end)]
        label = LABEL_BEFORE.search(before)
        said = _read(f"{label['label']}:" if label else "", re.split(r";|\. ", own)[0])
        post_before = POST_BEFORE.search(fold(before))
        return _member(said.role, said.agency, also=post_before.group() if post_before else "")

    def _sentences(self, name: Name, slot: Slot) -> tuple[str, str, str, str]:
        """The sentence of a name; it up to the name and from it; and the paragraph before it."""
        text = self.page.text
        low = max((m.end() for m in SENTENCE.finditer(text, slot.start, name.start)), default=slot.start)
        end = SENTENCE.search(text, name.end, slot.end)
        high = end.start() + 1 if end else slot.end
        before = ABBREVIATED.sub("", text[low : name.start])
        return text[low:high], before, text[name.end : high], text[slot.start : low]


NO_PART = re.compile(r"and|then|the|apologies|(?:\w+ )?meetings?(?: .*)?")
UNTIL = re.compile(r"(?:^|[,( ])(?:who|until|then|replaced|from [A-Z]?[a-z]* ?\d)\b")
ABBREVIATED = re.compile(r"\b[A-Z][a-z]{1,4}\. $")  # a title that no name takes up: "Cdr. "
SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|Fr|Sr))(?<!\b(?:Mrs|Rev|Cdr|Det|Sgt|Hon))(?<!\b(?:Prof|Cllr|Insp|Supt|Revd|Capt))"
    r"\.\s+(?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The post and the agency that stand beside a name."""

    role: str = ""
    agency: str = ""


def _is_name_cell(shape: Shape, slot: Slot, before: str) -> bool:
    """Whether a cell of the table's body may hold a member's name, and the name stands in it as an entry does."""
    if slot.row < shape.header_rows:
        return False
    if shape.has(Column.NAME):
        return shape.columns[slot.column] is Column.NAME
    return _begins(before) or bool(SEPARATED.search(before))


def _told_in_row(shape: Shape, row: tuple[str, ...], column: int, others: Sequence[str], beside: Said) -> Said:
    """Post and agency from the other cells of a row: by their headers, else by their place and words."""
    if shape.has(Column.ROLE) and shape.columns[column] is not Column.ROLE:
        return Said(shape.cell(row, Column.ROLE), shape.cell(row, Column.AGENCY))
    if len(others) >= 2 and not shape.has(Column.AGENCY):
        return Said(others[0], others[-1])
    first = others[0] if others and not shape.has(Column.ROLE) else ""
    only = shape.cell(row, Column.AGENCY) or first
    is_post = not shape.has(Column.AGENCY) and not beside.role and bool(ROLE.search(fold(only)))
    return Said(only, "") if is_post or CHAIR.search(fold(only)) else Said("", only)


def _is_possessive(after: str) -> bool:
    return after[:2] in ("'s", "’s")


def _is_listing_still(before: str) -> bool:
    """Whether a sentence began to list the members before a name, and has not turned to other people since."""
    began = max((m.end() for m in LISTING.finditer(before)), default=None)
    return began is not None and not ENDS_LISTING.search(before[began:])


def _begins(before: str) -> bool:
    return len(before) <= FIRST


def _is_fragment(sentence: str, before: str) -> bool:
    """Whether a sentence is an item of a list: it begins with the name and holds no verb."""
    return _begins(before) and not FRAGMENT_VERB.search(fold(sentence))


def _member(role: str, agency: str, also: str = "") -> PanelMember:
    told = fold(f"{role} {also}")
    chair = bool(CHAIR.search(told)) and not NO_CHAIR.search(told)
    return PanelMember("", role, agency, chair=chair)


def _read(before: str, after: str) -> Said:
    """The post and agency from what stands before and after a name, on whichever side they are."""
    parts = _parts(after)
    if parts:
        left = _parts(before)
        if not left or not re.search(r"[:–—-] ?$", before):
            return _told(parts)
        return Said(", ".join(parts), ", ".join(left)) if not ROLE.search(fold(left[0])) else _told([*left, *parts])
    return _told(_parts(before)) if re.search(r"(?::|[–—-]) ?$", before) else Said()


def _told(parts: Sequence[str]) -> Said:
    """A post first, then an agency, unless what is first is no post and something later is."""
    if not parts:
        return Said()
    if len(parts) > 1 and not ROLE.search(fold(parts[0])) and ROLE.search(fold(parts[-1])):
        return Said(parts[-1], ", ".join(parts[:-1]))
    return Said(parts[0], ", ".join(parts[1:]))


def _parts(text: str) -> list[str]:
    """The pieces between separators; what is told of somebody else or of when it was is left off."""
    text = UNTIL.split(text)[0]
    pieces = (piece.strip(" .;–—-&/\t") for piece in re.split(r",| [–—-] |[():]", text))
    pieces = (re.sub(r"^of (?=[A-Z])|^from (?=[A-Z])|^the (?=[A-Z])|\s+and$", "", piece) for piece in pieces)
    return [piece for piece in pieces if piece and not NO_PART.fullmatch(piece)]
