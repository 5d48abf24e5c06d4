"""Writes what a wheel is made of and asks for: a software bill of materials, CycloneDX 1.6 in JSON.

    python tools/sbom.py FILE     writes it; `make dist` does, beside the wheel

A script and no tool: the crates that are linked in are known already (`licences.py`), their hashes
stand in Cargo.lock and the Python libraries in pyproject.toml; programs that write such lists know
one of the two, or list what merely builds and tests. It holds no date and no number of its own, so
that the same source gives the same file.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import licences
from versions import ROOT, split

Component = dict[str, Any]


def main() -> None:
    """Write the file."""
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")


def text() -> str:
    """The bill, as it is written down."""
    known = licences.metadata()
    package = read("Cargo.toml")["package"]
    crates = [crate(one, hashes()) for one in licences.linked(known)]
    libraries = [library(one) for one in read("pyproject.toml")["project"]["dependencies"]]
    root = {
        "type": "library",
        "bom-ref": "drawdown",
        "name": "drawdown",
        "version": package["version"],
        "description": package["description"],
        "licenses": [{"expression": package["license"]}],
        "purl": f"pkg:pypi/drawdown@{package['version']}",
    }
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [*crates, *libraries],
        "dependencies": [
            {"ref": "drawdown", "dependsOn": [one["bom-ref"] for one in [*crates, *libraries]]}
        ],
    }
    return json.dumps(bill, indent=1) + "\n"


def read(name: str) -> dict[str, Any]:
    """A file of the repository in TOML."""
    return tomllib.loads((ROOT / name).read_text("utf-8"))


def hashes() -> dict[tuple[str, str], str]:
    """SHA-256 of each crate's package, by name and version."""
    locked = read("Cargo.lock")["package"]
    return {(one["name"], one["version"]): one["checksum"] for one in locked if "checksum" in one}


def crate(package: licences.Package, known: dict[tuple[str, str], str]) -> Component:
    """A crate that is linked into the extension module."""
    name, version = package["name"], package["version"]
    purl = f"pkg:cargo/{name}@{version.replace('+', '%2B')}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": [{"expression": package["license"].replace("/", " OR ")}],
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": known[name, version]}],
    }


def library(requirement: str) -> Component:
    """A Python library that pip installs beside the wheel: which version, the wheel leaves open."""
    name, bounds, _ = split(requirement)
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}"
    said = [{"name": "drawdown:asked", "value": bounds}]
    return {"type": "library", "bom-ref": purl, "name": name, "purl": purl, "properties": said}


if __name__ == "__main__":
    main()
