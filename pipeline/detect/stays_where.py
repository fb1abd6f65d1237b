"""Names that stay in one use only, because people bear them too: "a Ford", "on Merlin", "London: Sage".

The lists are in redaction_rules/stays_where.yml; the title of each says where its names stay, and that is what the
functions here look for. Everywhere else such a word is looked at like any other, and even where it stays by its place
it yields to anybody in the case who bears it (see `yields`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from pipeline.detect.lexicon import Lexicon
from pipeline.detect.page import Claim, Page
from pipeline.detect.people import PERSON_LABELS, sources_on
from pipeline.detect.words import Case, Word, fold
from pipeline.rules import Rules

DOUBTFUL = 0.5  # score of a claim that a place alone explains
DETERMINERS = frozenset("a an the his her their another this our my your its each every no any two three".split())
WHOSE = frozenset("my her our their his your this".split())  # before somebody's name as well: "my Leon came home"
RECORDS = frozenset(
    "report reports record records recorded entry entries system systems database notification notifications form "
    "forms referral referrals check checks number numbers search searches log logs file files data user account "
    "reference references incident incidents note notes alert alerts module assessment assessments".split()
)
HOUSE_OF = frozenset(
    "family families household home house case children murder homicide investigation brothers".split()
)
SICK_WITH = frozenset(
    "of has had have with from her his their and or for early advanced severe suspected possible developed about as "
    "what is called diagnosed late onset mild by include included including like".split()
)
SICK_AFTER = frozenset(
    "disease syndrome dementia and or but was is were in since for at medication nurse nurses symptoms diagnosis "
    "patients patient psychosis type team clinic related because when which who, as by specialist".split()
)
PUBLISHED = re.compile(
    r"\b(?:inquir(?:y|ies)|enquiry|reports?|reviews?|published|national(?:ly)?|publicity|legislation|"
    r"recommendations|lessons|KC|QC|Dame|Lord|Lady|Baroness|Sir|Professor|Commissioner|Ombudsman|high[- ]profile|"
    r"(?:cases?|deaths?|murders?|killings?|names?) (?:of|such as|like|including)|in memory of|campaign\w*|petition|"
    r"Foundation|Baby P)\b",
    re.IGNORECASE,
)
# What only a researcher does, whatever else the sentence says; what anybody may do; what is thought about.
THEORISES = frozenset(
    "distinguishes distinguished conceptualises conceptualised theorises theorised proposes proposed coined argues "
    "argued defines defined".split()
)
WRITES = THEORISES | frozenset(
    "describes described suggests suggested identifies identified found finds calls notes noted writes wrote shows "
    "showed developed".split()
)
THOUGHT = re.compile(
    r"\b(?:coerciv\w+|typolog\w+|theor(?:y|ies)|violence|abuse|abusive|stages?|models?|women|patriarch\w+|homicides|"
    r"femicide|research\w*|literature|batter\w+|perpetrators|victims|timeline|concept\w*|gender\w*)\b",
    re.IGNORECASE,
)
SOMEBODY = re.compile(r"\b(?:he|she|him|her|his|hers|me|my|I)\b")
WORKS = frozenset("model typology theory timeline concept framework definition research stages".split())
WRITINGS = frozenset("work works book analysis account term study studies findings article paper".split())
OF_WORK = re.compile(
    r"\b(?:model|typology|theory|timeline|works?|concept|research|analysis|framework|study|studies|findings) "
    r"(?:of|by|from) $"
)
YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
AFTER_PLACE = re.compile(
    r"\b(?:London|Oxford|Cambridge|Bristol|Edinburgh|Manchester|Abingdon|Basingstoke|Cullompton|Chichester|Aldershot|"
    r"New York|Chicago|Boston|Thousand Oaks|Newbury Park|Beverly Hills|Los Angeles|Berkeley|Princeton|Harmondsworth)"
    r"(?:, ?[A-Z]{2,3})?: ?$"
)
AFTER_STOP = re.compile(r"(?:[.;?] |['’\"”][.,]? |, )$")
BEFORE_NUMBERS = re.compile(r" ?(?:\(?(?:19|20)\d\d|pp?\.|\d)")
# "Stark, E. (2007)", "Stark E. 2007;"
REFERENCE = re.compile(r"\b[A-Z][a-z][\w'’-]+,? (?:[A-Z]\.? ?){1,3}[^()\n]{0,60}\(?(?:19|20)\d\d[a-z]?\b")
Span = tuple[int, int]
Where = Callable[[Page, Sequence[Word]], bool]


def claim_names_with_conditions(page: Page, rules: Rules) -> None:
    """Claim the names of stays_where.yml where they stand as their list's title says."""
    lexicon = Lexicon.of(rules)
    index = _index(rules.stays_where)
    for at, word in enumerate(page.words):
        for parts, title in index.get(word.folded, ()) if word.capital else ():
            run = page.words[at : at + len(parts)]
            if (
                tuple(w.folded for w in run) == parts
                and all(w.capital and w.slot == word.slot for w in run)
                and all(page.between(a, b) in (" ", "-") for a, b in pairwise(run))
                and not _titled(page, at, lexicon)
                and WHERE[title](page, run)
                and not (title in SURELY and _marked(page, run) and not SURELY[title](page, run))
            ):
                end = run[-1].end
                source = f"list:{title.replace('_', ' ')}"
                page.claim(
                    Claim(word.start, end, "STAY", (source,), "on a list of names that stay here", score=DOUBTFUL)
                )
                break


