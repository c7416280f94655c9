"""Train the joint reader: ``torchrun --nproc-per-node 2 -m training.reader --data FOLDER --out FOLDER --minutes 60``.

The learning rate falls to zero over ``--minutes``, so a run always ends with an annealed model; it
resumes from its checkpoint. Several processes, one for each core, each read examples of their own and
take the mean of their weights now and then: for a model as small as this, that is a quarter faster than
one process on several cores. Source: Stich, Local SGD converges fast and communicates little (2019).
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import logging
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import distributed, nn

from training.contrasts import load_contrasts
from training.data import FOLDS, Article, Example, load, load_asked
from training.loss import loss_of
from training.model import Batches, Reader
from training.news import who_said
from training.overlap import unmeasured
from training.reports import load_reports
from training.rivals import with_rivals
from training.twins import Twins
from training.weights import weights_of
from training.written import load_written

POOLS = ("reading", "asked", "written", "contrasts", "reports")
"""What can be read: ``reading/``, ``selqa/`` and ``polnear/train``; the questions that people asked of
``squad/`` and ``clapnq/``; those written for news (training/written.py); those in pairs; those on invented
reports (training/reports.py)."""
_BATCH = 16
"""Questions read at once, with a rival passage or two each."""
_PARTS = 3
"""A batch goes through the encoder in so many parts of like length, so that little is padded."""
_TWINS = 0.38
_BESIDE = 0.4
"""Share of the questions that are read with rivals."""
_UNTITLED = 0.1
"""Share of the questions whose passages are read without a title, as some documents have none."""
_OF_RIVALS = 0.2
"""What "answers" counts on a rival: most are on something else, and a refusal is a near miss."""
_RATE_ENCODER, _RATE_HEADS = 8e-5, 5e-4
_WARM_UP_STEPS = 150
_CHECKPOINT_S = 300
_APART = 25
"""Steps between two means of the processes' weights."""

_log = logging.getLogger("training.reader")


@dataclass(frozen=True)
class Recipe:
    """How a reader is trained.

    Attributes:
        minutes: for how long, without loading what is read.
        longest: characters of a passage, about.
        seed: of everything that is drawn.
        weights: a checkpoint or an exported reader to go on from, with a new schedule.
        pace: a factor on the learning rates.
        shares: of each source, the share of the questions that are read. Sources are ``POOLS``.
        without: the fold of the articles of ``squad/``, ``clapnq/`` and ``written.jsonl`` to leave out.
        bfloat16: multiply in bfloat16, for processors with AMX.
        frozen: layers, from the lowest, that stay as they are, with the embeddings below them; 2 of
            the six save a fifth of the time.
    """

    minutes: float
    longest: int
    seed: int
    weights: Path | None
    pace: float
    shares: Mapping[str, float]
    without: int | None
    bfloat16: bool
    frozen: int


def to_read(data: Path, recipe: Recipe) -> dict[str, list[Example]]:
    """Load the sources that a recipe reads, each question with its rivals, which come from any of them."""
    longest, seed, without = recipe.longest, recipe.seed, recipe.without
    found: dict[str, list[Example]] = {}
    if "reading" in recipe.shares:
        examples = load(data, longest=longest, seed=seed)
        made = who_said(data / "polnear" / "train", longest, random.Random(seed))  # noqa: S311
        refused = [example for example in examples if not example.evidence and not example.news]
        # News is a tenth of the data and all of the use; refusals written by people are the hardest.
        found["reading"] = [*examples, *made, *refused, *refused]
    if "asked" in recipe.shares:
        asked = load_asked(data, longest=longest, seed=seed, without=without)
        several = [example for example in asked if not example.answer]  # refused, or many sentences
        found["asked"] = [*asked, *asked, *several]
    if "written" in recipe.shares:
        news = data / "polnear" / "train" / "articles"
        found["written"] = list(load_written(news, longest=longest, seed=seed, without=without))
    if "reports" in recipe.shares:
        found["reports"] = list(load_reports(longest=longest, seed=seed))
    if "contrasts" in recipe.shares:
        found["contrasts"] = list(load_contrasts(data, longest=longest, seed=seed))
    # The folds see to what is asked of the sets themselves.
    kept = {
        name: pool if name == "asked" else list(unmeasured(pool, data))
        for name, pool in found.items()
    }
    beside = iter(with_rivals([example for pool in kept.values() for example in pool]))
    return {name: list(itertools.islice(beside, len(pool))) for name, pool in kept.items()}


def mixed(
    pools: Mapping[str, Sequence[Example]], shares: Mapping[str, float], draw: random.Random
) -> Iterator[Example]:
    """Questions without end: a source is drawn by its share, and each of its questions comes before any again."""
    orders = {name: _again_and_again(pool, draw) for name, pool in pools.items()}
    names, weights = list(orders), [shares[name] for name in orders]
    while True:
        yield next(orders[draw.choices(names, weights)[0]])


