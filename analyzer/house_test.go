package analyzer

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The rules of the house that no compiler knows.
const longest = 500 // lines of a Go file

var (
	// drawers are package names that say nothing of what is in them.
	drawers = []string{"util", "utils", "common", "core", "model", "models", "types", "helper", "helpers"}

	// top is all that may stand in the top folder, beside dot-files; the last
	// line is what git ignores.
	top = []string{
		"cmd", "analyzer", "lexicons", "testdata", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md",
		"softgap", "softgap.exe", "dist",
	}
)

func TestHouse(t *testing.T) {
	documented := map[string]bool{} // by package folder
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if n := bytes.Count(src, []byte("\n")); n > longest {
			t.Errorf("%s has %d lines, more than %d: split it by concern", name, n, longest)
		}
		if want, err := format.Source(src); err != nil || !bytes.Equal(src, want) {
			t.Errorf("%s is not gofmt-clean (%v)", name, err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		if slices.Contains(drawers, f.Name.Name) {
			t.Errorf("%s: package %s is a drawer; name it for what it does", name, f.Name.Name)
		}
		if !strings.HasSuffix(name, "_test.go") {
			dir := filepath.Dir(name)
			documented[dir] = documented[dir] || saysWhatItIs(f)
		}
		return nil
	})
	if err != nil || len(documented) == 0 {
		t.Fatalf("read %d packages: %v", len(documented), err)
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// saysWhatItIs reports whether a file has a package comment in the usual form.
func saysWhatItIs(f *ast.File) bool {
	return f.Doc != nil && (strings.HasPrefix(f.Doc.Text(), "Package "+f.Name.Name+" ") ||
		f.Name.Name == "main" && f.Doc.Text() != "")
}

func TestTopFolder(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil || len(entries) == 0 {
		t.Fatalf("read %d entries: %v", len(entries), err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "coverage") && !slices.Contains(top, e.Name()) {
			t.Errorf("%s may not stand in the top folder", e.Name())
		}
	}
}
