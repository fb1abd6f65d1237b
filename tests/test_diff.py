"""The redaction diff in its three forms, on a small case made by hand."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from pipeline.diff import as_html, as_json, as_terminal
from pipeline.errors import DiffMismatch
from pipeline.models import (
    Action,
    Analysis,
    Block,
    BlockKind,
    Change,
    Document,
    DocumentKind,
    Identity,
    IdentityKind,
    JigsawWarning,
    LeftOut,
    Notice,
    Redacted,
    layout,
    with_slots,
)

SOURCE = Document(
    DocumentKind.OVERVIEW,
    (
        Block(BlockKind.HEADING, "Overview Report into the death of Maud Tansley", level=1),
        Block(
            BlockKind.PARAGRAPH,
            "On 3 May 2018 Maud rang the surgery <twice> & was told to wait. "
            + "Nothing more is recorded for a long while, and nobody asked. " * 3
            + "Her friend Maud Tansley's sister called.",
            number="1.1",
        ),
        Block(BlockKind.TABLE, rows=(("Name", "Role"), ("Maud Tansley", "Victim")), header_rows=1),
        Block(BlockKind.FOOTNOTE, "Told by Ivo Brandt.", number="1"),
    ),
    notices=(Notice("comment", 2, "2 comments were left out."),),
)
PERSON = Identity(
    "person-1", IdentityKind.PERSON, "PERSON", "Maud Tansley", ("Maud Tansley", "Maud"), "victim",
    Action.REDACT, "Adult A", "named as the victim", needs_decision=True, risk=2, count=4,
)  # fmt: skip
DATE = Identity(
    "value-1", IdentityKind.VALUE, "DATE", "3 May 2018", ("3 May 2018",), "", Action.REDACT, "May 2018", "exact date",
    needs_decision=False, risk=0, count=1,
)  # fmt: skip
STAYS = Identity(
    "person-2", IdentityKind.PERSON, "PERSON", "Ivo Brandt", ("Ivo Brandt",), "panel member",
    Action.KEEP, "", "on the Panel",
    needs_decision=True, risk=1, count=1,
)  # fmt: skip
ANALYSIS = Analysis(
    (),
    (PERSON, DATE, STAYS),
    (),
    (JigsawWarning("small_group", DocumentKind.OVERVIEW, 0, 4, "A rare job and a place."),),
)


def _redacted(source: Document) -> Redacted:
    text = layout(source)
    changes = []
    replaced = []
    for slot in text.slots:
        own = text.text[slot.start : slot.end]
        for found in re.finditer(r"Maud Tansley|Maud|3 May 2018", own):
            identity = DATE if found[0] == "3 May 2018" else PERSON
            start, end = slot.start + found.start(), slot.start + found.end()
            changes.append(
                Change(source.kind, start, end, found[0], identity.label, identity.type, identity.key,
                       identity.reason, ("rule:test",))
            )  # fmt: skip
        replaced.append(re.sub(r"Maud Tansley|Maud", "Adult A", own).replace("3 May 2018", "May 2018"))
    return Redacted(with_slots(source, tuple(replaced)), tuple(reversed(changes)))


REDACTED = _redacted(SOURCE)


def test_terminal_shows_each_change_in_context_and_what_is_to_decide() -> None:
    text = as_terminal([SOURCE], [REDACTED], ANALYSIS)
    assert text.count("{+Adult A+}") == 4
    assert "On [-3 May 2018-]{+May 2018+} [-Maud-]{+Adult A+} rang the surgery" in text
    assert "1.1" in text
    assert "table, row 2, column 1" in text
    assert "…" in text, "a long unchanged stretch is cut"
    assert "\x1b" not in text
    decide = text[text.index("To decide: 2 identities") :]
    assert decide.index("person-1") < decide.index("person-2"), "the greater risk comes first"
    assert "value-1" not in decide
    assert "A rare job and a place." in text


def test_terminal_has_colours_only_when_asked() -> None:
    text = as_terminal([SOURCE], [REDACTED], ANALYSIS, colour=True)
    assert "\x1b[31m[-Maud-]\x1b[0m\x1b[32m{+Adult A+}\x1b[0m" in text
    assert re.sub(r"\x1b\[\d+m", "", text) == as_terminal([SOURCE], [REDACTED], ANALYSIS)


def test_terminal_lets_no_control_character_of_a_report_through() -> None:
    source = Document(DocumentKind.OVERVIEW, (Block(BlockKind.PARAGRAPH, "\x1b[2J Maud"),))
    assert "\x1b" not in as_terminal([source], [_redacted(source)], ANALYSIS)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta"}:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, "elements are closed in order"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_is_one_page_that_loads_nothing() -> None:
    page = as_html([SOURCE], [REDACTED], ANALYSIS)
    reader = _Reader()
    reader.feed(page)
    assert reader.stack == []
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object", "form"}
    for _, attributes in reader.tags:
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
        assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_html_marks_changes_by_type_in_words_and_gives_reasons_on_demand() -> None:
    page = as_html([SOURCE], [REDACTED], ANALYSIS)
    assert page.count("<del>Maud") == 4
    assert page.count('<details class="change">') == 5
    assert '<span class="type people">PERSON</span>' in page
    assert '<span class="type dates">DATE</span>' in page
    assert "named as the victim" in page
    assert "2 comments were left out." in page
    assert '<th scope="col">Name</th>' in page
    assert page.count("to decide") == 2


def test_html_escapes_what_the_report_and_the_labels_say() -> None:
    label = Identity(**{**_fields(PERSON), "label": "<b>x</b>", "name": '"><i>'})
    page = as_html([SOURCE], [REDACTED], Analysis((), (label,), ()))
    assert "&lt;twice&gt; &amp; was" in page
    assert "<twice>" not in page
    assert "<b>x</b>" not in page
    assert '"><i>' not in page


def _fields(identity: Identity) -> dict[str, object]:
    return {name: getattr(identity, name) for name in Identity.__slots__}


def test_json_holds_every_change_and_every_identity() -> None:
    value = json.loads(as_json([SOURCE], [REDACTED], ANALYSIS))
    text = layout(SOURCE).text
    assert len(value["changes"]) == len(REDACTED.changes) == 5
    for change in value["changes"]:
        assert text[change["start"] : change["end"]] == change["before"]
        assert change["document"] == "overview"
        assert change["sources"] == ["rule:test"]
    assert [c["start"] for c in value["changes"]] == sorted(c["start"] for c in value["changes"])
    assert value["changes"][0]["reason"] == "named as the victim"
    identities = {i["key"]: i for i in value["identities"]}
    assert identities["person-1"]["needs_decision"] is True
    assert identities["person-1"]["proposed"] == "redact"
    assert identities["value-1"]["needs_decision"] is False
    assert identities["person-2"]["proposed"] == "keep"


def test_same_input_gives_the_same_text() -> None:
    for form in (as_terminal, as_html, as_json):
        assert form([SOURCE], [REDACTED], ANALYSIS) == form([SOURCE], [REDACTED], ANALYSIS)


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 10_000), (10_000, 10_004), (44, 60)],
    ids=["longer than its slot", "after the end", "over the edge of a slot"],
)
def test_a_change_that_fits_nowhere_is_refused(start: int, end: int) -> None:
    stray = Change(DocumentKind.OVERVIEW, start, end, "x", "y", "PERSON", "person-1", "", ())
    with pytest.raises(DiffMismatch, match="change"):
        as_json([SOURCE], [Redacted(SOURCE, (stray,))], ANALYSIS)


def test_overlapping_changes_are_refused() -> None:
    changes = tuple(
        Change(DocumentKind.OVERVIEW, s, e, "x", "y", "PERSON", "person-1", "", ()) for s, e in ((0, 8), (4, 12))
    )
    with pytest.raises(DiffMismatch, match="overlap"):
        as_terminal([SOURCE], [Redacted(SOURCE, changes)], ANALYSIS)


def test_a_document_without_its_redacted_form_is_refused() -> None:
    with pytest.raises(DiffMismatch, match="Overview Report"):
        as_html([SOURCE], [], ANALYSIS)


PAGED = Document(
    DocumentKind.OVERVIEW,
    (
        Block(BlockKind.PARAGRAPH, "Maud Tansley rang. Maud rang again.", page=3, turns=((19, 4),)),
        Block(
            BlockKind.TABLE, rows=(("When", "Who"), ("May", "Maud Tansley"), ("June", "Maud")), header_rows=1, page=4,
            turns=((2, 5),),
        ),
        Block(BlockKind.PICTURE, "A woman at a window", page=6),
    ),
    notices=(Notice("comment", 1, "One comment was left out.", (LeftOut("<b>", (2, 3)),)),),
)  # fmt: skip


def test_every_form_says_on_which_page_of_the_source_a_change_stands() -> None:
    redacted = (_redacted(PAGED),)
    changes = json.loads(as_json([PAGED], redacted, ANALYSIS))["changes"]
    assert [change["page"] for change in changes] == [3, 4, 4, 5]
    without = json.loads(as_json([SOURCE], [_redacted(SOURCE)], ANALYSIS))["changes"]
    assert {change["page"] for change in without} == {None}
    terminal = as_terminal([PAGED], redacted, ANALYSIS)
    assert "paragraph, page 3" in terminal
    assert "table, row 3, column 2, page 5" in terminal
    page = as_html([PAGED], redacted, ANALYSIS)
    assert re.findall(r"Page (\d) of the source", page) == ["3", "4", "6"]
    assert "[Picture, not published: A woman at a window]" in page
    assert "“&lt;b&gt;”, pages 2 and 3" in page
