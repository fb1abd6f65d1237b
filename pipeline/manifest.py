"""The manifest of a release, and what makes two signatures under it an approval.

The canonical manifest names every file with its SHA-256, the case, the version, who prepared it and where the event
log stood. Approving is signing its digest. The same rules (§4.26, §4.28) are applied when somebody signs, when the
release is sealed, and on the publishing machine, from the pinned keys alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.canonical import digest, sha256
from pipeline.pins import Pins
from pipeline.roles import MAY
from pipeline.vault.keys import Role, Signer, signature_holds

APPROVAL_PURPOSE = "ssp-approval-v1"
APPROVALS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a manifest says beside the files.

    workspace  fingerprint
    preparers  key ids of everybody who took in, anonymised or decided
    log        sequence and hash of the last event that shaped the content
    waived     "" or the kind of document that is rightly missing (§4.29)
    """

    workspace: str
    case: str
    reference: str
    version: int
    signed_off_on: str
    rules_digest: str
    preparers: tuple[str, ...]
    log: tuple[int, str]
    waived: str = ""


def build(files: Mapping[str, bytes], about: Provenance) -> dict[str, Any]:
    """The manifest of these files as a JSON value; `canonical` gives the bytes that are signed."""
    return {
        "schema": 1,
        "workspace": about.workspace,
        "case": about.case,
        "reference": about.reference,
        "version": about.version,
        "signed_off_on": about.signed_off_on,
        "rules_digest": about.rules_digest,
        "preparers": sorted(about.preparers),
        "log": {"sequence": about.log[0], "hash": about.log[1]},
        "waived": about.waived,
        "files": {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()},
    }


def approve(manifest: Mapping[str, Any], signer: Signer, log: tuple[int, str], at: datetime) -> dict[str, Any]:
    """One person's signed approval. `log` is the head of the whole event log at this moment."""
    return signer.sign(
        {
            "purpose": APPROVAL_PURPOSE,
            "workspace": manifest["workspace"],
            "case": manifest["case"],
            "version": manifest["version"],
            "manifest": digest(manifest),
            "key_id": signer.key_id,
            "role": str(signer.role),
            "log": {"sequence": log[0], "hash": log[1]},
            "at": at.isoformat(),
        }
    )


def approval_holds(manifest: Mapping[str, Any], approval: Mapping[str, Any], pins: Pins) -> bool:
    """Whether this is a pinned user's signature over this very manifest."""
    user = pins.users.get(str(approval.get("key_id")))
    return (
        user is not None
        and manifest.get("workspace") == pins.fingerprint
        and all(approval.get(name) == manifest[name] for name in ("workspace", "case", "version"))
        and approval.get("manifest") == digest(manifest)
        and approval.get("role") == user.role
        and signature_holds(approval, user.public_bytes, APPROVAL_PURPOSE)
    )


def dependence(preparers: Sequence[str], key: str, pins: Pins) -> str:
    """Why this user is not independent of those who prepared the case; "" if they are."""
    if key in preparers:
        return "they prepared the case themselves"
    if pins.introducers(key) & set(preparers):
        return "they were added as a user by somebody who prepared the case, or through such a person"
    return ""


def shortfalls(manifest: Mapping[str, Any], approvals: Sequence[Mapping[str, Any]], pins: Pins) -> tuple[str, ...]:
    """Everything that is missing for these signatures to be an approval; empty if they are one."""
    found: list[str] = []
    signers = [str(approval.get("key_id")) for approval in approvals]
    if not all(approval_holds(manifest, approval, pins) for approval in approvals):
        return ("a signature is not over this manifest, or not by a pinned key",)
    roles = [pins.users[key].role for key in signers]
    if len(set(signers)) != len(signers):
        found.append("one person signed twice")
    if len(set(signers)) < APPROVALS_NEEDED:
        found.append("two different people have to sign")
    if Role.CHAIR not in roles:
        found.append("nobody with the role chair has signed")
    if any(role not in MAY["approve"] for role in roles):
        found.append("somebody signed whose role may not approve")
    if any(dependence(manifest["preparers"], key, pins) for key in signers):
        found.append("somebody signed who prepared the case or was introduced by a preparer")
    return tuple(found)
