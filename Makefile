# Each target installs what it needs into .venv, from lock files with versions and hashes.

# Many processes import the same packages. Without this, each of them would compile pandas and Prefect.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The lock files name every package, so no installer need look for others: --no-deps. (Without it pip
# 23 asks for a pin of "sqlalchemy[asyncio]" beside that of "sqlalchemy".)
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-input --no-deps
# uv takes a tenth of pip's time. It does not read pip's settings: where it fails, pip installs.
UV := $(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python
install = $(UV) --require-hashes -r $(1) || \
	{ echo "uv cannot install from here, so pip does. That takes two minutes longer."; \
		$(PIP) --require-hashes -r $(1); }
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

# Say why a test was skipped: -rs. Slow tests of a file share what they start, so one process runs the
# whole file, and files keep their order (tests/conftest.py), which starts with the slow ones. Fast
# tests share little: a process without work takes tests from another one.
PYTEST := $(BIN)/python -m pytest -rs
ONE_PROCESS_A_FILE := --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast mutate-sql lint node browser postgresql stress docs pictures bench bench-scan bench-archive bench-collect \
	bench-page bench-start bench-store bench-mutants bench-history lock clean

##@ Try

help: ## List the targets
	@awk -F ':.*## ' '/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## Run the flows on a recorded sample (offline) and build the site
	@$(BIN)/adoption demo

##@ Test

test: $(VENV)/.installed-dev node browser postgresql lint ## Run lint and every test: what must pass before a change lands
	$(PYTEST) --numprocesses 4 $(ONE_PROCESS_A_FILE)

test-fast: $(VENV)/.installed-dev node ## Run the tests that take at most a quarter of a second each
	$(PYTEST) --numprocesses 2 --dist worksteal -m "not slow" --hypothesis-profile fast

lint: $(VENV)/.installed-dev node ## Check style, format, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@sh tests/lint_scripts.sh
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint -q sql
	$(BIN)/python -m pipeline.store.schema_page --check

mutate-sql: $(VENV)/.installed-dev ## Change the SQL one thing at a time and list the changes that no test notices (continues a stopped run)
	$(BIN)/python -m tests.mutate_sql

node: ## Install what tests and lint need from npm: GitHub's schema, axe, Biome
	@sh tests/install_node_packages.sh

browser: ## Install Chromium, which the tests of the site need
	@sh tests/install_chromium.sh

postgresql: ## Install PostgreSQL, on which a test runs Prefect
	@sh tests/install_postgresql.sh

stress: $(VENV)/.installed-dev ## Publish 200 times beside readers, and kill 100 writers and 50 runs
	$(BIN)/python -m tests.store.stress
	KILLS=50 $(BIN)/python -m pytest -q -n 0 tests/flows/test_resume.py

##@ Measure

bench: bench-scan bench-archive bench-mutants bench-collect bench-page bench-start ## Run every benchmark

bench-scan: $(VENV)/.installed-bench ## Compare the scanner with other tools, on 140 MB of source code
	$(BIN)/python -m benchmarks.bench_scan

bench-archive: $(VENV)/.installed-bench ## Time the way from .tar.gz to facts, beside decompressing alone
	$(BIN)/python -m benchmarks.bench_archive

bench-collect: $(VENV)/.installed-dev ## Time `adoption run` for 1,000 and 200,000 repositories, on loopback
	$(BIN)/python -m benchmarks.bench_collect

bench-page: $(VENV)/.installed-dev browser ## Time the site with 300,000 papers: size, load, controls, search
	$(BIN)/python -m benchmarks.bench_page
	$(BIN)/python -m benchmarks.bench_search

bench-start: $(VENV)/.installed-dev ## Count the CPU seconds of `adoption --help`, query and scan
	$(BIN)/python -m benchmarks.bench_start

bench-store: $(VENV)/.installed-dev ## Time the database with 40,000 and 200,000 units: UNITS=5000 for a try
	$(BIN)/python -m benchmarks.bench_store $(UNITS)

bench-history: $(VENV)/.installed-dev ## Time the year ends of git repositories: CLONES=FOLDER with owner/name
	$(BIN)/python -m benchmarks.bench_history $(CLONES)

bench-mutants: $(VENV)/.installed-dev ## Scan 100,000 damaged files and long lines: none may raise, lie or be slow
	$(BIN)/python -m benchmarks.bench_mutants

##@ Maintain

docs: $(VENV)/.installed ## Write docs/schema.md from the database's comments
	$(BIN)/python -m pipeline.store.schema_page

pictures: $(VENV)/.installed-dev browser dashboards/site/index.html ## Draw the pictures of the documentation from the site
	$(BIN)/python -m tests.dashboards.pictures

lock: $(VENV)/.installed-dev ## Find the newest versions of all packages and write the lock files
	$(COMPILE) --upgrade --extra build pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --extra build --extra dev -c requirements.lock pyproject.toml \
		-o requirements-dev.lock
	$(COMPILE) --upgrade --extra build --extra dev --extra bench -c requirements-dev.lock \
		pyproject.toml -o benchmarks/requirements.lock
	echo uv | $(COMPILE) -c requirements-dev.lock - -o requirements-uv.lock

clean: ## Remove .venv, the databases, the exports and the site
	rm -rf $(VENV) data/work data/export data/*.duckdb dashboards/site

dashboards/site/index.html: | $(VENV)/.installed
	@$(BIN)/adoption demo

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements-uv.lock requirements.lock pyproject.toml
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements-uv.lock
	@$(call install,requirements.lock)
	@$(PIP) --no-build-isolation --editable .
	@$(BIN)/pip --disable-pip-version-check check
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing the tools for tests ..."
	@$(call install,requirements-dev.lock)
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev benchmarks/requirements.lock
	@echo "Installing the peers to measure against ..."
	@$(call install,benchmarks/requirements.lock)
	@touch $@
