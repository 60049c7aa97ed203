package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the floor plan of DESIGN.md, lowest first. A package may import
// only packages on floors below its own; neighbours do not know each other.
// Packages under cmd/softgap stand just below it. This is policy: change it
// together with DESIGN.md, never to make a build pass.
const floors = `
	analyzer/posting analyzer/interval analyzer/duplicate lexicons
	analyzer/phrase
	analyzer/segment
	analyzer/match
	analyzer/score
	analyzer/suggest
	analyzer
	analyzer/audit
	analyzer/compare
	analyzer/report analyzer/condition analyzer/fetch analyzer/eval
	cmd/softgap
`

// outside names the rooms of each outside module. A new module gets its line
// in the commit that adds it; most have one room.
var outside = map[string]string{
	"github.com/PuerkitoBio/goquery":    "analyzer/posting",
	"golang.org/x/net":                  "analyzer/posting analyzer/fetch",
	"github.com/ledongthuc/pdf":         "analyzer/posting",
	"golang.org/x/text":                 "analyzer/posting analyzer/phrase",
	"github.com/temoto/robotstxt":       "analyzer/fetch",
	"github.com/goccy/go-yaml":          "lexicons cmd/softgap",
	"github.com/abadojack/whatlanggo":   "analyzer/segment",
	"github.com/jdkato/prose/v2":        "analyzer/match",
	"github.com/goccy/go-json":          "analyzer/report",
	"github.com/olekukonko/tablewriter": "analyzer/report",
	"github.com/valyala/fastjson":       "analyzer/posting",
	"github.com/parquet-go/parquet-go":  "analyzer/report analyzer/posting",
	"github.com/klauspost/compress":     "cmd/softgap analyzer/posting",
	"github.com/spf13/cobra":            "cmd/softgap",
	"golang.org/x/term":                 "cmd/softgap",
	"github.com/rogpeppe/go-internal":   "cmd/softgap",
}

// world lists what touches files, the network or other programs, clock the
// functions that read the time. Both belong to analyzer/fetch and cmd alone.
var (
	world = []string{"net", "net/http", "os", "os/exec", "syscall"}
	clock = []string{"Now", "Since", "Until", "After", "Tick", "Sleep", "NewTimer", "NewTicker", "AfterFunc"}
)

const module = "softgap/"

func TestLayout(t *testing.T) {
	floor := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(floors), "\n") {
		for _, p := range strings.Fields(line) {
			floor[p] = 2 * (i + 1)
		}
	}
	level := func(pkg string) int { // 0 if the package is on no floor
		if strings.HasPrefix(pkg, "cmd/softgap/") {
			return floor["cmd/softgap"] - 1
		}
		return floor[pkg]
	}
	seen := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		seen++
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(path.Dir(filepath.ToSlash(name)), "../")
		if level(pkg) == 0 {
			t.Errorf("%s: package %s is not on the floor plan", name, pkg)
		}
		worldly := pkg == "analyzer/fetch" || pkg == "cmd/softgap" || strings.HasPrefix(pkg, "cmd/softgap/")
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			first, _, _ := strings.Cut(imp, "/")
			rest, ours := strings.CutPrefix(imp, module)
			switch {
			case ours && level(rest) >= level(pkg):
				t.Errorf("%s: %s may not import %s, which is not below it", name, pkg, rest)
			case !worldly && slices.Contains(world, imp):
				t.Errorf("%s: %s may not import %s: only analyzer/fetch and cmd touch the world", name, pkg, imp)
			case strings.Contains(first, ".") && !room(imp, pkg):
				t.Errorf("%s: %s has no room for %s", name, pkg, imp)
			}
		}
		if worldly {
			return nil
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(clock, sel.Sel.Name) {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s: %s may not call time.%s: only analyzer/fetch and cmd read the clock", name, pkg, sel.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || seen == 0 {
		t.Fatalf("read %d files: %v", seen, err)
	}
}

// room reports whether pkg is a room of the outside module that holds imp.
func room(imp, pkg string) bool {
	for mod, rooms := range outside {
		if imp == mod || strings.HasPrefix(imp, mod+"/") {
			return slices.Contains(strings.Fields(rooms), pkg)
		}
	}
	return false
}
