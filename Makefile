# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.

# On Linux the window draws with OpenGL ES: it compiles three times faster and
# runs as fast. A cursor that does not blink keeps an idle window from repainting.
ifeq ($(shell uname -s),Linux)
TAGS := gles,no_animations
else
TAGS := no_animations
endif
PROGRAM := build/ringside
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

.PHONY: demo run example test bench bench-call bench-search build fmt-check

demo: build ## play one call on the sample team, from ring to wrap-up
	$(SCREEN) $(PROGRAM) demo $(PICTURES)

run: build ## open your own data
	$(PROGRAM)

example: build ## write the brief of the sample team into docs/examples anew
	rm -f docs/examples/weekly-brief.*
	for form in md html pdf; do TZ=UTC $(PROGRAM) report --sample --until 2026-11-26 --out docs/examples/weekly-brief.$$form || exit 1; done

build:
	@./.ci/need build
	go build -tags $(TAGS) -o $(PROGRAM) ./cmd/ringside

test: fmt-check ## everything that the build server runs
	go vet -tags $(TAGS) ./...
	$(PHONE) go test -race -timeout 30m ./assist/... ./storage/... ./assets/... ./ui/async/...
	go test ./ui/...
	$(PHONE) RINGSIDE_NEED_WINDOW=1 go test -tags $(TAGS) -timeout 20m ./cmd/...

fmt-check:
	@./.ci/need test
	@bad=$$(gofmt -l assets assist cmd docs/bench storage ui); test -z "$$bad" || { echo "not formatted (run gofmt -w):"; echo "$$bad"; exit 1; }

bench: bench-call bench-search ## the figures: CUSTOMERS=1000000 for a big team, DATA=folder of questions

bench-call: build ## one call, from the ring to the note
	$(SCREEN) $(PROGRAM) bench call --customers $(CUSTOMERS)

bench-search: build ## how well and how fast answers are found, beside two other libraries
	@test -d "$(DATA)" || echo "There are no sets of questions in $(DATA): finding answers is not measured."
	@test ! -d "$(DATA)" || { cd docs/bench && go run . -ringside "$(abspath $(PROGRAM))" -data "$(abspath $(DATA))"; }
