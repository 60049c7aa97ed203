package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, x := range []struct {
		name   string
		status int
		robots string
		path   string
		kinds  []Kind
		says   string
	}{
		{"all forbidden", 200, "User-agent: *\nDisallow: /\n", "/jobs/1", []Kind{Forbidden}, "https://robots.acme.com/jobs/1 may not be read by programs, says the site (robots.txt)"},
		{"a part forbidden", 200, "User-agent: *\nDisallow: /jobs/\n", "/jobs/1", []Kind{Forbidden}, ""},
		{"by its query", 200, "User-agent: *\nDisallow: /*?q=\n", "/jobs?q=1", []Kind{Forbidden}, ""},
		{"another part", 200, "User-agent: *\nDisallow: /admin/\n", "/jobs/1", nil, ""},
		{"this tool", 200, "User-agent: *\nAllow: /\n\nUser-agent: softgap\nDisallow: /\n", "/jobs/1", []Kind{Forbidden}, ""},
		{"other tools", 200, "User-agent: *\nDisallow: /\n\nUser-agent: softgap\nAllow: /\n", "/jobs/1", nil, ""},
		{"none", 404, "", "/jobs/1", nil, ""},
		{"not shown", 403, "", "/jobs/1", nil, ""},
		{"a page in its place", 200, "<!doctype html><html>Disallow: /", "/jobs/1", nil, ""},
		{"a broken server", 503, "", "/jobs/1", []Kind{ServerFault}, "https://robots.acme.com/jobs/1 failed on the site's side (its robots.txt: 503 service unavailable, after 4 tries)"},
		{"a busy server", 429, "", "/jobs/1", []Kind{Busy}, ""},
	} {
		w := &web{hosts: map[string]http.HandlerFunc{"robots.acme.com": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(x.status)
				io.WriteString(w, x.robots)
				return
			}
			io.WriteString(w, "You help colleagues.")
		}}}
		c, _, _ := client(w)
		g := fetchAll(t, c, "https://robots.acme.com"+x.path)
		if !slices.Equal(kindsOf(g.errs), x.kinds) || len(g.bodies) != 1-len(x.kinds) || x.kinds != nil && w.pages() != 0 {
			t.Errorf("%s: %q, %v after %q", x.name, g.bodies, g.errs, w.asked)
		}
		if x.says != "" && g.errs[0].Error() != x.says {
			t.Errorf("%s: says %q", x.name, g.errs[0])
		}
		own, _, _ := client(w)
		own.OwnSite = true
		if g := fetchAll(t, own, "https://robots.acme.com"+x.path); len(g.errs) > 0 || len(g.bodies) != 1 {
			t.Errorf("%s: of one's own site: %+v", x.name, g)
		}
		before := len(w.asked)
		fetchAll(t, c, "https://robots.acme.com"+x.path)
		if slices.Contains(w.asked[before:], "GET https://robots.acme.com/robots.txt") {
			t.Errorf("%s: robots.txt is asked for again", x.name)
		}
	}
}

// A pause that robots.txt asks for is kept, up to a minute.
func TestCrawlDelay(t *testing.T) {
	for _, x := range []struct {
		delay string
		want  time.Duration
	}{{"5", 5 * time.Second}, {"0.1", time.Second}, {"86400", time.Minute}} {
		c, k, _ := client(&web{hosts: map[string]http.HandlerFunc{"robots.acme.com": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "User-agent: *\nCrawl-delay: %s\n", x.delay)
		}}})
		for range 3 {
			fetchAll(t, c, "https://robots.acme.com/a")
		}
		if k.total() != 2*x.want {
			t.Errorf("delay %s: three pages in %v, want %v between", x.delay, k.total(), x.want)
		}
	}
}

// Hosts do not wait for each other.
func TestRatePerHost(t *testing.T) {
	c, k, _ := client(&web{hosts: map[string]http.HandlerFunc{"a.com": says("a"), "b.com": says("b")}})
	c.Rate = 0.5
	for _, u := range []string{"https://a.com/1", "https://b.com/1", "https://a.com/2"} {
		fetchAll(t, c, u)
	}
	if !slices.Equal(k.slept, []time.Duration{2 * time.Second}) {
		t.Errorf("slept %v", k.slept)
	}
}

