package openai_test

import (
	"encoding/json"
	"hash/fnv"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// endpoint is a server on this machine that speaks the embeddings protocol; what it
// writes is played by the tests. Its vectors are made of the words of a text, so that alike texts have alike vectors.
type endpoint struct {
	*httptest.Server
	mu     sync.Mutex
	bodies [][]byte
	keys   []string
	paths  []string
	// answer replaces the vectors when it is set.
	answer http.HandlerFunc
	wide   int
	// accepted counts connections.
	accepted atomic.Int32
}

type counted struct {
	net.Listener
	n *atomic.Int32
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.n.Add(1)
	}
	return conn, err
}

type request struct {
	Input []string `json:"input"`
	Model string   `json:"model"`
}

type vector struct {
	Object    string    `json:"object"`
	Index     int       `json:"index"`
	Embedding []float64 `json:"embedding"`
}

func newEndpoint(t *testing.T) *endpoint {
	e := &endpoint{wide: 32}
	e.Server = httptest.NewUnstartedServer(e)
	e.Listener = &counted{Listener: e.Listener, n: &e.accepted}
	e.Start()
	t.Cleanup(e.Close)
	return e
}

func (e *endpoint) url() string { return e.Server.URL + "/v1" }

// ServeHTTP implements http.Handler.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	e.bodies, e.keys = append(e.bodies, body), append(e.keys, r.Header.Get("Authorization"))
	e.paths = append(e.paths, r.URL.Path)
	e.mu.Unlock()
	if e.answer != nil {
		e.answer(w, r)
		return
	}
	var q request
	if r.URL.Path != "/v1/embeddings" || r.Method != http.MethodPost || json.Unmarshal(body, &q) != nil {
		http.NotFound(w, r)
		return
	}
	e.send(w, e.vectors(q.Input))
}

func (e *endpoint) vectors(texts []string) []vector {
	var out []vector
	for i, s := range texts {
		out = append(out, vector{"embedding", i, words(s, e.wide)})
	}
	return out
}

func (e *endpoint) send(w http.ResponseWriter, data []vector) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "model": "test", "usage": map[string]int{"prompt_tokens": 1}})
}

func (e *endpoint) seen() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.bodies)
}

func words(s string, wide int) []float64 {
	out := make([]float64, wide)
	for _, w := range strings.Fields(strings.ToLower(s)) {
		h := fnv.New64a()
		h.Write([]byte(w))
		out[h.Sum64()%uint64(wide)] += 3
	}
	return out
}

func length(v []float32) float64 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}
