package main

import "fmt"

// wipe empties the last line of a terminal.
const wipe = "\r\x1b[K"

// passing puts a line in the place of the one before, or nothing.
func (p *program) passing(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if line != p.progress {
		fmt.Fprint(p.stderr, wipe+line)
		p.progress = line
	}
}
