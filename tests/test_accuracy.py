"""Anonymisation of the invented reports, from DOCX and from PDF, with automatic decisions only."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold import FIXTURES, score, source

from pipeline import preview

pytestmark = pytest.mark.slow

# Lowest share of mentions of people caught, of all that must go, and of ordinary words that survive.
PERSONS, ALL, WORDS = 0.99, 0.99, 0.99
REPORTS = ("d1-overview", "d1-summary", "d2-overview", "d3-overview", "d3-summary", "d4-overview")
MUST_STAY_LOST = 0.03  # of agencies, Acts, research; the Panel loses nothing


@pytest.fixture(scope="module")
def previews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One start-up for all reports: d1, d2 and d4 each on its own, d3 with what the officer knows."""
    out = tmp_path_factory.mktemp("previews")
    for ending in ("docx", "pdf"):
        alone = [source(n, ending) for n in ("d1-overview", "d1-summary", "d2-overview", "d4-overview")]
        preview.run(alone, out_dir=out / ending)
        known = [source(n, ending) for n in ("d3-overview", "d3-summary")]
        preview.run(known, case_file=FIXTURES / "d3.case.yml", out_dir=out / ending)
    return out


@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("name", REPORTS)
def test_what_goes_is_gone_and_what_stays_is_there(previews: Path, name: str, ending: str) -> None:
    result = score(name, (previews / ending / f"{name}.txt").read_text(encoding="utf-8"))
    assert 1 - result["person_leaks"] / result["person_mentions"] >= PERSONS
    assert result["recall"] >= ALL
    assert result["stray"] == []
    assert result["keep_lost"] == 0
    assert result["lost"] <= MUST_STAY_LOST * result["stay"]
    assert result["utility"] >= WORDS
