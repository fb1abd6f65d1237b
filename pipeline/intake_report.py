"""What the officer is told of a report that was taken in: what was left out of it, and where that stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.models import Document, LeftOut, Notice

_LONGEST = 100  # characters of one line that was left out
_MOST = 12  # lines shown of one sort
_OPENING = 12  # blocks in which a report gives its reference


def other_reference(document: Document, reference: str) -> tuple[Notice, ...]:
    """A notice where the title page gives references of this kind and none of them is the case's.

    Such a report may be of another case: its people would be taken for this one's.
    """
    shape = re.sub(r"\d+", r"\\d+", re.sub(r"[A-Za-z]+", "[A-Za-z]+", re.escape(reference)))
    opening = " ".join(block.text for block in document.blocks[:_OPENING])
    found = {match.group().casefold() for match in re.finditer(rf"(?<!\w){shape}(?!\w)", opening)}
    if not found or reference.casefold() in found:
        return ()
    return (Notice("other-reference", 1, "The title page has another reference: is it the right file?"),)


def lines(document: Document) -> Iterator[str]:
    """The notices of a document, each with what was left out and on which pages, for a terminal."""
    for notice in document.notices:
        yield f"Note: {notice.message}"
        yield from (f"  {line}" for line in shown(notice))


def shown(notice: Notice) -> Iterator[str]:
    """'“Page # of 12”, pages 2 to 12': a line for each thing, as printed; long ones cut, the last ones counted."""
    for item in notice.items[:_MOST]:
        yield _item(item)
    more = len(notice.items) - _MOST
    if more > 0:
        yield f"and {more} more"


def _item(item: LeftOut) -> str:
    # What a document holds must not steer the terminal.
    text = "".join(c if c.isprintable() else " " for c in item.text)
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    where = in_words(item.pages)
    return ", ".join(filter(None, (f"“{cut}”" if cut else "", where)))


def in_words(pages: Sequence[int]) -> str:
    """'page 3', 'pages 1, 4 and 7 to 9'; "" for none."""
    runs = []
    for _, run in groupby(enumerate(sorted(set(pages))), key=lambda numbered: numbered[1] - numbered[0]):
        numbers = [page for _, page in run]
        whole = f"{numbers[0]} to {numbers[-1]}"
        runs.extend([whole] if len(numbers) > 2 else [str(number) for number in numbers])
    if not runs:
        return ""
    listed = " and ".join(filter(None, (", ".join(runs[:-1]), runs[-1])))
    return f"{'page' if len(set(pages)) == 1 else 'pages'} {listed}"
