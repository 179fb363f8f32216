package openai

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// answer is what a model has written so far. It takes server-sent events line by line
// and, from servers that do not stream, one whole object.
type answer struct {
	door     *door
	raw      strings.Builder // as it came, thoughts included
	refusal  strings.Builder // why the model would not
	plain    []byte          // what is no event
	streamed bool            // an event has come
	begun    bool            // a word or a thought has come
	finish   string          // why the model stopped; empty: it has not
	done     bool            // nothing comes behind this
	torn     bool            // the last line has no end
}

// chunk is an event, or a whole answer.
type chunk struct {
	Object  string          `json:"object"`
	Error   json.RawMessage `json:"error"`
	Choices []struct {
		Index   int    `json:"index"`
		Delta   said   `json:"delta"`
		Message said   `json:"message"`
		Finish  string `json:"finish_reason"`
	} `json:"choices"`
}

// said is what a model says in one piece. There are two names about for its thoughts.
type said struct {
	Content          string `json:"content"`
	Refusal          string `json:"refusal"`
	Reasoning        string `json:"reasoning"`
	ReasoningContent string `json:"reasoning_content"`
}

// take takes one line, which may be without its end.
func (a *answer) take(line []byte) error {
	a.torn = !bytes.HasSuffix(line, []byte("\n"))
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\uFEFF")))
	field, value, _ := bytes.Cut(line, []byte(":"))
	if len(a.plain) > 0 {
		field = line
	}
	switch string(field) {
	case "", "event", "id", "retry": // and comments, which some send so that the line stays open
		return nil
	case "data":
		a.streamed = true
		return a.event(bytes.TrimSpace(value))
	case "error": // llama.cpp's
		return a.failed(bytes.TrimSpace(value))
	}
	if a.streamed {
		return a.door.nonsense(fmt.Errorf("“%s” between its pieces", a.door.scrub(string(line))))
	}
	a.plain = append(append(a.plain, line...), '\n')
	return nil
}

// last tells that no more lines come.
func (a *answer) last() error {
	if len(a.plain) == 0 {
		return nil
	}
	if !json.Valid(a.plain) {
		return a.door.noAPI(errors.New("neither events nor JSON"))
	}
	a.torn = false // it is all there
	return a.event(a.plain)
}

// event takes what one event carries.
func (a *answer) event(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if string(data) == "[DONE]" {
		a.done = true
		return nil
	}
	var c chunk
	switch err := json.Unmarshal(data, &c); {
	case err != nil && a.torn:
		return a.door.brokenOff(io.ErrUnexpectedEOF)
	case err != nil:
		return a.door.nonsense(err)
	case len(c.Error) > 0 && string(c.Error) != "null", c.Object == "error":
		return a.failed(data)
	}
	for _, choice := range c.Choices {
		if choice.Index == 0 {
			a.add(choice.Delta)
			a.add(choice.Message)
			a.finish = cmp.Or(a.finish, choice.Finish)
		}
	}
	if a.raw.Len()+a.refusal.Len() > mostText {
		return errTooMuch
	}
	return nil
}

func (a *answer) add(s said) {
	a.begun = a.begun || s != (said{})
	a.raw.WriteString(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unprintable(r) && r != '\uFFFD' {
			return -1
		}
		return r
	}, s.Content))
	a.refusal.WriteString(s.Refusal)
}

// text returns what is for people: without the thoughts that some models write before
// it, in the same stream.
func (a *answer) text() string {
	const begin, end = "<think>", "</think>"
	s := strings.TrimSpace(a.raw.String())
	if strings.HasPrefix(s, begin) {
		_, s, _ = strings.Cut(s, end)
	} else if a.finish == "" && strings.HasPrefix(begin, s) {
		s = ""
	}
	return strings.TrimSpace(s)
}

// verdict says whether the text is whole.
func (a *answer) verdict() error {
	switch {
	case a.finish == "":
		return a.door.brokenOff(io.ErrUnexpectedEOF)
	case a.finish == "length":
		return a.door.fault("the model’s text is cut off, since it grew too long", "Give it a part of the text. A model that thinks first may be the wrong one for this.", &Refused{a.finish})
	case a.finish == "content_filter":
		return a.door.fault("the endpoint’s filter has stopped the text", "Say it in other words.", &Refused{a.finish})
	case a.finish != "stop":
		return a.door.nonsense(fmt.Errorf("it ended with “%s”", a.door.scrub(a.finish)))
	case a.text() != "":
		return nil
	case a.refusal.Len() > 0:
		return a.door.fault("the model would not: “"+a.door.scrub(a.refusal.String())+"”", "Say it in other words.", &Refused{"refusal"})
	}
	return a.door.fault("the model wrote nothing", "Try again, or name another model.", &Refused{"no text"})
}

// failed is the error for an error that comes in place of a piece.
func (a *answer) failed(data []byte) error {
	_, reason := a.door.said(data)
	if reason == "" {
		if text := a.door.scrub(string(data)); text != "" && !json.Valid(data) {
			reason = ": “" + text + "”"
		}
	}
	return a.door.fault("the endpoint failed while it wrote"+reason, "Try again. If it happens again, look at its own log.", errors.New("error in the answer"))
}
