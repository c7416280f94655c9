"""The fitted models by which sentences and answers are weighed: evidence.json, made by ``training/evidence.py``."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.question import Question

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: weights for each feature, and a bias."""

    weights: Row
    bias: float

    def __call__(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, features) → (n,) log-odds."""
        logits: NDArray[np.float64] = rows @ self.weights + self.bias
        return logits


def weighed_as(question: Question) -> str:
    """The form by whose models a question is weighed: "said" for somebody's words, or "fact"."""
    return "said" if question.form == "said" else "fact"


@cache
def model(form: str, part: str, names: tuple[str, ...]) -> Logistic:
    """Read from evidence.json, shipped beside this module; a feature that it does not name counts nothing."""
    data = json.loads((Path(__file__).parent / "evidence.json").read_text(encoding="utf-8"))
    table = data[form][part]
    return Logistic(
        np.array([table["weights"].get(name, 0.0) for name in names]), float(table["bias"])
    )


def sigmoid(logit: float) -> float:
    """Log-odds to probability, without overflow."""
    return 1 / (1 + math.exp(-min(max(logit, -60.0), 60.0)))
