package posting

import (
	byteorder "encoding/binary"
	"strings"
	"unicode/utf8"
)

// Most texts are clean, and that they are is asked of every field of every
// record. The signs of damage are therefore looked for by searches for one
// byte, which a processor does at some 20 GB/s, and what is beyond ASCII is
// stepped through from one such byte to the next. A loop over a table of bytes
// makes 0.7 GB/s, and was a quarter of the cost of reading a record.

// A sign is a set of what damage shows by.
type sign uint16

const (
	backslash sign = 1 << iota
	bracket
	ampersand
	lessThan
	bar
	lineEnd
	widthless // a character without width
	misread   // the first byte of a letter that a byte of UTF-8 may have been taken for, or what is left of such letters
)

// signBytes are the signs that are one byte of ASCII.
var signBytes = []struct {
	byte byte
	sign sign
}{{'\\', backslash}, {'[', bracket}, {'&', ampersand}, {'<', lessThan}, {'|', bar}, {'\n', lineEnd}}

func signsOf(s string) (found sign) {
	for _, b := range signBytes {
		if strings.IndexByte(s, b.byte) >= 0 {
			found |= b.sign
		}
	}
	for i := beyondASCII(s, 0); i < len(s); i = beyondASCII(s, i+1) {
		switch s[i] {
		case 0xC3:
			found |= misread
		case 0xC2, 0xE2, 0xEF:
			for _, c := range invisible {
				if strings.HasPrefix(s[i:], c) {
					found |= widthless
				}
			}
			if strings.HasPrefix(s[i:], maimedBullet) {
				found |= misread
			}
		}
	}
	return found
}

// beyondASCII returns where the first byte beyond ASCII is, from a place on, or
// the length of s.
func beyondASCII(s string, from int) int {
	b := []byte(s) // not copied, since it is only read
	i := from
	for ; i+8 <= len(b) && byteorder.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0; i += 8 {
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}
