"""From the Markdown of a release to the Markdown of a page: headings moved down, tables and notes as accessible HTML.

The Markdown of a release is this project's own (pipeline/render/markdown.py): words are always escaped in it, so that
a line's first characters tell what it is and "[^1]" is always a note's mark. Nothing here changes a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6}) (.*)")
_NUMBERED = re.compile(r"\d|[A-Z]\. ")
_SECTION = re.compile(r"([A-Z]?\d{1,3}(?:\.\d{1,3}){0,4})(?=[ .)&])")
_PICTURE = re.compile(r"&#91;Picture(?:: .*| not published)&#93;")
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
    notes: list[tuple[str, str]] = []
    tables = 0
    opening = True
    out: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.startswith("|") or line == "<table>":
            end = _end_of_table(lines, index)
            tables += 1
            opening = False
            rows = _from_pipes(lines[index:end]) if line.startswith("|") else lines[index + 1 : end - 1]
            out.append(_table(rows, marks, f"{name}, table {tables}"))
            index = end
            continue
        if found := _HEADING.fullmatch(line):
            level = min(len(found.group(1)) + shift, 6)
            anchor = _anchor(found.group(2), prefix, headings)
            words = _MARK.sub("", found.group(2))
            opening = opening and not _NUMBERED.match(words)
            headings.append(Heading(len(found.group(1)), words, anchor, opening))
            out.append(f"{'#' * level} {marks.linked(found.group(2))} {{: #{anchor} }}")
        elif found := _NOTE.fullmatch(line):
            notes.append((found.group(1), marks.linked(found.group(2))))
        elif _PICTURE.fullmatch(line):
            opening = False
            # Said to be a note, not an image: there is none.
            out.append(f'<p class="picture" role="note">{marks.linked(line)}</p>')
        else:
            opening = opening and not line
            out.append(marks.linked(line))
        index += 1
    text = "\n".join(out).rstrip() + "\n"
    if notes:
        shown = "\n".join(marks.note(label, words) for label, words in notes)
        text += f'\n<section class="notes" aria-label="Notes of the {name}">\n{shown}\n</section>\n'
    return Staged(text, tuple(headings))


def _anchor(words: str, prefix: str, before: Sequence[Heading]) -> str:
    """The id of a heading: by its printed number where it has one, else by its place; never by its words."""
    numbered = _SECTION.match(words)
    slug = re.sub(r"[^0-9a-z]", "-", numbered.group(1).casefold()) if numbered else ""
    anchor = f"{prefix}section-{slug}" if slug else f"{prefix}h-{len(before) + 1}"
    again = sum(bool(re.fullmatch(rf"{re.escape(anchor)}(x\d+)?", h.anchor)) for h in before)
    return f"{anchor}x{again + 1}" if again else anchor


def _end_of_table(lines: list[str], start: int) -> int:
    end = start
    if lines[start] == "<table>":
        return lines.index("</table>", start) + 1
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return end


class _Marks:
    """Turns marks into links to their notes, and notes into links back to every one of their marks."""

    def __init__(self, prefix: str, known: set[str]) -> None:
        self._prefix = prefix
        self._known = known
        self._called: Counter[str] = Counter()
        self._noted: set[str] = set()

    def linked(self, text: str) -> str:
        return _MARK.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        label = found.group(1)
        if label not in self._known:
            return f"<sup>{label}</sup>"
        self._called[label] += 1
        own, note = self._place(label, self._called[label]), f"{self._prefix}note-{_slug(label)}"
        return f'<sup><a id="{own}" href="#{note}" aria-label="Note {label}">{label}</a></sup>'

    def _place(self, label: str, count: int) -> str:
        return f"{self._prefix}mark-{_slug(label)}{f'-{count}' if count > 1 else ''}"

    def note(self, label: str, linked: str) -> str:
        """A note for print, once all texts are linked: its number leads to its first mark, and where it has more of
        them, a sign for each (drawn by the style sheet, so that no word comes in) leads to that one."""
        if label in self._noted:
            return f"<p>{label} {linked}</p>"
        self._noted.add(label)
        count = self._called[label]
        number = self._back(label, 1, label) if count else label
        more = "".join(self._back(label, n, "") for n in range(1, count + 1)) if count > 1 else ""
        return f'<p id="{self._prefix}note-{_slug(label)}">{number} {linked}{more}</p>'

    def _back(self, label: str, count: int, shown: str) -> str:
        says = f"Back to mark {label}" + ("" if shown else f", place {count}")
        style = "" if shown else ' class="back"'
        return f'<a{style} href="#{self._place(label, count)}" aria-label="{says}">{shown}</a>'


def _slug(label: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", lambda m: f"x{ord(m.group()):x}", label)


def _from_pipes(lines: list[str]) -> list[str]:
    """A pipe table, which has one header row, as the lines between <table> and </table>."""
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]
    head = "".join(f"<th>{cell}</th>" if cell else "<td></td>" for cell in rows[0])
    body = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:]]
    return ["<thead>", f"<tr>{head}</tr>", "</thead>", *(["<tbody>", *body, "</tbody>"] if body else [])]


def _table(lines: list[str], marks: _Marks, name: str) -> str:
    """The rows of a table, a line each, with what its headers head; it scrolls by itself on a narrow screen."""
    out = [f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>']
    part = "row"
    for line in lines:
        if line in ("<thead>", "<tbody>"):
            part = "col" if line == "<thead>" else "row"
        out.append(_TH.sub(lambda m, p=part: _scoped(m, p), marks.linked(line)))  # type: ignore[misc]
    out.append("</table></div>")
    return "\n".join(out)


_TH = re.compile(r'<th((?: (?:col|row)span="\d{1,3}")*)>')


def _scoped(found: re.Match[str], part: str) -> str:
    group = "group" if f"{part}span" in found.group(1) else ""
    return f'<th scope="{part}{group}"{found.group(1)}>'


def main_sections(headings: tuple[Heading, ...]) -> list[Heading]:
    """The headings of the highest level that has at least three, the lines of the title left out."""
    for level in range(1, 7):
        listed = [h for h in headings if h.level == level and not h.opening]
        if len(listed) >= 3:
            return listed
    return []
