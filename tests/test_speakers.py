"""Who is who inside a document, in invented articles."""

from __future__ import annotations

from typing import SupportsIndex

import pytest
from growth import is_linear

from indexes import Span, Statement
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.speakers import Earlier, Reference, Speakers
from qa.naming import is_description, is_unnamed
from qa.presented import described


def resolve(
    text: str, words: str, *, outer: str = "", previous: str = "", since: int = 0
) -> tuple[str, float]:
    """Resolve the last occurrence of some words."""
    cut = [s for part in paragraphs(text) for s in sentences(text, part)]
    start = text.rindex(words)
    span = Span(start, start + len(words))
    head = Span(start + words.rfind(" ") + 1, span.end)
    speakers = Speakers(text, cut, [])
    earlier = Earlier(previous, since)
    return speakers.resolve(
        Reference(span, (head,), span), outer=outer, previous=earlier, last=earlier
    )


def test_surname_means_the_fullest_name_without_titles() -> None:
    text = "Foreign Minister Anna Lindt arrived. Anna B. Lindt waved. Lindt left."
    assert resolve(text, "Lindt")[0] == "Anna B. Lindt"


def test_other_transliteration_is_the_same_person() -> None:
    text = "Foreign Minister Sergei Orlov arrived. Sergey Orlov waved. Orlov left."
    assert resolve(text, "Orlov") == ("Sergei Orlov", 0.97)


def test_first_name_alone_is_the_person() -> None:
    assert resolve("Mira Holt arrived. Later Mira left.", "Mira")[0] == "Mira Holt"


def test_title_is_no_part_of_the_name() -> None:
    text = "Secretary of State Robert Vance spoke. Mr. Vance left."
    assert resolve(text, "Vance")[0] == "Robert Vance"


@pytest.mark.parametrize("opening", ["See", "Continued", "Given"])
def test_a_word_that_only_opens_a_sentence_is_no_part_of_the_name(opening: str) -> None:
    text = f"They will see what is given to Mira Holt. So said Ms. Holt. {opening} Holt in the hall. Holt spoke."
    assert resolve(text, "Holt")[0] == "Mira Holt"


def test_a_name_that_opens_a_sentence_is_kept_whole() -> None:
    text = "Hope Lindt arrived in the hope of rain. Everybody knows Hope Lindt. Lindt spoke."
    assert resolve(text, "Lindt")[0] == "Hope Lindt"
    text = "De Lindt arrived with the de facto mayor. They met Mira Lindt. De Lindt spoke."
    assert resolve(text, "De Lindt")[0] == "De Lindt"


@pytest.mark.parametrize(
    ("whole", "later"),
    [
        ("Salim al-Quilli", "al-Quilli"),
        ("Salim al-Quilli", "Quilli"),
        ("Abdel Tamm el-Quilli", "El-Quilli"),
        ("Ada von der Quill", "Von der Quill"),
        ("Ada von der Quill", "Quill"),
        ("Bo den Tamm", "Den Tamm"),
    ],
)
def test_small_words_belong_to_the_name(whole: str, later: str) -> None:
    text = f"{whole} arrived in the rain. Mira Holt waved. {later} spoke."
    assert resolve(text, later)[0] == whole


def test_two_people_of_one_surname_are_kept_apart() -> None:
    text = "Robert Vance met Laura Vance. Robert Vance sat. Vance spoke."
    name, score = resolve(text, "Vance")
    assert name == "Robert Vance"
    assert score < 0.7
    assert resolve(text + " Mrs. Vance nodded.", "Vance")[0] == "Laura Vance"


@pytest.mark.parametrize(
    ("line", "people"),
    [("Mr. {} Holt came. Holt left. ", 150), ("Mr. John {} came. John left. ", 600)],
)
def test_many_people_of_one_name_take_linear_time(line: str, people: int) -> None:
    def came(people: int) -> None:
        names = ("".join("bdfghklmnp"[int(d)] + "a" for d in f"{n:04}") for n in range(people))
        resolve("".join(line.format(f"{name.title()}ro") for name in names), "came")

    assert is_linear(came, people)


class Sliced(str):
    """A text that notes the longest piece that is copied out of it."""

    longest = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = super().__getitem__(key)
        Sliced.longest = max(Sliced.longest, len(piece))
        return piece


def test_a_pronoun_looks_at_what_is_near() -> None:
    told, again = "Mira Holt came to the old town. ", "She said that it rained all day there. "
    text = Sliced((told + again) * 500)
    cut = [s for part in paragraphs(str(text)) for s in sentences(str(text), part)]
    speakers = Speakers(text, cut, [])
    at = text.rindex("She")
    Sliced.longest = 0
    assert speakers.resolve(Reference(Span(at, at + 3), (Span(at, at + 3),), Span(at, at + 3)))[0]
    assert 0 < Sliced.longest < 1000  # a copy of all before would take quadratic time


