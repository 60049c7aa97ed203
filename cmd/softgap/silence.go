package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"softgap/analyzer/suggest"
)

// projectFile is the name of the file, beside a source or in a folder above
// it, that silences rules for all the postings there.
const projectFile = ".softgap.yaml"

// silences returns the rules that the document itself or its project file
// silence. One without a reason is refused: who reads the report must see why.
func (v *advising) silences(doc document, source string) ([]suggest.Silence, error) {
	out, err := suggest.Silences(string(doc.bytes))
	if err != nil {
		return nil, hint("write <!-- softgap: ignore RULE: reason -->", "%s: %w", source, err)
	}
	if source == "-" || strings.Contains(source, "://") {
		source = "."
	}
	name, data, err := project(source)
	if err != nil || data == nil {
		return out, err
	}
	var file struct {
		Ignore []suggest.Silence `yaml:"ignore"`
	}
	const remedy = "for example: ignore: [{rule: abbreviation, reason: all our readers know them}]"
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, hint(remedy, "%s: %w", name, err)
	}
	known := suggest.Rules()
	for _, s := range file.Ignore {
		switch {
		case !slices.ContainsFunc(known, func(r suggest.Rule) bool { return r.Name == s.Rule }):
			return nil, hint(remedy, "%s: no rule is called %q", name, s.Rule)
		case strings.TrimSpace(s.Reason) == "":
			return nil, hint(remedy, "%s: rule %s is silenced without a reason", name, s.Rule)
		}
		out = append(out, s)
	}
	return out, nil
}

// project finds the project file of a source: beside it or in a folder above.
// There may be none.
func project(source string) (string, []byte, error) {
	dir, err := filepath.Abs(source)
	if err != nil {
		return "", nil, err
	}
	for {
		name := filepath.Join(dir, projectFile)
		data, err := os.ReadFile(name)
		if err == nil {
			return name, data, nil
		}
		up := filepath.Dir(dir)
		if !errors.Is(err, fs.ErrNotExist) && !isNotDir(dir) {
			return name, nil, fmt.Errorf("%s: %w", name, err)
		}
		if up == dir {
			return "", nil, nil
		}
		dir = up
	}
}

func isNotDir(name string) bool {
	info, err := os.Stat(name)
	return err != nil || !info.IsDir()
}
