"""The redaction diff: every change in context, for a terminal, a browser and a program.

A diff quotes names: it is for the officer and the reviewers, and is never part of a release.
"""

from __future__ import annotations

from pipeline.diff.html import as_html
from pipeline.diff.json import as_json
from pipeline.diff.terminal import as_terminal

__all__ = ["as_html", "as_json", "as_terminal"]
