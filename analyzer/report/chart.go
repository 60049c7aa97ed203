package report

import (
	"fmt"
	"math"
	"strconv"

	"softgap/analyzer/audit"
	"softgap/analyzer/interval"
)

// This file places what the page's charts draw; audit.gohtml holds their SVG.
// Each chart has a box of its own, in pixels at its smallest, and scales.

// A plot is the box of a chart with axes, and the area between them.
type plot struct {
	Width, Height            float64
	Left, Top, Right, Bottom float64
}

var square = plot{Width: 340, Height: 300, Left: 40, Top: 12, Right: 320, Bottom: 252}

// tick is a place on an axis, with its label.
type tick struct {
	At    float64
	Label string
}

// scatterChart is the two scores of every posting.
type scatterChart struct {
	plot
	X, Y    []tick
	Dots    []dot
	Line    [4]float64 // the balance line: both scores alike
	Middle  [2]float64 // where its label stands
	Summary string
}

type dot struct {
	X, Y, R float64
	Label   string
}

func (p plot) x(share float64) float64 { return px(p.Left + share*(p.Right-p.Left)) }
func (p plot) y(share float64) float64 { return px(p.Bottom - share*(p.Bottom-p.Top)) }

// px rounds to a tenth of a pixel, so that the page has no idle digits.
func px(x float64) float64 { return math.Round(x*10) / 10 }

func drawScatter(a *audit.Audit) scatterChart {
	c := scatterChart{plot: square}
	for v := 0; v <= 100; v += 20 {
		c.X = append(c.X, tick{c.x(float64(v) / 100), strconv.Itoa(v)})
		c.Y = append(c.Y, tick{c.y(float64(v) / 100), strconv.Itoa(v)})
	}
	most := 1
	for _, cell := range a.Scatter {
		most = max(most, cell.Postings)
	}
	for _, cell := range a.Scatter {
		r := 3.0
		if most > 1 {
			r += 4 * math.Sqrt(float64(cell.Postings-1)/float64(most-1))
		}
		c.Dots = append(c.Dots, dot{c.x(float64(cell.Technical) / 100), c.y(float64(cell.Soft) / 100), px(r),
			fmt.Sprintf("technical about %d, people about %d: %s", cell.Technical, cell.Soft, count(cell.Postings, "posting"))})
	}
	c.Line = [4]float64{c.x(0), c.y(0), c.x(1), c.y(1)}
	below := 0
	for _, b := range a.Histogram {
		if b.From >= 0 {
			below += b.Postings
		}
	}
	c.Summary = fmt.Sprintf("Each dot is a posting, larger ones several. On the line both sides score alike; below it, as %d of %d do, technical skills are stated more concretely. Means: technical %s, people %s.",
		below, a.Scored, figure(a.Technical.Mean.Value), figure(a.Soft.Mean.Value))
	return c
}

// gapsChart is how the gap spreads.
type gapsChart struct {
	plot
	X, Y    []tick
	Bars    []barBox
	Mean    tick
	Anchor  string // of the mean's label
	Summary string
}

type barBox struct {
	X, Y, Width, Height float64
	Label               string
}

func drawGaps(a *audit.Audit) gapsChart {
	c := gapsChart{plot: square}
	most := 0
	for _, b := range a.Histogram {
		most = max(most, b.Postings)
	}
	top := niceTop(most)
	at := func(gap float64) float64 { return c.x((gap + 100) / 200) }
	for v := -100; v <= 100; v += 50 {
		c.X = append(c.X, tick{at(float64(v)), signedWhole(v)})
	}
	for _, v := range []int{0, top / 2, top} {
		if top%2 == 0 || v != top/2 {
			c.Y = append(c.Y, tick{c.y(float64(v) / float64(top)), strconv.Itoa(v)})
		}
	}
	for _, b := range a.Histogram {
		if b.Postings == 0 {
			continue
		}
		x, y := at(float64(b.From)), c.y(float64(b.Postings)/float64(top))
		c.Bars = append(c.Bars, barBox{x + 0.5, y, px(at(float64(b.To)) - x - 1), px(c.Bottom - y),
			fmt.Sprintf("gap %s to %s: %s", signedWhole(b.From), signedWhole(b.To), count(b.Postings, "posting"))})
	}
	mean := float64(a.Gap.Mean.Value)
	c.Mean, c.Anchor = tick{at(mean), "mean " + signed(mean)}, "end"
	if mean < 0 {
		c.Anchor = "start"
	}
	c.Summary = fmt.Sprintf("How many postings have which gap, technical minus people. The mean is %s; half of them lie between %s and %s.",
		signed(mean), signedFigure(a.Gap.Low), signedFigure(a.Gap.High))
	return c
}

// niceTop is the end of an axis that holds n: 1, 2, 4, 6 or 10 times a power
// of ten.
func niceTop(n int) int {
	for power := 1; ; power *= 10 {
		for _, m := range []int{1, 2, 4, 6, 10} {
			if m*power >= n {
				return m * power
			}
		}
	}
}

// levelBar is the share of postings that ask for one thing, by how concretely,
// the most concrete first. It is 100 wide.
type levelBar struct {
	Parts []levelPart
	Label string
}

type levelPart struct {
	X, Width float64
	Level    int
}

func drawBar(a audit.Asked) levelBar {
	total := 0
	for _, n := range a.Levels {
		total += n
	}
	bar := levelBar{Label: name(a.Title, a.ID) + ": " + concretely(a)}
	before := 0
	for level := 4; level > 0; level-- {
		if n := a.Levels[level]; n > 0 {
			from, to := 100*float64(before)/float64(total), 100*float64(before+n)/float64(total)
			bar.Parts = append(bar.Parts, levelPart{px(from), px(to - from), level})
			before += n
		}
	}
	return bar
}

// intervalBar is a mean gap with its interval, on a scale of -100 to 100 that
// is 100 wide.
type intervalBar struct {
	Low, High, Value float64
	Drawn            bool // there is an interval
	Label            string
}

func drawInterval(e interval.Estimate) intervalBar {
	at := func(x interval.Number) float64 { return px((float64(x) + 100) / 2) }
	b := intervalBar{Value: at(e.Value), Drawn: e.Low.Defined() && e.High.Defined(), Label: "mean gap " + signedFigure(e.Value) + " " + between(e)}
	if b.Drawn {
		b.Low, b.High = at(e.Low), at(e.High)
	}
	return b
}
