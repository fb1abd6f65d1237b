"""Research that is cited, and people with a year in brackets who are not."""

from __future__ import annotations

import pytest
from detect_pages import claims, page

from pipeline.detect.citations import claim_citations, claim_cited_again


@pytest.mark.parametrize(
    ("text", "cited", "stay"),
    [
        ("Research by Larchmont (2007) found.", {"larchmont"}, ["Larchmont (2007)"]),
        ("Research by Larchmont and Bexley (2007) found.", {"larchmont", "bexley"}, ["Larchmont and Bexley (2007)"]),
        ("Research by Larchmont et al. (2007) found.", {"larchmont"}, ["Larchmont et al. (2007)"]),
        ("It was found by Larchmont, E. (2007).", set(), []),
        ("Research is by Larchmont, E. (2007).", {"larchmont"}, ["Larchmont, E."]),
        ("Larchmont, E. (2007) 'A typology of harm'.", {"larchmont"}, ["Larchmont, E.", "'A typology of harm'"]),
        ("Larchmont, E. (2007) A typology of harm.", {"larchmont"}, ["Larchmont, E.", "A typology of harm"]),
        ("The children are Larchmont, K. (2009) and Larchmont, T. (2011).", set(), []),
        ("Larchmont, K. (2009) and Larchmont, T. (2011) were at home.", set(), []),
        ("Larchmont, K. (2009). Her son was at home.", set(), []),
        ("Sons of the couple: Marsh, T. (2009); Marsh, B. (2012). Exhibits: Marsh, J. (2016).", set(), []),
        ("See Larchmont, E. (2007).", {"larchmont"}, ["Larchmont, E."]),
        ("In 2007 she left. In May (2007) he came.", set(), []),
        ("She was 34 (2007).", set(), []),
        ("Her two children, Tobi (2011) and Ifeoma (2014), came.", set(), []),
        ("The research names her son, Tobi (2011).", set(), []),
        ("Chidi (1979) rang.", set(), []),
        ("As research by Larchmont (2007) says. Emeka Obi took her telephone.", {"larchmont"}, ["Larchmont (2007)"]),
    ],
)
def test_citations(text: str, cited: set[str], stay: list[str]) -> None:
    made = page(text)
    assert claim_citations([made]) == cited
    assert claims(made) == stay


def test_a_bare_citation_of_a_reference_elsewhere() -> None:
    made = page("Larchmont (2007) says so.\n\n[^1]: Larchmont, E. (2007) A Typology.")
    assert claim_citations([made]) == {"larchmont"}
    assert "Larchmont (2007)" in claims(made)
    assert "A Typology" in claims(made)


def test_a_cited_author_stays_when_named_again() -> None:
    made = page("Research by Larchmont (2007) found. Larchmont's timeline has eight steps, and Bexley is a person.")
    claim_cited_again(made, claim_citations([made]), frozenset({"bexley"}))
    assert claims(made) == ["Larchmont (2007)", "Larchmont"]


def test_an_author_who_shares_a_name_with_somebody_needs_a_decision() -> None:
    made = page("Research by Larchmont (2007) found. Larchmont hit her.")
    claim_cited_again(made, claim_citations([made]), frozenset({"larchmont"}))
    assert claims(made) == ["Larchmont (2007)"]


@pytest.mark.parametrize(
    ("note", "stays"), [("Larchmont, M., A typology.", True), ("Larchmont Obi is the sister of Adaeze.", False)]
)
def test_an_author_whose_note_gives_initials(note: str, stays: bool) -> None:
    made = page(f"She was helped by Larchmont[^1] then.\n\n[^1]: {note}")
    assert ("larchmont" in claim_citations([made])) is stays
    assert ("Larchmont" in claims(made)) is stays
