"""The explorer in a cell: it shows, answers what its front end asks, and does not hold the kernel."""

SETUP = "import drawdown as dd\nexplorer = dd.explore('minimal', trials=500, seed=7)\nexplorer"
# What a front end would send, and what it would be sent.
ASK = """
import asyncio
sent = []
explorer.widget.send = sent.append
from drawdown.explorer import widget
path = "plan.phases.leave.duration_ratio.lognormal.median"
move = {"ask": "move", "generation": 1, "trials": 500, "setting": {path: 1.4}}
widget._asked(explorer._session, {"id": "a-1", "message": move}, sent.append)
while not sent:
    await asyncio.sleep(0.05)
print(sent[0]["id"], sent[0]["answer"]["trials"], "than the baseline" in sent[0]["answer"]["verdict"])
print(explorer.setting == {path: 1.4}, explorer.scenario == dd.Scenario.example("minimal").replace({path: 1.4}))
"""


def test_it_shows_as_a_widget_and_answers(notebook):
    made = notebook(SETUP, ASK, "explorer.close()")
    (shown,) = [out for out in made.cells[0].outputs if out.output_type == "display_data"] or [
        out for out in made.cells[0].outputs if out.output_type == "execute_result"
    ]
    assert "application/vnd.jupyter.widget-view+json" in shown["data"]
    state = made.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    (model,) = [one["state"] for one in state.values() if "_esm" in one["state"]]
    assert "export default { render }" in model["_esm"]
    assert "import " not in model["_esm"].split("export default")[0].replace("// ", "")
    assert ".dd-explorer" in model["_css"]
    said = "".join(out["text"] for out in made.cells[1].outputs if out.output_type == "stream")
    assert said == "a-1 500 True\nTrue True\n"
