"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; ISO 32000-2 for namespaces): elements by standard roles."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ObjectLoop
from pipeline.extract.pdf.safety.objects import dictionary, entry, identity, items
from pipeline.extract.sniff import SAVE_AGAIN

_MAX_ELEMENTS = 400_000
_MAX_DEPTH = 120
_STANDARD = frozenset(
    """Document DocumentFragment Part Art Sect Div Aside NonStruct Private P H H1 H2 H3 H4 H5 H6 Title FENote Sub Lbl
    Span Quote Note Reference BibEntry Code Link Annot Em Strong Ruby Warichu L LI LBody BlockQuote Caption TOC TOCI
    Index Table TR TH TD THead TBody TFoot Figure Formula Form Artifact""".split()
)
_NAMED = (
    (re.compile(r"h(?:eading)?[ _-]*([1-6])", re.I), r"H\1"),
    (re.compile(r"(?:foot|end)note(?:[ _-]*text)?", re.I), "Note"),
    (re.compile(r"title", re.I), "Title"),
    (re.compile(r"(?:normal|body|text)[ _-]*(?:text|body|paragraph)?", re.I), "P"),
)
BLOCKS = frozenset(
    """P H1 H2 H3 H4 H5 H6 Title Caption LBody TD TH Note FENote BlockQuote Formula Document DocumentFragment Part Art
    Sect Div Index Form Aside L LI Table TOC TOCI THead TBody TFoot TR Artifact Figure""".split()
)
Content = tuple[int, int]  # page from 0, marked content id


@dataclass(slots=True)
class Element:
    """A structure element: its role in standard terms, and in order its children and marked content.

    spans     columns and rows that a cell covers
    language  BCP 47 tag of its own words, "" where it has none of its own
    alt       alternative text of a figure
    actual    what its glyphs stand for where they are not to be read themselves; None where they are
    page      from 0, where the element itself names one
    """

    role: str
    kids: list[Element | Content] = field(default_factory=list)
    spans: tuple[int, int] = (1, 1)
    language: str = ""
    alt: str = ""
    actual: str | None = None
    page: int | None = None

    def content(self) -> Iterator[Content]:
        """All marked content in it, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.content()
            else:
                yield kid

    def elements(self) -> Iterator[Element]:
        """The element and all those in it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()


def read_tree(reader: Any) -> Element | None:
    """The structure tree of a pypdf reader; None where the file has none or one that no program would write.

    Raises ObjectLoop where an element is within itself, or in two places.
    """
    catalogue = reader.trailer["/Root"]
    root = dictionary(catalogue, "/StructTreeRoot")
    if not root:
        return None
    pages = {
        page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference
    }
    mapped = dictionary(root, "/RoleMap")
    roles = {str(name)[1:]: str(role)[1:] for name, role in mapped.items()}
    return _TreeReader(roles, pages, _primary(entry(catalogue, "/Lang"))).read(root)


