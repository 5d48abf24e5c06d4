"""A long run in a cell: what is seen of it, and how it is stopped."""

import pytest

LONG = "run = dd.simulate('iraq-2024', trials=300, seed=1, keep='summary', threads=1)"
# From the first trial on, however fast the machine is.
SETUP = "import drawdown as dd\nfrom drawdown._internal import progress\nprogress._PATIENCE = 0"


@pytest.mark.parametrize("widgets", ["with widgets", "without widgets"])
def test_a_saved_notebook_shows_the_end_of_a_run(notebook, widgets):
    hidden = (
        "import sys\nsys.modules['ipywidgets'] = None\n" if widgets.startswith("without") else ""
    )
    cell = notebook(hidden + SETUP, LONG).cells[1]
    (output,) = cell.outputs
    assert output.output_type == "display_data"
    assert list(output.data) == ["text/plain"], "no widget, which is nothing without its state"
    assert output.data["text/plain"].startswith("100%|")
    assert "300/300" in output.data["text/plain"]
    assert len(output.data["text/plain"].splitlines()) == 1


def test_several_runs_have_one_line_and_a_short_one_has_none(notebook):
    runs = "plans = dd.compare({'a': 'minimal', 'b': 'minimal'}, trials=50, seed=1)"
    made = notebook(SETUP, runs, "run = dd.simulate('minimal', trials=50, progress=False)")
    (output,) = made.cells[1].outputs
    assert "150/150" in output.data["text/plain"], "staying too"
    assert not made.cells[2].outputs


def test_a_run_is_stopped_and_the_kernel_lives_on(kernel):
    assert kernel.run(SETUP)["status"] == "ok"
    stopping = "simulate('iraq-2024', trials=10**8, seed=1, keep='summary')"
    stopped = []

    def stop(message):
        if message["msg_type"] == "display_data" and not stopped:
            stopped.append(message["content"]["data"]["text/plain"])
            kernel.manager.interrupt_kernel()

    reply = kernel.run(f"run = dd.{stopping}", stop)
    assert stopped, "it was under way"
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    caught = f"try:\n    dd.{stopping}\nexcept dd.Interrupted as stop:\n    partial = stop.partial"
    stopped.clear()
    assert kernel.run(caught, stop)["status"] == "ok"
    assert int(kernel.value("partial.trials")) > 0
    assert kernel.value("len(partial.summary()) > 0") == "True"
    assert kernel.run("again = dd.simulate('minimal', trials=50, seed=1)")["status"] == "ok"
    assert kernel.value("again.trials") == "50"
