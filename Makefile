# Everything a developer types. `make` alone shows the list.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench bench-attempts bench-finding migration lock

PYTHON ?= python3
PORT ?= 5000
DATA ?=
BENCH ?=
AS_OF ?=
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run ## Start the product. PORT=5001 chooses a port, DATA=FOLDER loads a community instead of the demo company.
	@$(BIN)/python serve.py --port "$(PORT)" $(if $(DATA),--data "$(DATA)")

test: .venv/test ## Set up what the tests need and run every check and test. WORKERS=4 runs four at once.
	@sh tools/prepare_tests.sh
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n "$(WORKERS)" --dist loadgroup

lint: .venv/test ## Check style, types and the direction of imports.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/test ## Measure and print. BENCH=pages runs one, DATA=FOLDER measures on a real community.
	@$(BIN)/python -m benchmarks $(BENCH) $(if $(DATA),--data "$(DATA)")

bench-finding: .venv/test ## Print how well the few are found: DATA="FOLDER ..." real communities, AS_OF="DAY ..." their last moments; without, a made-up one.
	@$(BIN)/python -m benchmarks.finding $(DATA) $(foreach day,$(AS_OF),--as-of $(day))

bench-attempts: .venv/test ## Run the whole attempt protocol on both databases: 10,000 attempts, 50 kills. ARGS=--short a small one.
	@sh tools/prepare_tests.sh
	@$(BIN)/python -m benchmarks.attempts $(ARGS)

migration: .venv/test ## Write the initial migration anew from the models (until the first release) and test it.
	@$(BIN)/python -m tools.make_migration
	@$(BIN)/python -m pytest tests/test_migrations.py

lock: ## Pin the packages that requirements.in and requirements-dev.in name, with hashes.
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	@build/lock/bin/uv pip compile $(LOCK) -o requirements.txt requirements.in
	@build/lock/bin/uv pip compile $(LOCK) -c requirements.txt -o requirements-dev.txt requirements-dev.in

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

# A stamp is newer than the list of packages when all of it is installed.
.venv/made:
	@sh tools/make_venv.sh "$(PYTHON)"
	@touch $@

.venv/run: .venv/made requirements.txt
	@echo "Installing the packages of requirements.txt ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/test: .venv/made requirements-dev.txt
	@echo "Installing the packages of requirements-dev.txt ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch .venv/run $@
