"""Who may call the server: the page that it serves itself, opened on this computer.

A browser lets any website send requests to 127.0.0.1, and Gradio acts on them: articles would be removed
or a language model elsewhere be set from a page that has nothing to do with this one. A site that lets its
own name point here would even read the answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this computer."""
REFUSED = "This page is for this computer only; open it at http://127.0.0.1 and the port that it was started with."


class OnlyFromHere:
    """Refuses what another website sends, and what is addressed to another name than this computer's."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] in ("http", "websocket") and not is_ours(Headers(scope=scope)):
            await PlainTextResponse(REFUSED, status_code=403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_ours(sent: Headers) -> bool:
    """Tell whether the headers of a request are of this page, or of nobody's in particular."""
    host, origin = sent.get("host", ""), sent.get("origin")
    if _name(host) not in HERE:
        return False
    return origin is None or origin.partition("://")[2] == host


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
