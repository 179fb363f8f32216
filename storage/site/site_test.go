package site

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func saved(t *testing.T, name, address string) Document {
	t.Helper()
	body, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return Document{Where: name, URL: address, Body: body}
}

func TestAPageIsReadAsCustomersReadIt(t *testing.T) {
	for _, c := range []struct {
		file, address, title string
		says, not            []string
	}{
		{"help/refund-late.html", "https://www.example.org/help/refund-late", "Refund not there yet",
			[]string{"**three to five working days**", "- PayPal: one working day", "## If it is still not there", "on your voucher page", "0113 496 0123", "for **30 days**"},
			[]string{"Skip to", "Sign in", "Payments", "helpful", "Related", "Registered in England", "utm_source", "tel:"}},
		{"shop/hedge-300.html", "https://www.example.org/shop/hedge-300", "Hedge 300 cordless hedge trimmer",
			[]string{"~~£249.00~~", "£199.00", "60 minutes", "- Battery of 4 Ah and charger", "Three years on the motor"},
			[]string{"cookies", "Robot mowers", "Add to basket", "Customers also bought", "Visa"}},
		{"help/delivery-prices.html", "https://shop.example/help/delivery-prices.html", "Delivery: what it costs",
			[]string{"| Where | Up to 5 kg |", "| Scotland | £4.95 | £9.95 | 2 working days |", "Free from £50."}, []string{"Home"}},
		{"help/questions.html", "https://www.example.org/help/questions", "Questions and answers",
			[]string{"### Can I change my order?", "about two hours", "Can I collect it myself?", "in Leeds", "Do you sell spare parts?"}, []string{"Shop\n", "Example Gardens"}},
		{"help/rueckgabe.html", "https://shop.example/help/rueckgabe.html", "Rückgabe", []string{"zurückgeben", "4,95 €"}, nil},
		{"shop/cafe.html", "https://shop.example/shop/cafe.html", "Our café", []string{"The café in our shop"}, nil},
		{"shop/club.xhtml", "https://shop.example/shop/club/", "The garden club", []string{"1. Join for £12", "10% on every order"}, nil},
	} {
		p, err := Read(saved(t, "pages/"+c.file, "https://shop.example/"+c.file), noon)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		if p.URL != c.address || p.Title != c.title || p.ID != p.Key() || !p.Read.Equal(noon) || !p.Changed.IsZero() {
			t.Errorf("%s: read as %q %q", c.file, p.URL, p.Title)
		}
		for _, s := range c.says {
			if !strings.Contains(p.Text, s) {
				t.Errorf("%s: does not say %q:\n%s", c.file, s, p.Text)
			}
		}
		for _, s := range c.not {
			if strings.Contains(p.Text, s) {
				t.Errorf("%s: says %q:\n%s", c.file, s, p.Text)
			}
		}
		if strings.HasPrefix(strings.TrimLeft(p.Text, "# "), c.title+"\n") {
			t.Errorf("%s: says its title twice", c.file)
		}
	}
}

func TestWhatIsNoPageIsRefusedInWords(t *testing.T) {
	long := strings.Repeat("<p>A long page that never ends.</p>", 5000)
	for _, c := range []struct {
		doc  Document
		says string
	}{
		{saved(t, "refused/login.html", "https://example.org/a"), "behind a login"},
		{saved(t, "refused/app.html", "https://example.org/a"), "only to a browser"},
		{saved(t, "refused/nothing.html", "https://example.org/a"), "no text"},
		{saved(t, "refused/leaflet.html", "https://example.org/a"), "no web page"},
		{saved(t, "refused/damaged.html", "https://example.org/a"), "damaged"},
		{saved(t, "refused/empty.html", "https://example.org/a"), "empty"},
		{saved(t, "pages/shop/cafe.html", ""), "what its address is"},
		{Document{Where: "big.html", URL: "https://example.org/a", Body: make([]byte, 50<<20)}, "larger than 5 MB"},
		{Document{Where: "long.html", URL: "https://example.org/a", Body: []byte("<html><body>" + long)}, "more text"},
		{Document{Where: "a.pdf", URL: "https://example.org/a", Type: "application/pdf", Body: []byte("<html>")}, "application/pdf"},
		{Document{Where: "notes.html", URL: "https://example.org/a", Body: []byte("just words, with 3 < 4")}, "no web page"},
	} {
		_, err := Read(c.doc, noon)
		var fault *assist.Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.What, c.says) || fault.Where != c.doc.Where || fault.Do == "" || !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v, want %q", c.doc.Where, err, c.says)
		}
	}
}

