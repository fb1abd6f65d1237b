"""Two invented reviews as they stand after redaction, and releases made of them, for tests of rendering and the site.

The second one is written against the renderer: its words look like every kind of markup.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

from pipeline.models import Block, BlockKind, Document, DocumentKind, PanelMember, PublicFacts, Release, ReleaseMeta

PANEL = (
    PanelMember("Dr Ngọzi Ọkafor", "Independent Chair and Author", "Independent", chair=True),
    PanelMember("Hà Nguyễn", "Senior Manager", "Refuge"),
    PanelMember("Paweł Łuczak-Şahin", "Head of Community Safety", "London Borough of Southwark"),
)


def heading(level: int, text: str, number: str = "") -> Block:
    return Block(BlockKind.HEADING, text, level=level, number=number)


def para(text: str, number: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, text, number=number)


def item(text: str, level: int = 0, number: str = "", ordered: bool = False) -> Block:
    return Block(BlockKind.LIST_ITEM, text, level=level, number=number, ordered=ordered)


def quote(text: str, number: str = "") -> Block:
    return Block(BlockKind.QUOTE, text, number=number)


def table(*rows: tuple[str, ...], header_rows: int = 1) -> Block:
    return Block(BlockKind.TABLE, rows=rows, header_rows=header_rows)


def note(number: str, text: str) -> Block:
    return Block(BlockKind.FOOTNOTE, text, number=number)


OVERVIEW = Document(
    DocumentKind.OVERVIEW,
    (
        heading(1, "Domestic Homicide Review"),
        heading(1, "Overview Report into the death of Adult A"),
        para("Safer Southwark Partnership"),
        heading(2, "Introduction", "1"),
        para("This report is about Adult A, whom her sister called ‘the one who sang’.[^1]", "1.1"),
        para("Adult A was killed by her husband, Adult B, in June 2018. Mrs Ngọzi Ọkafor chaired.", "1.2"),
        heading(2, "The Review Panel", "2"),
        table(("Name", "Agency"), *((m.name, m.agency) for m in PANEL)),
        heading(2, "What happened", "3"),
        para("Adult B answered all questions. The Panel asked:", "3.1"),
        item("who held the bank card;"),
        item("who interpreted, and whether it was:"),
        item("a child;", level=1),
        item("nobody.", level=1),
        quote("He counted the money. I counted the days."),
        quote("Nobody asked me alone."),
        para("Three things were written down:", "3.2"),
        item("a bruise;", number="1.", ordered=True),
        item("a door;", number="2.", ordered=True),
        item("a bare foot.", number="3.", ordered=True),
        table(("Police", "Call-out in May 2016"), ("GP", "Visit [^2]"), header_rows=0),
        heading(2, "Lessons to be learnt", "4"),
        heading(3, "Interpreters"),
        para("A child should never be asked to interpret for a parent.[^1]", "4.1"),
        heading(3, "Coercive control"),
        para("Control of money was described in plain words and never named.", "4.2"),
        heading(3, "Good practice"),
        para("The Panel commends Officer 2, who rang back twice.", "4.3"),
        heading(2, "Recommendations", "5"),
        para("The partnership will report on these each quarter.", "5.1"),
        item("Recommendation 1: Every practice should book professional interpreters."),
        item("Recommendation 2: The MARAC should meet each fortnight."),
        heading(2, "Appendix A: action plan"),
        table(("Recommendation", "Lead"), ("1", "Hà Nguyễn"), ("2", "Paweł Łuczak-Şahin")),
        note("1", "Stark, E. (2007) Coercive Control."),
        note("2", "Ibid."),
    ),
)

SUMMARY = Document(
    DocumentKind.SUMMARY,
    (
        heading(1, "Executive Summary: the death of Adult A"),
        heading(2, "The process", "1"),
        para("The review began in 2018.[^1]", "1.1"),
        heading(2, "Lessons to be learnt", "2"),
        item("A child must never interpret."),
        item("Separation calls for a fresh risk assessment."),
        note("1", "Under section 9 of the Act."),
    ),
)

# Each of these would be markup, a directive or a template in some reader of Markdown or HTML, or in typst.
TRAPS = (
    "# not a heading",
    "- not a list",
    "1. not a list either",
    "> not a quotation",
    "*not* _emphasis_ **at** __all__ ~~gone~~ `code`",
    "<script>alert(1)</script> <b>bold</b> <!-- hidden -->",
    "&amp; &lt; &#65; & <",
    "[words](https://example.org) ![alt](x.png) [ref]: y",
    "{: #anchor .class onclick=alert } { .x } {{ config.site_name }} {% raw %}",
    "--8<-- 'secret.txt'",
    "!!! note",
    "??? note",
    "=== tab",
    "```",
    "| a | b |",
    "|---|---|",
    "[TOC]",
    "*[HTML]: abbreviation",
    "[^9] a mark without a note",
    ": definition",
    "--- a rule",
    "Title: not front matter",
    "https://example.org and www.example.org and someone@example.org",
    "$x^2$ #let x = 1 @label #set page() // comment /* other */ \\ ~ = -- --- ...",
    "\u0002klzzwxh:0\u0003 wzxhzdk:0",
    "    four spaces",
    "a line\nbroken in two",
    "(c) (tm) :smile: ==mark== ^^up^^ ++in++ {++x++}",
)

HOSTILE = Document(
    DocumentKind.OVERVIEW,
    (
        heading(1, "Overview Report: the death of <i>Adult</i> *C* & {: #x } in 2020"),
        heading(4, "A level was left out [^1] # here", "I."),
        *(para(text) for text in TRAPS),
        *(para(text, f"7.{n}") for n, text in enumerate(TRAPS)),
        *(item(text, level=n % 3) for n, text in enumerate(TRAPS)),
        *(quote(text) for text in TRAPS),
        table(("A | B", "C"), *((text, text) for text in TRAPS)),
        heading(2, "Lessons"),
        *(para(text, f"8.{n}") for n, text in enumerate(TRAPS)),
        note("1", "[x]: <y> {: .z } note"),
        note("*", "starred"),
    ),
)


def meta(case: str = "ssp-dhr-2019-02", reference: str = "SSP/DHR/2019/02") -> ReleaseMeta:
    return ReleaseMeta(case, reference, 1, PANEL, date(2020, 7, 17), "rules-digest")


def release(
    case: str = "ssp-dhr-2019-02",
    reference: str = "SSP/DHR/2019/02",
    documents: tuple[Document, ...] = (OVERVIEW, SUMMARY),
    publish_on: date = date(2021, 3, 1),
) -> Release:
    """A verified release, as pipeline.release gives it to the site."""
    from pipeline.render import render_release

    files = render_release(meta(case, reference), documents)
    digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
    facts = PublicFacts(cleared_on=date(2021, 2, 1), publish_on=publish_on, family_told_on=date(2021, 2, 2))
    return Release(case, 1, files, digest, json.loads(files["release.json"]), facts)


def hostile() -> Release:
    return release("ssp-dhr-2020-01", "SSP/DHR/2020/01", (HOSTILE,), date(2022, 1, 5))
