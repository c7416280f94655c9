"""From the click on a citation to the highlighted source, in Chromium: ``python -m benchmarks.page FOLDER``.

usage: python -m benchmarks.page FOLDER [--questions FILE.jsonl] [--count 30] [--width 1280]

FOLDER holds the articles; the questions default to ``questions.jsonl`` beside it. The page is that of
``onrecord chat``, on this computer. A click counts until the quotation is marked and in view, and the
browser has drawn it: two frames later. Beside it stands what any page would need, the click on an
empty button and two frames.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from benchmarks.peers import percentile

_CLICK = """(chip) => new Promise((done, failed) => {
  const started = performance.now()
  const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)))
  if (!chip) return frames()
  const shown = () => {
    const box = document.querySelector('.source .page')?.getBoundingClientRect()
    const marks = [...document.querySelectorAll('.source mark.on')]
    if (box && marks.length && marks.every(mark => {
      const at = mark.getBoundingClientRect()
      return at.height && at.bottom > box.top && at.top < Math.min(box.bottom, innerHeight)
    })) return frames()
    if (performance.now() - started > 10000) return failed(new Error('no source was shown'))
    requestAnimationFrame(shown)
  }
  chip.click()
  shown()
})"""


def clicks(page: Page, address: str, questions: list[str]) -> Iterator[tuple[float, float]]:
    """Ask, click on each answer's first citation with the source closed: its milliseconds, and an empty click's."""
    page.goto(address)
    for question in questions:
        before = page.locator(".turn").count()
        page.get_by_role("textbox", name="Question").fill(question)
        page.keyboard.press("Enter")
        turn = page.locator(".turn").nth(before)
        turn.locator(".under").wait_for(timeout=60_000)
        chip = turn.locator(".said [data-citation='1']")
        if not chip.count():
            continue
        empty = float(page.evaluate(_CLICK, None))
        yield float(page.evaluate(_CLICK, chip.first.element_handle())), empty
        page.keyboard.press("Escape")
        page.locator(".source").wait_for(state="hidden")


@contextmanager
def served(articles: Path) -> Iterator[str]:
    """The page on an index of the articles, as long as it is needed: its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    onrecord = str(Path(sys.executable).with_name("onrecord"))
    with tempfile.TemporaryDirectory(prefix="onrecord-page-") as index:
        subprocess.run(
            [onrecord, "add", str(articles), "--index", index],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        server = subprocess.Popen(
            [onrecord, "chat", "--index", index, "--port", str(port)], stdout=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The page's server did not answer within a minute.")


def main() -> None:
    """Measure, and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--width", type=int, default=1280)
    given = parser.parse_args()
    lines = (given.questions or given.articles.parent / "questions.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in lines.splitlines() if line.strip()]
    asked = [r["question"] for r in rows if r.get("answerable", True) and not r.get("history")]
    asked = random.Random(0).sample(asked, min(given.count, len(asked)))
    with served(given.articles) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": given.width, "height": 860}, locale="en-GB")
        found = list(clicks(page, address, asked))
        browser.close()
    whole, empty = ([pair[i] for pair in found] for i in (0, 1))
    print(
        f"{len(found)} clicks: p50 {percentile(whole, 50):.0f} ms, p95 {percentile(whole, 95):.0f} ms; "
        f"an empty click and two frames: p50 {percentile(empty, 50):.0f} ms; "
        f"ratio {percentile(whole, 50) / percentile(empty, 50):.1f}"
    )


if __name__ == "__main__":
    main()
