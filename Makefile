# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.

# On Linux the window draws with OpenGL ES: it compiles three times faster and
# runs as fast. A cursor that does not blink keeps an idle window from repainting.
ifeq ($(shell uname -s),Linux)
TAGS := gles,no_animations
else
TAGS := no_animations
endif
PROGRAM := build/ringside

# The same commit gives the same bytes, wherever it is built: no folders, no times.
COMMIT := $(shell git describe --always --dirty --abbrev=12 2>/dev/null)
BUILD := go build -tags $(TAGS) -trimpath -buildvcs=false -ldflags "-X main.commit=$(COMMIT)"
CUSTOMERS := 25
DATA := ../shared/data

# Without a display the window opens on one that nobody sees.
ifeq ($(shell uname -s)$(DISPLAY)$(WAYLAND_DISPLAY),Linux)
SCREEN := ./.ci/screen
PICTURES := --pictures build/pictures
endif

# Where the telephone system of the tests can be installed, it has to be there.
ifneq ($(shell command -v apt-get),)
PHONE := RINGSIDE_NEED_PHONE=1
endif

.PHONY: demo run example test bench bench-call bench-search bench-durable bench-sync nomsync nats-server qrread build same vuln fmt-check

demo: build ## play one call on the sample team, from ring to wrap-up
	$(SCREEN) $(PROGRAM) demo $(PICTURES)

run: build ## open your own data
	$(PROGRAM)

example: build ## write the brief of the sample team into docs/examples anew
	rm -f docs/examples/weekly-brief.*
	for form in md html pdf; do TZ=UTC $(PROGRAM) report --sample --until 2026-11-26 --out docs/examples/weekly-brief.$$form || exit 1; done

build:
	@./.ci/need build
	$(BUILD) -o $(PROGRAM) ./cmd/ringside

# Power is cut under a program of its own, where that may be done.
ifeq ($(shell uname -s)$(shell id -u),Linux0)
NOMSYNC := nomsync
DURABLE := RINGSIDE_NO_MSYNC=$(abspath build/nomsync/ringside)
endif

# The sync of a team is tested with the real server, which is never part of our program.
NATSD := build/nats-server
SYNC := RINGSIDE_NATS_SERVER=$(abspath $(NATSD))

nats-server: ## the server that carries a team's packets, for the tests and to try it out
	go -C docs/bench/natsd build -trimpath -o $(abspath $(NATSD)) github.com/nats-io/nats-server/v2

# What reads the code of an invitation as a camera does is never part of it either.
QRREAD := build/qrread

qrread: ## reads a QR code, for the tests
	go -C docs/bench/qrread build -trimpath -o $(abspath $(QRREAD)) .

test: fmt-check nats-server qrread $(NOMSYNC) ## everything that the build server runs
	go vet -tags $(TAGS) ./...
	$(PHONE) $(SYNC) go test -race -timeout 30m ./assist/... ./storage/... ./assets/... ./ui/async/...
	RINGSIDE_QR_READER=$(abspath $(QRREAD)) go test ./ui/...
	$(PHONE) $(DURABLE) $(SYNC) RINGSIDE_NEED_WINDOW=1 go test -tags $(TAGS) -timeout 40m ./cmd/...

same: build ## builds it once more, in another folder and from nothing, and compares the bytes
	@dir=$$(mktemp -d) && trap 'chmod -R u+w "$$dir"; rm -rf "$$dir"' EXIT && git ls-files -z | xargs -0 cp --parents -t "$$dir" && \
	here=$$PWD && cd "$$dir" && GOCACHE="$$dir/cache" $(BUILD) -o program ./cmd/ringside && cmp program "$$here/$(PROGRAM)" && \
	echo "The same, byte for byte: $$(sha256sum < program)"

vuln: ## looks whether what is linked has known holes; it asks the Go team's list, over the network
	@./.ci/need build
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -tags $(TAGS) ./...

fmt-check:
	@./.ci/need test
	@bad=$$(gofmt -l assets assist cmd docs/bench storage ui); test -z "$$bad" || { echo "not formatted (run gofmt -w):"; echo "$$bad"; exit 1; }

bench: bench-call bench-search ## the figures: CUSTOMERS=1000000 for a big team, DATA=folder of questions

bench-call: build ## one call, from the ring to the note
	$(SCREEN) $(PROGRAM) bench call --customers $(CUSTOMERS)

bench-search: build ## how well and how fast answers are found, beside two other libraries
	@test -d "$(DATA)" || echo "There are no sets of questions in $(DATA): finding answers is not measured."
	@test ! -d "$(DATA)" || { cd docs/bench && go run . -ringside "$(abspath $(PROGRAM))" -data "$(abspath $(DATA))"; }

bench-durable: build nomsync ## what a store outlives; as root, with power cuts
	$(PROGRAM) bench durable --no-msync build/nomsync/ringside

bench-sync: build nats-server ## how a team's desks are kept alike; as root, with power cuts
	cd docs/bench/pouch && npm ci
	$(PROGRAM) bench sync --server $(NATSD) --peer docs/bench/pouch

# As on Windows, where the mapped files of Badger are never synced.
nomsync: build
	rm -rf build/nomsync && mkdir -p build/nomsync
	cp -r "$$(go list -m -f '{{.Dir}}' github.com/dgraph-io/ristretto/v2)" build/nomsync/ristretto && chmod -R u+w build/nomsync/ristretto
	sed -i 's/return unix.Msync(b, unix.MS_SYNC)/_ = unix.MS_SYNC; return nil/' build/nomsync/ristretto/z/mmap_*.go
	grep -q '_ = unix.MS_SYNC; return nil' build/nomsync/ristretto/z/mmap_linux.go
	cp go.mod build/nomsync/go.mod && cp go.sum build/nomsync/go.sum
	go mod edit -replace github.com/dgraph-io/ristretto/v2=./build/nomsync/ristretto build/nomsync/go.mod
	go build -modfile=build/nomsync/go.mod -tags $(TAGS) -o build/nomsync/ringside ./cmd/ringside
