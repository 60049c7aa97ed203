package phrase

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Token is a word or a sign of a text. Words are runs of letters and digits;
// every other visible character is a sign of its own, but for hyphens and
// apostrophes inside a word, which do not count: user-friendly is two words,
// user's is one.
type Token struct {
	Word       int32 // the vocabulary's number for it; Unknown if no pattern holds it
	Start, End int32 // byte offsets
	Flags      Flags
	begins     uint8 // hints: a bit for each trie with a form that may begin here
	opens      uint8 // the classes with a member that may begin here, by number of the mask
}

// Words counts the words among tokens.
func Words(toks []Token) int {
	n := 0
	for _, t := range toks {
		if t.Flags&Sign == 0 {
			n++
		}
	}
	return n
}

// Flags say how a token is written.
type Flags uint8

// The flags of a token.
const (
	Glued   Flags = 1 << iota // nothing stands between it and the token before
	Hyphen                    // joined to the token before by a hyphen
	Sign                      // not a word
	Digits                    // a word of digits only
	Capital                   // a word that begins with a capital letter
	Break                     // the sign ends a clause for gaps: . ; ! ? and bullets
	Address                   // part of a URL or an e-mail address: matches nothing
	Newline                   // a line break stands before it, or did: "skillsAbility"
)

// The classes of the characters of ASCII; rest is all beyond it.
const (
	space = iota
	letter
	digit
	sign
	hyphen
	quote
	rest
)

var (
	class [256]uint8
	lower [128]byte
	fold  [256]byte // a letter or digit in lower case, 0 for all else
)

func init() {
	for c := range 256 {
		switch {
		case c >= 128:
			class[c] = rest
		case c <= ' ' || c == 127, c == '*', c == '_', c == '"': // emphasis and quotation marks part words and say nothing
			class[c] = space
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			class[c], fold[c] = letter, byte(c|0x20)
		case '0' <= c && c <= '9':
			class[c], fold[c] = digit, byte(c)
		case c == '-':
			class[c] = hyphen
		case c == '\'' || c == '`':
			class[c] = quote
		default:
			class[c] = sign
		}
		if c < 128 {
			lower[c] = max(byte(c), fold[c])
		}
	}
}

// Tokens appends the tokens of a text of less than 2 GiB to dst. It allocates
// nothing beyond dst for ASCII text.
//
// A byte of a word costs a look-up and a step of its hash (FNV-1a, taken while
// the word is read), a word two looks at memory (Vocabulary); only characters
// beyond ASCII are decoded. That makes 150 to 250 MB/s of postings.
func (v *Vocabulary) Tokens(dst []Token, text string) []Token {
	s := scanner{text: text, toks: dst, fresh: true}
	for s.at < len(text) {
		c := text[s.at]
		switch class[c] {
		case space:
			s.blank(c == '\n' || c == '\r')
			s.at++
		case letter, digit:
			start := s.at
			h, seen := uint64(offset64), byte(0)
			i := start
			for ; i < len(text); i++ {
				b := fold[text[i]]
				if b == 0 {
					break
				}
				seen |= b
				h = (h ^ uint64(b)) * prime64
			}
			if i < len(text) && text[i] >= 128 && goesOn(text, i) {
				s.word(v)
				continue
			}
			f := s.flags(true)
			if seen < 'a' {
				f |= Digits
			} else if c < 'a' && c >= 'A' {
				f |= Capital
			}
			s.at = i
			if i < len(text) && class[text[i]] == sign && s.address(v, start, f) {
				continue
			}
			word := find(v, h, text[start:i])
			for word == Unknown && f&Digits == 0 { // "skillsAbility" lost a line break
				n := v.joint(text[start:i])
				if n == 0 {
					break
				}
				s.add(v, find(v, hashFold(text[start:start+n]), text[start:start+n]), start, start+n, f)
				start += n
				f = Capital | Newline
				word = find(v, hashFold(text[start:i]), text[start:i])
			}
			s.add(v, word, start, i, f)
		case hyphen:
			if s.joins(1) {
				s.pending |= Hyphen
				s.at++
			} else {
				s.sign(v, v.signs[c], 1, 0)
			}
		case quote:
			s.apostrophe(1)
		case sign:
			f := Flags(0)
			if c == '.' || c == ';' || c == '!' || c == '?' {
				f = Break
			}
			s.sign(v, v.signs[c], 1, f)
		default:
			s.beyond(v)
		}
	}
	return s.toks
}

// A scanner is at work on one text.
type scanner struct {
	text    string
	at      int
	toks    []Token
	last    int32  // the word of the last token
	pending Flags  // what stood between the last token and the next
	fresh   bool   // no token on this side of a blank yet
	folded  []byte // of a word with characters beyond ASCII
}

func (s *scanner) blank(newline bool) {
	s.fresh = true
	s.pending &^= Hyphen
	if newline {
		s.pending |= Newline
	}
}

// add appends a token, and notes at the one before what the two begin.
func (s *scanner) add(v *Vocabulary, word int32, start, end int, f Flags) {
	if s.last != Unknown && word != Unknown {
		s.toks[len(s.toks)-1].begins |= v.pairs[v.pair(s.last, word)]
	}
	s.toks = append(s.toks, Token{word, int32(start), int32(end), f, v.words[4*word], v.words[4*word+1]})
	s.last = word
}

