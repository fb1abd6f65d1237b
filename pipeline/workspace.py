"""Where things lie. The vault is private; everything else under a workspace is fit to be public, or public keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's folder. `releases`, `pins`, `seen` and `public` are all that a publishing machine needs."""

    root: Path

    def __post_init__(self) -> None:
        # The tools that build the website run in another folder, so a relative path would mean another place to them.
        object.__setattr__(self, "root", self.root.absolute())

    @property
    def vault(self) -> Path:
        """The one encrypted file that holds names."""
        return self.root / "vault.db"

    @property
    def releases(self) -> Path:
        """One folder (mode 0700) a sealed case."""
        return self.root / "releases"

    @property
    def pins(self) -> Path:
        """Public keys that this machine trusts, with their roles."""
        return self.root / "pins.json"

    @property
    def seen(self) -> Path:
        """Head and length of each release's chain of statements when it was last read here."""
        return self.root / "seen.json"

    @property
    def public(self) -> Path:
        """Built websites and the link `current` to the one that is served."""
        return self.root / "public"
