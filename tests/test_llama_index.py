"""In a real llama-index pipeline, with the global settings rigged to fail if anything falls back on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from llama_index.core import QueryBundle, Settings, get_response_synthesizer
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import NodeRelationship

from qa import Assistant


class _Refusing(BaseEmbedding):
    def _get_query_embedding(self, query: str) -> list[float]:
        raise AssertionError("the global embedding was asked")

    def _get_text_embedding(self, text: str) -> list[float]:
        raise AssertionError("the global embedding was asked")

    async def _aget_query_embedding(self, query: str) -> list[float]:
        raise AssertionError("the global embedding was asked")


class _RefusingLLM(MockLLM):
    def complete(self, *args: object, **kwargs: object) -> None:  # type: ignore[override]
        raise AssertionError("the global language model was asked")


@pytest.fixture(autouse=True)
def _no_global_models() -> Iterator[None]:
    before = Settings._llm, Settings._embed_model
    Settings._llm, Settings._embed_model = _RefusingLLM(), _Refusing(model_name="refusing")
    yield
    Settings._llm, Settings._embed_model = before


def test_the_retriever_works_inside_a_pipeline_and_its_nodes_are_exact(
    shared_assistant: Assistant,
) -> None:
    retriever = shared_assistant.as_retriever(limit=3)
    engine = RetrieverQueryEngine(
        retriever=retriever,
        response_synthesizer=get_response_synthesizer(llm=MockLLM(max_tokens=64)),
    )
    response = engine.query("How much is the Orchard Prize worth?")
    assert str(response)
    first = response.source_nodes[0].node
    text = shared_assistant.document(first.metadata["document"]).text
    assert first.metadata["document"] == "prize.txt"
    assert text[first.start_char_idx : first.end_char_idx] == first.get_content()
    assert (
        first.relationships[NodeRelationship.SOURCE].node_id
        == shared_assistant.document("prize.txt").id
    )
    scores = [node.score or 0 for node in response.source_nodes]
    assert scores == sorted(scores, reverse=True)


def test_the_retriever_takes_a_bundle_and_answers_async(
    shared_assistant: Assistant, run_async: Callable[..., Any]
) -> None:
    retriever = shared_assistant.as_retriever(limit=2)
    found = run_async(retriever.aretrieve(QueryBundle("ferry strike")))
    assert len(found) == 2


def test_the_query_engine_answers_with_exact_sources(shared_assistant: Assistant) -> None:
    response = shared_assistant.as_query_engine().query("What did Quill say about the Marigold?")
    answer = shared_assistant.ask("What did Quill say about the Marigold?")
    assert str(response) == answer.text
    assert [n.node.get_content() for n in response.source_nodes] == [
        c.quote for c in answer.citations
    ]
    assert response.metadata is not None
    assert response.metadata["answer"]["answered"] is True


def test_the_query_engine_declines_without_sources(shared_assistant: Assistant) -> None:
    response = shared_assistant.as_query_engine().query("Which volcano erupted in Guatemala?")
    assert response.source_nodes == []
    assert str(response).startswith("The articles do not say")
