"""Pictures: none is ever published, and what stands in their place is for a reviewer to see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.jigsaw.marks import key, listed, places, wording
from pipeline.jigsaw.printed import Passage, Printed
from pipeline.jigsaw.rules import NAME
from pipeline.models import BlockKind, JigsawWarning


def pictures(page: Printed) -> list[JigsawWarning]:
    """One warning for the pictures of a document: where they stood, and what is printed instead of each.

    The words in which pictures are described make the key, and how many there are.
    """
    found = [passage for passage in page.passages if passage.kind is BlockKind.PICTURE]
    if not found:
        return []
    described = [passage for passage in found if _words(page, passage)]
    bare = len(found) - len(described)
    many = len(found) > 1
    message = f"The report has {'pictures' if many else 'a picture'} in {places(p.place for p in found)}, which "
    message += f"{'are' if many else 'is'} not published. {_instead(page, described, bare)} "
    message += "See in the source whether readers need words in place of a picture, and whether the text still fits."
    first = found[0].slot
    parts = sorted(wording(_words(page, passage)) for passage in found)
    return [JigsawWarning("picture", page.kind, first.start, first.end, message, key("picture", page.kind, *parts))]


def _instead(page: Printed, described: Sequence[Passage], bare: int) -> str:
    if not described:
        return "None has a description." if bare > 1 else "It has no description."
    texts = listed([f"“{_shown(_words(page, passage))}”" for passage in described])
    rest = f" {bare} more {'have' if bare > 1 else 'has'} none." if bare else ""
    return (
        f"Their place is taken by their description: {texts}.{rest}"
        if len(described) > 1 or bare
        else (f"Its place is taken by its description: {texts}.")
    )


def _words(page: Printed, passage: Passage) -> str:
    return page.text[passage.slot.start : passage.slot.end].strip()


def _shown(masked: str) -> str:
    return re.sub(f"{NAME}+", "…", masked)
