# `make help` (or `make` alone) tells what there is; the texts behind ## are its lines.

PORT ?= 8501
ADDRESS ?= 127.0.0.1
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# The demonstration: one-click accounts, and the day after the sample returns of 2021Q3 were due.
# For real returns: make run DEMO= TODAY=   (after `python -m access create-admin NAME`; loads no sample returns)
DEMO ?= 1
TODAY ?= 2021-10-15

# A folder of examples/ to look at instead, with data of its own: make run EXAMPLE=two-years
EXAMPLE ?=

# How many processes serve the dashboard, behind one port: one fills one core.
WORKERS ?= 1
SERVE = $(if $(filter 1,$(WORKERS)),$(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port,\
	$(BIN)/python -m ui.app.several --workers $(WORKERS) --address $(ADDRESS) --port)

ifneq ($(EXAMPLE),)
MADE := data/var/examples/$(EXAMPLE)
TODAY := 2022-04-15
export DASHBOARD_DATA := $(MADE)/var
export DASHBOARD_PLANS := $(MADE)/plans
endif

# What `make check T=…` and `make test T=…` try: a chapter, a file, one test.
T ?=
# Compiled code is kept: without it each process that a test starts compiles the program anew.
unexport PYTHONDONTWRITEBYTECODE
# What tests write goes into memory where there is room for it: they publish thousands of times, and the disk is slow.
MEMORY := $(shell [ -w /dev/shm ] && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 6000000 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
PYTEST := $(MEMORY) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# What is installed: every package with its hashes. LOCK=requirements.txt where a mirror serves wheels of its own making.
LOCK ?= requirements.lock
LOCK_DEV ?= $(if $(filter %.lock,$(LOCK)),requirements-dev.lock,requirements-dev.txt)
TOOLS := .venv/tools

.PHONY: help setup run load check test test-long format demo rules bench gallery lock sbom audit clean
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run load  ## set everything up and open the dashboard   (PORT=8600; WORKERS=2; EXAMPLE=two-years; real returns: DEMO= TODAY=)
	@.ci/system-packages chromium font &  # the dashboard does not wait for it; pictures begin when it is there
	@echo "抚顺市教育工作要点监测平台: http://$(ADDRESS):$(PORT)   (Ctrl+C 结束 / to stop)"
	@test "$(WORKERS)" = 1 || .ci/system-packages nginx
	@DASHBOARD_DEMO=$(DEMO) DASHBOARD_TODAY=$(TODAY) $(SERVE) $(PORT)

load: .venv/.run  ## load the sample returns, as `make run` does
	@test -z "$(EXAMPLE)" || $(BIN)/python -m demo --example $(EXAMPLE) --out $(MADE)
	@test -z "$(DEMO)" || DASHBOARD_DEMO=$(DEMO) DASHBOARD_TODAY=$(TODAY) $(BIN)/python -m actions stage data/demo --quiet
	@test -z "$(EXAMPLE)" || DASHBOARD_DEMO=$(DEMO) DASHBOARD_TODAY=$(TODAY) $(BIN)/python -m etl load $(MADE)/returns --quiet

test: .venv/.test  ## set everything up and run all tests           (T=tests/etl for a chapter)
	@.ci/system-packages chromium font office nginx postgres
	@$(PYTEST) $(ARGS) $(T)

check: .venv/.test  ## before a commit, in a minute: style, types, quick tests   (T=tests/etl: all of a chapter)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "make format"; exit 1; }
	@$(BIN)/mypy & types=$$!; \
	$(PYTEST) $(if $(T),$(T),-m "not slow"); tests=$$?; wait $$types && exit $$tests

test-long: .venv/.test  ## an hour before a release: kills, power cuts, a crowd, races (docs/testing.md; LONG_MINUTES=5 …)
	@TEST_LONG=1 $(BIN)/python -m pytest -n 0 tests/actions/test_actions_together.py tests/long
	@TEST_LAKE=1 $(PYTEST) tests/warehouse/test_marts_*.py

format: .venv/.test  ## put every file into the one format
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

setup: .venv/.run  ## set everything up and do no more

demo: .venv/.run  ## write the sample returns anew
	@$(BIN)/python -m demo --out data/demo

rules: .venv/.run  ## write the table of docs/rules.md out of the words beside each rule
	@$(BIN)/python -m bench.rules

bench: .venv/.test  ## measure what docs/figures.md quotes, and write it there (half an hour)
	@.ci/system-packages chromium font
	@$(BIN)/python -m bench

gallery: .venv/.test  ## take the pictures of docs/gallery.md
	@.ci/system-packages chromium font office
	@$(BIN)/python -m bench.gallery

lock: .venv/.tools  ## after a change of requirements*.txt: write anew what is installed, with hashes
	@$(UV) requirements.txt -o requirements.lock
	@$(UV) -c requirements.lock requirements-dev.txt -o requirements-dev.lock

sbom: .venv/.run  ## what the dashboard is made of, as CycloneDX (data/var/sbom.cdx.json)
	@$(BIN)/python -m bench.sbom

audit: .venv/.tools  ## known weaknesses of what is installed (asks PyPI; nothing is sent but names and versions)
	@$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

clean:  ## remove the environment and all that the program wrote
	rm -rf .venv data/var .pytest_cache .ruff_cache .mypy_cache

.venv/.run: $(LOCK)
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv / could not make a virtual environment; on Debian/Ubuntu install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check -r $(LOCK)
	@touch $@

.venv/.test: .venv/.run $(LOCK_DEV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -r $(LOCK_DEV)
	@touch $@

.venv/.tools: .venv/.run requirements-tools.txt
	@$(BIN)/python -m venv $(TOOLS)
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check -r requirements-tools.txt
	@touch $@

UV = $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
