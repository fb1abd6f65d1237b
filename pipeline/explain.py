"""Why something is kept or redacted, and which rule or model found it, in plain sentences.

The diff in all its forms and whoever else shows findings take their words from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import Action, Change, Decision, Finding, Identity

MODELS = {"SPACY_": "spaCy model", "RAMPART_": "Rampart model"}
# What a model's label means, where its own words do not say it.
LABELS = {
    "SPACY_GPE": "country, town or borough",
    "SPACY_LOC": "place",
    "SPACY_FAC": "building, road or station",
    "SPACY_ORG": "organisation",
    "SPACY_NORP": "nationality, faith or party",
}
LAYERS = {
    "form": "form: written as a name is, after a title or in a list of people",
    "propagated": "elsewhere: the same name found in another place of the case",
    "sweep": "sweep: neither ordinary English nor on any list",
    "scan": "scan: read with little confidence",
    "list": "rule: the review's own reference",
    "agency": "form: named as agencies are",
    "act": "form: named as Acts and other instruments are",
    "panel": "Panel: as the report lists it",
    "reference": "citation: written as a reference is",
    "citation": "citation: research that is cited",
    "medicine": "form: ends as the names of medicines do",
    "abbreviation": "abbreviation: the report says what it stands for",
}
RULES = {"gp_practice": "GP practice"}
AGREED = "agreed pseudonym"  # the role of a name that the family agreed
CHECKS = {
    "nhs": "check digit right",
    "luhn": "check digit right",
    "iban": "check digits right",
    "phone": "can be dialled",
}
POLICY, DECISION, NOBODY = "policy", "decision", "nobody"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What becomes of one finding and why.

    action      what becomes of it
    reason      why, as part of a sentence: "a person who is not on the Review Panel"
    found_by    each rule, list or model that found it, in words
    settled_by  "decision" where a person decided, "policy" where none is needed, "nobody" where one still has to
    by, at      key id of whoever decided, and when (ISO 8601); "" where nobody did
    """

    action: Action
    reason: str
    found_by: tuple[str, ...]
    settled_by: str
    by: str = ""
    at: str = ""

    @property
    def sentence(self) -> str:
        """All of it as one plain sentence or two."""
        does = "Stays" if self.action is Action.KEEP else "Goes"
        settled = {POLICY: "", DECISION: ", as a reviewer decided", NOBODY: ", unless a reviewer decides otherwise"}
        why = f": {self.reason}" if self.reason else ""
        return f"{does}{settled[self.settled_by]}{why}. Found by: {'; '.join(self.found_by) or 'a person'}."


def explain(finding: Finding | Change, identity: Identity | None = None, decision: Decision | None = None) -> str:
    """Why a finding is kept or redacted and what found it, as a sentence. Arguments as for `explained`."""
    return explained(finding, identity, decision).sentence


def explained(
    finding: Finding | Change, identity: Identity | None = None, decision: Decision | None = None
) -> Explanation:
    """Why a finding is kept or redacted and what found it.

    identity  the identity that decides about it, with what is proposed or was decided; None for what stays by itself
    decision  the last decision about that identity, if there is one
    """
    found_by = tuple(said(source) for source in finding.sources)
    own = Action.REDACT if isinstance(finding, Change) else finding.action
    if identity is None:
        return Explanation(own or Action.REDACT, finding.reason, found_by, POLICY)
    # How a person was found says nothing of why the name goes or stays; of a number or place it is the same.
    reason = identity.reason if finding.type == "PERSON" else finding.reason or identity.reason
    if decision is not None:
        at = decision.at.isoformat()
        stays = identity.member or identity.role == AGREED
        told = reason if (decision.action is Action.KEEP) is stays else ""  # the reason spoke for the other answer
        return Explanation(own or decision.action, told, found_by, DECISION, decision.by, at)
    settled = NOBODY if identity.needs_decision else POLICY
    return Explanation(own or identity.proposed, reason, found_by, settled)


def said(source: str) -> str:
    """One of a finding's sources in words: "spaCy model: person", "rule: NHS number", "list: statutory agencies"."""
    for prefix, model in MODELS.items():
        if source.startswith(prefix):
            label = LABELS.get(source, source.removeprefix(prefix).replace("_", " ").lower())
            return f"{model}: {label}"
    kind, mark, name = source.partition(":")
    if mark and kind == "rule":
        return f"rule: {RULES.get(name, name.replace('_', ' '))}"
    if mark and kind == "list":
        return f"list: {name}"
    return LAYERS.get(source, source)
