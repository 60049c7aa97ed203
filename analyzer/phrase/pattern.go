package phrase

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A step is one element of a pattern.
type step struct {
	kind kind
	glue bool     // nothing may stand between it and the token before
	gap  uint8    // words that a gap may skip
	text string   // the word or sign, the stem, or the class
	ways [][]step // of a choice
}

type kind uint8

const (
	word kind = iota
	stem
	choice
	classOf
	gap
	start // the statement begins here
	end   // the statement ends here
)

const (
	maxGap   = 12 // words
	maxDepth = 16 // of brackets
	maxSteps = 64 // in a row; the walk gives up on the far end of many more
)

// A parser reads patterns; lexicons/README.md gives the grammar.
type parser struct {
	rest  string
	stack []step // of the ways that are not at their end
	steps arena[step]
}

// parse returns the steps of a pattern. They hold until the next call.
func (p *parser) parse(pattern string) ([]step, error) {
	p.rest, p.stack = pattern, p.stack[:0]
	p.steps.reset()
	ways, err := p.ways(0)
	if err != nil {
		return nil, err
	}
	return ways[0], nil
}

// ways reads alternatives up to the closing bracket, or one sequence up to the
// end at depth 0.
func (p *parser) ways(depth int) ([][]step, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("brackets stand more than %d deep", maxDepth)
	}
	var all [][]step
	from := len(p.stack)
	for {
		for p.rest != "" && (p.rest[0] == ' ' || p.rest[0] == '\t') {
			p.rest = p.rest[1:]
		}
		if p.rest == "" {
			if depth > 0 {
				return nil, errors.New("a ( is not closed")
			}
			return [][]step{p.way(from)}, nil
		}
		switch p.rest[0] {
		case '(':
			p.rest = p.rest[1:]
			inner, err := p.ways(depth + 1)
			if err != nil {
				return nil, err
			}
			p.stack = append(p.stack, step{kind: choice, ways: inner})
		case ')':
			if depth == 0 {
				return nil, errors.New("a ) without its (")
			}
			p.rest = p.rest[1:]
			return append(all, p.way(from)), nil
		case '|':
			if depth == 0 {
				return nil, errors.New("alternatives stand in ( )")
			}
			p.rest = p.rest[1:]
			all = append(all, p.way(from))
		default:
			n := 1
			for n < len(p.rest) && !delimits(p.rest[n]) {
				n++
			}
			var err error
			if p.stack, err = atom(p.stack, p.rest[:n]); err != nil {
				return nil, err
			}
			p.rest = p.rest[n:]
		}
		if len(p.stack)-from > maxSteps {
			return nil, fmt.Errorf("more than %d words in a row", maxSteps)
		}
	}
}

func delimits(c byte) bool {
	switch c {
	case ' ', '\t', '(', ')', '|':
		return true
	}
	return false
}

// way takes the steps of a way off the stack.
func (p *parser) way(from int) []step {
	way := p.steps.keep(p.stack[from:])
	p.stack = p.stack[:from]
	return way
}

// atom appends the steps of what stands between two blanks of a pattern.
func atom(dst []step, s string) ([]step, error) {
	from := len(dst)
	switch {
	case s == "^":
		return append(dst, step{kind: start}), nil
	case s == "$":
		return append(dst, step{kind: end}), nil
	case strings.HasPrefix(s, "..") && strings.Trim(s, ".0123456789") == "":
		n := 3
		if len(s) > 2 {
			var err error
			if n, err = strconv.Atoi(s[2:]); err != nil || n < 1 || n > maxGap {
				return nil, fmt.Errorf("gap %q: .. or ..1 to ..%d", s, maxGap)
			}
		}
		return append(dst, step{kind: gap, gap: uint8(n)}), nil
	case s[0] == '{':
		name, rest, ok := strings.Cut(s[1:], "}")
		if !ok || name == "" || strings.Trim(rest, ",+/") != "" {
			return nil, fmt.Errorf("class %q: write {name}, set off by blanks", s)
		}
		return plain(append(dst, step{kind: classOf, text: name}), rest), nil
	case s[0] == '~':
		dst = plain(dst, s[1:])
		// Of a joined stem (~multi-task, ~trouble-shoot) the last word inflects.
		last := len(dst) - 1
		for last >= from && !wordAt(dst[last].text, 0) {
			last--
		}
		if last < from || !wordAt(dst[from].text, 0) {
			return nil, fmt.Errorf("%q: a stem is a word", s)
		}
		dst[last].kind = stem
		return dst, nil
	}
	dst = plain(dst, s)
	if len(dst) == from {
		return nil, fmt.Errorf("%q holds neither word nor sign", s)
	}
	return dst, nil
}

// plain appends the steps of words and signs, parted as those of a text are.
func plain(dst []step, s string) []step {
	if simple(s) {
		if s != "" {
			dst = append(dst, step{text: s})
		}
		return dst
	}
	var buf [8]Token
	from := len(dst)
	for _, t := range nothing.Tokens(buf[:0], s) {
		e := step{text: s[t.Start:t.End]}
		if t.Flags&Sign == 0 {
			folded, _ := foldWord(nil, e.text, 0)
			e.text = string(folded)
		}
		if len(dst) > from && t.Flags&Glued != 0 {
			// A slash and an ampersand may stand with blanks: TCP / IP, R & D.
			before := dst[len(dst)-1].text
			e.glue = e.text != "/" && e.text != "&" && before != "/" && before != "&"
		}
		dst = append(dst, e)
	}
	return dst
}

// simple reports whether s is one word of small letters and digits.
func simple(s string) bool {
	for i := range len(s) {
		if fold[s[i]] != s[i] || s[i] == 0 {
			return false
		}
	}
	return true
}

// An arena keeps many short slices in few long ones.
type arena[T any] struct{ chunk, free []T }

func (a *arena[T]) keep(s []T) []T {
	if len(s) > len(a.free) {
		a.chunk = make([]T, max(1<<12, len(s)))
		a.free = a.chunk
	}
	kept := a.free[:len(s):len(s)]
	copy(kept, s)
	a.free = a.free[len(s):]
	return kept
}

// reset lets the room of all that was kept be used again.
func (a *arena[T]) reset() { a.free = a.chunk }
