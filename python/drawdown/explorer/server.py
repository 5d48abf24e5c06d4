"""The explorer's page: a server for the browser of this machine, and for nobody else."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import webbrowser
from collections import OrderedDict
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .. import _core
from .._internal.checks import whole
from ..languages.catalogue import ENGLISH
from ..languages.speech import language as language_of
from ..languages.speech import speaking
from ..scenario.scenario import Scenario
from .assets import index, text_of
from .controls import Vary
from .running import STAGES
from .screening import asked
from .session import Session
from .voice import voice
from .worker import Worker

HOST = "127.0.0.1"
# Names under which a browser of this machine may ask.
_NAMES = (HOST, "localhost")
# Files that are handed out beside the page, and what they are; there is no other way to one.
_JS, _CSS, _HTML = "text/javascript", "text/css", "text/html"
_FILES = {
    "icon.svg": "image/svg+xml",
    "explore.css": _CSS,
    "page.css": _CSS,
    "dom.js": _JS,
    "speaker.js": _JS,
    "chart.js": _JS,
    "pictures.js": _JS,
    "controls.js": _JS,
    "breaking.js": _JS,
    "explorer.js": _JS,
    "page.js": _JS,
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Tabs whose runs are kept; the one that was silent longest goes.
_TABS = 8
# An uploaded scenario, as JSON has a text, and what stands beside it.
_LONGEST = 2 * _core.LONGEST_TEXT + 100_000
# Seconds for which a connection may be silent.
_SILENT = 600


class Server:
    """Serves the page of a scenario on this machine until it is closed.

    Parameters
    ----------
    scenario : Scenario
        What is explored in every tab that is opened.
    vary : iterable of str, mapping, optional
        What can be moved, as `drawdown.explore` takes it.
    trials : int
        The most histories.
    seed : int, optional
        The seed of all runs; left out, one is drawn, the same in all tabs.
    threads : int, optional
        As `simulate` takes it.
    port : int
        The port; 0 takes one that is free.
    language : {"en", "fr", "ar"}
        The language of the page.

    Attributes
    ----------
    address : str
        What to open: it holds a token, without which nothing is answered.
    page : str
        What is opened there.

    Raises
    ------
    OSError
        If the port is taken.
    TypeError, ValueError
        If a number is out of range, or `vary` names what cannot be moved.
    """

    def __init__(
        self,
        scenario: Scenario,
        vary: Vary | None = None,
        *,
        trials: int = STAGES[-1],
        seed: int | None = None,
        threads: int | None = None,
        port: int = 0,
        language: str = ENGLISH.code,
    ) -> None:
        self._language = language_of(language).code
        whole("trials", trials, STAGES[0], 10**7)
        whole("port", port, 0, 65_535)
        if seed is not None:
            whole("seed", seed, 0, 2**64 - 1)
        if threads is not None:
            whole("threads", threads, 1, 4096)
        if vary is not None:
            asked(scenario, vary)
        self.token = secrets.token_urlsafe(32)
        self._scenario, self._vary = scenario, vary
        with speaking(self._language):
            self.page = index(voice())
        self._trials, self._threads = trials, threads
        self.seed = secrets.randbits(32) if seed is None else seed
        self._worker = Worker()
        self._tabs: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()
        self._http = _Http((HOST, port), _Handler)
        self._http.explorer = self
        self.port = self._http.server_address[1]

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def wait(self) -> None:
        """Wait until it is closed, or for Ctrl-C."""
        while self._thread.is_alive():
            self._thread.join(0.2)

    def close(self) -> None:
        """Stop, and free the port."""
        self._http.shutdown()
        self._http.server_close()
        self._worker.close()

    def __enter__(self) -> Server:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._thread.join()

    def tab(self, name: str) -> Session:
        """The session of a tab, begun at its first message."""
        with self._lock:
            if name not in self._tabs:
                about: Any = {"trials": self._trials, "seed": self.seed}
                about |= {"worker": self._worker, "threads": self._threads}
                about |= {"language": self._language}
                self._tabs[name] = Session(self._scenario, self._vary, **about)
            self._tabs.move_to_end(name)
            while len(self._tabs) > _TABS:
                self._tabs.popitem(last=False)[1].close()
            return self._tabs[name]


def serve(scenario: Scenario, *, opens: bool, **about: Any) -> None:
    """Serve the page of a scenario until Ctrl-C.

    Parameters
    ----------
    scenario : Scenario
        What is explored.
    opens : bool
        Whether a browser is opened; the address is printed anyhow.
    about
        The rest, as `Server` takes it.
    """
    try:
        with Server(scenario, **about) as server:
            print(f"{server.address}\nCtrl-C stops it", flush=True)
            if opens:
                webbrowser.open(server.address)
            server.wait()
    except KeyboardInterrupt:
        print()  # That is how it is meant to end.


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    explorer: Server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SILENT
    # Answers are small and awaited: none waits to be sent with the next.
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Http

    def do_GET(self) -> None:
        """Hand out a file of the page."""
        name = self._asked()
        if name is None:
            return
        if name and name not in _FILES:
            self._refuse(404)
            return
        kind = _FILES[name] if name else _HTML
        text = text_of(name) if name else self.server.explorer.page
        self._send(200, f"{kind}; charset=utf-8", text.encode("utf-8"))

    def do_POST(self) -> None:
        """Answer a message of a tab."""
        if (name := self._asked()) is None:
            return
        if name != "ask":
            self._refuse(404)
        elif self.headers.get("Origin") is None:
            self._refuse(403)
        elif self.headers.get("Content-Type") != "application/json":
            self._refuse(415)
        elif (found := self._message()) is not None:
            self._answer(found)

    def _answer(self, message: Mapping[str, Any]) -> None:
        tab = self.server.explorer.tab(str(message.get("tab"))[:64])
        inner = message.get("message")
        try:
            found = tab.ask(inner if isinstance(inner, dict) else {}).result()
        except Exception as fault:
            found = {"fault": f"{type(fault).__name__}: {fault}"}
        content = json.dumps(found, allow_nan=False, separators=(",", ":")).encode("utf-8")
        self._send(200, "application/json", content)

    def _message(self) -> Mapping[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._refuse(411)
            return None
        if int(length) > _LONGEST:
            self._refuse(413)
            return None
        try:
            found = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self._refuse(400)
            return None
        return found

    def _asked(self) -> str | None:
        """The name that is asked for, if whoever asks may."""
        server = self.server.explorer
        hosts = [f"{name}:{server.port}" for name in _NAMES]
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        fine = self.headers.get("Host") in hosts
        fine = fine and (origin is None or origin in [f"http://{host}" for host in hosts])
        if not fine or site not in ("same-origin", "none"):
            self._refuse(403)
            return None
        _, _, rest = self.path.partition("/")
        token, slash, name = rest.partition("?")[0].partition("/")
        told = token.encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(told, server.token.encode()) or not slash:
            self._refuse(404)
            return None
        return name

    def _refuse(self, status: int) -> None:
        # What may be left of a message that was not read is no next request.
        self.close_connection = True
        self._send(status, "text/plain; charset=utf-8", b"refused\n")

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.wfile.write(content)
            self.wfile.flush()
        except ConnectionError:
            # The tab has been closed, or has asked for something newer.
            self.close_connection = True

    def version_string(self) -> str:
        """Say no more of this machine than it has to."""
        return "drawdown"

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: addresses hold the token."""
