// Package merge joins what two people made of one post.
//
// Merge takes three texts: base, from which both began, mine and theirs. It
// compares them as a post is made: the front matter by its keys, the body by
// its sections (see post.Section), and each key and each section by its lines.
// A section is found again by its heading, wherever it was moved to, and a
// heading that was changed by the text below it. Sections of one heading are
// told apart by their text: those that are as they were first, then those that
// are much like they were, then by their number. So two people collide only
// where they wrote at the same place:
//
//   - What one of them changed, added, removed or moved is taken.
//   - What both changed in the same way is taken once.
//   - Both put list items at the same place, or over the same empty ones: all
//     are kept, theirs before mine, what both have once. Such a piece is
//     Joined, and is to be shown: nobody has read them together yet.
//   - Changes of neighbouring lines are both taken where the second of them
//     begins a list item; within a paragraph they collide.
//   - Both changed the same lines, or one removed a section that the other
//     changed: that is a Collision, for a person to resolve.
//   - Both moved sections of one run, differently: that is a Collision of these
//     sections, whose texts have what both wrote, in the order of the one and of
//     the other. Keys of the front matter stand as mine has them, since their
//     order says nothing. A section that both added stands where theirs has it.
//
// Where merging the whole post by lines, as Git does it, leaves fewer
// collisions than the above, that is the result: Merge does not ask where Git
// would not, but for the order of sections, of which lines know nothing.
//
// Blank lines at a section's end are no content: where both changed them the
// longer run stays, and a section is as it was where only they changed. Line
// endings are not compared with the lines: who changes them changes them
// everywhere, and the other's new lines keep theirs. The byte order mark is not
// the text's: it is there where the one who changed that has it.
//
// Nothing is lost or doubled. Each line that says something (no blank line,
// empty list item, rule, fence or single tag) is in the result as often as it
// was, changed by what either side did to it; what both did may be there once
// or twice. Lines that nobody touched are there as often as before, whatever is
// chosen for the collisions. This is counted for each merge, and where it is not
// so (one moved a paragraph that the other changed or moved elsewhere) all
// between the places becomes one Collision.
//
// The texts of a collision can stand where its piece stands: where more follows
// or can follow, their last lines end.
//
// Merging with what has not changed gives the other text, byte for byte.
// Exchanging mine and theirs exchanges them in the pieces, the order of what is
// joined or added at the same place, and that of keys which both moved.
//
// The work is bounded by the texts' lengths and ends with the context: texts
// with very many sections, or very little in common, are merged more coarsely.
package merge

import (
	"bytes"
	"context"
	"slices"
)

// Kind says where a piece of the result comes from.
type Kind string

const (
	// Mine: one's own change, which the other side has not touched.
	Mine Kind = "mine"
	// Theirs: the other side's change.
	Theirs Kind = "theirs"
	// Joined: both sides' list items, one after another.
	Joined Kind = "joined"
	// Collision: both sides changed the same. The result has one's own text
	// there until somebody has chosen.
	Collision Kind = "collision"
)

// Piece is a place at which the result is not what base has.
type Piece struct {
	Kind Kind
	// Start and End are the piece's bytes in the result; the same where
	// something was removed.
	Start, End int
	// Matter tells that it is in the front matter.
	Matter bool
	// Where is the front matter key, or the headings from the outermost to the
	// one that it is below; empty before all of them.
	Where []string
	// Base, Mine and Theirs are the texts that the three have there.
	Base, Mine, Theirs string
	// Order tells of a Collision that both sides put the same sections in another
	// order. Mine and Theirs have both sides' text in them.
	Order bool
}

// Result is a merged post.
type Result struct {
	Text   []byte
	Pieces []Piece // by Start
}

// Collisions is how many pieces are still to be chosen.
func (r Result) Collisions() int {
	n := 0
	for _, p := range r.Pieces {
		if p.Kind == Collision {
			n++
		}
	}
	return n
}

// ordered tells whether an order is to be chosen.
func (r Result) ordered() bool {
	return slices.ContainsFunc(r.Pieces, func(p Piece) bool { return p.Order })
}

// Merge merges two posts that were made from a third. It fails only when the
// context ends.
func Merge(ctx context.Context, base, mine, theirs []byte) (Result, error) {
	return unmarked(ctx, base, mine, theirs, true)
}

// Lines merges two texts that are no posts, data files say, by their lines alone:
// what stands behind a # is no heading there.
func Lines(ctx context.Context, base, mine, theirs []byte) (Result, error) {
	return unmarked(ctx, base, mine, theirs, false)
}

// unmarked merges texts without looking at their byte order marks.
func unmarked(ctx context.Context, base, mine, theirs []byte, post bool) (Result, error) {
	marked := [3]bool{}
	for i, text := range []*[]byte{&base, &mine, &theirs} {
		*text, marked[i] = bytes.CutPrefix(*text, []byte(bom))
	}
	result, err := merged(ctx, base, mine, theirs, post)
	if err != nil {
		return Result{}, err
	}
	if marked[1] != marked[0] && marked[1] || marked[1] == marked[0] && marked[2] {
		result.Text = append([]byte(bom), result.Text...)
		for i := range result.Pieces {
			result.Pieces[i].Start += len(bom)
			result.Pieces[i].End += len(bom)
		}
	}
	return result, nil
}

// bom is the byte order mark, which some editors begin files with.
const bom = "\uFEFF"

// merged merges texts without byte order mark.
func merged(ctx context.Context, base, mine, theirs []byte, post bool) (Result, error) {
	ending := lineEnding(base, mine, theirs)
	b, x, y := split(string(base)), split(string(mine)), split(string(theirs))
	var result Result
	sound := false
	if !post {
		m := &merger{ctx: ctx}
		m.lines(place{}, b, x, y)
		m.mend(b, x, y)
		return m.out.result(ending), m.err
	}
	if p, q, r := parse(base), parse(mine), parse(theirs); max(size(p), size(q), size(r)) <= maxParts {
		m := &merger{ctx: ctx, ending: ending}
		m.nodes(p, q, r)
		if m.err != nil {
			return Result{}, m.err
		}
		if _, tail := body(x); len(tail) == 0 {
			if _, tail = body(y); len(tail) == 0 {
				m.out.trim()
			}
		}
		result, sound = m.out.result(ending), len(m.wrong(b, x, y)) == 0
		if sound && result.Collisions() == 0 {
			return result, nil
		}
	}
	m := &merger{ctx: ctx}
	m.lines(place{}, b, x, y)
	mended := m.mend(b, x, y)
	if m.err != nil {
		return Result{}, m.err
	}
	if byLines := m.out.result(ending); !sound || !mended && !result.ordered() && byLines.Collisions() < result.Collisions() {
		locate(&byLines)
		return byLines, nil
	}
	return result, nil
}

// maxParts is how many keys and sections a post may have to be merged by them;
// one that has more is merged by lines.
const maxParts = 1000

// size counts nodes with all below them.
func size(list []*node) int {
	n := len(list)
	for _, each := range list {
		n += size(each.kids)
	}
	return n
}

// lineEnding is what ends a line that gets an end only now.
func lineEnding(texts ...[]byte) string {
	for _, text := range texts {
		if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
			return "\r\n"
		} else if i >= 0 {
			return "\n"
		}
	}
	return "\n"
}
