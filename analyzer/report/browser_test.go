package report

import (
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inspector shows a page in frames of a phone's, a tablet's and a desk's width
// and writes down what a reader would stumble over: what runs out of the page
// or of its chart, labels over labels, and text of too little contrast.
const inspector = `<!DOCTYPE html><meta charset="utf-8"><body><script>
const pages = PAGES, faults = [], widths = [390, 1024, 1440];
const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const words = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
function inspect(name, w, view, doc) {
	const fault = text => faults.push(name + ', ' + w + ' wide: ' + text), root = doc.documentElement;
	if (root.scrollWidth > w) fault('the page is ' + root.scrollWidth);
	for (const e of doc.body.querySelectorAll('*')) {
		const box = e.getBoundingClientRect(), style = view.getComputedStyle(e), svg = e.closest('svg');
		if (!box.width || e.tagName === 'title' || e.tagName === 'desc') continue;
		if (box.right > w + 1 || box.left < -1) fault('out of the page: ' + e.tagName + ' ' + e.textContent.slice(0, 40));
		if (!words(e)) continue;
		let behind = e;
		while (behind !== root && view.getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
		let back = view.getComputedStyle(behind).backgroundColor;
		const ratio = contrast(svg ? style.fill : style.color, back);
		if (ratio < 4.5) fault('contrast ' + ratio.toFixed(2) + ': ' + e.tagName + ' ' + e.textContent.slice(0, 40));
	}
	for (const svg of doc.querySelectorAll('figure svg')) {
		const frame = svg.getBoundingClientRect(), labels = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
		for (const [text, b] of labels) {
			if (b.left < frame.left - 1 || b.right > frame.right + 1 || b.top < frame.top - 1 || b.bottom > frame.bottom + 1) fault('cut: ' + text);
			for (const [other, o] of labels)
				if (text < other && b.left < o.right && o.left < b.right && b.top + 2 < o.bottom && o.top + 2 < b.bottom) fault(text + ' over ' + other);
		}
	}
}
let left = widths.length * Object.keys(pages).length;
for (const [name, page] of Object.entries(pages)) for (const w of widths) {
	const f = document.createElement('iframe');
	f.style.cssText = 'border:0;height:900px;width:' + w + 'px';
	f.onload = () => {
		inspect(name, w, f.contentWindow, f.contentDocument);
		if (--left === 0) {
			const dark = matchMedia('(prefers-color-scheme: dark)').matches;
			const found = document.body.appendChild(document.createElement('pre'));
			found.id = 'found';
			found.textContent = JSON.stringify({dark, faults});
		}
	};
	f.srcdoc = page;
	document.body.append(f);
}
</script>`

// What the page looks like is looked at where there is a browser to do it.
func TestAuditInBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && browser == "" {
			browser = found
		}
	}
	if browser == "" || testing.Short() {
		t.Skip("no Chromium here (apt-get install chromium): how the page looks is not tested")
	}
	pages := map[string]string{}
	for name, a := range audits() {
		pages[name] = auditIn(t, "html", a, Options{})
	}
	script, err := json.Marshal(pages) // which escapes < and >
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "pages.html")
	if err := os.WriteFile(file, []byte(strings.Replace(inspector, "PAGES", string(script), 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dark := range []bool{false, true} {
		scheme := map[bool]string{false: "1", true: "0"}[dark]
		out, err := exec.Command(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(),
			"--blink-settings=preferredColorScheme="+scheme, "--virtual-time-budget=10000", "--dump-dom", "file://"+file).Output()
		if err != nil {
			t.Skipf("%s does not run here: %v", browser, err)
		}
		_, found, ok := strings.Cut(string(out), `<pre id="found">`)
		found, _, _ = strings.Cut(found, "</pre>")
		var seen struct {
			Dark   bool
			Faults []string
		}
		if err := json.Unmarshal([]byte(html.UnescapeString(found)), &seen); err != nil || !ok {
			t.Fatalf("the browser says nothing: %v", err)
		}
		if seen.Dark != dark {
			t.Errorf("asked for dark %v, it is %v", dark, seen.Dark)
		}
		for _, f := range seen.Faults {
			t.Errorf("dark %v: %s", dark, f)
		}
	}
}
