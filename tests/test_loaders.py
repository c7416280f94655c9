"""Files to documents: the text as it stands, and one sentence for what cannot be read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexes.errors import DocumentError
from indexes.loaders import files_under, load
from qa import Assistant


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_stored_text_is_the_files_own(tmp_path: Path) -> None:
    data = "\ufeffTitle line\r\n\r\nFirst paragraph, with e\u0301 and 👩‍🚀.\r\nSecond.\u2028Third.".encode()
    document = load(_file(tmp_path, "a.txt", data))
    assert document.text.encode() == data
    assert document.title == "Title line"
    assert document.source == str(tmp_path / "a.txt")


def test_front_matter_gives_title_byline_and_date_and_is_not_read(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A title\nbyline: Somebody\npublished: 2019-12-10\n---\n\n"
        "# A heading\n\nThe body. It goes on.\n"
    )
    document = load(_file(tmp_path, "a.md", text.encode()))
    assert (document.title, document.byline, document.published) == (
        "A title",
        "Somebody",
        "2019-12-10",
    )
    assert document.text == text
    assert document.text[document.body :].strip().startswith("# A heading")


def test_a_markdown_heading_is_the_title_where_nothing_else_is(tmp_path: Path) -> None:
    assert (
        load(_file(tmp_path, "a.md", b"# The heading\n\nSome text here.\n")).title == "The heading"
    )


@pytest.mark.parametrize("blank", ["# a{}b\n\nText.", "---\nkey: a{}b\n---\nText."])
def test_a_line_of_blanks_takes_no_longer_than_it_is(tmp_path: Path, blank: str) -> None:
    started = time.process_time()
    load(_file(tmp_path, "a.md", blank.format(" " * 100_000).encode()))
    assert time.process_time() - started < 5  # 80 s, when each blank was matched from each


def test_an_empty_heading_is_no_title(tmp_path: Path) -> None:
    assert load(_file(tmp_path, "a.md", b"#  \n\nThe harbour\n\nIt rained.")).title == "The harbour"
    assert (
        load(_file(tmp_path, "b.md", b"# The heading ##\r\n\r\nIt rained.")).title == "The heading"
    )


def test_a_headline_below_the_papers_name_is_the_title(tmp_path: Path) -> None:
    text = (
        "The Daily Example\n\nMinister meets her counterpart amid dispute over fish\n\n"
        "They met on Monday. It rained.\n"
    )
    assert (
        load(_file(tmp_path, "a.txt", text.encode())).title
        == "Minister meets her counterpart amid dispute over fish"
    )


def test_a_caption_is_not_the_headline(tmp_path: Path) -> None:
    text = (
        "The Harbour Paper\n\nMayor meets fishers over levy\n\nMayor Brandt and the fishers of the outer islands "
        "clashed over the levy, Dec. 10. (Photo: Quill)\n\nThe mayor met the fishers on Tuesday.\n"
    )
    assert load(_file(tmp_path, "a.txt", text.encode())).title == "Mayor meets fishers over levy"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "shift_jis"])
def test_other_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    text = {
        "cp1252": (
            "“Das wäre möglich”, sagte die Ministerin am Dienstag in Köln. "
            "Später fügte sie hinzu, dass es nötig sei."
        ),
        "utf-16": "Plain words in a wide encoding, several of them, so that it can be told.",
        "shift_jis": "東京都は火曜日、新しい計画を発表した。知事は記者会見で説明した。",
    }[encoding]
    assert load(_file(tmp_path, "a.txt", text.encode(encoding))).text.strip("\ufeff") == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode()])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt is empty"):
        load(_file(tmp_path, "a.txt", data))


def test_bytes_that_are_no_text_say_what_was_tried(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"UTF-8|zero bytes"):
        load(_file(tmp_path, "a.txt", bytes(range(256)) * 40))


def test_half_of_a_character_is_a_mark_in_its_place(tmp_path: Path) -> None:
    found = load(
        _file(tmp_path, "a.jsonl", b'{"text": "\\ud83d It was a long day.", "id": "\\udc00"}')
    )
    assert (found.name, found.text) == ("\ufffd", "\ufffd It was a long day.")


def test_a_name_that_is_not_in_utf_8_is_said_to_be_so(tmp_path: Path) -> None:
    try:
        (tmp_path / "caf\udce9.txt").write_text("It rained.", encoding="utf-8")
    except OSError:
        pytest.skip("no file can have such a name here")
    _file(tmp_path, "port.txt", b"The port was shut.")
    added = Assistant.open(tmp_path / "index").add(tmp_path)
    assert [outcome.document for outcome in added.added] == ["port.txt"]
    (failed,) = added.failed
    assert "is not in UTF-8; rename" in failed.reason
    assert f"{failed.source}{failed.reason}".encode()


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="too large"):
        load(_file(tmp_path, "a.txt", b"x" * 100), largest=99)


def test_a_folder_is_searched_in_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    _file(tmp_path, "b.txt", b"b")
    _file(tmp_path / "sub", "a.md", b"a")
    _file(tmp_path / ".git", "c.txt", b"c")
    _file(tmp_path, "picture.png", b"p")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    assert [f.name for f in files_under(tmp_path)] == ["b.txt", "a.md"]


def test_a_folder_without_anything_to_read_says_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"holds nothing to read; onrecord reads \.txt"):
        list(files_under(tmp_path))
