"""Narrow boxes at the side of a PDF without tags: their paragraphs are whole, lists of names stay lists."""

from __future__ import annotations

import pytest
import typst

from pipeline.extract import read_here
from pipeline.models import DocumentKind

_LONG = (
    "The Panel heard that she had asked for help on five occasions in the year before her death, that nobody had "
    "written down what she said, and that the people who knew of it thought that somebody else would act upon it."
)
_WIDE = f"{_LONG} {_LONG}"


def _texts(source: str) -> list[str]:
    head = '#set page(paper: "a4")\n#set text(size: 11pt)\n'
    return [b.text for b in read_here(bytes(typst.compile((head + source).encode())), DocumentKind.OVERVIEW).blocks]


@pytest.mark.parametrize("box", ["inset: 4pt, stroke: 1pt", "inset: 4pt", ""])
def test_the_paragraph_of_a_narrow_box_is_whole(box: str) -> None:
    source = f"= Overview Report\n{_WIDE}\n\n#block(width: 6cm, {box})[{_LONG}]\n\n{_WIDE}"
    assert _texts(source)[1:] == [_WIDE, _LONG, _WIDE]


def test_a_list_of_names_is_no_paragraph_of_a_narrow_box() -> None:
    names = [
        "Martin Hallow, Anytown Police", "Gosia Larchwood, Adult Safeguarding", "Denise Fell, Housing Association",
        "Ikenna Thorne, Midwifery Team", "Philippa Stone, Probation Service", "Grace Marlow, Children's Services",
    ]  # fmt: skip
    listed = " #linebreak() ".join(names)
    source = f"= Overview Report\n#set smartquote(enabled: false)\n{_WIDE}\n\n{listed}\n\n{_WIDE}"
    assert _texts(source)[1:] == [_WIDE, *names, _WIDE]
