"""Sentences with names that are words, odd forms and odd places, each in a small report; and their near-misses."""

from __future__ import annotations

from collections import Counter

import pytest
from anonymised import printed
from hard_sentences import Case, cases, failures, report

from pipeline.detect.engine import Engine
from pipeline.rules import Rules


def variants(case: Case) -> list[bool]:
    """Whether the people are introduced: both ways where both are expected to hold."""
    return [True, False] if case.who and case.alone else [bool(case.who)]


TRIED = [(case, introduced) for case in cases() for introduced in variants(case)]


@pytest.mark.slow
@pytest.mark.parametrize(("case", "introduced"), TRIED, ids=[f"{c.say[:40]}-{i}" for c, i in TRIED])
def test_names_go_and_ordinary_words_stay(case: Case, introduced: bool, rules: Rules, engine: Engine) -> None:
    assert failures(case, printed(report(case, introduced=introduced), rules, engine)) == []


def test_every_case_says_what_it_expects_and_where_to_find_it() -> None:
    for case in cases():
        assert case.gone or case.kept, case.say
        for words in (*case.gone, *case.kept):
            assert words in case.say, case.say
    assert not [say for say, count in Counter(c.say for c in cases()).items() if count > 1]


def test_an_unchanged_sentence_fails_where_a_name_should_be_gone() -> None:
    naming = [case for case in cases() if case.gone]
    assert len(naming) > 80
    for case in naming:
        assert failures(case, report(case, introduced=True)), case.say
