"""The objects of a PDF, walked without trust: every walk ends, whatever leads back to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.errors import DamagedFile, ObjectLoop, TooManyPages
from pipeline.extract.sniff import SAVE_AGAIN

MAX_NODES = 300_000  # of one tree


def entry(holder: Any, key: str) -> Any:
    """The object under a key, followed where it is a reference; None where there is none."""
    value: Any = holder.get(key) if isinstance(holder, dict) else None
    return value.get_object() if hasattr(value, "get_object") else value


def dictionary(holder: Any, key: str) -> dict[Any, Any]:
    """The same where it is a dictionary (a stream is one); else an empty one."""
    value = entry(holder, key)
    return value if isinstance(value, dict) else {}


def items(holder: Any, key: str) -> Iterator[Any]:
    """The objects of an array under a key; a lone object counts as an array of one."""
    value = entry(holder, key)
    for item in value if isinstance(value, list) else [value]:
        found = item.get_object() if hasattr(item, "get_object") else item
        if found is not None:
            yield found


def identity(value: Any) -> int:
    """What tells an object apart: its number in the file, or itself where it stands within another."""
    reference = getattr(value, "indirect_reference", None)
    return -reference.idnum if reference is not None else id(value)


def walk(tops: Iterable[Any], below: Callable[[Any], Iterable[Any]], what: str) -> Iterator[Any]:
    """Every dictionary of a tree from the top, in order. Raises ObjectLoop where one is met again."""
    seen: set[int] = set()
    waiting = [iter(tops)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif isinstance(node, dict):
            if identity(node) in seen:
                raise ObjectLoop(f"The PDF is damaged: its {what} lead back to themselves.", SAVE_AGAIN)
            seen.add(identity(node))
            if len(seen) > MAX_NODES:
                raise DamagedFile(f"The PDF is damaged: there is no end to its {what}.", SAVE_AGAIN)
            yield node
            waiting.append(iter(below(node)))


def pages(reader: Any, most: int) -> list[Any]:
    """The page objects in order. Raises TooManyPages as soon as there are more than `most`, ObjectLoop."""
    found = []
    root = dictionary(dictionary(reader.trailer, "/Root"), "/Pages")
    for node in walk([root], lambda n: items(n, "/Kids"), "pages"):
        if "/Kids" not in node:
            found.append(node)
        if len(found) > most:
            raise TooManyPages(f"The PDF has more than {most} pages.", "Take in the report without its annexes.")
    return found


def names(tree: Any) -> Iterator[Any]:
    """The values of a name tree."""
    for node in walk([tree], lambda n: items(n, "/Kids"), "names"):
        yield from list(items(node, "/Names"))[1::2]


def outline(catalogue: Any) -> Iterator[Any]:
    """The items of the outline (bookmarks)."""

    def below(node: Any) -> Iterator[Any]:
        seen: set[int] = set()
        item = dictionary(node, "/First")
        while item:
            if identity(item) in seen:
                raise ObjectLoop("The PDF is damaged: its bookmarks lead back to themselves.", SAVE_AGAIN)
            seen.add(identity(item))
            yield item
            item = dictionary(item, "/Next")

    top = dictionary(catalogue, "/Outlines")
    return walk([top] if top else [], below, "bookmarks")


def structure(catalogue: Any) -> Iterator[Any]:
    """The elements of the tag tree; marked content and references to objects are left out."""

    def below(node: Any) -> Iterator[Any]:
        kids = (kid for kid in items(node, "/K") if isinstance(kid, dict))
        return (kid for kid in kids if str(kid.get("/Type")) not in {"/MCR", "/OBJR"})

    top = dictionary(catalogue, "/StructTreeRoot")
    return walk([top] if top else [], below, "tags")
