package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// wipe empties the last line of a terminal.
const wipe = "\r\x1b[K"

// watch shows the progress on a terminal until the returned function is
// called. Nothing is shown where results go to the same terminal.
func (p *program) watch(t *tally, streaming bool) (stop func()) {
	f, ok := p.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	if out, ok := p.stdout.(*os.File); streaming && ok && term.IsTerminal(int(out.Fd())) {
		return func() {}
	}
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		ticks := time.NewTicker(200 * time.Millisecond)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				p.passing(progressLine(t.done.Load(), t.bytes.Load(), t.size, time.Since(t.start)))
			case <-ended:
				p.passing("")
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(ended); <-gone })
}

// progressLine is "12,345 postings, 5400/s, 41 %, 2:10 left".
func progressLine(done, read, size int64, passed time.Duration) string {
	line := fmt.Sprintf("%s, %.0f/s", count(int(done), "posting"), float64(done)/max(passed.Seconds(), 1e-3))
	if size <= 0 || read <= 0 || read > size {
		return line
	}
	line += fmt.Sprintf(", %d %%", 100*read/size)
	if passed < 2*time.Second {
		return line
	}
	left := time.Duration(float64(passed) * float64(size-read) / float64(read)).Round(time.Second)
	if left >= time.Hour {
		return line + fmt.Sprintf(", %d:%02d:%02d left", left/time.Hour, left%time.Hour/time.Minute, left%time.Minute/time.Second)
	}
	return line + fmt.Sprintf(", %d:%02d left", left/time.Minute, left%time.Minute/time.Second)
}

// passing puts a line in the place of the one before, or nothing.
func (p *program) passing(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if line != p.progress {
		fmt.Fprint(p.stderr, wipe+line)
		p.progress = line
	}
}

// sizeOf is the size of all files of the sources, 0 if it is not known.
func sizeOf(sources []string) (size int64) {
	for _, source := range sources {
		if info, err := os.Stat(source); err != nil || !info.Mode().IsRegular() && !info.IsDir() {
			return 0
		}
		_ = filepath.WalkDir(source, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || name != source && !slices.Contains(extensions, strings.ToLower(filepath.Ext(name))) {
				return nil
			}
			if info, err := d.Info(); err == nil {
				size += info.Size()
			}
			return nil
		})
	}
	return size
}
