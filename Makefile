# Kiezkarte: `make run` serves it, `make test` checks it. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

.PHONY: help install run meeting certificate test thorough check import backup restore score flags bench load torture lock clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/made: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Kiezkarte braucht Python 3.11 oder neuer, gefunden: " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/made-dev: $(VENV)/made requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m tests.browser.install
	@touch $@

install: $(VENV)/made ## Install what the app needs, nothing else

run: install ## Serve the app on http://localhost:8501 (PORT=... for another port)
	@$(BIN)/python -m commands.start

meeting: install ## Serve a room without internet: make meeting [MEETING=CODE] [ADDRESS=...] [WLAN=... WLAN_PASSWORD=...] [TLS=1]
	@$(BIN)/python -m commands.meeting

certificate: install ## Make certificates for https in the room's own network
	@$(BIN)/python -m commands.certificate

backup: install ## Back up now, also while the office works: make backup [TO=folder]
	@$(BIN)/python -m commands.backup "$(TO)"

restore: install ## Restore a backup: make restore FROM=file [REPLACE=1]
	@REPLACE="$(REPLACE)" $(BIN)/python -m commands.restore "$(FROM)"

check: $(VENV)/made-dev ## Format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright

test: check ## The tests; installs what they need, the browser too
	$(BIN)/python -m pytest -q -m "not browser and not thorough" -n 2 --dist loadfile
	$(BIN)/python -m pytest -q -m "browser and not thorough" -n 2 --dist loadfile --reruns 2 -r R

thorough: $(VENV)/made-dev ## What `make test` leaves out: further languages, every hostile text at every door
	$(BIN)/python -m pytest -q -m thorough -n 2 --dist loadfile --reruns 1

import: install ## Import pins: make import FILE=pins.csv [MAPPING=radbuegel] [ARGS=...]
	@$(BIN)/python -m commands.import_pins "$(FILE)" $(if $(MAPPING),--mapping "$(MAPPING)") $(ARGS)

score: install ## Score the grouping on labelled pins: make score PINS=file.csv
	@$(BIN)/python tests/bench/score.py "$(PINS)"

flags: install ## Score the flags on labelled pins: make flags PINS=file.csv
	@$(BIN)/python tests/bench/flags.py "$(PINS)"

bench: $(VENV)/made-dev ## Measure; prints JSON lines
	@$(BIN)/python -m tests.bench.all

load: $(VENV)/made-dev ## Measure a full room: 200 tablets, 50 phones, a wall (MINUTES=10; WEEK=1: seven such days in an hour)
	@$(BIN)/python -m tests.bench.all room

torture: $(VENV)/made-dev ## Kill it, cut its power, fill its disk, and count: make torture [ROUNDS=1000] [MINUTES=60]
	@ROUNDS="$(ROUNDS)" MINUTES="$(MINUTES)" $(BIN)/python -m tests.torture

lock: ## Lock the requirements with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements-dev.in -o requirements-dev.txt

clean: ## Remove what was made, but never the database in var/
	rm -rf $(VENV) .pytest_cache .ruff_cache
