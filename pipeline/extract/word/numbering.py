"""Word's automatic numbering, as it is printed.

Word stores no numbers, only the rule for them (ECMA-376 part 1, 17.9); a report that cites "paragraph 4.12" needs
the number itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.extract.word.counts import count_as_printed
from pipeline.extract.word.xml import MC, W, is_on, shown_branch, value_of, whole_number

_MOST_LINKS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `style` is the paragraph style that is numbered at this level; `indent` in twentieths of
    a point."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # level (from 1) whose step restarts this one; 0 for never; None for any higher
    all_decimal: bool = False
    style: str = ""
    indent: int = 0
    picture: bool = False  # its bullet is a small picture


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: `text` as printed ("" for a bullet) and the depth of its list from 0."""

    text: str
    depth: int
    indent: int = 0


@dataclass(slots=True)
class Numbering:
    """Counts through a document in reading order; call `label` once for each numbered paragraph."""

    levels: dict[str, dict[int, Level]]  # numId -> levels
    abstract: dict[str, str]  # numId -> abstractNumId: lists of one abstract definition share their counters
    restarts: dict[str, set[int]]  # numId -> levels that start again where this numId is first used
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> Label | None:
        """The next label of a list; None for text that is not numbered, or numbered with nothing."""
        levels = self.levels.get(number_id)
        if number_id == "0" or levels is None:
            return None
        level = levels.get(depth, Level())
        if level.format == "bullet":
            # A level without any sign, as some converters write for plain text, prints nothing.
            return Label("", depth, level.indent) if level.text.strip() or level.picture else None
        counts = self._counts.setdefault(self.abstract.get(number_id, "n" + number_id), {})
        self._step(number_id, depth, levels, counts)
        text = _printed(level, levels, counts)
        return Label(text, depth, level.indent) if text else None

    def _step(self, number_id: str, depth: int, levels: dict[int, Level], counts: dict[int, int]) -> None:
        level = levels.get(depth, Level())
        again = self.restarts.get(number_id, set())
        if depth in again:
            again.discard(depth)
            counts[depth] = level.start
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        for higher in range(depth):
            # A level that was passed over counts as begun: after "1.1" the next first level is "2".
            counts.setdefault(higher, levels.get(higher, Level()).start)
        for deeper in [d for d in counts if d > depth]:
            rule = levels.get(deeper, Level()).restart
            if rule is None or (rule > 0 and depth < rule):
                del counts[deeper]

    def depth_of_style(self, number_id: str, style: str) -> int | None:
        """The level of this list that is the style's."""
        levels = self.levels.get(number_id, {})
        return next((depth for depth, level in levels.items() if style and level.style == style), None)


def read_numbering(root: Any, style_lists: dict[str, str]) -> Numbering:
    """From w:numbering, or None where the document has none.

    style_lists  list style -> its numId, for definitions that only refer to such a style
    """
    if root is None:
        return Numbering({}, {}, {})
    own: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for element in root.findall(W + "abstractNum"):
        key = element.get(W + "abstractNumId", "")
        own[key] = {whole_number(level.get(W + "ilvl")): _level(level) for level in element.findall(W + "lvl")}
        links[key] = value_of(element, "numStyleLink")
    of_number = {n.get(W + "numId", ""): value_of(n, "abstractNumId") for n in root.findall(W + "num")}

    def defined(key: str) -> str:
        for _ in range(_MOST_LINKS):
            if own.get(key) or not links.get(key):
                break
            key = of_number.get(style_lists.get(links[key], ""), "")
        return key

    owner = {number: defined(key) for number, key in of_number.items()}
    levels: dict[str, dict[int, Level]] = {}
    restarts: dict[str, set[int]] = {}
    for number in root.findall(W + "num"):
        key = number.get(W + "numId", "")
        levels[key] = dict(own.get(owner[key], {}))
        for override in number.findall(W + "lvlOverride"):
            depth = whole_number(override.get(W + "ilvl"))
            start, given = override.find(W + "startOverride"), override.find(W + "lvl")
            base = _level(given) if given is not None else levels[key].get(depth, Level())
            if start is not None:
                restarts.setdefault(key, set()).add(depth)
                base = replace(base, start=whole_number(start.get(W + "val")))
            levels[key][depth] = base
    return Numbering(levels, owner, restarts)


def _level(element: Any) -> Level:
    restart = value_of(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    indent = element.find(f"{W}pPr/{W}ind")
    return Level(
        start=whole_number(value_of(element, "start", "1")),
        format=_format(element),
        text=value_of(element, "lvlText"),
        restart=whole_number(restart) if restart else None,
        all_decimal=legal is not None and is_on(legal),
        style=value_of(element, "pStyle"),
        indent=0 if indent is None else whole_number(indent.get(W + "left") or indent.get(W + "start")),
        picture=element.find(W + "lvlPicBulletId") is not None,
    )


def _format(level: Any) -> str:
    """A format that later versions of Word added ("01, 02, 03") stands beside a plain one for older ones."""
    found = level.find(W + "numFmt")
    alternate = level.find(MC + "AlternateContent")
    if alternate is not None:
        branch = shown_branch(alternate)
        inside = branch.find(W + "numFmt") if len(branch) else None
        found = found if inside is None else inside
    if found is None:
        return "decimal"
    form = str(found.get(W + "val", "decimal"))
    first = str(found.get(W + "format", "")).split(",")[0].strip()
    return "0" * len(first) if form == "custom" and first.isdigit() else form


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    def part(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = levels.get(depth, Level())
        count = counts.get(depth, other.start)
        plain = level.all_decimal and other.format not in {"none", "bullet"}
        return count_as_printed(count, "decimal" if plain else other.format)

    return re.sub(r"%([1-9])", part, level.text).strip()
