# A machine needs Python 3.11 or newer and make; everything else goes into .venv.
# To choose the interpreter: make PYTHON=/path/to/python3.12 <target>

PYTHON ?=
BIN := .venv/bin
READY := .venv/.ready
PEERS := .bench/.ready
REALSERVER := .bench/llama/gibberish.gguf
DEMO := fixtures/dprk-russia
# Programs under docs/ that write a page; with --check they say whether it is up to date.
PAGES := $(wildcard docs/*.py)

.PHONY: help demo test test-crash test-batch test-ray test-realserver test-openai check docs bench bench-checks lock clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-23s %s\n", $$1, $$2 }'

demo: $(READY) ## Print a briefing of the seed story from its tape: no key, no network
	@$(BIN)/briefer summarize $(DEMO)/bundle.json --replay $(DEMO)/tape.jsonl
	@echo
	@echo "Your own bundle, without a key: $(BIN)/briefer summarize YOUR-BUNDLE.json --model extract"

test: $(READY) ## Run the tests
	@$(BIN)/pytest -n auto

test-crash: $(READY) ## Kill a run at every write, fsync and rename, and run it again (a quarter of an hour)
	@$(BIN)/python -m tests.crash

test-batch: $(READY) ## Run batches of 10,000 bundles, one of them killed five times (half an hour)
	@$(BIN)/python -m tests.batch

test-ray: .ray/.ready ## Run the tests of a batch on a local Ray cluster (a venv of its own, 1 GB; two minutes)
	@.ray/bin/pytest tests/batch/test_ray.py tests/batch/test_cluster.py

test-realserver: $(READY) $(REALSERVER) ## Run the tests against llama.cpp's server (LLAMA_SERVER=path if there is one)
	@$(BIN)/pytest tests/realserver

test-openai: $(READY) ## Run what touches openai with another version of it (OPENAI=3.40)
	@test -n "$(OPENAI)" || { echo "make: which version? make test-openai OPENAI=3.40" >&2; exit 2; }
	@rm -rf .openai && $(BIN)/python -m venv .openai
	@.openai/bin/python -m pip install $(QUIET) --require-hashes -r requirements-dev.lock
	@.openai/bin/python -m pip install $(QUIET) "openai==$(OPENAI).*"
	@.openai/bin/python -m pip install $(QUIET) --no-deps --no-build-isolation -e .
	@.openai/bin/python -m pip freeze | grep -i "^openai==\|^httpx2=="
	@.openai/bin/pytest -n auto tests/models tests/faults

check: $(READY) ## Run what CI runs: ruff, mypy, the docs, the tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@for page in $(PAGES); do $(BIN)/python "$$page" --check || exit 1; done
	@$(BIN)/pytest -n auto

docs: $(READY) ## Write the generated pages again
	@for page in $(PAGES); do $(BIN)/python "$$page" || exit 1; done

bench: $(READY) $(PEERS) ## Measure; fails when a bound is missed
	@missed=0; for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || missed=1; done; exit $$missed

bench-checks: $(READY) ## Measure the checks on labelled statements (STATEMENTS="a.statements.jsonl …")
	@$(BIN)/python benchmarks/checks.py $(STATEMENTS)

lock: ## Write both lock files again (needs uv)
	@uv --no-config pip compile $(LOCK_OPTIONS) pyproject.toml -o requirements.lock
	@uv --no-config pip compile $(LOCK_OPTIONS) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove everything that was built
	@rm -rf .venv .bench .openai .ray build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

LOCK_OPTIONS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --annotation-style line

# Prints the first interpreter that can make .venv, or says on stderr what is missing.
define find_python
found=; missing=; \
for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	version=$$($$python -c 'import sys; print(".".join(map(str, sys.version_info[:3])))' 2>/dev/null) || continue; \
	found="$$found $$python is $$version;"; \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	$$python -c 'import ensurepip, venv' 2>/dev/null && { echo $$python; exit; }; \
	missing="$$missing $$python"; \
done; \
if [ -n "$$missing" ]; then \
	echo "make: cannot create .venv:$$missing has no ensurepip. Debian and Ubuntu ship it apart:" >&2; \
	for python in $$missing; do \
		$$python -c 'import sys; print("  sudo apt install python%d.%d-venv" % sys.version_info[:2])' >&2; \
	done; \
else \
	echo "make: briefer needs Python 3.11 or newer; found:$${found:- none}" >&2; \
	echo "  install one, or say where it is: make PYTHON=/path/to/python3.11 $(or $(MAKECMDGOALS),demo)" >&2; \
fi; exit 1
endef

$(READY): requirements.lock requirements-dev.lock pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 && exit; \
	python=$$($(find_python)) || exit 1; \
	echo "Setting up .venv with $$($$python --version) (once, half a minute)." >&2; \
	rm -rf .venv && $$python -m venv .venv
	@$(BIN)/python -m pip install $(QUIET) --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install $(QUIET) --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Ready: $(BIN)/briefer" >&2

QUIET := -qq --disable-pip-version-check --no-input

# The programs that benchmarks compare with live apart, so that they cannot change what is measured.
$(PEERS): benchmarks/peers.txt | $(READY)
	@rm -rf .bench/venv && mkdir -p .bench && $(BIN)/python -m venv .bench/venv
	@.bench/venv/bin/python -m pip install $(QUIET) -r benchmarks/peers.txt \
		&& touch $@ || echo "The peers could not be installed (see above): their rows will be missing." >&2

# Ray and what it brings are large and change often: they stay out of the locks and out of .venv.
.ray/.ready: requirements-dev.lock pyproject.toml | $(READY)
	@rm -rf .ray && $(BIN)/python -m venv .ray
	@.ray/bin/python -m pip install $(QUIET) --require-hashes -r requirements-dev.lock
	@.ray/bin/python -m pip install $(QUIET) --no-build-isolation -e '.[ray]'
	@touch $@

$(REALSERVER): $(wildcard benchmarks/realserver/*) | $(READY)
	@benchmarks/realserver/build.sh
