"""Checks the search index: it holds the checked pages, word for word, and nothing else."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.models import Release
from pipeline.site_build.build import INDEX
from pipeline.site_build.check import failed, page_tokens, parse
from pipeline.site_build.pages import Page
from pipeline.site_build.words import tokens, visible

_INDEX_FILE = re.compile(
    r"pagefind(-worker)?\.js|pagefind-entry\.json|pagefind\.[a-z]{2}_[0-9a-f]+\.pf_meta|wasm\.[a-z]+\.pagefind"
    r"|(fragment/[a-z]{2}_[0-9a-f]+\.pf_fragment|index/[a-z]{2}_[0-9a-f]+\.pf_index)"
)


def check_index(site: Path, index: Path, again: Path, pages: Sequence[Page], releases: Sequence[Release]) -> None:
    """Compares a search index with the checked pages, and with a second index made of them (`again`)."""
    by_case = {release.case: release for release in releases}
    expected = {
        f"/{page.path}": page_tokens(page, by_case.get(page.case)) for page in pages if page.path != "search/"
    }
    for fragment in fragments(index):
        url = fragment.get("url")
        if url not in expected:
            raise failed(INDEX, "holds a page that is not on the site, or one page twice")
        if "".join(_letters(fragment["content"])) != "".join(_letters(" ".join(expected.pop(url)))):
            raise failed(INDEX, "holds other words than the page that it stands for")
        _check_fragment(fragment, site, url)
    if expected:
        raise failed(INDEX, "lacks a page of the site")
    for path in index.rglob("*"):
        if path.is_file() and not _INDEX_FILE.fullmatch(path.relative_to(index).as_posix()):
            raise failed(f"{INDEX}/{path.name}", "is not expected there")
    first = {p.relative_to(index).as_posix(): p.read_bytes() for p in index.rglob("*") if p.is_file()}
    second = {p.relative_to(again).as_posix(): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    if first != second:
        raise failed(INDEX, "is not what these pages give")


def _check_fragment(fragment: dict[str, Any], site: Path, url: str) -> None:
    tree = parse(site / url.lstrip("/") / "index.html", url)
    words = "".join(_letters(visible(tree.find("body"))))
    ids = {element.get("id") for element in tree.iter()}
    said = [str(value) for value in fragment["meta"].values()] + [a["text"] for a in fragment["anchors"]]
    if fragment["filters"] or set(fragment["meta"]) - {"title"}:
        raise failed(INDEX, "holds facts that no page asks for")
    if any("".join(_letters(text)) not in words for text in said) or any(
        a["id"] not in ids for a in fragment["anchors"]
    ):
        raise failed(INDEX, "holds a title that is not on its page")


def _letters(text: str) -> list[str]:
    """Words alone: the index sets full stops between paragraphs."""
    return [token for token in tokens(text) if re.match(r"\w", token)]


def fragments(index: Path) -> Iterator[dict[str, Any]]:
    """The pages of a search index, decoded: their address, words, title and places."""
    for path in sorted(index.glob("fragment/*.pf_fragment")):
        try:
            value = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        except (OSError, EOFError, ValueError) as error:
            raise failed(f"{INDEX}/{path.name}", "cannot be decoded") from error
        yield value
