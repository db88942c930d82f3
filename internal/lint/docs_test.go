package lint

import (
	"os"
	"regexp"
	"testing"
)

// docs/check.md has each rule, with the level that it has from the start.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/check.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (off|info|warning|error) \\|").FindAllStringSubmatch(string(text), -1) {
		told[m[1]] = m[2]
	}
	for _, r := range Rules() {
		want := string(r.Level)
		if want == "" {
			want = "off"
		}
		if told[r.Code] != want {
			t.Errorf("docs/check.md has %q for %s, which is %s", told[r.Code], r.Code, want)
		}
		delete(told, r.Code)
	}
	if len(told) > 0 {
		t.Errorf("docs/check.md has rules that are none: %v", told)
	}
}
