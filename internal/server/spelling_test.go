package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// What a spelling checker in the browser is to know: the language, the site's words, and
// where there is prose, in the units of the browser.
func TestSpelling(t *testing.T) {
	b := newBench(t)
	for file, text := range map[string]string{
		"_config.yml": "title: Sample\ngalley:\n  spelling: {language: en-GB, words: words.txt}\n",
		"words.txt":   "# ours\nKubernetes\n", ".vale.ini": "Vocab = Ours\n", "styles/Vocab/Ours/accept.txt": "etcd\n[Kk]ubelets?\n",
	} {
		b.forge.branches["main"][file] = []byte(text)
	}
	var site struct{ Spelling string }
	b.get("/api/site", &site)
	var known struct{ Words []string }
	b.get("/api/words?branch=main", &known)
	if site.Spelling != "en-GB" || !slices.Equal(known.Words, []string{"Kubernetes", "etcd"}) {
		t.Errorf("%q %q", site.Spelling, known.Words)
	}
	const src = "---\ntitle: Hé\n---\n𝄞 The kubelets `code` run.\n"
	var answer struct{ Prose []struct{ From, To int } }
	decode(t, text(t, b.post("/api/prose", map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": src})), &answer)
	units := strings.Split(strings.ReplaceAll(src, "𝄞", "!?"), "")
	var got []string
	for _, p := range answer.Prose {
		got = append(got, strings.Join(units[p.From:p.To], ""))
	}
	if want := []string{"Hé", "!? The ", " ", " run."}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if res := b.post("/api/prose", map[string]string{"branch": "main", "path": "../x.md", "text": ""}); res.StatusCode != http.StatusUnprocessableEntity && res.StatusCode != http.StatusBadRequest {
		t.Errorf("a path beside the site is answered %d", res.StatusCode)
	}
}
