package posting

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each document of testdata/formats that has a golden file beside it reads as
// that says.
func TestGolden(t *testing.T) {
	for _, golden := range files(t, "../../testdata/formats/*.golden") {
		name := strings.TrimSuffix(golden, ".golden")
		t.Run(filepath.Base(name), func(t *testing.T) {
			got := ""
			for _, p := range lawful(t, readFile(t, name)) {
				got += fmt.Sprintf("==== %s %d\n%s", p.Source, p.Record, show([]Posting{p}))
			}
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(bodyOf(t, golden)); got != want {
				t.Errorf("%s reads as\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}
