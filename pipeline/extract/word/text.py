"""The words of a Word paragraph as they print: insertions accepted; no deletions, hidden text or field codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.errors import DamagedFile
from pipeline.extract.assemble import Reading
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.extract.word.colours import Theme
from pipeline.extract.word.drawings import Drawing, read_drawing
from pipeline.extract.word.fields import Fields
from pipeline.extract.word.looks import NOTHING, Looks, read_looks, with_character_style
from pipeline.extract.word.math import math_text
from pipeline.extract.word.styles import Styles
from pipeline.extract.word.symbols import has_symbols, plain_symbols, symbol
from pipeline.extract.word.xml import MC, W, shown_branch, switched_on, value_of

_THROUGH = {W + n for n in ("hyperlink", "smartTag", "sdtContent", "customXml", "dir", "bdo")}
_DELETED = {W + "del", W + "moveFrom"}
_INSERTED = {W + "ins", W + "moveTo"}
_DRAWN = {W + "drawing", W + "pict", W + "object", W + "contentPart"}
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


class Piece(NamedTuple):
    """Words of one look. `mark` for a footnote's mark, `contents` for an entry of a contents list, `page` for the
    number of a page."""

    text: str
    looks: Looks
    mark: bool = False
    contents: bool = False
    page: bool = False


@dataclass(slots=True)
class Words:
    """A paragraph: its pieces in order and what is anchored in it."""

    pieces: list[Piece] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes in the order in which the text calls them."""

    order: dict[tuple[str, str], int] = field(default_factory=dict)
    own_marks: dict[tuple[str, str], str] = field(default_factory=dict)  # signs that stand for a number

    def mark(self, kind: str, note_id: str) -> str:
        return f"[^{self.order.setdefault((kind, note_id), len(self.order) + 1)}]"


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs one after another; a field may begin in one paragraph and end in a later one.

    Raises DamagedFile for text that stands in another file.
    """

    styles: Styles
    theme: Theme
    reading: Reading
    notes: Notes = field(default_factory=Notes)
    fields: Fields = field(default_factory=Fields)
    _words: Words = field(default_factory=Words)
    _looks: Looks = NOTHING
    _hiding: bool = False  # whether the last words that were met are hidden: they go on being one piece
    _character: dict[tuple[Looks, str], Looks] = field(default_factory=dict)

    def paragraph(self, element: Any, looks: Looks) -> Words:
        """What a w:p shows. `looks` is what its style and the document say of its words."""
        outer = self._words, self._looks, self._hiding
        self._words, self._looks, self._hiding = Words(), looks, False
        self._walk(element)
        words = self._words
        self._words, self._looks, self._hiding = outer
        return words

    def _walk(self, parent: Any) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _DELETED:
                self.reading.leave_out("tracked_deletion")
            elif tag in _INSERTED:
                self.reading.leave_out("tracked_insertion")
                self._walk(child)
            elif tag in _THROUGH:
                self._walk(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag == W + "fldSimple":
                self.fields.simple(child.get(W + "instr", ""))
                self._walk(child)
                self.fields.stack.pop()
            elif tag == MC + "AlternateContent":
                self._walk(shown_branch(child))
            elif tag == W + "subDoc":
                refuse_text_elsewhere()
            elif isinstance(tag, str) and tag.endswith("}oMath"):
                self._add(math_text(child), self._looks)
            elif isinstance(tag, str) and tag.endswith("}oMathPara"):
                self._walk(child)

    def _control(self, control: Any) -> None:
        if is_placeholder(control):
            self.reading.leave_out("form_field")
        else:
            for content in control.findall(W + "sdtContent"):
                self._walk(content)

    def _run(self, run: Any) -> None:
        properties = run.find(W + "rPr")
        looks = self._looks if properties is None else self._looks_of(properties)
        if looks.hidden or looks.web_hidden:
            self._hidden_run(run)
        else:
            own_mark = False
            for child in run:
                own_mark = self._content(child, looks, own_mark)

    def _looks_of(self, properties: Any) -> Looks:
        named = value_of(properties, "rStyle")
        base = self._looks
        if named:
            key = (base, named)
            if key not in self._character:
                style = self.styles.by_id.get(named)
                self._character[key] = base if style is None else with_character_style(base, style.looks)
            base = self._character[key]
        return read_looks(properties, self.theme).over(base)

    def _hidden_run(self, run: Any) -> None:
        """Hidden words are not read, but a field may begin or end among them."""
        shown = False
        for child in run:
            if child.tag == W + "fldChar":
                self.fields.step(child)
            elif child.tag == W + "instrText":
                self.fields.instruct(child.text or "")
            elif child.tag in _DRAWN or (child.tag in {W + "t", W + "sym"} and (child.text or "x").strip()):
                shown = True
        if shown and self.fields.visible and not self.fields.in_contents and not self._hiding:
            self.reading.leave_out("hidden_text")
        self._hiding = self._hiding or shown

    def _content(self, child: Any, looks: Looks, own_mark: bool) -> bool:
        """Takes in one child of a run; whether the words after it are a footnote's own mark ("*")."""
        tag = child.tag
        if tag == W + "t":
            text = child.text or ""
            if has_symbols(text, looks.font or ""):
                text, unknown = plain_symbols(text, looks.font or "")
                self.reading.left_out["unreadable_character"] += unknown
            if own_mark:
                key = next(reversed(self.notes.order), None)
                if key is not None:
                    self.notes.own_marks[key] = text.strip()
            else:
                self._add(text, looks)
        elif tag in _BREAKS:
            self._add(_BREAKS[tag], looks)
        elif tag == W + "fldChar":
            self._add(self.fields.step(child), looks)
        elif tag == W + "instrText":
            self.fields.instruct(child.text or "")
        elif tag == W + "sym":
            self._symbol(child, looks)
        elif tag in {W + "footnoteReference", W + "endnoteReference"}:
            if self.fields.visible:
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                self._add(self.notes.mark(kind, child.get(W + "id", "")), looks, mark=True)
                return bool(switched_by(child, "customMarkFollows"))
        elif tag == W + "ruby":
            self._ruby(child, looks)
        elif tag == W + "delText":
            self.reading.leave_out("tracked_deletion")
        elif tag == MC + "AlternateContent":
            for inner in shown_branch(child):
                own_mark = self._content(inner, looks, own_mark)
        elif tag in _DRAWN and self.fields.visible:
            self._words.drawings.append(read_drawing(child, self.theme))
        return own_mark

    def _add(self, text: str, looks: Looks, *, mark: bool = False) -> None:
        if not text:
            return
        if not self.fields.visible:
            if text.strip():
                self.fields.swallow()
            return
        if text.strip():
            self._hiding = False
        inside = bool(self.fields.stack)
        self._words.pieces.append(
            Piece(text, looks, mark, inside and self.fields.in_contents, inside and self.fields.in_page_number)
        )

    def _symbol(self, element: Any, looks: Looks) -> None:
        digits = element.get(W + "char", "")
        try:
            plain = symbol(element.get(W + "font", ""), int(digits, 16))
        except ValueError:
            plain = None
        if plain is None:
            self.reading.leave_out("unreadable_character")
        self._add(plain or "", looks)

    def _ruby(self, element: Any, looks: Looks) -> None:
        """Letters with small ones above that tell how they are said: these follow in brackets."""
        above = "".join(t.text or "" for part in element.iter(W + "rt") for t in part.iter(W + "t")).strip()
        for base in element.iter(W + "rubyBase"):
            self._walk(base)
        self._add(f" ({above})" if above else "", looks)


def switched_by(element: Any, attribute: str) -> bool:
    return str(element.get(W + attribute, "0")).lower() in {"1", "true", "on"}


def is_placeholder(control: Any) -> bool:
    """Whether a content control shows nothing but the hint that asks for something to be filled in."""
    return bool(switched_on(control.find(W + "sdtPr"), "showingPlcHdr"))


def refuse_text_elsewhere() -> None:
    raise DamagedFile("The Word document takes part of its text from another file, which is not read.", SAVE_AGAIN)


def visible(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text.strip()]