@dataclass(slots=True)
class _TreeReader:
    roles: Mapping[str, str]
    pages: Mapping[int, int]
    main: str  # the document's language
    seen: set[int] = field(default_factory=set)

    def read(self, root: Any) -> Element | None:
        top = Element("Document")
        waiting: list[tuple[Iterator[Any], Element, int | None, int]] = [(items(root, "/K"), top, None, 0)]
        while waiting:
            kids, into, page, sections = waiting[-1]
            kid = next(kids, None)
            if kid is None:
                waiting.pop()
            elif isinstance(kid, int):
                if page is not None:
                    into.kids.append((page, int(kid)))
            elif isinstance(kid, dict):
                own = self.pages.get(-identity(dictionary(kid, "/Pg")), page)
                if kid.get("/Type") == "/MCR":
                    if "/Stm" in kid:
                        return None  # its numbers are those of another stream than the page's
                    if own is not None:
                        into.kids.append((own, int(kid.get("/MCID", -1))))
                elif "/S" in kid:
                    self._once(kid)
                    if len(waiting) > _MAX_DEPTH or len(self.seen) > _MAX_ELEMENTS:
                        return None
                    element = self._element(kid, sections)
                    element.page = own
                    into.kids.append(element)
                    deeper = sections + (element.role in {"Sect", "Art", "Part"})
                    waiting.append((items(kid, "/K"), element, own, deeper))
        return top

    def _once(self, kid: Any) -> None:
        if identity(kid) in self.seen:
            raise ObjectLoop("The PDF is damaged: its tags lead back to themselves.", SAVE_AGAIN)
        self.seen.add(identity(kid))

    def _element(self, kid: Any, sections: int) -> Element:
        role = self._role(kid)
        if role == "H":
            role = f"H{max(1, min(6, sections))}"
        language = str(entry(kid, "/Lang") or "")
        foreign = _primary(language) not in {"", "en", self.main, "x", "und", "zxx"}
        actual = entry(kid, "/ActualText")
        return Element(
            role,
            spans=_spans(kid),
            language=language if foreign else "",
            alt=str(entry(kid, "/Alt") or ""),
            actual=None if actual is None else str(actual),
        )

    def _role(self, kid: Any) -> str:
        """The standard role of an element, through the namespace's own map and the document's."""
        name = str(entry(kid, "/S"))[1:]
        if name == "Title":  # a title that is mapped to a paragraph is a title still
            return name
        space = dictionary(kid, "/NS")
        seen: set[str] = set()
        while name not in _STANDARD and name not in seen:
            seen.add(name)
            target = entry(dictionary(space, "/RoleMapNS"), f"/{name}")
            if isinstance(target, list) and target:
                space = dictionary({"/NS": target[1]}, "/NS") if len(target) > 1 else {}
                target = target[0]
            name = str(target)[1:] if target is not None else self.roles.get(name, name)
        if name in _STANDARD or re.fullmatch(r"H\d{1,2}", name):
            deep = re.fullmatch(r"H(\d{1,2})", name)
            return f"H{max(1, min(6, int(deep[1])))}" if deep else name
        return next((form.sub(role, name) for form, role in _NAMED if form.fullmatch(name)), name)


def _primary(language: Any) -> str:
    return re.split(r"[-_]", str(language or ""), maxsplit=1)[0].casefold()


def _spans(kid: Any) -> tuple[int, int]:
    columns = rows = 1
    for found in items(kid, "/A"):
        if isinstance(found, dict):
            wide, deep = entry(found, "/ColSpan"), entry(found, "/RowSpan")
            columns = max(columns, min(int(wide) if isinstance(wide, int) else 1, 50))
            rows = max(rows, min(int(deep) if isinstance(deep, int) else 1, 500))
    return columns, rows


def rows_of(table: Element) -> Iterable[tuple[Element, bool]]:
    """The rows of a table, in its head, its body and its foot, and whether each is in the head."""
    for kid in table.kids:
        if isinstance(kid, Element):
            if kid.role == "TR":
                yield kid, table.role == "THead"
            elif kid.role in {"THead", "TBody", "TFoot", "NonStruct", "Div", "Sect", "Private"}:
                yield from rows_of(kid)


def cells_of(row: Element) -> list[Element]:
    """The cells of one row."""
    return [kid for kid in row.kids if isinstance(kid, Element) and kid.role in {"TD", "TH"}]


def cells_in(element: Element) -> Iterable[Element]:
    """All cells of all tables in an element."""
    return (inner for inner in element.elements() if inner.role in {"TD", "TH"})


def opened(kids: Sequence[Element | Content]) -> Iterator[Element | Content]:
    """Children as they come, with inline elements replaced by what is in them."""
    for kid in kids:
        if isinstance(kid, Element) and kid.role not in BLOCKS:
            yield from opened(kid.kids)
        else:
            yield kid


def paragraphs(element: Element, without: Container[str] = frozenset()) -> Iterator[list[Content]]:
    """The content of each block in an element, apart from that of the blocks in it, and of those of some roles."""
    kids = list(opened(element.kids))
    own = [kid for kid in kids if not isinstance(kid, Element)]
    if own:
        yield own
    for kid in kids:
        if isinstance(kid, Element) and kid.role not in without:
            yield from paragraphs(kid, without)
