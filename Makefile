# Everything needed to use and to check Layerloom, from a bare Python 3.11, git and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3

BIN := .venv/bin
# The system's Node if it is there, else the one that make installs beside Python.
export PATH := $(CURDIR)/$(BIN):$(PATH)
PAGE := $(shell find frontend/src frontend/public frontend/*.json frontend/*.ts frontend/*.html frontend/.npmrc -type f 2>/dev/null)

.PHONY: help run install test test-slow lint types unit page browser bench lock generate clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: install ## start the app on http://HOST:PORT (127.0.0.1:8000)
	@exec $(BIN)/layerloom serve --host $(HOST) --port $(PORT)

install: .venv/.page ## everything `run` needs, without starting it

.venv/bin/python:
	@.ci/python $(PYTHON)

.venv/.packages: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.page: .venv/.packages pyproject.toml hatch_build.py $(PAGE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.browser: .venv/.dev .ci/browser
	@.ci/browser
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json | .venv/.page
	@.ci/node
	cd frontend && npm ci --no-audit --no-fund --loglevel=error

test: lint types unit page browser ## every check and test

unit: install .venv/.dev ## the Python tests, without a browser
	$(BIN)/python -m pytest tests --ignore tests/end_to_end --ignore tests/benchmarks -m "not slow" -q -n 2

page: frontend/node_modules/.package-lock.json ## the page's tests
	cd frontend && npm test

browser: install .venv/.browser frontend/node_modules/.package-lock.json ## the story in a real browser, against a real server
	$(BIN)/python -m pytest tests/end_to_end -m "not slow" -q

test-slow: install .venv/.browser ## the long tests: kills at random moments, a thousand fuzzed requests
	$(BIN)/python -m pytest tests --ignore tests/benchmarks -m slow -q

lint: install .venv/.dev frontend/node_modules/.package-lock.json ## style and the arrows between the rooms
	$(BIN)/ruff check backend tests hatch_build.py
	$(BIN)/ruff format --check backend tests hatch_build.py
	$(BIN)/lint-imports
	cd frontend && npm run --silent lint && npm run --silent format:check

types: install .venv/.dev frontend/node_modules/.package-lock.json ## mypy and tsc, both strict
	$(BIN)/mypy
	cd frontend && npm run --silent types
	@$(MAKE) --no-print-directory generate && git diff --exit-code --stat -- frontend/src/api/types.gen.ts || \
	  { echo "The page's types are not those of the server: commit what make generate has written."; exit 1; }

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
