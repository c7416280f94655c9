"""Question sets made from articles: exact, answered, or surely not; the same for a seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexes.errors import DocumentError
from qa.evaluation import Place, Question, QuestionSet
from qa.evaluation.making import make, save

ARTICLE = """Harbour opens again

Foreign Minister Ada Quill met Trade Secretary Boris Tamm in Port Ellen on Monday. \
The ferry line carried 340 passengers in March.

In 1971, the city of Aldmouth founded the Orchard Prize. Mira Lindow won the Orchard Prize in 2019. \
The poet was born in Norway in 1950.

Ada Quill said that the inquiry into the sinking of the Marigold finished in March. \
Boris Tamm said the Harbour Office had not received a proposal about the Northern Grain Pact.
"""


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("making") / "harbour.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(article: Path) -> list[Question]:
    return make([article], count=40, seed=0)


def test_questions_are_asked_after_numbers_dates_names_and_words(made: list[Question]) -> None:
    asked = {question.question: question for question in made}
    many = asked["How many passengers did the ferry line carry in March?"]
    assert many.answer_contains == (("340",),)
    assert asked["When did the city of Aldmouth found the Orchard Prize?"].kind == "date"
    assert asked["Who met Trade Secretary Boris Tamm in Port Ellen on Monday?"].kind == "name"
    assert "What did Ada Quill say about the Marigold?" in asked
    assert {one.kind for one in made} >= {"attribution", "name", "number", "date", "unanswerable"}


def test_every_answer_stands_in_its_evidence(made: list[Question]) -> None:
    for question in made:
        assert question.documents == ("harbour.txt",)
        assert question.answerable == bool(question.evidence)
        for group in question.evidence:
            (place,) = group
            assert isinstance(place, Place)
            sentence = ARTICLE[place.start : place.end]
            assert sentence.strip() == sentence
            for wordings in question.answer_contains:
                assert any(words in sentence for words in wordings)


def test_twins_are_not_answered_by_any_sentence(made: list[Question]) -> None:
    twins = [question for question in made if not question.answerable]
    assert twins
    for twin in twins:
        assert twin.kind == "unanswerable"
        assert twin.question not in {one.question for one in made if one.answerable}
        if twin.question.startswith("What did"):
            speaker, topic = twin.question[9:-1].split(" say about ")
            assert not any(speaker in line and topic in line for line in ARTICLE.split(". "))


def test_the_same_seed_gives_the_same_set_and_another_another(
    article: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{n}.jsonl" for n in range(3)]
    for path, seed in zip(paths, (5, 5, 6), strict=True):
        save(make([article], count=8, seed=seed), path)
    assert paths[0].read_bytes() == paths[1].read_bytes() != paths[2].read_bytes()
    loaded = QuestionSet.load(paths[0], articles={"harbour.txt": ARTICLE})
    assert len(loaded) <= 8
    assert len({question.id for question in loaded}) == len(loaded)


def test_articles_that_differ_in_their_ending_give_a_set_that_can_be_asked(tmp_path: Path) -> None:
    folder, out = tmp_path / "articles", tmp_path / "set.jsonl"
    folder.mkdir()
    for name in ("a.txt", "a.md", "a.txt.text", "b.txt"):
        (folder / name).write_text(f"{ARTICLE}\nThis is {name}.", encoding="utf-8")
    save(make([folder], count=3, seed=0), out)
    ids = {question.id.rpartition("-")[0] for question in QuestionSet.load(out)}
    assert ids == {"a.txt", "a.md", "a.txt.text", "b"}


def test_articles_of_which_nothing_can_be_asked_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing here.", encoding="utf-8")
    with pytest.raises(DocumentError, match="could be turned into a question"):
        make([tmp_path], count=5, seed=0)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").write_text("Something else.", encoding="utf-8")
    with pytest.raises(DocumentError, match="Two articles are named"):
        make([tmp_path], count=5, seed=0)
