"""Lessons, good practice and recommendations: what a report itself says has to be learnt, by theme.

Only the report's own sections count ("Lessons to be learnt", "Lessons by theme", "Good practice", "Recommendations"),
found by their headings (pipeline/sections). The themes are in redaction_rules/themes.yml, which non-programmers edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RulesError
from pipeline.models import Block, BlockKind, Document, Lesson
from pipeline.render.shape import NOTE_MARK, anchors, clean
from pipeline.sections import Headings, SectionKind, innermost, sections_of

THEMES_FILE = Path(__file__).resolve().parent.parent / "redaction_rules" / "themes.yml"
KINDS = {
    SectionKind.LESSONS: "lesson",
    SectionKind.GOOD_PRACTICE: "good_practice",
    SectionKind.RECOMMENDATIONS: "recommendation",
}
_MOST_THEMES = 2  # a paragraph on more pages than this helps nobody to find it


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the lessons-learnt pages. `fallback`: takes the lessons that no cue finds."""

    slug: str
    title: str
    explains: str
    cues: tuple[str, ...] = ()
    fallback: bool = False


def load_themes(path: Path | None = None) -> tuple[Theme, ...]:
    """The themes in the file's order. Raises RulesError with file and line for anything not as the file describes."""
    import yaml

    path = path or THEMES_FILE
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name} cannot be read.", "Put the file of themes back.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _mistake(path, mark.line + 1 if mark else 1, "it is not valid YAML") from error
    if not isinstance(root, yaml.MappingNode) or [k.value for k, _ in root.value] != ["themes"]:
        raise _mistake(path, 1, "it must hold one list called “themes”")
    entries = root.value[0][1]
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        raise _mistake(path, entries.start_mark.line + 1, "“themes” must be a list of themes")
    themes = tuple(_theme(path, node) for node in entries.value)
    _no_doubles(path, themes, [node.start_mark.line + 1 for node in entries.value])
    return themes


def _mistake(path: Path, line: int, reason: str) -> RulesError:
    return RulesError(f"{path.name}, line {line}: {reason}.", "Mend the file and run the command again.")


_FIELDS: dict[str, type] = {"slug": str, "title": str, "explains": str, "cues": list, "fallback": bool}


def _theme(path: Path, node: Any) -> Theme:
    import yaml

    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _mistake(path, line, "a theme must be a set of “name: value” lines")
    values: dict[str, Any] = {}
    loader = yaml.SafeLoader("")
    for key, value in node.value:
        at = key.start_mark.line + 1
        if key.value not in _FIELDS:
            raise _mistake(path, at, f"“{key.value}” is not a field of a theme; the fields are {', '.join(_FIELDS)}")
        if key.value in values:
            raise _mistake(path, at, f"“{key.value}” stands twice")
        values[key.value] = loader.construct_object(value, deep=True)
        if not isinstance(values[key.value], _FIELDS[key.value]):
            raise _mistake(path, at, f"“{key.value}” has the wrong kind of value")
    for name in ("slug", "title", "explains"):
        if not values.get(name, "").strip():
            raise _mistake(path, line, f"a theme needs a “{name}”")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", values["slug"]):
        raise _mistake(path, line, "a slug has lower-case letters, digits and hyphens only")
    cues = values.get("cues", [])
    if not all(isinstance(cue, str) and re.search(r"\w", cue) for cue in cues):
        raise _mistake(path, line, "every cue must be words in quotation marks")
    if not cues and not values.get("fallback"):
        raise _mistake(path, line, "a theme without cues would never be found; give it one")
    return Theme(
        slug=values["slug"],
        title=" ".join(values["title"].split()),
        explains=" ".join(values["explains"].split()),
        cues=tuple(cues),
        fallback=values.get("fallback", False),
    )


def _no_doubles(path: Path, themes: Sequence[Theme], lines: Sequence[int]) -> None:
    slugs: set[str] = set()
    titles: set[str] = set()
    for theme, line in zip(themes, lines, strict=True):
        if theme.slug in slugs or theme.title.casefold() in titles:
            raise _mistake(path, line, "this slug or title stands twice")
        slugs.add(theme.slug)
        titles.add(theme.title.casefold())
    if sum(theme.fallback for theme in themes) != 1:
        raise _mistake(path, lines[-1], "exactly one theme must have “fallback: true”")


def extract(documents: Sequence[Document], themes: Sequence[Theme], headings: Headings) -> tuple[Lesson, ...]:
    """Every lesson, good practice and recommendation of a case's documents, in their order, once a theme.

    A paragraph under a sub-heading that names themes goes to those; any other to the themes whose cues its words
    hold, two at the most; one that holds no cue to the fallback theme.
    """
    return tuple(lesson for document in documents for lesson in _of(document, themes, headings))


