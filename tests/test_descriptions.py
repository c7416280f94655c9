"""Speakers who are described, or meant by "he", "it" or "the company", in invented articles of many kinds."""

from __future__ import annotations

import pytest
from growth import is_linear

from indexes import Span, Statement
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.bodies import Bodies
from qa.presented import described, is_body, spoken_for
from qa.speakers import matching


def read(text: str) -> list[Statement]:
    parts = paragraphs(text)
    return find_statements(text, [s for part in parts for s in sentences(text, part)], parts)


def speaker_of(text: str, words: str) -> str:
    """Who says some words: of nested statements the innermost."""
    at = text.index(words)
    holding = [s for s in read(text) if any(p.start <= at < p.end for p in s.content)]
    return min(holding, key=lambda s: sum(map(len, s.content))).speaker if holding else ""


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # "She" is nobody whom her own words name.
        ("Mira Holt spoke of Greta Lindt. “Greta Lindt will see the bridge,” she said.", "will see", "Mira Holt"),
        ("Anna Holt met Greta Lindt. Lindt smiled. She said that Lindt had won.", "had won", "Anna Holt"),
        # The text tells the gender of a name that no list has.
        (
            "Zorvina Aldo came late. She sat down. Robert Tamm rose. “The bridge stands,” she said.",
            "The bridge", "Zorvina Aldo",
        ),
        # Who opens a sentence by what he is may be "he" in the next.
        (
            "Deputy Trade Minister Bo Tamm arrived. Greta Holt said that the port was full. The deputy minister ruled "
            "out a delay. The rule would stand, he said.",
            "would stand", "Bo Tamm",
        ),
        ("Bo Tamm, 58, owns it. Ada Holt left. The 58-year-old said that it was over.", "was over", "Bo Tamm"),
        ("Robert Tamm rose at last. “It is over,” the 58-year-old magnate said.", "It is over", "Robert Tamm"),
        ("Robert Tamm, the captain, did not wait. “It is over,” the midfielder wrote.", "It is over", "Robert Tamm"),
        ("Robert Tamm was hurt. “It is deep,” the surgeon said.", "It is deep", "the surgeon"),
        ("The student Mary Cole was hurt. The driver said that he was sorry.", "was sorry", "the driver"),
        ("Hadley Quinn spoke when her brother died. He was ill. “It is sad,” she said.", "It is sad", "Hadley Quinn"),
        ("Robert Tamm, 58, rose. “It is over,” the 58-year-old said.", "It is over", "Robert Tamm"),
        ("A source in Aby said that it was late. “It is over,” the source said.", "It is over", "a source in Aby"),
        # Whose age is told is nobody of another one; two of one age are neither.
        ("Ann Lee, 30, was second. The 52-year-old said that he was glad.", "was glad", "the 52-year-old"),
        ("Ann Hill, 45, sued John Roe, 45. The 45-year-old said that it was time.", "was time", "the 45-year-old"),
        ("John Harbour left. “It is over,” Harbour said.", "It is over", "John Harbour"),
        # "Who" is whom the words between the commas describe.
        ("Not enough for Bo Tamm, her rival, who urged the town to end the lease.", "to end", "Bo Tamm"),
        # What stands alone behind "…, she said, and …" is hers, not its subject's.
        ("The mill needs it, Mira Holt said, and the town needs work. ‘They had to pay.’", "had to pay", "Mira Holt"),
        ("No pledge had been asked for, Bo Tamm insisted in Aby, and none was made.", "No pledge", "Bo Tamm"),
        ("Mira Holt took the opposite view: the town had said too little.", "too little", "Mira Holt"),
        # British ways: a dame by her first name, single marks that no paragraph's end closes.
        ("Dame Ada Quill led it. Bo Tamm left. Dame Ada said that the ward was safe.", "was safe", "Ada Quill"),
        ("‘Yes,’ said Mira Holt. ‘The boat comes.\n\n‘It always comes. We pay for it.’", "always comes", "Mira Holt"),
        ("‘The drivers’ union will not sign,’ Mira Holt said.", "will not sign", "Mira Holt"),
        ("Leader of the Opposition Mira Holt spoke. “It is late,” Ms. Holt said.", "It is late", "Mira Holt"),
        ("Ohio-born Mira Holt spoke first. “It is late,” said Holt.", "It is late", "Mira Holt"),
        ("CEO Zorvin Aldo wrote a memo. “It is late,” Aldo wrote.", "It is late", "Zorvin Aldo"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, words: str, speaker: str) -> None:
    assert speaker_of(text, words) == speaker


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The operator, Norline, said that the line was shut.", "line was shut", "Norline"),
        (
            "The Norby Rail Agency inspects it. The agency said that the slope was safe.",
            "slope was safe", "the Norby Rail Agency",
        ),
        ("Quillstone Partners has a stake. Quillstone said that it would sell.", "would sell", "Quillstone Partners"),
        (
            "Quillstone Partners published a letter on Tuesday. “They are gambling,” it wrote.",
            "gambling", "Quillstone Partners",
        ),
        (
            "The Norby Rail Agency said it acted. A spokesman said that a limit was set.",
            "limit was set", "a spokesman for the Norby Rail Agency",
        ),
        ("The Norby Drivers’ Union met. Norby said that it was pleased.", "was pleased", "Norby"),
        ("Still, the company said that the mill would close.", "would close", "the company"),
    ],
)  # fmt: skip
def test_which_body_speaks(text: str, words: str, speaker: str) -> None:
    assert speaker_of(text, words) == speaker


