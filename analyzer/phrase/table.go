package phrase

import (
	"encoding/binary"
	"strings"
)

// A table is an array of 32-bit numbers, little-endian, read in place.
//
// The compiled lexicons are tables from end to end, so that the program can
// use those it ships where the linker put them: nothing is decoded at start,
// nothing copied, nothing for the collector to look at, and only the pages
// that a posting needs are read. The compiler makes one load of at, so it
// costs what indexing a slice costs.
type table string

func (t table) at(i int32) uint32 {
	s := t[4*int(i) : 4*int(i)+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// pair returns two numbers that follow each other, the first in the low bits.
func (t table) pair(i int32) uint64 {
	s := t[4*int(i) : 4*int(i)+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func (t table) len() int32 { return int32(len(t) / 4) }

func tableOf[N int32 | uint32](xs []N) table {
	var b strings.Builder
	b.Grow(4 * len(xs))
	var buf [1 << 10]byte
	for len(xs) > 0 {
		part := xs[:min(len(xs), len(buf)/4)]
		for i, x := range part {
			binary.LittleEndian.PutUint32(buf[4*i:], uint32(x))
		}
		b.Write(buf[:4*len(part)])
		xs = xs[len(part):]
	}
	return table(b.String())
}

// A writer joins the tables of a Dict into one string, a reader parts it.
type writer struct{ out []byte }

func (w *writer) section(s string) {
	w.out = binary.LittleEndian.AppendUint32(w.out, uint32(len(s)))
	w.out = append(w.out, s...)
}

type reader struct {
	rest string
	bad  bool
}

func (r *reader) section() string {
	if len(r.rest) < 4 {
		r.bad = true
		return ""
	}
	n := int(table(r.rest[:4]).at(0))
	if n > len(r.rest)-4 {
		r.bad = true
		return ""
	}
	s := r.rest[4 : 4+n]
	r.rest = r.rest[4+n:]
	return s
}
