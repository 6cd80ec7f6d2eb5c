# make run: set up and start.  make test: set up and pass all tests.  Without make (Windows): see docs/pemasangan.md.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo check format test bench soak lock clean

# The first Python on this machine that is new enough.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
BIN := .venv/bin
ARGS ?=

define install
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed: sudo apt install python3 python3-venv" >&2; exit 1; fi
	@$(PYTHON) -m bot.install $(1)
endef

help:
	@echo "make run     set everything up and start the program (ARGS=... are passed on)"
	@echo "make demo    the same with a filled, synthetic Alak"
	@echo "make test    set everything up and pass all tests"
	@echo "make check   ruff, mypy and the import rules"
	@echo "make format  put the code into the house's form"
	@echo "make bench   measure the speed (ARGS=... are passed on)"
	@echo "make soak    kill it hundreds of times and count what was lost"
	@echo "make lock    renew the locks (UPGRADE=--upgrade takes newer versions)"

setup:
	$(call install,)

setup-dev:
	$(call install,--tests)

run: setup
	@$(BIN)/suara serve $(ARGS)

demo: setup
	@$(BIN)/suara demo $(ARGS)

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup-dev
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

bench: setup-dev
	@$(BIN)/python -m benchmarks $(ARGS)

soak: setup-dev
	@$(BIN)/python -m benchmarks.soak $(ARGS)

# Exact versions and hashes for every system and every Python from 3.11 on; no address of any registry.
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 $(UPGRADE) pyproject.toml --group build
lock: setup-dev
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra postgres -c requirements.lock -o requirements-postgres.lock
	$(COMPILE) --extra postgres --extra pdf -c requirements-postgres.lock -o requirements-pdf.lock
	$(COMPILE) --extra postgres --extra pdf --group dev -c requirements-pdf.lock -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
