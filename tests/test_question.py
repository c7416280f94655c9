"""What a question is about, and whose words it asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import LONGEST, understand
from qa.speakers import matching

SPEAKERS = [
    "Ada Quill",
    "Boris Tamm",
    "Bill Farrow",
    "Hilda Farrow",
    "the Harbour Office",
    "critics",
]


@pytest.mark.parametrize(
    ("question", "form", "speakers", "strict"),
    [
        ("What did Quill say about the Marigold?", "said", ("Quill",), True),
        ("what did quill say about the marigold", "said", ("quill",), True),
        ("What has Ada Quill told reporters?", "said", ("Ada Quill",), True),
        ("How did Quill respond when she was asked about quotas?", "said", ("Quill",), True),
        ("According to Tamm, who broke the limits?", "said", ("Tamm",), True),
        ("What does Tamm think of the pact?", "said", ("Tamm",), False),
        ("What is Quill's view on the pact?", "said", ("Quill",), False),
        ("What is Quill’s position on fishing?", "said", ("Quill",), False),
        (
            "What did the Harbour Office say about the strike?",
            "said",
            ("the Harbour Office",),
            True,
        ),
        ("Summarise everything Tamm said", "said", ("Tamm",), True),
        (
            "What did Quill claim about the quotas and how did Tamm respond?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "How did Quill explain the leak, and what did Tamm make of her story?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "Is the dike safe? Quill's version and the water board's",
            "both-said",
            ("Quill", "the water board"),
            False,
        ),
        (
            "Is the dike safe, in Quill's view and in Tamm's view?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "Was it cut, according to Quill, and according to the chair of the Friends of the Aby Dike?",
            "both-said",
            ("Quill", "the chair of the Friends of the Aby Dike"),
            True,
        ),
        (
            "Compare Quill and Bo Tamm on the quotas.",
            "both-said",
            ("Quill", "Bo Tamm"),
            False,
        ),
        (
            "Compare how Aby and Veere reacted to the leak.",
            "both-said",
            ("Aby", "Veere"),
            True,
        ),
        (
            "Are Ada Quill and Bo Tamm equally sure of it?",
            "both-said",
            ("Ada Quill", "Bo Tamm"),
            False,
        ),
        (
            "What price do Ada Quill, Bo Tamm and the mill owners each mention?",
            "both-said",
            ("Ada Quill", "Bo Tamm", "the mill owners"),
            False,
        ),
        (
            "How do the mayor, the warden and Quill differ over it?",
            "both-said",
            ("the mayor", "the warden", "Quill"),
            False,
        ),
        (
            "What do Quill and his former deputy each say he saw?",
            "both-said",
            ("Quill", "the former deputy"),
            True,
        ),
        (
            "Do Quill and the Rev. Bo Tamm look at the dike in the same way?",
            "both-said",
            ("Quill", "the Rev. Bo Tamm"),
            False,
        ),
        ("What did Quill and Tamm say about quotas?", "both-said", ("Quill", "Tamm"), True),
        ("Did Quill and Tamm agree on the quotas?", "both-said", ("Quill", "Tamm"), False),
        ("Where do Tamm and Quill stand on the pact?", "both-said", ("Tamm", "Quill"), False),
        (
            "What were Quill and Tamm's accounts of the talks?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        ("How does Quill's account differ from Tamm's?", "both-said", ("Quill", "Tamm"), False),
        ("Do Quill and Tamm see the pact alike?", "both-said", ("Quill", "Tamm"), False),
        (
            "Is Quill on the same side as the union?",
            "both-said",
            ("Quill", "the union"),
            False,
        ),
        ("Is Quill as gloomy about the pact as Tamm?", "both-said", ("Quill", "Tamm"), False),
        ("Are Quill and Bo Tamm of one mind on it?", "both-said", ("Quill", "Bo Tamm"), False),
        ("Do the Quill and Tamm camps agree on it?", "both-said", ("Quill", "Tamm"), False),
        ("How do Quill's and Tamm's versions differ?", "both-said", ("Quill", "Tamm"), False),
        (
            "Quill and Bo Tamm both saw it: what did each say?",
            "both-said",
            ("Quill", "Bo Tamm"),
            True,
        ),
        (
            "Quill and Tamm both left; why, in each one's opinion?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        ("Quill or Tamm: who wants the quotas cut?", "both-said", ("Quill", "Tamm"), False),
        ("Quill and Tamm were fined: who argued against it?", "fact", (), False),
        ("What doubts do Quill and Tamm each raise?", "both-said", ("Quill", "Tamm"), False),
        (
            "What came of it, in the words of Quill and of Tamm?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "Who won according to Quill, and who according to Tamm?",
            "both-said",
            ("Quill", "Tamm"),
            True,
        ),
        ("Does Quill share Tamm's doubts?", "both-said", ("Quill", "Tamm"), False),
        ("Does Quill's version match Tamm's?", "both-said", ("Quill", "Tamm"), False),
        ("Did both Quill and Tamm admit it?", "both-said", ("Quill", "Tamm"), False),
        ("Where did Quill and Tamm part company?", "both-said", ("Quill", "Tamm"), False),
        ("Quill and Tamm on what the crew did", "both-said", ("Quill", "Tamm"), False),
        (
            "Do the mayor and the Veere poet Bo Tamm disagree?",
            "both-said",
            ("the mayor", "Bo Tamm"),
            False,
        ),
        ("In Quill's eyes, how did Tamm's speech compare with Aby's?", "said", ("Quill",), False),
        ("By Quill's reckoning, who gets more than Tamm?", "said", ("Quill",), False),
        ("What do Quill and Tamm each fear?", "both-said", ("Quill", "Tamm"), False),
        ("What did Quill and Tamm talk about?", "fact", (), False),
        ("Why is Aby a better port than Orford?", "fact", (), False),
        ("How is Quill's plan different from the old one?", "fact", (), False),
        ("What did the environment of the old northern dike suggest?", "fact", (), False),
        ("How does Quill's salary compare with Tamm's?", "fact", (), False),
        ("Why did it sink, according to Quill's letter?", "said", ("Quill",), True),
        ("What do critics say about the pact?", "said", ("critics",), True),
        ("Was it safe, according to party officials?", "said", ("party officials",), True),
        ("What do her advisers say about the pact?", "fact", (), False),
        ("How does Quill's plan compare with Tamm's?", "both-said", ("Quill", "Tamm"), False),
        ("According to Ada B. Quill, why did it sink?", "said", ("Ada B. Quill",), True),
        (
            "What does the U.N. say about it, according to the U.S. office?",
            "said",
            ("the U.S. office",),
            True,
        ),
        ("Did the clerk put the blame on the crew?", "fact", (), False),
        ("How did Quill explain the quotas?", "said", ("Quill",), True),
        ("Ada Quill on the new quotas", "said", ("Ada Quill",), False),
        ("Ada Quill vs. Tamm on quotas", "both-said", ("Ada Quill", "Tamm"), False),
        ("Quill and Tamm on quotas: how far apart?", "both-said", ("Quill", "Tamm"), False),
        ("What did Quill make of the pact?", "said", ("Quill",), False),
        ("What does Quill have against the pact?", "said", ("Quill",), False),
        ("What advice does Quill have for the crew?", "said", ("Quill",), False),
        ("What advice does the harbour master have?", "fact", (), False),
        ("What did the harbour master say about it?", "said", ("the harbour master",), True),
        ("What is Quill's objection to the pact?", "said", ("Quill",), False),
        ("How does the old harbour master Bo Tamm justify it?", "said", ("Bo Tamm",), False),
        ("How did Aby's harbour master explain it?", "said", ("the Aby harbour master",), True),
        ("What does Quill have to say about the pact?", "said", ("Quill",), True),
        ("How did Quill herself explain the delay?", "said", ("Quill",), True),
        ("What had Quill to say about the pact?", "said", ("Quill",), True),
        ("How does Tamm account for the losses?", "said", ("Tamm",), False),
        ("Who is to blame, as Ada Quill sees it?", "said", ("Ada Quill",), False),
        ("Who is to blame, if we believe Tamm?", "said", ("Tamm",), False),
        ("Who is to blame, in Tamm's eyes?", "said", ("Tamm",), False),
        ("Who is to blame, in the words of Bo Tamm?", "said", ("Bo Tamm",), False),
        ("What did Quill offer the crew?", "fact", (), False),
        ("Which subjects did Quill name in her tweet?", "fact", (), False),
        ("Who said that the crew was safe?", "who-said", (), True),
        ("What did Quill say about whether Tamm agreed to it?", "said", ("Quill",), True),
        (
            "What are Quill’s and Tamm’s versions of what was agreed?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "How did the two ministers, Quill and Tamm, differ?",
            "both-said",
            ("Quill", "Tamm"),
            False,
        ),
        (
            "What do the Aby and the Norby ambassador say about it?",
            "both-said",
            ("the Aby ambassador", "the Norby ambassador"),
            True,
        ),
        (
            "What do Quillstone and its workers say about it?",
            "both-said",
            ("Quillstone", "workers"),
            True,
        ),
        ("What did the Foreign Secretary say about it?", "said", ("the foreign secretary",), True),
        (
            "What did the White House Press Secretary say about it?",
            "said",
            ("the White House press secretary",),
            True,
        ),
        ("What did the widow of Bo Tamm say?", "said", ("the widow of Bo Tamm",), True),
        ("What did Bo Tamm of Quill & Co say about it?", "said", ("Bo Tamm of Quill & Co",), True),
        ("What did Ada Quill's husband say?", "said", ("the Ada Quill husband",), True),
        (
            "How did Aby's vice-minister for trade react?",
            "said",
            ("the Aby vice-minister for trade",),
            True,
        ),
        ("What did Ada G. Quill Jr. say about quotas?", "said", ("Ada G. Quill Jr.",), True),
        ("What is Dr. Tamm's view of it?", "said", ("Dr. Tamm",), False),
        ("What was said by Quill about quotas?", "said", ("Quill",), True),
        ("What was Quill saying about quotas?", "said", ("Quill",), True),
        ("When was the Harbour Office told?", "fact", (), False),
        ("Who denied breaking the limits?", "who-said", (), True),
        ("How many passengers were stranded?", "fact", (), False),
        ("What is the capital of France?", "fact", (), False),
        ("Orchard Prize worth", "fact", (), False),
    ],
)
def test_the_form_of_a_question_is_understood(
    question: str, form: str, speakers: tuple[str, ...], strict: bool
) -> None:
    found = understand(question)
    assert (found.form, found.speakers) == (form, speakers)
    if form != "fact":
        assert found.strict is strict


def test_the_topic_leaves_out_the_speaker_and_the_saying() -> None:
    assert understand("What did Ada Quill say about the Marigold?").topic == ("marigold",)


def test_the_topic_leaves_out_the_kind_of_thing_asked_for() -> None:
    assert understand("Which topics did Quill raise in Port Ellen?").topic == (
        *("quill", "rais"),
        *("port", "ellen"),
    )
    assert "year" in understand("How many years did the strike last?").topic


@pytest.mark.parametrize(
    ("question", "reported_as", "not_as"),
    [
        ("What did Quill deny?", "disputed", "said"),
        ("Who accused Tamm of lying?", "blamed", "praised"),
        ("What did Tamm warn about?", "cautioned", "said"),
    ],
)
def test_what_is_done_in_saying_it_is_asked_for(
    question: str, reported_as: str, not_as: str
) -> None:
    act = understand(question).act
    assert reported_as in act
    assert not_as not in act


def test_a_plain_saying_asks_for_no_act() -> None:
    assert understand("What did Quill say about the pact?").act == frozenset()
    assert understand("When was the ban denied?").act == frozenset()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the ferry sink?", "date"),
        ("How many trawlers broke the limits?", "number"),
        ("Why did the strike end?", "reason"),
        ("Where did they meet?", "place"),
        ("Who won the prize?", "person"),
        ("What is the name of the ferry?", "name"),
        ("What is the new ferry called?", "name"),
        ("Which countries signed the pact?", "list"),
        ("What is the pact?", "any"),
    ],
)
def test_the_kind_of_thing_asked_for_is_understood(question: str, kind: str) -> None:
    assert understand(question).answer_type == kind


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("Quill", ["Ada Quill"]),
        ("Foreign Minister Ada Quill", ["Ada Quill"]),
        ("Minister Quill", ["Ada Quill"]),
        ("Representative Quill", ["Ada Quill"]),
        ("Harbour Trade Commissioner Quill", ["Ada Quill"]),
        ("Hilda Farrow", ["Hilda Farrow"]),
        ("Farrow", ["Bill Farrow", "Hilda Farrow"]),
        ("Harbour Office", ["the Harbour Office"]),
        ("the harbour office", ["the Harbour Office"]),
        ("Boris", ["Boris Tamm"]),
        ("Quil", []),
        ("Farow", ["Bill Farrow", "Hilda Farrow"]),
        ("Office", []),
        ("Carla Quill", []),
        ("Smith", []),
        ("", []),
    ],
)
def test_a_name_means_the_speakers_that_it_can_mean(name: str, speakers: list[str]) -> None:
    assert matching(name, SPEAKERS) == speakers


def test_a_joint_statement_belongs_to_each() -> None:
    assert matching("Tamm", ["Ada Quill and Boris Tamm"]) == ["Ada Quill and Boris Tamm"]


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_can_be_asked(question: str, history: list[str]) -> None:
    assert isinstance(understand(question, tuple(history)).text, str)


def test_a_pasted_page_is_cut_to_a_question() -> None:
    assert len(understand("word " * 50_000).text) <= LONGEST + 10


@pytest.mark.parametrize(
    ("name", "others", "meant"),
    [
        ("Paul Farrow", ["Paul Farrow", "Paula Farrow", "Farrow", "P. Farrow"], [0, 2, 3]),
        ("Paul Farrow", ["Paula Farrow"], [0]),  # misspelt, where no Paul is on record
        ("Sergey Tamm", ["Sergei Tamm", "Tamm"], [0, 1]),
        ("Ada Quill", ["Ada Quill", "Ada Quill Jr.", "Quill"], [0, 2]),
        ("Quill", ["Ada Quill", "Ada Quill Jr."], [0]),
        ("Ada Quill Jr.", ["Ada Quill", "Ada Quill Jr."], [1]),
        ("Quill Jr.", ["Ada Quill", "Ada Quill Jr."], [1]),
        ("Ada Quill Jr.", ["Ada Quill"], [0]),
        ("Mira Luther King", ["Mira Luther King Jr."], [0]),
        ("Bo W. Tamm", ["Bo W. Tamm", "Bo H. W. Tamm", "Tamm"], [0, 2]),
        ("Tamm", ["Bo W. Tamm", "Bo H. W. Tamm"], [0, 1]),
        ("Bo de Roos", ["Bo de Roos", "De Roos", "Ida de Roos"], [0, 1]),
        ("Ida Luna Roos", ["Luna Roos", "Ida Luna Roos"], [0, 1]),
    ],
)
def test_people_of_like_names_are_kept_apart(
    name: str, others: list[str], meant: list[int]
) -> None:
    assert matching(name, others) == [others[number] for number in meant]


def test_a_first_name_means_nobody_where_two_have_it() -> None:
    assert matching("Bill", ["Bill Farrow", "Bill Tamm"]) == []
    assert matching("Bill", ["Bill Farrow", "Bill Farrow and Ada Quill", "Bo Tamm"]) == [
        "Bill Farrow", "Bill Farrow and Ada Quill",
    ]  # fmt: skip
    assert matching("North", ["North Aby"]) == []


@pytest.mark.parametrize(
    ("asked", "on_record"),
    [
        ("Sacha Baron Cohen", "Michael Cohen"), ("Michael Cohen", "Sacha Baron Cohen"),
        ("the manager of the hotel", "the owner of the hotel"), ("Major Garrett", "Scott Garrett"),
        ("Premier Foods", "Kraft Foods"), ("Ryan", "Ryan Williams"), ("Virginia", "the Virginia Supreme Court"),
        ("Charlotte", "Charlotte Observer"),
    ],
)  # fmt: skip
def test_who_shares_a_word_is_not_meant(asked: str, on_record: str) -> None:
    assert matching(asked, [on_record]) == []


def test_a_body_or_town_does_not_lose_what_looks_like_a_title() -> None:
    assert matching("Press Association", ["the Bar Association"]) == []
    assert matching("St. Louis", ["Joe Louis"]) == []


def test_a_surname_that_is_a_title_is_a_name() -> None:
    assert matching("King", ["Ada King"]) == matching("Mr. King", ["Ada King"]) == ["Ada King"]
    assert matching("the foreign minister", ["the prime minister", "the foreign minister"]) == [
        "the foreign minister"
    ]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("By how much did it rise?", "number"),
        ("In 2010, how many ships sank?", "number"),
        ("Tell me what Quill makes of the claim about how far the rules reach.", "any"),
        ("Why did Quill ask how many ships sank?", "reason"),
    ],
)
def test_what_is_asked_first_says_what_kind_of_answer_is_wanted(question: str, kind: str) -> None:
    assert understand(question).answer_type == kind
