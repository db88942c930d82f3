package merge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// accounted holds that each line that says something is in the result as often
// as it should be, whatever is chosen for the collisions.
func accounted(t *testing.T, base, mine, theirs []byte, r Result) {
	t.Helper()
	b, m, th := census(base), census(mine), census(theirs)
	open := map[string]bool{} // what a choice is about
	var collisions []Piece
	for _, p := range r.Pieces {
		if p.Kind == Collision {
			collisions = append(collisions, p)
			x, y := census([]byte(p.Mine)), census([]byte(p.Theirs))
			for _, c := range []map[string]int{x, y} {
				for l := range c {
					open[l] = open[l] || x[l] != y[l]
				}
			}
		}
	}
	ways := 1 << min(len(collisions), 5)
	for way := range ways {
		text := chosen(r, func(i int) bool { return way>>(i%5)&1 == 1 })
		have := census(text)
		for _, c := range []map[string]int{b, m, th, have} {
			for l := range c {
				sum := m[l] + th[l] - b[l]
				least, most := sum, sum
				if m[l] > b[l] && th[l] > b[l] {
					least = max(m[l], th[l])
				}
				if m[l] < b[l] && th[l] < b[l] {
					least, most = max(0, sum), min(m[l], th[l])
				}
				if open[l] {
					least, most = min(least, m[l], th[l]), max(most, m[l], th[l])
				}
				if n := have[l]; n < least || n > most {
					t.Fatalf("the line %q is there %d times, not %d to %d, when %0*b is chosen\nbase %q\nmine %q\ntheirs %q\nresult %q\npieces\n%s\nchosen %q",
						l, n, least, most, len(collisions), way, base, mine, theirs, r.Text, describe(r), text)
				}
			}
		}
	}
}

// census counts the lines that say something.
func census(text []byte) map[string]int {
	c := map[string]int{}
	for _, l := range split(strings.TrimPrefix(string(text), bom)) {
		if l.counts() {
			c[strings.TrimRight(l.text, "\r")]++
		}
	}
	return c
}

// chosen is the text when theirs is chosen for some collisions, and mine for
// the others.
func chosen(r Result, theirs func(collision int) bool) []byte {
	var out []byte
	at, i := 0, 0
	for _, p := range r.Pieces {
		if p.Kind != Collision {
			continue
		}
		out = append(out, r.Text[at:p.Start]...)
		if theirs(i) {
			out = append(out, p.Theirs...)
		} else {
			out = append(out, p.Mine...)
		}
		at = p.End
		i++
	}
	return append(out, r.Text[at:]...)
}

// part of a newsletter, whose headings others of it may have too.
type chapter struct {
	heading    string
	paragraphs []string
}

// newsletter is a post that two people write: paragraphs are there once.
type newsletter struct {
	r        *rand.Rand
	headings []string
	n        int
}

func (n *newsletter) say(who string) string {
	n.n++
	return fmt.Sprintf("%s paragraph %d", who, n.n)
}

func (n *newsletter) heading(who string) string {
	if n.headings == nil {
		return "## " + n.say(who)
	}
	return n.headings[n.r.IntN(len(n.headings))]
}

func (n *newsletter) write() []chapter {
	var list []chapter
	for range 1 + n.r.IntN(4) {
		c := chapter{heading: n.heading("base")}
		for range n.r.IntN(4) {
			c.paragraphs = append(c.paragraphs, n.say("base"))
		}
		list = append(list, c)
	}
	return list
}

// change is what somebody makes of it: takes away, writes, moves, renames.
func (n *newsletter) change(base []chapter, who string) []chapter {
	var list []chapter
	for _, c := range base {
		list = append(list, chapter{c.heading, slices.Clone(c.paragraphs)})
	}
	for range 1 + n.r.IntN(3) {
		if len(list) == 0 {
			break
		}
		i := n.r.IntN(len(list))
		c := &list[i]
		switch n.r.IntN(8) {
		case 0:
			list = slices.Delete(list, i, i+1)
		case 1:
			c.paragraphs = append(c.paragraphs, n.say(who))
		case 2:
			if len(c.paragraphs) > 0 {
				c.paragraphs[n.r.IntN(len(c.paragraphs))] = n.say(who)
			}
		case 3:
			list = slices.Insert(list, i, chapter{n.heading(who), []string{n.say(who)}})
		case 4:
			moved := *c
			list = slices.Delete(list, i, i+1)
			list = slices.Insert(list, n.r.IntN(len(list)+1), moved)
		case 5:
			c.heading = n.heading(who)
		case 6:
			c.paragraphs = append([]string{"- one\n- one\n- " + n.say(who)}, c.paragraphs...)
		case 7:
			if len(c.paragraphs) > 0 {
				moved := c.paragraphs[0]
				c.paragraphs = c.paragraphs[1:]
				to := &list[n.r.IntN(len(list))]
				to.paragraphs = append(to.paragraphs, moved)
			}
		}
	}
	return list
}

