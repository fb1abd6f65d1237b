"""Contents lists and markings: what only repeats goes and is shown, and no line of the report goes with it."""

from __future__ import annotations

import pytest

from pipeline.extract import read_text
from pipeline.extract.furniture import is_marking_alone
from pipeline.models import Document, DocumentKind

REPORT = """# Overview Report

{list}

# 1. Introduction

1.1 The Panel met.

# 2. The family

2.1 He wrote to her.

# 3. Lessons learnt

3.1 Ask, and ask again.
"""


def _read(listed: str) -> Document:
    return read_text(REPORT.format(list=listed), DocumentKind.OVERVIEW)


def _shown(document: Document, code: str) -> list[str]:
    return [item.text for notice in document.notices if notice.code == code for item in notice.items]


@pytest.mark.parametrize(
    "listed",
    [
        "# Contents\n\n- 1 Introduction\n- 2 The family\n- 3 Lessons learnt",
        "# Contents\n\n1 Introduction .......... 2\n\n2 The family .......... 3\n\n3 Lessons learnt .......... 9",
        "Table of contents\n\nIntroduction 2\n\nThe family 3\n\nLessons learnt 9",
        "# Contents\n\n- 1 Introduction\n- 2 The family\n- 3 Lessons learnt\n- Letter to the coroner",
        "1 Introduction .......... 2\n\n2 The family .......... 3\n\n3 Lessons learnt .......... 9",
        "# Contents\n\n| Introduction | 2 |\n|---|---|\n| The family | 3 |\n| Lessons learnt | 9 |",
        "Introduction 2\n\nThe family 3\n\nLessons learnt 9",
    ],
)
def test_a_contents_list_goes_and_every_line_of_it_is_shown(listed: str) -> None:
    document = _read(listed)
    assert [b.text for b in document.blocks] == [b.text for b in _read("").blocks]
    lines = _shown(document, "contents_list")
    assert any("Introduction" in line for line in lines)
    assert any("Lessons learnt" in line for line in lines)
    assert {n.code: n.count for n in document.notices}["contents_list"] == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["1.9 He told her that if she ever left him he would....", "- She kept a diary", "- She told her GP"],
        ["Signed: ______________", "Name of Chair: Keith Oduya ______________", "Date ________"],
        ["The score on the DASH form was ........ 14"],
        ["# Contents", "The following was found in the bag", "- a letter", "- two keys", "- a telephone"],
        ["# Contents", "- Introduction", "- a letter", "- two keys", "- a telephone"],
        ["Recommendation 4", "Appendix 1 Terms of reference 12"],
        ["# Table of contacts", "Police 12", "Health 14"],
    ],
)
def test_no_line_of_the_report_goes_as_a_contents_list(lines: list[str]) -> None:
    document = _read("\n\n".join(lines))
    kept = " ".join(f"{b.number} {b.text}" for b in document.blocks)
    for line in lines:
        assert line.lstrip("#- ").removeprefix("1.9 ") in kept
    assert _shown(document, "contents_list") == []


@pytest.mark.parametrize(
    "line",
    [
        "RESTRICTED", "Restricted", "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE: PERSONAL",
        "RESTRICTED – until published",
        "PROTECT – PERSONAL", "NOT PROTECTIVELY MARKED", "RESTRICTED: NOT FOR PUBLICATION",
        "Private and confidential",
    ],
)  # fmt: skip
def test_a_marking_alone_goes_and_is_shown(line: str) -> None:
    document = _read(f"1.0 It began.\n\n{line}\n\nIt went on.")
    assert [b.text for b in document.blocks][1:3] == ["It began.", "It went on."]
    assert _shown(document, "protective_marking") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "- PROTECT – making victims safer", "- Restricted", "# RESTRICTED BAIL CONDITIONS",
        "# CONFIDENTIAL INFORMATION",
        "PROTECT: the county scheme", "The file was marked RESTRICTED.", "OFFICIAL: the court’s record was read.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_marking_stays(line: str) -> None:
    document = _read(f"1.0 It began.\n\n{line}\n\nIt went on.")
    assert line.lstrip("#- ") in [b.text for b in document.blocks]
    assert _shown(document, "protective_marking") == []


def test_a_marking_set_as_a_heading_goes_on_the_title_page_only() -> None:
    title = _read("# RESTRICTED")
    assert "RESTRICTED" not in [b.text for b in title.blocks]
    later = _read("1.0 It began.\n\n# RESTRICTED")
    assert "RESTRICTED" in [b.text for b in later.blocks]


def test_words_of_handling_tell_a_marking_from_a_name() -> None:
    assert is_marking_alone("OFFICIAL-SENSITIVE – draft, not for circulation")
    assert not is_marking_alone("PROTECT – Brackenshire")
