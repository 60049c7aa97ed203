package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"softgap/analyzer/fetch"
	"softgap/analyzer/posting"
)

// documents yields every document of the sources, in order: files, folders,
// globs, URLs and "-". What cannot be read is an error in the stream, and the
// stream goes on.
func (p *program) documents(ctx context.Context, sources []string) iter.Seq2[posting.Document, error] {
	return func(yield func(posting.Document, error) bool) {
		for _, source := range sources {
			for d, err := range p.source(ctx, source) {
				stop := ctx.Err() != nil
				if stop && err == nil {
					err = errors.New("interrupted before " + d.Source)
				}
				if !yield(d, err) || stop {
					return
				}
			}
		}
	}
}

// source yields the documents of one source.
func (p *program) source(ctx context.Context, source string) iter.Seq2[posting.Document, error] {
	return func(yield func(posting.Document, error) bool) {
		switch {
		case source == "-":
			in := bufio.NewReader(interruptible(ctx, p.stdin))
			if _, err := in.Peek(1); errors.Is(err, io.EOF) {
				yield(posting.Document{Source: "-"}, hint("pipe a posting in: softgap score - < posting.txt", "standard input is empty"))
				return
			}
			yield(posting.Document{Source: "-", Body: in}, nil)
		case onWeb(source):
			client, err := p.fetcher()
			if err != nil {
				yield(posting.Document{Source: source}, err)
				return
			}
			defer p.passing("")
			for d, err := range client.Documents(ctx, source) {
				p.passing("")
				if !yield(d, err) {
					return
				}
			}
		default:
			names, err := p.files(source)
			for _, name := range names {
				if !open(name, yield) {
					return
				}
			}
			if err != nil {
				yield(posting.Document{Source: source}, err)
			}
		}
	}
}

// onWeb reports whether a source is an address, or the board of a careers
// system, and not a file that has such a name.
func onWeb(source string) bool {
	if strings.Contains(source, "://") {
		return true
	}
	if _, err := os.Stat(source); err == nil {
		return false
	}
	_, board := fetch.Board(source)
	return board
}

// open yields the document of a file, and closes it after.
func open(name string, yield func(posting.Document, error) bool) bool {
	d := posting.Document{Source: name}
	f, err := os.Open(name)
	if err != nil {
		return yield(d, err)
	}
	defer f.Close()
	d.Body = f
	return yield(d, nil)
}

// extensions are the names of files that a folder is searched for. A file
// named by the user is read whatever its name.
var extensions = []string{
	".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf", ".eml", ".mbox",
	".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xml", ".rss", ".atom",
	".gz", ".tgz", ".zst", ".bz2", ".zip", ".tar", ".warc",
}

// files returns the files of a source: itself, those of a folder and the
// folders in it, or those of a glob. There may be both files and an error.
func (p *program) files(source string) ([]string, error) {
	info, err := os.Stat(source)
	switch {
	case err == nil && !info.IsDir():
		return []string{source}, nil
	case err == nil:
		return p.folder(source)
	case strings.ContainsAny(source, "*?["):
		names, gerr := filepath.Glob(source)
		if gerr != nil {
			return nil, fmt.Errorf("%s: %w", source, gerr)
		}
		names = slices.DeleteFunc(names, func(n string) bool {
			info, err := os.Stat(n)
			hidden := strings.HasPrefix(filepath.Base(n), ".") && !strings.HasPrefix(filepath.Base(source), ".")
			return err != nil || info.IsDir() || hidden
		})
		if len(names) == 0 {
			return nil, hint("check the pattern; quote it so that the shell leaves it alone", "%s: no file matches", source)
		}
		return names, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, hint(nearName(source), "%s: no such file or folder", source)
	}
	return nil, err
}

// folder returns the files of a folder and the folders in it that are named as
// postings are. What it leaves out is told.
func (p *program) folder(root string) ([]string, error) {
	var names []string
	var unread error
	others := map[string]bool{} // extensions
	left := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(name))
		switch {
		case err != nil && name == root:
			return err
		case err != nil:
			unread = errors.Join(unread, err)
			return fs.SkipDir
		case name != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
		case slices.Contains(extensions, ext):
			names = append(names, name)
		default:
			others[ext] = true
			left++
		}
		return nil
	})
	if err == nil {
		err = unread
	}
	switch kinds := strings.Join(slices.Sorted(maps.Keys(others)), " "); {
	case err == nil && len(names) == 0:
		return nil, hint("in a folder, files named "+strings.Join(extensions, " ")+" are read; name any other file itself",
			"%s: no posting in this folder (%s)", root, count(left, "other file"))
	case left > 0 && len(names) > 0:
		p.say("warning", "%s: %s left out (%s)", root, count(left, "other file"), strings.TrimSpace(kinds))
	}
	return names, err
}

// nearName suggests what a mistyped path may have meant.
func nearName(source string) string {
	dir, base := filepath.Split(filepath.Clean(source))
	dir = filepath.Clean(dir)
	entries, err := os.ReadDir(dir)
	host, _, path := strings.Cut(filepath.ToSlash(source), "/")
	switch {
	case strings.HasPrefix(source, "www."), err != nil && path && strings.Contains(strings.Trim(host, "."), "."):
		return "for a web page give its whole address: https://" + source
	case err != nil:
		return "the folder " + dir + " cannot be read or does not exist either"
	}
	near, best := "", 1+min(2, len(base)/3)
	for _, e := range entries[:min(len(entries), 1000)] {
		stem := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
		if d := min(distance(base, e.Name()), 1+distance(strings.TrimSuffix(base, filepath.Ext(base)), stem)); d < best {
			near, best = e.Name(), d
		}
	}
	if near != "" {
		return "did you mean " + filepath.Join(dir, near) + "?"
	}
	return "give a file, a folder, a glob, a URL, or - for standard input"
}

// distance is how many letters must be put in, taken out or changed to make
// one name of another, whatever their case.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0]++
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}
