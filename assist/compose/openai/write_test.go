package openai_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"ringside/assist/compose/openai"
)

// draft is what the tests ask about.
var draft = openai.Prompt{System: "Make it friendlier.", Text: "Your parcel is late.", Most: 200}

// Pieces of streams, as servers send them.
const (
	role = `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}` + "\n\n"
	stop = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	done = "data: [DONE]\n\n"
	used = `data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}` + "\n\n"
)

// says is a piece with this text.
func says(text string) string {
	b, _ := json.Marshal(text)
	return `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":` + string(b) + `},"finish_reason":null}]}` + "\n\n"
}

// ends is the piece that ends a text for this reason.
func ends(reason string) string { return strings.Replace(stop, "stop", reason, 1) }

// plays answers with these pieces, each sent on its own, and then closes cleanly.
func plays(pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, p := range pieces {
			_, _ = io.WriteString(w, p)
			_ = http.NewResponseController(w).Flush()
		}
	}
}

// refuses answers with a status and a body.
func refuses(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// breaks sends the pieces and then cuts the line.
func breaks(pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		plays(pieces...)(w, r)
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.(*net.TCPConn).SetLinger(0)
			conn.Close()
		}
	}
}

func TestWhatServersSendBecomesAText(t *testing.T) {
	whole := func(message, finish string) string {
		return `{"id":"x","object":"chat.completion","choices":[{"index":0,"message":` + message + `,"finish_reason":"` + finish + `"}],"usage":{}}`
	}
	for name, c := range map[string]struct {
		pieces []string
		want   string
	}{
		"as OpenAI does":              {[]string{role, says("We are "), says("sorry."), stop, used, done}, "We are sorry."},
		"no [DONE]":                   {[]string{says("Sorry."), stop}, "Sorry."},
		"the last line has no end":    {[]string{says("Sorry."), strings.TrimSpace(stop)}, "Sorry."},
		"stop with the last word":     {[]string{says("Sor"), strings.Replace(says("ry."), "null", `"stop"`, 1)}, "Sorry."},
		"lines end as in HTTP":        {[]string{strings.ReplaceAll(says("Sorry.")+stop, "\n", "\r\n")}, "Sorry."},
		"no blank behind data:":       {[]string{strings.ReplaceAll(says("Sorry.")+stop, "data: ", "data:")}, "Sorry."},
		"a mark at the beginning":     {[]string{"\uFEFF" + says("Sorry.") + stop}, "Sorry."},
		"comments":                    {[]string{": OPENROUTER PROCESSING\n\n", says("Sorry."), ":\n", stop}, "Sorry."},
		"names and numbers of events": {[]string{"event: delta\nid: 7\nretry: 10\n" + says("Sorry."), stop}, "Sorry."},
		"thousands of empty lines":    {[]string{strings.Repeat("\n", 20_000), says("Sor"), strings.Repeat(": \n", 20_000), says("ry."), stop}, "Sorry."},
		"no error in each piece":      {[]string{strings.ReplaceAll(says("Sorry.")+stop, `{"choices"`, `{"error":null,"choices"`)}, "Sorry."},
		"nothing of interest":         {[]string{"data: null\n\ndata:\n\ndata: {}\n\n", says("Sorry."), stop}, "Sorry."},
		"one whole object":            {[]string{whole(`{"role":"assistant","content":"We are sorry."}`, "stop")}, "We are sorry."},
		"one in many lines":           {[]string{"{\n\"object\": \"chat.completion\",\n\n\"error\": null,\n\"choices\": [{\n\"message\": {\"content\": \"Sorry.\"},\n\"finish_reason\": \"stop\"}]\n}\n"}, "Sorry."},
		"thoughts apart":              {[]string{strings.ReplaceAll(says("Hm, is it late?"), "content", "reasoning_content"), strings.ReplaceAll(says("Yes."), "content", "reasoning"), says("Sorry."), stop}, "Sorry."},
		"thoughts in the text":        {[]string{says("<thi"), says("nk>They are ups"), says("et.</thin"), says("k>\n\nSorry."), stop}, "Sorry."},
		"less than before a thought":  {[]string{says("<t"), stop}, "<t"},
		"blanks around it":            {[]string{says("\n\n "), says("Sorry. "), says("\n"), stop}, "Sorry."},
		"every language":              {[]string{says("Es tut uns leid, "), says("東京 "), says("👋🏽"), stop}, "Es tut uns leid, 東京 👋🏽"},
		"control characters":          {[]string{says("So\x00r\x1b[31mry\r\n\tus\x7f."), stop}, "Sor[31mry\n\tus."},
		"another choice beside it":    {[]string{strings.Replace(says("No."), `"index":0`, `"index":1`, 1), says("Sorry."), stop}, "Sorry."},
	} {
		e := newEndpoint(t)
		e.answer = plays(c.pieces...)
		var seen []string
		got, err := client(t, e.url()).Write(t.Context(), draft, func(s string) { seen = append(seen, s) })
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
			continue
		}
		for i, s := range seen {
			if !strings.HasPrefix(c.want, s) || s == "" || i > 0 && s == seen[i-1] {
				t.Errorf("%s: showed %q", name, seen)
			}
		}
		if len(seen) == 0 || seen[len(seen)-1] != got {
			t.Errorf("%s: showed %q last", name, seen)
		}
	}
}

func TestATextIsNotWholeUnlessTheModelSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		partial string
		want    string // in the words for people
	}{
		"closed cleanly in the middle":      {plays(role, says("We are")), "We are", "broke off"},
		"[DONE] without a reason":           {plays(says("We are"), done), "We are", "broke off"},
		"an empty piece, as Ollama does":    {plays(says("We are"), says("")), "We are", "broke off"},
		"the line is cut":                   {breaks(says("We are")), "We are", "broke off"},
		"cut in the middle of a piece":      {plays(says("We are"), says(" sorry.")[:70]), "We are", "broke off"},
		"cut off by its limit":              {plays(says("We are"), ends("length"), done), "We are", "is cut off"},
		"all of its limit was thought":      {plays(strings.ReplaceAll(says("Hm"), "content", "reasoning_content"), ends("length")), "", "is cut off"},
		"thoughts without an end":           {plays(says("<think>They are upset"), stop), "", "wrote nothing"},
		"the filter":                        {plays(says("We are"), ends("content_filter")), "We are", "filter"},
		"a call of a tool":                  {plays(ends("tool_calls")), "", "makes no sense"},
		"a reason that is the key":          {plays(ends(key)), "", "(the key)"},
		"a refusal":                         {plays(strings.ReplaceAll(says("I can’t."), "content", "refusal"), stop), "", "would not: “I can’t.”"},
		"nothing but stop":                  {plays(role, stop, done), "", "wrote nothing"},
		"blanks":                            {plays(says(" \n"), stop), "", "wrote nothing"},
		"nothing at all":                    {plays(), "", "broke off"},
		"only comments":                     {plays(": hello\n\n", ": still here\n\n"), "", "broke off"},
		"an error line, as llama.cpp":       {plays(says("We are"), `error: {"code":500,"message":"out of memory","type":"server_error"}`+"\n\n"), "We are", "“out of memory”"},
		"an error line without its end":     {plays(says("We are"), `error: broken`), "We are", "“broken”"},
		"an error in mid-stream":            {plays(says("We are"), `data: {"error":{"message":"engine died `+key+`","code":500}}`+"\n\n"), "We are", "“engine died (the key)”"},
		"an error of words":                 {plays(`data: {"error":"engine died"}`+"\n\n", says("We are"), stop), "", "“engine died”"},
		"an error that is not first":        {plays(says("We are"), `data: {"id":"1","choices":[],"error":{"message":"engine died"}}`+"\n\n"), "We are", "“engine died”"},
		"an error that says nothing":        {plays(`data: {"error":{}}`+"\n\n", stop), "", "failed while it wrote"},
		"an error as an object":             {plays(`data: {"object":"error","message":"engine died","code":400}`+"\n\n", stop), "", "“engine died”"},
		"an error event":                    {plays("event: error\n", `data: {"type":"error","error":{"message":"overloaded"}}`+"\n\n"), "", "“overloaded”"},
		"an error in place of a stream":     {plays(`{"error":{"message":"no such thing"}}`), "", "“no such thing”"},
		"nonsense in a piece":               {plays(says("We are"), "data: {]\n\n", stop), "We are", "makes no sense"},
		"a number for text":                 {plays(`data: {"choices":[{"delta":{"content":7}}]}`+"\n\n", stop), "", "makes no sense"},
		"words for choices":                 {plays(`data: {"choices":"none"}`+"\n\n", stop), "", "makes no sense"},
		"something between the pieces":      {plays(says("We are"), "<hr> "+key+"\n", stop), "We are", "makes no sense"},
		"nonsense":                          {plays("hello\nhow are you\n"), "", "not what an API answers"},
		"a list":                            {plays(`[]`), "", "makes no sense"},
		"half an object":                    {plays(`{"object":"chat.completion","choices":[`), "", "not what an API answers"},
		"a whole object, cut off":           {plays(`{"choices":[{"message":{"content":"We are"},"finish_reason":"length"}]}`), "We are", "is cut off"},
		"a whole object without a reason":   {plays(`{"choices":[{"message":{"content":"We are"}}]}`), "We are", "broke off"},
		"an object of another kind":         {plays(`{"status":"ok"}`), "", "broke off"},
		"a web page":                        {plays("<!doctype html>\n<html>\n<body>Welcome. error: none</body>\n</html>\n"), "", "perhaps a web page"},
		"a web page with 502":               {refuses(502, "<html><body>Bad gateway</body></html>"), "", "502 Bad Gateway"},
		"a web page with 503":               {refuses(503, "<html><body>Come back</body></html>"), "", "is busy"},
		"refused with words":                {refuses(400, `{"error":"context too long"}`), "", "context too long"},
		"refused, no chat":                  {refuses(404, "404 page not found"), "", "nothing that writes"},
		"an unknown model":                  {refuses(404, `{"error":{"message":"model 'small' not found"}}`), "", "does not know the model"},
		"a wrong key":                       {refuses(401, `{"error":{"message":"Incorrect API key `+key+`"}}`), "", "does not accept the key"},
		"10 MB of text":                     {plays(strings.Repeat(says(strings.Repeat("long ", 2000)), 1000), stop), "", "far too long"},
		"10 MB in one line":                 {plays("data: " + strings.Repeat("x", 10<<20)), "", "far too long"},
		"10 MB of thoughts":                 {plays(strings.Repeat(strings.ReplaceAll(says(strings.Repeat("hm ", 300)), "content", "reasoning"), 10_000), stop), "", "far too long"},
		"10 MB of comments":                 {plays(strings.Repeat(": still here\n", 1<<20), says("We are"), stop), "", "far too long"},
		"10 MB of a page":                   {plays("<html>", strings.Repeat("x\n", 5<<20)), "", "far too long"},
		"a stream without an end":           {endless(says("and ")), "", "far too long"},
		"the same for ever without a break": {endless("data: "), "", "far too long"},
	} {
		e := newEndpoint(t)
		e.answer = c.answer
		last := ""
		got, err := client(t, e.url()).Write(t.Context(), draft, func(s string) { last = s })
		f := fault(t, err)
		if !strings.Contains(f.What, c.want) || f.Do == "" || len(f.Error()) > 600 {
			t.Errorf("%s: %v", name, f)
		}
		if got != last || got != c.partial && c.want != "far too long" || len(got) > 80_000 {
			t.Errorf("%s: %.50q came, %.50q was shown", name, got, last)
		}
		if e.seen() != 1 {
			t.Errorf("%s: asked %d times", name, e.seen())
		}
	}
}

