"""Builds what a release consists of, and tries each part where there is nothing else.

    python tools/dist.py                wheel, sdist and crate into target/dist; `make dist` runs it
    python tools/dist.py wheel crate    some of them

Everything is made of a copy of what git knows, so that nothing else can get in. The wheel asks for
no newer libraries than manylinux2014 has (maturin looks, and refuses it otherwise): its linker is
zig's. Then each part is tried in a place that has nothing of this one: the wheel in environments
with the oldest and the newest libraries that pyproject.toml allows, the sdist in one where pip
builds it, the crate in an empty program. Each runs the example of the README, or of the crate's
first page, and what it prints is shown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from pathlib import Path

import licences
import sbom
from versions import ROOT, exact

DIST = ROOT / "target/dist"
SOURCE, TRIED = DIST / "source", DIST / "tried"
PARTS = ("wheel", "sdist", "crate")
LICENCES = ("LICENSE-APACHE", "LICENSE-MIT", licences.NAME)
# What nobody needs who installs.
NOT_SHIPPED = ("tests/", "tools/", "benches/", "verification/", ".ci/", ".github/")
# Warnings of `cargo package` about what is so on purpose: no repository yet, and no tests shipped.
MEANT = re.compile(
    "has no documentation, homepage or repository|ignoring (test|benchmark) .* is not included"
)
# Built, and so in no repository: what live pages carry.
WASM = "python/drawdown/report/static/drawdown.wasm.gz"
README_EXAMPLE = """
import importlib.metadata, pathlib, re, drawdown
where = pathlib.Path(drawdown.__file__).parent
assert not where.is_relative_to(ROOT) or where.is_relative_to(TRIED), where
text = importlib.metadata.metadata("drawdown").get_payload()
(code,) = re.findall(r"^```python\\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
exec(compile(code, "README.md", "exec"), {})
"""


def main() -> None:
    """Build the parts that are asked for, and try each."""
    asked = sys.argv[1:] or list(PARTS)
    if strange := set(asked) - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(strange))}; there are {', '.join(PARTS)}")
    stage()
    for part in asked:
        began = time.monotonic()
        made = {"wheel": wheel, "sdist": sdist, "crate": crate}[part]()
        built = time.monotonic()
        {"wheel": try_wheel, "sdist": try_sdist, "crate": try_crate}[part](made)
        size = made.stat().st_size / 1e6
        seconds = f"built in {built - began:.0f} s, tried in {time.monotonic() - built:.0f} s"
        print(f"== {made.relative_to(ROOT)}: {size:.1f} MB, {seconds}", flush=True)


def stage() -> None:
    """Copy what git knows, with links that lead somewhere from a package's page too."""
    shutil.rmtree(DIST, ignore_errors=True)
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SOURCE / name)
    if not (ROOT / WASM).is_file():
        sys.exit(f"{WASM} is not there: `make wasm` builds it")
    shutil.copy2(ROOT / WASM, SOURCE / WASM)
    readme = SOURCE / "README.md"
    package = tomllib.loads((SOURCE / "Cargo.toml").read_text("utf-8"))["package"]
    text = linked(readme.read_text("utf-8"), package.get("repository", ""))
    readme.write_text(text, encoding="utf-8")


def linked(text: str, repository: str) -> str:
    """Make a page's links within the repository lead to it; without one they stay as they are.

    `repository` in Cargo.toml is the one place where its address stands: the page of the wheel has
    its links from there as well.
    """
    if not repository:
        return text
    base = repository.rstrip("/")
    absolute = re.sub(r"(?<!!)(\[[^\]]*\]\()(?!https?:|#)", rf"\1{base}/blob/HEAD/", text)
    return re.sub(r"(!\[[^\]]*\]\()(?!https?:)", rf"\1{base}/raw/HEAD/", absolute)


def wheel() -> Path:
    """Build the wheel, and look at what it holds."""
    crates = licences.linked(licences.metadata())
    (SOURCE / licences.NAME).write_text(licences.text(crates), encoding="utf-8")
    maturin("build", "--release", "--strip", "--zig", "--compatibility", "manylinux2014")
    (made,) = DIST.glob("*.whl")
    (DIST / f"{made.stem}.cdx.json").write_text(sbom.text(), encoding="utf-8")
    names = names_in(made)
    for due in [*(f"licenses/{licence}" for licence in LICENCES), WASM.removeprefix("python/")]:
        if not any(name.endswith(due) for name in names):
            sys.exit(f"{made.name} is without {due}")
    refuse_strays(made, names)
    return made


def sdist() -> Path:
    """Build the source distribution, and look at what it holds."""
    maturin("sdist")
    (made,) = DIST.glob("*.tar.gz")
    refuse_strays(made, names_in(made))
    return made


def crate() -> Path:
    """Build the crate, refusing what cargo warns of, but for links that there are none of."""
    command = ["cargo", "package", "--no-verify", "--allow-dirty", "--target-dir", DIST / "build"]
    done = subprocess.run(command, cwd=SOURCE, text=True, capture_output=True)
    print(done.stderr, end="", flush=True)
    warned = [line for line in done.stderr.splitlines() if line.startswith("warning")]
    if done.returncode or not all(MEANT.search(line) for line in warned):
        sys.exit("cargo package fails or warns")
    (found,) = (DIST / "build/package").glob("*.crate")
    made = Path(shutil.copy2(found, DIST))
    names = names_in(made)
    refuse_strays(made, names)
    for picture in re.findall(r"!\[[^\]]*\]\((?!https?:)([^)]+)", readme_of(made)):
        if not any(name.endswith(f"/{picture}") for name in names):
            sys.exit(f"{made.name} is without {picture}, which its README shows")
    return made


