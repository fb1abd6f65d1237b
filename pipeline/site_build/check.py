"""Checks every byte of a built website before it is served.

Nothing is let through because "some page has this word": each page is compared, token by token, with its own signed
text and with the site's own words for that page, the frame around it with the theme's source, and every PDF, style
and script with the bytes that they come from (the search index: check_index.py). A difference stops the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from pipeline.errors import LeakFound
from pipeline.language_tags import language_tag
from pipeline.models import Release
from pipeline.site_build.build import ASSETS, SITE, theme_styles
from pipeline.site_build.pages import Page, Part, documents, pdf_name, text_of
from pipeline.site_build.words import headings, plain_text, tokens, visible

EXIT = "https://www.bbc.co.uk/weather"
_REMEDY = "The old website is still served. Run publish again; if it stops again, have the site's code looked at."
_SPOKEN = ("title", "alt", "aria-label", "placeholder", "value", "content", "summary", "label")
_LOADS = ("src", "srcset", "poster", "data", "background", "formaction", "action", "manifest", "ping", "cite")
_NOT_FOUND = "404.html"


def check_site(root: Path, pages: Sequence[Page], releases: Sequence[Release]) -> None:
    """Checks a built site without its search index. Raises LeakFound, naming the file but quoting nothing."""
    by_case = {release.case: release for release in releases}
    _check_files(root, pages, releases)
    frame = _Frame()
    ids: dict[str, set[str]] = {}
    trees: dict[str, Any] = {}
    for name in (*(page.built for page in pages), _NOT_FOUND):
        trees[name] = parse(root / name, name)
        ids[name] = {element.get("id") for element in trees[name].iter() if element.get("id")}
    for page in pages:
        expected = page_tokens(page, by_case.get(page.case))
        _check_words(page.built, trees[page.built], expected, frame, page.title)
        own = {*expected, *frame.labels, *tokens(page.description)}
        _check_elements(page.built, trees[page.built], ids, root, own)
    _check_not_found(trees[_NOT_FOUND], frame, ids, root)
    _check_lessons(trees, releases)


def failed(name: str, reason: str) -> LeakFound:
    return LeakFound(f"The built website did not pass its check: {name} {reason}.", _REMEDY)


# Files


def _check_files(root: Path, pages: Sequence[Page], releases: Sequence[Release]) -> None:
    exact = {f"assets/{name}": (SITE / "assets" / name).read_bytes() for name in ASSETS}
    exact["robots.txt"] = b"User-agent: *\nAllow: /\n"
    exact.update(_theme_files())
    for release in releases:
        for kind in documents(release):
            exact[f"reviews/{release.case}/{pdf_name(release, kind)}"] = release.files[f"{kind.value}.pdf"]
    expected = {*exact, _NOT_FOUND, *(page.built for page in pages)}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise failed(name, "is not a plain file")
        if path.is_file() and name not in expected:
            raise failed(name, "is not expected there")
    for name in sorted(expected):
        if not (root / name).is_file():
            raise failed(name, "is missing")
    for name, data in exact.items():
        if (root / name).read_bytes() != data:
            raise failed(name, "is not the file that was signed or shipped")


def _theme_files() -> dict[str, bytes]:
    from importlib.util import find_spec

    theme = find_spec("material")
    if theme is None or theme.origin is None:
        raise failed("the theme", "is not installed")
    folder = Path(theme.origin).parent / "templates" / "assets" / "stylesheets"
    found = {f"assets/stylesheets/{p.name}": theme_styles(p.read_bytes()) for p in folder.glob("main.*.min.css")}
    for name, data in found.items():
        if re.search(rb"@import|url\(\s*['\"]?\s*(?:https?:)?//", data):
            raise failed(name, "loads something from another host")
    return found


# Words


def page_tokens(page: Page, release: Release | None) -> list[str]:
    """What a reader must find on a page, from the signed files and the site's own words only."""
    return [token for part in page.parts for token in _part_tokens(part, release)]


