"""Export a trained reader: ``python -m training.export CHECKPOINT… --out joint.onnx`` (int8 weights).

Of several, the mean of their weights is exported.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch

from training.model import Reader
from training.weights import weights_of

_INPUTS = ["input_ids", "token_type_ids", "sentence_of_token"]
_OUTPUTS = ["sentence_logits", "answer_logit", "start_logits", "end_logits"]


def export(checkpoints: Sequence[Path], out: Path) -> None:
    """Write the ONNX file, without a mask and with seven-bit weights, as indexes/model_files.py explains."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = Reader(attention="eager").eval()
    model.load_state_dict(weights_of(checkpoints))
    example = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in [*_INPUTS, "start_logits", "end_logits"]}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(scratch, "whole.onnx")
        torch.onnx.export(
            model, (example, example * 0, example * 0), str(whole), input_names=_INPUTS, output_names=_OUTPUTS,
            dynamic_axes={**axes, "sentence_logits": {0: "batch"}, "answer_logit": {0: "batch"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        logging.getLogger().setLevel(logging.ERROR)
        quantize_dynamic(
            whole, out, per_channel=True, weight_type=QuantType.QInt8, reduce_range=True
        )


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    export(given.checkpoints, given.out)


if __name__ == "__main__":
    main()
