"""The assistant as llama-index sees it: a query engine whose sources are exact quotations."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode

from qa.answer import Citation
from qa.assistant import Assistant


class OnrecordQueryEngine(CustomQueryEngine):
    """Answers a llama-index query; the response's metadata holds the whole Answer."""

    assistant: Any

    def custom_query(self, query_str: str) -> Response:
        """Answer a query: text, one source node a citation, and the Answer under ``metadata["answer"]``."""
        assistant: Assistant = self.assistant
        answer = assistant.ask(query_str)
        nodes = [NodeWithScore(node=_node(c), score=c.score) for c in answer.citations]
        return Response(
            response=answer.text, source_nodes=nodes, metadata={"answer": answer.model_dump()}
        )


def _node(citation: Citation) -> TextNode:
    return TextNode(
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "document": citation.document,
            "title": citation.title,
            "number": citation.number,
        },
    )
