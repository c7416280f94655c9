"""Shared fixtures: one encoder for the whole run, articles of invented people, small indexes."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from qa import Assistant

# Speed is measured in benchmarks/, never in a test.
hypothesis.settings.register_profile("onrecord", deadline=None)
hypothesis.settings.load_profile("onrecord")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

ARTICLE = """Harbour talks end in dispute

Foreign Minister Ada Quill met Trade Secretary Boris Tamm in Port Ellen on Monday, a day after the ferry strike ended.

Quill said that an inquiry into the sinking of the Marigold finished in March and that the case was before the courts. \
She suggested that fears for the crew were exaggerated.

“We are acting in line with our laws and with the rules of the sea,” she said.

Tamm said he had raised the Marigold with her. “I was plain about it. It cannot happen again,” he told reporters.

The two clashed over fishing quotas: Tamm declared that 14 trawlers had broken the limits, and Quill denied it.

Quill also expressed an interest in renewing the Northern Grain Pact, but said her country had not received a proposal.

The Harbour Office said 340 passengers were stranded during the strike.
"""
OTHER = """Orchard prize goes to Lindow

The jury gave the Orchard Prize to the poet Mira Lindow on Friday. Lindow said she would give the money to a school.

The prize, founded in 1971, is worth 20,000 crowns. Nobody from the Harbour Office attended the ceremony.
"""


@pytest.fixture(scope="session", autouse=True)
def _models(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Export the encoder before any test is timed by Hypothesis."""
    from indexes.model_files import default_model_files

    default_model_files()


@pytest.fixture(scope="session")
def run_async() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine in a thread of its own: the browser's library keeps a loop in the main one."""

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "prize.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def assistant(tmp_path: Path, articles: Path) -> Iterator[Assistant]:
    """An assistant with both articles on record."""
    opened = Assistant.open(tmp_path / "index")
    opened.add(articles)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The same, made once, for tests that only read."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "prize.txt").write_text(OTHER, encoding="utf-8")
    opened = Assistant.open(folder / "index")
    opened.add(folder / "harbour.txt", folder / "prize.txt")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    if os.environ.get("ONRECORD_NO_BROWSER") == "1":
        pytest.skip("ONRECORD_NO_BROWSER=1: the page is not tested in a browser")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail(
            "Chromium is missing, so the page cannot be tested: install it (apt-get install "
            "chromium), or set ONRECORD_NO_BROWSER=1 to leave the page untested."
        )
    browser = _playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield browser
    browser.close()
