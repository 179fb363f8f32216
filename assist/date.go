package assist

import (
	"fmt"
	"time"
)

// Date is a day without a time of day, as people write it on paper. Month and
// Day may be 0 when only the year, or year and month, are known. The zero Date is
// unknown.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads 2006-01-02, 2006-01 or 2006, and "" as the zero Date. Any other
// text, and a day that no calendar has, gives an error.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		d := DateOf(t)
		if len(layout) < 10 {
			d.Day = 0
		}
		if len(layout) < 7 {
			d.Month = 0
		}
		return d, nil
	}
	return Date{}, &Fault{What: fmt.Sprintf("%q is not a date", s), Do: "Write it as 2006-01-02.", Err: ErrInvalid}
}

// IsZero reports whether nothing is known of the date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the form that ParseDate reads.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Time returns midnight UTC of the first day that d can be.
func (d Date) Time() time.Time {
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// MarshalText returns String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
