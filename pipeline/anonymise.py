"""The anonymisation stage: all documents of a case, and what the officer knows of it, to one Analysis.

The layers stake claims in this order: identifiers, names that stay, places and small organisations, people (gathered
over all documents, then propagated through them), what is cited, and the sweep over what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import findings, jigsaw
from pipeline.detect import addresses, dates, panel, places, stays
from pipeline.detect.citations import claim_citations, claim_cited_again
from pipeline.detect.claim_people import Claimer
from pipeline.detect.engine import Engine, Evidence
from pipeline.detect.gather import Gatherer, stated_initials
from pipeline.detect.lexicon import CALENDAR, Lexicon
from pipeline.detect.name_use import Uses
from pipeline.detect.page import Claim, Page, page_of
from pipeline.detect.people import PERSON_LABELS, Name, listings, names, sources_on, votes
from pipeline.detect.roles import RoleReader
from pipeline.detect.sweep import Loose, loose_numbers, sweep
from pipeline.detect.unsure_words import asked_about, claim_unsure
from pipeline.detect.words import fold
from pipeline.errors import DecisionError
from pipeline.identities import Register
from pipeline.members import corrected, without_effect
from pipeline.models import Analysis, CaseFacts, Document, PanelMember, layout
from pipeline.rules import Rules

MODELS = ("SPACY_", "RAMPART_")


def load(rules: Rules) -> Engine:
    """The recognisers, loaded once for many cases. Raises ModelUnavailable if a model cannot be loaded."""
    return Engine(rules)


@dataclass(frozen=True)
class Claimed:
    """A case whose layers have staked their claims; what is left is for the sweep."""

    pages: Sequence[Page]
    members: tuple[PanelMember, ...]
    claimer: Claimer
    abbreviations: frozenset[str]
    unmatched: int = 0  # corrections of the Panel's list that fit nobody


def analyse(documents: Sequence[Document], facts: CaseFacts, rules: Rules, engine: Engine | None = None) -> Analysis:
    """Everything that must go, may stay or needs a decision, in all documents of one case at once.

    Raises ModelUnavailable if a detection model cannot be loaded. `engine` saves loading the models again when many
    cases are analysed in one run.
    """
    case = claim_all(documents, facts, rules, engine or load(rules))
    sweep_up(case, rules)
    claim_unsure(case.pages)
    found = findings.assemble(case.pages, case.claimer, case.claimer.register, case.members, rules)
    found = asked_about(found, case.pages)
    warnings = jigsaw.warnings(documents, facts, found, rules.jigsaw)
    return replace(found, warnings=warnings, unmatched=case.unmatched)


def claim_all(documents: Sequence[Document], facts: CaseFacts, rules: Rules, engine: Engine) -> Claimed:
    """Every layer's claims on all documents of a case, but for the sweep's."""
    if len({d.kind for d in documents}) != len(documents):
        raise DecisionError("A case has one report of each kind.", "Give one overview report and one summary.")
    lexicon = Lexicon.of(rules)
    pages = []
    for document in documents:
        made = layout(document)
        pages.append(page_of(document, engine.evidence(made.text), made))
    for page in pages:
        claim_identifiers(page, facts.reference, rules)
    cited = claim_what_stays(pages, lexicon, rules)
    abbreviations = frozenset(short for page in pages for short in stays.defined_abbreviations(page))
    abbreviations -= frozenset(short for page in pages for short in stated_initials(page))
    listed = panel.find(pages, names_on(pages, lexicon, rules), rules)
    members = corrected(listed, facts)
    stays.claim_panel_words(pages, members, rules)
    short_names = places.claim_places(pages, rules)
    for page in pages:
        stays.claim_localities(page, rules)
    people = gather_people(pages, members, facts, abbreviations, lexicon, rules)
    if release_people(pages, people.register, lexicon):
        people = gather_people(pages, members, facts, abbreviations, lexicon, rules)
    claimer = people.claimer
    claimer.claim_people(people.found)
    claimer.claim_in_full()
    known = frozenset(token for person in people.register.people for token in person.tokens)
    for page in pages:
        claim_cited_again(page, cited, known)
        places.claim_short_names(page, {k: v for k, v in short_names.items() if k not in known})
    claimer.propagate()
    for page in pages:
        addresses.complete_addresses(page)
        places.join_addresses(page)
    return Claimed(pages, members, claimer, abbreviations, without_effect(listed, facts))


def sweep_up(case: Claimed, rules: Rules) -> None:
    """Claim whatever no layer explains: spans are explained, never words."""
    lexicon, claimer = Lexicon.of(rules), case.claimer
    swept: dict[str, Claim] = {}
    for page in case.pages:
        claim_unexplained(page, list(loose_numbers(page)))
        found = list(sweep(page, claimer.tally, claimer.lower, case.abbreviations, lexicon))
        swept |= claim_unexplained(page, found)
    claim_unexplained_again(case, swept, lexicon)


@dataclass(frozen=True)
class _People:
    """Everybody in the case, the names found on the pages, and what claims them."""

    register: Register
    found: Sequence[Name]
    claimer: Claimer


def claim_what_stays(pages: Sequence[Page], lexicon: Lexicon, rules: Rules) -> frozenset[str]:
    """Claim research, listed names and agencies; returns the surnames of cited authors."""
    cited = claim_citations(pages)
    for page in pages:
        stays.claim_phrases(page, rules)
        stays.claim_agencies(page, lexicon, rules)
    return cited


def names_on(pages: Sequence[Page], lexicon: Lexicon, rules: Rules) -> list[Name]:
    """Names on all pages; a first look finds the columns and lists of people, a second reads them whole."""
    columns = tuple(fold(c) for c in rules.vocabulary["name_columns"])
    listed = listings(pages, names(pages, lexicon), columns, lexicon) | panel.listed_slots(pages, rules)
    return names(pages, lexicon, listed)


def gather_people(
    pages: Sequence[Page],
    members: Sequence[PanelMember],
    facts: CaseFacts,
    abbreviations: frozenset[str],
    lexicon: Lexicon,
    rules: Rules,
) -> _People:
    """Fill a register from the names on the pages as they are claimed now."""
    register, reader = Register(lexicon), RoleReader(rules)
    tally, found = votes(pages, lexicon), names_on(pages, lexicon, rules)
    Gatherer(pages, lexicon, tally, abbreviations, reader, register).gather(found, members, facts)
    return _People(register, found, Claimer(pages, lexicon, tally, abbreviations, reader, register))


def release_people(pages: Sequence[Page], register: Register, lexicon: Lexicon) -> int:
    """Give up claims, staked by their form or place alone, that hold the name of somebody in the case, and listed
    names that are somebody's in full; returns how many.

    A reference ("Stark, E. (2007)") holds somebody only where the initial agrees as well.
    """
    released = 0
    for page in pages:
        for claim in [c for c in page.claims if c.type == "STAY"]:
            if stays.yields(claim):
                held = _holds_somebody(page, claim, register, lexicon)
            else:
                words = page.words_in(claim.start, claim.end)
                held = claim.sources[0].startswith("list:") and stays.is_somebodys_full_name(
                    page, claim, [p for w in words for p in register.bearers(w.folded)]
                )
            if held:
                page.claims.remove(claim)
                released += 1
    return released


def _holds_somebody(page: Page, claim: Claim, register: Register, lexicon: Lexicon) -> bool:
    words = [w for w in page.words_in(claim.start, claim.end) if w.capital]
    initials = {w.folded for w in words if len(w.text) == 1}
    for word in words:
        doubtful = word.folded in lexicon.ambiguous and bool(sources_on(page, word, PERSON_LABELS))
        if word.folded in lexicon.trade and claim.sources[0] in ("agency", "act", "panel"):
            continue  # "Youth Justice Service" is nobody's, whoever in the case is called Justice
        if not (lexicon.unknown(word) or doubtful or claim.score < 1):
            continue
        for person in register.bearers(word.folded):
            if person.keep or not person.bears(word.folded):
                continue
            if claim.sources[0] != "reference" or any(g[:1] in initials for g in person.given):
                return True
    return False


def claim_unexplained(page: Page, found: Sequence[Loose]) -> dict[str, Claim]:
    """Claim what the sweep found; returns the claims by their folded text."""
    claimed: dict[str, Claim] = {}
    for loose in found:
        claim = Claim(loose.start, loose.end, loose.type, loose.sources, loose.reason, score=loose.risk / 3)
        if page.claim(claim):
            claimed[fold(page.text[claim.start : claim.end])] = claim
    return claimed


def claim_unexplained_again(case: Claimed, swept: Mapping[str, Claim], lexicon: Lexicon) -> None:
    """Claim a capitalised word that is unexplained in one place everywhere, at the start of sentences too.

    A word that the case also writes in lower case starts sentences in its own right, unless it is used as a name.
    """
    lower = case.claimer.lower
    uses = Uses(lexicon, case.claimer.tally, lower)
    parts = {part: claim for whole, claim in swept.items() for part in whole.split() if part in lexicon.ambiguous}
    for page in case.pages:
        for at, word in enumerate(page.words):
            known = (swept.get(word.folded) or parts.get(word.folded)) if word.capital else None
            if known is None or not page.free(word):
                continue
            if word.folded not in lower | CALENDAR or uses.is_name(page, at):
                page.claim(replace(known, start=word.start, end=word.end))


def claim_identifiers(page: Page, reference: str, rules: Rules) -> None:
    """Claim what the pattern rules found; of overlapping findings the longest wins, then the first in the rules."""
    found = [e for e in page.evidence if not e.type.startswith(MODELS)]
    rank = {f"rule:{rule.name}": number for number, rule in enumerate(rules.identifiers)}
    for item in sorted(found, key=lambda e: (e.start - e.end, e.start, rank.get(e.source, -1))):
        text = page.text[item.start : item.end]
        own = rules.own_reference.fullmatch(text) or (reference and fold(text) == fold(reference))
        if item.type == "CASEREF" and own:
            page.claim(Claim(item.start, item.end, "STAY", ("list",), "the review's own reference"))
        elif item.type in ("DATE", "DOB"):
            page.claim(_date(page, item))
        else:
            page.claim(Claim(item.start, item.end, item.type, (item.source,), item.source.removeprefix("rule:")))


def _date(page: Page, item: Evidence) -> Claim:
    """A date's claim: nothing of a birth date is printed, and of any other date its month and year."""
    word = page.words_in(item.start, item.end)
    cell = page.cells.get(word[0].slot) if word else None
    if item.type == "DOB" or (cell and cell.header in dates.BIRTH_HEADERS):
        return Claim(item.start, item.end, "DOB", (item.source,), "a date of birth")
    reason = "an exact date becomes month and year"
    return Claim(item.start, item.end, "DATE", (item.source,), reason, dates.printed(page.text, item.start, item.end))
