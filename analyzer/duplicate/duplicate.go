// Package duplicate tells texts that a stream has held before, word for word
// or nearly. Its memory is bounded: it looks back over a window, not over all.
//
// Two texts are near when of all the runs of three words that either holds,
// 90 % stand in both (Jaccard similarity of shingles; Broder 1997). Words are
// folded: only letters and digits count, and not their case.
// The share is estimated from a sketch of 128 bytes a text: one-permutation
// MinHash of 128 bins (Li, Owen & Zhang 2012) of which 8 bits are kept (Li &
// König 2010), empty bins filled from others (Shrivastava 2017). The estimate
// has a standard error of 0.027 at a share of 0.9, so that shares of 0.85 to
// 0.95 may fall on either side; texts equal after folding are always told, as
// long as the window holds the first of them.
//
// Rejected: SimHash, whose 64 bits tell 99 % from 95 % at best, and a store on
// disk, which would look back over everything: exports repeat a posting soon.
package duplicate

const (
	// Window is how many different texts are remembered: a text is held against
	// that many before it.
	Window = 1 << 15

	nWords = 16 // of a sketch, of 8 bins each
	bins   = 8 * nWords

	// nearly is how many of the 128 bins must agree for a share of 0.9: equal
	// ones, and one in 256 of the others by chance.
	nearly = 115
)

// A sketch is the 128 bins of a text, eight a word.
type sketch [nWords]uint64

// A Finder holds texts against those before. The zero value is ready to use;
// it is for one goroutine. It takes up to 12 MB, and names.
type Finder struct {
	// Of the last Window different texts, by their number modulo Window.
	sketches []sketch
	exact    []uint64 // hash of the folded text
	names    []string

	n     uint32            // different texts so far; they are numbered from 1
	table []uint32          // by hash of a word of a sketch: the last text that has it
	seen  map[uint64]uint32 // by exact: the text
}

// Of returns the name of the first text of the window that this one repeats,
// or "" if it is new; then it is remembered by the name given. A text without
// words is new and not remembered.
func (f *Finder) Of(text, name string) string {
	s, exact, words := read(text)
	if words == 0 {
		return ""
	}
	if t := f.find(&s, exact); t > 0 {
		return f.names[place(t)]
	}
	f.enter(&s, exact, name)
	return ""
}

func place(t uint32) uint32 { return (t - 1) % Window }

// find returns the number of the first text that is equal to one of that
// sketch and hash, or near it, else 0.
func (f *Finder) find(s *sketch, exact uint64) uint32 {
	if t := f.seen[exact]; t > 0 {
		return t
	}
	var best uint32
	for i := range s {
		t := f.slot(s, i)
		if t == nil || *t == 0 || *t+Window <= f.n { // never, or out of the window
			continue
		}
		if (best == 0 || *t < best) && agree(s, &f.sketches[place(*t)]) >= nearly {
			best = *t
		}
	}
	return best
}

// enter remembers a text in the place of the one that leaves the window.
func (f *Finder) enter(s *sketch, exact uint64, name string) {
	if f.seen == nil {
		f.seen = map[uint64]uint32{}
	}
	f.n++
	if at := place(f.n); f.n <= Window {
		f.sketches, f.exact, f.names = append(f.sketches, *s), append(f.exact, exact), append(f.names, name)
	} else {
		delete(f.seen, f.exact[at])
		f.sketches[at], f.exact[at], f.names[at] = *s, exact, name
	}
	f.seen[exact] = f.n
	if need := 2 * nWords * len(f.sketches); need > len(f.table) { // a slot in two is free
		f.table = make([]uint32, max(1<<12, 2*len(f.table)))
		for t := range f.n {
			f.index(t + 1)
		}
		return
	}
	f.index(f.n)
}

func (f *Finder) index(t uint32) {
	s := &f.sketches[place(t)]
	for i := range s {
		*f.slot(s, i) = t
	}
}

// slot is the place of a sketch's i-th word in the table, which a later text
// takes over: of sixteen words most are left.
func (f *Finder) slot(s *sketch, i int) *uint32 {
	if len(f.table) == 0 {
		return nil
	}
	return &f.table[mix(s[i]+uint64(i))&uint64(len(f.table)-1)]
}

// agree counts the bins that two sketches have in common.
func agree(a, b *sketch) (n int) {
	for i := range a {
		x := a[i] ^ b[i]
		for range 8 {
			if x&0xff == 0 {
				n++
			}
			x >>= 8
		}
	}
	return n
}
