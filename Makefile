# make setup  sets everything up and does no more
# make run    sets everything up and opens the dashboard     (make run PORT=8600)
# make test   sets everything up and runs all tests
# make demo   writes the sample returns anew                 (needs nothing but Python)
# make bench  measures what docs/figures.md quotes
# make gallery  takes the pictures of docs/gallery.md
# make clean  removes the environment and all that the program wrote

PORT ?= 8501
ADDRESS ?= 127.0.0.1
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# The demonstration: one-click accounts, and the day after the sample returns of 2021Q3 were due.
# For real returns: make run DEMO= TODAY=   (after `python -m access create-admin NAME`; loads no sample returns)
DEMO ?= 1
TODAY ?= 2021-10-15

.PHONY: setup run test demo bench gallery clean load
.DEFAULT_GOAL := run

setup: .venv/.run

run: .venv/.run load
	@.ci/system-packages chromium font
	@echo "抚顺市教育工作要点监测平台: http://$(ADDRESS):$(PORT)   (Ctrl+C 结束 / to stop)"
	@DASHBOARD_DEMO=$(DEMO) DASHBOARD_TODAY=$(TODAY) $(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

load: .venv/.run
	@test -z "$(DEMO)" || DASHBOARD_DEMO=$(DEMO) DASHBOARD_TODAY=$(TODAY) $(BIN)/python -m actions stage data/demo --quiet

test: .venv/.test
	@.ci/system-packages chromium font office
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

demo: .venv/.run
	@$(BIN)/python -m etl.demo --out data/demo

bench: .venv/.test
	@.ci/system-packages chromium font
	@$(BIN)/python -m bench

gallery: .venv/.test
	@.ci/system-packages chromium font
	@$(BIN)/python -m bench.gallery

clean:
	rm -rf .venv data/var .pytest_cache .ruff_cache

.venv/.run: requirements.txt
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv / could not make a virtual environment; on Debian/Ubuntu install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.test: .venv/.run requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