def test_pronoun_fits_the_gender() -> None:
    text = "Robert Vance met Laura Holt in Norby. He smiled. She left."
    assert resolve(text, "He")[0] == "Robert Vance"
    assert resolve(text, "She")[0] == "Laura Holt"


def test_pronoun_scores_less_than_a_name() -> None:
    text = "Robert Vance met Paul Holt in Norby. He left."
    assert resolve(text, "He")[1] < resolve(text, "Paul Holt")[1]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Secretary Tara-Lo Mun condemned what he called a breach.", "Tara-Lo Mun"),
        ("Tara-Lo Mun slept. At noon, he said, it rained.", "Robert Vance"),
        ("Later, the mayor told Tara-Lo Mun that he knew it.", "Robert Vance"),
    ],
)
def test_pronoun_means_who_opens_its_sentence_before_who_spoke(text: str, who: str) -> None:
    assert resolve(f"Robert Vance met her. {text}", "he", previous="Robert Vance")[0] == who


@pytest.mark.parametrize(
    ("new", "who"),
    [
        ("Harbour spokesman Pavo Rusk rejected that.", "Pavo Rusk"),
        (
            "Haji Gul Nawa Rusk, the president of the Aby Boatmen's Association, was angry.",
            "Haji Gul Nawa Rusk",
        ),
        (
            "The first witness, former harbour chief Pavo Rusk, remembered it otherwise.",
            "Pavo Rusk",
        ),
        (
            "A letter from the harbour clerk, Pavo Rusk, was read.",
            "Robert Vance",
        ),  # he does nothing
        ("Pavo Rusk’s clerk rejected that.", "Robert Vance"),
    ],
)
def test_who_is_new_in_the_sentence_before_goes_on_before_who_spoke(new: str, who: str) -> None:
    text = f"Robert Vance was glad. “It rained,” Vance said.\n\n{new}\n\n“It did not,” he said."
    parts = paragraphs(text)
    cut = [sentence for part in parts for sentence in sentences(text, part)]
    assert find_statements(text, cut, parts)[-1].speaker == who


@pytest.mark.parametrize("name", ["Quill", "Lee"])
def test_a_name_at_the_end_of_a_sentence_is_a_name(name: str) -> None:
    assert resolve(f"Ada {name} came. “It is over,” said {name}.", name)[0] == f"Ada {name}"


def test_who_is_called_by_his_first_name_is_not_meant_by_the_surname() -> None:
    text = "Donald Quill had a brother, Freddy Quill. Mr. Quill wept. Freddy, he said, laughed. Mr. Quill left."
    assert (
        resolve(text.replace("Mr. Quill wept. ", "Donald Quill wept. "), "Mr. Quill")[0]
        == "Donald Quill"
    )


def test_an_actress_before_a_name_is_no_part_of_it() -> None:
    assert resolve("Actress Mira Lo Holt came. Holt left.", "Holt")[0] == "Mira Lo Holt"


@pytest.mark.parametrize(
    ("before", "called", "who"),
    [
        ("Mira Lindstrom came.", "Lindtrom", "Mira Lindstrom"),
        ("Mira O’Neill came.", "O'Neill", "Mira O’Neill"),
        ("Mira Lindstrom came. Robert Lindstrom left.", "Lindtrom", "Lindtrom"),  # it may be either
        ("Mira Lindstrom came.", "Lindstram", "Lindstram"),
        ("Jane Farmer came. It rained.", "Farmers", "Farmers"),
        ("Mira Lindstrom came.", "Lindgren", "Lindgren"),
        ("Mira Lindstrom came.", "The Lindstroms", "the Lindstroms"),
    ],
)
def test_a_surname_is_misspelt_where_one_person_only_is_called_nearly_so(
    before: str, called: str, who: str
) -> None:
    assert resolve(f"{before} {called} said so.", called)[0] == who


def test_a_relative_named_once_does_not_take_the_surname() -> None:
    often = "Bo Quill came. " + "Quill spoke. " * 4
    assert resolve(f"{often}He met Ada Quill. Quill left.", "Quill")[0] == "Bo Quill"
    assert resolve("Bo Quill came. He met Ada Quill. Quill left.", "Quill")[0] == "Ada Quill"


def test_who_goes_by_a_first_name_is_somebody() -> None:
    text = "“It is over,” said Melanie. The rain went on. She left."
    assert resolve(text, "She")[0] == "Melanie"
    assert resolve("It rained in Charlotte. She left.", "She")[0] == ""