def test_a_person_is_no_body_though_a_word_of_bodies_stands_beside() -> None:
    text = "The head of the company, Mira Holt, left. The company said that it was sorry."
    assert speaker_of(text, "was sorry") == "the company"


def test_bodies_are_found_in_linear_time() -> None:
    def work(n: int) -> None:
        bodies = Bodies("The Norby Rail Agency met Bo Tamm, the owner. " * n, lambda _: False)
        for place in range(0, n * 40, 40):
            bodies.called("agency", place)
            bodies.full("Norby", place)
            bodies.at(Span(place, place + 1))

    assert is_linear(work, 200)


@pytest.mark.parametrize(
    ("asked", "on_record"),
    [
        ("Councillor Holt", "Mira Holt"),
        ("Nurse Holt", "Mira Holt"),
        ("Dame Mira", "Mira Holt"),
        ("Dr Ono", "Ono Haruka"),
        ("Quillstone", "Quillstone Partners"),
        ("Mira Holt of Quill & Tamm", "Mira Holt"),
    ],
)
def test_who_is_asked_for_is_found(asked: str, on_record: str) -> None:
    assert matching(asked, ["Bo Tamm", on_record, "the mayor"]) == [on_record]


@pytest.mark.parametrize(
    ("asked", "on_record"),
    [
        ("Baron Quill", "Mira Quill"),
        ("Norway", "Norway Partners"),
        ("Trump", "Trump Organization"),
        ("Bank of America", "Tyra Bank"),
        ("Voters", "Voters in Aby"),
    ],
)
def test_a_likeness_is_not_enough(asked: str, on_record: str) -> None:
    assert matching(asked, [on_record]) == []


@pytest.mark.parametrize(
    ("text", "asked", "speaker"),
    [
        ("Russia's deputy ambassador, Bo Tamm, spoke. “No,” Tamm said.", "the Russian diplomat", "Bo Tamm"),
        (
            "The minister wept. His Estonian counterpart, Liisu Aru, did not. “We saw it coming,” Aru said.",
            "the Estonian minister", "Liisu Aru",
        ),
        (
            "His Polish deputy defence minister, Wojtek Aru, spoke: “We wait.” German Defence Minister Bo Tamm paused. "
            "“We pay,” Tamm said.",
            "the defence minister", "Bo Tamm",
        ),
        ("Ada Quill and her husband Craig came. Craig said that it was a start.", "the Ada Quill husband", "Craig"),
    ],
)  # fmt: skip
def test_whom_a_description_means(text: str, asked: str, speaker: str) -> None:
    assert described(asked, [(text, statement) for statement in read(text)]) == [speaker]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Bo Tamm, a counterpart of Ann Hill at the Aby bank, said that it was wrong.", "the Aby mayor"),
        ("Ann Lee, his wife, said that she was sad.", "the Quill wife"),
        ("Poland's deputy defence minister, Bo Tamm, said that it was late.", "the defence minister"),
    ],
)  # fmt: skip
def test_whom_a_description_does_not_mean(text: str, asked: str) -> None:
    assert described(asked, [(text, statement) for statement in read(text)]) == []


def test_the_spokesman_of_another_body_of_that_name_speaks_not_for_it() -> None:
    text = "White House spokesman Bo Tamm said that it was wrong."
    said = [(text, statement) for statement in read(text)]
    assert spoken_for("the White House", said) == ["Bo Tamm"]
    assert spoken_for("the House", said) == []
    assert spoken_for("the spokesman", said) == []
    assert spoken_for("the", said) == []


def test_who_speaks_for_a_body() -> None:
    text = (
        "Bo Tamm, a spokesman for the ministry, said that it was late. Ministry spokeswoman Mira Holt said that it was "
        "early. Ada Quill, the minister, said nothing was wrong."
    )
    said = [(text, statement) for statement in read(text)]
    assert spoken_for("the ministry", said) == ["Bo Tamm", "Mira Holt"]
    assert is_body("the ministry")
    assert is_body("Norby Police")
    assert not is_body("Mira Holt")
    assert not is_body("")
