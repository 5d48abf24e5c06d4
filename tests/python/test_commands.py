"""Commands that tell of the program itself, and the pages that errors name."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import drawdown as dd
from drawdown import _core, cli
from drawdown.commands import completion, doctor, start
from drawdown.errors import _GUIDES
from drawdown.scenario.definitions import anchor

ROOT = Path(__file__).parents[2]


def commands():
    (found,) = [
        action
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return found


def test_without_a_command_three_things_to_do_next_are_shown(capsys):
    assert cli.main([]) == 0
    printed, errors = capsys.readouterr()
    assert errors == ""
    assert len(start.NEXT) == 3
    for command in start.NEXT:
        assert command in printed
        program, *given = command.partition(" > ")[0].split()
        assert program == "drawdown"
        # A command that could not be typed would end the program here.
        assert cli._parser().parse_args(given).command
    done = subprocess.run([sys.executable, "-m", "drawdown"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, printed)


def test_doctor_says_what_an_issue_needs(capsys, iraq):
    assert cli.main(["doctor", "iraq-2024", "--seed", "7"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told["drawdown"] == f"{dd.__version__}, build {_core.BUILD}"
    assert told["python"].endswith(sys.version.split()[0])
    assert re.search(r"numpy \d", told["needs"])
    assert told["scenario"] == iraq.hash
    assert told["seed"] == "7"
    assert re.fullmatch("[0-9a-f]{12} .*", told["numbers"])
    assert "scenario" not in "\n".join(doctor.lines())


def test_doctor_names_no_file_and_nobody(tmp_path, capsys, iraq):
    plan = tmp_path / "secret-name.toml"
    iraq.replace({"title": "secret title"}).write(plan)
    assert cli.main(["doctor", str(plan)]) == 0
    printed = capsys.readouterr().out
    for secret in ("secret", str(tmp_path), str(Path.home()), str(ROOT)):
        assert secret not in printed


def test_doctor_tells_of_what_is_missing(monkeypatch):
    def version(name):
        raise doctor.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.metadata, "version", version)
    assert any("numpy not installed" in line for line in doctor.lines())
    monkeypatch.setattr(doctor.metadata, "requires", version)
    assert not any("numpy" in line for line in doctor.lines())


def test_the_mark_of_the_numbers_is_theirs(monkeypatch):
    assert doctor.fingerprint() == doctor.fingerprint()
    before = doctor.fingerprint()
    monkeypatch.setattr(doctor, "_SEED", 2)
    assert doctor.fingerprint() != before


def test_explain_prints_the_entry(capsys, iraq):
    path = "world.threats.militias.truce"
    assert cli.main(["explain", "iraq-2024", path]) == 0
    assert capsys.readouterr().out == str(iraq.explain(path))
    assert cli.main(["explain", "iraq-2024", "plan.fases"]) == 2
    assert "did you mean `plan.phases`?" in capsys.readouterr().err


def test_migrate_says_that_nothing_has_to_change(tmp_path, capsys, minimal):
    plan = tmp_path / "plan.toml"
    minimal.write(plan)
    before = plan.read_bytes()
    assert cli.main(["migrate", str(plan)]) == 0
    assert "schema 1 is the newest that this version knows; unchanged" in capsys.readouterr().out
    assert plan.read_bytes() == before
    plan.write_bytes(before.replace(b"schema = 1", b"schema = 2"))
    assert cli.main(["migrate", str(plan)]) == 1
    assert "schema: 2 is outside the limits" in capsys.readouterr().err


def complete(typed):
    """What bash offers after some words, the last of which is being typed."""
    words = typed.split(" ")
    named = " ".join(f"'{word}'" for word in words)
    code = (
        f"{completion.script('bash', commands())}\n"
        f"COMP_WORDS=({named}); COMP_CWORD={len(words) - 1}; _drawdown\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True, cwd="/")
    return set(done.stdout.split())


def test_bash_completes_commands_options_choices_and_scenarios():
    assert complete("drawdown ") == set(commands().choices)
    assert complete("drawdown up") == {"update"}
    assert complete("drawdown run --ke") == {"--keep"}
    assert complete("drawdown run --keep ") == {"trials", "summary"}
    assert complete("drawdown run ir") == {"iraq-2011", "iraq-2024"}
    assert complete("drawdown completion ") >= set(completion.SHELLS)
    for name, parser in commands().choices.items():
        options = {one for action in parser._actions for one in action.option_strings}
        assert complete(f"drawdown {name} -") == options


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_shell_understands_its_script(shell, capsys):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for name in commands().choices:
        assert name in script
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, text=True, check=True)


def codes():
    text = (ROOT / "src/error.rs").read_text("utf-8")
    return re.findall(r'^ +Code::\w+ => "(\w+)"', text, re.MULTILINE)


def anchors(page):
    text = (ROOT / page).read_text("utf-8")
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


def test_every_kind_of_problem_has_its_heading():
    assert len(codes()) >= 20
    apart = {"what-a-refusal-means", "faults", "warnings"}
    assert anchors("docs/problems.md") - apart == set(codes())
    for guide in _GUIDES.values():
        assert (ROOT / f"docs/{guide}.md").is_file()


@pytest.mark.parametrize("error", [dd.ExchangeError, dd.JudgementError, dd.ObservationError])
def test_what_is_refused_names_its_page(error):
    problem = dd.Problem("rows[3].to", "no_day", "there is no day", "give one")
    guide = _GUIDES[error.__name__]
    assert error([problem]).__notes__ == [f"explained in the documentation, {guide}"]


def test_a_refused_scenario_names_the_command_that_explains_its_problems(tmp_path, capsys, minimal):
    with pytest.raises(dd.ScenarioError) as refused:
        minimal.replace({"world.threats.militia.attacks_per_day": -1, "start": "no date"})
    (command,) = re.findall("explained by `drawdown (explain .*)`", refused.value.__notes__[-1])
    assert set(command.split()[1:]) == {problem.code for problem in refused.value.problems}
    assert cli.main(command.split()) == 0
    assert "The text is no date of the calendar" in capsys.readouterr().out
    (tmp_path / "plan.toml").write_text("schema = 1\nshema = 1")
    assert cli.main(["check", str(tmp_path / "plan.toml")]) == 1
    assert capsys.readouterr().err.endswith(
        "\nexplained by `drawdown explain unknown_key missing_key`\n"
    )


@pytest.mark.parametrize("code", codes())
def test_each_code_is_explained(code, capsys):
    assert cli.main(["explain", code]) == 0
    title, *text = capsys.readouterr().out.splitlines()
    page = (ROOT / "docs/problems.md").read_text("utf-8")
    assert title == code
    assert f"### {code}\n\n{text[0]}" in page
    assert "](" not in "".join(text)
    assert "#" not in "".join(text)


@pytest.mark.parametrize("what", [["bad_date", "no_such"], ["iraq-2024"], ["a", "b", "c"]])
def test_what_cannot_be_explained(what, capsys):
    assert cli.main(["explain", *what]) == 2
    assert "dangling_id" in capsys.readouterr().err
