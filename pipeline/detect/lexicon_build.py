"""Make redaction_rules/lexicon/ from Hunspell dictionaries: `make lexicon` or `python -m ... NAME.dic NAME.aff ...`.

A spelling dictionary writes ordinary words in lower case and names with a capital ("hope" and "Hope" are two
entries), and that is what takes the names out of the lexicon: english.txt holds only what the dictionaries list in
lower case, names.txt what they list with a capital. Every affixed form is written out, so that reading needs no
affix rules.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "redaction_rules" / "lexicon"


@dataclass(frozen=True, slots=True)
class Affix:
    """One affix rule: `strip` off the stem's end (or start), then `add`, if the stem matches `condition`."""

    prefix: bool
    strip: str
    add: str
    condition: re.Pattern[str]

    def apply(self, stem: str) -> str | None:
        if not self.condition.search(stem):
            return None
        if self.prefix:
            return self.add + stem.removeprefix(self.strip)
        return stem.removesuffix(self.strip) + self.add


def read_affixes(path: Path) -> dict[str, list[Affix]]:
    """Flag -> its rules, from a Hunspell .aff file."""
    rules: dict[str, list[Affix]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] in ("PFX", "SFX"):
            prefix = parts[0] == "PFX"
            strip, add = (("" if p == "0" else p) for p in parts[2:4])
            condition = re.compile(f"^{parts[4]}" if prefix else f"{parts[4]}$")
            rules.setdefault(parts[1], []).append(Affix(prefix, strip, add.split("/")[0], condition))
    return rules


def forms(entry: str, rules: dict[str, list[Affix]]) -> Iterator[str]:
    """Every form of one .dic entry: the stem, with each affix, and with a prefix and a suffix together."""
    stem, _, flags = entry.partition("/")
    yield stem
    affixes = [affix for flag in flags for affix in rules.get(flag, [])]
    suffixed = [form for a in affixes if not a.prefix and (form := a.apply(stem))]
    yield from suffixed
    for affix in (a for a in affixes if a.prefix):
        for base in (stem, *suffixed):
            if form := affix.apply(base):
                yield form


def build(sources: list[tuple[Path, Path]]) -> tuple[set[str], set[str]]:
    """(ordinary words, names) from pairs of .dic and .aff files; possessives are left to the reader."""
    words: set[str] = set()
    names: set[str] = set()
    for dic, aff in sources:
        rules = read_affixes(aff)
        for entry in dic.read_text(encoding="utf-8").splitlines()[1:]:
            for form in forms(entry.strip(), rules):
                if form.endswith("'s") or not re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", form) or len(form) < 2:
                    continue
                (words if form == form.lower() else names).add(form)
    return words, names


def main(arguments: list[str]) -> None:
    pairs = [(Path(a), Path(b)) for a, b in zip(arguments[::2], arguments[1::2], strict=True)]
    words, names = build(pairs)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "english.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    (FOLDER / "names.txt").write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {len(names)} names")


if __name__ == "__main__":
    main(sys.argv[1:])
