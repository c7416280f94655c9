"""Thirty documents dropped at once: each says how far it is, and one that fails stops no other."""

from __future__ import annotations

import pytest
from conftest import Open, Serve
from playwright.sync_api import expect

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

DROP = """() => { const carried = new DataTransfer();
for (let n = 1; n <= 30; n++) carried.items.add(new File(
  [`Report ${n}\\n\\nSomebody said that it rained on day ${n}.`], n === 7 ? 'bad.txt' : `report-${n}.txt`));
const drop = new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
document.querySelector('.frame').dispatchEvent(drop) }"""


def test_thirty_documents_dropped_at_once_arrive_each_for_itself(visit: Open, fake: Serve) -> None:
    with fake("--empty") as (address, _):
        page = visit(address + "#library")
        page.evaluate(DROP)
        arrivals = page.locator(".arrivals li")
        expect(arrivals).to_have_count(30)
        expect(page.locator(".arrivals .outcome", has_text="Waiting").first).to_be_visible()
        expect(page.locator(".batch")).to_contain_text("of 30")
        expect(page.locator(".arrivals .outcome.added")).to_have_count(29, timeout=120_000)
        expect(arrivals.nth(6).locator(".outcome.failed")).to_contain_text("bad.txt is not text")
        expect(arrivals.nth(7).locator(".outcome.added")).to_be_visible()
        expect(page.locator(".batch")).to_have_text("29 of 30 added, 1 failed")
        expect(page.locator(".records tbody tr")).to_have_count(29)
        expect(page.locator(".nav a[data-to=library] .count")).to_have_text("29")
        page.get_by_role("link", name="Chat").click()
        offered = page.locator(".among li:visible")
        expect(offered).to_have_count(6)
        page.get_by_label("Search articles").locator("visible=true").fill("report 29")
        expect(offered).to_have_count(1)
        offered.get_by_role("checkbox").check()
        page.get_by_label("Search articles").locator("visible=true").fill("")
        expect(offered).to_have_count(7)
        page.get_by_role("button", name="All 29 articles").locator("visible=true").last.click()
        expect(offered).to_have_count(29)
