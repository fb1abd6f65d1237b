"""Keys of warnings, and lists of places in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pipeline.models import DocumentKind

_PLACES = 6


def key(code: str, document: DocumentKind, *parts: str) -> str:
    """A warning's key: the same while it is about the same words, whatever else changes; says nothing of anybody."""
    text = "\x1f".join((code, document.value, *parts))
    return f"warning-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def places(found: Iterable[str]) -> str:
    """'1.1, 11.2 and 12.2', each once, the first few."""
    names = list(dict.fromkeys(found))
    if len(names) > _PLACES:
        return f"{', '.join(names[:_PLACES])} and {len(names) - _PLACES} other places"
    return listed(names)


def listed(names: Sequence[str]) -> str:
    """'a, b and c'."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
