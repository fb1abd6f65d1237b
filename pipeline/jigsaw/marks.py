"""Keys of warnings, and lists of places in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from pipeline.jigsaw.rules import NAME
from pipeline.models import DocumentKind

_MASKED = re.compile(f"{NAME}+")


def key(code: str, document: DocumentKind, *parts: str) -> str:
    """A warning's key: the same while it is about the same words, whatever else changes; says nothing of anybody."""
    text = "\x1f".join((code, document.value, *parts))
    return f"warning-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def wording(masked: str) -> str:
    """A passage for a key: every word that stays, and one mark where a name stood, however long the name was."""
    return " ".join(_MASKED.sub(NAME, masked).casefold().split())


def places(found: Iterable[str]) -> str:
    """'1.1, 11.2 and 12.2', each once and all of them: whoever accepts a warning has seen what it is about."""
    return listed(list(dict.fromkeys(found)))


def listed(names: Sequence[str]) -> str:
    """'a, b and c'."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
