"""The readings of a text in which a stranger could make out a word that is not spelt plainly, for the verifier.

The tables are the verifier's own: what detection does not know of a disguise must not blind the check after it, so
nothing here is shared with `pipeline.detect`.

Some words that stay in print read like a form when they are taken apart or put together: PayPal in a case about Mrs
Pal, a co-op in one about Mr Coop. `Staying` holds those, whole, and a reading leaves them as they are written. That
hides nothing else: "PayPalOkonjo" is another word, and a Pal beside a PayPal is a word of its own.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ə": "e"}
)
_POSSESSIVE = re.compile(r"['’‘ʼ`´′]s(?!\w)", re.I)
_JOINED = re.compile(
    r"['’‘‛ʼʻʹˈ`´′‵\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"(?<=\w)[-‐‑]\s*\n\s*(?=\w)")
_WITHIN = re.compile(r"(?<=[^\W\d_])(?:[-‐‑‒–−·‧*_.~]|\*\*|__)(?=[^\W\d_])")
_RUN = re.compile(r"\w+")
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_END = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*$")
_LINKED = re.compile(r"[\w‐‑‒–−·‧*.~-]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bFitz)(?=[A-Z])")
_CAPITAL_I = re.compile(r"(?<=[a-z])I(?=[a-z])")
_MIXED = re.compile(r"(?<!\w)(?=[\w@$]{0,23}[^\W\d_])(?=[\w@$]{0,23}[\d@$])[\w@$]{4,24}(?!\w)")
_QUANTITY = re.compile(r"\d+[a-z]{1,3}")
_DIGITS = [str.maketrans("0345789@$1", "oeastbgas" + one) for one in "il"]


def _alike() -> dict[int, str]:
    """Letters of other scripts and styles -> the Latin letters that a reader takes them for."""
    rows = (
        ("авгекмнопрстухьиһіјѕԁԛԝѵүӏё", "abrekmhonpctyxbuhijsdqwvyle"),
        ("АВЕКМНОРСТУХЬИЯІЈЅԀԚԜѴҮӀԌЁ", "abekmhopctyxbnrijsdqwvyige"),
        ("αβγεηικνορστυχωϲϳ", "abyenikvopotuxwcj"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "abezhikmnoptyxcj"),
        ("ոռսհզցյօաՏՍՕԼ", "nnuhqgjowsuol"),
        ("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲁⲟⲣⲥⲭ", "abehikmnopctyxaopcx"),
        ("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏒᏚᏕᎢᏙᎳᎩᏃᏂ", "abcdeghijklmprrsstvwyzh"),
        ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpdtgkjczfmnlsrvhwxyaeiou"),
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡɩȷ", "abcdefghijklmnoprstuvwyzagij"),
    )
    table = {ord(other): latin for others, latins in rows for other, latin in zip(others, latins, strict=True)}
    for first in (0x1F150, 0x1F170, 0x1F1E6):  # letters in black circles, in black squares, and of flags
        table.update({first + n: chr(ord("a") + n) for n in range(26)})
    return table


_ALIKE = _alike()


def decoded(text: str) -> str:
    """Text without the escapes of HTML and of addresses."""
    return urllib.parse.unquote(html.unescape(text))


def fold(text: str) -> str:
    """Letters without case and diacritics; apostrophes and invisible characters gone, possessives cut off."""
    text = unicodedata.normalize("NFKD", _JOINED.sub("", _POSSESSIVE.sub(" ", text)).replace("\u3164", " "))
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Me")
    return text.casefold().translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Staying:
    """Words that are not to be taken apart or put together.

    written  as they are written: that "Rosemary" stays is no reason to overlook "RoseMary"
    folded   for readings in which capitals are gone already
    """

    written: Set[str] = frozenset()
    folded: Set[str] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str]) -> Staying:
        plain = {unicodedata.normalize("NFKC", word) for word in words}
        plain |= {_CAPITAL_I.sub("l", word) for word in plain}
        return cls(frozenset(plain), frozenset(map(fold, plain)))


def readings(text: str, stay: Staying, *, disguised: bool = True) -> Iterator[str]:
    """The text, folded, in each way in which a reader could make out a word: as it stands, with words whole that are
    broken at a line's end, and, where asked, as if it were disguised."""
    yield fold(text)
    yield fold(_mended(text, stay))
    if disguised:
        yield from _disguised(text, stay)


def _mended(text: str, stay: Staying) -> str:
    def joint(match: re.Match[str]) -> str:
        head = _END.search(text, max(0, match.start() - 40), match.start())
        tail = _COMPOUND.match(text, match.end())
        whole = f"{head.group() if head else ''}-{tail.group() if tail else ''}"
        return "-" if unicodedata.normalize("NFKC", whole) in stay.written else ""

    return _BROKEN.sub(joint, text)


def _disguised(text: str, stay: Staying) -> Iterator[str]:
    if "&" in text:
        text = html.unescape(html.unescape(text))
    plain = _CAPITAL_I.sub("l", text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_ALIKE))
    yield fold(plain)
    yield fold(_RUN.sub(lambda m: _unless(stay, m.group(), _CAMEL, " "), plain))
    yield fold(_LINKED.sub(lambda m: _unless(stay, m.group(), _WITHIN, ""), _mended(plain, stay)))
    folded = fold(plain)
    if _MIXED.search(folded):
        for digits in _DIGITS:
            yield _MIXED.sub(lambda m, d=digits: _lettered(m.group(), d, stay), folded)  # type: ignore[misc]
    yield "\n".join(_spelt_out(WORD.findall(folded)))


def _unless(stay: Staying, word: str, where: re.Pattern[str], instead: str) -> str:
    """The word taken apart or put together, unless it stays as it is written."""
    return word if word.strip("*_~.-") in stay.written else where.sub(instead, word)


def _lettered(word: str, digits: dict[int, int], stay: Staying) -> str:
    """A word in which digits may stand for letters; "5am" and "20mg" count."""
    return word if word in stay.folded or _QUANTITY.fullmatch(word) else word.translate(digits)


def _spelt_out(words: Sequence[str]) -> Iterator[str]:
    """Runs of three and more single letters, each as one word."""
    for single, run in itertools.groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        if single and len(letters) > 2:
            yield "".join(letters)
