package search

// Every number that was chosen, in one place. "dev" means the development
// questions of public sets of questions and answers (Banking77, CLINC150,
// StackFAQ, HINT3), never those kept apart for the final figures.
const (
	// BM25 with fields (Robertson and Zaragoza, 2009). k1 above the usual 1.2 because
	// twenty phrasings that say a word mean more than two do; chosen on dev.
	k1 = 2
	b  = .75

	// Weights of the fields: a title is written with care, a phrasing is one way of
	// many; chosen on dev.
	weightTitle    = 3
	weightPhrasing = 1
	weightBody     = 1
	weightTag      = 2 // products and department

	// Weights of the kinds of terms next to stems with 1; chosen on dev. Parts of
	// words forgive typos; the weight is shared among the parts of one word.
	weightPair = .4
	weightPart = .9
	partRunes  = 4
	// Stop words tell little apart ("can I" v "how do I"), but not nothing. While the
	// rep still types they only cost time.
	weightStop = .05

	// A prefix completes to at most so many stems, the commonest first: enough for two
	// letters in a library of thousands. Completions count a little less than a whole word.
	mostCompletions  = 64
	weightCompletion = .8
	leastPrefix      = 2 // letters

	// Parts of words that stand in more than this share of a large library cost most of
	// the time and tell hardly anything apart.
	partShare   = .05
	partShareOf = 5_000 // answers from which a library counts as large

	// A product is a hint, never a fence: it multiplies. What a customer is known to own
	// is seldom all that they own, so the answer for another product sinks by less than
	// it would if we knew what they talk about (.3 was best then); chosen by hand.
	timesGeneral = .85
	timesOther   = .7
	// What may be out of date or unfinished sinks below an equal; chosen by hand.
	timesStale = .93
	timesDraft = .9
	// What is not in the customer's language sinks, but the rep may read it; by hand.
	timesForeign = .7

	// Of a long text the end counts: that is what was said last.
	mostWords = 60
	mostBytes = 4_000

	// A word that only the text of an answer has says less of what the answer is for.
	coverText = .2

	// A word nobody has written counts as spelt like an answer's from this share of its parts.
	leastSpelt = .55

	// Below this share of the best score a hit is noise under a good answer; by hand.
	leastOfBest = .2

	defaultLimit = 5
)

// Sureness is calibrated from the library's own phrasings (see calibrate.go).
const (
	samples      = 240 // phrasings tried; more hardly move the quantiles
	leastSamples = 30  // below this the defaults weigh in
	// Below the quantile noneBelow of what own phrasings score, nothing is shown; below
	// dimBelow it is shown dimmed.
	noneBelow = .03
	dimBelow  = .25
	// Whatever it scores, an answer that covers less than coverShow of the question is
	// not sure, and a weak one that covers less than coverDim is not shown. On CLINC150
	// the score alone tells scope better than any mix with the cover (AUROC .957 and
	// .953), so the cover only steps in where it is small: "what is the weather in Paris"
	// asked of a library that speaks of parcels.
	coverShow = .4
	coverDim  = .2
	// Shares of the largest possible fit, for libraries too small to tell.
	defaultNone = .10
	defaultDim  = .22
)
