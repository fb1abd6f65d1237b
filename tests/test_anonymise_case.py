"""One case's analysis: what needs a human, across both documents of the case."""

from __future__ import annotations

import pytest

from pipeline import anonymise, extract, rules
from pipeline.models import Action, Analysis, CaseFacts, DocumentKind, IdentityKind
from pipeline.redact import redact

pytestmark = pytest.mark.slow

OVERVIEW = """# Overview Report into the death of Ngozi Okafor

Independent Chair: Dr Susan Hartley

## 1 The Review Panel

| Name | Role | Agency |
|---|---|---|
| Dr Susan Hartley | Independent Chair | Independent |
| Peter Marlowe | Head of Community Safety | London Borough of Southwark |

## 2 Background

2.1 Ngozi Okafor was born in Umuahia. Her husband, Chidi Okafor, was convicted of murder.

2.2 The children went to Bellfield Primary School. Ms Okafor met Mr Marlowe once, in Abakaliki Gardens Zorbly.
"""
SUMMARY = """# Executive Summary

1.1 Ngozi was killed on 3 March 2020. Mr Okafor told the Panel nothing. Peter Marlowe read the draft.
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    documents = [
        extract.read_text(OVERVIEW, DocumentKind.OVERVIEW),
        extract.read_text(SUMMARY, DocumentKind.SUMMARY),
    ]
    return anonymise.analyse(documents, CaseFacts(), rules.load())


def test_a_person_is_one_identity_in_both_documents(analysis: Analysis) -> None:
    victim = next(i for i in analysis.identities if i.name == "Ngozi Okafor")
    assert {f.document for f in analysis.findings if f.identity == victim.key} == set(DocumentKind)
    assert (victim.label, victim.proposed) == ("Adult A", Action.REDACT)


def test_people_and_what_nothing_explains_need_a_human_and_numbers_do_not(analysis: Analysis) -> None:
    for identity in analysis.identities:
        expected = identity.kind is not IdentityKind.VALUE
        assert identity.needs_decision is expected, identity.type
    assert any(i.kind is IdentityKind.UNEXPLAINED for i in analysis.identities)


def test_one_label_in_both_documents(analysis: Analysis) -> None:
    summary = redact(extract.read_text(SUMMARY, DocumentKind.SUMMARY), analysis, ())
    text = summary.document.blocks[1].text
    assert text.startswith("Adult A was killed on a date in March 2020. Adult B told the Panel")
    assert text.endswith("Peter Marlowe read the draft.")
