package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// asSoftgap makes a run of the test binary a run of softgap.
const asSoftgap = "SOFTGAP_TEST_RUN"

// softgap is a command of its own process, which can be killed.
func softgap(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asSoftgap+"=1")
	return c
}

// export writes n made-up postings as CSV; each third has the text of another.
func export(t testing.TB, n int) string {
	t.Helper()
	asks := []string{"Patience with users.", "Five years of Windows.", "Excellent communication skills.", "Knowledge of TCP/IP and DNS.", "Linux is a plus.",
		"Explain fixes to nurses in plain words.", "Experience with Active Directory.", "Team player.", "Python or Java."}
	r := rand.New(rand.NewPCG(5, 5))
	var b bytes.Buffer
	b.WriteString("id,title,company,date,description,pay\n")
	text := ""
	for i := range n {
		if i%3 != 2 {
			text = fmt.Sprintf("Team %d of the northern region\nRequirements", i)
			for range 4 + r.IntN(12) {
				text += "\n- " + asks[r.IntN(len(asks))]
			}
		}
		fmt.Fprintf(&b, "j%d,Support Engineer %d,Acme,20%02d-03-04,\"%s\",%d\n", i, i%7, i%30, text, i)
	}
	name := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// files returns the files of a folder, by name.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("nothing in %s: %v", dir, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = string(data)
	}
	return out
}

// Killed at any moment and resumed, a run ends with the bytes of one that was
// left alone, and leaves nothing else.
func TestKilled(t *testing.T) {
	in := export(t, 3200)
	for _, c := range []struct {
		name string
		args []string
	}{
		{"csv", []string{"-o", "out.csv", "--matches", "matches.csv", "--keep", "pay"}},
		{"jsonl.gz", []string{"-o", "out.jsonl.gz", "--unique", "--where", "date>=2005 and gap>20"}},
		{"parts", []string{"-o", "parts/", "-f", "csv.zst", "--part-rows", "1200", "--matches", "matches.jsonl.zst"}},
		{"parquet", []string{"-o", "parts/", "-f", "parquet", "--part-rows", "900"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start := func(dir string, more ...string) *exec.Cmd {
				k := softgap(append(append([]string{"score", in}, c.args...), more...)...)
				k.Dir = dir
				return k
			}
			whole, broken := t.TempDir(), t.TempDir()
			began := time.Now()
			if out, err := start(whole).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			took := time.Since(began)
			r := rand.New(rand.NewPCG(uint64(len(c.name)), 1))
			for kill := range 3 {
				k := start(broken, "--resume")
				if err := k.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(r.Int64N(int64(took)/2 + 1)))
				_ = k.Process.Kill()
				if err := k.Wait(); err == nil {
					t.Logf("whole before kill %d", kill+1)
					break
				}
			}
			out, err := start(broken, "--resume").CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, sub := range []string{"", "parts"} {
				if _, err := os.Stat(filepath.Join(whole, sub)); err != nil || sub == "" && c.args[1] == "parts/" {
					continue
				}
				want, got := files(t, filepath.Join(whole, sub)), files(t, filepath.Join(broken, sub))
				for name := range want {
					if want[name] != got[name] {
						t.Errorf("%s is another: %d bytes, want %d", name, len(got[name]), len(want[name]))
					}
				}
				if len(want) != len(got) {
					t.Errorf("%d files, want %d", len(got), len(want))
				}
			}
			if !strings.Contains(string(out), "note: ") {
				t.Errorf("it says %s", out)
			}
		})
	}
}
