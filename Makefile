# make run    the app on http://localhost:8501 (PORT=... for another)
# make test   the tests, those in a browser too (ARGS="tests/reading -k dates" for some of them)
# make quick  each module by itself, in a minute or two: no browser, no page, no report, no walk over the corpus
# make thorough  the long lists of cases of which `make test` takes some
# make lint   style (ruff) and types (pyright, some minutes)
# Each sets up its own .venv the first time and goes straight to work after that.

PORT ?= 8501
PYTHONS ?= python3 python3.13 python3.12 python3.11 python
ARGS ?=
VENV := .venv
QUICK := $(addprefix tests/,statistics reading meaning sections telling test_settings.py test_units_results.py test_layers.py)
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: run test quick thorough lint bench clean
.DEFAULT_GOAL := run

run: $(READY)
	@$(PY) -m streamlit run app.py --server.port $(PORT)

test: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not thorough" $(ARGS)

quick: $(READY)
	@$(PY) -m pytest -n auto --dist loadfile -m "not browser and not thorough" $(QUICK) $(ARGS)

thorough: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PY) -m pytest -n auto --dist loadfile -m thorough $(ARGS)

lint: $(READY)
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m pyright -p .pyright.json --threads

bench: $(READY)
	@browser=$$(.ci/chromium $(PY)) && CHROMIUM="$$browser" $(PY) benchmarks/slider.py $(ARGS)

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.txt
	@python="$$(for name in $(PYTHONS); do $$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)"; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed and was not found: https://www.python.org/downloads/"; exit 1; fi; \
	$$python -m venv --clear $(VENV) || { \
	  echo "$$python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing what requirements.txt names into $(VENV) (once, about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@
