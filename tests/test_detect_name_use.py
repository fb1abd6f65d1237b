"""Words that are names and something else: whether they name somebody where they stand."""

from __future__ import annotations

import pytest
from detect_pages import page

from pipeline.detect.claim_people import lower_case_words
from pipeline.detect.lexicon import Lexicon
from pipeline.detect.name_use import Uses
from pipeline.detect.people import votes
from pipeline.rules import Rules


@pytest.fixture(scope="module")
def lexicon(rules: Rules) -> Lexicon:
    return Lexicon.of(rules)


def is_name(lexicon: Lexicon, text: str, word: str, nth: int, forenames: frozenset[str] = frozenset()) -> bool:
    made = page(text)
    uses = Uses(lexicon, votes([made], lexicon), lower_case_words([made]), forenames)
    return uses.is_name(made, [n for n, w in enumerate(made.words) if w.text == word][nth])


# text, the word, which of its places counted from 0, whether it is a name there
USES = [
    ("She told Hope. Hope was afraid.", "Hope", 1, True),
    ("She told Hope. Hope’s sister came.", "Hope", 1, True),
    ("She told Hope. Hope left.", "Hope", 1, True),
    ("She told Hope. There was a hope of help. Hope of help faded.", "Hope", 1, False),
    ("She told Will. He will come. Will you come?", "Will", 1, False),
    ("She told Will. Will rang.", "Will", 1, True),
    ("She told May. In May 2018 it rained.", "May", 1, False),
    ("She told May. On 3 May it rained.", "May", 1, False),
    ("She told May. Then May came.", "May", 1, True),
    ("She told May. May she rest in peace.", "May", 1, False),
    ("She told Hope. 'Hope' is a word. She lost hope.", "Hope", 1, True),
    ("She told Hope. A Hope is rare. No hope.", "Hope", 1, False),
    ("She told Sunday. On Sunday it rained.", "Sunday", 1, False),
    ("She told Sunday. From Friday to Sunday it rained.", "Sunday", 1, False),
    ("She told Sunday. They saw Sunday.", "Sunday", 1, True),
    ("She told Black. Black men were asked.", "Black", 1, False),
    ("She told Church. Church groups were asked.", "Church", 1, False),
    ("She told Grace. The grace period ended. The Grace Period ended.", "Grace", 1, False),
    ("She told Wells. The Wells family came. The wells ran dry.", "Wells", 1, True),
    ("The Youth Justice Service came.", "Justice", 0, False),
    ("The Bill of Rights applies.", "Bill", 0, False),
    ("PC LONG CAME. LONG DECLINES STATEMENT.", "LONG", 1, True),
]


@pytest.mark.parametrize(("text", "word", "nth", "expected"), USES, ids=[u[0] for u in USES])
def test_words_that_are_names_as_well(lexicon: Lexicon, text: str, word: str, nth: int, expected: bool) -> None:
    assert is_name(lexicon, text, word, nth) is expected


# The same where the case names somebody in full with that forename; the word is the first in the text.
FORENAMES = [
    ("Faith appears in six systems. She had faith.", True),
    ("Faith was a source of strength. She had faith.", False),
    ("Faith communities were asked. She had faith.", False),
    ("Patience kept in touch. She had patience.", False),  # nothing but "kept": the case must use it elsewhere
    ("Drew died in 2004. She drew it.", True),
    ("Will this happen? She will.", False),
    ("April asks every day.", True),
    ("April 2019 was cold.", False),
    ("My daughter hope and the baby. She had hope.", True),
]


@pytest.mark.parametrize(("text", "expected"), FORENAMES, ids=[u[0] for u in FORENAMES])
def test_the_forename_of_somebody_named_in_full(lexicon: Lexicon, text: str, expected: bool) -> None:
    word = "hope" if "daughter" in text else text.split()[0]
    assert is_name(lexicon, text, word, 0, frozenset({word.casefold()})) is expected
