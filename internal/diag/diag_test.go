package diag

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"galley/internal/growthtest"
)

func TestIndex(t *testing.T) {
	x := NewIndex([]byte("aé\n𝄞b\r\n"))
	for _, c := range []struct {
		byte, unit int
		pos        string
	}{
		{0, 0, "1:1"},
		{1, 1, "1:2"},
		{3, 2, "1:3"},
		{4, 3, "2:1"},
		{8, 5, "2:3"},
		{9, 6, "2:4"},
		{11, 8, "3:1"},
	} {
		if got := x.UTF16(c.byte); got != c.unit {
			t.Errorf("UTF16(%d) = %d, want %d", c.byte, got, c.unit)
		}
		if got := x.Byte(c.unit); got != c.byte {
			t.Errorf("Byte(%d) = %d, want %d", c.unit, got, c.byte)
		}
		if got := x.Position(c.byte).String(); got != c.pos {
			t.Errorf("Position(%d) = %s, want %s", c.byte, got, c.pos)
		}
	}
	if got := x.Byte(4); got != 4 {
		t.Errorf("Byte between surrogates = %d, want 4", got)
	}
	if got := x.UTF16(6); got != 3 {
		t.Errorf("UTF16 inside a character = %d, want 3", got)
	}
	if got := x.UTF16(99); got != 8 {
		t.Errorf("UTF16 past the end = %d, want 8", got)
	}
	if got := x.Line(2); got != 4 {
		t.Errorf("Line(2) = %d, want 4", got)
	}
}

// A place far behind in a line is found as one at its beginning, and as fast.
func TestLongLine(t *testing.T) {
	src := []byte(strings.Repeat("é𝄞b\xff", 2_000))
	x := NewIndex(src)
	unit := 0
	for at := 0; at < len(src); {
		if got := x.UTF16(at); got != unit {
			t.Fatalf("UTF16(%d) = %d, want %d", at, got, unit)
		}
		if got := x.Byte(unit); got != at {
			t.Fatalf("Byte(%d) = %d, want %d", unit, got, at)
		}
		if got := x.Position(at); got.Line != 1 || got.Column != unit+1 {
			t.Fatalf("Position(%d) = %v, want column %d", at, got, unit+1)
		}
		r, n := utf8.DecodeRune(src[at:])
		at += n
		unit += len(utf16.Encode([]rune{r}))
	}
	growthtest.Linear(t, 1<<18, func(size int) func() {
		x := NewIndex([]byte(strings.Repeat("**a *b ", size/7)))
		return func() {
			for at := range size {
				x.Byte(x.UTF16(at))
			}
		}
	})
}

func TestFormat(t *testing.T) {
	src := []byte("a\nbc\n")
	d := Diagnostic{Range: Range{3, 4}, Severity: Warning, Code: "some-rule", Message: "Do this."}
	if got, want := Format("x.md", src, d), "x.md:2:2: warning: Do this. (some-rule)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("aé\n𝄞b\r\n")
	f.Add("\xff\n\xc3")
	f.Fuzz(func(t *testing.T, s string) {
		x := NewIndex([]byte(s))
		unit := 0
		for i, r := range s {
			if got := x.UTF16(i); got != unit {
				t.Fatalf("UTF16(%d) = %d, want %d", i, got, unit)
			}
			if got := x.Byte(unit); got != i {
				t.Fatalf("Byte(%d) = %d, want %d", unit, got, i)
			}
			if r == utf8.RuneError {
				unit++
				continue
			}
			unit += utf16.RuneLen(r)
		}
		if got := x.UTF16(len(s)); got != unit {
			t.Fatalf("UTF16 at the end = %d, want %d", got, unit)
		}
	})
}
