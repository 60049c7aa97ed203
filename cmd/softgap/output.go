package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"softgap/analyzer"
	"softgap/analyzer/report"
)

// A target is where results go and in what form, as the user gave it.
type target struct {
	name string // a file, a folder, or "" for standard output
	form string // of the results, perhaps with ".gz" or ".zst"; "" to go by the name
	rows int    // of a part, in a folder
}

// endings are the forms that names of files tell.
var endings = map[string]string{
	".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".md": "markdown", ".markdown": "markdown",
	".txt": "table", ".html": "html", ".htm": "html", ".sarif": "sarif", ".xml": "junit",
}

// packers compress. Both make files that may be joined end to end, which is
// what lets a run go on behind what another wrote.
var packers = map[string]func(io.Writer) packer{
	".gz": func(w io.Writer) packer { return gzip.NewWriter(w) },
	".zst": func(w io.Writer) packer {
		z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)) // the options are right
		return z
	},
}

type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// A sink writes Reports to a stream, a file, or the parts of a folder.
//
// A file has another name until it is whole. What is on the disk of it ends
// with a whole record wherever mark was called last.
type sink struct {
	name   string // of the file or folder; "" for a stream
	ending string // of the parts of a folder; "" for a file
	rows   int    // of a part
	pack   func(io.Writer) packer
	form   func(w io.Writer, after int) (report.Writer, error)
	stream io.Writer // in place of a file

	resumable bool // a file of this form can be gone on with

	position
	file   *os.File
	buf    *bufio.Writer
	packer packer
	writer report.Writer
}

// A position is how far a sink has come.
type position struct {
	Part    int   `json:"part"`    // of a folder, from 1
	Reports int   `json:"reports"` // in this file
	Bytes   int64 `json:"bytes"`   // of this file, all of them whole records
}

const partial = ".partial"

// newSink settles the form of a target. The streams of the program stand for
// no name and for "-".
func (p *program) newSink(t target, new func(form string, w io.Writer, after int) (report.Writer, error)) (*sink, error) {
	s := &sink{name: t.name, rows: t.rows, position: position{Part: 1}}
	form := t.form
	if s.name == "-" {
		s.name = ""
	}
	info, err := os.Stat(s.name)
	folder := strings.HasSuffix(s.name, "/") || err == nil && info.IsDir()
	pack := filepath.Ext(form)
	if form = strings.TrimSuffix(form, pack); pack == "" && !folder {
		pack = strings.ToLower(filepath.Ext(s.name))
	}
	if s.pack = packers[pack]; s.pack == nil {
		pack = ""
	}
	if form == "" {
		form = endings[strings.ToLower(filepath.Ext(strings.TrimSuffix(s.name, pack)))]
	}
	switch {
	case form == "" && s.name == "":
		form = report.Formats()[0]
	case form == "":
		return nil, hint("name the form with -f, or end the name in .csv, .jsonl, .json or .parquet", "-o %s: the name does not tell the form", t.name)
	case form == "parquet" && s.pack != nil:
		return nil, hint("give a name that ends in .parquet", "%s: Parquet is compressed within", t.name)
	}
	if folder {
		s.ending = "." + form + pack
	}
	s.resumable = slices.Contains([]string{"csv", "json", "jsonl"}, form)
	s.form = func(w io.Writer, after int) (report.Writer, error) { return new(form, w, after) }
	switch {
	case s.name == "":
		s.stream = p.stdout
	case err == nil && !folder && !info.Mode().IsRegular(): // /dev/null, a pipe: nothing to be renamed
		f, err := os.OpenFile(s.name, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		s.stream, s.file, s.name = f, f, ""
	}
	if _, err := s.form(io.Discard, 0); err != nil {
		return nil, hint("softgap score --help lists the forms", "%v", err)
	}
	return s, nil
}

// path is the name of the file at work once it is whole.
func (s *sink) path() string {
	if s.ending == "" {
		return s.name
	}
	return filepath.Join(s.name, fmt.Sprintf("part-%05d%s", s.Part, s.ending))
}

// begin opens the file at work and goes on from the position.
func (s *sink) begin() (err error) {
	w := s.stream
	if s.stream == nil {
		if s.ending != "" {
			if err := os.MkdirAll(s.name, 0o777); err != nil {
				return err
			}
		}
		if s.file, err = os.OpenFile(s.path()+partial, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
			return hint("give a folder that is there and may be written to", "%w", err)
		}
		if size, err := s.file.Seek(0, io.SeekEnd); err != nil || size < s.Bytes {
			return errors.Join(err, fmt.Errorf("%s is shorter than it was: start again without --resume", s.path()+partial))
		}
		if err = s.file.Truncate(s.Bytes); err != nil {
			return err
		}
		if _, err = s.file.Seek(s.Bytes, io.SeekStart); err != nil {
			return err
		}
		w = s.file
	}
	s.buf = bufio.NewWriterSize(w, 1<<18)
	w = s.buf
	if s.pack != nil {
		s.packer = s.pack(w)
		w = s.packer
	}
	s.writer, err = s.form(w, s.Reports)
	return err
}

// write writes a Report. What goes out at once ends with a whole record.
func (s *sink) write(r *analyzer.Report) error {
	s.Reports++
	if err := s.writer.Write(r); err != nil || s.buf.Buffered() < 1<<16 {
		return err
	}
	return s.buf.Flush()
}

// full reports whether the part at work is to be ended.
func (s *sink) full() bool { return s.ending != "" && s.Reports >= s.rows }

// mark brings all that was written to the file and notes how far it goes. A
// compressed file gets the end of a member here, so that marks must depend on
// nothing but the records.
func (s *sink) mark() (err error) {
	if s.packer != nil {
		if err = s.packer.Close(); err != nil {
			return err
		}
		s.packer.Reset(s.buf)
	}
	if err = s.buf.Flush(); err == nil && s.stream == nil {
		s.Bytes, err = s.file.Seek(0, io.SeekCurrent)
	}
	return err
}

// end makes the file at work whole. It still has its other name.
func (s *sink) end() error {
	if err := s.writer.Close(); err != nil {
		return err
	}
	if s.packer != nil {
		if err := s.packer.Close(); err != nil {
			return err
		}
	}
	if err := s.buf.Flush(); err != nil || s.file == nil {
		return err
	}
	if s.stream == nil {
		if err := s.file.Sync(); err != nil {
			return err
		}
	}
	return s.file.Close()
}

// rename gives the file at work the name that was asked for.
func (s *sink) rename() error {
	if s.stream != nil {
		return nil
	}
	return os.Rename(s.path()+partial, s.path())
}

// next begins the next part.
func (s *sink) next() error {
	if err := s.end(); err != nil {
		return err
	}
	if err := s.rename(); err != nil {
		return err
	}
	s.position = position{Part: s.Part + 1}
	return s.begin()
}

// leftovers are files that another run left.
func (s *sink) leftovers() (whole, unfinished []string) {
	if s.stream != nil {
		return nil, nil
	}
	names := []string{s.path(), s.path() + partial}
	if s.ending != "" {
		names, _ = filepath.Glob(filepath.Join(s.name, "part-*"))
	}
	for _, n := range names {
		if _, err := os.Stat(n); err != nil {
			continue
		}
		if strings.HasSuffix(n, partial) {
			unfinished = append(unfinished, n)
		} else {
			whole = append(whole, n)
		}
	}
	slices.Sort(whole)
	return whole, unfinished
}
