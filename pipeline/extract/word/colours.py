"""Colours in a Word document: plain ones, those of its theme, patterns; and whether one can be read on another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.extract.word.xml import A, W

Theme = Mapping[str, str]  # "dk1", "lt1", "accent1" ... -> six hexadecimal digits

AUTO = "auto"
# Word's names for the theme's colours -> the names in the theme.
_THEME_NAMES = {
    "text1": "dk1", "dark1": "dk1", "tx1": "dk1", "background1": "lt1", "light1": "lt1", "bg1": "lt1",
    "text2": "dk2", "dark2": "dk2", "tx2": "dk2", "background2": "lt2", "light2": "lt2", "bg2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE: Theme = {"dk1": "000000", "lt1": "FFFFFF"}
_DARK = 0.1  # relative luminance (WCAG 2.2), 0 black to 1 white
_DARK_ON_DARK = 2.3  # contrast below which dark words on a dark ground are a bar
_INVISIBLE = 1.15


def read_theme(root: Any) -> Theme:
    """The colours of an a:theme, or Office's black and white where there is none."""
    scheme = None if root is None else next(root.iter(A + "clrScheme"), None)
    if scheme is None:
        return _OFFICE
    colours = dict(_OFFICE)
    for entry in scheme:
        for colour in entry:
            digits = _hex(colour.get("lastClr") or colour.get("val"))
            if digits and isinstance(entry.tag, str):
                colours[entry.tag.rsplit("}", 1)[-1]] = digits
    return colours


def theme_colour(name: str, theme: Theme) -> str:
    """Six digits, or "" for a colour that the theme does not name."""
    return theme.get(_THEME_NAMES.get(name, name), "")


def colour_of(element: Any, theme: Theme) -> str:
    """The colour of a w:color: digits or "auto"."""
    given = _hex(element.get(W + "val"))
    return given or theme_colour(str(element.get(W + "themeColor", "")), theme) or AUTO


def fill_of(element: Any, theme: Theme) -> str:
    """The background of a w:shd: digits, or "" for none. A pattern is the mixture of its two colours."""
    pattern = str(element.get(W + "val", "clear"))
    back = _hex(element.get(W + "fill")) or theme_colour(str(element.get(W + "themeFill", "")), theme)
    share = {"clear": 0.0, "nil": 0.0, "solid": 1.0}.get(pattern)
    if share is None:
        percent = re.fullmatch(r"pct(\d{1,3})", pattern)
        share = int(percent[1]) / 100 if percent else 0.0
    if share == 0:
        return back
    front = _hex(element.get(W + "color")) or theme_colour(str(element.get(W + "themeColor", "")), theme) or "000000"
    return _mixed(front, back or "FFFFFF", share)


def _hex(text: str | None) -> str:
    return text.upper() if text and re.fullmatch(r"[0-9A-Fa-f]{6}", text) else ""


def _channels(digits: str) -> tuple[int, int, int]:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _mixed(front: str, back: str, share: float) -> str:
    pairs = zip(_channels(front), _channels(back), strict=True)
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def luminance(digits: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = [c / 255 for c in _channels(digits)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_dark(digits: str) -> bool:
    return luminance(digits) < _DARK


def is_unreadable(words: str, ground: str) -> bool:
    """Whether words of this colour on this ground are not seen: dark on dark, or two colours that are all but one."""
    a, b = luminance(words), luminance(ground)
    contrast = (max(a, b) + 0.05) / (min(a, b) + 0.05)
    return contrast < _INVISIBLE or (max(a, b) < _DARK and contrast < _DARK_ON_DARK)
