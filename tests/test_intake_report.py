"""What the officer is told of what was left out of a report."""

from __future__ import annotations

import pytest

from pipeline.intake_report import in_words, lines, other_reference, shown
from pipeline.models import Block, BlockKind, Document, DocumentKind, LeftOut, Notice


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((), ""),
        ((3,), "page 3"),
        ((3, 4), "pages 3 and 4"),
        ((2, 3, 4, 5), "pages 2 to 5"),
        ((9, 1, 4, 7, 8, 4), "pages 1, 4 and 7 to 9"),
    ],
)
def test_pages_in_words(pages: tuple[int, ...], words: str) -> None:
    assert in_words(pages) == words


def test_each_thing_that_was_left_out_is_shown_once_with_its_pages() -> None:
    header = Notice("running_header_footer", 1, "One running header was left out.", (LeftOut("SSP/DHR", (1, 2, 3)),))
    comment = Notice("comment", 2, "2 comments were left out.")
    document = Document(DocumentKind.OVERVIEW, (), notices=(header, comment))
    assert list(lines(document)) == [
        "Note: One running header was left out.",
        "  “SSP/DHR”, pages 1 to 3",
        "Note: 2 comments were left out.",
    ]


def test_long_lines_are_cut_many_are_counted_and_nothing_steers_the_terminal() -> None:
    items = (LeftOut("\x1b[2Jgone" + "x" * 300, (1,)), *(LeftOut(f"Chapter {n}") for n in range(20)))
    told = list(shown(Notice("running_header_footer", 21, "21 were left out.", items)))
    assert told[0].endswith("…”, page 1")
    assert "\x1b" not in told[0]
    assert len(told[0]) < 120
    assert told[1] == "“Chapter 0”"
    assert told[-1] == "and 9 more"
    assert len(told) == 13


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Reference: SSP/DHR/2019/02", False),
        ("ssp/dhr/2019/02", False),
        ("SSP/DHR/2024/01, once SSP/DHR/2019/02", False),
        ("An Overview Report", False),
        ("Reference: SSP/DHR/2024/01", True),
        ("Crime 12/34", False),
    ],
)
def test_a_report_with_another_reference_is_told_of(line: str, told: bool) -> None:
    document = Document(DocumentKind.OVERVIEW, (Block(BlockKind.HEADING, "Review"), Block(BlockKind.PARAGRAPH, line)))
    assert bool(other_reference(document, "SSP/DHR/2019/02")) is told
