"""Lessons, good practice and recommendations: what a report itself says has to be learnt, by theme.

Only the report's own sections count ("Lessons to be learnt", "Lessons by theme", "Good practice", "Recommendations"),
found by their headings. The themes are in redaction_rules/themes.yml, which non-programmers edit.
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

THEMES_FILE = Path(__file__).resolve().parent.parent / "redaction_rules" / "themes.yml"
KINDS = ("lesson", "good_practice", "recommendation")
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


def extract(documents: Sequence[Document], themes: Sequence[Theme]) -> tuple[Lesson, ...]:
    """Every lesson, good practice and recommendation of a case's documents, in their order, once a theme.

    A paragraph under a sub-heading that names themes goes to those; any other to the themes whose cues its words
    hold, two at the most; one that holds no cue to the fallback theme.
    """
    return tuple(lesson for document in documents for lesson in _of(document, themes))


def _of(document: Document, themes: Sequence[Theme]) -> Iterator[Lesson]:
    for entry in _entries(document):
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


_LESSONS = re.compile(
    r"\blessons?\b|\bkey learning\b|\blearning (from|points|identified)\b|\bwhat (we|has been) learn", re.I
)
_PRACTICE = re.compile(r"\b(good|notable|effective|best) practice\b", re.I)
_RECOMMENDATIONS = re.compile(r"\brecommendations?\b", re.I)
_NOT_A_SECTION = re.compile(r"\baction plan\b|\bappendix\b|\bprogress\b", re.I)
_COMMENDS = re.compile(r"\bcommend\w*\b|\bgood practice\b|\bbe known for\b|\bwent beyond\b", re.I)
_ASKS = re.compile(
    r"^recommendation\b|^to \w+|\b(should|must|needs? to|is asked to|recommends?|recommended that)\b"
    r"|^[^.:]{3,90}: ?\w",
    re.I,
)


def _kind_of(heading: str) -> str:
    """What a section with this heading holds: one of KINDS, or "" where it holds none of them."""
    if _NOT_A_SECTION.search(heading):
        return ""
    if _LESSONS.search(heading):
        return "lesson"
    if _PRACTICE.search(heading):
        return "good_practice"
    return "recommendation" if _RECOMMENDATIONS.search(heading) else ""


def _entries(document: Document) -> Iterator[_Entry]:
    kind = heading = ""
    mixed = False  # "Lessons and good practice" in one section: its paragraphs tell which they are
    section_level = 0
    praised = False
    blocks = document.blocks
    for index, (block, anchor) in enumerate(zip(blocks, anchors(document), strict=True)):
        if block.kind is BlockKind.HEADING:
            praised = False
            words = clean(block.text)
            own = _kind_of(words)
            inside = bool(kind) and block.level > section_level
            if own and inside:
                kind, heading, mixed = own, "", False
            elif own or not inside:
                kind, heading, section_level = own, "", block.level
                mixed = own == "lesson" and bool(_PRACTICE.search(words))
            else:
                heading = words
        elif kind and anchor:
            if block.kind is not BlockKind.LIST_ITEM:
                praised = mixed and bool(_COMMENDS.search(block.text))
            counted = "good_practice" if praised else kind
            if _is_entry(block, blocks[index + 1 : index + 2], counted):
                yield _Entry(block, anchor, counted, heading)


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