def test_pronoun_without_anybody_is_unsure() -> None:
    assert resolve("It rained all day. He left.", "He") == ("", 0.1)


def test_office_means_who_holds_it() -> None:
    text = "Robert Vance, the mayor of Norby, met Paul Holt. Then the mayor left."
    assert resolve(text, "the mayor")[0] == "Robert Vance"


@pytest.mark.parametrize(
    ("text", "office", "who"),
    [
        (
            "Sen. Ada Holt (D-Vt.) met Sen. Bo Vance, R-Fla., there.",
            "the Vermont senator",
            "Ada Holt",
        ),
        (
            "Sen. Ada Holt (D-Vt.) met Sen. Bo Vance, R-Fla., there.",
            "the Florida senator",
            "Bo Vance",
        ),
        (
            "Ohio Gov. Ada Holt met Gov. Bo Vance of New Jersey.",
            "the New Jersey governor",
            "Bo Vance",
        ),
        ("Ohio Gov. Ada Holt met Gov. Bo Vance.", "the Utah governor", "the Utah governor"),
        ("Republican nominee Ada Holt won.", "the GOP nominee", "Ada Holt"),
        ("Republican nominee Ada Holt won.", "the Democratic nominee", "the Democratic nominee"),
        ("Ada Holt, the mayor's aide, left.", "the mayor", "the mayor"),
        ("Vice President Ada Holt came.", "the vice president", "Ada Holt"),
        ("Vice President Ada Holt came.", "the president", "the president"),
        ("Ada Holt, the deputy mayor, came.", "the mayor", "the mayor"),
        ("Deputy Ada Holt came.", "the deputy", "Ada Holt"),
        ("It rained.", "the deputy", "the deputy"),
        ("Ada Holt, the director of the city's museum, came.", "the director", "Ada Holt"),
        ("Ada Holt, the governor of Florida, came.", "the Florida governor", "Ada Holt"),
        ("Sen. Ada Holt (D-N.J.) came.", "the New York senator", "the New York senator"),
        ("Sen. Ada Holt (D-N.J.) came.", "the new senator", "the new senator"),
        ("New York Sen. Ada Holt came.", "the new senator", "the new senator"),
        ("New York Sen. Ada Holt came.", "the New York senator", "Ada Holt"),
        ("Sen. Ada Holt (D-W.Va.) came.", "the Virginia senator", "the Virginia senator"),
        ("We met Sen. Ada Holt, R-Fla. He left.", "the Florida senator", "Ada Holt"),
        ("In Florida Sen. Ada Holt (D-Vt.) won.", "the Florida senator", "the Florida senator"),
        ("The Republican called nominee Ada Holt mad.", "the Democratic nominee", "Ada Holt"),
        (
            "Hillary Quill Goes After Donald Holt, the mayor of Aby\n\nQuill left. Holt wept.",
            "the mayor",
            "Donald Holt",
        ),
    ],
)
def test_of_what_party_or_state_tells_who_is_meant(text: str, office: str, who: str) -> None:
    assert resolve(f"{text} Then {office} left.", office)[0] == who


def test_a_headline_tells_a_surname_its_first_name() -> None:
    text = "Hillary Quill Goes After Donald Tamm As Never Before\n\nQuill left. She wept."
    assert resolve(text, "Quill")[0] == resolve(text, "She")[0] == "Hillary Quill"


def test_a_verb_of_a_headline_is_no_first_name() -> None:
    text = "Aby Council To Sue Quill Over Leaking Dike\n\nIt rained. Quill left."
    assert resolve(text, "Quill")[0] == "Quill"


def test_group_stays_as_it_is_written() -> None:
    assert resolve("Some critics of the plan left.", "Some critics")[0] == "some critics"


def test_they_is_nobody_without_a_group() -> None:
    text = "Robert Vance met Paul Holt. They left."
    assert resolve(text, "They")[0] == ""
    assert resolve(text, "They", previous="critics") == ("critics", 0.45)
    assert resolve(text, "They", previous="the mayor of Aby")[0] == ""
    assert resolve(text, "They", previous="the mayor and the judge")[0] == "the mayor and the judge"
    assert resolve(text, "They", previous="critics", since=900)[0] == ""


def test_who_spoke_is_meant_before_others_only_near_by() -> None:
    text = "Robert Vance smiled. It rained. Paul Holt came late. He left."
    near, far = (resolve(text, "He", previous="Robert Vance", since=since)[0] for since in (5, 900))
    assert (near, far) == ("Robert Vance", "Paul Holt")


def test_place_that_looks_like_a_name_is_no_person() -> None:
    assert resolve("It rained in New Norby. He left.", "He")[0] == ""


