"""One spelling for every character, before anything else looks at the text.

A name must not escape detection because a ligature, a soft hyphen, an invisible character, a letter of a mathematical
alphabet or a tag that an export left stands in it. Curly quotes and dashes are typography that readers see, so they
stay; everything invisible goes. What a whole word is in another script keeps its letters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable

from pipeline.detect.lookalikes import put_right

BULLETS = frozenset("•‣◦▪▫●○■□–—-*·⁃➢➤✓\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d")

_REPLACED = {
    "\u2010": "-",
    "\u2011": "-",
    "\u02d7": "-",
    "\ufe63": "-",
    "\uff0d": "-",
    "\u02bc": "’",
    "\u2024": ".",
    "\u2800": " ",  # a Braille cell without dots
    "\u3164": " ",  # Hangul fillers, as wide as a letter
    "\uffa0": " ",
    "\t": " ",
    "\n": "\n",
    "\v": "\n",
    "\f": "\n",
    "\r": "\n",
    "\u0085": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\uf0b7": "•",
    "\uf0a7": "•",
    "ª": "ª",
    "º": "º",
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ", strict=True)),  # small capitals
}
# Marks that are printed over or around a letter and say nothing about it, and characters that show as nothing.
_NOTHING = (
    range(0x034F, 0x0350), range(0x0334, 0x0339), range(0x0488, 0x048A), range(0x115F, 0x1161), range(0x17B4, 0x17B6),
    range(0x180B, 0x1810), range(0x20D0, 0x20F1), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0),
)  # fmt: skip
# Letters in black circles and squares, and those of flags, to which Unicode gives no plain letter.
_FRAMED = ((0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
_LOOK_BACK = 200  # characters
_SPACES = re.compile(r"[ ]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_LETTER = r"[^\W\d_]"
_APOSTROPHE = re.compile(rf"(?<={_LETTER})[ʹʻʽʾʿˈˊˋ′`´‘‛ꞌ‵՚](?={_LETTER})")
_HYPHEN = re.compile(rf"(?<={_LETTER})[\u2012\u2212\u2043\u2027\u05be\u1806\u2e17\ufe58](?={_LETTER})")
_MARKED_UP = re.compile(r"[&<*~]|__|_x|\\u|[ÃÄÅ]|â€")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|_x([0-9a-fA-F]{4})_")
# A tag has nothing but attributes: <S Okonjo>, <Li Wei> and <P Smith@x> are words of the report.
_VALUE = r"(?:\"[^\"<>\n]{0,200}\"|'[^'<>\n]{0,200}'|[\w#%.-]{1,40})"
_ATTRIBUTES = rf"(?P<with>(?:\s{{1,8}}[a-z][a-z:-]{{0,40}}={_VALUE})*)\s{{0,8}}"
_INLINE_TAG = re.compile(
    rf"<(?P<end>/?)(?P<tag>b|i|u|s|em|strong|span|sub|sup|font|small|big|mark|wbr|del|ins){_ATTRIBUTES}(?P<void>/?)>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(rf"<(?P<end>/?)(?P<tag>p|br|div|td|tr|li|ul|ol){_ATTRIBUTES}(?P<void>/?)>", re.IGNORECASE)
_END_TAG = re.compile(r"</([a-zA-Z]{1,6})\s{0,8}>")
_EMPHASIS = re.compile(
    rf"(?<={_LETTER})(\*{{1,3}}|__|~~)({_LETTER}+)\1(?![*_~])|(?<![*_~])(\*{{1,3}}|__|~~)({_LETTER}+)\3(?={_LETTER})"
)
# UTF-8 that was read as Windows-1252. The first letter alone proves nothing (an É before a quotation mark), so only
# pairs count that no language writes.
_MISREAD = re.compile(
    "â€[\u2122\u02dc\u0153\u009d\u201c\u201d\u00a6\u02dc]"
    "|Ã[\u0152\u0160\u0178\u0192\u02c6\u02dc\u2020\u2021\u2030\u0161\u0153\u017e\u00a1-\u00bf]"
    "|(?<=[a-z])[ÃÄÅ][\u20ac\u201a\u201e\u2026\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u2122\u203a\u0161"
    "\u0153\u017e\u0178\u0152\u0160\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u00a0-\u00bf]"
)


class _Spellings(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _spelling(chr(code))
        return self[code]


def _spelling(c: str) -> str:
    if c in _REPLACED:
        return _REPLACED[c]
    if any(ord(c) in span for span in _NOTHING):
        return ""
    category = unicodedata.category(c)
    if category == "Zs":
        return " "
    # Cf holds soft hyphens, zero-width characters, direction controls and tag characters; Co and Cn print nothing.
    if category in {"Cc", "Cf", "Co", "Cn", "Cs"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(c))
    for first, count in _FRAMED:
        if first <= ord(c) < first + count:
            return chr(ord("A") + ord(c) - first)
    return _plain_letters(c, category)


def _plain_letters(c: str, category: str) -> str:
    """A letter in another dress (ligature, full width, mathematical, superscript, circled) as plain letters."""
    plain = unicodedata.normalize("NFKC", c)
    if plain == c:
        return c
    if 0xFF01 <= ord(c) <= 0xFF5E or 0x1D400 <= ord(c) <= 0x1D7FF:
        return plain
    enclosed = 0x249C <= ord(c) <= 0x24E9 or 0x1F110 <= ord(c) <= 0x1F14F
    if not (category[0] == "L" or category == "Nl" or enclosed):
        return c
    letters = plain.strip("()").replace("\u02bc", "’")
    latin = all(x == "’" or unicodedata.name(x, "").startswith("LATIN") for x in letters)
    return letters if latin else c


_SPELLINGS = _Spellings()


def clean(text: str) -> str:
    """Text in NFC with plain spaces; line breaks survive as a single newline each, edges are stripped."""
    text = _without_markup(text)
    if text.isascii() and text.isprintable():
        text = _APOSTROPHE.sub("’", text) if "`" in text else text
        return _SPACES.sub(" ", text).strip()
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_SPELLINGS))
    plain = put_right(_HYPHEN.sub("-", _APOSTROPHE.sub("’", plain)))
    return _AROUND_BREAK.sub("\n", _SPACES.sub(" ", plain)).strip(" \n")


def _without_markup(text: str) -> str:
    """The text without what an export left in it: entities, escapes, tags, emphasis within a word, misread UTF-8."""
    if not _MARKED_UP.search(text):
        return text
    for _ in range(3):  # "&amp;#39;" was escaped twice
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    text = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    text = _BLOCK_TAG.sub(_instead(" ", text), _INLINE_TAG.sub(_instead("", text), text))
    text = _EMPHASIS.sub(lambda m: m[2] or m[4], text)
    return _MISREAD.sub(_reread, text)


def _instead(blank: str, text: str) -> Callable[[re.Match[str]], str]:
    """What takes a tag's place. <S>, <P> and <Li> may be somebody's initial or name, unless something shows that they
    are tags: small letters, an attribute, a stroke, or an end somewhere."""
    ends = {tag.casefold() for tag in _END_TAG.findall(text)}

    def plain(match: re.Match[str]) -> str:
        tag = match["tag"]
        sure = tag.islower() or match["with"] or match["end"] or match["void"] or tag.casefold() in {"br", *ends}
        return blank if sure else match.group()

    return plain


def _reread(match: re.Match[str]) -> str:
    try:
        data = b"".join(c.encode("latin-1") if ord(c) < 0x100 else c.encode("cp1252") for c in match.group())
        return data.decode("utf-8")
    except UnicodeError:
        return match.group()


def one_line(text: str) -> str:
    """`clean` with line breaks turned into spaces."""
    return clean(text).replace("\n", " ")


def join_cell(texts: Iterable[str]) -> str:
    """Paragraphs and lines of one cell in one line: two people in a cell stay two people."""
    result = ""
    for text in (line for t in texts for line in (one_line(part) for part in re.split(r"[\n\v]", t)) if line):
        if not result:
            result = text
        else:
            result += ("" if result[-1] in ".,;:!?/-–—" else ";") + " " + text
    return result


def unreadable_share(text: str) -> float:
    """Share (0 to 1) of characters that stand for no letter: what a font without a character map leaves behind."""
    seen = [c for c in text if not c.isspace()]
    if not seen:
        return 1.0
    lost = sum(c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn", "Cc"} for c in seen if c not in BULLETS)
    return lost / len(seen)


def join_lines(lines: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Printed lines as running text.

    A word broken at a line end by a hyphen is put together when the document has the whole word elsewhere (`words`,
    in lower case) and not the hyphenated one; otherwise the hyphen is taken to belong to it ("mother-in-law",
    "Hussain-Moore"). Losing a hyphen in a name would hide it from everything that looks for the name.
    """
    return joined(lines, words)[0]


