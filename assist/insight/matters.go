package insight

import "strings"

// matter is something that people speak of whatever they buy.
type matter struct {
	name      string
	good, bad string // how it is called when it is loved and when it is hated; empty means as name
	words     string // "wait+" stands for wait, waits, waited and waiting
}

// matters are read by words, in English; the order is that of the masks in memory.
var matters = []matter{
	{name: "price", good: "fair prices", bad: "high prices", words: "price prices priced pricing cheap cheaper cheapest cheaply expensive dear dearer cost costs costing costly discount+ pound pounds quid afford affordable bargain bargains undercut undercuts fee fees"},
	{name: "delivery", words: "deliver+ delivery deliveries courier couriers parcel parcels shipping shipped postage dispatch dispatched"},
	{name: "waiting", good: "speed", bad: "waiting", words: "wait+ queue queues queued queueing queuing delay delays delayed slow slower slowly late fast faster quick quicker quickly speedy"},
	{name: "service", words: "service staff friendly rude polite helpful unhelpful listen+ courteous patient"},
	{name: "advice", words: "advice advise+ explain+ expert experts expertise knowledgeable"},
	{name: "repair", words: "repair+ mend+ spares guarantee guaranteed guarantees warranty warranties"},
	{name: "quality", words: "quality sturdy solid flimsy durable durability robust shoddy workmanship"},
	{name: "breaking down", good: "reliability", bad: "breaking down", words: "broke broken break breaks breaking faulty fault faults unreliable reliable reliability failed fails snapped"},
	{name: "range", words: "range choice selection stock sold-out variety"},
	{name: "ease", good: "ease", bad: "too hard to use", words: "easy easier simple simpler hassle complicated difficult fiddly awkward"},
	{name: "weight", good: "light", bad: "heavy", words: "weight heavy heavier heavily light lighter lightweight weighs"},
	{name: "noise", good: "quiet", bad: "noisy", words: "noise noisy loud louder quiet quieter silent"},
	{name: "power", good: "powerful", bad: "weak", words: "power powerful strong stronger weak weaker underpowered"},
	{name: "battery", words: "battery batteries charger chargers recharge+"},
	{name: "bills", words: "bill bills billed billing invoice invoices invoiced overcharge+"},
	{name: "returns", words: "refund+ exchange+"},
	{name: "nearness", good: "near", bad: "far away", words: "near nearer nearby local locally closer"},
	{name: "website", words: "website web online app"},
	{name: "safety", good: "safe", bad: "unsafe", words: "safe safer safety unsafe dangerous danger"},
	{name: "size", words: "size sizes bulky compact"},
	{name: "looks", words: "design colour colours stylish ugly"},
}

// matterNamed returns a matter by its name.
func matterNamed(name string) (matter, bool) {
	for _, m := range matters {
		if m.name == name {
			return m, true
		}
	}
	return matter{}, false
}

// leaving and staying are how customers say that they go, or why they do not.
var (
	leavingWords = "leaving you; leaving us; leave you; leave us; going elsewhere; go elsewhere; gone elsewhere; went elsewhere; business elsewhere; custom elsewhere; " +
		"buy elsewhere; look elsewhere; looking elsewhere; switch to; switching to; switched to; switch over to; gone over to; going over to; gone to; moving to; moved over to; " +
		"cancel my account; close my account; closing my account; cancel my contract; cancel the contract; cancelled the contract; cancel my membership; cancel my subscription; " +
		"not renewing; wont renew; will not renew; not renew; last order; last time i; never again; never order again; never buy from you; done with you; had enough of you; lost me; losing me; lost a customer; lost her custom; lost his custom; leaving for"
	stayingWords = "stay with you; staying with you; stays with you; stay with us; stays with us; staying with us; stays because; stay because; staying because; stayed because; " +
		"keep coming back; keeps coming back; comes back because; come back because; came back because; wouldnt go anywhere else; wont go anywhere else; never go anywhere else; never leave; wouldnt leave; wont leave; " +
		"reason i stay; reason we stay; why i stay; why we stay; loyal because; with you because; with us because; wouldnt switch; wont switch; never switch; not switching"
)

// The topics of questions that ask for it.
var doors = map[string]Kind{"leaving": Leaving, "switching": Leaving, "stop doing": Leaving, "our strength": Staying, "keep doing": Staying, "staying": Staying}

// spelled writes "wait+" out.
func spelled(words string) (out []string) {
	for _, w := range strings.Fields(words) {
		stem, verb := strings.CutSuffix(w, "+")
		if !verb {
			out = append(out, strings.ReplaceAll(w, "-", " "))
			continue
		}
		root := strings.TrimSuffix(stem, "e")
		out = append(out, stem, stem+"s", root+"ed", root+"ing")
	}
	return out
}
