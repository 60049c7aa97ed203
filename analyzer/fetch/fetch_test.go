package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"softgap/analyzer/posting"
)

// site is a server that misbehaves, a path for each way.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	done := make(chan struct{})
	status := func(path string, code int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	for _, code := range []int{204, 304, 401, 403, 404, 410, 429, 500, 503, 999} {
		status(fmt.Sprintf("/%d", code), code)
	}
	mux.HandleFunc("/good", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<h1>Systems Administrator</h1><p>%s</p>", r.UserAgent())
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/good?from=moved", http.StatusFound)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/hops/{n}", func(w http.ResponseWriter, r *http.Request) {
		if n, _ := strconv.Atoi(r.PathValue("n")); n > 0 {
			http.Redirect(w, r, strconv.Itoa(n-1), http.StatusMovedPermanently) // relative
			return
		}
		fmt.Fprint(w, "arrived")
	})
	mux.HandleFunc("/hang-up", func(w http.ResponseWriter, _ *http.Request) {
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			c.Close()
		}
	})
	mux.HandleFunc("/not-http", func(w http.ResponseWriter, _ *http.Request) {
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			fmt.Fprint(c, "220 mail.example.org ready\r\n")
			c.Close()
		}
	})
	mux.HandleFunc("/not-gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, "You have experience with")
	})
	mux.HandleFunc("/to-ftp", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://example.org/job.txt", http.StatusFound)
	})
	mux.HandleFunc("/to-file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/hosts", http.StatusFound)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-done:
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		for range 1000 {
			select {
			case <-done:
				return
			case <-r.Context().Done():
				return
			case <-time.After(5 * time.Millisecond):
				fmt.Fprint(w, "a")
				w.(http.Flusher).Flush()
			}
		}
	})
	mux.HandleFunc("/truncated", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "You have experience with")
	})
	mux.HandleFunc("/truncated-gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		b := squeeze(strings.Repeat("You patiently help colleagues. ", 500))
		w.Write(b[:len(b)/2])
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(squeeze(strings.Repeat("a", 8<<20)))
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/wrong-charset", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=iso-8859-1")
		fmt.Fprint(w, "Ingénieur système à Genève")
	})
	mux.HandleFunc("/latin1", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=iso-8859-1")
		w.Write([]byte("Ing\xe9nieur syst\xe8me \xe0 Gen\xe8ve"))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(func() { close(done); s.Close() })
	return s
}

func squeeze(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}

// get fetches one document, at no pause between tries.
func get(c *Client, address string) (d posting.Document, body string, err error) {
	c.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	for d, err = range c.Documents(context.Background(), address) {
		if err == nil {
			var b []byte
			b, err = io.ReadAll(d.Body)
			return d, string(b), err
		}
	}
	return d, "", err
}

func TestGet(t *testing.T) {
	s := site(t)
	d, body, err := get(&Client{Version: "1.2.3"}, strings.Replace(s.URL, "http://", "http://anna:secret@", 1)+"/moved#apply")
	if err != nil {
		t.Fatal(err)
	}
	if want := s.URL + "/good?from=moved"; d.Source != want || d.URL != want {
		t.Errorf("source %q, page %q, want the final address %q without a password", d.Source, d.URL, want)
	}
	if !strings.Contains(body, "softgap/1.2.3 (+") || d.ContentType != "text/html; charset=utf-8" {
		t.Errorf("body %q, content type %q", body, d.ContentType)
	}
}