def joined(lines: Iterable[str], words: frozenset[str] = frozenset()) -> tuple[str, list[int]]:
    """The text of `join_lines`, and for each of the lines the offset at which its words begin in that text."""
    text, starts = "", []
    for line in (part.strip() for part in lines):
        end = text[-_LOOK_BACK:]  # the whole of a long paragraph need not be searched for each of its lines
        if line and text:
            if end.endswith("\u00ad"):
                text = text[:-1]
            elif re.search(r"\w[-\u2010]$", end) and line[0].isalnum():
                text = text[: len(text) - len(end)] + _mended(end, line, words)
            elif not (_continues_link(end, line) or _goes_on_after_dash(end, line)):
                text += " "
        starts.append(len(text))
        text += line
    return text, starts


def _mended(text: str, line: str, words: frozenset[str]) -> str:
    """Text that ends with a hyphen, as it stands before the line that goes on with the word."""
    head = re.search(r"(\w+)[-\u2010]$", text)
    tail = re.match(r"\w+", line)
    if not head or not tail or _LINK.search(text.rsplit(" ", 1)[-1]):
        return text
    if line[0].islower() or (head[1].isupper() and tail[0].isupper()):
        whole = (head[1] + tail[0]).casefold()
        hyphenated = f"{head[1]}-{tail[0]}".casefold()
        if hyphenated not in words and whole in words:
            return text[:-1]
    return text


