# Coterie. `make serve` runs it, `make test` proves it; both install what they need first.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install serve demo test chaos lighthouse lint format lock migrations docs words screenshots clean

PORT ?= 8000
HOST ?= 127.0.0.1
APP ?=
SCALE ?= 1
URL ?= http://localhost:$(PORT)
TIMES ?= 3
export PORT HOST

BIN := .venv/bin
STAMP := .venv/.installed

help: ## Show what there is
	@echo "Coterie - the private micro communities inside an audience you already have."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  PORT=9000 HOST=0.0.0.0 COTERIE_DATA=/srv/coterie make serve"

install: $(STAMP) ## Install everything into .venv (the other targets do it for you)

$(STAMP): requirements.lock pyproject.toml .python-version bin/install bin/uv
	@bin/install

serve: $(STAMP) ## Migrate and serve on http://localhost:8000 (PORT, HOST, COTERIE_DATA)
	@exec $(BIN)/coterie serve

demo: $(STAMP) ## Serve a lively demo from its own data folder
	@exec $(BIN)/coterie demo

test: $(STAMP) ## Lint, types, contracts and every test; make test APP=talk for one app
	@APP="$(APP)" bin/test

chaos: $(STAMP) ## Kill, cut and flood a house and count what was lost; SCALE=0.05 for a short one
	@exec $(BIN)/python -m chaos --scale $(SCALE)

lighthouse: $(STAMP) ## Look at the public pages of a served house as search engines do (URL, TIMES)
	@exec $(BIN)/python bench/lighthouse.py $(URL) --times $(TIMES)

lint: $(STAMP) ## Only what reads the code: style, templates, types, import contracts
	@bin/lint

format: $(STAMP) ## Put Python, JavaScript and CSS into the house's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/biome check --write coterie

lock: ## Resolve pyproject.toml anew into requirements.lock, with hashes
	@bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--python-version "$$(cat .python-version)" --group dev pyproject.toml -o requirements.lock
	@echo "requirements.lock is up to date."

migrations: $(STAMP) ## Tell whether a model changed without its migration
	@$(BIN)/python manage.py makemigrations --check --dry-run

docs: $(STAMP) ## Write docs/pages.md and docs/events.md from the code's own words
	@$(BIN)/python bin/document.py

words: $(STAMP) ## Gather what the code says for translation, and tell what is open
	@$(BIN)/python bin/words.py

screenshots: $(STAMP) ## Remake the pictures of the README from the demo
	@$(BIN)/python bin/screenshots.py

clean: ## Remove what was installed; data folders stay
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
