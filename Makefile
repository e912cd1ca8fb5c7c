# Two commands matter: `make run` talks to the skill, `make test` tests it. Both prepare what they need.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: install run test lint lock bench icons pictures routine-bench triage-bench triage-model

install: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Steady Legs needs Python 3.11 or newer; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: $(READY)
	$(VENV)/bin/steady-legs serve --unverified --open

test: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

lint: $(READY)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/mypy

# uv is needed only to renew the lock file, never to install from it.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dynamodb --extra google --extra speaker --extra tracks --extra web --group dev pyproject.toml -o requirements.lock

bench: $(READY)
	$(VENV)/bin/python -m bench.warm

# The icons of the skill package, out of their drawing.
icons: $(READY)
	$(VENV)/bin/python -m bench.icons

# Every screen on every device, as it is drawn; needs the system package chromium. Look at them: build/pictures/all.png.
pictures: $(READY)
	$(VENV)/bin/python -m bench.pictures

# Recordings and places of the routine, measured with every voice that is installed.
routine-bench: $(READY)
	$(VENV)/bin/python -m bench.routine.recordings
	$(VENV)/bin/python -m bench.routine.interruptions

# Training needs big packages that the skill does not, so it has a virtual environment of its own.
TRAINING := .venv-training
$(TRAINING)/.ready: bench/triage/requirements.txt
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

triage-model: $(TRAINING)/.ready
	$(TRAINING)/bin/python -m bench.triage.train

triage-bench: $(TRAINING)/.ready
	$(TRAINING)/bin/python -m bench.triage.compare