func TestRetry(t *testing.T) {
	second := time.Second
	for _, x := range []struct {
		name   string
		answer func(n int, w http.ResponseWriter, r *http.Request)
		tries  int
		slept  time.Duration // beside the turns
		says   string        // of the error; none if empty
	}{
		{"500 twice, then well", func(n int, w http.ResponseWriter, _ *http.Request) {
			if n <= 2 {
				w.WriteHeader(500)
			}
			io.WriteString(w, "well")
		}, 3, 3 * second / 2, ""},
		{"500 for ever", func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, 4, 7 * second / 2, "failed on the site's side (500 internal server error, after 4 tries)"},
		{"not implemented", func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(501) }, 1, 0, "501"},
		{"429 with seconds", func(n int, w http.ResponseWriter, _ *http.Request) {
			if n == 1 {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(429)
			}
			io.WriteString(w, "well")
		}, 2, 7 * second, ""},
		{"503 with a date", func(n int, w http.ResponseWriter, _ *http.Request) {
			if n == 1 {
				w.Header().Set("Retry-After", "Thu, 20 Aug 2026 09:00:20 GMT")
				w.WriteHeader(503)
			}
			io.WriteString(w, "well")
		}, 2, 20 * second, ""},
		{"429 with an hour", func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		}, 1, 0, "asks for fewer requests (429 too many requests, and asks to wait 1h0m0s)"},
		{"404", func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, 1, 0, "was not found"},
	} {
		n := 0
		w := &web{hosts: map[string]http.HandlerFunc{"acme.com": func(w http.ResponseWriter, r *http.Request) { n++; x.answer(n, w, r) }}}
		c, k, _ := client(w)
		c.Rate = 1e9 // no turns
		g := fetchAll(t, c, "https://acme.com/a")
		if w.pages() != x.tries || (k.total()-x.slept).Abs() > time.Millisecond {
			t.Errorf("%s: %d tries, slept %v", x.name, w.pages(), k.slept)
		}
		if x.says == "" && (len(g.errs) > 0 || g.bodies[0] != "well") || x.says != "" && (len(g.errs) != 1 || !strings.Contains(g.errs[0].Error(), x.says)) {
			t.Errorf("%s: %+v", x.name, g)
		}
	}
}

// A connection that breaks is tried again; one that is refused is not, since
// there is no server.
func TestRetryConnection(t *testing.T) {
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if n++; n <= 2 {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "half") // and the connection is closed
			return
		}
		io.WriteString(w, "well")
	}))
	defer s.Close()
	c, k, _ := client(nil)
	if g := fetchAll(t, c, s.URL+"/a"); len(g.errs) > 0 || g.bodies[0] != "well" || n != 3 {
		t.Errorf("%+v after %d", g, n)
	}
	s.Close()
	k.slept = nil
	if g := fetchAll(t, c, s.URL+"/a"); !slices.Equal(kindsOf(g.errs), []Kind{Unreachable}) || len(k.slept) > 1 {
		t.Errorf("%+v, slept %v", g, k.slept)
	}
}

// A site that is interrupted while it makes us wait ends at once.
func TestInterruptedWait(t *testing.T) {
	c, _, _ := client(&web{hosts: map[string]http.HandlerFunc{"acme.com": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }}})
	ctx, cancel := context.WithCancel(context.Background())
	c.Sleep = func(context.Context, time.Duration) error { cancel(); return ctx.Err() }
	for _, err := range c.Documents(ctx, "https://acme.com/a") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

