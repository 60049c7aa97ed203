package phrase

import (
	"iter"
	"math/bits"
)

// A Vocabulary numbers the words and signs that patterns hold. It is immutable;
// any number of goroutines may use it.
//
// What is known of a word stands together in one record, and a word's number is
// the place of its record, so that a word of a text costs two looks at memory:
// one at slots, one at words.
type Vocabulary struct {
	slots table       // open addressing, a power of two long: a word's number, and 12 bits of its hash above it
	words string      // records, at four times the number: a byte of hints, one of opens, one of length, the letters
	pairs string      // by hash of two words: hints
	masks table       // by the byte of a word, in two numbers: the classes that it may begin a member of
	opens [256]uint64 // the same, decoded: it is looked at for every word behind a gap
	shift uint8       // from a hash of 32 bits to one of pairs
	signs [128]int32  // the numbers of the signs of ASCII
}

// Hints are a bit for each trie: of a word, that the trie must be walked from
// it, whatever follows; of two words, that a pattern may begin with them.

// Unknown is the number of every word that no pattern holds.
const Unknown int32 = 0

// A slot holds a word's number in its low bits.
const (
	wordBits = 20
	maxWords = 1 << wordBits
)

// appendWord appends a record and returns its number.
func appendWord(words []byte, word string) ([]byte, int32) {
	n := int32(len(words) / 4)
	words = append(words, 0, 0, byte(len(word)))
	words = append(words, word...)
	for len(words)%4 != 0 {
		words = append(words, 0)
	}
	return words, n
}

// maxWord bounds the bytes of a word of a pattern.
const maxWord = 255

// nothing is the vocabulary that knows no word.
var nothing = newVocabulary(make([]byte, 4))

// newVocabulary makes a Vocabulary of records. The first is Unknown's.
func newVocabulary(words []byte) Vocabulary {
	v := Vocabulary{words: string(words)}
	n := 0
	for range v.all() {
		n++
	}
	size := 16
	for size < n*3/2 {
		size *= 2
	}
	slots := make([]uint32, size)
	for id := range v.all() {
		h := hash(v.word(id))
		at := int(h>>32) & (size - 1)
		for slots[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		slots[at] = uint32(id) | uint32(h)<<wordBits
	}
	return openVocabulary(tableOf(slots), v.words, "\x00", tableOf(make([]uint32, 2)))
}

func openVocabulary(slots table, words, pairs string, masks table) Vocabulary {
	v := Vocabulary{slots: slots, words: words, pairs: pairs, masks: masks, shift: uint8(33 - bits.Len(uint(len(pairs))))}
	for i := range min(masks.len()/2, int32(len(v.opens))) {
		v.opens[i] = uint64(masks.at(2*i)) | uint64(masks.at(2*i+1))<<32
	}
	for c := range v.signs {
		if class[c] != letter && class[c] != digit && class[c] != space {
			s := string(rune(c))
			v.signs[c] = find(&v, hash(s), s)
		}
	}
	return v
}

// all yields the number of every word but Unknown.
func (v *Vocabulary) all() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for id := int32(1); 4*int(id) < len(v.words); id += (3 + int32(len(v.word(id))) + 3) / 4 {
			if !yield(id) {
				return
			}
		}
	}
}

func (v *Vocabulary) word(id int32) string {
	at := 4 * int(id)
	return v.words[at+3 : at+3+int(v.words[at+2])]
}

// opened returns the classes that a token may begin a member of: the mask is
// never too small.
func (v *Vocabulary) opened(t *Token) uint64 {
	return v.opens[t.opens] | uint64(t.Flags&Digits)/uint64(Digits)<<number
}

// pair is the place in pairs of two words that follow each other.
func (v *Vocabulary) pair(first, second int32) uint32 {
	return (uint32(first)*spread ^ uint32(second)*0x85ebca77) >> v.shift
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hash[T string | []byte](s T) uint64 {
	h := uint64(offset64)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime64
	}
	return h
}

// hashFold hashes letters and digits of ASCII as if they were small.
func hashFold(s string) uint64 {
	h := uint64(offset64)
	for i := range len(s) {
		h = (h ^ uint64(fold[s[i]])) * prime64
	}
	return h
}

// joint returns how many bytes of a word of ASCII are one that patterns hold,
// if another begins behind it with a capital; 0 if none.
func (v *Vocabulary) joint(word string) int {
	const least = 3 // letters of either
	for n := least; n+least <= len(word); n++ {
		if upper(word[n]) && !upper(word[n-1]) && !upper(word[n+1]) &&
			find(v, hashFold(word[:n]), word[:n]) != Unknown && v.begins(word[n:]) {
			return n
		}
	}
	return 0
}

// begins reports whether a word, or the part of it up to the next capital, is
// one that patterns hold.
func (v *Vocabulary) begins(word string) bool {
	n := 1
	for n < len(word) && !upper(word[n]) {
		n++
	}
	return find(v, hashFold(word[:n]), word[:n]) != Unknown
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }

// find finds a word by the hash of its folded letters, which are compared as
// well; as is the word with its capitals.
func find[T string | []byte](v *Vocabulary, h uint64, as T) int32 {
	mask := int32(len(v.slots)/4 - 1)
	tag := uint32(h) << wordBits
	for at := int32(h>>32) & mask; ; at = (at + 1) & mask {
		e := v.slots.at(at)
		if e == 0 {
			return Unknown
		}
		if e&^(maxWords-1) == tag && equalFold(v.word(int32(e&(maxWords-1))), as) {
			return int32(e & (maxWords - 1))
		}
	}
}

// equalFold reports whether as is the folded word but for capitals in ASCII.
func equalFold[T string | []byte](word string, as T) bool {
	if len(word) != len(as) {
		return false
	}
	for i := range len(as) {
		if c := as[i]; c != word[i] && (c >= 128 || lower[c] != word[i]) {
			return false
		}
	}
	return true
}
