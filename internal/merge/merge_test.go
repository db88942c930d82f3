package merge

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Every case of testdata: three texts, and what becomes of them. The pieces
// stand below the text, one a line: kind, place, and what the sides have.
func TestCases(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			r, err := Merge(t.Context(), c.base, c.mine, c.theirs)
			if err != nil {
				t.Fatal(err)
			}
			if string(r.Text) != c.want {
				t.Errorf("merged:\n%s\nwant:\n%s", r.Text, c.want)
			}
			if got := describe(r); got != c.pieces {
				t.Errorf("pieces:\n%s\nwant:\n%s", got, c.pieces)
			}
			check(t, c.base, c.mine, c.theirs)
		})
	}
}

type testCase struct {
	name               string
	base, mine, theirs []byte
	want, pieces       string
}

func cases(t testing.TB) []testCase {
	archive, err := txtar.ParseFile("testdata/cases.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var list []testCase
	for _, f := range archive.Files {
		name, part, _ := strings.Cut(f.Name, "/")
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, testCase{name: name})
		}
		c := &list[len(list)-1]
		switch part {
		case "base":
			c.base = f.Data
			c.mine, c.theirs = f.Data, f.Data
		case "mine":
			c.mine = f.Data
		case "theirs":
			c.theirs = f.Data
		case "merged":
			c.want = string(f.Data)
		case "pieces":
			c.pieces = string(f.Data)
		default:
			t.Fatalf("%s: no such part", f.Name)
		}
	}
	return list
}