func TestGetFails(t *testing.T) {
	s := site(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	safe := httptest.NewUnstartedServer(http.NotFoundHandler())
	safe.Config.ErrorLog = log.New(io.Discard, "", 0)
	safe.StartTLS() // with a certificate that nobody signed
	defer safe.Close()
	hasty := &Client{Timeout: 100 * time.Millisecond}
	patient := &Client{MaxBytes: 1 << 20}
	for _, test := range []struct {
		url  string
		kind Kind
		hint string
	}{
		{s.URL + "/204", BadStatus, ""},
		{s.URL + "/304", BadStatus, ""},
		{s.URL + "/401", NeedsLogin, "signed in"},
		{s.URL + "/403", Refused, "save the page and give the file"},
		{s.URL + "/404", NotFound, "check the address"},
		{s.URL + "/410", NotFound, "check the address"},
		{s.URL + "/429", Busy, "wait a while"},
		{s.URL + "/500", ServerFault, "later"},
		{s.URL + "/503", ServerFault, "later"},
		{s.URL + "/999", Refused, "save the page"},
		{s.URL + "/loop", RedirectLoop, "browser"},
		{s.URL + "/to-ftp", BadScheme, "https://"},
		{s.URL + "/to-file", BadScheme, "https://"},
		{s.URL + "/slow", Timeout, "later"},
		{s.URL + "/drip", Timeout, "later"},
		{s.URL + "/truncated", Truncated, "try again"},
		{s.URL + "/truncated-gzip", Truncated, "try again"},
		{s.URL + "/bomb", TooLarge, "alone"},
		{s.URL + "/endless", TooLarge, "alone"},
		{s.URL + "/hops/6", RedirectLoop, "browser"},
		{s.URL + "/hang-up", Unreachable, "connection"},
		{s.URL + "/not-http", Unreachable, "connection"},
		{s.URL + "/not-gzip", Truncated, "try again"},
		{gone.URL, Unreachable, "connection"},
		{safe.URL, Untrusted, "browser"},
		{"ftp://example.org/job.txt", BadScheme, "https://"},
		{"file:///etc/hosts", BadScheme, "https://"},
		{"job.html", BadScheme, "https://"},
		{"http://", BadURL, "https://"},
		{"http://[::1", BadURL, "https://"},
		{"http://anna:secret@exa mple.org/", BadURL, "https://"},
	} {
		c := patient
		if test.kind == Timeout {
			c = hasty
		}
		d, _, err := get(c, test.url)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got a document of %s and %v, want an *Error", test.url, d.Source, err)
			continue
		}
		if e.Kind != test.kind || !strings.Contains(e.Hint(), test.hint) {
			t.Errorf("%s: kind %d, hint %q, want %d, %q: %v", test.url, e.Kind, e.Hint(), test.kind, test.hint, err)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: a password in %q", test.url, err)
		}
	}
}

// transport answers every request by itself.
type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// What a request says of its user: the tool's name and version, and no more.
func TestRequest(t *testing.T) {
	var sent *http.Request
	c := &Client{Version: "1.2.3", Transport: transport(func(r *http.Request) (*http.Response, error) {
		sent = r
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Hostname(), IsNotFound: true}
	})}
	_, _, err := get(c, " https://jobs.example.org/1?a=b#top\n")
	var e *Error
	if !errors.As(err, &e) || e.Kind != NoHost || e.URL != "https://jobs.example.org/1?a=b" || !strings.Contains(e.Hint(), "typing error") {
		t.Errorf("got %v, want that there is no such host", err)
	}
	if want := "https://jobs.example.org/1?a=b has a host that does not exist ("; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %q, want %q", err, want)
	}
	if sent.Method != http.MethodGet || !strings.HasPrefix(sent.UserAgent(), "softgap/1.2.3 (") {
		t.Errorf("%s as %q", sent.Method, sent.UserAgent())
	}
	for name := range sent.Header {
		switch name {
		case "User-Agent", "Accept", "Accept-Language":
		default:
			t.Errorf("header %s is sent", name)
		}
	}
	if !strings.HasPrefix(new(Client).userAgent(), "softgap/") {
		t.Error("a client without a version does not name the tool")
	}
}

func TestGetRedirects(t *testing.T) {
	s := site(t)
	d, body, err := get(new(Client), s.URL+"/hops/5")
	if err != nil || body != "arrived" || d.Source != s.URL+"/hops/0" {
		t.Errorf("five redirects led to %q from %q, %v", body, d.Source, err)
	}
}

func TestGetCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range new(Client).Documents(ctx, site(t).URL+"/good") {
		var e *Error
		if !errors.As(err, &e) || e.Kind != Canceled || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it canceled", err)
		}
	}
}

// A document's bytes are what the server sent; what they mean is the reader's
// to say, who knows that servers are wrong about character sets.
func TestGetCharset(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/wrong-charset", "/latin1"} {
		d, body, err := get(new(Client), s.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		d.Body = strings.NewReader(body)
		if p := posting.Read(d); len(p) != 1 || p[0].Text != "Ingénieur système à Genève" {
			t.Errorf("%s: read %+v", path, p)
		}
	}
}

func TestKindsAreComplete(t *testing.T) {
	if len(kinds) != int(GivenUp)+1 {
		t.Fatalf("%d kinds are described", len(kinds))
	}
	for k, d := range kinds {
		if d.what == "" {
			t.Errorf("kind %d says nothing", k)
		}
	}
}
