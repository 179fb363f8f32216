package heard

import (
	"strings"
	"testing"
)

func TestNamesThatAreInNoListAreProposed(t *testing.T) {
	r := New(subjects(), reps())
	c := shaw()
	c.Address = "1 Whitlock Row"
	for text, want := range map[string]string{
		"I bought a Makita last year":                          "product Makita",
		"She bought a Stihlberg MS 18 last year.":              "product Stihlberg MS 18",
		"over at GreenBarrow they have it for half the price":  "place GreenBarrow",
		"The Makuto saw is lighter":                            "product Makuto",
		"got it cheaper from Screwbase":                        "place Screwbase",
		"bought one at Henderson & Sons":                       "place Henderson",
		"Compared us with Garden Haven and we were dearer":     "competitor Garden Haven",
		"We switched to Oregonia in March":                     "competitor Oregonia",
		"we have switched to Oregonia, and it is fine":         "competitor Oregonia",
		"Went to ToolBox instead of waiting":                   "competitor ToolBox",
		"ToolBox's prices are lower. ToolBox are nice":         "competitor ToolBox",
		"I'd go to Bosworth instead of Makuto any day":         "competitor Makuto",
		"he uses an Echon trimmer and a Rydon blower":          "product Echon, product Rydon",
		"the shop Agriland offers 10% off":                     "competitor Agriland",
		"cheaper than Agriland's and better than Fieldco":      "competitor Agriland, competitor Fieldco",
		"my EGX500 battery died":                               "product EGX500",
		"I have a GardenKing":                                  "product GardenKing",
		"bought it at Tool Station":                            "place Tool Station",
		"bought a Husqorn last year at GreenBarn":              "",
		"bought a Husqornn and a brackmoor":                    "",
		"I spoke to Peter about the invoice":                   "",
		"Bought in May, at Easter, from London":                "",
		"Delivery on Monday or in September":                   "",
		"Tom told Anna that Kowalska bought a Hill":            "",
		"Mary bought it from Shaw in Leeds at Whitlock":        "",
		"I BOUGHT A MAKITA AT THE SHOP":                        "",
		"Makita is good":                                       "",
		"bought a makita":                                      "",
		"Bought a Mower at the Shop with Battery":              "",
		"McCarthy called, and O'Brien too. She has a Labrador": "",
		"paid with PayPal, sent a WhatsApp from her iPhone":    "",
		"I have a German car and an English garden":            "",
		"":                           "",
		"🙂 bought a 🙂 at 🙂 \x00\xff": "",
		"bought my CS-18 from you":   "",
		"bought a Aa, bought a Baxo, bought a Caxo, bought a Daxo, bought a Eaxo, bought a Faxo, bought a Gaxo": "product Baxo, product Caxo, product Daxo, product Eaxo, product Faxo",
	} {
		var got []string
		for _, s := range r.Unlisted(text, c) {
			got = append(got, string(s.Kind)+" "+s.Name)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q proposes %q, want %q", text, strings.Join(got, ", "), want)
		}
	}
}
