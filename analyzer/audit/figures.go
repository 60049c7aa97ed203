package audit

import (
	"cmp"
	"math"
	"slices"

	"softgap/analyzer/interval"
	"softgap/analyzer/score"
)

// several is how many organisations it takes to draw by them; of fewer, postings
// are drawn.
const several = interval.Fewest

// Audit makes the figures of all postings added so far.
func (a *Auditor) Audit() *Audit {
	out := &Audit{
		Schema: Schema, Tool: a.tool, Lexicon: a.lexicon, Cutoffs: a.cutoffs,
		Read: a.read, Scored: len(a.rows), Unread: a.unread, Excluded: []Exclusion{},
		Dimensions: asked(a.dimensions, len(a.rows)), Outside: asked(a.outside, len(a.rows)), Categories: asked(a.categories, len(a.rows)),
		Nobody: []string{}, By: a.options.By,
	}
	a.exclusions(out)
	everyone := a.rows
	units, organizations := a.units(everyone)
	means := a.means(units)
	out.Technical = distribution(everyone, technical, means[0])
	out.Soft = distribution(everyone, soft, means[1])
	out.Gap = distribution(everyone, gap, means[2])
	out.Generic = share(everyone, func(r *row) bool { return r.generic })
	out.Silent = share(everyone, func(r *row) bool { return r.silent })
	for i, v := range verdicts {
		out.Verdicts = append(out.Verdicts, VerdictShare{v, share(everyone, func(r *row) bool { return int(r.verdict) == i })})
	}
	out.Histogram, out.Scatter = histogram(everyone), scatter(everyone)
	for _, d := range out.Dimensions {
		if d.Postings == 0 {
			out.Nobody = append(out.Nobody, d.ID)
		}
	}
	out.Widest, out.Narrowest = ends(a.widest.examples, a.narrowest.examples, len(everyone))
	out.Groups = a.groups(everyone, func(r *row) string { return a.texts.text[r.group] })
	rank(out.Groups, a.options.By)
	out.Trend = a.trend()
	out.Method = Method{Seed: a.options.Seed, Resamples: a.options.Resamples, Organizations: organizations, Clustered: organizations >= several}
	out.Headline = headline(out)
	out.Reference = compared(out, means[3])
	return out
}

func (a *Auditor) exclusions(out *Audit) {
	for _, e := range a.excluded {
		out.Excluded = append(out.Excluded, *e)
		switch score.Status(e.Status) {
		case score.Thin:
			out.Thin += e.Postings
		case "duplicate":
			out.Duplicates += e.Postings
		default:
			out.Unscorable += e.Postings
		}
	}
	slices.SortFunc(out.Excluded, func(x, y Exclusion) int {
		return cmp.Or(cmp.Compare(y.Postings, x.Postings), cmp.Compare(x.Status, y.Status), cmp.Compare(x.Reason, y.Reason))
	})
}

func asked(counted []Asked, n int) []Asked {
	out := slices.Clone(counted)
	for i := range out {
		out[i].Share.Share = interval.Wilson(out[i].Postings, n)
	}
	return append([]Asked{}, out...)
}

func share(rows []row, is func(*row) bool) Share {
	n := 0
	for i := range rows {
		if is(&rows[i]) {
			n++
		}
	}
	return Share{n, interval.Wilson(n, len(rows))}
}

// The scores of a row, in tenths of a point.
func technical(r *row) int64 { return int64(r.technical) }
func soft(r *row) int64      { return int64(r.soft) }
func gap(r *row) int64       { return int64(r.gap) }

// scales are how many parts of a row's figures make a point, or the whole.
var scales = [interval.Figures]interval.Number{10, 10, 10, 1e4}

// Units returns the scored postings as intervals draw them, with their scores,
// technical, soft and gap, in tenths of a point.
func (a *Auditor) Units() []interval.Unit {
	units, _ := a.units(a.rows)
	return units
}

// units groups the rows by organisation if there are several; a posting that
// names none stands for itself.
func (a *Auditor) units(rows []row) (units []interval.Unit, organizations int) {
	at := map[int32]int{}
	for i := range rows {
		r := &rows[i]
		if k, ok := at[r.organization]; ok && r.organization != 0 {
			u := r.unit()
			units[k].Add(&u)
			continue
		}
		at[r.organization] = len(units)
		units = append(units, r.unit())
	}
	delete(at, 0)
	if len(at) >= several || len(units) == len(rows) {
		return units, len(at)
	}
	units = units[:0]
	for i := range rows {
		units = append(units, rows[i].unit())
	}
	return units, len(at)
}

func (r *row) unit() interval.Unit {
	return interval.Unit{N: 1, Sums: [interval.Figures]int64{technical(r), soft(r), gap(r), int64(r.softShare)}}
}

// means are those of technical, soft and gap, in points, and of the share of
// people statements.
func (a *Auditor) means(units []interval.Unit) [interval.Figures]interval.Estimate {
	es := interval.Means(units, a.options.Resamples, a.options.Seed)
	for i := range es {
		es[i] = es[i].Over(scales[i])
	}
	return es
}

func distribution(rows []row, figure func(*row) int64, mean interval.Estimate) Distribution {
	xs := make([]int64, len(rows))
	for i := range rows {
		xs[i] = figure(&rows[i])
	}
	slices.Sort(xs)
	at := func(p float64) interval.Number {
		if len(xs) == 0 {
			return interval.Number(math.NaN())
		}
		place := p * float64(len(xs)-1)
		low := xs[int(place)]
		high := xs[int(math.Ceil(place))]
		return interval.Number(float64(low)+(place-math.Floor(place))*float64(high-low)) / 10
	}
	return Distribution{Mean: mean, Min: at(0), Low: at(0.25), Median: at(0.5), High: at(0.75), Max: at(1)}
}

const binWidth = 10 // points of gap

func histogram(rows []row) []Bin {
	bins := make([]Bin, 200/binWidth)
	for i := range bins {
		bins[i].From = i*binWidth - 100
		bins[i].To = bins[i].From + binWidth
	}
	for i := range rows {
		k := (int(rows[i].gap) + 1000) / (10 * binWidth)
		bins[min(max(k, 0), len(bins)-1)].Postings++
	}
	return bins
}

const cellWidth = 2 // points, either way

func scatter(rows []row) []Cell {
	count := map[Cell]int{}
	middle := func(tenths int16) int { return (int(tenths) + 5*cellWidth) / (10 * cellWidth) * cellWidth }
	for i := range rows {
		count[Cell{Technical: middle(rows[i].technical), Soft: middle(rows[i].soft)}]++
	}
	cells := make([]Cell, 0, len(count))
	for c, n := range count {
		c.Postings = n
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(x, y Cell) int { return cmp.Or(cmp.Compare(x.Technical, y.Technical), cmp.Compare(x.Soft, y.Soft)) })
	return cells
}
