# Two commands set everything up: `make site` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site serve test check fuzz bench bench-smoke pictures clean

site: $(VENV)/.site
	$(BIN)/sitegen build
	@echo
	@echo "The demo newspaper is in public/. To look at it, and to write in it: make serve"

serve: $(VENV)/.site
	$(BIN)/sitegen serve

# Each process begins with a share of its own, of tests that stand together, so that sites and
# browsers which neighbours look at are made once; at the end it takes over from the others.
test: $(VENV)/.test $(VENV)/.programs
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

# FUZZ="--count 1000 --seed 7" tries other inputs, or fewer.
fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz $(FUZZ)

bench-smoke: $(VENV)/.test $(VENV)/.programs
	$(BIN)/python benchmarks/smoke.py

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --articles 10000
	$(BIN)/python benchmarks/pictures.py --photos 200
	$(BIN)/python benchmarks/preview.py --articles 10000

# Draws the demo newspaper's pictures anew. They are committed: nothing else needs this.
# PICTURES="barrier lantern" draws those whose path contains one of the words.
pictures: $(VENV)/.demo
	$(BIN)/python -m tools.pictures $(PICTURES)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@

# The tests look at the pages in the system's Chromium, have them served by nginx and Apache, and
# send them with rsync and to sshd; this installs what is missing where it can.
$(VENV)/.programs: $(VENV)/.test tests/programs.py
	$(BIN)/python -m tests.programs
	@touch $@

$(VENV)/.check: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,check]"
	@touch $@

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	@touch $@

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[demo]"
	@touch $@

clean:
	rm -rf public preview .sitegen
