"""The weights of a reader, from a training checkpoint or from the ONNX file that is shipped.

An exported file keeps its weights in eight bits. To go on training from one costs that rounding and
nothing else, and needs nothing but the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper


def weights_of(files: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Read the weights by the names of ``training.model.Reader``; of several files, their mean.

    Source of the mean: Wortsman et al., Model soups (2022).
    """
    found = [_of_one(file) for file in files]
    return {name: torch.stack([one[name] for one in found]).mean(0) for name in found[0]}


def _of_one(file: Path) -> dict[str, torch.Tensor]:
    if file.suffix == ".onnx":
        return {name: torch.from_numpy(array).float() for name, array in _exported(file)}
    return {n: w.float() for n, w in torch.load(file, weights_only=True)["model"].items()}


def _exported(file: Path) -> Iterator[tuple[str, object]]:
    graph = onnx.load(file).graph
    stored = {item.name: numpy_helper.to_array(item).copy() for item in graph.initializer}

    def whole(name: str) -> object:
        """Undo onnxruntime's linear quantisation of a tensor, by the scale and zero beside it."""
        small, scale, zero = (
            stored[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point")
        )
        return (small.astype("float32") - zero.astype("float32")) * scale

    for name in stored:
        if name.startswith(("encoder.", "sentence.", "answers.", "ends.")):
            if name.endswith((".weight", ".bias")):
                yield name, stored[name]
            elif name.endswith("_embeddings.weight_quantized"):
                yield name.removesuffix("_quantized"), whole(name.removesuffix("_quantized"))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            # "/encoder/encoder/layer.0/…/query/MatMul_quant", "/sentence/sentence.0/…", "/answers/Gemm_…"
            parts = node.name.split("/")[1:-1]
            path = parts[1:] if parts[0] == "sentence" else parts
            yield ".".join(path) + ".weight", whole(node.input[1].removesuffix("_quantized")).T
