package merge

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// edition makes a post like those that many write: front matter, sections,
// some with sections below them, lists and paragraphs.
func edition(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("---\nlayout: post\ntitle: Week\ndate: 2026-08-19\n---\n\n")
	for i := range 2 + r.IntN(6) {
		fmt.Fprintf(&b, "## Section %d\n\n", i)
		for j := range r.IntN(4) {
			switch r.IntN(3) {
			case 0:
				fmt.Fprintf(&b, "Paragraph %d %d,\nwith two lines.\n\n", i, j)
			case 1:
				fmt.Fprintf(&b, "### Part %d %d\n\nText %d.\n\n", i, j, j)
			case 2:
				fmt.Fprintf(&b, "* item %d %d\n* \n\n", i, j)
			}
		}
	}
	return b.String()
}

// edit changes a post at random: lines, whole sections, their order.
func edit(r *rand.Rand, text, who string) string {
	for n := range 1 + r.IntN(5) {
		lines := split(text)
		if len(lines) == 0 {
			return who + "\n"
		}
		at := r.IntN(len(lines))
		mark := fmt.Sprintf("%s %d", who, n)
		switch r.IntN(8) {
		case 0:
			lines = slices.Insert(lines, at, line{"* " + mark, "\n"})
		case 1:
			lines[at].text += " " + mark
		case 2:
			lines = slices.Delete(lines, at, min(at+1+r.IntN(3), len(lines)))
		case 3:
			lines = slices.Insert(lines, at, line{"", "\n"}, line{"## " + mark, "\n"}, line{"", "\n"}, line{"Text of " + mark, "\n"}, line{"", "\n"})
		case 4: // takes part of it elsewhere
			to := min(at+1+r.IntN(12), len(lines))
			part := slices.Clone(lines[at:to])
			lines = slices.Delete(lines, at, to)
			lines = slices.Insert(lines, r.IntN(len(lines)+1), part...)
		case 5:
			lines = slices.Insert(lines, at, line{"```", "\n"})
		case 6:
			lines[len(lines)-1].end = ""
		case 7:
			if r.IntN(4) == 0 {
				for i := range lines {
					if lines[i].end != "" {
						lines[i].end = "\r\n"
					}
				}
			}
		}
		text = join(lines)
	}
	return text
}

func TestRandomEdits(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		base := edition(r)
		mine, theirs := edit(r, base, "mine"), edit(r, base, "theirs")
		check(t, []byte(base), []byte(mine), []byte(theirs))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// Eight writers, each with a section: in whatever order they are merged,
// nothing collides, and the result is the text that one would have written
// with all of them.
func TestEightWriters(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 2))
		var base, want strings.Builder
		var texts [8]string
		for i := range texts {
			head := fmt.Sprintf("## Section %d\n\n", i)
			was := []string{"", "* \n\n", "Paragraph.\n\n"}[r.IntN(3)]
			texts[i] = fmt.Sprintf("* writer %d\n* has this to say\n\n### And more %d\n\ntext\n\n", i, i)
			base.WriteString(head + was)
			want.WriteString(head + texts[i])
			texts[i] = head + was + "\x00" + head + texts[i]
		}
		now := base.String()
		for _, i := range r.Perm(8) {
			was, is, _ := strings.Cut(texts[i], "\x00")
			mine := strings.Replace(base.String(), was, is, 1)
			m, err := Merge(t.Context(), []byte(base.String()), []byte(mine), []byte(now))
			if err != nil || m.Collisions() > 0 {
				t.Fatalf("seed %d, writer %d: %v\n%s", seed, i, err, describe(m))
			}
			now = string(m.Text)
		}
		if now != want.String() {
			t.Fatalf("seed %d: %q\nwant %q", seed, now, want.String())
		}
	}
}

// Long and strange texts end in time.
func TestSoon(t *testing.T) {
	many := func(format string, n int) []byte {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return []byte(b.String())
	}
	for name, texts := range map[string][3][]byte{
		"unlike":         {many("a %d\n", 60_000), many("b %d\n", 60_000), many("c %d\n", 60_000)},
		"sections":       {many("## %d\n\n", 50_000), many("## %d\n\nx\n", 50_000), many("## %d\n", 40_000)},
		"other headings": {many("## a%d\n\n", 900), many("## b%d\n\n", 900), many("## c%d\n", 900)},
		"keys":           {append([]byte("---\n"), many("k%d: 1\n", 900)...), append([]byte("---\n"), many("k%d: 2\n", 900)...), []byte("---\n---\n")},
		"one name":       {many("## a\n%d\n", 900), many("## a\n%d\n", 800), many("## a\n%d\n", 950)},
		"deep":           {many("# a\n## a\n### a\n#### a\n##### a\n###### a\n", 100), many("###### a%d\n", 500), nil},
	} {
		begin := time.Now()
		if _, err := Merge(t.Context(), texts[0], texts[1], texts[2]); err != nil {
			t.Error(err)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		} else {
			t.Logf("%s took %v", name, took)
		}
	}
}

// Long texts that have nothing in common are compared within bounds, and no
// longer than somebody waits.
func TestEndsWithContext(t *testing.T) {
	long := func(word string) []byte {
		var b strings.Builder
		for i := range 300 {
			fmt.Fprintf(&b, "## %s%d\n", word, i)
			for j := range 300 {
				fmt.Fprintf(&b, "%s%d.%d\n", word, i, j)
			}
		}
		return []byte(b.String())
	}
	base, mine := long("b"), long("m")
	begin := time.Now()
	if _, err := Merge(t.Context(), base, mine, base); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("it took %v", took)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	begin = time.Now()
	if _, err := Merge(ctx, base, mine, base); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	t.Logf("ended after %v", time.Since(begin))
}

// Many items, many changes far apart, many of the same: none takes long.
func TestManyPlaces(t *testing.T) {
	var items, other, base, mine, theirs strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&items, "- a%d\n", i)
		fmt.Fprintf(&other, "- b%d\n", i)
	}
	for i := range 100_000 {
		fmt.Fprintf(&base, "line %d\n", i)
		switch {
		case i%200 == 0:
			fmt.Fprintf(&mine, "my %d\nline %d\n", i, i)
			fmt.Fprintf(&theirs, "line %d\n", i)
		case i%200 == 100:
			fmt.Fprintf(&mine, "line %d\n", i)
			fmt.Fprintf(&theirs, "their %d\n", i)
		default:
			fmt.Fprintf(&mine, "line %d\n", i)
			fmt.Fprintf(&theirs, "line %d\n", i)
		}
	}
	for _, texts := range [][3]string{{"", items.String(), other.String()}, {base.String(), mine.String(), theirs.String()}} {
		begin := time.Now()
		r, err := Merge(t.Context(), []byte(texts[0]), []byte(texts[1]), []byte(texts[2]))
		if took := time.Since(begin); err != nil || r.Collisions() > 0 || took > 20*time.Second {
			t.Errorf("%v, %d collisions, took %v", err, r.Collisions(), took)
		} else {
			t.Logf("%d pieces took %v", len(r.Pieces), took)
		}
	}
}
