package fetch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// A kept answer is a plain file: an HTTP answer as it is written on the wire,
// head, blank line and body. Only answers that carry an ETag or a date are
// kept, and only those that were asked for without a password.

type keptAnswer struct {
	header http.Header
	body   []byte
}

// keptHeaders are those that a kept answer needs.
var keptHeaders = []string{"Content-Type", "Etag", "Last-Modified"}

func (c *Client) keptName(r request) string {
	if c.Cache == "" || r.body != "" || r.url.User != nil {
		return ""
	}
	host := strings.Map(func(c rune) rune {
		if c == ':' || c == '[' || c == ']' {
			return '_'
		}
		return c
	}, r.url.Host)
	return filepath.Join(c.Cache, filepath.Base(host), fmt.Sprintf("%x.http", sha256.Sum256([]byte(show(r.url)))))
}

// kept returns the kept answer to a request, or nil. One that cannot be read,
// or is not that answer, is as good as none.
func (c *Client) kept(r request) *keptAnswer {
	name := c.keptName(r)
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	resp, err := http.ReadResponse(bufio.NewReader(f), nil)
	if err != nil || resp.Header.Get("Content-Location") != show(r.url) {
		return nil
	}
	defer resp.Body.Close()
	body, err := c.read(resp.Body, name)
	if err != nil {
		return nil
	}
	return &keptAnswer{resp.Header, body}
}

// ask makes a request conditional on the answer having changed.
func (k *keptAnswer) ask(req *http.Request) {
	if k == nil {
		return
	}
	if tag := k.header.Get("Etag"); tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	if date := k.header.Get("Last-Modified"); date != "" {
		req.Header.Set("If-Modified-Since", date)
	}
}

// keep keeps an answer. A folder that cannot be written to is told once.
func (c *Client) keep(r request, a *answer) {
	name := c.keptName(r)
	if name == "" || a.header.Get("Etag") == "" && a.header.Get("Last-Modified") == "" {
		return
	}
	if err := c.write(name, r, a); err != nil {
		c.mu.Lock()
		first := !c.cacheTold
		c.cacheTold = true
		c.mu.Unlock()
		if first {
			var path *os.PathError
			if errors.As(err, &path) {
				err = path.Err
			}
			c.note("%s: answers cannot be kept in this folder (%v)", c.Cache, err)
		}
	}
}

// write writes a kept answer whole or not at all.
func (c *Client) write(name string, r request, a *answer) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	resp := http.Response{StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		ContentLength: int64(len(a.body)), Body: io.NopCloser(bytes.NewReader(a.body))}
	resp.Header.Set("Content-Location", show(r.url))
	for _, k := range keptHeaders {
		if v := a.header.Get(k); v != "" {
			resp.Header.Set(k, v)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	err = errors.Join(resp.Write(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
