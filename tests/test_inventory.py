"""What articles name of a kind is listed whole, by as few of their sentences as name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.speech import Kind, find_mentions
from qa import Assistant
from qa.inventory import asked_to_list
from qa.question import understand
from ui.language import speaking
from ui.refusals import declined

ARTICLE = """Ministers meet over the ferry

President Margus Quill met the German foreign minister, Almut Brandt, in Tallinn on 12 March 2021.

The two spoke of Ukraine, Poland and Finland, and of the ferry that sank on its way from Riga to Stockholm in 2014.

“We mourn with Sweden,” Ms. Brandt said. The European Parliament had sent Jon Aasen, who said nothing.

Quill said the wreck would be raised by October. Sweden had asked for that twice, Brandt said.
"""
SECOND = """Brandt flies home

Almut Brandt left for Germany after two days, and will meet Ada Tamm there.
"""


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Who is mentioned in the article?", "people"),
        ("Which people are named?", "people"),
        ("Who does the article mention?", "people"),
        ("List all the people in this article", "people"),
        ("Who are the people mentioned?", "people"),
        ("Which countries are mentioned?", "countries"),
        ("What countries does the article name?", "countries"),
        ("List the countries that are mentioned in the text.", "countries"),
        ("Name all countries", "countries"),
        ("countries mentioned", "countries"),
        ("List the countries the article mentions", "countries"),
        ("Which are the countries that the article names?", "countries"),
        ("which other nations come up", "countries"),
        ("What cities are mentioned in the articles?", "cities"),
        ("Which places are named?", "places"),
        ("What organizations does it mention?", "organisations"),
        ("Show me all organisations mentioned, please", "organisations"),
        ("What dates are given?", "dates"),
    ],
)
def test_a_list_of_all_that_is_named_is_asked_for(asked: str, kind: str) -> None:
    assert asked_to_list(asked) == kind
    assert understand(asked).form == kind


def test_a_polite_question_asks_for_the_same() -> None:
    asked = "Could you tell me which countries are mentioned in the article?"
    assert understand(asked).form == "countries"
    assert understand("Please list all the people in this article").form == "people"


@pytest.mark.parametrize(
    "asked",
    [
        "Which countries does Quill mention?",
        "Which countries signed the treaty?",
        "Which people were hurt?",
        "Who is mentioned in the letter?",
        "Who is named as the killer?",
        "List the countries Quill and Brandt disagree on",
        "How many countries are mentioned?",
        "What dates did Quill give?",
        "Which towns lose their clinic?",
        "Who is quoted?",
        "Is Sweden mentioned?",
        "What is mentioned?",
        "List everyone who is quoted",
    ],
)
def test_what_asks_for_some_of_them_is_another_question(asked: str) -> None:
    assert asked_to_list(asked) is None


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("people", {"Margus Quill", "Almut Brandt", "Jon Aasen"}),
        ("countries", {"ukraine", "poland", "finland", "sweden"}),
        ("cities", {"tallinn", "stockholm"}),
        ("organisations", {"european parliament"}),
        ("dates", {"12 march 2021", "2014", "october"}),
    ],
)
def test_names_are_found_by_their_kind(kind: Kind, names: set[str]) -> None:
    found = find_mentions(ARTICLE, kind)
    assert names <= {name for _, name in found}
    assert not ({"quill", "brandt", "aasen"} & {name for _, name in found})
    for place, name in found:
        assert place.of(ARTICLE).lower().split()[-1].strip(".") in name.lower()


def test_a_country_has_one_name_however_it_is_written() -> None:
    text = "The U.S. and the United States and America’s allies met. Britain and the U.K. did too."
    assert {name for _, name in find_mentions(text, "countries")} == {"united states", "britain"}


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=200), st.sampled_from(get_args(Kind)))
def test_every_name_is_a_place_of_any_text(text: str, kind: Kind) -> None:
    whole = f"{text}\n\nAda Tamm of Estonia met Jon Quill in Tartu on 3 May. {text}"
    for place, name in find_mentions(whole, kind):
        assert 0 <= place.start < place.end <= len(whole)
        assert name


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("named")
    for name, text in (("ferry.txt", ARTICLE), ("home.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    opened = Assistant.open(folder / "index")
    opened.add(folder / "ferry.txt", folder / "home.txt")
    yield opened
    opened.close()


def test_as_few_sentences_as_name_them_all_are_cited(assistant: Assistant) -> None:
    answer = assistant.ask("Which countries are mentioned?", ["ferry.txt"])
    assert [citation.quote.split(",")[0] for citation in answer.citations] == [
        "The two spoke of Ukraine",
        "“We mourn with Sweden",
    ]
    assert answer.answered
    assert answer.interpreted_as is None


def test_whom_two_articles_name_is_named_once(assistant: Assistant) -> None:
    quotes = [citation.quote for citation in assistant.ask("Who is mentioned?").citations]
    assert sum("Brandt" in quote for quote in quotes) == 2  # beside Quill, and beside Tamm
    assert any("Jon Aasen" in quote for quote in quotes)
    assert not any("wreck" in quote for quote in quotes)


def test_a_question_with_one_article_is_on_that(assistant: Assistant) -> None:
    answer = assistant.ask("Which countries are mentioned?", ["home.txt"])
    assert [citation.document for citation in answer.citations] == ["home.txt"]
    assert "Germany" in answer.text


def test_where_none_is_named_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank at noon. Nobody was hurt.", encoding="utf-8")
    with closing(Assistant.open(tmp_path / "index")) as assistant:
        assistant.add(tmp_path / "a.txt")
        answer = assistant.ask("Which countries are mentioned?")
    assert not answer.answered
    assert answer.refusal
    assert str(answer.refusal) == "The articles do not say: they name none."
    with speaking("de"):
        assert "nichts dieser Art" in str(declined(answer))


def test_a_book_full_of_names_is_cited_in_part(tmp_path: Path) -> None:
    lands = "Albania Algeria Angola Argentina Austria Belgium Bolivia Brazil Canada Chad Chile China Cuba Denmark"
    told = "\n\n".join(
        f"The ministers who had met by the sea flew on to {land} at noon." for land in lands.split()
    )
    (tmp_path / "a.txt").write_text(told, encoding="utf-8")
    with closing(Assistant.open(tmp_path / "index")) as assistant:
        assistant.add(tmp_path / "a.txt")
        assert len(assistant.ask("Which countries are mentioned?").citations) == 12
