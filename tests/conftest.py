"""What many tests share: the rules and the recognisers, loaded once a session."""

from __future__ import annotations

import pytest

from pipeline import anonymise
from pipeline import rules as rule_files
from pipeline.detect.engine import Engine
from pipeline.rules import Rules


@pytest.fixture(scope="session")
def rules() -> Rules:
    return rule_files.load()


@pytest.fixture(scope="session")
def engine(rules: Rules) -> Engine:
    """All recognisers with both models: for tests marked slow."""
    return anonymise.load(rules)
