"""Words that a Word file holds and its pages do not show: a redaction that failed.

Black marker over black words, white words on white paper, words too small to see, black bars laid over the text: to
whoever made the report these are gone, and to every program they are there. The report is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.errors import FailedRedaction
from pipeline.extract.word.colours import AUTO, is_dark, is_unreadable
from pipeline.extract.word.counts import count_as_printed
from pipeline.extract.word.drawings import UNKNOWN, Drawing
from pipeline.extract.word.looks import NOTHING, Looks
from pipeline.extract.word.text import Piece

_SMALLEST = 4  # half-points
_NARROWEST = 5  # per cent of a letter's width
_LOWEST_LINE = 40  # twentieths of a point
_NEAR = 12  # paragraphs within which the last number says where one is
_MOST_PLACES = 12
_REMEDY = (
    "Delete the words in the Word file, or show them in a colour and size that can be read; have that version signed "
    "off, and take it in."
)


@dataclass(frozen=True, slots=True)
class Surface:
    """What words stand on: `fill` in six digits, "" for the page, "?" where it is not known; `looks` is what the
    style of a table says of words in a cell; `own` where the fill is not the table style's."""

    fill: str = ""
    looks: Looks = NOTHING
    own: bool = False


PAGE = Surface()


@dataclass(frozen=True, slots=True)
class _Found:
    place: str
    page: int
    light: bool  # pale words on the page itself, which a picture behind them would show


@dataclass(slots=True)
class Concealed:
    """Looks at paragraphs in reading order. `paper` is the colour of the page."""

    paper: str = "FFFFFF"
    page: int = 1
    paragraphs: int = 0
    in_notes: bool = False
    _number: str = ""
    _number_at: int = -_NEAR
    _found: list[_Found] = field(default_factory=list)
    _backdrops: set[int] = field(default_factory=set)

    def paragraph(self, number: str) -> None:
        """Notes that a paragraph that prints words begins, with its number as printed or ""."""
        self.paragraphs += 1
        if number:
            self._number, self._number_at = number, self.paragraphs

    def words(self, pieces: Iterable[Piece], surface: Surface, exact_line: int) -> None:
        """`surface` is the paragraph's; `exact_line` the height of its lines where it is fixed, else 0."""
        before = False
        squeezed = 0 < exact_line <= _LOWEST_LINE
        for piece in pieces:
            if piece.mark or not any(c.isalnum() for c in piece.text):
                before = before and not piece.text.strip()
                continue
            unseen = squeezed or _is_too_small(piece.looks)
            pale = False
            if not unseen and (piece.looks.colour or piece.looks.highlight or piece.looks.fill):
                unseen, pale = self._colours(piece.looks, surface)
            if unseen and not before:
                self._found.append(_Found(self._place(), self.page, pale))
            before = unseen

    def drawing(self, drawing: Drawing) -> None:
        if drawing.bar:
            self._found.append(_Found(self._place(), self.page, False))
        if drawing.backdrop:
            self._backdrops.add(self.page)

    def refuse(self) -> None:
        """Raises FailedRedaction where something is concealed."""
        found = [f for f in self._found if not (f.light and f.page in self._backdrops)]
        if not found:
            return
        places = list(dict.fromkeys(f.place for f in found))
        named = places[:_MOST_PLACES] + (["others"] if len(places) > _MOST_PLACES else [])
        where = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
        pieces = "one piece" if len(found) == 1 else f"{len(found)} pieces"
        raise FailedRedaction(
            f"The Word document still holds {pieces} of text that its pages do not show (blacked out, in the colour "
            f"of the page, or too small to read), in or near {where}.",
            _REMEDY,
        )

    def _place(self) -> str:
        if self.in_notes:
            return "the footnotes"
        if self._number and self.paragraphs - self._number_at < _NEAR:
            return f"paragraph {self._number}"
        return f"the {count_as_printed(max(self.paragraphs, 1), 'ordinal')} paragraph"

    def _colours(self, looks: Looks, surface: Surface) -> tuple[bool, bool]:
        """Whether words are not seen, and whether it is because they are pale on the page."""
        marked = looks.highlight or looks.fill or ""
        if looks.painted:
            return False, False
        if (looks.colour or AUTO) == AUTO:
            # Word turns automatic black into white on a dark ground, but who blacks words out means to hide them.
            return bool(marked) and is_dark(marked), False
        ground = marked or surface.fill or self.paper
        # Some of Word's own table styles print a corner white on white; nobody redacts by choosing a table's style.
        by_style = looks.colour == surface.looks.colour and not marked and not surface.own
        if ground == UNKNOWN or by_style:
            return False, False
        unseen = is_unreadable(str(looks.colour), ground)
        return unseen, unseen and not marked and not surface.fill


def _is_too_small(looks: Looks) -> bool:
    size, scale = looks.size, looks.scale
    return (size is not None and 0 < size <= _SMALLEST) or (scale is not None and 0 < scale <= _NARROWEST)
