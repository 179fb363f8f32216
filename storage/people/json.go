package people

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"ringside/assist"
)

type fileLine struct {
	Kind    string  `json:"kind"`
	Outcome Outcome `json:"outcome"`
	Reason  string  `json:"reason"`
}

type customerLine struct {
	Kind   Kind     `json:"kind"`
	Line   int      `json:"line"`
	Name   string   `json:"name"`
	Firm   string   `json:"company"`
	Emails []string `json:"emails"`
	Phones []string `json:"phones"`
	Raw    []string `json:"phones_raw"`
	Since  string   `json:"customer_since"`
	Notes  string   `json:"notes"`
}

type problemLine struct {
	Kind   Kind   `json:"kind"`
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

// DryRun writes what an import of the file would do, one JSON object a line: first
// the file with its outcome, then every result in the order of the file. A file
// that is refused gives its line, and the *assist.Fault comes back as well.
func DryRun(ctx context.Context, w io.Writer, path string, opt Options) error {
	p, err := Open(path, opt)
	if err != nil {
		reason := err.Error()
		var fault *assist.Fault
		if errors.As(err, &fault) {
			reason = fault.What + ". " + fault.Do
		}
		return errors.Join(encoder(w).Encode(fileLine{"file", Refuse, reason}), err)
	}
	return p.WriteJSON(ctx, w)
}

// WriteJSON writes the lines that DryRun does.
func (p *Plan) WriteJSON(ctx context.Context, w io.Writer) error {
	if err := p.refresh(ctx); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	enc := encoder(out)
	outcome, reason := p.Outcome()
	if err := enc.Encode(fileLine{"file", outcome, reason}); err != nil {
		return err
	}
	err := p.Each(ctx, func(r Result) error { return enc.Encode(lineOf(r)) })
	return errors.Join(err, out.Flush())
}

func encoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

func lineOf(r Result) any {
	if r.Kind != KindCustomer {
		return problemLine{r.Kind, r.Line, r.Column, r.Reason}
	}
	line := customerLine{Kind: r.Kind, Line: r.Line, Name: r.Customer.Name, Firm: r.Company.Name,
		Emails: append([]string{}, r.Customer.Emails...), Phones: []string{}, Raw: []string{},
		Since: r.Customer.Since.String(), Notes: r.Notes}
	for _, p := range append(r.Customer.Phones, r.Company.Phones...) {
		line.Raw = append(line.Raw, p.Raw)
		if p.E164 != "" {
			line.Phones = append(line.Phones, p.E164)
		}
	}
	return line
}
