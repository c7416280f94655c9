"""Files broken at random: a document whose places are true, or one sentence; never a crash or a hang.

The suite tries a few; ``ONRECORD_FUZZ=10000`` as many as one likes. Each input has a minute, as it has
where documents are read in earnest; one that takes longer fails the test.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sample_files
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_files import HTML, pdf, zipped

from indexes.documents import Document
from indexes.errors import DocumentError, FilterError
from indexes.filters import Condition
from indexes.loaders import Limits, Loader
from indexes.loaders.formats import format_of
from indexes.loaders.guard import _answer
from indexes.loaders.pdf import set_out
from indexes.loaders.text import decode
from indexes.passages import split

EXAMPLES = int(os.environ.get("ONRECORD_FUZZ", "300")) // 10
WHOLE = {
    ".html": HTML.encode(),
    ".pdf": pdf(["Quill met Tamm on Monday.", "It rained."], ["The second page."], title="Talks"),
    ".docx": sample_files.docx(),
    ".odt": sample_files.odt(),
    ".epub": sample_files.epub(),
    ".rtf": sample_files.RTF,
    ".eml": sample_files.EML,
    ".csv": b'id,text\n1,Quill spoke.\n2,"Tamm, too."\n',
    ".jsonl": b'{"text": "Quill spoke."}\n{"text": "Tamm did not."}\n',
}
breaks = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=6
)


@contextmanager
def _within_a_minute() -> Iterator[None]:
    """Interrupt what hangs, so that the input that did it is reported."""

    def stop(*_: object) -> None:
        raise TimeoutError("an input took longer than a minute")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _broken(data: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, put in cuts:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    return data


@pytest.mark.parametrize("suffix", sorted(WHOLE))
@settings(max_examples=EXAMPLES)
@given(cuts=breaks)
def test_a_broken_file_is_a_document_or_a_sentence(
    suffix: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    request = {"suffix": suffix, "source": f"/d/a{suffix}"}
    with _within_a_minute():
        answer = json.loads(json.dumps(_answer(request, _broken(WHOLE[suffix], cuts))))
    if "error" in answer:
        assert answer["error"].endswith(".")
        assert "\n" not in answer["error"]
        return
    for row in answer["documents"]:
        document = Document(**{**row, "pages": tuple(row["pages"])})
        assert document.text.strip()
        assert "\0" not in document.text
        assert list(document.pages) == sorted(document.pages)
        assert all(0 <= start <= len(document.text) for start in document.pages)
        for passage in split(document):
            for sentence in passage.sentences:
                assert sentence.span.of(document.text).strip()


@settings(max_examples=EXAMPLES)
@given(data=st.binary(max_size=2000), suffix=st.sampled_from([*WHOLE, ".txt", ".zip", "", ".xyz"]))
def test_any_bytes_have_a_format(data: bytes, suffix: str) -> None:
    assert format_of(suffix, data).name


@settings(max_examples=EXAMPLES)
@given(
    members=st.dictionaries(
        # zipfile ends a name at a NUL, and writes none that is empty.
        st.text(min_size=1, max_size=12).map(lambda name: f"{name.lstrip(chr(0))}.txt"),
        st.binary(max_size=40),
        max_size=4,
    ),
    cuts=breaks,
    whole=st.booleans(),
)
@example(  # leaves a member without a name
    members={"0.txt": b"\x00\x00\x00\x00\x01"},
    cuts=[(0.5, 2, bytes(8)), (0.5, 12, b""), (0.6875, 2, b"\x00\x01" + bytes(6))],
    whole=False,
)
def test_an_archive_never_does_more_than_yield(
    members: dict[str, bytes], cuts: list[tuple[float, int, bytes]], *, whole: bool
) -> None:
    try:
        data = zipped(dict(members))
    except UnicodeEncodeError:
        return
    with _within_a_minute(), Loader(Limits(largest=10_000)) as loader:
        try:
            for found in loader.read(data if whole else _broken(data, cuts), "/d/a.zip"):
                assert isinstance(found, DocumentError) or found.document.text
        except DocumentError as error:
            message = str(error)
        else:
            return
    assert "a.zip" in message


@settings(max_examples=EXAMPLES)
@given(
    data=st.binary(max_size=400)
    | st.text(max_size=200).map(lambda t: t.encode("utf-16", "surrogatepass"))
)
def test_any_bytes_are_text_or_a_sentence(data: bytes) -> None:
    try:
        with _within_a_minute():
            assert decode(data, "a.txt").strip("\ufeff \n\r\t\x0b\x0c") is not None
    except DocumentError as error:
        message = str(error)
    else:
        return
    assert "a.txt" in message


line = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=20
)


@settings(max_examples=EXAMPLES)
@given(pages=st.lists(st.lists(line, max_size=6), max_size=5))
def test_every_page_starts_where_its_first_line_does(pages: list[list[str]]) -> None:
    text, starts = set_out(pages)
    assert len(starts) == len(pages)
    assert starts == sorted(starts)
    for start, lines in zip(starts, pages, strict=True):
        if lines:
            first = lines[0] if not lines[0].endswith("-") else lines[0][:-1]
            assert text.startswith(first, start)
    kept = "".join(text.split()).replace("-", "")
    assert kept == "".join(lines for page in pages for lines in page).replace("-", "")


@settings(max_examples=EXAMPLES)
@given(
    text=st.text(max_size=60) | st.from_regex(r"(published|title|speaker)(>=|=|~)[\w' \-]{0,20}")
)
def test_any_condition_is_understood_or_refused(text: str) -> None:
    try:
        query, values = Condition.of(text).sql(lambda name: [name])
    except FilterError:
        return
    assert query.count("?") == len(values)
