"""What a Word style means for reading: heading level, list numbering, quotation, contents entry, hidden, bold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """`level` 1 to 9 for a heading, else 0; `numbering` is (numId, ilvl) or None."""

    name: str = ""
    level: int = 0
    numbering: tuple[str, int] | None = None
    hidden: bool = False
    bold: bool = False

    @property
    def is_title(self) -> bool:
        return self.name == "title"

    @property
    def is_contents(self) -> bool:
        return bool(re.match(r"toc( |\d|$)|contents( |$)|table of figures", self.name))

    @property
    def is_contents_heading(self) -> bool:
        return self.name in {"toc heading", "contents heading"}

    @property
    def is_quote(self) -> bool:
        return bool(re.search(r"\bquot|block text", self.name))


def switched_on(properties: Any, name: str) -> bool | None:
    """A toggle such as w:b or w:vanish: True, False, or None where it is not given."""
    found = None if properties is None else properties.find(W + name)
    if found is None:
        return None
    return found.get(W + "val", "1").lower() not in _OFF


def numbering_of(paragraph_properties: Any) -> tuple[str, int] | None:
    """(numId, ilvl) of a w:pPr; numId "0" takes a style's numbering away."""
    found = None if paragraph_properties is None else paragraph_properties.find(W + "numPr")
    if found is None:
        return None
    number, level = found.find(W + "numId"), found.find(W + "ilvl")
    if number is None:
        return None
    return number.get(W + "val", "0"), _integer(level, 0)


def outline_level(paragraph_properties: Any) -> int | None:
    """Heading level 1 to 9 from w:outlineLvl; 0 for body text; None where it is not given."""
    found = None if paragraph_properties is None else paragraph_properties.find(W + "outlineLvl")
    if found is None:
        return None
    level = _integer(found, 9)
    return level + 1 if 0 <= level < 9 else 0


def _integer(element: Any, default: int) -> int:
    value = "" if element is None else element.get(W + "val", "")
    return int(value) if re.fullmatch(r"\d{1,4}", value) else default


def read_styles(root: Any) -> dict[str, Style]:
    """Style id -> Style, with what each takes from the style that it is based on. `root` is w:styles or None."""
    if root is None:
        return {}
    elements = {e.get(W + "styleId", ""): e for e in root.iter(W + "style")}
    done: dict[str, Style] = {}

    def resolve(key: str, seen: tuple[str, ...]) -> Style:
        if key in done:
            return done[key]
        if key not in elements or key in seen or len(seen) > 20:
            return Style()
        element = elements[key]
        based = element.find(W + "basedOn")
        parent = resolve(based.get(W + "val", ""), (*seen, key)) if based is not None else Style()
        done[key] = _own(element, parent)
        return done[key]

    for key in elements:
        resolve(key, ())
    return done


def _own(element: Any, parent: Style) -> Style:
    paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
    name_element = element.find(W + "name")
    name = ("" if name_element is None else name_element.get(W + "val", "")).strip().lower()
    level = outline_level(paragraph)
    named = re.match(r"heading (\d)$", name)
    if named and level is None:
        level = int(named[1])
    hidden, bold = switched_on(run, "vanish"), switched_on(run, "b")
    return replace(
        parent,
        name=name or parent.name,
        level=parent.level if level is None else level,
        numbering=numbering_of(paragraph) or parent.numbering,
        hidden=parent.hidden if hidden is None else hidden,
        bold=parent.bold if bold is None else bold,
    )
