package kramdown

import (
	"encoding/json"
	"os"
	"testing"
)

// testdata/smart.json has texts and what Jekyll's smartify makes of them.
func TestSmartifyAsJekyll(t *testing.T) {
	src, err := os.ReadFile("testdata/smart.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][2]string
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 30 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := Smartify(c[0], Settings{}, nil); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}
