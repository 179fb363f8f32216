package setup

import (
	"slices"
	"strings"

	"ringside/assist/settings"
	"ringside/ui/theme"
)

const (
	dayFirst   = "Day first, as in Europe"
	monthFirst = "Month first, as in the USA"
)

// named is a choice and the words for it.
type named[T comparable] struct {
	is    T
	name  string
	means string
}

func rings() []named[settings.OnRing] {
	return []named[settings.OnRing]{
		{settings.Notify, "Tell me", "A notification says who calls; the window stays where it is."},
		{settings.Raise, "Come to the front", "The window comes in front of the others, with the customer’s card."},
		{settings.Nothing, "Stay quiet", "Nothing moves. The card is there when you look."},
	}
}

func looks() []named[theme.Look] {
	return []named[theme.Look]{{theme.System, "As the system", ""}, {theme.Light, "Light", ""}, {theme.Dark, "Dark", ""}}
}

func names[T comparable](list []named[T]) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.name
	}
	return out
}

// by returns the entry that fits, else the first, which is what empty means.
func by[T comparable](list []named[T], fits func(named[T]) bool) named[T] {
	if i := slices.IndexFunc(list, fits); i >= 0 {
		return list[i]
	}
	return list[0]
}

func ringNames() []string { return names(rings()) }

func ringName(r settings.OnRing) string {
	return by(rings(), func(n named[settings.OnRing]) bool { return n.is == r }).name
}

func ringMeans(r settings.OnRing) string {
	return by(rings(), func(n named[settings.OnRing]) bool { return n.is == r }).means
}

func ringOf(name string) settings.OnRing {
	return by(rings(), func(n named[settings.OnRing]) bool { return n.name == name }).is
}

func lookNames() []string { return names(looks()) }

func lookName(l theme.Look) string {
	return by(looks(), func(n named[theme.Look]) bool { return n.is == l }).name
}

func lookOf(name string) theme.Look {
	return by(looks(), func(n named[theme.Look]) bool { return n.name == name }).is
}

// regions are the countries that are offered, by name; any other can stand in the
// settings and is then offered too.
func regions() []string {
	return []string{
		"Argentina +54 AR", "Australia +61 AU", "Austria +43 AT", "Belgium +32 BE", "Brazil +55 BR", "Bulgaria +359 BG",
		"Canada +1 CA", "Chile +56 CL", "China +86 CN", "Colombia +57 CO", "Croatia +385 HR", "Cyprus +357 CY", "Czechia +420 CZ",
		"Denmark +45 DK", "Egypt +20 EG", "Estonia +372 EE", "Finland +358 FI", "France +33 FR", "Germany +49 DE", "Greece +30 GR",
		"Hong Kong +852 HK", "Hungary +36 HU", "Iceland +354 IS", "India +91 IN", "Indonesia +62 ID", "Ireland +353 IE", "Israel +972 IL",
		"Italy +39 IT", "Japan +81 JP", "Kenya +254 KE", "Latvia +371 LV", "Lithuania +370 LT", "Luxembourg +352 LU", "Malaysia +60 MY",
		"Malta +356 MT", "Mexico +52 MX", "Morocco +212 MA", "Netherlands +31 NL", "New Zealand +64 NZ", "Nigeria +234 NG", "Norway +47 NO",
		"Pakistan +92 PK", "Peru +51 PE", "Philippines +63 PH", "Poland +48 PL", "Portugal +351 PT", "Romania +40 RO", "Saudi Arabia +966 SA",
		"Serbia +381 RS", "Singapore +65 SG", "Slovakia +421 SK", "Slovenia +386 SI", "South Africa +27 ZA", "South Korea +82 KR", "Spain +34 ES",
		"Sweden +46 SE", "Switzerland +41 CH", "Taiwan +886 TW", "Thailand +66 TH", "Turkey +90 TR", "Ukraine +380 UA",
		"United Arab Emirates +971 AE", "United Kingdom +44 GB", "United States +1 US", "Vietnam +84 VN",
	}
}

// regionNames lists the countries, and the one that is chosen.
func regionNames(code string) []string {
	list := regions()
	if name := regionName(code); !slices.Contains(list, name) {
		list = append([]string{name}, list...)
	}
	return list
}

func regionName(code string) string {
	for _, r := range regions() {
		if regionCode(r) == code {
			return r
		}
	}
	return "Country " + code
}

// regionCode returns the two letters at the end of a name.
func regionCode(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }
