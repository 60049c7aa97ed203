package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"softgap/analyzer/audit"
)

// auditFormats are the forms of an Audit, the default first.
var auditFormats = []struct {
	name, description string
	write             func(io.Writer, *audit.Audit, Options) error
}{
	{"table", "for people, at a terminal", auditTable},
	{"markdown", "a page of Markdown", auditMarkdown},
	{"html", "one page to forward, in a file of its own, with charts", auditHTML},
	{"json", "complete, for machines", auditJSON},
}

// AuditFormats returns the names of the forms of an Audit, the default first.
func AuditFormats() []string {
	names := make([]string, len(auditFormats))
	for i, f := range auditFormats {
		names[i] = f.name
	}
	return names
}

// Audit writes an Audit in the named form.
func Audit(format string, w io.Writer, a *audit.Audit, o Options) error {
	for _, f := range auditFormats {
		if f.name == format {
			return f.write(w, a, o)
		}
	}
	return fmt.Errorf("unknown format %q: one of %s", format, strings.Join(AuditFormats(), ", "))
}

func auditJSON(w io.Writer, a *audit.Audit, _ Options) error { return writeIndented(w, a) }

// writeIndented writes one value as JSON for people to look into.
func writeIndented(w io.Writer, value any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}
