"""Where passphrases come from: the environment, the system keyring, or a question on the terminal.

They are never arguments (other users of the machine could read those) and never appear in a message.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.errors import PassphraseMissing
from pipeline.workspace import Workspace

VAULT = "SSP_PASSPHRASE"
USER = "SSP_USER_PASSPHRASE"
NEW_USER = "SSP_NEW_USER_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Passphrases:
    """`ask` puts a question (its text; whether to ask twice) on the terminal; None where there is no terminal."""

    environ: Mapping[str, str]
    ask: Callable[[str, bool], str] | None = None

    def vault(self, workspace: Workspace, *, new: bool = False) -> str:
        found = self.environ.get(VAULT) or ("" if new else _from_keyring(workspace))
        return found or self._asked("Passphrase of the vault", VAULT, new)

    def vault_if_known(self, workspace: Workspace) -> str:
        """The vault's passphrase, or "" where a command can do without and nobody knows it here."""
        found = self.environ.get(VAULT) or _from_keyring(workspace)
        if found or self.ask is None:
            return found
        return self.ask("Passphrase of the vault (empty: go on without the vault)", False)

    def user(self, name: str) -> str:
        return self.environ.get(USER) or self._asked(f"Passphrase of {name}", USER, False)

    def new_user(self, name: str) -> str:
        return self.environ.get(NEW_USER) or self._asked(f"New passphrase for {name}", NEW_USER, True)

    def _asked(self, question: str, variable: str, twice: bool) -> str:
        if self.ask is None:
            raise PassphraseMissing(
                "A passphrase is needed, and there is no terminal to ask on.", f"Set {variable} for this command."
            )
        return self.ask(question, twice)


def _from_keyring(workspace: Workspace) -> str:
    """The vault's passphrase in the system keyring, if the optional package `keyring` is installed."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    keyring = importlib.import_module("keyring")
    return keyring.get_password("ssp", str(workspace.root.resolve())) or ""
