# One command to see it, one to test it. Needs python3 (3.11 or newer) with venv; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Links that put the packages where the wheel has them, so that mypy meets each under its one name.
ONE_NAME := build/one-name
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test lint bench pairs same great-expectations fuzz fuzz-declarations pollock kills mutate disclosed accuracy injected samples pictures clean

demo: $(VENV)/runtime  ## audit the sample log and say where the report is
	$(BIN)/logsyn audit sample_logs/momentum.csv --suite momentum-jobklub --practice jobcenter --as-of 2023-11-30 --fail-on never

test: $(VENV)/testing chromium lint  ## all tests, as CI runs them
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/testing
	$(BIN)/ruff check .
	mkdir -p $(ONE_NAME)/logsyn
	ln -sfn $(CURDIR)/logsyn/* $(CURDIR)/validator $(CURDIR)/expectations $(CURDIR)/reports $(ONE_NAME)/logsyn/
	cd $(ONE_NAME) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml --cache-dir $(CURDIR)/.mypy_cache


bench: $(VENV)/testing  ## all that is promised, at 100 thousand, 1 million and 10 million events; some 12 minutes
	$(BIN)/python -m benchmarks.speed

pollock: $(VENV)/testing  ## the reader on the polluted files of the Pollock benchmark; POLLOCK=FOLDER is a clone of it; some 6 minutes
	$(BIN)/python -m benchmarks.pollock "$(POLLOCK)"

kills: $(VENV)/testing  ## sixty runs killed at moments all over their course: what is left, and with which exit code; some 6 minutes
	$(BIN)/python -m benchmarks.kills

fuzz: $(VENV)/testing  ## whole runs over 2,000 drawn extracts in one process and 40 as commands; FUZZ="--extracts 100 --seed 7" for others
	$(BIN)/python -m tests.whole_runs.fuzz $(FUZZ)

pairs: $(VENV)/testing  ## the default audit against that of an earlier commit, in turn: make pairs BEFORE=COMMIT
	$(BIN)/python -m benchmarks.pairs $(BEFORE)

same: $(VENV)/testing  ## the audits of an earlier commit and of this one: every field of audit.json that differs: make same BEFORE=COMMIT
	$(BIN)/python -m benchmarks.same $(BEFORE)

great-expectations: $(VENV)/testing  ## the tests of checking with the oldest and the newest Great Expectations that may be installed; some 10 minutes
	$(BIN)/python -m benchmarks.engine_versions

fuzz-declarations: $(VENV)/testing  ## 4,900 drawn declarations of every kind, and 200 sets of them through whole commands; FUZZ="--each 50 --seed 7" for others
	$(BIN)/python -m tests.whole_runs.fuzz_declarations $(FUZZ)

mutate: $(VENV)/testing  ## 150 drawn changes of the code, in a copy, each against the tests that execute it; an hour, and a quarter more for new code; MUTATE="--seed 2 --minutes 30" for others
	$(BIN)/python -m benchmarks.mutate $(MUTATE)

disclosed: $(VENV)/testing  ## what 60 drawn logs, the sample and the real logs give away of what is hidden, by linear programming; some 3 minutes; DISCLOSED="--seeds 500" for more
	$(BIN)/python -m benchmarks.disclosed $(DISCLOSED)

accuracy: $(VENV)/testing  ## precision and recall of the checks; the real logs where they are at hand; some 16 minutes
	$(BIN)/python -m benchmarks.accuracy

injected: $(VENV)/testing  ## each fault in 0, 1, 5, 20 and 50 % of the cases of a clean log: the measures and answers of the questions; some 5 minutes
	$(BIN)/python -m benchmarks.injected

samples: $(VENV)/testing  ## the full sample log, into sample_logs/full/
	$(BIN)/python -m sample_logs.generate --full

pictures: $(VENV)/testing chromium  ## the pictures of the pages in docs/
	$(BIN)/python -m docs.pictures

$(VENV)/runtime: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/testing: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[test]'
	touch $@ $(VENV)/runtime

# The pages are tested in a real browser. As root on Debian it is installed; elsewhere this says how.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || { \
	  if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium; \
	  else echo "Chromium is not installed: the tests of the pages will be skipped. Install it with: sudo apt-get install chromium"; fi; }

clean:
	rm -rf $(VENV) logsyn-report .logsyn build dist .pytest_cache .mypy_cache .ruff_cache
