// Package eval holds the program against text coded by hand, and computes what
// a methods section needs: agreement on whom statements are about and how they
// ask, precision, recall and F1 of every dimension and category, agreement on
// levels and on the scores, each with its 95 % interval.
//
// It works in four steps: gold.go reads coded text, align.go sets each coded
// statement beside what the program says of the same bytes, tally.go counts
// both, a posting at a time, and measure.go and bootstrap.go make figures of
// the counts. Every figure is a function of counts that add up over postings,
// so an interval costs a thousand sums and no second look at the text.
//
// The same gold, word lists and seed give the same Result.
package eval

import (
	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/lexicons"
)

// Schema names the form of a Result's JSON. Fields may be added under the same
// name, never changed or removed.
const Schema = "softgap.eval/v1"

// Options say how a comparison is made. The zero value makes no intervals.
type Options struct {
	Resamples int    // of postings, for the intervals
	Seed      uint64 // of the resampling
	Show      bool   // list every disagreement
}

// A Result is all that a comparison says. Either part is nil where the gold
// has nothing for it.
type Result struct {
	Schema        string           `json:"schema"`
	Tool          analyzer.Tool    `json:"tool"`
	Lexicon       analyzer.Lexicon `json:"lexicon"`
	Resamples     int              `json:"resamples"`
	Seed          uint64           `json:"seed"`
	Postings      *Postings        `json:"postings,omitempty"`
	Sentences     *Sentences       `json:"sentences,omitempty"`
	Disagreements []Cause          `json:"disagreements,omitempty"` // the most frequent cause first
}

// Postings is the agreement over whole postings.
type Postings struct {
	Postings   int         `json:"postings"`
	Statements int         `json:"statements"` // coded statements with at least one word
	About      Agreement   `json:"about"`
	Ask        Agreement   `json:"ask"`      // of statements that both say are about the candidate
	CodeAsk    Agreement   `json:"code_ask"` // of the codes that both give, clause by clause
	Soft       []Detection `json:"soft"`     // the 12 scored dimensions, then the 4 that are not
	Technical  []Detection `json:"technical"`
	Averages   []Detection `json:"averages"`
	Any        []Detection `json:"any"`    // by statement: does it ask for anything of a kind?
	Levels     []Levels    `json:"levels"` // of the codes that both give
	Unscorable int         `json:"unscorable"`
	Scores     []Distance  `json:"scores"` // of the postings that the program scores
}

// Sentences is the agreement over labelled sentences, each taken as one
// candidate statement.
type Sentences struct {
	Postings  int         `json:"postings"`
	Sentences int         `json:"sentences"`
	LeftOut   int         `json:"left_out"` // Knowledge labels that the attributes list recognises
	Any       []Detection `json:"any"`
}

// Agreement is how far two codings of the same units agree.
type Agreement struct {
	N     int      `json:"n"`
	Share Estimate `json:"share"` // of the units that are coded alike, 0 to 1
	Kappa Estimate `json:"kappa"` // Cohen's
	Codes []string `json:"codes"`
	Table [][]int  `json:"table"` // by gold code, then by program code
}

// Detection is how well the program finds what the gold holds.
type Detection struct {
	ID        string   `json:"id"`
	Counts             // of a macro average: all of its group
	Precision Estimate `json:"precision"`
	Recall    Estimate `json:"recall"`
	F1        Estimate `json:"f1"`
}

// Counts are the units in which gold and program hold a code.
type Counts struct {
	Gold  int `json:"gold"`
	Found int `json:"found"` // by the program
	Both  int `json:"both"`
}

// Levels is the agreement on level, of the codes that both give.
type Levels struct {
	Side  string   `json:"side"`
	N     int      `json:"n"`
	Exact Estimate `json:"exact"` // share, 0 to 1
	Kappa Estimate `json:"kappa"` // weighted by the square of the distance
	Bias  Estimate `json:"bias"`  // mean of program minus gold, in levels
	Table [][]int  `json:"table"` // by gold level, then by program level, from 1
}

// Distance is how far a score of the program lies from that of the gold, in
// points, over postings.
type Distance struct {
	ID       string   `json:"id"`
	N        int      `json:"n"`
	Spearman Estimate `json:"spearman"`
	MAE      Estimate `json:"mean_absolute_error"`
	Bias     Estimate `json:"bias"` // mean of program minus gold
}

// Compare scores the coded text of the gold with a set of word lists and
// compares. The version is the tool's. An error is one of the word lists.
func Compare(gold *Gold, set *lexicons.Set, version string, o Options) (*Result, error) {
	r := &Result{Schema: Schema, Tool: analyzer.Tool{Name: "softgap", Version: version},
		Lexicon: analyzer.Lexicon{Version: set.Version, Digest: set.Digest}, Resamples: o.Resamples, Seed: o.Seed}
	var cs causes
	if o.Show {
		cs = causes{}
	}
	if len(gold.Coded) > 0 {
		a, err := analyzer.New(set, version, score.DefaultCutoffs)
		if err != nil {
			return nil, err
		}
		reports := make([]*analyzer.Report, len(gold.Coded))
		for i, c := range gold.Coded {
			reports[i] = a.Analyze(posting.Posting{ID: c.ID, Text: c.Text})
		}
		r.Postings = comparePostings(gold.Coded, reports, o, cs)
	}
	if len(gold.Labelled) > 0 {
		find, err := newSentenceFinder(set)
		if err != nil {
			return nil, err
		}
		r.Sentences = compareSentences(gold.Labelled, find, o, cs)
	}
	if o.Show {
		r.Disagreements = cs.sorted()
	}
	return r, nil
}

// comparePostings compares coded postings with their Reports, one for one.
func comparePostings(coded []Coded, reports []*analyzer.Report, o Options, cs causes) *Postings {
	out := &Postings{Postings: len(coded)}
	tallies := make([]tally, len(coded))
	for i := range coded {
		pairs := align(&coded[i], reports[i])
		out.Statements += len(coded[i].Statements)
		tallies[i].count(pairs)
		tallies[i].score(coded[i].Scores, reports[i])
		cs.ofPosting(&coded[i], pairs)
	}
	s := newStudy(tallies, o)
	out.About = s.agreement(aboutTable, abouts)
	out.Ask = s.agreement(askTable, asks)
	out.CodeAsk = s.agreement(codeAskTable, asks)
	for i, d := range dimensions {
		if d.technical {
			out.Technical = append(out.Technical, s.detection(d.id, i))
		} else {
			out.Soft = append(out.Soft, s.detection(d.id, i))
		}
	}
	out.Averages = []Detection{
		s.detection("soft, micro", scored()...), s.macro("soft, macro", scored()...),
		s.detection("rare, micro", rare()...), s.macro("rare, macro", rare()...),
		s.detection("technical, micro", technical()...), s.macro("technical, macro", technical()...),
	}
	out.Any = []Detection{s.detection("soft, scored", anySoft), s.detection("soft, all 16", anyPeople), s.detection("technical", anyTechnical)}
	out.Levels = []Levels{s.levels("soft", softLevelTable), s.levels("technical", technicalLevelTable)}
	for i := range tallies {
		if !tallies[i].scored {
			out.Unscorable++
		}
	}
	out.Scores = []Distance{s.distance("technical", 0), s.distance("soft", 1), s.distance("gap", 2)}
	return out
}