def _part_tokens(part: Part, release: Release | None) -> list[str]:
    if part.document is None:
        return tokens(part.words)
    if release is None:
        raise failed("a page", "has a document of no release")
    source = text_of(release, part.document)
    if not part.listed:
        return tokens(plain_text(source))
    found = headings(source)
    for level in range(1, 7):
        listed = [words for depth, words in found if depth == level]
        if len(listed) >= 3:
            return tokens(f"{part.words} {' '.join(listed)}")
    return tokens(part.words)


class _Frame:
    """The words around each page: skip link, header and footer, read from the theme's own files."""

    def __init__(self) -> None:
        from lxml import html

        def words(name: str) -> list[str]:
            source = (SITE / "theme" / "partials" / name).read_text(encoding="utf-8")
            source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)
            return tokens(visible(html.fragment_fromstring(source, create_parent="div")))

        self.before = [*tokens("Skip to content"), *words("header.html")]
        self.after = words("footer.html")
        config = (SITE.parent / "mkdocs.yml").read_text(encoding="utf-8")
        named = dict(re.findall(r"^(site_name|site_description): (.+)$", config, re.MULTILINE))
        self.site_name = named["site_name"].strip()
        self.description = named["site_description"].strip()
        self.labels = frozenset(
            {*self.before, *self.after, *tokens(self.description), *tokens(self.site_name), "Main"}
        )


