package csv

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func readAll(t *testing.T, text string, f Format) []Row {
	t.Helper()
	r := NewReader(strings.NewReader(text), f)
	var rows []Row
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func show(rows []Row) string {
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%d:%s", row.Line, strings.Join(row.Cells, "|"))
		if row.Broken != "" {
			b.WriteString(" BROKEN")
		}
		b.WriteString(";")
	}
	return b.String()
}

func TestReaderKeepsLinesAndSurvivesDamage(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":                  {"a,b\n1,2\n", "1:a|b;2:1|2;"},
		"no last line end":       {"a,b\n1,2", "1:a|b;2:1|2;"},
		"mixed line ends":        {"a,b\r\n1,2\r3,4\n5,6\r\r\n7,8", "1:a|b;2:1|2;3:3|4;4:5|6;5:7|8;"},
		"only CR":                {"a\rb\rc", "1:a;2:b;3:c;"},
		"CR at the end":          {"a\rb\r", "1:a;2:b;"},
		"blank lines count":      {"a,b\n\n1,2\n", "1:a|b;2:;3:1|2;"},
		"quoted":                 {`"a,b","say ""hi""",""` + "\n", `1:a,b|say "hi"|;`},
		"blank before the quote": {`x, "a,b" ,y`, "1:x|a,b|y;"},
		"a cell over lines":      {"a,\"b\nc\n\nd\"\n1,2\n", "1:a|b\nc\n\nd;5:1|2;"},
		"quote inside a word":    {`5'10" tall,x`, `1:5'10" tall|x;`},
		"lone quote in quotes":   {`"12" screen",x`, `1:12" screen|x;`},
		"never closed, alone":    {"a,\"b\n1,2\n3,4\n", "1:a|\"b BROKEN;2:1|2;3:3|4;"},
		"never closed, others":   {"a,\"b,c\n1,2,3\n4,\"x, y\",5\n6,7,8\n", "1:a|\"b|c BROKEN;2:1|2|3;3:4|x, y|5;4:6|7|8;"},
		"never closed, quoted":   {"\"a\",\"b\n\"c\",\"d\"\n\"e\",\"f\"\n", "1:\"a\"|\"b BROKEN;2:c|d;3:e|f;"},
		"never closed, last":     {"a,b\nc,\"d", "1:a|b;2:c|\"d BROKEN;"},
		"zero bytes":             {"a\x00,b\n", "1:a|b;"},
		"sep line":               {"sep=,\na,b\n", "2:a|b;"},
		"byte order mark":        {"\ufeffa,b\n", "1:a|b;"},
		"Windows-1252":           {"M\xfcller,caf\xe9\n", "1:Müller|café;"},
	} {
		if got := show(readAll(t, c.in, Format{Encoding: UTF8, Comma: ','})); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", name, c.in, got, c.want)
		}
	}
}

func TestReaderRefusesAnEndlessLineAndGoesOn(t *testing.T) {
	rows := readAll(t, "a,b\n"+strings.Repeat("x", 3*maxRow)+"\nc,d\n", Format{Comma: ','})
	if len(rows) != 3 || rows[1].Broken == "" || rows[1].Line != 2 || rows[2].Cells[0] != "c" || rows[2].Line != 3 {
		t.Fatalf("rows = %d, %.200s", len(rows), show(rows))
	}
}

func TestReaderDoesNotLoseLinesBehindALongUnclosedCell(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,\"b\n")
	for i := range 3 * maxLines {
		fmt.Fprintf(&b, "%d,x\n", i)
	}
	rows := readAll(t, b.String(), Format{Comma: ','})
	if len(rows) != 3*maxLines+1 || rows[0].Broken == "" || rows[len(rows)-1].Line != 3*maxLines+1 {
		t.Fatalf("%d rows, last at line %d", len(rows), rows[len(rows)-1].Line)
	}
}

