# Two commands do everything on a fresh Debian machine with Swift: `make run` and `make test`.
SHELL := /bin/bash
PREFIX ?= /usr/local
SAMPLE := SampleData/2023-12
BUILD := .build/release/aidledger
NEEDED := libxml2-dev libisal-dev libssl-dev zlib1g-dev libsqlite3-dev libxlsxwriter-dev pkg-config
export SWIFT_BACKTRACE ?= enable=no

.PHONY: run test build install bench bench-assess fuzz sanitize oracles check format tools clean

## Install what is missing (nothing is done, quickly, when nothing is).
tools:
	@missing=""; for p in $(NEEDED); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing with apt:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -q -y --no-install-recommends $$missing; \
	else echo "System libraries: all there."; fi
	@command -v swift >/dev/null || { echo "Swift is missing: see https://www.swift.org/install/"; exit 1; }

build: tools
	@echo "Building the release program…"
	swift build -c release --product aidledger

## Post the sample December batch and say where the results are.
run: build
	@rm -rf $(SAMPLE)/out $(SAMPLE)/posted.jsonl SampleData/aidledger.sqlite*
	@echo "Running the sample batch $(SAMPLE)…"
	@$(BUILD) run $(SAMPLE); s=$$?; if [ $$s -gt 1 ]; then exit $$s; fi
	@echo; echo "== 一笔补助的说明 (one explanation) =="
	@n=$$(grep -m1 '"outcome":"paid"' $(SAMPLE)/out/explanations.jsonl | sed 's/.*"staff_no":"\([^"]*\)".*/\1/'); \
	$(BUILD) explain $(SAMPLE) --staff-no $$n | head -40; \
	echo; echo "Explain anybody: $(BUILD) explain $(SAMPLE) --staff-no $$n"
	@echo "Ledgers:   $(SAMPLE)/out/ledgers/"
	@echo "Reports:   $(SAMPLE)/out/reports/summary.html  $(SAMPLE)/out/reports/validation.html"
	@# A trial is not a posting: copies of the sample, and the tests, may post it again.
	@rm -f $(SAMPLE)/posted.jsonl

test: tools
	@echo "Running all tests…"
	@rm -f $(SAMPLE)/posted.jsonl
	swift test

## Lay out PREFIX/bin and PREFIX/share/aidledger.
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/aidledger
	install -m 755 $(BUILD) $(DESTDIR)$(PREFIX)/bin/aidledger
	cp -r Templates/. $(DESTDIR)$(PREFIX)/share/aidledger/

## Time the whole trip of a million rows; RIVALS=folder finds the pipelines to run beside it.
bench: build
	python3 Tests/Benchmarks/run.py

## Awards a second on one core, by amounts alone and with every step.
bench-assess: tools
	AIDLEDGER_BENCH=1 swift build -c release --product BenchAssess
	.build/release/BenchAssess

## Feed broken lists and hand-written files to their readers for FUZZ_SECONDS, shared among FUZZ_TARGETS; a crash, or an
## input that costs more than its size allows, leaves a file crash-… and ends
## with status 77.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= file text workbook sheet strings styles content spreadsheet xls mapping encryption batch policy columns ledger
fuzz: tools
	AIDLEDGER_FUZZ=1 swift build -c release --product FuzzIntake --scratch-path .build/fuzz --sanitize=fuzzer \
	  -Xswiftc -use-ld=lld -Xlinker -z -Xlinker muldefs
	@for t in $(FUZZ_TARGETS); do mkdir -p .build/corpus/$$t; cp Tests/FuzzIntake/Seeds/$$t/* .build/corpus/$$t/; done
	@mkdir -p .build/corpus/file; i=0; find SampleData -type f \( -name '*.xlsx' -o -name '*.xls' -o -name '*.ods' -o -name '*.csv' -o -name '*.xml' \) \
	  -size -64k | sort | while read -r f; do i=$$((i + 1)); cp "$$f" .build/corpus/file/sample-$$i; done
	@set -e; seconds=$$(($(FUZZ_SECONDS) / $(words $(FUZZ_TARGETS)))); for t in $(FUZZ_TARGETS); do \
	  echo "== $$t, $$seconds s"; \
	  FUZZ_TARGET=$$t .build/fuzz/release/FuzzIntake .build/corpus/$$t -max_total_time=$$seconds -max_len=65536 -timeout=5 \
	    -rss_limit_mb=1024 -artifact_prefix=.build/ 2>&1 | tail -3; [ $${PIPESTATUS[0]} = 0 ]; done

## All tests under the address sanitizer, then under the thread sanitizer; each builds everything anew. What the test
## runner, Foundation, Swift's runtime and libxlsxwriter never free is known.
sanitize: tools
	@mkdir -p .build; printf 'leak:%s\n' XCTest readBytesFromFile formWeakReference lxw_strdup >.build/leaks-known
	LSAN_OPTIONS=suppressions=$(CURDIR)/.build/leaks-known:print_suppressions=0 \
	  swift test --sanitize=address --scratch-path .build/address -Xswiftc -use-ld=lld
	swift test --sanitize=thread --scratch-path .build/thread -Xswiftc -use-ld=lld

## Hold the release program against the calculator in Tests/Oracles, which shares no code with it: every award of the
## sample batch, and ORACLE_CLAIMS random claims under each shipped policy.
ORACLE_CLAIMS ?= 100000
ORACLE_PYTHON := .build/oracles/bin/python3
oracles: build
	@$(ORACLE_PYTHON) -c 'import openpyxl' 2>/dev/null || { \
	  dpkg -s python3-venv >/dev/null 2>&1 || python3 -c 'import ensurepip' 2>/dev/null || { \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -q && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3-venv; }; \
	  python3 -m venv .build/oracles && .build/oracles/bin/pip install -q openpyxl; }
	$(ORACLE_PYTHON) Tests/Oracles/sample_batch.py $(BUILD)
	$(ORACLE_PYTHON) Tests/Oracles/shipped_policies.py $(BUILD) $(ORACLE_CLAIMS)

format:
	swift format -i -r --configuration .swift-format Package.swift Sources Tests

check:
	swift format lint -r --strict --configuration .swift-format Package.swift Sources Tests

clean:
	rm -rf .build
