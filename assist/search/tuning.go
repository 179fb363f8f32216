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
	// Of a query's terms so many answers are looked at, the rarest terms first: 2 ms.
	mostPostings = 500_000

	// A product is a hint, never a fence: it multiplies. What a customer is known to own
	// is seldom all that they own, so the answer for another product sinks by little; by hand.
	timesGeneral = .85
	timesOther   = .7
	// What was named beyond doubt is another matter. Below .1 hardly anything changed;
	// chosen on dev of DSTC9, as are the two for what is spotted in the talk.
	timesNotNamed  = .1
	timesUnspotted = .15
	timesMentioned = .7 // another product was named after it
	// What is open between the customer and us raises answers that speak of the same by
	// at most so much, if they have at least leastAbout of its words by rarity, or more
	// of them when it is a single word: a company's name may hold a common one; by hand.
	timesAbout      = .25
	leastAbout      = .15
	leastAboutAlone = .6
	mostAbout       = 100 // words that are looked for
	// What may be out of date or unfinished sinks below an equal; chosen by hand.
	timesStale = .93
	timesDraft = .9
	// What is not in the customer's language sinks, but the rep may read it; by hand.
	timesForeign = .7
	// What a language of which the query has no word counts, next to one that has them
	// all, is a tenth: names and typos are in no language. By hand.
	unknownTongue = .1

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

	// Of the phrasings of one answer so many are read, so that no file can freeze a search.
	mostPhrasings = 1_000
)

// What is learned from the phrasings (see learn.go), added to the words: each is
// between 0 and 1. The weights are those of the first half of dev; from .7 to 1.5 they
// hardly matter. A sum of centroid and linear model was no better than the model alone.
const (
	weightLearned  = 1
	weightCentroid = .7 // of weightLearned, where there are too many answers for a model
	weightMeaning  = .8

	// The terms of a phrasing as a model sees them: small words tell more here than in a
	// search, and so do pairs; chosen on the first half of dev.
	learnStop = .6
	learnPair = .8
	learnPart = .9

	// Gradient descent. More epochs were no better; a rate of 1 to 8 does as well.
	learnEpochs = 8
	learnRate   = 2
	learnBias   = .02 // of the rate
	learnLeast  = 1e-3
	// A term that is in no more than one of so many examples has no weights: a third of
	// the memory, and the ranks stay the same.
	learnRare = 4_000

	// What is learned from at most: time and memory grow with answers times phrasings.
	mostClasses  = 300
	mostLearned  = 16_000 // phrasings in all
	mostEach     = 50     // phrasings of an answer where there are more than that
	mostCentroid = 50_000 // phrasings in all, above mostClasses

	// So many answers are looked at more closely than by their words: what a model does
	// not think of among the best 40 words seldom comes up.
	poolLearned = 40
	poolMeaning = 300
	leastShare  = .3 // of the likeliest: the model may bring up an answer without its words
)

// Names in the talk (see names.go), chosen on dev of DSTC9 with names misspelt and
// misheard by rule.
const (
	leastName     = .6 // of a name, its words by rarity
	leastLike     = .6 // of a word's letters
	leastMisspelt = 4  // letters: a shorter word must be right
	rareName      = 16 // names at most that a word tells apart
	// Of all words of names, so many that share the most runs of letters are compared.
	mostSpelt      = 32
	mostRemembered = 1_000 // words of the talk, and what they are alike
)

// Sureness is calibrated from the library's own phrasings (see sure.go).
const (
	samples      = 240 // phrasings asked; more hardly move the result
	leastSamples = 30  // below this what is usual weighs in
	titleWorth   = .8  // of an answer without phrasings its title is asked, for half as much
	foldShare    = 4   // at most one of so many phrasings is left out of a model at once
	// What less than noneBelow of the own phrasings fall short of is not shown; what
	// less than dimBelow of them do is shown dimmed.
	noneBelow = .03
	dimBelow  = .25
	// Whatever it scores, an answer that covers less than coverShow of the question is
	// not sure, and a weak one that covers less than coverDim is not shown. On CLINC150
	// the score alone tells scope better than any mix with the cover, so the cover only
	// steps in where it is small: "what is the weather in Paris" asked of a library that
	// speaks of parcels.
	coverShow = .4
	coverDim  = .2
	// Mean and spread of the fit in shares of the largest possible one, for libraries
	// too small to tell; seen on the sets without phrasings.
	usualFit    = .29
	usualSpread = .1
)
