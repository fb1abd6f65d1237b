"""Who may do what. One table; the actions ask it, never a button or a command.

Approving needs more than a role (two people, neither the preparer's own): see `approval`.
"""

from __future__ import annotations

from pipeline.errors import NotPermitted
from pipeline.vault.keys import Role

OFFICER, REVIEWER, CHAIR, COMMS = Role.OFFICER, Role.REVIEWER, Role.CHAIR, Role.COMMS

MAY: dict[str, frozenset[Role]] = {
    "take in": frozenset({OFFICER}),
    "anonymise": frozenset({OFFICER}),
    "decide": frozenset({OFFICER, REVIEWER}),
    "approve": frozenset({REVIEWER, CHAIR}),
    "seal": frozenset({OFFICER, COMMS}),
    "waive": frozenset({OFFICER, CHAIR}),
    "clear": frozenset({OFFICER, COMMS}),
    "record": frozenset({OFFICER, COMMS}),
    "withdraw": frozenset({OFFICER, CHAIR, COMMS}),
}


def require(action: str, role: Role) -> None:
    """Raises NotPermitted unless the role may take the action."""
    if role not in MAY[action]:
        able = " or ".join(sorted(MAY[action]))
        raise NotPermitted(f"The role {role} may not {action}.", f"Ask somebody with the role {able}.")
