package main

import (
	"bytes"
	"errors"
	"flag"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"softgap/analyzer/report"
)

const scripts = "../../testdata/scripts"

var update = flag.Bool("update", false, "rewrite the transcripts of README.md, and what the scripts compare")

// TestMain lets the test binary stand in for softgap in the scripts.
func TestMain(m *testing.M) {
	if os.Getenv(asSoftgap) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"softgap": main})
}

// The scripts are what users do. Each runs in a folder of its own that holds
// the postings, the pages, the documents and the unreadable files of testdata;
// $SITE is a careers site.
func TestScripts(t *testing.T) {
	if names, err := filepath.Glob(filepath.Join(scripts, "*.txt")); err != nil || len(names) == 0 {
		t.Fatalf("no script in %s: %v", scripts, err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           scripts,
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			for _, folder := range []string{"postings", "pages", "formats", "documents", "unreadable"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, folder), os.DirFS(filepath.Join("../../testdata", folder))); err != nil {
					return err
				}
			}
			site := httptest.NewServer(careers())
			env.Defer(site.Close)
			env.Setenv("SITE", site.URL)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "help": help, "reports": reports, "unscored": unscored,
		},
	})
}

// exits CODE COMMAND... runs a command, which must end with that exit code.
// Whatever it says on standard error must say of what kind it is.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit %d, want %s", code, args[0])
	}
	for line := range strings.Lines(ts.ReadFile("stderr")) {
		if !regexp.MustCompile(`^softgap: (error|warning|hint|note): +\S`).MatchString(line) && args[2] != "__complete" {
			ts.Fatalf("not prefixed: %s", line)
		}
	}
}

// help COMMAND... wants the help of a command, with an example of it, in 80
// columns of text.
func help(ts *testscript.TestScript, _ bool, args []string) {
	exits(ts, false, append(append([]string{"0", "softgap"}, args...), "--help"))
	text := ts.ReadFile("stdout")
	text, _, _ = strings.Cut(text, "\nFlags:\n")
	_, examples, _ := strings.Cut(text, "\nExamples:\n")
	command := strings.Join(append([]string{"softgap"}, args...), " ")
	if !regexp.MustCompile(`(?m)(^  |\| )` + command + `( |$)`).MatchString(examples) {
		ts.Fatalf("no example of %q", command)
	}
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
			ts.Fatalf("%d columns: %s", n, line)
		}
	}
}

// reports N wants N Reports in the JSON on standard output, which are written
// again as they were read.
func reports(ts *testscript.TestScript, _ bool, args []string) {
	out := ts.ReadFile("stdout")
	rs, err := report.Read(strings.NewReader(out))
	if err != nil || len(args) != 1 || strconv.Itoa(len(rs)) != args[0] {
		ts.Fatalf("%d Reports, want %s: %v", len(rs), args, err)
	}
	format := "jsonl"
	if strings.HasPrefix(out, "[") {
		format = "json"
	}
	var again bytes.Buffer
	w, err := report.New(format, &again, report.Options{})
	ts.Check(err)
	for i := range rs {
		ts.Check(w.Write(&rs[i]))
	}
	ts.Check(w.Close())
	if again.String() != out {
		ts.Fatalf("written again the Reports are others")
	}
}

// unscored FILE REASON wants that a file of the folder unreadable is not
// scored for a reason, in a table and as JSON, and that nothing in the table
// looks like a score.
func unscored(ts *testscript.TestScript, _ bool, args []string) {
	exits(ts, false, []string{"3", "softgap", "score", "unreadable/" + args[0]})
	out := ts.ReadFile("stdout")
	if !regexp.MustCompile(`(?m)^  NOT SCORED: `+args[1]).MatchString(out) || strings.Count(out, "What to do: ") != 1 {
		ts.Fatalf("want NOT SCORED: %s and one remedy", args[1])
	}
	if strings.Contains(out, "of 100") || strings.Contains(out, "covered") {
		ts.Fatalf("it looks like a score")
	}
	exits(ts, false, []string{"3", "softgap", "score", "unreadable/" + args[0], "-f", "json"})
	rs, err := report.Read(strings.NewReader(ts.ReadFile("stdout")))
	if err != nil || len(rs) != 1 || rs[0].Status != "unscorable" || rs[0].Verdict != "" || rs[0].Scores.Technical+rs[0].Scores.Soft != 0 {
		ts.Fatalf("as JSON it is %v, %v", rs, err)
	}
}

// Every unreadable file stands in the script of that name.
func TestUnreadable(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(scripts, "unreadable.txt"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir("../../testdata/unreadable")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, f := range files {
		if !bytes.Contains(script, []byte("unscored "+f.Name()+" ")) && !bytes.Contains(script, []byte("score unreadable/"+f.Name()+"\n")) {
			t.Errorf("%s has no line in unreadable.txt", f.Name())
		}
	}
}
