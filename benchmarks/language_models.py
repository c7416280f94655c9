"""How well written sentences are held to the evidence, into docs/language-models.md.

usage: python -m benchmarks.language_models DATA [--gguf MODEL.gguf] [--out docs/language-models.md]

DATA is the folder in which the shared sets lie. The rules of `qa.verify` are measured on the half of
the articles that they were not chosen on, beside a rule of words and meaning such as others use.
With a model's file (and xllamacpp installed), the model answers the set about one news article, and
each sentence of it that came through is printed, for a person to judge.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

from benchmarks.claims import Claim, claims
from indexes.encoder import load_encoder
from indexes.words import content_terms
from qa import Assistant, QuestionSet
from qa.verify import verify
from qa.verify_words import NEUTRAL

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
Rule = Callable[[Claim], bool]


def held(claim: Claim) -> bool:
    """The rules of `qa.verify`."""
    return verify(claim.sentence, [claim.quotation]).support != "unsupported"


def alike(coverage: float, likeness: float) -> Rule:
    """A rule of words and meaning: enough words in the quotation, and near enough to it in meaning."""
    encoder = load_encoder()

    def holds(claim: Claim) -> bool:
        there = {*content_terms(claim.quotation.text), *NEUTRAL}
        wanted = content_terms(claim.sentence)
        if sum(word in there for word in wanted) < coverage * len(wanted):
            return False
        a, b = encoder.encode_query(claim.sentence), encoder.encode_query(claim.quotation.text)
        return float(a @ b) >= likeness

    return holds


def table(made: Sequence[Claim], rules: dict[str, Rule]) -> Iterator[str]:
    """Yield the table of what each rule lets through, by kind."""
    passed = {name: [rule(claim) for claim in made] for name, rule in rules.items()}
    yield f"| sentences | | {' | '.join(rules)} |"
    yield f"|---|--:|{'--:|' * len(rules)}"
    for holds, heading in ((True, "true"), (False, "false")):
        kinds = Counter(claim.kind for claim in made if claim.holds is holds)
        for kind, number in [*kinds.items(), (f"**all {heading}**", sum(kinds.values()))]:
            cells = [
                sum(
                    through
                    for claim, through in zip(made, passed[name], strict=True)
                    if claim.holds is holds and kind in (claim.kind, f"**all {heading}**")
                )
                for name in rules
            ]
            yield f"| {heading}: {kind} | {number} | {' | '.join(f'{c} ({c / number:.1%})' for c in cells)} |"
    for name in rules:
        through = [c.holds for c, passes in zip(made, passed[name], strict=True) if passes]
        yield f"| precision of {name} | {len(through)} | {sum(through) / max(len(through), 1):.3f} |"


class _Gguf(CustomLLM):
    """A model of llama.cpp in this process."""

    server: Any

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="gguf", is_chat_model=True)

    def chat(self, messages: Sequence[ChatMessage], **_: object) -> ChatResponse:
        sent = [{"role": m.role.value, "content": m.content} for m in messages]
        got = self.server.handle_chat_completions(
            {"messages": sent, "max_tokens": 200, "temperature": 0}
        )
        text = got["choices"][0]["message"]["content"]
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text))

    def complete(self, prompt: str, formatted: bool = False, **_: object) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **_: object) -> Iterator[Any]:
        raise NotImplementedError


def answers(data: Path, gguf: Path) -> Iterator[str]:
    """Let a model answer the set about one news article; yield what came of it, and each sentence."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path, params.n_ctx, params.cpuparams.n_threads = str(gguf), 4096, 2
    llm = _Gguf(server=xllamacpp.Server(params))
    came: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(folder, llm=llm)
        assistant.add(data / "articles")
        for question in QuestionSet.load(data / "questions" / "lavrov.jsonl"):
            answer = assistant.ask(question.question, question.documents, question.history)
            came["answered" if answer.answered else "declined, and the model not asked"] += 1
            came["sentences dropped"] += answer.engine.get("dropped", 0)
            came["articles' own sentences after all"] += "note" in answer.engine
            if answer.engine["reader"] == "generative":
                for sentence in answer.sentences:
                    came[f"sentences {sentence.support}"] += 1
                    quotes = " / ".join(answer.citations[n - 1].quote for n in sentence.citations)
                    if sentence.support != "verbatim":
                        yield f"{question.question}\n  wrote: {sentence.text}\n  quotes: {quotes}"
        assistant.close()
    yield str(dict(came))


def main() -> None:
    """Measure, and put the table into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.gguf:
        for line in answers(given.data, given.gguf):
            print(line, flush=True)
        return
    rules = {
        "words .8, meaning .6": alike(0.8, 0.6),
        "words 1, meaning .8": alike(1.0, 0.8),
        "`qa.verify`": held,
    }
    measured = "\n".join(table(claims(given.data, half=1), rules))
    print(measured)
    if given.out:
        page = given.out.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        given.out.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
