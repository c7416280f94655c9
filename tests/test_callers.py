"""Who may call the server of the page."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.callers import OnlyFromHere, is_ours


@pytest.mark.parametrize(
    ("sent", "ours"),
    [
        ({"host": "127.0.0.1:7860"}, True),  # an address typed, or a link followed
        ({"host": "localhost:7860", "origin": "http://localhost:7860"}, True),
        ({"host": "[::1]:7860", "origin": "http://[::1]:7860"}, True),
        ({"host": "127.0.0.1:7860", "origin": "https://evil.example"}, False),
        ({"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:8000"}, False),
        ({"host": "127.0.0.1:7860", "origin": "null"}, False),
        ({"host": "evil.example:7860", "origin": "http://evil.example:7860"}, False),
        ({"host": "127.0.0.1.evil.example"}, False),
        ({"host": "[::1"}, False),
        ({}, False),
    ],
)
def test_requests_of_this_page_are_told_from_others(sent: dict[str, str], ours: bool) -> None:
    assert is_ours(Headers(sent)) is ours


def test_what_another_site_sends_is_not_acted_on() -> None:
    acted: list[str] = []

    async def act(request: object) -> PlainTextResponse:
        acted.append("removed")
        return PlainTextResponse("done")

    app = Starlette(
        routes=[Route("/remove", act, methods=["POST"])], middleware=[Middleware(OnlyFromHere)]
    )
    client = TestClient(app, base_url="http://127.0.0.1:7860")
    refused = client.post("/remove", headers={"origin": "https://evil.example"})
    assert (refused.status_code, acted) == (403, [])
    assert "this computer only" in refused.text
    assert client.post("/remove", headers={"origin": "http://127.0.0.1:7860"}).text == "done"
