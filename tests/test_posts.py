"""Posts and agencies of the Panel: nothing that is redacted in a report, or that a rule finds, is left in them."""

from __future__ import annotations

import pytest

from pipeline.models import (
    Action,
    Analysis,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Finding,
    Identity,
    IdentityKind,
    PanelMember,
    layout,
)
from pipeline.posts import panel_in_print, without_identifiers
from pipeline.rules import Rules, load

POST = "Detective Inspector (until 14 March 2019), then with Ms Pell"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def found(text: str, start: int, what: str, label: str, replacement: str = "") -> tuple[Finding, Identity]:
    at = text.index(what, start)
    identity = Identity(
        f"k-{label}",
        IdentityKind.VALUE,
        "DATE",
        what,
        (what,),
        "",
        Action.REDACT,
        label,
        "test",
        needs_decision=False,
    )
    finding = Finding(
        DocumentKind.OVERVIEW, at, at + len(what), "DATE", what, identity.key, ("t",), replacement=replacement
    )
    return finding, identity


def test_a_post_reads_as_the_report_does(rules: Rules) -> None:
    """ "Pell" is on no list here, because it stays elsewhere in the report; within the post it goes."""
    table = Block(BlockKind.TABLE, rows=(("Name", "Post"), ("Imogen Vale", POST)), header_rows=1)
    document = Document(DocumentKind.OVERVIEW, (Block(BlockKind.PARAGRAPH, "The Pell Centre"), table))
    text = layout(document).text
    start = text.index("Inspector")
    pairs = [found(text, start, "14 March 2019", "[date]", "March 2019"), found(text, start, "Ms Pell", "Officer 2")]
    member = PanelMember("Imogen Vale", POST, "The Pell Centre", chair=True)
    analysis = Analysis(tuple(f for f, _ in pairs), tuple(i for _, i in pairs), (member,))
    (shown,) = panel_in_print([document], analysis, (), (), rules)
    assert shown == PanelMember(
        "Imogen Vale", "Detective Inspector (until March 2019), then with Officer 2", "The Pell Centre", chair=True
    )


def test_an_officer_s_own_panel_list_passes_the_rules_too(rules: Rules) -> None:
    member = PanelMember("Imogen Vale", "Inspector from 3 May 2018", "call 07911 123456 or vale@example.org")
    (shown,) = panel_in_print([], Analysis((), (), (member,)), (), (), rules)
    assert shown.role == "Inspector from May 2018"
    assert shown.agency == "call [telephone number] or [e-mail address]"


@pytest.mark.parametrize(
    "post", ["Head of Service", "Detective Chief Inspector, SCD1", "NHS South East London ICB", ""]
)
def test_an_ordinary_post_stays(post: str, rules: Rules) -> None:
    assert without_identifiers(post, rules) == post
