package posting

import (
	"errors"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// A chunk is text that stands together on a page, in points from its lower
// left.
type chunk struct {
	x0, x1, y, size float64
	text            string
}

// pdfDoc is what is known of a PDF while its pages are read.
type pdfDoc struct {
	fonts        map[string]*pdfFont
	unpacked     int
	read, unread int // letters with and without a meaning
}

// page returns the text shown on a page, in the order it is drawn; what was
// read before an error is returned with it.
func (d *pdfDoc) page(v pdf.Value) (chunks []chunk, err error) {
	p := &painter{doc: d, state: state{scale: 1, page: unit}}
	defer func() { chunks = p.chunks }()
	defer caught(&err)
	var resources pdf.Value
	for n, up := 0, v; n < 32 && resources.IsNull() && up.Kind() == pdf.Dict; n++ {
		resources, up = up.Key("Resources"), up.Key("Parent")
	}
	contents := v.Key("Contents")
	if contents.Kind() == pdf.Array {
		for i := range min(contents.Len(), 1000) {
			d.check(contents.Index(i))
		}
	} else if contents.Kind() == pdf.Stream {
		d.check(contents)
	} else {
		return nil, nil
	}
	p.draw(contents, resources, 0)
	return nil, nil
}

// check panics if a stream unpacks to more than is allowed, or breaks off where
// the library would look for its end for ever.
func (d *pdfDoc) check(stream pdf.Value) {
	parms := stream.Key("DecodeParms")
	for i := range min(max(parms.Len(), 1), 8) {
		p := parms
		if parms.Kind() == pdf.Array {
			p = parms.Index(i)
		}
		if p.Key("Columns").Int64() > 1<<16 {
			panic(errUnpacked)
		}
	}
	var open openString
	n, _ := io.Copy(&open, io.LimitReader(stream.Reader(), mostStream+1))
	if d.unpacked += int(n); n > mostStream || d.unpacked > mostPDF {
		panic(errUnpacked)
	}
	if open.open {
		panic(errors.New("it breaks off within a string"))
	}
}

// An openString tells whether what is written to it ends within a string of
// hexadecimal digits, "<48 65", as the library reads them: in pairs, the second
// of which it would wait for.
type openString struct {
	open bool
	half byte // the first of a pair
}

func (o *openString) Write(p []byte) (int, error) {
	for _, c := range p {
		switch {
		case c == '<':
			*o = openString{open: true}
		case !o.open || c <= ' ':
		case o.half == 0 && c == '>', o.half != 0 && !(isHex(o.half) && isHex(c)):
			o.open = false
		case o.half == 0:
			o.half = c
		default:
			o.half = 0
		}
	}
	return len(p), nil
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// A matrix maps a place in one system of co-ordinates to another:
// x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var unit = matrix{a: 1, d: 1}

// then returns the matrix that maps by m and then by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// state is what the operators of a page set, and q and Q save and restore.
type state struct {
	page                           matrix
	font                           *pdfFont
	size, scale                    float64 // of letters; scale is horizontal
	letters, words, leading, raise float64 // spacing
}

// painter follows the operators that show text.
type painter struct {
	doc        *pdfDoc
	state      state
	saved      []state
	fonts      map[string]*pdfFont // by their names in what is drawn
	line, text matrix              // where the line and the next letter begin
	marked     []bool              // for each stretch of marked content around: it is no part of the text
	aside      int                 // how many of these
	chunks     []chunk
}

// deepestForm is how many drawings may lie within one another.
const deepestForm = 8

func (p *painter) draw(content, resources pdf.Value, depth int) {
	outer := p.fonts
	p.fonts = map[string]*pdfFont{}
	defer func() { p.fonts = outer }()
	pdf.Interpret(content, func(stack *pdf.Stack, op string) {
		n := stack.Len()
		args := make([]pdf.Value, min(n, 6))
		for i := n - 1; i >= 0; i-- {
			if v := stack.Pop(); i < len(args) {
				args[i] = v
			}
		}
		p.operator(op, args, resources, depth)
	})
}

// numbers returns the arguments as numbers, those that are missing as zero.
func numbers(args []pdf.Value) (n [6]float64) {
	for i, a := range args {
		n[i] = a.Float64()
	}
	return n
}

func (p *painter) operator(op string, args []pdf.Value, resources pdf.Value, depth int) {
	n := numbers(args)
	arg := func() pdf.Value { // the last one
		if len(args) == 0 {
			return pdf.Value{}
		}
		return args[len(args)-1]
	}
	switch op {
	case "q":
		if len(p.saved) < 1000 {
			p.saved = append(p.saved, p.state)
		}
	case "Q":
		if last := len(p.saved) - 1; last >= 0 {
			p.state, p.saved = p.saved[last], p.saved[:last]
		}
	case "cm":
		p.state.page = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(p.state.page)
	case "BT":
		p.line, p.text = unit, unit
	case "Tm":
		p.line = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		p.text = p.line
	case "Td", "TD":
		if op == "TD" {
			p.state.leading = -n[1]
		}
		p.move(n[0], n[1])
	case "T*":
		p.move(0, -p.state.leading)
	case "Tf":
		if len(args) > 0 {
			name := args[0].Name()
			f, ok := p.fonts[name]
			if !ok {
				f = p.doc.font(resources.Key("Font").Key(name))
				p.fonts[name] = f
			}
			p.state.font = f
			p.state.size = n[1]
		}
	case "Tc":
		p.state.letters = n[0]
	case "Tw":
		p.state.words = n[0]
	case "Tz":
		p.state.scale = n[0] / 100
	case "TL":
		p.state.leading = n[0]
	case "Ts":
		p.state.raise = n[0]
	case "Tj":
		p.show(arg().RawString())
	case "'":
		p.move(0, -p.state.leading)
		p.show(arg().RawString())
	case `"`:
		p.state.words, p.state.letters = n[0], n[1]
		p.move(0, -p.state.leading)
		p.show(arg().RawString())
	case "TJ":
		array := arg()
		for i := range array.Len() {
			if x := array.Index(i); x.Kind() == pdf.String {
				p.show(x.RawString())
			} else {
				p.forward(-x.Float64() / 1000 * p.state.size * p.state.scale)
			}
		}
	case "BMC", "BDC":
		aside := len(args) > 0 && args[0].Name() == "Artifact" // running heads, page numbers
		if len(p.marked) < 1000 {
			p.marked = append(p.marked, aside)
			if aside {
				p.aside++
			}
		}
	case "EMC":
		if last := len(p.marked) - 1; last >= 0 {
			if p.marked[last] {
				p.aside--
			}
			p.marked = p.marked[:last]
		}
	case "Do":
		p.form(resources.Key("XObject").Key(arg().Name()), resources, depth)
	}
}

// form draws a drawing within the page.
func (p *painter) form(v, resources pdf.Value, depth int) {
	if depth >= deepestForm || v.Kind() != pdf.Stream || v.Key("Subtype").Name() != "Form" {
		return
	}
	p.doc.check(v)
	before, saved := p.state, p.saved
	p.saved = nil
	if m := v.Key("Matrix"); m.Len() == 6 {
		var args [6]pdf.Value
		for i := range args {
			args[i] = m.Index(i)
		}
		n := numbers(args[:])
		p.state.page = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(p.state.page)
	}
	if own := v.Key("Resources"); own.Kind() == pdf.Dict {
		resources = own
	}
	p.draw(v, resources, depth+1)
	p.state, p.saved = before, saved
}

func (p *painter) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.text = p.line
}

func (p *painter) forward(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.then(p.text) }

// mostChunks bounds what is kept of a page.
const mostChunks = 1 << 16

// show adds the text of codes, and moves on by its width.
func (p *painter) show(codes string) {
	f := p.state.font
	if f == nil || len(p.chunks) >= mostChunks {
		return
	}
	start := p.text.then(p.state.page)
	var b strings.Builder
	for len(codes) > 0 {
		code, size := f.code(codes)
		single := size == 1 && codes[0] == ' '
		codes = codes[size:]
		text := f.text[code]
		if text == "" && code != 0 {
			p.doc.unread++
		} else {
			p.doc.read++
		}
		b.WriteString(text)
		advance := f.width(code, text)/1000*p.state.size + p.state.letters
		if single {
			advance += p.state.words
		}
		p.forward(advance * p.state.scale)
	}
	end := p.text.then(p.state.page)
	size := math.Hypot(start.c, start.d) * math.Abs(p.state.size)
	if p.aside > 0 || math.Abs(start.b) > math.Abs(start.a) || b.Len() == 0 || !(size > 0.5 && size < 1000) || !(math.Abs(start.e)+math.Abs(start.f)+math.Abs(end.e) < 1e5) {
		return
	}
	p.chunks = append(p.chunks, chunk{x0: min(start.e, end.e), x1: max(start.e, end.e), y: start.f + p.state.raise/4, size: size, text: strings.Map(printed, b.String())})
}

// printed maps the characters of a font to those of a text: the bullets that
// symbol fonts have in the private area to the bullet.
func printed(r rune) rune {
	switch {
	case r >= 0xF000 && r <= 0xF0FF:
		return '•'
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
		return ' '
	case r == 0xAD:
		return r // a hyphen at the end of a line
	case !visible(r) || r == utf8.RuneError || unicode.Is(unicode.Co, r):
		return -1
	}
	return r
}