// flags returns what stood before a token, and begins anew behind it.
func (s *scanner) flags(word bool) Flags {
	f := s.pending
	if !s.fresh && !(word && f&Hyphen != 0) {
		f |= Glued
	}
	s.pending, s.fresh = 0, false
	return f
}

func (s *scanner) sign(v *Vocabulary, word int32, size int, f Flags) {
	f |= s.flags(false) | Sign
	s.add(v, word, s.at, s.at+size, f)
	s.at += size
}

// known looks up a sign of some bytes beyond ASCII.
func (s *scanner) known(v *Vocabulary, size int) int32 {
	t := s.text[s.at : s.at+size]
	return find(v, hash(t), t)
}

// word reads a word that is not all ASCII.
func (s *scanner) word(v *Vocabulary) {
	f := s.flags(true)
	if r, _ := utf8.DecodeRuneInString(s.text[s.at:]); unicode.IsUpper(r) {
		f |= Capital
	}
	var end int
	s.folded, end = foldWord(s.folded[:0], s.text, s.at)
	s.add(v, find(v, hash(s.folded), s.folded), s.at, end, f)
	s.at = end
}

// joins reports whether the sign of some bytes here stands within a word.
func (s *scanner) joins(size int) bool { return !s.fresh && wordAt(s.text, s.at+size) }

// apostrophe passes over one. The genitive s belongs to its word and says
// nothing; any other letters behind one are a word joined to that before.
func (s *scanner) apostrophe(size int) {
	if s.joins(size) {
		if n := s.at + size; s.text[n]|0x20 == 's' && !wordAt(s.text, n+1) {
			size++
		} else {
			s.pending |= Hyphen
		}
	}
	s.at += size
}

// address reads the rest of a URL or an e-mail address whose first word ends
// here.
func (s *scanner) address(v *Vocabulary, start int, f Flags) bool {
	t, i := s.text, s.at
	switch {
	case t[i] == ':' && len(t) > i+2 && t[i+1:i+3] == "//":
	case t[i] == '@' && wordAt(t, i+1):
	case t[i] == '.' && i-start == 3 && (t[start:i] == "www" || t[start:i] == "WWW") && wordAt(t, i+1):
	default:
		return false
	}
	for i < len(t) && class[t[i]] != space && t[i] != ')' && t[i] != '>' && t[i] != ',' && (t[i] < 128 || goesOn(t, i)) {
		_, n := utf8.DecodeRuneInString(t[i:])
		i += n
	}
	for class[t[i-1]] == sign && t[i-1] != '/' || class[t[i-1]] == quote { // the full stop behind it is the sentence's
		i--
	}
	s.add(v, Unknown, start, i, f|Address)
	s.at = i
	return true
}

// beyond reads a character beyond ASCII, or the word that it begins.
func (s *scanner) beyond(v *Vocabulary) {
	r, n := utf8.DecodeRuneInString(s.text[s.at:])
	switch r {
	case '“', '”', '„', '«', '»', '™', '®', '©', utf8.RuneError:
		s.blank(false)
	case '\u2028', '\u2029', '\u0085':
		s.blank(true)
	case '‘', '’', 'ʼ', '′':
		s.apostrophe(n)
		return
	case '‐', '‑', '–', '—', '−':
		switch {
		case !s.joins(n):
			s.sign(v, s.known(v, n), n, 0)
			return
		case r == '—':
			s.fresh = true // parts words as a blank does
		default:
			s.pending |= Hyphen
		}
	case '•', '·', '▪', '◦', '‣', '●', '○', '■', '□', '★', '➢', '►', '✓', '✔', '…', '。', '§':
		s.sign(v, s.known(v, n), n, Break)
		return
	default:
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			s.word(v)
			return
		case unicode.IsSpace(r):
			s.blank(false)
		case invisible(r) || unicode.IsMark(r): // a mark on no letter belongs to a sign
		default:
			s.sign(v, s.known(v, n), n, 0)
			return
		}
	}
	s.at += n
}

// invisible reports whether a character is not there to a reader: soft hyphens
// and those of no width.
func invisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff'
}

// wordAt reports whether a word begins or goes on at i.
func wordAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if c := text[i]; c < 128 {
		return fold[c] != 0
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// goesOn reports whether the character beyond ASCII at i belongs to the word
// before it.
func goesOn(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || invisible(r)
}

// isWord reports whether b, read as a text, is one word.
func isWord(b []byte) bool {
	first, _ := utf8.DecodeRune(b)
	return !unicode.IsMark(first) && bytes.IndexFunc(b, func(r rune) bool {
		return r == 'ʼ' || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}) < 0
}

// foldWord appends the folded word that begins at i to dst: lower case, in
// compatibility form (ﬁ is fi, full-width Ａ is a), without what is invisible.
// It returns where the word ends.
func foldWord(dst []byte, text string, i int) ([]byte, int) {
	ascii, end := true, i
	for i < len(text) && (fold[text[i]] != 0 || text[i] >= 128 && goesOn(text, i)) {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		if invisible(r) {
			continue
		}
		ascii = ascii && r < 128
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		end = i
	}
	if !ascii && !norm.NFKC.IsNormal(dst) {
		if n := bytes.ToLower(norm.NFKC.Bytes(dst)); isWord(n) { // ŀ would become l and a sign, ŉ an apostrophe and n
			dst = append(dst[:0], n...)
		}
	}
	return dst, end
}
