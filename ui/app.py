"""The page itself: a Gradio app of one component, whose frame is drawn once.

Questions go through Gradio's queue, so that the answer's steps stream to the page; everything else
(the library, a source, adding and removing) is a plain call that returns escaped HTML. The
conversations are kept on disk, so that a reload or a restart loses none.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

# Nothing leaves this computer: both are read when the libraries are imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime 1.29 and later call home otherwise

import gradio as gr
from starlette.middleware import Middleware

from indexes.errors import OnrecordError
from ui import theme
from ui.asking import Asked, answer_steps
from ui.callers import OnlyFromHere
from ui.conversations import FILE, Conversations
from ui.desk import Desk, Reply, answering
from ui.headers import Headers
from ui.language import DEFAULT, languages, speaking
from ui.render import fill
from ui.views import VIEWS, settings

if TYPE_CHECKING:
    from qa.assistant import Assistant

HOST = "127.0.0.1"
POLL_S = 0.02  # Gradio's queue looks for work every millisecond, which costs 6 % of a core for ever

_log = logging.getLogger(__name__)


SCRIPTS = ("language", "base", "source", *(view.name for view in VIEWS), "feedback", "begin")
"""The parts of the page's script, in the order in which they run; they share one scope."""


def frame_html() -> str:
    """Return what is drawn once, in the language that is spoken."""
    return fill("frame.html", views=VIEWS)


def script() -> str:
    """Return the page's behaviour, which Gradio runs when the frame has been drawn.

    It begins with the words of all languages, and with the frames of all but the first: that one
    is drawn already, and is put out of the way before anybody sees it.
    """
    texts, frames = {}, {}
    for code, language in languages().items():
        texts[code] = language.texts
        if code != DEFAULT:
            with speaking(code):
                frames[code] = frame_html()
    home = files("ui").joinpath("script")
    return "\n".join(
        (
            f"const TEXTS = {json.dumps(texts)}, FRAMES = {json.dumps(frames)};",
            *(home.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
        )
    )


def build(assistant: Assistant) -> gr.Blocks:
    """Return the page of an assistant.

    Args:
        assistant: answers the questions and holds the library.
    """
    conversations = Conversations(assistant.index.folder / FILE)
    settings.apply(assistant, conversations)
    desk = Desk(assistant, Path(gr.utils.get_upload_folder()), conversations)
    desk.runner.kept.sweep()
    page: gr.Blocks
    with gr.Blocks(analytics_enabled=False, title="onrecord", fill_width=True) as page:
        frame = gr.HTML(
            html_template=frame_html(),
            js_on_load=script(),
            server_functions=[
                answering(desk, name, work) for view in VIEWS for name, work in view.replies.items()
            ],
            apply_default_css=False,
            elem_id="onrecord",
        )

        async def ask(event: gr.EventData) -> AsyncIterator[Reply]:
            async for step in answer_steps(desk, Asked.model_validate(event._data)):
                yield step

        frame.ask(
            ask,
            outputs=frame,
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=4,
            api_visibility="private",
        )
    return page


def serve(assistant: Assistant, *, port: int, open_browser: bool = False) -> None:
    """Serve the page on this computer only, until interrupted.

    Args:
        assistant: answers the questions and holds the library.
        port: where, on 127.0.0.1.
        open_browser: whether to open it in the default browser.

    Raises:
        OnrecordError: if the port is taken.
    """
    page = build(assistant)
    _reach_without_proxy()
    try:
        page.launch(
            server_name=HOST,
            server_port=port,
            inbrowser=open_browser,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=theme.theme(),
            head=theme.head(),
            app_kwargs={
                "middleware": [Middleware(OnlyFromHere), Middleware(Headers, added=theme.CHOSEN)]
            },
        )
    except OSError as error:
        raise OnrecordError(f"Port {port} is taken; choose another one with --port.") from error
    page._queue.sleep_when_free = POLL_S
    sys.stdout.write(f"onrecord is open at http://{HOST}:{port} (Ctrl+C stops it)\n")
    sys.stdout.flush()
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
    try:
        while page.is_running:
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        page.close(verbose=False)


def _reach_without_proxy() -> None:
    """Keep what Gradio asks of its own address from a proxy that the environment names."""
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(
        filter(None, (named, HOST, "localhost"))
    )


def _warm_up(assistant: Assistant) -> None:
    """Load the models while the page is being drawn; a failure is told when a question is asked."""
    try:
        assistant.warm_up()
    except Exception:
        _log.debug("Warming up failed", exc_info=True)
