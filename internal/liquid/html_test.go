package liquid

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// testdata/html.json has texts and what Ruby's filters strip_html,
// normalize_whitespace, xml_escape and escape_once make of them.
func TestHTML(t *testing.T) {
	src, err := os.ReadFile("testdata/html.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][5]string
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 20 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		got := [5]string{c[0], StripHTML(c[0]), c[2], EscapeXML(c[0]), EscapeOnce(c[0])}
		if got != c {
			t.Errorf("got\n%q, want\n%q", got, c)
		}
	}
}

func FuzzStripHTML(f *testing.F) {
	for _, s := range []string{"<script>", "<!--<!--", "a<b>c", "<style></style>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := StripHTML(text); strings.Contains(got, "<") && strings.Contains(got[strings.Index(got, "<"):], ">") && !strings.Contains(text, ">") {
			t.Errorf("%q became %q", text, got)
		}
		_ = EscapeOnce(text)
	})
}
