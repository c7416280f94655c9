"""Pages from the web: what is fetched, and what is not."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sample_files import HTML, pdf

from indexes.errors import DocumentError
from indexes.loaders import Limits, Loaded, Loader
from indexes.loaders.urls import fetch, is_public, is_url

HERE = Limits(private_hosts=True, seconds=60, largest=200_000)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, _ = self.path.partition("?")
        pages: dict[str, tuple[str, bytes]] = {
            "/article": ("text/html; charset=windows-1252", HTML.encode("cp1252")),
            "/a.txt": ("application/octet-stream", b"Quill spoke on Monday."),
            "/paper": ("application/pdf", pdf(["A line of words on a page."])),
            "/plain": ("text/plain; charset=utf-8", "The café closed.".encode()),
            "/picture": ("image/png", b"png"),
            "/huge": ("text/plain", b"x" * 300_000),
            "/bomb": ("text/plain", gzip.compress(b"x" * 50_000_000)),
        }
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header(
                "Location",
                {"file": "file:///etc/passwd", "loop": "/to/loop", "broken": "http://[bad"}.get(
                    path[4:], "/article"
                ),
            )
            self.end_headers()
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(400):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "500")
            self.end_headers()
            self.wfile.write(b"only this")
        elif path in pages:
            self.send_response(200)
            self.send_header("Content-Type", pages[path][0])
            if path == "/bomb":
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(pages[path][1])
        else:
            self.send_error(404)

    def log_message(self, *_: Any) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the other side has had enough
            super().handle()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_named_by_its_address_and_decoded_as_the_server_says(site: str) -> None:
    with Loader(HERE) as loader:
        (found,) = loader.load(f"{site}/to/article?x=1#part")
        assert isinstance(found, Loaded)
        assert found.document.name == found.document.source == f"{site}/to/article?x=1"
        assert "“We are acting in line with our laws,” she said." in found.document.text
        (paper,) = loader.load(f"{site}/paper")
        assert isinstance(paper, Loaded)
        assert paper.document.pages == (0,)
        (text,) = loader.load(f"{site}/a.txt")
        assert isinstance(text, Loaded)
        assert text.document.text == "Quill spoke on Monday."
        (plain,) = loader.load(f"{site}/plain")
        assert isinstance(plain, Loaded)
        assert plain.document.text == "The café closed."


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "answers 404"), ("/picture", "is image/png, which onrecord does not read"),
        ("/huge", "is too large"), ("/bomb", "is too large"), ("/to/loop", "redirects more than 5 times"),
        ("/to/file", "only addresses that start with http"), ("/to/broken", "cannot be fetched"),
        ("/short", "the connection broke off"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_one_sentence(site: str, path: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        fetch(site + path, HERE)


def test_a_page_that_drips_is_cut_off(site: str) -> None:
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"takes more than 0\.4 seconds"):
        fetch(f"{site}/drip", Limits(private_hosts=True, seconds=0.4))
    assert time.monotonic() - started < 10


def test_this_computer_and_its_network_are_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DocumentError, match="ONRECORD_PRIVATE_HOSTS=1"):
        fetch(f"{site}/article", Limits())
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(DocumentError, match="its own network"):
        fetch("https://looks-public.example/", Limits())
    assert asked == ["looks-public.example"], "a name is resolved once"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "::",  # noqa: S104
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address"],
)  # fmt: skip
def test_no_private_address_passes_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)
    assert is_public("1.1.1.1")
    assert is_public("2606:4700:4700::1111")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a.txt", "only addresses that start with http"), ("file:///etc/passwd", "only addresses"),
        ("http://user:secret@example.org/", "name and password"), ("http:///nothing", "names no host"),
        ("http://[::1", "is not a web address"), ("http://example.org:99999/", "is not a web address"),
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url: str, reason: str) -> None:
    assert is_url(url)
    with pytest.raises(DocumentError, match=reason):
        fetch(url, Limits())


def test_no_network_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(DocumentError, match="no such host, or no network"):
        fetch("https://example.org/", Limits())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.undo()
    with pytest.raises(DocumentError, match="Connection refused"):
        fetch(f"http://127.0.0.1:{port}/", HERE)
