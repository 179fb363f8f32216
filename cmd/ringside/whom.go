package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage"
)

// whom returns the one customer whom somebody means by an id, a number, an e-mail address
// or a whole name. When it may be several, the fault names them.
func (h *house) whom(ctx context.Context, text string) (assist.Customer, error) {
	text = strings.TrimSpace(text)
	if id := assist.ID(text); id.Valid() {
		if c, err := storage.Find[assist.Customer](ctx, h.db, id); !errors.Is(err, assist.ErrNotFound) {
			return c, err
		}
		if gone, err := h.db.Erased(ctx, id); gone || err != nil {
			return assist.Customer{}, errors.Join(err, &assist.Fault{What: "this customer was erased", Where: text, Err: assist.ErrNotFound})
		}
	}
	list, err := h.meant(ctx, text)
	switch {
	case err != nil:
		return assist.Customer{}, err
	case len(list) == 0:
		return assist.Customer{}, &assist.Fault{What: fmt.Sprintf("no customer is %q", shortened(oneLine(text), 60)),
			Do: "Name an id, a number, an e-mail address or the whole name; ringside search finds them.", Err: assist.ErrNotFound}
	case len(list) > 1:
		var ids []string
		for _, c := range list {
			ids = append(ids, oneLine(orElse(c.Name, "no name"))+" "+string(c.ID))
		}
		return assist.Customer{}, &assist.Fault{What: fmt.Sprintf("%q may be %d customers", shortened(oneLine(text), 60), len(list)),
			Where: few(ids), Do: "Name the id of the one.", Err: errUsage}
	}
	return list[0], nil
}

// meant returns the customers who may be meant.
func (h *house) meant(ctx context.Context, text string) (out []assist.Customer, err error) {
	set, err := h.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if id, ok, err := h.db.FindByKey(ctx, "email:"+strings.ToLower(text)); ok || err != nil {
		c, findErr := storage.Find[assist.Customer](ctx, h.db, id)
		return []assist.Customer{c}, errors.Join(err, findErr)
	}
	if n := phone.Parse(text, regionOf(set)); n.Digits != "" {
		matches, err := h.db.FindByNumber(ctx, n)
		for _, m := range matches {
			if !m.Tail && !m.Switchboard {
				out = append(out, m.Customer)
			}
		}
		if len(out) > 0 || err != nil {
			return out, err
		}
	}
	found, err := h.db.Seek(ctx, glance.Seek{Text: text, Types: []assist.Type{assist.TypeCustomer}, Limit: 50})
	for _, f := range found {
		c, findErr := storage.Find[assist.Customer](ctx, h.db, f.Customer)
		if err = errors.Join(err, findErr); err == nil && strings.EqualFold(flat(c.Name), flat(text)) {
			out = append(out, c)
		}
	}
	return out, err
}
