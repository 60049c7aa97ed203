package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"softgap/analyzer/posting"
)

// This file has two commands of the workshop, hidden from help: one makes
// large exports out of real ones, the other measures how softgap score does
// with them. README.md shows what they say.

func (p *program) generateCommand() *cobra.Command {
	var size, form string
	c := &cobra.Command{
		Use:     "generate SOURCE...",
		Short:   "Make a large export: the postings of the sources, again and again, with new ids",
		Example: "  softgap generate exports/ --size 1GB > big.jsonl",
		Hidden:  true,
		Args:    sourceArgs,
		RunE: func(c *cobra.Command, args []string) error {
			n, err := bytesOf(size)
			if err != nil {
				return err
			}
			return p.generate(c, args, n, form, p.stdout)
		},
	}
	c.Flags().StringVar(&size, "size", "100MB", "about as many `BYTES`")
	c.Flags().StringVarP(&form, "format", "f", "jsonl", "as `FORM`: jsonl, csv")
	return c
}

// generate writes an export of about n bytes.
func (p *program) generate(c *cobra.Command, sources []string, n int64, form string, w io.Writer) error {
	var posts []posting.Posting
	for d, err := range p.documents(c.Context(), sources) {
		if err != nil {
			return err
		}
		for post := range new(posting.Reader).Postings(d) {
			if post.Problem == "" {
				posts = append(posts, post)
			}
		}
	}
	if len(posts) == 0 {
		return hint("give exports or texts", "no posting in the sources")
	}
	out := &countingWriter{w: bufio.NewWriterSize(w, 1<<20)}
	header := []string{"id", "title", "company", "location", "date_posted", "description"}
	var write func([]string) error
	switch form {
	case "jsonl":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		write = func(values []string) error {
			row := map[string]string{}
			for i, h := range header {
				row[h] = values[i]
			}
			return enc.Encode(row)
		}
	case "csv":
		rows := csv.NewWriter(out)
		write = func(values []string) error {
			_ = rows.Write(values)
			rows.Flush()
			return rows.Error()
		}
		if err := write(header); err != nil {
			return err
		}
	default:
		return hint("-f jsonl or -f csv", "unknown format %q", form)
	}
	for i := 0; out.n < n; i++ {
		x := posts[i%len(posts)]
		if err := write([]string{fmt.Sprintf("g%09d", i+1), x.Title, x.Organization, x.Location, x.DatePosted, x.Text}); err != nil {
			return err
		}
	}
	return out.w.Flush()
}

type countingWriter struct {
	w *bufio.Writer
	n int64
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

func (p *program) benchCommand() *cobra.Command {
	var sizes, workers []string
	var form, to string
	var unique bool
	c := &cobra.Command{
		Use:     "bench SOURCE...",
		Short:   "Measure how fast large exports are scored, and in how much memory",
		Example: "  softgap bench exports/ --sizes 100MB,1GB",
		Hidden:  true,
		Args:    sourceArgs,
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := os.MkdirTemp("", "softgap-bench-")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			fmt.Fprintf(p.stdout, "%-8s %-8s %9s %12s %9s %9s %9s\n", "input", "workers", "MB/s", "postings/s", "MB/s/cpu", "seconds", "peak MB")
			for _, size := range sizes {
				in := filepath.Join(dir, "big."+form)
				if err := benchInput(args, size, form, in); err != nil {
					return err
				}
				for _, w := range workers {
					flags := []string{"--workers", w}
					if unique {
						flags = append(flags, "--unique")
					}
					if err := p.benchRun(in, filepath.Join(dir, "scores."+to), size, w, flags); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
	c.Flags().StringSliceVar(&sizes, "sizes", []string{"100MB"}, "of the exports, in `BYTES`")
	c.Flags().StringSliceVar(&workers, "workers", []string{"1", "2"}, "numbers of workers to compare")
	c.Flags().StringVarP(&form, "input", "i", "jsonl", "the exports are jsonl or csv")
	c.Flags().StringVarP(&to, "format", "f", "csv", "the results are csv, jsonl, parquet, csv.zst, ...")
	c.Flags().BoolVar(&unique, "unique", false, "score each text once")
	return c
}

// benchInput makes an export in a process of its own: the peak of a process
// counts that of the one that starts it.
func benchInput(sources []string, size, form, name string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var said strings.Builder
	k := exec.Command(self, append([]string{"generate", "--size", size, "-f", form, "--"}, sources...)...)
	k.Stdout, k.Stderr = f, &said
	if err := k.Run(); err != nil {
		return fmt.Errorf("softgap generate: %w: %s", err, said.String())
	}
	return f.Close()
}

// benchRun scores a file in a process of its own and prints what that took.
func (p *program) benchRun(in, out, size, workers string, flags []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	info, err := os.Stat(in)
	if err != nil {
		return err
	}
	var said strings.Builder
	k := exec.Command(self, append([]string{"score", in, "-o", out}, flags...)...)
	k.Stderr = &said
	start := time.Now()
	if err := k.Run(); err != nil && k.ProcessState.ExitCode() != exitPartial {
		return fmt.Errorf("softgap score: %w: %s", err, said.String())
	}
	seconds := time.Since(start).Seconds()
	cpu := (k.ProcessState.UserTime() + k.ProcessState.SystemTime()).Seconds()
	postings := 0.0
	for line := range strings.Lines(said.String()) {
		if before, _, ok := strings.Cut(line, " postings read"); ok {
			postings, _ = strconv.ParseFloat(before[strings.LastIndex(before, " ")+1:], 64)
		}
	}
	mb := float64(info.Size()) / 1e6
	_, err = fmt.Fprintf(p.stdout, "%-8s %-8s %9.1f %12.0f %9.1f %9.1f %9.0f\n", size, workers, mb/seconds, postings/seconds, mb/cpu, seconds, peakOf(k.ProcessState))
	return err
}

// bytesOf reads a size: 100MB, 1GB.
func bytesOf(s string) (int64, error) {
	for unit, n := range map[string]float64{"KB": 1e3, "MB": 1e6, "GB": 1e9} {
		if digits, ok := strings.CutSuffix(strings.ToUpper(s), unit); ok {
			if x, err := strconv.ParseFloat(digits, 64); err == nil && x > 0 {
				return int64(x * n), nil
			}
		}
	}
	return 0, hint("for example 100MB or 1GB", "%q is no size", s)
}
