package duplicate

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// read folds a text into words and returns its sketch, a hash of all of it,
// and how many words it has. Words are hashed and never made.
func read(text string) (s sketch, exact uint64, words int) {
	var least [bins]uint64
	for i := range least {
		least[i] = empty
	}
	var before, last uint64                                   // the two words before
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	for i := 0; i < len(text); {
		h := uint64(offset)
		for i < len(text) {
			if c := text[i]; folded[c] != 0 {
				h = (h ^ uint64(folded[c])) * prime
				i++
			} else if c < utf8.RuneSelf {
				break
			} else if c, n := utf8.DecodeRuneInString(text[i:]); unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) {
				h = (h ^ uint64(unicode.ToLower(c))) * prime
				i += n
			} else {
				i += n - 1 // the last byte is left, as that of a sign of ASCII is
				break
			}
		}
		i++
		if h == offset {
			continue
		}
		words++
		h = mix(h)
		exact = mix(exact + h)
		if words > 2 {
			enter(&least, mix(bits.RotateLeft64(before, 21)^bits.RotateLeft64(last, 42)^h))
		}
		before, last = last, h
	}
	if words > 0 && words < 3 {
		enter(&least, exact)
	}
	if words > 0 {
		s = pack(&least)
	}
	return s, exact, words
}

// empty is a bin without a shingle.
const empty = ^uint64(0)

// enter puts a shingle into its bin, which keeps the least.
func enter(least *[bins]uint64, shingle uint64) {
	bin, rest := shingle>>57, shingle<<7>>7
	least[bin] = min(least[bin], rest)
}

// pack keeps 8 bits of each bin. An empty one is filled from another, the same
// for every text that has it; its number goes in, so that a short text does
// not stand in all bins as one byte.
func pack(least *[bins]uint64) (s sketch) {
	for i := range bins {
		from := i
		for try := uint64(1); least[from] == empty; try++ {
			from = int(mix(uint64(i)<<32|try) >> 57)
		}
		s[i/8] |= mix(least[from]+uint64(i)<<57) >> 56 << (i % 8 * 8)
	}
	return s
}

// mix spreads the bits of a number (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// folded are the ASCII letters and digits in lower case, and 0 for all else.
var folded = func() (t [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z':
			t[c] = c
		case 'A' <= c && c <= 'Z':
			t[c] = c | 0x20
		}
	}
	return t
}()