def test_a_name_ends_where_its_sentence_does() -> None:
    text = "It was Orlov who came, not Lavrin. Michael Vance, an envoy, frowned. He left."
    assert resolve(text, "He")[0] == "Michael Vance"


def test_an_office_after_the_name_tells_a_person() -> None:
    text = "Robert Vance smiled. Tegan Ossory, a harbour spokesman, was asked about it. He left."
    assert resolve(text, "He")[0] == "Tegan Ossory"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bo Tamm, the Aby harbour master, said so.", ["Bo Tamm"]),
        ("The harbour master Bo Tamm said so.", ["Bo Tamm"]),
        ("The harbour master praised Bo Tamm, who said so.", []),
        ("Bo Tamm, who had met the harbour master, said so.", []),
        ("Bo Tamm, the harbour pilot, said so.", []),
    ],
)
def test_a_description_means_who_is_presented_so(text: str, found: list[str]) -> None:
    at = text.index("Bo Tamm")
    said = Statement(
        (Span(len(text) - 3, len(text) - 1),), None, Span(at, at + 7), "Bo Tamm", "indirect", 1.0
    )
    assert described("the harbour master", [(text, said)]) == found


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("the Vermont senator", ["Bo R. Tamm"]),
        ("the senator from Vermont", ["Bo R. Tamm"]),
        ("the Democratic senator", ["Bo R. Tamm"]),
        ("the Ohio senator", []),
        ("the Republican senator", []),
    ],
)
def test_a_party_and_a_state_behind_the_name_present_somebody(
    description: str, found: list[str]
) -> None:
    text = "Sen. Bo R. Tamm (D-Vt.) told Ada Holt, R-Ohio, that so."
    said = Statement((Span(47, 54),), None, Span(0, 15), "Bo R. Tamm", "indirect", 1.0)
    assert described(description, [(text, said)]) == found


def test_only_a_description_is_taken_for_one() -> None:
    assert is_description("the harbour master of Aby")
    assert is_unnamed("the Texan")
    assert is_unnamed("the two Democrats")
    assert not is_unnamed("the Vatican")
    assert not is_unnamed("the Veere Council")
    assert not is_description("the White House")
    assert not is_description("the others")
    assert not is_description("Ada Quill")


@pytest.mark.parametrize(
    ("told", "words", "speaker"),
    [
        # Whom no table of first names knows is a person beside a word of kin, or an office and where it is held.
        ("Bo Tamm died in July. His mother, Zwena Kibo, came with a shirt.",
         "“They are hopeful,” she said.", "Zwena Kibo"),
        ("The captain of the ferry, Zwena Kibo, came late.", "She said that it was cold.", "Zwena Kibo"),
        # Who alone is named in a paragraph goes on in it, not who spoke before.
        ("“I am glad,” Ada Quill said.\n\nFor Zwena Kibo, from Aby, it is late. On Thursday she got a letter.",
         "“I read it twice,” she said.", "Zwena Kibo"),
        ("Ada Quill said that it rains.\n\nWhy it does was explained by Mira Holt, the mayor.",
         "The wind had turned, she said.", "Mira Holt"),
        # Whom the text has named since is the one of an age.
        ("“I sold it,” Ada Quill said.\n\nRobert Vance held a party.",
         "It was a good one, the 36-year-old said.", "Robert Vance"),
        # What a pronoun behind a quotation tells of her holds for the rest of the text.
        ("Kibo Zwena lost. “He cheated,” the candidate said. She wants a new vote. Bo Tamm held a party.",
         "He said that it was a good one.", "Bo Tamm"),
        # A name stands between commas for who is described before it.
        ("It was late.", "“It is cold,” its manager for Europe, Zwena Kibo, said by letter.", "Zwena Kibo"),
        ("It was late.", "“It is cold,” said the chair of the committee, Bea Kibo, a retired judge.", "Bea Kibo"),
        # What leads a quotation in without a verb names who speaks.
        ("“I am glad,” Ada Quill said.\n\nABY HARBOUR BOARD, in a letter:",
         "“It is cold, and it rains.”", "ABY HARBOUR BOARD"),
        # The Outer Isles are nobody, whoever speaks behind them.
        ("Bo Tamm lay below the Outer Isles.", "“Ships do not wait,” he says. He hit the pipe.", "Bo Tamm"),
    ],
)  # fmt: skip
def test_who_speaks_where_the_name_is_further_off(told: str, words: str, speaker: str) -> None:
    text = f"{told} {words}"
    parts = paragraphs(text)
    cut = [s for part in parts for s in sentences(text, part)]
    said = [s for s in find_statements(text, cut, parts) if s.content[0].start >= len(told)]
    assert [s.speaker for s in said] == [speaker]
