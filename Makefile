# Frise. Two commands: `make run` opens the dashboard, `make test` runs every test.
# Both do all the set-up they need; a step that is done is not done again. Steps that need not wait for
# each other run side by side.

# goals named together ("make clean run") come one after the other
MAKEFLAGS += --jobs=$(if $(word 2,$(MAKECMDGOALS)),1,3)
PYTHON ?= python3
PORT ?= 8501
STORE = $${FRISE_STORE:-data/store}
PY = .venv/bin/python
# what is locked is whole: pip need not look for more
PIP = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile
GAZETTEER_FROM = loaders/find/places/gazetteer_build.py $(wildcard data/reference/*.csv data/reference/*.toml data/languages/*.places.toml)

.DEFAULT_GOAL := help
.PHONY: help run test test-long lint format setup setup-dev assets samples folder browser axe lock clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: setup assets $(if $(FOLDER),folder,samples) ## set everything up, load the samples (or FOLDER=...), open the dashboard on localhost:8501
	@echo "Frise is at http://localhost:$(PORT) (stop with Ctrl-C)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		(sleep 4; $(PY) -m webbrowser "http://localhost:$(PORT)" >/dev/null 2>&1) & fi
	@$(PY) -m streamlit run dashboard.py --server.port $(PORT)

# Three workers (browser tests wait much, so two cores serve them) take whole files, and one of them all browser tests, which are
# the longest chain, first (tests/units.py); what a file or a session sets up (stores, models) is set up once a worker.
test: setup-dev .venv/.collected assets browser axe ## set everything up and run every test
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=30

test-long: setup-dev assets browser axe ## the tests marked long, 50 kills of loads and of what reads for them, 300 filters drawn, damage to samples; Spark where it is installed
	@$(PY) -m benchmarks.kill_store --kills 50
	@$(PY) -m pytest -n 3 --dist loadfile -m long
	@FRISE_TEST_DRAWS=50 $(PY) -m pytest -q -o timeout=0 tests/events/test_large_store.py tests/loaders/readers/test_damaged_samples.py
	@FRISE_NO_MODELS=1 $(PY) -m benchmarks.spark_local

lint: setup-dev ## style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy .

format: setup-dev ## lay the code out
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

setup: .venv/.ready .venv/.compiled
setup-dev: .venv/.ready-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Frise needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "No virtual environment could be made. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

# Two halves side by side, since pip unpacks one package after the other; then what is still missing,
# with the errors of all.
.venv/half-%.txt: requirements.txt | .venv/bin/python
	@awk -v half=$* 'BEGIN { n = 0 } /^[A-Za-z0-9]/ { n = !n } n == half' requirements.txt > $@

.SECONDARY: .venv/half-0.txt .venv/half-1.txt
.venv/.half-%: .venv/half-%.txt
	@[ $* = 1 ] || echo "Installing what Frise needs (once, about a minute) ..."
	@$(PIP) -r $< 2> $@ || true

.venv/.ready: .venv/.half-0 .venv/.half-1 requirements.txt
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

# pip would compile every file one after the other before anything else begins.
.venv/.compiled: .venv/.ready
	@$(PY) -m compileall -qq -j 2 -x '/tests/' .venv/lib || true
	@touch $@

# What Python and pytest make of a file that is first imported: each worker would do it for itself.
.venv/.collected: .venv/.ready-dev
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest --collect-only >/dev/null 2>&1 || true
	@touch $@

assets: data/built/gazetteer.sqlite static/built/.ready

data/built/gazetteer.sqlite: $(GAZETTEER_FROM) | .venv/.ready
	@echo "Building the gazetteer (once, under a minute) ..."
	@$(PY) -m loaders.find.places.gazetteer_build

# Base map and font come from npm packages. Without them the dashboard still runs: the map has no
# outlines and the text takes a font of the system.
static/built/.ready: package-lock.json $(wildcard charts/assets/*.py) | .venv/.ready
	@echo "Building the base map and the font (once) ..."
	@mkdir -p static/built
	@if $(PY) -m charts.assets.basemap --install && $(PY) -m charts.assets.fonts; then touch $@; \
	else echo "Going on without base map or font; 'make assets' tries again."; fi

# The articles of a folder of one's own instead of the samples: `make run FOLDER=~/articles`. It is
# watched from then on.
MINE = $(patsubst ~%,$(HOME)%,$(FOLDER))
folder: setup assets
	@$(PY) -m loaders load "$(MINE)" || echo "What was not read is listed above, and on the page Left out."
	@$(PY) -m loaders watch --add "$(MINE)"

samples: setup assets
	@case "$(STORE)" in *://*) exit 0;; esac; [ -e "$(STORE)/store.json" ] || { echo "Loading the sample articles ..."; \
		$(PY) -m loaders load data/samples || echo "Some samples were set aside; see above."; }

browser: ## Debian's Chromium for the browser tests, where it can be installed
	@if command -v chromium >/dev/null 2>&1 || [ -n "$$FRISE_CHROMIUM" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq >/dev/null 2>&1; \
		apt-get install -y -qq chromium >/dev/null 2>&1 \
			|| echo "Chromium could not be installed: the browser tests will be skipped."; \
	else echo "No Chromium here and no right to install it: the browser tests will be skipped." \
		"Install the package 'chromium', or set FRISE_CHROMIUM to a Chromium binary."; fi

axe: node_modules/.ready-tests ## axe-core, the accessibility rules that the browser tests hold

node_modules/.ready-tests: package-lock.json | assets
	@if $(PY) -m tests.browser.axe; then touch $@; \
	else echo "Going on without axe-core: its tests will be skipped; 'make axe' tries again."; fi

lock: .venv/bin/python ## compile requirements*.in into requirements*.txt with hashes
	@$(PY) -m pip install --quiet uv
	@for name in requirements requirements-dask requirements-spark requirements-dev; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header $$name.in -o $$name.txt; done

clean: ## remove what was built and installed; the store stays
	rm -rf .venv node_modules data/built static/built .mypy_cache .ruff_cache .pytest_cache .hypothesis
