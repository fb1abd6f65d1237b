"""The kinds of section that a published review has."""

from __future__ import annotations

from enum import StrEnum


class SectionKind(StrEnum):
    """What a section holds. Those that nothing reads from are known so that they end those that something does."""

    PANEL = "panel"
    TERMS_OF_REFERENCE = "terms_of_reference"
    CHRONOLOGY = "chronology"
    ANALYSIS = "analysis"
    LESSONS = "lessons"
    GOOD_PRACTICE = "good_practice"
    RECOMMENDATIONS = "recommendations"
    ACTION_PLAN = "action_plan"
    INTRODUCTION = "introduction"
    CONFIDENTIALITY = "confidentiality"
    METHODOLOGY = "methodology"
    CONTRIBUTORS = "contributors"
    FAMILY = "family"
    PEOPLE = "people"
    EQUALITY = "equality"
    PARALLEL_REVIEWS = "parallel_reviews"
    CONCLUSIONS = "conclusions"
    GLOSSARY = "glossary"
    REFERENCES = "references"
    AUTHOR = "author"
    DISTRIBUTION = "distribution"
    LETTER = "letter"
    APPENDIX = "appendix"
