package posting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Mojibake is UTF-8 whose bytes were taken for letters of windows-1252 or
// Latin-1: é becomes Ã©, the bullet â€¢. Sequence by sequence the letters are
// turned back to bytes; where these are one well-formed sequence that no
// language writes as letters, they are put in its place. Text broken several
// times is mended in as many rounds.

// byteOf returns the byte that a rune beyond ASCII stands for in windows-1252,
// or in Latin-1 where that has none.
func byteOf(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return 0, false
	}
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return b, true
	}
	return byte(r), r <= 0xFF
}

// What some exports leave of a bullet or a quote: they drop letters with a
// circumflex. A bullet broken twice is then Ã¢‚¬¢, and one broken once €¢.
const maimedBullet = "€¢"

// mojibakeRounds is how often one text may be broken: thrice has been seen.
const mojibakeRounds = 4

// demojibaked mends a text, or leaves it as it is where that comes to no end
// or leaves more damage than it found.
func demojibaked(s string) string {
	t := s
	for range mojibakeRounds {
		u := mojibakeRound(strings.ReplaceAll(t, "Ã¢‚¬", "â€"))
		if u == t {
			return strings.ReplaceAll(strings.ReplaceAll(t, "â"+maimedBullet, "•"), maimedBullet, "•")
		}
		t = u
	}
	return s
}

func mojibakeRound(s string) string {
	var b strings.Builder
	kept := 0
	for i := 0; i < len(s); {
		n := strings.IndexByte(s[i:], 0xC3)
		if n < 0 {
			break
		}
		i += n
		r, size := sequence(s, i)
		if size == 0 {
			i += 2
			continue
		}
		b.WriteString(s[kept:i])
		b.WriteRune(r)
		i += size
		kept = i
	}
	if kept == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// sequence returns the rune whose UTF-8 the letters at s[i:] spell and how many
// bytes these letters take, or 0 if they spell none beyond doubt.
func sequence(s string, i int) (r rune, size int) {
	lead, n := utf8.DecodeRuneInString(s[i:])
	var want int
	switch {
	case lead == 'Â' || lead == 'Ã' || lead == 'Ä' || lead == 'Å':
		want = 2
	case lead >= 'à' && lead <= 'ï':
		want = 3
	case lead >= 'ð' && lead <= 'ô':
		want = 4
	default:
		return 0, 0
	}
	bytes := [utf8.UTFMax]byte{byte(lead)}
	size = n
	var last rune
	for k := 1; k < want; k++ {
		last, n = utf8.DecodeRuneInString(s[i+size:])
		c, ok := byteOf(last)
		if !ok || c < 0x80 || c > 0xBF {
			return 0, 0
		}
		bytes[k] = c
		size += n
	}
	r, n = utf8.DecodeRune(bytes[:want])
	if n != want || r == utf8.RuneError || want == 2 && doubtful(lead, last, s[i+size:]) {
		return 0, 0
	}
	return r, size
}

// doubtful reports whether two letters may be meant as they stand: a capital
// before a closing sign, as in «MAÇÃ» or “IRMÃ”, unless a letter follows.
func doubtful(lead, last rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return lead != 'Â' && strings.ContainsRune("»”’…–—™®", last) && !unicode.IsLetter(next)
}
