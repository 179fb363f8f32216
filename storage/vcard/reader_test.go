package vcard

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func readAll(t testing.TB, text string) []Card {
	t.Helper()
	r := NewReader(strings.NewReader(text))
	var cards []Card
	for {
		c, err := r.Read()
		if err == io.EOF {
			return cards
		}
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, c)
	}
}

func show(cards []Card) string {
	var b strings.Builder
	for _, c := range cards {
		fmt.Fprintf(&b, "%d[", c.Line)
		for _, p := range c.Props {
			if p.Name == "VERSION" {
				continue
			}
			fmt.Fprintf(&b, "%s", p.Name)
			if p.Group != "" {
				fmt.Fprintf(&b, ".%s", p.Group)
			}
			if len(p.Types) > 0 {
				fmt.Fprintf(&b, "(%s)", strings.Join(p.Types, "+"))
			}
			fmt.Fprintf(&b, "=%s;", strings.Join(p.Parts(), "|"))
		}
		b.WriteString("]")
		if c.Broken != "" {
			b.WriteString(" broken")
		}
		for _, n := range c.Odd {
			fmt.Fprintf(&b, " odd%d", n)
		}
	}
	return b.String()
}

func TestReaderReadsEveryVersion(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"3.0": {"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mary Shaw\r\nN:Shaw;Mary;;Mrs;\r\nTEL;TYPE=CELL,VOICE:07700 900123\r\nEND:VCARD\r\n",
			"1[FN=Mary Shaw;N=Shaw|Mary||Mrs|;TEL(CELL+VOICE)=07700 900123;]"},
		"4.0": {"BEGIN:VCARD\nVERSION:4.0\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+44-20-7946-0123;ext=12\nEND:VCARD\n",
			"1[TEL(PREF+VOICE+HOME)=tel:+44-20-7946-0123|ext=12;]"},
		"2.1": {"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6=\nrg\nTEL;CELL;PREF:0123\nEND:VCARD\n",
			"1[N=Müller|Jörg;TEL(CELL+PREF)=0123;]"},
		"2.1 latin": {"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller\nEND:VCARD\n", "1[N=Müller;]"},
		"raw 1252":  {"BEGIN:VCARD\nN:M\xfcller\nEND:VCARD\n", "1[N=Müller;]"},
		"folded":    {"BEGIN:VCARD\nNOTE:one\n  two\n\tthree\nEND:VCARD\n", "1[NOTE=one twothree;]"},
		"escapes":   {"BEGIN:VCARD\nORG:Shaw\\, Hill\\; Co;Sales\nNOTE:a\\nb\nEND:VCARD\n", "1[ORG=Shaw, Hill; Co|Sales;NOTE=a\nb;]"},
		"groups": {"BEGIN:VCARD\nitem1.TEL:0123\nitem1.X-ABLabel:_$!<Main>!$_\nEND:VCARD\n",
			"1[TEL.ITEM1=0123;X-ABLABEL.ITEM1=_$!<Main>!$_;]"},
		"picture":              {"BEGIN:VCARD\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\nFN:A\nEND:VCARD\n", "1[FN=A;]"},
		"picture not indented": {"BEGIN:VCARD\nPHOTO;BASE64;JPEG:AAAA\nBBBB\nCCC=\n\nFN:A\nEND:VCARD\n", "1[FN=A;]"},
		"agent":                {"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nTEL:1\nEND:VCARD\n", "1[FN=A;AGENT=;TEL=1;]"},
		"two":                  {"BEGIN:VCARD\nFN:A\nEND:VCARD\n\nbegin:vcard\nfn:B\nend:vcard", "1[FN=A;]5[FN=B;]"},
		"no end":               {"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "1[FN=A;] broken3[FN=B;]"},
		"cut off":              {"BEGIN:VCARD\nFN:A\nTEL:01", "1[FN=A;TEL=01;] broken"},
		"odd line":             {"BEGIN:VCARD\nFN:A\nwhat is this\nEND:VCARD\n", "1[FN=A;] odd3"},
		"stray":                {"hello\nyou\nBEGIN:VCARD\nFN:A\nEND:VCARD\nbye\n", "1[] broken3[FN=A;]6[] broken"},
		"BOM":                  {"\ufeffBEGIN:VCARD\nFN:A\nEND:VCARD\n", "1[FN=A;]"},
		"zero byte":            {"BEGIN:VCARD\nFN:A\x00B\nEND:VCARD\n", "1[FN=AB;]"},
	} {
		if got := show(readAll(t, c.in)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestReaderCountsLinesBehindFolds(t *testing.T) {
	cards := readAll(t, "BEGIN:VCARD\nNOTE:a\n b\n c\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nN;QUOTED-PRINTABLE:a=\nb=\nc\nTEL:2\nEND:VCARD\n")
	if len(cards) != 2 || cards[0].Props[1].Line != 5 || cards[1].Line != 7 || cards[1].Props[1].Line != 11 {
		t.Fatalf("%+v", cards)
	}
	if got := cards[1].Props[0].Text(); got != "abc" {
		t.Errorf("joined to %q", got)
	}
}

func TestReaderKeepsMemoryBoundedOnAHugeLine(t *testing.T) {
	cards := readAll(t, "BEGIN:VCARD\nNOTE:"+strings.Repeat("x", 5*maxValue)+"\nFN:A\nEND:VCARD\n")
	if len(cards) != 1 || len(cards[0].Props) != 2 || len(cards[0].Props[0].Value) > maxValue {
		t.Fatalf("%d cards", len(cards))
	}
}

func TestLinesMayEndWithACarriageReturn(t *testing.T) {
	for name, text := range map[string]string{
		"old Mac":          "BEGIN:VCARD\rFN:Mary\r  Shaw\rTEL:1\rEND:VCARD\r",
		"no end behind it": "BEGIN:VCARD\rFN:Mary\r  Shaw\rTEL:1\rEND:VCARD",
		"mixed":            "BEGIN:VCARD\rFN:Mary\r\n  Shaw\nTEL:1\r\r\nEND:VCARD\r",
	} {
		r := NewReader(strings.NewReader(text))
		card, err := r.Read()
		if err != nil || card.Broken != "" || len(card.Props) != 2 || card.Props[0].Text() != "Mary Shaw" || card.Props[1].Line != 4 {
			t.Errorf("%s: %+v, %v", name, card, err)
		}
		if _, err := r.Read(); err != io.EOF {
			t.Errorf("%s: behind the last card: %v", name, err)
		}
		if r.Offset() != int64(len(text)) {
			t.Errorf("%s: %d bytes read of %d", name, r.Offset(), len(text))
		}
	}
}

func TestACarriageReturnInAValueIsNoLineEndWhereLinesHaveOthers(t *testing.T) {
	card, err := NewReader(strings.NewReader("BEGIN:VCARD\nFN:Mary\rShaw\nEND:VCARD\n")).Read()
	if err != nil || len(card.Props) != 1 || len(card.Odd) != 0 {
		t.Errorf("%+v, %v", card, err)
	}
}

func FuzzVCard(f *testing.F) {
	for _, s := range []string{"BEGIN:VCARD\nFN:A\nEND:VCARD\n", "BEGIN:VCARD\nN;QUOTED-PRINTABLE:a=\n", "AGENT:\nBEGIN:VCARD\n;;:", "a.b;c=\"d:e\":f\n g", "\r0", "BEGIN:VCARD\rFN:A\r\rEND:VCARD\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, c := range readAll(t, s) {
			if c.Line <= last && c.Line != 0 {
				t.Fatalf("card at line %d after %d", c.Line, last)
			}
			last = c.Line
			for _, p := range c.Props {
				p.Text()
				if len(p.Parts()) == 0 || p.Name == "" {
					t.Fatalf("property %+v", p)
				}
			}
		}
		if lines := strings.Count(s, "\n") + strings.Count(s, "\r") + 1; last > lines {
			t.Fatalf("card at line %d of %d", last, lines)
		}
	})
}
