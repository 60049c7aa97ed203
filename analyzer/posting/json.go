package posting

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/valyala/fastjson"
)

// isJSON accepts what begins with a value of JSON as no prose does. Markdown
// and notes may begin with a bracket too: "[Remote] Clerk", "[text](address)".
func isJSON(in *input) bool {
	start := strings.TrimLeft(in.start, "\x1E"+blanksOfJSON) // the first is a record separator (RFC 7464)
	switch {
	case in.named(".json", ".jsonl", ".ndjson", "application/json", "application/jsonl", "application/x-ndjson", "application/ld+json"):
		return !strings.HasPrefix(start, "<") // an error page, mostly
	case start == "" || start[0] != '{' && start[0] != '[':
		return false
	}
	next := strings.TrimLeft(start[1:min(len(start), 1024)], blanksOfJSON)
	switch {
	case next == "":
		return false
	case start[0] == '{':
		return next[0] == '"' || next[0] == '}'
	case next[0] == '{':
		return true
	}
	n, _, err := measure([]byte(start))
	if err != nil {
		return err != errSyntax && next[0] != '#' && !isLetter(next[0])
	}
	after := strings.TrimLeft(start[n:], " \t\r\n")
	return after == "" || after[0] == '{' || after[0] == '['
}

// blanksOfJSON are its own, and that of what is copied from a page.
const blanksOfJSON = " \t\r\n\u00A0"

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// jsonReader reads a document in JSON: one value, or many on lines of their
// own, over several lines or one after the other. A value that can be held is
// parsed, and the postings in it are found wherever they are. One that is too
// large, or broken, is opened: what is in it is read one by one.
type jsonReader struct {
	in     *input
	split  *splitter
	parser fastjson.Parser
	lines  bool // one value a line
	open   []*scope
	found  *finder
	noRow  int // a line that is not one value
	wasted int // bytes measured in vain
}

// mostWasted bounds what is measured in vain; a document so broken is read a
// line at a time from there on.
const mostWasted = 16 << 20

func readJSON(in *input, yield func(Posting) bool) {
	j := &jsonReader{in: in, found: newFinder(in, yield)}
	first, rest := nextLine(in.start)
	first = strings.TrimRight(first, " \t,")
	n, _, err := measure([]byte(first))
	j.lines = in.named(".jsonl", ".ndjson", "application/jsonl", "application/x-ndjson") ||
		err == nil && n == len(first) && strings.HasPrefix(strings.TrimLeft(rest, "\r\n"), "{")
	j.split = newSplitter(in.utf8())
	for !j.found.stopped {
		c, ok := j.split.next()
		if !ok {
			break
		}
		j.read(c)
	}
	if j.split.err != nil {
		j.found.add(brokenOff(j.split.err))
	}
	j.found.end()
}

// read takes what comes next, which begins with c.
func (j *jsonReader) read(c byte) {
	var top *scope
	if len(j.open) > 0 {
		top = j.open[len(j.open)-1]
	}
	switch {
	case c == '{' || c == '[':
		j.value(c, top)
	case c == '}' || c == ']':
		if j.split.take(1); top != nil && top.bracket == c-2 {
			j.open = j.open[:len(j.open)-1]
		}
	case c == ':' && top != nil:
		j.split.take(1)
	case top != nil:
		j.scalar(c, top)
	default:
		j.skip(errNoJSON)
	}
}

// value reads an object or an array.
func (j *jsonReader) value(c byte, top *scope) {
	s := j.split
	if c == '{' && s.line != j.noRow {
		row := bytes.TrimRight(s.row(), " \t\r,")
		if n := len(row); n > 0 && row[n-1] == '}' {
			if v, err := j.parser.ParseBytes(row); err == nil {
				j.found.document(v, top, s.line)
				s.take(n)
				return
			}
		}
		j.noRow = s.line
	}
	if j.wasted > mostWasted {
		j.skip(errSyntax)
		return
	}
	n, inList, err := s.value()
	if err == nil {
		line := s.line
		if v, err := j.parse(s.take(n)); err == nil {
			j.found.document(v, top, line)
		} else {
			j.found.unreadable(line, s.line, errSyntax)
		}
		return
	}
	if s.err != nil { // the stream's own error is told
		s.take(len(s.buf) - s.pos)
		return
	}
	if j.opens(c, inList, err) {
		j.open = append(j.open, &scope{bracket: c, around: top, fields: map[string]string{}})
		s.take(1)
		return
	}
	j.wasted += n
	j.skip(err)
}