def maturin(*arguments: str) -> None:
    """Run maturin on the copy; what is compiled stays between runs."""
    interpreter = ["--interpreter", sys.executable] if "build" in arguments else []
    command = [sys.executable, "-m", "maturin", *arguments, *interpreter, "--out", DIST]
    subprocess.run(command, cwd=SOURCE, env=building(), check=True)


def building(**more: str) -> dict[str, str]:
    """The environment of a build: this interpreter's, and a folder for what is compiled."""
    folder = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # A nested build that cargo starts would wait for this one's lock.
    return os.environ | {
        "CARGO_TARGET_DIR": folder,
        "PATH": path,
        "PYO3_PYTHON": sys.executable,
        "MPLBACKEND": "agg",
        **more,
    }


def names_in(made: Path) -> list[str]:
    """The names of what is packed."""
    if made.suffix == ".whl":
        with zipfile.ZipFile(made) as wheel:
            return wheel.namelist()
    with tarfile.open(made) as packed:
        return packed.getnames()


def refuse_strays(made: Path, names: list[str]) -> None:
    """Stop where tests, tools or the like would be shipped."""
    strays = [name for name in names if name.partition("/")[2].startswith(NOT_SHIPPED)]
    if strays:
        sys.exit(f"{made.name} ships {', '.join(strays[:5])}")


def readme_of(made: Path) -> str:
    """The README in a packed crate."""
    with tarfile.open(made) as packed:
        (name,) = (name for name in packed.getnames() if name.endswith("/README.md"))
        found = packed.extractfile(name)
        assert found is not None
        return found.read().decode("utf-8")


def try_wheel(made: Path) -> None:
    """Run the README's example with the oldest libraries and with the newest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = [exact(one) for one in project["dependencies"]]
    for kind, pinned in (("oldest", oldest), ("newest", [])):
        python = environment(f"wheel-{kind}")
        install(python, "--only-binary", ":all:", str(made), *pinned)
        run_example(python, f"the wheel with the {kind} libraries")


def try_sdist(made: Path) -> None:
    """Let pip build the source where nothing is but cargo, and run the README's example.

    Whether it builds is tried, not how fast it is then: without optimisation, which takes minutes.
    """
    python = environment("sdist")
    install(python, str(made), CARGO_PROFILE_RELEASE_OPT_LEVEL="0")
    run_example(python, "the source distribution")


def environment(name: str) -> Path:
    """Make an empty environment and give its interpreter."""
    folder = TRIED / name
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=True)
    return folder / "bin/python"


def install(python: Path, *what: str, **more: str) -> None:
    """Install into an environment, with the pip of this one."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--python", python, "install", *what], cwd=TRIED, env=building(**more), check=True
    )


def run_example(python: Path, what: str) -> None:
    """Run the example of the README that was installed, far from this repository's source."""
    code = f"ROOT, TRIED = {str(ROOT)!r}, {str(TRIED)!r}\n{README_EXAMPLE}"
    command = [python, "-I", "-W", "ignore::DeprecationWarning", "-c", code]
    done = subprocess.run(command, cwd=TRIED, env=building(), text=True, capture_output=True)
    if done.returncode or "chance_met" not in done.stdout:
        sys.exit(f"{what} fails:\n{done.stdout}{done.stderr}")
    print(f"== {what} prints\n{done.stdout}", flush=True)


def try_crate(made: Path) -> None:
    """Run the first example of the crate's first page in an empty program."""
    with tarfile.open(made) as packed:
        packed.extractall(TRIED, filter="data")
    unpacked = TRIED / made.name.removesuffix(".crate")
    program = TRIED / "program"
    shutil.rmtree(program, ignore_errors=True)
    for command in (
        ["cargo", "new", "--quiet", "--vcs", "none", "--name", "program", program],
        ["cargo", "add", "--quiet", "--path", unpacked, "--manifest-path", program / "Cargo.toml"],
    ):
        subprocess.run(command, cwd=TRIED, check=True)
    page = (unpacked / "src/lib.rs").read_text("utf-8")
    (program / "src/main.rs").write_text(program_of(page), encoding="utf-8")
    command = ["cargo", "run", "--quiet"]
    done = subprocess.run(command, cwd=program, env=building(), text=True, capture_output=True)
    if done.returncode or "met in" not in done.stdout:
        sys.exit(f"the crate fails:\n{done.stdout}{done.stderr}")
    print(f"== the crate prints\n{done.stdout}", flush=True)


def program_of(page: str) -> str:
    """The first example of a page of Rust documentation, as a program."""
    lines = [line.removeprefix("//!").removeprefix(" ") for line in page.splitlines()]
    begin = lines.index("```") + 1
    code = [line.removeprefix("# ") for line in lines[begin : lines.index("```", begin)]]
    body = "\n".join(f"    {line}".rstrip() for line in code[:-1])
    return f"fn main() -> Result<(), drawdown::Error> {{\n{body}\n    Ok(())\n}}\n"


if __name__ == "__main__":
    main()
