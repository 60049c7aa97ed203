package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Records in are rows out and what the summary names, whatever is left out and
// however many workers there are; and the rows do not depend on their number.
func TestNothingIsLost(t *testing.T) {
	const n = 300
	in := export(t, n)
	for _, flags := range []string{
		"",
		"--unique",
		"--where date>=2010",
		"--where gap>20",
		"--where date>=2010#and#gap>20 --unique",
		"--sample 40",
		"--where gap>20 --sample 40 --unique",
		"--where title~7",
		"--limit 25",
	} {
		var first string
		for _, workers := range []int{1, 2, 5} {
			args := append([]string{"score", in, "-f", "csv", "--workers", strconv.Itoa(workers)}, strings.Fields(flags)...)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "#", " ")
			}
			var out, said bytes.Buffer
			if code := run(args, nil, &out, &said); code != exitDone && code != exitPartial {
				t.Fatalf("%s: exit %d: %s", flags, code, &said)
			}
			if first == "" {
				first = out.String()
			} else if out.String() != first {
				t.Errorf("%s: %d workers write another table", flags, workers)
			}
			rows := strings.Count(out.String(), "\n"+in+",")
			scored := 0 // in the last line that tells where postings went
			for line := range strings.Lines(said.String()) {
				m := regexp.MustCompile(`^softgap: note: (\d+) (scored )?postings?( read| scored up to --limit)?: (.*)`).FindStringSubmatch(line)
				if m == nil {
					continue
				}
				total, sum := number(m[1]), 0
				scored = 0
				parts, _, _ := strings.Cut(m[4], ";")
				for part := range strings.SplitSeq(regexp.MustCompile(`\(.*?\)`).ReplaceAllString(parts, ""), ", ") {
					k, what, _ := strings.Cut(part, " ")
					sum += number(k)
					if !strings.HasPrefix(what, "left out") {
						scored += number(k)
					}
				}
				if sum != total || m[3] == " read" && total != n {
					t.Errorf("%s: %d of %d are named in %s", flags, sum, total, line)
				}
			}
			if scored != rows {
				t.Errorf("%s: %d rows, and the summary speaks of %d: %s", flags, rows, scored, &said)
			}
		}
	}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		done, read, size int64
		passed           time.Duration
		want             string
	}{
		{0, 0, 0, 0, "0 postings, 0/s"},
		{500, 0, 0, 2 * time.Second, "500 postings, 250/s"},
		{1, 10, 100, time.Second, "1 posting, 1/s, 10 %"},
		{500, 25, 100, 10 * time.Second, "500 postings, 50/s, 25 %, 0:30 left"},
		{500, 1, 1000, 10 * time.Second, "500 postings, 50/s, 0 %, 2:46:30 left"},
		{500, 200, 100, 10 * time.Second, "500 postings, 50/s"},
	} {
		if got := progressLine(c.done, c.read, c.size, c.passed); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// The same stream and seed draw the same; every one is as likely.
func TestSampled(t *testing.T) {
	drawn := map[int]int{}
	left := 0
	for seed := range uint64(2000) {
		var got []string
		for v := range sampled(numbers(20), 5, seed, func() { left++ }) {
			drawn[v]++
			got = append(got, fmt.Sprint(v))
		}
		if len(got) != 5 {
			t.Fatalf("%d drawn", len(got))
		}
	}
	if left != 2000*15 {
		t.Errorf("%d are left", left)
	}
	for v, n := range drawn {
		if n < 400 || n > 600 {
			t.Errorf("%d is drawn %d times of 2000, want about 500", v, n)
		}
	}
}

func numbers(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
