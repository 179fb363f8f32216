//go:build unix && !darwin && !ios && !android

package native

import (
	"io"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// idle asks the X server's screen saver, which counts for all programs.
func (s system) idle() (time.Duration, error) {
	xgb.Logger.SetOutput(io.Discard)
	conn, err := xgb.NewConnDisplay(s.display)
	if err != nil {
		return 0, notHere()
	}
	defer conn.Close()
	if err := screensaver.Init(conn); err != nil {
		return 0, notHere()
	}
	info, err := screensaver.QueryInfo(conn, xproto.Drawable(xproto.Setup(conn).DefaultScreen(conn).Root)).Reply()
	if err != nil {
		return 0, notHere()
	}
	return time.Duration(info.MsSinceUserInput) * time.Millisecond, nil
}
