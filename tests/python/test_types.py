import importlib.util
import typing
from pathlib import Path
from typing import NotRequired

import pytest

import drawdown as dd
from drawdown.scenario import types as scenario_types

ROOT = Path(__file__).parents[2]


TOOLS = ["generate_types", "generate_reference", "generate_results", "generate_api"]


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_generated_follows_the_schema(tool):
    spec = importlib.util.spec_from_file_location(tool, ROOT / f"tools/{tool}.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    written = generate.TARGET.read_text(encoding="utf-8")
    assert generate.render() == written, f"stale; run: python tools/{tool}.py"


def test_the_types_name_the_keys_of_a_scenario(iraq):
    mapping = iraq.to_dict()
    assert mapping.keys() <= scenario_types.Scenario.__annotations__.keys()
    assert mapping["plan"].keys() <= scenario_types.Plan.__annotations__.keys()
    hints = typing.get_type_hints(scenario_types.Scenario, include_extras=True)
    optional = {key for key, hint in hints.items() if typing.get_origin(hint) is NotRequired}
    assert hints.keys() - optional == {"schema", "start", "world"}
    assert dd.Scenario.from_dict(mapping) == iraq
