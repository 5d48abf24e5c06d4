#!/usr/bin/env bash
# The crate's interface against the last release: what breaks a program needs a version that says so.
# $1 is the cargo-semver-checks to use.
set -euo pipefail
cd "$(dirname "$0")/.."

# Of a clone without tags: the commit that version 0.1.0 was, the last before anything of 0.2.0.
release=v0.1.0
commit=419c8c2117da2e471f5b74dceb60b2138546e252

if git rev-parse --quiet --verify "refs/tags/$release" >/dev/null; then
    baseline=$release
elif git rev-parse --quiet --verify "$commit^{commit}" >/dev/null; then
    baseline=$commit
else
    echo "neither the tag $release nor its commit $commit is here: git fetch --unshallow --tags" >&2
    exit 1
fi
echo "against $release ($(git rev-parse --short "$baseline^{commit}"))"

# The doors that a Rust program can take; that to Python has no Rust interface.
"$1" semver-checks --baseline-rev "$baseline" --only-explicit-features --features rayon,arrow
