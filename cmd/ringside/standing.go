package main

import "sync"

// standing is one sentence on how something stands, told whenever it changes. Any
// goroutine may call its methods.
type standing struct {
	mu       sync.Mutex
	sentence string
	tell     func(string)
}

// say tells how it stands now.
func (s *standing) say(sentence string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sentence == s.sentence {
		return
	}
	s.sentence = sentence
	if s.tell != nil {
		s.tell(sentence)
	}
}

// onTold calls tell with how it stands, now and whenever that changes. tell is called
// from any goroutine and must not wait.
func (s *standing) onTold(tell func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell = tell
	tell(s.sentence)
}

// now returns how it stands.
func (s *standing) now() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sentence
}
