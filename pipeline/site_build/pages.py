"""What the website consists of: every page, with what has to be read on it.

A page is a list of parts. A part is either the site's own words, with those words once more as plain text, or a place
for a signed document; the check compares the built page with the plain words and with the signed files, never with
the Markdown that was staged.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import BuildFailed
from pipeline.lessons import Theme
from pipeline.models import DocumentKind, Release
from pipeline.render.markdown import escape
from pipeline.render.shape import PREFIX
from pipeline.site_build.markup import Staged, main_sections, stage_document

LABELS = {DocumentKind.OVERVIEW: "Overview Report", DocumentKind.SUMMARY: "Executive Summary"}
_KINDS = {"lesson": "Lessons", "good_practice": "Good practice", "recommendation": "Recommendations"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page.

    markdown  as staged
    words     what a reader sees of it, as plain text; unused where `document` is set
    document  the signed document that stands here, or whose list of contents stands here (`listed`)
    """

    markdown: str
    words: str = ""
    document: DocumentKind | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` is its folder ("" for the home page), `case` the release that its words come from."""

    path: str
    title: str
    description: str
    parts: tuple[Part, ...]
    case: str = ""

    @property
    def source(self) -> str:
        return f"{self.path}index.md"

    @property
    def built(self) -> str:
        return f"{self.path}index.html"


def all_pages(releases: Sequence[Release], themes: Sequence[Theme], site: Path) -> tuple[Page, ...]:
    """Every page of the site for these releases. `site` is the folder of the site's own pages."""
    ordered = newest_first(releases)
    if not all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", release.case) for release in ordered):
        raise BuildFailed("A release has a name that cannot be the address of a page.", "Have the release looked at.")
    return (
        _home(site, ordered),
        _own(site, "about/"),
        _own(site, "search/"),
        _reviews(ordered),
        *(_review(release, site) for release in ordered),
        *_themes(ordered, themes),
    )


def newest_first(releases: Iterable[Release]) -> list[Release]:
    return sorted(sorted(releases, key=lambda r: r.case), key=lambda r: _day(r.facts.publish_on), reverse=True)


def pdf_name(release: Release, kind: DocumentKind) -> str:
    """The name under which a PDF is served, beside the review's page."""
    return f"{release.case}-{kind.value}.pdf"


def documents(release: Release) -> list[DocumentKind]:
    """The kinds of documents that a release holds: the summary first, as it stands on the page."""
    held = [DocumentKind(entry["kind"]) for entry in release.info["documents"]]
    return sorted(held, key=lambda kind: kind is not DocumentKind.SUMMARY)


def text_of(release: Release, kind: DocumentKind) -> str:
    return release.files[f"{kind.value}.md"].decode("utf-8")


# Parts


def plain(words: str) -> Part:
    return Part(escape(words), words)


def heading(level: int, words: str, anchor: str) -> Part:
    return Part(f"{'#' * level} {escape(words)} {{: #{anchor} }}", words)


def box(words: str, style: str) -> Part:
    return Part(f'<div class="{style}"><p>{_html(words)}</p></div>', words)


def links(style: str, entries: Iterable[tuple[str, str, str]]) -> Part:
    """A list of links: words, address, and words that follow."""
    rows = []
    words = []
    for label, address, rest in entries:
        following = f"<span>{_html(rest)}</span>" if rest else ""
        rows.append(f'<li><a href="{html.escape(address)}">{_html(label)}</a> {following}</li>')
        words.append(f"{label} {rest}")
    return _list(style, rows, words)


def _list(style: str, rows: Iterable[str], words: Iterable[str]) -> Part:
    # HTML, because Markdown cannot give a list a class, and one list must not run into the next.
    return Part(f'<ul class="{style}">\n' + "\n".join(rows) + "\n</ul>", "\n".join(words))


def _html(words: str) -> str:
    return html.escape(words, quote=False)


# The site's own pages


def _own(site: Path, path: str) -> Page:
    meta, body = split_front(site / "pages" / path / "index.md")
    return Page(path, meta["title"], meta["description"], (Part(body, _words_of(body)),))


def split_front(path: Path) -> tuple[dict[str, str], str]:
    """The title and description at the head of one of the site's own pages, and its Markdown."""
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise BuildFailed(f"{path.name} of the site has no title.", "Begin it with a title and a description.")
    end = lines.index("---", 1)
    meta = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:end])}
    if not {"title", "description"} <= set(meta):
        raise BuildFailed(f"{path.name} of the site lacks a title or a description.", "Give it both.")
    return meta, "\n".join(lines[end + 1 :]).strip()


def _words_of(markdown: str) -> str:
    from pipeline.site_build.words import plain_text

    return plain_text(markdown)


def _home(site: Path, releases: Sequence[Release]) -> Page:
    own = _own(site, "")
    parts = [*own.parts, heading(2, "Published reviews", "published-reviews")]
    parts.append(_listed(releases, "reviews/"))
    if any(release.info["lessons"] for release in releases):
        parts.append(heading(2, "Lessons learnt", "lessons-learnt"))
        rest = "What all published reviews say has to be learnt, and what they commend."
        parts.append(links("cards", [("Lessons by theme", "themes/", rest)]))
    return Page("", own.title, own.description, tuple(parts))


def _listed(releases: Sequence[Release], base: str) -> Part:
    if not releases:
        return plain("No review has been published here yet.")
    return links("cards", ((r.info["title"], f"{base}{r.case}/", _card_line(r)) for r in releases))


def _card_line(release: Release) -> str:
    parts = [f"Reference {release.info['reference']}."]
    if release.facts.publish_on:
        parts.append(f"Published {_written(release.facts.publish_on)}.")
    return " ".join(parts)


def _reviews(releases: Sequence[Release]) -> Page:
    parts = (heading(1, "Reviews", "reviews"), _listed(releases, ""))
    return Page("reviews/", "Reviews", "All domestic homicide reviews published by the partnership.", parts)


# A review


def _review(release: Release, site: Path) -> Page:
    info = release.info
    staged = {kind: _staged(release, kind) for kind in documents(release)}
    note = " ".join((site / "parts" / "content-note.md").read_text(encoding="utf-8").split())
    parts = [heading(1, info["title"], "top"), box(note, "note-box"), _contents(staged, bool(info["panel"]))]
    parts.extend((_facts(release), _downloads(release)))
    if info["panel"]:
        parts.extend((heading(2, "The Review Panel", "panel"), _panel(release)))
    for kind, document in staged.items():
        parts.append(heading(2, LABELS[kind], kind.value))
        parts.append(Part(document.markdown, "", kind))
    description = f"Domestic homicide review {info['reference']}: summary and full report."
    return Page(f"reviews/{release.case}/", info["title"], description, tuple(parts), release.case)


def _contents(staged: dict[DocumentKind, Staged], panel: bool) -> Part:
    """Links to the parts of the page, and to the sections of the longer document."""
    tops = [("panel", "The Review Panel")] if panel else []
    tops += [(kind.value, LABELS[kind]) for kind in staged]
    longest = list(staged)[-1]
    sections = main_sections(staged[longest].headings)
    rows = [f'<li><a href="#{anchor}">{words}</a></li>' for anchor, words in tops]
    rows += [f'<li class="section"><a href="#{h.anchor}">{h.words}</a></li>' for h in sections]
    title = "On this page"
    listed = "\n".join(rows)
    markdown = f'<details class="contents"><summary>{title}</summary>\n<ul>\n{listed}\n</ul>\n</details>'
    return Part(markdown, " ".join((title, *(words for _, words in tops))), longest, listed=True)


def _staged(release: Release, kind: DocumentKind) -> Staged:
    return stage_document(text_of(release, kind), PREFIX[kind], 2, LABELS[kind])


def _facts(release: Release) -> Part:
    facts = release.facts
    signed_off = _written(date.fromisoformat(release.info["signed_off_on"]))
    lines = [
        f"Reference: {release.info['reference']}",
        f"Signed off by the Safer Southwark Partnership: {signed_off}",
    ]
    if facts.cleared_on:
        lines.append(f"Cleared by the Home Office: {_written(facts.cleared_on)}")
    if facts.publish_on:
        lines.append(f"Published: {_written(facts.publish_on)}")
    return _list("facts", (f"<li>{_html(line)}</li>" for line in lines), lines)


def _downloads(release: Release) -> Part:
    entries = []
    for kind in documents(release):
        size = max(1, round(len(release.files[f"{kind.value}.pdf"]) / 1024))
        entries.append((f"{LABELS[kind]} (PDF, {size} KB)", pdf_name(release, kind), ""))
    return links("downloads", entries)


def _panel(release: Release) -> Part:
    rows = ['<div class="table" role="region" aria-label="The Review Panel" tabindex="0"><table>']
    rows.append(
        '<thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Agency</th></tr></thead>'
    )
    rows.append("<tbody>")
    words = ["Name Role Agency"]
    for member in release.info["panel"]:
        role = member["role"]
        if member["chair"] and "chair" not in role.casefold():
            role = f"Chair, {role}" if role else "Chair"
        cells = (member["name"], role, member["agency"])
        words.append(" ".join(cells))
        rows.append("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in cells) + "</tr>")
    rows.append("</tbody></table></div>")
    return Part("\n".join(rows), "\n".join(words))


# Themes


def _themes(releases: Sequence[Release], themes: Sequence[Theme]) -> list[Page]:
    known = {theme.slug for theme in themes}
    used = {lesson["theme"] for release in releases for lesson in release.info["lessons"]}
    if used - known:
        raise BuildFailed(
            "A published review has lessons under a theme that redaction_rules/themes.yml no longer has.",
            "Put that theme back: a theme that has been published has to stay.",
        )
    pages = [_theme(theme, releases) for theme in themes if theme.slug in used]
    entries = [(page.title, page.path.removeprefix("themes/"), page.description) for page in pages]
    lead = "What the published reviews say has to be learnt, and what they commend."
    parts = [heading(1, "Themes", "themes"), plain(lead)]
    parts.append(links("cards", entries) if entries else plain("No lessons have been published here yet."))
    return [Page("themes/", "Themes", lead, tuple(parts)), *pages]


def _theme(theme: Theme, releases: Sequence[Release]) -> Page:
    parts = [heading(1, theme.title, "top"), plain(theme.explains)]
    for kind, label in _KINDS.items():
        entries = [
            _entry(release, lesson)
            for release in releases
            for lesson in release.info["lessons"]
            if lesson["theme"] == theme.slug and lesson["kind"] == kind
        ]
        if entries:
            parts.append(heading(2, label, kind.replace("_", "-")))
            parts.append(_list("cards", (e.markdown for e in entries), (e.words for e in entries)))
    return Page(f"themes/{theme.slug}/", theme.title, theme.explains, tuple(parts))


def _entry(release: Release, lesson: dict[str, str]) -> Part:
    """One lesson with the way to its paragraph. The words are those of the signed release.json."""
    kind = DocumentKind(lesson["document"])
    place = f"{LABELS[kind]}, paragraph {lesson['number']}" if lesson["number"] else LABELS[kind]
    source = f"{release.info['title']}: {place}"
    address = f"../../reviews/{release.case}/#{lesson['anchor']}"
    link = f'<a href="{html.escape(address)}">{_html(source)}</a>'
    row = f'<li>{_html(lesson["text"])} <span class="source">{link}</span></li>'
    return Part(row, f"{lesson['text']} {source}")


# Writing


def as_file(page: Page) -> str:
    """A page as the Markdown file that is staged."""
    # JSON strings are YAML strings, so that a title can hold any character.
    front = f"---\ntitle: {json.dumps(page.title)}\ndescription: {json.dumps(page.description)}\n---\n\n"
    return front + "\n\n".join(part.markdown for part in page.parts) + "\n"


def _day(day: date | None) -> date:
    return day or date.min


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
