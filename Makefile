# Thin names for quickstart.py, which a machine without make runs directly: python3 quickstart.py run

PYTHON ?= python3

.PHONY: help run test check bench format

help:  ## what there is
	@$(PYTHON) quickstart.py help

run:  ## set up, then serve on this machine (PORT=8001 chooses another port)
	@$(PYTHON) quickstart.py run

test:  ## set up, then run the whole suite with branch coverage (ARGS="tests/domain -k merge")
	@$(PYTHON) quickstart.py test $(ARGS)

check:  ## format, lint, types, templates, migrations, budgets: fast
	@$(PYTHON) quickstart.py check

bench:  ## the measurements of docs/benchmarks.md
	@$(PYTHON) quickstart.py bench $(ARGS)

format:  ## rewrite code and templates in the project's format
	@$(PYTHON) quickstart.py format