// What was kept is not sent again, and what has changed is.
func TestCache(t *testing.T) {
	version, sent := "1", 0
	w := &web{hosts: map[string]http.HandlerFunc{"acme.com": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+version+`"`)
		if r.Header.Get("If-None-Match") == `"`+version+`"` {
			w.WriteHeader(304)
			return
		}
		sent++
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html>version "+version)
	}}}
	dir := t.TempDir()
	var c *Client
	run := func(address string) got {
		c, _, _ = client(w) // of a new run
		c.Cache = dir
		return fetchAll(t, c, address)
	}
	for range 3 {
		if g := run("https://acme.com/a"); len(g.errs) > 0 || g.bodies[0] != "<!doctype html>version 1" || g.urls[0] != "https://acme.com/a" {
			t.Errorf("%+v", g)
		}
	}
	if sent != 1 {
		t.Errorf("sent %d times", sent)
	}
	version = "2"
	if g := run("https://acme.com/a"); g.bodies[0] != "<!doctype html>version 2" || sent != 2 {
		t.Errorf("%+v", g)
	}
	run("https://anna:secret@acme.com/b") // what needs a password is not kept
	files, err := filepath.Glob(filepath.Join(dir, "acme.com", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("kept %q, %v", files, err)
	}
	kept, err := os.ReadFile(files[0])
	if err != nil || !strings.HasSuffix(string(kept), "\r\n\r\n<!doctype html>version 2") || strings.Contains(string(kept), "secret") {
		t.Errorf("kept %q, %v", kept, err)
	}
	// A file that is not what it should be is as good as none.
	for _, bad := range []string{"", "garbage", string(kept[:len(kept)-3]), strings.Replace(string(kept), "acme.com/a", "acme.com/z", 1)} {
		if err := os.WriteFile(files[0], []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		if g := run("https://acme.com/a"); len(g.errs) > 0 || g.bodies[0] != "<!doctype html>version 2" {
			t.Errorf("after %q: %+v", bad, g)
		}
	}
}

// A folder that cannot be written to is told once, and nothing fails.
func TestCacheUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c, _, notes := client(&web{hosts: map[string]http.HandlerFunc{"acme.com": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Thu, 20 Aug 2026 09:00:00 GMT")
		io.WriteString(w, "text")
	}}})
	c.Cache = file
	for _, u := range []string{"https://acme.com/a", "https://acme.com/b"} {
		if g := fetchAll(t, c, u); len(g.errs) > 0 {
			t.Errorf("%+v", g)
		}
	}
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "answers cannot be kept") {
		t.Errorf("notes %q", *notes)
	}
}

// A password goes to the host that it was given for, and to no other; and no
// public site leads into a private network.
func TestRedirectsAreSafe(t *testing.T) {
	for _, x := range []struct {
		to       string
		kinds    []Kind
		password bool // at the end
	}{
		{"/b", nil, true},
		{"https://acme.com/b", nil, true},
		{"https://other.org/b", nil, false},
		{"https://anna:secret@other.org/b", nil, false},
		{"http://acme.com/b", nil, false}, // in the clear
		{"http://127.0.0.1/b", []Kind{PrivateHost}, false},
		{"http://[::1]:8080/b", []Kind{PrivateHost}, false},
		{"http://[::ffff:10.0.0.1]/b", []Kind{PrivateHost}, false},
		{"http://169.254.169.254/latest/meta-data/", []Kind{PrivateHost}, false},
		{"http://localhost/b", []Kind{PrivateHost}, false},
		{"http://intranet/b", []Kind{PrivateHost}, false},
		{"file:///etc/passwd", []Kind{BadScheme}, false},
		{"https://", []Kind{BadURL}, false},
	} {
		var sent *http.Request
		answer := func(w http.ResponseWriter, r *http.Request) {
			if sent = r; r.URL.Path == "/a" {
				w.Header().Set("Location", x.to)
				w.WriteHeader(302)
			}
			io.WriteString(w, "text")
		}
		c, _, _ := client(&web{hosts: map[string]http.HandlerFunc{"acme.com": answer, "other.org": answer}})
		g := fetchAll(t, c, "https://anna:secret@acme.com/a")
		if !slices.Equal(kindsOf(g.errs), x.kinds) || strings.Contains(fmt.Sprint(g), "secret") {
			t.Errorf("to %s: %+v", x.to, g)
		}
		if _, _, ok := sent.BasicAuth(); x.kinds == nil && ok != x.password {
			t.Errorf("to %s: the password goes along: %v", x.to, ok)
		}
	}
}

// Ten thousand million zeros under gzip cost what is allowed, and no more.
func TestBomb(t *testing.T) {
	bomb := squeeze(strings.Repeat("\x00", 1<<20))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		for range 10_000 { // members of one gzip stream
			if _, err := w.Write(bomb); err != nil {
				return
			}
		}
	}))
	defer s.Close()
	c, _, _ := client(nil)
	c.MaxBytes = 4 << 20
	g := fetchAll(t, c, s.URL+"/a")
	if len(g.bodies) != 1 || len(g.bodies[0]) != 4<<20 || !slices.Equal(kindsOf([]error{g.cut}), []Kind{TooLarge}) {
		t.Errorf("%d documents, %v, %v", len(g.bodies), g.cut, g.errs)
	}
}