func TestALoginBoxBesideAnArticleIsNoLoginPage(t *testing.T) {
	words := strings.Repeat("We send a refund on the day on which the goods are back. ", 10)
	p, err := Read(Document{Where: "a", URL: "https://example.org/a", Body: []byte(`<html><body><form><input type=password></form><main><h1>Refunds</h1><p>` + words + `</p></main></body></html>`)}, noon)
	if err != nil || !strings.Contains(p.Text, "We send a refund") {
		t.Errorf("%v: %q", err, p.Text)
	}
}

func TestAPageNamesItsOwnAddress(t *testing.T) {
	for _, c := range []struct{ head, given, want string }{
		{`<link rel="canonical" href="/b#top"><meta property="og:url" content="https://example.org/c">`, "https://example.org/a", "https://example.org/b"},
		{`<meta property="og:url" content="https://example.org/c">`, "https://example.org/a", "https://example.org/c"},
		{`<!-- saved from url=(0021)https://example.org/d -->`, "", "https://example.org/d"},
		{`<base href="https://example.org/e/"><link rel=canonical href="f">`, "", "https://example.org/e/f"},
		{`<base href="https://example.org/e/">`, "", "https://example.org/e/"},
		{`<base href="https://example.org/">`, "https://example.org/a", "https://example.org/a"},
		{`<link rel="canonical" href="javascript:alert(1)">`, "https://example.org/a", "https://example.org/a"},
		{`<link rel="canonical" href="https://me:secret@example.org/g">`, "", "https://example.org/g"},
	} {
		p, err := Read(Document{Where: "x", URL: c.given, Body: []byte("<html><head>" + c.head + "</head><body><h1>Title</h1><p>Eight words are enough for a page of ours.</p></body></html>")}, noon)
		if err != nil || p.URL != c.want {
			t.Errorf("%s from %q: %q, %v; want %q", c.head, c.given, p.URL, err, c.want)
		}
	}
}

