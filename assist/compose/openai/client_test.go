package openai_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
)

const key = "sk-very-secret-0123456789"

func client(t *testing.T, url string) *openai.Client {
	t.Helper()
	c, err := openai.New(openai.Options{URL: url, Model: "small", Key: key, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// fault returns the Fault in err, which has to say what to do and must not give the
// key away.
func fault(t *testing.T, err error) *assist.Fault {
	t.Helper()
	var f *assist.Fault
	if !errors.As(err, &f) || f.What == "" {
		t.Fatalf("got %v, want words for people", err)
	}
	if all := fmt.Sprintf("%v %+v %#v %v", err, f, f, f.Err); strings.Contains(all, key) {
		t.Errorf("the key is in %s", all)
	}
	return f
}

func TestVectorsComeInOrderAndWithLengthOne(t *testing.T) {
	e := newEndpoint(t)
	c := client(t, e.url())
	var texts []string
	for i := range 50 {
		texts = append(texts, fmt.Sprintf("word%d", i))
	}
	got, err := c.Embed(t.Context(), texts)
	if err != nil || len(got) != len(texts) {
		t.Fatalf("%d vectors, %v", len(got), err)
	}
	for i, v := range got {
		want := words(texts[i], e.wide)
		at := slices.IndexFunc(want, func(x float64) bool { return x > 0 })
		if math.Abs(length(v)-1) > 1e-6 || v[at] != 1 {
			t.Errorf("vector %d is not that of its text: %v", i, v)
		}
	}
	if n := e.seen(); n != 4 {
		t.Errorf("50 texts went in %d requests, want 4 of 16 at most", n)
	}
	if e.keys[0] != "Bearer "+key {
		t.Errorf("the key came as %q", e.keys[0])
	}
}

func TestNoKeySendsNoHeader(t *testing.T) {
	e := newEndpoint(t)
	c, err := openai.New(openai.Options{URL: e.url() + "/", Model: " small ", Key: "  "})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Embed(t.Context(), []string{"hello"}); err != nil || e.keys[0] != "" {
		t.Errorf("sent %q, %v", e.keys, err)
	}
}

func TestPreviewIsWhatIsSent(t *testing.T) {
	e := newEndpoint(t)
	c := client(t, e.url())
	for _, texts := range [][]string{{"hello"}, {"Über <b>60</b> & \"more\"\n\u2028", " 東京 \x00 \xff"}, make20(), {strings.Repeat("é", 9000)}} {
		shown, err := c.Preview(texts)
		if err != nil {
			t.Fatal(err)
		}
		before := e.seen()
		if _, err := c.Embed(t.Context(), texts); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(shown, e.bodies[before]) {
			t.Errorf("showed %.200s\nsent %.200s", shown, e.bodies[before])
		}
		if bytes.Contains(shown, []byte(key)) || len(shown) > 17*8200 {
			t.Errorf("%d bytes, %.100s", len(shown), shown)
		}
	}
}

func make20() []string {
	out := make([]string, 20)
	for i := range out {
		out[i] = fmt.Sprint("text ", i)
	}
	return out
}

func TestNothingIsConnectedBeforeItIsAsked(t *testing.T) {
	e := newEndpoint(t)
	c := client(t, e.url())
	if _, err := c.Preview([]string{"hello"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Embed(t.Context(), nil); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("nothing to ask gave %v", err)
	}
	if _, err := c.Embed(t.Context(), []string{"a", " \t"}); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("an empty text gave %v", err)
	}
	if n := e.accepted.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
	if _, err := c.Embed(t.Context(), []string{"a"}); err != nil || e.accepted.Load() != 1 {
		t.Errorf("the count does not count: %d, %v", e.accepted.Load(), err)
	}
}

func TestAddressesThatCannotBeUsedSayWhy(t *testing.T) {
	for _, bad := range []string{"", "  ", "localhost:11434", "ftp://x/v1", "https://", "http://:80/v1", "https://me:pw@host/v1", "https://host/v1?key=1", "https://host/v1?",
		"https://host/v1#x", "http://api.openai.com/v1", "http://8.8.8.8/v1", "http://[2001:4860::1]/v1", "https://ho\nst/v1", "%zz", "http://192.168.1.1.example.com/v1"} {
		if _, err := openai.New(openai.Options{URL: bad, Model: "m", Key: key}); !errors.Is(fault(t, err), assist.ErrInvalid) || fault(t, err).Do == "" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{"https://api.openai.com/v1", "http://localhost:11434/v1/", "http://127.0.0.1:8080", "http://[::1]:1/v1", "http://192.168.7.7/v1",
		" http://gpu:8000/v1 ", "http://gpu.local/v1", "http://10.1.2.3/openai/v1", "https://8.8.8.8/v1"} {
		if _, err := openai.New(openai.Options{URL: good, Model: "m"}); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, o := range []openai.Options{{URL: "https://x/v1"}, {URL: "https://x/v1", Model: "a\nb"}, {URL: "https://x/v1", Model: "m", Key: "a\r\nb"}} {
		if _, err := openai.New(o); !errors.Is(fault(t, err), assist.ErrInvalid) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestTheKeyIsNotPrinted(t *testing.T) {
	c := client(t, "https://api.example.com/v1")
	for _, f := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(f, c); strings.Contains(s, key) || !strings.Contains(s, "api.example.com") {
			t.Errorf("%s printed %s", f, s)
		}
	}
}

func TestRefusalsAreWordsForPeople(t *testing.T) {
	for name, c := range map[string]struct {
		status       int
		body         string
		want, wantDo string
	}{
		"401":       {401, `{"error":{"message":"Incorrect API key provided: ` + key + `","code":"invalid_api_key"}}`, "does not accept the key", "right one"},
		"403":       {403, `no`, "does not accept the key", ""},
		"model":     {404, `{"error":{"message":"model \"small\" not found, try pulling it first"}}`, "does not know the model: “model \"small\" not found", "model’s name"},
		"ollama":    {404, `{"error":"model 'small' not found"}`, "does not know the model", ""},
		"address":   {404, "404 page not found", "nothing that makes embeddings", "/v1"},
		"quota":     {429, `{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}`, "paid first", "account"},
		"500":       {500, `{"detail":"out of memory ` + key + `"}`, "out of memory (the key)", "log"},
		"400":       {400, `{"message":"input is too long"}`, "input is too long", ""},
		"long 400":  {400, `{"message":"` + strings.Repeat("x ", 5000) + `"}`, "…”", ""},
		"odd error": {400, `{"error":17}`, "400", ""},
	} {
		e := newEndpoint(t)
		e.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			fmt.Fprint(w, c.body)
		}
		_, err := client(t, e.url()).Embed(t.Context(), []string{"hello"})
		f := fault(t, err)
		if !strings.Contains(f.What, c.want) || !strings.Contains(f.Do, c.wantDo) || len(f.Error()) > 600 {
			t.Errorf("%s: %s", name, f)
		}
		if e.seen() != 1 {
			t.Errorf("%s: asked %d times", name, e.seen())
		}
	}
}

func TestBusySaysHowLongToWait(t *testing.T) {
	for _, c := range []struct {
		status      int
		after, date string
		want        time.Duration
	}{
		{429, "7", "", 7 * time.Second},
		{503, "Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:29 GMT", 30 * time.Second},
		{429, "", "", 0},
		{429, "soon", "", 0},
		{429, "-5", "", 0},
		{429, "999999999", "", time.Hour},
		{429, "Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:29 GMT", 0},
	} {
		e := newEndpoint(t)
		e.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", c.after)
			if c.date != "" {
				w.Header().Set("Date", c.date)
			}
			w.WriteHeader(c.status)
		}
		_, err := client(t, e.url()).Embed(t.Context(), []string{"hello"})
		var busy *openai.Busy
		if fault(t, err); !errors.As(err, &busy) || busy.Wait != c.want {
			t.Errorf("%d %q: %v, wait %+v", c.status, c.after, err, busy)
		}
	}
}

func TestAnswersThatMakeNoSenseAreRefused(t *testing.T) {
	list := func(data string) string { return `{"object":"list","data":[` + data + `]}` }
	for name, body := range map[string]string{
		"a web page":      "<!doctype html><html><body>Welcome</body></html>",
		"nothing":         "",
		"half":            `{"object":"list","data":[{"embed`,
		"a list":          `[]`,
		"too few":         list(`{"index":0,"embedding":[1,2]}`),
		"too many":        list(`{"index":0,"embedding":[1]},{"index":1,"embedding":[1]},{"index":2,"embedding":[1]}`),
		"twice":           list(`{"index":1,"embedding":[1]},{"index":1,"embedding":[1]}`),
		"out of bounds":   list(`{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}`),
		"below":           list(`{"index":-1,"embedding":[1]},{"index":1,"embedding":[1]}`),
		"different width": list(`{"index":0,"embedding":[1]},{"index":1,"embedding":[1,1]}`),
		"empty":           list(`{"index":0,"embedding":[]},{"index":1,"embedding":[]}`),
		"null":            list(`{"index":0},{"index":1}`),
		"of length 0":     list(`{"index":0,"embedding":[0,0]},{"index":1,"embedding":[0,1]}`),
		"out of range":    list(`{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}`),
		"words":           list(`{"index":0,"embedding":["a"]},{"index":1,"embedding":["b"]}`),
		"in an error":     `{"error":{"message":"no"}}`,
		"far too long":    `{"object":"` + strings.Repeat("x", 10<<20) + `"}`,
	} {
		e := newEndpoint(t)
		e.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
		got, err := client(t, e.url()).Embed(t.Context(), []string{"a", "b"})
		if f := fault(t, err); got != nil || f.Do == "" || len(f.Error()) > 600 {
			t.Errorf("%s: %v, %s", name, got, f)
		}
	}
}

func TestAnEndpointThatLeavesOutTheNumbersAnswersInOrder(t *testing.T) {
	e := newEndpoint(t)
	e.answer = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"embedding":[2,0]},{"embedding":[0,2]}]}`)
	}
	got, err := client(t, e.url()).Embed(t.Context(), []string{"a", "b"})
	if err != nil || got[0][0] != 1 || got[1][1] != 1 {
		t.Errorf("%v %v", got, err)
	}
}

func TestVectorsOfAnotherWidthAreRefusedOnce(t *testing.T) {
	e := newEndpoint(t)
	c := client(t, e.url())
	if _, err := c.Embed(t.Context(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	e.wide = 64
	if _, err := c.Embed(t.Context(), []string{"a"}); err == nil || !strings.Contains(fault(t, err).What, "64") {
		t.Errorf("got %v", err)
	}
	if got, err := c.Embed(t.Context(), []string{"a"}); err != nil || len(got[0]) != 64 {
		t.Errorf("%d numbers, %v", len(got), err)
	}
}

func TestRequestsAreNotSentOnToAnotherHost(t *testing.T) {
	other := newEndpoint(t)
	for _, status := range []int{301, 302, 307, 308} {
		e := newEndpoint(t)
		e.answer = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.url()+"/embeddings", status) }
		_, err := client(t, e.url()).Embed(t.Context(), []string{"a"})
		if f := fault(t, err); !strings.Contains(f.What, other.Listener.Addr().String()) {
			t.Errorf("%d: %s", status, f)
		}
	}
	if other.seen() != 0 {
		t.Errorf("the other host was asked %d times", other.seen())
	}
	e := newEndpoint(t)
	e.answer = func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/embeddings" {
			http.Redirect(w, r, "/v2/embeddings", http.StatusPermanentRedirect)
			return
		}
		e.send(w, e.vectors([]string{"a"}))
	}
	if _, err := client(t, e.url()).Embed(t.Context(), []string{"a"}); err != nil {
		t.Errorf("within the host: %v", err)
	}
}

func TestNobodyThereAndNoAnswerInTime(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	_, err := client(t, gone.URL).Embed(t.Context(), []string{"a"})
	if f := fault(t, err); !strings.Contains(f.What, "cannot be reached") || !strings.Contains(f.What, "refused") {
		t.Errorf("%s", f)
	}
	e, free := newEndpoint(t), make(chan struct{})
	defer close(free)
	e.answer = func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-free:
		case <-r.Context().Done():
		}
	}
	slow, err := openai.New(openai.Options{URL: e.url(), Model: "m", Timeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = slow.Embed(t.Context(), []string{"a"})
	if f := fault(t, err); !strings.Contains(f.What, "in time") {
		t.Errorf("%s", f)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := client(t, e.url()).Embed(ctx, []string{"a"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's patience gave %v", err)
	}
}

func TestAPlainConnectionStaysInThePrivateNetwork(t *testing.T) {
	// The name passes New; that it leads to the open network is seen when it is dialled.
	if err := openai.PrivateOnly("tcp", "93.184.216.34:80", nil); err == nil {
		t.Error("dialled a public address")
	}
	for _, ok := range []string{"127.0.0.1:80", "[::1]:80", "10.0.0.1:80", "[fe80::1%eth0]:80", "[::ffff:192.168.1.1]:80"} {
		if err := openai.PrivateOnly("tcp", ok, nil); err != nil {
			t.Errorf("%s: %v", ok, err)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, s := range []string{`{"data":[{"index":0,"embedding":[1,2]}]}`, `{`, `<html>`, `{"error":"x"}`} {
		f.Add(200, s)
		f.Add(404, s)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 || status >= 300 && status < 400 {
			return
		}
		d := openai.Canned(status, body)
		got, err := d.Embed(context.Background(), []string{"a"})
		if (err == nil) == (len(got) != 1) {
			t.Fatalf("%v %v", got, err)
		}
		if err == nil && math.Abs(length(got[0])-1) > 1e-3 {
			t.Fatalf("length %v", length(got[0]))
		}
		if err != nil {
			var fa *assist.Fault
			if !errors.As(err, &fa) {
				t.Fatalf("%v is no Fault", err)
			}
		}
	})
}
