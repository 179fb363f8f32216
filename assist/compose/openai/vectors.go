package openai

import (
	"fmt"
	"math"

	"github.com/sashabaranov/go-openai"
)

// read takes the vectors out of an answer, in the order of the texts.
func (c *Client) read(data []openai.Embedding, n int) ([][]float32, error) {
	if len(data) != n {
		return nil, c.door.nonsense(fmt.Errorf("%d vectors for %d texts", len(data), n))
	}
	out := make([][]float32, n)
	for i, d := range data {
		at := d.Index
		if unnumbered(data) {
			at = i
		}
		if at < 0 || at >= n || out[at] != nil {
			return nil, c.door.nonsense(fmt.Errorf("vector %d is for text %d of %d", i, at, n))
		}
		if err := c.fits(d.Embedding); err != nil {
			return nil, c.door.nonsense(err)
		}
		v, err := unit(d.Embedding)
		if err != nil {
			return nil, c.door.nonsense(err)
		}
		out[at] = v
	}
	return out, nil
}

// unnumbered reports whether an endpoint left out which vector belongs to which text;
// they are in order then.
func unnumbered(data []openai.Embedding) bool {
	for _, d := range data {
		if d.Index != 0 {
			return false
		}
	}
	return true
}

// fits reports a vector that is not as wide as those before it: another model
// answers, and its vectors cannot be compared with theirs. The next ones are to be as
// wide as this one.
func (c *Client) fits(v []float32) error {
	if len(v) == 0 || len(v) > mostWide {
		return fmt.Errorf("a vector of %d numbers", len(v))
	}
	if c.wide.CompareAndSwap(0, int64(len(v))) {
		return nil
	}
	if w := c.wide.Swap(int64(len(v))); w != int64(len(v)) {
		return fmt.Errorf("a vector of %d numbers behind those of %d", len(v), w)
	}
	return nil
}

// unit returns the vector with length 1.
func unit(v []float32) ([]float32, error) {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	long := math.Sqrt(sum)
	if long == 0 || math.IsInf(long, 0) || math.IsNaN(long) {
		return nil, fmt.Errorf("a vector of length %v", long)
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x) / long)
	}
	return out, nil
}
