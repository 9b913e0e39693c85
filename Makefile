# Every target does its own set-up in .venv, from the locked and hashed requirements.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The lock files name every package, so pip has nothing to resolve: --no-deps. (Resolving, pip 23
# asks for a pin of "sqlalchemy[asyncio]" beside that of "sqlalchemy".)
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-input --no-deps

# Files in parallel, each on one process, in their order: the long one of them begins in time.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast mutate-sql lint node browser docs bench bench-scan bench-archive bench-collect bench-page bench-mutants lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## From nothing to the dashboard: the flows on the recorded sample, offline
	@$(BIN)/adoption demo

test: $(VENV)/.installed-dev node browser lint ## Lint, types, layers and every test
	$(PYTEST)

test-fast: $(VENV)/.installed-dev ## The tests that need no more than a second each
	$(PYTEST) -m "not slow"

mutate-sql: $(VENV)/.installed-dev ## Change one thing at a time in the SQL: which mistakes does no test notice?
	$(BIN)/python -m tests.mutate_sql

lint: $(VENV)/.installed-dev ## Lint, format, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

node: ## Install the published schemas that the stand-ins are held to, where npm is or may be had
	@sh tests/install_node_packages.sh

browser: ## Install Chromium for the dashboard tests, where missing and permitted
	@sh tests/install_chromium.sh

docs: $(VENV)/.installed ## Write docs/schema.md anew from the database's comments
	$(BIN)/python -m pipeline.store.schema_page

bench: bench-scan bench-archive bench-mutants bench-collect bench-page ## Every benchmark

bench-scan: $(VENV)/.installed-bench ## The scanner beside its peers, on 140 MB of packages' source
	$(BIN)/python -m benchmarks.bench_scan

bench-archive: $(VENV)/.installed-bench ## From .tar.gz to facts, beside inflating alone
	$(BIN)/python -m benchmarks.bench_archive

bench-collect: $(VENV)/.installed-dev ## adoption run for 1,000 and 200,000 repositories, on loopback
	$(BIN)/python -m benchmarks.bench_collect

bench-page: $(VENV)/.installed-dev browser ## The site with 300,000 papers: size, load, and how fast controls act
	$(BIN)/python -m benchmarks.bench_page

bench-mutants: $(VENV)/.installed-dev ## 100,000 damaged files through every scanner
	$(BIN)/python -m benchmarks.bench_mutants

lock: $(VENV)/.installed-dev ## Resolve the newest versions and write the lock files
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra build --extra dev -c requirements.lock pyproject.toml \
		-o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra build --extra dev --extra bench -c requirements-dev.lock \
		pyproject.toml -o benchmarks/requirements.lock

clean: ## Remove everything that was made here, the databases included
	rm -rf $(VENV) data/work data/export data/*.duckdb dashboards/site

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.lock pyproject.toml
	@echo "Installing the locked dependencies into $(VENV) (a minute or two) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@$(BIN)/pip --disable-pip-version-check check
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing the tools for tests ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev benchmarks/requirements.lock
	@echo "Installing the peers to measure against ..."
	@$(PIP) --require-hashes -r benchmarks/requirements.lock
	@touch $@
