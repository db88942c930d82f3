package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// A text is held against the house rules of the branch's settings, in the units of
// the browser.
func TestProblems(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte("title: Sample\ngalley:\n  rules: {bullet-full-stop: error, no-such: on}\n")
	res := b.post("/api/problems", map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": "---\ntitle: Hé\n---\n* 𝄞 one.\n"})
	var answer struct {
		Diagnostics []struct {
			From, To                int
			Severity, Code, Message string
			Fix                     *struct {
				Name, Insert string
				From, To     int
			}
		}
	}
	decode(t, text(t, res), &answer)
	if len(answer.Diagnostics) != 2 {
		t.Fatalf("%+v", answer.Diagnostics)
	}
	d := answer.Diagnostics[0]
	if d.Code != "bullet-full-stop" || d.Severity != "error" || d.From != 26 || d.To != 27 || d.Fix == nil || d.Fix.From != 26 || d.Fix.To != 27 || d.Fix.Insert != "" {
		t.Errorf("%+v %+v", d, d.Fix)
	}
	if d := answer.Diagnostics[1]; d.Code != "config-rules" || !strings.Contains(d.Message, "no-such") {
		t.Errorf("%+v", d)
	}
	for _, path := range []string{"../x.md", "_posts/../../x.md"} {
		if res := b.post("/api/problems", map[string]string{"branch": "main", "path": path, "text": ""}); res.StatusCode != http.StatusUnprocessableEntity && res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s is answered %d", path, res.StatusCode)
		}
	}
}
