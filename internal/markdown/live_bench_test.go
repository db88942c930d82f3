package markdown

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
)

// benchText is a text of about size bytes: a seed where it is, else our own.
func benchText(t testing.TB, size int) []byte {
	var one []byte
	for _, name := range []string{"001_*.txt", "004_*.txt"} {
		files := sharedtest.Files("seeds/" + name)
		if len(files) == 1 && (size < 20_000 || name[2] == '4') {
			if b, err := os.ReadFile(files[0]); err == nil {
				one = bodyOf(b)
				break
			}
		}
	}
	if one == nil {
		for _, c := range readCases(t) {
			if filepath.Base(c.file) == "newsletter.txtar" {
				one = append(append(one, c.input...), "\n\n"...)
			}
		}
	}
	out := bytes.Clone(one)
	for len(out)+len(one)/2 < size {
		out = append(append(out, "\n\n"...), one...)
	}
	return out
}

// typed gives places all over a text where a letter can be typed: in words.
func typed(text []byte, count int) []int {
	var out []int
	for n := range count {
		at := len(text)*n/count + 1
		for at < len(text) && !(text[at] >= 'a' && text[at] <= 'z' && text[at-1] >= 'a' && text[at-1] <= 'z') {
			at++
		}
		if at < len(text) {
			out = append(out, at)
		}
	}
	return out
}

// letter types a letter at a place and takes it back, and gives the time that
// the longer of the two took. It tells whether all was rendered.
func letter(l *Live, at int) (took time.Duration, full bool) {
	start := time.Now()
	in := l.Edit(at, at, []byte("x"))
	between := time.Now()
	out := l.Edit(at, at+1, nil)
	return max(between.Sub(start), time.Since(between)), in.Full || out.Full
}

var benchSizes = []struct {
	name string
	size int
}{{"9KB", 9_000}, {"105KB", 105_000}, {"1MB", 1_050_000}}

func BenchmarkLiveEdit(b *testing.B) {
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		for _, s := range benchSizes {
			b.Run(string(d)+"/"+s.name, func(b *testing.B) {
				text := benchText(b, s.size)
				l := New(Config{Dialect: d, Lexers: lexers.Source()}).Open(text)
				at := typed(text, 2)[1]
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if i%2 == 0 {
						l.Edit(at, at, []byte("x"))
					} else {
						l.Edit(at, at+1, nil)
					}
				}
			})
		}
	}
}

func BenchmarkLiveFull(b *testing.B) {
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		for _, s := range benchSizes {
			b.Run(string(d)+"/"+s.name, func(b *testing.B) {
				l := New(Config{Dialect: d, Lexers: lexers.Source()}).Open(benchText(b, s.size))
				for b.Loop() {
					l.Refresh()
				}
			})
		}
	}
}

// A letter costs in a large text what it costs in a small one, which the large
// one repeats, by the median over places all over the text. What it prints are the ratios; it fails only
// where they are far from 1, since other work on the machine disturbs it.
func TestLiveFollowsTheEdit(t *testing.T) {
	if testing.Short() {
		t.Skip("measures medians over many edits, which short mode has no time for")
	}
	for _, d := range []Dialect{GFM, CommonMark} {
		r := New(Config{Dialect: d, Lexers: lexers.Source()})
		small := benchText(t, 9_000)
		large := bytes.Repeat(append(small, "\n\n"...), 1_050_000/len(small))
		in := []*Live{r.Open(small), r.Open(large)}
		at := [][]int{typed(small, 40), typed(large, 40)}
		var medians [2]time.Duration
		var took [2][]time.Duration
		for range 15 { // interleaved
			for i, l := range in {
				for _, at := range at[i] {
					one, full := letter(l, at)
					if took[i] = append(took[i], one); full {
						t.Errorf("%s: a letter at %d of %d has all rendered", d, at, l.Text().Len())
					}
				}
			}
		}
		for i := range took {
			slices.Sort(took[i])
			medians[i] = took[i][len(took[i])/2]
		}
		start := time.Now()
		in[1].Refresh()
		full := time.Since(start)
		t.Logf("%s: a letter takes %v in %d bytes and %v in %d, %.2f of that and 1/%.0f of all of it", d, medians[0], len(small),
			medians[1], len(large), float64(medians[1])/float64(medians[0]), float64(full)/float64(medians[1]))
		if medians[1] > 5*medians[0] {
			t.Errorf("%s: a letter in 1 MB takes %v, in 9 KB %v", d, medians[1], medians[0])
		}
	}
}

// Letters that are typed in words of real posts do not have all rendered, but
// in definitions of links.
func TestLiveTyping(t *testing.T) {
	for _, d := range []Dialect{GFM, CommonMark} {
		r := New(Config{Dialect: d})
		letters, full, defining := 0, 0, 0
		for _, text := range liveSamples(t) {
			l := r.Open(text)
			for _, at := range typed(text, walkEdits(30)) {
				letters++
				if _, all := letter(l, at); !all {
					continue
				}
				full++
				line := text[bytes.LastIndexByte(text[:at], '\n')+1:]
				if line, _, _ = bytes.Cut(line, []byte("\n")); bytes.Contains(line, []byte("]:")) {
					defining++
				}
			}
		}
		t.Logf("%s: of %d letters %d have all rendered, %d of them in definitions", d, letters, full, defining)
		if full-defining > letters/200 {
			t.Errorf("%s: of %d letters %d have all rendered, and %d of them are in definitions", d, letters, full, defining)
		}
	}
}