def _of(document: Document, themes: Sequence[Theme], headings: Headings) -> Iterator[Lesson]:
    for entry in _entries(document, headings):
        text = " ".join(NOTE_MARK.sub("", clean(entry.block.text)).split())
        slugs = _by_heading(entry.heading, themes) or _by_words(text, themes)
        for slug in slugs:
            yield Lesson(
                theme=slug,
                kind=entry.kind,
                document=document.kind,
                number=clean(entry.block.number),
                anchor=entry.anchor,
                text=text,
            )


@dataclass(frozen=True, slots=True)
class _Entry:
    block: Block
    anchor: str
    kind: str
    heading: str  # the sub-heading that it stands under within its section; "" where there is none


_COMMENDS = re.compile(r"\bcommend\w*\b|\bgood practice\b|\bbe known for\b|\bwent beyond\b", re.I)
_ASKS = re.compile(
    r"^recommendation\b|^to \w+|\b(should|must|needs? to|is asked to|recommends?|recommended that)\b"
    r"|^[^.:]{3,90}: ?\w",
    re.I,
)
_RECOMMENDS = re.compile(r"^(?:recommendation|rec|r)\b\.? ?\d|^to [a-z]+ |\brecommends?\b|\brecommended that\b", re.I)


def _entries(document: Document, headings: Headings) -> Iterator[_Entry]:
    blocks = document.blocks
    sections = sections_of(document, headings)
    starts = {section.first for section in sections}
    within = innermost(sections, len(blocks))
    heading = ""
    praised = asked = False
    for index, (block, anchor) in enumerate(zip(blocks, anchors(document), strict=True)):
        if index in starts or block.kind is BlockKind.HEADING:
            heading = "" if index in starts else clean(block.text)
            praised = asked = False
            continue
        kinds = tuple(KINDS[s.kind] for s in within[index] if s.kind in KINDS)
        if not (kinds and anchor):
            continue
        if block.kind is not BlockKind.LIST_ITEM:  # a list is what the sentence before it says
            praised, asked = bool(_COMMENDS.search(block.text)), _recommends(block)
        kind = _kind_of(kinds, praised, asked or _recommends(block))
        if _is_entry(block, blocks[index + 1 : index + 2], kind) and not _is_part_of_plan(block, headings):
            yield _Entry(block, anchor, kind, heading)


def _recommends(block: Block) -> bool:
    return bool(_RECOMMENDS.search(f"{block.number} {block.text}".strip()))


def _kind_of(kinds: Sequence[str], praised: bool, asked: bool) -> str:
    """Which it is in a section of several: "Lessons and good practice", "Learning and recommendations"."""
    if praised and {"lesson", "good_practice"} <= set(kinds):
        return "good_practice"
    if asked and "recommendation" in kinds:
        return "recommendation"
    return next((kind for kind in kinds if kind != "good_practice"), kinds[0])


def _is_part_of_plan(block: Block, headings: Headings) -> bool:
    """Whether a paragraph is a line of an action plan: "Lead: ...", "Target date: ..."."""
    label, colon, _ = clean(block.text).partition(":")
    return bool(colon) and headings.column(label) not in ("", "recommendation", "number")


def _is_entry(block: Block, following: Sequence[Block], kind: str) -> bool:
    # A number that still stands in the text is no reason to miss what the paragraph asks for.
    text = re.sub(r"^[A-Z]?\d[\d.]*\s+", "", clean(block.text))
    if not re.search(r"\w", text):
        return False
    leads_list = bool(following) and following[0].kind is BlockKind.LIST_ITEM
    if block.kind is not BlockKind.LIST_ITEM and leads_list and (text.endswith(":") or not _ASKS.search(text)):
        return False  # the sentence before a list; its items are the entries
    return kind != "recommendation" or block.kind is BlockKind.LIST_ITEM or bool(_ASKS.search(text))


def _by_heading(heading: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    if not heading:
        return ()
    plain = _plain(re.sub(r"^[\divxlcA-Z.]+\s+(?=\w)", "", heading))
    named = [t.slug for t in themes if _plain(t.title) == plain]
    return tuple(named) or _matching(heading, themes)


def _by_words(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    return _matching(text, themes) or tuple(theme.slug for theme in themes if theme.fallback)


def _matching(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    """The themes whose cues the text holds, those with most cues first, in the file's order where equal."""
    plain = _plain(text)
    counts = [(sum(bool(_cue(cue).search(plain)) for cue in theme.cues), theme.slug) for theme in themes]
    found = sorted((c for c in counts if c[0]), key=lambda c: -c[0])
    return tuple(slug for _, slug in found[:_MOST_THEMES])


def _cue(cue: str) -> re.Pattern[str]:
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in _plain(cue).split()]
    return re.compile(r"(?<!\w)" + r"\W+".join(parts) + r"(?!\w)")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
