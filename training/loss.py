"""What the joint reader is trained for.

Three times the binary cross-entropy over sentences (evidence weighs double) + 1/2 of that for "answers" + 1/2
cross-entropy for the span, CLS standing for none + 1/2 cross-entropy over the sentences of all the
passages that a question is read with (training/rivals.py), 0 standing for none: the product cites the
best sentence of several passages.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from training.model import Reader


def loss_of(
    model: Reader, parts: Sequence[dict[str, torch.Tensor]], *, short: bool
) -> torch.Tensor:
    """The loss of one batch, as the module's docstring says; ``short`` multiplies in bfloat16."""
    found, ends = [], []
    # Once around all of the parts, so that the weights are cast once.
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
        reads = [model(part["ids"], part["types"], part["owner"], part["mask"]) for part in parts]
    for part, read in zip(parts, reads, strict=True):
        sentence, answers, start, end = (logits.float() for logits in read)
        found.append((sentence, answers))
        hidden = (1 - part["mask"]) * -1e4
        ends += [
            nn.functional.cross_entropy(
                logits + hidden, part[key], ignore_index=-100, reduction="sum"
            )
            for key, logits in (("start", start), ("end", end))
        ]
    sentence, answers = (torch.cat(logits) for logits in zip(*found, strict=True))
    gold, there, asked, start, own = (
        torch.cat([part[key] for part in parts])
        for key in ("gold", "there", "asked", "start", "own")
    )
    each = nn.functional.binary_cross_entropy_with_logits(
        sentence, gold, weight=there * (1 + gold), reduction="sum"
    )
    whole = (
        nn.functional.binary_cross_entropy_with_logits(
            answers, gold.amax(dim=1), weight=own, reduction="sum"
        )
        / own.sum()
    )
    span = torch.stack(ends).sum() / (start >= 0).sum().clamp(min=1)
    ranking = ranking_loss(sentence, gold, there, asked)
    return each / there.sum() * 3 + 0.5 * whole + 0.25 * span + 0.5 * ranking


def ranking_loss(
    sentence: torch.Tensor, gold: torch.Tensor, there: torch.Tensor, asked: torch.Tensor
) -> torch.Tensor:
    """Cross-entropy over the sentences of all the passages of a question, and 0 for "none".

    Args:
        sentence: (passages, 64) logits.
        gold: (passages, 64) 1 where a sentence is evidence.
        there: (passages, 64) 1 where there is a sentence.
        asked: (passages,) the number of each passage's question.

    Returns:
        The mean over questions; where several sentences are evidence, the mean over these.
    """
    logits = sentence.masked_fill(there == 0, -1e4)
    losses = []
    for number in asked.unique():
        of, right = logits[asked == number].flatten(), gold[asked == number].flatten()
        whole = torch.logsumexp(torch.cat([of, of.new_zeros(1)]), dim=0)
        losses.append(whole - (of * right).sum() / right.sum().clamp(min=1))
    return torch.stack(losses).mean()
