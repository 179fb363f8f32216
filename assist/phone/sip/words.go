package sip

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"time"
)

// errSlept ends a watch so that it begins anew: after a sleep nothing of it is sure.
var errSlept = errors.New("the machine has slept")

// errLost ends a watch so that it reads the whole state anew.
var errLost = errors.New("more news came than could be taken")

// errEnded: the telephone system has ended the subscription.
var errEnded = errors.New("the telephone system has stopped watching")

// errCut: the connection to the telephone system has broken.
var errCut = errors.New("the connection has broken")

// atOnce reports whether an error is no trouble, only a reason to begin anew. A system
// that was restarted knows nothing of the subscription (481).
func atOnce(err error) bool {
	var no refused
	if errors.As(err, &no) {
		return no.code == 481
	}
	return errors.Is(err, errSlept) || errors.Is(err, errLost) || errors.Is(err, errEnded) || errors.Is(err, errCut)
}

// refused is an answer of the telephone system that is no yes.
type refused struct {
	method string
	code   int
	reason string
}

func (r refused) Error() string { return fmt.Sprintf("%s: %d %s", r.method, r.code, r.reason) }

// retryAfter is how long the telephone system wants to be left alone.
type retryAfter time.Duration

func (r retryAfter) Error() string { return "not before " + time.Duration(r).String() }

// good says that calls are heard.
func (w *Watcher) good(reg *registration) string {
	words := "Watching extension " + w.opt.Extension + " at " + w.opt.Server + "."
	switch {
	case reg == nil:
	case reg.no != nil:
		words += fmt.Sprintf(" It takes no more phones for the extension (%d %s).", reg.no.code, reg.no.reason)
	default:
		words += " Signed in as one more phone, too."
	}
	return words
}

// trouble says what is wrong, what to do, and when it is tried again.
func (w *Watcher) trouble(err error, wait time.Duration) string {
	words := w.reason(err)
	if wait = wait.Round(time.Second); wait > 0 {
		words += fmt.Sprintf(" Trying again in %d s.", int(wait.Seconds()))
	}
	return words
}

func (w *Watcher) reason(err error) string {
	var no refused
	var unknown x509.UnknownAuthorityError
	var other x509.HostnameError
	var record tls.RecordHeaderError
	var name *net.DNSError
	switch {
	case errors.As(err, &no):
		return w.refusal(no)
	case errors.As(err, &unknown):
		return w.opt.Server + " shows a certificate that this computer does not trust. Have its authority installed here, or use another transport."
	case errors.As(err, &other):
		return "The certificate of " + w.opt.Server + " is for another name. Write the server as the certificate calls it."
	case errors.As(err, &record):
		return w.opt.Server + " does not speak TLS on this port. Choose another transport or port."
	case errors.As(err, &name):
		return "There is no server called " + w.opt.Server + ". Look at how it is spelt."
	case errors.Is(err, errSlept):
		return "This computer has slept."
	case errors.Is(err, errLost):
		return "More calls came in than could be taken."
	case errors.Is(err, errEnded):
		return "The telephone system has stopped watching extension " + w.opt.Extension + "."
	case errors.Is(err, errCut):
		return "The connection to " + w.opt.Server + " has broken."
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errSilent):
		return w.opt.Server + " does not answer. Look at the server, the port and the transport."
	}
	return w.opt.Server + " cannot be reached (" + err.Error() + ")."
}

func (w *Watcher) refusal(no refused) string {
	switch no.code {
	case 401, 403, 407:
		return "The telephone system refuses the name or the password. Look at both."
	case 404:
		return "The telephone system knows no extension " + w.opt.Extension + "."
	case 405, 489, 501:
		return "The telephone system does not let calls be watched (it answers " + fmt.Sprint(no.code) + "). Its administrator has to allow it, or a program on this computer tells of calls instead."
	}
	return fmt.Sprintf("The telephone system refuses (%d %s).", no.code, no.reason)
}
