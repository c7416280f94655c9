"""The invariant: what is cited is the document's text, character for character, whatever the text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexes import Document, Index
from indexes.documents import well_formed
from indexes.encoder import load_encoder
from indexes.loaders.text import read_markdown, read_text
from indexes.passages import split
from indexes.sentences import paragraphs, sentences
from indexes.words import terms
from qa import Assistant
from qa.settings import Settings

# Letters, quotation marks, separators and oddities in a mix in which sentences do arise.
_PIECES = st.sampled_from(
    ["“", "”", '"', "’", "‘", ". ", "? ", "! ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028",
     "\x85", " ", "\u00a0", "\u200b",
     "Mr. ", "U.S. ", "He said", "according to ", "Ada Quill ", "…", "—", "e\u0301", "👩‍🚀", "𝔘",
     "مرحبا", "漢字。", "\ud83d", "3.5 ", "\t", "#", "- "]
)  # fmt: skip
TEXT = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=60).map("".join)


@given(TEXT)
def test_sentences_hold_every_visible_character_once_and_in_order(text: str) -> None:
    end = 0
    for paragraph in paragraphs(text):
        assert text[end : paragraph.start].strip() == ""
        inner = paragraph.start
        for sentence in sentences(text, paragraph):
            assert paragraph.contains(sentence)
            assert text[inner : sentence.start].strip() == ""
            assert len(sentence) > 0
            inner = sentence.end
        assert text[inner : paragraph.end].strip() == ""
        end = paragraph.end
    assert text[end:].strip() == ""


@given(TEXT)
def test_each_sentence_is_in_exactly_one_passage(text: str) -> None:
    document = Document("x", text, "x")
    found = [s.span for passage in split(document) for s in passage.sentences]
    assert found == [s for p in paragraphs(text) for s in sentences(text, p)]


@given(TEXT)
def test_terms_are_single_plain_words(text: str) -> None:
    for term in terms(text):
        assert term
        assert not any(character.isspace() or character in '"*^:()' for character in term)


@given(st.binary(max_size=300))
def test_loading_any_bytes_gives_a_document_or_one_clear_sentence(data: bytes) -> None:
    from indexes.errors import DocumentError

    for reader in (read_text, read_markdown):
        try:
            document = reader(data, "folder/name.md")
        except DocumentError as error:
            assert "name.md" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert document.text.strip()
            assert document.title


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXT, question=TEXT)
def test_every_citation_is_the_text_at_its_place(text: str, question: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        index.__dict__["encoder"] = _ENCODER
        document = Document("article", f"Ada Quill said it rained. {text}", "An article")
        index.add(document)
        assistant = Assistant(index, Settings(carefulness="eager"))
        for asked in (question, "What did Ada Quill say?", "Did it rain?"):
            answer = assistant.ask(asked)
            for citation in (*answer.citations, *answer.nearest):
                assert document.text[citation.start : citation.end] == citation.quote
        for statement in assistant.statements():
            for start, end in statement.content:
                assert document.text[start:end]
        index.close()


_ENCODER = load_encoder()


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_vectors_have_unit_length_or_are_zero(text: str) -> None:
    import numpy as np

    text = well_formed(text)
    spans = [s for p in paragraphs(text) for s in sentences(text, p)]
    (vectors,) = _ENCODER.encode_passages([(text, spans)])
    assert vectors.sentences.shape == (len(spans), _ENCODER.dimension)
    lengths = np.linalg.norm(vectors.sentences, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths < 1e-4))
