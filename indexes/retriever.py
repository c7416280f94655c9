"""The search as llama-index sees it: a retriever whose nodes carry exact offsets."""

from __future__ import annotations

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from indexes.index import Index
from indexes.passages import to_node


class OnrecordRetriever(BaseRetriever):
    """Ranks an index's passages for a llama-index pipeline."""

    def __init__(self, index: Index, *, limit: int = 10) -> None:
        self._index = index
        self._limit = limit
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Return passages as nodes, best first; scores are comparable only within one query."""
        return [
            NodeWithScore(
                node=to_node(
                    self._index.document(p.document_number), p.passage.span, passage_id=p.id
                ),
                score=p.score,
            )
            for p in self._index.search(query_bundle.query_str, self._limit)
        ]
