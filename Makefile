# Every target sets up what it needs: a virtual environment in .venv with pinned packages, and the project in it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-run
READY_DEV := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench

.PHONY: demo test lint published bank sample bench forecasts clean

demo: $(READY)
	$(BIN)/ccplan demo

test: $(READY_DEV)
	$(BIN)/pytest -n 2 -q

lint: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Remakes everything in results/published/.
published: $(READY_DEV)
	$(BIN)/ccplan demo --out runs/published
	$(BIN)/python -m results.published_files runs/published results/published
	$(BIN)/python -m tests.sim.theory.validation --out results/published/validation.md
	$(BIN)/python -m calibration.bank_history

# Recomputes the shipped bank-1999 scenario from the bank's own record, where the data is beside the checkout.
bank: $(READY)
	$(BIN)/python -m calibration.bank_1999

# Simulates the shipped sample of records anew, from the scenario known-center.
sample: $(READY)
	$(BIN)/python -m calibration.sample_records

# Measures our engines and their peers, which wants an otherwise idle machine; remakes results/published/benchmarks.md.
bench: $(READY_BENCH)
	$(BIN)/python -m bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(READY_DEV): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@ $(READY)

$(READY_BENCH): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	touch $@ $(READY)

# Forecasts of the bank's calls, ours and a library's, where the data is beside the checkout.
forecasts: $(READY_BENCH)
	$(BIN)/python -m bench.forecasts

clean:
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .ruff_cache
