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
	out.Technical = a.distribution(everyone, technical)
	out.Soft = a.distribution(everyone, soft)
	out.Gap = a.distribution(everyone, gap)
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
	_, organizations := a.units(everyone, gap)
	out.Method = Method{Seed: a.options.Seed, Resamples: a.options.Resamples, Organizations: organizations, Clustered: organizations >= several}
	out.Headline = headline(out)
	out.Reference = a.references(out)
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

// Units returns the scores of the scored postings, in tenths of a point, as the
// intervals of means draw them.
func (a *Auditor) Units() (technicals, softs, gaps []interval.Unit) {
	technicals, _ = a.units(a.rows, technical)
	softs, _ = a.units(a.rows, soft)
	gaps, _ = a.units(a.rows, gap)
	return technicals, softs, gaps
}

// units groups the rows by organisation if there are several; a posting that
// names none stands for itself.
func (a *Auditor) units(rows []row, figure func(*row) int64) (units []interval.Unit, organizations int) {
	at := map[int32]int{}
	for i := range rows {
		r := &rows[i]
		k, ok := at[r.organization]
		if !ok || r.organization == 0 {
			k = len(units)
			units = append(units, interval.Unit{})
			at[r.organization] = k
		}
		units[k].N++
		units[k].Sum += figure(r)
	}
	delete(at, 0)
	if len(at) >= several {
		return units, len(at)
	}
	units = units[:0]
	for i := range rows {
		units = append(units, interval.Unit{N: 1, Sum: figure(&rows[i])})
	}
	return units, len(at)
}

// mean is that of a figure given in tenths, of a scale of parts to the whole.
func (a *Auditor) mean(rows []row, figure func(*row) int64, parts float64) interval.Estimate {
	units, _ := a.units(rows, figure)
	e := interval.Mean(units, a.options.Resamples, a.options.Seed)
	scale := interval.Number(parts)
	return interval.Estimate{Value: e.Value / scale, Low: e.Low / scale, High: e.High / scale}
}

func (a *Auditor) distribution(rows []row, figure func(*row) int64) Distribution {
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
	return Distribution{Mean: a.mean(rows, figure, 10), Min: at(0), Low: at(0.25), Median: at(0.5), High: at(0.75), Max: at(1)}
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
