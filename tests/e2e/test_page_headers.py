"""What the server lets the browser do: over HTTP, and in Chromium.

That no policy is broken in normal use, the fixture ``visit`` checks after every test of the page.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def headers(address: str) -> Message:
    """The headers of a response, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.headers
    except urllib.error.HTTPError as error:
        return error.headers


def directives(policy: str) -> dict[str, list[str]]:
    """A policy as its directives, each with its sources."""
    return {name: sources for name, *sources in map(str.split, policy.split(";"))}


def test_the_page_may_load_its_own_things_only_and_run_only_the_scripts_it_names(
    scripted: str,
) -> None:
    policy = directives(headers(scripted)["content-security-policy"])
    assert policy["default-src"] == policy["frame-ancestors"] == ["'none'"]
    script, *named = policy["script-src"][0], *policy["script-src"][2:]
    assert (script, policy["script-src"][1]) == ("'self'", "'unsafe-eval'")
    assert named
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in named)
    assert "'unsafe-inline'" in policy["style-src"]  # Gradio's components write styles
    del policy["script-src"], policy["style-src"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed <= {"'self'", "'none'"}, "no other host, no other scheme"


@pytest.mark.parametrize(
    "path", ["", "config", "theme.css", "gradio_api/file=pyproject.toml", "nothing/here"]
)
def test_every_response_has_the_headers(scripted: str, path: str) -> None:
    found = headers(scripted + path)
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in found["content-security-policy"]
    if path:
        assert "sandbox" in found["content-security-policy"]
        assert "default-src 'none'" in found["content-security-policy"]


@pytest.fixture
def browsed(chromium: Browser) -> Iterator[Page]:
    """A page of the browser's, on which a policy may be broken."""
    page = chromium.new_page()
    yield page
    page.close()


def test_a_script_that_is_smuggled_in_does_not_run(browsed: Page, scripted: str) -> None:
    browsed.goto(scripted)
    stopped = browsed.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
            const smuggled = document.createElement("script");
            smuggled.textContent = "window.hacked = 1"; document.head.append(smuggled);
            setTimeout(() => done("nothing"), 2000) })"""
    )
    assert stopped == "script-src-elem"
    assert browsed.evaluate("window.hacked") is None


def test_the_page_cannot_be_framed(browsed: Page, scripted: str) -> None:
    browsed.set_content(f"<iframe src='{scripted}'></iframe>")
    browsed.wait_for_timeout(1500)
    assert all(frame.locator("#onrecord").count() == 0 for frame in browsed.frames)
    assert browsed.frames[-1].url.startswith("chrome-error:")


@pytest.mark.parametrize(
    "sent",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example", "Origin": "http://evil.example"}],
)
def test_another_site_is_refused_by_the_page_as_it_is_served(
    scripted: str, sent: dict[str, str]
) -> None:
    request = urllib.request.Request(f"{scripted}config", headers=sent)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    refused.value.close()
    assert refused.value.code == 403