def _again_and_again(examples: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    while True:
        yield from draw.sample(examples, len(examples))


def batches_of(
    questions: Iterator[Example], twins: Twins, batches: Batches, draw: random.Random
) -> Iterator[list[dict[str, torch.Tensor]]]:
    """Batches, each in parts of like length; some questions are turned into twins."""
    while some := list(itertools.islice(questions, _BATCH * 40)):
        read = []
        for example in some:
            passages = beside_rivals(example, twins, draw)
            if draw.random() < _UNTITLED:
                passages = [_untitled(passage) for passage in passages]
            own, *rivals = [batches.rows(passage) for passage in passages]
            for rival in rivals:
                rival["own"], rival["start"], rival["end"] = _OF_RIVALS, -100, -100
            read.append([own, *rivals])
        read.sort(key=lambda rows: max(len(row["ids"]) for row in rows))
        groups = [read[i : i + _BATCH] for i in range(0, len(read), _BATCH)]
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


def _untitled(example: Example) -> Example:
    return dataclasses.replace(example, article=Article(example.article.name, ""))


def train(data: Path, out: Path, recipe: Recipe) -> None:
    """Train by a recipe, resuming the run in ``out`` if there is one."""
    torch.manual_seed(recipe.seed)
    out.mkdir(parents=True, exist_ok=True)
    pools = to_read(data, recipe)
    _log.info("%s", {name: len(pool) for name, pool in pools.items()})
    short = recipe.bfloat16
    model = Reader(attention="eager" if short else "sdpa")
    if recipe.weights:
        model.load_state_dict(weights_of([recipe.weights]))
    # Half of the weights, and the sentence encoder knows the words. The embedding of the second
    # segment is trained, unless frozen: the sentence encoder never used it.
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    if recipe.frozen:
        for part in (model.encoder.embeddings, *model.encoder.encoder.layer[: recipe.frozen]):
            part.requires_grad_(False)
    optimiser, trained = _optimiser(model)
    spent, step, seen = 0.0, 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        spent, step, seen = state["spent"], state["step"], state["seen"]
    several = distributed.is_initialized()
    mine, processes = (distributed.get_rank(), distributed.get_world_size()) if several else (0, 1)
    draw = random.Random(recipe.seed + step + 1000 * mine)  # noqa: S311 - not for secrets
    model.train()
    # Compiled it is a sixth faster, in bfloat16 and in float32.
    reading = torch.compile(model, dynamic=True)
    began, saved, total = time.monotonic() - spent, time.monotonic(), 0.0
    twins = Twins([example for pool in pools.values() for example in pool])
    for batch in batches_of(mixed(pools, recipe.shares, draw), twins, Batches(), draw):
        spent = time.monotonic() - began
        falling = max(0.0, 1 - spent / (recipe.minutes * 60))
        factor = recipe.pace * min(1.0, (step + 1) / _WARM_UP_STEPS) * falling
        for group, rate in zip(optimiser.param_groups, (_RATE_ENCODER, _RATE_HEADS), strict=True):
            group["lr"] = rate * factor
        loss = loss_of(reading, batch, short=short)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        step, total = step + 1, total + loss.item()
        seen += processes * sum(len(part["ids"]) for part in batch)
        if step % 50 == 0:
            _log.info("step %d, %d passages, %.0f s, loss %.4f", step, seen, spent, total / 50)
            total = 0.0
        if step % _APART:
            continue
        over = together(trained, over=falling <= 0)
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
    if mine == 0:
        done = {"passages_seen": seen, "steps": step, "processes": processes}
        told = {**done, **dataclasses.asdict(recipe), "weights": str(recipe.weights or "")}
        (out / "recipe.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _optimiser(model: Reader) -> tuple[torch.optim.Optimizer, list[nn.Parameter]]:
    """The optimiser, of encoder and heads, and the weights that are trained."""
    heads = [*model.sentence.parameters(), *model.answers.parameters(), *model.ends.parameters()]
    body = [weight for weight in model.encoder.parameters() if weight.requires_grad]
    groups = [{"params": body, "lr": _RATE_ENCODER}, {"params": heads, "lr": _RATE_HEADS}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True), [*body, *heads]


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
        "--shares",
        nargs="+",
        type=_share,
        metavar="SOURCE=SHARE",
        default=[("reading", 1.0)],
        help=f"what is read, and how much of it: {', '.join(POOLS)}",
    )
    parser.add_argument(
        "--without", type=int, choices=range(FOLDS),
        help="fold of squad/, clapnq/ and written.jsonl to leave out",
    )  # fmt: skip
    parser.add_argument(
        "--bfloat16", action="store_true", help="for processors with AMX: a third faster there"
    )
    parser.add_argument(
        "--frozen",
        type=int,
        choices=range(6),
        default=0,
        help="lowest layers that stay as they are",
    )
    given = vars(parser.parse_args())
    if distributed.is_torchelastic_launched():
        distributed.init_process_group("gloo")
    shares = dict(given.pop("shares"))
    train(given.pop("data"), given.pop("out"), Recipe(**given, shares=shares))


def _share(told: str) -> tuple[str, float]:
    name, _, share = told.partition("=")
    if name not in POOLS:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(POOLS)}")
    return name, float(share)


if __name__ == "__main__":
    main()