func describe(r Result) string {
	var b strings.Builder
	for _, p := range r.Pieces {
		where := strings.Join(p.Where, " > ")
		if p.Matter {
			where = "matter " + where
		}
		fmt.Fprintf(&b, "%s [%s] %q", p.Kind, where, r.Text[p.Start:p.End])
		if p.Kind == Collision {
			fmt.Fprintf(&b, " base %q theirs %q", p.Base, p.Theirs)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// check holds what is true of every merge.
func check(t *testing.T, base, mine, theirs []byte) {
	t.Helper()
	merge := func(b, m, th []byte) Result {
		r, err := Merge(t.Context(), b, m, th)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, x := range [][]byte{mine, theirs} {
		if r := merge(base, x, base); !bytes.Equal(r.Text, x) || r.Collisions() > 0 {
			t.Fatalf("merge(base, x, base) of %q, %q = %q, %d collisions", base, x, r.Text, r.Collisions())
		}
		if r := merge(base, base, x); !bytes.Equal(r.Text, x) || r.Collisions() > 0 {
			t.Fatalf("merge(base, base, x) of %q, %q = %q, %d collisions", base, x, r.Text, r.Collisions())
		}
		if r := merge(base, x, x); r.Collisions() > 0 || !bytes.Equal(r.Text, x) {
			t.Fatalf("merge(base, x, x) of %q, %q = %q, %d collisions", base, x, r.Text, r.Collisions())
		}
	}
	r, swapped := merge(base, mine, theirs), merge(base, theirs, mine)
	last := 0
	for _, p := range r.Pieces {
		if p.Start < last || p.End < p.Start || p.End > len(r.Text) {
			t.Fatalf("piece %+v of %q", p, r.Text)
		}
		last = p.End
		have := string(r.Text[p.Start:p.End])
		if want := map[Kind]string{Mine: p.Mine, Theirs: p.Theirs, Collision: p.Mine, Joined: have}[p.Kind]; strings.TrimRight(have, "\r\n") != strings.TrimRight(want, "\r\n") {
			t.Fatalf("piece %+v holds %q", p, have)
		}
	}
	if a, b := r.Collisions(), swapped.Collisions(); a != b {
		t.Fatalf("%d collisions, and %d the other way round\nbase %q\nmine %q\ntheirs %q", a, b, base, mine, theirs)
	}
	accounted(t, base, mine, theirs, r)
	accounted(t, base, theirs, mine, swapped)
}

// Bytes that a table of lines cannot show.
func TestExact(t *testing.T) {
	for _, c := range []struct{ name, base, mine, theirs, want string }{
		{"CRLF", "# A\r\n\r\n* a\r\n\r\n# B\r\n\r\n* b\r\n", "# A\r\n\r\n* a\r\n* mine\r\n\r\n# B\r\n\r\n* b\r\n", "# A\r\n\r\n* a\r\n\r\n# B\r\n\r\n* b\r\n* theirs\r\n",
			"# A\r\n\r\n* a\r\n* mine\r\n\r\n# B\r\n\r\n* b\r\n* theirs\r\n"},
		{"line endings changed everywhere", "# A\n\n* a\n* b\n", "# A\r\n\r\n* a\r\n* b\r\n", "# A\n\n* a\n* b\n* c\n", "# A\r\n\r\n* a\r\n* b\r\n* c\n"},
		{"byte order mark", "\uFEFF---\ntitle: a\n---\nb\n", "\uFEFF---\ntitle: A\n---\nb\n", "\uFEFF---\ntitle: a\n---\nB\n", "\uFEFF---\ntitle: A\n---\nB\n"},
		{"byte order mark taken off", "\uFEFF---\ntitle: a\n---\nb\n", "---\ntitle: a\n---\nb\n", "\uFEFF---\ntitle: a\n---\nB\n", "---\ntitle: a\n---\nB\n"},
		{"byte order mark put on", "text\n", "\uFEFFtext\n", "---\nt: a\n---\ntext\n", "\uFEFF---\nt: a\n---\ntext\n"},
		{"byte order mark put on by them", "text\n", "---\nt: a\n---\ntext\n", "\uFEFFtext\n", "\uFEFF---\nt: a\n---\ntext\n"},
		{"items twice", "a\n", "a\n- x\n- x\n", "a\n- y\n", "a\n- y\n- x\n- x\n"},
		{"items twice, one of them theirs", "a\n", "a\n- x\n- x\n", "a\n- y\n- x\n", "a\n- y\n- x\n- x\n"},
		{"items twice in code", "```\na\n```\n", "```\na\n- x\n- x\n```\n", "```\na\n- y\n```\n", "```\na\n- y\n- x\n- x\n```\n"},
		{"no end of the last line", "# A\n\n* a", "# A\n\n* A", "# A\n\n* a\n\n# B\n\n* b", "# A\n\n* A\n\n# B\n\n* b"},
		{"no end, both add a section", "# A\n\n* a", "# A\n\n* a\n\n# C\n\n* c", "# A\n\n* a\n\n# B\n\n* b", "# A\n\n* a\n\n# B\n\n* b\n\n# C\n\n* c"},
		{"no end, both add an item", "# A\n\n* a", "# A\n\n* a\n* c", "# A\n\n* a\n* b", "# A\n\n* a\n* b\n* c"},
		{"end added", "# A\n\n* a", "# A\n\n* a\n", "# A\n\n* A", "# A\n\n* A"},
		{"NUL", "a\x00\nb\nc\n", "A\x00\nb\nc\n", "a\x00\nb\nC\n", "A\x00\nb\nC\n"},
		{"not UTF-8", "\xff\nb\nc\n", "\xff\nb\nC\n", "\xfe\nb\nc\n", "\xfe\nb\nC\n"},
		{"from nothing", "", "a\n", "", "a\n"},
		{"to nothing", "a\n", "", "a\n", ""},
		{"a blank and no line", "", " ", " ", " "},
		{"empty", "", "", "", ""},
	} {
		r, err := Merge(t.Context(), []byte(c.base), []byte(c.mine), []byte(c.theirs))
		if err != nil || string(r.Text) != c.want || r.Collisions() > 0 {
			t.Errorf("%s: %q, %v; want %q", c.name, r.Text, err, c.want)
		}
		check(t, []byte(c.base), []byte(c.mine), []byte(c.theirs))
	}
}

func FuzzMerge(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c.base, c.mine, c.theirs)
	}
	f.Add([]byte("\uFEFF---\r\na: 1\r\n---\r\n"), []byte("---\r\n"), []byte("x"))
	f.Fuzz(func(t *testing.T, base, mine, theirs []byte) {
		if len(base)+len(mine)+len(theirs) > 1<<14 {
			t.Skip("long")
		}
		check(t, base, mine, theirs)
	})
}
