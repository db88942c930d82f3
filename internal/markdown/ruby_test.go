package markdown

import (
	"os"
	"strings"
	"testing"

	"galley/internal/rubytest"
)

// ruby is a process of testdata/kramdown.rb.
type ruby struct{ process *rubytest.Process }

// startRuby starts the reference; method is html or code. Where kramdown or rouge
// is not installed the test is skipped.
func startRuby(t testing.TB, method string) ruby {
	t.Helper()
	script, err := os.ReadFile("testdata/kramdown.rb")
	if err != nil {
		t.Fatal(err)
	}
	return ruby{rubytest.Start(t, string(script)+"\ndef answer(text) = attempt { "+method+"(text) }\n")}
}

// ask returns the reference's answer, and whether it had one.
func (r ruby) ask(t testing.TB, source string) (string, bool) {
	t.Helper()
	return strings.CutPrefix(r.process.Ask(t, source), "+")
}
