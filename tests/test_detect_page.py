"""Pages: claims never overlap, evidence stays within its slot, capitals make chains."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from detect_pages import claims, page

from pipeline.detect.engine import Evidence
from pipeline.detect.page import Claim, page_of


def claim(start: int, end: int, type_: str = "STAY") -> Claim:
    return Claim(start, end, type_, ("test",))


def test_a_claimed_span_is_not_claimed_again() -> None:
    made = page("Adaeze Okonjo rang her sister.")
    assert made.claim(claim(0, 13))
    for start, end in ((0, 13), (0, 6), (7, 13), (5, 20), (0, 30), (12, 14)):
        assert not made.claim(claim(start, end))
    assert made.claim(claim(13, 14))
    assert claims(made) == ["Adaeze Okonjo", " "]
    assert [made.free(w) for w in made.words] == [False, False, True, True, True]


def test_claims_stay_in_order_and_apart_whatever_is_staked() -> None:
    made = page("word " * 60)
    chance = random.Random(5)  # noqa: S311
    for _ in range(400):
        start = chance.randrange(290)
        made.claim(claim(start, start + chance.randrange(1, 9)))
    assert all(a.end <= b.start for a, b in pairwise(made.claims))
    for at in range(299):
        assert made.claimed(at, at + 1) is any(c.start <= at < c.end for c in made.claims)


def test_words_in_a_span() -> None:
    made = page("Adaeze rang her sister.")
    assert [w.text for w in made.words_in(0, 11)] == ["Adaeze", "rang"]
    assert [w.text for w in made.words_in(1, 15)] == ["rang", "her"]
    assert [made.index_of(w) for w in made.words] == [0, 1, 2, 3]


def test_evidence_stays_within_cells() -> None:
    made = page("| A | B |\n|---|---|\n| Zeynep | Demir |")
    start = made.text.index("Zeynep")
    inside, across = Evidence(start, start + 6, "X", "x", 1.0), Evidence(start - 2, start + 14, "Y", "x", 1.0)
    cells = [(slot.start, slot.end) for slot in made.layout.slots]
    found = page_of(made.document, [inside, across]).evidence
    assert inside in found
    assert all(any(s <= e.start and e.end <= t for s, t in cells) for e in found)


CHAINS = [
    ("then Adaeze Okonjo rang", [["Adaeze", "Okonjo"]]),
    ("then Dr. A. B. Okonjo rang", [["Dr", "A", "B", "Okonjo"]]),
    ("then Adaeze, Emeka and Chidi rang", [["Adaeze"], ["Emeka"], ["Chidi"]]),
    ("then Adaeze/Emeka rang", [["Adaeze"], ["Emeka"]]),
    ("then Rosa del Valle rang", [["Rosa", "del", "Valle"]]),
    ("then Piet van der Berg rang", [["Piet", "van", "der", "Berg"]]),
    ("then Adaeze. Emeka rang", [["Adaeze"], ["Emeka"]]),
    ("then Adaeze de rang", [["Adaeze"]]),
    ("| then Adaeze | Okonjo |\n|---|---|\n| x | y |", [["Adaeze"], ["Okonjo"]]),
]


@pytest.mark.parametrize(("text", "chains"), CHAINS, ids=[c[0] for c in CHAINS])
def test_chains_of_capitals(text: str, chains: list[list[str]]) -> None:
    assert [[w.text for w in chain] for chain in page(text).chains()] == chains


def test_claimed_words_break_a_chain() -> None:
    made = page("then Ms Adaeze Okonjo rang")
    start = made.text.index("Adaeze")
    made.claim(claim(start, start + 6))
    assert [[w.text for w in chain] for chain in made.chains()] == [["Ms"], ["Okonjo"]]
