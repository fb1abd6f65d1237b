"""From the Markdown of a release to the Markdown of a page: headings moved down, tables and notes as accessible HTML.

The Markdown of a release is this project's own (pipeline/render/markdown.py): words are always escaped in it, so that
a line's first characters tell what it is and "[^1]" is always a note's mark. Nothing here changes a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6}) (.*)")
_NUMBERED = re.compile(r"\d|[A-Z]\. ")
_NOTE = re.compile(r"\[\^([^\]]{1,12})\]: (.*)")
_MARK = re.compile(r"\[\^([^\]]{1,12})\]")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    words: str  # escaped, fit for HTML
    anchor: str
    opening: bool  # stands before any text, without a number: a line of the document's title


@dataclass(frozen=True, slots=True)
class Staged:
    """A document ready for its page: Markdown, and its headings in order."""

    markdown: str
    headings: tuple[Heading, ...]


def stage_document(source: str, prefix: str, shift: int, name: str) -> Staged:
    """The Markdown of one document for its page.

    prefix  of the ids of headings and notes ("" or "s-"), as two documents stand on one page
    shift   how many levels its headings move down
    name    what a screen reader calls its tables ("Overview Report")
    """
    lines = source.split("\n")
    known = {found.group(1) for line in lines if (found := _NOTE.fullmatch(line))}
    marks = _Marks(prefix, known)
    headings: list[Heading] = []
    notes: list[str] = []
    tables = 0
    opening = True
    out: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.startswith("|"):
            end = index
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            tables += 1
            opening = False
            out.append(_table(lines[index:end], marks, f"{name}, table {tables}"))
            index = end
            continue
        if found := _HEADING.fullmatch(line):
            level = min(len(found.group(1)) + shift, 6)
            anchor = f"{prefix}h-{len(headings) + 1}"
            words = _MARK.sub("", found.group(2))
            opening = opening and not _NUMBERED.match(words)
            headings.append(Heading(len(found.group(1)), words, anchor, opening))
            out.append(f"{'#' * level} {marks.linked(found.group(2))} {{: #{anchor} }}")
        elif found := _NOTE.fullmatch(line):
            notes.append(marks.note(found.group(1), found.group(2)))
        else:
            opening = opening and not line
            out.append(marks.linked(line))
        index += 1
    text = "\n".join(out).rstrip() + "\n"
    if notes:
        text += f'\n<section class="notes" aria-label="Notes of the {name}">\n' + "\n".join(notes) + "\n</section>\n"
    return Staged(text, tuple(headings))


class _Marks:
    """Turns marks into links to their notes, and notes into links back to their first mark."""

    def __init__(self, prefix: str, known: set[str]) -> None:
        self._prefix = prefix
        self._known = known
        self._seen: set[str] = set()
        self._noted: set[str] = set()

    def linked(self, text: str) -> str:
        return _MARK.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        label = found.group(1)
        if label not in self._known:
            return f"<sup>{label}</sup>"
        own = "" if label in self._seen else f' id="{self._prefix}mark-{_slug(label)}"'
        self._seen.add(label)
        return f'<sup><a{own} href="#{self._prefix}note-{_slug(label)}" aria-label="Note {label}">{label}</a></sup>'

    def note(self, label: str, text: str) -> str:
        first = label not in self._noted
        self._noted.add(label)
        own = f' id="{self._prefix}note-{_slug(label)}"' if first else ""
        back = label
        if first and label in self._seen:
            back = f'<a href="#{self._prefix}mark-{_slug(label)}" aria-label="Back to mark {label}">{label}</a>'
        return f"<p{own}>{back} {self.linked(text)}</p>"


def _slug(label: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", lambda m: f"x{ord(m.group()):x}", label)


def _table(lines: list[str], marks: _Marks, name: str) -> str:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]
    header, body = rows[0], rows[2:]
    out = [f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>']
    if any(header):
        cells = "".join(f'<th scope="col">{marks.linked(cell)}</th>' for cell in header)
        out.append(f"<thead><tr>{cells}</tr></thead>")
    out.append("<tbody>")
    out.extend("<tr>" + "".join(f"<td>{marks.linked(cell)}</td>" for cell in row) + "</tr>" for row in body)
    out.append("</tbody></table></div>")
    return "\n".join(out)


def main_sections(headings: tuple[Heading, ...]) -> list[Heading]:
    """The headings of the highest level that has at least three, the lines of the title left out."""
    for level in range(1, 7):
        listed = [h for h in headings if h.level == level and not h.opening]
        if len(listed) >= 3:
            return listed
    return []
