"""A count in Word's number formats (ECMA-376 part 1, 17.18.59): 3 is "3", "c", "C", "iii", "03", "third"."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()  # fmt: skip
_TENS = "- ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip
_SIGNS = "*†‡§"


def count_as_printed(count: int, style: str) -> str:
    """The count in this format; plain digits where the format is another script's, "" for one that prints nothing."""
    if style in {"none", "bullet"}:
        return ""
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * min(20, (count - 1) // 26 + 1) if count > 0 else ""
        return letter if style == "lowerLetter" else letter.upper()
    if style in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if style == "lowerRoman" else roman.upper()
    if style == "decimalZero" or style.strip("0") == "":
        return str(count).zfill(len(style) if style.strip("0") == "" else 2)
    if style in {"ordinal", "cardinalText", "ordinalText"}:
        return _in_words(count, style)
    if style == "chicago":
        return _SIGNS[(count - 1) % 4] * min(5, (count - 1) // 4 + 1) if count > 0 else ""
    framed = {"decimalEnclosedParen": "({})", "decimalEnclosedFullstop": "{}.", "numberInDash": "- {} -"}
    return framed.get(style, "{}").format(count)


def _roman(count: int) -> str:
    text = ""
    rest = min(count, 4000)
    for value, letters in _ROMAN:
        while rest >= value:
            text += letters
            rest -= value
    return text


def _in_words(count: int, style: str) -> str:
    if style == "ordinal":
        ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th") if count % 100 not in {11, 12, 13} else "th"
        return f"{count}{ending}"
    if not 0 <= count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    words = [_ONES[count]] if count < 20 else [_TENS[tens], *([_ONES[ones]] if ones else [])]
    if style == "ordinalText":
        last = words[-1]
        words[-1] = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return "-".join(words).capitalize()
