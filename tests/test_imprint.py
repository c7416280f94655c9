"""What is asked of an article itself is answered from its own lines, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes import Document, Index
from qa import Assistant
from qa.imprint import IMPRINT, asked_of_itself
from qa.question import understand
from qa.readers.imprint import imprint
from ui.language import speaking
from ui.refusals import declined

BODY = (
    "The ferry Marigold sank off the harbour of Veere on Monday, the harbour master said.\n\n"
    "Divers found the wreck at noon. Nobody was hurt, and the cause is not known.\n"
)
SIGNED = f"""The Veere Times

Ferry sinks off Veere

By Ada Quill and Jon Tamm | 12 March 2021

{BODY}
© 2021 Veere Publishing. All rights reserved.
"""


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("Who wrote this article?", "byline"),
        ("Who is the author?", "byline"),
        ("Could you tell me who wrote it?", "byline"),
        ("Who was the article written by?", "byline"),
        ("When was this published?", "published"),
        ("How old is this article?", "published"),
        ("What is the date of the article?", "published"),
        ("Which newspaper is this from?", "publisher"),
        ("Where does this article come from?", "publisher"),
        ("What is the source?", "publisher"),
        ("What is the headline of the article?", "title"),
        ("What's the title?", "title"),
        ("Author?", "byline"),
        ("who is the author, please", "byline"),
        ("when this article was published", "published"),
        ("On what date was this article published?", "published"),
        ("From which newspaper is this article?", "publisher"),
        ("What's it called?", "title"),
    ],
)
def test_what_is_asked_of_the_article_itself(asked: str, what: str) -> None:
    assert asked_of_itself(asked.removeprefix("Could you tell me ")) == (what, "")


@pytest.mark.parametrize(
    "asked",
    [
        "Who wrote the letter?",
        "Who wrote it down?",
        "When was the report published?",
        "What is the source of the river?",
        "What is the title of the song?",
        "Who reported this to the police?",
        "Who is the author of the letter?",
        "Who was it?",
        "When was the ferry built?",
        "Who wrote the texts?",
        "What is the agency?",
        "Who is the source?",
        "What day was it?",
    ],
)
def test_what_is_asked_of_something_else(asked: str) -> None:
    assert asked_of_itself(asked) is None


def test_it_is_the_article_unless_something_else_was_spoken_of() -> None:
    before = ["Who sank the ferry?", "Nobody knows."]
    assert asked_of_itself("When was it published?", before) is None
    assert asked_of_itself("Who is the author?", before) is None
    assert asked_of_itself("When was this article published?", before)
    assert asked_of_itself(
        "And when was it published?", ["Could you tell me who wrote this article?"]
    )
    assert asked_of_itself("Who wrote it?", ["What is this article about?"])


def test_one_word_asks_for_more_of_the_like() -> None:
    before = ["Who wrote this article on the ferry?", "By Bea Loman [1]"]
    assert asked_of_itself("and when?", before) == ("published", "the ferry")
    assert asked_of_itself("Where?", [*before, "When?", "The articles do not say when."]) == (
        "publisher",
        "the ferry",
    )
    assert asked_of_itself("When?") is None
    assert asked_of_itself("When?", ["What is this article about?"]) is None
    assert asked_of_itself("When?", ["Who sank the ferry?", "Nobody knows."]) is None


def test_what_was_asked_last_is_gone_on_from_in_a_history_of_any_length() -> None:
    before = ["Who wrote the article about the ferry?", "Who wrote the article about the dike?"]
    assert asked_of_itself("When?", before) == ("published", "the dike")
    assert asked_of_itself("When?", [*before, *["When?"] * 200]) in (
        ("published", "the dike"),
        None,
    )


def said(text: str, what: str, **known: str) -> str | None:
    """The few words by which an article answers."""
    found = imprint(
        {1: Document("ferry.txt", text, **{"title": "Ferry sinks off Veere", **known})}, what
    )
    return found[0].short.of(text) if found else None


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("byline", "Ada Quill and Jon Tamm"),
        ("published", "12 March 2021"),
        ("publisher", "The Veere Times"),
        ("title", "Ferry sinks off Veere"),
    ],
)
def test_the_lines_around_an_article_say_it(what: str, answer: str) -> None:
    assert said(SIGNED, what) == answer


@pytest.mark.parametrize("what", ["byline", "published", "publisher", "title"])
def test_an_article_that_does_not_say_it(what: str) -> None:
    assert said(BODY, what) is None


@pytest.mark.parametrize(
    ("text", "what", "answer"),
    [
        (f"VEERE, Netherlands, Sept. 26 (Reuters) — {BODY}", "published", "Sept. 26"),
        (f"VEERE, Netherlands, Sept. 26 (Reuters) — {BODY}", "publisher", "Reuters"),
        (f"VEERE (AP) -- {BODY}", "publisher", "AP"),
        (f"{BODY}\n© 2021 Veere Publishing. All rights reserved.", "publisher", "Veere Publishing"),
        (f"{BODY}\n(Reporting by Ada Quill; editing by Jon Tamm)", "byline", "Ada Quill"),
        (f"Published March 12, 2021 at 3:05 p.m. CET\n\n{BODY}", "published", "March 12, 2021"),
        (f"BY ADA QUILL\n\n{BODY}", "byline", "ADA QUILL"),
        (f"By Ada Quill, The Veere Press\n\n{BODY}", "byline", "Ada Quill"),
        (f"By Ada Quill, The Veere Press\n\n{BODY}", "publisher", "The Veere Press"),
        (f"Opinion | By the Editorial Board\n\n{BODY}", "byline", "Editorial Board"),
        (f"{BODY}\n(Additional reporting by Jon Tamm; reporting by Ada Quill.)", "byline", "Ada Quill"),
        (f"By Ada Quill\n12 March 2021\n\n{BODY}", "published", "12 March 2021"),
        (f"Published: 14:02 GMT, 10 December 2019 | Updated: 16:00 GMT\n\n{BODY}", "published", "10 December 2019"),
        (f"VEERE, December 10. /TASS/. {BODY}", "published", "December 10"),
        (f"By May Wong\n\n{BODY}", "byline", "May Wong"),
        (f"By Ada Quill March 12, 2021\n\n{BODY}", "byline", "Ada Quill"),
        (f"**BY ADA QUILL AND BO TAMM**\n\n{BODY}", "byline", "ADA QUILL AND BO TAMM"),
        (f"{BODY}\n© 2018-2020 Reuters", "publisher", "Reuters"),
        (f"Updated 13 March 2021\n\nPublished 12 March 2021\n\n{BODY}", "published", "12 March 2021"),
        (f"(CNN)The ferry sank. {BODY}", "publisher", "CNN"),
    ],
)  # fmt: skip
def test_other_lines_that_say_it(text: str, what: str, answer: str) -> None:
    assert said(text, what) == answer


@pytest.mark.parametrize(
    "line",
    [
        "By Monday afternoon, divers had found the wreck.",
        "By The Numbers",
        "By Winning Veere, Quill Stays Alive",
        "Photo by Ada Quill",
        "Published by Penguin Books",
        "Quill wins Veere, March 15, 2016",
        "Star Wars Returns",
        "Daily Life in Veere",
        "World News",
        "The dossier was written by Ada Quill.",
        "By the White House, a crowd stood.",
        "From January 3, 2020 the ferry runs daily.",
        "SEN. BO TAMM (D-Pa.) said no on Monday.",
        "TAMM (TSLA) - Shares fell",
        "Copyright Act is to be changed",
        "© All rights reserved",
        "Ada Quill contributed to this story.",
        "The ferry was built by Ada Quill in 1998, and it was sold to Jon Tamm on 12 March 2001, he said.",
    ],
)
def test_a_line_that_signs_nothing(line: str) -> None:
    for what in ("byline", "published", "publisher"):
        assert said(f"Ferry sinks off Veere\n\n{line}\n\n{BODY}", what) is None
        assert said(f"{line}\n\nFerry sinks off Veere\n\n{BODY}", what) is None


def test_a_line_that_the_page_confirms_comes_first() -> None:
    text = f"Updated 13 March 2021\n\nPublished 12 March 2021\n\nADA QUILL\n\n{BODY}"
    assert said(text, "published", published="2021-03-12T08:00:00Z") == "12 March 2021"
    assert said(text, "byline", byline="Ada Quill") == "ADA QUILL"


def test_a_page_that_says_time_is_not_confirmed_by_hard_times() -> None:
    text = f"It was a hard time.\n\nHe left the post on Monday.\n\n{BODY}"
    assert said(text, "publisher", publisher="Time") is None
    assert said(text, "publisher", publisher="The Post") is None


def test_a_padded_line_is_read_at_once() -> None:
    assert said("TABLE" + " " * 5000 + f"x\n\n{BODY}", "publisher") is None
    assert understand("when was it about" + " " * 1500 + "x").form == "fact"


@given(st.text(), st.text(min_size=1), st.sampled_from(IMPRINT))
def test_every_line_is_a_place_of_the_text(text: str, known: str, what: str) -> None:
    document = Document("a.txt", text, known, byline=known, published=known, publisher=known)
    for found in imprint({1: document}, what):
        assert 0 <= found.span.start <= found.short.start <= found.short.end <= found.span.end
        assert found.span.end <= len(text)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    index = Index(tmp_path / "store")
    index.add(Document("ferry.txt", SIGNED, "Ferry sinks off Veere"))
    index.add(
        Document("dike.txt", "The dike of Veere was mended in May. It had leaked.", "Dike mended",
                 byline="Ida Berg", published="2021-05-02")
    )  # fmt: skip
    index.save()
    index.close()
    return Assistant.open(tmp_path / "store")


def test_an_answer_cites_the_line(assistant: Assistant) -> None:
    answer = assistant.ask("Who wrote this article?", ["ferry.txt"])
    assert answer.short == "Ada Quill and Jon Tamm"
    assert [c.quote for c in answer.citations] == ["By Ada Quill and Jon Tamm | 12 March 2021"]
    on_the_ferry = assistant.ask("When was the article about the ferry published?")
    assert on_the_ferry.short == "12 March 2021"
    assert not assistant.ask("When was the article about penguins published?").answered
    every = assistant.ask("What is the headline?")
    assert [c.document for c in every.citations] == ["ferry.txt"]


def test_what_only_the_file_has_is_told_and_not_cited(assistant: Assistant) -> None:
    answer = assistant.ask("Who wrote this article?", ["dike.txt"])
    assert not answer.answered
    assert answer.text == "The articles do not say who wrote them; the file or page has Ida Berg."
    dated = assistant.ask("When was it published?", ["dike.txt"])
    assert dated.refusal is not None
    assert dated.refusal.names == ("2021-05-02",)
    with speaking("de"):
        assert "Ida Berg" in str(declined(answer))
    unknown = assistant.ask("Which newspaper is this from?", ["dike.txt"])
    assert unknown.text == "The articles do not say who published them."
