"""How words look: what run properties say of bold, hidden, size, colour, background and language."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from pipeline.extract.word.colours import Theme, colour_of, fill_of
from pipeline.extract.word.xml import W14, W, is_on, whole_number

HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
    "none": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looks:
    """Run properties; None is "nothing said".

    size in half-points, scale in per cent of a letter's width; colours as six hexadecimal digits, "auto" for whatever
    can be read on the ground, "" for no background; `painted` where an effect fills or outlines the letters;
    `language`, `right_language` and `east_language` are for letters of the three kinds of script
    """

    bold: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    web_hidden: bool | None = None
    size: int | None = None
    scale: int | None = None
    colour: str | None = None
    highlight: str | None = None
    fill: str | None = None
    painted: bool | None = None
    right_to_left: bool | None = None
    language: str | None = None
    right_language: str | None = None
    east_language: str | None = None
    font: str | None = None

    def over(self, base: Looks) -> Looks:
        """These properties where they say something, those of `base` where they do not."""
        if self is NOTHING or base is NOTHING:
            return base if self is NOTHING else self
        return Looks(*(a if (a := getattr(self, n)) is not None else getattr(base, n) for n in _NAMES))


NOTHING = Looks()
_NAMES = tuple(f.name for f in fields(Looks))


def with_character_style(paragraph: Looks, character: Looks) -> Looks:
    """A character style over a paragraph's. A toggle that both switch on is off again (ECMA-376 part 1, 17.7.3)."""
    if character is NOTHING:
        return paragraph
    both = character.over(paragraph)
    if not (character.bold and paragraph.bold) and not (character.hidden and paragraph.hidden):
        return both
    toggled = {n: getattr(both, n) for n in _NAMES}
    for name in ("bold", "hidden"):
        if getattr(character, name) and getattr(paragraph, name):
            toggled[name] = False
    return Looks(**toggled)


def read_looks(properties: Any, theme: Theme) -> Looks:
    """From a w:rPr, or None."""
    if properties is None or not len(properties):
        return NOTHING
    said: dict[str, Any] = {}
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            reader(child, theme, said)
    return Looks(**said) if said else NOTHING


def _toggle(name: str) -> Any:
    def read(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
        said[name] = is_on(element)

    return read


def _number(name: str) -> Any:
    def read(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
        number = whole_number(str(element.get(W + "val", "")).rstrip("%"), -1)
        if number >= 0:
            said[name] = number

    return read


def _colour(element: Any, theme: Theme, said: dict[str, Any]) -> None:
    said["colour"] = colour_of(element, theme)


def _highlight(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
    said["highlight"] = HIGHLIGHTS.get(str(element.get(W + "val", "none")), "")


def _fill(element: Any, theme: Theme, said: dict[str, Any]) -> None:
    said["fill"] = fill_of(element, theme)


def _painted(_element: Any, _theme: Theme, said: dict[str, Any]) -> None:
    said["painted"] = True


def _language(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
    for attribute, name in (("val", "language"), ("bidi", "right_language"), ("eastAsia", "east_language")):
        if element.get(W + attribute):
            said[name] = str(element.get(W + attribute))


def _font(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
    font = element.get(W + "ascii") or element.get(W + "hAnsi")
    if font:
        said["font"] = str(font)


def _underlined(element: Any, _theme: Theme, said: dict[str, Any]) -> None:
    said["underlined"] = is_on(element)


_READERS = {
    W + "b": _toggle("bold"),
    W + "vanish": _toggle("hidden"),
    W + "webHidden": _toggle("web_hidden"),
    W + "rtl": _toggle("right_to_left"),
    W + "u": _underlined,
    W + "sz": _number("size"),
    W + "w": _number("scale"),
    W + "color": _colour,
    W + "highlight": _highlight,
    W + "shd": _fill,
    W + "lang": _language,
    W + "rFonts": _font,
    W14 + "textFill": _painted,
    W14 + "textOutline": _painted,
}
