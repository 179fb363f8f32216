package chart

import (
	"math"
	"strconv"
	"strings"
)

// nothing is what stands where there is no figure.
const nothing = "not enough yet"

func known(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// known tells whether there is a figure.
func (v Value) known() bool { return known(v.Value) }

// tone returns the colour of the figure's bar or dot.
func (v Value) tone() Tone {
	if v.Tone == Ink {
		return Accent
	}
	return v.Tone
}

// ranges tells whether something is known of how sure the figure is.
func (v Value) ranges() bool {
	return v.known() && known(v.Low) && known(v.High) && v.Low < v.High && v.Low <= v.Value && v.Value <= v.High
}

// scale maps figures to places between two ends of a line.
type scale struct {
	low, high float64
	from, to  float32
}

// scaleOf holds zero and all that is known of the figures, from one end to the other.
func scaleOf(values []Value, from, to float32) scale {
	s := scale{from: from, to: to}
	for _, v := range values {
		if !v.known() {
			continue
		}
		s.low, s.high = min(s.low, v.Value), max(s.high, v.Value)
		if v.ranges() {
			s.low, s.high = min(s.low, v.Low), max(s.high, v.High)
		}
	}
	if s.low == s.high {
		s.high = 1
	}
	return s
}

// at returns the place of a figure, within the ends. Figures are halved first, so that the
// largest that there are do not overflow.
func (s scale) at(v float64) float32 {
	share := (v/2 - s.low/2) / (s.high/2 - s.low/2)
	return s.from + float32(min(max(share, 0), 1))*(s.to-s.from)
}

// ticks returns some three round figures that the scale holds, and widens it to end on one.
// Counts get whole figures.
func (s *scale) ticks(whole bool) (out []float64) {
	span := s.high/3 - s.low/3
	step := math.Pow(10, math.Floor(math.Log10(span)))
	for _, k := range []float64{1, 2, 5, 10} {
		if step*k >= span*.999 {
			step *= k
			break
		}
	}
	if whole {
		step = max(step, 1)
	}
	if !known(step) || step <= 0 || math.Abs(s.high)/step > 1e6 {
		return []float64{0}
	}
	first, last := math.Floor(s.low/step+1e-9), math.Ceil(s.high/step-1e-9)
	if !known(first*step) || !known(last*step) {
		return []float64{0}
	}
	for i := first; i <= last; i++ {
		out = append(out, i*step)
	}
	s.low, s.high = first*step, last*step
	return out
}

// whole tells whether all figures are counts.
func whole(values []Value) bool {
	for _, v := range values {
		if v.known() && v.Value != math.Trunc(v.Value) {
			return false
		}
	}
	return true
}

// figure says a number as short as it can be told apart by eye, in its unit where that is
// a share.
func figure(v float64, unit string) string {
	s := number(v)
	if strings.HasPrefix(unit, "%") {
		s += "%"
	}
	return s
}

func number(v float64) string {
	large := math.Abs(v)
	switch {
	case large >= 1e15:
		return strconv.FormatFloat(v, 'e', 1, 64)
	case large >= 10 || v == math.Trunc(v):
		return thousands(strconv.FormatFloat(math.Round(v), 'f', 0, 64))
	case large >= 0.1:
		return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	}
	return strconv.FormatFloat(v, 'g', 1, 64)
}

// thousands sets a comma after every three digits from the right.
func thousands(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if digits == "0" {
		sign = ""
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
