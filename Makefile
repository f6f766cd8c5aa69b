# Everything needed to use and to check Layerloom, from a bare Python 3.11, git and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3

BIN := .venv/bin
# What two processors can do side by side; each target says what it has to say in one piece, where make can hold it back.
SIDE_BY_SIDE := --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# The system's Node if it is there, else the one that make installs beside Python.
export PATH := $(CURDIR)/$(BIN):$(PATH)
PAGE := $(shell find frontend/src frontend/public frontend/*.json frontend/*.ts frontend/*.html frontend/.npmrc -type f 2>/dev/null)

.PHONY: help run install test test-slow checks lint lint-python lint-page types types-python types-page types-api unit page \
  browser bench lock generate clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: install ## start the app on http://HOST:PORT (127.0.0.1:8000)
	@exec $(BIN)/layerloom serve --host $(HOST) --port $(PORT)

install: .venv/.packages .venv/.page ## everything `run` needs, without starting it

.venv/bin/python:
	@.ci/python $(PYTHON)

.venv/.packages: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.page: pyproject.toml hatch_build.py $(PAGE) | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(BIN)/python -m compileall -q backend/layerloom  # as pip does with all else: the first start need not
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.browser: .venv/.dev .ci/browser
	@.ci/browser
	@touch $@

.venv/.node: .ci/node | .venv/bin/python
	@.ci/node
	@touch $@

# Building the page has installed them, on a machine where nothing was there.
frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json | .venv/.page .venv/.node
	cd frontend && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; }
	@touch $@

test: ## every check and test
	@$(MAKE) $(SIDE_BY_SIDE) checks
	@$(MAKE) --no-print-directory unit browser

checks: lint types page .venv/.browser ## all that needs no server, and what the tests need to be there

unit: install .venv/.dev ## the Python tests, without a browser
	$(BIN)/python -m pytest tests --ignore tests/end_to_end --ignore tests/benchmarks -m "not slow" -q -n 2 --dist worksteal

page: frontend/node_modules/.package-lock.json ## the page's tests
	cd frontend && npm test

browser: install .venv/.browser frontend/node_modules/.package-lock.json ## the story in a real browser, against a real server
	$(BIN)/python -m pytest tests/end_to_end -m "not slow and not alone" -q -n 2 --dist worksteal
	$(BIN)/python -m pytest tests/end_to_end -m "alone and not slow" -q

test-slow: install .venv/.browser ## the long tests: kills at random moments, a thousand fuzzed requests
	$(BIN)/python -m pytest tests --ignore tests/end_to_end --ignore tests/benchmarks -m slow -q
	$(BIN)/python -m pytest tests/end_to_end -m slow -q

lint: lint-python lint-page ## style and the arrows between the rooms

lint-python: install .venv/.dev
	$(BIN)/ruff check backend tests hatch_build.py
	$(BIN)/ruff format --check backend tests hatch_build.py
	$(BIN)/lint-imports

lint-page: frontend/node_modules/.package-lock.json
	cd frontend && npm run --silent lint && npm run --silent format:check

types: types-python types-page types-api ## mypy and tsc, both strict; the page's types are those of the server

types-python: install .venv/.dev
	$(BIN)/mypy

types-page: frontend/node_modules/.package-lock.json
	cd frontend && npm run --silent types

types-api: install frontend/node_modules/.package-lock.json
	@set -o pipefail; $(BIN)/layerloom openapi | (cd frontend && npm run --silent generated) || \
	  { echo "The page's types are not those of the server: run make generate, and commit what it writes."; exit 1; }

bench: install .venv/.dev ## the benchmark table, each figure beside its rival from the same run
	$(BIN)/python -m tests.benchmarks

generate: install frontend/node_modules/.package-lock.json ## the page's types from the server's OpenAPI document
	$(BIN)/layerloom openapi > .openapi.json
	cd frontend && npm run --silent generate
	@rm -f .openapi.json

lock: .venv/bin/python ## renew the lock files (hashes, no addresses)
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export -q --no-emit-project --no-header --no-annotate --no-dev --all-extras -o requirements.lock >/dev/null
	$(BIN)/uv export -q --no-emit-project --no-header --no-annotate --only-group dev -o requirements-dev.lock >/dev/null

clean: ## remove what make has made
	rm -rf .venv frontend/node_modules frontend/dist backend/layerloom/web
