package posting

import (
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// pdfFont says what the codes of a font mean and how wide they are.
type pdfFont struct {
	wide    bool // codes have two bytes
	text    map[int]string
	widths  map[int]float64 // in thousandths of the size
	general float64         // of all other codes; 0 if not known
}

// mostFonts bounds how many fonts of a document are loaded, mostCodes what is
// read of a table.
const (
	mostFonts = 1000
	mostCodes = 1 << 16
)

// font returns a font, loaded once where it is an object of its own.
func (d *pdfDoc) font(v pdf.Value) *pdfFont {
	if v.Kind() != pdf.Dict {
		return nil
	}
	key := v.String()
	f := d.fonts[key]
	if f == nil && len(d.fonts) < mostFonts {
		f = d.loadFont(v)
		d.fonts[key] = f
	}
	return f
}

func (d *pdfDoc) loadFont(v pdf.Value) *pdfFont {
	f := &pdfFont{wide: v.Key("Subtype").Name() == "Type0", text: map[int]string{}, widths: map[int]float64{}}
	if f.wide {
		f.wideWidths(v.Key("DescendantFonts").Index(0))
	} else {
		scale := 1.0
		if m := v.Key("FontMatrix"); v.Key("Subtype").Name() == "Type3" && m.Len() == 6 {
			scale = m.Index(0).Float64() * 1000
		}
		first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
		for i := range min(widths.Len(), 256) {
			f.widths[first+i] = widths.Index(i).Float64() * scale
		}
	}
	m := v.Key("ToUnicode")
	if !f.wide && v.Key("Encoding").Key("Differences").Len() <= 1024 {
		f.encoding(v, m.Kind() == pdf.Stream)
	}
	if m.Kind() == pdf.Stream {
		d.check(m)
		f.meanings(m, v)
	}
	return f
}

// wideWidths reads the widths of a font with codes of two bytes: runs of
// [first [w w w]] and [first last w].
func (f *pdfFont) wideWidths(v pdf.Value) {
	f.general = 1000
	if dw := v.Key("DW"); !dw.IsNull() {
		f.general = dw.Float64()
	}
	w := v.Key("W")
	for i, n := 0, min(w.Len(), mostCodes); i+1 < n; {
		first := int(w.Index(i).Int64())
		next := w.Index(i + 1)
		if next.Kind() == pdf.Array {
			for k := range min(next.Len(), mostCodes-len(f.widths)) {
				f.widths[first+k] = next.Index(k).Float64()
			}
			i += 2
			continue
		}
		last := min(int(next.Int64()), 1<<16)
		for c := max(first, 0); c <= last && i+2 < n && len(f.widths) < mostCodes; c++ {
			f.widths[c] = w.Index(i + 2).Float64()
		}
		i += 3
	}
}

// meanings reads the table of a font that says what its codes mean in Unicode,
// as far as it is well-formed. The table is a program that asks for a
// dictionary to write its name to: scratch is one that is not used any more.
func (f *pdfFont) meanings(m, scratch pdf.Value) {
	var err error
	defer caught(&err)
	pdf.Interpret(m, func(stack *pdf.Stack, op string) {
		var args []pdf.Value
		for stack.Len() > 0 {
			args = append(args, stack.Pop()) // the last one first
		}
		switch op {
		case "findresource", "begincmap":
			stack.Push(scratch)
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				f.mean(number(args[i+1]), args[i].RawString())
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				to, hi, lo := args[i], number(args[i+1]), number(args[i+2])
				for c := lo; c <= hi && c-lo < mostCodes && len(f.text) < mostCodes; c++ {
					if to.Kind() == pdf.Array {
						f.mean(c, to.Index(c-lo).RawString())
					} else if s := []byte(to.RawString()); len(s) > 0 {
						last := int(s[len(s)-1]) + c - lo
						s[len(s)-1] = byte(last)
						if len(s) > 1 {
							s[len(s)-2] += byte(last >> 8)
						}
						f.mean(c, string(s))
					}
				}
			}
		}
	})
}

// mean notes that a code means text in UTF-16.
func (f *pdfFont) mean(code int, wide string) {
	var units []uint16
	for i := 0; i+1 < min(len(wide), 64); i += 2 {
		units = append(units, uint16(wide[i])<<8|uint16(wide[i+1]))
	}
	if len(f.text) < mostCodes {
		f.text[code] = unligated(string(utf16.Decode(units)))
	}
}

// unligated writes letters that are joined for print (ﬁ) apart.
func unligated(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 0xFB00 && r <= 0xFB06 }) {
		return norm.NFKC.String(s)
	}
	return s
}

func number(v pdf.Value) (n int) {
	for _, c := range []byte(v.RawString()) {
		n = n<<8 | int(c)
	}
	return n & (1<<24 - 1)
}

// encoding says what the codes of one byte mean by the font's encoding. A
// table of meanings, if the font is said to have one, is surer.
func (f *pdfFont) encoding(v pdf.Value, named bool) {
	if named && v.Key("Encoding").IsNull() {
		return // the library would read the table of meanings again
	}
	encoder := (&pdf.Font{V: v}).Encoder()
	for c := range 256 {
		if named && c < ' ' {
			continue
		}
		runes := []rune(encoder.Decode(string([]byte{byte(c)})))
		if len(runes) != 1 {
			continue
		}
		if r := runes[0]; r == 0xFFFD || r >= 0x80 && r < 0xA0 {
			runes[0] = charmap.Windows1252.DecodeByte(byte(c))
		}
		f.text[c] = unligated(string(runes))
	}
}

// code cuts the next code off.
func (f *pdfFont) code(s string) (code, size int) {
	if f.wide && len(s) > 1 {
		return int(s[0])<<8 | int(s[1]), 2
	}
	return int(s[0]), 1
}

// width returns the width of a code; of a font that does not say, about that
// of its letters in Helvetica.
func (f *pdfFont) width(code int, text string) float64 {
	if w, ok := f.widths[code]; ok {
		return w
	}
	if f.general > 0 || text == "" {
		return f.general
	}
	switch c := text[0]; {
	case strings.IndexByte("ijl.,:;'|!I ftr-()[]/", c) >= 0:
		return 290
	case strings.IndexByte("mwMW@%", c) >= 0:
		return 830
	case c >= 'A' && c <= 'Z':
		return 690
	}
	return 550
}
