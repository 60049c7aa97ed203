package report

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	gojson "github.com/goccy/go-json"

	"softgap/analyzer"
)

// jsonWriter writes an array, or lines if lines is set. Each Report is
// encoded whole before a byte of it is written, so that one that cannot be
// encoded leaves no half behind. Encoding is goccy's, three times as fast as
// encoding/json (3 and 10 microseconds for a Report of 8 KB); reading back,
// which nobody waits for, is the standard library's, so each checks the other.
type jsonWriter struct {
	w     io.Writer
	lines bool
	count int
	buf   bytes.Buffer
	enc   *gojson.Encoder
}

func newJSON(w io.Writer, o Options) Writer  { return newJSONWriter(w, o, false) }
func newJSONL(w io.Writer, o Options) Writer { return newJSONWriter(w, o, true) }

func newJSONWriter(w io.Writer, o Options, lines bool) *jsonWriter {
	j := &jsonWriter{w: w, lines: lines, count: o.After}
	j.enc = gojson.NewEncoder(&j.buf)
	j.enc.SetEscapeHTML(false)
	return j
}

func (j *jsonWriter) Write(r *analyzer.Report) error {
	j.buf.Reset()
	if !j.lines {
		j.buf.WriteByte(separator(j.count))
		j.buf.WriteByte('\n')
	}
	if err := j.enc.Encode(complete(r)); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	j.count++
	data := j.buf.Bytes()
	if !j.lines { // the encoder's line end comes with the next separator
		data = data[:len(data)-1]
	}
	_, err := j.w.Write(escapeControls(data))
	return err
}

func separator(count int) byte {
	if count == 0 {
		return '['
	}
	return ','
}

func (j *jsonWriter) Close() error {
	if j.lines {
		return nil
	}
	end := "\n]\n"
	if j.count == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// escapeControls escapes what JSON allows raw but a terminal may obey: DEL,
// the C1 controls (U+009B starts an escape sequence) and the marks that turn
// the direction of writing. They can only stand inside strings.
//
// Most of a Report is ASCII, where only DEL can be such, so bytes are looked at
// before runes, eight at a time: one more than DEL has the high bit, as all
// beyond ASCII have.
func escapeControls(data []byte) []byte {
	for at := 0; ; {
		for ; at+8 <= len(data); at += 8 {
			if x := binary.LittleEndian.Uint64(data[at:]); (x|(x+0x0101010101010101))&0x8080808080808080 != 0 {
				break
			}
		}
		for at < len(data) && data[at] < 0x7f {
			at++
		}
		if at == len(data) {
			return data
		}
		c, n := utf8.DecodeRune(data[at:])
		if escaped(c) {
			break
		}
		at += n
	}
	out := make([]byte, 0, len(data)+64)
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		if escaped(c) {
			out = fmt.Appendf(out, `\u%04x`, c)
		} else {
			out = append(out, data[:n]...)
		}
		data = data[n:]
	}
	return out
}

func escaped(c rune) bool {
	return c >= 0x7f && c != '“' && c != '”' && !visible(c) && c <= 0xffff && c != utf8.RuneError // of our own quotes there are many
}

// complete returns the Report with an empty list for every nil one, so that
// "matches": [] is never null. What r points at stays as it is.
func complete(r *analyzer.Report) *analyzer.Report {
	c := *r
	c.Facets = listed(c.Facets)
	for i, f := range c.Facets {
		if f.Dimensions == nil {
			c.Facets = clonedOnce(c.Facets, r.Facets)
			c.Facets[i].Dimensions = listed(f.Dimensions)
		}
	}
	c.Technical, c.Unscored, c.Warnings = listed(c.Technical), listed(c.Unscored), listed(c.Warnings)
	c.Statements = listed(c.Statements)
	for i, s := range c.Statements {
		if s.Matches == nil {
			c.Statements = clonedOnce(c.Statements, r.Statements)
			c.Statements[i].Matches = listed(s.Matches)
		}
	}
	c.Findings = slices.Clone(listed(c.Findings))
	for i, f := range c.Findings {
		fixes := slices.Clone(listed(f.Fixes))
		for k := range fixes {
			fixes[k].Edits = listed(fixes[k].Edits)
		}
		c.Findings[i].Fixes = fixes
	}
	return &c
}

func listed[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// clonedOnce returns a copy of s as long as s is still the original.
func clonedOnce[T any](s, original []T) []T {
	if len(s) > 0 && &s[0] == &original[0] {
		return slices.Clone(s)
	}
	return s
}

// Read reads what the json and jsonl faces write, and any run of Reports or
// arrays of Reports. The Reports are those written, with an empty list for
// every nil one.
func Read(r io.Reader) ([]analyzer.Report, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3) // the three bytes are in the buffer
	}
	dec := json.NewDecoder(in)
	reports := []analyzer.Report{}
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); errors.Is(err, io.EOF) {
			return reports, nil
		} else if err != nil {
			return nil, fmt.Errorf("read report %d: %w", len(reports)+1, err)
		}
		batch := []json.RawMessage{raw}
		if raw[0] == '[' {
			if err := json.Unmarshal(raw, &batch); err != nil {
				return nil, fmt.Errorf("read reports: %w", err)
			}
		}
		for _, raw := range batch {
			var rep analyzer.Report
			if err := json.Unmarshal(raw, &rep); err != nil {
				return nil, fmt.Errorf("read report %d: %w", len(reports)+1, err)
			}
			if rep.Schema != analyzer.Schema {
				return nil, fmt.Errorf("read report %d: its schema is %q, not %q", len(reports)+1, rep.Schema, analyzer.Schema)
			}
			reports = append(reports, *complete(&rep))
		}
	}
}
