"""Letters that look like other letters: "Sarah" with a Cyrillic "а", "S4rah", "WiIheIm" with capital I for l.

The table is our own, read off the shapes in the Unicode code charts: it names the Latin letter for which a reader
would take the other one. Real words of other scripts are never changed: only a word that mixes a script with Latin
letters is put into Latin, because no language writes such words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _pairs(others: str, latin: str) -> dict[str, str]:
    return dict(zip(others, latin, strict=True))


LATIN = {
    # Cyrillic
    **_pairs("авгекмнопрстухьиһіјѕԁԛԝѵүӏҽ", "abrekmhonpctyxbuhijsdqwvyle"),
    **_pairs("АВЕЗКМНОРСТУХЬИЯІЈЅԀԚԜѴҮӀԌ", "ABE3KMHOPCTYXbNRIJSDQWVYIG"),
    # Greek
    **_pairs("αβγεηικνορστυχωϲϳ", "abyenikvopotuxwcj"),
    **_pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ"),
    # Armenian, Coptic, Cherokee, Lisu
    **_pairs("ոռսհզցյօաՏՍՕԼ", "nnuhqgjowSUOL"),
    **_pairs("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲁⲟⲣⲥⲭ", "ABEHIKMNOPCTYXaopcx"),
    **_pairs("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏒᏚᏕᎢᏙᎳᎩᏃᏂᏎ", "ABCDEGHiJKLMPRRSSTVWYZh4"),
    **_pairs("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU"),
    # Latin letters of phonetics and of old alphabets
    **_pairs("ɑɡɩȷƽƨƅʋ", "agijssbv"),
}
_TABLE = str.maketrans(LATIN)
_RUN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# Digits and signs that stand for letters; i, l, 1 and | are one letter, so that any can stand for any.
_LEET = str.maketrans("01i!|345789@$", "ollll" + "eastbgas")
_WITHIN = re.compile(r"[-.'’*_–]")
_QUANTITY = re.compile(r"\d+(?:st|nd|rd|th|am|pm|mg|ml|km|kg|cm|mm|hr|hrs|yr|yrs|s|m|p|k|x|g|d|f|h)?")


@lru_cache(maxsize=4096)
def is_latin(letter: str) -> bool:
    """Whether a letter belongs to the Latin script; digits and signs count as Latin."""
    return letter.isascii() or not letter.isalpha() or unicodedata.name(letter, "").startswith(("LATIN", "MICRO"))


def foreign(text: str) -> bool:
    """Whether a word holds a letter of another script. A single Greek letter is a symbol ("Cronbach's α")."""
    if text.isascii() or all(is_latin(c) for c in text):
        return False
    return not (len(text) == 1 and unicodedata.name(text, "").startswith("GREEK"))


def put_right(text: str) -> str:
    """The text with words that mix Latin letters and letters that look like Latin ones in Latin throughout."""
    return text if text.isascii() else _RUN.sub(lambda m: _put_right(m.group()), text)


def mixed(text: str) -> list[str]:
    """The words of a text that `put_right` would change, as they stand, in order."""
    if text.isascii():
        return []
    return [word for word in _RUN.findall(text) if _put_right(word) != word]


def _put_right(word: str) -> str:
    if word.isascii() or not any(is_latin(c) and c not in LATIN and c.isalpha() for c in word):
        return word
    latin = latinised(word)
    return latin if all(is_latin(c) for c in latin) else word


def latinised(word: str) -> str:
    """A word with every letter that looks like a Latin one replaced by it."""
    apart = "".join(c if is_latin(c) and c not in LATIN else unicodedata.normalize("NFD", c) for c in word)
    return unicodedata.normalize("NFC", apart.translate(_TABLE))


def skeleton(folded: str) -> str:
    """The shape of a folded word, equal for all spellings that a reader would take for one another."""
    plain = _WITHIN.sub("", folded if folded.isascii() else latinised(folded).casefold())
    return plain.translate(_LEET).replace("rn", "m").replace("vv", "w")


def is_quantity(folded: str) -> bool:
    """Whether digits with letters after them count or measure something: "5am", "3rd", "20mg"."""
    return bool(_QUANTITY.fullmatch(folded))
