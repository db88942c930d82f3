# A menu; the work is in the programs that it calls. `make help` lists it.

ADDR ?= 127.0.0.1:8080
# What is linked into WebAssembly, and is therefore tested there too.
SHARED = ./internal/diag ./internal/bigint ./internal/ordered ./internal/percent ./internal/yaml ./internal/rubytime ./internal/datafile ./internal/post ./internal/markdown/... ./internal/liquid/... ./internal/sass ./internal/site/... ./internal/preview
# How long each fuzz target runs. What it starts from is tested in any case.
FUZZTIME ?= 1s
# How long the browser's random walks are, and of the corpus every how many posts it
# opens: all of it Go's tests read. `make test` is to end in 12 minutes on two
# processors; `make test-long` has all.
export GALLEY_WALK ?= 40
export GALLEY_HANDS ?= 10
export GALLEY_EVERY ?= 18
GOROOT := $(shell go env GOROOT)
# How bin/galley is built. On Linux it takes in the C++ library that the Sass
# compiler needs, where that can be had, so that it runs on machines without it.
LINK = -ldflags="-s -w"
ifneq ($(and $(filter linux,$(shell go env GOOS)),$(filter 1,$(shell go env CGO_ENABLED)),$(filter /%,$(shell $$(go env CXX) -print-file-name=libstdc++.a)),$(filter /%,$(shell $$(go env CC) -print-file-name=libc.a))),)
QUIET = $(shell ld --help 2>/dev/null | grep -q -e --no-warnings && echo -Wl,--no-warnings)
LINK = -tags netgo,osusergo -ldflags="-s -w -linkmode external -extldflags '-static $(QUIET)'"
endif

.DEFAULT_GOAL := help
.PHONY: help run dev build release quick test lint test-long test-go test-wasm test-fuzz test-web bench chromium fmt clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: quick ## build, and serve the editor over the example site (ADDR=127.0.0.1:8080)
	@bin/galley serve --addr $(ADDR)

dev: web/node_modules/.package-lock.json ## the same, built again and reloaded whenever a source changes (ARGS="--site DIR")
	@mkdir -p bin
	@go build -o bin/bundle ./cmd/bundle
	@bin/bundle -dev $(ADDR) $(ARGS)

build: BUNDLE = -best
build: PATHS = -trimpath
build: quick ## build bin/galley, one self-contained binary, as small as it gets

release: build ## make bin/release: archives for all systems, checksums, bill of materials (TARGETS="linux/arm64")
	@go run ./cmd/release $(TARGETS)

# The same, compressed with less effort, and compiled as tests are: libsass takes
# minutes, and is then compiled once for both.
quick: web/node_modules/.package-lock.json
	@echo "Building the browser's side"
	@go run ./cmd/bundle $(BUNDLE)
	@echo "Building bin/galley"
	@go build $(PATHS) $(LINK) -o bin/galley ./cmd/galley

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "Installing the editor's packages from npm"
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Compilers and tests collect their garbage less often: a tenth less of the processor.
test: export GOGC ?= 400

# All parts but the browser's at a time: one waits for browsers now and then, and
# another is not in a hurry. The longest begins first.
test: quick chromium ## run every test there is, the random ones not for long
	@$(MAKE) --no-print-directory -j3 test-go test-wasm lint
	@$(MAKE) --no-print-directory test-web

# Weaknesses are looked for in lists that others keep. Where these cannot be
# reached, that is said, and nothing fails.
lint: ## TypeScript's types, and what compilers let through in Go and in TypeScript
	nice go tool staticcheck ./...
	cd web && nice npx tsc --noEmit
	cd web && nice npx eslint .
	@nice go tool govulncheck ./... > vulnerabilities.log 2>&1 && rm vulnerabilities.log || { \
		grep -q '^govulncheck: fetching' vulnerabilities.log && echo "Not looked for known weaknesses of libraries: vuln.go.dev cannot be reached" || { cat vulnerabilities.log; false; }; }
	@cd web && nice npm audit --omit=dev > ../vulnerabilities.log 2>&1 && rm ../vulnerabilities.log || { \
		grep -q -e 'audit endpoint returned an error' -e '^npm error code E' ../vulnerabilities.log && echo "Not looked for known weaknesses of packages: npm's registry does not answer" || { cat ../vulnerabilities.log; false; }; }
	@rm -f vulnerabilities.log

