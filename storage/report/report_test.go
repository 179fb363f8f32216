package report_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/net/html"

	"ringside/assist/brief"
	"ringside/assist/chart"
	"ringside/storage/report"
)

var (
	thursday = time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)
	fonts    = report.Fonts{Regular: goregular.TTF, Bold: gobold.TTF}
)

func full() brief.Brief {
	var weeks []chart.Value
	for i := range 26 {
		weeks = append(weeks, chart.Value{At: thursday.AddDate(0, 0, 7*(i-25)), Value: float64(60 + i%7*4), Low: float64(50 + i%7*4), High: float64(70 + i%7*4), N: 20 + i})
	}
	return brief.Brief{
		Title: "What customers told us", Team: "Thornfell", From: thursday.AddDate(0, 0, -6), Until: thursday, Made: thursday,
		Lead: []string{"Names were replaced."},
		Sections: []brief.Section{
			{Title: "At a glance", Figures: []brief.Figure{
				{Label: "Things heard", Value: "14", How: "what customers said and a rep wrote down under one of the three questions; 9.2 a week in the 25 weeks before"},
				{Label: "Kept in time", Value: "12", N: 15},
			}},
			{Title: "Rivals", Paragraphs: []string{"Read the interval before the figure."}, Claims: []brief.Claim{{
				Says: "Brackmoor is named for starting in the cold.", Quotes: []brief.Quote{{Words: "First pull, every time,\neven in January.", Who: "Mary Shaw, Leeds", At: thursday, Ref: "said in a call"}},
				Basis: brief.Basis{N: 9, Customers: 7, Of: 31, Reps: 4, From: thursday.AddDate(0, 0, -181), Until: thursday, Grade: "fair", Low: 11.4, High: 39.8},
			}}, Charts: []chart.Chart{
				chart.Bars{Title: "What they spoke of", Sentence: "Brackmoor most.", Unit: "% of 31 customers", Rows: []chart.Value{{Label: "Brackmoor", Value: 22.58, Low: 11.4, High: 39.8, N: 31}, {Label: "Price | value", Value: 3, N: 31}}},
				chart.Grid{Title: "Who hears what", Sentence: "Ewa hears most.", Rows: []string{"Ewa", "Tom"}, Columns: []string{"Rivals", "Market"}, Cells: [][]float64{{.5, .25}, {-1, 0}}},
			}},
			{Title: "Promises", Charts: []chart.Chart{chart.Trend{Title: "Promises kept", Sentence: "Last 76%.", Unit: "% kept in time", Points: weeks}}},
			{Title: "One customer", Charts: []chart.Chart{chart.Timeline{Title: "Mary Shaw", Sentence: "Two things.", Events: []chart.Event{{At: thursday, Lane: "Phone", Text: "Called"}, {At: thursday.AddDate(-1, 0, 0), Lane: "Orders", Text: "Hedge 300"}}}},
				Quotes: []brief.Quote{{Words: "Ring me the minute you know.", Who: "Mary Shaw"}}},
			{Title: "Who stays and who leaves", None: "Not enough yet: two customers left."},
		},
	}
}

func empty() brief.Brief {
	return brief.Brief{Title: "What customers told us", From: thursday, Until: thursday, Sections: []brief.Section{{Title: "Rivals", None: "Not enough yet."}}}
}

// hostile is a brief whose every text tries to be more than a text.
func hostile(words string) brief.Brief {
	b := full()
	b.Title, b.Team = words, words
	b.Sections[1].Claims[0].Says = words
	b.Sections[1].Claims[0].Quotes[0].Words = words
	b.Sections[1].Charts[0] = chart.Bars{Title: words, Sentence: words, Unit: words, Rows: []chart.Value{{Label: words, Value: 1, N: 2}}}
	b.Sections[0].Figures[0] = brief.Figure{Label: words, Value: words, How: words}
	return b
}

func nasty() []string {
	return []string{`<script>alert(1)</script>`, "</svg><img src=x onerror=1>", "| a | b |\n# head\n- [x](y)", "1. one", "a\x00b\xff\u202ec", "", strings.Repeat("W", 3000), strings.Repeat("long words ", 900),
		"顧客 שלום مرحبا 👍🏽 e\u0301", "\\", "`code` **bold** _x_ ~~y~~ &amp;"}
}