def _index(names: Mapping[str, str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, title in names.items():
        parts = folded_parts(name)
        index.setdefault(parts[0], []).append((parts, title))
    for options in index.values():
        options.sort(key=lambda option: len(option[0]), reverse=True)
    return index


def folded_parts(name: str) -> tuple[str, ...]:
    """The words of a listed name, folded, without a possessive at the end of any: "Crohn's" -> ("crohn",)."""
    return tuple(fold(p).removesuffix("'s").rstrip("'") for p in re.findall(r"[\w'’&.-]+", name))


def _titled(page: Page, at: int, lexicon: Lexicon) -> bool:
    """Whether a title, a rank or an initial just before makes a person of it: "Mr Ford", "DC Merlin", "J. Sage"."""
    word, before = page.words[at], page.words[at - 1] if at else None
    if before is None or before.slot != word.slot or not before.capital:
        return False
    if page.between(before, word) not in (" ", ". ", "."):
        return False
    return before.folded.rstrip(".") in lexicon.titles or (len(before.text) == 1 and before.text not in "AI")


def _beside(page: Page, run: Sequence[Word]) -> tuple[Word | None, Word | None]:
    """The words before and after, where nothing but a space lies between, in the same block."""
    at, end = page.index_of(run[0]), page.index_of(run[-1]) + 1
    before = page.words[at - 1] if at and page.words[at - 1].slot == run[0].slot else None
    after = page.words[end] if end < len(page.words) and page.words[end].slot == run[0].slot else None
    if before is not None and page.between(before, run[0]) != " ":
        before = None
    if after is not None and page.text[run[-1].end : after.start] != " ":
        after = None
    return before, after


def _sentence(page: Page, run: Sequence[Word]) -> tuple[str, str]:
    """The words of the sentence before and after, as text."""
    slot = page.layout.slots[run[0].slot]
    before = re.split(r"[.!?;] ", page.text[slot.start : run[0].start])[-1]
    return before, re.split(r"[.!?;](?: |$)", page.text[run[-1].end : slot.end])[0]


def _marked(page: Page, run: Sequence[Word]) -> bool:
    return any(sources_on(page, word, PERSON_LABELS) for word in run)


def _as_a_thing(page: Page, run: Sequence[Word]) -> bool:
    """ "a Ford", "his old silver Mercedes", "the Rover was": never before 's, a capital or a household."""
    before, after = _beside(page, run)
    if page.text[run[-1].end : run[-1].end + 2] in ("'s", "’s"):
        return False
    if after is not None and (after.folded in HOUSE_OF or after.case is Case.TITLE):
        return False
    if after is not None and after.folded in DOES | {"who", "i", "we", "she", "he"}:
        return False
    looked = False
    for _ in range(4):
        if before is None or before.folded in DETERMINERS:
            break
        if before.case is Case.DIGIT or before.folded in LOOKS:
            looked = looked or before.folded not in KIN_LOOKS
            before, _after = _beside(page, [before])
        else:
            return False
    if before is None or before.folded not in DETERMINERS:
        return False
    if before.folded in WHOSE and not looked:
        return run[0].folded not in GIVEN_NAMES and bool(THINGS.search(" ".join(_sentence(page, run))))
    return True


def _surely_a_thing(page: Page, run: Sequence[Word]) -> bool:
    """With "a" or a word of looks before it: "a Ford", "the silver Mercedes"."""
    before, _after = _beside(page, run)
    return before is not None and (before.folded in ("a", "an") or before.folded in LOOKS - KIN_LOOKS)


# Of the things, those that are given names: "her Stella" is as soon a child as a glass of beer.
GIVEN_NAMES = frozenset(
    "alfa astra bentley chanel clio harley kia leon megane mercedes nike octavia panda polo stella tesla "
    "yasmin".split()
)
THINGS = re.compile(
    r"\b(?:cars?|vehicles?|vans?|driv\w+|drove|parked|keys?|registration|insur\w+|boot|engine|garage|crash\w*|"
    r"collision|wore|wearing|bought|sold|stolen|passenger|seat)\b"
)
KIN_LOOKS = frozenset("old little big small young dark light pale same other first second family".split())
DOES = frozenset(
    "rang said told asked came left went called says rings did lived died wept cried hit drove knew felt thought "
    "heard saw loved hated wanted deserved".split()
)
MEETS = frozenset("met called named son daughter friend told asked saw with".split())
LOOKS = frozenset(
    "black white red blue green silver grey gray gold yellow orange brown purple pink dark light pale metallic old "
    "new second-hand used small large big little hired hire stolen leased rented own parked battered same other "
    "first second family work company electric automatic pair of".split()
)


def _as_a_system(page: Page, run: Sequence[Word]) -> bool:
    """ "on Merlin", "a Merlin report", "EMIS, Rio and Mosaic": with a word of records or another system beside it."""
    before, after = _beside(page, run)
    if page.text[run[-1].end : run[-1].end + 2] in ("'s", "’s"):
        return False
    if after is not None and after.folded in RECORDS:
        _run, beyond = _beside(page, [after])
        return after.folded not in REPORTS or beyond is None or beyond.folded in OF_RECORDS
    slot = page.layout.slots[run[0].slot]
    low, high = max(slot.start, run[0].start - 90), min(slot.end, run[-1].end + 90)
    near = page.text[low : run[0].start] + " " + page.text[run[-1].end : high]
    if before is not None and before.folded in ("a", "an"):
        return bool(RECORDING.search(near) or SYSTEMS.search(near))
    if before is not None and before.folded in ("on", "onto", "via", "into", "using"):
        led_by, _run = _beside(page, [before])
        if led_by is None or led_by.folded in RECORDED:
            return bool(RECORDING.search(near) or SYSTEMS.search(near))
        return led_by.folded == "and" and bool(AND_ON.search(page.text[low : run[0].start]))
    if after is not None and after.case is Case.LOWER and after.folded not in ("and", "or", "showed", "held"):
        return False
    return _listed_with(page, run, SYSTEMS)


def _listed_with(page: Page, run: Sequence[Word], others: re.Pattern[str]) -> bool:
    """Whether it stands in a list of capitals, one of which `others` knows: "CRIS, CAD and Merlin"."""
    for step, at in ((-1, page.index_of(run[0])), (1, page.index_of(run[-1]))):
        for _ in range(12):
            beside = at + step
            if not 0 <= beside < len(page.words) or page.words[beside].slot != run[0].slot:
                break
            left, right = sorted((page.words[at], page.words[beside]), key=lambda w: w.start)
            gap = page.between(left, right)
            word = page.words[beside]
            if word.folded in ("and", "or") and gap in (" ", ", "):
                at = beside
                continue
            if not word.capital or not (gap in (", ", "/", " & ") or page.words[at].folded in ("and", "or")):
                break
            if others.fullmatch(word.text):
                return True
            at = beside
    return False


RECORDED = frozenset(
    "recorded flagged logged entered uploaded updated created placed put held noted marker system available details "
    "entry entries documented completed opened searched was were is".split()
)
REPORTS = frozenset("reports records checks notes logs files searches alerts forms references".split())
OF_RECORDS = frozenset("were was are and or from of for in on showed show had have which".split())
AND_ON = re.compile(r"\b(?:record|flag|logg|enter|updat|held)\w* on [A-Z][\w-]+,? and on $")
RECORDING = re.compile(
    r"\b(?:record\w*|flag\w*|logg?\w*|enter(?:ed|ing)|entry|entries|upload\w*|updat\w+|check\w*|search\w*|system|database|"
    r"marker|notification)\b",
    re.IGNORECASE,
)
SYSTEMS = re.compile(
    r"\b(?:CRIS|CAD|PNC|PND|EMIS|SystmOne|RiO|ViSOR|Datix|MERLIN|CRIMINT|HOLMES|OASys|Liquid ?[Ll]ogic|NICHE|ICIS|"
    r"IT systems?|police systems?|record systems?|databases?|intelligence systems?|case management|computer)\b"
)


def _in_capitals(page: Page, run: Sequence[Word]) -> bool:
    """An abbreviation in capitals in a text that is not: "a SARA was completed", never "SARA RANG AGAIN"."""
    if run[0].case is not Case.UPPER or page.text[run[-1].end : run[-1].end + 2] in ("'s", "’s"):
        return False
    before, after = _beside(page, run)
    if (after is not None and after.folded in DOES) or (before is not None and before.folded in MEETS):
        return False
    slot = page.layout.slots[run[0].slot]
    if slot.row >= 0:
        cell = page.cells.get(run[0].slot)
        header = cell.header if cell else ""
        return any(w in header for w in ("term", "abbreviation", "acronym", "tool", "meaning")) or any(
            w.case is Case.LOWER for w in page.words_in(slot.start, slot.end)
        )
    words = [w for w in page.words_in(slot.start, slot.end) if len(w.text) > 1]
    around = (*words[: words.index(run[0])][-4:], *words[words.index(run[-1]) + 1 :][:4])
    return any(w.case is Case.LOWER for w in around)


def _in_a_reference(page: Page, run: Sequence[Word]) -> bool:
    """ "London: Sage.", "Oxford: Blackwell, 2007": after a place or a title, in a block that gives a year."""
    slot = page.layout.slots[run[0].slot]
    text = page.text[slot.start : slot.end]
    before = page.text[max(slot.start, run[0].start - 40) : run[0].start]
    after = page.text[run[-1].end : run[-1].end + 2]
    rest = page.text[run[-1].end + 1 : run[-1].end + 12]
    ends = run[-1].end == slot.end or after[0] in ".;)" or (after == ": " and len(run[0].text) > 3)
    ends = ends or (after[0] == "," and bool(BEFORE_NUMBERS.match(rest)))
    if not ends or not YEAR.search(text):
        return False
    referred = REFERENCE.search(page.text, slot.start, run[0].start)
    return bool(AFTER_PLACE.search(before) or (referred and AFTER_STOP.search(before)))


def _with_published_words(page: Page, run: Sequence[Word]) -> bool:
    """A full name beside words that speak of a published case: "the report into the death of Victoria Climbié"."""
    slot = page.layout.slots[run[0].slot]
    near = page.text[max(slot.start, run[0].start - 160) : min(slot.end, run[-1].end + 100)]
    return bool(PUBLISHED.search(near))


def _as_a_place(page: Page, run: Sequence[Word]) -> bool:
    """ "born in Jordan", "a citizen of Chad": never "confided in Jordan", "a letter to Georgia"."""
    before, after = _beside(page, run)
    if page.text[run[-1].end : run[-1].end + 2] in ("'s", "’s"):
        return False
    if after is not None and after.folded in DOES:
        return False
    if _listed_with(page, run, PLACES):
        return True
    if before is None:
        return False
    led_by, _ = _beside(page, [before])
    led = led_by.folded if led_by is not None else ""
    if before.folded in ("in", "within", "throughout", "across"):
        return led in LIVED or led in ("she", "he", "they")
    says, _goes_on = _sentence(page, run)
    if before.folded == "from":
        return bool(CAME_FROM.search(says)) and SENT.search(says) is None
    if before.folded == "to":
        return led in MOVED
    return before.folded == "of" and led in STATES


def _surely_a_place(page: Page, run: Sequence[Word]) -> bool:
    """ "born in Jordan", "lives in Georgia", "a citizen of Chad", "Lambeth, Brent and Barnet"."""
    if _listed_with(page, run, PLACES):
        return True
    before, _after = _beside(page, run)
    led_by = _beside(page, [before])[0] if before is not None else None
    return before is not None and led_by is not None and led_by.folded in SURELY_LIVED | STATES | SURELY_MOVED


PLACES = re.compile(
    "Barnet|Bexley|Bromley|Camden|Croydon|Ealing|Enfield|Greenwich|Hackney|Haringey|Harrow|Havering|Hillingdon|"
    "Hounslow|Islington|Lambeth|Lewisham|Merton|Newham|Redbridge|Southwark|Wandsworth|Westminster|Uganda|Tanzania|"
    "Nigeria|Ghana|Ethiopia|Somalia|Pakistan|Bangladesh|Nepal|Syria|Iraq|Iran|Egypt|Turkey|Libya|Sudan|Niger|"
    "Cameroon|Senegal|Gambia|Guinea|Zambia|Zimbabwe|Rwanda|Burundi|Russia|Ukraine|Armenia|Azerbaijan|Poland|Romania|"
    "England|Britain|Scotland|Wales|Germany|Spain|Italy|Portugal|Belgium|Netherlands|Grenada|Barbados|Europe|Africa|Japan|Thailand|Vietnam|Brazil"
)
SURELY_LIVED = frozenset("born lived lives living live raised brought up resident residing resides reside".split())
LIVED = SURELY_LIVED | frozenset(
    "house home property family relatives work worked works working stayed staying stay remained married settled "
    "arrived based holiday studied army back while whilst was were is are grew war educated abroad flat school "
    "university parents detained arrested died somewhere".split()
)
SURELY_MOVED = frozenset("moved emigrated deported flew travelled originally originates".split())
MOVED = frozenset(
    "moved moving move travelled travelling travel flew fly flying emigrated migrated deported flight flights "
    "trafficked holiday trip trips".split()
)
CAME_FROM = re.compile(
    r"\b(?:mov\w+|travel\w+|fl[ey]w?|return\w*|c[ao]m(?:e|es|ing)|e?migrated|originally|famil(?:y|ies)|originat\w+|"
    r"arrived|back|deported|trafficked|fled|i?mmigrants?|people|refugees?|wom[ae]n|m[ae]n|"
    r"(?:he|she|they|parents|family|both|who|father|mother|victim|perpetrator|Adult [AB]) (?:is|are|was|were)) from $"
)
SENT = re.compile(
    r"\b(?:calls?|letters?|messages?|texts?|e-?mails?|reports?|statements?|news|words?|contact|referrals?|evidence|"
    r"accounts?|information|help|advice|support|money)\b"
)
STATES = frozenset(
    "citizen citizens national nationals kingdom state republic government embassy parts south north east west "
    "borough".split()
)


def _as_a_faith(page: Page, run: Sequence[Word]) -> bool:
    """ "a practising Christian", "Christian beliefs", a cell "Christian": never "Christian drove her"."""
    before, after = _beside(page, run)
    if page.text[run[-1].end : run[-1].end + 2] in ("'s", "’s"):
        return False
    if (after is not None and after.folded in BELIEVERS) or _in_faith_cell(page, run):
        return True
    says, goes_on = _sentence(page, run)
    if after is not None and after.folded in DOES | {"was", "had"}:
        return False
    if before is not None and before.folded in ("is", "are", "was", "were", "as"):
        joined = re.match(r"(?:,| and| or) [A-Z][\w-]*", goes_on)
        others = joined is None or bool(FAITHS.search(joined.group()))
        return others and NAMED.search(says) is None
    if before is not None and before.folded in PROFESSING:
        return True
    if _listed_with(page, run, FAITHS):
        return True
    return LED_TO_FAITH.search(says) is not None


def _surely_a_faith(page: Page, run: Sequence[Word]) -> bool:
    """All but what a name is like: "is Christian", "Muslim and Christian"."""
    before, after = _beside(page, run)
    return (
        (after is not None and after.folded in BELIEVERS)
        or _in_faith_cell(page, run)
        or (before is not None and before.folded in PROFESSING and before.folded not in ("is", "are", "was", "were"))
    )


def _in_faith_cell(page: Page, run: Sequence[Word]) -> bool:
    """Whether a cell holds it alone, and its column or its row's first cell speaks of faith or origin."""
    cell, slot = page.cells.get(run[0].slot), page.layout.slots[run[0].slot]
    if cell is None or run[0].start - slot.start > 20:
        return False
    return any(
        re.search(r"\b(?:faith|religio|belief|ethnic|nationality|language)", fold(t))
        for t in (cell.header, cell.row[0])
    )


LED_TO_FAITH = re.compile(
    r"\b(?:speak\w*|spoke|spoken|fluent|fluent in|learn\w*|native|conver\w+ (?:from \w+ )?(?:to|from)|rais\w+ in|"
    r"follow\w* of|religion of|faith of|teachings? of) $"
)
NAMED = re.compile(
    r"\b(?:names?|named|called|brothers?|sisters?|sons?|daughters?|child(?:ren)?|husband|uncle|cousins?|nephews?|nieces?|"
    r"friends?|partner|boyfriend|neighbours?|suspect|known)\b"
)
FAITHS = re.compile(
    r"\b(?:Muslims?|Hindus?|Sikhs?|Jewish|Jews|Islam|Judaism|Hinduism|Christianity|Catholic|Buddhist|religions?|faiths?|converted|conversion|Traveller|Gypsy|languages?)\b"
)
BELIEVERS = frozenset(
    "faith beliefs belief values church churches family families community communities religion teaching teachings "
    "name names man woman people marriage fellowship minister centre organisation groups group prayer muslim music "
    "tradition upbringing background country household school charity home speaker "
    "nationality national nationals citizen citizens passport language origin descent".split()
)
PROFESSING = frozenset(
    "a practising practicing devout committed born-again evangelical as is are were strong nominal raised become "
    "became pentecostal black white african nigerian ghanaian british orthodox strict lapsed identified".split()
)


def _as_an_illness(page: Page, run: Sequence[Word]) -> bool:
    """ "has Parkinson's", "her Crohn's was worse", "Down's, and": never "Parkinson's flat"."""
    end = run[-1].end
    if page.text[end : end + 2] not in ("'s", "’s"):
        return False
    before, _after = _beside(page, run)
    tail = page.text[end + 2 : end + 3]
    words = page.words_in(end + 2, end + 40)
    following = words[0] if words and tail == " " and words[0].start == end + 3 else None
    if following is not None and following.folded in ("disease", "syndrome", "dementia", "psychosis"):
        return True
    if following is not None and following.folded not in SICK_AFTER:
        return False
    starts = page.text[max(0, run[0].start - 2) : run[0].start]
    slot = page.layout.slots[run[0].slot]
    return (before is not None and before.folded in SICK_WITH) or starts == ", " or (slot.start == run[0].start)


def _as_research(page: Page, run: Sequence[Word]) -> bool:
    """ "Stark describes coercive control", "Johnson's typology", "the work of Hester": never "Stark rang"."""
    end = run[-1].end
    own = page.text[end : end + 2] in ("'s", "’s")
    following = [w.folded for w in page.words_in(end, end + 40) if w.slot == run[-1].slot and w.start >= end]
    says, goes_on = _sentence(page, run)
    thought = THOUGHT.search(says) or THOUGHT.search(goes_on)
    if SOMEBODY.search(goes_on):
        return False
    if own:
        return any(word in WORKS or (thought and word in WRITINGS) for word in following[:3])
    before, after = _beside(page, run)
    if after is not None and after.case is Case.LOWER and after.folded in WRITES:
        return bool(thought if after.folded in THEORISES else THOUGHT.search(goes_on))
    return before is not None and before.folded in ("of", "by", "from") and bool(thought and OF_WORK.search(says))


# Where the models call the word a person, only these plainest readings explain it.
SURELY: Mapping[str, Where] = {
    "as_a_thing": _surely_a_thing,
    "as_a_place": _surely_a_place,
    "as_a_faith": _surely_a_faith,
}
WHERE: Mapping[str, Where] = {
    "as_a_thing": _as_a_thing,
    "as_a_record_system": _as_a_system,
    "in_capitals": _in_capitals,
    "in_a_reference": _in_a_reference,
    "with_words_of_publication": _with_published_words,
    "as_a_place": _as_a_place,
    "as_a_faith": _as_a_faith,
    "as_an_illness": _as_an_illness,
    "as_research": _as_research,
}
