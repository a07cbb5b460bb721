# make run    the app on http://localhost:8501 (PORT=... for another)
# make serve  several processes of it behind nginx, for a hospital (WORKERS=, PORT=, ADDRESS=, NAMES=, BASE=, CERT= and KEY=; README)
# make test   the tests, those in a browser too (ARGS="tests/reading -k dates" for some of them)
# make quick  each module by itself, in a minute or two: no browser, no page, no report, no walk over the corpus
# make thorough  the long lists of cases of which `make test` takes some
# make lint   style (ruff) and types (pyright, some minutes)
# make lock   the locks of .ci/supply/ anew, for each tested Python that is found here; make sbom: what is in one, as CycloneDX
# make newest installs the newest of requirements.txt's ranges beside, and runs the quick tests with them
# make qualify  the bundled study and the comparisons with R on this machine, into a dated report
# Each sets up its own .venv the first time and goes straight to work after that.

PORT ?= 8501
PYTHONS ?= python3 python3.13 python3.12 python3.11 python
ARGS ?=
VENV := .venv
LOCKED ?= yes
QUICK := $(addprefix tests/,statistics reading meaning sections telling test_settings.py test_units_results.py test_layers.py)
PY := $(VENV)/bin/python
# Compiled once, whatever the environment says of that: else each worker compiles every test and module again.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(PY) -m pytest
READY := $(VENV)/.ready
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: run serve test quick thorough lint bench lock sbom newest qualify clean
.DEFAULT_GOAL := run

run: $(READY)
	@$(PY) -m streamlit run app.py --server.port $(PORT)

serve: $(READY)
	@$(foreach name,WORKERS ADDRESS NAMES BASE CERT KEY,$(if $($(name)),SERVE_$(name)='$($(name))')) SERVE_PORT=$(PORT) \
	  $(PY) .ci/serve/processes.py

test: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PYTEST) -n auto --dist loadfile --no-loadscope-reorder -m "not thorough" $(ARGS)

quick: $(READY)
	@$(PYTEST) -n auto --dist loadfile -m "not browser and not thorough" $(QUICK) $(ARGS)

thorough: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PY) -m pytest -n auto --dist loadfile -m thorough $(ARGS)

lint: $(READY)
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m pyright -p .pyright.json --threads

bench: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PY) benchmarks/slider.py $(ARGS)

lock:
	@for python in python3.11 python3.12 python3.13; do \
	  $$python -c '$(NEW_ENOUGH)' 2>/dev/null || { echo "$$python is not here: its lock stays as it is"; continue; }; \
	  where=$$(mktemp -d) && $$python -m venv $$where && to=$$($$where/bin/python .ci/supply/lock.py --name) && \
	  $$where/bin/python .ci/supply/lock.py > $$where/lock && mv $$where/lock $$to && echo "$$to"; rm -rf $$where; done

sbom: $(READY)
	@$(PY) .ci/supply/sbom.py $(ARGS)

qualify: $(READY)
	@$(PY) .ci/supply/qualify.py $(ARGS)

newest:
	@$(MAKE) --no-print-directory VENV=.venv-newest LOCKED=no quick

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installed from the lock of this Python and kind of machine, its hashes checked; from requirements.txt where there is none, or
# where it cannot be installed, which is said (LOCKED=only ends there, LOCKED=no takes requirements.txt at once).
$(READY): requirements.txt $(wildcard .ci/supply/*.txt)
	@python="$$(for name in $(PYTHONS); do $$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)"; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed and was not found: https://www.python.org/downloads/"; exit 1; fi; \
	$$python -m venv --clear $(VENV) || { \
	  echo "$$python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) (once, about a minute) ..."
	@pip="$(PY) -m pip install --quiet --disable-pip-version-check"; lock=$$($(PY) .ci/supply/lock.py --name); \
	if [ "$(LOCKED)" != no ] && [ -f "$$lock" ]; then \
	  $$pip --require-hashes --no-deps -r "$$lock" || { [ "$(LOCKED)" != only ] && \
	  echo "$$lock could not be installed: installing what requirements.txt names, without its hashes." && \
	  $$pip -r requirements.txt; }; \
	else $$pip -r requirements.txt; fi
	@touch $@
