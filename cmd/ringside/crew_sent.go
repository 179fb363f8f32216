package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui/say"
	"ringside/ui/team"
)

// sentShown is how many of the last packets people see.
const sentShown = 20

// sent are the last packets that left this desk, or wait to.
func (c *crew) sent(ctx context.Context) (out []team.Packet, err error) {
	rep, _, _, err := c.present()
	if err != nil {
		return nil, err
	}
	list, err := rep.Sent(ctx, sentShown)
	for _, s := range list {
		out = append(out, team.Packet{ID: strconv.FormatUint(s.From, 10), At: s.At, Writes: s.Writes, Again: s.Again, Waiting: s.Waiting, Sealed: s.Sealed, Body: s.Body})
	}
	return out, err
}

// inside says in words what is in a packet.
func (c *crew) inside(ctx context.Context, of team.Packet) (out []team.Record, err error) {
	writes, err := c.h.db.Writes(of.Body)
	if err != nil {
		return nil, err
	}
	_, reps, err := c.h.sitting(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range writes {
		r := team.Record{What: "nothing: it was erased"}
		if w.Of.Type != "" {
			if r, err = c.wrote(ctx, w); err != nil {
				return nil, err
			}
		}
		r.By = member(reps, w.Rep).Name
		out = append(out, r)
	}
	return out, nil
}

// wrote is one write in words.
func (c *crew) wrote(ctx context.Context, w storage.Write) (r team.Record, err error) {
	if r.What, err = c.called(ctx, w.Of); errors.Is(err, assist.ErrNotFound) {
		r.What, err = string(w.Of.Type), nil
	}
	for _, f := range w.Fields {
		if err != nil {
			return r, err
		}
		value := ""
		if value, err = c.named(ctx, f); w.Of.Type == assist.TypeBlob && f.Name == "data" {
			var data []byte
			err = json.Unmarshal(f.Value, &data)
			value = fmt.Sprintf("a file of %s bytes", say.Thousands(len(data)))
		}
		r.Fields = append(r.Fields, team.Field{Name: say.Field(w.Of.Type, f.Name), Value: value})
	}
	return r, err
}

// pointing are the fields that name another record by its id.
var pointing = map[string]assist.Type{"customer": assist.TypeCustomer, "company": assist.TypeCompany, "answer": assist.TypeAnswer, "incident": assist.TypeIncident,
	"rep": assist.TypeRep, "by": assist.TypeRep, "owner": assist.TypeRep, "deputy": assist.TypeRep, "reviewer": assist.TypeRep, "judge": assist.TypeRep, "concierge": assist.TypeRep}

// named is the value of a field as people read it: where it is an id, what has that id is
// called.
func (c *crew) named(ctx context.Context, f storage.Written) (string, error) {
	words := inWords(f.Value)
	var id assist.ID
	t, points := pointing[f.Name]
	if !points || json.Unmarshal(f.Value, &id) != nil || id == "" {
		return words, nil
	}
	versions, err := c.h.db.History(ctx, t, id)
	if errors.Is(err, assist.ErrNotFound) {
		return words, nil
	}
	if err != nil {
		return "", err
	}
	if name := nameIn(versions[0].Record); name != "" {
		words = name
	}
	return words, nil
}
