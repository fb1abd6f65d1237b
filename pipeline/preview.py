"""`ssp preview`: the anonymised text of files, with automatic decisions only, and no vault.

What nothing explains is redacted. Each file is a case of its own, unless a case file says that they belong together:
that way one report's panel never explains a name in another's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import anonymise, casefile, extract, redact, rules
from pipeline.errors import IntakeRefused, NotPdfOrDocx, UnreadableFile
from pipeline.models import CaseFacts, Document, DocumentKind, layout
from pipeline.workspace import Workspace

TEXT_ENDINGS = (".txt", ".md", ".text")


def run(
    files: Sequence[Path],
    case_file: Path | None = None,
    out: Path | None = None,
    out_dir: Path | None = None,
    progress: Callable[[str], None] | None = None,
    warned: Callable[[int], None] | None = None,
    ocr_in: Workspace | None = None,
) -> str:
    """Anonymise `files` (PDF, DOCX or plain text) and return the texts joined, or write them.

    out      one file for the text of one report
    out_dir  a folder in which each report's text is written as NAME.txt
    warned   is told how many warnings there are, if any, about what stays in print
    ocr_in   scanned pages are read by character recognition, here where there is no place in memory for it
    Raises UnreadableFile and its kin for a file that cannot be read, RulesError, ModelUnavailable, IntakeRefused for
    a case file with mistakes or with two reports of one kind.
    """
    say = progress or (lambda _: None)
    facts = casefile.read(case_file) if case_file else CaseFacts()
    targets = _targets(files, out, out_dir)
    if {t.resolve() for t in targets} & {f.resolve() for f in files}:
        raise UnreadableFile("The text would be written over the report.", "Choose another place with --out.")
    say("Reading")
    documents = [read(path, ocr_in, say) for path in files]
    if case_file and len({d.kind for d in documents}) < len(documents):
        raise IntakeRefused(
            "A case has one overview report and one executive summary.",
            "Give one of each with --case-file; a summary is a file with “summary” in its name.",
        )
    say("Loading the models")
    known = rules.load()
    engine = anonymise.load(known)
    texts, warnings = [], 0
    groups = [documents] if case_file else [[d] for d in documents]
    for number, group in enumerate(groups, start=1):
        say(f"Anonymising {number} of {len(groups)}")
        analysis = anonymise.analyse(group, facts, known, engine)
        warnings += len(analysis.warnings)
        texts += [layout(redact.redact(document, analysis, ()).document).text for document in group]
    for target, text in zip(targets, texts, strict=False):
        _write(target, text)
    if warnings and warned:
        warned(warnings)
    return "" if targets else "\n".join(texts)


def read(path: Path, ocr_in: Workspace | None = None, progress: Callable[[str], None] | None = None) -> Document:
    """One report by content; a name that ends in .txt or .md is plain text."""
    data = extract.read_file(path)
    kind = DocumentKind.SUMMARY if "summary" in path.name.casefold() else DocumentKind.OVERVIEW
    if path.suffix.casefold() in TEXT_ENDINGS and not data.startswith((b"%PDF", b"PK")):
        try:
            return extract.read_text(data.decode("utf-8-sig"), kind)
        except UnicodeDecodeError:
            raise NotPdfOrDocx("A text file is not UTF-8.", "Save it as UTF-8 and try again.") from None
    return extract.read_with_ocr(data, kind, ocr_in.root, progress) if ocr_in else extract.read(data, kind)


def _write(target: Path, text: str) -> None:
    """Write one text so that only its owner can read it: automatic decisions may have missed a name."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        raise UnreadableFile("The text cannot be written there.", "Choose another place with --out.") from None


def _targets(files: Sequence[Path], out: Path | None, out_dir: Path | None) -> list[Path]:
    if out is not None:
        if len(files) != 1 or out_dir is not None:
            raise UnreadableFile("--out takes the text of one file.", "Use --out-dir for several files.")
        return [out]
    if out_dir is None:
        return []
    names = [f"{path.stem}.txt" for path in files]
    if len(set(names)) != len(names):  # d1.pdf and d1.docx
        names = [f"{path.name}.txt" for path in files]
    return [out_dir / name for name in names]
