package markdown

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// benchText is a text of about size bytes: a seed where it is, else our own.
func benchText(t testing.TB, size int) []byte {
	var one []byte
	for _, name := range []string{"001_*.txt", "004_*.txt"} {
		files, _ := filepath.Glob(filepath.Join("../../../shared/seeds", name))
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

// middle is a place in the middle of a text where a letter can be typed.
func middle(text []byte) int {
	at := len(text) / 2
	for at < len(text) && !(text[at] >= 'a' && text[at] <= 'z' && text[at-1] >= 'a' && text[at-1] <= 'z') {
		at++
	}
	return at
}

var benchSizes = []struct {
	name string
	size int
}{{"9KB", 9_000}, {"105KB", 105_000}, {"1MB", 1_050_000}}

func BenchmarkLiveEdit(b *testing.B) {
	for _, s := range benchSizes {
		b.Run(s.name, func(b *testing.B) {
			text := benchText(b, s.size)
			l := testRenderer().Open(text)
			at := middle(text)
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

func BenchmarkLiveFull(b *testing.B) {
	for _, s := range benchSizes {
		b.Run(s.name, func(b *testing.B) {
			text := benchText(b, s.size)
			l := testRenderer().Open(text)
			for b.Loop() {
				l.Refresh()
			}
		})
	}
}