// endless sends a piece again and again until nobody listens.
func endless(piece string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for many := strings.Repeat(piece, 100); r.Context().Err() == nil; {
			if _, err := io.WriteString(w, many); err != nil {
				return
			}
		}
	}
}

func TestAWrongContentTypeIsNoMatter(t *testing.T) {
	for _, kind := range []string{"text/html", "application/json", "application/x-ndjson", ""} {
		e := newEndpoint(t)
		e.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{kind}
			_, _ = io.WriteString(w, says("Sorry.")+stop)
		}
		if got, err := client(t, e.url()).Write(t.Context(), draft, nil); err != nil || got != "Sorry." {
			t.Errorf("%q: %q %v", kind, got, err)
		}
	}
}

func TestAWriterThatIsBusySaysHowLongToWait(t *testing.T) {
	for _, status := range []int{429, 503} {
		e := newEndpoint(t)
		e.answer = refuses(status, `{"error":{"message":"slow down"}}`)
		_, err := client(t, e.url()).Write(t.Context(), draft, nil)
		var busy *openai.Busy
		if f := fault(t, err); !errors.As(err, &busy) || busy.Wait != 7*time.Second || !strings.Contains(f.Error(), "Try again later") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestPreviewIsWhatIsSentToAWriter(t *testing.T) {
	e := newEndpoint(t)
	e.answer = plays(says("Sorry."), stop)
	for model, want := range map[string]string{"small": `"max_tokens":200`, "gpt-5-mini": `"max_completion_tokens":200`} {
		c, err := openai.New(openai.Options{URL: e.url(), Model: model, Key: key})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for _, p := range []openai.Prompt{draft, {Text: "Über <b>60</b> & \"more\"\n\u2028", Most: 200}, {System: " \xff ", Text: " 東京 \x00 \xff", Most: 200}, {System: "a", Text: strings.Repeat("é", 15_000), Most: 200}} {
			shown, err := c.PreviewWrite(p)
			if err != nil {
				t.Fatal(err)
			}
			before := e.seen()
			if _, err := c.Write(t.Context(), p, nil); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(shown, e.bodies[before]) {
				t.Errorf("showed %.200s\nsent %.200s", shown, e.bodies[before])
			}
			if bytes.Contains(shown, []byte(key)) || !strings.Contains(string(shown), want) || !strings.Contains(string(shown), `"stream":true`) {
				t.Errorf("%s: %.300s", model, shown)
			}
		}
	}
	if e.keys[0] != "Bearer "+key || e.paths[0] != "/v1/chat/completions" {
		t.Errorf("sent to %s with %q", e.paths[0], e.keys[0])
	}
	if c := client(t, e.url()); c.WriteAddress() != e.url()+"/chat/completions" {
		t.Error(c.WriteAddress())
	}
}

func TestNothingIsConnectedForAPromptThatCannotBeSent(t *testing.T) {
	e := newEndpoint(t)
	c := client(t, e.url())
	for name, p := range map[string]openai.Prompt{"nothing": {}, "blanks": {System: "Be kind.", Text: " \n"}, "1 MB": {Text: strings.Repeat("x", 1<<20)}, "1 MB of rules": {System: strings.Repeat("x", 1<<20), Text: "x"}} {
		_, err := c.Write(t.Context(), p, nil)
		fault(t, err)
		if _, again := c.PreviewWrite(p); again == nil || again.Error() != err.Error() {
			t.Errorf("%s: %v, but the preview says %v", name, err, again)
		}
	}
	if _, err := c.PreviewWrite(draft); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancelCause(t.Context())
	next := errors.New("the next key")
	cancel(next)
	if _, err := c.Write(gone, draft, nil); !errors.Is(err, next) {
		t.Errorf("got %v", err)
	}
	old, err := openai.New(openai.Options{URL: e.url(), Model: "text-davinci-003"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Write(t.Context(), draft, nil); !strings.Contains(fault(t, err).What, "cannot be asked to write") {
		t.Error(err)
	}
	if n := e.accepted.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
}

func TestTheNextKeyEndsAStreamWithItsOwnReason(t *testing.T) {
	e := newEndpoint(t)
	gone := make(chan struct{})
	e.answer = func(w http.ResponseWriter, r *http.Request) {
		defer close(gone)
		plays(says("We are"))(w, r)
		<-r.Context().Done()
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	next := errors.New("the next key")
	got, err := client(t, e.url()).Write(ctx, draft, func(string) { cancel(next) })
	if err != next || got != "We are" {
		t.Errorf("%q, %v", got, err)
	}
	<-gone // the server is told, too
	late, end := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer end()
	e.answer = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	if _, err := client(t, e.url()).Write(late, draft, nil); err != context.DeadlineExceeded {
		t.Errorf("the caller's patience gave %v", err)
	}
}

func TestADraftIsNotSentOnToAnotherHost(t *testing.T) {
	other, e := newEndpoint(t), newEndpoint(t)
	for _, status := range []int{301, 302, 303, 307, 308} {
		e.answer = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.url()+"/chat/completions", status)
		}
		_, err := client(t, e.url()).Write(t.Context(), draft, nil)
		if f := fault(t, err); !strings.Contains(f.What, other.Listener.Addr().String()) {
			t.Errorf("%d: %s", status, f)
		}
	}
	if n := other.accepted.Load(); n != 0 {
		t.Errorf("%d connections to the other host", n)
	}
}

// act is a part of a played answer: after a while, a piece.
type act struct {
	after time.Duration
	piece string
}

// play is a body that plays acts in a bubble's time, and then is silent or ends.
type play struct {
	ctx    context.Context
	acts   []act
	silent bool
}

func (p *play) Read(b []byte) (int, error) {
	wait := time.Duration(0)
	switch {
	case len(p.acts) > 0:
		wait = p.acts[0].after
	case p.silent:
		wait = 24 * time.Hour
	default:
		return 0, io.EOF
	}
	select {
	case <-p.ctx.Done():
		return 0, p.ctx.Err()
	case <-time.After(wait):
	}
	if len(p.acts) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.acts[0].piece)
	p.acts = p.acts[1:]
	return n, nil
}

func (p *play) Close() error { return nil }

// every returns n times the same act.
func every(after time.Duration, n int, piece string) []act {
	out := make([]act, n)
	for i := range out {
		out[i] = act{after, piece}
	}
	return out
}

func TestAModelMayBeSilentForSoLongAndNoLonger(t *testing.T) {
	thought := strings.ReplaceAll(says("Hm."), "content", "reasoning_content")
	second := time.Second
	for name, c := range map[string]struct {
		acts []act
		want string        // in the words for people; empty: it comes to its end
		took time.Duration // until Write returned
	}{
		"its weights are loaded for 59 s":     {[]act{{59 * second, says("Sorry.")}, {14 * second, stop}}, "", 73 * second},
		"never a word":                        {nil, "not begun to write within 60 s", 60 * second},
		"a role, and never a word":            {[]act{{0, role}}, "not begun to write within 60 s", 60 * second},
		"comments, and never a word":          {every(10*second, 100, ": still here\n\n"), "not begun to write within 60 s", 60 * second},
		"silent behind its first word":        {[]act{{50 * second, says("We")}}, "silent for 15 s", 65 * second},
		"each word in 14 s":                   {append(every(14*second, 10, says("a ")), act{second, stop}), "", 141 * second},
		"it thinks for two minutes":           {append(every(12*second, 10, thought), act{second, says("Sorry.")}, act{second, stop}), "", 122 * second},
		"a comment is a sign of life as well": {[]act{{second, says("Sorry.")}, {14 * second, ":\n"}, {14 * second, stop}}, "", 29 * second},
		"silent in the middle of a piece":     {[]act{{second, says("We")}, {10 * second, `data: {"cho`}}, "silent for 15 s", 26 * second},
		"a word in 10 s, for ever":            {every(10*second, 1000, says("a ")), "did not come to an end within 300 s", 300 * second},
	} {
		synctest.Test(t, func(t *testing.T) {
			client := openai.Played(func(r *http.Request) io.ReadCloser { return &play{r.Context(), c.acts, true} }, 200)
			begun := time.Now()
			_, err := client.Write(t.Context(), draft, nil)
			if took := time.Since(begun); took != c.took {
				t.Errorf("%s: took %s", name, took)
			}
			if c.want == "" && err != nil || c.want != "" && !strings.Contains(fault(t, err).What, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

func TestLimitsCanBeShorter(t *testing.T) {
	free := make(chan struct{})
	defer close(free)
	e := newEndpoint(t)
	for want, first := range map[string]string{"not begun to write within 0.02 s": "", "silent for 0.02 s": says("We")} {
		e.answer = func(w http.ResponseWriter, r *http.Request) {
			plays(first)(w, r)
			<-free
		}
		opt := openai.Options{URL: e.url(), Model: "m", First: 20 * time.Millisecond}
		if first != "" {
			opt.First, opt.Idle = 0, 20*time.Millisecond
		}
		c, err := openai.New(opt)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.Write(t.Context(), draft, nil); !strings.Contains(fault(t, err).What, want) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	}
}

func FuzzStream(f *testing.F) {
	for _, s := range []string{role + says("We are ") + says("sorry.") + stop + used + done, says("We are"), "error: x\n", `data: {"error":"x"}`, "<html>", `{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}`,
		says("<think>") + says("x</think>y") + stop, "data: [DONE]", "\uFEFF:\r\n" + says("\x00") + stop, "event: x\nid\ndata\n", says("x") + "<hr>\n" + stop} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		last, calls := "", 0
		got, err := openai.Canned(200, body).Write(context.Background(), draft, func(s string) { last, calls = s, calls+1 })
		if got != last || err == nil && (got == "" || !strings.Contains(body, "stop") && !strings.Contains(body, `\`)) {
			t.Fatalf("%q, shown %q, %v", got, last, err)
		}
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\x1b\r") || strings.TrimSpace(got) != got || calls > len(body) {
			t.Fatalf("%q in %d calls", got, calls)
		}
		if err != nil {
			fault(t, err)
		}
	})
}

// TestARealServerWrites asks the server that RINGSIDE_MODEL_URL and RINGSIDE_MODEL name.
func TestARealServerWrites(t *testing.T) {
	url, model := os.Getenv("RINGSIDE_MODEL_URL"), os.Getenv("RINGSIDE_MODEL")
	if url == "" || model == "" {
		t.Skip("RINGSIDE_MODEL_URL and RINGSIDE_MODEL name no server: nothing real was asked")
	}
	c, err := openai.New(openai.Options{URL: url, Model: model, Key: os.Getenv("RINGSIDE_MODEL_KEY")})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	calls, begun, first := 0, time.Now(), time.Duration(0)
	got, err := c.Write(t.Context(), draft, func(string) {
		if calls++; calls == 1 {
			first = time.Since(begun)
		}
	})
	t.Logf("%d pieces, the first in %s, all in %s: %q, %v", calls, first, time.Since(begun), got, err)
	if err != nil && !strings.Contains(fault(t, err).What, "is cut off") { // a small model may not know where to stop
		t.Error(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	next := errors.New("the next key")
	if _, err := c.Write(ctx, draft, func(string) { cancel(next) }); err != next {
		t.Errorf("ended with %v", err)
	}
	draft := draft
	draft.Most = 1
	if _, err := c.Write(t.Context(), draft, nil); err == nil || !strings.Contains(fault(t, err).What, "is cut off") {
		t.Errorf("a text of one token: %v", err)
	}
	none, err := openai.New(openai.Options{URL: url, Model: "there-is-no-such-model", Key: os.Getenv("RINGSIDE_MODEL_KEY")})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := none.Write(t.Context(), draft, nil); err == nil {
		t.Logf("a model that is not there wrote %q: this server does not look at the name", got)
	} else {
		t.Log(fmt.Sprint(fault(t, err)))
	}
}
