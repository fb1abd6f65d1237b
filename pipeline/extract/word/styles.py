"""What a Word style means for reading: heading level, list numbering, quotation, contents entry, looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.extract.word.colours import Theme, fill_of
from pipeline.extract.word.looks import NOTHING, Looks, read_looks
from pipeline.extract.word.xml import W, all_of, is_on, value_of, whole_number

# "heading" in the languages of the programs that reports are written with; Word itself keeps the English name.
_HEADING_WORDS = (
    "heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık"
    "|заголовок|pennawd"
)
_HEADING_NAME = re.compile(rf"\b(?:{_HEADING_WORDS})\b\D{{0,12}}([1-9])\b|^(?:h|head)[ -]?([1-9])$")
_HEADING_ALONE = re.compile(r"^(?:(?:section|main|chapter|part|report|dhr) )?heading$")
_SUBHEADING = re.compile(r"\bsub[ -]?heading\b")
_NO_HEADING = re.compile(r"\b(?:toc|table|contents|index|running|page|note|figure|list)\b")
_QUOTE = re.compile(r"\bquot|\bblock ?quot|\bblock text|\bzitat|\bcitazione|^citation intense$")
_CONTENTS = re.compile(r"toc( |\d|$)|contents( |$)|table of (?:figures|authorities|contents)|index heading")
_LIST_DEPTH = re.compile(r"^list(?: bullet| number| continue)? ([2-5])$")
_MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Indent:
    """Distances from the margins in twentieths of a point; None where nothing is said."""

    left: int | None = None
    right: int | None = None

    def over(self, base: Indent) -> Indent:
        return Indent(base.left if self.left is None else self.left, base.right if self.right is None else self.right)


@dataclass(frozen=True, slots=True)
class Conditional:
    """What a table's style adds for some of its cells: the looks of words and the background ("" for none)."""

    looks: Looks = NOTHING
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """`level` 1 to 9 for a heading, else 0; `list_id` and `list_depth` as in w:numPr, None where nothing is said;
    `list_style` is the id of the style that said it. `cells` is for a table's style: "wholeTable", "firstRow" ..."""

    name: str = ""
    level: int = 0
    is_base: bool = False  # "Heading" without a number, on which other programs base titles and captions too
    list_id: str | None = None
    list_depth: int | None = None
    list_style: str = ""
    looks: Looks = NOTHING
    fill: str | None = None
    indent: Indent = Indent()
    is_quote: bool = False
    exact_line: int | None = None
    cells: dict[str, Conditional] = field(default_factory=dict)

    @property
    def is_title(self) -> bool:
        return self.name in {"title", "document title", "report title"}

    @property
    def is_caption(self) -> bool:
        return self.name.startswith("caption")

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.match(self.name))

    @property
    def is_contents_heading(self) -> bool:
        return self.name in {"toc heading", "contents heading"}

    @property
    def depth_by_name(self) -> int:
        """How deep the items of Word's own list styles stand: "List Bullet 3" is 2."""
        found = _LIST_DEPTH.match(self.name)
        return int(found[1]) - 1 if found else 0


@dataclass(frozen=True, slots=True)
class Styles:
    by_id: dict[str, Style]
    default: Style  # of a paragraph that names none
    table: Style  # of a table that names none
    looks: Looks  # the document's own defaults
    lists: dict[str, str]  # numbering style -> its numId

    def paragraph(self, properties: Any) -> Style:
        return self.by_id.get(value_of(properties, "pStyle"), self.default)


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """(numId, ilvl) of a w:pPr, each None where it is not given; numId "0" takes a style's numbering away."""
    found = None if properties is None else properties.find(W + "numPr")
    if found is None:
        return None, None
    number, depth = found.find(W + "numId"), found.find(W + "ilvl")
    return (
        None if number is None else str(number.get(W + "val", "0")),
        None if depth is None else whole_number(depth.get(W + "val")),
    )


