"""Words of a layout with what detection asks of each: its slot, its letters folded, how it is capitalised, and
whether its capital needs no explanation because a sentence starts there. A word that is spelt out letter by letter
("S a r a h", "S.A.R.A.H.") is one word, folded as if it were not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from pipeline.models import BlockKind, Document, Layout


def _of_category(*wanted: str) -> str:
    """The characters of these general categories as ranges of a pattern's character class."""
    ranges: list[list[int]] = []
    for code in range(0x20000):
        if unicodedata.category(chr(code)) in wanted:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


# Letters and digits with the marks on them: accents that no composed letter has, vowel signs of Indian scripts. A
# superscript figure beside a word is a footnote's mark, not part of it.
_UNIT = rf"[^\W_{_of_category('No')}]+(?:[{_of_category('Mn', 'Mc', 'Me')}]+[^\W_{_of_category('No')}]*)*"
# A full stop between a word and a capital is a sentence's end without its space, or a title's.
_STOP = r"\.(?!(?<=[a-z]{2}\.)[A-Z])(?!(?<=(?:Mr|Ms|Dr|St|Fr)\.)[A-Z])"
_INNER = rf"['’&-]|{_STOP}|(?<=[^\W\d_])[–@](?=[^\W\d_])"
WORD = re.compile(rf"{_UNIT}(?:(?:{_INNER}){_UNIT})*")
_APART = re.compile(r"[^\W\d_](?:[.’'&–-][^\W\d_]){2,}\.?")
_APART_BY = frozenset(" _*·•/|~+–,")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
SENTENCE_END = re.compile(
    r"(?:^|[.!?:…][\"'”’)\]]*\s+|[\n|]\s*|(?:^|[\s(\[|–—/])[\"'“‘]+|[.!?]['\"”’]\s+|\[\^\w+\]\s*|[–—]\s)[(\[\"'“‘]*$"
)
TIME_BEFORE = re.compile(r"\s\d\d?[:.]\d\d\s+$")  # "NO OFFENCES. 22:15 LONG DECLINES"
NUMBER_BEFORE = re.compile(r"\W*(?:\d+(?:[.:]\d+)*|[A-Z]\d+|[a-z]|[ivx]+)[.):]*\s+")  # "4.12 ", "(a) ", "22:15 "
INITIAL_BEFORE = re.compile(r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Fr|Prof|Rev|Revd|St)\.\s+$")
LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
        "–": "-",
        "ð": "d",
        "ħ": "h",
        "ŋ": "n",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ɔ": "o",
        "ɛ": "e",
        "ə": "e",
    }
)


class Case(StrEnum):
    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    DIGIT = "digit"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; [start, end) leaves out a possessive 's. `first` marks a sentence's first word."""

    start: int
    end: int
    text: str
    folded: str
    case: Case
    slot: int
    first: bool
    heading: bool

    @property
    def capital(self) -> bool:
        return self.case in (Case.TITLE, Case.UPPER)


def fold(text: str) -> str:
    """Lower case, without diacritics, with one kind of apostrophe: the key by which forms of a name are compared."""
    return _fold_word(text) if len(text) < 40 else _fold(text)


def _fold(text: str) -> str:
    base = unicodedata.normalize("NFD", text.casefold().translate(LETTERS))
    if base.isascii():
        return base
    return "".join(c for c in base if not unicodedata.combining(c) and unicodedata.category(c) != "Me")


_fold_word = lru_cache(maxsize=1 << 16)(_fold)


def case_of(text: str) -> Case:
    letters = [c for c in text if c.isalpha()]
    if not letters or text[0].isdigit():
        return Case.DIGIT
    if len(letters) > 1 and all(c.isupper() or not c.islower() for c in letters):
        return Case.UPPER
    return Case.TITLE if text[0].isupper() or any(c.isupper() for c in letters) else Case.LOWER


def words_of(document: Document, layout: Layout) -> tuple[Word, ...]:
    """The words of every slot in order."""
    found = []
    for number, slot in enumerate(layout.slots):
        heading = document.blocks[slot.block].kind is BlockKind.HEADING
        text = layout.text[slot.start : slot.end]
        for start, end, letters in _words_in(text):
            before = text[max(0, start - 12) : start]
            untimed = TIME_BEFORE.sub(" ", before)
            ends = SENTENCE_END.search(untimed) and not INITIAL_BEFORE.search(before)
            first = not start or bool(ends or (start <= 12 and NUMBER_BEFORE.fullmatch(before)))
            word = text[start:end]
            folded, case = fold(letters), case_of(letters)
            found.append(Word(slot.start + start, slot.start + end, word, folded, case, number, first, heading))
    return tuple(found)


def _words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """[start, end) of each word without its possessive, and its letters: the same text, unless it is spelt out."""
    run: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        if run and not _continues(text, run, match):
            yield from _read_run(text, run)
            run = []
        run.append(match)
    yield from _read_run(text, run)


def _continues(text: str, run: Sequence[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether a match is one more letter of a word that is spelt out with one sign between all its letters."""
    gap = text[run[-1].end() : match.start()]
    if len(gap) != 1 or gap not in _APART_BY or not (_one_letter(run[-1]) and _one_letter(match)):
        return False
    return len(run) == 1 or gap == text[run[-1].start() - 1]


def _one_letter(match: re.Match[str]) -> bool:
    return match.end() - match.start() == 1 and match.group().isalpha()


def _read_run(text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    letters = "".join(m.group() for m in run) if len(run) > 2 else ""
    if letters and _spells(letters):
        cuts = [0, *(i for i in range(1, len(run)) if letters[i].isupper() and letters[i - 1].islower()), len(run)]
        for low, high in pairwise(cuts):
            yield run[low].start(), run[high - 1].end(), letters[low:high]
        return
    for match in run:
        word = POSSESSIVE.sub("", match.group()).rstrip(".")
        joined = re.sub(r"[^\w]", "", word) if _APART.fullmatch(word) else ""
        yield match.start(), match.start() + len(word), joined if joined and _spells(joined) else word


def _spells(letters: str) -> bool:
    """Whether single letters spell a word: four or more that are no alphabet ("A B C D"), or three as in "I a n"."""
    if len(letters) == 3:
        return letters[0].isupper() and letters[1:].islower()
    codes = [ord(c) for c in letters.casefold()]
    counted = all(b - a == 1 for a, b in pairwise(codes))
    return len(letters) > 3 and not counted and len(set(codes)) > 2


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: its header (folded), its row's first header cell, and the row's other cells."""

    header: str
    row: tuple[str, ...]
    column: int


def cells_of(document: Document, layout: Layout) -> Mapping[int, Cell]:
    """Slot number -> Cell, for the slots that are cells of a table's body."""
    cells: dict[int, Cell] = {}
    for number, slot in enumerate(layout.slots):
        if slot.row < 0:
            continue
        block = document.blocks[slot.block]
        if slot.row < block.header_rows:
            continue
        header = fold(block.rows[0][slot.column]) if block.header_rows else ""
        cells[number] = Cell(header, block.rows[slot.row], slot.column)
    return cells
