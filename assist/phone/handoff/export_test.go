package handoff

import (
	"context"
	"net/http/httptest"
	"strings"

	"ringside/assist/phone"
)

// PostTo posts to the door of the network without a network.
func PostTo(l *LAN, query, kind, body string) {
	ctx, stop := context.WithCancel(context.Background())
	stop() // nobody listens
	r := httptest.NewRequest("POST", "/ring", strings.NewReader(body))
	r.URL.RawQuery = "token=" + l.opt.Token + "&" + query
	r.Header.Set("Content-Type", kind)
	l.handler(ctx, make(chan phone.Ring)).ServeHTTP(httptest.NewRecorder(), r)
}
