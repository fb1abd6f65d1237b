"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): elements by their standard roles, and their content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_MAX_ELEMENTS = 200_000
_MAX_DEPTH = 60


@dataclass(slots=True)
class Element:
    """A structure element: its role in standard terms, and in order its children and marked content (page, id)."""

    role: str
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    spans: tuple[int, int] = (1, 1)  # columns and rows of a cell

    def content(self) -> Iterable[tuple[int, int]]:
        """All marked content in it, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.content()
            else:
                yield kid


def read_tree(reader: Any) -> Element | None:
    """The structure tree of a pypdf reader, or None where the file has none.

    A tree that is too large or too deep comes back in part; `pdf_tags.is_complete` then finds text that it misses.
    """
    root = reader.trailer["/Root"].get("/StructTreeRoot")
    if root is None:
        return None
    root = root.get_object()
    mapped = root.get("/RoleMap")
    roles = {} if mapped is None else {str(k)[1:]: str(v)[1:] for k, v in mapped.get_object().items()}
    pages = {
        page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference
    }
    top = Element("Document")
    _TreeReader(roles, pages).children(root, None, top, 0)
    return top


@dataclass(slots=True)
class _TreeReader:
    roles: Mapping[str, str]
    pages: Mapping[int, int]
    left: int = _MAX_ELEMENTS

    def children(self, node: Any, page: int | None, into: Element, depth: int) -> None:
        kids = _resolved(node.get("/K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            self.left -= 1
            if kid is None or depth > _MAX_DEPTH or self.left < 0:
                continue
            value = _resolved(kid)
            if isinstance(value, int):
                if page is not None:
                    into.kids.append((page, int(value)))
            elif isinstance(value, dict):
                self._child(value, page, into, depth)

    def _child(self, value: Any, page: int | None, into: Element, depth: int) -> None:
        reference = value.raw_get("/Pg") if "/Pg" in value else None
        own = self.pages.get(getattr(reference, "idnum", -1), page)
        if value.get("/Type") == "/MCR":
            if own is not None:
                into.kids.append((own, int(value.get("/MCID", -1))))
        elif "/S" in value:
            element = Element(self._role(str(value["/S"])[1:]), spans=_spans(value))
            into.kids.append(element)
            self.children(value, own, element, depth + 1)

    def _role(self, name: str) -> str:
        if name == "Title":  # a title that is mapped to a paragraph is a title still
            return name
        seen = set()
        while name in self.roles and name not in seen:
            seen.add(name)
            name = self.roles[name]
        return name


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _spans(value: Any) -> tuple[int, int]:
    attributes = _resolved(value.get("/A"))
    columns = rows = 1
    for item in attributes if isinstance(attributes, list) else [attributes]:
        found = _resolved(item)
        if isinstance(found, dict):
            columns = max(columns, min(int(found.get("/ColSpan", 1)), 50))
            rows = max(rows, min(int(found.get("/RowSpan", 1)), 500))
    return columns, rows


def rows_of(table: Element) -> Iterable[Element]:
    """The rows of a table, in its head, its body and its foot."""
    for kid in table.kids:
        if isinstance(kid, Element):
            if kid.role == "TR":
                yield kid
            elif kid.role not in {"Caption", "Artifact"}:
                yield from rows_of(kid)


def cells_of(row: Element) -> list[Element]:
    """The cells of one row."""
    return [kid for kid in row.kids if isinstance(kid, Element) and kid.role in {"TD", "TH"}]


def cells_in(element: Element) -> Iterable[Element]:
    """All cells of all tables in an element."""
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.role in {"TD", "TH"}:
                yield kid
            yield from cells_in(kid)
