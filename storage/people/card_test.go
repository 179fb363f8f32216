package people

import "testing"

func TestCardsAreReadAsFarAsTheyCanBe(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"no FN":         {"BEGIN:VCARD\nN:Shaw;Mary;Ann;Mrs;\nTEL:0113 496 0123\nEND:VCARD\n", "accept c 1 Mary Ann Shaw 0113 496 0123;"},
		"only ORG":      {"BEGIN:VCARD\nORG:Acorn Ltd;Sales\nTEL:0113 496 0123\nEND:VCARD\n", "accept c 1 Acorn Ltd 0113 496 0123;"},
		"nobody":        {"BEGIN:VCARD\nVERSION:3.0\nNOTE:x\nEND:VCARD\nBEGIN:VCARD\nFN:A B\nEND:VCARD\n", "accept r 1;c 5 A B;"},
		"old Mac":       {"BEGIN:VCARD\rFN:A B\rTEL:0113 496 0123\rEND:VCARD\rBEGIN:VCARD\rFN:C D\rEND:VCARD\r", "accept c 1 A B 0113 496 0123;c 5 C D;"},
		"no END":        {"BEGIN:VCARD\nFN:A B\nBEGIN:VCARD\nFN:C D\nEND:VCARD\n", "accept c 1 A B;w 1;c 3 C D;"},
		"cut off":       {"BEGIN:VCARD\nFN:A B\nEND:VCARD\nBEGIN:VCARD\nFN:C D\nTEL:01", "accept c 1 A B;r 4;"},
		"stray text":    {"BEGIN:VCARD\nFN:A B\nEND:VCARD\nhello\nBEGIN:VCARD\nFN:C D\nEND:VCARD\n", "accept c 1 A B;r 4;c 5 C D;"},
		"odd line":      {"BEGIN:VCARD\nFN:A B\nhello\nEND:VCARD\n", "accept c 1 A B;w 3;"},
		"nested agent":  {"BEGIN:VCARD\nFN:A B\nAGENT:\nBEGIN:VCARD\nFN:Helper\nTEL:0113 496 0999\nEND:VCARD\nTEL:0113 496 0123\nEND:VCARD\n", "accept c 1 A B 0113 496 0123;"},
		"fax":           {"BEGIN:VCARD\nFN:A B\nTEL;FAX;WORK:0113 496 0123\nitem1.TEL:0113 496 0124\nitem1.X-ABLabel:Home Fax\nEND:VCARD\n", "accept c 1 A B;"},
		"same e-mail":   {"BEGIN:VCARD\nFN:A B\nEMAIL:a@x.example\nEND:VCARD\nBEGIN:VCARD\nFN:A B\nEMAIL:A@x.example\nTEL:0113 496 0123\nEND:VCARD\n", "accept c 1 A B a@x.example 0113 496 0123;d 5;"},
		"a group":       {"BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:All\nEND:VCARD\nBEGIN:VCARD\nFN:A B\nEND:VCARD\n", "accept r 1;c 6 A B;"},
		"bad e-mail":    {"BEGIN:VCARD\nFN:A B\nEMAIL:a at x\nEND:VCARD\n", "accept c 1 A B;w 1;"},
		"nothing in it": {"BEGIN:VCARD\nEND:VCARD\n", "refuse r 1;"},
	} {
		lines := dry(t, write(t, "in.vcf", c.in), Options{})
		got := lines[0].Outcome + " "
		for _, l := range lines[1:] {
			got += brief([]line{l}, l.Kind)
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", name, got, c.want)
		}
	}
}
