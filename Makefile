# Each target works from nothing and can be run again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INDEX := .onrecord
PORT ?= 7860
DATA ?= ../shared

.PHONY: install chromium chat test test-crash test-fuzz lint bench bench-quality bench-scale screenshots clean

install: $(INSTALLED) chromium

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

# Only the browser tests need it. From Debian's packages, where there are any.
chromium:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	  echo "Installing Chromium, for the tests of the page only." && \
	  apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || { \
	  echo "Chromium is missing, and cannot be installed here: that takes root and Debian's packages."; \
	  echo "Only the tests of the page need it. Install it yourself, or set ONRECORD_NO_BROWSER=1."; }

# The bundled article, indexed, and the page on 127.0.0.1.
chat: $(INSTALLED)
	$(BIN)/onrecord add examples/lavrov-visit.md --index $(INDEX)
	$(BIN)/onrecord chat --index $(INDEX) --port $(PORT)

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

# Two files at a time, each in one process.
test: install lint
	$(BIN)/pytest --numprocesses 2 --dist loadfile

# Kills a writer 200 times and checks what it left; the suite has a short version of it.
test-crash: $(INSTALLED)
	ONRECORD_TEST_KILLS=200 $(BIN)/pytest tests/test_crash.py

# 14,000 broken and made-up inputs for what reads files; the suite tries a few.
test-fuzz: $(INSTALLED)
	ONRECORD_FUZZ=10000 $(BIN)/pytest tests/properties/test_loaders_fuzzed.py --hypothesis-show-statistics

bench: $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks.peers $(DATA)/squad/articles --questions $(DATA)/squad/questions.jsonl

# The shared question sets, into docs/quality.md: numbers with intervals, and the commit.
bench-quality: $(INSTALLED)
	$(BIN)/python -m benchmarks.quality $(DATA)

# The pictures of the README's tour, from the page as it is now.
screenshots: install
	ONRECORD_SCREENSHOTS=1 $(BIN)/pytest tests/e2e/test_tour.py -p no:randomly

# From a thousand passages to a million, into docs/scale.md; takes half an hour and 10 GB of disk.
bench-scale: $(INSTALLED)
	$(BIN)/python -m benchmarks.scale --out docs/scale.md

clean:
	rm -rf $(VENV) $(INDEX)