func TestLettersOfOtherTimesAreRead(t *testing.T) {
	wide := []byte{0xff, 0xfe}
	for _, r := range "<html><head><title>é</title></head><body><p>Ten words about the café in Leeds, open every day.</p></body></html>" {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, d := range map[string]Document{
		"UTF-16":           {Body: wide},
		"by its header":    {Body: []byte("<html><body><p>Ten words about the caf\xe9 in Leeds, open every day.</p></body></html>"), Type: "text/html; charset=iso-8859-1"},
		"UTF-8 late":       {Body: []byte("<html><body>" + strings.Repeat(" ", 2000) + "<p>Ten words about the café in Leeds, open every day.</p></body></html>")},
		"with a mark":      {Body: []byte("\ufeff<html><body><p>Ten words about the café in Leeds, open every day.</p></body></html>")},
		"nobody says what": {Body: []byte("<html><body><p>Ten words about the caf\xe9 in Leeds, open every day.</p></body></html>")},
	} {
		d.URL = "https://example.org/a"
		if p, err := Read(d, noon); err != nil || !strings.Contains(p.Text, "café in Leeds") {
			t.Errorf("%s: %v, %q", name, err, p.Text)
		}
	}
}

func TestWhatStandsAroundTheWordsIsLeftOut(t *testing.T) {
	const words = "We wrap your gift for two pounds and put a card in it."
	for name, around := range map[string]string{
		"a menu":             `<div class="main-menu"><a href="/x">LEFTOVER</a></div>`,
		"by its id":          `<div id="Cookie-Notice">LEFTOVER</div>`,
		"by its role":        `<div role="banner">LEFTOVER</div>`,
		"what is hidden":     `<div aria-hidden="true">LEFTOVER</div>`,
		"a form":             `<form>LEFTOVER <input name=q></form>`,
		"a button":           `<p><button>LEFTOVER</button></p>`,
		"the page's footer":  `<footer>LEFTOVER</footer>`,
		"a script":           `<script>document.write("LEFTOVER")</script>`,
		"what is no script":  `<noscript>LEFTOVER</noscript>`,
		"a comment":          `<!-- LEFTOVER -->`,
		"a picture":          `<img src="a.png" alt="LEFTOVER">`,
		"a drawing":          `<svg><title>LEFTOVER</title></svg>`,
		"a film":             `<video>LEFTOVER</video>`,
		"the way to a link":  `<p>See <a href="/LEFTOVER?session=42">our page</a>.</p>`,
		"a dialogue":         `<dialog open>LEFTOVER</dialog>`,
		"what is to be used": `<template><p>LEFTOVER</p></template>`,
	} {
		p, err := Read(Document{Where: name, URL: "https://example.org/a", Body: []byte("<html><body><h1>Gifts</h1>" + around + "<p>" + words + "</p></body></html>")}, noon)
		if err != nil || strings.Contains(p.Text, "LEFTOVER") || !strings.Contains(p.Text, words) {
			t.Errorf("%s: %v, %q", name, err, p.Text)
		}
	}
}

func TestWhatBelongsToTheWordsStays(t *testing.T) {
	for name, c := range map[string]struct{ html, says string }{
		"a link's words":           {`<p>See <a href="/b">our page of prices</a>.</p>`, "See our page of prices."},
		"the header of the main":   {`<main><header><p>For orders before noon</p></header><p>Eight words are enough for a page of ours.</p></main>`, "For orders before noon"},
		"a question that opens":    {`<h2><button>Is it free?</button></h2>`, "## Is it free?"},
		"a list in a list":         {`<ul><li>Cards<ul><li>Visa</li></ul></li></ul>`, "- Visa"},
		"what was struck out":      {`<p>Now <s>£20</s> £15</p>`, "~~£20~~ £15"},
		"a line of its own":        {`<p>Leeds<br>Monday</p>`, "Leeds"},
		"a table without a head":   {`<table><tr><td>Leeds</td><td>£3</td></tr><tr><td>York</td><td>£4</td></tr></table>`, "| York | £4 |"},
		"marks that are no marks":  {`<p>5 * 3 and snake_case and 1. May</p>`, "5 * 3 and snake_case and 1. May"},
		"letters written as names": {`<p>5 &lt; 6 &amp; caf&eacute; &pound;3</p>`, "5 < 6 & café £3"},
	} {
		body := "<html><body><h1>Gifts</h1><p>We wrap your gift and put a card in it.</p>" + c.html + "</body></html>"
		p, err := Read(Document{Where: name, URL: "https://example.org/a", Body: []byte(body)}, noon)
		if err != nil || !strings.Contains(p.Text, c.says) {
			t.Errorf("%s: %v, %q does not say %q", name, err, p.Text, c.says)
		}
	}
}

func TestThePageIsCalledByItsHeadingThenItsTitleThenItsAddress(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<title>Prices | Example Gardens</title><h1>What it
			costs</h1>`, "What it costs"},
		{`<title>Prices of all we sell</title>`, "Prices of all we sell"},
		{`<title>Prices of all we sell</title><h1>One</h1><h1>Two</h1>`, "Prices of all we sell"},
		{``, "https://example.org/a"},
		{"<h1>" + strings.Repeat("Long ", 100) + "</h1>", strings.Repeat("Long ", 39) + "Long…"},
	} {
		p, err := Read(Document{Where: "x", URL: "https://example.org/a", Body: []byte("<html>" + c.html + "<p>We wrap your gift and put a card in it.</p></html>")}, noon)
		if err != nil || p.Title != c.want {
			t.Errorf("%s: called %q, want %q; %v", c.html, p.Title, c.want, err)
		}
	}
}

func TestThePageSaysTheSameTwice(t *testing.T) {
	for _, name := range []string{"help/refund-late.html", "shop/hedge-300.html", "help/questions.html"} {
		d := saved(t, "pages/"+name, "https://example.org/a")
		one, errOne := Read(d, noon)
		d.Body = []byte(strings.NewReplacer("utm_source=help", "session=9871", "423 partners", "437 partners").Replace(string(d.Body)))
		two, errTwo := Read(d, noon.Add(time.Hour))
		if errOne != nil || errTwo != nil || one.Hash() != two.Hash() {
			t.Errorf("%s: changed by what no customer reads: %v %v", name, errOne, errTwo)
		}
	}
}

func FuzzReadTakesAnyBytes(f *testing.F) {
	for _, name := range []string{"pages/help/questions.html", "pages/help/delivery-prices.html", "refused/login.html", "refused/damaged.html"} {
		body, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, "")
	}
	f.Add([]byte("<html><body>"+strings.Repeat("<div>", 2000)+"deep"), "text/html; charset=utf-16")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		p, err := Read(Document{Where: "x", URL: "https://example.org/a", Type: kind, Body: body}, noon)
		if err == nil && p.Validate() != nil {
			t.Errorf("a page that cannot be kept: %v", p.Validate())
		}
		var fault *assist.Fault
		if err != nil && !errors.As(err, &fault) {
			t.Errorf("no words for people: %v", err)
		}
	})
}
