"""Every format, from a real file: the words, what the file says of itself, and one sentence for a fault."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sample_files as fixtures
from sample_files import HTML, PARAGRAPHS, pdf, zipped

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders import Limits, Loaded, Loader, files_under
from indexes.loaders.formats import FORMATS, format_of


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    with Loader() as opened:
        yield opened


def _all(loader: Loader, data: bytes, source: str) -> list[Loaded | DocumentError]:
    return list(loader.read(data, source))


def _one(loader: Loader, data: bytes, source: str) -> Document:
    (found,) = _all(loader, data, source)
    assert isinstance(found, Loaded)
    return found.document


def test_a_page_is_read_as_its_article_with_what_it_says_of_itself(loader: Loader) -> None:
    (found,) = _all(loader, HTML.encode(), "/saved/page.html")
    assert isinstance(found, Loaded)
    page = found.document
    assert page.title == "Harbour talks end"
    assert (page.byline, page.published, page.publisher, page.language) == (
        "Mira Lindow", "2019-12-10", "The Daily Example", "en-GB",
    )  # fmt: skip
    assert page.text.split("\n\n")[-3:] == [PARAGRAPHS[0], "## Quotas", PARAGRAPHS[1]]
    assert "Sport" not in page.text
    assert found.original is not None
    assert found.original.data == HTML.encode()


def test_a_page_is_decoded_by_what_it_declares(loader: Loader) -> None:
    html = HTML.replace("utf-8", "windows-1252").encode("cp1252")
    assert PARAGRAPHS[1] in _one(loader, html, "page.htm").text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_page_in_utf_16_keeps_its_letters(loader: Loader, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    html = HTML.replace("Tamm", "Łukasz Żółty")
    page = _one(loader, mark + html.encode(encoding), "page.html")
    assert PARAGRAPHS[1].replace("Tamm", "Łukasz Żółty") in page.text


def test_a_word_file_keeps_headings_tables_and_nothing_deleted(loader: Loader) -> None:
    word = _one(loader, fixtures.docx(), "a.docx")
    assert word.text == "\n\n".join(
        ["# Harbour talks end", PARAGRAPHS[0], "14\ttrawlers", PARAGRAPHS[1]]
    )
    assert (word.title, word.byline) == ("Talks", "Mira Lindow")


def test_an_opendocument_text_keeps_spaces_and_breaks(loader: Loader) -> None:
    odt = _one(loader, fixtures.odt(), "a.odt")
    assert odt.text == f"## Harbour talks end\n\n{PARAGRAPHS[0]}\n\nOne   two\nthree four"
    assert (odt.title, odt.language) == ("Talks", "en")


def test_a_book_is_read_in_the_order_of_its_spine(loader: Loader) -> None:
    book = _one(loader, fixtures.epub(), "a.epub")
    assert book.text == "\n\n".join(["# One", PARAGRAPHS[0], "## Two", PARAGRAPHS[1], "Next line."])
    assert (book.title, book.byline, book.published, book.publisher, book.language) == (
        "The Harbour", "Mira Lindow", "2011-05-02", "Lindow House", "en",
    )  # fmt: skip


def test_rtf_and_mail_are_read_with_their_own_encodings(loader: Loader) -> None:
    rtf = _one(loader, fixtures.RTF, "a.rtf")
    assert rtf.text.split("\n") == [
        "Quill met Tamm on Monday.", "“We are acting,” she said — twice.",
    ]  # fmt: skip
    assert (rtf.title, rtf.byline) == ("Harbour talks", "Mira Lindow")
    mail = _one(loader, fixtures.EML, "a.eml")
    assert mail.text.strip() == "The café closed. Tamm left."
    assert mail.title == "Harbour talks – the end"
    assert mail.byline == "Ada Quill <ada@example.org>"
    assert mail.published == "2019-12-10T08:00:00+00:00"
    assert mail.unread == "Its attachment was not read."


def test_the_lines_of_a_pdf_become_paragraphs_and_pages_keep_their_places(loader: Loader) -> None:
    first = [
        "Running head 1",
        "The minister met the secretary in the port on Monday, a day after the strike by the",
        "crews of the ferries ended. She said that the inquiry was over and that it was exag-",
        "gerated.",
        "A second paragraph starts here and goes on for as long as the first one did, or nearly",
        "until it crosses over to the",
    ]
    second = ["Running head 2", "next page, where it ends.", "7"]
    third = [
        "Running head 3",
        "The third page has a sentence of its own, which is long enough.",
        "8",
    ]
    document = _one(loader, pdf(first, second, [], third, title="Harbour talks"), "a.pdf")
    assert document.title == "Harbour talks"
    assert "exaggerated." in document.text
    assert "Running head" not in document.text
    assert "crosses over to the next page, where it ends." in document.text
    assert document.unread == "Page 3 of 4 without text, perhaps scanned."
    for words, page in (("minister met", 1), ("next page", 2), ("third page has", 4)):
        assert document.page_at(document.text.index(words)) == page


def test_a_scan_is_said_to_be_one(loader: Loader) -> None:
    with pytest.raises(
        DocumentError, match=r"scan\.pdf has no text on any of its 2 pages: it is a scan"
    ):
        _all(loader, pdf([], []), "scan.pdf")


def test_a_table_is_a_document_a_row(loader: Loader) -> None:
    table = 'id;date;outlet;text\nq1;2019-12-10;The Daily;Quill spoke.\nq2;;;\nq3;;;"Tamm; too.\n\nHe left."\n'
    rows = [
        found.document
        for found in _all(loader, table.encode(), "/t/rows.csv")
        if isinstance(found, Loaded)
    ]
    assert [(r.name, r.text, r.published, r.publisher) for r in rows] == [
        ("q1", "Quill spoke.", "2019-12-10", "The Daily"),
        ("q3", "Tamm; too.\n\nHe left.", None, None),
    ]
    assert rows[0].source == "/t/rows.csv#q1"
    lines = "\n".join(
        json.dumps({"url": "https://example.org/x", "body": text})
        for text in ("One.", "Two.\u2028Three.")
    )
    again = [
        f.document for f in _all(loader, lines.encode(), "/t/a.jsonl") if isinstance(f, Loaded)
    ]
    assert [d.text for d in again] == ["One.", "Two.\u2028Three."]
    assert [d.source for d in again] == ["/t/a.jsonl#1", "/t/a.jsonl#2"], (
        "a shared link names neither"
    )
    with pytest.raises(DocumentError, match=r"Line 1 of b\.jsonl is not JSON"):
        _all(loader, b"{nope", "b.jsonl")
    with pytest.raises(DocumentError, match="no row with text"):
        _all(loader, b"a,b\n1,2\n", "b.csv")


def test_rows_that_share_a_name_or_an_outlet_do_not_replace_each_other(loader: Loader) -> None:
    def places(table: str) -> list[tuple[str | None, str | None]]:
        found = [f for f in _all(loader, table.encode(), "/t/a.csv") if isinstance(f, Loaded)]
        return [(f.document.source, f.document.publisher) for f in found]

    shared = "name,text\nReuters,One.\nReuters,Two.\nAP,Three.\n3,Four.\n,Five.\n"
    assert [source for source, _ in places(shared)] == [
        "/t/a.csv#2", "/t/a.csv#row 3", "/t/a.csv#AP", "/t/a.csv#3", "/t/a.csv#6",
    ]  # fmt: skip
    assert places("source,text\nReuters,One.\n https://example.org/x,Two.\n") == [
        ("/t/a.csv#2", "Reuters"), ("https://example.org/x", None),
    ]  # fmt: skip


def test_an_archive_gives_its_members_and_says_what_was_left_out(loader: Loader) -> None:
    data = zipped({
        "news/a.txt": "Quill spoke.", "news/b.html": HTML, "../out.txt": "Out.", ".hidden.txt": "h",
        "__MACOSX/a.txt": "m", "picture.png": b"p", "inner.zip": zipped({"x.txt": "x"}), "empty.txt": "",
    })  # fmt: skip
    found = _all(loader, data, "/d/all.zip")
    read = [f.document for f in found if isinstance(f, Loaded)]
    assert [d.source for d in read] == ["/d/all.zip/news/a.txt", "/d/all.zip/news/b.html"]
    faults = " ".join(str(f) for f in found if isinstance(f, DocumentError))
    assert "leads out of its archive" in faults
    assert "archive inside an archive" in faults
    assert "empty.txt is empty" in faults


def test_what_is_wrong_with_a_member_is_said_as_it_is(loader: Loader) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.txt", "Quill spoke. " * 50)
    whole = buffer.getvalue()
    start = len("a.txt") + 30 + 9  # behind the member's header and that of LZMA
    damaged = whole[:start] + b"\xff" * 20 + whole[start + 20 :]
    unknown = whole.replace(b"\x0e\0", b"\x61\0", 2)  # the number of another way to pack
    for data, fault in ((damaged, "is damaged"), (unknown, "packed in a way that cannot be read")):
        (found,) = _all(loader, data, "a.zip")
        assert fault in str(found)


def test_a_zip_bomb_stops_at_the_limit() -> None:
    bomb = zipped({f"{n}.txt": b"0" * 3_000_000 for n in range(5)})
    assert len(bomb) < 20_000
    with Loader(Limits(largest=1_000_000)) as loader:
        found = list(loader.read(bomb, "bomb.zip"))
    assert len(found) == 5
    assert all("unpacks to more than" in str(f) for f in found)
    many = zipped({f"{n}.txt": "x" for n in range(20)})
    with Loader(Limits(members=10)) as loader, pytest.raises(DocumentError, match="holds 20 files"):
        list(loader.read(many, "many.zip"))
    in_word = zipped({"word/document.xml": b" " * 30_000_000 + b"<a/>"})
    with Loader(replace(Limits(), memory=600_000_000)) as loader, pytest.raises(DocumentError):
        list(loader.read(in_word, "bomb.docx"))


def test_entities_in_xml_are_refused(loader: Loader) -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:p xmlns:w="w">&b;</w:p>'
    with pytest.raises(DocumentError, match="EntitiesForbidden"):
        _all(loader, zipped({"word/document.xml": laughs}), "a.docx")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.loaders.guard._START_S", 0.0)
    with (
        Loader(Limits(seconds=0.01)) as slow,
        pytest.raises(DocumentError, match=r"takes more than 0\.01 seconds"),
    ):
        list(slow.read(HTML.encode(), "page.html"))
    monkeypatch.undo()
    with Loader() as again:
        assert len(list(again.read(HTML.encode(), "page.html"))) == 1


def test_a_deeply_nested_page_is_one_clear_sentence(loader: Loader) -> None:
    nested = "<div>" * 200_000 + "deep" + "</div>" * 200_000
    with pytest.raises(DocumentError, match=r"No article can be found in deep\.html"):
        _all(loader, nested.encode(), "deep.html")
    assert _one(loader, HTML.encode(), "page.html"), "the reader goes on"


def test_a_pdf_that_refers_to_itself_ends(loader: Loader) -> None:
    loop = pdf(["Words."]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(DocumentError, match=r"loop\.pdf"):
        _all(loader, loop, "loop.pdf")


@pytest.mark.parametrize("suffix", [s for f in FORMATS if f.guarded for s in f.suffixes[:1]])
def test_what_is_not_its_format_is_one_clear_sentence(loader: Loader, suffix: str) -> None:
    for data in (b"", b"\0\1\2 not this \xff" * 50, b"PK\x03\x04" + b"x" * 80):
        with pytest.raises(DocumentError) as raised:
            _all(loader, data, f"bad{suffix}")
        assert f"bad{suffix}" in str(raised.value)
        assert "\n" not in str(raised.value)


def test_a_format_is_known_by_name_type_or_first_bytes() -> None:
    for suffix, data, media, name in (
        (".PDF", b"", "", "PDF"), ("", b"%PDF-1.7", "", "PDF"), ("", b" <!DOCTYPE html>", "", "web page"),
        ("", fixtures.docx(), "", "Word"), ("", fixtures.epub(), "", "EPUB"), ("", fixtures.odt(), "", "OpenDocument"),
        ("", zipped({"a.txt": "a"}), "", "ZIP archive"), (".php", b"x", "text/html", "web page"),
        (".md", b"x", "text/plain", "Markdown"), (".log", b"x", "", "plain text"), ("", fixtures.RTF, "", "RTF"),
    ):  # fmt: skip
        assert format_of(suffix, data, media).name == name


def test_ignore_files_are_heeded_in_their_folders(tmp_path: Path) -> None:
    for name in ("a.txt", "draft.txt", "sub/b.html", "sub/keep/draft.txt", "sub/old/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("draft.txt\n", encoding="utf-8")
    (tmp_path / "sub" / ".onrecordignore").write_text("old/\n!keep/draft.txt\n", encoding="utf-8")
    found = [f.relative_to(tmp_path).as_posix() for f in files_under(tmp_path)]
    assert found == ["a.txt", "sub/b.html"]


def test_a_line_that_is_no_pattern_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "draft.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("!\n\\\na\\\n[z-a]\ndraft.txt\n", encoding="utf-8")
    assert [f.name for f in files_under(tmp_path)] == ["a.txt"]


def test_a_folder_inside_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    listed = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(DocumentError, match=r"shut cannot be read \(Permission denied\)"):
        list(files_under(tmp_path))
    (tmp_path / ".onrecordignore").write_text("shut/\n", encoding="utf-8")
    assert [f.name for f in files_under(tmp_path)] == ["a.txt"]


def test_a_linked_folder_is_not_followed_and_what_is_no_file_not_read(
    tmp_path: Path, loader: Loader
) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [f.name for f in files_under(tmp_path)] == ["a.txt"]
    with pytest.raises(DocumentError, match="no ordinary file"):
        list(loader.load("/dev/null"))
