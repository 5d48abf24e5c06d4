"""A kernel of Jupyter: that of the interpreter which runs the tests, without anybody's settings."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from nbclient import NotebookClient

Run = Callable[..., Any]


@pytest.fixture(scope="session", autouse=True)
def _as_a_user_has_it(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No backend from outside: the kernel chooses its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MPLBACKEND", raising=False)
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
            patch.setenv(name, os.fspath(tmp_path_factory.mktemp(name)))
        yield


@pytest.fixture
def notebook() -> Run:
    """Runs cells in a fresh kernel; gives the notebook as it is saved."""

    def run(*cells: str) -> Any:
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        NotebookClient(made, timeout=120, kernel_name="python3").execute()
        return made

    return run


class Kernel:
    """A kernel that lives on from cell to cell."""

    def __init__(self) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel()
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(
        self, code: str, told: Callable[[dict[str, Any]], object] = lambda message: None
    ) -> Any:
        """The reply to a cell; `told` is given each message on the way."""
        return self.client.execute_interactive(code, timeout=120, output_hook=told)["content"]

    def value(self, expression: str) -> str:
        """What an expression comes to, as it is printed."""
        self.client.execute("", silent=True, user_expressions={"asked": expression})
        reply = self.client.get_shell_msg(timeout=60)["content"]
        return str(reply["user_expressions"]["asked"]["data"]["text/plain"])

    def completions(self, code: str) -> set[str]:
        """What the tabulator key offers at the end of a line."""
        content = self.client.complete(code, len(code), reply=True, timeout=60)["content"]
        assert content["status"] == "ok"
        return {match.rpartition(".")[2] for match in content["matches"]}


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    yield kernel
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
