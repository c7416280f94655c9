"""Text to vectors, in one forward pass a passage.

Late chunking: a passage is encoded once; the mean of all of its token vectors is the passage's
vector, the mean over a sentence's tokens is the sentence's. A sentence that says "He suggested…"
thus carries what its neighbours say.

Source: Günther et al., "Late Chunking: Contextual Chunk Embeddings Using Long-Context Embedding
Models" (2024).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from indexes.documents import Span
from indexes.errors import ModelError
from indexes.model_files import DEFAULT_MODEL, ModelFiles, default_model_files

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_WINDOW = 510
"""Word pieces that BERT reads at once beside its two markers; a longer text is read in windows."""

_SLOWER = ["SkipLayerNormFusion"]
"""ONNX Runtime's: the sum and the normalisation one by one take a fifth of the fused operator's time."""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of a passage.

    Attributes:
        passage: (d,) float32, L2-normalised.
        sentences: (sentences, d) float32, each row L2-normalised, or zero for one without a token.
    """

    passage: Vectors
    sentences: Vectors


class Encoder(Protocol):
    """What an index asks of an embedding model."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def sha256(self) -> str:
        """Of the model's weights."""
        ...

    @property
    def dimension(self) -> int:
        """How long its vectors are."""
        ...

    def encode_passages(
        self, passages: Sequence[tuple[str, Sequence[Span]]]
    ) -> Iterator[PassageVectors]:
        """Encode passages, each a text and the spans of its sentences in that text, in order."""
        ...

    def encode_query(self, query: str) -> Vectors:
        """Encode a query: (d,) float32, L2-normalised."""
        ...


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """Load the default model on ONNX Runtime, or any other through sentence-transformers.

    Raises:
        ModelError: if the model cannot be loaded.
    """
    return (
        OnnxEncoder(default_model_files())
        if name == DEFAULT_MODEL
        else SentenceTransformersEncoder(name)
    )


def pool(
    tokens: Vectors, offsets: Sequence[tuple[int, int]], sentences: Sequence[Span]
) -> PassageVectors:
    """Average token vectors, over the passage and over each sentence.

    Args:
        tokens: (tokens, d) float32, the model's output for each token.
        offsets: each token's range of characters in the passage; empty for markers.
        sentences: the sentences' ranges of characters in the passage.
    """
    starts, ends = np.array(offsets).T
    # A marker's range is empty: it is put before every sentence.
    places = np.where(ends > starts, starts, -1)
    first = np.array([span.start for span in sentences]).reshape(-1, 1)
    last = np.array([span.end for span in sentences]).reshape(-1, 1)
    rows = ((places >= first) & (places < last)).astype(np.float32)
    counts = np.maximum(rows.sum(axis=1, keepdims=True), 1)
    return PassageVectors(normalised(tokens.mean(axis=0)), normalised(rows @ tokens / counts))


