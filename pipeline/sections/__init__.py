"""The sections that the law and the guidance know, found by their headings in any house style.

The words are in redaction_rules/sections.yml, which non-programmers edit. `sections_of` is a pure function of a
Document; the Panel's parser, the theme pages and the action plan read from it where in a report they are.
"""

from __future__ import annotations

from pipeline.sections.find import Section, innermost, sections_of
from pipeline.sections.kinds import SectionKind
from pipeline.sections.words import Headings, load_headings

__all__ = ["Headings", "Section", "SectionKind", "innermost", "load_headings", "sections_of"]
