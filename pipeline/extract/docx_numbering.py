"""Word's automatic numbering, as it is printed.

Word stores no numbers, only the rule for them (ECMA-376 part 1, 17.9); a report that cites "paragraph 4.12" needs
the number itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.docx_styles import W

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # level (from 1) whose step restarts this one; 0 for never; None for any higher
    all_decimal: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: `text` as printed ("" for a bullet) and the depth of its list from 0."""

    text: str
    depth: int


@dataclass(slots=True)
class Numbering:
    """Counts through a document in reading order; call `label` once for each numbered paragraph."""

    levels: dict[str, dict[int, Level]]  # numId -> levels
    abstract: dict[str, str]  # numId -> abstractNumId: lists of one abstract definition share their counters
    restarted: set[str]  # numIds with a start of their own
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> Label | None:
        """The next label of a list, or None for text without numbering."""
        levels = self.levels.get(number_id)
        if number_id == "0" or levels is None:
            return None
        level = levels.get(depth, Level())
        if level.format in {"bullet", "none"}:
            return Label("", depth) if level.format == "bullet" else None
        key = number_id if number_id in self.restarted else "a" + self.abstract.get(number_id, number_id)
        counts = self._counts.setdefault(key, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            rule = levels.get(deeper, Level()).restart
            if rule is None or (rule > 0 and depth < rule):
                del counts[deeper]
        return Label(_printed(level, levels, counts), depth)


def read_numbering(root: Any) -> Numbering:
    """From w:numbering, or None where the document has none."""
    if root is None:
        return Numbering({}, {}, set())
    definitions = {}
    for abstract in root.findall(W + "abstractNum"):
        definitions[abstract.get(W + "abstractNumId", "")] = {
            _value(level.get(W + "ilvl")): _level(level) for level in abstract.findall(W + "lvl")
        }
    levels: dict[str, dict[int, Level]] = {}
    owner: dict[str, str] = {}
    restarted = set()
    for number in root.findall(W + "num"):
        key = number.get(W + "numId", "")
        reference = number.find(W + "abstractNumId")
        owner[key] = "" if reference is None else reference.get(W + "val", "")
        levels[key] = dict(definitions.get(owner[key], {}))
        for override in number.findall(W + "lvlOverride"):
            depth = _value(override.get(W + "ilvl"))
            start, own = override.find(W + "startOverride"), override.find(W + "lvl")
            base = _level(own) if own is not None else levels[key].get(depth, Level())
            if start is not None:
                restarted.add(key)
                base = Level(_value(start.get(W + "val")), base.format, base.text, base.restart, base.all_decimal)
            levels[key][depth] = base
    return Numbering(levels, owner, restarted)


def _level(element: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = element.find(W + name)
        return default if found is None else found.get(W + "val", default)

    restart = value("lvlRestart", "")
    return Level(
        start=_value(value("start", "1")),
        format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        restart=_value(restart) if restart else None,
        all_decimal=element.find(W + "isLgl") is not None,
    )


def _value(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else 0


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    def part(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = levels.get(depth, Level())
        count = counts.get(depth, other.start)
        return count_in_words(count, "decimal" if level.all_decimal else other.format)

    return re.sub(r"%([1-9])", part, level.text).strip()


def count_in_words(count: int, style: str) -> str:
    """A count in one of Word's number formats: 3 -> "3", "c", "C", "iii", "III", "03"."""
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * min(20, (count - 1) // 26 + 1) if count > 0 else ""
        return letter if style == "lowerLetter" else letter.upper()
    if style in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if style == "lowerRoman" else roman.upper()
    if style == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    text = ""
    rest = min(count, 4000)
    for value, letters in _ROMAN:
        while rest >= value:
            text += letters
            rest -= value
    return text
