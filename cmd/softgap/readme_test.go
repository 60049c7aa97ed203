package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")
	yamlBlock    = regexp.MustCompile("(?ms)^```yaml\nid: ([a-z_]+) .*?^```$")
	jsonBlock    = regexp.MustCompile("(?ms)^```json\n(.*?)^```$")

	// digests change with every word of the lists; two of them are as good as
	// one.
	digests = regexp.MustCompile(`sha256:[0-9a-f]+`)
)

// The console blocks of README.md are run from the top folder, and what they
// show must be what comes out.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	fresh := consoleBlock.ReplaceAllStringFunc(string(text), func(block string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		code := 0
		for line := range strings.Lines(block) {
			command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
			if !ok {
				continue
			}
			ran++
			var out string
			if out, code, err = transcript(command, code); err != nil {
				t.Error(err)
			}
			fmt.Fprintf(&b, "$ %s\n%s", command, out)
		}
		b.WriteString("```")
		return b.String()
	})
	if ran == 0 {
		t.Fatal("README.md shows no command")
	}
	switch {
	case *update:
		if err := os.WriteFile("README.md", []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	case digests.ReplaceAllString(fresh, "sha256:") != digests.ReplaceAllString(string(text), "sha256:"):
		t.Errorf("README.md does not show what comes out: %s\n(-update if it is right)", firstDifference(string(text), fresh))
	}
}

// transcript runs a command line of the README: softgap under either of its
// names, perhaps into head, or the question for the exit code before.
func transcript(command string, before int) (out string, code int, err error) {
	if command == "echo $?" {
		return strconv.Itoa(before) + "\n", 0, nil
	}
	line, head, cut := strings.Cut(command, " | head -n ")
	rest, ok := strings.CutPrefix(line, "go run ./cmd/softgap ")
	if !ok {
		rest, ok = strings.CutPrefix(line, "softgap ")
	}
	if !ok || strings.ContainsAny(rest, `|<>"$&;`) {
		return "", 0, fmt.Errorf("cannot run %q: write it in a block of another kind", command)
	}
	args := strings.Fields(rest)
	for i := range args {
		args[i] = strings.Trim(args[i], "'")
	}
	var both strings.Builder
	code = run(args, strings.NewReader(""), &both, &both)
	out = both.String()
	if cut {
		n, err := strconv.Atoi(head)
		if lines := strings.SplitAfter(out, "\n"); err == nil && n < len(lines) {
			out = strings.Join(lines[:n], "")
		}
	}
	return out, code, nil
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("line %d\n  shown: %s\n  now:   %s", i+1, as[i], bs[i])
		}
	}
	return "one is longer"
}

// The Report that README.md shows in short has no field that a Report lacks.
func TestReadmeJSON(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := jsonBlock.FindAllStringSubmatch(string(text), -1)
	if len(blocks) == 0 {
		t.Fatal("README.md shows no Report")
	}
	var out strings.Builder
	if code := run([]string{"score", "testdata/postings/helpdesk.txt", "-f", "jsonl"}, nil, &out, &out); code != exitDone {
		t.Fatal(out.String())
	}
	var whole any
	if err := json.Unmarshal([]byte(out.String()), &whole); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		var shown any
		if err := json.Unmarshal([]byte(b[1]), &shown); err != nil {
			t.Errorf("%v in %s", err, b[1])
			continue
		}
		if err := within(shown, whole, "Report"); err != nil {
			t.Error(err)
		}
	}
}

// within complains of a field of shown that the same place of whole lacks, or
// that is of another type. A list is held against the list's members together.
func within(shown, whole any, place string) error {
	switch s := shown.(type) {
	case map[string]any:
		w, ok := whole.(map[string]any)
		for name, value := range s {
			if _, has := w[name]; !ok || !has {
				return fmt.Errorf("%s has no field %q", place, name)
			}
			if err := within(value, w[name], place+"."+name); err != nil {
				return err
			}
		}
		return nil
	case []any:
		w, ok := whole.([]any)
		if !ok {
			return fmt.Errorf("%s is no list", place)
		}
		for _, value := range s {
			var err error
			for _, member := range w {
				if err = within(value, member, place+"[]"); err == nil {
					break
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if a, b := fmt.Sprintf("%T", shown), fmt.Sprintf("%T", whole); a != b {
		return fmt.Errorf("%s is %s, not %s", place, b, a)
	}
	return nil
}

// The word list that README.md shows is one.
func TestReadmeWordList(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := yamlBlock.FindSubmatch(text)
	if block == nil {
		t.Fatal("README.md shows no word list")
	}
	body := strings.TrimSuffix(strings.TrimPrefix(string(block[0]), "```yaml\n"), "```")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, string(block[1])+".yaml"), []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if code := run([]string{"lexicon", "check", dir}, nil, &out, &out); code != exitDone {
		t.Errorf("%s:\n%s", &out, body)
	}
}
