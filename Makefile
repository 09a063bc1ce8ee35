# Every target sets up what it needs: a fresh clone wants only Python 3.11 or later, and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Of the door's tests, those where one process could hide what another does; `make fleet` passes all of them.
FLEET := $(addprefix tests/,features/test_first_loop.py features/test_wins.py features/test_win_races.py \
	features/test_verification_races.py features/test_home.py delivery/test_weekly.py)
CODE := slackbot storage content sandbox bench tests docs

.PHONY: help setup sandbox screenshots test check fleet audit bench format revision lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

# The stamp is newer than both files exactly when .venv holds what they ask for.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "PRM Coach needs Python 3.11 or later; none was found. Install one, or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) from requirements.lock ..."
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

setup: $(READY) ## make .venv, if it is not there or not up to date

sandbox: $(READY) ## run the product in the browser, against a Slack on this machine
	@$(BIN)/prm sandbox $(ARGS)

screenshots: $(READY) ## take the pictures of the README anew, from the running sandbox
	@$(BIN)/python docs/screenshots.py

test: $(READY) ## pass the tests (SQLite and a real PostgreSQL)
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY) ## what CI runs: lint, types, imports, tests, and the door's tests against several processes
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/mypy docs/screenshots.py
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(ARGS)
	$(BIN)/python -m pytest -m slow $(ARGS)
	$(BIN)/python -m pytest -m door --fleet -n 0 $(FLEET)

fleet: $(READY) ## pass all of the door's tests against two web and two worker processes on PostgreSQL
	@$(BIN)/python -m pytest -m door --fleet -n 0 $(ARGS)

# Not AGPL nor any licence of its kind: whoever runs this over a network would owe its source.
FREE := Apache;BSD;MIT;ISC;Python Software Foundation;PSF;MPL;Mozilla;LGPL;GNU Lesser;Unlicense;Zlib;0BSD;CC0;Public Domain;HPND;CNRI

audit: $(READY) ## look for known faults in what we depend on, and at its licences (needs a network)
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock --progress-spinner off
	@$(BIN)/pip-licenses --partial-match --allow-only "$(FREE)" --ignore-packages prm-coach --summary

bench: $(READY) ## measure the hot paths beside their bare ceilings
	@$(BIN)/python -m bench $(ARGS)

format: $(READY) ## put the code in order
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

revision: $(READY) ## write a migration for changed tables: make revision m="what changed"
	@test -n "$(m)" || { echo 'Say what changed: make revision m="what changed"'; exit 1; }
	@$(BIN)/python -m storage.migrations "$(m)"

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --python-version 3.11 --custom-compile-command "make lock"

lock: $(READY) ## work the two lock files out anew from pyproject.toml
	@$(LOCK) pyproject.toml --output-file requirements-run.lock
	@$(LOCK) pyproject.toml --extra dev --constraint requirements-run.lock --output-file requirements.lock

clean: ## remove .venv, the sandbox's state and what tools left behind
	@rm -rf $(VENV) .sandbox .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
