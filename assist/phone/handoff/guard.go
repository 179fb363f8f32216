package handoff

import (
	"crypto/subtle"
	"net/http"
	"strings"
)

// guard lets in only this user's own programs. A page in a browser sends an Origin or a
// Sec-Fetch-Site or, when its name was pointed at this machine, a foreign Host; both are turned
// away before the key is looked at.
func (d *Door) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(markName, markValue)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, fromPage := r.Header["Origin"]
		_, fetched := r.Header["Sec-Fetch-Site"] // browsers leave Origin out of some requests, and never this
		switch {
		case fromPage || fetched:
			http.Error(w, "Pages in a browser are not let in.", http.StatusForbidden)
		case r.Host != d.addr:
			http.Error(w, "This door has another address.", http.StatusMisdirectedRequest)
		case !d.opens(r.Header.Get("Authorization")):
			http.Error(w, "The key is missing or wrong; it is in door.json in the data folder.", http.StatusUnauthorized)
		case r.ContentLength > maxBody:
			tooBig(w)
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			next.ServeHTTP(w, r)
		}
	})
}

func (d *Door) opens(authorization string) bool {
	token, ok := strings.CutPrefix(authorization, "Bearer ")
	return ok && subtle.ConstantTimeCompare([]byte(token), []byte(d.token)) == 1
}

func tooBig(w http.ResponseWriter) {
	http.Error(w, "That is more than 64 KiB.", http.StatusRequestEntityTooLarge)
}