# go vet has looked before, at more than go test does by itself.
test-go: ## Go's tests, vet and format
	@test -z "$$(gofmt -l cmd internal templates wasm web/*.go)" || { echo "Not formatted; run make fmt:"; gofmt -l cmd internal templates wasm web/*.go; exit 1; }
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./wasm
	go test -vet=off ./...

# Why the collector is told so: internal/site/templates/memory_js_test.go.
test-wasm: ## the shared packages' tests again, as WebAssembly in Node
	GOOS=js GOARCH=wasm go test -trimpath -short -exec "env GODEBUG=invalidptr=0 $(GOROOT)/lib/wasm/go_js_wasm_exec" $(SHARED)

test-long: quick chromium ## long walks, the whole corpus, fuzzing, hostile texts at full length, servers killed at every step, 200 writers for ten minutes
	go test -timeout 1h ./internal/markdown -long -live-edits 300
	go test -timeout 1h ./internal/forge/github -run TestWayKilled -long
	go test -timeout 30m ./cmd/galley -run 'TestCopies|TestManyWriters|TestWritersAndKills' -long -v
	cd web && LIFE_RUNS=50000 LIFE_TIME=600000 npx playwright test --project=unit life.spec
	cd web && GALLEY_WALK=3000 npx playwright test --project=chromium walk.spec
	cd web && GALLEY_HANDS=1000 npx playwright test --project=chromium hands.spec
	cd web && GALLEY_KILLS=200 npx playwright test --project=chromium soak.spec
	cd web && GALLEY_SEED=1,2,3,4,5 npx playwright test --project=chromium line-ends.spec
	cd web && GALLEY_EVERY=1 npx playwright test --project=chromium equality.spec
	@$(MAKE) --no-print-directory test-fuzz
	.ci/reproducible

# Go's fuzzer fails when its time ends in the middle of a call on a busy machine,
# and then says only that; a finding has an input. Making an input that is new
# shorter is not worth its time, a minute for each by default.
test-fuzz: ## a short run of every fuzz target (FUZZTIME=1s; 0 for none)
	@[ "$(FUZZTIME)" = 0 ] && echo "Not fuzzed: FUZZTIME is 0" || for package in $$(go list ./internal/... ./cmd/...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "fuzzing $$package $$target"; \
			nice go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package > fuzz.log 2>&1 || \
				grep -q '^    context deadline exceeded' fuzz.log || { cat fuzz.log; rm fuzz.log; exit 1; }; \
		done; \
	done; rm -f fuzz.log

test-web: ## the browser's side's tests, most of them in Chromium
	cd web && npx playwright test --workers=2

bench: build chromium web/bench/node_modules/.package-lock.json ## measure Galley beside its rivals (PART=keystroke, start, site, jekyll or memory)
	@cd web/bench && PART="$(PART)" SIZE="$(SIZE)" QUICK="$(QUICK)" node_modules/.bin/tsx bench.ts

web/bench/node_modules/.package-lock.json: web/bench/package-lock.json
	@echo "Installing what Galley is measured with from npm"
	@cd web/bench && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

chromium:
	@.ci/chromium

fmt: ## format the Go code
	gofmt -w cmd internal templates wasm web/*.go

clean: ## delete what was built
	rm -rf bin web/node_modules web/test-results web/playwright-report web/bench/node_modules web/bench/build web/bench/hugo/bin
	find web/dist -type f ! -name .keep -delete