func (n *newsletter) text(list []chapter) []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: x\n---\n")
	for _, c := range list {
		b.WriteString("\n" + c.heading + "\n")
		for _, p := range c.paragraphs {
			b.WriteString("\n" + p + "\n")
		}
	}
	if text := b.String(); n.r.IntN(4) == 0 {
		return []byte(strings.TrimRight(text, "\n"))
	}
	return []byte(b.String())
}

// Repeated headings, sections that both move, paragraphs that go elsewhere:
// nothing that somebody wrote is lost or doubled, whatever is chosen.
func TestNothingLostOrDoubled(t *testing.T) {
	for name, headings := range map[string][]string{
		"repeated headings": {"## News", "## Misc", "### Sub", "# Top"},
		"own headings":      nil,
	} {
		t.Run(name, func(t *testing.T) {
			collisions := 0
			for seed := range uint64(3000) {
				n := &newsletter{r: rand.New(rand.NewPCG(seed, 3)), headings: headings}
				was := n.write()
				base, mine, theirs := n.text(was), n.text(n.change(was, "my")), n.text(n.change(was, "their"))
				r, err := Merge(t.Context(), base, mine, theirs)
				if err != nil {
					t.Fatal(err)
				}
				collisions += min(1, r.Collisions())
				accounted(t, base, mine, theirs, r)
				if seed%10 == 0 {
					check(t, base, mine, theirs)
				}
			}
			if collisions > 2000 {
				t.Errorf("%d of 3000 merges collide", collisions)
			}
			t.Logf("%d of 3000 merges collide", collisions)
		})
	}
}

// A collision's texts end their lines where something follows, or can.
func TestChosenLinesEnd(t *testing.T) {
	for _, c := range []struct{ name, base, mine, theirs, want string }{
		{"a section follows", "# T\n\nlast", "# T\n\nlast mine\n# M\n", "# T\n\nlast theirs", "# T\n\nlast theirs\n# M\n"},
		{"behind a blank line", "# T\n\nlast", "# T\n\nlast mine\n\n## M\n\nm\n", "# T\n\nlast theirs", "# T\n\nlast theirs\n\n## M\n\nm\n"},
		{"nothing follows", "a\nlast", "a\nmine\n\nmore\n", "a\ntheirs", "a\ntheirs"},
		{"mine took it away", "a\nlast", "a", "a\ntheirs\n", "a\ntheirs\n"},
		{"in the front matter", "---\nt: 1\n---\na", "---\nt: 1\n---\nmine\n\n## M\n", "---\nt: 1\n---\ntheirs", "---\nt: 1\n---\ntheirs\n\n## M\n"},
		{"CRLF", "# T\r\n\r\nlast", "# T\r\n\r\nlast mine\r\n# M\r\n", "# T\r\n\r\nlast theirs", "# T\r\n\r\nlast theirs\r\n# M\r\n"},
		{"a line of mine ends only here", "# B\n\nb\n\n# A\n\na", "# B\n\nb\n\n# A\n\nmine", "# A\n\ntheirs\n\n# B\n\nb\n", "# A\n\ntheirs\n\n# B\n\nb\n"},
	} {
		r, err := Merge(t.Context(), []byte(c.base), []byte(c.mine), []byte(c.theirs))
		if err != nil || r.Collisions() != 1 {
			t.Errorf("%s: %v\n%s", c.name, err, describe(r))
			continue
		}
		if got := chosen(r, func(int) bool { return true }); string(got) != c.want {
			t.Errorf("%s: theirs chosen makes %q, not %q", c.name, got, c.want)
		}
		if got := chosen(r, func(int) bool { return false }); !bytes.Equal(got, r.Text) {
			t.Errorf("%s: mine chosen makes %q of %q", c.name, got, r.Text)
		}
		check(t, []byte(c.base), []byte(c.mine), []byte(c.theirs))
	}
}
