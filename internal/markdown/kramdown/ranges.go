package kramdown

import "bytes"

// Range is a run of blocks that gave way to others: Removed blocks from number
// At on, in the list as it was, to Inserted new ones.
type Range struct{ At, Removed, Inserted int }

// lookAhead is how far Ranges looks for the place where two lists are alike
// again, in blocks of both together.
const lookAhead = 24

// Ranges tells in which runs two lists differ, ascending. Runs are short where
// single blocks changed far from one another; they need not be the shortest.
func Ranges[B any](was, is []B, same func(a, b B) bool) []Range {
	tail := 0
	for tail < min(len(was), len(is)) && same(was[len(was)-1-tail], is[len(is)-1-tail]) {
		tail++
	}
	a, b := was[:len(was)-tail], is[:len(is)-tail]
	var out []Range
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && same(a[i], b[j]) {
			i++
			j++
			continue
		}
		removed, inserted := len(a)-i, len(b)-j
	search:
		for sum := 1; sum <= lookAhead; sum++ {
			// As many for as many first: with headings that are numbered anew,
			// the next one looks like this one did.
			for more := sum % 2; more <= sum; more += 2 {
				for _, x := range [2]int{(sum - more) / 2, (sum + more) / 2} {
					if y := sum - x; i+x < len(a) && j+y < len(b) && same(a[i+x], b[j+y]) {
						removed, inserted = x, y
						break search
					}
				}
			}
		}
		out = append(out, Range{i, removed, inserted})
		i += removed
		j += inserted
	}
	return out
}

func sameBlock(a, b Block) bool { return a.Balanced == b.Balanced && bytes.Equal(a.HTML, b.HTML) }
