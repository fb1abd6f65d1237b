"""What the words around a name say its bearer is to the people of the case: a relation, an age, a home next door.

All text is folded. Whoever is so related to the family is not the member of the Panel whose name it is (§4.28).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from pipeline.detect.roles import RoleReader

KIN = (
    r"(?:(?:ex|former|late|step|great|half|older|younger|elder|eldest)[- ]?)*(?:grand)?"
    r"(?:mother|father|parent|sister|brother|sibling|daughter|son|child|baby|wife|husband|widow|widower|spouse|aunt|"
    r"auntie|uncle|cousin|niece|nephew|mum|dad|nan|fiance|fiancee|girlfriend|boyfriend)(?:-in-law)?"
)
PERSONAL = re.compile(
    rf"\b(?:{KIN}|(?:step|god)\w+|partner|friend|neighbour|landlord|landlady|lodger|tenant|flatmate|housemate|room-?mate|"
    r"colleague|workmate|classmate|schoolfriend|boss|employer|childminder|babysitter|caretaker|acquaintance|relative)\b"
    r"(?! (?:agenc|organi[sz]|and relationship|liaison))"
)
AGED = re.compile(r"^,? (?:\(?(?:then |now )?aged? \d|\(\d{1,2}\)|(?:then |now )?\d{1,2}(?:,| years? old))")
PANEL_POST = re.compile(
    r"^(?:, (?:as )?| \(|,? (?:who )?(?:is|was) |,? of )(?:the |our |this |its )?(?:\w+ ){0,2}(?:chair|panel)\b"
)
_IS = r"(?:,? who|,)? ?(?:is|was|has been|had been) "
_WHOSE = r"(?:(?P<own>her|his|their)|(?:[\w-]+ ){0,2}(?P<whose>[\w-]+)'s?)"
IS_SOMEBODYS = re.compile(rf"^{_IS}(?:(?:also|now|then|once) )?{_WHOSE} ")
IS_A = re.compile(rf"^{_IS}(?:an?|the) (?P<what>[^,.;()]{{2,40}})")
BESIDE = re.compile(r"^(?:, | \()(?:the|an?|her|his|their|then|one of \w+) (?P<what>[^,.;()]{2,60})(?:[,.;()]|$)")
SOMEBODYS_BESIDE = re.compile(rf"^(?:, | \(){_WHOSE} (?P<what>[^,.;()]{{2,60}})(?:[,.;()]|$)")
POST_BESIDE = re.compile(r"^(?: \(|, )(?P<what>(?:[\w-]+ ){0,3}[\w-]+)[),]")
LIVES = re.compile(
    r"^,? who (?:also |then |had |has )?"
    r"(?:lives?|lived|rents?|rented|lodged|shared|stayed|was (?:staying|living|married))\b"
)
HAS_KIN = re.compile(
    rf"^'s? (?:[\w-]+ ){{0,2}}(?:{KIN}|children|partner|family|flat|home|house|garden)\b(?! (?:agenc|organi))"
)
_OF_THEIRS = r"\b(?:her|his|their|an?|another|the (?:victim|perpetrator|deceased)'s)"
THEIR_ROLE = _OF_THEIRS + r" (?:[\w-]+ ){0,2}"
ROLE_IS = re.compile(r"(?P<until>.*\w) (?:is|was|were|being|named|called) $")
DETAIL = re.compile(
    rf"{_OF_THEIRS} (?P<what>[\w -]{{2,40}}?) (?:from|at|of|in|with|on|for|who|next|called|whom|opposite) "
    r"[^.,;()]{2,50}, $"
)
THEIRS_IS = re.compile(
    r"\b(?:her|his|their|[\w-]+'s) (?P<what>(?:[\w-]+ ){0,2}[\w-]+) (?:is|was) (?:(?:then|now|also) )?$"
)
THEIRS = re.compile(r"(?<!\bin )(?<!\bof )(?<!\bto )(?<!\bfrom )\b(?:her|his) (?:[\w-]+ )?(?P<what>[\w-]+), $")
COMMON = frozenset("of the and for in on at to with a an who from".split())
GENERAL = frozenset("victim deceased police offender defendant imr author".split())
PEOPLE_OF_THE_CASE = frozenset("victim perpetrator deceased couple child children family mother father".split())


def related_after(
    after: str, own: Collection[str], reader: RoleReader, in_case: Callable[[str], bool], talk: bool
) -> bool:
    """Whether what follows a name makes its bearer somebody of the case.

    own      words of the post, agency and title of the member whose name it is: what fits them is no relation
    in_case  whether a word names somebody of the case
    talk     whether the sentence speaks of the Panel, so that a post tells nothing
    """
    if AGED.match(after) or LIVES.match(after) or HAS_KIN.match(after):
        return True
    if PANEL_POST.match(after):
        return False
    somebodys = IS_SOMEBODYS.match(after) or SOMEBODYS_BESIDE.match(after)
    if somebodys and (somebodys["own"] or in_case(somebodys["whose"])):
        return bool(somebodys.re is IS_SOMEBODYS or not _fits(somebodys["what"], own) or PERSONAL.search(after))
    if (is_a := IS_A.match(after)) and PERSONAL.search(is_a["what"]) and not _fits(is_a["what"], own):
        return True
    if beside := BESIDE.match(after):
        told = bool(reader.after.match(beside.group()) or PERSONAL.search(beside["what"]))
        return not _fits(beside["what"], own) and (told or not talk)
    post = POST_BESIDE.match(after)
    return post is not None and not _fits(post["what"], own) and _is_role(post["what"], reader, talk)


def related_before(
    before: str, after: str, own: Collection[str], reader: RoleReader, talk: bool, single: bool
) -> bool:
    """The same of what stands before a name: "a neighbour, Mrs Price", "her GP was Dr Price".

    single  it is a surname; before a name in full only a word that makes it a relation counts: "her uncle"
    """
    found, said = reader.before.search(before), before
    if found is None and (until := ROLE_IS.match(before)):
        said = until["until"] + " "
        found = reader.before.search(said)
        if found and talk and not PERSONAL.fullmatch(found["role"]):
            found = None
    if found and found["role"] not in " ".join(own):
        return single or bool(re.search(rf"{THEIR_ROLE}{re.escape(found['role'])}\b", said))
    if (detail := DETAIL.search(before)) and not _fits(detail.group(), own):
        return _is_role(detail["what"], reader, talk)
    if (theirs := THEIRS_IS.search(before)) and not _fits(theirs["what"], own):
        return bool(PERSONAL.search(theirs["what"])) or not talk
    theirs = THEIRS.search(before) if after[:1] in (",", ".", "") else None
    return theirs is not None and not talk and not _fits(theirs["what"], own)


def _fits(told: str, own: Collection[str]) -> bool:
    """Whether what is told shares a word with the member's own post or agency."""
    return bool((set(own) - COMMON) & set(re.findall(r"[\w-]+", told)))


def _is_role(told: str, reader: RoleReader, talk: bool) -> bool:
    if PERSONAL.search(told):
        return True
    return not talk and any(m["role"] not in GENERAL for m in reader.anywhere.finditer(told))
