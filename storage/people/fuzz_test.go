package people

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ringside/assist"
)

// FuzzImport: whatever is in a file, it is refused with a reason or read to its
// end; every result has a line of the file, and every customer can be kept.
func FuzzImport(f *testing.F) {
	for _, s := range []string{"Name,Phone\nMary,1\n", "BEGIN:VCARD\nFN:A\nEND:VCARD\n", "sep=;\nName;E-Mail\n\"a", "\xff\xfeN\x00", "Email\na@x.example\nA@X.EXAMPLE\n",
		"Name,Customer since\nA,3/4/2011\n", "ID,Name,Name,ID\n1,\"\"\"\",2,3\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Open(write(t, "in.csv", string(b)), Options{Now: now})
		if err != nil {
			var fault *assist.Fault
			if !errors.As(err, &fault) || fault.Do == "" {
				t.Fatalf("refused without advice: %v", err)
			}
			return
		}
		p.Questions()
		last := strings.Count(string(b), "\n") + strings.Count(string(b), "\r") + 1
		seen := map[assist.ID]int{}
		err = p.Each(context.Background(), func(r Result) error {
			if r.Line < 1 || r.Line > last {
				t.Fatalf("line %d of %d: %+v", r.Line, last, r)
			}
			if r.Kind != KindCustomer {
				if r.Reason == "" {
					t.Fatalf("no reason: %+v", r)
				}
				return nil
			}
			if err := r.Customer.Validate(); err != nil {
				t.Fatal(err)
			}
			if first, twice := seen[r.Customer.ID]; twice {
				t.Fatalf("lines %d and %d have one id", first, r.Line)
			}
			seen[r.Customer.ID] = r.Line
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