def outline_level(properties: Any) -> int | None:
    """Heading level 1 to 9 from w:outlineLvl; 0 for body text; None where it is not given."""
    found = None if properties is None else properties.find(W + "outlineLvl")
    if found is None:
        return None
    level = whole_number(found.get(W + "val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def indent_of(properties: Any) -> Indent:
    found = None if properties is None else properties.find(W + "ind")
    if found is None:
        return Indent()
    sides = (found.get(W + "left") or found.get(W + "start"), found.get(W + "right") or found.get(W + "end"))
    return Indent(*(None if side is None else whole_number(side) for side in sides))


def exact_line_of(properties: Any) -> int | None:
    """The height of a line in twentieths of a point where it is fixed."""
    found = None if properties is None else properties.find(W + "spacing")
    if found is None or found.get(W + "line") is None:
        return None
    return whole_number(found.get(W + "line")) if found.get(W + "lineRule") == "exact" else 0


def read_styles(root: Any, theme: Theme) -> Styles:
    """From w:styles, or None where the document has none; each with what it takes from the style it is based on."""
    elements = {} if root is None else {e.get(W + "styleId", ""): e for e in root.iter(W + "style")}
    done: dict[str, Style] = {}

    def resolve(key: str, seen: tuple[str, ...]) -> Style:
        if key in done:
            return done[key]
        if key not in elements or key in seen or len(seen) > _MOST_STEPS:
            return Style()
        parent = resolve(value_of(elements[key], "basedOn"), (*seen, key))
        done[key] = _own(elements[key], parent, theme)
        return done[key]

    for key in elements:
        resolve(key, ())
    defaults = next(all_of(root, "rPrDefault"), None)
    return Styles(
        done,
        _default(elements, done, "paragraph"),
        _default(elements, done, "table"),
        NOTHING if defaults is None else read_looks(defaults.find(W + "rPr"), theme),
        {key: style.list_id for key, style in done.items() if style.list_id},
    )


def _default(elements: dict[str, Any], done: dict[str, Style], kind: str) -> Style:
    keys = (
        key
        for key, e in elements.items()
        if e.get(W + "type") == kind and str(e.get(W + "default", "0")).lower() in {"1", "true", "on"}
    )
    return done.get(next(keys, ""), Style())


def _own(element: Any, parent: Style, theme: Theme) -> Style:
    paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
    names = [value_of(element, "name"), *value_of(element, "aliases").split(",")]
    names = [" ".join(name.split()).lower() for name in names if name.strip()]
    level = outline_level(paragraph)
    if level is None and element.get(W + "type", "paragraph") == "paragraph":
        level = next((found for name in names if (found := _level_by_name(name)) is not None), None)
    number, depth = numbering_of(paragraph)
    shading = None if paragraph is None else paragraph.find(W + "shd")
    exact = exact_line_of(paragraph)
    return replace(
        parent,
        name=names[0] if names else parent.name,
        level=level if level is not None else 0 if parent.is_base else parent.level,
        is_base=any(_HEADING_ALONE.match(name) for name in names),
        list_id=parent.list_id if number is None else number,
        list_depth=parent.list_depth if depth is None else depth,
        list_style=parent.list_style if number is None and depth is None else element.get(W + "styleId", ""),
        looks=read_looks(run, theme).over(parent.looks),
        fill=parent.fill if shading is None else fill_of(shading, theme),
        indent=indent_of(paragraph).over(parent.indent),
        is_quote=parent.is_quote or any(_QUOTE.search(name) for name in names),
        exact_line=parent.exact_line if exact is None else exact,
        cells=_cells(element, parent.cells, theme) if element.get(W + "type") == "table" else parent.cells,
    )


def _level_by_name(name: str) -> int | None:
    if _NO_HEADING.search(name):
        return None
    found = _HEADING_NAME.search(name)
    if found:
        return int(found[1] or found[2])
    if _SUBHEADING.search(name):
        return 2
    return 1 if _HEADING_ALONE.match(name) else None


def _cells(element: Any, inherited: dict[str, Conditional], theme: Theme) -> dict[str, Conditional]:
    cells = dict(inherited)
    parts = [("wholeTable", element), *((p.get(W + "type", ""), p) for p in element.findall(W + "tblStylePr"))]
    for name, part in parts:
        shading = part.find(f"{W}tcPr/{W}shd")
        looks = read_looks(part.find(W + "rPr"), theme)
        base = cells.get(name, Conditional())
        fill = base.fill if shading is None else fill_of(shading, theme)
        cells[name] = Conditional(looks.over(base.looks), fill)
    return cells


def is_header_style(style: Style) -> bool:
    """Whether a table's style sets its first row apart: by bold, by another colour of words or by a background."""
    first = style.cells.get("firstRow")
    return first is not None and bool(first.looks.bold or first.fill or first.looks.colour)


def is_marked(properties: Any, name: str) -> bool:
    """Whether the mark that ends a paragraph bears this: w:del, w:moveFrom, w:ins, w:vanish ..."""
    mark = None if properties is None else properties.find(W + "rPr")
    found = None if mark is None else mark.find(W + name)
    return found is not None and is_on(found)
