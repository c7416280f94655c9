"""Servers and browsers for the tests of the page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "lavrov-visit.md"
FAKE = Path(__file__).with_name("fake.py")

Open = Callable[..., Page]
Serve = Callable[..., AbstractContextManager[tuple[str, "subprocess.Popen[bytes]"]]]


def command(*arguments: str) -> list[str]:
    """The command line ``onrecord`` of this environment."""
    script = Path(sys.executable).with_name("onrecord")
    return [*([str(script)] if script.exists() else [sys.executable, "-m", "qa.cli"]), *arguments]


def environment(**more: str) -> dict[str, str]:
    """The environment of a server: the working tree first, and no road to any proxy."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, **more}


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(line: list[str], port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        line, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        for _ in range(600):
            if process.poll() is not None:
                said = process.stdout.read().decode() if process.stdout else ""
                pytest.fail(f"The page's server stopped: {said[-2000:]}")
            try:
                urllib.request.urlopen(address, timeout=1).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            pytest.fail("The page's server did not answer within a minute.")
        yield address, process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that holds the bundled article."""
    folder = tmp_path_factory.mktemp("index")
    done = subprocess.run(
        command("add", str(ARTICLE), "--index", str(folder)),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"The bundled article could not be added: {done.stderr.decode()[-2000:]}")
    return folder


@pytest.fixture(scope="session")
def real(index: Path) -> Iterator[str]:
    """The address of ``onrecord chat`` on the bundled article."""
    port = free_port()
    with serving(command("chat", "--index", str(index), "--port", str(port)), port) as (
        address,
        _,
    ):
        yield address


@pytest.fixture(scope="session")
def fake() -> Serve:
    """Starts the page on scripted answers; give it ``--empty`` or ``--nasty``."""

    @contextmanager
    def start(*flags: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
        port = free_port()
        with serving([sys.executable, str(FAKE), str(port), *flags], port) as served:
            yield served

    return start


@pytest.fixture(scope="session")
def scripted(fake: Serve) -> Iterator[str]:
    """The address of the page on scripted answers."""
    with fake("--nasty") as (address, _):
        yield address


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Opens a page; fails afterwards if it asked any other host, broke its policy, or failed."""
    foreign: list[str] = []
    errors: list[str] = []
    broken: list[str] = []
    contexts = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    def opened(
        address: str,
        width: int = 1280,
        height: int = 860,
        scheme: str = "light",
        *,
        locale: str = "en-GB",
        scale: float = 1,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme="dark" if scheme == "dark" else "light",
            locale=locale,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", listen)
        page.goto(address)
        page.wait_for_function("document.querySelector('#onrecord .records')?.children.length")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert foreign == [], "the page asked other hosts"
    assert errors == [], "a script of the page failed"
    assert broken == [], "the page did what its policy forbids"
