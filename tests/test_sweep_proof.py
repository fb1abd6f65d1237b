"""The proof that a miss by every layer is survivable: delete all findings of one person, and the sweep brings back
every form of the name that is not an English word, and 95 in 100 of the rest, as undecided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from gold import FIXTURES, gold, word_spans

from pipeline import anonymise, casefile, findings
from pipeline.detect.engine import Engine
from pipeline.detect.lexicon import MONTHS, WEEKDAYS, Lexicon
from pipeline.detect.page import Page
from pipeline.detect.people import votes
from pipeline.detect.words import Word
from pipeline.extract import read_text
from pipeline.models import CaseFacts, DocumentKind
from pipeline.rules import Rules

pytestmark = pytest.mark.slow

REPORTS = ("d1-overview", "d1-summary", "d2-overview", "d3-overview", "d3-summary", "d4-overview")
ENGLISH_BACK = 0.95


@dataclass
class Proof:
    """Words of deleted people's names: how many there were, and which did not come back, by kind of word."""

    total: Counter[str] = field(default_factory=Counter)
    missed: dict[str, list[str]] = field(default_factory=lambda: {"english": [], "other": []})


def prove(name: str, rules: Rules, engine: Engine) -> Proof:
    facts = casefile.read(FIXTURES / "d3.case.yml") if name.startswith("d3") else CaseFacts()
    kind = DocumentKind.SUMMARY if "summary" in name else DocumentKind.OVERVIEW
    case = anonymise.claim_all([read_text(gold(name)["text"], kind)], facts, rules, engine)
    [page], lexicon = case.pages, Lexicon.of(rules)
    claims, evidence, tally = list(page.claims), page.evidence, case.claimer.tally
    proof = Proof()
    for spans in mentions(name, page).values():
        delete(page, spans)
        case.claimer.tally = tally_without(page, lexicon)
        anonymise.sweep_up(case, rules)
        undecided = findings.assemble(case.pages, case.claimer, case.claimer.register, case.members, rules)
        open_keys = {i.key for i in undecided.identities if i.needs_decision}
        back = [(f.start, f.end) for f in undecided.findings if f.identity in open_keys]
        for word in (w for start, end in spans for w in page.words_in(start, end) if tells(w, lexicon)):
            sort = "english" if is_english(word, lexicon) else "other"
            proof.total[sort] += 1
            if not any(start <= word.start and word.end <= end for start, end in back):
                proof.missed[sort].append(page.text[max(0, word.start - 30) : word.end + 30])
        page.claims[:], page.evidence, case.claimer.tally = claims, evidence, tally
    return proof


def mentions(name: str, page: Page) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Person's id -> [start, end) of each mention of the person in the page's text."""
    found: dict[str, list[tuple[int, int]]] = {}
    for mention, start, end in word_spans(name, page.text):
        if mention["type"] == "PERSON":
            found.setdefault(mention["id"], []).append((start, end))
    return found


def delete(page: Page, spans: Sequence[tuple[int, int]]) -> None:
    """Take away whatever any layer, and any model, said of these places."""

    def apart(start: int, end: int) -> bool:
        return not any(start < e and s < end for s, e in spans)

    page.claims[:] = [c for c in page.claims if c.type != "PERSON" or apart(c.start, c.end)]
    page.evidence = tuple(e for e in page.evidence if apart(e.start, e.end))


def tally_without(page: Page, lexicon: Lexicon) -> Mapping[str, object]:
    """What the models would have said of all names if they had not seen the deleted ones."""
    claims = list(page.claims)
    page.claims[:] = [c for c in claims if c.type != "PERSON"]
    tally = votes([page], lexicon)
    page.claims[:] = claims
    return tally


def tells(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word of a mention tells who it is: titles, post-nominals and single initials do not."""
    plain = lexicon.titles | lexicon.post_nominals | {"his", "her", "honour"}
    return len(word.text) > 1 and word.folded.rstrip(".") not in plain


def is_english(word: Word, lexicon: Lexicon) -> bool:
    return lexicon.ordinary(word) or word.folded in MONTHS | WEEKDAYS


@pytest.fixture(scope="module")
def proofs(rules: Rules, engine: Engine) -> Mapping[str, Proof]:
    return {name: prove(name, rules, engine) for name in REPORTS}


@pytest.mark.parametrize("name", REPORTS)
def test_every_form_that_is_no_english_word_comes_back(proofs: Mapping[str, Proof], name: str) -> None:
    assert proofs[name].total["other"] > 10
    assert proofs[name].missed["other"] == []


def test_nearly_every_form_that_is_an_english_word_comes_back(proofs: Mapping[str, Proof]) -> None:
    total = sum(p.total["english"] for p in proofs.values())
    missed = [text for p in proofs.values() for text in p.missed["english"]]
    assert total > 200
    assert 1 - len(missed) / total >= ENGLISH_BACK, missed
