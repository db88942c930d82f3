package source

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"galley/internal/site/glob"
)

// matches holds a name against patterns one after the other, as Jekyll does.
func matches(patterns []string, name string, isDir bool) bool {
	name = "/" + name
	for _, p := range patterns {
		if p = "/" + strings.TrimLeft(p, "/"); p == "/" {
			continue
		}
		if glob.Match(p, name) || strings.HasPrefix(name, p) || isDir && p == name+"/" {
			return true
		}
	}
	return false
}

// Patterns that are made ready match what each of them does.
func TestPatternsMatchAsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(signs string, most int) string {
		var b strings.Builder
		for range random.IntN(most + 1) {
			b.WriteByte(signs[random.IntN(len(signs))])
		}
		return b.String()
	}
	yes := 0
	for range 200_000 {
		var list []string
		for range random.IntN(5) {
			list = append(list, text([]string{"ab./", `ab/.*?[]!\-`}[random.IntN(2)], 6))
		}
		name, isDir := strings.Trim(text("ab./-*", 8), "/"), random.IntN(2) == 0
		p, over := Compile(list)
		got, want := p.Match(name, isDir), matches(list, name, isDir)
		if got != want || over != 0 {
			t.Fatalf("%q match %q (a folder: %v): %v, not %v", list, name, isDir, got, want)
		}
		if want {
			yes++
		}
	}
	if yes < 10_000 || yes > 190_000 {
		t.Errorf("%d match, so that it says little", yes)
	}
}

// Holding names against any number of patterns is soon done.
func TestPatternsAreBounded(t *testing.T) {
	var plain []string
	for i := range 60_000 {
		plain = append(plain, strings.Repeat("a", i%200)+"b"+strings.Repeat("/c", i%7))
	}
	for name, list := range map[string][]string{
		"plain":      plain,
		"signs":      strings.Split(strings.Repeat("*a*a*a*a*b,", 60_000), ","),
		"long":       {strings.Repeat("*a", 500) + "b", strings.Repeat("*a", 500_000) + "b"},
		"in a class": strings.Split(strings.Repeat("*[abc]?a[abc]?[!a]b*,", 60_000), ","),
	} {
		begun := time.Now()
		p, over := Compile(list)
		if name == "plain" && over > 0 || name != "plain" && over == 0 {
			t.Errorf("%s: %d are passed over", name, over)
		}
		for range 100 {
			p.Match(strings.Repeat("a", 200), false)
		}
		t.Log(name, time.Since(begun))
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: a hundred names took %v", name, took)
		}
	}
}