_LINK = re.compile(r"[/@]|^www\.")
_BROKEN = re.compile(
    rf"(?<!\w)(?P<head>\w+)(?P<mark>[-\u00ad\u2010])\n[ \t]*(?P<tail>{_LETTER}[\w'’]*[.,;:!?)]*)(?:[ \t]|(?=\n)|$)",
    re.MULTILINE,
)


def mend_breaks(text: str) -> str:
    """Plain text with words that are broken by a hyphen at a line's end whole on the first line, as `join_lines`."""
    if not _BROKEN.search(text):
        return text
    words = frozenset(re.findall(r"\w+(?:-\w+)*", text.casefold()))

    def mended(match: re.Match[str]) -> str:
        if match["mark"] == "\u00ad":  # shown at a line's end only, so it belongs to no word
            return f"{match['head']}{match['tail']}\n"
        return _mended(match["head"] + "-", match["tail"], words) + f"{match['tail']}\n"

    return _BROKEN.sub(mended, text)


def _goes_on_after_dash(text: str, line: str) -> bool:
    """Between words, a dash without a space before it has none after it ("2014–2016", "he stopped—then ran")."""
    return line[0].isalnum() and bool(re.search(r"\w[–—]$", text))


def _continues_link(text: str, line: str) -> bool:
    """A web or mail address broken over lines goes on without a space; so does a reference after its stroke."""
    last = text.rsplit(" ", 1)[-1]
    if re.search(r"\w/$", last):
        return line[0].isalnum()
    address = last.startswith(("http://", "https://", "www."))
    return last.endswith("@") or (address and (last[-1] in "/-_?&=#" or (last[-1] == "." and line[0].islower())))
