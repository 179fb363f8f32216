package mask

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"sync"
)

// Spared are the numbers that somebody has said are no cards. Only their hashes are
// kept. It may be used from several goroutines; the zero value has none, and a nil one
// stays empty.
type Spared struct {
	mu     sync.Mutex
	hashes map[string]bool
	kept   int // how many of them
}

// NewSpared returns those that were kept.
func NewSpared(hashes []string) *Spared {
	s := &Spared{hashes: map[string]bool{}}
	for _, h := range hashes {
		s.hashes[h] = true
	}
	s.kept = len(s.hashes)
	return s
}

// Has reports whether somebody has said so of what has this Key.
func (s *Spared) Has(number string) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.hashes) > 0 && s.hashes[hash(number)]
}

// Add notes that what has this Key is no card, nor belongs to one.
func (s *Spared) Add(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hashes == nil {
		s.hashes = map[string]bool{}
	}
	s.hashes[hash(number)] = true
}

// Fresh returns the hashes in order when some came since they were last kept, as Keep has
// been told.
func (s *Spared) Fresh() (hashes []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.hashes) == s.kept {
		return nil
	}
	return slices.Sorted(maps.Keys(s.hashes))
}

// Keep notes that so many hashes are kept: all that Fresh gave.
func (s *Spared) Keep(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = max(s.kept, n)
}

func hash(number string) string {
	h := sha256.Sum256([]byte("no card " + number))
	return hex.EncodeToString(h[:16])
}
