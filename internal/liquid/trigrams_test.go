package liquid

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestTrigramsLackOnlyWhatIsNotThere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("<>/abcd "[random.IntN(8)])
		}
		return b.String()
	}
	var grams trigrams
	lacked := 0
	for range 200 {
		text := letters(250 + random.IntN(300))
		for range 50 {
			what := letters(random.IntN(7))
			if !grams.lack(text, what) {
				continue
			}
			lacked++
			if strings.Contains(text, what) {
				t.Fatalf("%q is in %q", what, text)
			}
		}
	}
	if lacked < 1000 {
		t.Errorf("%d texts were known to be absent, of some 5,000 that are", lacked)
	}
}

func TestReplacingAgainAndAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	letters := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("<>/ab"[random.IntN(5)])
		}
		return b.String()
	}
	rounds := 50
	if testing.Short() {
		rounds = 10
	}
	for range rounds {
		c := &Context{env: &Env{}, limits: Limits{Text: 1 << 30, Bytes: 1 << 40, Steps: 1 << 40}}
		want := letters(3000)
		got := any(want)
		for range 60 {
			old, with := letters(1+random.IntN(6)), letters(random.IntN(7))
			var err error
			if got, err = replaceFilter(c, got, []any{old, with}); err != nil {
				t.Fatal(err)
			}
			if want = strings.ReplaceAll(want, old, with); got != want {
				t.Fatalf("after %q was replaced by %q:\n%s\nwant\n%s", old, with, got, want)
			}
		}
	}
}

// BenchmarkReplaceAbsent is the layout that compresses pages: most of what is
// replaced is not there. The floor is one look for a byte that the page has not.
func BenchmarkReplaceAbsent(b *testing.B) {
	page := strings.Repeat("<div class=\"a\"><p>Some words, <code>and more</code></p></div>\n", 400)
	b.Run("replace", func(b *testing.B) {
		c := &Context{env: &Env{}, limits: Limits{Text: 1 << 30, Bytes: 1 << 40, Steps: 1 << 40}}
		for b.Loop() {
			for _, tag := range []string{" <table", "</table> ", " <tbody", " <aside", "</aside> ", " <section"} {
				if _, err := replaceFilter(c, page, []any{tag, ""}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			for range 6 {
				if strings.IndexByte(page, '#') >= 0 {
					b.Fatal("it is there")
				}
			}
		}
	})
}