def normalised(vectors: Vectors) -> Vectors:
    """Scale to length 1 along the last axis; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return cast(Vectors, (vectors / np.maximum(lengths, 1e-12)).astype(np.float32))


class OnnxEncoder:
    """The default: all-MiniLM-L6-v2, int8, on ONNX Runtime; loads in a fraction of a second."""

    name = DEFAULT_MODEL
    dimension = 384

    def __init__(self, files: ModelFiles) -> None:
        self.sha256 = files.weights_sha256
        self._session = open_session(files.onnx)
        self._tokenizer = open_tokenizer(files.tokenizer)

    def encode_passages(
        self, passages: Sequence[tuple[str, Sequence[Span]]]
    ) -> Iterator[PassageVectors]:
        """Encode in order; one passage a core at a time, which is as fast as batches and cheaper."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from threads.map(self._encode_passage, passages)

    def encode_query(self, query: str) -> Vectors:
        """Encode a query: (384,) float32, L2-normalised."""
        tokens, _ = self._tokens(query)
        return normalised(tokens.mean(axis=0))

    def _encode_passage(self, passage: tuple[str, Sequence[Span]]) -> PassageVectors:
        text, sentences = passage
        tokens, offsets = self._tokens(text)
        return pool(tokens, offsets, sentences)

    def _tokens(self, text: str) -> tuple[Vectors, list[tuple[int, int]]]:
        """Return (tokens, 384) vectors and each token's characters, markers included."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        first, last = (self._tokenizer.token_to_id(marker) for marker in ("[CLS]", "[SEP]"))
        vectors: list[Vectors] = []
        offsets: list[tuple[int, int]] = []
        for start in range(0, max(len(encoding.ids), 1), _WINDOW):
            ids = np.array([[first, *encoding.ids[start : start + _WINDOW], last]], dtype=np.int64)
            vectors.append(cast(Vectors, self._session.run(None, {"input_ids": ids})[0])[0])
            offsets += [(0, 0), *encoding.offsets[start : start + _WINDOW], (0, 0)]
        return np.concatenate(vectors), offsets


class SentenceTransformersEncoder:
    """Any sentence-transformers or Hugging Face model, by name or folder."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:
            raise ModelError(
                f"The model {name} cannot be loaded ({type(error).__name__}): check its name, and the "
                "network if it was never loaded on this computer.",
                name,
            ) from error
        self.name = name
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(
                f"The model {name} does not say how long its vectors are; choose another.", name
            )
        self.dimension = int(dimension)

    @cached_property
    def sha256(self) -> str:
        """Of the weights, name and value of each tensor in order of name."""
        import hashlib

        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()

    def encode_passages(
        self, passages: Sequence[tuple[str, Sequence[Span]]]
    ) -> Iterator[PassageVectors]:
        """Encode in order; sentences are pooled from the tokens where the tokenizer gives offsets."""
        for text, sentences in passages:
            passage = normalised(
                np.asarray(self._encode(text, prompt="document"), dtype=np.float32)
            )
            late = self._late_chunks(text, sentences)
            alone = late if late is not None else self._alone(text, sentences)
            yield PassageVectors(passage, alone)

    def encode_query(self, query: str) -> Vectors:
        """Encode a query, with the model's own prompt for queries if it has one."""
        return normalised(np.asarray(self._encode(query, prompt="query"), dtype=np.float32))

    def _encode(self, text: str, *, prompt: str) -> Any:  # noqa: ANN401 - the library's own type
        name = prompt if prompt in (self._model.prompts or {}) else None
        return self._model.encode(text, prompt_name=name, show_progress_bar=False)

    def _alone(self, text: str, sentences: Sequence[Span]) -> Vectors:
        rows = [self._encode(span.of(text), prompt="document") for span in sentences]
        return normalised(
            np.asarray(rows, dtype=np.float32).reshape(len(sentences), self.dimension)
        )

    def _late_chunks(self, text: str, sentences: Sequence[Span]) -> Vectors | None:
        """Pool token vectors by sentence; None where the model does more than average them."""
        if not getattr(self._model.tokenizer, "is_fast", False) or not self._averages():
            return None
        tokens = self._model.encode(text, output_value="token_embeddings", show_progress_bar=False)
        vectors = np.asarray(tokens.cpu(), dtype=np.float32)
        offsets = self._model.tokenizer(
            text, truncation=True, max_length=len(vectors), return_offsets_mapping=True
        )
        spans = [tuple(pair) for pair in offsets["offset_mapping"]]
        if len(spans) != len(vectors):
            return None
        pooled = pool(vectors, spans, sentences).sentences
        beyond = np.flatnonzero(~pooled.any(axis=1))  # sentences past the model's longest input
        if beyond.size:
            pooled[beyond] = self._alone(text, [sentences[int(i)] for i in beyond])
        return pooled

    def _averages(self) -> bool:
        kinds = [type(module).__name__ for module in self._model]
        pooling = next(
            (module for module in self._model if type(module).__name__ == "Pooling"), None
        )
        mean = getattr(pooling, "pooling_mode_mean_tokens", None)
        mode = getattr(pooling, "pooling_mode", None)
        return set(kinds) <= {"Transformer", "Pooling", "Normalize"} and bool(
            mean or mode == "mean"
        )


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open an ONNX file for one thread a call, so that calls in parallel share the cores.

    Raises:
        ModelError: if the file cannot be loaded.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except Exception as error:
        raise ModelError(
            f"The model file {path} cannot be loaded ({type(error).__name__}); delete it.",
            str(path),
        ) from error


def open_tokenizer(path: Path) -> Tokenizer:
    """Open a ``tokenizer.json`` without padding or truncation.

    Raises:
        ModelError: if the file cannot be loaded.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        raise ModelError(
            f"The tokenizer {path} cannot be loaded ({type(error).__name__}); reinstall it.",
            str(path),
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
