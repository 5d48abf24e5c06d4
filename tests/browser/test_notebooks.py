"""The explorer in the front ends of notebooks: JupyterLab and marimo, where they are installed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 180
# Elements that match, those in shadow trees of marimo included.
DEEP = """
const found = [], look = root => {
  found.push(...root.querySelectorAll(arguments[0]));
  for (const one of root.querySelectorAll('*')) if (one.shadowRoot) look(one.shadowRoot);
};
look(document);
return found;
"""
# To one end, or from there to the other.
MOVED = """
const [slide] = arguments;
slide.value = slide.value === slide.max ? slide.min : slide.max;
for (const kind of ['input', 'change']) slide.dispatchEvent(new Event(kind, {bubbles: true}));
"""
CELL = """import os
import drawdown as dd
with open("pid", "w") as file:
    file.write(str(os.getpid()))
vary = ["plan.phases.leave.duration_ratio.lognormal.median"]
explorer = dd.explore("minimal", vary, trials=500, seed=7)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started(*command: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: os.fspath(folder / name.lower()) for name in (*names, "XDG_CONFIG_HOME", "HOME")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def waited(browser: Chrome, found: Callable[[Chrome], Any]) -> Any:
    return WebDriverWait(browser, PATIENCE, ignored_exceptions=[Exception]).until(found)


def deep(browser: Chrome, selector: str) -> list[WebElement]:
    found: list[WebElement] = browser.execute_script(DEEP, selector)
    return found


def text(browser: Chrome, selector: str) -> str:
    return " ".join(one.text for one in deep(browser, selector))


def opened(browser: Chrome, address: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 1280, "height": 1000, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get_log("performance")
    for _ in range(PATIENCE):
        try:
            browser.get(address)
            return
        except Exception:
            time.sleep(1)


def used(browser: Chrome, port: int, kept: str) -> None:
    """Move a slider by keyboard, and see the pictures follow; nothing was asked elsewhere."""
    waited(browser, lambda _: "%" in text(browser, ".dd-explorer .verdict"))
    slide = waited(browser, lambda _: deep(browser, ".dd-explorer .group[open] input[type=range]"))[
        0
    ]
    before = text(browser, ".verdict")
    line = deep(browser, "[data-panel=schedule] polyline.main")[0].get_attribute("points")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", slide)
    slide.send_keys(*[Keys.PAGE_DOWN] * 2)
    waited(browser, lambda _: text(browser, ".verdict") != before)
    assert "the baseline" in text(browser, ".verdict")
    after = deep(browser, "[data-panel=schedule] polyline.main")[0].get_attribute("points")
    assert after != line
    if folder := os.environ.get("DRAWDOWN_PICTURES"):
        browser.save_screenshot(os.fspath(Path(folder) / f"{kept}.png"))
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    here = (f"http://127.0.0.1:{port}/", "data:", "blob:", "about:", "chrome:")
    assert asked
    assert [url for url in asked if not url.startswith(here)] == []


def silent(browser: Chrome) -> None:
    """Once nobody is there to answer, a move is followed by words that say so, in its place."""

    def said(_: Chrome) -> bool:
        # By no key: JupyterLab asks at that moment what is to become of its kernel. It may show the
        # output anew while it notices, and a move before that is one of a slider that has gone.
        for slide in deep(browser, ".dd-explorer .group[open] input[type=range]"):
            browser.execute_script(MOVED, slide)
        time.sleep(3)
        return bool(text(browser, ".dd-explorer .said .problems").strip())

    waited(browser, said)
    assert "answer" in text(browser, ".dd-explorer .said .problems")


def test_in_jupyterlab(browser: Chrome, tmp_path: Path) -> None:
    pytest.importorskip("jupyterlab")
    cell = nbformat.v4.new_code_cell(f"{CELL}explorer")
    # Without a kernel that it names, JupyterLab asks for one.
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(made, tmp_path / "explore.ipynb")
    port = free_port()
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.root_dir": tmp_path,
        "IdentityProvider.token": "",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.expose_app_in_browser": True,
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    with started("jupyterlab", *given, folder=tmp_path):
        opened(browser, f"http://127.0.0.1:{port}/lab/tree/explore.ipynb")
        waited(browser, lambda _: deep(browser, ".jp-Notebook .jp-CodeCell"))
        waited(browser, lambda _: has_run(browser, tmp_path))
        used(browser, port, "jupyterlab")
        assert browser.execute_script("return document.querySelectorAll('.jp-Cell').length") == 1
        # Of one that is killed JupyterLab begins another at once, and may draw the output anew, which
        # then belongs to nobody: one that is stopped stays, and answers as little.
        kernel_process = int((tmp_path / "pid").read_text())
        os.kill(kernel_process, signal.SIGSTOP)
        try:
            silent(browser)
            if folder := os.environ.get("DRAWDOWN_PICTURES"):
                browser.save_screenshot(os.fspath(Path(folder) / "jupyterlab-silent.png"))
        finally:
            os.kill(kernel_process, signal.SIGKILL)


# The kernel of the notebook in front, once it is there to run a cell. A cell that is run before may be
# lost: JupyterLab asks for a kernel, begins another, and ends the one that has begun the cell.
READY = """
const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
"""


def has_run(browser: Chrome, folder: Path) -> bool:
    """Whether the cell has run in a kernel that is there: it is begun until it has."""
    for button in deep(browser, ".jp-Dialog .jp-mod-accept"):
        button.click()
    pid = folder / "pid"
    if pid.exists() and is_there(int(pid.read_text())):
        return not deep(browser, ".jp-Dialog")
    if browser.execute_script(READY):
        browser.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        time.sleep(5)
    time.sleep(1)
    return False


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


APP = """import marimo

app = marimo.App()


@app.cell
def _():
{cell}
    explorer
    return


if __name__ == "__main__":
    app.run()
"""


def test_in_marimo(browser: Chrome, tmp_path: Path) -> None:
    pytest.importorskip("marimo")
    cell = "".join(f"    {line}\n" for line in CELL.splitlines())
    (tmp_path / "explore.py").write_text(APP.format(cell=cell.rstrip("\n")))
    port = free_port()
    given = ("--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port))
    with started("marimo", "run", "explore.py", *given, folder=tmp_path) as server:
        opened(browser, f"http://127.0.0.1:{port}/")
        used(browser, port, "marimo")
        server.kill()
        silent(browser)
