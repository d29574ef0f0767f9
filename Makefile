# make demo    install, load the demo province, serve it on http://localhost:8000
# make test    every test on SQLite, and on PostgreSQL those that a database can change
# make check   test, and format, lint, floors, migrations, docs
# make drill   phones under 1,000 seeds of faults, a killed server, hostile input, both databases
# The rest: demo-reset, fmt, lint, bench, pictures, wheel, lock, clean.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
TREE ?= 2022
TESTS ?=
PYTEST_ARGS ?= -n 2 --dist loadgroup
BENCH ?=
SEEDS ?= 1000
SEED ?=
DRILL := tests/drill tests/drill/killed.py tests/drill/hostile.py tests/browser/test_drill.py

# Compiled once, not by every process anew, whatever the machine's image says.
export PYTHONDONTWRITEBYTECODE :=

PY := .venv/bin/python
RUN := .venv/.run
DEV := .venv/.dev
# The certificates of the machine count, as they do for pip: an office may have its own.
INSTALL := .venv/bin/uv pip install --quiet --system-certs --python $(PY) --no-deps

.PHONY: help setup setup-dev pages demo demo-reset test test-sqlite test-postgres needs \
	lint check fmt docs-check drill pictures bench wheel lock clean

help:
	@head -4 Makefile | cut -c3-

# Set-up: one virtual environment; hashes required, nothing resolved anew.

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv --clear .venv

.venv/bin/uv: requirements-uv.lock | $(PY)
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-uv.lock
	@touch $@

$(RUN): requirements.lock pyproject.toml .venv/bin/uv
	@echo "Installing packages"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing packages for tests"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

pages: $(RUN)
	@$(PY) scripts/vendor.py
	@$(PY) scripts/messages.py

setup: $(RUN) pages

setup-dev: $(DEV) pages

# Running.

demo: setup
	@.venv/bin/cncd demo --tree $(TREE)
	@exec .venv/bin/cncd serve --port $(PORT)

demo-reset: setup
	@.venv/bin/cncd demo --tree $(TREE) --reset
	@exec .venv/bin/cncd serve --port $(PORT)

# Testing.

needs: setup-dev
	@$(PY) scripts/needs.py

test: test-sqlite test-postgres

test-sqlite: needs
	@echo "Tests on SQLite"
	@env -u DATABASE_URL $(PY) -m pytest $(PYTEST_ARGS) $(TESTS)

test-postgres: needs
	@echo "Tests on PostgreSQL"
	@$(PY) scripts/postgres.py $(PY) -m pytest $(PYTEST_ARGS) $(TESTS)

# Faults on purpose: SEEDS=50 so many lives (a third of them on PostgreSQL), SEED=17 that one.
drill: needs
	@env -u DATABASE_URL SEEDS=$(SEEDS) SEED=$(SEED) $(PY) -m pytest -q -n 2 $(DRILL)
	@SEEDS=$$(( $(SEEDS) / 3 + 1 )) SEED=$(SEED) $(PY) scripts/postgres.py \
		$(PY) -m pytest -q -n 2 $(DRILL)

# The pictures of the README, taken by the browser's walk from hamlet to province.
pictures: needs
	@env -u DATABASE_URL CNCD_PICTURES=1 $(PY) -m pytest -q tests/browser/test_walk.py
	@ls docs/pictures

lint: setup-dev
	@$(PY) -m ruff format --check --quiet . || { echo "Not formatted: run make fmt"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/cncd --lang en manage makemigrations --check --dry-run

docs-check: setup-dev
	@if [ -f scripts/docs.py ]; then $(PY) scripts/docs.py --check; fi

check: lint docs-check test

fmt: setup-dev
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --quiet --fix .

bench: setup-dev
	@$(PY) -m bench $(BENCH)

# Packing.

wheel: setup
	@rm -rf dist
	@$(PY) -m hatchling build --target wheel
	@ls dist

lock: setup-dev
	@$(PY) scripts/lock.py

clean:
	rm -rf .venv node_modules dist cncd/static/vendor .pytest_cache .ruff_cache
