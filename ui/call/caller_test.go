package call

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
)

func TestACustomerWithoutANameIsShownByNumber(t *testing.T) {
	v := live.View{Who: live.Known, Ring: phone.Ring{From: "+44 113 496 0999"}, Card: &live.Card{}}
	if title, sub := caller(v); title != "Name not known yet" || sub != "+44 113 496 0999" {
		t.Errorf("%q, %q", title, sub)
	}
	v.Card = &live.Card{Customer: assist.Customer{Name: "Mary Shaw", City: "Leeds"}}
	if title, sub := caller(v); title != "Mary Shaw" || strings.Contains(sub, "0999") {
		t.Errorf("%q, %q", title, sub)
	}
}
