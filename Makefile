# The two commands to know: `make demo` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FOR ?= 900

.PHONY: demo serve test test-quick test-slow fuzz check format install browser office-tools lock lexicon clean \
  bench-accuracy bench-accuracy-floors bench-speed bench-reading

demo: $(STAMP)  ## run the whole line on the invented reports in examples/
	$(BIN)/ssp demo

serve: $(STAMP)  ## the same, and serve the website on the loopback address
	$(BIN)/ssp demo --serve

test: $(STAMP) browser office-tools  ## every test, the quick ones first
	$(BIN)/pytest -m "not slow"
	$(BIN)/pytest -m slow

test-quick: $(STAMP)
	$(BIN)/pytest -m "not slow"

test-slow: $(STAMP) browser office-tools
	$(BIN)/pytest -m slow

fuzz: $(STAMP)  ## damaged files for FOR seconds of each format (make fuzz FOR=3600); `make test` does it for half a minute
	SSP_FUZZ_SECONDS=$(FOR) $(BIN)/pytest tests/test_extract_fuzz.py -s --timeout=0 -k new_damage

check: $(STAMP)  ## lint, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $@

# The browser tests drive Debian's Chromium. Where apt can, it is installed; where not, the tests say what is missing.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "Chromium is not installed and apt cannot install it; the browser tests will fail."; fi

# The tests of scans run OCRmyPDF and Tesseract, those of what comes out again LibreOffice.
office-tools:
	@command -v ocrmypdf >/dev/null && command -v tesseract >/dev/null && command -v soffice >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    ocrmypdf tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd libreoffice-writer-nogui >/dev/null; \
	else echo "OCRmyPDF, Tesseract or LibreOffice is not installed and apt cannot install it; their tests will fail."; fi

lock:  ## compile requirements.in and requirements-dev.in again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-package arcjet \
	  --no-emit-index-url --no-header requirements-dev.in -o requirements.lock

# Hunspell dictionaries en_GB and en_US of the SCOWL project: make lexicon DICTIONARIES="gb.dic gb.aff us.dic us.aff"
lexicon: $(STAMP)
	$(BIN)/python -m pipeline.detect.lexicon_build $(DICTIONARIES)

bench-accuracy: $(STAMP)  ## how much is caught and kept, beside stock Presidio; writes docs/accuracy.md
	$(BIN)/python -m benchmarks.accuracy

bench-accuracy-floors: $(STAMP)  ## the same, and records better numbers, below which `make test` then fails
	$(BIN)/python -m benchmarks.accuracy --write-floors

bench-speed: $(STAMP)  ## how long a preview takes, beside the two bare models and stock Presidio
	$(BIN)/python -m benchmarks.speed

bench-reading: $(STAMP)  ## how long reading takes, and how much memory a report of 500 pages needs
	$(BIN)/python -m benchmarks.reading

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis
