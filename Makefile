# On a fresh machine `make run` or `make test` is all it takes: each sets up what it needs.

PYTHON ?= python3.11
TOOLS ?= target/tools
DENY_VERSION := 0.20.2
MUTANTS_VERSION := 27.1.0
SEMVER_VERSION := 0.51.0

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CORE := python/drawdown/_core.abi3.so
RUST := Cargo.toml Cargo.lock docs/problems.md $(shell find src examples/scenarios)
DENY := $(TOOLS)/cargo-deny-$(DENY_VERSION)/bin/cargo-deny
MUTANTS := $(TOOLS)/cargo-mutants-$(MUTANTS_VERSION)/bin/cargo-mutants
SEMVER := $(TOOLS)/cargo-semver-checks-$(SEMVER_VERSION)/bin/cargo-semver-checks

# The build of pyo3 asks a Python about itself: always this one, so that nothing is built twice.
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python
export MPLBACKEND ?= agg

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test test-rust test-python test-notebook slow test-browser test-front-ends fuzz mutants mutants-python lint types docs interface examples deny site notebook environments versions gate release-gate dist workflows wasm bench verify clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' Makefile
	@echo "PYTHON=... chooses the interpreter that .venv is made with (now $(PYTHON))."

run: $(CORE)  ## The reference scenario, 20,000 trials: tables and figures in run/
	$(BIN)/drawdown run iraq-2024 --trials 20000 --seed 7 --out run/

test: test-rust test-python test-notebook test-browser  ## All tests

test-rust:  ## Rust tests, the documentation's examples among them
	cargo test --features arrow

test-python: .venv/dev  ## Python tests, without the slow ones
	$(BIN)/python -m pytest -m "not slow and not docs" --numprocesses 2 --dist loadfile
	@echo "LEFT OUT: the engine beside its plain twin, and pages without each mechanism (make slow);"
	@echo "  the Python of the documentation (make docs)"

# PART chooses among them: make slow PART=2/8.
slow: .venv/dev  ## Tests of some minutes: the engine beside its plain twin, pages without each mechanism
	DRAWDOWN_PART=$(PART) $(BIN)/python -m pytest -m slow --numprocesses 2 --dist loadgroup
	@$(if $(PART),echo "LEFT OUT: the slow tests of the other parts than $(PART) (make slow)",true)

test-notebook: .venv/dev  ## Figures, completion and progress in a kernel of Jupyter
	$(BIN)/python -m pytest tests/notebook

# A browser on a busy machine is late at times: what fails is tried again, and counted as rerun.
AGAIN := --reruns 2

# CHROMIUM and CHROMEDRIVER name other programs; DRAWDOWN_REQUIRE_BROWSER=1 makes their lack a failure.
test-browser: .venv/dev  ## The report and the explorer in headless Chromium; left out where there is none
	@if command -v "$${CHROMIUM:-chromium}" >/dev/null && command -v "$${CHROMEDRIVER:-chromedriver}" >/dev/null; then \
	  echo "$(BIN)/python -m pytest tests/browser"; \
	  $(BIN)/python -m pytest -rs $(AGAIN) --numprocesses 2 --dist loadfile tests/browser --ignore tests/browser/test_notebooks.py && \
	  echo "LEFT OUT: the explorer in JupyterLab and marimo (make test-front-ends)"; \
	elif [ -n "$$DRAWDOWN_REQUIRE_BROWSER" ]; then \
	  echo "tests/browser needs a browser: apt-get install chromium chromium-driver" >&2; exit 1; \
	else \
	  echo "LEFT OUT: tests/browser, the report in a browser; apt-get install chromium chromium-driver to run it"; \
	fi

# JupyterLab and marimo are large, and what depends on them changes seldom: by itself.
test-front-ends: .venv/front-ends  ## The explorer in JupyterLab and marimo, in headless Chromium (some minutes with the set-up)
	$(BIN)/python -m pytest $(AGAIN) tests/browser/test_notebooks.py

fuzz:  ## Many more numbered cases of mangled and grown scenarios than `make test`
	DRAWDOWN_FUZZ_CASES=$${DRAWDOWN_FUZZ_CASES:-4000} cargo test --features arrow --test fuzz

mutants: $(MUTANTS)  ## Does a test fail when the code is broken on purpose? (some hours, in parts)
	PATH="$(abspath $(dir $(MUTANTS))):$$PATH" $(PYTHON) tools/mutants.py

mutants-python: .venv/mutants  ## The same for the Python analyses (an hour, in parts)
	$(BIN)/python tools/python_mutants.py

# With all features, and with none: what lies between shows nothing that neither shows.
lint: .venv/dev  ## Format and lint, Rust and Python
	cargo fmt --check
	$(BIN)/python tools/rooms.py --check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	cargo clippy --all-targets --features python -- -D warnings
	cargo clippy --all-targets --no-default-features -- -D warnings

types: .venv/dev  ## Static types, and the stub against the built module
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest drawdown._core --mypy-config-file pyproject.toml

docs: .venv/dev  ## The crate's documentation and its list of what is public, and the Python of the pages
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --features arrow
	$(PYTHON) tools/interface.py --check
	$(BIN)/python -m pytest -m docs --numprocesses 2

# Notebooks show their figures by a backend of their own.
site: .venv/site  ## These pages as a site, with search and executed notebooks: target/site/index.html
	$(BIN)/codespell README.md CHANGELOG.md CONTRIBUTING.md docs examples python
	env -u MPLBACKEND $(BIN)/sphinx-build --quiet --jobs auto --nitpicky --fail-on-warning --keep-going \
	  --conf-dir docs --doctree-dir target/site-trees . target/site
	$(BIN)/python -m pytest tests/site

