# Quanheng: the commands of every day. `make help` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ROOMS := accounts bot complaints core emulator integrity knowledge metrology portal scheduler
SOURCES := $(ROOMS) bench/webhook bench/intake server.py routing.py configuration.py commands.py

.DEFAULT_GOAL := help
.PHONY: help run test check format bench demo lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.built: requirements-build.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -q --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/.installed: requirements.lock $(VENV)/.built
	$(PIP) install -q --require-hashes --no-build-isolation -r requirements.lock
	@touch $@

$(VENV)/.developed: requirements-dev.lock $(VENV)/.installed
	$(PIP) install -q --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

run: $(VENV)/.installed ## set everything up and serve on 127.0.0.1:8080, the played WeChat platform on 8081
	@$(BIN)/python server.py migrate
	@$(BIN)/python server.py demo --if-empty
	@$(BIN)/python server.py serve

demo: $(VENV)/.installed ## demonstration data again, with dates relative to today
	@$(BIN)/python server.py migrate
	@$(BIN)/python server.py demo --again

test: $(VENV)/.developed ## the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist worksteal -ra $(PYTEST)

check: $(VENV)/.developed ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(SOURCES) tests
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.developed ## write the format the check expects
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed ## our hot paths beside their peers, as ratios
	$(BIN)/python -m bench

lock: ## pin requirements again, with hashes and without addresses (needs uv)
	for name in requirements-build requirements requirements-dev; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate $$name.in -o $$name.lock -q || exit 1; \
	done

clean: ## remove what was set up and written here
	rm -rf $(VENV) var .mypy_cache .ruff_cache .hypothesis
