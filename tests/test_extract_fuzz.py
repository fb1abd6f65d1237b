"""Damaged files of every sort are read or refused: no crash, no hang, and no fault of ours taken for a broken file.

The same damage is done on every run, and then some that is new each time; its seed is printed, and SSP_FUZZ_SEED does
it again. SSP_FUZZ_SECONDS says how long the new part may take (`make fuzz`).
"""

from __future__ import annotations

import os
import secrets
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import Random

import pytest
from damaged_files import damaged_docx, damaged_pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import errors
from pipeline.extract import read_here
from pipeline.models import BlockKind, Document, DocumentKind
from pipeline.records import from_json, to_json

SEED = int(os.environ.get("SSP_FUZZ_SEED") or secrets.randbelow(2**32))
LONGEST = float(os.environ.get("SSP_FUZZ_SECONDS") or 8)  # for each format
SLOW = 20  # seconds for one file
# What a library may stumble over, but our own code must not: it would hide a fault as a damaged file.
OURS = (AttributeError, IndexError, KeyError, TypeError, AssertionError, UnboundLocalError)
KINDS = {"pdf": damaged_pdf, "docx": damaged_docx}


def outcome(data: bytes) -> str:
    """What becomes of a file: "read", the name of the refusal, or "FOUND" and what is wrong."""
    try:
        document = read_here(data, DocumentKind.OVERVIEW)
    except (errors.UnreadableFile, errors.IntakeRefused) as refusal:
        if isinstance(refusal.__cause__, OURS) and "/pipeline/" in _innermost(refusal.__cause__):
            return "FOUND " + "".join(traceback.format_exception(refusal.__cause__))
        if not refusal.remedy:
            return f"FOUND no remedy: {refusal}"
        return type(refusal).__name__
    except Exception:  # noqa: BLE001  # a finding, told to the test
        return "FOUND " + traceback.format_exc()
    return _flaw(document) or "read"


def _innermost(error: BaseException) -> str:
    return traceback.extract_tb(error.__traceback__)[-1].filename


def _flaw(document: Document) -> str:
    """What is wrong with a document, if anything is."""
    if from_json(Document, to_json(document)) != document:
        return "FOUND a document that changes when it is stored"
    for block in document.blocks:
        if len({len(row) for row in block.rows}) > 1:
            return "FOUND a table with rows of unequal length"
        if block.kind is BlockKind.TABLE and not 0 <= block.header_rows <= len(block.rows):
            return "FOUND a table with more headers than rows"
        texts = (block.text, block.number, *(cell for row in block.rows for cell in row))
        if any(c < " " or 0xD800 <= ord(c) < 0xE000 for text in texts for c in text):
            return "FOUND a control character or half a character in the text"
    return ""


class Reader:
    """A process that reads, so that a crash of a library is a finding and not the end of the tests."""

    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.met: Counter[str] = Counter()

    def __call__(self, data: bytes) -> None:
        start = time.monotonic()
        told = self.pool.submit(outcome, data).result(timeout=4 * SLOW)
        self.met[told] += 1
        assert not told.startswith("FOUND"), told
        assert time.monotonic() - start < SLOW, "reading takes too long"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    reader(b"%PDF-1.7\n%%EOF\n")  # not counted: the process starts
    yield reader
    reader.pool.shutdown()


@pytest.mark.parametrize("ending", KINDS)
def test_the_same_damage_every_time(ending: str, reader: Reader) -> None:
    @settings(
        max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=False))
    def damaged(chance: Random) -> None:
        reader(KINDS[ending](chance))

    reader.met.clear()
    damaged()
    assert reader.met["read"] > 5, "much damage should get past the outermost checks"
    assert len(reader.met) > 2, "and be met by several refusals"


@pytest.mark.parametrize("ending", KINDS)
def test_new_damage_each_time(ending: str, reader: Reader) -> None:
    until, number = time.monotonic() + LONGEST, SEED
    while time.monotonic() < until:
        try:
            reader(KINDS[ending](Random(number)))  # noqa: S311  # repeatable damage, no secret
        except Exception as error:
            raise AssertionError(f"SSP_FUZZ_SEED={number} damages a {ending} as is found here: {error}") from error
        number += 1
    print(f"{number - SEED} files of {ending} from SSP_FUZZ_SEED={SEED} on")
