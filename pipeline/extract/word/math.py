"""A formula in a Word document (OMML) in one line: "1/2", "x^2"."""

from __future__ import annotations

from typing import Any

from pipeline.extract.word.xml import W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = {W + "del", W + "moveFrom"}


def math_text(element: Any) -> str:
    """What an m:oMath shows."""
    tag = element.tag
    if tag == _M + "t":
        return str(element.text or "")
    if tag in _DELETED or not isinstance(tag, str):
        return ""
    if tag == _M + "f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if tag == _M + "sSup":
        return f"{_part(element, 'e')}^{_part(element, 'sup')}"
    if tag == _M + "sSub":
        return f"{_part(element, 'e')}_{_part(element, 'sub')}"
    if tag == _M + "rad":
        return f"{_part(element, 'deg')}√({_part(element, 'e')})"
    if tag == _M + "d":
        return f"({', '.join(math_text(e) for e in element.findall(_M + 'e'))})"
    return "".join(math_text(child) for child in element)


def _part(element: Any, name: str) -> str:
    found = element.find(_M + name)
    return "" if found is None else math_text(found)