// TestLookAtThePages keeps the files where RINGSIDE_GALLERY names a folder.
func TestLookAtThePages(t *testing.T) {
	dir := os.Getenv("RINGSIDE_GALLERY")
	if dir == "" {
		t.Skip("RINGSIDE_GALLERY names no folder")
	}
	for name, b := range map[string]brief.Brief{"full": full(), "empty": empty(), "hostile": hostile(nasty()[8] + strings.Join(nasty(), " "))} {
		for ext, data := range map[string][]byte{"md": report.Markdown(b), "html": report.HTML(b), "pdf": pdf(t, b)} {
			if err := os.WriteFile(filepath.Join(dir, name+"."+ext), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func pdf(t *testing.T, b brief.Brief) []byte {
	t.Helper()
	out, err := report.PDF(b, fonts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// set returns what is set on the pages of a PDF.
func set(t *testing.T, file []byte) string {
	t.Helper()
	var out strings.Builder
	for _, part := range bytes.Split(file, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		data, _ := io.ReadAll(r)
		for _, text := range bytes.Split(data, []byte(" Td (")) {
			text, _, ok := bytes.Cut(text, []byte(") Tj"))
			if !ok {
				continue
			}
			text = bytes.ReplaceAll(bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\(`), []byte("(")), []byte(`\)`), []byte(")")), []byte(`\\`), []byte(`\`))
			units := make([]uint16, len(text)/2)
			for i := range units {
				units[i] = binary.BigEndian.Uint16(text[2*i:])
			}
			out.WriteString(string(utf16.Decode(units)) + "\n")
		}
	}
	return out.String()
}

func TestABriefSaysTheSameInEveryForm(t *testing.T) {
	b := full()
	forms := map[string]string{"Markdown": string(report.Markdown(b)), "HTML": string(report.HTML(b)), "PDF": set(t, pdf(t, b))}
	for name, text := range forms {
		text = strings.Join(strings.Fields(text), " ")
		for _, want := range []string{
			"What customers told us", "Thornfell", "20 to 26 November 2026", "Names were replaced.", "At a glance", "Things heard", "14",
			"Brackmoor is named for starting in the cold.", "9 notes from 7 customers of 31 heard", "written by 4 reps", "29 May to 26 November 2026",
			"95% interval 11% to 40%", "evidence: fair", "First pull, every time,", "Mary Shaw, Leeds; 26 November 2026; said in a call",
			"Promises kept", "Last 76%.", "Hedge 300", "Not enough yet: two customers left.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

func TestABriefOfNothingIsAGoodPage(t *testing.T) {
	b := empty()
	for name, text := range map[string]string{"Markdown": string(report.Markdown(b)), "HTML": string(report.HTML(b)), "PDF": set(t, pdf(t, b))} {
		for _, want := range []string{"What customers told us", "26 November 2026", "Rivals", "Not enough yet."} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

func TestTheSameBriefIsTheSameFile(t *testing.T) {
	if !bytes.Equal(pdf(t, full()), pdf(t, full())) {
		t.Error("two PDFs of one brief differ")
	}
	if !bytes.Equal(report.HTML(full()), report.HTML(full())) {
		t.Error("two pages of one brief differ")
	}
}

// TestWordsStayWords writes texts that try to become markup, or that no file may hold.
func TestWordsStayWords(t *testing.T) {
	for i, words := range nasty() {
		b := hostile(words)
		root, err := html.Parse(bytes.NewReader(report.HTML(b)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "img" || n.Data == "a") {
				t.Errorf("text %d became <%s>", i, n.Data)
			}
		}
		pdf(t, b)
		for _, line := range strings.Split(string(report.Markdown(b)), "\n") {
			if words != "" && strings.HasPrefix(line, "# head") || strings.HasPrefix(line, "1. one") || strings.HasPrefix(line, "- [x]") {
				t.Errorf("text %d became markup: %q", i, line)
			}
		}
	}
}

func TestTheChartsOfAPageAreDrawnInIt(t *testing.T) {
	page := string(report.HTML(full()))
	if n := strings.Count(page, "<svg "); n != 4 {
		t.Errorf("the page has %d charts, want 4", n)
	}
	for _, banned := range []string{"<script", "src=", "href=", "url("} {
		if strings.Contains(page, banned) {
			t.Errorf("the page reaches out by %s", banned)
		}
	}
	svg := page[strings.Index(page, "<svg "):]
	svg = svg[:strings.Index(svg, "</svg>")+6]
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Errorf("the chart is none: %v", err)
	}
}

func TestALetterThatIsLackingIsSaid(t *testing.T) {
	b := full()
	b.Sections[1].Claims[0].Quotes[0].Words = "顧客 said: cafe\u0301 👍"
	text := set(t, pdf(t, b))
	for _, want := range []string{"□□ said: café □", "□ stands for a letter", "U+5BA2", "U+9867", "U+1F44D"} {
		if !strings.Contains(strings.ReplaceAll(text, "\n", " "), want) {
			t.Errorf("the PDF lacks %q:\n%s", want, text)
		}
	}
	if text := set(t, pdf(t, full())); strings.Contains(text, "stands for a letter") {
		t.Error("a brief of plain letters excuses itself")
	}
}

func TestALongBriefTakesMorePages(t *testing.T) {
	b := full()
	for i := range 40 {
		b.Sections = append(b.Sections, brief.Section{Title: fmt.Sprint("Section ", i), Charts: b.Sections[2].Charts})
	}
	file := pdf(t, b)
	if n := bytes.Count(file, []byte("/Type /Page\n")); n < 14 || n > 30 {
		t.Errorf("40 more charts make %d pages", n)
	}
}

func TestAFontThatIsNoneIsAnError(t *testing.T) {
	if _, err := report.PDF(full(), report.Fonts{Regular: []byte("no font"), Bold: gobold.TTF}); err == nil {
		t.Error("a PDF was set in no font")
	}
}
