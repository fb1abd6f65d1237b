"""Names and values in a Word document's XML (ECMA-376), and the branch of it that Word shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the letter that every document binds it to
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_OFF = {"0", "false", "off", "none"}
_KNOWN = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:")


def value_of(parent: Any, name: str, default: str = "") -> str:
    """w:val of a child of this name in the main namespace; `default` where there is none."""
    found = None if parent is None else parent.find(W + name)
    return default if found is None else str(found.get(W + "val", default))


def whole_number(text: str | None, default: int = 0) -> int:
    """An attribute as a number; a measure in a unit ("12pt") is the default."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def switched_on(properties: Any, name: str) -> bool | None:
    """A toggle such as w:b or w:vanish: True, False, or None where it is not given."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else is_on(found)


def is_on(element: Any) -> bool:
    return str(element.get(W + "val", "1")).lower() not in _OFF


def shown_branch(alternate: Any) -> Any:
    """The branch of mc:AlternateContent that Word shows; the others repeat the same thing for other programs."""
    for choice in alternate.findall(MC + "Choice"):
        needed = choice.get("Requires", "").split()
        spaces = [choice.nsmap.get(prefix) or "" for prefix in needed]
        if all(space.startswith(_KNOWN) for space in spaces):
            return choice
    fallback = alternate.find(MC + "Fallback")
    return () if fallback is None else fallback


def all_of(root: Any, name: str) -> Iterator[Any]:
    return iter(()) if root is None else root.iter(W + name)
