"""Plain text and Markdown; characters; numbers."""

from __future__ import annotations

import pytest

from pipeline.errors import NoText
from pipeline.extract import read_text
from pipeline.extract.normalise import clean, join_lines, unreadable_share
from pipeline.extract.numbering import heading_number, item_number, paragraph_number
from pipeline.models import BlockKind, DocumentKind

TEXT = """# Overview Report

RESTRICTED

## 1 Introduction

1.1 She rang on 3 May,
and nobody came.[^b] Later
she wrote.[^a]

From: the Chair\\
Sent: 4 May

- first
  - nested
* second
1. counted
(b) lettered

> Mind yourselves,
> and mind one another.

| Name | Role |
|---|---|
| Martin \\| Hallow | Head |
|  | Adviser |

[^a]: Second note.
[^b]: First note,
  over two lines.
"""


def test_markdown() -> None:
    document = read_text(TEXT, DocumentKind.SUMMARY)
    assert [(b.kind.value, b.level, b.number, b.text) for b in document.blocks] == [
        ("heading", 1, "", "Overview Report"),
        ("heading", 2, "1", "Introduction"),
        ("paragraph", 0, "1.1", "She rang on 3 May, and nobody came.[^1] Later she wrote.[^2]"),
        ("paragraph", 0, "", "From: the Chair"),
        ("paragraph", 0, "", "Sent: 4 May"),
        ("list_item", 0, "", "first"),
        ("list_item", 1, "", "nested"),
        ("list_item", 0, "", "second"),
        ("list_item", 0, "1", "counted"),
        ("list_item", 0, "(b)", "lettered"),
        ("quote", 0, "", "Mind yourselves, and mind one another."),
        ("table", 0, "", ""),
        ("footnote", 0, "1", "First note, over two lines."),
        ("footnote", 0, "2", "Second note."),
    ]
    table = next(b for b in document.blocks if b.kind is BlockKind.TABLE)
    assert table.rows == (("Name", "Role"), ("Martin | Hallow", "Head"), ("", "Adviser"))
    assert table.header_rows == 1
    assert document.title == "Overview Report"
    assert {n.code: n.count for n in document.notices} == {"protective_marking": 1}


def test_plain_text_without_any_markup() -> None:
    document = read_text("The first line\ngoes on.\r\n\r\n4.12 The second.\n", DocumentKind.OVERVIEW)
    assert [(b.number, b.text) for b in document.blocks] == [("", "The first line goes on."), ("4.12", "The second.")]


def test_paragraphs_that_are_counted_through_the_report_are_no_list() -> None:
    text = "# A\n\n1. One.\n\n2. Two.\n\n1. a list\n2. of two\n\n# B\n\n3. Three.\n"
    blocks = [b for b in read_text(text, DocumentKind.OVERVIEW).blocks if b.kind is not BlockKind.HEADING]
    assert [(b.kind.value, b.number) for b in blocks] == [
        ("paragraph", "1"), ("paragraph", "2"), ("list_item", "1"), ("list_item", "2"), ("paragraph", "3"),
    ]  # fmt: skip
    alone = read_text("# A\n\n1. One.\n2. Two.\n\n# B\n\n1. One.\n2. Two.\n", DocumentKind.OVERVIEW)
    assert [b.kind.value for b in alone.blocks].count("list_item") == 4
    longer = read_text("# A\n\n1. One.\n2. Two.\n\n# B\n\n1. One.\n2. Two.\n3. Three.\n", DocumentKind.OVERVIEW)
    assert [b.kind.value for b in longer.blocks].count("list_item") == 5


