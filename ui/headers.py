"""What the server tells the browser to allow: nothing but this page's own.

The page's policy has two exceptions that Gradio 6 needs: ``'unsafe-eval'``, because it compiles
the template of a ``gr.HTML`` and the script that belongs to it in the browser, and inline styles,
because its components write them. Scripts in the document are named by their SHA-256, so that one
that is smuggled in does not run. Everything else that is served is data, and may do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "connect-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""The policy of the page; its inline scripts are added to ``script-src``."""
DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of all else: scripts, styles, uploads and answers, should one be opened by itself."""
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
}
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def policy(page: bytes, *added: str) -> str:
    """Return the page's policy, with the SHA-256 of each script in it.

    Args:
        page: the document, as it is sent.
        added: scripts that Gradio puts into it in the browser.
    """
    scripts = (*_INLINE.findall(page), *(script.encode() for script in added))
    known = dict.fromkeys(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in scripts
    )
    directives = {**PAGE, "script-src": " ".join((PAGE["script-src"], *known))}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


class Headers:
    """Puts the headers on every response; the page itself is read for the scripts in it."""

    def __init__(self, app: ASGIApp, *, added: str) -> None:
        """Wrap an application; ``added`` is the script that Gradio adds to its page."""
        self._app = app
        self._added = added

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                headers["content-security-policy"] = DATA
                if scope["path"] == "/" and "text/html" in headers.get("content-type", ""):
                    held.append(message)
                    return
            if not held:
                await send(message)
                return
            held.append(message)
            if not message.get("more_body"):
                page = b"".join(part.get("body", b"") for part in held[1:])
                MutableHeaders(scope=held[0])["content-security-policy"] = policy(page, self._added)
                for part in held:
                    await send(part)
                held.clear()

        await self._app(scope, receive, answer)
