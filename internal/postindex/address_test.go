package postindex

import (
	"encoding/json"
	"os"
	"testing"
)

// The browser does the same (web/src/text/address.ts) and is held to the same
// table.
func TestNormalize(t *testing.T) {
	data, err := os.ReadFile("testdata/addresses.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Address, Same string }
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) < 10 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := Normalize(c.Address); got != c.Same {
			t.Errorf("%q: %q, want %q", c.Address, got, c.Same)
		}
	}
}
