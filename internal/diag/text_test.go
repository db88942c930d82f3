package diag

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func checkText(t *testing.T, text *Text, want []byte) {
	t.Helper()
	if got := text.Slice(0, text.Len()); !bytes.Equal(got, want) || text.Len() != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	x := NewIndex(want)
	if text.Units() != x.UTF16(len(want)) {
		t.Fatalf("%d units, want %d: %q", text.Units(), x.UTF16(len(want)), want)
	}
	for _, at := range []int{-1, 0, 1, len(want) / 3, len(want) / 2, len(want) - 1, len(want), len(want) + 1} {
		if got, w := text.UTF16(at), x.UTF16(at); got != w {
			t.Fatalf("UTF16(%d) = %d, want %d: %q", at, got, w, want)
		}
		if got, w := text.Byte(at), x.Byte(at); got != w {
			t.Fatalf("Byte(%d) = %d, want %d: %q", at, got, w, want)
		}
		if got, w := text.Slice(at, at+100), want[min(max(at, 0), len(want)):min(max(at+100, 0), len(want))]; !bytes.Equal(got, w) && at >= 0 {
			t.Fatalf("Slice(%d): %q, want %q", at, got, w)
		}
	}
}

// walkText edits a text and a slice alike.
func walkText(t *testing.T, seed uint64, edits int) {
	random := rand.New(rand.NewPCG(seed, 2))
	pieces := []string{"", "a", "é", "𝄞", "\n", "\xff", "\x9d\x84", "\xf0\x9d", "some words, ", string(bytes.Repeat([]byte("é long line\n"), 300))}
	want := bytes.Repeat([]byte("A line with 𝄞 in it.\n"), random.IntN(400))
	text := NewText(want)
	for range edits {
		start := random.IntN(len(want) + 1)
		end := min(len(want), start+random.IntN(3)*random.IntN(40)*random.IntN(40))
		insert := []byte(pieces[random.IntN(len(pieces))])
		text.Edit(start, end, insert)
		want = append(append(bytes.Clone(want[:start]), insert...), want[end:]...)
		checkText(t, text, want)
	}
}

func TestText(t *testing.T) {
	checkText(t, &Text{}, nil)
	for seed := range uint64(20) {
		walkText(t, seed, 100)
	}
}

// A text keeps no more memory than it has bytes, roughly, however it was
// edited.
func TestTextStaysCompact(t *testing.T) {
	text := NewText(bytes.Repeat([]byte("x"), 100_000))
	for i := range 20_000 {
		text.Edit(i, i+1, []byte("y"))
		text.Edit(50_000, 50_000, []byte("z"))
		text.Edit(70_000, 70_001, nil)
	}
	held := 0
	for _, c := range text.chunks {
		held += cap(c.b)
	}
	if held > 2*text.Len() || len(text.chunks) > 4*text.Len()/chunkSize {
		t.Errorf("%d bytes in %d chunks for %d", held, len(text.chunks), text.Len())
	}
}

func FuzzText(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { walkText(t, seed, 60) })
}
