# The same words on the laptop and in CI; `make` lists them. Needs Debian's make, python3 and python3-venv.

PYTHON ?= python3
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
MANAGE := $(RUN) manage.py
PYTEST := $(RUN) -m pytest --numprocesses auto
PIP_INSTALL := $(RUN) -m pip install --quiet --no-input --disable-pip-version-check --require-hashes
# With the extras that packages ask for, or pip takes the newest version of those and finds it unpinned.
PIP_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras $(UPGRADE)

# Which Python the environment is made of, so that another one gets an environment of its own.
PYTHON_VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
MADE := $(VENV)/made-with-$(PYTHON_VERSION)
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev

# A developer's settings, and the embedded database. Only tools/with_postgres.py names another one.
export DEBUG := on
export UV_CUSTOM_COMPILE_COMMAND := make lock
unexport DATABASE_URL

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

# ---- Use it

.PHONY: run
run demo: export DEMO := on
run: export SITE_URL := http://127.0.0.1:$(PORT)
run: demo  ## the portal with demo data on http://127.0.0.1:8000/ (PORT=… for another port)
	@echo "The portal is on http://127.0.0.1:$(PORT)/ until you press Ctrl-C."
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

.PHONY: demo
demo: install  ## a migrated database with demo data, and who can sign in
	@mkdir -p var
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) load_demo --verbosity 0 > /dev/null
	@$(MANAGE) load_demo --show

.PHONY: install
install: $(INSTALLED)  ## the environment only
	@$(RUN) tools/system_packages.py pango

.PHONY: install-dev
install-dev: $(INSTALLED_DEV)
	@$(RUN) tools/system_packages.py pango

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The portal needs Python 3.11 or newer.")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(INSTALLED): requirements.txt $(MADE)
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# ---- Change it

.PHONY: test
test: install-dev  ## the whole suite, on SQLite and then on a throw-away PostgreSQL
	@$(RUN) tools/system_packages.py postgresql chromium java poppler $(if $(CI),nginx)
	$(PYTEST)
	$(RUN) tools/with_postgres.py $(PYTEST) -m "not browser and not once"

.PHONY: test-pythons
test-pythons: install-dev  ## a quick part of the suite on each other Python at hand, from 3.11
	$(RUN) -m tools.other_pythons

.PHONY: coverage
coverage: install-dev  ## which lines and branches no test reaches
	$(PYTEST) --cov -m "not browser"

.PHONY: bench
bench: install-dev  ## speed, as ratios to bare floors; SIZE=10000 for a short run
	@$(RUN) tools/system_packages.py postgresql
	$(RUN) -m bench $(SIZE)

.PHONY: release-dump
release-dump: install-dev  ## a filled database of RELEASE=…, from which later versions are tested to upgrade
	@$(RUN) tools/system_packages.py postgresql
	$(RUN) -m tools.release_dump $(RELEASE)

.PHONY: drill
drill: install-dev  ## faults made on purpose, on a throw-away portal; NAME=restored COUNT=5 for less
	@$(RUN) tools/system_packages.py postgresql
	$(RUN) -m drills $(NAME) $(if $(COUNT),--count $(COUNT))

.PHONY: check
check: check-code check-templates check-types check-layers check-django check-messages  ## everything a linter can see

.PHONY: check-code check-templates check-types check-layers check-django check-messages
check-code: install-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
check-templates: install-dev
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/djlint templates --lint --quiet
check-types: install-dev
	$(BIN)/mypy
check-layers: install-dev
	$(BIN)/lint-imports --no-logo
check-django: export DATABASE_URL := sqlite://:memory:
check-django: install-dev
	$(MANAGE) makemigrations --check --dry-run
	@SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	DEBUG=off ALLOWED_HOSTS=portal.example.se $(MANAGE) check --deploy --fail-level WARNING
check-messages: install-dev
	$(RUN) tools/messages.py check

.PHONY: fix
fix: install-dev  ## what the linters can put right themselves
	-$(BIN)/ruff check --fix
	$(BIN)/ruff format
	-@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

.PHONY: messages
messages: install-dev  ## collect the texts to translate, and compile the translation
	$(RUN) tools/messages.py update

.PHONY: lock
lock: install-dev  ## requirements*.txt from requirements*.in (UPGRADE=--upgrade for newer versions)
	$(PIP_COMPILE) requirements.in --output-file requirements.txt
	$(PIP_COMPILE) requirements-s3.in --output-file requirements-s3.txt
	$(PIP_COMPILE) requirements-dev.in --output-file requirements-dev.txt
