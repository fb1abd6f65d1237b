"""The two models: windows that lose nothing, offsets that hold, and a clear refusal where one is missing."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from pipeline.detect import rampart, spacy_model
from pipeline.detect.engine import Engine
from pipeline.errors import ModelUnavailable
from pipeline.rules import Rules

LONG = " ".join(f"word{n}" for n in range(400))


@pytest.mark.parametrize("text", [LONG, "x" * 2000, f"short\n{LONG}\n\n{LONG}", "a", "", "\n\n"])
def test_windows_cover_every_line_and_overlap(text: str) -> None:
    spans = rampart.windows(text)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered or c in " \n" for at, c in enumerate(text))
    assert all(end - start <= rampart.WINDOW and "\n" not in text[start:end] for start, end in spans)


def test_windows_are_cut_between_words() -> None:
    for start, end in rampart.windows(LONG):
        assert start == 0 or LONG[start - 1] == " "
        assert end == len(LONG) or LONG[end] == " "
    spans = rampart.windows(LONG)
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))


@pytest.fixture
def unloaded() -> Iterator[None]:
    rampart.load.cache_clear()
    spacy_model.load.cache_clear()
    yield
    rampart.load.cache_clear()
    spacy_model.load.cache_clear()


@pytest.mark.usefixtures("unloaded")
def test_without_the_rampart_package_nothing_is_anonymised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable) as refusal:
        rampart.load()
    assert refusal.value.exit_code == 31
    assert refusal.value.remedy


@pytest.mark.usefixtures("unloaded")
def test_a_broken_rampart_package_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spec = SimpleNamespace(origin=str(tmp_path_factory.mktemp("package") / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(ModelUnavailable):
        rampart.load()


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("damaged", ["config.json", "tokenizer.json", "onnx/model_q4.onnx"])
def test_a_damaged_file_of_the_rampart_model_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damaged: str
) -> None:
    found = importlib.util.find_spec(rampart.PACKAGE)
    assert found is not None
    assert found.origin is not None
    whole, copy = Path(found.origin).parent / "models" / "rampart", tmp_path / "models" / "rampart"
    (copy / "onnx").mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "onnx/model_q4.onnx"):
        (copy / name).symlink_to(whole / name)
    (copy / damaged).unlink()
    (copy / damaged).write_bytes(b"{ damaged")
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(ModelUnavailable):
        rampart.load()


@pytest.mark.usefixtures("unloaded")
def test_without_the_spacy_package_nothing_is_anonymised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_model, "PACKAGE", "no_such_model")
    with pytest.raises(ModelUnavailable):
        spacy_model.load()


@pytest.mark.usefixtures("unloaded")
def test_a_damaged_spacy_package_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'none'\n", encoding="utf-8")
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(spacy_model, "PACKAGE", str(tmp_path))
    with pytest.raises(ModelUnavailable):
        spacy_model.load()


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("model", [rampart, spacy_model])
def test_the_engine_does_not_start_with_one_model(
    monkeypatch: pytest.MonkeyPatch, model: ModuleType, rules: Rules
) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no_such_model")
    with pytest.raises(ModelUnavailable):
        Engine(rules)


@pytest.mark.slow
def test_evidence_stands_where_it_says(engine: Engine) -> None:
    text = f"1.1 Mrs Adaeze Okonjo left Lagos.\n\n{LONG} and then Zeynep Demirtaş of İzmir, Đỗ Thị Hạnh came.\n"
    found = engine.evidence(text)
    spans = {(text[e.start : e.end], e.type) for e in found}
    assert ("Adaeze", "RAMPART_GIVEN_NAME") in spans
    assert any(t.startswith(("SPACY_", "RAMPART_")) and "Zeynep" in s for s, t in spans)
    assert {e.source for e in found} >= {"spaCy", "Rampart"}
    assert [(e.start, -e.end) for e in found] == sorted((e.start, -e.end) for e in found)


@pytest.mark.slow
@pytest.mark.usefixtures("engine")
def test_the_runtime_reports_nothing() -> None:
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