@pytest.mark.parametrize("text", ["", "   \n\n", "\u200b\n", "RESTRICTED\n"])
def test_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(NoText):
        read_text(text, DocumentKind.OVERVIEW)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("e\u0301", "é"),
        ("o\ufb03ce", "office"),
        ("Dev\u00adane", "Devane"),
        ("De\u200bva\u2060ne\ufeff", "Devane"),
        ("\u202eDevane\u202c", "Devane"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("O\u02bcHara", "O’Hara"),
        ("“quoted”, it’s – so…", "“quoted”, it’s – so…"),
        ("Boadi\u2011Larbi", "Boadi-Larbi"),
        ("\uff24\uff45\uff56\uff41\uff4e\uff45", "Devane"),
        ("\U0001d403evane", "Devane"),
        ("Dev\U000e0061ane", "Devane"),
        ("a\x00b\x1b", "ab"),
        ("one \n\n two", "one\ntwo"),
    ],
)
def test_one_spelling_for_every_character(raw: str, read: str) -> None:
    assert clean(raw) == read


def test_lines_are_joined_with_care_for_hyphens() -> None:
    words = frozenset({"safeguarding", "mother-in-law"})
    assert join_lines(["the safe-", "guarding team"], words) == "the safeguarding team"
    assert join_lines(["her mother-", "in-law"], words) == "her mother-in-law"
    assert join_lines(["Ms Lindqvist-", "Barr"], words) == "Ms Lindqvist-Barr"
    assert join_lines(["in 2014-", "15"], words) == "in 2014-15"
    assert join_lines(["in 2014–", "16; he stopped —", "then ran"], words) == "in 2014–16; he stopped — then ran"
    assert join_lines(["De\u00ad", "vane"], words) == "De\u00advane".replace("\u00ad", "")
    assert join_lines(["see http://news.example/", "devane-son"], words) == "see http://news.example/devane-son"
    assert join_lines(["write to d.will@", "kestrel.example"], words) == "write to d.will@kestrel.example"


def test_letters_without_meaning() -> None:
    assert unreadable_share("") == 1.0
    assert unreadable_share("\ue001\ufffd ab") == 0.5


@pytest.mark.parametrize(
    ("text", "number"),
    [("4.12 The", "4.12"), ("A1 Akosua", "A1"), ("A.1 Akosua", "A.1"), ("3.2.7. One", "3.2.7"), ("B.4 You", "B.4"),
     ("3.30 pm he", ""), ("4.5 million", ""), ("12.05.14 she", ""), ("20.10.2011 born", ""), ("1.5-2 hours", ""),
     ("2012 was", ""), ("4.12", ""), ("5 The", ""), ("17.1 To require", "17.1"), ("4.5 to 6", "")],
)  # fmt: skip
def test_paragraph_numbers(text: str, number: str) -> None:
    assert paragraph_number(text)[0] == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 Introduction", "1"), ("1. Preface", "1"), ("3.2 Health", "3.2"), ("A. Background", "A"), ("C2 Scope", "C2"),
     ("A Background", ""), ("Section 1: Introduction", ""), ("17 November 2012", ""), ("2012", ""),
     ("7 to 9 May", ""), ("Appendix A Plan", "")],
)  # fmt: skip
def test_heading_numbers(text: str, number: str) -> None:
    assert heading_number(text)[0] == number


@pytest.mark.parametrize(("text", "number"), [("1. one", "1"), ("(a) one", "(a)"), ("iv) one", "iv)"), ("one", "")])
def test_item_numbers(text: str, number: str) -> None:
    assert item_number(text)[0] == number


def test_a_paragraph_a_line_without_blank_lines_is_read_so() -> None:
    panel = "The Review Panel\nAda Brook, Refuge\nTom Reed, Head of Housing, a council\n"
    text = panel + "1.1 She rang the police twice.\n| a | b |\n|---|---|\n| c | d |"
    document = read_text(text, DocumentKind.OVERVIEW)
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.PARAGRAPH] * 4 + [BlockKind.TABLE]
    assert document.blocks[1].text == "Ada Brook, Refuge"


def test_a_wrapped_text_without_blank_lines_is_one_paragraph() -> None:
    line = "She had rung the police two times that week and nobody had come to her, so she went"
    document = read_text("\n".join([line] * 4), DocumentKind.OVERVIEW)
    assert len(document.blocks) == 1
