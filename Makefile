# make run    set up and do the main job on the shipped synthetic data (writes out/)
# make test   set up and run what CI runs: ruff, mypy, all tests
# make soak   the long proofs      make bench   the measurements, goal beside figure
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint soak bench docs clean

.venv/run-ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	touch $@

.venv/test-ready: .venv/run-ready
	$(PIP) --editable '.[dev]'
	touch $@

run: .venv/run-ready
	$(BIN)/matching demo --out out

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest -n 2

soak: .venv/test-ready
	$(BIN)/python -m pytest -n 2 -m soak

bench: .venv/test-ready
	$(BIN)/python -m pytest -m bench -s --benchmark-disable-gc

docs: .venv/test-ready
	$(BIN)/python -m tests.generated_docs

clean:
	rm -rf .venv out dist build
