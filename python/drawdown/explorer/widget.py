"""Carries messages between a notebook and a session: a widget of anywidget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from importlib.util import find_spec
from typing import Any

from ..languages.speech import speaking
from .assets import for_notebooks, text_of
from .session import Session
from .voice import voice

_MISSING = (
    "the explorer in a notebook needs anywidget: `pip install anywidget`. "
    "`drawdown explore plan.toml` needs nothing, and shows it in a browser"
)


def check_installed() -> None:
    """Refuse to begin where anywidget is not there.

    Raises
    ------
    ImportError
        It says what to install.
    """
    if find_spec("anywidget") is None:
        raise ImportError(_MISSING)


def widget_of(session: Session) -> Any:
    """Make the widget of a session; everything it shows comes from this package.

    Raises
    ------
    ImportError
        If anywidget is not installed.
    """
    check_installed()
    import anywidget
    import traitlets

    with speaking(session.language):
        speech = traitlets.Dict(voice()).tag(sync=True)
    about = {"_esm": for_notebooks(), "_css": text_of("explore.css"), "voice": speech}
    widget = type("ExplorerWidget", (anywidget.AnyWidget,), about)()
    widget.on_msg(lambda _, message, __: _asked(session, message, widget.send))
    return widget


def _asked(session: Session, message: Any, send: Callable[[Any], object]) -> None:
    """Answer a message, without holding up the kernel while histories are run."""
    if not isinstance(message, dict) or "id" not in message:
        return
    try:
        loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
    except RuntimeError:
        loop = None

    def reply(future: Future[dict[str, Any]]) -> None:
        fault = future.exception()
        found = {"fault": str(fault)} if fault else future.result()
        told = {"id": message["id"], "answer": found}
        # Of the kernel's own thread, where there is one: not every notebook takes it from another.
        if loop is not None and loop.is_running():
            loop.call_soon_threadsafe(send, told)
        else:
            send(told)

    try:
        session.ask(message.get("message") or {}).add_done_callback(reply)
    except RuntimeError as closed:
        send({"id": message["id"], "answer": {"fault": str(closed)}})
