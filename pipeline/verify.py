"""The independent check of final bytes: is any form of what was redacted anywhere in them?

This module shares no code with detection: it knows no names and no rules, only the list of forms that it is given,
and reads files as a stranger would: every page, outline and property of a PDF, every value of a JSON file, the text
and the attributes of HTML, what is packed inside gzip, and the names of the files. Letters are compared without case,
diacritics and punctuation, so that "OKONJO", "Ọkọ̀njọ" and "okonjo_a.pdf" are found by "Okonjo"; and once more as a
reader would take them where they are disguised: a Cyrillic "о", "0konjo", "O k o n j o", "#JusticeForOkonjo".

A hit says where, never what.
"""

from __future__ import annotations

import gzip
import html
import itertools
import json
import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.readings import WORD, Staying, decoded, fold, readings
from pipeline.verify_pdf import pdf_texts

_TEXT_SUFFIXES = {".md", ".txt", ".yml", ".yaml", ".csv", ".css", ".js", ".typ", ""}
_CODE_SUFFIXES = {".css", ".js"}
_MARKUP_SUFFIXES = {".html", ".htm", ".xml", ".svg", ".xhtml"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that holds a form: the file's name and where in it ("page 3", "title", "line 12", "its name")."""

    file: str
    where: str


_START = 6  # letters of a packed form by which it is looked up


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The forms, each where a reading of a text is asked for it.

    words   first word -> the forms as words
    packed  first letters -> numbers and full names as letters and digits only, which may be spaced in any way
    stay    words that are not taken apart or put together
    """

    words: Mapping[str, Sequence[tuple[str, ...]]]
    packed: Mapping[str, Sequence[str]]
    stay: Staying


def find_forms(files: Mapping[str, bytes], forms: Sequence[str], stay: Collection[str] = ()) -> tuple[Hit, ...]:
    """Every place in the files that holds one of the forms, in order; an empty tuple where none does.

    stay  whole words that stay in print on purpose (PayPal, where "Pal" is a form). They are read as they are written
          and in no other way; a form that is spelt plainly is found in them all the same.
    Raises DamagedFile where a file cannot be read: what cannot be read has not been verified.
    """
    wanted = _prepare(forms, stay)
    if not wanted.words:
        return ()
    hits: list[Hit] = []
    for name in sorted(files):
        for where, text, exact in (("its name", decoded(name), True), *_texts(name, files[name])):
            if _holds(text, wanted, exact, prose=PurePosixPath(name).suffix.casefold() not in _CODE_SUFFIXES):
                hits.append(Hit(name, where))
    return tuple(dict.fromkeys(hits))


def find_in_tree(root: Path, forms: Sequence[str]) -> tuple[Hit, ...]:
    """The same for every file under a folder, for instance a built website with its search index."""
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    return find_forms(files, forms)


def _prepare(forms: Sequence[str], stay: Collection[str]) -> _Wanted:
    words: dict[str, list[tuple[str, ...]]] = {}
    spaced: dict[str, list[str]] = {}
    for form in dict.fromkeys(tuple(WORD.findall(fold(form))) for form in forms):
        if not form:
            continue
        packed = "".join(form)
        words.setdefault(form[0], []).append(form)
        if len(form) > 2 and all(len(word) == 1 for word in form):  # found spelt out, looked for as a word as well
            words.setdefault(packed, []).append((packed,))
        numeric = len(packed) >= _START and sum(c.isdigit() for c in packed) >= 3
        if numeric or (len(form) > 1 and len(packed) >= 8):
            spaced.setdefault(packed[:_START], []).append(packed)
    return _Wanted(words, spaced, Staying.of(stay))


def _holds(text: str, wanted: _Wanted, exact: bool, *, prose: bool = True) -> bool:
    """Whether the text holds a form.

    `exact` is False for bytes read as text, where short forms occur by chance. `prose` is False for program code,
    which is full of words that are run together and abbreviated.
    """
    found = dict.fromkeys(readings(text, wanted.stay, disguised=exact and prose))
    return any(_reading_holds(reading, wanted, exact) for reading in found)


def _reading_holds(reading: str, wanted: _Wanted, exact: bool) -> bool:
    words = WORD.findall(reading)
    for at, word in enumerate(words):
        for form in wanted.words.get(word, ()):
            if (exact or sum(map(len, form)) >= 5) and tuple(words[at : at + len(form)]) == form:
                return True
    # In any spacing: it has to begin and end where words do, or a longer number would hold it.
    packed = "".join(words)
    edges = tuple(itertools.accumulate(map(len, words), initial=0))
    ends = set(edges)
    return any(
        packed.startswith(form, at) and at + len(form) in ends and not (word == form and form in wanted.stay.folded)
        for at, word in zip(edges, words, strict=False)
        for form in wanted.packed.get(packed[at : at + _START], ())
    )


# Reading files: each yields (where, text, exact)


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    suffix = PurePosixPath(name).suffix.casefold()
    if data[:5] == b"%PDF-" or suffix == ".pdf":
        yield from pdf_texts(name, data)
    elif data[:2] == b"\x1f\x8b":
        yield from _packed(name, data)
    elif suffix == ".json":
        yield from _json(name, data)
    elif suffix in _MARKUP_SUFFIXES:
        yield from _markup(name, data)
    elif suffix in _TEXT_SUFFIXES:
        text = _decode(name, data)
        yield from _lines(_without_table_markup(text) if suffix == ".md" else text)
    else:
        yield from _bytes(data)


def _decode(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedFile(f"{name} is not UTF-8 text and cannot be verified.", "Make the file again.") from error


def _lines(text: str) -> Iterator[tuple[str, str, bool]]:
    lines = decoded(text).splitlines()
    for number in range(1, len(lines) + 1):
        # With the line after it: a form may be broken over two.
        yield f"line {number}", "\n".join(lines[number - 1 : number + 1]), True
    yield "its text without markup", re.sub(r"<[^<>]*>|[*_`]", "", decoded(text)), True


# Tags of a release's Markdown, to the letter: a person called Lang or Span is not in `<span lang="es">`.
_CELL_TAG = re.compile(r'</?(?:table|thead|tbody|tr|th|td)(?: (?:col|row)span="\d{1,3}"){0,2}>')
_SPAN_TAG = re.compile(r'<span (?:lang="[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"|class="number")>|</span>')


def _without_table_markup(text: str) -> str:
    return _SPAN_TAG.sub("", _CELL_TAG.sub(" ", text))


def _bytes(data: bytes) -> Iterator[tuple[str, str, bool]]:
    yield "its bytes", data.decode("utf-8", "replace"), False
    yield "its bytes", data.decode("utf-16-le", "replace"), False


def _packed(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    try:
        inner = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedFile(f"{name} is packed and cannot be unpacked.", "Make the file again.") from error
    text = inner.decode("utf-8", "replace")
    brace = text.find("{")
    # Fragments of the search index: a short signature, then JSON.
    if 0 <= brace < 32:
        try:
            yield from _values(json.loads(text[brace:]), "")
        except json.JSONDecodeError:
            yield "its packed bytes", text, False
        return
    yield "its packed bytes", text, False


def _json(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    try:
        value = json.loads(_decode(name, data))
    except json.JSONDecodeError as error:
        raise DamagedFile(f"{name} is not JSON and cannot be verified.", "Make the file again.") from error
    yield from _values(value, "")


def _values(value: Any, path: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, dict):
        for place, (key, inner) in enumerate(value.items()):
            yield f"a name under {path or '/'}", decoded(str(key)), True
            # A key may itself be what must not be shown, so that only plain ones are named.
            step = key if re.fullmatch(r"[a-z_]{1,24}", str(key)) else str(place)
            yield from _values(inner, f"{path}/{step}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _values(inner, f"{path}/{place}")
    elif value is not None and not isinstance(value, bool):
        yield path or "/", decoded(str(value)), True


class _Reader(HTMLParser):
    """Collects text, attributes and comments of HTML or XML."""

    _INLINE = frozenset(
        {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.others: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._INLINE:
            self.text.append("\n")
        for name, value in attrs:
            self.others.append((f"attribute {name} of {tag}, line {self.getpos()[0]}", decoded(value or "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._INLINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append((f"a comment, line {self.getpos()[0]}", data))

    def handle_decl(self, decl: str) -> None:
        self.others.append(("a declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.others.append(("an instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.others.append(("a section", data))


def _markup(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    reader = _Reader()
    text = _decode(name, data)
    reader.feed(text)
    reader.close()
    yield "its text", "".join(reader.text), True
    for where, value in reader.others:
        yield where, value, True
    yield "its source", html.unescape(text), True
