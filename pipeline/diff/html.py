"""The diff as one web page that needs nothing else: no script, no font, no picture, no other host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from pipeline.diff.passages import Passage, Reviewed, reviewed
from pipeline.explain import explain
from pipeline.intake_report import shown
from pipeline.members import as_lines
from pipeline.models import (
    Action,
    Analysis,
    Block,
    BlockKind,
    Change,
    Decision,
    Document,
    Finding,
    Identity,
    JigsawWarning,
    Notice,
    Redacted,
)

_STYLE = """
:root{color-scheme:light dark;--line:#767676}
body{font:1rem/1.6 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.items{table-layout:fixed;font-size:.9rem}.items th,.items td{box-sizing:border-box}
.items .found{width:17%}.items .type-of{width:13%}.items .role{width:13%}.items .becomes{width:15%}
.items .times{width:8%}.items .decision{width:11%}
.passage{list-style:none;margin-left:1.2rem}
.block{margin:.7rem 0}.list_item{margin-left:1.5rem}.quote{margin-left:1.5rem;border-left:4px solid var(--line);
padding-left:.8rem}.footnote{font-size:.9rem}.number{font-weight:bold;margin-right:.5rem}
details.change{display:inline}details.change>summary{display:inline;cursor:pointer;list-style:none}
details.change>summary::-webkit-details-marker{display:none}details.change::details-content{display:inline}
details.change[open]>.why{display:block;border:1px solid var(--line);padding:.4rem .6rem;margin:.3rem 0;
font-size:.9rem}
del{background:#fbdcdc;color:#6b0000;text-decoration:line-through}
ins{background:#d7f0dc;color:#00401a;text-decoration:none;border-bottom:2px solid #00401a}
.type{font-size:.7rem;border:1px solid;border-radius:.2rem;padding:0 .2rem;margin:0 .15rem;white-space:nowrap}
.people{outline:2px solid #7a4fb3}.dates{outline:2px dashed #946200}.places{outline:2px dotted #00617a}
.page{font-size:.8rem;border-top:1px solid var(--line);margin:1.2rem 0 .3rem;text-align:right}
.numbers{outline:2px solid #8a2f2f}.open{font-weight:bold}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
"""
_GROUPS = {
    "PERSON": "people",
    "DATE": "dates",
    "DOB": "dates",
    "PLACE": "places",
    "ADDRESS": "places",
    "POSTCODE": "places",
    "ORGSMALL": "places",
}
_COLUMNS = {
    "found": "Found",
    "type-of": "Type",
    "role": "Role",
    "becomes": "In print",
    "times": "Times",
    "decision": "Decision",
    "why-so": "Reason",
}
_Decided = Mapping[str, tuple[Identity, Decision | None]]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(
    documents: Sequence[Document],
    redacted: Sequence[Redacted],
    analysis: Analysis,
    decisions: Sequence[Decision] = (),
) -> str:
    """A whole page: what is to decide, each document with its changes in place, and what stays by rule.

    A change opens to why it is made, what found it and who decided.

    Raises DiffMismatch when changes and documents do not fit together.
    """
    items = reviewed(documents, redacted)
    last = {decision.identity: decision for decision in decisions}
    identities = {i.key: (i, last.get(i.key)) for i in analysis.identities}
    body = [_panel(documents, analysis), _identities(analysis.identities), _warnings(analysis)]
    body.extend(_document(item, identities) for item in items)
    body.append(_kept(analysis.kept))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>Redaction diff</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        "<h1>Redaction diff</h1>\n<p>Restricted: this page quotes the report as it was before redaction.</p>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _panel(documents: Sequence[Document], analysis: Analysis) -> str:
    """Whose names stay by rule (§4.28), each with the passages that make one a member."""
    if not analysis.panel:
        return ""
    items = "".join(
        f"<li>{escape(line)}</li>"
        if not line.startswith(" ")
        else f'<li class="passage"><small>{escape(line.strip())}</small></li>'
        for line in as_lines(analysis.panel, documents)
    )
    return f"<h2>The Review Panel, whose names stay ({len(analysis.panel)})</h2>\n<ul>{items}</ul>"


def _identities(identities: Sequence[Identity]) -> str:
    ordered = sorted(identities, key=lambda i: (not i.needs_decision, -i.risk, -i.count, i.key))
    rows = "\n".join(
        f'<tr id="{escape(i.key)}"><td>{escape(i.name)}</td><td>{escape(i.type)}</td><td>{escape(i.role)}</td>'
        f"<td>{_proposal(i)}</td><td>{i.count}</td>"
        f"<td>{_decision(i)}</td>"
        f"<td>{escape(i.reason)}</td></tr>"
        for i in ordered
    )
    heads = "".join(f'<th scope="col" class="{name}">{head}</th>' for name, head in _COLUMNS.items())
    return (
        f'<h2>Identities ({len(ordered)})</h2>\n<table class="items">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _decision(identity: Identity) -> str:
    if identity.needs_decision:
        return '<span class="open">to decide</span>'
    return "redacted" if identity.proposed is Action.REDACT else "kept"


def _proposal(identity: Identity) -> str:
    return f"becomes {escape(identity.label)}" if identity.proposed is Action.REDACT else "stays"


def _warnings(analysis: Analysis) -> str:
    if not analysis.warnings:
        return ""
    items = "".join(
        f'<li id="{escape(w.key)}">{escape(w.document.value)}: {escape(w.message)} <small>{escape(w.key)}</small> '
        f"{_accepted(w)}</li>"
        for w in analysis.warnings
    )
    return f"<h2>Warnings ({len(analysis.warnings)})</h2>\n<ul>{items}</ul>"


def _accepted(warning: JigsawWarning) -> str:
    return f"<i>Accepted: {escape(warning.accepted)}</i>" if warning.accepted else '<span class="open">open</span>'


def _document(item: Reviewed, identities: _Decided) -> str:
    parts = [f"<h2>{escape(item.name)}: {len(item.changes)} changes</h2>"]
    parts.append(_notices(item.document.notices))
    page = None
    for _, group in groupby(item.passages, key=lambda passage: passage.slot.block):
        passages = list(group)
        if passages[0].block.page not in (None, page):
            page = passages[0].block.page
            parts.append(f'<p class="page">Page {page} of the source</p>')
        parts.append(_block(passages, identities))
    return "\n".join(parts)


def _notices(notices: Sequence[Notice]) -> str:
    """What was left out of the source, each opening to what it was and where it stands."""
    told = []
    for notice in notices:
        items = "".join(f"<li>{escape(line)}</li>" for line in shown(notice))
        message = escape(notice.message)
        told.append(
            f"<li><details><summary>{message}</summary><ul>{items}</ul></details></li>"
            if items
            else f"<li>{message}</li>"
        )
    return f'<ul class="notices">{"".join(told)}</ul>' if told else ""


def _block(passages: Sequence[Passage], identities: _Decided) -> str:
    block = passages[0].block
    if block.kind is BlockKind.TABLE:
        return _table(block, passages, identities)
    text = _text(passages[0], identities)
    number = f'<span class="number">{escape(block.number)}</span>' if block.number else ""
    if block.kind is BlockKind.HEADING:
        # Levels 1 and 2 are the page's own.
        return f'<div class="block" role="heading" aria-level="{block.level + 2}"><b>{number}{text}</b></div>'
    if block.kind is BlockKind.PICTURE:
        return f'<div class="block picture">[Picture, not published: {text or "no description"}]</div>'
    bullet = "• " if block.kind is BlockKind.LIST_ITEM and not block.number else ""
    return f'<div class="block {block.kind.value}">{number}{bullet}{text}</div>'


def _table(block: Block, passages: Sequence[Passage], identities: _Decided) -> str:
    rows = []
    for row, cells in groupby(passages, key=lambda passage: passage.slot.row):
        tag, scope = ("th", ' scope="col"') if row < block.header_rows else ("td", "")
        rows.append("<tr>" + "".join(f"<{tag}{scope}>{_text(c, identities)}</{tag}>" for c in cells) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _text(passage: Passage, identities: _Decided) -> str:
    return "".join(
        _change(piece, identities) if isinstance(piece, Change) else escape(piece) for piece in passage.pieces
    )


def _change(change: Change, identities: _Decided) -> str:
    group = _GROUPS.get(change.type, "numbers")
    return (
        f'<details class="change"><summary><span class="hidden">removed: </span><del>{escape(change.before)}</del>'
        f'<span class="hidden"> replaced by: </span><ins>{escape(change.after)}</ins>'
        f'<span class="type {group}">{escape(change.type)}</span></summary>'
        f'<span class="why">{"; ".join(_why(change, identities))}</span></details>'
    )


def _why(change: Change, identities: _Decided) -> Iterable[str]:
    identity, decision = identities.get(change.identity, (None, None))
    yield escape(explain(change, identity, decision))
    if decision is not None:
        yield f"decided by {escape(decision.by)}"
    if identity is not None:
        yield f'identity <a href="#{escape(identity.key)}">{escape(identity.label)}</a>'


def _kept(kept: Sequence[Finding]) -> str:
    """What stays whatever is decided: each distinct text once."""
    if not kept:
        return ""
    times = Counter(finding.text for finding in kept)
    first = {finding.text: finding for finding in reversed(kept)}
    rows = "\n".join(
        f"<tr><td>{escape(text)}</td><td>{times[text]}</td><td>{escape(explain(first[text]))}</td></tr>"
        for text in sorted(times, key=lambda text: (text.casefold(), text))
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Text", "Times", "Reason"))
    return (
        f"<h2>What stays by rule ({len(times)})</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )
