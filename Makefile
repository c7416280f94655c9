# Each target works from nothing and can be run again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INDEX := .onrecord
PORT ?= 7860
DATA ?= ../shared

.PHONY: install chat test lint bench clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

# The bundled article, indexed, and the page on 127.0.0.1.
chat: install
	$(BIN)/onrecord add examples/lavrov-visit.md --index $(INDEX)
	$(BIN)/onrecord chat --index $(INDEX) --port $(PORT)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

test: lint chromium
	$(BIN)/pytest

# Only the browser tests need it. From Debian's packages, where there are any.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	  apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || { \
	  echo "Chromium is missing and cannot be installed here (that takes root and Debian's packages):"; \
	  echo "install it yourself, or set ONRECORD_NO_BROWSER=1 to run the tests without the page's."; \
	  [ -n "$$ONRECORD_NO_BROWSER" ]; }

bench: install
	$(BIN)/python -m benchmarks.peers $(DATA)/squad/articles --questions $(DATA)/squad/questions.jsonl

clean:
	rm -rf $(VENV) $(INDEX)