notebook: .venv/notebook  ## The notebooks that teach, in JupyterLab
	env -u MPLBACKEND $(BIN)/jupyter lab --notebook-dir examples/notebooks

interface:  ## Write docs/interface.txt, the list of what the crate makes public
	cargo doc --no-deps --features arrow
	$(PYTHON) tools/interface.py

examples: .venv/dev  ## Run every example
	@set -e; for example in examples/*.rs; do \
	  example=$$(basename $$example .rs); echo "cargo run --features arrow --example $$example"; \
	  cargo run --quiet --features arrow --example $$example; \
	done
	@set -e; for example in examples/*.py; do echo "python $$example"; $(BIN)/python $$example; done

versions: .venv/dev  ## Tests with the oldest libraries that pyproject.toml allows, and with the newest
	$(BIN)/python tools/versions.py

deny: $(DENY)  ## Licences, banned crates and sources of the dependencies
	$(DENY) --locked check licenses bans sources

gate:  ## Instruction counts against the recorded ones (needs valgrind)
	bash benches/gate.sh

release-gate: $(SEMVER) .venv/dist  ## Before a release: does the version say what breaks programs, in Rust and in Python?
	bash tools/semver.sh $(abspath $(SEMVER))
	$(BIN)/python tools/python_interface.py

# PARTS chooses among them: make dist PARTS="wheel crate".
dist: .venv/dist  ## Wheel, source distribution and crate in target/dist, each tried where there is nothing else
	$(BIN)/python tools/dist.py $(PARTS)

workflows: .venv/dist  ## The workflow files and issue forms against their schemas, and CITATION.cff
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml, $(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format --force-filetype yaml CITATION.cff
	$(BIN)/zizmor --offline --quiet .github/workflows

wasm:  ## The crate in WebAssembly, which live reports carry, into the package (fetches a compiler where rustup's is not there)
	bash tools/wasm.sh

bench: $(CORE)  ## Speed, beside what else an analyst could use (some ten minutes); writes docs/performance.md
	$(PIP) install --constraint requirements-dev.txt --requirement requirements-bench.txt
	$(BIN)/python benches/run.py

verify: .venv/verify  ## The long verification (some 30 minutes); writes docs/validity.md
	$(BIN)/python verification/run.py

clean:  ## Remove everything that was built
	rm -rf .venv target run $(CORE) .mypy_cache .ruff_cache .pytest_cache

# Debian keeps ensurepip in a package of its own: without it, any pip at hand brings one in.
# --ignore-installed, since a pip from outside takes its own packages for the environment's.
.venv/made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) not found: install it (apt-get install python3.11), or name another with PYTHON=..." >&2; exit 1; }
	@echo "making .venv with $(PYTHON)"
	@rm -rf .venv
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv .venv; else \
	  $(PYTHON) -m venv --without-pip .venv && \
	  for pip in "$(PYTHON) -m pip" pip3 pip; do $$pip --version >/dev/null 2>&1 && break; done && \
	  $$pip --quiet --python $(BIN)/python install --ignore-installed pip; \
	fi || { echo "$(PYTHON) cannot make an environment with pip: apt-get install python3-pip (22.3 or later) or python3.11-venv" >&2; exit 1; }
	@touch $@

# The extension, in release profile, and the package with its dependencies, editable.
$(CORE): .venv/made pyproject.toml requirements-dev.txt $(RUST)
	@echo "building drawdown into .venv"
	@$(PIP) install --constraint requirements-dev.txt maturin
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(PIP) install --constraint requirements-dev.txt --no-build-isolation --editable .
	@touch $@

# Kept by version; unoptimised, since they build in a minute and run in a second.
$(DENY):
	cargo install cargo-deny --version $(DENY_VERSION) --locked --debug --root $(TOOLS)/cargo-deny-$(DENY_VERSION)

$(SEMVER):
	cargo install cargo-semver-checks --version $(SEMVER_VERSION) --locked --debug --root $(TOOLS)/cargo-semver-checks-$(SEMVER_VERSION)

$(MUTANTS):
	cargo install cargo-mutants --version $(MUTANTS_VERSION) --locked --debug --root $(TOOLS)/cargo-mutants-$(MUTANTS_VERSION)

.venv/verify: .venv/dev requirements-verify.txt
	@$(PIP) install --constraint requirements-dev.txt --requirement requirements-verify.txt
	@touch $@

.venv/front-ends: .venv/dev requirements-notebooks.txt
	@$(PIP) install --constraint requirements-dev.txt --requirement requirements-notebooks.txt
	@touch $@

.venv/site: .venv/dev requirements-site.txt
	@$(PIP) install --constraint requirements-dev.txt --requirement requirements-site.txt
	@touch $@

# In JupyterLab a click opens these Python files as notebooks; no setting of the user is touched.
.venv/notebook: $(CORE) requirements-dev.txt requirements-site.txt
	@$(PIP) install --constraint requirements-dev.txt --constraint requirements-site.txt \
	  jupyterlab jupytext scoringrules anywidget
	@JUPYTER_CONFIG_DIR=$(CURDIR)/.venv/etc/jupyter $(BIN)/jupytext-config set-default-viewer python
	@touch $@

# pip does not expect another beside it: whoever runs targets side by side makes these first.
environments: .venv/site .venv/dist .venv/front-ends  ## All that .venv needs for every test

.venv/mutants: .venv/dev requirements-mutants.txt
	@$(PIP) install --constraint requirements-dev.txt --requirement requirements-mutants.txt
	@touch $@

.venv/dist: .venv/dev requirements-dist.txt
	@$(PIP) install --constraint requirements-dev.txt --requirement requirements-dist.txt
	@touch $@

.venv/dev: $(CORE) requirements-dev.txt
	@$(PIP) install --requirement requirements-dev.txt
	@touch $@