func TestDetectKnowsEncodingAndDelimiter(t *testing.T) {
	utf16 := func(end unicode.Endianness, bom unicode.BOMPolicy, s string) string {
		out, err := unicode.UTF16(end, bom).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	text := "Name;Stadt\r\nMüller;Köln\r\nWeiß;Bonn\r\n"
	for name, c := range map[string]struct {
		in    string
		enc   string
		comma byte
	}{
		"comma":            {"Name,City\nA,B\n", UTF8, ','},
		"semicolon":        {text, UTF8, ';'},
		"BOM":              {"\ufeff" + text, UTF8, ';'},
		"1252":             {"Name;Stadt\r\nM\xfcller;K\xf6ln\r\n", Windows1252, ';'},
		"UTF-16 LE BOM":    {utf16(unicode.LittleEndian, unicode.UseBOM, text), UTF16LE, ';'},
		"UTF-16 BE BOM":    {utf16(unicode.BigEndian, unicode.UseBOM, text), UTF16BE, ';'},
		"UTF-16 LE":        {utf16(unicode.LittleEndian, unicode.IgnoreBOM, text), UTF16LE, ';'},
		"UTF-16 BE":        {utf16(unicode.BigEndian, unicode.IgnoreBOM, text), UTF16BE, ';'},
		"tab":              {"Name\tNote\nA\tx, y\nB\tz\n", UTF8, '\t'},
		"pipe":             {"Name|Note\nA|x\n", UTF8, '|'},
		"sep":              {"sep=|\nName,a|Note\n", UTF8, '|'},
		"commas in cells":  {"Name;Address\nA;1, High St, Leeds\nB;2, Low St, York\n", UTF8, ';'},
		"a title above it": {"Customers of the north, 2026\nName;Phone\nA;1\nB;2\nC;3\n", UTF8, ';'},
		"one column":       {"Name\nA\nB\n", UTF8, ','},
	} {
		f := Detect([]byte(c.in), nil)
		if f.Encoding != c.enc || f.Comma != c.comma {
			t.Errorf("%s: %+v, want %s %q", name, f, c.enc, c.comma)
		}
		if name == "UTF-16 LE" || name == "UTF-16 BE BOM" {
			if rows := readAll(t, c.in, f); len(rows) != 3 || rows[1].Cells[1] != "Köln" || rows[2].Line != 3 {
				t.Errorf("%s: %s", name, show(rows))
			}
		}
	}
}

func TestDetectLetsColumnNamesDecide(t *testing.T) {
	known := func(cell string) bool { return cell == "Name" || cell == "Phone" }
	f := Detect([]byte("Name;Phone\nShaw, Mary;1\nHill, Jo;2\n"), known)
	if f.Comma != ';' {
		t.Errorf("delimiter %q", f.Comma)
	}
}

func TestWriterIsReadBackAsItWas(t *testing.T) {
	rows := [][]string{
		{"Name", "Phone", "Note"},
		{"=1+1", "+44 20 7946 0123", "-"},
		{"@SUM(A1)", "'=x", "''"},
		{"a \"b\", c", "two\nlines", "\ttab"},
		{"'Allo", "＝1", "Müller"},
	}
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	std := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
	raw, err := std.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range raw {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	got := readAll(t, b.String(), Detect(b.Bytes(), nil))
	if len(got) != len(rows) {
		t.Fatalf("%d rows of %d: %s", len(got), len(rows), show(got))
	}
	for i, row := range got {
		for j := range row.Cells {
			row.Cells[j] = Restore(row.Cells[j])
		}
		if !slices.Equal(row.Cells, rows[i]) {
			t.Errorf("row %d = %q, want %q", i, row.Cells, rows[i])
		}
	}
}

func TestRestoreUnwrapsTextFormulas(t *testing.T) {
	for in, want := range map[string]string{`="0207"`: "0207", `=1+1`: "=1+1", `=""`: "", "'+44": "+44", "'Allo": "'Allo"} {
		if got := Restore(in); got != want {
			t.Errorf("Restore(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRowsAcrossTheEndOfTheBufferStayAsTheyAre(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r", "\r\r\n"} {
		var b strings.Builder
		const rows = 20_000
		for i := range rows {
			fmt.Fprintf(&b, "%d,\"a%sb %d\",%d%s", i, end, i, i, end)
		}
		r := NewReader(strings.NewReader(b.String()), Format{Encoding: UTF8, Comma: ','})
		var got []Row
		for row, err := r.Read(); err == nil; row, err = r.Read() {
			got = append(got, row)
		}
		if len(got) != rows {
			t.Fatalf("%q: %d rows", end, len(got))
		}
		for i, row := range got {
			want := []string{strconv.Itoa(i), "a\nb " + strconv.Itoa(i), strconv.Itoa(i)}
			if !slices.Equal(row.Cells, want) || row.Line != 2*i+1 {
				t.Fatalf("%q: line %d: %q, want %q", end, row.Line, row.Cells, want)
			}
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2", "\"a\n\"", "a;\"b\";c\r\r\n", "sep=;\n", "\xff\xfea\x00", "a,\"b\n1,\"\"\n\"x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		format := Detect(b, nil)
		r := NewReader(bytes.NewReader(b), format)
		last := 0
		for {
			row, err := r.Read()
			if err != nil {
				break
			}
			if row.Line <= last {
				t.Fatalf("line %d after %d", row.Line, last)
			}
			last = row.Line
		}
		if format.Encoding == UTF8 && last > bytes.Count(b, []byte("\n"))+bytes.Count(b, []byte("\r"))+1 {
			t.Fatalf("line %d is behind the end", last)
		}
		for _, cell := range strings.Split(string(b), ",") {
			if got := Restore(Defuse(cell)); formula(cell) && got != cell {
				t.Fatalf("%q comes back as %q", cell, got)
			}
		}
	})
}
