package compose

import (
	"strings"
	"testing"

	"ringside/assist"
)

const every = "{{customer.name}}|{{customer.call_me}}|{{customer.company}}|{{customer.years}}|{{product}}|{{rep.name}}|{{promise.due}}|{{today}}"

func TestFillPutsInWhatIsKnown(t *testing.T) {
	f := Facts{
		Customer: assist.Customer{Name: "Mary Shaw", Since: assist.Date{Year: 2011, Month: 3}, Owns: []assist.Product{
			{Name: "Kettle Pro"}, {Name: "Toaster", Maker: "Rival"}}},
		Company: assist.Company{Name: "Shaw & Sons"}, Rep: assist.Rep{Name: "Tom"},
		Promise: assist.Promise{Due: on("2026-11-20 15:00")}, Now: now,
	}
	want := "Mary Shaw|Mary|Shaw & Sons|15 years|your Kettle Pro|Tom|Friday 20 November, 3 pm|Wednesday 18 November"
	if got := Fill(every, f); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	f.Customer.Owns = append(f.Customer.Owns, assist.Product{Name: "Lamp"})
	if got := Fill("about {{ Product }}.", f); got != "about your order." {
		t.Errorf("with two products: %q", got)
	}
	f.Product = "Lamp"
	if got := Fill("about the {{product}}.", f); got != "about the Lamp." {
		t.Errorf("with a product of the call: %q", got)
	}
}

func TestFillKeepsTheSentenceWholeWhenNothingIsKnown(t *testing.T) {
	want := "You|you|your company|these years|your order|a colleague|as soon as we can|today"
	if got := Fill(every, Facts{}); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestANameNobodyKnowsLeavesNoHole(t *testing.T) {
	for text, want := range map[string]string{
		"Hello {{customer.name}}, I see it.":                         "Hello, I see it.",
		"I'm sorry, {{customer.name}}: I can see both.":              "I'm sorry: I can see both.",
		"Thank you, {{customer.call_me}}.":                           "Thank you.",
		"Thanks {{customer.call_me}}":                                "Thanks",
		"{{customer.call_me}}, let me look.":                         "Let me look.",
		"Good. {{customer.call_me}}, let me look.":                   "Good. Let me look.",
		"At the moment I have {{customer.name}} here.":               "At the moment I have you here.",
		"I open {{customer.name}}'s order.":                          "I open your order.",
		"{{product}} is on its way.":                                 "Your order is on its way.",
		"I look for the {{product}}.":                                "I look for the order.",
		"You'll hear from {{rep.name}}, {{promise.due}}, even then.": "You'll hear from a colleague, as soon as we can, even then.",
		"{{customer.years}} with us.":                                "These years with us.",
	} {
		if got := Fill(text, Facts{}); got != want {
			t.Errorf("Fill(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFillNeverShowsBraces(t *testing.T) {
	hostile := Facts{Customer: assist.Customer{Name: "{{rep.name}} {{", CallMe: "}}{{today}}"}, Rep: assist.Rep{Name: "Tom"}, Now: now}
	for text, want := range map[string]string{
		"Hello {{customer.name}}!":    "Hello rep.name !",
		"Hello {{customer.call_me}}!": "Hello today!",
		"{{order.number}} is late":    "Order number is late",
		"{{}}x{{":                     "x",
		"{{{today}}}":                 "{Wednesday 18 November}",
		"no blank":                    "no blank",
	} {
		if got := Fill(text, hostile); got != want {
			t.Errorf("Fill(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzFill(f *testing.F) {
	f.Add(every, "{{product}}")
	f.Add("{{{{today}}}}", "{{")
	f.Add("{{customer.name}}", "}{ {{ }} {")
	f.Fuzz(func(t *testing.T, text, name string) {
		got := Fill(text, Facts{Customer: assist.Customer{Name: name}, Rep: assist.Rep{Name: "REP"}, Now: now})
		if strings.Contains(got, "{{") || strings.Contains(got, "}}") {
			t.Fatalf("Fill(%q, %q) = %q", text, name, got)
		}
		if !strings.Contains(text, "rep.name") && strings.Contains(name, "{{rep.name}}") &&
			!strings.Contains(text+name, "REP") && strings.Contains(got, "REP") {
			t.Fatalf("filled twice: %q", got)
		}
	})
}
