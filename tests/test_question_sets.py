"""Question sets in every form, and what is told of broken ones."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from indexes.errors import QuestionSetError
from qa import Assistant
from qa.evaluation import BrokenSetError, Place, QuestionSet
from qa.evaluation.formats import documents_of
from qa.evaluation.job import put_on_record
from qa.evaluation.quotes import closest

TEXTS = {
    "harbour.txt": "Quill said that 14 trawlers had broken the limits. Nobody was fined, she added.",
    "prize.txt": "Lindow won the prize in 1971. It is worth 20,000 crowns.",
}
HEADER = ["Question", "Expected answer", "Quote", "Article", "Answerable", "Kind"]
ROWS = [
    ["How many trawlers?", "14 | fourteen", "14 trawlers had broken the limits", "harbour.txt", "",
     "number"],
    ["Who won the prize?", "Lindow\n1971", "Lindow won the prize in 1971.", "", "yes", ""],
    ["Who was fined?", "", "", "harbour.txt", "No", ""],
]  # fmt: skip


def as_csv(
    path: Path, *rows: Sequence[object], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def as_xlsx(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def faults(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(BrokenSetError) as caught:
        QuestionSet.load(path, articles=TEXTS)
    return [(str(one.where), one.field, str(one.what)) for one in caught.value.faults]


@pytest.mark.parametrize("form", ["csv", "semicolons", "tabs", "utf-16", "xlsx"])
def test_a_table_says_the_same_in_every_form(tmp_path: Path, form: str) -> None:
    rows = [HEADER, *ROWS[:1], ["", "", ""], *ROWS[1:]]
    if form == "xlsx":
        path = as_xlsx(tmp_path / "set.xlsx", *rows)
    elif form == "utf-16":
        path = as_csv(tmp_path / "set.csv", *rows, delimiter="\t", encoding="utf-16")
    else:
        mark = {"csv": ",", "semicolons": ";", "tabs": "\t"}[form]
        path = as_csv(tmp_path / "set.csv", *rows, delimiter=mark, encoding="utf-8-sig")
    first, second, third = QuestionSet.load(path, articles=TEXTS)
    assert first.answer_contains == (("14", "fourteen"),)
    assert first.evidence == (("14 trawlers had broken the limits",),)
    assert (first.id, first.kind, first.documents) == ("row-2", "number", ("harbour.txt",))
    assert first.answerable
    assert second.answer_contains == (("Lindow",), ("1971",))
    assert (second.id, second.documents) == ("row-4", None)
    assert (third.answerable, third.documents) == (False, ("harbour.txt",))


def test_a_spreadsheets_numbers_and_days_are_what_people_see(tmp_path: Path) -> None:
    path = as_xlsx(
        tmp_path / "set.xlsx",
        ["id", "question", "answer", "answerable"],
        [7.0, "When?", datetime.datetime(2019, 12, 10), True],
        [8, "How many?", 340, None],
    )
    when, many = QuestionSet.load(path)
    assert (when.id, when.answer_contains) == ("7", (("2019-12-10",),))
    assert (many.id, many.answer_contains) == ("8", (("340",),))


def test_every_broken_row_of_a_table_is_named(tmp_path: Path) -> None:
    path = as_csv(
        tmp_path / "set.csv",
        HEADER,
        ["", "x", "", "", "", ""],
        ["Who?", "x", "", "", "maybe", ""],
        ["Who?", "", "", "", "", ""],
        ["Who?", "", "", "", "yes", ""],
        ["Who?", "", "words", "", "no", ""],
        ["Who?", "x", "", "none.txt", "", ""],
        ["Who?", "", "14 trawlers have broken the limit", "harbour.txt", "", ""],
    )
    assert faults(path) == [
        ("row 2", "question", "should not be empty"),
        ("row 3", "answerable", 'should be yes or no, not "maybe"'),
        ("row 4", "answerable", "should be yes or no where there is no answer and no quote"),
        ("row 5", "quote", "is missing, and the answer too; give one of them"),
        ("row 6", "quote", "should be empty where answerable is no"),
        (
            "row 7",
            "documents",
            "there is no document named none.txt in the index (`onrecord list` shows the names)",
        ),
        (
            "row 8",
            "evidence",
            "“14 trawlers have broken the limit” does not stand in harbour.txt word for word; closest, in "
            "harbour.txt (94 % alike): “14 trawlers had broken the limits.”",
        ),
    ]


def test_columns_are_found_or_the_slip_is_named(tmp_path: Path) -> None:
    assert faults(as_csv(tmp_path / "a.csv", ["Question", "Qoute"], ["Who?", "x"])) == [
        ("row 1", "Qoute", "is no column that is known; is it “quote”?")
    ]
    assert faults(as_csv(tmp_path / "b.csv", ["What", "When"], ["Who?", "x"])) == [
        ("row 1", "question", 'is no column here; the first row has "What", "When"')
    ]
    assert faults(as_csv(tmp_path / "c.csv", ["question", "remarks"], ["Who?", "x"])) == [
        ("row 1", "answer", "is missing; add it, or a column quote or answerable")
    ]
    assert faults(
        as_csv(tmp_path / "d.csv", ["question", "answer", "Answers"], ["Who?", "x", "y"])
    ) == [("row 1", "Answers", "is a second column of answer")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("set.csv", "Wer?\xfc".encode("latin-1"), "is not UTF-8 text; save it as “CSV UTF-8”"),
        ("set.csv", b"", "is empty; its first row names the columns"),
        ("set.xlsx", b"not a spreadsheet", "is not an XLSX file that can be read"),
        ("set.xls", b"", "is a spreadsheet of a form that is not read; save it as XLSX or CSV"),
        ("set.json", b"[1]", "is not SQuAD's JSON"),
        ("set.json", b'{"data": [{"paragraphs": [{"context": 3}]}]}', "is not SQuAD's JSON"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(QuestionSetError, match=words):
        QuestionSet.load(path)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("left", [0.0, 0.3, 0.6, 0.95])
def test_a_spreadsheet_with_a_part_cut_off_is_told_in_a_sentence(
    tmp_path: Path, part: str, left: float
) -> None:
    whole, cut = as_xlsx(tmp_path / "whole.xlsx", HEADER, *ROWS), tmp_path / "cut.xlsx"
    with ZipFile(whole) as source, ZipFile(cut, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: int(len(content) * left)] if name == part else content)
    with pytest.raises(QuestionSetError, match="is not an XLSX file that can be read"):
        QuestionSet.load(cut)


SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Harbour_talks",
            "paragraphs": [
                {
                    "context": TEXTS["harbour.txt"],
                    "qas": [
                        {"id": "s1", "question": "How many trawlers?", "is_impossible": False,
                         "answers": [{"text": "14", "answer_start": 16}, {"text": "14 trawlers", "answer_start": 16}]},
                        {"id": "s2", "question": "Who fined them?", "is_impossible": True, "answers": []},
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


def test_squads_answers_are_found_in_the_articles_on_record(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    on_record = {"other.txt": "Nothing.", "talks.txt": f"A headline\n\n{TEXTS['harbour.txt']}\n"}
    for articles, name, offset in ((on_record, "talks.txt", 12), (None, "Harbour_talks", 0)):
        first, second = QuestionSet.load(path, articles=articles)
        at = offset + 16
        assert first.evidence == (
            (
                Place(document=name, start=at, end=at + 2),
                Place(document=name, start=at, end=at + 11),
            ),
        )
        assert first.references == ("14", "14 trawlers")
        assert first.documents == (name,)
        assert (second.answerable, second.kind) == (False, "unanswerable")
    (document,) = documents_of(path)
    assert (document.name, document.title) == ("Harbour_talks", "Harbour talks")


def test_squads_articles_are_told_apart_whatever_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    titles = ["Harbour", "Harbour", ["a"], "Harbour (2)", None]
    data = [
        {"title": title, "paragraphs": [{"context": f"Text {number}.", "qas": []}]}
        for number, title in enumerate(titles)
    ]
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    assert {one.name: one.text for one in documents_of(path)} == {
        "Harbour": "Text 0.",
        "Harbour (2)": "Text 1.",
        "article 3": "Text 2.",
        "Harbour (2) (2)": "Text 3.",
        "article 5": "Text 4.",
    }


def test_squads_faults_are_named_by_question(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    broken = json.loads(json.dumps(SQUAD))
    first, second = broken["data"][0]["paragraphs"][0]["qas"]
    first["answers"][0]["answer_start"] = 3
    second["is_impossible"] = False
    path.write_text(json.dumps(broken), encoding="utf-8")
    assert faults(path) == [
        ("question 1", "answers[0]", '"14" is not at 3 of its paragraph; it stands at 16'),
        ("question 2", "answers", "should hold one, as the question is not impossible"),
    ]
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    with pytest.raises(
        BrokenSetError, match="stands in no article on record; add the set's articles"
    ):
        QuestionSet.load(path, articles={"other.txt": "Nothing."})


def beir(folder: Path, qrels: str = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n") -> Path:
    (folder / "qrels").mkdir(parents=True)
    corpus = [
        {"_id": "d1", "title": "Talks", "text": TEXTS["harbour.txt"]},
        {"_id": "d2", "text": "No."},
    ]
    queries = [{"_id": "q1", "text": "trawlers limits"}, {"_id": "q2", "text": "not judged"}]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_beir_folder_gives_its_judged_queries_and_its_documents(tmp_path: Path) -> None:
    folder = beir(tmp_path / "beir")
    (question,) = QuestionSet.load(folder)
    assert (question.id, question.relevant_documents) == ("q1", {"d1": 2})
    documents = list(documents_of(folder))
    assert [one.name for one in documents] == ["d1", "d2"]
    assert documents[0].text == f"Talks\n\n{TEXTS['harbour.txt']}"


def test_an_empty_article_of_a_set_keeps_the_others_from_nothing(
    tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    folder = beir(tmp_path / "beir")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d3", "text": " "}\n{"_id": "d4", "text": "The pier is closed."}\n')
    put_on_record(folder, assistant)
    assert {"d1", "d2", "d4"} <= {one.name for one in assistant.documents()}
    assert "nothing in them can be read: 1" in caplog.text


@pytest.mark.parametrize("grade", ["--1", "²", "-", "1" * 5000])
def test_a_grade_is_a_whole_number(tmp_path: Path, grade: str) -> None:
    folder = beir(tmp_path / "beir", f"q1\td1\t1\nq1\td2\t{grade}\n")
    with pytest.raises(BrokenSetError, match=r"test.tsv, line 2: should be query, document"):
        QuestionSet.load(folder)


def test_a_broken_beir_folder_is_told(tmp_path: Path) -> None:
    folder = beir(tmp_path / "beir", "q1\td1\tmuch\nq1\td1\t1\n")
    with pytest.raises(BrokenSetError) as caught:
        QuestionSet.load(folder, articles={"d2": "No."})
    assert [str(fault) for fault in caught.value.faults] == [
        "queries.jsonl, line 1, qrels: d1 not on record; add the set's articles with --add-articles"
    ]
    folder = beir(tmp_path / "other", "q1\td1\t1\nq1\td1\tmuch\n")
    with pytest.raises(BrokenSetError, match=r"test.tsv, line 2: should be query, document"):
        QuestionSet.load(folder)
    (folder / "queries.jsonl").unlink()
    with pytest.raises(QuestionSetError, match=r"is not a BEIR folder: queries.jsonl is missing"):
        QuestionSet.load(folder)


def test_a_place_outside_its_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    row = {"id": "a", "question": "Who?", "answerable": True}
    places = [
        {"document": "prize.txt", "start": 0, "end": 99},
        {"document": "gone.txt", "start": 0, "end": 2},
    ]
    rows = [{**row, "id": str(n), "evidence": [[place]]} for n, place in enumerate(places)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert faults(path) == [
        ("line 1", "evidence", "[0, 99) is not in prize.txt, which has 56 characters"),
        ("line 2", "evidence", "there is no document named gone.txt in the index"),
    ]


def test_a_group_is_no_fault_when_one_of_its_alternatives_is_on_record(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    group = ["Lindow took the prize", "Lindow won the prize"]
    row = {"id": "a", "question": "Who?", "answerable": True, "evidence": [group]}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert len(QuestionSet.load(path, articles=TEXTS)) == 1


def test_the_closest_words_are_whole_and_nothing_far_is_shown() -> None:
    found = closest("Lindow won a prize in 1971", TEXTS)
    assert found is not None
    assert found[:2] == ("prize.txt", "Lindow won the prize in 1971.")
    assert closest("Zzyzx qwrt!", TEXTS) is None
