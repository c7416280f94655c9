"""How many passages are read for a question, with a reader of which each test says what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from small_encoder import SmallEncoder

from indexes import Document, Index, Span
from qa.evidence import SAID_FEATURES, has_type
from qa.question import understand
from qa.readers.extractive import READ, ExtractiveReader
from qa.readers.joint import JointReader, Reading, Shown, joint_reader
from qa.readers.overview import last_added
from qa.readers.whose import names_all


class Scripted:
    """Says of the passages, in the order in which it reads them, how likely each is to answer.

    What it reads after those is a second look, at which it finds the same as at last.
    """

    def __init__(self, answers: Sequence[float]) -> None:
        self.answers = list(answers)
        self.seen: list[str] = []
        self.again: list[str] = []
        self.titles: set[str] = set()

    @property
    def read_so_far(self) -> int:
        return len(self.seen)

    def read(self, question: str, passages: Sequence[Shown]) -> list[Reading]:
        found = []
        for shown in passages:
            title, text, sentences, seen = shown.title, shown.text, shown.sentences, shown.seen
            nothing = np.zeros(len(sentences))
            further = self.read_so_far == len(self.answers)
            answers = self.answers[-1 if further else self.read_so_far]
            found.append(Reading(nothing, answers, nothing, tuple(sentences)))
            (self.again if further else self.seen).append(seen.of(text))
            if not further:
                self.titles.add(title)
        return found


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr("indexes.index.load_encoder", SmallEncoder)
    made = Index(tmp_path / "index")
    for number in range(READ + 2):
        text = f"The ferry number {number} left the harbour of town {number} at noon."
        made.put(Document(f"ferry {number}", text, f"ferry {number}"))
    return made


@pytest.mark.parametrize(
    ("question", "answers", "read"),
    [
        ("When did the ferry leave?", [3, 0, 0, 0, 0, 0], 2),  # the first surely answers
        ("When did the ferry leave?", [0, 0, 0, 3, 0, 0], 4),
        ("When did the ferry leave?", [0, 0, 0, 0, 0, 0], 6),
        ("When did the ferry leave?", [-3, -3, -3, -3, 0, 0], 4),  # none is likely to
        ("When did the ferry leave?", [-3, -3, 0, -3, 0, 0], 6),
        ("Which ferries left?", [3, 0, 0, 0, 0, 0], 6),  # a list may go on
    ],
)
def test_reading_ends_when_more_would_change_nothing(
    index: Index, question: str, answers: list[float], read: int
) -> None:
    scripted = Scripted(answers[:read])
    reader = ExtractiveReader(index, lambda: cast(JointReader, scripted))
    findings = reader.find(understand(question), None)
    assert scripted.read_so_far == read
    assert len({candidate.passage for candidate in findings.scored}) == read
    assert scripted.titles == {""}  # what is called by its name has no title


def test_a_passage_is_read_with_the_title_of_its_document(index: Index) -> None:
    index.put(Document("a.txt", "It left Veere at dawn.", "The Marigold"))
    scripted = Scripted([0.0] * READ)
    reader = ExtractiveReader(index, lambda: cast(JointReader, scripted))
    reader.find(understand("When did it leave Veere?"), None)
    assert "The Marigold" in scripted.titles


@pytest.mark.parametrize(("answers", "looks"), [(0.0, 1), (-3.9, 1), (2.5, 0), (-4.5, 0)])
def test_what_is_in_doubt_is_looked_at_again_with_what_stands_before_it(
    index: Index, answers: float, looks: int
) -> None:
    before = " ".join(["Nobody had asked the baker for so much bread."] * 20)
    text = f"{before}\n\nThe nurse was held at the harbour.\n\nHer ferry left at noon. {before}"
    index.put(Document("a.txt", text, "a.txt"))
    number = index.numbers(["a.txt"])
    passages = index.search("When did her ferry leave at noon?", READ, documents=number)
    scripted = Scripted([answers] * len(passages))
    reader = ExtractiveReader(index, lambda: cast(JointReader, scripted))
    reader.find(understand("When did her ferry leave at noon?"), number)
    assert len(scripted.again) == looks
    assert all("held at the harbour.\n\nHer ferry left" in seen for seen in scripted.again)
    assert all(450 < len(seen) < 800 and seen.startswith("Nobody") for seen in scripted.again)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Its owner, Oleg Quill, said that the report was fair.", True),
        ("Oleg Quill, the prime minister, said that the report was fair.", False),
        ("The report was called fair.", True),
    ],
)
def test_words_are_doubted_where_nobody_is_described_so(
    index: Index, monkeypatch: pytest.MonkeyPatch, text: str, doubted: bool
) -> None:
    index.put(Document("a.txt", text, "a.txt"))
    question = understand("What did the prime minister say about the report?")

    def log_odds() -> float:
        reader = ExtractiveReader(index, lambda: cast(JointReader, Scripted([1.0])))
        chance = reader.find(question, index.numbers(["a.txt"])).confidence
        return float(np.log(chance / (1 - chance)))

    seen = log_odds()
    monkeypatch.setattr("qa.confidence._UNMET", 0.0)
    assert log_odds() - seen == pytest.approx(1.0 if doubted else 0.0)


def test_further_passages_are_read_around_their_best_sentence(index: Index) -> None:
    ferry = "The ferry left the harbour at noon."
    other = "Nobody had asked the baker of the village for so much bread in years."
    names = [f"long {number}" for number in range(4)]
    for name in names:
        text = " ".join([*[f"{other} {name}."] * 6, ferry, *[other] * 6])
        index.put(Document(name, text, name))
    question, numbers = "When did the ferry leave the harbour?", index.numbers(names)
    scripted = Scripted([0.0] * len(index.search(question, READ, documents=numbers)))
    reader = ExtractiveReader(index, lambda: cast(JointReader, scripted))
    reader.find(understand(question), numbers)
    whole, further = scripted.seen[:2], scripted.seen[2:]
    assert all(len(seen) > 450 for seen in whole)
    assert all(len(seen) <= 450 for seen in further)
    assert any(ferry in seen and seen != ferry for seen in further)


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("What did Quill say about the dike?", [0, 2, 3]),
        ("What does Quill think of the dike?", [0, 1, 2, 3]),  # of a thought others tell, too
        ("What did Quill say?", [0]),
    ],
)
def test_whose_a_sentence_may_be(index: Index, question: str, sentences: list[int]) -> None:
    told = [
        "Quill said that the dike was safe.",
        "Quill was on the dike on Monday.",
        "It had been mended in May.",
        "A sign at the dike reads “Keep out”.",
        "Workers from Veere mend the dike.",
        "Tamm said that the dike leaked.",
        "— Ada Quill",  # below a letter: it says nothing
    ]
    index.put(Document("dike", "\n\n".join(told), "The dike"))
    scripted = cast(JointReader, Scripted([0] * READ))
    found = ExtractiveReader(index, lambda: scripted).find(
        understand(question), index.numbers(["dike"])
    )
    places = {c.span.of(index.document("dike").text) for c in found.scored}
    assert places == {told[number] for number in sentences}


@pytest.mark.parametrize(
    ("asked", "theirs"),
    [
        (
            "What did Robert Quill say about the dike?",
            False,
        ),  # whom his first name tells from a body
        ("What did Brandt say about the dike?", False),  # who is "she" where she speaks
        ("What did Veere Polder say about the dike?", True),
    ],
)
def test_what_a_body_says_no_person_does(index: Index, asked: str, theirs: bool) -> None:
    told = (
        "Robert Quill said that it rained. Ms. Brandt was late. She said that it was wet. "
        "Veere Polder said nothing was dry. "
        "The police said that the dike leaked."
    )
    index.put(Document("dike", told, "The dike"))
    scripted = cast(JointReader, Scripted([0] * READ))
    found = ExtractiveReader(index, lambda: scripted).find(
        understand(asked), index.numbers(["dike"])
    )
    heard = {c.span.of(told) for c in found.scored}
    assert ("The police said that the dike leaked." in heard) is theirs


class Judging(Scripted):
    """Finds the sentences with "leak" evidence; where a question does not have "agree", all of them."""

    def read(self, question: str, passages: Sequence[Shown]) -> list[Reading]:
        found = []
        for shown in passages:
            sentences = shown.sentences
            fits = [
                5.0 if "leak" in place.of(shown.text) or "agree" not in question else -8.0
                for place in sentences
            ]
            logits = np.array(fits)
            found.append(Reading(logits, 1.0, logits, tuple(sentences)))
        return found


def test_what_a_side_says_fits_the_whole_comparison(index: Index) -> None:
    told = [
        "Quill said that the dike has a leak.",
        "Quill said that the dike is the pride of Veere.",
        "Tamm said that the dike has no leak.",
        "Tamm said that the dike was his grandfather's.",
    ]
    index.put(Document("dike", "\n\n".join(told), "The dike"))
    reader = ExtractiveReader(index, lambda: cast(JointReader, Judging([])))
    found = reader.find(understand("Do Quill and Tamm agree about the dike?"), None)
    text = index.document("dike").text
    assert [c.span.of(text) for c in found.chosen] == [told[0], told[2]]


def test_headings_quotations_and_what_stands_before_are_seen(index: Index) -> None:
    told = [
        "Tamm said so of the dike",
        "Tamm said that it has a leak.",
        "“It is the pride of Veere,” Tamm said.",
    ]
    index.put(Document("dike", "\n\n".join(told), "The dike"))
    reader = ExtractiveReader(index, lambda: cast(JointReader, Judging([])))
    found = reader.find(understand("Did Tamm agree?"), None)
    text = index.document("dike").text
    seen = {c.span.of(text): dict(zip(SAID_FEATURES, c.row, strict=True)) for c in found.scored}
    assert [seen[sentence]["heading"] for sentence in told] == [1, 0, 0]
    assert [seen[sentence]["quotes"] for sentence in told] == [0, 0, 1]
    assert seen[told[2]]["before"] == 5.0  # the leak
    assert seen[told[1]]["before"] == -8.0  # at least


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("What did Quill say about the dike, and who would agree?", [0, 2, 3]),
        ("What did the dike warden say about it, and who would agree?", [0, 1, 2, 3]),
        ("What does Marten think of the dike, and who would agree?", [2, 3]),
        ("What did Marten say about the dike, and who would agree?", []),  # he is on record nowhere
    ],
)
def test_whose_words_no_rule_sees_the_reader_may(
    index: Index, question: str, sentences: list[int]
) -> None:
    told = [
        "Quill said that the dike was safe.",
        "Tamm said that the dike had a leak.",
        "The dike had a leak in May.",
        "It was mended in June.",
    ]
    index.put(Document("dike", "\n\n".join(told), "The dike"))
    reader = ExtractiveReader(index, lambda: cast(JointReader, Judging([])))
    found = reader.find(understand(question), index.numbers(["dike"]))
    text = index.document("dike").text
    assert [c.span.of(text) for c in found.scored] == [told[number] for number in sentences]


def test_why_somebody_denies_it_he_may_say_without_the_word(index: Index) -> None:
    told = "Quill denied that the dike leaked.\n\n“It was dry in May,” Quill said.\n"
    index.put(Document("dike", told, "The dike"))
    reader = ExtractiveReader(index, lambda: cast(JointReader, Judging([])))
    for asked, reasons in (
        ("Why did Quill deny", 1),
        ("On what grounds did Quill deny", 1),
        ("When did Quill deny", 0),
    ):
        found = reader.find(understand(f"{asked} that the dike leaked?"), index.numbers(["dike"]))
        assert sum("dry" in c.span.of(told) for c in found.scored) == reasons


def test_what_reports_an_act_may_stand_beside_the_words(index: Index) -> None:
    told = (
        "Quill said that the dike was safe.\n\nQuill tweeted a picture of it on Monday.\n\n"
        "“A fine dike,” he wrote. “It will last for years.”\n"
    )
    index.put(Document("dike", told, "The dike"))
    scripted = cast(JointReader, Scripted([0] * READ))
    found = ExtractiveReader(index, lambda: scripted).find(
        understand("What did Quill tweet?"), index.numbers(["dike"])
    )
    assert [c.span.of(told) for c in found.scored] == [
        "Quill tweeted a picture of it on Monday.",
        "“A fine dike,” he wrote.",
        "“It will last for years.”",
    ]


@pytest.mark.parametrize("seen", [slice(0, 90), slice(70, 74)])
def test_a_table_of_many_short_lines_is_read(seen: slice) -> None:
    lines = [f"Team {number}: {number} points." for number in range(90)]
    text = "\n".join(lines)
    places = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    near = Span(places[seen][0].start, places[seen][-1].end)
    (reading,) = joint_reader().read(
        "How many points has team 72?", [Shown("Teams", text, places, near)]
    )
    is_read = reading.sentences > -12
    assert len(reading.sentences) == len(places)
    assert not is_read[: seen.start].any()
    assert is_read[seen.start : seen.start + 4].all()
    if seen.start:
        assert near.start <= reading.shortest[72].start < reading.shortest[72].end <= near.end


@pytest.mark.parametrize(
    ("question", "sentence", "has"),
    [
        ("Who is Quill?", "He liked Quill’s plan.", False),
        ("Who is Quill?", "He liked Tamm’s plan.", True),
        ("Who is Quill?", "Then Łukasz left.", True),
        ("When did the bridge reopen?", "Officials say that the bridge may reopen.", False),
        ("When did the bridge reopen?", "It reopened in May.", True),
        ("When did the bridge reopen?", "It reopened on monday.", True),
    ],
)
def test_a_sentence_has_the_kind_of_thing_asked_for(
    question: str, sentence: str, has: bool
) -> None:
    assert has_type(understand(question), sentence) == (1 if has else -1)


def test_nothing_in_particular_is_no_topic_that_a_sentence_has_all_words_of(index: Index) -> None:
    for asked in ("What about the others?", "Is there anything about the other one?"):
        scripted = cast(JointReader, Scripted([-9] * READ))
        assert (
            ExtractiveReader(index, lambda r=scripted: r).find(understand(asked), None).confidence
            < 0.2
        )  # type: ignore[misc]


def test_a_name_is_not_a_part_of_another(index: Index) -> None:
    index.put(Document("dike", "Tamm left Libya. Tamm met Li there.", "The dike"))
    scripted = cast(JointReader, Scripted([0] * READ))
    found = ExtractiveReader(index, lambda: scripted).find(
        understand("Who met Tamm?"), index.numbers(["dike"])
    )
    names_both = [names_all(("Li", "Tamm"), candidate, found) for candidate in found.scored]
    assert names_both == [False, True]


@pytest.mark.parametrize("documents", [[1, 1], [3, 1, 2, 2]])
def test_the_last_added_are_told_of_once_in_order(index: Index, documents: list[int]) -> None:
    assert last_added(index, documents) == sorted(set(documents))
