"""The tour of the README, walked on the bundled article.

With ``ONRECORD_SCREENSHOTS=1`` the pictures of the tour are taken anew, into ``docs/screenshots``
(``make screenshots``).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Open, command, environment, free_port, serving
from PIL import Image
from playwright.sync_api import Page, expect
from test_page import WHELAN, ask, is_in_view, marked

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

PICTURES = ROOT / "docs" / "screenshots"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def copied(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that holds the bundled article, and no conversation yet."""
    folder = tmp_path_factory.mktemp("tour") / "index"
    shutil.copytree(index, folder, ignore=shutil.ignore_patterns("conversations*"))
    return folder


@pytest.fixture(scope="module")
def fresh(copied: Path) -> Iterator[str]:
    """The address of ``onrecord chat`` on it."""
    port = free_port()
    with serving(command("chat", "--index", str(copied), "--port", str(port)), port) as (at, _):
        yield at


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like now, if that is asked for; always: that the README shows it."""
    assert f"docs/screenshots/{name}.png" in README
    page.wait_for_timeout(300)
    taken = page.screenshot()
    if os.environ.get("ONRECORD_SCREENSHOTS"):
        few = (
            Image.open(io.BytesIO(taken))
            .convert("RGB")
            .quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        )
        few.save(PICTURES / f"{name}.png", optimize=True)


def test_the_tour_of_the_readme(visit: Open, fresh: str, copied: Path, tmp_path: Path) -> None:
    page = visit(fresh, width=1120, height=700)
    expect(page.locator(".start h1")).to_be_visible()
    turn = ask(page, WHELAN)
    page.mouse.move(0, 0)
    picture(page, "ask")
    turn.locator(".cite").first.click()
    expect(page.locator(".source mark.on").first).to_be_visible()
    assert is_in_view(page)
    assert marked(page, 1) in (ROOT / "examples" / "lavrov-visit.md").read_text(encoding="utf-8")
    picture(page, "source")
    with page.expect_download() as download:
        turn.locator("[data-receipt]").click()
    receipt = tmp_path / "receipt.json"
    download.value.save_as(receipt)
    page.goto(fresh + "#statements?speaker=Lavrov")
    expect(page.locator(".stmt .who").first).to_contain_text("Lavrov")
    picture(page, "statements")
    told = subprocess.run(
        command("verify", str(receipt), "--index", str(copied)),
        env=environment(COLUMNS="110"),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    shown = re.search(r"verify \"[^\n]*\n(.*?)```", README, re.DOTALL)
    assert shown
    assert [line.strip() for line in shown[1].strip().splitlines()] == [
        line.strip() for line in told.strip().splitlines()
    ]


def test_the_tour_on_a_phone(visit: Open, fresh: str) -> None:
    page = visit(fresh, width=390, height=700)
    ask(page, WHELAN).locator(".cite").first.click()
    expect(page.locator(".source mark.on").first).to_be_visible()
    picture(page, "phone")


def test_the_pictures_are_few_and_small() -> None:
    kept = sorted(PICTURES.iterdir())
    assert [path.stem for path in kept] == ["ask", "phone", "source", "statements"]
    assert sum(path.stat().st_size for path in kept) < 200_000