// opens reports whether a value that cannot be held is read piece by piece.
func (j *jsonReader) opens(c byte, inList bool, err error) bool {
	switch {
	case err == errDeep || len(j.open) > deepestJSON:
		return false
	case c == '[':
		rest := bytes.TrimLeft(j.split.buf[j.split.pos+1:], " \t\r\n")
		return err == errLarge || len(rest) > 0 && (rest[0] == '{' || rest[0] == '[')
	}
	return !j.lines && (err == errLarge || inList)
}

// parse parses a value, mended if it must be.
func (j *jsonReader) parse(b []byte) (*fastjson.Value, error) {
	v, err := j.parser.ParseBytes(b)
	if err != nil {
		return j.parser.Parse(mend(string(b)))
	}
	return v, nil
}

// scalar reads a key, or a value that is neither object nor array, of an
// opened object.
func (j *jsonReader) scalar(c byte, top *scope) {
	n, _, err := j.split.value()
	if err != nil {
		j.skip(err)
		return
	}
	b := j.split.take(n)
	if c != '"' || top.bracket != '{' {
		return
	}
	v, err := j.parser.ParseBytes(b)
	if err != nil {
		return
	}
	word := text(v)
	if next, _ := j.split.next(); next == ':' {
		top.key = word
	} else if len(word) < 1024 && len(top.fields) < 256 {
		top.fields[top.key] = word
	}
}

// skip gives a record up, and goes on where the next one begins.
func (j *jsonReader) skip(reason error) {
	s := j.split
	from, column := s.line, s.column
	shown := false
	for first := true; ; first = false {
		b := s.buf[s.pos:]
		n := 0
		if first {
			n = 1
		}
		at := nextRecord(b, n, column)
		if at < 0 {
			at = len(b)
		}
		shown = shown || letterCount(string(b[:min(at, 4096)])) > 0
		s.take(at)
		if s.pos < len(s.buf) || !s.fill() {
			break
		}
	}
	if shown || reason != errSyntax {
		j.found.unreadable(from, s.line, reason)
	}
}

// nextRecord finds where a record begins: a line with a bracket at its start
// or at the column of the one given up, or a bracket behind a closed one.
func nextRecord(b []byte, from, column int) int {
	for i := from; i < len(b); i++ {
		n := bytes.IndexAny(b[i:], "{[")
		if n < 0 {
			return -1
		}
		i += n
		before := bytes.TrimRight(b[:i], " \t")
		indent := i - len(before)
		switch {
		case len(before) == 0:
		case before[len(before)-1] == '\n':
			if indent == 0 || indent == column || column < 0 {
				return i
			}
		case b[i] == '{':
			before = bytes.TrimRight(before, " \t\r\n,")
			if len(before) > 0 && before[len(before)-1] == '}' && bytes.IndexByte(b[len(before):i], '\n') < 0 {
				return i
			}
		}
	}
	return -1
}

// where says in which lines of a document something is.
func where(from, to int) string {
	if to > from+1 {
		return fmt.Sprintf("the record in lines %d to %d", from, to-1)
	}
	return fmt.Sprintf("the record in line %d", from)
}

// remedies of records that cannot be read.
var remedies = map[error]string{
	errEnds:   "give the whole document, exported anew",
	errLarge:  fmt.Sprintf("give it in records of at most %d MB", mostRecord>>20),
	errDeep:   fmt.Sprintf("give it with at most %d brackets within one another", deepestJSON),
	errSyntax: "give it corrected, or exported anew",
	errNoJSON: "give the document without it",
}
