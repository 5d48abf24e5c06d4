"""What a release is made of: one version, its files, its licences, and links that lead somewhere."""

import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

import drawdown as dd

ROOT = Path(__file__).parents[2]


def tool(name):
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
        return found
    finally:
        sys.path.remove(str(ROOT / "tools"))


def cargo():
    return tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]


def test_there_is_one_version():
    version = cargo()["version"]
    assert dd.__version__ == version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" not in project
    assert "version" in project["dynamic"]
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"^version: (\S+)$", cited, re.MULTILINE) == [version]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest[1] == version


def test_links_of_a_page_lead_to_the_repository_where_there_is_one():
    linked = tool("dist").linked
    page = "![people](docs/img/a.png) [a](docs/a.md) [b](#b) [c](https://c.example)"
    assert linked(page, "") == page
    assert linked(page, "https://d.example/e/") == (
        "![people](https://d.example/e/raw/HEAD/docs/img/a.png) "
        "[a](https://d.example/e/blob/HEAD/docs/a.md) [b](#b) [c](https://c.example)"
    )


def test_the_first_page_of_the_crate_is_a_program():
    program = tool("dist").program_of((ROOT / "src/lib.rs").read_text("utf-8"))
    assert program.startswith("fn main() -> Result<(), drawdown::Error> {\n    use drawdown::")
    assert 'Scenario::example("iraq-2024")?;' in program
    assert program.endswith("    Ok(())\n}\n")
    assert "Ok::<" not in program


def test_what_is_shipped_by_mistake_is_noticed(tmp_path):
    dist = tool("dist")
    dist.refuse_strays(tmp_path, ["drawdown-1/src/lib.rs", "drawdown-1/docs/tests.md"])
    with pytest.raises(SystemExit, match=r"ships drawdown-1/tests/it\.rs"):
        dist.refuse_strays(tmp_path, ["drawdown-1/tests/it.rs"])


def test_the_crate_ships_what_its_readme_shows():
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)", (ROOT / "README.md").read_text("utf-8"))
    assert pictures
    for picture in pictures:
        assert f"/{picture}" in cargo()["include"]


@pytest.mark.parametrize(
    ("expression", "licence"),
    [
        ("MIT OR Apache-2.0", "MIT"),
        ("Apache-2.0/MIT", "MIT"),
        ("Apache-2.0", "Apache-2.0"),
        ("Apache-2.0 WITH LLVM-exception OR MIT", "MIT"),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", "MIT AND Unicode-3.0"),
    ],
)
def test_a_crate_is_taken_under_a_licence_that_it_offers(expression, licence):
    chosen = tool("licences").chosen(expression)
    assert chosen == licence
    with pytest.raises(SystemExit, match="no licence of GPL-3"):
        tool("licences").chosen("GPL-3.0")


def test_what_is_linked_in_has_its_licence():
    licences = tool("licences")
    crates = licences.linked(licences.metadata())
    names = {crate["name"] for crate in crates}
    assert {"serde_json", "rand", "pyo3", "numpy"} <= names
    # Macros, what builds and what tests is not in the wheel.
    assert names.isdisjoint({"serde_derive", "syn", "pyo3-build-config", "rand_distr", "drawdown"})
    text = licences.text(crates)
    for crate in crates:
        assert f"{crate['name']} {crate['version']} (" in text
    assert text.count("Permission is hereby granted, free of charge") > 20
    assert "Redistributions in binary form must reproduce" in text


def test_the_bill_of_materials_names_what_is_linked_in_and_asked_for():
    bill = json.loads(tool("sbom").text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["version"] == cargo()["version"]
    parts = {one["purl"]: one for one in bill["components"]}
    assert len(parts) == len(bill["components"])
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text("utf-8"))["package"]
    (serde,) = (one for one in locked if one["name"] == "serde_json")
    found = parts[f"pkg:cargo/serde_json@{serde['version']}"]
    assert found["hashes"] == [{"alg": "SHA-256", "content": serde["checksum"]}]
    assert found["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {
        one["name"] + one["properties"][0]["value"]
        for one in bill["components"]
        if one["purl"].startswith("pkg:pypi/")
    }
    assert asked == set(project["dependencies"])
    assert bill["dependencies"][0]["dependsOn"] == [*parts]
    assert tool("sbom").text() == tool("sbom").text()


def test_forms_for_faults_ask_for_the_doctor():
    forms = [*(ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")]
    asked = [form for form in forms if "drawdown doctor" in form.read_text("utf-8")]
    assert {form.name for form in forms} - {form.name for form in asked} == {"config.yml"}


def test_workflows_call_targets_and_files_that_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    found = 0
    for workflow in (ROOT / ".github/workflows").glob("*.yml"):
        text = workflow.read_text("utf-8")
        for target in re.findall(r"run: make ([a-z-]+)", text):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
            found += 1
        for file in re.findall(r"(?:tools/\w+\.py|requirements-\w+\.txt|\.ci/run)", text):
            assert (ROOT / file).exists(), file
        assert "secrets." not in text
    assert found >= 4


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.0", "0.2.0", True),
        ("1.1.0", "1.2.0", False),
        ("1.1.0", "2.0.0", True),
        ("0.9.0", "1.0.0", True),
    ],
)
def test_which_version_may_break_programs(old, new, may):
    interface = tool("python_interface")
    assert interface.may_break(old, new) is may
    assert re.fullmatch(r"v\d+\.\d+\.\d+ [0-9a-f]{40}", " ".join(interface.baseline()))
