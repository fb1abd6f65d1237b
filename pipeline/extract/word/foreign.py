"""Words in another language than English, as the proofing language of a Word document marks them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.normalise import one_line
from pipeline.extract.word.looks import Looks
from pipeline.extract.word.text import Piece
from pipeline.models import Foreign

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NO_LANGUAGE = {"x", "zxx", "und", "mul"}
_WORD = re.compile(r"[^\W\d_]{2,}")
_EAST = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def foreign_words(pieces: Iterable[Piece], default: Looks) -> tuple[Foreign, ...]:
    """Each passage in another language with its BCP 47 tag. `default` is what the document says of all its words: a
    language that is merely the template's marks nothing."""
    found: list[tuple[str, str]] = []
    language, words, between = "", "", ""

    def close() -> None:
        if language:
            found.append((language, words))

    for piece in pieces:
        neutral = not re.search(r"[^\W\d_]", piece.text) and not piece.mark and "\n" not in piece.text
        if language and neutral:
            between += piece.text
            continue
        own = "" if piece.mark else _language(piece, default)
        if own and own == language:
            words += between + piece.text
        else:
            close()
            language, words = own, piece.text
        between = ""
    close()
    lines = ((tag, one_line(line)) for tag, text in found for line in text.split("\n"))
    return tuple(dict.fromkeys(Foreign(tag, line) for tag, line in lines if _WORD.search(line) or _EAST.search(line)))


def _language(piece: Piece, default: Looks) -> str:
    looks = piece.looks
    if looks.right_to_left:
        tag, usual = looks.right_language, None
    elif _EAST.search(piece.text):
        tag, usual = looks.east_language, None
    else:
        tag, usual = looks.language, default.language
    if not tag or not _TAG.fullmatch(tag):
        return ""
    kind = _primary(tag)
    return "" if kind == "en" or kind in _NO_LANGUAGE or (usual and kind == _primary(usual)) else tag


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
