package merge

import (
	"regexp"
	"slices"
)

// mark matches lines that say nothing by themselves, and stand in many places:
// rules, fences, tags.
var mark = regexp.MustCompile("^\\s*(?:[^\\pL\\pN]*|(?:```|~~~).*|</?\\w[^>]*>)\\s*$")

// counts tells whether a line is looked for in the result.
func (l line) counts() bool { return !mark.MatchString(l.text) && !holdsNothing([]line{l}) }

// account is how often a line is in the texts, and how often it can be in the
// result, over all ways of choosing.
type account struct {
	base, mine, theirs int
	least, most        int
	open               bool // it depends on a choice
}

// right tells whether the line is in the result as often as it should be:
// what one side did to it is done, what both did at least once and at most
// twice, and what neither did not at all. Where it depends on a choice, it may
// be as often as in either side.
func (a account) right() bool {
	dm, dt := a.mine-a.base, a.theirs-a.base
	least, most := a.base+dm+dt, a.base+dm+dt
	switch {
	case dm > 0 && dt > 0: // perhaps the same
		least = a.base + max(dm, dt)
	case dm < 0 && dt < 0:
		least, most = max(0, least), a.base+min(dm, dt)
	}
	if a.open {
		least, most = min(least, a.mine, a.theirs), max(most, a.mine, a.theirs)
	}
	return least <= a.least && a.most <= most
}

// wrong are the lines of a merge that are lost or doubled by it, for one way of
// choosing at least. Only lines that say something are looked at.
func (m *merger) wrong(base, mine, theirs []line) map[string]bool {
	all := map[string]*account{}
	of := func(l line) *account {
		a := all[l.text]
		if a == nil {
			a = &account{}
			all[l.text] = a
		}
		return a
	}
	for _, l := range base {
		of(l).base++
	}
	for _, l := range mine {
		of(l).mine++
	}
	for _, l := range theirs {
		of(l).theirs++
	}
	for _, p := range m.out.parts {
		if p.kind != Collision {
			for _, l := range p.text {
				a := of(l)
				a.least++
				a.most++
			}
			continue
		}
		choice := map[string]int{} // how many more mine has
		for _, l := range p.mine {
			choice[l.text]++
			of(l).most++
		}
		for _, l := range p.theirs {
			choice[l.text]--
			of(l).least++
		}
		for text, n := range choice {
			a := all[text]
			a.open = a.open || n != 0
			if n > 0 { // theirs has fewer
				continue
			}
			a.least, a.most = a.least+n, a.most-n
		}
	}
	list := map[string]bool{}
	for text, a := range all {
		if !a.right() && (line{text: text}).counts() {
			list[text] = true
		}
	}
	return list
}

// mend makes one collision of all between the first and the last change that
// has a line which is lost or doubled: it was moved, and somebody must say
// where to. A merge by lines alone, whose parts follow one another in all three
// texts, can be mended so. It tells whether anything was to be done.
func (m *merger) mend(base, mine, theirs []line) bool {
	mended := false
	for m.err == nil {
		if m.err = m.ctx.Err(); m.err != nil {
			break
		}
		wrong := m.wrong(base, mine, theirs)
		if len(wrong) == 0 || !m.fuse(wrong) {
			break
		}
		mended = true
	}
	return mended
}

// fuse makes one part of the parts between the first and the last change that
// has a line, for each of the lines. False when there was nothing to do.
func (m *merger) fuse(lines map[string]bool) bool {
	first := map[string]int{}
	until := map[int]int{} // the last part by the first
	for i, p := range m.out.parts {
		if !p.changed() {
			continue
		}
		for _, list := range [][]line{p.base, p.mine, p.theirs} {
			for _, l := range list {
				if !lines[l.text] {
					continue
				}
				if _, ok := first[l.text]; !ok {
					first[l.text] = i
				}
				until[first[l.text]] = i
			}
		}
	}
	var out []part
	done := false
	for i := 0; i < len(m.out.parts); i++ {
		p := m.out.parts[i]
		last, ok := until[i]
		if !ok || last == i {
			out = append(out, p)
			continue
		}
		done = true
		p.base, p.mine, p.theirs = slices.Clone(p.base), slices.Clone(p.mine), slices.Clone(p.theirs)
		for i < last {
			i++
			next := m.out.parts[i]
			p.base = append(p.base, next.base...)
			p.mine = append(p.mine, next.mine...)
			p.theirs = append(p.theirs, next.theirs...)
			last = max(last, until[i])
		}
		p.kind, p.text = Collision, p.mine
		if same(p.mine, p.theirs) {
			p.kind, p.text = "", withEnds(p.mine, p.theirs)
		}
		out = append(out, p)
	}
	m.out.parts = out
	return done
}
