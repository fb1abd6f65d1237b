"""Characters of Word's symbol fonts, which have no code of their own, as the characters that they look like."""

from __future__ import annotations

_SYMBOL = dict(zip(
    range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True
)) | dict(zip(
    range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True
)) | {
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xBC: "…", 0xD0: "∠", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4B: "☺", 0x4C: "☹", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x77: "⬥", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xB2: "✧",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⬄", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "•", 0xA3: "□"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗"}
_ANY = {0xA7: "▪", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xFC: "✓"}  # where the font is not said
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS}
_PRIVATE = range(0xF000, 0xF100)


def symbol(font: str, code: int) -> str | None:
    """The character of a w:sym, or None where nobody knows which it is."""
    table = _FONTS.get(font.strip().lower())
    low = code & 0xFF
    if table is None and code in _PRIVATE:
        return _ANY.get(low) or (chr(low) if low in range(0x20, 0x7F) else None)
    if table is None:
        return chr(code)
    if table is _SYMBOL and low in range(0x20, 0x41):
        return table.get(low, chr(low))  # digits and signs are where ASCII has them
    return table.get(low)


def has_symbols(text: str, font: str) -> bool:
    """Whether the letters that the file holds are not those that the page shows."""
    return font.strip().lower() in _FONTS or any("\uf000" <= letter <= "\uf0ff" for letter in text)


def plain_symbols(text: str, font: str) -> tuple[str, int]:
    """Text with the characters of a symbol font as plain ones, and how many of them nobody knows."""
    all_of_it = font.strip().lower() in _FONTS
    unknown = 0
    parts = []
    for letter in text:
        own = ord(letter) in _PRIVATE or (all_of_it and not letter.isspace() and ord(letter) < 0x100)
        plain = symbol(font, ord(letter)) if own else letter
        unknown += plain is None
        parts.append(plain or "")
    return "".join(parts), unknown