def parse(path: Path, name: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(path.read_text(encoding="utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise failed(name, "is not HTML that can be read") from error


def _check_words(name: str, tree: Any, expected: list[str], frame: _Frame, title: str) -> None:
    found = tokens(visible(tree.find("body")))
    wanted = [*frame.before, *expected, *frame.after]
    for place, (one, other) in enumerate(zip_longest(found, wanted)):
        if one != other:
            raise failed(name, f"does not say what was signed (from its word {place + 1 - len(frame.before)} on)")
    shown = tokens(tree.findtext("head/title") or "")
    if shown not in (tokens(f"{title} - {frame.site_name}"), tokens(frame.site_name)):
        raise failed(name, "has another title than its page")


# Elements and attributes


_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """html head meta link title script body input label div header a span nav ul ol li main article section
        footer h1 h2 h3 h4 h5 h6 p strong sup table thead tbody tr th td blockquote br details summary form button""",
    )
)
_VALUES: Mapping[str, Callable[[str], object]] = {
    "lang": lambda value: value == "en" or language_tag(value) == value,
    "scope": re.compile(r"(col|row)(group)?").fullmatch,
    "colspan": re.compile(r"[1-9]\d{0,2}").fullmatch,
    "rowspan": re.compile(r"[1-9]\d{0,2}").fullmatch,
}
_ID = re.compile(r"(s-)?(p|n|h|section|mark|note)-[0-9a-z-]+|[a-z]+(-[a-z]+)*|__drawer|__search", re.IGNORECASE)


def _check_elements(name: str, tree: Any, ids: dict[str, set[str]], root: Path, own: set[str]) -> None:
    """Nothing may load, run or say anything that is not foreseen. `own`: the words that attributes may hold."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            if (element.text or "").strip():
                raise failed(name, "holds a comment")
            continue
        if element.tag not in _ELEMENTS:
            raise failed(name, f"holds an element that the site does not use, line {element.sourceline}")
        for attribute, value in element.attrib.items():
            _check_attribute(name, element, attribute, value, own)
        if element.tag == "script" and (not element.get("src") or (element.text or "").strip()):
            raise failed(name, "holds a script of its own")
        for attribute in ("href", "src"):
            if element.get(attribute) is not None:
                _check_address(name, element, element.get(attribute), ids, root)


def _check_attribute(name: str, element: Any, attribute: str, value: str, own: set[str]) -> None:
    where = f"line {element.sourceline}"
    if attribute.startswith("on") or attribute == "style":
        raise failed(name, f"holds an attribute that could run code or load something, {where}")
    if attribute in _LOADS and attribute != "src" and value != "./":
        raise failed(name, f"loads something or sends something, {where}")
    if attribute in _VALUES and not _VALUES[attribute](value):
        raise failed(name, f"has an attribute with a value that is not expected, {where}")
    if attribute == "id" and not _ID.fullmatch(value):
        raise failed(name, f"has a name of a place that is not expected, {where}")
    if element.tag == "meta":
        described = attribute == "content" and element.get("name") == "description"
        if described and not set(tokens(value)) <= own:
            raise failed(name, "is described in words that are not its own")
    elif attribute in _SPOKEN:
        allowed = own | {
            "Note",
            "Back",
            "to",
            "mark",
            "place",
            "Notes",
            "of",
            "the",
            "table",
            ",",
            "Overview",
            "Report",
        }
        allowed |= {"Executive", "Summary", "The", "Review", "Panel"}
        extra = [token for token in tokens(value) if token not in allowed and not token.isdigit()]
        if extra:
            raise failed(name, f"has words in an attribute that are not on the page, {where}")


def _check_address(name: str, element: Any, address: str, ids: dict[str, set[str]], root: Path) -> None:
    if element.tag == "a" and (address == EXIT or re.fullmatch(r"tel:\d{2,11}", address)):
        return
    where = f"line {element.sourceline}"
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        raise failed(name, f"leads to another host, {where}")
    target, fragment = urldefrag(address)
    full = unquote(urljoin("/" + name, target)) if target else "/" + name
    path = full.lstrip("/")
    if not path or path.endswith("/"):
        path += "index.html"
    if not (root / path).is_file() and (root / path).is_dir():
        path = f"{path}/index.html"
    if not (root / path).is_file():
        raise failed(name, f"has a link that leads nowhere, {where}")
    if fragment and fragment not in ids.get(path, set()):
        raise failed(name, f"has a link to a paragraph that is not there, {where}")


def _check_not_found(tree: Any, frame: _Frame, ids: dict[str, set[str]], root: Path) -> None:
    from lxml import html

    source = (SITE / "theme" / _NOT_FOUND).read_text(encoding="utf-8")
    own = tokens(visible(html.fragment_fromstring(re.sub(r"\{%.*?%\}", "", source), create_parent="div")))
    found = tokens(visible(tree.find("body")))
    skip = len(tokens("Skip to content"))
    if found not in ([*frame.before, *own, *frame.after], [*frame.before[skip:], *own, *frame.after]):
        raise failed(_NOT_FOUND, "says something else than its source")
    _check_elements(_NOT_FOUND, tree, ids, root, {*own, *frame.labels})


def _check_lessons(trees: dict[str, Any], releases: Sequence[Release]) -> None:
    """Every lesson is word for word the paragraph that its link leads to."""
    for release in releases:
        name = f"reviews/{release.case}/index.html"
        places = {e.get("id"): e for e in trees[name].iter("a") if e.get("id")}
        for lesson in release.info["lessons"]:
            mark = places.get(lesson["anchor"])
            if mark is None:
                raise failed(name, "lacks a paragraph that a lesson points to")
            said = tokens(_without_marks(mark.getparent()))
            # The number of an item in a list that counts by itself is not text, and others may have a full stop.
            number, words = tokens(lesson["number"]), tokens(lesson["text"])
            wanted = [[*before, *words] for before in ([], number, [*number, "."])]
            if not any(said[: len(one)] == one for one in wanted):
                raise failed(name, "holds a lesson that differs from its paragraph")


def _without_marks(element: Any) -> str:
    from copy import deepcopy

    own = deepcopy(element)
    own.tail = None
    for mark in list(own.iter("sup")):
        mark.text = ""
        for child in list(mark):
            mark.remove(child)
    return visible(own)
